//! Writes the fields of the schemas as a table in Rust, so that no run has to read them.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

/// The schemas by the word of their kind, `common` among them, and the rows written so far.
pub struct Table<'s> {
    schemas: &'s BTreeMap<String, Value>,
    rows: Vec<String>,
    /// Of each row the siblings that say the same in another way: a wording, a number, working days.
    siblings: Vec<[Option<usize>; 3]>,
    /// The number of each shape, by its address: two fields of one definition hold the same.
    shapes: BTreeMap<usize, usize>,
    /// The rows below a shape, by its address and, of a list, its name.
    inner: BTreeMap<(usize, String), (Vec<usize>, Option<usize>)>,
}

/// The table of all kinds, in the order given; the first rows' numbers stand in `ROOTS`.
pub fn table(schemas: &BTreeMap<String, Value>, kinds: &[&str]) -> String {
    let mut table = Table {
        schemas,
        rows: Vec::new(),
        siblings: Vec::new(),
        shapes: BTreeMap::new(),
        inner: BTreeMap::new(),
    };
    let roots: Vec<usize> = kinds.iter().map(|kind| table.place(kind, &schemas[*kind], kind)).collect();
    let count = table.rows.len();
    let rows = table.rows.iter().zip(&table.siblings).map(|(row, [wording, number, business])| {
        format!("Place {{ {row}, wording: {wording:?}, number: {number:?}, business: {business:?} }}")
    });
    let rows = rows.collect::<Vec<_>>().join(",\n");
    format!(
        "static ROOTS: [u16; {}] = {roots:?};\nstatic PLACES: [Place; {count}] = [\n{rows}\n];\n",
        roots.len()
    )
}

impl<'s> Table<'s> {
    /// Adds a field and what is below it; gives its row.
    fn place(&mut self, file: &str, site: &'s Value, name: &str) -> usize {
        let (file, shape) = self.resolve(file, site);
        let address = std::ptr::from_ref(shape) as usize;
        let next = self.shapes.len();
        let number = *self.shapes.entry(address).or_insert(next);
        let row = self.rows.len();
        self.rows.push(String::new());
        self.siblings.push([None; 3]);
        let known = (address, if shape["items"].is_object() { name.to_owned() } else { String::new() });
        if !self.inner.contains_key(&known) {
            let properties = shape["properties"].as_object().into_iter().flatten();
            let properties: Vec<(&str, usize)> =
                properties.map(|(key, inner)| (key.as_str(), self.place(&file, inner, key))).collect();
            for (name, row) in &properties {
                self.siblings[*row] =
                    siblings(&properties, name, self.is_number(&file, &shape["properties"][*name]));
            }
            let properties: Vec<usize> = properties.into_iter().map(|(_, row)| row).collect();
            let items = shape.get("items").map(|inner| self.place(&file, inner, name));
            self.inner.insert(known.clone(), (properties, items));
        }
        let (properties, items) = &self.inner[&known];
        let text = |key: &str| site[key].as_str().or_else(|| shape[key].as_str());
        let example = site["examples"].get(0).or_else(|| shape["examples"].get(0));
        let example = example.map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned));
        let words: Vec<&str> =
            shape["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        self.rows[row] = format!(
            "name: {name:?}, shape: {number}, holds: Shape::{}, title: [{:?}, {:?}], \
             description: [{:?}, {:?}], example: {example:?}, words: &{words:?}, labels: &[{}], \
             properties: &{properties:?}, items: {items:?}, disclosure: {}, counter: {:?}",
            holds(shape),
            text("title"),
            text("x-title-en"),
            text("description"),
            text("x-description-en"),
            labels(site, shape, &words),
            disclosure(text("x-disclosure")),
            text("x-counter").unwrap_or_default(),
        );
        row
    }

    fn is_number(&self, file: &str, site: &'s Value) -> bool {
        matches!(holds(self.resolve(file, site).1), "Int" | "Number")
    }

    /// Follows `$ref` to the definition; a site without one is its own shape.
    fn resolve(&self, file: &str, site: &'s Value) -> (String, &'s Value) {
        let Some((target, pointer)) = site["$ref"].as_str().and_then(|reference| reference.split_once('#'))
        else {
            return (file.to_owned(), site);
        };
        let target = if target == "common.json" { "common" } else { file };
        match self.schemas[target].pointer(pointer) {
            Some(shape) => self.resolve(target, shape),
            None => (file.to_owned(), site),
        }
    }
}

/// The rows of a property's siblings: of a number its wording, of a wording its number, of a number of
/// calendar days the one of working days.
fn siblings(properties: &[(&str, usize)], name: &str, is_number: bool) -> [Option<usize>; 3] {
    let row = |wanted: &str| properties.iter().find(|(known, _)| *known == wanted).map(|(_, row)| *row);
    let wording = is_number.then(|| row(&format!("{name}_wording"))).flatten();
    let number = name.strip_suffix("_wording").and_then(row);
    let calendar = name.strip_suffix("_days").filter(|stem| is_number && !stem.ends_with("_business"));
    let business = calendar.and_then(|stem| row(&format!("{stem}_business_days")));
    [wording, number, business]
}

/// What words are called, the site's own labels before those of its definition.
fn labels(site: &Value, shape: &Value, words: &[&str]) -> String {
    let mut out = String::new();
    let named = |value: &Value| -> Vec<String> {
        value["x-labels"].as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default()
    };
    let mut known: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for word in named(site).into_iter().chain(named(shape)) {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    for word in known.iter().map(String::as_str) {
        let label = |lang: &str| {
            let of = |value: &Value| value["x-labels"][word][lang].as_str().map(str::to_owned);
            of(site).or_else(|| of(shape))
        };
        if let (Some(ja), Some(en)) = (label("ja"), label("en")) {
            let _ = write!(out, "({word:?}, {ja:?}, {en:?}), ");
        }
    }
    out
}

/// Which ground may forbid disclosing what the field holds. An unknown word does not compile.
fn disclosure(word: Option<&str>) -> String {
    let variant = |word: &str| {
        word.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect::<Vec<_>>().concat()
    };
    word.map_or_else(|| "None".to_owned(), |word| format!("Some(Disclosure::{})", variant(word)))
}

fn holds(shape: &Value) -> &'static str {
    match shape["type"].as_str() {
        Some("boolean") => "Bool",
        Some("integer") => "Int",
        Some("number") => "Number",
        Some("array") => "List",
        Some("object") => "Object",
        _ if shape["format"] == "hadome-date" => "Date",
        _ if shape["enum"].is_array() => "Enum",
        _ => "Text",
    }
}
