//! On which facts a result rests, where several ways lead to it the best proven one.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Facts, Machine, Truth};
use crate::evidence::Assurance;
use crate::expression::trace::{FactPath, Route, Routes};
use crate::expression::typed::{Comparison, Expression, Kind, Quantifier, Root};
use crate::expression::value::{Belongs, Place, Value};
use crate::load::tree::Span;

/// Facts with how well each is proven.
pub type Reliance = BTreeMap<FactPath, Assurance>;

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

/// The facts on which a condition that holds rests. `level` says how well a fact is proven, and
/// nothing of a fact that needs no proof.
///
/// Of `&&` and `all` every operand counts; of `||` and `exists` the best proven one that is true.
pub fn reliance<'a>(condition: &'a Expression, facts: &Facts<'a>, level: Level<'_>) -> Reliance {
    let mut machine = Machine::new(facts, true);
    let found: Vec<(Route, Assurance)> = rests(condition, &mut machine, level);
    found.into_iter().map(|(route, level)| (machine.path(route), level)).collect()
}

/// How well the weakest fact is proven on which a condition that holds rests, as [`reliance`] finds
/// them; nothing where none needs proof. Keeps no fact, so that it is what a passing clause costs.
pub fn weakest<'a>(condition: &'a Expression, facts: &Facts<'a>, level: Level<'_>) -> Option<Assurance> {
    rests(condition, &mut Machine::new(facts, true), level)
}

fn rests<'a, G: Ground>(condition: &'a Expression, machine: &mut Machine<'_, 'a>, level: Level<'_>) -> G {
    let system = machine.system_id();
    Rests { machine, system, level, ground: PhantomData }.on(condition, Truth::True)
}

/// What is kept of the facts on which a result rests; by default there are none.
trait Ground: Default {
    /// Adds a fact.
    fn add(&mut self, fact: &Fact<'_>, level: Assurance);
    /// Adds what something else rests on.
    fn join(&mut self, other: Self);
    /// How well the weakest fact is proven; nothing where there is no fact.
    fn weakest(&self) -> Option<Assurance>;
    /// Whether nothing that is added could change it any more.
    fn is_settled(&self) -> bool {
        false
    }
}

/// Facts, some more than once.
impl Ground for Vec<(Route, Assurance)> {
    fn add(&mut self, fact: &Fact<'_>, level: Assurance) {
        self.push((fact.route, level));
    }

    fn join(&mut self, other: Self) {
        self.extend(other);
    }

    fn weakest(&self) -> Option<Assurance> {
        self.iter().map(|(_, level)| *level).min()
    }
}

impl Ground for Option<Assurance> {
    fn add(&mut self, _: &Fact<'_>, level: Assurance) {
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
    system: Option<&'a str>,
    level: Level<'r>,
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
                let mut best = Best::default();
                self.ways(expression, expression, is, &mut best);
                best.way()
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
                for at in 0..list.items.len() {
                    if all.is_settled() {
                        break;
                    }
                    let (item, _) = self.machine.nth(&list, at);
                    all.join(self.with(&item, *slot, body, is));
                }
                all
            }
            (Kind::Quantify(Exists, over, slot, body), Truth::True)
            | (Kind::Quantify(All, over, slot, body), Truth::False) => {
                let Value::List(list) = self.machine.value(over) else { return G::default() };
                let mut best = Best::default();
                for at in 0..list.items.len() {
                    if best.is_found() {
                        break;
                    }
                    let (item, belongs) = self.machine.nth(&list, at);
                    let sure = matches!(belongs, Belongs::Yes);
                    if sure && self.quietly(|machine| machine.body(&item, *slot, body).0) == is {
                        best.offer(self.with(&item, *slot, body, is));
                    }
                }
                best.way()
            }
            (Kind::Compare(how, a, b), Truth::False) if is_still_to_come(*how, a, b) => G::default(),
            _ => self.leaf(expression).0,
        }
    }

    /// What each operand of a chain rests on that alone makes the whole chain what it is.
    fn ways(&mut self, expression: &'a Expression, chain: &Expression, is: Truth, best: &mut Best<G>) {
        let link = std::mem::discriminant(&expression.kind) == std::mem::discriminant(&chain.kind);
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
                    best.offer(if planned { G::default() } else { self.read() });
                }
            }
            _ => {
                if self.truth(expression) == is {
                    best.offer(self.on(expression, is));
                }
            }
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
        let Some(Place { node: Some(node), route: Some(route), .. }) = list else { return };
        let fact = Fact { routes: &self.machine.routes, route, system: self.system, span: node.span };
        if let Some(level) = (self.level)(&fact) {
            found.add(&fact, level);
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
        (self.read(), value)
    }

    /// What was read since the reads were last cleared.
    fn read(&self) -> G {
        let (system, mut found) = (self.system, G::default());
        let (routes, reads) = (&self.machine.routes, &self.machine.reads);
        for read in reads {
            if found.is_settled() {
                break;
            }
            let fact = Fact { routes, route: read.route, system, span: read.span };
            if !routes.names_an_id(read.route)
                && let Some(level) = (self.level)(&fact)
            {
                found.add(&fact, level);
            }
        }
        found
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
struct Best<G>(Option<(Option<Assurance>, G)>);

impl<G> Default for Best<G> {
    fn default() -> Self {
        Best(None)
    }
}

impl<G: Ground> Best<G> {
    fn is_found(&self) -> bool {
        matches!(self.0, Some((None, _)))
    }

    fn offer(&mut self, way: G) {
        let weakest = way.weakest();
        let rank = |weakest: &Option<Assurance>| (weakest.is_none(), *weakest);
        if self.0.as_ref().is_none_or(|(known, _)| rank(&weakest) > rank(known)) {
            self.0 = Some((weakest, way));
        }
    }

    fn way(self) -> G {
        self.0.map(|(_, way)| way).unwrap_or_default()
    }
}
