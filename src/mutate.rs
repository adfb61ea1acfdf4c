//! Mutants: policies with one thing changed, to see whether their cases would notice.
//!
//! A policy that can be changed without any case noticing is not held by its cases. A mutant is
//! noticed where a case that has its verdict from the policy does not have it from the mutant; what a
//! case names as `because` proves nothing here.

mod change;
mod values;

pub use change::Change;

use std::sync::Arc;

use rayon::prelude::*;

use crate::cases::{Trial, trials};
use crate::diagnostic::Diagnostic;
use crate::evidence::Assurance;
use crate::policy::compile::compile;
use crate::policy::file::PolicyFile;
use crate::validate::library::{Folder, span_at};

/// What became of the mutants of a folder's policies.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many were tried.
    pub mutants: usize,
    /// Those that no case notices, with their places, in the order of the policies.
    pub survivors: Vec<Diagnostic>,
}

/// Tries the mutants of the policies that `wanted` accepts. A policy without cases has no mutants: that
/// it has no cases is said elsewhere.
pub fn survey(folder: &Folder, wanted: impl Fn(&str) -> bool + Sync) -> Tally {
    let policies: Vec<_> = folder
        .cases
        .iter()
        .filter(|(id, _)| wanted(id))
        .filter_map(|(id, (cases, root))| Some((folder.library.policies.get(id)?, cases, root)))
        .collect();
    let held: Vec<(&Arc<PolicyFile>, Vec<Trial<'_>>, Vec<Change>)> = policies
        .par_iter()
        .map(|(policy, cases, root)| (*policy, fitting(policy, trials(cases, root)), changes(policy)))
        .collect();
    let mutants: Vec<_> = held
        .iter()
        .flat_map(|(policy, trials, changes)| changes.iter().map(move |change| (*policy, trials, change)))
        .collect();
    let unnoticed = |(policy, trials, change): &(&Arc<PolicyFile>, &Vec<Trial<'_>>, &Change)| {
        (!noticed(policy, trials, change)).then(|| {
            let tree = folder.trees.get(&policy.id);
            let span = tree.map(|tree| span_at(tree, &change.pointer())).unwrap_or_default();
            Diagnostic::new(span, (*change).clone())
        })
    };
    Tally { mutants: mutants.len(), survivors: mutants.par_iter().filter_map(unnoticed).collect() }
}

/// The cases that a policy passes: only these can notice that it was changed.
fn fitting<'c>(policy: &Arc<PolicyFile>, trials: Vec<Trial<'c>>) -> Vec<Trial<'c>> {
    let fits = |trial: &Trial<'_>| {
        compile(policy, trial.entry.params.as_ref()).is_ok_and(|policy| trial.fits(&policy))
    };
    trials.into_iter().filter(fits).collect()
}

/// Every change of a policy that gives another policy which loads.
pub fn changes(policy: &Arc<PolicyFile>) -> Vec<Change> {
    let Ok(compiled) = compile(policy, None) else { return Vec::new() };
    let mut changes = Vec::new();
    for (at, clause) in policy.require.iter().enumerate() {
        let id = || clause.id.clone();
        changes.push(Change::Removed { at, clause: id() });
        changes.push(Change::Negated { at, clause: id() });
        changes.extend(clause.when.is_some().then(|| Change::WhenDropped { at, clause: id() }));
        if let Some(proof) = &clause.proof {
            changes.push(Change::ProofDropped { at, clause: id() });
            let verified = proof.least == Assurance::Verified;
            changes.extend(verified.then(|| Change::ProofWeakened { at, clause: id() }));
            changes.extend((!proof.kinds.is_empty()).then(|| Change::ProofOfAnyKind { at, clause: id() }));
        }
    }
    changes.extend(policy.applies_when.is_some().then_some(Change::AppliesWhenDropped));
    changes.extend(values::changes(policy, &compiled));
    changes
}

fn noticed(policy: &Arc<PolicyFile>, trials: &[Trial<'_>], change: &Change) -> bool {
    let plain = change.mutant(policy, None);
    trials.iter().any(|trial| match (&trial.entry.params, &plain) {
        (None, Some(mutant)) => !trial.fits(mutant),
        (params, _) => change.mutant(policy, params.as_ref()).is_some_and(|mutant| !trial.fits(&mutant)),
    })
}
