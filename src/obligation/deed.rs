//! Which records show that an obligation was done.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::Done;
use super::row::{Confirmed, Deed};
use crate::date::Period;
use crate::expression::evaluate::{Facts, Listed, Truth, listed, traced};
use crate::expression::trace::{Cause, Gap, Step, Unclear};
use crate::expression::typed::Root;
use crate::load::tree::{Data, Node};

/// What the records say.
#[derive(Debug, Default)]
pub struct Found {
    /// What was done by the as-of date, oldest first; undated ones at the end.
    pub done: Vec<Deed>,
    /// Days after the as-of date, nearest first.
    pub planned: Vec<Period>,
    /// What keeps open whether it was done.
    pub causes: Vec<Cause>,
    /// Whether the condition on the records as a whole holds.
    pub settled: bool,
}

impl Found {
    /// Searches the records.
    pub fn search<'a>(done: &'a Done, facts: &Facts<'a>, as_of: NaiveDate) -> Found {
        let mut found = Found::default();
        match done {
            Done::Unrecorded => {}
            Done::That(that) => match traced(that, facts) {
                (Truth::True, _) => found.settled = true,
                (Truth::False, _) => {}
                (Truth::Unknown, trace) => found.causes = trace.causes,
            },
            Done::Deeds { list, on } => {
                let (items, causes) = listed(list, facts);
                found.causes = causes;
                for item in items.iter().filter(|item| item.sure) {
                    found.add(item, *on, as_of);
                }
            }
        }
        found.done.sort_by_key(|deed| (deed.on.is_none(), deed.on.map(|on| (on.last, on.first))));
        found.planned.sort_by_key(|planned| planned.first);
        found
    }

    /// The newest deed that has a date.
    pub fn newest(&self) -> Option<&Deed> {
        self.done
            .iter()
            .filter(|deed| deed.on.is_some())
            .min_by_key(|deed| Reverse(deed.on.map(|on| on.last)))
    }

    fn add(&mut self, item: &Listed<'_>, on: Option<&'static str>, as_of: NaiveDate) {
        let day = match on {
            None => None,
            Some(name) => match date(item, name) {
                Ok(day) if day.last <= as_of => Some(day),
                Ok(day) if day.first > as_of => return self.planned.push(day),
                Ok(_) => return self.causes.push(gap(item, name, Gap::Indeterminate(Unclear::Straddles))),
                Err(cause) => return self.causes.push(cause),
            },
        };
        self.done.push(Deed { path: item.path.clone(), on: day, confirmed: confirmed(item) });
    }
}

/// The date that a record states.
fn date(item: &Listed<'_>, name: &'static str) -> Result<Period, Cause> {
    let node = item.node.get(name);
    if node.is_some_and(|node| !node.conflict().is_empty()) {
        return Err(gap(item, name, Gap::Conflict));
    }
    let stated = node.filter(|node| node.is_stated()).and_then(Node::as_text).and_then(Period::parse);
    let word = node.and_then(Node::placeholder).map(str::to_owned);
    stated.ok_or_else(|| {
        let absent = if item.path.root == Root::Records { Gap::NoRecord(word) } else { Gap::Missing(word) };
        gap(item, name, absent)
    })
}

fn gap(item: &Listed<'_>, name: &'static str, gap: Gap) -> Cause {
    let mut path = item.path.clone();
    path.steps.push(Step::Field(name));
    Cause { path, gap }
}

/// Records that are confirmed say so in fields of the same names in every list.
fn confirmed(item: &Listed<'_>) -> Confirmed {
    let kept = item.path.field().is_some_and(|field| field.property("confirmed").is_some());
    let stated = |name: &str| item.node.get(name).filter(|node| node.is_stated());
    match stated("confirmed").map(|node| &node.data) {
        _ if !kept => Confirmed::NotKept,
        Some(Data::Bool(true)) => {
            Confirmed::Yes(stated("confirmed_by").and_then(Node::as_text).map(str::to_owned))
        }
        Some(Data::Bool(false)) => Confirmed::No,
        _ => Confirmed::Unstated,
    }
}
