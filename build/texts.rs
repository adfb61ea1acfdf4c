//! Takes the texts for people out of the packed library, so that a run decodes only what it prints.

use std::collections::HashMap;

use serde_json::Value;

/// The texts taken so far.
#[derive(Default)]
pub struct Texts {
    /// All wordings, one behind the other: of each text the Japanese, then the English one.
    pub all: String,
    /// Where each wording ends.
    ends: Vec<usize>,
    /// The numbers of the texts.
    known: HashMap<[String; 2], usize>,
}

impl Texts {
    /// Puts its number in place of each text of a value.
    pub fn take(&mut self, value: &mut Value) {
        match value {
            Value::Object(map) => match (map.len(), map.get("ja"), map.get("en")) {
                (2, Some(Value::String(ja)), Some(Value::String(en))) => {
                    let number = self.number([ja.clone(), en.clone()]);
                    *value = number.into();
                }
                _ => map.values_mut().for_each(|inner| self.take(inner)),
            },
            Value::Array(items) => items.iter_mut().for_each(|inner| self.take(inner)),
            _ => {}
        }
    }

    fn number(&mut self, text: [String; 2]) -> usize {
        let next = self.known.len();
        if let Some(known) = self.known.get(&text) {
            return *known;
        }
        for wording in &text {
            self.all.push_str(wording);
            self.ends.push(self.all.len());
        }
        self.known.insert(text, next);
        next
    }

    /// The table of where each wording ends.
    pub fn table(&self) -> String {
        format!("static ENDS: [u32; {}] = {:?};\n", self.ends.len(), self.ends)
    }
}
