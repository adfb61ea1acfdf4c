//! Comparison of values, of which only bounds may be known.

use std::cmp::Ordering;

use super::{Judged, Machine, Truth, negate, number};
use crate::expression::trace::Unclear;
use crate::expression::typed::Comparison;
use crate::expression::value::{Place, Value, merge};

impl<'a> Machine<'_, 'a> {
    pub(super) fn compare(&mut self, how: Comparison, a: &Value<'a>, b: &Value<'a>) -> Judged {
        use Value::{AtLeast, Date, Days, Int, Number};
        let truth = match (a, b) {
            (Value::Bool(a), Value::Bool(b)) => by_order(how, a.cmp(b)),
            (Int(a), Int(b)) => by_order(how, a.cmp(b)),
            (Value::Text(a), Value::Text(b)) => by_order(how, a.as_ref().cmp(b.as_ref())),
            (Int(_) | Number(_), Int(_) | Number(_)) => match number(a).partial_cmp(&number(b)) {
                Some(order) => by_order(how, order),
                None => Truth::Unknown,
            },
            (AtLeast(least, place), other @ (Int(_) | Number(_))) => {
                let truth = by_interval(how, (*least as f64, f64::INFINITY), (number(other), number(other)));
                return self.clear(truth, Some(place), Unclear::WorkingDays);
            }
            (other @ (Int(_) | Number(_)), AtLeast(least, place)) => {
                let truth = by_interval(how, (number(other), number(other)), (*least as f64, f64::INFINITY));
                return self.clear(truth, Some(place), Unclear::WorkingDays);
            }
            (Date(a, left), Date(b, right)) => {
                let truth = by_interval(how, (a.first, a.last), (b.first, b.last));
                let place = [left, right].into_iter().flatten().next();
                return self.clear(truth, place, Unclear::Straddles);
            }
            (Days(a0, a1), Days(b0, b1)) => {
                return self.clear(by_interval(how, (*a0, *a1), (*b0, *b1)), None, Unclear::Straddles);
            }
            _ => {
                let causes = merge(self.causes(a.clone()), self.causes(b.clone()));
                return (Truth::Unknown, causes);
            }
        };
        (truth, None)
    }

    fn clear(&mut self, truth: Truth, place: Option<&Place<'a>>, why: Unclear) -> Judged {
        match truth {
            Truth::Unknown => {
                let unclear = self.unclear(place, why);
                (Truth::Unknown, self.causes(unclear))
            }
            truth => (truth, None),
        }
    }
}

fn by_order(how: Comparison, order: Ordering) -> Truth {
    let holds = match how {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    };
    if holds { Truth::True } else { Truth::False }
}

/// Compares two values of which only bounds are known.
fn by_interval<T: PartialOrd>(how: Comparison, a: (T, T), b: (T, T)) -> Truth {
    let decide = |surely: bool, never: bool| match (surely, never) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    };
    match how {
        Comparison::Less => decide(a.1 < b.0, a.0 >= b.1),
        Comparison::AtMost => decide(a.1 <= b.0, a.0 > b.1),
        Comparison::Greater => decide(a.0 > b.1, a.1 <= b.0),
        Comparison::AtLeast => decide(a.0 >= b.1, a.1 < b.0),
        Comparison::Equal | Comparison::NotEqual => {
            let apart = a.1 < b.0 || b.1 < a.0;
            let same = a.0 == a.1 && b.0 == b.1 && a.0 == b.0;
            let equal = decide(same, apart);
            if how == Comparison::Equal { equal } else { negate(equal) }
        }
    }
}
