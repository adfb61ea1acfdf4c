//! Which part of a condition decides, so that a reason names nothing that does not hold.

use super::{Facts, Trace, Truth, traced, truth};
use crate::expression::typed::{Expression, Kind};

/// What was read of a condition that does not hold, with the part that decides so.
pub fn refuted<'a>(condition: &'a Expression, facts: &Facts<'a>) -> Trace {
    let decides = part(condition, Truth::False, facts);
    let (_, trace) = traced(&decides, facts);
    Trace { unmet: Some(decides), ..trace }
}

/// The part that gives a condition its truth: of `a && b` that does not hold the first that does not,
/// of `a || b` that holds the first that does; of a choice the branch that was taken.
fn part<'a>(condition: &'a Expression, is: Truth, facts: &Facts<'a>) -> Expression {
    let whole = |kind| Expression { kind, ty: condition.ty.clone() };
    match (&condition.kind, is) {
        (Kind::Not(inner), Truth::False) => whole(Kind::Not(part(inner, Truth::True, facts).into())),
        (Kind::Not(inner), Truth::True) => whole(Kind::Not(part(inner, Truth::False, facts).into())),
        (Kind::And(a, b), Truth::False) | (Kind::Or(a, b), Truth::True) => {
            part(if truth(a, facts) == is { a } else { b }, is, facts)
        }
        (Kind::And(a, b), Truth::True) => {
            whole(Kind::And(part(a, is, facts).into(), part(b, is, facts).into()))
        }
        (Kind::Or(a, b), Truth::False) => {
            whole(Kind::Or(part(a, is, facts).into(), part(b, is, facts).into()))
        }
        (Kind::Choose(test, a, b), _) => match truth(test, facts) {
            Truth::Unknown => condition.clone(),
            chosen => {
                let branch = if chosen == Truth::True { a } else { b };
                // What a branch says by itself is said by the test alone.
                match &branch.kind {
                    Kind::Constant(_) | Kind::Parameter(..) if chosen == is => part(test, chosen, facts),
                    Kind::Constant(_) | Kind::Parameter(..) => {
                        whole(Kind::Not(part(test, chosen, facts).into()))
                    }
                    _ => part(branch, is, facts),
                }
            }
        },
        _ => condition.clone(),
    }
}
