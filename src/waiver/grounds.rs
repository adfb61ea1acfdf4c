//! The facts on which an outcome rests, as far as a waiver can name them: when others join them, it is
//! no longer what was accepted.

use crate::case::Case;
use crate::evaluate::outcome::{ClauseOutcome, ClauseState, Outcome};
use crate::expression::trace::{FactPath, Shown};
use crate::load::tree::{Data, Node};

/// The facts that make the clauses false, leave them open, or lack their proof, each once.
pub fn grounds(case: &Case, outcome: &Outcome) -> Vec<FactPath> {
    let mut paths: Vec<FactPath> = Vec::new();
    let causes = outcome.causes().into_iter().map(|cause| cause.path.clone());
    for path in outcome.lacking().flat_map(of_clause).chain(causes) {
        if !path.names_an_id() && !paths.contains(&path) && can_be_named(case, &path) {
            paths.push(path);
        }
    }
    paths
}

fn of_clause(clause: &ClauseOutcome) -> Vec<FactPath> {
    // What a clause that holds has read is kept by some formats only; what needs its proof, by all.
    match clause.state {
        ClauseState::True => {
            clause.proof.iter().flat_map(|proof| &proof.facts).map(|(path, _)| path.clone()).collect()
        }
        // What another item of a list says that came less near decides nothing.
        _ => {
            let reads = clause.trace.iter().flat_map(|trace| &trace.reads);
            reads.filter(|read| read.shown == Shown::Itself).map(|read| read.path.clone()).collect()
        }
    }
}

/// Whether the path can be written down and has a plain value, or none. A section has no value, and an
/// item without an id no path.
fn can_be_named(case: &Case, path: &FactPath) -> bool {
    let plain = |node: &Node| match &node.data {
        Data::Map(_) => false,
        Data::List(items) => items.iter().all(|item| item.as_map().is_none() && item.as_list().is_none()),
        _ => true,
    };
    case.read_path(&path.to_string()).is_some() && case.locate(path).node.is_none_or(plain)
}
