//! Arithmetic of numbers, dates and days.

use super::{Machine, number};
use crate::date::Period;
use crate::expression::trace::Unclear;
use crate::expression::typed::{Arithmetic, Expression};
use crate::expression::value::{Value, merge};

impl<'a> Machine<'_, 'a> {
    #[inline(never)]
    pub(super) fn arithmetic(&mut self, how: Arithmetic, a: &'a Expression, b: &'a Expression) -> Value<'a> {
        use Value::{Date, Days, Int, Number};
        let (a, b) = (self.value(a), self.value(b));
        let result = match (&a, &b) {
            (Int(a), Int(b)) => match how {
                Arithmetic::Add => a.checked_add(*b),
                Arithmetic::Subtract => a.checked_sub(*b),
                Arithmetic::Multiply => a.checked_mul(*b),
                Arithmetic::Divide => a.checked_div(*b),
                Arithmetic::Remainder => a.checked_rem(*b),
            }
            .map(Int),
            (Int(_) | Number(_), Int(_) | Number(_)) => {
                let (a, b) = (number(&a), number(&b));
                let result = match how {
                    Arithmetic::Add => a + b,
                    Arithmetic::Subtract => a - b,
                    Arithmetic::Multiply => a * b,
                    Arithmetic::Divide => a / b,
                    Arithmetic::Remainder => f64::NAN,
                };
                result.is_finite().then_some(Number(result))
            }
            (Value::Text(a), Value::Text(b)) => Some(Value::Text(format!("{a}{b}").into())),
            (Days(a0, a1), Days(b0, b1)) => Some(match how {
                Arithmetic::Add => Days(a0 + b0, a1 + b1),
                _ => Days(a0 - b1, a1 - b0),
            }),
            (Date(date, place), Days(least, most)) => {
                let (least, most) = if how == Arithmetic::Add { (*least, *most) } else { (-most, -least) };
                moved(*date, least, most).map(|date| Date(date, *place))
            }
            (Days(least, most), Date(date, place)) => {
                moved(*date, *least, *most).map(|date| Date(date, *place))
            }
            (Date(a, _), Date(b, _)) => {
                Some(Days((a.first - b.last).num_days(), (a.last - b.first).num_days()))
            }
            _ => return Value::Unknown(merge(self.causes(a), self.causes(b))),
        };
        match result {
            Some(value) => value,
            None => self.unclear(None, Unclear::NoResult),
        }
    }

    #[inline(never)]
    pub(super) fn negated(&mut self, of: &'a Expression) -> Value<'a> {
        match self.value(of) {
            Value::Int(number) => match number.checked_neg() {
                Some(number) => Value::Int(number),
                None => self.unclear(None, Unclear::NoResult),
            },
            Value::Number(number) => Value::Number(-number),
            Value::Days(least, most) => Value::Days(-most, -least),
            other => Value::Unknown(self.causes(other)),
        }
    }

    #[inline(never)]
    pub(super) fn days_of(&mut self, of: &'a Expression) -> Value<'a> {
        match self.value(of) {
            Value::Int(days) => Value::Days(days, days),
            other => Value::Unknown(self.causes(other)),
        }
    }
}

fn moved(date: Period, least: i64, most: i64) -> Option<Period> {
    Some(Period { first: date.plus_days(least)?.first, last: date.plus_days(most)?.last })
}
