//! The tender itself: requirements against the library, points, bidders, the table of marks.

mod problem;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use problem::Problem;

use chrono::NaiveDate;

use super::consistency;
use super::document::{self, against_schema, head, typed};
use super::problem::Problem as DocumentProblem;
use crate::diagnostic::{Diagnostic, in_order};
use crate::load::dossier::Parsed;
use crate::load::fold::fold;
use crate::load::tree::{Node, Span};
use crate::nearest::nearest;
use crate::policy::Policy;
use crate::policy::library::Library;
use crate::policy::reads::reads;
use crate::schema::Kind;
use crate::tender::marks::{self, Gap, Row};
use crate::tender::offer::is_bidders;
use crate::tender::{Class, Others, Requirement, Rule, Tender, TenderFile, Unanswered};

/// Checks the document of a tender by itself.
///
/// # Errors
/// All that is wrong with it, in the order of the places.
pub fn document(root: &Node) -> Result<Arc<TenderFile>, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    head(Kind::Tender, root, &mut diagnostics);
    if diagnostics.is_empty() {
        against_schema(Kind::Tender, root, &mut diagnostics);
    }
    if diagnostics.is_empty() {
        consistency::ids(root, &mut diagnostics);
    }
    if !diagnostics.is_empty() {
        in_order(&mut diagnostics);
        return Err(diagnostics);
    }
    typed(root).map_err(|words| {
        let problem = DocumentProblem::Other { keyword: words, found: String::new() };
        vec![Diagnostic::new(root.span, problem)]
    })
}

/// Checks the draft contract by itself, so that what is wrong with it is told once and not of every bid.
///
/// # Errors
/// All that is wrong with it, in the order of the places.
pub fn draft(root: &Node, as_of: NaiveDate) -> Result<(), Vec<Diagnostic>> {
    let mut root = root.clone();
    let mut diagnostics = fold(&mut root);
    if diagnostics.is_empty() {
        let parsed = Parsed { kind: Kind::Contract, file: root.span.file, root };
        if let Some(document) = document::check(parsed, false, as_of, &mut diagnostics) {
            consistency::ids(&document.root, &mut diagnostics);
        }
    }
    in_order(&mut diagnostics);
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}

/// Holds a tender against the policies that judge its bids.
///
/// # Errors
/// All that is wrong, in the order of the places.
pub fn tender(
    file: Arc<TenderFile>,
    root: &Node,
    policies: &[Policy],
    library: &Library,
) -> Result<Tender, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    points(root, &mut diagnostics);
    let selected: Vec<&str> = policies.iter().map(|policy| policy.file.id.as_str()).collect();
    let asks = |policy: &&Policy| reads(policy).keys().any(|path| is_bidders(path));
    let answerable: BTreeSet<String> =
        policies.iter().filter(asks).map(|policy| policy.file.id.clone()).collect();
    let entries = root.get("requirements").and_then(Node::as_list).unwrap_or_default();
    let mut named: BTreeMap<&str, Span> = BTreeMap::new();
    let mut rules = BTreeMap::new();
    for (requirement, tree) in file.requirements.iter().zip(entries) {
        let span = tree.get("policy").map_or(tree.span, |policy| policy.span);
        let id = requirement.policy.as_str();
        if let Some(problem) = unselected(id, &selected, library) {
            diagnostics.push(Diagnostic::new(span, problem));
        } else if !answerable.contains(id) {
            diagnostics.push(Diagnostic::new(span, Problem::OfTheDraft(id.to_owned())));
        }
        if let Some(first) = named.insert(id, span) {
            let diagnostic = Diagnostic::new(span, Problem::TwoRequirements(id.to_owned()));
            diagnostics.push(diagnostic.with_related(first, "先にあるもの", "the first one"));
        }
        match rule(requirement, file.others.as_ref()) {
            Ok(rule) => {
                rules.insert(id.to_owned(), rule);
            }
            Err(problem) => diagnostics.push(Diagnostic::new(tree.span, problem)),
        }
    }
    let unlisted = answerable.iter().filter(|id| !named.contains_key(id.as_str())).count();
    let others = match (rule(&Requirement::default(), file.others.as_ref()), unlisted) {
        (Ok(rule), _) => Some(rule),
        (Err(_), 0) => None,
        (Err(problem), _) => {
            let span = root.get("others").map_or(root.span, |others| others.span);
            let problem = match problem {
                Problem::NoClass => Problem::OthersNotSaid(unlisted),
                told => told,
            };
            diagnostics.push(Diagnostic::new(span, problem));
            None
        }
    };
    let marks = match (file.marks.is_empty(), &library.marks) {
        (false, _) => {
            diagnostics.extend(table(&file.marks, root.get("marks"), root.span));
            file.marks.clone()
        }
        (true, Some(own)) => own.rows.clone(),
        (true, None) => marks::built_in().rows.clone(),
    };
    if diagnostics.is_empty() {
        return Ok(Tender { file, rules, others, answerable, marks });
    }
    in_order(&mut diagnostics);
    Err(diagnostics)
}

/// Why a policy cannot be a requirement.
fn unselected(id: &str, selected: &[&str], library: &Library) -> Option<Problem> {
    if selected.contains(&id) {
        return None;
    }
    if library.policies.contains_key(id) {
        return Some(Problem::NotSelected(id.to_owned()));
    }
    let near = nearest(id, selected.iter().copied()).map(str::to_owned);
    Some(Problem::UnknownPolicy { id: id.to_owned(), nearest: near })
}

/// How a requirement counts, with what is said of the others where it says nothing itself.
fn rule(requirement: &Requirement, others: Option<&Others>) -> Result<Rule, Problem> {
    let class = requirement.class.or(others.and_then(|others| others.class)).ok_or(Problem::NoClass)?;
    let unanswered = requirement.unanswered.or(others.and_then(|others| others.unanswered));
    let unanswered = match class {
        Class::Mandatory => unanswered.ok_or(Problem::NoConsequence)?,
        _ => Unanswered::Inquire,
    };
    match (class, requirement.points) {
        (Class::Scored, None) => Err(Problem::NoPoints),
        (Class::Mandatory | Class::Reference, Some(_)) => Err(Problem::PointsWithoutScore),
        (_, points) => Ok(Rule { class, unanswered, points }),
    }
}

/// The points against their total.
fn points(root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let Some(total) = root.get("points_total").filter(|total| total.is_stated()) else { return };
    let requirements = root.get("requirements").and_then(Node::as_list).unwrap_or_default();
    let number = |node: &Node| node.to_json().as_f64().unwrap_or_default();
    let sum: f64 = requirements.iter().filter_map(|one| one.get("points")).map(number).sum();
    // Points are decimal fractions of a few digits; a millionth of a point is no difference.
    if (sum - number(total)).abs() > 1e-6 {
        let problem = Problem::PointsDoNotAddUp { stated: number(total), sum };
        diagnostics.push(Diagnostic::new(total.span, problem));
    }
}

/// What is wrong with a table of marks, at its places.
pub fn table(rows: &[Row], tree: Option<&Node>, otherwise: Span) -> Vec<Diagnostic> {
    let whole = tree.map_or(otherwise, |tree| tree.span);
    let entries = tree.and_then(Node::as_list).unwrap_or_default();
    let faults = marks::gaps(rows).into_iter().map(|gap| match gap {
        Gap::Missing(verdict, delivery) => Diagnostic::new(whole, Problem::NoMark { verdict, delivery }),
        Gap::Double(at) => {
            let span = entries.get(at).map_or(whole, |entry| entry.span);
            Diagnostic::new(span, Problem::TwoMarks { id: rows[at].id.clone() })
        }
    });
    faults.collect()
}

/// Says which folders have no bidder and which bidders no folder.
pub fn folders(root: &Node, file: &TenderFile, found: &[String], outside: &[String]) -> Vec<Diagnostic> {
    let list = root.get("bidders");
    let span = list.map_or(root.span, |list| list.span);
    let listed = || file.bidders.iter().map(|bidder| bidder.id.as_str());
    let mut diagnostics = Vec::new();
    if file.bidders.is_empty() {
        diagnostics.push(Diagnostic::new(span, Problem::NoBidders));
    }
    for folder in found.iter().filter(|folder| !listed().any(|id| id == folder.as_str())) {
        // Whoever has a folder already is not the one that is meant.
        let without = listed().filter(|id| !found.iter().any(|folder| folder == id));
        let near = nearest(folder, without).map(str::to_owned);
        diagnostics
            .push(Diagnostic::new(span, Problem::UnlistedBid { folder: folder.clone(), nearest: near }));
    }
    for folder in outside {
        diagnostics.push(Diagnostic::new(span, Problem::LeadsOut(folder.clone())));
    }
    let known = |id: &String| found.contains(id) || outside.contains(id);
    for bidder in file.bidders.iter().filter(|bidder| !known(&bidder.id)) {
        let item = list.and_then(|list| list.item(&bidder.id)).and_then(|item| item.get("id"));
        let at = item.map_or(span, |id| id.span);
        diagnostics.push(Diagnostic::new(at, Problem::NoBidFolder(bidder.id.clone())));
    }
    diagnostics
}
