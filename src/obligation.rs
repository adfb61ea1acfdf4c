//! Obligations (義務): what has to be done by when, and whether it was.
//!
//! A catalogue says how each due date follows from contract, system and records (`obligations/1`); it
//! is checked when it is loaded, like policies. [`list::rows`] then takes a case and the counting
//! rules and gives plain data, without any wording.

pub mod compile;
mod deed;
mod due;
pub mod file;
pub mod list;
pub mod problem;
mod reckon;
mod recurring;
pub mod row;
pub mod select;

use std::sync::Arc;

use crate::calendar::FirstDay;
use crate::expression::typed::{Expression, Kind, Root};
use crate::lang::Text;
use crate::policy::{Binding, PolicyFile};
use crate::schema::Unit;

pub use file::{ObligationFile, Owner};

/// An obligation that was checked and can be reckoned.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// As written.
    pub file: Arc<ObligationFile>,
    /// The policy that it stands for.
    pub policy: Arc<PolicyFile>,
    /// The list whose items have due dates of their own.
    pub for_each: Option<Binding>,
    /// When the obligation arises.
    pub applies_when: Option<Expression>,
    /// When it is due.
    pub due: Due,
    /// What shows that it was done.
    pub done: Done,
    /// The field whose place is the ground.
    pub ground: Expression,
    /// Whether `system` is read anywhere, so that each system document is a target.
    pub reads_system: bool,
    /// Whether the contract is read, so that the obligation drops out where there is none by nature.
    pub needs_contract: bool,
}

/// When an obligation is due.
#[derive(Clone, Debug)]
pub enum Due {
    /// Once.
    Once(Day),
    /// Again and again, a length of time after the newest deed; where no deed is recorded, from the
    /// first day on at equal distances.
    Every {
        /// The length of time.
        interval: Number,
        /// The first due date.
        first: Day,
        /// The last day on which it can be due.
        until: Option<Expression>,
    },
    /// So many times in each year.
    Yearly {
        /// How many times.
        times: Number,
        /// The first day of the first year.
        from: Expression,
        /// A due date of its own for the first time.
        first: Option<Day>,
        /// The last day of the last year.
        until: Option<Expression>,
    },
    /// A law gives words without a number.
    Wording(Text),
}

/// One due date.
#[derive(Clone, Debug)]
pub enum Day {
    /// A date as it is stated.
    On(Expression),
    /// A length of time after a date.
    After {
        /// The date.
        from: Expression,
        /// The length of time.
        length: Box<Number>,
        /// Whether the first day counts, where the counting rules do not say it.
        first_day: Option<FirstDay>,
    },
}

/// A number that the contract gives, or else a parameter of the policy.
#[derive(Clone, Debug)]
pub struct Number {
    /// Days, months or times in a year.
    pub unit: Unit,
    /// The number.
    pub count: Expression,
    /// What holds where nothing is stated.
    pub otherwise: Option<Expression>,
}

/// What shows that an obligation was done.
#[derive(Clone, Debug)]
pub enum Done {
    /// Any record of a list.
    Deeds {
        /// The list.
        list: Expression,
        /// The field of each record that holds the date, where records of this kind have one.
        on: Option<&'static str>,
    },
    /// A condition on the records as a whole.
    That(Expression),
    /// The records have no place for it.
    Unrecorded,
}

impl Obligation {
    /// The obligation's id.
    pub fn id(&self) -> &str {
        &self.file.id
    }
}

/// Whether an expression has no value where there is no contract by nature. Of a named day it is
/// enough that one of its fields stands elsewhere.
fn needs_contract(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Root(root) => *root == Root::Contract,
        Kind::Anchor(days) => days.iter().all(needs_contract),
        _ => expression.children().into_iter().any(needs_contract),
    }
}

/// The parameter that a number rests on, if it reads one.
fn parameter(expression: &Expression) -> Option<String> {
    let mut found = None;
    expression.walk(&mut |inner| {
        if let Kind::Parameter(name, _) = &inner.kind {
            found.get_or_insert_with(|| name.to_string());
        }
    });
    found
}
