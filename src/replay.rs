//! Replay: would the library have found the causes of a published incident before it happened, or
//! asked about them?

pub mod cause;
mod check;
pub mod incident;
pub mod mend;
mod problem;

use std::path::Path;

use chrono::{Months, NaiveDate};

use crate::case::{Case, StageFound};
use crate::conclude::{Assessment, How, conclude};
use crate::date::Period;
use crate::diagnostic::{Diagnostic, in_order};
use crate::evaluate::outcome::{Because, Verdict};
use crate::evaluate::{Keep, evaluate};
use crate::load::dossier;
use crate::load::limits::Limits;
use crate::load::tree::Node;
use crate::schema::Kind;
use crate::stage::Stage;
use crate::validate::document::{against_schema, typed};
use crate::validate::problem::Problem as DocumentProblem;
use crate::validate::{Refused, Yardstick, validate};
use cause::{Found, Ground, find};
use incident::{Basis, Cause, Incident};
use mend::Mended;

/// One incident, judged as things stood just before it was discovered.
#[derive(Debug)]
pub struct Replay {
    /// The notice.
    pub incident: Incident,
    /// What the policies said of that state.
    pub assessment: Assessment,
    /// What became of each cause, in the order of the notice.
    pub causes: Vec<CauseReplay>,
    /// What the measures would have led to, where that was asked for.
    pub mended: Option<Mended>,
}

/// What became of a cause.
#[derive(Debug)]
pub struct CauseReplay {
    /// Hit, asked or missed.
    pub found: Found,
    /// Whether that is enough for its kind, and holds within what the notice leaves open.
    pub ok: bool,
    /// What found it or asked.
    pub grounds: Vec<Ground>,
    /// Days and stages, as possible as the assumed ones, that change what was found.
    pub shifts: Vec<Shift>,
    /// What the policies named said that neither found it nor asked.
    pub silent: Vec<Silent>,
}

/// Another day or stage that the notice leaves open, with what is found then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The stage.
    pub stage: Stage,
    /// What is found then.
    pub found: Found,
}

/// What a policy said that neither found a cause nor asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silent {
    /// The policy.
    pub policy: String,
    /// Its worst verdict.
    pub verdict: Verdict,
    /// The stage for which it is not meant, where that is why.
    pub not_at: Option<Stage>,
}

impl Replay {
    /// Whether nothing was missed and, where asked for, the measures lead to what they say.
    pub fn passed(&self) -> bool {
        self.causes.iter().all(|cause| cause.ok) && self.mended.as_ref().is_none_or(Mended::holds)
    }
}

/// Whether a dossier is that of an incident.
pub fn is_incident(folder: &Path) -> bool {
    folder.join("incident.yaml").is_file()
}

/// Replays the incident in a folder. The as-of date and the stage of the yardstick give way to its own.
///
/// # Errors
/// All that keeps the dossier or the incident from being judged.
pub fn replay(
    folder: &Path,
    name: &str,
    yardstick: &Yardstick,
    mended: bool,
    limits: &Limits,
) -> Result<Replay, Box<Refused>> {
    let loaded = dossier::load(folder, name, limits);
    let root = loaded.documents.iter().find(|parsed| parsed.kind == Kind::Incident);
    let root = root.map(|parsed| parsed.root.clone()).unwrap_or_default();
    let validated = validate(loaded, &at_the_time(yardstick, &root));
    let (incident, mut diagnostics) = incident(&root, folder, yardstick);
    let case = match validated {
        Ok(case) => case,
        Err(mut refused) => {
            refused.diagnostics.append(&mut diagnostics);
            in_order(&mut refused.diagnostics);
            return Err(refused);
        }
    };
    let copy = mend::apply(&case, &root, &mut diagnostics);
    let Some(incident) = incident.filter(|_| diagnostics.is_empty()) else {
        in_order(&mut diagnostics);
        return Err(Refused::case(case, diagnostics));
    };
    let of_copy = mended.then(|| evaluate(&copy, Keep::Findings)).transpose();
    let (outcomes, of_copy) = match (evaluate(&case, Keep::Findings), of_copy) {
        (Ok(outcomes), Ok(of_copy)) => (outcomes, of_copy),
        (Err(too_long), _) | (_, Err(too_long)) => return Err(Refused::case(case, vec![too_long])),
    };
    let mended = of_copy.map(|outcomes| mend::judge(&incident, &copy, &outcomes));
    let assessment = conclude(case, outcomes, How::keeping(Keep::Findings));
    let causes = match causes(&incident, &assessment) {
        Ok(causes) => causes,
        Err(too_long) => return Err(Refused::case(assessment.case, vec![too_long])),
    };
    Ok(Replay { incident, assessment, causes, mended })
}

/// The yardstick with the day and the stage of the incident, as far as they can be read.
fn at_the_time(yardstick: &Yardstick, incident: &Node) -> Yardstick {
    let text = |key: &str| incident.get("replay")?.get(key)?.as_text();
    let as_of = text("as_of").and_then(Period::parse).and_then(Period::exact);
    let stage = text("stage").and_then(Stage::from_word);
    Yardstick { as_of: as_of.unwrap_or(yardstick.as_of), stage, ..yardstick.clone() }
}

/// The typed notice, with what is wrong with it beyond its schema (which *validate* reports).
fn incident(root: &Node, folder: &Path, yardstick: &Yardstick) -> (Option<Incident>, Vec<Diagnostic>) {
    let mut of_schema = Vec::new();
    against_schema(Kind::Incident, root, &mut of_schema);
    let mut diagnostics = Vec::new();
    if !of_schema.is_empty() {
        return (None, diagnostics);
    }
    check::check(root, folder, &yardstick.policies, &mut diagnostics);
    match typed::<Incident>(root) {
        Ok(incident) => (Some((*incident).clone()), diagnostics),
        Err(words) => {
            let problem = DocumentProblem::Other { keyword: "incident/1".to_owned(), found: words };
            diagnostics.push(Diagnostic::new(root.span, problem));
            (None, diagnostics)
        }
    }
}

fn causes(incident: &Incident, assessment: &Assessment) -> Result<Vec<CauseReplay>, Diagnostic> {
    let (case, outcomes) = (&assessment.case, &assessment.outcomes);
    let mut causes: Vec<CauseReplay> = Vec::new();
    for cause in &incident.causes {
        let (found, grounds) = find(cause, case, outcomes);
        let ok = found.suffices(cause.kind);
        let silent = silent(cause, &grounds, assessment);
        causes.push(CauseReplay { found, ok, grounds, shifts: Vec::new(), silent });
    }
    for (as_of, stage) in left_open(incident, case) {
        let mut other = mend::copy(case);
        other.as_of = as_of;
        other.stage = StageFound { stage: Some(stage), overridden: true };
        let outcomes = evaluate(&other, Keep::Findings)?;
        for (cause, replay) in incident.causes.iter().zip(&mut causes) {
            let (found, _) = find(cause, &other, &outcomes);
            if found != replay.found {
                replay.ok = false;
                replay.shifts.push(Shift { as_of, stage, found });
            }
        }
    }
    Ok(causes)
}

/// Days and stages that the notice allows as well as the assumed ones: a year earlier, a year later,
/// each other stage.
fn left_open(incident: &Incident, case: &Case) -> Vec<(NaiveDate, Stage)> {
    let terms = &incident.replay;
    if terms.basis == Basis::Notice {
        return Vec::new();
    }
    let year = Months::new(12);
    let days = [case.as_of.checked_sub_months(year), case.as_of.checked_add_months(year)];
    let stages = terms.other_stages.as_deref().unwrap_or(&[Stage::Build, Stage::Running, Stage::Ended]);
    let days = days.into_iter().flatten().map(|day| (day, terms.stage));
    days.chain(stages.iter().filter(|stage| **stage != terms.stage).map(|stage| (case.as_of, *stage)))
        .collect()
}

/// What the policies said that a cause names and that are no ground of what was found, each by its
/// worst verdict.
fn silent(cause: &Cause, grounds: &[Ground], assessment: &Assessment) -> Vec<Silent> {
    let mut silent: Vec<Silent> = Vec::new();
    for ask in &cause.asks {
        if grounds.iter().any(|ground| ground.policy == ask.policy) {
            continue;
        }
        let policies = &assessment.case.policies;
        let own = assessment.outcomes.iter().filter(|outcome| policies[outcome.policy].id() == ask.policy);
        let Some(worst) = own.min_by_key(|outcome| outcome.verdict) else { continue };
        let not_at = worst.because.and_then(|because| match because {
            Because::Stage(stage) => Some(stage),
            _ => None,
        });
        let one = Silent { policy: ask.policy.clone(), verdict: worst.verdict, not_at };
        if !silent.contains(&one) {
            silent.push(one);
        }
    }
    silent
}
