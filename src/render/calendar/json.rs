//! The calendar for programs: `hadome/calendar/1`, described in schemas/output/calendar-1.json.

use serde::Serialize;
use serde_json::Value;

use super::{CalendarView, CountingView, RowView};
use crate::obligation::row::State;
use crate::render::format::json as line;
use crate::render::view::{GapView, PlaceView};

/// The name and version of the contract.
const FORMAT: &str = "hadome/calendar/1";

/// Writes the calendar.
pub fn json(view: &CalendarView) -> String {
    let count = |state: State| view.rows.iter().filter(|row| row.state == state.word()).count();
    line(&Page {
        format: FORMAT,
        tool: Tool { name: "hadome", version: env!("CARGO_PKG_VERSION") },
        language: view.lang.code(),
        as_of: view.as_of.to_string(),
        until: view.until.to_string(),
        profile: Profile { id: &view.profile, title: &view.profile_title },
        counting: &view.counting,
        left_out_count: view.left_out_count,
        assumptions: &view.assumptions,
        refused: &view.refused,
        totals: Totals {
            overdue: count(State::Overdue),
            unknown: count(State::Unknown),
            open: count(State::Open),
            done: count(State::Done),
        },
        rows: view.rows.iter().map(Entry::of).collect(),
    }) + "\n"
}

#[derive(Serialize)]
struct Page<'v> {
    format: &'static str,
    tool: Tool,
    language: &'static str,
    as_of: String,
    until: String,
    profile: Profile<'v>,
    counting: &'v CountingView,
    left_out_count: usize,
    assumptions: &'v [String],
    refused: &'v [String],
    totals: Totals,
    rows: Vec<Entry<'v>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Profile<'v> {
    id: &'v str,
    title: &'v str,
}

#[derive(Serialize)]
struct Totals {
    overdue: usize,
    unknown: usize,
    open: usize,
    done: usize,
}

#[derive(Serialize)]
struct Entry<'v> {
    dossier: &'v str,
    dossier_title: Option<&'v str>,
    obligation: &'v str,
    policy: &'v str,
    title: &'v str,
    target: &'v str,
    target_title: &'v str,
    fiscal_year: Option<i32>,
    due: Due<'v>,
    days_left: Option<i64>,
    state: &'static str,
    state_title: &'v str,
    late: Option<bool>,
    done: Option<Done<'v>>,
    planned_title: Option<&'v str>,
    owner: Value,
    owner_title: &'static str,
    rests_on: &'static str,
    ground: Ground<'v>,
    notes: &'v [String],
    gaps: Vec<Gap<'v>>,
}

#[derive(Serialize)]
struct Due<'v> {
    kind: &'static str,
    first: Option<String>,
    last: Option<String>,
    title: &'v str,
}

#[derive(Serialize)]
struct Done<'v> {
    first: Option<String>,
    last: Option<String>,
    title: &'v str,
    record: Option<&'v str>,
    confirmed_title: Option<&'v str>,
}

#[derive(Serialize)]
struct Ground<'v> {
    path: Option<&'v str>,
    title: &'v str,
    place: Option<Place<'v>>,
}

#[derive(Serialize)]
struct Place<'v> {
    file: &'v str,
    line: usize,
    column: usize,
    original: Option<&'v str>,
}

#[derive(Serialize)]
struct Gap<'v> {
    path: &'v str,
    title: &'v str,
    sub_reason: crate::evaluate::outcome::SubReason,
    sub_reason_title: &'static str,
    detail: Option<&'v str>,
    place: Option<Place<'v>>,
}

impl<'v> Entry<'v> {
    fn of(row: &'v RowView) -> Entry<'v> {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        Entry {
            dossier: &row.dossier,
            dossier_title: row.dossier_title.as_deref(),
            obligation: &row.obligation,
            policy: &row.policy,
            title: &row.title,
            target: &row.target,
            target_title: &row.target_title,
            fiscal_year: row.fiscal_year,
            due: Due {
                kind: row.due_kind,
                first: day(row.due_first),
                last: day(row.due_last),
                title: &row.due_title,
            },
            days_left: row.days_left,
            state: row.state,
            state_title: &row.state_title,
            late: row.late,
            done: row.done_title.as_deref().map(|title| Done {
                first: day(row.done_first),
                last: day(row.done_last),
                title,
                record: row.deed.as_deref(),
                confirmed_title: row.confirmed_title.as_deref(),
            }),
            planned_title: row.planned_title.as_deref(),
            owner: serde_json::to_value(row.owner).unwrap_or_default(),
            owner_title: row.owner_title,
            rests_on: row.rests_on,
            ground: Ground {
                path: row.ground.as_deref(),
                title: &row.ground_title,
                place: row.place.as_ref().map(Place::of),
            },
            notes: &row.notes,
            gaps: row.gaps.iter().map(Gap::of).collect(),
        }
    }
}

impl<'v> Place<'v> {
    fn of(place: &'v PlaceView) -> Place<'v> {
        Place {
            file: &place.file,
            line: place.line,
            column: place.column,
            original: place.original.as_deref(),
        }
    }
}

impl<'v> Gap<'v> {
    fn of(gap: &'v GapView) -> Gap<'v> {
        Gap {
            path: &gap.path,
            title: &gap.title,
            sub_reason: gap.sub_reason,
            sub_reason_title: gap.sub_reason_title,
            detail: gap.detail.as_deref(),
            place: gap.place.as_ref().map(Place::of),
        }
    }
}
