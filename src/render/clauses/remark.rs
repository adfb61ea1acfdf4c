//! The commentary (解説): of each clause the policy, the reasons, what the contract says now, and where
//! its numbers come from; and what no clause mends.

use serde::Serialize;

use super::Material;
use crate::article::numbering::Spot;
use crate::conclude::Assessment;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::policy::file::{Part, PolicyFile};
use crate::render::report::findings::Groups;
use crate::render::report::grounds::Grounds;
use crate::render::report::item::Item;
use crate::render::view::{DossierView, OutcomeView};

/// The remarks on one article.
#[derive(Clone, Debug, Serialize)]
pub struct Remarks {
    /// The article's number and heading, in Japanese.
    pub heading: String,
    /// One remark per model clause.
    pub clauses: Vec<Remark>,
}

/// Why a clause is there.
#[derive(Clone, Debug, Serialize)]
pub struct Remark {
    /// Where the clause stands.
    pub place: String,
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What the severity is called.
    pub severity: &'static str,
    /// Where the policy comes from.
    pub origin: &'static str,
    /// Why it matters.
    pub why: String,
    /// What the notices say and what they do not.
    pub note: Option<String>,
    /// The incidents behind it, a line each.
    pub incidents: Vec<String>,
    /// The laws and standards behind it, by title.
    pub references: Vec<String>,
    /// Whether the clause has blanks to agree on.
    pub has_blanks: bool,
    /// Whether the clause names an annex (別紙), which is to be written for it.
    pub names_annex: bool,
    /// The numbers that the policy is judged with, and their sources, a line each.
    pub parameters: Vec<String>,
    /// Whether the contract and the system disagree, so that either can be mended.
    pub disagrees: bool,
    /// What was found, one per target; nothing for a first draft.
    pub findings: Vec<Item>,
}

/// A model clause of the profile that is not written.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOutRow {
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// Why.
    pub because: String,
}

/// A finding that no clause mends.
#[derive(Clone, Debug, Serialize)]
pub struct ElsewhereRow {
    /// Its number in the report.
    pub number: String,
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What was judged.
    pub target: String,
    /// What the verdict is called.
    pub verdict: &'static str,
    /// What would mend it.
    pub mend: String,
}

/// The findings of a dossier.
pub(super) struct Found<'f> {
    pub view: &'f DossierView,
    pub groups: &'f Groups<'f>,
    pub numbered: &'f [(String, usize)],
}

impl Found<'_> {
    /// What failed or is open of a policy, one per target.
    fn of(&self, policy: &str) -> Vec<Item> {
        let outcomes = self.numbered.iter().map(|(number, at)| (number, &self.view.outcomes[*at]));
        let own = outcomes.filter(|(_, outcome)| {
            outcome.policy == policy && matches!(outcome.verdict, Verdict::Fail | Verdict::Undecided)
        });
        own.map(|(number, outcome)| self.groups.item(number, outcome)).collect()
    }
}

pub(super) fn remarks(material: &Material<'_>, found: Option<&Found<'_>>, lang: Lang) -> Vec<Remarks> {
    let articles = material.draft.articles.iter().map(|article| {
        let many = article.paragraphs.len() > 1;
        let clauses = article.paragraphs.iter().enumerate().filter_map(|(at, paragraph)| {
            let policy = material.library.policies.get(paragraph.policy.as_ref()?)?;
            let spot = Spot { article: article.number, paragraph: many.then_some(at + 1) };
            // The clauses are Japanese in every language, and so are their places.
            let place = material.numbering.refer(&[spot], None, Lang::Ja);
            Some(remark(material, found, policy, place, lang))
        });
        Remarks {
            heading: material.numbering.heading(article.number, article.file.title.get(Lang::Ja)),
            clauses: clauses.collect(),
        }
    });
    articles.filter(|remarks| !remarks.clauses.is_empty()).collect()
}

fn remark(
    material: &Material<'_>,
    found: Option<&Found<'_>>,
    policy: &PolicyFile,
    place: String,
    lang: Lang,
) -> Remark {
    let Material { library, profile, filing, .. } = *material;
    let grounds = Grounds { library, profile, cite_publishers: filing.cite_publishers, lang };
    let findings = found.map(|found| found.of(&policy.id)).unwrap_or_default();
    let promise = Part::Promise.title(lang);
    let failed = || findings.iter().flat_map(|finding| &finding.failed);
    let open = findings.iter().flat_map(|finding| &finding.open);
    let promised = failed().map(|one| one.part).chain(open.map(|one| one.part)).any(|part| part == promise);
    let references = policy.references.iter().filter_map(|id| library.references.get(id));
    Remark {
        place,
        policy: policy.id.clone(),
        title: policy.title.get(lang).to_owned(),
        severity: policy.severity.title(lang),
        origin: policy.basis.origin.title(lang),
        why: policy.why.get(lang).to_owned(),
        note: policy.basis.note.as_ref().map(|note| note.get(lang).to_owned()),
        incidents: grounds.incidents(&policy.basis.incidents),
        references: references.map(|reference| reference.title.get(lang).to_owned()).collect(),
        has_blanks: policy.model_clause.get(Lang::Ja).contains('【'),
        names_annex: policy.model_clause.get(Lang::Ja).contains("別紙"),
        parameters: grounds.parameters(policy, |_| true),
        disagrees: failed().next().is_some() && !promised,
        findings,
    }
}

pub(super) fn left_out(material: &Material<'_>, lang: Lang) -> Vec<LeftOutRow> {
    let row = |(id, because): (&String, &crate::lang::Text)| {
        let policy = material.library.policies.get(id)?;
        Some(LeftOutRow {
            policy: id.clone(),
            title: policy.title.get(lang).to_owned(),
            because: because.get(lang).to_owned(),
        })
    };
    material.choice.left_out.iter().filter_map(row).collect()
}

pub(super) fn elsewhere(
    material: &Material<'_>,
    assessment: &Assessment,
    found: &Found<'_>,
    lang: Lang,
) -> Vec<ElsewhereRow> {
    let case = &assessment.case;
    let row = |at: &usize| {
        let outcome = &assessment.outcomes[*at];
        let (policy, target) = (&case.policies[outcome.policy].file, outcome.target.path(case));
        let (number, view) = found
            .numbered
            .iter()
            .map(|(number, at)| (number, &found.view.outcomes[*at]))
            .find(|(_, view)| view.policy == policy.id && view.target == target)?;
        Some(ElsewhereRow {
            number: number.clone(),
            policy: view.policy.clone(),
            title: view.title.to_string(),
            target: view.target_title.clone(),
            verdict: view.verdict_title,
            mend: mend(view, lang),
        })
    };
    let mut rows: Vec<ElsewhereRow> = material.choice.elsewhere.iter().filter_map(row).collect();
    let rank = |row: &ElsewhereRow| found.numbered.iter().position(|(number, _)| *number == row.number);
    rows.sort_by_key(rank);
    rows
}

/// What would mend a finding that is none of the contract.
fn mend(outcome: &OutcomeView, lang: Lang) -> String {
    let lacking = outcome.clauses.iter().filter(|clause| matches!(clause.state, "false" | "open"));
    let lacking: Vec<&str> = lacking.map(|clause| clause.part).collect();
    let parts = [Part::Promise, Part::Design, Part::Deed].map(|part| part.title(lang));
    let parts: Vec<&str> = parts.into_iter().filter(|part| lacking.contains(part)).collect();
    let parts = parts.join(lang.pick("及び", " and "));
    match (outcome.verdict, lang) {
        (Verdict::Unproven, Lang::Ja) => "根拠資料の提出を求め、内容を確認する".to_owned(),
        (Verdict::Unproven, Lang::En) => "ask for the evidence and examine it".to_owned(),
        (Verdict::Waived, Lang::Ja) => "例外措置の期限までに是正する".to_owned(),
        (Verdict::Waived, Lang::En) => "mend it before the waiver ends".to_owned(),
        (_, Lang::Ja) if parts.is_empty() => "記載を補う".to_owned(),
        (_, Lang::En) if parts.is_empty() => "state what is missing".to_owned(),
        (Verdict::Fail, Lang::Ja) => format!("{parts}を是正する"),
        (Verdict::Fail, Lang::En) => format!("mend the {parts}"),
        (_, Lang::Ja) => format!("{parts}の状況を確認する"),
        (_, Lang::En) => format!("find out about the {parts}"),
    }
}
