//! Operators and text functions: whether their operands fit, and what comes of them.

use super::compatible::{arithmetic_type, comparable, mismatch};
use super::expression_of;
use crate::expression::problem::Problem;
use crate::expression::typed::{Arithmetic, Comparison, Constant, Expression, Kind, TextTest};
use crate::expression::types::Type;

pub(super) fn binary(name: &str, a: Expression, b: Expression) -> Result<Expression, Problem> {
    let comparison = match name {
        "_==_" => Some(Comparison::Equal),
        "_!=_" => Some(Comparison::NotEqual),
        "_<_" => Some(Comparison::Less),
        "_<=_" => Some(Comparison::AtMost),
        "_>_" => Some(Comparison::Greater),
        "_>=_" => Some(Comparison::AtLeast),
        _ => None,
    };
    if let Some(how) = comparison {
        comparable(how, &a.ty, &b.ty)?;
        return Ok(expression_of(Kind::Compare(how, Box::new(a), Box::new(b)), Type::Bool));
    }
    let (how, shown) = match name {
        "_+_" => (Arithmetic::Add, "+"),
        "_-_" => (Arithmetic::Subtract, "-"),
        "_*_" => (Arithmetic::Multiply, "*"),
        "_/_" => (Arithmetic::Divide, "/"),
        "_%_" => (Arithmetic::Remainder, "%"),
        _ => return Err(Problem::UnknownFunction(name.to_owned())),
    };
    let ty = arithmetic_type(how, &a.ty, &b.ty).ok_or_else(|| mismatch(shown, &[&a.ty, &b.ty]))??;
    let zero = matches!(b.kind, Kind::Constant(Constant::Int(0)) | Kind::Parameter(_, Constant::Int(0)));
    if zero && matches!(how, Arithmetic::Divide | Arithmetic::Remainder) {
        return Err(Problem::DivisionByZero);
    }
    Ok(expression_of(Kind::Arithmetic(how, Box::new(a), Box::new(b)), ty))
}

pub(super) fn index_of(list: Expression, index: Expression) -> Result<Expression, Problem> {
    let Type::List(item) = &list.ty else { return Err(mismatch("[]", &[&list.ty])) };
    if !matches!(index.ty, Type::Int(_)) {
        return Err(mismatch("[]", &[&list.ty, &index.ty]));
    }
    if let (Kind::List(items), Kind::Constant(Constant::Int(at))) = (&list.kind, &index.kind)
        && usize::try_from(*at).map_or(true, |at| at >= items.len())
    {
        return Err(Problem::BadIndex(*at));
    }
    if let Kind::Constant(Constant::Int(at @ ..0)) = &index.kind {
        return Err(Problem::BadIndex(*at));
    }
    let ty = *item.clone();
    Ok(expression_of(Kind::Index(Box::new(list), Box::new(index)), ty))
}

pub(super) fn text_test(name: &str, text: Expression, argument: Expression) -> Result<Expression, Problem> {
    let fits = |ty: &Type| ty.is_text() || *ty == Type::Nothing;
    if !fits(&text.ty) || !fits(&argument.ty) {
        return Err(mismatch(name, &[&text.ty, &argument.ty]));
    }
    let test = match (name, &argument.kind) {
        ("startsWith", _) => TextTest::StartsWith,
        ("endsWith", _) => TextTest::EndsWith,
        ("contains", _) => TextTest::Contains,
        (_, Kind::Constant(Constant::Text(pattern)) | Kind::Parameter(_, Constant::Text(pattern))) => {
            let compiled = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build();
            TextTest::Matches(compiled.map_err(|error| Problem::BadPattern(error.to_string()))?)
        }
        _ => return Err(Problem::BadPattern("matches(...) wants a literal pattern".to_owned())),
    };
    Ok(expression_of(Kind::TextTest(test, Box::new(text), Box::new(argument)), Type::Bool))
}
