//! What is to be written into a register: an ordered section of values that are not text yet.

use crate::date::Period;
use crate::load::limits::Limits;
use crate::load::tree::{Data, FileId, Mapping, Node};
use crate::load::yaml;
use crate::schema::{Field, Shape};

/// A section: keys in their order, each with its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft(pub Vec<Line>);

/// A key with its value and, where it is left to a person, a word on what to write.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Written,
    /// What to write there, as a comment.
    pub note: Option<String>,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// Nothing: for a person to fill in.
    Blank,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Written>),
    /// A section.
    Section(Draft),
}

impl Draft {
    /// Adds a key.
    pub fn set(&mut self, key: &str, value: Written) {
        self.0.push(Line { key: key.to_owned(), value, note: None });
    }

    /// Adds a key for a person to fill in, with a word on what to write.
    pub fn leave(&mut self, key: &str, note: String) {
        self.0.push(Line { key: key.to_owned(), value: Written::Blank, note: Some(note) });
    }

    /// Its id.
    pub fn id(&self) -> Option<&str> {
        self.0.iter().find(|line| line.key == "id").and_then(|line| match &line.value {
            Written::Text(id) => Some(id.as_str()),
            _ => None,
        })
    }

    /// As an entry of a list in YAML.
    pub fn to_yaml(&self) -> String {
        super::write::item(self, 0, &super::style::Style::usual())
    }

    /// As a document of its own in YAML.
    pub fn to_document(&self) -> String {
        super::write::block(self, 0, &super::style::Style::usual()).concat()
    }

    /// The same as data.
    pub fn to_json(&self) -> serde_json::Value {
        let pairs = self.0.iter().map(|line| (line.key.clone(), line.value.to_json()));
        pairs.collect::<serde_json::Map<_, _>>().into()
    }
}

impl Written {
    /// A value that a document states.
    pub fn of(node: &Node) -> Written {
        match &node.data {
            Data::Null => Written::Blank,
            Data::Bool(truth) => Written::Bool(*truth),
            Data::Int(number) => Written::Int(*number),
            Data::Number(number) => Written::Number(*number),
            Data::Text(text) => Written::Text(text.to_string()),
            Data::List(items) => Written::List(items.iter().map(Written::of).collect()),
            Data::Map(map) => Written::Section(Draft(lines(map))),
        }
    }

    /// What a person gave for a field, read by the field's type; `None` where it is of another type.
    pub fn read(field: Field, text: &str) -> Option<Written> {
        let kept = || Written::Text(text.to_owned());
        match field.shape() {
            Shape::Bool => match text {
                "true" => Some(Written::Bool(true)),
                "false" => Some(Written::Bool(false)),
                _ => None,
            },
            Shape::Int => text.parse().ok().map(Written::Int),
            Shape::Number => match text.parse() {
                Ok(whole) => Some(Written::Int(whole)),
                Err(_) => text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Written::Number),
            },
            Shape::Text => (!text.trim().is_empty()).then(kept),
            Shape::Date => Period::parse(text).map(|_| kept()),
            Shape::Enum => field.words().any(|word| word == text).then(kept),
            Shape::List => list(field.items()?, text),
            Shape::Object => None,
        }
    }

    fn to_json(&self) -> serde_json::Value {
        match self {
            Written::Blank => serde_json::Value::Null,
            Written::Bool(truth) => (*truth).into(),
            Written::Int(number) => (*number).into(),
            Written::Number(number) => (*number).into(),
            Written::Text(text) => text.as_str().into(),
            Written::List(items) => items.iter().map(Written::to_json).collect(),
            Written::Section(section) => section.to_json(),
        }
    }
}

fn lines(map: &Mapping) -> Vec<Line> {
    let line = |key: &str, value: &Node| Line { key: key.to_owned(), value: Written::of(value), note: None };
    map.entries().iter().map(|entry| line(&entry.key, &entry.value)).collect()
}

/// A list as YAML writes it on one line: `[a, b]`, `[]`.
fn list(inner: Field, text: &str) -> Option<Written> {
    let whole = format!("value: {text}\n");
    let root = yaml::parse(&whole, FileId(0), &Limits::default()).ok()?;
    let items = root.get("value")?.as_list()?;
    let read = |item: &Node| {
        let written = whole.get(item.span.start as usize..item.span.end as usize)?;
        Written::read(inner, item.as_text().unwrap_or(written))
    };
    items.iter().map(read).collect::<Option<Vec<_>>>().map(Written::List)
}
