//! The type check: terms and schemas in, expressions out, every fault found before anything runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parse;
use super::problem::{At, Problem};
use super::term::{Literal, Macro, Term, TermKind};
use super::typed::{
    Arithmetic, Comparison, Constant, Expression, Kind, Quantifier, Root, Selected, TextTest,
};
use super::types::Type;
use crate::date::Period;
use crate::lang::Lang;
use crate::nearest::nearest;
use crate::schema::{Field, Unit};

/// What names an expression may use.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The policy's parameters with their values and units.
    pub parameters: BTreeMap<String, (Constant, Option<Unit>)>,
    /// The binder of `for_each` with the type of its items; it has slot 0.
    pub binder: Option<(String, Type)>,
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
    let first = match parse::parse(source).and_then(|term| check(&term)) {
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
        Err(at) => Err(Fault { problem: at.problem, range: None }),
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

struct Checker<'s> {
    scope: &'s Scope,
    names: Vec<(String, Type)>,
}

type Checked = Result<Expression, At>;

fn mismatch(operator: &str, types: &[&Type]) -> Problem {
    Problem::Types {
        operator: operator.to_owned(),
        ja: types.iter().map(|ty| ty.shown(Lang::Ja)).collect(),
        en: types.iter().map(|ty| ty.shown(Lang::En)).collect(),
    }
}

fn expression_of(kind: Kind, ty: Type) -> Expression {
    Expression { kind, ty }
}

impl Checker<'_> {
    fn check(&mut self, term: &Term) -> Checked {
        let fail = |problem| Err(At { term: Some(term.id), problem });
        match &term.kind {
            TermKind::Literal(literal) => Ok(self.literal(literal)),
            TermKind::Name(name) => self.name(name).or_else(fail),
            TermKind::Select(of, field) => self.select(term, of, field),
            TermKind::Has(of, field) => match self.select(term, of, field)?.kind {
                Kind::Select(of, selected) => Ok(expression_of(Kind::Has(of, selected), Type::Bool)),
                _ => fail(Problem::NotAField("has")),
            },
            TermKind::Call(name, target, arguments) => self.call(term, name, target.as_deref(), arguments),
            TermKind::List(items) => self.list(term, items),
            TermKind::Macro { which, over, name, body, filter } => {
                self.fold(*which, over, name, body, filter.as_deref())
            }
            TermKind::Unsupported(what) => fail(Problem::Unsupported((*what).to_owned())),
        }
    }

    fn literal(&self, literal: &Literal) -> Expression {
        let (constant, ty) = match literal {
            Literal::Bool(truth) => (Constant::Bool(*truth), Type::Bool),
            Literal::Int(number) => (Constant::Int(*number), Type::Int(None)),
            Literal::Number(number) => (Constant::Number(*number), Type::Number(None)),
            Literal::Text(text) => {
                (Constant::Text(text.as_str().into()), Type::Words(vec![text.clone()].into()))
            }
        };
        expression_of(Kind::Constant(constant), ty)
    }

    fn name(&self, name: &str) -> Result<Expression, Problem> {
        if let Some(slot) = self.names.iter().rposition(|(known, _)| known == name) {
            return Ok(expression_of(Kind::Variable(slot), self.names[slot].1.clone()));
        }
        if let Some(root) = Root::from_word(name) {
            return Ok(expression_of(Kind::Root(root), Type::Object(root.kind().root())));
        }
        match name {
            "as_of" => Ok(expression_of(Kind::AsOf, Type::Date)),
            "stage" => Ok(expression_of(Kind::Stage, Type::Stage)),
            _ => {
                let fixed = ["contract", "system", "records", "params", "as_of", "stage"];
                let bound = self.names.iter().map(|(known, _)| known.as_str());
                let near = nearest(name, fixed.into_iter().chain(bound)).map(str::to_owned);
                Err(Problem::UnknownName { name: name.to_owned(), nearest: near })
            }
        }
    }

    fn select(&mut self, term: &Term, of: &Term, field: &str) -> Checked {
        let at = |problem| At { term: Some(term.id), problem };
        if matches!(&of.kind, TermKind::Name(name) if name == "params") {
            return self.parameter(field).map_err(at);
        }
        let of = self.check(of)?;
        let Type::Object(object) = of.ty else {
            return Err(at(mismatch(&format!(".{field}"), &[&of.ty])));
        };
        let Some(found) = object.property(field) else {
            let near = nearest(field, object.properties().map(|known| known.name));
            return Err(at(Problem::UnknownField {
                name: field.to_owned(),
                on: object.name.to_owned(),
                nearest: near.map(str::to_owned),
            }));
        };
        let selected = siblings(object, found);
        Ok(expression_of(Kind::Select(Box::new(of), selected), Type::of_field(found)))
    }

    fn parameter(&self, name: &str) -> Result<Expression, Problem> {
        let Some((key, (value, unit))) = self.scope.parameters.get_key_value(name) else {
            let near = nearest(name, self.scope.parameters.keys().map(String::as_str));
            return Err(Problem::UnknownField {
                name: name.to_owned(),
                on: "params".to_owned(),
                nearest: near.map(str::to_owned),
            });
        };
        let ty = constant_type(value, *unit)?;
        Ok(expression_of(Kind::Parameter(Arc::from(key.as_str()), value.clone()), ty))
    }

    fn list(&mut self, term: &Term, items: &[Term]) -> Checked {
        let items = items.iter().map(|item| self.check(item)).collect::<Result<Vec<_>, _>>()?;
        let mut ty = Type::Nothing;
        for item in &items {
            ty = join(&ty, &item.ty).ok_or_else(|| At {
                term: Some(term.id),
                problem: mismatch("[...]", &[&ty, &item.ty]),
            })?;
        }
        Ok(expression_of(Kind::List(items), Type::List(Box::new(ty))))
    }

    fn fold(&mut self, which: Macro, over: &Term, name: &str, body: &Term, filter: Option<&Term>) -> Checked {
        let over_id = over.id;
        let mut over = self.check(over)?;
        let Type::List(item) = over.ty.clone() else {
            return Err(At { term: Some(over_id), problem: mismatch(macro_name(which), &[&over.ty]) });
        };
        let slot = self.names.len();
        self.names.push((name.to_owned(), *item.clone()));
        if let Some(filter) = filter {
            let kept = self.truth(filter)?;
            let ty = over.ty.clone();
            over = expression_of(Kind::Filter(Box::new(over), slot, Box::new(kept)), ty);
        }
        let body = match which {
            Macro::Map => self.check(body)?,
            _ => self.truth(body)?,
        };
        self.names.pop();
        let (list, ty) = (over.ty.clone(), body.ty.clone());
        let (over, body) = (Box::new(over), Box::new(body));
        Ok(match which {
            Macro::All => expression_of(Kind::Quantify(Quantifier::All, over, slot, body), Type::Bool),
            Macro::Exists => expression_of(Kind::Quantify(Quantifier::Exists, over, slot, body), Type::Bool),
            Macro::ExistsOne => {
                expression_of(Kind::Quantify(Quantifier::ExistsOne, over, slot, body), Type::Bool)
            }
            Macro::Filter => expression_of(Kind::Filter(over, slot, body), list),
            Macro::Map => expression_of(Kind::Map(over, slot, body), Type::List(Box::new(ty))),
        })
    }

    fn truth(&mut self, term: &Term) -> Checked {
        let expression = self.check(term)?;
        match &expression.ty {
            Type::Bool => Ok(expression),
            other => Err(At {
                term: Some(term.id),
                problem: Problem::NotACondition { ja: other.shown(Lang::Ja), en: other.shown(Lang::En) },
            }),
        }
    }

    fn call(&mut self, term: &Term, name: &str, target: Option<&Term>, arguments: &[Term]) -> Checked {
        let at = |problem| At { term: Some(term.id), problem };
        match (name, target, arguments) {
            ("_&&_", None, [a, b]) => {
                let (a, b) = (self.truth(a)?, self.truth(b)?);
                Ok(expression_of(Kind::And(Box::new(a), Box::new(b)), Type::Bool))
            }
            ("_||_", None, [a, b]) => {
                let (a, b) = (self.truth(a)?, self.truth(b)?);
                Ok(expression_of(Kind::Or(Box::new(a), Box::new(b)), Type::Bool))
            }
            ("!_", None, [a]) => {
                let a = self.truth(a)?;
                Ok(expression_of(Kind::Not(Box::new(a)), Type::Bool))
            }
            ("_?_:_", None, [c, a, b]) => {
                let (c, a, b) = (self.truth(c)?, self.check(a)?, self.check(b)?);
                let ty = join(&a.ty, &b.ty).ok_or_else(|| at(mismatch("?:", &[&a.ty, &b.ty])))?;
                Ok(expression_of(Kind::Choose(Box::new(c), Box::new(a), Box::new(b)), ty))
            }
            ("_[_]", None, [list, index]) => {
                let (list, index) = (self.check(list)?, self.check(index)?);
                index_of(list, index).map_err(at)
            }
            ("@in", None, [item, list]) => {
                let (item, list) = (self.check(item)?, self.check(list)?);
                let Type::List(of) = &list.ty else { return Err(at(mismatch("in", &[&item.ty, &list.ty]))) };
                comparable(Comparison::Equal, &item.ty, of).map_err(at)?;
                Ok(expression_of(Kind::In(Box::new(item), Box::new(list)), Type::Bool))
            }
            ("-_", None, [a]) => {
                let a = self.check(a)?;
                let ty = a.ty.clone();
                match ty.is_number() || ty == Type::Days {
                    true => Ok(expression_of(Kind::Negate(Box::new(a)), ty)),
                    false => Err(at(mismatch("-", &[&ty]))),
                }
            }
            ("has", None, _) => Err(at(Problem::NotAField("has"))),
            ("stated", None, [a]) => {
                let a = self.check(a)?;
                match a.kind {
                    Kind::Select(..) => Ok(expression_of(Kind::Stated(Box::new(a)), Type::Bool)),
                    _ => Err(at(Problem::NotAField("stated"))),
                }
            }
            ("date", None, [Term { kind: TermKind::Literal(Literal::Text(text)), .. }]) => {
                let date = Period::parse(text).ok_or_else(|| at(Problem::NotADate(text.clone())))?;
                Ok(expression_of(Kind::Constant(Constant::Date(date)), Type::Date))
            }
            ("days", None, [a]) => {
                let a = self.check(a)?;
                match &a.ty {
                    Type::Int(None | Some(Unit::Days)) => {
                        Ok(expression_of(Kind::DaysOf(Box::new(a)), Type::Days))
                    }
                    Type::Int(Some(unit)) => Err(at(Problem::Units(unit.word(), Unit::Days.word()))),
                    other => Err(at(mismatch("days", &[other]))),
                }
            }
            ("size", None, [a]) | ("size", Some(a), []) => {
                let a = self.check(a)?;
                match a.ty.is_text() || matches!(a.ty, Type::List(_) | Type::Nothing) {
                    true => Ok(expression_of(Kind::Size(Box::new(a)), Type::Int(None))),
                    false => Err(at(mismatch("size", &[&a.ty]))),
                }
            }
            ("startsWith" | "endsWith" | "contains" | "matches", Some(text), [argument]) => {
                let (text, argument) = (self.check(text)?, self.check(argument)?);
                text_test(name, text, argument).map_err(at)
            }
            (_, None, [a, b]) => {
                let (a, b) = (self.check(a)?, self.check(b)?);
                binary(name, a, b).map_err(at)
            }
            _ => Err(at(Problem::UnknownFunction(name.to_owned()))),
        }
    }
}

fn macro_name(which: Macro) -> &'static str {
    match which {
        Macro::All => "all",
        Macro::Exists => "exists",
        Macro::ExistsOne => "exists_one",
        Macro::Filter => "filter",
        Macro::Map => "map",
    }
}

/// The siblings that say the same in another way: a wording, a number of working days.
fn siblings(object: Field, field: Field) -> Selected {
    let name = field.name;
    let wording = object.property(&format!("{name}_wording"));
    let number = name.strip_suffix("_wording").and_then(|number| object.property(number));
    let business = name.strip_suffix("_days").filter(|stem| !stem.ends_with("_business"));
    let business = business.and_then(|stem| object.property(&format!("{stem}_business_days")));
    Selected { field, wording, number, business }
}

fn constant_type(value: &Constant, unit: Option<Unit>) -> Result<Type, Problem> {
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
fn join(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Nothing, other) | (other, Type::Nothing) => Some(other.clone()),
        (Type::Words(a), Type::Words(b)) => {
            Some(Type::Words(a.iter().chain(b.iter()).cloned().collect()))
        }
        (Type::Text, Type::Words(_)) | (Type::Words(_), Type::Text) => Some(Type::Text),
        (Type::Int(a), Type::Int(b)) => Some(Type::Int(a.or(*b))),
        (a, b) if a.is_number() && b.is_number() => Some(Type::Number(a.unit().or(b.unit()))),
        (Type::List(a), Type::List(b)) => Some(Type::List(Box::new(join(a, b)?))),
        (a, b) => (a == b).then(|| a.clone()),
    }
}

fn comparable(how: Comparison, a: &Type, b: &Type) -> Result<(), Problem> {
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

fn binary(name: &str, a: Expression, b: Expression) -> Result<Expression, Problem> {
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

fn arithmetic_type(how: Arithmetic, a: &Type, b: &Type) -> Option<Result<Type, Problem>> {
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

fn index_of(list: Expression, index: Expression) -> Result<Expression, Problem> {
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

fn text_test(name: &str, text: Expression, argument: Expression) -> Result<Expression, Problem> {
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
