//! The view that report templates see: the dossier's view, grouped and numbered as an office files
//! it. All counting and sorting happens here; a template only loops.

pub(super) mod agreement;
pub(super) mod findings;
pub(super) mod grounds;
pub(super) mod head;
mod parties;
pub(super) mod places;
mod proof;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::ReportRows;
use super::html::Frame;
use super::view::evidence::EvidenceView;
use super::view::waivers::WaiverView;
use super::view::{AssumptionView, AssuranceTotal, DossierView, FactView, Input, NotSelected, OutcomeView};
use crate::case::{Case, Document};
use crate::conclude::Assessment;
use crate::date::{Period, era_date};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::tree::{Node, Span};
use crate::policy::file::Severity;
use crate::policy::library::Library;
use crate::schema::Kind;
use crate::stage::Stage;
pub use agreement::{Agreement, Amendment};
pub use findings::{NumberRow, PolicyGroup, ReferenceRow, SeverityGroup};
pub use head::{Head, Party};
pub use parties::PartyStyle;
use places::Places;
pub use proof::{RegisterCount, UnprovenClause, UnprovenFact, UnprovenRow, WaivedRow};

/// What the person who files the report says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filing {
    /// A title in place of the usual one.
    pub title: Option<String>,
    /// The document number (文書番号).
    pub doc_number: Option<String>,
    /// To whom it goes (宛先).
    pub to: Option<String>,
    /// Who wrote it (作成者).
    pub author: Option<String>,
    /// The day on which it was written (作成日).
    pub date: Option<NaiveDate>,
    /// The posts that approve it (決裁欄).
    pub approval: Vec<String>,
    /// How it is to be handled (取扱区分).
    pub classification: Option<String>,
    /// How long it is kept (保存期限).
    pub retention: Option<String>,
    /// How the parties are called in model clauses.
    pub party_style: PartyStyle,
    /// Whether publishers of notices are named.
    pub cite_publishers: bool,
}

/// A report, ready for a template.
#[derive(Clone, Debug, Serialize)]
pub struct ReportView {
    /// The report's title.
    pub title: String,
    /// The word that stands for a blank to fill in by hand.
    pub blank: &'static str,
    /// The title block.
    pub head: Head,
    /// The form of the agreement, what it follows, its amendments.
    pub agreement: Agreement,
    /// The posts that approve it; empty where no such table is wanted.
    pub approval: Vec<String>,
    /// The as-of date for people.
    pub as_of: String,
    /// The stage, and how it was found.
    pub stage: StageView,
    /// Whether the organisation runs its own system, so that there is no contract.
    pub own_operation: bool,
    /// What was judged with.
    pub basis: BasisView,
    /// The documents that were read.
    pub documents: Vec<DocumentRow>,
    /// The kinds of documents that were not there.
    pub absent_documents: Vec<&'static str>,
    /// The originals behind the documents.
    pub originals: Vec<Original>,
    /// How many of them nobody compared with the transcript.
    pub unchecked_originals: usize,
    /// How many facts in the report have no place in an original.
    pub facts_without_original: usize,
    /// How many facts it rests on.
    pub facts_cited: usize,
    /// The counts.
    pub summary: Summary,
    /// What failed, heaviest first.
    pub findings: Vec<SeverityGroup>,
    /// What could not be decided, by family.
    pub undecided: Vec<FamilyGroup>,
    /// What holds as declared and lacks its proof.
    pub unproven: Vec<UnprovenRow>,
    /// What a waiver accepts.
    pub waived: Vec<WaivedRow>,
    /// What passed.
    pub passed: Vec<PassedRow>,
    /// What passed, as far as conditions were not judged this time.
    pub passed_in_part: Vec<PassedRow>,
    /// What does not apply.
    pub not_applicable: Vec<NotApplicableRow>,
    /// Policies that the profile leaves out.
    pub not_selected: Vec<NotSelected>,
    /// The register of evidence.
    pub evidence: Vec<EvidenceView>,
    /// How the register stands.
    pub evidence_count: RegisterCount,
    /// The waivers, each with its state.
    pub waivers: Vec<WaiverView>,
    /// Whether active waivers have effect.
    pub waivers_in_effect: bool,
    /// What is overdue, due soon, or due on a day that cannot be told; nothing in a copy for release.
    pub duties: Option<ReportRows>,
    /// What the reader supposes.
    pub assumptions: Vec<AssumptionView>,
    /// One row per finding to follow up.
    pub follow_up: Vec<FollowUpRow>,
    /// Laws and standards that the policies with findings name.
    pub references: Vec<ReferenceRow>,
    /// The numbers that the judged clauses read, by policy.
    pub numbers: Vec<NumberRow>,
    /// The input files, by the path within the dossier.
    pub inputs: Vec<Input>,
}

/// The stage of the contract.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// What it is called.
    pub title: String,
    /// Whether it is known.
    pub known: bool,
    /// Whether the user set it.
    pub overridden: bool,
    /// Before which step what blocks has to be settled.
    pub before: &'static str,
}

/// What the dossier was judged with.
#[derive(Clone, Debug, Serialize)]
pub struct BasisView {
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// Whom the profile is for.
    pub profile_why: String,
    /// SHA-256 of the profile's content.
    pub profile_sha256: String,
    /// SHA-256 of the library.
    pub library_sha256: String,
    /// SHA-256 of the templates' texts.
    pub templates_sha256: String,
    /// The program's version.
    pub version: &'static str,
    /// From which severity on a failed outcome blocks; `None` means never.
    pub blocks_fail: Option<&'static str>,
    /// From which severity on an undecided outcome blocks; `None` means never.
    pub blocks_undecided: Option<&'static str>,
    /// From which severity on an unproven outcome blocks; `None` means never.
    pub blocks_unproven: Option<&'static str>,
    /// Whether every failed outcome blocks.
    pub blocks_all_fail: bool,
    /// Whether every undecided outcome blocks.
    pub blocks_all_undecided: bool,
    /// Whether every unproven outcome blocks.
    pub blocks_all_unproven: bool,
}

/// A document of the dossier.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRow {
    /// Contract, system specification, records.
    pub kind: &'static str,
    /// Its own title, where it has one.
    pub title: Option<String>,
    /// Its file.
    pub file: String,
}

/// An original that a document was taken from.
#[derive(Clone, Debug, Serialize)]
pub struct Original {
    /// The file of the document.
    pub file: String,
    /// Title, or id.
    pub title: String,
    /// Version and date.
    pub version: Option<String>,
    /// The date of the original.
    pub dated_on: Option<String>,
    /// The rank in the order of precedence.
    pub rank: Option<String>,
    /// Who wrote the transcript.
    pub transcribed_by: Option<String>,
    /// Who compared it.
    pub checked_by: Option<String>,
    /// When.
    pub checked_on: Option<String>,
}

/// The counts. They add up.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// How many policies were judged.
    pub policies: usize,
    /// How many outcomes there are.
    pub outcomes: usize,
    /// How many of them block.
    pub blocking: usize,
    /// One row per verdict, worst first.
    pub verdicts: Vec<VerdictRow>,
    /// Outcomes by verdict's word.
    pub count: BTreeMap<&'static str, usize>,
    /// Blocking outcomes by verdict's word.
    pub blocks: BTreeMap<&'static str, usize>,
    /// The passing outcomes by how well they are proven; they add up to the passes.
    pub assurances: Vec<AssuranceTotal>,
    /// One row per family.
    pub families: Vec<FamilyRow>,
    /// The failed outcomes that block, to be read first.
    pub first: Vec<FollowUpRow>,
}

/// One verdict of the totals.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictRow {
    /// The verdict.
    pub verdict: Verdict,
    /// What it is called.
    pub title: &'static str,
    /// How many outcomes have it.
    pub count: usize,
    /// How many of these block.
    pub blocking: usize,
}

/// One family of the totals.
#[derive(Clone, Debug, Serialize)]
pub struct FamilyRow {
    /// The family's letters.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many outcomes have each verdict, in the order of the verdicts.
    pub counts: Vec<usize>,
    /// How many outcomes it has.
    pub total: usize,
    /// How many of them block.
    pub blocking: usize,
}

/// The undecided policies of a family.
#[derive(Clone, Debug, Serialize)]
pub struct FamilyGroup {
    /// The family's letters.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its policies.
    pub policies: Vec<PolicyGroup>,
}

/// A passed outcome.
#[derive(Clone, Debug, Serialize)]
pub struct PassedRow {
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What was judged.
    pub target: String,
    /// What was read, each with its place.
    pub read: Vec<String>,
    /// How well it is proven.
    pub assurance: &'static str,
    /// The evidence that proves it, by title.
    pub proven_by: Vec<String>,
    /// What was not judged, and why.
    pub dropped: Vec<String>,
}

/// An outcome that does not apply.
#[derive(Clone, Debug, Serialize)]
pub struct NotApplicableRow {
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What it is about.
    pub target: String,
    /// Why it does not apply.
    pub because: Option<String>,
}

/// A finding to follow up.
#[derive(Clone, Debug, Serialize)]
pub struct FollowUpRow {
    /// Its number in the report.
    pub number: String,
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What was judged.
    pub target: String,
    /// What the severity is called.
    pub severity: &'static str,
    /// What the verdict is called.
    pub verdict: &'static str,
    /// Whether it blocks.
    pub blocks: bool,
    /// The day by which it must be settled: the end of the waiver that accepts it.
    pub due: Option<String>,
}

/// Makes the report's view.
pub fn report(
    assessment: &Assessment,
    view: &DossierView,
    library: &Library,
    filing: &Filing,
    duties: Option<&ReportRows>,
    lang: Lang,
) -> ReportView {
    let case = &assessment.case;
    let heads: Vec<Span> = all_documents(case).map(Document::head_span).collect();
    let places = Places { folder: &view.name, heads: &heads, lang };
    let numbered = findings::number(&view.outcomes, lang);
    let maker = findings::Groups { assessment, library, places, filing, lang };
    let (findings, undecided) = maker.groups(&view.outcomes, &numbered);
    let follow_up: Vec<FollowUpRow> =
        numbered.iter().map(|(number, at)| follow_up(number, &view.outcomes[*at], &view.waivers)).collect();
    let originals = originals(case, places);
    let passed: Vec<PassedRow> =
        with(view, Verdict::Pass).map(|outcome| passed(outcome, view, places)).collect();
    ReportView {
        title: filing.title.clone().unwrap_or_else(|| usual_title(lang).to_owned()),
        blank: blank(lang),
        head: head::head(case, filing, lang),
        agreement: agreement::agreement(case, lang),
        approval: filing.approval.clone(),
        as_of: day(case.as_of, lang),
        stage: StageView {
            title: view.stage_title.clone(),
            known: view.stage.is_some(),
            overridden: view.stage_overridden,
            before: before(view.stage.and_then(Stage::from_word), lang),
        },
        own_operation: case.own_operation,
        basis: basis(assessment, view, library, lang),
        documents: documents(case, places, lang),
        absent_documents: absent(case, lang),
        unchecked_originals: originals.iter().filter(|original| original.checked_by.is_none()).count(),
        originals,
        facts_without_original: cited(view).filter(|fact| fact.place.original.is_none()).count(),
        facts_cited: cited(view).count(),
        summary: summary(view, library, &follow_up, lang),
        findings,
        undecided,
        unproven: numbered
            .iter()
            .map(|(number, at)| (number, &view.outcomes[*at]))
            .filter(|(_, outcome)| outcome.verdict == Verdict::Unproven)
            .map(|(number, outcome)| proof::unproven(number, outcome, places))
            .collect(),
        waived: maker.waived(&view.outcomes, &numbered, &view.waivers),
        passed_in_part: passed.iter().filter(|row| !row.dropped.is_empty()).cloned().collect(),
        passed,
        not_applicable: with(view, Verdict::NotApplicable).map(not_applicable).collect(),
        not_selected: view.not_selected.clone(),
        evidence: proof::register(view, places),
        evidence_count: RegisterCount::of(view, lang),
        waivers: proof::waivers(view, places),
        waivers_in_effect: view.waivers_in_effect,
        duties: duties.cloned(),
        assumptions: view.assumptions.clone(),
        follow_up,
        references: maker.references(&numbered),
        numbers: maker.numbers(),
        inputs: view
            .inputs
            .iter()
            .map(|input| Input { path: places.file(&input.path).to_owned(), sha256: input.sha256.clone() })
            .collect(),
    }
}

/// Before which step what blocks has to be settled.
fn before(stage: Option<Stage>, lang: Lang) -> &'static str {
    let (ja, en) = match stage {
        Some(Stage::Bid) => ("契約の締結の前に", "before the contract is signed"),
        Some(Stage::Build) => ("運用の開始の前に", "before the service starts"),
        Some(Stage::Running) => (
            "契約の更新、システムの変更の公開、契約の終了等、次の段階に進む前に",
            "before the next step, such as renewing the contract, releasing a change or ending the contract",
        ),
        Some(Stage::Ended) => {
            ("契約の終了に伴う手続を終える前に", "before the winding-up of the contract is closed")
        }
        None => (
            "契約の締結、運用の開始、契約の更新等、次の段階に進む前に",
            "before the next step, such as signing the contract or starting the service",
        ),
    };
    lang.pick(ja, en)
}

fn usual_title(lang: Lang) -> &'static str {
    lang.pick(
        "委託システム セキュリティ要件適合性確認報告書",
        "Security requirements conformity report for an outsourced system",
    )
}

impl ReportView {
    /// What the report's page needs beyond its Markdown.
    pub fn frame(&self) -> Frame {
        Frame {
            title: self.title.clone(),
            doc_number: self.head.doc_number.clone(),
            classification: self.head.classification.clone(),
            numbers: self.follow_up.iter().map(|row| row.number.clone()).collect(),
            blank: self.blank,
            sheets: false,
        }
    }
}

/// The word that stands for a blank to fill in by hand.
pub fn blank(lang: Lang) -> &'static str {
    lang.pick("（記入）", "(to be filled in)")
}

/// A day as the language writes it: 令和8年11月21日, 2026-11-21.
pub(super) fn day(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Ja => era_date(day),
        Lang::En => Period::day(day).shown(lang),
    }
}

fn with(view: &DossierView, verdict: Verdict) -> impl Iterator<Item = &OutcomeView> {
    view.outcomes.iter().filter(move |outcome| outcome.verdict == verdict)
}

fn basis(assessment: &Assessment, view: &DossierView, library: &Library, lang: Lang) -> BasisView {
    let profile = &assessment.case.profile;
    BasisView {
        profile: view.profile.clone(),
        profile_title: view.profile_title.clone(),
        profile_why: profile.why.get(lang).to_owned(),
        profile_sha256: profile.sha256(),
        library_sha256: library.sha256.clone(),
        templates_sha256: String::new(),
        version: env!("CARGO_PKG_VERSION"),
        blocks_fail: view.rule.fail.map(|severity| severity.title(lang)),
        blocks_undecided: view.rule.undecided.map(|severity| severity.title(lang)),
        blocks_unproven: view.rule.unproven.map(|severity| severity.title(lang)),
        blocks_all_fail: view.rule.fail == Some(Severity::Low),
        blocks_all_undecided: view.rule.undecided == Some(Severity::Low),
        blocks_all_unproven: view.rule.unproven == Some(Severity::Low),
    }
}

pub(super) fn all_documents(case: &Case) -> impl Iterator<Item = &Document> {
    case.contract.iter().chain(&case.systems).chain(&case.records)
}

fn documents(case: &Case, places: Places<'_>, lang: Lang) -> Vec<DocumentRow> {
    all_documents(case)
        .map(|document| DocumentRow {
            kind: document.kind.title(lang),
            title: text(&document.root, "title"),
            file: places.file(&case.sources.file(document.file).path).to_owned(),
        })
        .collect()
}

fn absent(case: &Case, lang: Lang) -> Vec<&'static str> {
    let there = [
        (Kind::Contract, case.contract.is_some() || case.own_operation),
        (Kind::System, !case.systems.is_empty()),
        (Kind::Records, case.records.is_some()),
    ];
    there.into_iter().filter(|(_, there)| !there).map(|(kind, _)| kind.title(lang)).collect()
}

fn originals(case: &Case, places: Places<'_>) -> Vec<Original> {
    let mut rows = Vec::new();
    for document in all_documents(case) {
        let file = places.file(&case.sources.file(document.file).path);
        let sources = document.root.get("sources").and_then(Node::as_list).unwrap_or_default();
        let date = |source: &Node, key: &str| {
            let written = text(source, key)?;
            Some(Period::parse(&written).map_or(written, |date| date.shown(places.lang)))
        };
        rows.extend(sources.iter().map(|source| Original {
            file: file.to_owned(),
            title: text(source, "title").or_else(|| text(source, "id")).unwrap_or_default(),
            version: text(source, "version"),
            dated_on: date(source, "dated_on"),
            rank: source.get("rank").filter(|rank| rank.is_stated()).map(|rank| rank.to_json().to_string()),
            transcribed_by: text(source, "transcribed_by"),
            checked_by: text(source, "checked_by"),
            checked_on: date(source, "checked_on"),
        }));
    }
    rows
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.as_text().map(str::to_owned)
}

/// The facts that the judgement rests on, each once.
fn cited(view: &DossierView) -> impl Iterator<Item = &FactView> {
    let judged = view.outcomes.iter().filter(|outcome| outcome.verdict != Verdict::NotApplicable);
    let facts = judged.flat_map(|outcome| &outcome.clauses).flat_map(|clause| &clause.facts);
    let facts = facts.filter(|fact| !is_id(&fact.path));
    let mut seen = std::collections::BTreeSet::new();
    facts.filter(move |fact| seen.insert(&fact.path))
}

fn summary(view: &DossierView, library: &Library, follow_up: &[FollowUpRow], lang: Lang) -> Summary {
    let blocking = |verdict: Verdict| with(view, verdict).filter(|outcome| outcome.blocks).count();
    let verdicts: Vec<VerdictRow> = view
        .totals
        .iter()
        .map(|total| VerdictRow {
            verdict: total.verdict,
            title: total.title,
            count: total.count,
            blocking: blocking(total.verdict),
        })
        .collect();
    let fail = Verdict::Fail.title(lang);
    Summary {
        policies: view.policy_count,
        outcomes: view.outcome_count,
        blocking: view.blocking_count,
        count: verdicts.iter().map(|row| (row.verdict.word(), row.count)).collect(),
        blocks: verdicts.iter().map(|row| (row.verdict.word(), row.blocking)).collect(),
        verdicts,
        assurances: view.assurances.clone(),
        families: families(view, library, lang),
        first: follow_up.iter().filter(|row| row.blocks && row.verdict == fail).cloned().collect(),
    }
}

fn families(view: &DossierView, library: &Library, lang: Lang) -> Vec<FamilyRow> {
    let mut rows: BTreeMap<&str, FamilyRow> = BTreeMap::new();
    for outcome in &view.outcomes {
        let row = rows.entry(&outcome.family).or_insert_with(|| FamilyRow {
            id: outcome.family.clone(),
            title: library.family_title(&outcome.family, lang).to_owned(),
            counts: vec![0; Verdict::ALL.len()],
            total: 0,
            blocking: 0,
        });
        row.counts[outcome.verdict as usize] += 1;
        row.total += 1;
        row.blocking += usize::from(outcome.blocks);
    }
    rows.into_values().collect()
}

fn passed(outcome: &OutcomeView, view: &DossierView, places: Places<'_>) -> PassedRow {
    let mut read = Vec::new();
    for fact in outcome.clauses.iter().flat_map(|clause| &clause.facts).filter(|fact| !is_id(&fact.path)) {
        let line = places.fact(fact, &outcome.target);
        if !read.contains(&line) {
            read.push(line);
        }
    }
    let dropped = outcome.clauses.iter().filter(|clause| clause.state == "dropped");
    PassedRow {
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        target: outcome.target_title.clone(),
        read,
        assurance: outcome.assurance_title.unwrap_or_default(),
        proven_by: proof::proven(outcome, view, places.lang),
        dropped: dropped
            .map(|clause| match (places.lang, &clause.because) {
                (_, None) => clause.wanted.to_string(),
                (Lang::Ja, Some(because)) => format!("{}（{because}）", clause.wanted),
                (Lang::En, Some(because)) => format!("{} ({because})", clause.wanted),
            })
            .collect(),
    }
}

/// Whether a path names an id; it says nothing that the target's name does not say.
fn is_id(path: &str) -> bool {
    path.ends_with(".id")
}

fn not_applicable(outcome: &OutcomeView) -> NotApplicableRow {
    NotApplicableRow {
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        target: outcome.target_title.clone(),
        because: outcome.because.clone(),
    }
}

fn follow_up(number: &str, outcome: &OutcomeView, waivers: &[WaiverView]) -> FollowUpRow {
    let waiver = waivers.iter().find(|waiver| Some(&waiver.id) == outcome.waiver.as_ref());
    FollowUpRow {
        number: number.to_owned(),
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        target: outcome.target_title.clone(),
        severity: outcome.severity_title,
        verdict: outcome.verdict_title,
        blocks: outcome.blocks,
        due: waiver.and_then(|waiver| waiver.expires_on.clone()),
    }
}
