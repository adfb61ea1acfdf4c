//! `all`, `exists` and `exists_one`: lists that may be open, items that may not belong.

use std::collections::BTreeSet;

use super::{Judged, Machine, Truth};
use crate::expression::trace::{FactPath, Route, Shown, Step, Unclear};
use crate::expression::typed::{Expression, Kind, Quantifier};
use crate::expression::value::{Belongs, Causes, List, Place, Value, merge};

impl<'a> Machine<'_, 'a> {
    pub(super) fn quantify(
        &mut self,
        how: Quantifier,
        over: &'a Expression,
        slot: usize,
        body: &'a Expression,
    ) -> Judged {
        let list = match self.value(over) {
            Value::List(list) => list,
            other => return (Truth::Unknown, self.causes(other)),
        };
        if list.filtered && list.items.is_empty() {
            let unclear = self.unclear(list.place.as_ref(), Unclear::NothingLeft);
            return (Truth::Unknown, self.causes(unclear));
        }
        let items = match self.afford(&list) {
            Ok(items) => items,
            Err(too_long) => return (Truth::Unknown, too_long),
        };
        let (decides, otherwise) = match how {
            Quantifier::All => (Truth::False, Truth::True),
            Quantifier::Exists => (Truth::True, Truth::False),
            Quantifier::ExistsOne => return self.exactly_one(list, slot, body),
        };
        let start = self.reads.len();
        let mut decided = false;
        let mut open: Option<Causes> = None;
        // Of an item that is not of the right kind a trace shows nothing more, and of all of those the
        // first stands for the others.
        let kind = (self.traced && how == Quantifier::Exists).then(|| first_operand(body));
        let mut others = false;
        let mut near: Vec<Route> = Vec::new();
        for at in 0..items {
            let (item, belongs) = self.nth(&list, at);
            let before = self.reads.len();
            if let Some(kind) = kind {
                let is_kind = self.quietly(|machine| machine.body(&item, slot, kind).0);
                if is_kind == Truth::False {
                    if !std::mem::replace(&mut others, true) {
                        self.body(&item, slot, kind);
                    }
                    continue;
                }
                if let (Truth::True, Value::Object(Place { route: Some(route), .. })) = (is_kind, &item) {
                    near.push(*route);
                }
            }
            let (truth, causes) = self.body(&item, slot, body);
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
                    open = Some(merge(open.flatten(), why));
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
        if how == Quantifier::Exists {
            self.gather(start, &list, &near);
        }
        match open {
            Some(causes) => (Truth::Unknown, causes),
            None => (otherwise, None),
        }
    }

    /// Chooses what to show where no item of a list would do: the items that meet the first thing
    /// asked of them (a test of the right kind that failed), or else the list as a whole; and what
    /// from outside the list they were held against.
    fn gather(&mut self, start: usize, list: &List<'a>, near: &[Route]) {
        let Some(path) = list.place.and_then(|place| place.route).map(|route| self.path(route)) else {
            return;
        };
        let depth = path.steps.len();
        let system = self.system_id();
        let near: BTreeSet<FactPath> = near.iter().map(|route| self.routes.path(*route, system)).collect();
        let near: BTreeSet<&Step> = near.iter().filter_map(|item| item.steps.get(depth)).collect();
        for read in &mut self.reads[start..] {
            let fact = self.routes.path(read.route, system);
            let is_inside = fact.root == path.root && fact.steps.starts_with(&path.steps);
            let is_near = is_inside && fact.steps.get(depth).is_some_and(|item| near.contains(item));
            if !is_inside && !fact.names_an_id() {
                continue;
            }
            read.shown = match (is_near, near.is_empty()) {
                (true, _) => Shown::Itself,
                (false, true) => Shown::AsListOf(path.clone()),
                (false, false) => Shown::Hidden,
            };
        }
    }

    fn exactly_one(&mut self, list: List<'a>, slot: usize, body: &'a Expression) -> Judged {
        let (mut sure, mut open): (usize, Option<Causes>) = (0, None);
        for at in 0..list.items.len() {
            let (item, belongs) = self.nth(&list, at);
            match (self.body(&item, slot, body), belongs) {
                ((Truth::True, _), Belongs::Yes) => sure += 1,
                ((Truth::True, _), Belongs::Maybe(why)) => open = Some(merge(open.flatten(), why)),
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

    pub(super) fn body(&mut self, item: &Value<'a>, slot: usize, body: &'a Expression) -> Judged {
        self.slots.truncate(slot);
        self.slots.push(item.clone());
        let value = self.value(body);
        self.slots.truncate(slot);
        self.kleene(value)
    }
}

/// The leftmost operand of a chain of `&&`: policies ask there whether an item is of the right kind.
fn first_operand(expression: &Expression) -> &Expression {
    match &expression.kind {
        Kind::And(a, _) => first_operand(a),
        _ => expression,
    }
}
