//! Three-valued evaluation of checked expressions (Kleene's logic).
//!
//! The same function runs with and without a trace; without one no path, text or place is made.

mod arithmetic;
mod comparison;
pub mod decisive;
mod effort;
mod fact;
mod list;
mod quantifier;
pub mod reliance;
mod unknown;

use std::borrow::Cow;
use std::rc::Rc;

use super::trace::{Cause, FactPath, Read, Route, Routes, Shown, Trace, Unclear};
use super::typed::{Constant, Expression, Kind, Root, TextTest};
use super::types::Type;
use super::value::{Belongs, Causes, Items, List, Place, Value, merge};
use crate::date::Period;
use crate::load::tree::{Node, Span};
use crate::schema::Field;
use crate::stage::Stage;
pub use effort::Effort;

/// A truth value of Kleene's logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It cannot be told.
    Unknown,
}

/// One document as expressions see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Document<'a> {
    /// The root node; `None` where there is no such document.
    pub node: Option<&'a Node>,
    /// Whether its lists may be incomplete (`lists: open`).
    pub open: bool,
}

/// What an expression is evaluated against.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What is agreed.
    pub contract: Document<'a>,
    /// What is built.
    pub system: Document<'a>,
    /// What was done.
    pub records: Document<'a>,
    /// The as-of date.
    pub as_of: Period,
    /// The stage, if it is known.
    pub stage: Option<Stage>,
    /// The item that `for_each` binds.
    pub item: Option<&'a Node>,
    /// Where that item's list stands, for paths.
    pub item_list: Option<(Root, &'a [&'static str])>,
    /// What it may cost.
    pub effort: &'a Effort,
}

/// The truth of a condition.
pub fn truth<'a>(condition: &'a Expression, facts: &Facts<'a>) -> Truth {
    let mut machine = Machine::new(facts, false);
    let value = machine.value(condition);
    machine.kleene(value).0
}

/// The truth of a condition with what decided it or kept it open.
pub fn traced<'a>(condition: &'a Expression, facts: &Facts<'a>) -> (Truth, Trace) {
    let mut machine = Machine::new(facts, true);
    let value = machine.value(condition);
    let (truth, causes) = machine.kleene(value);
    let causes = sorted(causes);
    let system = machine.system_id();
    let (routes, reads) = (&machine.routes, machine.reads.into_iter());
    let read = |Touched { route, span, shown }| Read { path: routes.path(route, system), span, shown };
    let mut reads: Vec<Read> = reads.map(read).collect();
    if reads.len() > 1 {
        let mut seen = std::collections::BTreeSet::new();
        reads.retain(|read| seen.insert(read.path.clone()));
    }
    (truth, Trace { reads, causes, unmet: None })
}

/// The items of a `for_each` list; `None` where the list is not stated.
pub fn items<'a>(list: &'a Expression, facts: &Facts<'a>) -> Option<&'a [Node]> {
    match Machine::new(facts, false).value(list) {
        Value::List(list) => list.place?.node?.as_list(),
        _ => None,
    }
}

/// What an expression gives, or what keeps it from giving anything.
///
/// # Errors
/// The causes, in order; never empty where a fact is missing.
pub fn known<'a>(expression: &'a Expression, facts: &Facts<'a>) -> Result<Value<'a>, Vec<Cause>> {
    let mut machine = Machine::new(facts, true);
    match machine.value(expression) {
        value @ (Value::Absent(_) | Value::Unknown(_)) => Err(sorted(machine.causes(value))),
        value => Ok(value),
    }
}

/// An item of a list that an expression gives.
#[derive(Debug)]
pub struct Listed<'a> {
    /// The item.
    pub node: &'a Node,
    /// Its path.
    pub path: FactPath,
    /// Whether it is surely one of the list.
    pub sure: bool,
}

/// The items of a list of objects, and what leaves it open whether there are more or fewer.
pub fn listed<'a>(list: &'a Expression, facts: &Facts<'a>) -> (Vec<Listed<'a>>, Vec<Cause>) {
    let mut machine = Machine::new(facts, true);
    let list = match machine.value(list) {
        Value::List(list) => list,
        other => return (Vec::new(), sorted(machine.causes(other))),
    };
    let (mut items, mut causes) = (Vec::new(), None);
    if list.open {
        let unclear = machine.unclear(list.place.as_ref(), Unclear::OpenList);
        causes = merge(causes, machine.causes(unclear));
    }
    for (item, belongs) in machine.all_of(&list) {
        let sure = matches!(belongs, Belongs::Yes);
        if let Belongs::Maybe(why) = belongs {
            causes = merge(causes, why);
        }
        match item {
            Value::Object(Place { node: Some(node), route: Some(route), .. }) => {
                items.push(Listed { node, path: machine.path(route), sure });
            }
            other => causes = merge(causes, machine.causes(other)),
        }
    }
    (items, sorted(causes))
}

fn sorted(causes: Causes) -> Vec<Cause> {
    causes.map_or_else(Vec::new, |causes| Rc::unwrap_or_clone(causes).into_iter().collect())
}

/// The value of any expression, of lists the items made, for tests of operators.
pub fn value<'a>(expression: &'a Expression, facts: &Facts<'a>) -> Value<'a> {
    let mut machine = Machine::new(facts, true);
    let value = machine.value(expression);
    machine.made(value)
}

struct Machine<'f, 'a> {
    facts: &'f Facts<'a>,
    traced: bool,
    slots: Vec<Value<'a>>,
    routes: Routes<'a>,
    reads: Vec<Touched>,
}

/// A fact that was read; its path is made only when it is known that the fact counts.
struct Touched {
    route: Route,
    span: Span,
    shown: Shown,
}

type Judged = (Truth, Causes);

impl<'f, 'a> Machine<'f, 'a> {
    fn new(facts: &'f Facts<'a>, traced: bool) -> Self {
        let mut machine =
            Machine { facts, traced, slots: Vec::new(), routes: Routes::default(), reads: Vec::new() };
        if let Some(item) = facts.item {
            let place = machine.item_place(item);
            machine.slots.push(Value::Object(place));
        }
        machine
    }

    fn item_place(&mut self, item: &'a Node) -> Place<'a> {
        let list = self.facts.item_list;
        let open = list.is_some_and(|(root, _)| self.document(root).open);
        let route = list.filter(|_| self.traced).map(|(root, fields)| {
            let document = self.routes.root(root);
            let list = fields.iter().fold(document, |route, field| self.routes.field(route, field));
            self.routes.item(list, item, None)
        });
        Place { node: Some(item), route, open }
    }

    fn document(&self, root: Root) -> Document<'a> {
        match root {
            Root::Contract => self.facts.contract,
            Root::System => self.facts.system,
            Root::Records => self.facts.records,
        }
    }

    fn value(&mut self, expression: &'a Expression) -> Value<'a> {
        match &expression.kind {
            Kind::Constant(constant) | Kind::Parameter(_, constant) => constant_value(constant),
            Kind::Root(root) => {
                let Document { node, open } = self.document(*root);
                let route = self.traced.then(|| self.routes.root(*root));
                let place = Place { node, route, open };
                if node.is_some() { Value::Object(place) } else { Value::Absent(place) }
            }
            Kind::AsOf => Value::Date(self.facts.as_of, None),
            Kind::Stage => match self.facts.stage {
                Some(stage) => Value::Text(Cow::Borrowed(stage.word())),
                None => self.unclear(None, Unclear::UnknownStage),
            },
            Kind::Variable(slot) => self.slots.get(*slot).cloned().unwrap_or(Value::Unknown(None)),
            Kind::Select(of, field) => {
                let of = self.value(of);
                self.select(of, *field, &expression.ty)
            }
            Kind::Stated(of) => self.stated(of),
            Kind::Not(of) => {
                let value = self.value(of);
                let (truth, causes) = self.kleene(value);
                judged((negate(truth), causes))
            }
            Kind::And(a, b) => judged(self.both(a, b, Truth::False)),
            Kind::Or(a, b) => judged(self.both(a, b, Truth::True)),
            Kind::Compare(how, a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                judged(self.compare(*how, &a, &b))
            }
            Kind::In(item, list) => {
                let (item, list) = (self.value(item), self.value(list));
                judged(self.contained(&item, list))
            }
            Kind::Quantify(how, over, slot, body) => judged(self.quantify(*how, over, *slot, body)),
            Kind::Has(of, field) => self.has(of, *field),
            Kind::Index(list, index) => self.index(list, index),
            Kind::Choose(condition, a, b) => self.choose(condition, a, b),
            Kind::Arithmetic(how, a, b) => self.arithmetic(*how, a, b),
            Kind::Negate(of) => self.negated(of),
            Kind::List(items) => self.list_of(items),
            Kind::Filter(over, slot, keep) => self.filter(over, *slot, keep),
            Kind::Map(over, slot, body) => self.map(over, *slot, body),
            Kind::Size(of) => self.size_of(of),
            Kind::TextTest(test, text, argument) => self.text_test(test, text, argument),
            Kind::DaysOf(of) => self.days_of(of),
            Kind::Anchor(days) => self.first_written(days),
        }
    }

    // What is seldom asked stands apart, so that what is asked all the time needs little of the stack.

    #[inline(never)]
    fn has(&mut self, of: &'a Expression, field: Field) -> Value<'a> {
        let before = self.reads.len();
        let of = self.value(of);
        let value = self.select(of, field, &Type::of_field(field));
        self.reads.truncate(before);
        Value::Bool(!matches!(value, Value::Absent(_) | Value::Unknown(_)))
    }

    #[inline(never)]
    fn choose(&mut self, condition: &'a Expression, a: &'a Expression, b: &'a Expression) -> Value<'a> {
        let value = self.value(condition);
        match self.kleene(value) {
            (Truth::True, _) => self.value(a),
            (Truth::False, _) => self.value(b),
            (Truth::Unknown, causes) => Value::Unknown(causes),
        }
    }

    #[inline(never)]
    fn text_test(&mut self, test: &TextTest, text: &'a Expression, argument: &'a Expression) -> Value<'a> {
        let (text, argument) = (self.value(text), self.value(argument));
        match (&text, &argument) {
            (Value::Text(text), Value::Text(argument)) => Value::Bool(match test {
                TextTest::StartsWith => text.starts_with(&**argument),
                TextTest::EndsWith => text.ends_with(&**argument),
                TextTest::Contains => text.contains(&**argument),
                TextTest::Matches(pattern) => pattern.is_match(text),
            }),
            _ => Value::Unknown(merge(self.causes(text), self.causes(argument))),
        }
    }

    /// `&&` and `||`: `decides` is the truth that one side alone can give.
    fn both(&mut self, a: &'a Expression, b: &'a Expression, decides: Truth) -> Judged {
        let start = self.reads.len();
        let value = self.value(a);
        let left = self.kleene(value);
        if left.0 == decides {
            // Where the other side says the same, a trace shows what both read.
            if self.traced && self.quietly(|machine| machine.truth(b)) == decides {
                self.value(b);
            }
            return left;
        }
        let middle = self.reads.len();
        let value = self.value(b);
        let right = self.kleene(value);
        match right.0 == decides {
            true => {
                self.reads.drain(start..middle);
                right
            }
            false => match (left.0, right.0) {
                (Truth::Unknown, _) | (_, Truth::Unknown) => (Truth::Unknown, merge(left.1, right.1)),
                _ => left,
            },
        }
    }

    /// Evaluates without a trace: only the truth is wanted.
    fn quietly<T>(&mut self, evaluate: impl FnOnce(&mut Machine<'f, 'a>) -> T) -> T {
        let traced = std::mem::replace(&mut self.traced, false);
        let found = evaluate(self);
        self.traced = traced;
        found
    }

    fn truth(&mut self, condition: &'a Expression) -> Truth {
        let value = self.value(condition);
        self.kleene(value).0
    }

    /// What a value says as a condition.
    fn kleene(&self, value: Value<'a>) -> Judged {
        match value {
            Value::Bool(true) => (Truth::True, None),
            Value::Bool(false) => (Truth::False, None),
            other => (Truth::Unknown, self.causes(other)),
        }
    }

    fn system_id(&self) -> Option<&'a str> {
        self.facts.system.node.and_then(Node::id)
    }

    fn path(&self, route: Route) -> FactPath {
        self.routes.path(route, self.system_id())
    }
}

fn judged<'a>((truth, causes): Judged) -> Value<'a> {
    match truth {
        Truth::True => Value::Bool(true),
        Truth::False => Value::Bool(false),
        Truth::Unknown => Value::Unknown(causes),
    }
}

fn negate(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    }
}

fn constant_value<'a>(constant: &'a Constant) -> Value<'a> {
    match constant {
        Constant::Bool(truth) => Value::Bool(*truth),
        Constant::Int(number) => Value::Int(*number),
        Constant::Number(number) => Value::Number(*number),
        Constant::Text(text) => Value::Text(Cow::Borrowed(text)),
        Constant::Date(date) => Value::Date(*date, None),
        Constant::Days(days) => Value::Days(*days, *days),
        Constant::List(items) => {
            Value::List(List { items: Items::Constant(items), open: false, filtered: false, place: None })
        }
    }
}

fn number(value: &Value<'_>) -> f64 {
    match value {
        Value::Int(number) => *number as f64,
        Value::Number(number) => *number,
        _ => f64::NAN,
    }
}
