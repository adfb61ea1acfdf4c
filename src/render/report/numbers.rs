//! The numbers that judged clauses read, and where each comes from.

use std::collections::BTreeSet;

use serde::Serialize;

use super::findings::Groups;
use crate::evaluate::outcome::{ClauseState, Outcome};

/// The numbers that the judged clauses of a policy read.
#[derive(Clone, Debug, Serialize)]
pub struct NumberRow {
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// The numbers, each with where it comes from.
    pub numbers: Vec<String>,
}

impl Groups<'_> {
    /// The numbers that an outcome's clauses of some states read.
    pub(super) fn parameters(&self, at: usize, shown: impl Fn(ClauseState) -> bool) -> Vec<String> {
        let outcome = &self.assessment.outcomes[at];
        let policy = &self.assessment.case.policies[outcome.policy];
        if policy.file.parameters.is_empty() {
            return Vec::new();
        }
        let clauses = outcome.clauses.iter().filter(|clause| shown(clause.state));
        let mut named = BTreeSet::new();
        for clause in clauses.map(|clause| &policy.clauses[clause.clause]) {
            named.extend(clause.that.parameters());
            named.extend(clause.proof.iter().filter_map(|(proof, _)| proof.max_age.clone()));
        }
        self.grounds().parameters(&policy.file, |name| named.contains(name))
    }

    /// The numbers that the judged clauses of all policies read, policy by policy.
    pub fn numbers(&self) -> Vec<NumberRow> {
        let judged = |outcome: &Outcome| -> Vec<usize> {
            let clauses = outcome.clauses.iter();
            let judged = clauses.filter(|clause| !matches!(clause.state, ClauseState::Dropped(_)));
            judged.map(|clause| clause.clause).collect()
        };
        let (mut rows, mut before) = (Vec::<NumberRow>::new(), None);
        for (at, outcome) in self.assessment.outcomes.iter().enumerate() {
            let policy = &self.assessment.case.policies[outcome.policy].file;
            let told = Some((outcome.policy, judged(outcome)));
            if before == told {
                continue; // the same clauses for another target
            }
            before = told;
            for line in self.parameters(at, |state| !matches!(state, ClauseState::Dropped(_))) {
                match rows.iter_mut().find(|row| row.policy == policy.id) {
                    Some(row) if row.numbers.contains(&line) => {}
                    Some(row) => row.numbers.push(line),
                    None => rows.push(NumberRow {
                        policy: policy.id.clone(),
                        title: policy.title.get(self.lang).to_owned(),
                        numbers: vec![line],
                    }),
                }
            }
        }
        rows
    }
}
