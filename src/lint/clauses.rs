//! Clauses that decide nothing: never judged, never met, always met, or never alone in failing.

use super::logic::{Logic, Questions};
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::expression::typed::Expression;
use crate::policy::{Clause, Policy};

/// The dead clauses of a policy, found by trying every combination of answers.
pub(super) fn check(subject: &Subject<'_>, policy: &Policy) -> Vec<Diagnostic> {
    let applies = Gate { conditions: policy.applies_when.iter().collect() };
    if applies.possible(policy, None) == Some(false) {
        return vec![subject.at("/applies_when", Finding::NeverApplies)];
    }
    let mut found = Vec::new();
    let mut alive = Vec::new();
    for (at, clause) in policy.clauses.iter().enumerate() {
        match dead(policy, clause) {
            Some((part, finding)) => found.push(subject.at(&format!("/require/{at}/{part}"), finding)),
            None => alive.push(at),
        }
    }
    let mut repeated = Vec::new();
    for (before, first) in alive.iter().enumerate() {
        for second in &alive[before + 1..] {
            if repeated.contains(first) || repeated.contains(second) {
                continue;
            }
            let pair = [(*second, *first), (*first, *second)];
            if let Some((idle, by)) = pair.into_iter().find(|(idle, by)| covered(policy, *idle, *by)) {
                let [clause, by] = [idle, by].map(|at| policy.clauses[at].id.to_string());
                found.push(subject.at(&format!("/require/{idle}/that"), Finding::Repeats { clause, by }));
                repeated.push(idle);
            }
        }
    }
    found
}

/// Conditions that must all hold before a clause is judged.
struct Gate<'p> {
    conditions: Vec<&'p Expression>,
}

impl<'p> Gate<'p> {
    fn of(policy: &'p Policy, clause: &'p Clause) -> Self {
        Gate { conditions: policy.applies_when.iter().chain(&clause.when).collect() }
    }

    /// Whether the gate can be open while a condition has a truth; `None` where that is not tried out.
    fn possible(&self, policy: &Policy, while_that: Option<(&Expression, bool)>) -> Option<bool> {
        let that = while_that.map(|(that, _)| that);
        let questions = Questions::of(self.conditions.iter().copied().chain(that), &policy.file.stages);
        let gate: Vec<Logic> = self.conditions.iter().map(|when| questions.logic(when)).collect();
        let that = while_that.map(|(that, wanted)| (questions.logic(that), wanted));
        questions.possible(|given| {
            gate.iter().all(|when| when.holds(given))
                && that.as_ref().is_none_or(|(that, wanted)| that.holds(given) == *wanted)
        })
    }
}

/// What is dead in a clause, and in which of its keys it shows.
fn dead(policy: &Policy, clause: &Clause) -> Option<(&'static str, Finding)> {
    let gate = Gate::of(policy, clause);
    let never = |while_that| gate.possible(policy, while_that) == Some(false);
    let id = || clause.id.to_string();
    match () {
        () if never(None) => Some(("when", Finding::NeverJudged(id()))),
        () if never(Some((&clause.that, true))) => Some(("that", Finding::NeverMet(id()))),
        () if never(Some((&clause.that, false))) => Some(("that", Finding::AlwaysMet(id()))),
        () => None,
    }
}

/// Whether a clause fails only where another one fails too.
fn covered(policy: &Policy, idle: usize, by: usize) -> bool {
    let (idle, by) = (&policy.clauses[idle], &policy.clauses[by]);
    let conditions =
        [idle, by].into_iter().flat_map(|clause| std::iter::once(&clause.that).chain(&clause.when));
    let questions = Questions::of(conditions.chain(&policy.applies_when), &policy.file.stages);
    let fails = |clause: &Clause| {
        let when = clause.when.as_ref().map(|when| questions.logic(when));
        let that = questions.logic(&clause.that);
        move |given: &[usize]| when.as_ref().is_none_or(|when| when.holds(given)) && !that.holds(given)
    };
    let applies = policy.applies_when.as_ref().map(|when| questions.logic(when));
    let (idle, by) = (fails(idle), fails(by));
    let alone = questions
        .possible(|given| applies.as_ref().is_none_or(|when| when.holds(given)) && idle(given) && !by(given));
    alone == Some(false)
}
