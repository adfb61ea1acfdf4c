//! What one condition asks of the facts: which question, and which answers meet it.

use crate::expression::typed::{Comparison, Constant, Expression, Kind};
use crate::expression::types::Type;
use crate::stage::Stage;

/// A condition that is no logic of others.
pub struct Asked {
    /// The question; conditions that ask the same have the same.
    pub key: String,
    /// Whether the condition is met by the contrary.
    pub contrary: bool,
    /// What it takes to meet it.
    pub wanted: Wanted,
}

/// What it takes to meet a condition.
pub enum Wanted {
    /// A choice or the stage is one of some words.
    OneOf {
        /// All its words.
        words: Vec<String>,
        /// Those that meet the condition.
        accepted: Vec<String>,
    },
    /// A number stands so to a bound.
    Bound(Comparison, f64),
    /// Yes.
    Yes,
}

impl Asked {
    /// What a condition asks; the stage is one of the policy's own.
    pub fn by(condition: &Expression, stages: &[Stage]) -> Asked {
        let of = |of: &Expression, wanted| Asked { key: key(of), contrary: false, wanted };
        match &condition.kind {
            Kind::Compare(how, a, b) => {
                let (side, how, bound) = match (value(a), value(b)) {
                    (None, Some(bound)) => (a, *how, bound),
                    (Some(bound), None) => (b, mirrored(*how), bound),
                    _ => return plain(*how, a, b),
                };
                match wanted(side, how, &bound, stages) {
                    Some(wanted) => of(side, wanted),
                    None => plain(how, a, b),
                }
            }
            Kind::In(side, list) if is_choice(side) => match value(list) {
                Some(Constant::List(items)) => {
                    let accepted = items.iter().filter_map(word).collect();
                    of(side, Wanted::OneOf { words: words(side, stages), accepted })
                }
                _ => of(condition, Wanted::Yes),
            },
            _ => of(condition, Wanted::Yes),
        }
    }
}

fn wanted(of: &Expression, how: Comparison, bound: &Constant, stages: &[Stage]) -> Option<Wanted> {
    match (how, bound) {
        (Comparison::Equal | Comparison::NotEqual, Constant::Text(text)) if is_choice(of) => {
            let words = words(of, stages);
            let equal = how == Comparison::Equal;
            let accepted = words.iter().filter(|word| (***word == **text) == equal).cloned().collect();
            Some(Wanted::OneOf { words, accepted })
        }
        #[allow(clippy::cast_precision_loss, reason = "bounds of contracts are far below 2^53")]
        (_, Constant::Int(bound)) => Some(Wanted::Bound(how, *bound as f64)),
        (_, Constant::Number(bound)) => Some(Wanted::Bound(how, *bound)),
        _ => None,
    }
}

fn is_choice(of: &Expression) -> bool {
    matches!(of.ty, Type::Enum(_) | Type::Stage)
}

fn words(of: &Expression, stages: &[Stage]) -> Vec<String> {
    match &of.ty {
        Type::Enum(field) => field.words().map(str::to_owned).collect(),
        _ => stages.iter().map(|stage| stage.word().to_owned()).collect(),
    }
}

/// What is known of an expression at load.
fn value(expression: &Expression) -> Option<Constant> {
    match &expression.kind {
        Kind::Constant(constant) | Kind::Parameter(_, constant) => Some(constant.clone()),
        Kind::List(items) => Some(Constant::List(items.iter().map(value).collect::<Option<_>>()?)),
        _ => None,
    }
}

fn word(constant: &Constant) -> Option<String> {
    match constant {
        Constant::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

fn mirrored(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

fn key(of: &Expression) -> String {
    format!("{:?}", of.kind)
}

/// Any other comparison: one question for it, its mirror image and its contrary.
fn plain(how: Comparison, a: &Expression, b: &Expression) -> Asked {
    let (a, b) = (key(a), key(b));
    let (how, a, b) = if a <= b { (how, a, b) } else { (mirrored(how), b, a) };
    let (sign, contrary) = match how {
        Comparison::Equal => ("=", false),
        Comparison::NotEqual => ("=", true),
        Comparison::Less => ("<", false),
        Comparison::AtLeast => ("<", true),
        Comparison::AtMost => ("<=", false),
        Comparison::Greater => ("<=", true),
    };
    Asked { key: format!("{a} {sign} {b}"), contrary, wanted: Wanted::Yes }
}
