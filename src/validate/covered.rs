//! What a record covers is named by id, and an id is unique in its own list only: where two things have
//! the one that a record names, nobody can tell which of them it is about.

use std::collections::BTreeMap;

use super::problem::Problem;
use crate::case::Document;
use crate::diagnostic::Diagnostic;
use crate::load::tree::{Data, Node, Span};

/// The lists of a system whose items records can cover.
const OF_SYSTEMS: [&str; 2] = ["data_stores", "exports"];

/// Checks that each id that a record covers is that of one thing.
pub fn check(
    contract: Option<&Document>,
    systems: &[Document],
    records: Option<&Document>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(records) = records else { return };
    let mut things: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for system in systems {
        things.entry(system.root.id().unwrap_or_default()).or_default().push(system.head_span());
        for list in OF_SYSTEMS {
            add(&system.root, list, &mut things);
        }
    }
    // What was lent stands in the contract and in the ledger, under one id.
    let mut lent: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (document, list) in [(contract, "loans"), (Some(records), "loans"), (Some(records), "held_data")] {
        document.iter().for_each(|document| add(&document.root, list, &mut lent));
    }
    for (id, spans) in lent {
        things.entry(id).or_default().extend(spans.first());
    }
    walk(&records.root, &things, diagnostics);
}

fn add<'d>(root: &'d Node, list: &str, things: &mut BTreeMap<&'d str, Vec<Span>>) {
    for item in root.get(list).and_then(Node::as_list).unwrap_or_default() {
        if let Some(id) = item.id() {
            things.entry(id).or_default().push(item.get("id").map_or(item.span, |id| id.span));
        }
    }
}

fn walk(node: &Node, things: &BTreeMap<&str, Vec<Span>>, diagnostics: &mut Vec<Diagnostic>) {
    match &node.data {
        Data::Map(map) => {
            for entry in map.entries() {
                if &*entry.key == "covers" {
                    entry
                        .value
                        .as_list()
                        .unwrap_or_default()
                        .iter()
                        .for_each(|id| one(id, things, diagnostics));
                } else {
                    walk(&entry.value, things, diagnostics);
                }
            }
        }
        Data::List(items) => items.iter().for_each(|item| walk(item, things, diagnostics)),
        _ => {}
    }
}

fn one(covered: &Node, things: &BTreeMap<&str, Vec<Span>>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(id) = covered.as_text() else { return };
    if let Some([first, second, ..]) = things.get(id).map(Vec::as_slice) {
        let diagnostic = Diagnostic::new(covered.span, Problem::AmbiguousId(id.to_owned()));
        let diagnostic = diagnostic.with_related(*first, "このIDのもの", "one thing with this id");
        diagnostics.push(diagnostic.with_related(*second, "同じIDの別のもの", "another one with it"));
    }
}
