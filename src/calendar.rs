//! The calendar of an office: how periods are counted, and which days are closed.
//!
//! The rules are data (`calendar/1`). Counting is pure: a day and a length of time in, the day on which
//! the period ends out; `None` where there is no such day.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::date::{Period, fiscal_year};
use crate::lang::Text;

/// The longest period that is counted, in days: a hundred years and a bit.
const LONGEST: i64 = 36_600;

/// `calendar/1`, typed after its schema passed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// Kind and format version.
    pub hadome: String,
    /// What the rules are called.
    pub title: Text,
    /// Where the rules come from.
    #[serde(default)]
    pub from: Option<Text>,
    /// Whether the first day of a period counts.
    pub first_day: FirstDay,
    /// What happens where the last day is closed.
    pub closed_day: ClosedDay,
    /// The days of the week that are closed, as English words.
    pub weekend: Vec<String>,
    /// What a year is in "twice a year".
    pub year: Year,
    /// Closed days besides the weekend.
    pub holidays: Vec<Holiday>,
}

/// A closed day besides the weekend.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day, as documents write dates.
    pub date: String,
    /// What it is called.
    #[serde(default)]
    pub name: Option<String>,
}

/// Whether the first day of a period counts (民法140条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstDay {
    /// 初日算入: the period begins with that day.
    Counted,
    /// 初日不算入: the period begins with the day after it.
    NotCounted,
}

/// The due date of a period that ends on a closed day (民法142条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedDay {
    /// That day all the same.
    Same,
    /// The next day that is open.
    Next,
    /// The last day before it that is open.
    Previous,
}

/// What a year is where something is due so many times a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Year {
    /// Twelve months from the first day on.
    Contract,
    /// From April to March (地方自治法208条).
    Fiscal,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Calendar days.
    Days(i64),
    /// Days on which the office is open.
    BusinessDays(i64),
    /// Months.
    Months(i64),
}

/// The counting rules of a run.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The rules as written.
    pub file: CalendarFile,
    weekend: Vec<Weekday>,
    holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Rules whose file fits its schema.
    ///
    /// # Errors
    /// The first holiday that is no single day, by its number.
    pub fn new(file: CalendarFile) -> Result<Calendar, usize> {
        let mut holidays = BTreeSet::new();
        for (at, holiday) in file.holidays.iter().enumerate() {
            holidays.insert(Period::parse(&holiday.date).and_then(Period::exact).ok_or(at)?);
        }
        let weekend = file.weekend.iter().filter_map(|word| word.parse().ok()).collect();
        Ok(Calendar { file, weekend, holidays })
    }

    /// Whether the office is closed on a day.
    pub fn is_closed(&self, day: NaiveDate) -> bool {
        self.weekend.contains(&day.weekday()) || self.holidays.contains(&day)
    }

    /// Whether holidays are listed for each year of a span; without them working days are counted by
    /// the days of the week alone.
    pub fn knows_holidays(&self, from: NaiveDate, to: NaiveDate) -> bool {
        (from.year()..=to.year()).all(|year| self.holidays.iter().any(|holiday| holiday.year() == year))
    }

    /// Whether the due date of a length of time hangs on which days are closed.
    pub fn asks_for_holidays(&self, length: Length) -> bool {
        matches!(length, Length::BusinessDays(_)) || self.file.closed_day != ClosedDay::Same
    }

    /// The last day of a period that is counted from a date: an interval where the date is one.
    pub fn end(&self, from: Period, length: Length, first_day: Option<FirstDay>) -> Option<Period> {
        let first_day = first_day.unwrap_or(self.file.first_day);
        let end = |from| self.last_day(from, length, first_day);
        Some(Period { first: end(from.first)?, last: end(from.last)? })
    }

    fn last_day(&self, from: NaiveDate, length: Length, first_day: FirstDay) -> Option<NaiveDate> {
        let start = match first_day {
            FirstDay::Counted => from,
            FirstDay::NotCounted => from.succ_opt()?,
        };
        match length {
            Length::Days(0) | Length::Months(0) | Length::BusinessDays(0) => Some(from),
            Length::Days(days @ 1..=LONGEST) => {
                self.settle(start.checked_add_days(Days::new(days.unsigned_abs() - 1))?)
            }
            Length::Months(months @ 1..=LONGEST) => self.settle(last_of_months(start, months)?),
            Length::BusinessDays(days @ 1..=LONGEST) => {
                let mut open = start.iter_days().filter(|day| !self.is_closed(*day));
                open.nth(usize::try_from(days).ok()? - 1)
            }
            _ => None,
        }
    }

    /// The due date of a period that ends on a day.
    fn settle(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut day = day;
        while self.is_closed(day) {
            day = match self.file.closed_day {
                ClosedDay::Same => return Some(day),
                ClosedDay::Next => day.succ_opt()?,
                ClosedDay::Previous => day.pred_opt()?,
            };
        }
        Some(day)
    }

    /// The years in which something is due so many times, from a first day on to a last day: each with
    /// its first and last day. Only the last is cut short.
    pub fn years(&self, first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
        let (mut years, mut start) = (Vec::new(), first);
        while start <= last && years.len() < 200 {
            let end = match self.file.year {
                Year::Contract => last_of_months(start, 12),
                Year::Fiscal => NaiveDate::from_ymd_opt(fiscal_year(start) + 1, 3, 31),
            };
            let Some(end) = end else { break };
            years.push((start, end.min(last)));
            let Some(next) = end.succ_opt() else { break };
            start = next;
        }
        years
    }
}

/// The last day of a period of months that begins with a day: the day before the one that corresponds
/// to it, or the month's last day where there is none (民法143条2項).
pub fn last_of_months(start: NaiveDate, months: i64) -> Option<NaiveDate> {
    let corresponding = start.checked_add_months(Months::new(u32::try_from(months).ok()?))?;
    if corresponding.day() == start.day() { corresponding.pred_opt() } else { Some(corresponding) }
}
