//! Waivers held against outcomes: which covers what, and the state of each.

use crate::case::Case;
use crate::evaluate::outcome::{Outcome, Verdict};
use crate::load::tree::Node;
use crate::waiver::{Fault, State, Waiver, of_clause};

use super::How;

/// What became of a waiver.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// The outcome that it is about, where there is one.
    pub outcome: Option<usize>,
    /// What keeps it from having effect.
    pub faults: Vec<Fault>,
    /// Clauses that do not hold and that it does not name.
    pub beyond: Vec<String>,
    /// Facts on which a clause rests too, and that it does not name though it names others of them.
    pub further: Vec<String>,
    /// Whether it is active and ends within the days of which the run warns.
    pub ends_soon: bool,
}

/// Finds the state of each waiver; an active one turns its outcome's verdict into `Waived`, and no
/// other outcome's.
pub(super) fn apply(case: &Case, outcomes: &mut [Outcome], how: How) -> Vec<Standing> {
    let stand = |waiver: &Waiver| {
        let mut standing = standing(waiver, case, outcomes);
        let soon = waiver.days_left(case.as_of).is_some_and(|days| days <= i64::from(how.warn_days));
        standing.ends_soon = soon && standing.state == State::Active;
        standing
    };
    let standings: Vec<Standing> = case.waivers.iter().map(stand).collect();
    let active = standings.iter().filter(|standing| how.waivers && standing.state == State::Active);
    for outcome in active.filter_map(|standing| standing.outcome) {
        let outcome = &mut outcomes[outcome];
        outcome.accepted = Some(outcome.verdict);
        outcome.verdict = Verdict::Waived;
    }
    standings
}

fn standing(waiver: &Waiver, case: &Case, outcomes: &[Outcome]) -> Standing {
    let about = |outcome: &Outcome| {
        case.policies[outcome.policy].id() == waiver.policy && outcome.target.path(case) == waiver.target
    };
    let at = outcomes.iter().position(about);
    let outcome = at.map(|at| &outcomes[at]);
    let mut faults = waiver.faults.clone();
    let beyond = outcome.map_or_else(Vec::new, |outcome| beyond(waiver, case, outcome));
    let further = outcome.map_or_else(Vec::new, |outcome| further(waiver, case, outcome));
    let coverable = outcome.filter(|outcome| outcome.verdict.is_waivable());
    if waiver.clauses.is_empty() && coverable.is_some_and(|outcome| !outcome.clauses.is_empty()) {
        faults.push(Fault::NoClauses);
    }
    let state = match coverable {
        _ if !faults.is_empty() => State::Invalid,
        _ if waiver.is_over(case.as_of) => State::Expired,
        _ if !waiver.approved => State::Requested,
        None => State::Unused,
        Some(outcome) if waiver.accepts.is_none_or(|accepted| outcome.verdict < accepted) => State::Outgrown,
        Some(_) if !(beyond.is_empty() && further.is_empty() && waiver.changed.is_empty()) => State::Outgrown,
        Some(_) => State::Active,
    };
    Standing { state, outcome: at, faults, beyond, further, ends_soon: false }
}

/// The clauses that do not hold, or hold without their proof, and that the waiver does not name.
fn beyond(waiver: &Waiver, case: &Case, outcome: &Outcome) -> Vec<String> {
    let clauses = &case.policies[outcome.policy].clauses;
    let ids = outcome.lacking().map(|clause| clauses[clause.clause].id.to_string());
    ids.filter(|id| !waiver.clauses.contains(id)).collect()
}

/// The facts that have joined those that were accepted: where a waiver names one of the facts on which
/// a clause rests, it is bound to all of them.
fn further(waiver: &Waiver, case: &Case, outcome: &Outcome) -> Vec<String> {
    let named = waiver.entry.get("stated").and_then(Node::as_list).unwrap_or_default();
    let named = named.iter().filter_map(|fact| case.read_path(fact.get("fact")?.as_text()?));
    let named: Vec<_> = named.map(|(path, _)| path).collect();
    let mut joined: Vec<String> = Vec::new();
    for clause in outcome.lacking() {
        let (known, new): (Vec<_>, Vec<_>) =
            of_clause(case, clause).into_iter().partition(|path| named.contains(path));
        if !known.is_empty() {
            joined.extend(new.iter().map(ToString::to_string));
        }
    }
    joined.sort();
    joined.dedup();
    joined
}
