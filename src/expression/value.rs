//! Values during evaluation.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::trace::{Cause, Route};
use super::typed::Constant;
use super::types::Type;
use crate::date::Period;
use crate::load::tree::Node;

/// A value, or that there is none.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Number(f64),
    /// A whole number that is at least this: working days read as calendar days.
    AtLeast(i64, Place<'a>),
    /// A text or an enum's word.
    Text(Cow<'a, str>),
    /// A date.
    Date(Period, Option<Place<'a>>),
    /// A length of time in days, as the least and the most it can be.
    Days(i64, i64),
    /// An object.
    Object(Place<'a>),
    /// A list.
    List(List<'a>),
    /// Nothing is there; the place says where it would be.
    Absent(Place<'a>),
    /// It cannot be told.
    Unknown(Causes),
}

/// Why a value is unknown; empty where nobody asked for a trace.
pub type Causes = Option<Rc<BTreeSet<Cause>>>;

/// A node with how it was reached; the route is kept only where a trace is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The node, if there is one (an explicit null or a placeholder is one).
    pub node: Option<&'a Node>,
    /// The way to it.
    pub route: Option<Route>,
    /// Whether the document's lists may have more items than it states.
    pub open: bool,
}

/// A list during evaluation.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// The items.
    pub items: Items<'a>,
    /// Whether there may be more items than these.
    pub open: bool,
    /// Whether a filter left items out.
    pub filtered: bool,
    /// The stated list it came from.
    pub place: Option<Place<'a>>,
}

/// The items of a list. Of those that stand in a document or in an expression no value is made before
/// it is asked for.
#[derive(Clone, Debug)]
pub enum Items<'a> {
    /// As a document states them, all surely of the list.
    Stated(&'a [Node], Plain),
    /// As an expression writes them.
    Constant(&'a [Constant]),
    /// Values, and of each whether it is surely of the list.
    Made(Vec<(Value<'a>, Belongs)>),
}

impl Items<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Items::Stated(nodes, _) => nodes.len(),
            Items::Constant(constants) => constants.len(),
            Items::Made(values) => values.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What keeps it open of each item whether it is of the list, where something does.
    pub fn doubts(&self) -> impl Iterator<Item = &Causes> {
        let made = match self {
            Items::Made(values) => values.as_slice(),
            _ => &[],
        };
        made.iter().filter_map(|(_, belongs)| match belongs {
            Belongs::Maybe(causes) => Some(causes),
            Belongs::Yes => None,
        })
    }
}

/// How a plain value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// As it is written.
    Itself,
    /// A whole number too as a decimal one.
    Number,
    /// A text as a date.
    Date,
}

impl Plain {
    /// How values of a type are read.
    pub fn of(ty: &Type) -> Plain {
        match ty {
            Type::Number(_) => Plain::Number,
            Type::Date => Plain::Date,
            _ => Plain::Itself,
        }
    }
}

/// Whether an item is surely in a filtered list.
#[derive(Clone, Debug)]
pub enum Belongs {
    /// It is.
    Yes,
    /// It may be; the causes say what keeps it open.
    Maybe(Causes),
}

/// Joins two sets of causes; the smaller goes into the larger, so that a long list costs no copy per item.
pub fn merge(a: Causes, b: Causes) -> Causes {
    match (a, b) {
        (Some(a), Some(b)) => {
            let (mut all, few) = if a.len() < b.len() { (b, a) } else { (a, b) };
            let new: Vec<Cause> = few.iter().filter(|cause| !all.contains(cause)).cloned().collect();
            if !new.is_empty() {
                Rc::make_mut(&mut all).extend(new);
            }
            Some(all)
        }
        (one, other) => one.or(other),
    }
}
