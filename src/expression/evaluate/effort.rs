//! What judging one dossier may cost: lists that are held against each other come from strangers.

use std::cell::Cell;

use super::Machine;
use crate::expression::trace::Unclear;
use crate::expression::value::{Causes, List};

/// The effort of a dossier (project default), in items looked at without a trace: about a second. The
/// dossiers of the examples take less than a hundredth of it.
const ALL: u64 = 4_000_000;

/// What an item costs of which it is kept what was read.
const TRACED: u64 = 10;

/// What an outcome costs: it may have to be written.
const OUTCOME: u64 = 200;

/// What is left of the effort for one dossier.
#[derive(Debug)]
pub struct Effort(Cell<Option<u64>>);

impl Default for Effort {
    fn default() -> Self {
        Effort::of(ALL)
    }
}

impl Effort {
    /// So many items.
    pub fn of(items: u64) -> Effort {
        Effort(Cell::new(Some(items)))
    }

    /// Takes the effort for an outcome.
    pub fn outcome(&self) {
        let _ = self.take(OUTCOME);
    }

    /// Whether more was asked than there is. What was judged since then is open.
    pub fn is_spent(&self) -> bool {
        self.0.get().is_none()
    }

    /// Whether there is enough; nothing is left where there is not.
    fn take(&self, cost: u64) -> bool {
        let left = self.0.get().and_then(|left| left.checked_sub(cost));
        self.0.set(left);
        left.is_some()
    }
}

impl<'a> Machine<'_, 'a> {
    /// The number of items of a list that are to be looked at, one by one.
    ///
    /// # Errors
    /// Why it cannot be told what they say: all effort is spent.
    pub(super) fn afford(&mut self, list: &List<'a>) -> Result<usize, Causes> {
        let items = list.items.len();
        let each = if self.traced { TRACED } else { 1 };
        if self.facts.effort.take(each.saturating_mul(items as u64)) {
            return Ok(items);
        }
        let unclear = self.unclear(list.place.as_ref(), Unclear::TooLong);
        Err(self.causes(unclear))
    }
}
