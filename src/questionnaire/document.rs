//! Makes the documents of a bid from what an answer sheet says; each value carries the cell it stands in.

use super::answers::{Answers, Fact, Item, List};
use super::word::Said;
use crate::id;
use crate::load::tree::Node;
use crate::register::draft::{Draft, Line, Written};
use crate::schema::{Field, Kind};

/// The id of the answer sheet among the papers of the bid.
pub const SOURCE: &str = "answer-sheet";

/// Where the answers come from.
#[derive(Clone, Debug)]
pub struct Origin<'o> {
    /// The title of the paper.
    pub title: &'o str,
    /// The name of the file.
    pub file: &'o str,
    /// SHA-256 of the file.
    pub sha256: &'o str,
    /// The id of the offer.
    pub offer: &'o str,
    /// The id of the system.
    pub system: &'o str,
}

/// `system.yaml` and `offer.yaml`, as sections.
pub fn documents(answers: &Answers, origin: &Origin<'_>) -> (Draft, Draft) {
    let (mut system, mut offer) =
        (head(Kind::System, origin.system, origin), head(Kind::Offer, origin.offer, origin));
    for fact in &answers.facts {
        let (path, leaf) = (stored(fact), leaf(fact));
        match path.split_once('.') {
            Some(("system", below)) => put(&mut system, below, leaf),
            Some(("offer", below)) => put(&mut offer, below, leaf),
            _ => put(&mut offer, &path, leaf),
        }
    }
    for list in &answers.lists {
        let leaf = items(list);
        match list.path.strip_prefix("system.") {
            Some(below) => put(&mut system, below, leaf),
            None => put(&mut offer, &list.path, leaf),
        }
    }
    let mut requirements = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for answer in &answers.requirements {
        let known: Vec<&str> = taken.iter().map(String::as_str).collect();
        let id = id::free(id::from_name(&answer.policy).unwrap_or_default(), &known);
        let mut entry = Draft::default();
        entry.set("id", Written::Text(id.clone()));
        entry.set("policy", Written::Text(answer.policy.clone()));
        for (name, said) in &answer.said {
            entry.set(name, plain(said));
        }
        entry.set("ref", Written::Section(reference(&answer.place, None, None)));
        taken.push(id);
        requirements.push(Written::Section(entry));
    }
    if !requirements.is_empty() {
        offer.set("requirements", Written::List(requirements));
    }
    arrange(&mut system, Kind::System.root());
    arrange(&mut offer, Kind::Offer.root());
    (system, offer)
}

fn head(kind: Kind, id: &str, origin: &Origin<'_>) -> Draft {
    let mut paper = Draft::default();
    paper.set("id", Written::Text(SOURCE.to_owned()));
    paper.set("title", Written::Text(origin.title.to_owned()));
    paper.set("file", Written::Text(origin.file.to_owned()));
    paper.set("sha256", Written::Text(origin.sha256.to_owned()));
    let mut document = Draft::default();
    document.set("hadome", Written::Text(format!("{}/1", kind.word())));
    document.set("id", Written::Text(id.to_owned()));
    document.set("sources", Written::List(vec![Written::Section(paper)]));
    document
}

/// The path under which a fact is written: a wording goes to the sibling of its number.
fn stored(fact: &Fact) -> String {
    match &fact.said {
        Some(Said::Wording(_)) => format!("{}_wording", fact.path),
        _ => fact.path.clone(),
    }
}

/// A leaf with the cell that it stands in.
fn leaf(fact: &Fact) -> Written {
    let value = fact.said.as_ref().map_or(Written::Blank, plain);
    placed(value, reference(&fact.place, fact.page, fact.remark.as_deref()))
}

fn placed(value: Written, reference: Draft) -> Written {
    let mut section = Draft::default();
    section.set("value", value);
    section.set("ref", Written::Section(reference));
    Written::Section(section)
}

fn plain(said: &Said) -> Written {
    match said {
        Said::Value(value) => value.clone(),
        Said::Wording(words) | Said::Placeholder(words) => Written::Text(words.clone()),
    }
}

fn reference(cell: &str, page: Option<i64>, remark: Option<&str>) -> Draft {
    let mut reference = Draft::default();
    reference.set("source", Written::Text(SOURCE.to_owned()));
    reference.set("cell", Written::Text(cell.to_owned()));
    if let Some(page) = page {
        reference.set("page", Written::Int(page));
    }
    if let Some(remark) = remark {
        reference.set("note", Written::Text(remark.to_owned()));
    }
    reference
}

fn items(list: &List) -> Written {
    if let Some(place) = &list.none {
        return placed(Written::List(Vec::new()), reference(place, None, None));
    }
    let entries = list.items.iter().map(|item| Written::Section(entry(item, list.field)));
    Written::List(entries.collect())
}

fn entry(item: &Item, list: Field) -> Draft {
    let mut entry = Draft::default();
    entry.set("id", Written::Text(item.id.clone()));
    for (path, _, said, place) in &item.said {
        let path = match said {
            Said::Wording(_) => format!("{path}_wording"),
            _ => path.clone(),
        };
        put(&mut entry, &path, placed(plain(said), reference(place, item.page, None)));
    }
    entry.set("ref", Written::Section(reference(&item.place, item.page, item.remark.as_deref())));
    if let Some(inner) = list.items() {
        arrange(&mut entry, inner);
    }
    entry
}

/// Puts a value under a path, into sections that are made where they are not there.
fn put(section: &mut Draft, path: &str, value: Written) {
    let Some((first, rest)) = path.split_once('.') else { return section.set(path, value) };
    if !section.0.iter().any(|line| line.key == first) {
        section.set(first, Written::Section(Draft::default()));
    }
    let inner = section.0.iter_mut().find(|line| line.key == first);
    if let Some(Line { value: Written::Section(inner), .. }) = inner {
        put(inner, rest, value);
    }
}

/// Brings the keys into the order of the schema, so that it does not matter where rows were moved to.
fn arrange(section: &mut Draft, field: Field) {
    let order: Vec<&str> = field.properties().map(|field| field.name).collect();
    section.0.sort_by_key(|line| order.iter().position(|name| *name == line.key).unwrap_or(order.len()));
    for line in &mut section.0 {
        if let (Written::Section(inner), Some(field)) = (&mut line.value, field.property(&line.key)) {
            arrange(inner, field);
        }
    }
}

/// The cell in which a value stands, of the smallest value around a place in the text of a document.
pub fn cell_at(root: &Node, start: u32) -> Option<(String, &Node)> {
    let mut found = None;
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        let named = node.reference().or_else(|| node.get("ref")).and_then(|reference| reference.get("cell"));
        let around = node.span.start <= start && start <= node.span.end;
        if let (Some(cell), true) = (named.and_then(Node::as_text), around || std::ptr::eq(node, root)) {
            found = Some((cell.to_owned(), node));
        }
        let inner = node.as_map().into_iter().flat_map(|map| map.entries()).map(|entry| &entry.value);
        let inner = inner.chain(node.as_list().into_iter().flatten());
        waiting.extend(inner.filter(|node| node.span.start <= start && start <= node.span.end));
    }
    found
}
