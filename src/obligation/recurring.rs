//! What recurs: again after each deed, at equal distances, or so many times a year.

use chrono::NaiveDate;

use super::deed::Found;
use super::due::{Reckoned, unknown};
use super::reckon::Reckoner;
use super::row::{Row, State, When};
use super::{Day, Done, Number};
use crate::calendar::last_of_months;
use crate::date::Period;
use crate::expression::typed::Expression;

/// The most due dates that one obligation has for one target.
const MOST: i64 = 400;

impl<'c> Reckoner<'c> {
    /// Due a length of time after the newest deed.
    pub(super) fn every(
        &self,
        interval: &'c Number,
        first: &'c Day,
        until: Option<&'c Expression>,
        found: &Found,
        rows: &mut Vec<Row>,
    ) {
        let last = until.and_then(|until| self.date(until).ok());
        if matches!(self.obligation.done, Done::Unrecorded) {
            return self.at_equal_distances(interval, first, last, found, rows);
        }
        let dated: Vec<_> = found.done.iter().filter(|deed| deed.on.is_some()).collect();
        let (previous, newest) = match dated.as_slice() {
            [.., previous, newest] => (Some(*previous), Some(*newest)),
            [newest] => (None, Some(*newest)),
            [] => (None, None),
        };
        let next = match newest.and_then(|deed| Some((deed, deed.on?))) {
            Some((deed, on)) => (format!("after {}", deed.path), self.interval(on, interval)),
            None => ("first".to_owned(), self.day(first)),
        };
        if let Some(newest) = newest {
            let (occurrence, due) = match previous.and_then(|deed| Some((deed, deed.on?))) {
                Some((deed, on)) => (format!("after {}", deed.path), self.interval(on, interval)),
                None => ("first".to_owned(), self.day(first)),
            };
            // What was done so early that it is due again before it was first due does not settle the first
            // due date: the duty would be shown twice, done and open.
            let again = next.1.when.period().zip(due.when.period());
            if previous.is_some() || again.is_none_or(|(next, first)| next.first > first.last) {
                let mut row = self.row(&occurrence, due);
                self.settle(&mut row, newest.clone());
                rows.push(row);
            }
        }
        let (occurrence, due) = next;
        if self.in_range(&due.when, last) {
            let mut row = self.row(&occurrence, due);
            self.leave_open(&mut row, found);
            rows.push(row);
        }
    }

    fn interval(&self, from: Period, interval: &'c Number) -> Reckoned {
        match self.amount(interval) {
            Ok(amount) if amount.count < 1 => Reckoned { when: When::NoNumber, ..unknown(Vec::new()) },
            Ok(amount) => self.after(from, interval.unit, &amount, None),
            Err(reckoned) => *reckoned,
        }
    }

    /// Whether a due date can arise at all: not once the contract has ended, and not where it lies
    /// beyond what was asked for. What is not known is kept.
    fn in_range(&self, due: &When, last: Option<Period>) -> bool {
        let Some(due) = due.period() else { return true };
        due.first <= self.until && last.is_none_or(|last| due.first <= last.last)
    }

    /// Nobody records it, so no deed moves the due dates: the last that has passed, and those to come.
    fn at_equal_distances(
        &self,
        interval: &'c Number,
        first: &'c Day,
        last: Option<Period>,
        found: &Found,
        rows: &mut Vec<Row>,
    ) {
        let start = self.day(first);
        let amount = match self.amount(interval) {
            Ok(amount) if amount.count > 0 => amount,
            Ok(_) => return rows.push(self.row("first", Reckoned { when: When::NoNumber, ..start })),
            Err(reckoned) => return rows.push(self.row("first", *reckoned)),
        };
        let origin = match first {
            Day::After { from, first_day, .. } => self.date(from).ok().map(|from| (from, *first_day)),
            Day::On(_) => start.when.period().map(|from| (from, None)),
        };
        let Some((origin, first_day)) = origin.filter(|_| start.when.period().is_some()) else {
            return rows.push(self.row("first", start));
        };
        let mut passed = None;
        for number in 1..=MOST {
            let due = match (number, first) {
                (1, _) => start.clone(),
                // From the first day on, so that a month's end stays one.
                (number, Day::After { .. }) => {
                    let amount = amount.times(number);
                    self.after(origin, interval.unit, &amount, first_day)
                }
                (number, Day::On(_)) => self.after(origin, interval.unit, &amount.times(number - 1), None),
            };
            if due.when.period().is_none() || !self.in_range(&due.when, last) {
                break;
            }
            let mut row = self.row(&format!("number {number}"), due);
            self.leave_open(&mut row, found);
            match row.due.period().is_some_and(|due| due.last < self.as_of) {
                true => passed = Some(row),
                false => {
                    rows.extend(passed.take());
                    rows.push(row);
                }
            }
        }
        rows.extend(passed);
    }

    /// So many times in each year from a day on.
    pub(super) fn yearly(
        &self,
        times: &'c Number,
        (from, until): (&'c Expression, Option<&'c Expression>),
        first: Option<&'c Day>,
        found: &Found,
        rows: &mut Vec<Row>,
    ) {
        let start = match self.date(from) {
            Ok(start) => start,
            Err(causes) => return self.undated(unknown(causes), found, rows),
        };
        let amount = match self.amount(times) {
            Ok(amount) if (1..=MOST).contains(&amount.count) => amount,
            Ok(_) => {
                return self.undated(Reckoned { when: When::NoNumber, ..unknown(Vec::new()) }, found, rows);
            }
            Err(reckoned) => return self.undated(*reckoned, found, rows),
        };
        let last = until.and_then(|until| self.date(until).ok());
        let end = last.map_or(self.until, |last| last.last.min(self.until.max(self.as_of)));
        // A year that goes on after the days asked for is whole all the same.
        let years = match last {
            Some(last) => self.calendar.years(start.first, last.last),
            None => self.calendar.years(start.first, last_of_months(end, 24).unwrap_or(end)),
        };
        let current = years.iter().rposition(|(from, _)| *from <= self.as_of).unwrap_or_default();
        for (number, &(from, to)) in years.iter().enumerate() {
            if number + 1 < current || (number > current && to > self.until) {
                continue;
            }
            let whole = Some(to) == last_of_months(from, 12);
            let due = Reckoned {
                when: match whole {
                    true => When::Known(Period { first: to, last: shifted(start, to) }),
                    false => When::PartOfYear(Period { first: from, last: to }),
                },
                rests: amount.rests.clone(),
                without_holidays: false,
                causes: Vec::new(),
            };
            let first = first.filter(|_| number == 0).map(|first| self.day(first));
            let mut year = self.year((number, from, to), amount.count, due, first, found);
            if number < current {
                // Of the year before, what was left undone.
                year.retain(|row| row.state != State::Done);
            }
            rows.extend(year);
        }
    }

    /// The rows of one year.
    fn year(
        &self,
        (number, from, to): (usize, NaiveDate, NaiveDate),
        times: i64,
        due: Reckoned,
        first: Option<Reckoned>,
        found: &Found,
    ) -> Vec<Row> {
        let inside = |day: Period| day.last >= from && day.first <= to;
        let mut done = found.done.iter().filter(|deed| deed.on.is_some_and(inside));
        let mut planned = found.planned.iter().copied().filter(|day| inside(*day));
        let mut rows = Vec::new();
        for time in 1..=times {
            let due = match (&first, time) {
                (Some(first), 1) if first.when.period().is_some_and(|day| day.last <= to) => first.clone(),
                _ => due.clone(),
            };
            let mut row = self.row(&format!("year {number} time {time}"), due);
            row.ordinal = Some((time, times));
            match done.next() {
                Some(deed) => self.settle(&mut row, deed.clone()),
                None => {
                    self.leave_open(&mut row, found);
                    row.planned = planned.next();
                }
            }
            rows.push(row);
        }
        rows
    }

    /// A recurring obligation of which no due date can be told.
    fn undated(&self, due: Reckoned, found: &Found, rows: &mut Vec<Row>) {
        let mut row = self.row("undated", due);
        match found.newest() {
            Some(newest) => self.settle(&mut row, newest.clone()),
            None => self.leave_open(&mut row, found),
        }
        if row.state == State::Done {
            // Done once; whether often enough cannot be told.
            row.state = State::Unknown;
        }
        rows.push(row);
    }
}

/// The last day of a year whose first day is known by its month only.
fn shifted(start: Period, to: NaiveDate) -> NaiveDate {
    let slack = (start.last - start.first).num_days();
    Period::day(to).plus_days(slack).map_or(to, |period| period.last)
}
