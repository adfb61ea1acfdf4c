//! The tree of one document: every key and every value with its place.

use std::collections::HashMap;

/// Which file of a [`crate::load::source::Sources`] a span lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// A stretch of one file, in bytes from its start (after a byte order mark).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A value with its place and, where it has one, what was written around it.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Where the value stands; of `{value: 30, ref: ...}` the place of `30`.
    pub span: Span,
    /// The value.
    pub data: Data,
    /// What the plain value does not show: its reference, a placeholder, a conflict.
    pub mark: Option<Box<Mark>>,
}

/// The kinds of values that YAML's JSON subset has.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// `null`, an empty value, and whatever [`Mark`] says is no statement.
    #[default]
    Null,
    /// `true` or `false`; nothing else is a truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other finite number.
    Number(f64),
    /// A text.
    Text(Box<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Mapping),
}

/// How a leaf was written, where that is more than its plain value.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The leaf's own `ref`: where in the original it stands.
    pub reference: Option<Node>,
    /// What keeps the leaf from being a plain value.
    pub state: State,
    /// The amendment that set the value, by id.
    pub amendment: Option<Box<str>>,
}

/// Whether a marked leaf states one value.
#[derive(Clone, Debug, Default)]
pub enum State {
    /// It states its value.
    #[default]
    Plain,
    /// A word such as 未定 that says that nothing is stated yet.
    Placeholder(Box<str>),
    /// Sources disagree: each value with its own mark.
    Conflict(Vec<Node>),
}

/// The entries of a mapping in the order of the file; keys are unique.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    entries: Vec<Entry>,
    index: Option<HashMap<Box<str>, usize>>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key's text.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// From this many keys on a look-up goes through an index.
const INDEX_FROM: usize = 24;

impl Mapping {
    /// The entries in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries, to change values in place.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.entries.iter_mut().map(|entry| &mut entry.value)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.position(key).map(|at| &self.entries[at])
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let at = self.position(key)?;
        Some(&mut self.entries[at].value)
    }

    /// Adds an entry; a key that is already there comes back with its first entry's place.
    ///
    /// # Errors
    /// The place of the key that was there first.
    pub fn insert(&mut self, entry: Entry) -> Result<(), Span> {
        if let Some(first) = self.entry(&entry.key) {
            return Err(first.key_span);
        }
        if let Some(index) = &mut self.index {
            index.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
        if self.index.is_none() && self.entries.len() >= INDEX_FROM {
            let keys = self.entries.iter().enumerate();
            self.index = Some(keys.map(|(at, entry)| (entry.key.clone(), at)).collect());
        }
        Ok(())
    }

    /// Takes a key out, keeping the order of the others.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.position(key)?;
        let entry = self.entries.remove(at);
        if let Some(index) = &mut self.index {
            index.clear();
            index.extend(self.entries.iter().enumerate().map(|(at, e)| (e.key.clone(), at)));
        }
        Some(entry)
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|entry| &*entry.key == key),
        }
    }
}

impl Node {
    /// A node without a mark.
    pub fn new(span: Span, data: Data) -> Self {
        Node { span, data, mark: None }
    }

    /// The mapping, if this is one.
    pub fn as_map(&self) -> Option<&Mapping> {
        match &self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The mapping, if this is one, to change it.
    pub fn as_map_mut(&mut self) -> Option<&mut Mapping> {
        match &mut self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The item of a list whose `id` is the one given.
    pub fn item(&self, id: &str) -> Option<&Node> {
        self.as_list()?.iter().find(|item| item.id() == Some(id))
    }

    /// The `id` of a list item or document.
    pub fn id(&self) -> Option<&str> {
        self.get("id")?.as_text()
    }

    /// Whether the node states one value: not null, no placeholder, no conflict.
    pub fn is_stated(&self) -> bool {
        !matches!(self.data, Data::Null)
    }

    /// Whether the line is left blank: null, without a placeholder and without a conflict.
    pub fn is_blank(&self) -> bool {
        matches!(self.data, Data::Null) && self.placeholder().is_none() && self.conflict().is_empty()
    }

    /// The values of sources that disagree; empty where there is no conflict.
    pub fn conflict(&self) -> &[Node] {
        match self.mark.as_deref() {
            Some(Mark { state: State::Conflict(values), .. }) => values,
            _ => &[],
        }
    }

    /// The placeholder word, if one stands here instead of a value.
    pub fn placeholder(&self) -> Option<&str> {
        match self.mark.as_deref() {
            Some(Mark { state: State::Placeholder(word), .. }) => Some(word),
            _ => None,
        }
    }

    /// The leaf's own reference into the original.
    pub fn reference(&self) -> Option<&Node> {
        self.mark.as_deref()?.reference.as_ref()
    }

    /// The same value for serde_json; marks are left out, what is not stated is null.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(truth) => Value::Bool(*truth),
            Data::Int(number) => Value::from(*number),
            Data::Number(number) => Value::from(*number),
            Data::Text(text) => Value::from(&**text),
            Data::List(items) => items.iter().map(Node::to_json).collect(),
            Data::Map(map) => map
                .entries()
                .iter()
                .map(|entry| ((*entry.key).to_owned(), entry.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}
