//! Counts over all dossiers of a run.

use super::view::DossierView;
use crate::evaluate::outcome::Verdict;

/// What a run counted. The verdicts add up to the outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Dossiers that were judged.
    pub assessed: usize,
    /// Dossiers that could not be judged.
    pub refused: usize,
    /// Dossiers that gitignore kept out.
    pub ignored: usize,
    /// Outcomes.
    pub outcomes: usize,
    /// Outcomes that block.
    pub blocking: usize,
    verdicts: [usize; Verdict::ALL.len()],
}

impl Tally {
    /// The counts before the first dossier.
    pub fn start(ignored: usize) -> Tally {
        Tally { ignored, ..Tally::default() }
    }

    /// The counts of one judged dossier.
    pub fn of(view: &DossierView) -> Tally {
        let count = |verdict| {
            view.totals.iter().find(|total| total.verdict == verdict).map_or(0, |total| total.count)
        };
        Tally {
            assessed: 1,
            outcomes: view.outcome_count,
            blocking: view.blocking_count,
            verdicts: Verdict::ALL.map(count),
            ..Tally::default()
        }
    }

    /// The counts of one dossier that could not be judged.
    pub fn of_refused() -> Tally {
        Tally { refused: 1, ..Tally::default() }
    }

    /// Adds the counts of another.
    pub fn add(&mut self, other: &Tally) {
        self.assessed += other.assessed;
        self.refused += other.refused;
        self.ignored += other.ignored;
        self.outcomes += other.outcomes;
        self.blocking += other.blocking;
        for (own, others) in self.verdicts.iter_mut().zip(other.verdicts) {
            *own += others;
        }
    }

    /// How many outcomes have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let at = Verdict::ALL.iter().position(|known| *known == verdict);
        at.map_or(0, |at| self.verdicts[at])
    }
}
