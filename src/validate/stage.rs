//! The stage of a contract, from its dates.

use chrono::NaiveDate;

use super::Yardstick;
use crate::case::{Document, StageFound};
use crate::date::Period;
use crate::load::tree::Node;
use crate::stage::{END_OF_TERM, Stage};

/// Finds the stage on the as-of date; unknown where a deciding date is missing or straddles it.
pub fn find(
    contract: Option<&Document>,
    systems: &[Document],
    own_operation: bool,
    yardstick: &Yardstick,
) -> StageFound {
    if let Some(stage) = yardstick.stage {
        return StageFound { stage: Some(stage), overridden: true };
    }
    StageFound { stage: dated(contract, systems, own_operation, yardstick.as_of), overridden: false }
}

/// The stage that the dates alone give.
pub fn dated(
    contract: Option<&Document>,
    systems: &[Document],
    own_operation: bool,
    as_of: NaiveDate,
) -> Option<Stage> {
    match (own_operation, contract) {
        (true, _) => agreed(systems.iter().map(|system| own(&system.root, as_of))),
        (false, Some(contract)) => contracted(&contract.root, systems, as_of),
        (false, None) => None,
    }
}

/// The one stage on which all systems agree.
fn agreed(mut stages: impl Iterator<Item = Option<Stage>>) -> Option<Stage> {
    let first = stages.next()??;
    stages.all(|stage| stage == Some(first)).then_some(first)
}

/// What is known of a date against the as-of date.
#[derive(Clone, Copy, PartialEq)]
enum Reached {
    /// The as-of date is that day or later.
    Yes,
    /// It is earlier.
    No,
    /// Not stated, or known by its month only and in that month.
    Unknown,
}

fn reached(date: Option<Period>, as_of: NaiveDate) -> Reached {
    match date {
        Some(date) if date.last <= as_of => Reached::Yes,
        Some(date) if date.first > as_of => Reached::No,
        _ => Reached::Unknown,
    }
}

/// Whether the as-of date lies after a last day.
fn passed(date: Option<Period>, as_of: NaiveDate) -> Reached {
    match date {
        Some(date) if date.last < as_of => Reached::Yes,
        Some(date) if date.first >= as_of => Reached::No,
        _ => Reached::Unknown,
    }
}

/// Whether something stands in a line: a value, a conflict, a placeholder such as 未定. A blank line of
/// a form says no more than one that is not there.
fn is_written(section: &Node, key: &str) -> bool {
    section.get(key).is_some_and(|node| !node.is_blank())
}

fn date(section: &Node, key: &str) -> Option<Period> {
    Period::parse(section.get(key)?.as_text()?)
}

/// The day on which a contract really ends: terminated early, extended, or as first agreed.
pub fn effective_end(contract: &Node) -> Option<Period> {
    let term = contract.get("term")?;
    let key = END_OF_TERM.into_iter().find(|key| is_written(term, key))?;
    date(term, key)
}

fn contracted(contract: &Node, systems: &[Document], as_of: NaiveDate) -> Option<Stage> {
    let term = contract.get("term")?;
    let signed = reached(date(term, "signed_on"), as_of);
    let started = match is_written(term, "service_start") {
        true => reached(date(term, "service_start"), as_of),
        false => one_started(systems, as_of),
    };
    // A contract by which nothing runs yet is not believed against a system that runs within its term;
    // before its term the system may run under the contract before.
    let begun = reached(date(term, "start"), as_of) == Reached::Yes;
    let later = signed == Reached::No || started == Reached::No;
    let contradicted = begun && later && one_started(systems, as_of) == Reached::Yes;
    match (signed, started, passed(effective_end(contract), as_of)) {
        (_, _, Reached::Yes) => Some(Stage::Ended),
        _ if contradicted => None,
        (Reached::No, _, _) => Some(Stage::Bid),
        (_, Reached::Yes, Reached::No) => Some(Stage::Running),
        (Reached::Yes, Reached::No, _) => Some(Stage::Build),
        _ => None,
    }
}

/// Whether the service has begun, as the systems' own dates say where the contract is silent: one
/// that runs is enough, and none has begun only where each says so.
fn one_started(systems: &[Document], as_of: NaiveDate) -> Reached {
    let mut starts =
        systems.iter().map(|system| reached(date(&system.root, "service_start"), as_of)).peekable();
    if starts.peek().is_none() {
        return Reached::Unknown;
    }
    let (mut all_later, mut any) = (true, false);
    for start in starts {
        any |= start == Reached::Yes;
        all_later &= start == Reached::No;
    }
    match (any, all_later) {
        (true, _) => Reached::Yes,
        (false, true) => Reached::No,
        (false, false) => Reached::Unknown,
    }
}

fn own(system: &Node, as_of: NaiveDate) -> Option<Stage> {
    let started = reached(date(system, "service_start"), as_of);
    let ended = passed(date(system, "service_end"), as_of);
    match (started, ended) {
        (_, Reached::Yes) => Some(Stage::Ended),
        (Reached::No, _) => Some(Stage::Build),
        (Reached::Yes, Reached::No) => Some(Stage::Running),
        (Reached::Yes, Reached::Unknown) if !is_written(system, "service_end") => Some(Stage::Running),
        _ => None,
    }
}
