//! The facts on which an outcome rests, as far as a waiver can name them: when others join them, it is
//! no longer what was accepted.

use crate::case::Case;
use crate::evaluate::outcome::{ClauseOutcome, ClauseState, Outcome};
use crate::expression::trace::{FactPath, Shown, Trace};
use crate::load::tree::{Data, Node};

/// The facts that make its clauses false, leave them open, or lack their proof, and those that leave
/// open whether it applies; each once.
pub fn grounds(case: &Case, outcome: &Outcome) -> Vec<FactPath> {
    let mut paths: Vec<FactPath> = Vec::new();
    let beside = outcome.causes().into_iter().map(|cause| cause.path.clone());
    let of_clauses = outcome.lacking().flat_map(|clause| of_clause(case, clause));
    for path in of_clauses.chain(beside.filter(|path| can_be_named(case, path))) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// The facts on which one clause rests that does not hold, or lacks its proof.
pub fn of_clause(case: &Case, clause: &ClauseOutcome) -> Vec<FactPath> {
    let trace = clause.trace.iter();
    // What another item of a list says that came less near decides nothing.
    let reads = |trace: &Trace| {
        let shown = trace.reads.iter().filter(|read| read.shown == Shown::Itself);
        shown.map(|read| read.path.clone()).collect::<Vec<_>>()
    };
    let causes = |trace: &Trace| trace.causes.iter().map(|cause| cause.path.clone()).collect::<Vec<_>>();
    let mut paths: Vec<FactPath> = match clause.state {
        // What a clause that holds has read is kept by some formats only; what needs its proof, by all.
        ClauseState::True => {
            clause.proof.iter().flat_map(|proof| &proof.facts).map(|(path, _)| path.clone()).collect()
        }
        ClauseState::Open => trace.flat_map(|trace| [reads(trace), causes(trace)].concat()).collect(),
        ClauseState::False | ClauseState::Dropped(_) => trace.flat_map(reads).collect(),
    };
    paths.retain(|path| can_be_named(case, path));
    paths
}

/// Whether the path can be written down and has a plain value, or none. A section has no value, an item
/// without an id no path, and an id is no statement.
fn can_be_named(case: &Case, path: &FactPath) -> bool {
    let plain = |node: &Node| match &node.data {
        Data::Map(_) => false,
        Data::List(items) => items.iter().all(|item| item.as_map().is_none() && item.as_list().is_none()),
        _ => true,
    };
    !path.names_an_id()
        && case.read_path(&path.to_string()).is_some()
        && case.locate(path).node.is_none_or(plain)
}
