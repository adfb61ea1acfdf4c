//! Every clause of every built-in policy matters: with it taken away, some case of the policy fails.

use std::path::Path;
use std::sync::Arc;

use hadome::cases;
use hadome::policy::cases::CasesFile;
use hadome::policy::compile::compile;
use hadome::policy::file::PolicyFile;
use hadome::policy::problem::Problem;
use hadome::validate::document::typed;
use hadome::validate::library::load;
use rayon::prelude::*;

/// The policy without one clause; where it has no other, with the clause turned round. Parameters that
/// nobody uses any more go too.
fn without(policy: &PolicyFile, at: usize) -> PolicyFile {
    let mut mutant = policy.clone();
    match mutant.require.len() {
        1 => mutant.require[0].that = format!("!({})", mutant.require[0].that),
        _ => drop(mutant.require.remove(at)),
    }
    let faults = compile(&Arc::new(mutant.clone()), None).err().unwrap_or_default();
    for fault in faults {
        if let Problem::UnusedParameter(name) = fault.problem {
            mutant.parameters.remove(&name);
        }
    }
    mutant
}

#[test]
fn every_clause_is_missed_by_a_case_when_it_is_gone() {
    let folder = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), None);
    assert!(folder.diagnostics.is_empty(), "{:?}", folder.diagnostics);
    let clauses: Vec<(&Arc<PolicyFile>, usize)> = folder
        .library
        .policies
        .values()
        .flat_map(|policy| (0..policy.require.len()).map(move |at| (policy, at)))
        .collect();
    assert!(clauses.len() >= 100, "{} clauses", clauses.len());
    let survivors: Vec<String> = clauses
        .par_iter()
        .filter_map(|(policy, at)| {
            let name = format!("{}/{}", policy.id, policy.require[*at].id);
            let Some((_, root)) = folder.cases.get(&policy.id) else {
                return Some(format!("{name}: no cases"));
            };
            let mut mutant = without(policy, *at);
            let cases = typed::<CasesFile>(root).expect("cases that were read before");
            let mut cases = Arc::into_inner(cases).expect("nobody else has them");
            // Cases may set a parameter that went with its clause; a mutant is only missed where it runs.
            // The verdict must change: that a case names the clause which is gone proves nothing.
            cases.cases.iter_mut().for_each(|case| case.because = None);
            for params in cases.cases.iter_mut().filter_map(|case| case.params.as_mut()) {
                params.retain(|name, _| mutant.parameters.contains_key(name));
            }
            if let Err(faults) = compile(&Arc::new(mutant.clone()), None) {
                // A gate that rests on the clause alone: turned into one that is never met, it still runs.
                let problems: Vec<_> = faults.iter().map(|fault| &fault.problem).collect();
                let negated = format!("!({})", policy.require[*at].that);
                mutant = PolicyFile::clone(policy);
                mutant.require[*at].that = negated;
                if compile(&Arc::new(mutant.clone()), None).is_err() {
                    return Some(format!("{name}: no mutant that loads: {problems:?}"));
                }
            }
            cases::run(&Arc::new(mutant), &cases, root).is_empty().then_some(name)
        })
        .collect();
    assert!(
        survivors.is_empty(),
        "{} of {} clauses are not missed:\n{}",
        survivors.len(),
        clauses.len(),
        survivors.join("\n")
    );
}
