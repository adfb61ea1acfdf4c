//! One obligation of one target: its due dates and how it stands.

use chrono::NaiveDate;

use super::deed::Found;
use super::due::Reckoned;
use super::list::path_of;
use super::row::{Deed, Rests, Row, State, When};
use super::{Done, Due, Obligation};
use crate::calendar::Calendar;
use crate::evaluate::outcome::Target;
use crate::expression::evaluate::{Facts, Truth, traced};

/// Reckons one obligation for one target.
pub(super) struct Reckoner<'c> {
    pub(super) obligation: &'c Obligation,
    pub(super) index: usize,
    pub(super) calendar: &'c Calendar,
    pub(super) as_of: NaiveDate,
    pub(super) until: NaiveDate,
    pub(super) system: Option<&'c str>,
    pub(super) facts: Facts<'c>,
    pub(super) target: Target,
}

impl<'c> Reckoner<'c> {
    pub(super) fn reckon(&self, rows: &mut Vec<Row>) {
        let gate = self.obligation.applies_when.as_ref().map(|gate| traced(gate, &self.facts));
        let doubts = match gate {
            Some((Truth::False, _)) => return,
            Some((Truth::Unknown, trace)) => trace.causes,
            Some((Truth::True, _)) | None => Vec::new(),
        };
        let found = Found::search(&self.obligation.done, &self.facts, self.as_of);
        let before = rows.len();
        match &self.obligation.due {
            Due::Once(day) => rows.push(self.once(self.day(day), &found)),
            Due::Every { interval, first, until } => {
                self.every(interval, first, until.as_ref(), &found, rows);
            }
            Due::Yearly { times, from, first, until } => {
                self.yearly(times, (from, until.as_ref()), first.as_ref(), &found, rows);
            }
            Due::Wording(_) => {
                let due = Reckoned {
                    when: When::LegalWording,
                    rests: Rests::Documents,
                    without_holidays: false,
                    causes: Vec::new(),
                };
                rows.push(self.once(due, &found));
            }
        }
        self.keep_in_range(before, rows);
        for row in &mut rows[before..] {
            if !doubts.is_empty() && row.state == State::Overdue {
                row.state = State::Unknown;
            }
            row.causes.extend(doubts.iter().cloned());
            row.causes.sort();
            row.causes.dedup();
        }
    }

    /// What is not due until after the last day asked for is left out.
    fn keep_in_range(&self, before: usize, rows: &mut Vec<Row>) {
        let later = |row: &Row| row.due.period().is_some_and(|due| due.first > self.until);
        let kept: Vec<Row> =
            rows.drain(before..).filter(|row| row.state != State::Open || !later(row)).collect();
        rows.extend(kept);
    }

    /// What is due once: done by the first deed.
    fn once(&self, due: Reckoned, found: &Found) -> Row {
        let mut row = self.row("once", due);
        match found.done.first() {
            Some(deed) => self.settle(&mut row, deed.clone()),
            None if found.settled => row.state = State::Done,
            None => self.leave_open(&mut row, found),
        }
        row
    }

    /// A row whose state is still to be found.
    pub(super) fn row(&self, occurrence: &str, due: Reckoned) -> Row {
        let Reckoned { when, rests, without_holidays, causes } = due;
        Row {
            obligation: self.index,
            target: self.target.clone(),
            occurrence: occurrence.to_owned(),
            ordinal: None,
            due: when,
            rests,
            without_holidays,
            state: State::Unknown,
            late: None,
            deed: None,
            planned: None,
            contradicted: false,
            causes,
            ground: path_of(&self.obligation.ground, &self.target, self.system),
        }
    }

    /// Says that a deed settles the row.
    pub(super) fn settle(&self, row: &mut Row, deed: Deed) {
        row.state = State::Done;
        row.late = match (row.due.period(), deed.on) {
            (Some(due), Some(on)) if on.first > due.last => Some(true),
            (Some(due), Some(on)) if on.last <= due.first => Some(false),
            _ => None,
        };
        row.deed = Some(deed);
    }

    /// Finds the state of what is not recorded as done.
    pub(super) fn leave_open(&self, row: &mut Row, found: &Found) {
        row.planned = row.planned.or(found.planned.first().copied());
        let doubtful = !found.causes.is_empty() || matches!(self.obligation.done, Done::Unrecorded);
        row.state = match row.due.period() {
            Some(due) if self.as_of <= due.first => State::Open,
            Some(due) if self.as_of > due.last && !doubtful => State::Overdue,
            Some(due) if self.as_of > due.last => State::Unknown,
            // Known by its month only, and the month has begun.
            Some(_) => State::Unknown,
            None => match &row.due {
                When::Wording(..) | When::LegalWording if !doubtful => State::Open,
                When::PartOfYear(year) if self.as_of <= year.last => State::Open,
                _ => State::Unknown,
            },
        };
        let passed = row.due.period().is_none_or(|due| self.as_of > due.first);
        if passed {
            row.causes.extend(found.causes.iter().cloned());
        }
    }
}
