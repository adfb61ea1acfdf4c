//! Lists: filtered, mapped, counted, indexed and searched.

use super::{Judged, Machine, Truth};
use crate::expression::trace::Unclear;
use crate::expression::typed::{Comparison, Expression};
use crate::expression::value::{Belongs, Causes, Items, List, Value, merge};

impl<'a> Machine<'_, 'a> {
    pub(super) fn filter(&mut self, over: &'a Expression, slot: usize, keep: &'a Expression) -> Value<'a> {
        let mut list = match self.value(over) {
            Value::List(list) => list,
            other => return Value::Unknown(self.causes(other)),
        };
        let stated = match self.afford(&list) {
            Ok(items) => items,
            Err(too_long) => return Value::Unknown(too_long),
        };
        let mut kept = Vec::new();
        // What selects an item is not what decides about it.
        let before = self.reads.len();
        for at in 0..stated {
            let (item, belongs) = self.nth(&list, at);
            match self.body(&item, slot, keep) {
                (Truth::True, _) => kept.push((item, belongs)),
                (Truth::Unknown, causes) => kept.push((item, Belongs::Maybe(causes))),
                (Truth::False, _) => {}
            }
        }
        self.reads.truncate(before);
        list.filtered = list.filtered || stated > 0;
        list.items = Items::Made(kept);
        Value::List(list)
    }

    pub(super) fn map(&mut self, over: &'a Expression, slot: usize, body: &'a Expression) -> Value<'a> {
        let mut list = match self.value(over) {
            Value::List(list) => list,
            other => return Value::Unknown(self.causes(other)),
        };
        let items = match self.afford(&list) {
            Ok(items) => items,
            Err(too_long) => return Value::Unknown(too_long),
        };
        let mut made = Vec::with_capacity(items);
        for at in 0..items {
            let (item, belongs) = self.nth(&list, at);
            self.slots.truncate(slot);
            self.slots.push(item);
            made.push((self.value(body), belongs));
        }
        self.slots.truncate(slot);
        list.items = Items::Made(made);
        Value::List(list)
    }

    #[inline(never)]
    pub(super) fn list_of(&mut self, items: &'a [Expression]) -> Value<'a> {
        let items = items.iter().map(|item| (self.value(item), Belongs::Yes)).collect();
        Value::List(List { items: Items::Made(items), open: false, filtered: false, place: None })
    }

    #[inline(never)]
    pub(super) fn size_of(&mut self, of: &'a Expression) -> Value<'a> {
        match self.value(of) {
            Value::Text(text) => Value::Int(text.chars().count() as i64),
            Value::List(list) => self.size(&list),
            other => Value::Unknown(self.causes(other)),
        }
    }

    pub(super) fn size(&mut self, list: &List<'a>) -> Value<'a> {
        let unsure = list.items.doubts().cloned().reduce(merge);
        match (unsure, list.open) {
            (Some(causes), _) => Value::Unknown(causes),
            (None, true) => self.unclear(list.place.as_ref(), Unclear::OpenList),
            (None, false) => Value::Int(list.items.len() as i64),
        }
    }

    pub(super) fn index(&mut self, list: &'a Expression, index: &'a Expression) -> Value<'a> {
        let (list, index) = (self.value(list), self.value(index));
        match (list, index) {
            (Value::List(list), Value::Int(at)) => {
                let unsure = list.open || list.items.doubts().next().is_some();
                match usize::try_from(at) {
                    Ok(at) if at < list.items.len() && !unsure => self.nth(&list, at).0,
                    _ => self.unclear(list.place.as_ref(), Unclear::NoResult),
                }
            }
            (list, index) => Value::Unknown(merge(self.causes(list), self.causes(index))),
        }
    }

    pub(super) fn contained(&mut self, item: &Value<'a>, list: Value<'a>) -> Judged {
        let list = match list {
            Value::List(list) => list,
            other => return (Truth::Unknown, merge(self.causes(item.clone()), self.causes(other))),
        };
        if matches!(item, Value::Absent(_) | Value::Unknown(_)) {
            return (Truth::Unknown, self.causes(item.clone()));
        }
        let items = match self.afford(&list) {
            Ok(items) => items,
            Err(too_long) => return (Truth::Unknown, too_long),
        };
        let mut open: Option<Causes> = None;
        for at in 0..items {
            let (candidate, belongs) = self.nth(&list, at);
            match (self.compare(Comparison::Equal, item, &candidate), belongs) {
                ((Truth::True, _), Belongs::Yes) => return (Truth::True, None),
                ((Truth::True, _), Belongs::Maybe(why)) => open = Some(merge(open.flatten(), why)),
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
}
