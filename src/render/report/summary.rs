//! The counts of a report. All of them add up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::outcomes::{FollowUpRow, with};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::policy::library::Library;
use crate::render::view::{AssuranceTotal, DossierView};

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

pub(super) fn summary(
    view: &DossierView,
    library: &Library,
    follow_up: &[FollowUpRow],
    lang: Lang,
) -> Summary {
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
