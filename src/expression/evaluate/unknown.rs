//! Why a value is not known.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Machine;
use crate::expression::trace::{Cause, FactPath, Gap, Step, Unclear};
use crate::expression::typed::Root;
use crate::expression::value::{Causes, Place, Value};
use crate::load::tree::Node;

impl<'a> Machine<'_, 'a> {
    /// Why a value is not known.
    pub(super) fn causes(&self, value: Value<'a>) -> Causes {
        match value {
            Value::Unknown(causes) => causes,
            Value::Absent(place) => match self.gap(&place, missing) {
                Value::Unknown(causes) => causes,
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn gap(&self, place: &Place<'a>, gap: impl Fn(&(Root, Option<String>)) -> Gap) -> Value<'a> {
        let cause = place.route.map(|route| {
            let path = self.path(route);
            let word = place.node.and_then(Node::placeholder).map(str::to_owned);
            let gap = gap(&(path.root, word));
            one(Cause { path, gap })
        });
        Value::Unknown(cause)
    }

    pub(super) fn unclear(&self, place: Option<&Place<'a>>, why: Unclear) -> Value<'a> {
        if !self.traced {
            return Value::Unknown(None);
        }
        let nowhere = || FactPath { root: Root::Contract, system: None, steps: Vec::new() };
        let route = place.and_then(|place| place.route);
        let mut path = route.map_or_else(nowhere, |route| self.path(route));
        if why == Unclear::OpenList {
            path.steps.push(Step::Item("*".to_owned()));
        }
        Value::Unknown(Some(one(Cause { path, gap: Gap::Indeterminate(why) })))
    }
}

fn missing((root, word): &(Root, Option<String>)) -> Gap {
    match root {
        Root::Records => Gap::NoRecord(word.clone()),
        _ => Gap::Missing(word.clone()),
    }
}

fn one(cause: Cause) -> Rc<BTreeSet<Cause>> {
    Rc::new(BTreeSet::from([cause]))
}
