//! Puts what a bidder offers into the draft contract, each value with its own place.

use crate::diagnostic::Diagnostic;
use crate::load::tree::{Data, Entry, Mapping, Mark, Node};
use crate::validate::tender::Problem;

/// Merges the terms and the papers of an offer into a contract's tree.
pub fn into(contract: &mut Node, offer: &Node, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(terms) = offer.get("contract") {
        section(contract, terms, None, "contract", diagnostics);
    }
    papers(contract, offer, diagnostics);
}

/// Adds the papers that a document of a bid lists to those of another, so that places in them can be told.
pub fn papers(to: &mut Node, from: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let Some(papers) = from.get("sources").filter(|papers| papers.as_list().is_some()) else { return };
    for paper in papers.as_list().unwrap_or_default() {
        let known = to.get("sources").and_then(|sources| sources.item(paper.id().unwrap_or_default()));
        if let (Some(known), Some(id)) = (known, paper.get("id")) {
            let problem = Problem::SourceIdTaken(id.as_text().unwrap_or_default().to_owned());
            let diagnostic = Diagnostic::new(id.span, problem);
            diagnostics.push(diagnostic.with_related(known.span, "先にある原本", "the paper that has it"));
        }
    }
    let Some(map) = to.as_map_mut() else { return };
    match map.get_mut("sources") {
        Some(Node { data: Data::List(own), .. }) => {
            own.extend(papers.as_list().unwrap_or_default().iter().cloned());
        }
        Some(_) => {}
        None => add(map, "sources", papers),
    }
}

/// Merges a section; `reference` is the nearest `ref` of the offer's sections around it.
fn section(
    draft: &mut Node,
    offered: &Node,
    reference: Option<&Node>,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(entries) = offered.as_map().map(Mapping::entries) else { return };
    let reference = offered.get("ref").or(reference);
    let Some(map) = draft.as_map_mut() else {
        if draft.is_stated() {
            let problem = Problem::StatedTwice(path.to_owned());
            let diagnostic = Diagnostic::new(offered.span, problem);
            diagnostics.push(diagnostic.with_related(draft.span, "契約書案の記載", "in the draft contract"));
        } else {
            *draft = placed(offered, reference);
        }
        return;
    };
    for entry in entries.iter().filter(|entry| &*entry.key != "ref") {
        let path = format!("{path}.{}", entry.key);
        match map.get_mut(&entry.key) {
            None => {
                let value = placed(&entry.value, reference);
                // The key is not there, so that it can be added.
                let _ = map.insert(Entry { key: entry.key.clone(), key_span: entry.key_span, value });
            }
            Some(own) if entry.value.as_map().is_some() => {
                section(own, &entry.value, reference, &path, diagnostics);
            }
            Some(own) if says_something(own) && says_something(&entry.value) => {
                let diagnostic = Diagnostic::new(entry.key_span, Problem::StatedTwice(path));
                diagnostics.push(diagnostic.with_related(
                    own.span,
                    "契約書案の記載",
                    "in the draft contract",
                ));
            }
            Some(own) if says_something(&entry.value) => *own = placed(&entry.value, reference),
            Some(_) => {}
        }
    }
}

/// Whether a leaf states a value, or several that disagree.
fn says_something(node: &Node) -> bool {
    node.is_stated() || !node.conflict().is_empty()
}

/// A copy in which each leaf that has no `ref` of its own carries that of the section around it: in the
/// contract it stands among leaves of other papers.
fn placed(node: &Node, reference: Option<&Node>) -> Node {
    let mut copy = node.clone();
    let reference = node.get("ref").or(reference);
    match &mut copy.data {
        Data::Map(map) => {
            for entry in node.as_map().into_iter().flat_map(Mapping::entries) {
                if let Some(value) = map.get_mut(&entry.key).filter(|_| &*entry.key != "ref") {
                    *value = placed(&entry.value, reference);
                }
            }
        }
        // The items of a list have a `ref` of their own, or none.
        Data::List(items) if items.iter().any(|item| item.as_map().is_some()) => {
            for item in items.iter_mut().filter(|item| item.get("ref").is_none()) {
                if let (Some(map), Some(reference)) = (item.as_map_mut(), reference) {
                    add(map, "ref", reference);
                }
            }
        }
        _ => {
            if let Some(reference) = reference {
                let mark = copy.mark.get_or_insert_with(|| Box::new(Mark::default()));
                mark.reference.get_or_insert_with(|| reference.clone());
            }
        }
    }
    copy
}

fn add(map: &mut Mapping, key: &str, value: &Node) {
    // The caller has seen that the key is not there.
    let _ = map.insert(Entry { key: key.into(), key_span: value.span, value: value.clone() });
}
