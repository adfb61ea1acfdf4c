//! Reading the facts of a document: fields, what stands in for them, and what is not there.

use std::borrow::Cow;

use super::{Machine, Touched, constant_value};
use crate::date::Period;
use crate::expression::trace::{Gap, Shown};
use crate::expression::typed::{Expression, Kind};
use crate::expression::types::Type;
use crate::expression::value::{Belongs, Items, List, Place, Plain, Value};
use crate::load::tree::{Data, Node};
use crate::schema::Field;

impl<'a> Machine<'_, 'a> {
    /// Reads a field of an object.
    pub(super) fn select(&mut self, of: Value<'a>, field: Field, ty: &Type) -> Value<'a> {
        let place = match of {
            Value::Object(place) | Value::Absent(place) => place,
            Value::Unknown(causes) => return Value::Unknown(causes),
            _ => return Value::Unknown(None),
        };
        let name = field.name;
        let found = Place {
            node: place.node.and_then(|node| node.get(name)),
            route: place.route.map(|route| self.routes.field(route, name)),
            open: place.open,
        };
        if let Some(number) = field.number()
            && place.node.and_then(|node| node.get(number.name)).is_some_and(Node::is_stated)
        {
            return Value::Absent(found);
        }
        let Some(node) = found.node.filter(|node| node.is_stated()) else {
            return self.unstated(&place, found, field);
        };
        if self.traced
            && is_shown(node)
            && let Some(route) = found.route
        {
            self.reads.push(Touched { route, span: node.span, shown: Shown::Itself });
        }
        self.read(node, found, ty)
    }

    /// The first of several fields that is written at all; what stands there holds, also where it is
    /// no value.
    pub(super) fn first_written(&mut self, fields: &'a [Expression]) -> Value<'a> {
        let Some((last, before)) = fields.split_last() else { return Value::Unknown(None) };
        for field in before {
            match self.value(field) {
                Value::Absent(Place { node, .. }) if node.is_none_or(Node::is_blank) => {}
                value => return value,
            }
        }
        self.value(last)
    }

    /// A field that states no plain value: a conflict, a wording, working days, or nothing.
    fn unstated(&mut self, parent: &Place<'a>, found: Place<'a>, field: Field) -> Value<'a> {
        if found.node.is_some_and(|node| !node.conflict().is_empty()) {
            return self.gap(&found, |_| Gap::Conflict);
        }
        let sibling =
            |name: &str| parent.node.and_then(|node| node.get(name)).filter(|node| node.is_stated());
        if let Some(business) = field.business()
            && let Some(Data::Int(days)) = sibling(business.name).map(|node| &node.data)
        {
            return Value::AtLeast(*days, found);
        }
        if let Some(gap) = field.business().and_then(|business| self.business_gap(parent, business.name)) {
            return gap;
        }
        if let Some(wording) = field.wording()
            && let Some(words) = sibling(wording.name).and_then(Node::as_text)
        {
            return self.gap(&found, |_| Gap::NoLimit(words.to_owned()));
        }
        Value::Absent(found)
    }

    /// What stands in the field for working days and gives no number: a conflict, or words.
    fn business_gap(&mut self, parent: &Place<'a>, name: &'static str) -> Option<Value<'a>> {
        let node = parent.node?.get(name);
        let route = parent.route.map(|route| self.routes.field(route, name));
        let place = Place { node, route, open: parent.open };
        if node.is_some_and(|node| !node.conflict().is_empty()) {
            return Some(self.gap(&place, |_| Gap::Conflict));
        }
        let words =
            parent.node?.get(&format!("{name}_wording")).filter(|node| node.is_stated())?.as_text()?;
        Some(self.gap(&place, |_| Gap::NoLimit(words.to_owned())))
    }

    fn read(&mut self, node: &'a Node, place: Place<'a>, ty: &Type) -> Value<'a> {
        let (Data::List(nodes), Type::List(item)) = (&node.data, ty) else {
            return plain(node, place, Plain::of(ty));
        };
        let items = match &**item {
            Type::List(_) => {
                let items = nodes.iter().enumerate();
                Items::Made(
                    items.map(|(at, node)| (self.item(node, at, place, item), Belongs::Yes)).collect(),
                )
            }
            item => Items::Stated(nodes, Plain::of(item)),
        };
        Value::List(List { items, open: place.open, filtered: false, place: Some(place) })
    }

    /// An item of a list of lists.
    fn item(&mut self, node: &'a Node, at: usize, list: Place<'a>, ty: &Type) -> Value<'a> {
        let inner = self.item_of(list, node, at);
        if node.is_stated() { self.read(node, inner, ty) } else { Value::Absent(inner) }
    }

    fn item_of(&mut self, list: Place<'a>, node: &'a Node, at: usize) -> Place<'a> {
        let route = list.route.map(|list| self.routes.item(list, node, Some(at)));
        Place { node: Some(node), route, open: list.open }
    }

    /// An item of a list by its index, which is less than the list's length.
    pub(super) fn nth(&mut self, list: &List<'a>, at: usize) -> (Value<'a>, Belongs) {
        match &list.items {
            Items::Made(values) => values[at].clone(),
            Items::Constant(constants) => (constant_value(&constants[at]), Belongs::Yes),
            Items::Stated(nodes, how) => {
                let node = &nodes[at];
                let inner = match list.place {
                    Some(place) => self.item_of(place, node, at),
                    None => Place { node: Some(node), route: None, open: list.open },
                };
                let value = if node.is_stated() { plain(node, inner, *how) } else { Value::Absent(inner) };
                (value, Belongs::Yes)
            }
        }
    }

    /// A value with all items of its lists made.
    pub(super) fn made(&mut self, value: Value<'a>) -> Value<'a> {
        let Value::List(list) = value else { return value };
        let items = self.all_of(&list).into_iter().map(|(item, belongs)| (self.made(item), belongs));
        let items = Items::Made(items.collect());
        Value::List(List { items, ..list })
    }

    /// All items of a list.
    pub(super) fn all_of(&mut self, list: &List<'a>) -> Vec<(Value<'a>, Belongs)> {
        (0..list.items.len()).map(|at| self.nth(list, at)).collect()
    }

    pub(super) fn stated(&mut self, of: &'a Expression) -> Value<'a> {
        if let Kind::Select(parent, field) = &of.kind
            && let Some(number) = field.number()
        {
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
}

/// Whether a node is worth showing as a read fact: not an object, nor a list of them, whose own
/// fields are shown instead.
/// A value that is no list.
fn plain<'a>(node: &'a Node, place: Place<'a>, how: Plain) -> Value<'a> {
    match (&node.data, how) {
        (Data::Bool(truth), _) => Value::Bool(*truth),
        (Data::Int(number), Plain::Number) => Value::Number(*number as f64),
        (Data::Int(number), _) => Value::Int(*number),
        (Data::Number(number), _) => Value::Number(*number),
        (Data::Text(text), Plain::Date) => match Period::parse(text) {
            Some(date) => Value::Date(date, Some(place)),
            None => Value::Unknown(None),
        },
        (Data::Text(text), _) => Value::Text(Cow::Borrowed(text)),
        (Data::Map(_), _) => Value::Object(place),
        _ => Value::Unknown(None),
    }
}

fn is_shown(node: &Node) -> bool {
    match &node.data {
        Data::Map(_) => false,
        Data::List(items) => items.iter().all(|item| !matches!(item.data, Data::Map(_))),
        _ => true,
    }
}
