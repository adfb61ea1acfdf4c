//! Values during evaluation.

use std::borrow::Cow;
use std::rc::Rc;

use super::trace::{Cause, Route};
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
pub type Causes = Option<Rc<Vec<Cause>>>;

/// A node with how it was reached; the route is kept only where a trace is asked for.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The node, if there is one (an explicit null or a placeholder is one).
    pub node: Option<&'a Node>,
    /// The way to it.
    pub route: Option<Rc<Route<'a>>>,
    /// Whether the document's lists may have more items than it states.
    pub open: bool,
}

/// A list during evaluation.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// The items, and of each whether it is surely one.
    pub items: Vec<(Value<'a>, Belongs)>,
    /// Whether there may be more items than these.
    pub open: bool,
    /// Whether a filter left items out.
    pub filtered: bool,
    /// The stated list it came from.
    pub place: Option<Place<'a>>,
}

/// Whether an item is surely in a filtered list.
#[derive(Clone, Debug)]
pub enum Belongs {
    /// It is.
    Yes,
    /// It may be; the causes say what keeps it open.
    Maybe(Causes),
}

/// Joins two sets of causes.
pub fn merge(a: Causes, b: Causes) -> Causes {
    match (a, b) {
        (Some(a), Some(b)) => {
            let mut all = (*a).clone();
            all.extend(b.iter().filter(|cause| !a.contains(cause)).cloned());
            Some(Rc::new(all))
        }
        (one, other) => one.or(other),
    }
}
