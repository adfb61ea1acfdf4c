//! Findings, numbered and grouped: what failed by severity, what is open by family.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::grounds::Grounds;
use super::places::Places;
use super::proof::{WaivedRow, unproven_clauses};
use super::{FamilyGroup, Filing};
use crate::conclude::Assessment;
use crate::evaluate::outcome::{ClauseState, Verdict};
use crate::lang::Lang;
use crate::policy::file::{Part, PolicyFile};
use crate::policy::library::{Library, Reference};
use crate::render::finding::{rank, raw};
use crate::render::view::waivers::WaiverView;
use crate::render::view::{ClauseView, GapView, OutcomeView};
use crate::schema::Kind;

/// The failed policies of one severity.
#[derive(Clone, Debug, Serialize)]
pub struct SeverityGroup {
    /// What the severity is called.
    pub title: &'static str,
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
    /// What to ask.
    pub question: String,
    /// Wording for the contract, where a promise failed or is open.
    pub model_clause: Option<String>,
    /// The numbers of its findings in the report: 指摘1、指摘2.
    pub numbers: String,
    /// The findings, one per target.
    pub items: Vec<Item>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its number in the report.
    pub number: String,
    /// What was judged.
    pub target: String,
    /// What the verdict is called.
    pub verdict: &'static str,
    /// Whether it blocks.
    pub blocks: bool,
    /// What the sub-reasons are called.
    pub reasons: Vec<&'static str>,
    /// What failed: wanted, stated, where.
    pub failed: Vec<FailedClause>,
    /// What is open.
    pub open: Vec<OpenClause>,
    /// What is missing to tell whether the policy applies.
    pub applicability: Vec<GapRow>,
}

/// A clause that failed.
#[derive(Clone, Debug, Serialize)]
pub struct FailedClause {
    /// Promise, design or deed.
    pub part: &'static str,
    /// What is demanded.
    pub wanted: String,
    /// What is stated.
    pub stated: Vec<Stated>,
}

/// A stated fact.
#[derive(Clone, Debug, Serialize)]
pub struct Stated {
    /// What it is called.
    pub title: String,
    /// Its value.
    pub value: String,
    /// Its path.
    pub path: String,
    /// Where it stands.
    pub place: String,
    /// Whether evidence shows it, and the document states something else.
    pub contradicts: bool,
}

/// A clause that could not be decided.
#[derive(Clone, Debug, Serialize)]
pub struct OpenClause {
    /// Promise, design or deed.
    pub part: &'static str,
    /// What is demanded.
    pub wanted: String,
    /// What is missing or unclear.
    pub gaps: Vec<GapRow>,
}

/// Something missing or unclear.
#[derive(Clone, Debug, Serialize)]
pub struct GapRow {
    /// In which way.
    pub reason: &'static str,
    /// What the field is called.
    pub title: String,
    /// Its path.
    pub path: String,
    /// What stands there instead.
    pub detail: Option<String>,
    /// The values that disagree, each with its place and rank.
    pub conflicting: Vec<String>,
    /// Where it should be written.
    pub place: String,
}

/// A law or standard that policies with findings name.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceRow {
    /// Its name and provision.
    pub title: String,
    /// What it is: a law, a guideline.
    pub nature: String,
    /// Whom it addresses.
    pub binds: String,
    /// How its text was seen.
    pub seen: String,
    /// The policies with findings that name it.
    pub policies: Vec<String>,
}

/// The numbers that the judged clauses of a policy read.
#[derive(Clone, Debug, Serialize)]
pub struct NumberRow {
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// The numbers, each with where it comes from.
    pub numbers: Vec<String>,
}

/// An id in parts, so that article 9 comes before article 43.
fn by_number(id: &str) -> Vec<(Option<u32>, &str)> {
    id.split('-').map(|part| (part.parse().ok(), part)).collect()
}

/// Numbers the findings: what failed from the heaviest on, then what is open, then what is not proven, then
/// what a waiver accepts. With each number goes
/// the place of its outcome.
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
            group.items.push(self.item(number, outcome));
        }
        (failed, open)
    }

    /// The laws and standards that the numbered findings' policies name.
    pub fn references(&self, numbered: &[(String, usize)]) -> Vec<ReferenceRow> {
        let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (_, at) in numbered {
            let policy = self.policy(*at);
            for reference in &policy.references {
                named.entry(reference).or_default().insert(&policy.id);
            }
        }
        let known = named.into_iter();
        let known = known.filter_map(|(id, policies)| Some((self.library.references.get(id)?, policies)));
        let mut known: Vec<_> = known.collect();
        known.sort_by_cached_key(|(reference, _)| {
            (reference.nature.is_none(), reference.nature, by_number(&reference.id))
        });
        known.iter().map(|(reference, policies)| self.reference(reference, policies)).collect()
    }

    fn reference(&self, reference: &Reference, policies: &BTreeSet<&str>) -> ReferenceRow {
        let label = |key: &str, word: serde_json::Result<serde_json::Value>| {
            let word = word.ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
            let field = Kind::References.root().property("references").and_then(|list| list.items());
            let field = field.and_then(|item| item.property(key));
            field.and_then(|field| field.label(&word, self.lang)).map_or(word, str::to_owned)
        };
        ReferenceRow {
            title: reference.title.get(self.lang).to_owned(),
            nature: reference
                .nature
                .map_or_else(String::new, |nature| label("nature", serde_json::to_value(nature))),
            binds: label("binds", serde_json::to_value(reference.binds)),
            seen: label("seen", serde_json::to_value(reference.seen)),
            policies: policies.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    fn policy(&self, at: usize) -> &PolicyFile {
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
            question: outcome.question.to_string(),
            model_clause: None,
            numbers: String::new(),
            items: Vec::new(),
        }
    }

    /// The numbers that an outcome's clauses of some states read.
    fn parameters(&self, at: usize, shown: impl Fn(ClauseState) -> bool) -> Vec<String> {
        let outcome = &self.assessment.outcomes[at];
        let policy = &self.assessment.case.policies[outcome.policy];
        let clauses = outcome.clauses.iter().filter(|clause| shown(clause.state));
        let mut named = BTreeSet::new();
        for clause in clauses.map(|clause| &policy.clauses[clause.clause]) {
            named.extend(clause.that.parameters());
            named.extend(clause.proof.iter().filter_map(|(proof, _)| proof.max_age.clone()));
        }
        self.grounds().parameters(&policy.file, |name| named.contains(name))
    }

    /// The numbers that the judged clauses of all policies read, policy by policy.
    pub fn numbers(&self) -> Vec<NumberRow> {
        let mut rows: Vec<NumberRow> = Vec::new();
        for (at, outcome) in self.assessment.outcomes.iter().enumerate() {
            let policy = &self.assessment.case.policies[outcome.policy].file;
            for line in self.parameters(at, |state| !matches!(state, ClauseState::Dropped(_))) {
                match rows.iter_mut().find(|row| row.policy == policy.id) {
                    Some(row) if row.numbers.contains(&line) => {}
                    Some(row) => row.numbers.push(line),
                    None => rows.push(NumberRow {
                        policy: policy.id.clone(),
                        title: policy.title.get(self.lang).to_owned(),
                        numbers: vec![line],
                    }),
                }
            }
        }
        rows
    }

    fn concerns_promise(&self, outcome: &OutcomeView) -> bool {
        let promise = Part::Promise.title(self.lang);
        outcome
            .clauses
            .iter()
            .any(|clause| clause.part == promise && matches!(clause.state, "false" | "open"))
    }

    /// One finding, with what failed and what is open.
    pub fn item(&self, number: &str, outcome: &OutcomeView) -> Item {
        let clauses =
            |state: &'static str| outcome.clauses.iter().filter(move |clause| clause.state == state);
        Item {
            number: number.to_owned(),
            target: outcome.target_title.clone(),
            verdict: outcome.verdict_title,
            blocks: outcome.blocks,
            reasons: outcome.sub_reason_titles.clone(),
            failed: clauses("false").map(|clause| self.failed(clause, &outcome.target)).collect(),
            open: clauses("open").map(|clause| self.open(clause)).collect(),
            applicability: self.gaps(&outcome.gaps),
        }
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

    fn failed(&self, clause: &ClauseView, target: &str) -> FailedClause {
        let facts = clause.facts.iter().filter(|fact| !super::is_id(&fact.path));
        let stated = facts.map(|fact| Stated {
            title: fact.title_beside(target, self.lang),
            value: fact.value.clone(),
            path: fact.path.clone(),
            place: self.places.stated(&fact.place),
            contradicts: fact.evidence.is_some(),
        });
        FailedClause { part: clause.part, wanted: clause.wanted.to_string(), stated: stated.collect() }
    }

    fn open(&self, clause: &ClauseView) -> OpenClause {
        OpenClause { part: clause.part, wanted: clause.wanted.to_string(), gaps: self.gaps(&clause.gaps) }
    }

    fn gaps(&self, gaps: &[GapView]) -> Vec<GapRow> {
        let mut rows: Vec<GapRow> = Vec::new();
        for gap in gaps {
            let reason = gap.sub_reason_title;
            if rows.iter().any(|row| row.path == gap.path && row.reason == reason) {
                continue;
            }
            let conflicting = gap
                .conflicting
                .iter()
                .map(|value| self.places.fact(value, &gap.path) + &rank(value, self.lang));
            rows.push(GapRow {
                reason,
                title: gap.title.clone(),
                path: gap.path.clone(),
                detail: gap.detail.clone(),
                conflicting: conflicting.collect(),
                place: self.places.wanted_at(gap),
            });
        }
        rows
    }

    fn grounds(&self) -> Grounds<'_> {
        Grounds {
            library: self.library,
            profile: &self.assessment.case.profile,
            cite_publishers: self.filing.cite_publishers,
            lang: self.lang,
        }
    }
}
