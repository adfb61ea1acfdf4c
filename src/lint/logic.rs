//! Conditions reduced to what can be asked of the facts and to the logic between the answers.
//!
//! Two conditions that ask the same of the same field share a question: the words of a choice and of
//! the stage are the answers of one question, a number is asked where it stands among the bounds that
//! are compared with it. Everything else is a question of its own, answered yes or no. Whatever holds
//! for every combination of answers holds for every document; what is not stated is left aside here.

use std::collections::BTreeMap;

use super::asked::{Asked, Wanted};
use crate::expression::typed::{Comparison, Constant, Expression, Kind, Quantifier};
use crate::stage::Stage;

/// More combinations than these are not tried out.
const MOST: usize = 1 << 18;

/// What a question can be answered with.
#[derive(Clone, Debug)]
enum Answers {
    YesNo,
    Words(Vec<String>),
    Numbers(Vec<f64>),
}

/// The questions that conditions ask.
pub struct Questions<'p> {
    stages: &'p [Stage],
    keys: BTreeMap<String, usize>,
    answers: Vec<Answers>,
}

/// The logic of a condition over the questions.
pub enum Logic {
    /// It is the same always.
    Always(bool),
    /// A question, and of each answer whether it meets the condition.
    Asks(usize, Vec<bool>),
    /// The contrary.
    Not(Box<Logic>),
    /// Both.
    And(Box<Logic>, Box<Logic>),
    /// One or both.
    Or(Box<Logic>, Box<Logic>),
}

impl<'p> Questions<'p> {
    /// The questions of some conditions; the stage is one of the policy's own.
    pub fn of<'e>(conditions: impl IntoIterator<Item = &'e Expression>, stages: &'p [Stage]) -> Self {
        let mut questions = Questions { stages, keys: BTreeMap::new(), answers: Vec::new() };
        for condition in conditions {
            questions.learn(condition);
        }
        for answers in &mut questions.answers {
            if let Answers::Numbers(bounds) = answers {
                *bounds = around(bounds);
            }
        }
        questions
    }

    fn learn(&mut self, condition: &Expression) {
        if is_logic(condition) {
            return condition.children().into_iter().for_each(|part| self.learn(part));
        }
        let Asked { key, wanted, .. } = Asked::by(condition, self.stages);
        let known = self.keys.get(&key).and_then(|at| self.answers.get_mut(*at));
        match (known, wanted) {
            (Some(Answers::Numbers(bounds)), Wanted::Bound(_, bound)) => bounds.push(bound),
            (Some(_), _) => {}
            (None, wanted) => {
                self.keys.insert(key, self.answers.len());
                self.answers.push(match wanted {
                    Wanted::OneOf { words, .. } => Answers::Words(words),
                    Wanted::Bound(_, bound) => Answers::Numbers(vec![bound]),
                    Wanted::Yes => Answers::YesNo,
                });
            }
        }
    }

    /// A condition over these questions.
    pub fn logic(&self, condition: &Expression) -> Logic {
        let of = |part: &Expression| Box::new(self.logic(part));
        match &condition.kind {
            Kind::Constant(Constant::Bool(truth)) | Kind::Parameter(_, Constant::Bool(truth)) => {
                Logic::Always(*truth)
            }
            Kind::Not(inner) => Logic::Not(of(inner)),
            Kind::And(a, b) => Logic::And(of(a), of(b)),
            Kind::Or(a, b) => Logic::Or(of(a), of(b)),
            Kind::Choose(c, a, b) => {
                let (yes, no) = (Logic::And(of(c), of(a)), Logic::And(Box::new(Logic::Not(of(c))), of(b)));
                Logic::Or(Box::new(yes), Box::new(no))
            }
            Kind::Quantify(Quantifier::All, _, _, body) if self.constant(body) == Some(true) => {
                Logic::Always(true)
            }
            Kind::Quantify(Quantifier::Exists, _, _, body) if self.constant(body) == Some(false) => {
                Logic::Always(false)
            }
            _ => {
                let asked = Asked::by(condition, self.stages);
                // Every question was learnt from the same conditions.
                let Some(at) = self.keys.get(&asked.key) else { return Logic::Always(true) };
                let asks = Logic::Asks(*at, self.answers[*at].that_meet(&asked.wanted));
                if asked.contrary { Logic::Not(Box::new(asks)) } else { asks }
            }
        }
    }

    /// What a condition is whatever is answered, if it is always the same.
    fn constant(&self, condition: &Expression) -> Option<bool> {
        let questions = Questions::of([condition], self.stages);
        let logic = questions.logic(condition);
        match [true, false].map(|truth| questions.possible(|given| logic.holds(given) == truth)) {
            [Some(true), Some(false)] => Some(true),
            [Some(false), Some(true)] => Some(false),
            _ => None,
        }
    }

    /// Whether some combination of answers is as asked; `None` where there are too many to try.
    pub fn possible(&self, holds: impl Fn(&[usize]) -> bool) -> Option<bool> {
        let sizes: Vec<usize> = self.answers.iter().map(Answers::count).collect();
        let all = sizes.iter().try_fold(1usize, |all, size| all.checked_mul(*size));
        let all = all.filter(|all| *all <= MOST)?;
        let mut given = vec![0; sizes.len()];
        for mut code in 0..all {
            for (answer, size) in given.iter_mut().zip(&sizes) {
                (*answer, code) = (code % size, code / size);
            }
            if holds(&given) {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// Whether a condition is the logic of its parts.
fn is_logic(condition: &Expression) -> bool {
    matches!(
        &condition.kind,
        Kind::Not(_)
            | Kind::And(..)
            | Kind::Or(..)
            | Kind::Choose(..)
            | Kind::Constant(Constant::Bool(_))
            | Kind::Parameter(_, Constant::Bool(_))
    )
}

impl Answers {
    fn count(&self) -> usize {
        match self {
            Answers::YesNo => 2,
            Answers::Words(words) => words.len(),
            Answers::Numbers(numbers) => numbers.len(),
        }
    }

    /// Of each answer whether it meets what is wanted.
    fn that_meet(&self, wanted: &Wanted) -> Vec<bool> {
        match (self, wanted) {
            (Answers::Words(words), Wanted::OneOf { accepted, .. }) => {
                words.iter().map(|word| accepted.contains(word)).collect()
            }
            (Answers::Numbers(at), Wanted::Bound(how, bound)) => {
                at.iter().map(|number| stands(*number, *how, *bound)).collect()
            }
            _ => (0..self.count()).map(|answer| answer == 0).collect(),
        }
    }
}

impl Logic {
    /// Whether it holds with these answers.
    pub fn holds(&self, given: &[usize]) -> bool {
        match self {
            Logic::Always(truth) => *truth,
            Logic::Asks(at, meets) => meets.get(given[*at]).copied().unwrap_or_default(),
            Logic::Not(of) => !of.holds(given),
            Logic::And(a, b) => a.holds(given) && b.holds(given),
            Logic::Or(a, b) => a.holds(given) || b.holds(given),
        }
    }
}

#[allow(clippy::float_cmp, reason = "a bound is compared with itself")]
fn stands(number: f64, how: Comparison, bound: f64) -> bool {
    match how {
        Comparison::Equal => number == bound,
        Comparison::NotEqual => number != bound,
        Comparison::Less => number < bound,
        Comparison::AtMost => number <= bound,
        Comparison::Greater => number > bound,
        Comparison::AtLeast => number >= bound,
    }
}

/// Each bound, a number on either side of it, and one between any two.
fn around(bounds: &[f64]) -> Vec<f64> {
    let mut numbers: Vec<f64> = bounds.iter().flat_map(|bound| [bound - 1.0, *bound, bound + 1.0]).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let between: Vec<f64> = numbers.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
    numbers.extend(between);
    numbers
}
