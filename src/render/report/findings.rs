//! Findings, numbered and grouped: what failed by severity, what is open by family.

use serde::Serialize;

use super::Filing;
use super::grounds::Grounds;
use super::item::Item;
use super::places::Places;
use super::proof::{WaivedRow, unproven_clauses};
use crate::conclude::Assessment;
use crate::evaluate::outcome::{ClauseState, SubReason, Verdict};
use crate::lang::Lang;
use crate::policy::file::{Part, PolicyFile};
use crate::policy::library::Library;
use crate::render::finding::raw;
use crate::render::view::OutcomeView;
use crate::render::view::waivers::WaiverView;

/// The failed policies of one severity.
#[derive(Clone, Debug, Serialize)]
pub struct SeverityGroup {
    /// What the severity is called.
    pub title: &'static str,
    /// Its policies.
    pub policies: Vec<PolicyGroup>,
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

/// The findings of one policy.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyGroup {
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What the severity is called.
    pub severity: &'static str,
    /// Whether one of the findings blocks.
    pub blocks: bool,
    /// Where the policy comes from.
    pub origin: &'static str,
    /// What the notices say and what they do not.
    pub note: Option<String>,
    /// The incidents behind it, a line each.
    pub incidents: Vec<String>,
    /// The laws and standards that it names, by title.
    pub references: Vec<String>,
    /// The numbers that the clauses shown read, a line each.
    pub parameters: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// What to mend.
    pub remedy: String,
    /// What to ask first: what nobody stated, by title.
    pub unsaid: Vec<String>,
    /// What to ask.
    pub question: String,
    /// Wording for the contract, where a promise failed or is open.
    pub model_clause: Option<String>,
    /// The numbers of its findings in the report: 指摘1、指摘2.
    pub numbers: String,
    /// The findings, one per target.
    pub items: Vec<Item>,
}

/// Numbers the findings: what failed from the heaviest on, then what is open, then what is not proven, then
/// what a waiver accepts. With each number goes the place of its outcome.
pub(in crate::render) fn number(outcomes: &[OutcomeView], lang: Lang) -> Vec<(String, usize)> {
    let places = |wanted: fn(Verdict) -> bool| -> Vec<usize> {
        (0..outcomes.len()).filter(|at| wanted(outcomes[*at].verdict)).collect()
    };
    let mut failed = places(|verdict| verdict == Verdict::Fail);
    failed.sort_by_key(|at| std::cmp::Reverse(outcomes[*at].severity));
    let open = places(|verdict| verdict == Verdict::Undecided);
    let label =
        |prefix: &'static str| move |(at, outcome): (usize, usize)| (format!("{prefix}{}", at + 1), outcome);
    let failed = failed.into_iter().enumerate().map(label(lang.pick("指摘", "F-")));
    let open = open.into_iter().enumerate().map(label(lang.pick("未確認", "U-")));
    let unproven = places(|verdict| verdict == Verdict::Unproven);
    let unproven = unproven.into_iter().enumerate().map(label(super::proof::prefix(lang)));
    let waived = places(|verdict| verdict == Verdict::Waived);
    let waived = waived.into_iter().enumerate().map(label(lang.pick("例外", "W-")));
    failed.chain(open).chain(unproven).chain(waived).collect()
}

/// Groups the findings of an assessment.
pub(in crate::render) struct Groups<'g> {
    pub assessment: &'g Assessment,
    pub library: &'g Library,
    pub places: Places<'g>,
    pub filing: &'g Filing,
    pub lang: Lang,
}

impl Groups<'_> {
    /// What failed by severity, and what is open by family.
    pub fn groups(
        &self,
        outcomes: &[OutcomeView],
        numbered: &[(String, usize)],
    ) -> (Vec<SeverityGroup>, Vec<FamilyGroup>) {
        let (mut failed, mut open): (Vec<SeverityGroup>, Vec<FamilyGroup>) = (Vec::new(), Vec::new());
        for (number, at) in numbered {
            let outcome = &outcomes[*at];
            if !matches!(outcome.verdict, Verdict::Fail | Verdict::Undecided) {
                continue;
            }
            let policies = if outcome.verdict == Verdict::Fail {
                let title = outcome.severity_title;
                if failed.last().is_none_or(|group| group.title != title) {
                    failed.push(SeverityGroup { title, policies: Vec::new() });
                }
                failed.last_mut().map(|group| &mut group.policies)
            } else {
                if open.last().is_none_or(|group| group.id != outcome.family) {
                    open.push(FamilyGroup {
                        id: outcome.family.clone(),
                        title: self.library.family_title(&outcome.family, self.lang).to_owned(),
                        policies: Vec::new(),
                    });
                }
                open.last_mut().map(|group| &mut group.policies)
            };
            let Some(policies) = policies else { continue };
            if policies.last().is_none_or(|group| group.policy != outcome.policy) {
                policies.push(self.group(outcome, *at));
            }
            let Some(group) = policies.last_mut() else { continue };
            group.blocks |= outcome.blocks;
            if group.model_clause.is_none() && self.concerns_promise(outcome) {
                group.model_clause = Some(self.filing.party_style.clause(&outcome.model_clause, self.lang));
            }
            for line in self.parameters(*at, |state| matches!(state, ClauseState::False | ClauseState::Open))
            {
                if !group.parameters.contains(&line) {
                    group.parameters.push(line);
                }
            }
            if !group.numbers.is_empty() {
                group.numbers.push_str(self.lang.pick("、", ", "));
            }
            group.numbers.push_str(number);
            for title in unsaid(outcome) {
                if !group.unsaid.contains(title) {
                    group.unsaid.push(title.clone());
                }
            }
            group.items.push(self.item(number, outcome));
        }
        (failed, open)
    }

    pub(super) fn policy(&self, at: usize) -> &PolicyFile {
        &self.assessment.case.policies[self.assessment.outcomes[at].policy].file
    }

    fn group(&self, outcome: &OutcomeView, at: usize) -> PolicyGroup {
        let policy = self.policy(at);
        PolicyGroup {
            policy: outcome.policy.clone(),
            title: outcome.title.to_string(),
            severity: outcome.severity_title,
            blocks: false,
            origin: policy.basis.origin.title(self.lang),
            note: policy.basis.note.as_ref().map(|note| note.get(self.lang).to_owned()),
            incidents: self.grounds().incidents(&policy.basis.incidents),
            references: policy
                .references
                .iter()
                .filter_map(|id| Some(self.library.references.get(id)?.title.get(self.lang).to_owned()))
                .collect(),
            parameters: Vec::new(),
            why: outcome.why.to_string(),
            remedy: outcome.remedy.to_string(),
            unsaid: Vec::new(),
            question: outcome.question.to_string(),
            model_clause: None,
            numbers: String::new(),
            items: Vec::new(),
        }
    }

    fn concerns_promise(&self, outcome: &OutcomeView) -> bool {
        let promise = Part::Promise.title(self.lang);
        outcome
            .clauses
            .iter()
            .any(|clause| clause.part == promise && matches!(clause.state, "false" | "open"))
    }

    /// The outcomes that a waiver accepts, with what they would be.
    pub fn waived(
        &self,
        outcomes: &[OutcomeView],
        numbered: &[(String, usize)],
        waivers: &[WaiverView],
    ) -> Vec<WaivedRow> {
        let waived = numbered.iter().map(|(number, at)| (number, &outcomes[*at]));
        let waived = waived.filter(|(_, outcome)| outcome.verdict == Verdict::Waived);
        let row = |(number, outcome): (&String, &OutcomeView)| {
            let item = self.item(number, outcome);
            let waiver = waivers.iter().find(|waiver| Some(&waiver.id) == outcome.waiver.as_ref());
            WaivedRow {
                number: number.clone(),
                policy: outcome.policy.clone(),
                title: outcome.title.to_string(),
                target: outcome.target_title.clone(),
                severity: outcome.severity_title,
                waiver: outcome.waiver.clone().unwrap_or_default(),
                raw: raw(outcome).title(self.lang),
                failed: item.failed,
                open: item.open,
                unproven: unproven_clauses(outcome, self.places),
                expires_on: waiver.and_then(|waiver| waiver.expires_on.clone()),
            }
        };
        waived.map(row).collect()
    }

    pub(super) fn grounds(&self) -> Grounds<'_> {
        Grounds {
            library: self.library,
            profile: &self.assessment.case.profile,
            cite_publishers: self.filing.cite_publishers,
            lang: self.lang,
        }
    }
}

/// The titles of what nobody stated, of what was judged and of what decides whether it applies.
fn unsaid(outcome: &OutcomeView) -> impl Iterator<Item = &String> {
    let open = outcome.clauses.iter().filter(|clause| clause.state == "open");
    let gaps = open.flat_map(|clause| &clause.gaps).chain(&outcome.gaps);
    gaps.filter(|gap| matches!(gap.sub_reason, SubReason::Missing | SubReason::NoRecord))
        .map(|gap| &gap.title)
}
