//! Conclude: outcomes in, the assessment out: totals, and what blocks the next step.

pub mod score;
mod waive;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::evaluate::Keep;
use crate::evaluate::outcome::{Outcome, SubReason, Verdict};
use crate::policy::file::Severity;
pub use waive::Standing;

/// What was found, before any format.
#[derive(Debug)]
pub struct Assessment {
    /// What it rests on.
    pub case: Case,
    /// One outcome per policy and target.
    pub outcomes: Vec<Outcome>,
    /// Of each outcome, whether it blocks (要是正).
    pub blocks: Vec<bool>,
    /// How many outcomes have each verdict; they add up to the number of outcomes.
    pub totals: BTreeMap<Verdict, usize>,
    /// The rule by which outcomes block.
    pub rule: BlockRule,
    /// What became of each waiver of the case.
    pub standings: Vec<Standing>,
    /// How the conclusion was drawn.
    pub how: How,
}

/// How a conclusion is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct How {
    /// How much of what led there is kept.
    pub keep: Keep,
    /// A rule in place of the profile's own.
    pub rule: Option<BlockRule>,
    /// Whether active waivers have effect; without, the raw state is shown.
    pub waivers: bool,
    /// How many days before its end an active waiver is warned of.
    pub warn_days: u16,
}

/// How many days before its end a waiver is warned of, unless the user says otherwise (project default).
pub const WARN_DAYS: u16 = 30;

impl How {
    /// As the profile says, with waivers.
    pub fn keeping(keep: Keep) -> How {
        How { keep, rule: None, waivers: true, warn_days: WARN_DAYS }
    }
}

/// From which severity on a verdict stops the next step; `None` means never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BlockRule {
    /// Of a failed outcome.
    pub fail: Option<Severity>,
    /// Of an undecided outcome; a missing limit alone never blocks.
    pub undecided: Option<Severity>,
    /// Of an outcome that holds as declared and lacks the proof that is asked for at this stage.
    pub unproven: Option<Severity>,
}

impl BlockRule {
    /// Whether an outcome of a policy of this severity blocks.
    pub fn blocks(&self, outcome: &Outcome, severity: Severity) -> bool {
        let least = match outcome.verdict {
            Verdict::Fail => self.fail,
            Verdict::Undecided if outcome.sub_reasons() == [SubReason::NoLimit] => None,
            Verdict::Undecided => self.undecided,
            Verdict::Unproven => self.unproven,
            _ => None,
        };
        least.is_some_and(|least| severity >= least)
    }
}

/// Concludes from the outcomes of a case.
pub fn conclude(case: Case, mut outcomes: Vec<Outcome>, how: How) -> Assessment {
    let standings = waive::apply(&case, &mut outcomes, how);
    let profile = case.profile.blocks;
    let rule = how.rule.unwrap_or(BlockRule {
        fail: Some(profile.fail),
        undecided: Some(profile.undecided),
        unproven: Some(profile.unproven),
    });
    let severity = |outcome: &Outcome| case.policies[outcome.policy].file.severity;
    let blocks = outcomes.iter().map(|outcome| rule.blocks(outcome, severity(outcome))).collect();
    let mut totals: BTreeMap<Verdict, usize> = Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect();
    for outcome in &outcomes {
        *totals.entry(outcome.verdict).or_default() += 1;
    }
    Assessment { case, outcomes, blocks, totals, rule, standings, how }
}

impl Assessment {
    /// Whether anything blocks.
    pub fn blocked(&self) -> bool {
        self.blocks.contains(&true)
    }
}
