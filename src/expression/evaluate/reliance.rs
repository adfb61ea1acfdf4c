//! On which facts a result rests, where several ways lead to it the best proven one.

use std::collections::BTreeMap;

use super::{Facts, Machine, Truth};
use crate::evidence::Assurance;
use crate::expression::trace::FactPath;
use crate::expression::typed::{Comparison, Expression, Kind, Quantifier};
use crate::expression::value::{Belongs, Value};

/// Facts with how well each is proven.
pub type Reliance = BTreeMap<FactPath, Assurance>;

/// The facts on which a condition that holds rests. `level` says how well a fact is proven, and
/// nothing of a fact that needs no proof.
///
/// Of `&&` and `all` every operand counts; of `||` and `exists` the best proven one that is true.
pub fn reliance<'a>(
    condition: &'a Expression,
    facts: &Facts<'a>,
    level: &dyn Fn(&FactPath) -> Option<Assurance>,
) -> Reliance {
    let mut machine = Machine::new(facts, true);
    Rests { machine: &mut machine, level }.on(condition, Truth::True)
}

struct Rests<'r, 'f, 'a> {
    machine: &'r mut Machine<'f, 'a>,
    level: &'r dyn Fn(&FactPath) -> Option<Assurance>,
}

impl<'a> Rests<'_, '_, 'a> {
    fn on(&mut self, expression: &'a Expression, is: Truth) -> Reliance {
        use Quantifier::{All, Exists};
        match (&expression.kind, is) {
            (Kind::Not(of), Truth::True) => self.on(of, Truth::False),
            (Kind::Not(of), Truth::False) => self.on(of, Truth::True),
            (Kind::And(a, b), Truth::True) | (Kind::Or(a, b), Truth::False) => {
                let mut both = self.on(a, is);
                both.extend(self.on(b, is));
                both
            }
            (Kind::And(a, b), Truth::False) | (Kind::Or(a, b), Truth::True) => {
                let ways = [a, b].into_iter().filter_map(|one| match self.truth(one) == is {
                    true => Some(self.on(one, is)),
                    false => None,
                });
                best(ways)
            }
            (Kind::Choose(condition, a, b), _) => {
                let chosen = self.truth(condition);
                let mut both = self.on(condition, chosen);
                both.extend(self.on(if chosen == Truth::True { a } else { b }, is));
                both
            }
            (Kind::Quantify(All, over, slot, body), Truth::True)
            | (Kind::Quantify(Exists, over, slot, body), Truth::False) => {
                let mut all = self.leaf(over);
                let items = self.items(over, false);
                if items.is_empty() {
                    all.extend(self.list(over));
                }
                for item in &items {
                    all.extend(self.with(item, *slot, body, is));
                }
                all
            }
            (Kind::Quantify(Exists, over, slot, body), Truth::True)
            | (Kind::Quantify(All, over, slot, body), Truth::False) => {
                let items = self.items(over, true);
                let ways = items.into_iter().filter_map(|item| {
                    let fits = self.quietly(|machine| machine.body(&item, *slot, body).0) == is;
                    fits.then(|| self.with(&item, *slot, body, is))
                });
                best(ways)
            }
            (Kind::Compare(how, a, b), Truth::False) if is_still_to_come(*how, a, b) => Reliance::new(),
            _ => self.leaf(expression),
        }
    }

    fn truth(&mut self, condition: &'a Expression) -> Truth {
        self.quietly(|machine| {
            let value = machine.value(condition);
            machine.kleene(value).0
        })
    }

    /// Evaluates without a trace: only the truth is wanted.
    fn quietly<T>(&mut self, evaluate: impl FnOnce(&mut Machine<'_, 'a>) -> T) -> T {
        let traced = std::mem::replace(&mut self.machine.traced, false);
        let found = evaluate(self.machine);
        self.machine.traced = traced;
        found
    }

    /// The items of a list; only those that are surely in it where `sure`.
    fn items(&mut self, over: &'a Expression, sure: bool) -> Vec<Value<'a>> {
        match self.machine.value(over) {
            Value::List(list) => {
                let kept = |belongs: &Belongs| !sure || matches!(belongs, Belongs::Yes);
                list.items.into_iter().filter(|(_, belongs)| kept(belongs)).map(|(item, _)| item).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The list itself: that nothing stands in it is what is relied on.
    fn list(&mut self, over: &'a Expression) -> Reliance {
        let Value::List(list) = self.machine.value(over) else { return Reliance::new() };
        let route = list.place.and_then(|place| place.route);
        let path = route.map(|route| route.path(self.machine.system_id()));
        path.and_then(|path| (self.level)(&path).map(|level| (path, level))).into_iter().collect()
    }

    fn with(&mut self, item: &Value<'a>, slot: usize, body: &'a Expression, is: Truth) -> Reliance {
        self.machine.slots.truncate(slot);
        self.machine.slots.push(item.clone());
        let found = self.on(body, is);
        self.machine.slots.truncate(slot);
        found
    }

    /// Everything that evaluating a leaf reads.
    fn leaf(&mut self, expression: &'a Expression) -> Reliance {
        self.machine.reads.clear();
        self.machine.value(expression);
        let reads = std::mem::take(&mut self.machine.reads);
        let facts = reads.into_iter().map(|read| read.path).filter(|path| !path.names_an_id());
        facts.filter_map(|path| (self.level)(&path).map(|level| (path, level))).collect()
    }
}

/// Whether `date <= as_of` is asked: where it is false, the deed is only planned, and nobody can prove
/// yet what it will show.
fn is_still_to_come(how: Comparison, a: &Expression, b: &Expression) -> bool {
    use Comparison::{AtLeast, AtMost, Greater, Less};
    match how {
        AtMost | Less => matches!(b.kind, Kind::AsOf),
        AtLeast | Greater => matches!(a.kind, Kind::AsOf),
        _ => false,
    }
}

/// The way whose weakest fact is proven best; one that needs no proof before all others.
fn best(ways: impl Iterator<Item = Reliance>) -> Reliance {
    let weakest = |way: &Reliance| way.values().min().copied();
    let rank = |way: &Reliance| (way.is_empty(), weakest(way));
    ways.reduce(|best, way| if rank(&way) > rank(&best) { way } else { best }).unwrap_or_default()
}
