//! No result may rest on an absence: what `has` is allowed to do.
//!
//! `has(x)` gives a plain yes or no, so it could turn "not stated" into a verdict. It may only choose
//! between alternatives: where it says no, something else that is read only then must decide.
//!
//! The policy is reduced to truth values: its conditions become atoms, each of which may be true,
//! false or unknown. For every combination of `has` results with at least one no, and every
//! valuation of the atoms, the policy must not be decided while (1) treating the absent ones as
//! unknown would leave it open and (2) the atoms that are read only in the alternatives are unknown.

use super::evaluate::Truth;
use super::problem::Problem;
use super::typed::{Expression, Kind};

/// How many combinations are tried before the policy is refused as too complex.
const MOST: usize = 200_000;

/// A clause as far as this question goes: its condition and when it is judged.
pub struct Parts<'e> {
    /// What must hold.
    pub that: &'e Expression,
    /// When it must.
    pub when: Option<&'e Expression>,
}

/// Checks a whole policy.
///
/// # Errors
/// [`Problem::RestsOnAbsence`] with the field, or [`Problem::TooManyAlternatives`].
pub fn check(applies_when: Option<&Expression>, clauses: &[Parts<'_>]) -> Result<(), Problem> {
    let conditions = clauses.iter().flat_map(|clause| [Some(clause.that), clause.when]).chain([applies_when]);
    if !conditions.flatten().any(asks) {
        return Ok(());
    }
    let mut atoms = Atoms::default();
    let applies = applies_when.map(|when| atoms.skeleton(when));
    let clauses: Vec<(Skeleton, Option<Skeleton>)> = clauses
        .iter()
        .map(|clause| (atoms.skeleton(clause.that), clause.when.map(|when| atoms.skeleton(when))))
        .collect();
    let policy = Policy { applies, clauses };
    let (flags, facts) = (atoms.has.len(), atoms.facts.len());
    let combinations = 3usize.checked_pow(facts as u32).and_then(|all| all.checked_mul(1 << flags));
    if combinations.is_none_or(|all| all > MOST) {
        return Err(Problem::TooManyAlternatives);
    }
    for present in 0..1u32 << flags {
        for code in 0..3usize.pow(facts as u32) {
            let valuation = Valuation::new(&atoms, present, code);
            if let Some(flag) = rests_on_absence(&policy, &atoms, &valuation) {
                return Err(Problem::RestsOnAbsence(atoms.has[flag].clone()));
            }
        }
    }
    Ok(())
}

/// The `has` whose no decides alone, if one does.
fn rests_on_absence(policy: &Policy, atoms: &Atoms, valuation: &Valuation) -> Option<usize> {
    (0..atoms.has.len()).filter(|flag| valuation.flags[*flag] == Truth::False).find(|flag| {
        let mut without_alternatives = valuation.clone();
        for fact in policy.only_where_absent(*flag, atoms.facts.len()) {
            without_alternatives.facts[fact] = Truth::Unknown;
        }
        let decided = policy.verdict(&without_alternatives);
        let mut unknown = without_alternatives.clone();
        unknown.flags[*flag] = Truth::Unknown;
        decided != Open::Undecided && policy.verdict(&unknown) == Open::Undecided
    })
}

/// A condition reduced to its logic.
enum Skeleton {
    Constant(bool),
    Fact(usize),
    Has(usize),
    Not(Box<Skeleton>),
    And(Box<Skeleton>, Box<Skeleton>),
    Or(Box<Skeleton>, Box<Skeleton>),
    Choose(Box<Skeleton>, Box<Skeleton>, Box<Skeleton>),
}

#[derive(Default)]
struct Atoms {
    /// The fields that `has` asks for, by their text.
    has: Vec<String>,
    /// Every other condition, by its text, with the fields that it reads.
    facts: Vec<(String, Vec<String>)>,
}

impl Atoms {
    fn skeleton(&mut self, expression: &Expression) -> Skeleton {
        match &expression.kind {
            Kind::Constant(super::typed::Constant::Bool(truth)) => Skeleton::Constant(*truth),
            Kind::Has(of, field) => {
                let name = format!("{}.{}", text(of), field.name);
                Skeleton::Has(position(&mut self.has, name))
            }
            Kind::Not(of) => Skeleton::Not(Box::new(self.skeleton(of))),
            Kind::And(a, b) => Skeleton::And(Box::new(self.skeleton(a)), Box::new(self.skeleton(b))),
            Kind::Or(a, b) => Skeleton::Or(Box::new(self.skeleton(a)), Box::new(self.skeleton(b))),
            Kind::Choose(c, a, b) => Skeleton::Choose(
                Box::new(self.skeleton(c)),
                Box::new(self.skeleton(a)),
                Box::new(self.skeleton(b)),
            ),
            // What is said of each item is judged like a policy of its own item.
            Kind::Quantify(_, _, _, body) if asks(body) => self.skeleton(body),
            _ => {
                let mut reads = Vec::new();
                expression.walk(&mut |inner| {
                    if matches!(inner.kind, Kind::Select(..)) {
                        reads.push(text(inner));
                    }
                });
                let fact = (format!("{:?}", expression.kind), reads);
                let at = self.facts.iter().position(|known| known.0 == fact.0).unwrap_or_else(|| {
                    self.facts.push(fact);
                    self.facts.len() - 1
                });
                Skeleton::Fact(at)
            }
        }
    }
}

fn position(names: &mut Vec<String>, name: String) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

/// Whether `has` occurs inside.
fn asks(expression: &Expression) -> bool {
    let mut found = false;
    expression.walk(&mut |inner| found |= matches!(inner.kind, Kind::Has(..)));
    found
}

/// A chain of selections as text.
fn text(expression: &Expression) -> String {
    match &expression.kind {
        Kind::Root(root) => root.word().to_owned(),
        Kind::Variable(slot) => format!("item{slot}"),
        Kind::Select(of, field) => format!("{}.{}", text(of), field.name),
        _ => String::from("?"),
    }
}

#[derive(Clone)]
struct Valuation {
    flags: Vec<Truth>,
    facts: Vec<Truth>,
}

impl Valuation {
    /// One valuation; a fact that reads an absent field is unknown.
    fn new(atoms: &Atoms, present: u32, mut code: usize) -> Self {
        let flags: Vec<Truth> = (0..atoms.has.len())
            .map(|flag| if present >> flag & 1 == 1 { Truth::True } else { Truth::False })
            .collect();
        let absent = |read: &String| {
            atoms.has.iter().zip(&flags).any(|(name, flag)| *flag == Truth::False && name == read)
        };
        let facts = atoms.facts.iter().map(|(_, reads)| {
            let truth = [Truth::True, Truth::False, Truth::Unknown][code % 3];
            code /= 3;
            if reads.iter().any(absent) { Truth::Unknown } else { truth }
        });
        let facts = facts.collect();
        Valuation { flags, facts }
    }
}

/// What a policy says, as far as this question goes.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Open {
    NotApplicable,
    Fail,
    Pass,
    Undecided,
}

struct Policy {
    applies: Option<Skeleton>,
    clauses: Vec<(Skeleton, Option<Skeleton>)>,
}

impl Policy {
    fn verdict(&self, valuation: &Valuation) -> Open {
        let applies = self.applies.as_ref().map_or(Truth::True, |when| when.truth(valuation));
        if applies == Truth::False {
            return Open::NotApplicable;
        }
        let clauses: Vec<Option<Truth>> = self
            .clauses
            .iter()
            .map(|(that, when)| {
                let when = when.as_ref().map_or(Truth::True, |when| when.truth(valuation));
                match (when, that.truth(valuation)) {
                    (Truth::False, _) => None,
                    (_, Truth::True) => Some(Truth::True),
                    (Truth::True, Truth::False) => Some(Truth::False),
                    _ => Some(Truth::Unknown),
                }
            })
            .collect();
        let any = |truth| clauses.contains(&Some(truth));
        match () {
            () if clauses.iter().all(Option::is_none) => Open::NotApplicable,
            () if any(Truth::False) && applies == Truth::True => Open::Fail,
            () if any(Truth::False) || any(Truth::Unknown) => Open::Undecided,
            () => Open::Pass,
        }
    }

    /// The facts that are looked at only where a `has` says no.
    fn only_where_absent(&self, flag: usize, facts: usize) -> Vec<usize> {
        let mut seen = vec![(false, false); facts];
        let mut mark = |fact: usize, side: Side| match side {
            Side::Absent => seen[fact].0 = true,
            Side::Present | Side::Both => seen[fact].1 = true,
        };
        if let Some(applies) = &self.applies {
            applies.sides(flag, Side::Both, &mut mark);
        }
        for (that, when) in &self.clauses {
            let side = match when {
                Some(when) => {
                    when.sides(flag, Side::Both, &mut mark);
                    when.side_where_true(flag).unwrap_or(Side::Both)
                }
                None => Side::Both,
            };
            that.sides(flag, side, &mut mark);
        }
        (0..facts).filter(|fact| seen[*fact] == (true, false)).collect()
    }
}

/// Where something is looked at, for one `has`.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Present,
    Absent,
    Both,
}

impl Skeleton {
    fn truth(&self, valuation: &Valuation) -> Truth {
        match self {
            Skeleton::Constant(true) => Truth::True,
            Skeleton::Constant(false) => Truth::False,
            Skeleton::Fact(at) => valuation.facts[*at],
            Skeleton::Has(at) => valuation.flags[*at],
            Skeleton::Not(of) => match of.truth(valuation) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                Truth::Unknown => Truth::Unknown,
            },
            Skeleton::And(a, b) => match (a.truth(valuation), b.truth(valuation)) {
                (Truth::False, _) | (_, Truth::False) => Truth::False,
                (Truth::True, Truth::True) => Truth::True,
                _ => Truth::Unknown,
            },
            Skeleton::Or(a, b) => match (a.truth(valuation), b.truth(valuation)) {
                (Truth::True, _) | (_, Truth::True) => Truth::True,
                (Truth::False, Truth::False) => Truth::False,
                _ => Truth::Unknown,
            },
            Skeleton::Choose(c, a, b) => match c.truth(valuation) {
                Truth::True => a.truth(valuation),
                Truth::False => b.truth(valuation),
                Truth::Unknown => Truth::Unknown,
            },
        }
    }

    /// Where a condition is true for one value of a `has` only, that side.
    fn side_where_true(&self, flag: usize) -> Option<Side> {
        match self {
            Skeleton::Has(at) if *at == flag => Some(Side::Present),
            Skeleton::Not(of) => match &**of {
                Skeleton::Has(at) if *at == flag => Some(Side::Absent),
                _ => None,
            },
            Skeleton::And(a, b) => a.side_where_true(flag).or_else(|| b.side_where_true(flag)),
            _ => None,
        }
    }

    fn sides(&self, flag: usize, side: Side, mark: &mut dyn FnMut(usize, Side)) {
        match self {
            Skeleton::Constant(_) | Skeleton::Has(_) => {}
            Skeleton::Fact(at) => mark(*at, side),
            Skeleton::Not(of) => of.sides(flag, side, mark),
            Skeleton::And(a, b) => {
                a.sides(flag, side, mark);
                b.sides(flag, a.side_where_true(flag).unwrap_or(side), mark);
            }
            Skeleton::Or(a, b) => {
                a.sides(flag, side, mark);
                // The right of `has(x) || y` is looked at only where x is absent.
                let right = match a.side_where_true(flag) {
                    Some(Side::Present) => Side::Absent,
                    Some(Side::Absent) => Side::Present,
                    _ => side,
                };
                b.sides(flag, right, mark);
            }
            Skeleton::Choose(c, a, b) => {
                c.sides(flag, side, mark);
                let (yes, no) = match c.side_where_true(flag) {
                    Some(Side::Present) => (Side::Present, Side::Absent),
                    Some(Side::Absent) => (Side::Absent, Side::Present),
                    _ => (side, side),
                };
                a.sides(flag, yes, mark);
                b.sides(flag, no, mark);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::check::{Scope, condition};

    fn verdict(clauses: &[(&str, Option<&str>)]) -> Result<(), Problem> {
        let compile = |text: &str| condition(text, &Scope::default()).expect("an expression");
        let compiled: Vec<_> =
            clauses.iter().map(|(that, when)| (compile(that), when.map(compile))).collect();
        let parts: Vec<_> = compiled.iter().map(|(that, when)| Parts { that, when: when.as_ref() }).collect();
        check(None, &parts)
    }

    const X: &str = "contract.data_return.deadline_days";
    const Y: &str = "contract.data_return.on_end";

    #[test]
    fn an_alternative_may_decide_where_a_field_is_absent() {
        assert_eq!(verdict(&[(&format!("has({X}) ? {X} <= 30 : {Y}"), None)]), Ok(()));
        assert_eq!(verdict(&[(&format!("has({X}) || {Y}"), None)]), Ok(()));
        let either =
            [(&*format!("{X} <= 30"), Some(&*format!("has({X})"))), (Y, Some(&*format!("!has({X})")))];
        assert_eq!(verdict(&either), Ok(()));
    }

    #[test]
    fn absence_alone_may_not_decide() {
        let refused = |clauses: &[(&str, Option<&str>)]| {
            assert!(matches!(verdict(clauses), Err(Problem::RestsOnAbsence(_))), "{clauses:?}");
        };
        refused(&[(&format!("!has({X})"), None)]);
        refused(&[(&format!("has({X})"), None)]);
        refused(&[(&format!("has({X}) ? {X} <= 30 : true"), None)]);
        refused(&[(&format!("has({X}) ? {X} <= 30 : false"), None)]);
        refused(&[(&format!("!has({X}) || {X} <= 30"), None)]);
        refused(&[(&format!("{X} <= 30"), Some(&format!("has({X})")))]);
        refused(&[(&format!("{X} <= 30"), Some(&format!("has({X})"))), (Y, None)]);
        refused(&[("records.loans.all(l, !has(l.due_on) || l.due_on > as_of)", None)]);
    }
}
