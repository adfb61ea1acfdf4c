//! The JSON format, a contract for programs: `hadome/check/1`, described in schemas/output/check-1.json.
//! Its structs are its own, so that the view can grow without changing the contract.

mod proof;
pub mod register;

use std::collections::BTreeMap;

use serde::Serialize;

use proof::{Assumption, Assurances, Piece, Proof, Waiver};

use super::format::{Writer, close, json, open};
use super::refused::{ProblemView, RefusedView};
use super::run::{PolicyView, RunView};
use super::tally::Tally;
use super::view::{ClauseView, DossierView, FactView, GapView, Input, NotSelected, OutcomeView, PlaceView};
use crate::evaluate::outcome::Verdict;
use crate::load::source::Sources;
use crate::policy::library;

/// The name and version of the contract.
pub const FORMAT: &str = "hadome/check/1";

/// The JSON format.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl Writer for Json {
    fn begin(&self, run: &RunView) -> String {
        let policies = run.policies.iter().zip(&*run.judged);
        let policies = policies.map(|(view, judged)| Policy::of(view, judged, &run.chosen));
        let head = Head {
            format: FORMAT,
            tool: Tool { name: "hadome", version: run.version },
            language: run.lang.code(),
            as_of: &run.as_of,
            profile: Profile { id: &run.profile, title: &run.profile_title, sha256: run.chosen.sha256() },
            library_sha256: &run.library_sha256,
            policies: policies.collect(),
            not_selected: run.not_selected.iter().map(LeftOut::of).collect(),
        };
        format!("{}\"dossiers\":[\n", open(&head))
    }

    fn dossier(&self, view: &DossierView, _sources: &Sources) -> String {
        json(&Dossier::of(view))
    }

    fn refused(&self, refused: &RefusedView) -> String {
        let errors = refused.problems.iter().map(Problem::of).collect();
        json(&Unjudged { status: "refused", name: &refused.name, errors })
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, tally: &Tally) -> String {
        let tail = Tail {
            totals: Totals::of(tally),
            dossier_totals: DossierTotals {
                assessed: tally.assessed,
                refused: tally.refused,
                ignored: tally.ignored,
            },
            blocked: tally.blocking > 0,
        };
        format!("\n]{}\n", close(&tail))
    }
}

#[derive(Serialize)]
struct Head<'v> {
    format: &'static str,
    tool: Tool,
    language: &'static str,
    as_of: &'v str,
    profile: Profile<'v>,
    library_sha256: &'v str,
    policies: Vec<Policy<'v>>,
    not_selected: Vec<LeftOut<'v>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Profile<'v> {
    id: &'v str,
    title: &'v str,
    sha256: String,
}

#[derive(Serialize)]
struct Policy<'v> {
    id: &'v str,
    measure: &'v str,
    family: &'v str,
    title: &'v str,
    severity: &'static str,
    severity_title: &'static str,
    why: &'v str,
    remedy: &'v str,
    question: &'v str,
    model_clause: &'v str,
    sha256: &'v str,
    parameters: BTreeMap<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Tail {
    totals: Totals,
    dossier_totals: DossierTotals,
    blocked: bool,
}

#[derive(Serialize)]
struct DossierTotals {
    assessed: usize,
    refused: usize,
    ignored: usize,
}

#[derive(Serialize)]
struct Totals {
    outcomes: usize,
    fail: usize,
    undecided: usize,
    unproven: usize,
    waived: usize,
    pass: usize,
    not_applicable: usize,
    blocking: usize,
}

#[derive(Serialize)]
struct Dossier<'v> {
    status: &'static str,
    name: &'v str,
    title: Option<&'v str>,
    stage: Option<&'static str>,
    stage_title: &'v str,
    stage_overridden: bool,
    rule: Rule,
    blocked: bool,
    totals: Totals,
    assurances: Assurances,
    outcomes: Vec<Outcome<'v>>,
    evidence: Vec<Piece<'v>>,
    waivers: Vec<Waiver<'v>>,
    waivers_in_effect: bool,
    assumptions: Vec<Assumption<'v>>,
    inputs: Vec<File<'v>>,
    evidence_files: Vec<File<'v>>,
}

#[derive(Serialize)]
struct Rule {
    fail: Option<&'static str>,
    undecided: Option<&'static str>,
    unproven: Option<&'static str>,
}

#[derive(Serialize)]
struct Outcome<'v> {
    policy: &'v str,
    target: &'v str,
    target_title: &'v str,
    verdict: &'static str,
    verdict_title: &'static str,
    sub_reasons: Vec<&'static str>,
    sub_reason_titles: &'v [&'static str],
    severity: &'static str,
    blocks: bool,
    accepted: Option<&'static str>,
    waiver: Option<&'v str>,
    assurance: Option<&'static str>,
    because: Option<&'v str>,
    place: Option<Place<'v>>,
    clauses: Vec<Clause<'v>>,
    gaps: Vec<Gap<'v>>,
}

#[derive(Serialize)]
struct Clause<'v> {
    id: &'v str,
    part: &'static str,
    part_title: &'static str,
    state: &'static str,
    wanted: &'v str,
    because: Option<&'v str>,
    facts: Vec<Fact<'v>>,
    gaps: Vec<Gap<'v>>,
    proof: Option<Proof<'v>>,
}

#[derive(Serialize)]
struct Fact<'v> {
    path: &'v str,
    title: &'v str,
    value: &'v serde_json::Value,
    value_title: &'v str,
    rank: Option<&'v str>,
    evidence: Option<&'v str>,
    place: Place<'v>,
}

#[derive(Serialize)]
struct Gap<'v> {
    path: &'v str,
    title: &'v str,
    sub_reason: &'static str,
    sub_reason_title: &'static str,
    detail: Option<&'v str>,
    conflicting: Vec<Fact<'v>>,
    place: Option<Place<'v>>,
}

#[derive(Serialize)]
struct Place<'v> {
    file: &'v str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    original: Option<&'v str>,
}

#[derive(Serialize)]
struct LeftOut<'v> {
    policy: &'v str,
    title: &'v str,
    because: Option<&'v str>,
}

#[derive(Serialize)]
struct File<'v> {
    path: &'v str,
    sha256: Option<&'v str>,
}

#[derive(Serialize)]
struct Unjudged<'v> {
    status: &'static str,
    name: &'v str,
    errors: Vec<Problem<'v>>,
}

#[derive(Serialize)]
struct Problem<'v> {
    code: &'static str,
    message: &'v str,
    advice: Option<&'v str>,
    file: &'v str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    related: Vec<Related<'v>>,
}

#[derive(Serialize)]
struct Related<'v> {
    message: &'static str,
    file: &'v str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'v> Policy<'v> {
    fn of(view: &'v PolicyView, judged: &'v crate::policy::Policy, profile: &library::Profile) -> Self {
        Policy {
            id: &view.id,
            measure: &view.measure,
            family: &view.family,
            title: &view.title,
            severity: view.severity.word(),
            severity_title: view.severity_title,
            why: &view.why,
            remedy: &view.remedy,
            question: &view.question,
            model_clause: &view.model_clause,
            sha256: judged.sha256(),
            parameters: profile.in_force(&judged.file),
        }
    }
}

impl Totals {
    fn of(tally: &Tally) -> Self {
        Totals {
            outcomes: tally.outcomes,
            fail: tally.count(Verdict::Fail),
            undecided: tally.count(Verdict::Undecided),
            unproven: tally.count(Verdict::Unproven),
            waived: tally.count(Verdict::Waived),
            pass: tally.count(Verdict::Pass),
            not_applicable: tally.count(Verdict::NotApplicable),
            blocking: tally.blocking,
        }
    }
}

impl<'v> Dossier<'v> {
    fn of(view: &'v DossierView) -> Self {
        let word = |severity: Option<crate::policy::Severity>| severity.map(|severity| severity.word());
        Dossier {
            status: "assessed",
            name: &view.name,
            title: view.title.as_deref(),
            stage: view.stage,
            stage_title: &view.stage_title,
            stage_overridden: view.stage_overridden,
            rule: Rule {
                fail: word(view.rule.fail),
                undecided: word(view.rule.undecided),
                unproven: word(view.rule.unproven),
            },
            blocked: view.blocked,
            totals: Totals::of(&Tally::of(view)),
            assurances: Assurances::of(&view.assurances),
            outcomes: view.outcomes.iter().map(Outcome::of).collect(),
            evidence: view.evidence.iter().map(Piece::of).collect(),
            waivers: view.waivers.iter().map(Waiver::of).collect(),
            waivers_in_effect: view.waivers_in_effect,
            assumptions: view.assumptions.iter().map(Assumption::of).collect(),
            inputs: view.inputs.iter().map(File::of).collect(),
            evidence_files: view.evidence_files.iter().map(File::of).collect(),
        }
    }
}

impl<'v> Outcome<'v> {
    fn of(view: &'v OutcomeView) -> Self {
        Outcome {
            policy: &view.policy,
            target: &view.target,
            target_title: &view.target_title,
            verdict: view.verdict.word(),
            verdict_title: view.verdict_title,
            sub_reasons: view.sub_reasons.iter().map(|reason| reason.word()).collect(),
            sub_reason_titles: &view.sub_reason_titles,
            severity: view.severity.word(),
            blocks: view.blocks,
            accepted: view.accepted.map(|verdict| verdict.word()),
            waiver: view.waiver.as_deref(),
            assurance: view.assurance.map(|level| level.word()),
            because: view.because.as_deref(),
            place: view.place.as_ref().map(Place::of),
            clauses: view.clauses.iter().map(Clause::of).collect(),
            gaps: view.gaps.iter().map(Gap::of).collect(),
        }
    }
}

impl<'v> Clause<'v> {
    fn of(view: &'v ClauseView) -> Self {
        Clause {
            id: &view.id,
            part: view.part_word,
            part_title: view.part,
            state: view.state,
            wanted: &view.wanted,
            because: view.because.as_deref(),
            facts: view.facts.iter().map(Fact::of).collect(),
            gaps: view.gaps.iter().map(Gap::of).collect(),
            proof: view.proof.as_ref().map(Proof::of),
        }
    }
}

impl<'v> Fact<'v> {
    fn of(view: &'v FactView) -> Self {
        Fact {
            path: &view.path,
            title: &view.title,
            value: &view.plain,
            value_title: &view.value,
            rank: view.rank.as_deref(),
            evidence: view.evidence.as_deref(),
            place: Place::of(&view.place),
        }
    }
}

impl<'v> Gap<'v> {
    fn of(view: &'v GapView) -> Self {
        Gap {
            path: &view.path,
            title: &view.title,
            sub_reason: view.sub_reason.word(),
            sub_reason_title: view.sub_reason_title,
            detail: view.detail.as_deref(),
            conflicting: view.conflicting.iter().map(Fact::of).collect(),
            place: view.place.as_ref().map(Place::of),
        }
    }
}

impl<'v> Place<'v> {
    fn of(view: &'v PlaceView) -> Self {
        Place {
            file: &view.file,
            line: view.line,
            column: view.column,
            end_line: view.end_line,
            end_column: view.end_column,
            original: view.original.as_deref(),
        }
    }
}

impl<'v> LeftOut<'v> {
    fn of(view: &'v NotSelected) -> Self {
        LeftOut { policy: &view.policy, title: &view.title, because: view.because.as_deref() }
    }
}

impl<'v> File<'v> {
    fn of(view: &'v Input) -> Self {
        File { path: &view.path, sha256: view.sha256.as_deref() }
    }
}

impl<'v> Problem<'v> {
    fn of(view: &'v ProblemView) -> Self {
        let place = view.place.as_ref();
        Problem {
            code: view.code,
            message: &view.message,
            advice: view.advice.as_deref(),
            file: &view.file,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end_line: place.map(|place| place.end_line),
            end_column: place.map(|place| place.end_column),
            related: view.related.iter().map(|(message, place)| Related::of(message, place)).collect(),
        }
    }
}

impl<'v> Related<'v> {
    fn of(message: &'static str, place: &'v PlaceView) -> Self {
        Related {
            message,
            file: &place.file,
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
        }
    }
}
