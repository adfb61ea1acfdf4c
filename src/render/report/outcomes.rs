//! Outcomes in one row each: what passed, what does not apply, what is to be followed up.

use std::collections::HashSet;

use serde::Serialize;

use super::places::{Places, is_id};
use super::proof;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::render::view::waivers::WaiverView;
use crate::render::view::{DossierView, FactView, OutcomeView};

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

pub(super) fn with(view: &DossierView, verdict: Verdict) -> impl Iterator<Item = &OutcomeView> {
    view.outcomes.iter().filter(move |outcome| outcome.verdict == verdict)
}

/// The facts that the judgement rests on, each once.
pub(super) fn cited(view: &DossierView) -> Vec<&FactView> {
    let judged = view.outcomes.iter().filter(|outcome| outcome.verdict != Verdict::NotApplicable);
    let facts = judged.flat_map(|outcome| &outcome.clauses).flat_map(|clause| &clause.facts);
    let facts = facts.filter(|fact| !is_id(&fact.path));
    let mut seen = HashSet::new();
    facts.filter(|fact| seen.insert(&fact.path)).collect()
}

pub(super) fn passed(outcome: &OutcomeView, view: &DossierView, places: Places<'_>) -> PassedRow {
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

pub(super) fn not_applicable(outcome: &OutcomeView) -> NotApplicableRow {
    NotApplicableRow {
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        target: outcome.target_title.clone(),
        because: outcome.because.clone(),
    }
}

pub(super) fn follow_up(number: &str, outcome: &OutcomeView, waivers: &[WaiverView]) -> FollowUpRow {
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
