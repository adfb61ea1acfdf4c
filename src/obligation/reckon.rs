//! From a case to the rows of its obligations. Reads no file and no clock.

use chrono::NaiveDate;

use super::deed::Found;
use super::row::{Rests, Row, State, When};
use super::{Day, Done, Due, Number, Obligation, parameter};
use crate::calendar::{Calendar, FirstDay, Length};
use crate::case::{Case, Document};
use crate::date::Period;
use crate::evaluate::outcome::Target;
use crate::evaluate::{item_path, list_gap, list_path};
use crate::expression::evaluate::{Facts, Truth, items, known, traced};
use crate::expression::trace::{Cause, FactPath, Gap, Step, Unclear};
use crate::expression::typed::{Expression, Kind, Root};
use crate::expression::value::Value;
use crate::schema::Unit;

/// What the documents of a case make due, in the order of the obligations and of the documents'
/// items. Of what recurs, due dates after `until` are left out.
pub fn rows(case: &Case, obligations: &[Obligation], calendar: &Calendar, until: NaiveDate) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, obligation) in obligations.iter().enumerate() {
        if obligation.needs_contract && case.own_operation {
            continue;
        }
        let mut list = |system: Option<(usize, &Document)>| {
            Lister { case, obligation, index, calendar, until }.list(system, &mut rows);
        };
        match obligation.reads_system && !case.systems.is_empty() {
            true => case.systems.iter().enumerate().for_each(|system| list(Some(system))),
            false => list(None),
        }
    }
    rows
}

struct Lister<'c> {
    case: &'c Case,
    obligation: &'c Obligation,
    index: usize,
    calendar: &'c Calendar,
    until: NaiveDate,
}

impl<'c> Lister<'c> {
    fn list(&self, system: Option<(usize, &'c Document)>, rows: &mut Vec<Row>) {
        let facts = self.case.facts(system.map(|(_, document)| document));
        let at = system.map(|(at, _)| at);
        let reckon = |target: Target, facts: &Facts<'c>, rows: &mut Vec<Row>| {
            let reckoner = Reckoner {
                obligation: self.obligation,
                index: self.index,
                calendar: self.calendar,
                as_of: self.case.as_of,
                until: self.until,
                system: system.and_then(|(_, document)| document.root.id()),
                facts: *facts,
                target,
            };
            reckoner.reckon(rows);
        };
        let Some(binding) = &self.obligation.for_each else {
            let target = at.map_or(Target::Dossier, Target::System);
            return reckon(target, &facts, rows);
        };
        let path = list_path(binding, system.map(|(_, document)| document));
        let gate = self.obligation.applies_when.as_ref().filter(|gate| !gate.reads_slot(0));
        if gate.is_some_and(|gate| traced(gate, &facts).0 == Truth::False) {
            return;
        }
        let open = |path: FactPath, cause: Cause, rows: &mut Vec<Row>| {
            let system = system.and_then(|(_, document)| document.root.id());
            rows.push(self.unlisted(Target::List { path, system: at }, system, cause));
        };
        let Some(listed) = items(&binding.list, &facts) else {
            return open(path, list_gap(binding, &facts), rows);
        };
        for item in listed {
            let facts = Facts { item: Some(item), item_list: Some((binding.root, &binding.fields)), ..facts };
            let target = Target::Item { path: item_path(&path, item), system: at, span: item.span };
            reckon(target, &facts, rows);
        }
        let root = match binding.root {
            Root::Contract => facts.contract,
            Root::System => facts.system,
            Root::Records => facts.records,
        };
        if root.open {
            let mut unlisted = path;
            unlisted.steps.push(Step::Item("*".to_owned()));
            let cause = Cause { path: unlisted.clone(), gap: Gap::Indeterminate(Unclear::OpenList) };
            open(unlisted, cause, rows);
        }
    }

    /// The row for items that nobody listed.
    fn unlisted(&self, target: Target, system: Option<&str>, cause: Cause) -> Row {
        Row {
            obligation: self.index,
            ground: path_of(&self.obligation.ground, &target, system),
            target,
            occurrence: "list".to_owned(),
            ordinal: None,
            due: When::Unknown,
            rests: Rests::Documents,
            without_holidays: false,
            state: State::Unknown,
            late: None,
            deed: None,
            planned: None,
            causes: vec![cause],
        }
    }
}

/// Reckons one obligation for one target.
pub(super) struct Reckoner<'c> {
    pub(super) obligation: &'c Obligation,
    index: usize,
    pub(super) calendar: &'c Calendar,
    pub(super) as_of: NaiveDate,
    pub(super) until: NaiveDate,
    system: Option<&'c str>,
    pub(super) facts: Facts<'c>,
    target: Target,
}

/// A due date as it was reckoned.
#[derive(Clone, Debug)]
pub(super) struct Reckoned {
    pub(super) when: When,
    pub(super) rests: Rests,
    pub(super) without_holidays: bool,
    pub(super) causes: Vec<Cause>,
}

/// A number as it was read.
pub(super) struct Amount {
    pub(super) count: i64,
    /// Whether working days are meant.
    business: bool,
    pub(super) rests: Rests,
}

impl Amount {
    /// So many times as much.
    pub(super) fn times(&self, number: i64) -> Amount {
        Amount {
            count: self.count.saturating_mul(number),
            business: self.business,
            rests: self.rests.clone(),
        }
    }
}

impl<'c> Reckoner<'c> {
    fn reckon(&self, rows: &mut Vec<Row>) {
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
            causes,
            ground: path_of(&self.obligation.ground, &self.target, self.system),
        }
    }

    /// Says that a deed settles the row.
    pub(super) fn settle(&self, row: &mut Row, deed: crate::obligation::row::Deed) {
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
            None if row.due == When::Unknown || doubtful => State::Unknown,
            None => State::Open,
        };
        let passed = row.due.period().is_none_or(|due| self.as_of > due.first);
        if passed {
            row.causes.extend(found.causes.iter().cloned());
        }
    }

    /// One due date.
    pub(super) fn day(&self, day: &'c Day) -> Reckoned {
        match day {
            Day::On(on) => self.date(on).map_or_else(unknown, |period| Reckoned {
                when: When::Known(period),
                rests: rests_of(on),
                without_holidays: false,
                causes: Vec::new(),
            }),
            Day::After { from, length, first_day } => {
                let from = self.date(from);
                let amount = self.amount(length);
                match (from, amount) {
                    (Ok(from), Ok(amount)) => self.after(from, length.unit, &amount, *first_day),
                    // Words without a number say more than a missing first day.
                    (_, Err(reckoned)) if matches!(reckoned.when, When::Wording(..)) => *reckoned,
                    (Err(mut causes), Err(reckoned)) => {
                        causes.extend(reckoned.causes);
                        unknown(causes)
                    }
                    (Err(causes), Ok(_)) => unknown(causes),
                    (Ok(_), Err(reckoned)) => *reckoned,
                }
            }
        }
    }

    /// The end of a length of time.
    pub(super) fn after(
        &self,
        from: Period,
        unit: Unit,
        amount: &Amount,
        first_day: Option<FirstDay>,
    ) -> Reckoned {
        let length = match (unit, amount.business) {
            (Unit::Months, _) => Length::Months(amount.count),
            (_, true) => Length::BusinessDays(amount.count),
            (_, false) => Length::Days(amount.count),
        };
        let end = self.calendar.end(from, length, first_day);
        let blind = end.is_some_and(|end| !self.calendar.knows_holidays(from.first, end.last));
        Reckoned {
            when: end.map_or(When::NoNumber, When::Known),
            rests: amount.rests.clone(),
            without_holidays: blind && self.calendar.asks_for_holidays(length),
            causes: Vec::new(),
        }
    }

    /// The date that an expression gives.
    pub(super) fn date(&self, date: &'c Expression) -> Result<Period, Vec<Cause>> {
        match known(date, &self.facts)? {
            Value::Date(period, _) => Ok(period),
            _ => Err(Vec::new()),
        }
    }

    /// The number that the documents give, or else the policy's.
    pub(super) fn amount(&self, number: &'c Number) -> Result<Amount, Box<Reckoned>> {
        let read = |expression: &'c Expression| match known(expression, &self.facts) {
            Ok(Value::Int(count)) => Ok(Some((count, false))),
            Ok(Value::AtLeast(count, _)) => Ok(Some((count, true))),
            Ok(_) => Ok(None),
            Err(causes) => Err(causes),
        };
        let amount = |found: Option<(i64, bool)>, expression: &Expression| match found {
            Some((count, business)) => Ok(Amount { count, business, rests: rests_of(expression) }),
            None => Err(Box::new(Reckoned { when: When::NoNumber, ..unknown(Vec::new()) })),
        };
        let causes = match read(&number.count) {
            Ok(found) => return amount(found, &number.count),
            Err(causes) => causes,
        };
        if let Some((words, path)) = causes.iter().find_map(wording) {
            return Err(Box::new(Reckoned { when: When::Wording(words, path), ..unknown(Vec::new()) }));
        }
        let silent = causes.iter().all(|cause| matches!(cause.gap, Gap::Missing(_) | Gap::NoRecord(_)));
        match &number.otherwise {
            Some(otherwise) if silent => match read(otherwise) {
                Ok(found) => amount(found, otherwise),
                Err(more) => Err(Box::new(unknown(more))),
            },
            _ => Err(Box::new(unknown(causes))),
        }
    }
}

pub(super) fn unknown(causes: Vec<Cause>) -> Reckoned {
    Reckoned { when: When::Unknown, rests: Rests::Documents, without_holidays: false, causes }
}

/// The words that stand where a number would, and the number's path.
fn wording(cause: &Cause) -> Option<(String, FactPath)> {
    match &cause.gap {
        Gap::NoLimit(words) => Some((words.clone(), cause.path.clone())),
        _ => None,
    }
}

fn rests_of(expression: &Expression) -> Rests {
    parameter(expression).map_or(Rests::Documents, Rests::Parameter)
}

/// The path that the expression of a ground means for a target.
fn path_of(ground: &Expression, target: &Target, system: Option<&str>) -> Option<FactPath> {
    match &ground.kind {
        Kind::Root(root) => {
            let system = system.filter(|_| *root == Root::System).map(str::to_owned);
            Some(FactPath { root: *root, system, steps: Vec::new() })
        }
        Kind::Variable(0) => match target {
            Target::Item { path, .. } => Some(path.clone()),
            _ => None,
        },
        Kind::Select(of, selected) => {
            let mut path = path_of(of, target, system)?;
            path.steps.push(Step::Field(selected.field.name));
            Some(path)
        }
        _ => None,
    }
}
