//! Three-valued evaluation of checked expressions (Kleene's logic).
//!
//! The same function runs with and without a trace; without one no path, text or place is made.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use super::trace::{Cause, FactPath, Gap, Read, Route, Shown, Trace, Unclear};
use super::typed::{
    Arithmetic, Comparison, Constant, Expression, Kind, Quantifier, Root, Selected, TextTest,
};
use super::types::Type;
use super::value::{Belongs, Causes, List, Place, Value, merge};
use crate::date::Period;
use crate::load::tree::{Data, Node};
use crate::stage::Stage;

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
    let mut causes = causes.map_or_else(Vec::new, |causes| (*causes).clone());
    causes.sort();
    causes.dedup();
    let mut reads = machine.reads;
    let mut seen = std::collections::BTreeSet::new();
    reads.retain(|read| seen.insert(read.path.clone()));
    (truth, Trace { reads, causes })
}

/// The items of a `for_each` list; `None` where the list is not stated.
pub fn items<'a>(list: &'a Expression, facts: &Facts<'a>) -> Option<&'a [Node]> {
    match Machine::new(facts, false).value(list) {
        Value::List(list) => list.place?.node?.as_list(),
        _ => None,
    }
}

/// The value of any expression, for tests of operators.
pub fn value<'a>(expression: &'a Expression, facts: &Facts<'a>) -> Value<'a> {
    Machine::new(facts, true).value(expression)
}

struct Machine<'f, 'a> {
    facts: &'f Facts<'a>,
    traced: bool,
    slots: Vec<Value<'a>>,
    reads: Vec<Read>,
}

type Judged = (Truth, Causes);

impl<'f, 'a> Machine<'f, 'a> {
    fn new(facts: &'f Facts<'a>, traced: bool) -> Self {
        let mut machine = Machine { facts, traced, slots: Vec::new(), reads: Vec::new() };
        if let Some(item) = facts.item {
            let place = machine.item_place(item);
            machine.slots.push(Value::Object(place));
        }
        machine
    }

    fn item_place(&self, item: &'a Node) -> Place<'a> {
        let list = self.facts.item_list;
        let open = list.is_some_and(|(root, _)| self.document(root).open);
        let route = list.filter(|_| self.traced).map(|(root, fields)| {
            let list = fields.iter().fold(Rc::new(Route::Root(root)), |route, field| {
                Rc::new(Route::Field(route, field))
            });
            Rc::new(Route::Item(list, item.id().unwrap_or("?").into()))
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
                let route = self.traced.then(|| Rc::new(Route::Root(*root)));
                let place = Place { node, route, open };
                if node.is_some() { Value::Object(place) } else { Value::Absent(place) }
            }
            Kind::AsOf => Value::Date(self.facts.as_of, None),
            Kind::Stage => match self.facts.stage {
                Some(stage) => Value::Text(Cow::Borrowed(stage.word())),
                None => self.unclear(None, Unclear::UnknownStage),
            },
            Kind::Variable(slot) => self.slots.get(*slot).cloned().unwrap_or(Value::Unknown(None)),
            Kind::Select(of, selected) => {
                let of = self.value(of);
                self.select(of, selected, &expression.ty)
            }
            Kind::Has(of, selected) => {
                let before = self.reads.len();
                let of = self.value(of);
                let value = self.select(of, selected, &Type::of_field(selected.field));
                self.reads.truncate(before);
                Value::Bool(!matches!(value, Value::Absent(_) | Value::Unknown(_)))
            }
            Kind::Stated(of) => self.stated(of),
            Kind::Index(list, index) => self.index(list, index),
            Kind::Not(of) => {
                let value = self.value(of);
                let (truth, causes) = self.kleene(value);
                judged((negate(truth), causes))
            }
            Kind::And(a, b) => judged(self.both(a, b, Truth::False)),
            Kind::Or(a, b) => judged(self.both(a, b, Truth::True)),
            Kind::Choose(condition, a, b) => {
                let value = self.value(condition);
                match self.kleene(value) {
                    (Truth::True, _) => self.value(a),
                    (Truth::False, _) => self.value(b),
                    (Truth::Unknown, causes) => Value::Unknown(causes),
                }
            }
            Kind::Compare(how, a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                judged(self.compare(*how, &a, &b))
            }
            Kind::In(item, list) => {
                let (item, list) = (self.value(item), self.value(list));
                judged(self.contained(&item, list))
            }
            Kind::Arithmetic(how, a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                self.calculate(*how, a, b)
            }
            Kind::Negate(of) => match self.value(of) {
                Value::Int(number) => match number.checked_neg() {
                    Some(number) => Value::Int(number),
                    None => self.unclear(None, Unclear::NoResult),
                },
                Value::Number(number) => Value::Number(-number),
                Value::Days(least, most) => Value::Days(-most, -least),
                other => Value::Unknown(self.causes(other)),
            },
            Kind::List(items) => {
                let items = items.iter().map(|item| (self.value(item), Belongs::Yes)).collect();
                Value::List(List { items, open: false, filtered: false, place: None })
            }
            Kind::Quantify(how, over, slot, body) => judged(self.quantify(*how, over, *slot, body)),
            Kind::Filter(over, slot, keep) => self.filter(over, *slot, keep),
            Kind::Map(over, slot, body) => self.map(over, *slot, body),
            Kind::Size(of) => match self.value(of) {
                Value::Text(text) => Value::Int(text.chars().count() as i64),
                Value::List(list) => self.size(&list),
                other => Value::Unknown(self.causes(other)),
            },
            Kind::TextTest(test, text, argument) => {
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
            Kind::DaysOf(of) => match self.value(of) {
                Value::Int(days) => Value::Days(days, days),
                other => Value::Unknown(self.causes(other)),
            },
        }
    }

    /// Reads a field of an object.
    fn select(&mut self, of: Value<'a>, selected: &Selected, ty: &Type) -> Value<'a> {
        let place = match of {
            Value::Object(place) | Value::Absent(place) => place,
            Value::Unknown(causes) => return Value::Unknown(causes),
            _ => return Value::Unknown(None),
        };
        let name = selected.field.name;
        let below = |route: &Rc<Route>| Rc::new(Route::Field(route.clone(), name));
        let found = Place {
            node: place.node.and_then(|node| node.get(name)),
            route: place.route.as_ref().map(below),
            open: place.open,
        };
        if let Some(number) = selected.number
            && place.node.and_then(|node| node.get(number.name)).is_some_and(Node::is_stated)
        {
            return Value::Absent(found);
        }
        let Some(node) = found.node.filter(|node| node.is_stated()) else {
            return self.unstated(&place, found, selected);
        };
        if self.traced
            && is_shown(node)
            && let Some(route) = &found.route
        {
            self.reads.push(Read { path: route.path(self.system_id()), span: node.span, shown: Shown::Itself });
        }
        self.read(node, found, ty)
    }

    /// A field that states no plain value: a conflict, a wording, working days, or nothing.
    fn unstated(&mut self, parent: &Place<'a>, found: Place<'a>, selected: &Selected) -> Value<'a> {
        if found.node.is_some_and(|node| !node.conflict().is_empty()) {
            return self.gap(&found, |_| Gap::Conflict);
        }
        let sibling = |name: &str| parent.node.and_then(|node| node.get(name)).filter(|node| node.is_stated());
        if let Some(business) = selected.business
            && let Some(Data::Int(days)) = sibling(business.name).map(|node| &node.data)
        {
            return Value::AtLeast(*days, found);
        }
        if let Some(wording) = selected.wording
            && let Some(words) = sibling(wording.name).and_then(Node::as_text)
        {
            return self.gap(&found, |_| Gap::NoLimit(words.to_owned()));
        }
        Value::Absent(found)
    }

    fn read(&mut self, node: &'a Node, place: Place<'a>, ty: &Type) -> Value<'a> {
        match (&node.data, ty) {
            (Data::Bool(truth), _) => Value::Bool(*truth),
            (Data::Int(number), Type::Number(_)) => Value::Number(*number as f64),
            (Data::Int(number), _) => Value::Int(*number),
            (Data::Number(number), _) => Value::Number(*number),
            (Data::Text(text), Type::Date) => match Period::parse(text) {
                Some(date) => Value::Date(date, Some(place)),
                None => Value::Unknown(None),
            },
            (Data::Text(text), _) => Value::Text(Cow::Borrowed(text)),
            (Data::Map(_), _) => Value::Object(place),
            (Data::List(nodes), Type::List(item)) => self.list(nodes, place, item),
            _ => Value::Unknown(None),
        }
    }

    fn list(&mut self, nodes: &'a [Node], place: Place<'a>, item: &Type) -> Value<'a> {
        let mut items = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let route = place.route.as_ref().map(|list| {
                let id = node.id().map_or_else(|| at.to_string().into(), Rc::from);
                Rc::new(Route::Item(list.clone(), id))
            });
            let inner = Place { node: Some(node), route, open: place.open };
            let value = if node.is_stated() { self.read(node, inner, item) } else { Value::Absent(inner) };
            items.push((value, Belongs::Yes));
        }
        let open = place.open;
        Value::List(List { items, open, filtered: false, place: Some(place) })
    }

    fn stated(&mut self, of: &'a Expression) -> Value<'a> {
        if let Kind::Select(parent, Selected { number: Some(number), .. }) = &of.kind {
            let parent = self.value(parent);
            if let Value::Object(place) = &parent
                && place.node.and_then(|node| node.get(number.name)).is_some_and(Node::is_stated)
            {
                return Value::Bool(false);
            }
        }
        match self.value(of) {
            value @ (Value::Absent(_) | Value::Unknown(_)) => Value::Unknown(self.causes(value)),
            Value::List(list) if list.open && list.items.is_empty() => self.size(&list),
            _ => Value::Bool(true),
        }
    }

    /// `&&` and `||`: `decides` is the truth that one side alone can give.
    fn both(&mut self, a: &'a Expression, b: &'a Expression, decides: Truth) -> Judged {
        let start = self.reads.len();
        let value = self.value(a);
        let left = self.kleene(value);
        if left.0 == decides && !self.traced {
            return left;
        }
        let middle = self.reads.len();
        let value = self.value(b);
        let right = self.kleene(value);
        match (left.0 == decides, right.0 == decides) {
            (true, true) => left,
            (true, false) => {
                self.reads.truncate(middle);
                left
            }
            (false, true) => {
                self.reads.drain(start..middle);
                right
            }
            (false, false) => match (left.0, right.0) {
                (Truth::Unknown, _) | (_, Truth::Unknown) => (Truth::Unknown, merge(left.1, right.1)),
                _ => left,
            },
        }
    }

    fn quantify(&mut self, how: Quantifier, over: &'a Expression, slot: usize, body: &'a Expression) -> Judged {
        let list = match self.value(over) {
            Value::List(list) => list,
            other => return (Truth::Unknown, self.causes(other)),
        };
        if list.filtered && list.items.is_empty() {
            let unclear = self.unclear(list.place.as_ref(), Unclear::NothingLeft);
            return (Truth::Unknown, self.causes(unclear));
        }
        let (decides, otherwise) = match how {
            Quantifier::All => (Truth::False, Truth::True),
            Quantifier::Exists => (Truth::True, Truth::False),
            Quantifier::ExistsOne => return self.exactly_one(list, slot, body),
        };
        let start = self.reads.len();
        let mut decided = false;
        let mut open: Option<Causes> = None;
        for (item, belongs) in &list.items {
            let before = self.reads.len();
            let (truth, causes) = self.body(item, slot, body);
            match (truth, belongs) {
                (truth, Belongs::Yes) if truth == decides => {
                    if !decided {
                        self.reads.drain(start..before);
                    }
                    decided = true;
                    if !self.traced || how == Quantifier::Exists {
                        return (decides, None);
                    }
                }
                (Truth::Unknown, _) => open = Some(merge(open.flatten(), causes)),
                (truth, Belongs::Maybe(why)) if truth == decides => {
                    open = Some(merge(open.flatten(), why.clone()));
                }
                _ if decided => self.reads.truncate(before),
                _ => {}
            }
        }
        if decided {
            return (decides, None);
        }
        if list.open {
            let unclear = self.unclear(list.place.as_ref(), Unclear::OpenList);
            open = Some(merge(open.flatten(), self.causes(unclear)));
        }
        if how == Quantifier::Exists && open.is_none() {
            self.gather(start, &list, slot, body);
        }
        match open {
            Some(causes) => (Truth::Unknown, causes),
            None => (otherwise, None),
        }
    }

    /// Chooses what to show where no item of a list would do: the items that meet the first thing
    /// asked of them (a test of the right kind that failed), or else the list as a whole.
    fn gather(&mut self, start: usize, list: &List<'a>, slot: usize, body: &'a Expression) {
        let route = list.place.as_ref().and_then(|place| place.route.as_ref());
        let Some(path) = route.map(|route| route.path(self.system_id())) else { return };
        let read = self.reads.len();
        let first = first_operand(body);
        let mut near: Vec<FactPath> = Vec::new();
        for (item, _) in &list.items {
            let meets = self.body(item, slot, first).0 == Truth::True;
            if let (true, Value::Object(Place { route: Some(route), .. })) = (meets, item) {
                near.push(route.path(self.system_id()));
            }
        }
        self.reads.truncate(read);
        for read in &mut self.reads[start..] {
            let is_near = near.iter().any(|item| read.path.steps.starts_with(&item.steps));
            read.shown = match (is_near, near.is_empty()) {
                (true, _) => Shown::Itself,
                (false, true) => Shown::AsListOf(path.clone()),
                (false, false) => Shown::Hidden,
            };
        }
    }

    fn exactly_one(&mut self, list: List<'a>, slot: usize, body: &'a Expression) -> Judged {
        let (mut sure, mut open): (usize, Option<Causes>) = (0, None);
        for (item, belongs) in &list.items {
            match (self.body(item, slot, body), belongs) {
                ((Truth::True, _), Belongs::Yes) => sure += 1,
                ((Truth::True, _), Belongs::Maybe(why)) => open = Some(merge(open.flatten(), why.clone())),
                ((Truth::Unknown, causes), _) => open = Some(merge(open.flatten(), causes)),
                ((Truth::False, _), _) => {}
            }
        }
        if sure > 1 {
            return (Truth::False, None);
        }
        if list.open {
            let unclear = self.unclear(list.place.as_ref(), Unclear::OpenList);
            open = Some(merge(open.flatten(), self.causes(unclear)));
        }
        match open {
            Some(causes) => (Truth::Unknown, causes),
            None if sure == 1 => (Truth::True, None),
            None => (Truth::False, None),
        }
    }

    fn body(&mut self, item: &Value<'a>, slot: usize, body: &'a Expression) -> Judged {
        self.slots.truncate(slot);
        self.slots.push(item.clone());
        let value = self.value(body);
        self.slots.truncate(slot);
        self.kleene(value)
    }

    fn filter(&mut self, over: &'a Expression, slot: usize, keep: &'a Expression) -> Value<'a> {
        let mut list = match self.value(over) {
            Value::List(list) => list,
            other => return Value::Unknown(self.causes(other)),
        };
        let stated = list.items.len();
        let mut kept = Vec::new();
        // What selects an item is not what decides about it.
        let before = self.reads.len();
        for (item, belongs) in std::mem::take(&mut list.items) {
            match self.body(&item, slot, keep) {
                (Truth::True, _) => kept.push((item, belongs)),
                (Truth::Unknown, causes) => kept.push((item, Belongs::Maybe(causes))),
                (Truth::False, _) => {}
            }
        }
        self.reads.truncate(before);
        list.filtered = list.filtered || stated > 0;
        list.items = kept;
        Value::List(list)
    }

    fn map(&mut self, over: &'a Expression, slot: usize, body: &'a Expression) -> Value<'a> {
        let mut list = match self.value(over) {
            Value::List(list) => list,
            other => return Value::Unknown(self.causes(other)),
        };
        for (item, _) in &mut list.items {
            self.slots.truncate(slot);
            self.slots.push(item.clone());
            *item = self.value(body);
        }
        self.slots.truncate(slot);
        Value::List(list)
    }

    fn size(&mut self, list: &List<'a>) -> Value<'a> {
        let unsure = list.items.iter().filter_map(|(_, belongs)| match belongs {
            Belongs::Maybe(causes) => Some(causes.clone()),
            Belongs::Yes => None,
        });
        let unsure = unsure.reduce(merge);
        match (unsure, list.open) {
            (Some(causes), _) => Value::Unknown(causes),
            (None, true) => self.unclear(list.place.as_ref(), Unclear::OpenList),
            (None, false) => Value::Int(list.items.len() as i64),
        }
    }

    fn index(&mut self, list: &'a Expression, index: &'a Expression) -> Value<'a> {
        let (list, index) = (self.value(list), self.value(index));
        match (list, index) {
            (Value::List(list), Value::Int(at)) => {
                let unsure = list.open || list.items.iter().any(|(_, b)| matches!(b, Belongs::Maybe(_)));
                let item = usize::try_from(at).ok().and_then(|at| list.items.get(at));
                match item {
                    Some((value, _)) if !unsure => value.clone(),
                    _ => self.unclear(list.place.as_ref(), Unclear::NoResult),
                }
            }
            (list, index) => Value::Unknown(merge(self.causes(list), self.causes(index))),
        }
    }

    fn contained(&mut self, item: &Value<'a>, list: Value<'a>) -> Judged {
        let list = match list {
            Value::List(list) => list,
            other => return (Truth::Unknown, merge(self.causes(item.clone()), self.causes(other))),
        };
        if matches!(item, Value::Absent(_) | Value::Unknown(_)) {
            return (Truth::Unknown, self.causes(item.clone()));
        }
        let mut open: Option<Causes> = None;
        for (candidate, belongs) in &list.items {
            match (self.compare(Comparison::Equal, item, candidate), belongs) {
                ((Truth::True, _), Belongs::Yes) => return (Truth::True, None),
                ((Truth::True, _), Belongs::Maybe(why)) => open = Some(merge(open.flatten(), why.clone())),
                ((Truth::Unknown, causes), _) => open = Some(merge(open.flatten(), causes)),
                ((Truth::False, _), _) => {}
            }
        }
        if list.filtered && list.items.is_empty() {
            let unclear = self.unclear(list.place.as_ref(), Unclear::NothingLeft);
            open = Some(self.causes(unclear));
        }
        if list.open {
            let unclear = self.unclear(list.place.as_ref(), Unclear::OpenList);
            open = Some(merge(open.flatten(), self.causes(unclear)));
        }
        open.map_or((Truth::False, None), |causes| (Truth::Unknown, causes))
    }

    fn compare(&mut self, how: Comparison, a: &Value<'a>, b: &Value<'a>) -> Judged {
        use Value::{AtLeast, Date, Days, Int, Number};
        let truth = match (a, b) {
            (Value::Bool(a), Value::Bool(b)) => by_order(how, a.cmp(b)),
            (Int(a), Int(b)) => by_order(how, a.cmp(b)),
            (Value::Text(a), Value::Text(b)) => by_order(how, a.as_ref().cmp(b.as_ref())),
            (Int(_) | Number(_), Int(_) | Number(_)) => match number(a).partial_cmp(&number(b)) {
                Some(order) => by_order(how, order),
                None => Truth::Unknown,
            },
            (AtLeast(least, place), other @ (Int(_) | Number(_))) => {
                let truth = by_interval(how, (*least as f64, f64::INFINITY), (number(other), number(other)));
                return self.clear(truth, Some(place), Unclear::WorkingDays);
            }
            (other @ (Int(_) | Number(_)), AtLeast(least, place)) => {
                let truth = by_interval(how, (number(other), number(other)), (*least as f64, f64::INFINITY));
                return self.clear(truth, Some(place), Unclear::WorkingDays);
            }
            (Date(a, left), Date(b, right)) => {
                let truth = by_interval(how, (a.first, a.last), (b.first, b.last));
                let place = [left, right].into_iter().flatten().next();
                return self.clear(truth, place, Unclear::Straddles);
            }
            (Days(a0, a1), Days(b0, b1)) => {
                return self.clear(by_interval(how, (*a0, *a1), (*b0, *b1)), None, Unclear::Straddles);
            }
            _ => {
                let causes = merge(self.causes(a.clone()), self.causes(b.clone()));
                return (Truth::Unknown, causes);
            }
        };
        (truth, None)
    }

    fn clear(&mut self, truth: Truth, place: Option<&Place<'a>>, why: Unclear) -> Judged {
        match truth {
            Truth::Unknown => {
                let unclear = self.unclear(place, why);
                (Truth::Unknown, self.causes(unclear))
            }
            truth => (truth, None),
        }
    }

    fn calculate(&mut self, how: Arithmetic, a: Value<'a>, b: Value<'a>) -> Value<'a> {
        use Value::{Date, Days, Int, Number};
        let result = match (&a, &b) {
            (Int(a), Int(b)) => match how {
                Arithmetic::Add => a.checked_add(*b),
                Arithmetic::Subtract => a.checked_sub(*b),
                Arithmetic::Multiply => a.checked_mul(*b),
                Arithmetic::Divide => a.checked_div(*b),
                Arithmetic::Remainder => a.checked_rem(*b),
            }
            .map(Int),
            (Int(_) | Number(_), Int(_) | Number(_)) => {
                let (a, b) = (number(&a), number(&b));
                let result = match how {
                    Arithmetic::Add => a + b,
                    Arithmetic::Subtract => a - b,
                    Arithmetic::Multiply => a * b,
                    Arithmetic::Divide => a / b,
                    Arithmetic::Remainder => f64::NAN,
                };
                result.is_finite().then_some(Number(result))
            }
            (Value::Text(a), Value::Text(b)) => Some(Value::Text(format!("{a}{b}").into())),
            (Days(a0, a1), Days(b0, b1)) => Some(match how {
                Arithmetic::Add => Days(a0 + b0, a1 + b1),
                _ => Days(a0 - b1, a1 - b0),
            }),
            (Date(date, place), Days(least, most)) => {
                let (least, most) = if how == Arithmetic::Add { (*least, *most) } else { (-most, -least) };
                moved(*date, least, most).map(|date| Date(date, place.clone()))
            }
            (Days(least, most), Date(date, place)) => {
                moved(*date, *least, *most).map(|date| Date(date, place.clone()))
            }
            (Date(a, _), Date(b, _)) => {
                Some(Days((a.first - b.last).num_days(), (a.last - b.first).num_days()))
            }
            _ => return Value::Unknown(merge(self.causes(a), self.causes(b))),
        };
        match result {
            Some(value) => value,
            None => self.unclear(None, Unclear::NoResult),
        }
    }

    /// What a value says as a condition.
    fn kleene(&self, value: Value<'a>) -> Judged {
        match value {
            Value::Bool(true) => (Truth::True, None),
            Value::Bool(false) => (Truth::False, None),
            other => (Truth::Unknown, self.causes(other)),
        }
    }

    /// Why a value is not known.
    fn causes(&self, value: Value<'a>) -> Causes {
        match value {
            Value::Unknown(causes) => causes,
            Value::Absent(place) => match self.gap(&place, missing) {
                Value::Unknown(causes) => causes,
                _ => None,
            },
            _ => None,
        }
    }

    fn gap(&self, place: &Place<'a>, gap: impl Fn(&(Root, Option<String>)) -> Gap) -> Value<'a> {
        let cause = place.route.as_ref().map(|route| {
            let path = route.path(self.system_id());
            let word = place.node.and_then(Node::placeholder).map(str::to_owned);
            let gap = gap(&(path.root, word));
            Rc::new(vec![Cause { path, gap }])
        });
        Value::Unknown(cause)
    }

    fn unclear(&self, place: Option<&Place<'a>>, why: Unclear) -> Value<'a> {
        if !self.traced {
            return Value::Unknown(None);
        }
        let route = place.and_then(|place| place.route.clone());
        let route = route.unwrap_or_else(|| Rc::new(Route::Root(Root::Contract)));
        let mut path = route.path(self.system_id());
        if why == Unclear::OpenList {
            path.steps.push(super::trace::Step::Item("*".to_owned()));
        }
        Value::Unknown(Some(Rc::new(vec![Cause { path, gap: Gap::Indeterminate(why) }])))
    }

    fn system_id(&self) -> Option<&'a str> {
        self.facts.system.node.and_then(Node::id)
    }
}

/// The leftmost operand of a chain of `&&`: policies ask there whether an item is of the right kind.
fn first_operand(expression: &Expression) -> &Expression {
    match &expression.kind {
        Kind::And(a, _) => first_operand(a),
        _ => expression,
    }
}

/// Whether a node is worth showing as a read fact: not an object, nor a list of them, whose own
/// fields are shown instead.
fn is_shown(node: &Node) -> bool {
    match &node.data {
        Data::Map(_) => false,
        Data::List(items) => items.iter().all(|item| !matches!(item.data, Data::Map(_))),
        _ => true,
    }
}

fn missing((root, word): &(Root, Option<String>)) -> Gap {
    match root {
        Root::Records => Gap::NoRecord(word.clone()),
        _ => Gap::Missing(word.clone()),
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
        Constant::List(items) => Value::List(List {
            items: items.iter().map(|item| (constant_value(item), Belongs::Yes)).collect(),
            open: false,
            filtered: false,
            place: None,
        }),
    }
}

fn number(value: &Value<'_>) -> f64 {
    match value {
        Value::Int(number) => *number as f64,
        Value::Number(number) => *number,
        _ => f64::NAN,
    }
}

fn moved(date: Period, least: i64, most: i64) -> Option<Period> {
    Some(Period { first: date.plus_days(least)?.first, last: date.plus_days(most)?.last })
}

fn by_order(how: Comparison, order: Ordering) -> Truth {
    let holds = match how {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    };
    if holds { Truth::True } else { Truth::False }
}

/// Compares two values of which only bounds are known.
fn by_interval<T: PartialOrd>(how: Comparison, a: (T, T), b: (T, T)) -> Truth {
    let decide = |surely: bool, never: bool| match (surely, never) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    };
    match how {
        Comparison::Less => decide(a.1 < b.0, a.0 >= b.1),
        Comparison::AtMost => decide(a.1 <= b.0, a.0 > b.1),
        Comparison::Greater => decide(a.0 > b.1, a.1 <= b.0),
        Comparison::AtLeast => decide(a.0 >= b.1, a.1 < b.0),
        Comparison::Equal | Comparison::NotEqual => {
            let apart = a.1 < b.0 || b.1 < a.0;
            let same = a.0 == a.1 && b.0 == b.1 && a.0 == b.0;
            let equal = decide(same, apart);
            if how == Comparison::Equal { equal } else { negate(equal) }
        }
    }
}
