//! Reading the facts of a document: fields, what stands in for them, and what is not there.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Machine, Touched};
use crate::date::Period;
use crate::expression::trace::{Gap, Route, Shown};
use crate::expression::typed::{Expression, Kind};
use crate::expression::types::Type;
use crate::expression::value::{Belongs, List, Place, Value};
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
        let below = |route: &Rc<Route<'a>>| Rc::new(Route::Field(route.clone(), name));
        let found = Place {
            node: place.node.and_then(|node| node.get(name)),
            route: place.route.as_ref().map(below),
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
            && let Some(route) = &found.route
        {
            self.reads.push(Touched { route: route.clone(), span: node.span, shown: Shown::Itself });
        }
        self.read(node, found, ty)
    }

    /// The first of several fields that is written at all; what stands there holds, also where it is
    /// no value.
    pub(super) fn first_written(&mut self, fields: &'a [Expression]) -> Value<'a> {
        let Some((last, before)) = fields.split_last() else { return Value::Unknown(None) };
        for field in before {
            match self.value(field) {
                Value::Absent(Place { node: None, .. }) => {}
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
    fn business_gap(&self, parent: &Place<'a>, name: &'static str) -> Option<Value<'a>> {
        let node = parent.node?.get(name);
        let route = parent.route.as_ref().map(|route| Rc::new(Route::Field(route.clone(), name)));
        let place = Place { node, route, open: parent.open };
        if node.is_some_and(|node| !node.conflict().is_empty()) {
            return Some(self.gap(&place, |_| Gap::Conflict));
        }
        let words =
            parent.node?.get(&format!("{name}_wording")).filter(|node| node.is_stated())?.as_text()?;
        Some(self.gap(&place, |_| Gap::NoLimit(words.to_owned())))
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
                let id = node.id().map_or_else(|| Cow::Owned(at.to_string()), Cow::Borrowed);
                Rc::new(Route::Item(list.clone(), id))
            });
            let inner = Place { node: Some(node), route, open: place.open };
            let value = if node.is_stated() { self.read(node, inner, item) } else { Value::Absent(inner) };
            items.push((value, Belongs::Yes));
        }
        let open = place.open;
        Value::List(List { items, open, filtered: false, place: Some(place) })
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
fn is_shown(node: &Node) -> bool {
    match &node.data {
        Data::Map(_) => false,
        Data::List(items) => items.iter().all(|item| !matches!(item.data, Data::Map(_))),
        _ => true,
    }
}
