//! A policy judged on the documents as stated, and once more on each as counter-evidence would have
//! it: what does not hold in one of them does not hold.

use super::outcome::{ClauseOutcome, ClauseState, Outcome};
use super::{Judge, Keep};
use crate::case::{Case, Documents, Stated};
use crate::expression::evaluate::Effort;
use crate::expression::trace::Step;
use crate::policy::Policy;

/// Adds the outcomes of one policy.
pub(super) fn judge(
    case: &Case,
    policy: &Policy,
    index: usize,
    keep: Keep,
    effort: &Effort,
    outcomes: &mut Vec<Outcome>,
) {
    let on = |stated: Stated<'_>, found: &mut Vec<Outcome>| {
        Judge { case, stated, policy, index, keep, effort }.judge(found);
    };
    let worlds: Vec<&Documents> = case.counter.iter().filter(|world| concerns(case, world, policy)).collect();
    if worlds.is_empty() {
        return on(case.stated(), outcomes);
    }
    let worlds = std::iter::once(case.stated()).chain(worlds.iter().map(|world| world.stated()));
    let judged = worlds.map(|world| {
        let mut found = Vec::new();
        on(world, &mut found);
        found
    });
    outcomes.append(&mut judged.reduce(worse).unwrap_or_default());
}

/// Whether what counter-evidence changes can change what a policy says: nothing does that it does not
/// read, unless the stage or the names of items change with it.
fn concerns(case: &Case, world: &Documents, policy: &Policy) -> bool {
    world.stage != case.stage.stage
        || world.own_operation != case.own_operation
        || world.changed.iter().any(|path| match path.steps.last() {
            Some(Step::Field(name)) if !path.names_an_id() => policy.may_read(name),
            _ => true,
        })
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
