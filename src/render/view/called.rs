//! What the things of a dossier are called: an id that a document states in place of a thing is told by the
//! thing's name.

use crate::case::Case;
use crate::expression::sentence;
use crate::lang::Lang;
use crate::load::tree::{Data, Mapping, Node};
use crate::schema::{Field, Kind};

/// The keys under which an item says what it is called, the best first.
const NAMES: [&str; 8] = ["title", "name", "task", "item", "data", "content", "place", "organisation"];

/// What an item or a document is called.
pub(super) fn name(node: &Node) -> Option<&str> {
    ranked(node).map(|(_, name)| name)
}

/// The same, with how good a name it is: a party's own name comes before what it does.
fn ranked(node: &Node) -> Option<(usize, &str)> {
    NAMES.into_iter().enumerate().find_map(|(rank, key)| Some((rank, node.get(key)?.as_text()?)))
}

/// A stated value for readers of a paper: ids by what they stand for, where the dossier has one name for
/// them.
pub(super) fn said(case: &Case, field: Field, node: &Node, lang: Lang) -> String {
    let one = |node: &Node| called(case, node.as_text()?);
    let names: Option<Vec<String>> = match &node.data {
        Data::Text(_) if is_id(field) => one(node).map(|name| vec![name.to_owned()]),
        Data::List(items) if !items.is_empty() && field.items().is_some_and(is_id) => {
            let or_id = |item: &Node| one(item).or(item.as_text()).map(str::to_owned);
            items.iter().map(or_id).collect()
        }
        _ => None,
    };
    names.map_or_else(|| sentence::said(field, node, lang), |names| names.join(lang.pick("、", ", ")))
}

/// Whether a field holds an id.
fn is_id(field: Field) -> bool {
    Kind::System.root().property("id") == Some(field)
}

/// What the things with an id are called; nothing where none has a name, or two have different ones as good.
fn called<'c>(case: &'c Case, id: &str) -> Option<&'c str> {
    let documents = case.contract.iter().chain(&case.systems).chain(&case.records);
    let mut found: Vec<(usize, &str)> = Vec::new();
    documents.for_each(|document| search(&document.root, id, &mut found));
    let best = *found.iter().min_by_key(|(rank, _)| *rank)?;
    found.iter().filter(|(rank, _)| *rank == best.0).all(|name| *name == best).then_some(best.1)
}

fn search<'c>(node: &'c Node, id: &str, found: &mut Vec<(usize, &'c str)>) {
    match &node.data {
        Data::Map(_) => {
            if node.id() == Some(id) {
                found.extend(ranked(node));
            }
            let entries = node.as_map().map(Mapping::entries).unwrap_or_default();
            entries.iter().for_each(|entry| search(&entry.value, id, found));
        }
        Data::List(items) => items.iter().for_each(|item| search(item, id, found)),
        _ => {}
    }
}
