//! What the documents of a bid answer already, as an answer sheet shows it.

use std::collections::BTreeMap;

use super::key;
use crate::load::tree::Node;
use crate::register::draft::Written;
use crate::schema::{Field, Shape};

/// What is answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// The id of the offer.
    pub offer: Option<String>,
    /// The id of the system.
    pub system: Option<String>,
    /// The facts, by path.
    pub facts: BTreeMap<String, Entry>,
    /// The answers to requirements, by policy: each by the name of its field.
    pub requirements: BTreeMap<String, BTreeMap<String, Told>>,
    /// The lists, by path; one that is stated to be empty has no items.
    pub lists: BTreeMap<String, Vec<Item>>,
}

/// A fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What is said; `None` where only a page or a remark is.
    pub told: Option<Told>,
    /// The page of the proposal.
    pub page: Option<i64>,
    /// The remark.
    pub remark: Option<String>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The values, by their path below the item.
    pub values: BTreeMap<String, Told>,
    /// The page of the proposal.
    pub page: Option<i64>,
    /// The remark.
    pub remark: Option<String>,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A value of the field.
    Value(Written),
    /// A wording or a placeholder, as it is.
    Words(String),
}

/// Why a document cannot be shown in a sheet: a fact that is stated in two ways, by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict(pub String);

/// Takes what the documents of a bid state; each is folded and fits its schema.
///
/// # Errors
/// A conflict, for which a sheet has no room.
pub fn filled(system: Option<&Node>, offer: Option<&Node>) -> Result<Filled, Conflict> {
    let mut filled = Filled::default();
    let id = |root: Option<&Node>| root.and_then(Node::id).map(str::to_owned);
    (filled.system, filled.offer) = (id(system), id(offer));
    if let Some(root) = system {
        section(root, "system", &mut filled)?;
    }
    if let Some(root) = offer {
        section(root, "offer", &mut filled)?;
    }
    Ok(filled)
}

fn section(node: &Node, path: &str, filled: &mut Filled) -> Result<(), Conflict> {
    for entry in node.as_map().into_iter().flat_map(|map| map.entries()) {
        let name = &*entry.key;
        let below = match (path, name) {
            // The terms offered go by the path that they have in the contract.
            ("offer", "contract") => "contract".to_owned(),
            ("offer" | "system", "hadome" | "id" | "sources") => continue,
            (_, "ref") => continue,
            ("offer", "requirements") => {
                requirements(&entry.value, filled)?;
                continue;
            }
            _ => format!("{path}.{name}"),
        };
        let Some(field) = key::field(&below)
            .or_else(|| (below == "contract").then(|| key::field("offer.contract")).flatten())
        else {
            continue;
        };
        match field.shape() {
            Shape::Object => section(&entry.value, &below, filled)?,
            Shape::List if field.items().is_some_and(|item| item.shape() == Shape::Object) => {
                list(&entry.value, &below, field, filled)?;
            }
            _ => fact(&entry.value, &below, field, filled)?,
        }
    }
    Ok(())
}

fn fact(node: &Node, path: &str, field: Field, filled: &mut Filled) -> Result<(), Conflict> {
    let reference = node.reference();
    let page = reference.and_then(|reference| whole(reference.get("page")?));
    let remark = reference.and_then(|reference| reference.get("note")?.as_text().map(str::to_owned));
    let told = told(node, path)?;
    // A wording shows in the cell of its number, unless the number is there too.
    let number = field.number().and(path.strip_suffix("_wording")).map(str::to_owned);
    let path = match (&told, number) {
        (Some(Told::Value(Written::Text(text))), Some(number)) if !filled.facts.contains_key(&number) => {
            let told = Some(Told::Words(text.clone()));
            filled.facts.insert(number, Entry { told, page, remark });
            return Ok(());
        }
        _ => path,
    };
    let entry = Entry { told, page, remark };
    if entry != Entry::default() {
        let moved = filled.facts.insert(path.to_owned(), entry);
        // The wording came first in the file: it gets a row of its own.
        if let Some(Entry { told: Some(Told::Words(words)), page, remark }) = moved {
            let told = Some(Told::Value(Written::Text(words)));
            filled.facts.insert(format!("{path}_wording"), Entry { told, page, remark });
        }
    }
    Ok(())
}

fn list(node: &Node, path: &str, field: Field, filled: &mut Filled) -> Result<(), Conflict> {
    let Some(items) = node.as_list() else {
        return match node.conflict().is_empty() {
            true => Ok(()),
            false => Err(Conflict(path.to_owned())),
        };
    };
    let Some(inner) = field.items() else { return Ok(()) };
    let mut read = Vec::with_capacity(items.len());
    for node in items {
        let mut item = Item::default();
        values(node, "", inner, path, &mut item)?;
        let reference = node.get("ref");
        item.page = reference.and_then(|reference| whole(reference.get("page")?));
        item.remark = reference.and_then(|reference| reference.get("note")?.as_text().map(str::to_owned));
        read.push(item);
    }
    filled.lists.insert(path.to_owned(), read);
    Ok(())
}

fn values(node: &Node, before: &str, field: Field, list: &str, item: &mut Item) -> Result<(), Conflict> {
    for entry in node.as_map().into_iter().flat_map(|map| map.entries()).filter(|entry| &*entry.key != "ref")
    {
        let Some(field) = field.property(&entry.key) else { continue };
        let path = if before.is_empty() { entry.key.to_string() } else { format!("{before}.{}", entry.key) };
        if field.shape() == Shape::Object {
            values(&entry.value, &path, field, list, item)?;
            continue;
        }
        let Some(told) = told(&entry.value, &format!("{list}[].{path}"))? else { continue };
        let (path, told) = match (field.number().and(path.strip_suffix("_wording")), told) {
            (Some(number), Told::Value(Written::Text(text)) | Told::Words(text)) => {
                (number.to_owned(), Told::Words(text))
            }
            (_, told) => (path, told),
        };
        // A number and a wording of the same term: an item has one cell for both.
        if item.values.insert(path.clone(), told).is_some() {
            return Err(Conflict(format!("{list}[].{path}")));
        }
    }
    Ok(())
}

fn requirements(node: &Node, filled: &mut Filled) -> Result<(), Conflict> {
    for answer in node.as_list().unwrap_or_default() {
        let Some(policy) = answer.get("policy").and_then(Node::as_text) else { continue };
        let mut told = BTreeMap::new();
        for entry in answer.as_map().into_iter().flat_map(|map| map.entries()) {
            if matches!(&*entry.key, "id" | "policy" | "ref") {
                continue;
            }
            if let Some(said) = self::told(&entry.value, &format!("offer.requirements[].{}", entry.key))? {
                told.insert(entry.key.to_string(), said);
            }
        }
        filled.requirements.insert(policy.to_owned(), told);
    }
    Ok(())
}

fn told(node: &Node, path: &str) -> Result<Option<Told>, Conflict> {
    if !node.conflict().is_empty() {
        return Err(Conflict(path.to_owned()));
    }
    if let Some(word) = node.placeholder() {
        return Ok(Some(Told::Words(word.to_owned())));
    }
    Ok(node.is_stated().then(|| Told::Value(plain(node))))
}

/// A value without the marks of its parts.
fn plain(node: &Node) -> Written {
    match node.placeholder() {
        Some(word) => Written::Text(word.to_owned()),
        None => match node.as_list() {
            Some(items) => Written::List(items.iter().map(plain).collect()),
            None => Written::of(node),
        },
    }
}

fn whole(node: &Node) -> Option<i64> {
    match node.data {
        crate::load::tree::Data::Int(number) => Some(number),
        _ => None,
    }
}
