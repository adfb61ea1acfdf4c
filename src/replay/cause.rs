//! Whether a policy would have found a cause before the incident, or asked about it.

use super::incident::{Cause, CauseKind};
use crate::case::Case;
use crate::evaluate::outcome::{ClauseState, Outcome, Verdict};
use crate::expression::trace::{FactPath, Gap, Step, Unclear};

/// What became of a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// 見落とし: no policy named found it or asked about it.
    Missed,
    /// 照会で判明: the question would have been put.
    Asked,
    /// 命中: a clause is false on what the notice states.
    Hit,
}

/// What found a cause or asked about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ground {
    /// The policy.
    pub policy: String,
    /// The clause; `None` where the list of `for_each` or the applicability is what is missing.
    pub clause: Option<String>,
    /// The fact that was read or is missing.
    pub path: FactPath,
    /// Whether this alone hit the cause or only asked about it.
    pub found: Found,
}

impl Found {
    /// Whether that is enough: a condition must be hit, an event may be asked about.
    pub fn suffices(self, kind: CauseKind) -> bool {
        match kind {
            CauseKind::Condition => self == Found::Hit,
            CauseKind::Event => self >= Found::Asked,
        }
    }
}

/// Looks for a cause in the outcomes of the policies that it names.
pub fn find(cause: &Cause, case: &Case, outcomes: &[Outcome]) -> (Found, Vec<Ground>) {
    let (mut hits, mut asked) = (Vec::new(), Vec::new());
    for ask in &cause.asks {
        let named = |path: &FactPath| ask.paths.contains(&path.schema_path());
        for outcome in outcomes.iter().filter(|outcome| case.policies[outcome.policy].id() == ask.policy) {
            let ground = |found: Found, clause: Option<usize>, path: &FactPath| Ground {
                found,
                policy: ask.policy.clone(),
                clause: clause.map(|at| case.policies[outcome.policy].clauses[at].id.to_string()),
                path: path.clone(),
            };
            if outcome.verdict == Verdict::NotApplicable {
                continue;
            }
            for clause in &outcome.clauses {
                let Some(trace) = &clause.trace else { continue };
                // A false clause of an outcome whose applicability is open is only a question.
                if clause.state == ClauseState::False && outcome.verdict == Verdict::Fail {
                    let reads = trace.reads.iter().map(|read| &read.path).filter(|path| named(path));
                    hits.extend(reads.map(|path| ground(Found::Hit, Some(clause.clause), path)));
                }
                if clause.state == ClauseState::Open {
                    let missing = trace.causes.iter().filter(|cause| asks(&cause.gap) && named(&cause.path));
                    asked.extend(missing.map(|cause| ground(Found::Asked, Some(clause.clause), &cause.path)));
                }
            }
            let applies = outcome.applies.iter().flat_map(|trace| &trace.causes);
            let whole =
                applies.chain(&outcome.list_gap).filter(|cause| asks(&cause.gap) && named(&cause.path));
            let whole = whole.filter(|cause| !unlisted(&cause.path));
            asked.extend(whole.map(|cause| ground(Found::Asked, None, &cause.path)));
        }
    }
    let (found, mut grounds) = match (hits.is_empty(), asked.is_empty()) {
        (false, _) => {
            // A policy that only asked stands beside those that hit, as what it is.
            asked.retain(|ground| hits.iter().all(|hit: &Ground| hit.policy != ground.policy));
            hits.extend(asked);
            (Found::Hit, hits)
        }
        (true, false) => (Found::Asked, asked),
        (true, true) => (Found::Missed, Vec::new()),
    };
    grounds.sort();
    grounds.dedup();
    (found, grounds)
}

/// Whether a gap makes somebody ask for the fact: it is not stated, or the list that would show it
/// is incomplete.
fn asks(gap: &Gap) -> bool {
    match gap {
        Gap::Missing(_) | Gap::NoRecord(_) | Gap::NoLimit(_) => true,
        Gap::Conflict => false,
        Gap::Indeterminate(why) => *why == Unclear::OpenList,
    }
}

/// Whether a path stands for the items that a notice does not list.
fn unlisted(path: &FactPath) -> bool {
    matches!(path.steps.last(), Some(Step::Item(id)) if id == "*")
}
