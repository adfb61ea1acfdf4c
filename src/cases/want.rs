//! Whether outcomes are what a case wants.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::evaluate::outcome::{ClauseState, Outcome, Target, Verdict};
use crate::expression::trace::Step;
use crate::policy::Policy;
use crate::policy::cases::CaseEntry;

/// What was wanted and what was found, where they differ.
pub(super) type Differs = (String, String);

/// Whether the outcomes have the verdicts that the case wants.
///
/// # Errors
/// The first difference.
pub(super) fn verdicts(entry: &CaseEntry, case: &Case, outcomes: &[Outcome]) -> Result<(), Differs> {
    match &entry.want {
        serde_json::Value::String(want) => {
            let worst = outcomes.iter().min_by_key(|outcome| outcome.verdict);
            let found = worst.map_or_else(String::new, shown);
            let matches = worst.is_some_and(|outcome| fits(outcome, want));
            if !matches {
                return Err((want.clone(), found));
            }
        }
        serde_json::Value::Object(wanted) => {
            let found: BTreeMap<String, &Outcome> =
                outcomes.iter().map(|outcome| (item_id(case, outcome), outcome)).collect();
            for (id, want) in wanted {
                let want = want.as_str().unwrap_or_default();
                let outcome = found.get(id);
                if !outcome.is_some_and(|outcome| fits(outcome, want)) {
                    let found = outcome.map_or_else(|| "no such target".to_owned(), |outcome| shown(outcome));
                    return Err((format!("{id}: {want}"), format!("{id}: {found}")));
                }
            }
            if let Some(extra) = found.keys().find(|id| !wanted.contains_key(*id)) {
                return Err(("every target named".to_owned(), format!("{extra} is not named")));
            }
        }
        other => return Err(("a verdict".to_owned(), other.to_string())),
    }
    Ok(())
}

fn item_id(case: &Case, outcome: &Outcome) -> String {
    match &outcome.target {
        Target::Dossier => "dossier".to_owned(),
        Target::System(at) => case.system_id(*at).to_owned(),
        Target::List { path, .. } | Target::Item { path, .. } => match path.steps.last() {
            Some(Step::Item(id)) => id.clone(),
            Some(Step::Field(name)) => (*name).to_owned(),
            None => path.to_string(),
        },
    }
}

fn fits(outcome: &Outcome, want: &str) -> bool {
    let (verdict, reason) =
        want.split_once('/').map_or((want, None), |(verdict, reason)| (verdict, Some(reason)));
    let reasons = outcome.sub_reasons();
    outcome.verdict.word() == verdict
        && reason.is_none_or(|reason| reasons.iter().any(|known| known.word() == reason))
}

fn shown(outcome: &Outcome) -> String {
    let reasons: Vec<_> = outcome.sub_reasons().iter().map(|reason| reason.word()).collect();
    match reasons.is_empty() {
        true => outcome.verdict.word().to_owned(),
        false => format!("{}/{}", outcome.verdict.word(), reasons.join("+")),
    }
}

/// Whether the case is decided by what it says decides it.
///
/// # Errors
/// The first difference.
pub(super) fn because(entry: &CaseEntry, policy: &Policy, outcomes: &[Outcome]) -> Result<(), Differs> {
    let Some(because) = &entry.because else { return Ok(()) };
    if let Some(wanted) = &because.clause {
        let open = |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Fail | Verdict::Undecided);
        let clauses = outcomes.iter().filter(open).flat_map(|outcome| &outcome.clauses);
        let states = [ClauseState::False, ClauseState::Open];
        let found: Vec<&str> = clauses
            .filter(|clause| states.contains(&clause.state))
            .map(|clause| &*policy.clauses[clause.clause].id)
            .collect();
        if !found.contains(&wanted.as_str()) {
            return Err((format!("because of clause {wanted}"), format!("clauses {}", found.join(", "))));
        }
    }
    if let Some(wanted) = &because.missing {
        let found: Vec<String> = outcomes
            .iter()
            .flat_map(Outcome::causes)
            .flat_map(|cause| [cause.path.schema_path(), cause.path.to_string()])
            .collect();
        if !found.contains(wanted) {
            return Err((format!("missing {wanted}"), format!("missing {}", found.join(", "))));
        }
    }
    Ok(())
}
