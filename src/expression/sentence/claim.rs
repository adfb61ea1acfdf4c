//! What an expression claims: the same in each language.

use super::value::item_type;
use crate::expression::typed::{Comparison, Constant, Expression, Kind, Quantifier};
use crate::expression::types::Type;
use crate::schema::{Field, Unit};

/// What an expression claims, the same in each language.
pub(super) enum Claim<'e> {
    /// All of them hold; at least two, none of them `All`.
    All(Vec<Claim<'e>>),
    /// One of them holds; at least two, none of them `Any`.
    Any(Vec<Claim<'e>>),
    /// The second holds where the first does, and where it does not, the third.
    When(Box<Claim<'e>>, Box<Claim<'e>>, Option<Box<Claim<'e>>>),
    /// The claim holds for so many items of a list.
    Each { how: Quantifier, over: &'e Expression, slot: usize, body: Box<Claim<'e>>, negated: bool },
    /// Known words are in a list: all of them, or one; or are not.
    Includes { how: Quantifier, words: Vec<&'e Constant>, list: &'e Expression, negated: bool },
    /// Something beside known words is in a list, or nothing is.
    IncludesOther { words: Vec<&'e Constant>, list: &'e Expression, negated: bool },
    /// Anything else, or its opposite.
    Atom(&'e Expression, bool),
}

/// Reads an expression. `implies` turns `!a || b` and `!(a && !b)` into "where a, b", which reads
/// well in a demand and badly in a condition.
pub(super) fn claim_of(expression: &Expression, negated: bool, implies: bool) -> Claim<'_> {
    let of = |inner, negated| claim_of(inner, negated, implies);
    match &expression.kind {
        Kind::Not(inner) => of(inner, !negated),
        Kind::Or(..) if implies && !negated && is_denial(first_of(expression)) => {
            let mut parts = Vec::new();
            alternatives(expression, &mut parts);
            let rest = parts.iter().skip(1).map(|part| of(part, false)).reduce(|a, b| joined(false, a, b));
            match (parts.first(), rest) {
                (Some(first), Some(rest)) => when(of(first, true), rest),
                _ => Claim::Atom(expression, negated),
            }
        }
        Kind::And(a, b) if implies && negated => when(of(a, false), of(b, true)),
        Kind::And(a, b) => joined(!negated, of(a, negated), of(b, negated)),
        Kind::Or(a, b) => joined(negated, of(a, negated), of(b, negated)),
        Kind::Choose(test, a, b) => match (truth_of(a), truth_of(b)) {
            (_, Some(truth)) if truth != negated => when(of(test, false), of(a, negated)),
            (Some(truth), _) if truth != negated => when(of(test, true), of(b, negated)),
            (_, Some(_)) => joined(true, of(test, false), of(a, negated)),
            (Some(_), _) => joined(true, of(test, true), of(b, negated)),
            _ => {
                let other = Some(Box::new(of(b, negated)));
                Claim::When(Box::new(of(test, false)), Box::new(of(a, negated)), other)
            }
        },
        Kind::Compare(how @ (Comparison::Equal | Comparison::NotEqual), a, b) if a.ty == Type::Bool => {
            let differs = *how == Comparison::NotEqual;
            match (truth_of(a), truth_of(b)) {
                (_, Some(truth)) => of(a, negated ^ differs ^ !truth),
                (Some(truth), _) => of(b, negated ^ differs ^ !truth),
                _ => Claim::Atom(expression, negated),
            }
        }
        Kind::Quantify(how, over, slot, body) => quantified(*how, over, *slot, body, negated, implies),
        _ => Claim::Atom(expression, negated),
    }
}

/// The second where the first holds; conditions one behind another are one.
fn when<'e>(test: Claim<'e>, then: Claim<'e>) -> Claim<'e> {
    match then {
        Claim::When(further, then, None) => Claim::When(Box::new(joined(true, test, *further)), then, None),
        then => Claim::When(Box::new(test), Box::new(then), None),
    }
}

fn quantified<'e>(
    how: Quantifier,
    over: &'e Expression,
    slot: usize,
    body: &'e Expression,
    negated: bool,
    implies: bool,
) -> Claim<'e> {
    let turned = match how {
        Quantifier::All if negated => Quantifier::Exists,
        Quantifier::Exists if negated => Quantifier::All,
        other => other,
    };
    let one = how == Quantifier::ExistsOne;
    if !one && let Some(words) = constants(over) {
        let (body, inner) = match &body.kind {
            Kind::Not(inner) => (&**inner, true),
            _ => (body, false),
        };
        if let Kind::In(item, list) = &body.kind
            && matches!(item.kind, Kind::Variable(known) if known == slot)
            && !list.reads_slot(slot)
        {
            return Claim::Includes { how: turned, words, list, negated: inner != negated };
        }
    } else if !one && let Some((words, among)) = membership(body, slot) {
        let (every, among) = (turned == Quantifier::All, among != negated);
        return if every == among {
            Claim::IncludesOther { words, list: over, negated: every }
        } else {
            Claim::Includes { how: turned, words, list: over, negated: every }
        };
    }
    let body = Box::new(claim_of(body, negated && !one, implies));
    Claim::Each { how: turned, over, slot, body, negated: negated && one }
}

/// The known words among which an item must be, or must not be.
fn membership(body: &Expression, slot: usize) -> Option<(Vec<&Constant>, bool)> {
    let named = |side: &Expression| matches!(side.kind, Kind::Variable(known) if known == slot);
    match &body.kind {
        Kind::Not(inner) => membership(inner, slot).map(|(words, among)| (words, !among)),
        Kind::In(item, list) if named(item) => Some((constants(list)?, true)),
        Kind::Compare(how @ (Comparison::Equal | Comparison::NotEqual), a, b) if named(a) || named(b) => {
            let other = if named(a) { b } else { a };
            Some((vec![known(other)?], *how == Comparison::Equal))
        }
        _ => None,
    }
}

/// The leftmost of a chain of `||`.
fn first_of(expression: &Expression) -> &Expression {
    match &expression.kind {
        Kind::Or(a, _) => first_of(a),
        _ => expression,
    }
}

fn is_denial(expression: &Expression) -> bool {
    matches!(expression.kind, Kind::Not(_) | Kind::Compare(Comparison::NotEqual, ..))
}

/// The parts of a chain of `||`.
fn alternatives<'e>(expression: &'e Expression, parts: &mut Vec<&'e Expression>) {
    match &expression.kind {
        Kind::Or(a, b) => {
            alternatives(a, parts);
            alternatives(b, parts);
        }
        _ => parts.push(expression),
    }
}

fn joined<'e>(all: bool, a: Claim<'e>, b: Claim<'e>) -> Claim<'e> {
    let parts = [a, b].into_iter().flat_map(|part| match part {
        Claim::All(parts) if all => parts,
        Claim::Any(parts) if !all => parts,
        part => vec![part],
    });
    if all { Claim::All(parts.collect()) } else { Claim::Any(parts.collect()) }
}

pub(super) fn truth_of(expression: &Expression) -> Option<bool> {
    match expression.kind {
        Kind::Constant(Constant::Bool(truth)) | Kind::Parameter(_, Constant::Bool(truth)) => Some(truth),
        _ => None,
    }
}

/// The value of a literal or a parameter.
pub(super) fn known(expression: &Expression) -> Option<&Constant> {
    match &expression.kind {
        Kind::Constant(value) | Kind::Parameter(_, value) => Some(value),
        _ => None,
    }
}

/// The items of a list that is known when the policy is loaded.
pub(super) fn constants(list: &Expression) -> Option<Vec<&Constant>> {
    match (&list.kind, known(list)) {
        (_, Some(Constant::List(items))) => Some(items.iter().collect()),
        (Kind::List(items), _) => items.iter().map(known).collect(),
        _ => None,
    }
}

/// Whether a value is no field of a document, so that the other side makes the better subject.
fn is_fixed(expression: &Expression) -> bool {
    let mut reads = false;
    expression.walk(&mut |inner| {
        reads |= matches!(inner.kind, Kind::Select(..) | Kind::Variable(_) | Kind::Stage);
    });
    !reads
}

/// Whether an expression names an item or a document: its id.
pub(super) fn is_identity(expression: &Expression) -> bool {
    matches!(&expression.kind, Kind::Select(_, field) if field.name == "id")
}

/// Of `list.map(s, s.id)` the list whose items are named there.
pub(super) fn ids_of(list: &Expression) -> Option<&Expression> {
    match &list.kind {
        Kind::Map(of, _, body) if is_identity(body) => Some(of),
        _ => None,
    }
}

/// The items of a list of objects.
pub(super) fn object_items(list: &Expression) -> Option<Field> {
    match item_type(&list.ty) {
        Type::Object(field) => Some(*field),
        _ => None,
    }
}

/// A comparison of which the better subject stands first.
pub(super) fn oriented<'e>(
    how: Comparison,
    a: &'e Expression,
    b: &'e Expression,
) -> (Comparison, &'e Expression, &'e Expression) {
    let mirrored = match how {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    };
    let weak = |side: &Expression| is_fixed(side) || is_identity(side);
    let swap = (is_fixed(a) && !is_fixed(b)) || (weak(a) && !weak(b));
    if swap { (mirrored, b, a) } else { (how, a, b) }
}

/// The opposite of a comparison.
pub(super) fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Greater => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

/// `x > 0` of whole numbers says "at least one", `x <= 0` of what is counted "none".
pub(super) fn at_least_one(how: Comparison, a: &Expression, b: &Expression) -> (Comparison, Option<i64>) {
    let whole = matches!(a.ty, Type::Int(_));
    match (how, known(b)) {
        (Comparison::Greater, Some(Constant::Int(0))) if whole => (Comparison::AtLeast, Some(1)),
        // What is counted is never less than none.
        (Comparison::AtMost, Some(Constant::Int(0))) if a.ty.unit() == Some(Unit::Count) => {
            (Comparison::Equal, Some(0))
        }
        _ => (how, None),
    }
}

/// Whether it is a number of days that the policy gives.
pub(super) fn known_days(expression: &Expression) -> bool {
    matches!(&expression.kind, Kind::DaysOf(of) if known(of).is_some())
}

/// What the name of a slot is compared with in a claim, so that its values get their labels.
pub(super) fn slot_type(claim: &Claim, slot: usize) -> Type {
    let named = |expression: &Expression| matches!(expression.kind, Kind::Variable(known) if known == slot);
    let mut found = Type::Nothing;
    let mut visit = |expression: &Expression| match &expression.kind {
        Kind::Compare(_, a, b) if named(a) => found = b.ty.clone(),
        Kind::Compare(_, a, b) if named(b) => found = a.ty.clone(),
        Kind::In(item, list) if named(item) => found = item_type(&list.ty).clone(),
        _ => {}
    };
    visit_claim(claim, &mut visit);
    found
}

fn visit_claim(claim: &Claim, visit: &mut dyn FnMut(&Expression)) {
    match claim {
        Claim::All(parts) | Claim::Any(parts) => parts.iter().for_each(|part| visit_claim(part, visit)),
        Claim::When(test, then, other) => {
            [Some(test), Some(then), other.as_ref()]
                .into_iter()
                .flatten()
                .for_each(|part| visit_claim(part, visit));
        }
        Claim::Each { over, body, .. } => {
            over.walk(&mut |inner| visit(inner));
            visit_claim(body, visit);
        }
        Claim::Includes { list, .. } | Claim::IncludesOther { list, .. } => {
            list.walk(&mut |inner| visit(inner))
        }
        Claim::Atom(expression, _) => expression.walk(&mut |inner| visit(inner)),
    }
}

/// More parts than this, or parts that are no plain statements, are numbered.
const INLINE_PARTS: usize = 3;

pub(super) fn is_inline(parts: &[Claim]) -> bool {
    parts.len() <= INLINE_PARTS && parts.iter().all(is_plain)
}

pub(super) fn is_plain(part: &Claim) -> bool {
    matches!(part, Claim::Atom(..) | Claim::Includes { .. } | Claim::IncludesOther { .. })
}

/// Whether a part at the end of a sentence needs no brackets: what it is about is said first.
pub(super) fn ends_well(part: &Claim) -> bool {
    is_plain(part) || matches!(part, Claim::Each { .. })
}
