//! The frozen view of one assessed dossier: plain data in one language, ready for any format.

mod called;
pub mod evidence;
mod facts;
mod maker;
mod proof;
pub mod waivers;

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::evaluate::outcome::{Outcome, SubReason, Verdict};
use crate::evidence::Assurance;
use crate::lang::Lang;
use crate::load::source::Sources;
use crate::load::tree::Span;
use crate::policy::file::Severity;
use crate::waiver::State;
use evidence::EvidenceView;
pub(super) use maker::Maker;
pub use proof::{ProofView, ProvenView};
use waivers::WaiverView;

/// One assessed dossier.
#[derive(Clone, Debug, Serialize)]
pub struct DossierView {
    /// The folder as it was given.
    pub name: String,
    /// The contract's or system's title.
    pub title: Option<String>,
    /// The as-of date, `YYYY-MM-DD`.
    pub as_of: String,
    /// The stage's word; `None` where it is not known.
    pub stage: Option<&'static str>,
    /// What the stage is called.
    pub stage_title: String,
    /// Whether the user set the stage.
    pub stage_overridden: bool,
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// Whether anything blocks.
    pub blocked: bool,
    /// The totals, worst verdict first.
    pub totals: Vec<Total>,
    /// How many outcomes there are; the totals add up to it.
    pub outcome_count: usize,
    /// How many policies were judged.
    pub policy_count: usize,
    /// How many outcomes block.
    pub blocking_count: usize,
    /// The rule by which outcomes block.
    pub rule: RuleView,
    /// The outcomes; findings alone where no more is kept.
    pub outcomes: Vec<OutcomeView>,
    /// How many passing outcomes have each level of assurance, strongest first.
    pub assurances: Vec<AssuranceTotal>,
    /// What proves the facts, in the order of the register; where only findings were asked for, the
    /// pieces with which something is wrong.
    pub evidence: Vec<EvidenceView>,
    /// The waivers, each with its state.
    pub waivers: Vec<WaiverView>,
    /// Whether active waivers have effect; without, the raw state is shown.
    pub waivers_in_effect: bool,
    /// What the reader supposes.
    pub assumptions: Vec<AssumptionView>,
    /// Policies that the profile leaves out.
    pub not_selected: Vec<NotSelected>,
    /// The input files.
    pub inputs: Vec<Input>,
    /// The files that the register of evidence names, by their paths within the dossier.
    pub evidence_files: Vec<Input>,
}

/// How many passing outcomes have a level of assurance.
#[derive(Clone, Debug, Serialize)]
pub struct AssuranceTotal {
    /// The level.
    pub level: Assurance,
    /// What it is called.
    pub title: &'static str,
    /// How many.
    pub count: usize,
}

/// A fact that no document states and the reader supposes.
#[derive(Clone, Debug, Serialize)]
pub struct AssumptionView {
    /// Its path.
    pub path: String,
    /// Its value, as it was given.
    pub value: String,
}

/// How many outcomes have a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// The verdict.
    pub verdict: Verdict,
    /// What it is called.
    pub title: &'static str,
    /// How many.
    pub count: usize,
}

/// From which severity on a verdict blocks.
#[derive(Clone, Debug, Serialize)]
pub struct RuleView {
    /// Of a failed outcome; `None` means never.
    pub fail: Option<Severity>,
    /// Of an undecided outcome; `None` means never.
    pub undecided: Option<Severity>,
    /// Of an unproven outcome; `None` means never.
    pub unproven: Option<Severity>,
}

/// A policy that was not selected.
#[derive(Clone, Debug, Serialize)]
pub struct NotSelected {
    /// Its id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// Why the profile leaves it out, where it says so.
    pub because: Option<String>,
}

/// An input file.
#[derive(Clone, Debug, Serialize)]
pub struct Input {
    /// The path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
}

/// What one policy says of one target. Where only findings were asked for ([`Keep::Findings`]), an
/// outcome that is none has its head alone: no clauses, texts, reasons or places.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeView {
    /// The policy's id.
    pub policy: String,
    /// The measure it stands for.
    pub measure: String,
    /// The family.
    pub family: String,
    /// The policy's title.
    pub title: Cow<'static, str>,
    /// How much weighs on it.
    pub severity: Severity,
    /// What the severity is called.
    pub severity_title: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// What the verdict is called.
    pub verdict_title: &'static str,
    /// The verdict that a waiver accepted, where the verdict is waived.
    pub accepted: Option<Verdict>,
    /// The waiver that accepted it, by id.
    pub waiver: Option<String>,
    /// How well it is proven, where it holds.
    pub assurance: Option<Assurance>,
    /// What that level is called.
    pub assurance_title: Option<&'static str>,
    /// The sub-reasons of an undecided outcome.
    pub sub_reasons: Vec<SubReason>,
    /// What they are called.
    pub sub_reason_titles: Vec<&'static str>,
    /// Whether it blocks.
    pub blocks: bool,
    /// The path of the target.
    pub target: String,
    /// What the target is called.
    pub target_title: String,
    /// Why it is not applicable.
    pub because: Option<String>,
    /// The clauses that were judged or dropped.
    pub clauses: Vec<ClauseView>,
    /// What is missing or unclear outside the clauses (applicability, the list itself).
    pub gaps: Vec<GapView>,
    /// Why it matters.
    pub why: Cow<'static, str>,
    /// What to mend.
    pub remedy: Cow<'static, str>,
    /// What to ask.
    pub question: Cow<'static, str>,
    /// Wording for the contract.
    pub model_clause: Cow<'static, str>,
    /// Where to look first.
    pub place: Option<PlaceView>,
}

/// One clause of an outcome.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseView {
    /// The clause's id.
    pub id: String,
    /// What the part (promise, design or deed) is called.
    pub part: &'static str,
    /// The part's word: `promise`, `design` or `deed`.
    pub part_word: &'static str,
    /// `true`, `false`, `open` or `dropped`.
    pub state: &'static str,
    /// What is demanded, in a sentence.
    pub wanted: Arc<str>,
    /// Why it was not judged.
    pub because: Option<String>,
    /// The facts that decided.
    pub facts: Vec<FactView>,
    /// What is missing or unclear.
    pub gaps: Vec<GapView>,
    /// How well it is proven, where it holds and proof is asked for.
    pub proof: Option<ProofView>,
}

/// A stated fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// Its path.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Its value, for people.
    pub value: String,
    /// The same for readers of a paper: words of the schema by what they are called alone.
    pub said: String,
    /// Its value as data.
    pub plain: serde_json::Value,
    /// Where it stands.
    pub place: PlaceView,
    /// Of a value that disagrees with another: its source's rank in the order of precedence.
    pub rank: Option<String>,
    /// Of a value that no document states: the evidence that shows it, by id.
    pub evidence: Option<String>,
    /// The item of a list that it is stated of, with its path.
    #[serde(skip)]
    pub record: Option<(String, String)>,
}

impl FactView {
    /// What it is called where the target of the outcome, which is named anyway, is not what it is
    /// stated of: with the name of the record.
    pub fn title_beside(&self, target: &str, lang: Lang) -> String {
        let title = &self.title;
        match (&self.record, lang) {
            (Some((path, name)), Lang::Ja) if path != target => format!("{name}の{title}"),
            (Some((path, name)), Lang::En) if path != target => format!("{title} of {name}"),
            _ => title.clone(),
        }
    }
}

/// Something missing or unclear.
#[derive(Clone, Debug, Serialize)]
pub struct GapView {
    /// The path that should say it.
    pub path: String,
    /// What the field is called.
    pub title: String,
    /// In which way it is missing.
    pub sub_reason: SubReason,
    /// What that is called.
    pub sub_reason_title: &'static str,
    /// What stands there instead: the placeholder, the wording, or why it does not decide.
    pub detail: Option<String>,
    /// The values that disagree.
    pub conflicting: Vec<FactView>,
    /// The nearest place that exists.
    pub place: Option<PlaceView>,
}

/// A place in a file and in the original.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// The path of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column just past the end.
    pub end_column: usize,
    /// Where in the original it stands; `None` where nobody wrote it down.
    pub original: Option<String>,
    /// The span, for formats that show the source.
    #[serde(skip)]
    pub span: Span,
}

impl PlaceView {
    /// The place of a span.
    pub fn new(sources: &Sources, span: Span, original: Option<String>) -> PlaceView {
        let file = sources.file(span.file);
        let (start, end) = file.positions(span);
        PlaceView {
            file: file.path.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            original,
            span,
        }
    }
}

/// Makes the view of an assessment.
pub fn view(assessment: &Assessment, lang: Lang) -> DossierView {
    let case = &assessment.case;
    let maker = Maker::new(case, lang);
    let shown = |outcome: &Outcome| assessment.how.keep == Keep::Everything || outcome.verdict.is_finding();
    let mut outcomes: Vec<OutcomeView> = assessment
        .outcomes
        .iter()
        .zip(&assessment.blocks)
        .filter(|(outcome, _)| shown(outcome))
        .map(|(outcome, blocks)| maker.outcome(outcome, *blocks))
        .collect();
    for (waiver, standing) in case.waivers.iter().zip(&assessment.standings) {
        let covered = standing.outcome.filter(|_| standing.state == State::Active && assessment.how.waivers);
        let covered = covered.map(|at| &assessment.outcomes[at]);
        let shown = covered.and_then(|covered| {
            let target = covered.target.path(case);
            outcomes.iter_mut().find(|view| view.policy == waiver.policy && view.target == target)
        });
        if let Some(view) = shown {
            view.waiver = Some(waiver.id.clone());
        }
    }
    let head = case.contract.as_ref().or(case.systems.first());
    let title = head.and_then(|document| document.root.get("title")?.as_text());
    let stage = case.stage.stage;
    DossierView {
        name: case.name.clone(),
        title: title.map(str::to_owned),
        as_of: case.as_of.format("%Y-%m-%d").to_string(),
        stage: stage.map(|stage| stage.word()),
        stage_title: stage.map_or(lang.pick("未確認", "unknown"), |stage| stage.title(lang)).to_owned(),
        stage_overridden: case.stage.overridden,
        profile: case.profile.id.clone(),
        profile_title: case.profile.title.get(lang).to_owned(),
        blocked: assessment.blocked(),
        totals: Verdict::ALL
            .into_iter()
            .map(|verdict| Total {
                verdict,
                title: verdict.title(lang),
                count: assessment.totals.get(&verdict).copied().unwrap_or_default(),
            })
            .collect(),
        outcome_count: assessment.outcomes.len(),
        policy_count: case.policies.len(),
        blocking_count: assessment.blocks.iter().filter(|blocks| **blocks).count(),
        rule: RuleView {
            fail: assessment.rule.fail,
            undecided: assessment.rule.undecided,
            unproven: assessment.rule.unproven,
        },
        outcomes,
        assurances: assurances(assessment, lang),
        evidence: maker.evidence(assessment.how.keep),
        waivers: maker.waivers(&assessment.standings),
        waivers_in_effect: assessment.how.waivers,
        assumptions: case
            .assumptions
            .iter()
            .map(|one| AssumptionView { path: one.path.clone(), value: one.value.clone() })
            .collect(),
        not_selected: maker.not_selected(),
        inputs: case
            .sources
            .files()
            .iter()
            .map(|file| Input { path: file.path.clone(), sha256: file.sha256.clone() })
            .collect(),
        evidence_files: case
            .evidence_digests()
            .into_iter()
            .map(|(path, sha256)| Input { path, sha256 })
            .collect(),
    }
}

/// The passing outcomes by level, strongest first; they add up to the passes.
fn assurances(assessment: &Assessment, lang: Lang) -> Vec<AssuranceTotal> {
    let passed = assessment.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Pass);
    let levels: Vec<Assurance> = passed.map(Outcome::assurance).collect();
    let total = |level: Assurance| AssuranceTotal {
        level,
        title: level.title(lang),
        count: levels.iter().filter(|known| **known == level).count(),
    };
    Assurance::ALL.into_iter().map(total).collect()
}
