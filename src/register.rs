//! A register (台帳): the list of evidence or of waivers of a dossier, as the text that people keep.
//! What is added goes between what is there: no comment, blank line, indentation or quoting changes.

pub mod draft;
mod place;
mod problem;
mod style;
mod write;

use crate::diagnostic::Diagnostic;
use crate::load::limits::Limits;
use crate::load::tree::{FileId, Node, Span};
use crate::load::yaml;
use crate::schema::Kind;
use draft::Draft;
pub use problem::Problem;

/// A register as it was read, or the place where one is to begin.
pub struct Register<'t> {
    kind: Kind,
    text: &'t str,
    file: FileId,
    /// `None` where nothing but blanks and comments stands in the file.
    root: Option<Node>,
    /// The id of the dossier, for a register that begins.
    dossier: &'t str,
}

/// Something that cannot be added without changing what is there.
#[derive(Debug)]
pub struct Refusal {
    /// Why, and where.
    pub diagnostic: Diagnostic,
    /// What a person may add by hand; empty where it is not to be added at all.
    pub paste: String,
}

/// A change of a text: what stands in the range gives way to the text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

impl<'t> Register<'t> {
    /// Reads a register of a kind (evidence or waivers), without its byte order mark; an empty text
    /// is one that begins.
    ///
    /// # Errors
    /// The text is no YAML.
    pub fn read(
        kind: Kind,
        dossier: &'t str,
        text: &'t str,
        file: FileId,
    ) -> Result<Register<'t>, Vec<Diagnostic>> {
        let root = match is_blank(text) {
            true => None,
            false => Some(yaml::parse(text, file, &Limits::default())?),
        };
        Ok(Register { kind, text, file, root, dossier })
    }

    /// The ids of its entries.
    pub fn ids(&self) -> Vec<&str> {
        self.entries().iter().filter_map(Node::id).collect()
    }

    fn entries(&self) -> &[Node] {
        self.root.as_ref().and_then(|root| root.get(self.kind.word())?.as_list()).unwrap_or_default()
    }

    /// The text with one entry more at the end of the list.
    ///
    /// # Errors
    /// The id is taken, or there is no place where the entry changes nothing else.
    pub fn append(&self, entry: &Draft) -> Result<String, Refusal> {
        let id = entry.id();
        if let Some(there) = self.entries().iter().find(|known| known.id() == id) {
            let problem = Problem::EntryThere { id: id.unwrap_or_default().to_owned() };
            return Err(refuse(there.get("id").map_or(there.span, |id| id.span), problem, String::new()));
        }
        let Some(root) = &self.root else {
            return Ok(style::begin(self.kind, self.dossier, self.text, entry));
        };
        let mut wanted = root.to_json();
        let list = wanted.as_object_mut().map(|root| root.entry(self.kind.word()).or_insert_with(nothing));
        if let Some(list) = list {
            if list.is_null() {
                *list = serde_json::Value::Array(Vec::new());
            }
            if let Some(items) = list.as_array_mut() {
                items.push(entry.to_json());
            }
        }
        let ways = place::append(self.text, root, self.kind.word(), entry);
        let at = root.get(self.kind.word()).map_or(root.span, |list| list.span);
        self.first_that_fits(ways, &wanted).ok_or_else(|| {
            let paste = write::item(entry, 2, &style::Style::usual());
            refuse(first_line(self.text, at), Problem::NoSafePlace, paste)
        })
    }

    /// The text with one key more in an entry.
    ///
    /// # Errors
    /// There is no such entry, the key is there, or there is no place where it changes nothing else.
    pub fn complete(&self, id: &str, key: &str, value: &Draft) -> Result<String, Refusal> {
        let ids = self.ids();
        let at = self.entries().iter().position(|entry| entry.id() == Some(id));
        let (Some(at), Some(root)) = (at, &self.root) else {
            let span = self.root.as_ref().map_or(self.start(), |root| first_line(self.text, root.span));
            return Err(refuse(span, Problem::no_entry(id, &ids), String::new()));
        };
        let entry = &self.entries()[at];
        if let Some(there) = entry.as_map().and_then(|map| map.entry(key)).filter(|e| e.value.is_stated()) {
            let problem = Problem::KeyThere { id: id.to_owned(), key: key.to_owned() };
            return Err(refuse(there.key_span, problem, String::new()));
        }
        let mut wanted = root.to_json();
        if let Some(entry) = wanted.pointer_mut(&format!("/{}/{at}", self.kind.word()))
            && let Some(entry) = entry.as_object_mut()
        {
            entry.insert(key.to_owned(), value.to_json());
        }
        let ways = place::complete(self.text, root, (self.kind.word(), at), key, value);
        self.first_that_fits(ways, &wanted).ok_or_else(|| {
            let paste = write::section(key, value, 4, &style::Style::usual());
            refuse(first_line(self.text, entry.span), Problem::NoSafePlace, paste)
        })
    }

    /// The first of several ways after which the text says what is wanted and nothing else.
    fn first_that_fits(&self, ways: Vec<Vec<Edit>>, wanted: &serde_json::Value) -> Option<String> {
        ways.into_iter().map(|edits| apply(self.text, edits)).find(|text| {
            let read = yaml::parse(text, self.file, &Limits::default());
            read.is_ok_and(|root| root.to_json() == *wanted)
        })
    }

    fn start(&self) -> Span {
        Span { file: self.file, start: 0, end: 0 }
    }
}

fn nothing() -> serde_json::Value {
    serde_json::Value::Null
}

fn refuse(span: Span, problem: Problem, paste: String) -> Refusal {
    Refusal { diagnostic: Diagnostic::new(span, problem), paste }
}

/// Whether nothing but blanks and comments stands in a text.
pub fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// A span cut down to its first line.
fn first_line(text: &str, span: Span) -> Span {
    let start = span.start as usize;
    let line = place::line_end(text, start);
    Span { end: u32::try_from(line).unwrap_or(u32::MAX).min(span.end), ..span }
}

/// A text with its edits, which do not overlap.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.start);
    let (mut out, mut at) = (String::with_capacity(text.len() + 1024), 0);
    for edit in edits {
        out.push_str(text.get(at..edit.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
