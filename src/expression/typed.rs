//! A checked expression: every name resolved, every type known.

use std::collections::BTreeSet;
use std::sync::Arc;

use regex::Regex;

use super::types::Type;
use crate::date::Period;
use crate::schema::Field;

/// An expression with its type.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub kind: Kind,
    /// What it gives.
    pub ty: Type,
}

/// A value that is known when the policy is loaded.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Number(f64),
    /// A text.
    Text(Arc<str>),
    /// A date.
    Date(Period),
    /// A length of time in days.
    Days(i64),
    /// A list.
    List(Vec<Constant>),
}

/// A document that expressions read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// `contract`.
    Contract,
    /// `system`.
    System,
    /// `records`.
    Records,
}

impl Root {
    /// The name in expressions and paths.
    pub fn word(self) -> &'static str {
        self.kind().word()
    }

    /// The document kind.
    pub fn kind(self) -> crate::schema::Kind {
        match self {
            Root::Contract => crate::schema::Kind::Contract,
            Root::System => crate::schema::Kind::System,
            Root::Records => crate::schema::Kind::Records,
        }
    }

    /// The root of a name.
    pub fn from_word(word: &str) -> Option<Root> {
        [Root::Contract, Root::System, Root::Records].into_iter().find(|root| root.word() == word)
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// Arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

/// Tests on texts.
#[derive(Clone, Debug)]
pub enum TextTest {
    /// `startsWith`
    StartsWith,
    /// `endsWith`
    EndsWith,
    /// `contains`
    Contains,
    /// `matches`, its pattern compiled.
    Matches(Regex),
}

/// What `all`, `exists` and `exists_one` demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// Every item.
    All,
    /// At least one item.
    Exists,
    /// Exactly one item.
    ExistsOne,
}

/// The kinds of checked expressions.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A literal.
    Constant(Constant),
    /// A parameter of the policy, by name, with its value.
    Parameter(Arc<str>, Constant),
    /// A document.
    Root(Root),
    /// The as-of date.
    AsOf,
    /// The contract stage.
    Stage,
    /// The binder of `for_each` (slot 0) or the name of a macro, by slot.
    Variable(usize),
    /// A field of an object.
    Select(Box<Expression>, Field),
    /// Whether a field has a value: a plain yes or no.
    Has(Box<Expression>, Field),
    /// True where a value is there, otherwise unknown.
    Stated(Box<Expression>),
    /// An item of a list by its index.
    Index(Box<Expression>, Box<Expression>),
    /// `!x`
    Not(Box<Expression>),
    /// `a && b`
    And(Box<Expression>, Box<Expression>),
    /// `a || b`
    Or(Box<Expression>, Box<Expression>),
    /// `c ? a : b`
    Choose(Box<Expression>, Box<Expression>, Box<Expression>),
    /// A comparison.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `x in list`
    In(Box<Expression>, Box<Expression>),
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>),
    /// `-x`
    Negate(Box<Expression>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `all`, `exists`, `exists_one`.
    Quantify(Quantifier, Box<Expression>, usize, Box<Expression>),
    /// `filter`
    Filter(Box<Expression>, usize, Box<Expression>),
    /// `map`
    Map(Box<Expression>, usize, Box<Expression>),
    /// `size`
    Size(Box<Expression>),
    /// A test on a text.
    TextTest(TextTest, Box<Expression>, Box<Expression>),
    /// `days(n)`
    DaysOf(Box<Expression>),
    /// A named day: the first of these fields that is written at all.
    Anchor(Vec<Expression>),
}

impl Expression {
    /// The names of the parameters that it reads.
    pub fn parameters(&self) -> std::collections::BTreeSet<String> {
        let mut named = std::collections::BTreeSet::new();
        self.walk(&mut |inner| {
            if let Kind::Parameter(name, _) = &inner.kind {
                named.insert(name.to_string());
            }
        });
        named
    }

    /// Calls `visit` on this expression and everything in it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit(self);
        self.each_child(&mut |child| child.walk(visit));
    }

    /// The expressions directly inside.
    pub fn children(&self) -> Vec<&Expression> {
        let mut children = Vec::new();
        self.each_child(&mut |child| children.push(child));
        children
    }

    fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        match &self.kind {
            Kind::Constant(_)
            | Kind::Parameter(..)
            | Kind::Root(_)
            | Kind::AsOf
            | Kind::Stage
            | Kind::Variable(_) => {}
            Kind::Select(of, _)
            | Kind::Has(of, _)
            | Kind::Stated(of)
            | Kind::Not(of)
            | Kind::Negate(of)
            | Kind::Size(of)
            | Kind::DaysOf(of) => visit(of),
            Kind::Index(a, b)
            | Kind::And(a, b)
            | Kind::Or(a, b)
            | Kind::Compare(_, a, b)
            | Kind::In(a, b)
            | Kind::Arithmetic(_, a, b)
            | Kind::Quantify(_, a, _, b)
            | Kind::Filter(a, _, b)
            | Kind::Map(a, _, b)
            | Kind::TextTest(_, a, b) => [a, b].into_iter().for_each(|inner| visit(inner)),
            Kind::Choose(a, b, c) => [a, b, c].into_iter().for_each(|inner| visit(inner)),
            Kind::List(items) | Kind::Anchor(items) => items.iter().for_each(visit),
        }
    }

    /// Whether the condition can be false at all: `stated(x)` is true or unknown, never false.
    pub fn can_be_false(&self) -> bool {
        match &self.kind {
            Kind::Stated(of) => matches!(&of.kind, Kind::Select(_, field) if field.number().is_some()),
            Kind::And(a, b) => a.can_be_false() || b.can_be_false(),
            Kind::Or(a, b) => a.can_be_false() && b.can_be_false(),
            Kind::Choose(_, a, b) => a.can_be_false() || b.can_be_false(),
            Kind::Quantify(Quantifier::All, _, _, body) => body.can_be_false(),
            _ => true,
        }
    }

    /// Whether a document is read anywhere inside.
    pub fn reads(&self, root: Root) -> bool {
        let mut found = false;
        self.walk(&mut |inner| found |= matches!(inner.kind, Kind::Root(known) if known == root));
        found
    }

    /// Whether a variable slot is read anywhere inside.
    pub fn reads_slot(&self, slot: usize) -> bool {
        let mut found = false;
        self.walk(&mut |inner| found |= matches!(inner.kind, Kind::Variable(known) if known == slot));
        found
    }

    /// The schema path of a chain of selections (`contract.data_return.on_end`), with `[]` at
    /// items of lists; `None` for anything else. `variables` gives the path of each slot.
    pub fn schema_path(&self, variables: &[Option<String>]) -> Option<String> {
        match &self.kind {
            Kind::Root(root) => Some(root.word().to_owned()),
            Kind::Variable(slot) => variables.get(*slot)?.clone(),
            Kind::Select(of, field) => Some(format!("{}.{}", of.schema_path(variables)?, field.name)),
            Kind::Filter(of, ..) => of.schema_path(variables),
            Kind::Index(of, _) => Some(format!("{}[]", of.schema_path(variables)?)),
            _ => None,
        }
    }
}

/// What expressions speak of, found in one walk of each.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Whether the contract is read.
    pub contract: bool,
    /// Whether a system document is read.
    pub system: bool,
    /// Whether any fact is read.
    pub facts: bool,
    /// Whether slot 0 is read: the item that `for_each` binds, where there is one.
    pub binder: bool,
    /// The parameters, by name.
    pub parameters: BTreeSet<Arc<str>>,
}

impl Mentions {
    /// What one expression speaks of.
    pub fn of(expression: &Expression) -> Mentions {
        let mut found = Mentions::default();
        found.add(expression);
        found
    }

    /// Adds what another expression speaks of.
    pub fn add(&mut self, expression: &Expression) {
        expression.walk(&mut |inner| match &inner.kind {
            Kind::Root(Root::Contract) => self.contract = true,
            Kind::Root(Root::System) => self.system = true,
            Kind::Select(..) => self.facts = true,
            Kind::Variable(slot) => {
                self.facts = true;
                self.binder |= *slot == 0;
            }
            Kind::Parameter(name, _) => {
                self.parameters.insert(name.clone());
            }
            _ => {}
        });
    }
}
