//! The cases beside a policy: small dossiers with the verdict that the policy must give.

mod given;
mod want;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::case::Case;
use crate::evaluate::outcome::{ClauseState, Outcome};
use crate::evaluate::{Keep, evaluate_policy};
use crate::load::tree::{Node, Span};
use crate::policy::Policy;
use crate::policy::cases::{CaseEntry, CasesFile};
use crate::policy::compile::compile;
use crate::policy::file::PolicyFile;

/// What a case gave, where that is not what was wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The case.
    pub case: String,
    /// Its place in the file.
    pub span: Span,
    /// What was wanted.
    pub wanted: String,
    /// What was found.
    pub found: String,
}

/// One case with its documents checked, so that any number of policies can be tried on them.
#[derive(Debug)]
pub struct Trial<'c> {
    /// The case as written.
    pub entry: &'c CaseEntry,
    /// Where its name stands.
    pub span: Span,
    /// Its documents, or what does not fit.
    given: Result<Case, String>,
}

/// The cases of a file, ready to be tried. `root` is its tree, for fragments and places.
pub fn trials<'c>(cases: &'c CasesFile, root: &Node) -> Vec<Trial<'c>> {
    let trees = root.get("cases").and_then(Node::as_list).unwrap_or_default();
    let trial = |(entry, tree): (&'c CaseEntry, &Node)| Trial {
        entry,
        span: tree.get("name").map_or(tree.span, |name| name.span),
        given: given::given(entry, tree),
    };
    cases.cases.iter().zip(trees).map(trial).collect()
}

impl Trial<'_> {
    /// Whether a policy gives the verdict that is wanted, whatever decides it. False where the case
    /// cannot run.
    pub fn fits(&self, policy: &Policy) -> bool {
        let Ok(case) = &self.given else { return false };
        let outcomes = evaluate_policy(case, policy, Keep::Findings);
        want::verdicts(self.entry, case, &outcomes).is_ok()
    }

    /// The outcomes of a policy with the case's own parameter values; `None` where it cannot run.
    fn outcomes(&self, policy: &Arc<PolicyFile>) -> Option<(Policy, Vec<Outcome>)> {
        let policy = compile(policy, self.entry.params.as_ref()).ok()?;
        let outcomes = evaluate_policy(self.given.as_ref().ok()?, &policy, Keep::Findings);
        Some((policy, outcomes))
    }

    fn mismatch(&self, policy: &Arc<PolicyFile>) -> Result<(), (String, String)> {
        let policy = compile(policy, self.entry.params.as_ref()).map_err(|faults| {
            let words = faults.iter().map(|fault| format!("{:?}", fault.problem)).collect::<Vec<_>>();
            ("a policy that loads".to_owned(), words.join("; "))
        })?;
        let case = self.given.as_ref();
        let case = case.map_err(|words| ("fragments that fit their schemas".to_owned(), words.clone()))?;
        let outcomes = evaluate_policy(case, &policy, Keep::Findings);
        want::verdicts(self.entry, case, &outcomes)?;
        want::because(self.entry, &policy, &outcomes)
    }
}

/// Tries a policy on its cases.
///
/// Fragments that do not fit their schemas are mismatches too: a case that cannot run never passes.
pub fn run(policy: &Arc<PolicyFile>, trials: &[Trial<'_>]) -> Vec<Mismatch> {
    let tried = trials.iter().filter_map(|trial| Some((trial, trial.mismatch(policy).err()?)));
    let mismatch = |(trial, (wanted, found)): (&Trial<'_>, (String, String))| Mismatch {
        case: trial.entry.name.clone(),
        span: trial.span,
        wanted,
        found,
    };
    tried.map(mismatch).collect()
}

/// What no case shows of a policy's clauses, by their numbers in `require`.
#[derive(Debug, Default, PartialEq)]
pub struct Uncovered {
    /// The clauses that could be false and that no case fails.
    pub never_false: Vec<usize>,
    /// The clauses that no case leaves open.
    pub never_open: Vec<usize>,
}

/// Which clauses lack a case that fails them, or one that leaves them open.
pub fn uncovered(policy: &Arc<PolicyFile>, trials: &[Trial<'_>]) -> Uncovered {
    let (mut failed, mut open) = (BTreeSet::new(), BTreeSet::new());
    for (_, outcomes) in trials.iter().filter_map(|trial| trial.outcomes(policy)) {
        for clause in outcomes.iter().flat_map(|outcome| &outcome.clauses) {
            let _ = match clause.state {
                ClauseState::False => failed.insert(clause.clause),
                ClauseState::Open => open.insert(clause.clause),
                _ => continue,
            };
        }
    }
    let Ok(policy) = compile(policy, None) else { return Uncovered::default() };
    let clauses = 0..policy.clauses.len();
    let breakable = |at: &usize| policy.clauses[*at].that.can_be_false();
    Uncovered {
        never_false: clauses.clone().filter(breakable).filter(|at| !failed.contains(at)).collect(),
        never_open: clauses.filter(|at| !open.contains(at)).collect(),
    }
}
