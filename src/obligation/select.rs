//! Which obligations a run reckons: those of the policies that its profile selects.

use super::Obligation;
use super::compile::compile;
use crate::policy::library::{Library, Profile};
use crate::policy::problem::Problem as PolicyProblem;

/// The obligations of a run.
#[derive(Clone, Debug)]
pub struct Selected {
    /// Those of the policies that the profile selects, in the order of the library.
    pub obligations: Vec<Obligation>,
    /// How many the profile leaves out with their policies.
    pub left_out: usize,
}

/// The obligations of the policies that a profile selects.
///
/// # Errors
/// Every fault, with the profile, the obligation and the policy that it stands for: a user's own policy
/// need not have the parameters of the one that it replaces.
pub fn selected(library: &Library, profile: &Profile) -> Result<Selected, Vec<(String, PolicyProblem)>> {
    let (policies, _) = library.select(profile);
    let mut selected = Selected { obligations: Vec::new(), left_out: 0 };
    let mut problems = Vec::new();
    for file in &library.all_duties().obligations {
        let Some(policy) = policies.iter().find(|policy| policy.id == file.policy) else {
            selected.left_out += 1;
            continue;
        };
        match compile(file, policy, profile.values(&policy.id).as_ref()) {
            Ok(obligation) => selected.obligations.push(obligation),
            Err(faults) => {
                let name = format!("{} {} {}", profile.id, file.id, policy.id);
                problems.extend(faults.into_iter().map(|fault| (name.clone(), fault.problem)));
            }
        }
    }
    if problems.is_empty() { Ok(selected) } else { Err(problems) }
}
