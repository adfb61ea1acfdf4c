//! Which types go together, and what type comes of it.

use crate::expression::problem::Problem;
use crate::expression::typed::{Arithmetic, Comparison, Constant};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::schema::Unit;

pub(super) fn mismatch(operator: &str, types: &[&Type]) -> Problem {
    Problem::Types {
        operator: operator.to_owned(),
        ja: types.iter().map(|ty| ty.shown(Lang::Ja)).collect(),
        en: types.iter().map(|ty| ty.shown(Lang::En)).collect(),
    }
}

pub(super) fn constant_type(value: &Constant, unit: Option<Unit>) -> Result<Type, Problem> {
    Ok(match value {
        Constant::Bool(_) => Type::Bool,
        Constant::Int(_) => Type::Int(unit),
        Constant::Number(_) => Type::Number(unit),
        Constant::Text(text) => Type::Words(vec![text.to_string()].into()),
        Constant::Date(_) => Type::Date,
        Constant::Days(_) => Type::Days,
        Constant::List(items) => {
            let mut ty = Type::Nothing;
            for item in items {
                let item = constant_type(item, unit)?;
                ty = join(&ty, &item).ok_or_else(|| mismatch("[...]", &[&ty, &item]))?;
            }
            Type::List(Box::new(ty))
        }
    })
}

/// The type that covers both.
pub(super) fn join(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Nothing, other) | (other, Type::Nothing) => Some(other.clone()),
        (Type::Words(a), Type::Words(b)) => Some(Type::Words(a.iter().chain(b.iter()).cloned().collect())),
        (Type::Text, Type::Words(_)) | (Type::Words(_), Type::Text) => Some(Type::Text),
        (Type::Int(a), Type::Int(b)) => Some(Type::Int(a.or(*b))),
        (a, b) if a.is_number() && b.is_number() => Some(Type::Number(a.unit().or(b.unit()))),
        (Type::List(a), Type::List(b)) => Some(Type::List(Box::new(join(a, b)?))),
        (a, b) => (a == b).then(|| a.clone()),
    }
}

pub(super) fn comparable(how: Comparison, a: &Type, b: &Type) -> Result<(), Problem> {
    let ordered = !matches!(how, Comparison::Equal | Comparison::NotEqual);
    match (a, b) {
        (a, b) if a.is_number() && b.is_number() => match (a.unit(), b.unit()) {
            (Some(left), Some(right)) if left != right => Err(Problem::Units(left.word(), right.word())),
            _ => Ok(()),
        },
        (Type::Date, Type::Date) | (Type::Days, Type::Days) => Ok(()),
        (a, b) if a.is_text() && b.is_text() => Ok(()),
        (Type::Bool, Type::Bool) if !ordered => Ok(()),
        (Type::Enum(left), Type::Enum(right)) if !ordered && left == right => Ok(()),
        (Type::Enum(field), Type::Words(words)) | (Type::Words(words), Type::Enum(field)) if !ordered => {
            members(words, field.words().collect())
        }
        (Type::Stage, Type::Words(words)) | (Type::Words(words), Type::Stage) if !ordered => {
            members(words, crate::stage::Stage::WORDS.to_vec())
        }
        (Type::Nothing, _) | (_, Type::Nothing) => Ok(()),
        _ => Err(mismatch(sign(how), &[a, b])),
    }
}

fn members(words: &[String], known: Vec<&'static str>) -> Result<(), Problem> {
    match words.iter().find(|word| !known.contains(&word.as_str())) {
        Some(word) => Err(Problem::NotAWord { word: word.clone(), words: known }),
        None => Ok(()),
    }
}

fn sign(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

pub(super) fn arithmetic_type(how: Arithmetic, a: &Type, b: &Type) -> Option<Result<Type, Problem>> {
    let sum = matches!(how, Arithmetic::Add | Arithmetic::Subtract);
    let ty = match (a, b) {
        // An item of `[]`: there is none to calculate with.
        (Type::Nothing, _) | (_, Type::Nothing) => Type::Nothing,
        (Type::Date, Type::Days) if sum => Type::Date,
        (Type::Days, Type::Date) if how == Arithmetic::Add => Type::Date,
        (Type::Date, Type::Date) if how == Arithmetic::Subtract => Type::Days,
        (Type::Days, Type::Days) if sum => Type::Days,
        (a, b) if a.is_text() && b.is_text() && how == Arithmetic::Add => Type::Text,
        (a, b) if a.is_number() && b.is_number() => {
            if let (Some(left), Some(right)) = (a.unit(), b.unit())
                && left != right
                && sum
            {
                return Some(Err(Problem::Units(left.word(), right.word())));
            }
            let unit = if sum { a.unit().or(b.unit()) } else { None };
            match (a, b) {
                (Type::Int(_), Type::Int(_)) => Type::Int(unit),
                _ if how == Arithmetic::Remainder => return None,
                _ => Type::Number(unit),
            }
        }
        _ => return None,
    };
    Some(Ok(ty))
}
