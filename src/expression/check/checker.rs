//! From a term to a typed expression.

use std::sync::Arc;

use super::anchor::{ANCHORS, anchor};
use super::compatible::{comparable, constant_type, join, mismatch};
use super::operation::{binary, index_of, text_test};
use super::{Scope, expression_of};
use crate::date::Period;
use crate::expression::problem::{At, Problem};
use crate::expression::term::{Literal, Macro, Term, TermKind};
use crate::expression::typed::{Comparison, Constant, Expression, Kind, Quantifier, Root};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::nearest::nearest;
use crate::schema::Unit;

pub(super) struct Checker<'s> {
    pub(super) scope: &'s Scope,
    pub(super) names: Vec<(String, Type)>,
}

type Checked = Result<Expression, At>;

impl Checker<'_> {
    pub(super) fn check(&mut self, term: &Term) -> Checked {
        let fail = |problem| Err(At { term: Some(term.id), problem });
        match &term.kind {
            TermKind::Literal(literal) => Ok(self.literal(literal)),
            TermKind::Name(name) => self.name(name).or_else(fail),
            TermKind::Select(of, field) => self.select(term, of, field),
            TermKind::Has(of, field) => match self.select(term, of, field)?.kind {
                Kind::Select(of, field) => Ok(expression_of(Kind::Has(of, field), Type::Bool)),
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
            Literal::Text(text) => (Constant::Text((**text).into()), Type::Words([text.to_string()].into())),
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
                if let Some(anchor) = anchor(name).filter(|_| self.scope.anchors) {
                    return Ok(anchor);
                }
                let fixed = ["contract", "system", "records", "params", "as_of", "stage"];
                let days = ANCHORS.into_iter().filter(|_| self.scope.anchors);
                let fixed = fixed.into_iter().chain(days);
                let bound = self.names.iter().map(|(known, _)| known.as_str());
                let near = nearest(name, fixed.chain(bound)).map(str::to_owned);
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
        Ok(expression_of(Kind::Select(Box::new(of), found), Type::of_field(found)))
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
            ty = join(&ty, &item.ty)
                .ok_or_else(|| At { term: Some(term.id), problem: mismatch("[...]", &[&ty, &item.ty]) })?;
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
                let date = Period::parse(text).ok_or_else(|| at(Problem::NotADate(text.to_string())))?;
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
