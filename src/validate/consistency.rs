//! What no schema can say: ids that are unique, dates that are in order, words that hide no number.

use std::collections::BTreeMap;

use super::problem::Problem;
use crate::case::Document;
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::load::tree::{Data, Entry, Mapping, Node, Span};
use crate::wording::counts;

/// Pairs of dates of one section, the earlier first.
const IN_ORDER: [(&str, &str); 13] = [
    ("start", "end"),
    ("start", "extended_to"),
    ("start", "terminated_on"),
    ("signed_on", "end"),
    ("service_start", "end"),
    ("service_start", "service_end"),
    ("applied_on", "approved_on"),
    ("occurred_on", "client_told_on"),
    ("lent_on", "settled_on"),
    ("issued_on", "received_on"),
    ("issued_on", "expires_on"),
    ("effective_on", "expires_on"),
    ("from", "to"),
];

/// Checks the documents, each by itself.
pub fn check<'d>(
    contract: Option<&'d Document>,
    systems: &'d [Document],
    others: impl Iterator<Item = &'d Document>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for document in contract.into_iter().chain(systems).chain(others) {
        walk(&document.root, diagnostics);
    }
}

/// Checks that the ids of several system documents differ.
pub fn systems(systems: &[Document], diagnostics: &mut Vec<Diagnostic>) {
    unique(systems.iter().map(|system| &system.root), diagnostics);
}

/// Checks that ids are unique in their lists and dates in order, in a document that is no part of a dossier.
pub fn ids(root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    walk(root, diagnostics);
}

fn walk(node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match &node.data {
        Data::Map(map) => {
            in_order(map, diagnostics);
            map.entries().iter().for_each(|entry| walk(&entry.value, diagnostics));
        }
        Data::List(items) => {
            unique(items.iter(), diagnostics);
            items.iter().for_each(|item| walk(item, diagnostics));
        }
        _ => {}
    }
}

fn in_order(section: &Mapping, diagnostics: &mut Vec<Diagnostic>) {
    let named = |key: &str| IN_ORDER.iter().any(|(earlier, later)| key == *earlier || key == *later);
    let dated: Vec<&Entry> = section.entries().iter().filter(|entry| named(&entry.key)).collect();
    if dated.len() < 2 {
        return;
    }
    let date = |key: &str| {
        let node = &dated.iter().find(|entry| &*entry.key == key)?.value;
        Some((Period::parse(node.as_text()?)?, node.span))
    };
    for (earlier, later) in IN_ORDER {
        let Some((last, to)) = date(later) else { continue };
        let Some((first, from)) = date(earlier) else { continue };
        if last.last < first.first {
            let diagnostic = Diagnostic::new(to, Problem::OutOfOrder { earlier, later });
            diagnostics.push(diagnostic.with_related(
                from,
                "この日より前とすることはできません",
                "the date that should be earlier",
            ));
        }
    }
}

/// A number hidden in words would be judged as a term without a limit. It is told beside what the schema
/// finds.
pub fn wordings(node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    if let Data::List(items) = &node.data {
        items.iter().for_each(|item| wordings(item, diagnostics));
    }
    for entry in node.as_map().map(Mapping::entries).unwrap_or_default() {
        wordings(&entry.value, diagnostics);
        let Some(number) = entry.key.strip_suffix("_wording") else { continue };
        let values = [&entry.value].into_iter().chain(entry.value.conflict());
        for value in values.filter(|value| value.as_text().is_some_and(counts)) {
            let found = value.as_text().unwrap_or_default().to_owned();
            let problem = Problem::NumberInWording { found, number: number.to_owned() };
            diagnostics.push(Diagnostic::new(value.span, problem));
        }
    }
}

fn unique<'n>(items: impl Iterator<Item = &'n Node>, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for id in items.filter_map(|item| item.get("id")) {
        let Some(text) = id.as_text() else { continue };
        if let Some(first) = seen.get(text) {
            let diagnostic = Diagnostic::new(id.span, Problem::DoubleId(text.to_owned()));
            diagnostics.push(diagnostic.with_related(*first, "先にあるもの", "the first one"));
        } else {
            seen.insert(text, id.span);
        }
    }
}
