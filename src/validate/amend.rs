//! Applies the amendments of a contract that are in force on the as-of date.

use chrono::NaiveDate;

use super::problem::Problem;
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::load::tree::{Data, Entry, Mapping, Mark, Node, Span};

/// Applies them in the order of the days on which they take effect. Says whether any was applied.
pub fn apply(contract: &mut Node, as_of: NaiveDate, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Some(amendments) = contract.get("amendments").and_then(Node::as_list) else { return false };
    let mut due: Vec<(NaiveDate, Node)> = Vec::new();
    for amendment in amendments {
        let Some(date) = amendment.get("effective_on") else {
            diagnostics.push(Diagnostic::new(amendment.span, Problem::AmendmentWithoutDate));
            continue;
        };
        match date.as_text().and_then(Period::parse) {
            Some(period) if period.last <= as_of => match agreed(amendment) {
                Some(agreed) if agreed.first > as_of => {}
                Some(agreed) if agreed.last > as_of => {
                    let span = amendment.get("agreed_on").map_or(amendment.span, |date| date.span);
                    diagnostics.push(Diagnostic::new(span, Problem::AmendmentWithoutDate));
                }
                _ => due.push((period.first, amendment.clone())),
            },
            Some(period) if period.first > as_of => {}
            _ => diagnostics.push(Diagnostic::new(date.span, Problem::AmendmentWithoutDate)),
        }
    }
    due.sort_by_key(|(date, _)| *date);
    let mut changed = 0;
    for (_, amendment) in &due {
        let id = amendment.id().unwrap_or("?");
        let changes = amendment.get("set").and_then(Node::as_map);
        for entry in changes.into_iter().flat_map(Mapping::entries) {
            changed += 1;
            if changed > CHANGES {
                diagnostics.push(Diagnostic::new(entry.key_span, Problem::TooManyChanges { limit: CHANGES }));
                return true;
            }
            if let Err(problem) = set(contract, &entry.key, entry.value.clone(), entry.key_span, Some(id)) {
                diagnostics.push(Diagnostic::new(entry.key_span, problem));
            }
        }
    }
    !due.is_empty()
}

/// Whether an amendment counts on a day.
pub fn is_in_force(amendment: &Node, day: NaiveDate) -> bool {
    let effective = amendment.get("effective_on").and_then(Node::as_text).and_then(Period::parse);
    let in_time = |date: Option<Period>| date.is_some_and(|date| date.last <= day);
    in_time(effective) && (agreed(amendment).is_none() || in_time(agreed(amendment)))
}

/// The day on which the parties agreed, where it is stated: what is agreed later is not agreed yet,
/// whatever day it is to count from.
fn agreed(amendment: &Node) -> Option<Period> {
    Period::parse(amendment.get("agreed_on")?.as_text()?)
}

/// The steps of the longest path that is followed. No schema is as deep; without a bound a path could
/// make a tree that is deeper than any file may be.
const STEPS: usize = 32;

/// The most values that the amendments of one contract may set (project default).
const CHANGES: usize = 1_000;

/// How many characters of a path that cannot be read are shown.
const SHOWN: usize = 200;

/// Sets the value at a path such as `subcontractors[a].task`; objects and items on the way are made.
///
/// # Errors
/// The path cannot be read, or something on the way is no object or list.
pub fn set(root: &mut Node, path: &str, value: Node, span: Span, by: Option<&str>) -> Result<(), Problem> {
    let bad = || Problem::BadPath(path.chars().take(SHOWN).collect());
    if path.matches(['.', '[']).count() >= STEPS {
        return Err(bad());
    }
    let mut at = root;
    for step in path.split('.') {
        let (name, items) = match step.split_once('[') {
            Some((name, rest)) => (name, rest.strip_suffix(']').ok_or_else(bad)?.split("][").collect()),
            None => (step, Vec::new()),
        };
        if name.is_empty() {
            return Err(bad());
        }
        at = field(at, name, span).ok_or_else(bad)?;
        for id in items {
            at = item(at, id, span).ok_or_else(bad)?;
        }
    }
    let reference = at.mark.as_mut().and_then(|mark| mark.reference.take());
    *at = value;
    if let Some(by) = by {
        let mark = at.mark.get_or_insert_with(|| Box::new(Mark { reference, ..Mark::default() }));
        mark.amendment = Some(by.into());
    }
    Ok(())
}

/// The value of a key, made where it is not there; nothing where the node is no section.
pub(super) fn field<'n>(node: &'n mut Node, name: &str, span: Span) -> Option<&'n mut Node> {
    if !node.is_stated() {
        *node = Node::new(span, Data::Map(Mapping::default()));
    }
    let map = node.as_map_mut()?;
    if map.get(name).is_none() {
        let value = Node::new(span, Data::Null);
        map.insert(Entry { key: name.into(), key_span: span, value }).ok()?;
    }
    map.get_mut(name)
}

fn item<'n>(node: &'n mut Node, id: &str, span: Span) -> Option<&'n mut Node> {
    if !node.is_stated() {
        *node = Node::new(span, Data::List(Vec::new()));
    }
    let Data::List(items) = &mut node.data else { return None };
    let at = items.iter().position(|item| item.id() == Some(id)).unwrap_or_else(|| {
        let mut map = Mapping::default();
        let value = Node::new(span, Data::Text(id.into()));
        // A fresh mapping has no key yet.
        let _ = map.insert(Entry { key: "id".into(), key_span: span, value });
        items.push(Node::new(span, Data::Map(map)));
        items.len() - 1
    });
    items.get_mut(at)
}
