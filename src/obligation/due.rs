//! Due dates: what the documents state, what is counted from it, and what keeps it from being known.

use super::reckon::Reckoner;
use super::row::{Rests, When};
use super::{Day, Number, parameter};
use crate::calendar::{FirstDay, Length};
use crate::date::Period;
use crate::expression::evaluate::known;
use crate::expression::trace::{Cause, FactPath, Gap};
use crate::expression::typed::Expression;
use crate::expression::value::Value;
use crate::schema::Unit;

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
