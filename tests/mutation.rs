//! Every clause, condition and parameter of every built-in policy matters: change it, and some case of
//! the policy notices.

use std::path::Path;

use hadome::lang::Lang;
use hadome::mutate::{Change, changes, survey};
use hadome::validate::library::load;

#[test]
fn no_mutant_of_a_built_in_policy_survives_its_cases() {
    let folder = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), None);
    assert!(folder.diagnostics.is_empty(), "{:?}", folder.diagnostics);
    let tally = survey(&folder, |_| true);
    let survivors: Vec<String> = tally
        .survivors
        .iter()
        .map(|found| format!("{} {}", found.place(&folder.sources), found.problem.message(Lang::En)))
        .collect();
    assert!(survivors.is_empty(), "{} of {}:\n{}", survivors.len(), tally.mutants, survivors.join("\n"));
}

#[test]
fn everything_that_a_policy_says_is_changed() {
    let folder = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), None);
    let mut all = 0;
    for policy in folder.library.policies.values() {
        let changes = changes(policy);
        all += changes.len();
        let count = |kind: fn(&Change) -> bool| changes.iter().filter(|change| kind(change)).count();
        let clauses = policy.require.len();
        let gates = policy.require.iter().filter(|clause| clause.when.is_some()).count();
        assert_eq!(count(|change| matches!(change, Change::Removed { .. })), clauses, "{}", policy.id);
        assert_eq!(count(|change| matches!(change, Change::Negated { .. })), clauses, "{}", policy.id);
        assert_eq!(count(|change| matches!(change, Change::WhenDropped { .. })), gates, "{}", policy.id);
        let applies = usize::from(policy.applies_when.is_some());
        assert_eq!(count(|change| matches!(change, Change::AppliesWhenDropped)), applies, "{}", policy.id);
        for (name, parameter) in &policy.parameters {
            let values = changes
                .iter()
                .filter(|change| matches!(change, Change::Value { name: changed, .. } if changed == name));
            let least = parameter.value.as_array().map_or(2, Vec::len);
            assert!(values.count() >= least, "{} {name}", policy.id);
        }
    }
    assert_eq!(all, survey(&folder, |_| true).mutants, "every change is tried");
    assert!(all >= 350, "{all} mutants");
}
