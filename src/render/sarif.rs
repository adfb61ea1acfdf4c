//! SARIF 2.1.0, for code hosts and viewers: one run over all dossiers, one result per finding.
//!
//! - Findings alone are results. Hosts drop every kind but `fail`, and GitHub shows 5,000 results at
//!   most, so that passes would push findings out; the totals of the run stand in its properties.
//! - An undecided outcome is of kind `fail` and level `warning`: SARIF's `open` would fit, but must have
//!   the level `none`, and hosts would hide what nobody answered. The verdict stands in the properties.
//! - What is wrong with an input is a result too, under the problem's code and with its place: hosts
//!   show results at their line, notifications nowhere. That a dossier was not judged is a notification
//!   and `executionSuccessful: false`, so that no one takes the absence of findings for a pass.

use serde::Serialize;

use super::escape::{sarif_message, uri};
use super::finding::{fact_line, failed_facts, gap_line, is_finding, lacking, open_gaps, paragraph};
use super::format::{Writer, close, json, open};
use super::notes::{About, Note, notes};
use super::refused::{ProblemView, RefusedView};
use super::run::{PolicyView, RunView};
use super::tally::Tally;
use super::view::{DossierView, OutcomeView, PlaceView};
use crate::digest::sha256;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::source::Sources;
use crate::policy::file::Severity;

/// Where viewers find the schema of SARIF 2.1.0.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The SARIF format.
#[derive(Clone, Copy, Debug)]
pub struct Sarif {
    /// The language of messages.
    pub lang: Lang,
}

impl Writer for Sarif {
    fn begin(&self, run: &RunView) -> String {
        let head = RunHead {
            tool: Tool {
                driver: Driver {
                    name: "hadome",
                    version: run.version,
                    semantic_version: run.version,
                    rules: run.policies.iter().map(|policy| Rule::of(policy, self.lang)).collect(),
                },
            },
            language: self.lang.code(),
            column_kind: "unicodeCodePoints",
        };
        let schema = json(&SCHEMA);
        format!("{{\"$schema\":{schema},\"version\":\"2.1.0\",\"runs\":[{}\"results\":[\n", open(&head))
    }

    fn dossier(&self, view: &DossierView, _sources: &Sources) -> String {
        let findings = view.outcomes.iter().filter(|outcome| is_finding(outcome));
        let mut results: Vec<String> =
            findings.map(|outcome| json(&Found::of(outcome, &view.name, self.lang))).collect();
        let notes = notes(view, self.lang);
        results.extend(notes.iter().map(|note| json(&Found::of_note(note, &view.name, self.lang))));
        results.join(self.between())
    }

    fn refused(&self, refused: &RefusedView) -> String {
        let problems = refused.problems.iter();
        let results: Vec<String> =
            problems.map(|problem| json(&Found::of_problem(problem, &refused.name, self.lang))).collect();
        results.join(self.between())
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, tally: &Tally) -> String {
        let whole = tally.refused == 0;
        let count = tally.refused;
        let unjudged = match self.lang {
            Lang::Ja => format!("{count}件の委託案件又は調達案件を判定していません"),
            Lang::En => format!("{count} dossiers or tenders were not judged"),
        };
        let notifications =
            (!whole).then(|| Notification { level: "error", message: Message::of(&unjudged) });
        let tail = RunTail {
            invocations: [Invocation {
                execution_successful: whole,
                tool_execution_notifications: notifications.into_iter().collect(),
            }],
            properties: Totals {
                dossiers: tally.assessed + tally.refused,
                refused: tally.refused,
                outcomes: tally.outcomes,
                fail: tally.count(Verdict::Fail),
                undecided: tally.count(Verdict::Undecided),
                unproven: tally.count(Verdict::Unproven),
                waived: tally.count(Verdict::Waived),
                pass: tally.count(Verdict::Pass),
                not_applicable: tally.count(Verdict::NotApplicable),
                blocking: tally.blocking,
            },
        };
        format!("\n]{}]}}\n", close(&tail))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunHead<'v> {
    tool: Tool<'v>,
    language: &'static str,
    column_kind: &'static str,
}

#[derive(Serialize)]
struct Tool<'v> {
    driver: Driver<'v>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'v> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'v>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'v> {
    id: &'v str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: RuleProperties<'v>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'v> {
    severity: &'static str,
    measure: &'v str,
    family: &'v str,
    tags: [&'v str; 2],
    #[serde(rename = "security-severity")]
    security_severity: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunTail {
    invocations: [Invocation; 1],
    properties: Totals,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Totals {
    dossiers: usize,
    refused: usize,
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
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'v> {
    rule_id: &'v str,
    kind: &'static str,
    level: &'static str,
    message: Message,
    locations: Vec<Location<'v>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'v>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    properties: Properties<'v>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'v> {
    fully_qualified_name: &'v str,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "hadome/v1")]
    hadome: String,
}

/// A waiver: an office accepted the finding outside of the source.
#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
}

#[derive(Serialize)]
struct Properties<'v> {
    dossier: &'v str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sub_reasons: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'v str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<&'v str>,
}

impl Message {
    fn of(text: &str) -> Self {
        Message { text: sarif_message(text) }
    }
}

impl<'v> Rule<'v> {
    fn of(policy: &'v PolicyView, lang: Lang) -> Self {
        let help = match lang {
            Lang::Ja => format!("是正：{} 照会：{}", policy.remedy, policy.question),
            Lang::En => format!("Remedy: {} To ask: {}", policy.remedy, policy.question),
        };
        Rule {
            id: &policy.id,
            short_description: Message::of(&policy.title),
            full_description: Message::of(&policy.why),
            help: Message::of(&help),
            default_configuration: Configuration { level: fail_level(policy.severity) },
            properties: RuleProperties {
                severity: policy.severity.word(),
                measure: &policy.measure,
                family: &policy.family,
                tags: ["security", &policy.family],
                security_severity: security_severity(policy.severity),
            },
        }
    }
}

/// The level of a failed outcome.
fn fail_level(severity: Severity) -> &'static str {
    if severity >= Severity::High { "error" } else { "warning" }
}

/// The number from which GitHub makes its own four severities: above 9 critical, from 7 high, from 4
/// medium, below low. It stands for the band alone; nobody scored the policy.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

impl<'v> Found<'v> {
    fn of(outcome: &'v OutcomeView, dossier: &'v str, lang: Lang) -> Self {
        let level = match outcome.verdict {
            Verdict::Fail => fail_level(outcome.severity),
            _ => "warning",
        };
        let clauses = outcome.clauses.iter().filter(|clause| matches!(clause.state, "false" | "open"));
        let clauses: Vec<&str> = clauses.map(|clause| clause.id.as_str()).collect();
        let physical = outcome.place.as_ref().map(Physical::of);
        let place = Location {
            physical_location: physical,
            logical_locations: vec![Logical { fully_qualified_name: &outcome.target }],
            id: None,
            message: None,
        };
        let waived = outcome.verdict == Verdict::Waived;
        let suppression = waived.then_some(Suppression { kind: "external", status: "accepted" });
        let identity = [&[outcome.policy.as_str(), dossier, &outcome.target], clauses.as_slice()].concat();
        Found {
            rule_id: &outcome.policy,
            kind: "fail",
            level,
            message: Message::of(&paragraph(outcome, lang)),
            locations: vec![place],
            related_locations: related(outcome, lang),
            partial_fingerprints: Fingerprints::of(&identity),
            suppressions: suppression.into_iter().collect(),
            properties: Properties {
                dossier,
                verdict: outcome.verdict.word(),
                sub_reasons: outcome.sub_reasons.iter().map(|reason| reason.word()).collect(),
                severity: Some(outcome.severity.word()),
                blocks: Some(outcome.blocks),
                target: Some(&outcome.target),
                clauses,
            },
        }
    }

    /// What is said beside the outcomes: a rule of its own per kind, so that hosts can filter it.
    fn of_note(note: &'v Note<'v>, dossier: &'v str, lang: Lang) -> Self {
        let text = match lang {
            Lang::Ja => format!("{}：{}", note.about.title(lang), note.text),
            Lang::En => format!("{}: {}", note.about.title(lang), note.text),
        };
        let place = Location {
            id: None,
            physical_location: note.place.map(Physical::of),
            logical_locations: vec![Logical { fully_qualified_name: note.id }],
            message: None,
        };
        Found {
            rule_id: note.about.word(),
            kind: "fail",
            level: if note.warns { "warning" } else { "note" },
            message: Message::of(&text),
            locations: vec![place],
            related_locations: Vec::new(),
            partial_fingerprints: Fingerprints::of(&[
                note.about.word(),
                note.word,
                dossier,
                note.id,
                // What counts days says something else every day.
                if note.about == About::Evidence { &note.text } else { "" },
            ]),
            suppressions: Vec::new(),
            properties: Properties {
                dossier,
                verdict: note.word,
                sub_reasons: Vec::new(),
                severity: None,
                blocks: None,
                target: None,
                clauses: Vec::new(),
            },
        }
    }

    fn of_problem(problem: &'v ProblemView, dossier: &'v str, lang: Lang) -> Self {
        let physical = match &problem.place {
            Some(place) => Physical::of(place),
            None => Physical { artifact_location: Artifact { uri: uri(&problem.file) }, region: None },
        };
        let place = Location {
            id: None,
            physical_location: Some(physical),
            logical_locations: Vec::new(),
            message: None,
        };
        let related = problem.related.iter().zip(1..);
        let related = related.map(|((what, place), id)| Location::related(id, place, what));
        Found {
            rule_id: problem.code,
            kind: "fail",
            level: "error",
            message: Message::of(&problem.paragraph(lang)),
            locations: vec![place],
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints::of(&[problem.code, dossier, &problem.file, &problem.message]),
            suppressions: Vec::new(),
            properties: Properties {
                dossier,
                verdict: "refused",
                sub_reasons: Vec::new(),
                severity: None,
                blocks: None,
                target: None,
                clauses: Vec::new(),
            },
        }
    }
}

/// Every other place that the finding rests on, once each.
fn related<'v>(outcome: &'v OutcomeView, lang: Lang) -> Vec<Location<'v>> {
    let mut places: Vec<(&PlaceView, String)> = Vec::new();
    let mut add = |place: &'v PlaceView, what: String| {
        let first = outcome.place.as_ref().is_some_and(|first| first.span == place.span);
        if !first && places.iter().all(|(known, _)| known.span != place.span) {
            places.push((place, what));
        }
    };
    for fact in failed_facts(outcome) {
        add(&fact.place, fact_line(fact, lang));
    }
    for fact in lacking(outcome).flat_map(|(_, proof)| &proof.facts) {
        if let Some(place) = fact.place.as_ref().filter(|_| !fact.lacking.is_empty()) {
            add(place, format!("{}: {}", fact.path, fact.lacking.join(" / ")));
        }
    }
    for gap in open_gaps(outcome).filter(|_| outcome.verdict == Verdict::Undecided) {
        for value in &gap.conflicting {
            add(&value.place, fact_line(value, lang));
        }
        if let Some(place) = &gap.place {
            add(place, gap_line(gap, lang));
        }
    }
    places.into_iter().zip(1..).map(|((place, what), id)| Location::related(id, place, &what)).collect()
}

impl Location<'_> {
    fn related(id: usize, place: &PlaceView, what: &str) -> Self {
        Location {
            id: Some(id),
            physical_location: Some(Physical::of(place)),
            logical_locations: Vec::new(),
            message: Some(Message::of(what)),
        }
    }
}

impl Physical {
    fn of(place: &PlaceView) -> Self {
        Physical {
            artifact_location: Artifact { uri: uri(&place.file) },
            region: Some(Region {
                start_line: place.line,
                start_column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
            }),
        }
    }
}

impl Fingerprints {
    /// What stays the same while lines move: no line, no value, no wording.
    fn of(parts: &[&str]) -> Self {
        let mut digest = sha256(parts.join("\0").as_bytes());
        digest.truncate(32);
        Fingerprints { hadome: digest }
    }
}
