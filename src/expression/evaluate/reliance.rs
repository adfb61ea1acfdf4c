//! On which facts a result rests, where several ways lead to it the best proven one.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Facts, Machine, Truth};
use crate::evidence::Assurance;
use crate::expression::trace::FactPath;
use crate::expression::typed::{Comparison, Expression, Kind, Quantifier};
use crate::expression::value::{Belongs, Place, Value};

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
    rests(condition, facts, level)
}

/// How well the weakest fact is proven on which a condition that holds rests, as [`reliance`] finds
/// them; nothing where none needs proof. Keeps no fact, so that it is what a passing clause costs.
pub fn weakest<'a>(
    condition: &'a Expression,
    facts: &Facts<'a>,
    level: &dyn Fn(&FactPath) -> Option<Assurance>,
) -> Option<Assurance> {
    rests::<Option<Assurance>>(condition, facts, level)
}

fn rests<'a, G: Ground>(
    condition: &'a Expression,
    facts: &Facts<'a>,
    level: &dyn Fn(&FactPath) -> Option<Assurance>,
) -> G {
    let mut machine = Machine::new(facts, true);
    Rests { machine: &mut machine, level, ground: PhantomData }.on(condition, Truth::True)
}

/// What is kept of the facts on which a result rests; by default there are none.
trait Ground: Default {
    /// Adds a fact.
    fn add(&mut self, path: FactPath, level: Assurance);
    /// Adds what something else rests on.
    fn join(&mut self, other: Self);
    /// How well the weakest fact is proven; nothing where there is no fact.
    fn weakest(&self) -> Option<Assurance>;
    /// Whether nothing that is added could change it any more.
    fn is_settled(&self) -> bool {
        false
    }
}

impl Ground for Reliance {
    fn add(&mut self, path: FactPath, level: Assurance) {
        self.insert(path, level);
    }

    fn join(&mut self, other: Self) {
        self.extend(other);
    }

    fn weakest(&self) -> Option<Assurance> {
        self.values().min().copied()
    }
}

impl Ground for Option<Assurance> {
    fn add(&mut self, _: FactPath, level: Assurance) {
        self.join(Some(level));
    }

    fn join(&mut self, other: Self) {
        *self = self.iter().chain(&other).min().copied();
    }

    fn weakest(&self) -> Option<Assurance> {
        *self
    }

    fn is_settled(&self) -> bool {
        *self == Some(Assurance::Declared)
    }
}

struct Rests<'r, 'f, 'a, G> {
    machine: &'r mut Machine<'f, 'a>,
    level: &'r dyn Fn(&FactPath) -> Option<Assurance>,
    ground: PhantomData<G>,
}

impl<'a, G: Ground> Rests<'_, '_, 'a, G> {
    fn on(&mut self, expression: &'a Expression, is: Truth) -> G {
        use Quantifier::{All, Exists};
        match (&expression.kind, is) {
            (Kind::Not(of), Truth::True) => self.on(of, Truth::False),
            (Kind::Not(of), Truth::False) => self.on(of, Truth::True),
            (Kind::And(a, b), Truth::True) | (Kind::Or(a, b), Truth::False) => {
                let mut both = self.on(a, is);
                if !both.is_settled() {
                    both.join(self.on(b, is));
                }
                both
            }
            (Kind::And(..), Truth::False) | (Kind::Or(..), Truth::True) => {
                let mut operands = Vec::new();
                chain(expression, &mut operands);
                let ways = operands.into_iter().filter_map(|one| match self.truth(one) == is {
                    true => Some(self.on(one, is)),
                    false => None,
                });
                best(ways)
            }
            (Kind::Choose(condition, a, b), _) => {
                let chosen = self.truth(condition);
                let mut both = self.on(condition, chosen);
                both.join(self.on(if chosen == Truth::True { a } else { b }, is));
                both
            }
            (Kind::Quantify(All, over, slot, body), Truth::True)
            | (Kind::Quantify(Exists, over, slot, body), Truth::False) => {
                let (mut all, list) = self.leaf(over);
                let Value::List(list) = list else { return all };
                if list.items.is_empty() {
                    self.empty(list.place, &mut all);
                }
                for (item, _) in &list.items {
                    if all.is_settled() {
                        break;
                    }
                    all.join(self.with(item, *slot, body, is));
                }
                all
            }
            (Kind::Quantify(Exists, over, slot, body), Truth::True)
            | (Kind::Quantify(All, over, slot, body), Truth::False) => {
                let Value::List(list) = self.machine.value(over) else { return G::default() };
                let sure = list.items.iter().filter(|(_, belongs)| matches!(belongs, Belongs::Yes));
                let ways = sure.filter_map(|(item, _)| {
                    let fits = self.quietly(|machine| machine.body(item, *slot, body).0) == is;
                    fits.then(|| self.with(item, *slot, body, is))
                });
                best(ways)
            }
            (Kind::Compare(how, a, b), Truth::False) if is_still_to_come(*how, a, b) => G::default(),
            _ => self.leaf(expression).0,
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

    /// The list itself: that nothing stands in it is what is relied on.
    fn empty(&mut self, list: Option<Place<'a>>, found: &mut G) {
        let Some(route) = list.and_then(|place| place.route) else { return };
        let path = route.path(self.machine.system_id());
        if let Some(level) = (self.level)(&path) {
            found.add(path, level);
        }
    }

    fn with(&mut self, item: &Value<'a>, slot: usize, body: &'a Expression, is: Truth) -> G {
        self.machine.slots.truncate(slot);
        self.machine.slots.push(item.clone());
        let found = self.on(body, is);
        self.machine.slots.truncate(slot);
        found
    }

    /// Everything that evaluating a leaf reads, and its value.
    fn leaf(&mut self, expression: &'a Expression) -> (G, Value<'a>) {
        self.machine.reads.clear();
        let value = self.machine.value(expression);
        let (system, mut found) = (self.machine.system_id(), G::default());
        for read in self.machine.reads.drain(..) {
            if found.is_settled() {
                break;
            }
            let path = read.route.path(system);
            if !path.names_an_id()
                && let Some(level) = (self.level)(&path)
            {
                found.add(path, level);
            }
        }
        (found, value)
    }
}

/// The operands of a chain of one operator, each of which is then evaluated once.
fn chain<'a>(expression: &'a Expression, operands: &mut Vec<&'a Expression>) {
    let (Kind::And(a, b) | Kind::Or(a, b)) = &expression.kind else { return operands.push(expression) };
    for side in [a, b] {
        match std::mem::discriminant(&side.kind) == std::mem::discriminant(&expression.kind) {
            true => chain(side, operands),
            false => operands.push(side),
        }
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
fn best<G: Ground>(ways: impl Iterator<Item = G>) -> G {
    let rank = |way: &G| (way.weakest().is_none(), way.weakest());
    ways.reduce(|best, way| if rank(&way) > rank(&best) { way } else { best }).unwrap_or_default()
}
