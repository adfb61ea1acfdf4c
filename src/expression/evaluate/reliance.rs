//! On which facts a result rests, where several ways lead to it the best proven one.

use std::collections::BTreeMap;

use super::{Facts, Machine, Truth};
use crate::evidence::Assurance;
use crate::expression::trace::{FactPath, Route, Routes};
use crate::expression::typed::{Comparison, Expression, Kind, Quantifier, Root};
use crate::expression::value::{Belongs, Place, Value};
use crate::load::tree::Span;

/// How well a fact is proven; nothing of a fact that needs no proof.
pub type Level<'l> = &'l dyn Fn(&Fact<'_>) -> Option<Assurance>;

/// A fact that was read. Its path is written out only where it is asked for.
pub struct Fact<'r> {
    routes: &'r Routes<'r>,
    route: Route,
    system: Option<&'r str>,
    /// Where its value stands.
    pub span: Span,
}

impl Fact<'_> {
    /// The document.
    pub fn root(&self) -> Root {
        self.routes.document(self.route)
    }

    /// Whether a path without ids leads to it.
    pub fn is_at(&self, path: &str) -> bool {
        self.routes.is_at(self.route, path)
    }

    /// Whether a path leads to it.
    pub fn is(&self, path: &FactPath) -> bool {
        self.routes.leads(self.route, path, self.system)
    }

    /// Its path.
    pub fn path(&self) -> FactPath {
        self.routes.path(self.route, self.system)
    }
}

/// The facts on which a condition that holds rests.
///
/// Of `&&` and `all` every operand counts; of `||` and `exists` the best proven one that is true.
pub struct Reliance<'f, 'a> {
    machine: Machine<'f, 'a>,
    /// Each with how well it is proven, some more than once.
    found: Vec<(Route, Assurance)>,
}

impl<'f, 'a> Reliance<'f, 'a> {
    /// What a condition rests on. `level` says how well a fact is proven, and nothing of a fact that
    /// needs no proof.
    pub fn of(condition: &'a Expression, facts: &'f Facts<'a>, level: Level<'_>) -> Self {
        let mut machine = Machine::new(facts, true);
        let system = machine.system_id();
        let mut rests = Rests { machine: &mut machine, system, level, found: Vec::new() };
        rests.on(condition, Truth::True);
        let found = rests.found;
        Reliance { machine, found }
    }

    /// How well the weakest fact is proven; nothing where none needs proof.
    pub fn weakest(&self) -> Option<Assurance> {
        weakest(&self.found)
    }

    /// The facts in the order of their paths, each with how well it is proven.
    pub fn facts(&self) -> Vec<(FactPath, Assurance)> {
        let found = self.found.iter().map(|(route, level)| (self.machine.path(*route), *level));
        found.collect::<BTreeMap<_, _>>().into_iter().collect()
    }
}

fn weakest(found: &[(Route, Assurance)]) -> Option<Assurance> {
    found.iter().map(|(_, level)| *level).min()
}

struct Rests<'r, 'f, 'a> {
    machine: &'r mut Machine<'f, 'a>,
    system: Option<&'a str>,
    level: Level<'r>,
    found: Vec<(Route, Assurance)>,
}

impl<'a> Rests<'_, '_, 'a> {
    /// Adds what an expression rests on that is known to be true, or false.
    fn on(&mut self, expression: &'a Expression, is: Truth) {
        use Quantifier::{All, Exists};
        match (&expression.kind, is) {
            (Kind::Not(of), Truth::True) => self.on(of, Truth::False),
            (Kind::Not(of), Truth::False) => self.on(of, Truth::True),
            (Kind::And(a, b), Truth::True) | (Kind::Or(a, b), Truth::False) => {
                self.on(a, is);
                self.on(b, is);
            }
            (Kind::And(..), Truth::False) | (Kind::Or(..), Truth::True) => {
                let mut best = Best::from(self.found.len());
                self.ways(expression, expression, is, &mut best);
            }
            (Kind::Choose(condition, a, b), _) => {
                let chosen = self.truth(condition);
                self.on(condition, chosen);
                self.on(if chosen == Truth::True { a } else { b }, is);
            }
            (Kind::Quantify(All, over, slot, body), Truth::True)
            | (Kind::Quantify(Exists, over, slot, body), Truth::False) => {
                let Value::List(list) = self.leaf(over) else { return };
                if list.items.is_empty() {
                    self.empty(list.place);
                }
                for at in 0..self.machine.afford(&list).unwrap_or_default() {
                    let (item, _) = self.machine.nth(&list, at);
                    self.with(&item, *slot, body, is);
                }
            }
            (Kind::Quantify(Exists, over, slot, body), Truth::True)
            | (Kind::Quantify(All, over, slot, body), Truth::False) => {
                let Value::List(list) = self.machine.value(over) else { return };
                let mut best = Best::from(self.found.len());
                for at in 0..self.machine.afford(&list).unwrap_or_default() {
                    if best.is_found() {
                        break;
                    }
                    let (item, belongs) = self.machine.nth(&list, at);
                    let sure = matches!(belongs, Belongs::Yes);
                    if sure && self.machine.quietly(|machine| machine.body(&item, *slot, body).0) == is {
                        let start = self.found.len();
                        self.with(&item, *slot, body, is);
                        best.offer(&mut self.found, start);
                    }
                }
            }
            (Kind::Compare(how, a, b), Truth::False) if is_still_to_come(*how, a, b) => {}
            _ => drop(self.leaf(expression)),
        }
    }

    /// Of the operands of a chain that alone make the whole chain what it is, what the best rests on.
    fn ways(&mut self, expression: &'a Expression, chain: &Expression, is: Truth, best: &mut Best) {
        let link = std::mem::discriminant(&expression.kind) == std::mem::discriminant(&chain.kind);
        let start = self.found.len();
        match &expression.kind {
            _ if best.is_found() => {}
            Kind::And(a, b) | Kind::Or(a, b) if link => {
                self.ways(a, chain, is, best);
                self.ways(b, chain, is, best);
            }
            Kind::Compare(..) | Kind::In(..) | Kind::Select(..) | Kind::Stated(_) => {
                self.machine.reads.clear();
                let value = self.machine.value(expression);
                if self.machine.kleene(value).0 == is {
                    let planned = matches!(&expression.kind, Kind::Compare(how, a, b)
                        if is == Truth::False && is_still_to_come(*how, a, b));
                    if !planned {
                        self.read();
                    }
                    best.offer(&mut self.found, start);
                }
            }
            _ => {
                if self.truth(expression) == is {
                    self.on(expression, is);
                    best.offer(&mut self.found, start);
                }
            }
        }
    }

    fn truth(&mut self, condition: &'a Expression) -> Truth {
        self.machine.quietly(|machine| machine.truth(condition))
    }

    /// The list itself: that nothing stands in it is what is relied on.
    fn empty(&mut self, list: Option<Place<'a>>) {
        let Some(Place { node: Some(node), route: Some(route), .. }) = list else { return };
        let fact = Fact { routes: &self.machine.routes, route, system: self.system, span: node.span };
        self.found.extend((self.level)(&fact).map(|level| (route, level)));
    }

    fn with(&mut self, item: &Value<'a>, slot: usize, body: &'a Expression, is: Truth) {
        self.machine.slots.truncate(slot);
        self.machine.slots.push(item.clone());
        self.on(body, is);
        self.machine.slots.truncate(slot);
    }

    /// Adds everything that evaluating a leaf reads; gives its value.
    fn leaf(&mut self, expression: &'a Expression) -> Value<'a> {
        self.machine.reads.clear();
        let value = self.machine.value(expression);
        self.read();
        value
    }

    /// Adds what was read since the reads were last cleared.
    fn read(&mut self) {
        let (routes, system) = (&self.machine.routes, self.system);
        for read in self.machine.reads.iter().filter(|read| !routes.names_an_id(read.route)) {
            let fact = Fact { routes, route: read.route, system, span: read.span };
            self.found.extend((self.level)(&fact).map(|level| (read.route, level)));
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

/// The way so far whose weakest fact is proven best; one that needs no proof before all others, so that
/// no other is looked at after it.
struct Best {
    /// Where its facts begin among all that were found.
    from: usize,
    /// How well its weakest fact is proven; `None` before the first way.
    weakest: Option<Option<Assurance>>,
}

impl Best {
    fn from(from: usize) -> Best {
        Best { from, weakest: None }
    }

    fn is_found(&self) -> bool {
        self.weakest == Some(None)
    }

    /// Keeps the facts from `start` on in place of those of the best way so far, or drops them.
    fn offer(&mut self, found: &mut Vec<(Route, Assurance)>, start: usize) {
        let offered = weakest(&found[start..]);
        let rank = |weakest: Option<Assurance>| (weakest.is_none(), weakest);
        if self.weakest.is_none_or(|known| rank(offered) > rank(known)) {
            found.drain(self.from..start);
            self.weakest = Some(offered);
        } else {
            found.truncate(start);
        }
    }
}
