//! A policy judged on the documents as stated, and once more on each as counter-evidence would have
//! it: what does not hold in one of them does not hold.

use super::outcome::{ClauseOutcome, ClauseState, Outcome};
use super::{Judge, Keep};
use crate::case::{Case, Documents, Stated};
use crate::policy::Policy;

/// Adds the outcomes of one policy.
pub(super) fn judge(case: &Case, policy: &Policy, index: usize, keep: Keep, outcomes: &mut Vec<Outcome>) {
    let on = |stated: Stated<'_>| {
        let mut found = Vec::new();
        Judge { case, stated, policy, index, keep }.judge(&mut found);
        found
    };
    let (stated, worlds) = (case.stated(), case.counter.iter().map(Documents::stated));
    outcomes.extend(worlds.fold(on(stated), |found, world| worse(found, on(world))));
}

/// Target by target the worse of two judgements. Where counter-evidence changes what is judged at all,
/// the set with the worst verdict stands.
fn worse(a: Vec<Outcome>, b: Vec<Outcome>) -> Vec<Outcome> {
    let same = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.target == b.target);
    if same {
        return a.into_iter().zip(b).map(|(a, b)| join(a, b)).collect();
    }
    let worst = |set: &[Outcome]| set.iter().map(|outcome| outcome.verdict).min();
    if worst(&b) < worst(&a) { b } else { a }
}

fn join(a: Outcome, b: Outcome) -> Outcome {
    let (mut kept, other) = if b.verdict < a.verdict { (b, a) } else { (a, b) };
    if kept.clauses.len() == other.clauses.len() {
        let pairs = std::mem::take(&mut kept.clauses).into_iter().zip(other.clauses);
        kept.clauses =
            pairs.map(|(kept, other)| if rank(&other) < rank(&kept) { other } else { kept }).collect();
    }
    kept
}

/// Worst first.
fn rank(clause: &ClauseOutcome) -> u8 {
    match clause.state {
        ClauseState::False => 0,
        ClauseState::Open => 1,
        ClauseState::True if clause.proof.as_ref().is_some_and(|proof| !proof.met) => 2,
        ClauseState::True => 3,
        ClauseState::Dropped(_) => 4,
    }
}
