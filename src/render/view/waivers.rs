//! The waivers (例外措置) as plain data in one language, each with its state.

use serde::Serialize;

use super::PlaceView;
use super::evidence::Entry;
use super::maker::Maker;
use crate::conclude::{Assessment, Standing};
use crate::lang::Lang;
use crate::schema::Kind;
use crate::waiver::{State, Waiver};

/// One waiver.
#[derive(Clone, Debug, Serialize)]
pub struct WaiverView {
    /// Its id.
    pub id: String,
    /// The policy's id.
    pub policy: String,
    /// The policy's title, where it was judged.
    pub policy_title: Option<String>,
    /// The target's path.
    pub target: String,
    /// The verdict accepted, by its word.
    pub accepts: Option<&'static str>,
    /// What that verdict is called.
    pub accepts_title: Option<&'static str>,
    /// The clauses that need not hold.
    pub clauses: Vec<String>,
    /// Its state's word.
    pub state: &'static str,
    /// What the state is called.
    pub state_title: &'static str,
    /// Why it has no effect, or what has outgrown it.
    pub because: Vec<String>,
    /// The reason.
    pub reason: Option<String>,
    /// What is done instead.
    pub compensating_measure: Option<String>,
    /// Who asked for it: organisation, post and name.
    pub requested_by: Option<String>,
    /// When.
    pub requested_on: Option<String>,
    /// Who approved it: organisation, post and name.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<String>,
    /// The number of the decision.
    pub decision_number: Option<String>,
    /// The last day, for people.
    pub expires_on: Option<String>,
    /// How many days are left, the last one included.
    pub days_left: Option<i64>,
    /// Whether it is active and ends within the days of which the run warns.
    pub ends_soon: bool,
    /// Remarks.
    pub note: Option<String>,
    /// Where its entry stands.
    pub place: PlaceView,
}

/// The waivers of an assessment, in the order of their file.
pub fn register(assessment: &Assessment, lang: Lang) -> Vec<WaiverView> {
    Maker::new(&assessment.case, lang).waivers(&assessment.standings)
}

impl Maker<'_> {
    /// The waivers in the order of their file.
    pub(super) fn waivers(&self, standings: &[Standing]) -> Vec<WaiverView> {
        let pairs = self.case.waivers.iter().zip(standings);
        pairs.map(|(waiver, standing)| self.waiver(waiver, standing)).collect()
    }

    fn waiver(&self, waiver: &Waiver, standing: &Standing) -> WaiverView {
        let field = Kind::Waivers.root().property("waivers").and_then(|list| list.items());
        let entry = Entry { node: &waiver.entry, field, lang: self.lang };
        let policy = self.case.policies.iter().find(|policy| policy.id() == waiver.policy);
        let person = |key: &str| {
            let person = entry.below(key)?;
            let parts = ["organisation", "role", "name"];
            let parts: Vec<String> = parts.into_iter().filter_map(|part| person.text(part)).collect();
            (!parts.is_empty()).then(|| parts.join(self.lang.pick("　", ", ")))
        };
        WaiverView {
            id: waiver.id.clone(),
            policy: waiver.policy.clone(),
            policy_title: policy.map(|policy| policy.file.title.get(self.lang).to_owned()),
            target: waiver.target.clone(),
            accepts: waiver.accepts.map(|verdict| verdict.word()),
            accepts_title: waiver.accepts.map(|verdict| verdict.title(self.lang)),
            clauses: waiver.clauses.clone(),
            state: standing.state.word(),
            state_title: standing.state.title(self.lang),
            because: self.because_of_waiver(waiver, standing),
            reason: entry.text("reason"),
            compensating_measure: entry.text("compensating_measure"),
            requested_by: person("requested_by"),
            requested_on: entry.below("requested_by").and_then(|person| person.date("on")),
            approved_by: person("approved_by"),
            approved_on: entry.below("approved_by").and_then(|person| person.date("on")),
            decision_number: entry.below("approved_by").and_then(|person| person.text("decision_number")),
            expires_on: entry.date("expires_on"),
            days_left: waiver.days_left(self.case.as_of),
            ends_soon: standing.ends_soon,
            note: entry.text("note"),
            place: self.place(waiver.span, None),
        }
    }

    /// What clauses demand, with their ids.
    fn demands(&self, waiver: &Waiver, ids: &[String]) -> Vec<String> {
        let policy = self.case.policies.iter().find(|policy| policy.id() == waiver.policy);
        let demand = |id: &String| {
            let at = policy.and_then(|policy| policy.clauses.iter().position(|clause| *clause.id == **id));
            let sentence = policy.zip(at).map(|(policy, at)| policy.demand(at, self.lang));
            match (sentence, self.lang) {
                (Some(sentence), Lang::Ja) => format!("{sentence}（{id}）"),
                (Some(sentence), Lang::En) => format!("{sentence} ({id})"),
                (None, _) => id.clone(),
            }
        };
        ids.iter().map(demand).collect()
    }

    /// What there is to say of a waiver that is not simply active.
    fn because_of_waiver(&self, waiver: &Waiver, standing: &Standing) -> Vec<String> {
        let pick = |ja: String, en: String| self.lang.pick(&ja, &en).to_owned();
        let mut lines: Vec<String> =
            standing.faults.iter().map(|fault| fault.title(self.lang).to_owned()).collect();
        if standing.state == State::Outgrown {
            if !standing.beyond.is_empty() {
                let beyond = self.demands(waiver, &standing.beyond);
                lines.push(pick(
                    format!("許可されていない判定条件を満たすと確認できない：{}", beyond.join("；")),
                    format!(
                        "clauses that it does not name do not hold or cannot be told: {}",
                        beyond.join("; ")
                    ),
                ));
            }
            if !standing.further.is_empty() {
                lines.push(pick(
                    format!(
                        "許可の時になかった事項も判定のもととなっている：{}",
                        standing.further.join("、")
                    ),
                    format!("it rests on further facts: {}", standing.further.join(", ")),
                ));
            }
            if !waiver.changed.is_empty() {
                lines.push(pick(
                    format!("許可の時から記載が変わった：{}", waiver.changed.join("、")),
                    format!("facts have changed since it was approved: {}", waiver.changed.join(", ")),
                ));
            }
            if lines.is_empty() {
                lines.push(pick(
                    "判定が、許可された判定より重い".to_owned(),
                    "the verdict is worse than the one accepted".to_owned(),
                ));
            }
        }
        if standing.state == State::Unused {
            lines.push(match standing.outcome {
                None => pick(
                    "この確認項目及び対象の判定がない".to_owned(),
                    "there is no outcome of that policy and target".to_owned(),
                ),
                Some(_) => pick(
                    "判定が適合又は対象外であり、例外とするものがない".to_owned(),
                    "the outcome passes or does not apply, so that there is nothing to accept".to_owned(),
                ),
            });
        }
        lines
    }
}
