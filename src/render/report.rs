//! The view that report templates see: the dossier's view, grouped and numbered as an office files
//! it. All counting and sorting happens here; a template only loops.

pub(super) mod agreement;
mod basis;
mod documents;
mod filing;
pub(super) mod findings;
pub(super) mod grounds;
pub(super) mod head;
pub(super) mod item;
mod numbers;
mod outcomes;
mod parties;
pub(super) mod places;
mod proof;
mod references;
mod stage;
mod summary;

use chrono::NaiveDate;
use serde::Serialize;

use super::calendar::ReportRows;
use super::html::Frame;
use super::view::evidence::EvidenceView;
use super::view::waivers::WaiverView;
use super::view::{AssumptionView, DossierView, Input, NotSelected};
use crate::case::Document;
use crate::conclude::Assessment;
use crate::date::{Period, era_date};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::tree::Span;
use crate::policy::library::Library;
pub use agreement::{Agreement, Amendment};
pub use basis::BasisView;
pub(super) use documents::all_documents;
pub use documents::{DocumentRow, Original};
pub use filing::Filing;
pub use findings::{FamilyGroup, PolicyGroup, SeverityGroup};
pub use head::{Head, Party};
pub use numbers::NumberRow;
use outcomes::with;
pub use outcomes::{FollowUpRow, NotApplicableRow, PassedRow};
pub use parties::PartyStyle;
use places::Places;
pub use proof::{RegisterCount, UnprovenClause, UnprovenFact, UnprovenRow, WaivedRow};
pub use references::ReferenceRow;
pub use stage::StageView;
pub use summary::{FamilyRow, Summary, VerdictRow};

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
    let follow_up: Vec<FollowUpRow> = numbered
        .iter()
        .map(|(number, at)| outcomes::follow_up(number, &view.outcomes[*at], &view.waivers))
        .collect();
    let originals = documents::originals(case, places);
    let cited = outcomes::cited(view);
    let passed: Vec<PassedRow> =
        with(view, Verdict::Pass).map(|outcome| outcomes::passed(outcome, view, places)).collect();
    ReportView {
        title: filing.title.clone().unwrap_or_else(|| usual_title(lang).to_owned()),
        blank: blank(lang),
        head: head::head(case, filing, lang),
        agreement: agreement::agreement(case, lang),
        approval: filing.approval.clone(),
        as_of: day(case.as_of, lang),
        stage: StageView::of(view, lang),
        own_operation: case.own_operation,
        basis: basis::basis(assessment, view, library, lang),
        documents: documents::documents(case, places, lang),
        absent_documents: documents::absent(case, lang),
        unchecked_originals: originals.iter().filter(|original| original.checked_by.is_none()).count(),
        originals,
        facts_without_original: cited.iter().filter(|fact| fact.place.original.is_none()).count(),
        facts_cited: cited.len(),
        summary: summary::summary(view, library, &follow_up, lang),
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
        not_applicable: with(view, Verdict::NotApplicable).map(outcomes::not_applicable).collect(),
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
