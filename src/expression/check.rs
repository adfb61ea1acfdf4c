//! The type check: terms and schemas in, expressions out, every fault found before anything runs.

mod anchor;
mod checker;
mod compatible;
mod operation;

use std::collections::BTreeMap;

use self::checker::Checker;
use self::compatible::mismatch;
use super::problem::{At, Problem};
use super::term::Term;
use super::typed::{Constant, Expression, Kind};
use super::types::Type;
use super::{known, parse};
use crate::lang::Lang;
use crate::schema::Unit;

/// What names an expression may use.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The policy's parameters with their values and units.
    pub parameters: BTreeMap<String, (Constant, Option<Unit>)>,
    /// The binder of `for_each` with the type of its items; it has slot 0.
    pub binder: Option<(String, Type)>,
    /// Whether the named days of a contract are in scope (`contract_end`, `service_start`).
    pub anchors: bool,
}

/// A fault with its byte range in the expression, where it could be found.
#[derive(Debug)]
pub struct Fault {
    /// What is wrong.
    pub problem: Problem,
    /// Where in the expression's text.
    pub range: Option<std::ops::Range<usize>>,
}

/// Parses and checks a condition.
///
/// # Errors
/// The first fault.
pub fn condition(source: &str, scope: &Scope) -> Result<Expression, Fault> {
    compile(source, scope, |expression| match expression.ty {
        Type::Bool => Ok(()),
        ref other => Err(Problem::NotACondition { ja: other.shown(Lang::Ja), en: other.shown(Lang::En) }),
    })
}

/// Parses and checks the list of a `for_each`.
///
/// # Errors
/// The first fault.
pub fn list(source: &str) -> Result<Expression, Fault> {
    compile(source, &Scope::default(), |expression| match (&expression.ty, &expression.kind) {
        (Type::List(item), Kind::Select(..)) if matches!(**item, Type::Object(_)) => Ok(()),
        (other, _) => Err(mismatch("for_each", &[other])),
    })
}

/// Parses and checks an expression that gives a date.
///
/// # Errors
/// The first fault.
pub fn date(source: &str, scope: &Scope) -> Result<Expression, Fault> {
    compile(source, scope, |expression| match expression.ty {
        Type::Date => Ok(()),
        ref other => Err(Problem::NotWanted { wanted: Type::Date, found: other.clone() }),
    })
}

/// Parses and checks an expression that gives a whole number in a unit.
///
/// # Errors
/// The first fault.
pub fn number(source: &str, scope: &Scope, unit: Unit) -> Result<Expression, Fault> {
    compile(source, scope, |expression| match expression.ty {
        Type::Int(None) => Ok(()),
        Type::Int(Some(found)) if found == unit => Ok(()),
        Type::Int(Some(found)) => Err(Problem::Units(found.word(), unit.word())),
        ref other => Err(Problem::NotWanted { wanted: Type::Int(Some(unit)), found: other.clone() }),
    })
}

/// Parses and checks an expression that gives a list of objects, of whatever origin.
///
/// # Errors
/// The first fault.
pub fn objects(source: &str, scope: &Scope) -> Result<Expression, Fault> {
    compile(source, scope, |expression| match &expression.ty {
        Type::List(item) if matches!(**item, Type::Object(_)) => Ok(()),
        other => Err(mismatch("deeds", &[other])),
    })
}

/// Parses and checks the path of a field.
///
/// # Errors
/// The first fault.
pub fn field(source: &str, scope: &Scope) -> Result<Expression, Fault> {
    compile(source, scope, |expression| match expression.kind {
        Kind::Select(..) | Kind::Variable(_) => Ok(()),
        _ => Err(Problem::NotAField("ground")),
    })
}

/// Parses and checks any expression.
///
/// # Errors
/// The first fault.
pub fn expression(source: &str, scope: &Scope) -> Result<Expression, Fault> {
    compile(source, scope, |_| Ok(()))
}

fn compile(
    source: &str,
    scope: &Scope,
    accept: impl Fn(&Expression) -> Result<(), Problem>,
) -> Result<Expression, Fault> {
    let check = |term: &Term| -> Result<Expression, At> {
        let mut checker = Checker { scope, names: Vec::new() };
        checker.names.extend(scope.binder.clone());
        let expression = checker.check(term)?;
        accept(&expression).map_err(|problem| At { term: Some(term.id), problem })?;
        Ok(expression)
    };
    let term = known::term(source).map_or_else(|| parse::parse(source).map_err(At::from), Ok);
    let first = match term.and_then(|term| check(&term)) {
        Ok(expression) => return Ok(expression),
        Err(at) => at,
    };
    match parse::places(source) {
        Ok(placed) => match check(&placed.term) {
            Err(at) => {
                let range = at.term.and_then(|id| placed.range(id));
                let range = range.map(|range| field_range(source, range, &at.problem));
                Err(Fault { problem: at.problem, range })
            }
            Ok(_) => Err(Fault { problem: first.problem, range: None }),
        },
        Err(unread) => Err(Fault { problem: At::from(unread).problem, range: None }),
    }
}

/// The parser places a selection at its dot; what is misspelt is the field behind it.
fn field_range(source: &str, range: std::ops::Range<usize>, problem: &Problem) -> std::ops::Range<usize> {
    let Problem::UnknownField { name, .. } = problem else { return range };
    match source.get(range.start..).and_then(|rest| rest.strip_prefix('.')) {
        Some(rest) if rest.starts_with(name.as_str()) => range.start + 1..range.start + 1 + name.len(),
        _ => range,
    }
}

fn expression_of(kind: Kind, ty: Type) -> Expression {
    Expression { kind, ty }
}
