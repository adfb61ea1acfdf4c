//! The calendar as iCalendar (RFC 5545): an all-day event per due date, a to-do without a date for
//! what has none.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use icalendar::{Component, Event, EventLike, Todo};

use super::{CalendarView, RowView};
use crate::digest::sha256;
use crate::lang::Lang;
use crate::obligation::row::State;
use crate::render::escape;

/// Writes the calendar. The same documents and the same day give the same bytes.
pub fn ics(view: &CalendarView) -> String {
    let mut calendar = icalendar::Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    let product =
        format!("-//hadome//hadome {}//{}", env!("CARGO_PKG_VERSION"), view.lang.code().to_uppercase());
    calendar.append_property(("PRODID", product.as_str()));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.name(view.lang.pick("委託契約の期日", "Due dates of outsourcing contracts"));
    let stamp = DateTime::<Utc>::from_naive_utc_and_offset(view.as_of.and_time(NaiveTime::MIN), Utc);
    for row in &view.rows {
        match row.due_first.zip(row.due_last) {
            Some(days) => calendar.push(event(row, days, stamp, view.lang)),
            None => calendar.push(todo(row, stamp, view.lang)),
        };
    }
    calendar.to_string()
}

fn event(row: &RowView, (first, last): (NaiveDate, NaiveDate), stamp: DateTime<Utc>, lang: Lang) -> Event {
    // The end of an all-day event is the day after it (RFC 5545, 3.6.1).
    let end = last.checked_add_days(Days::new(1)).unwrap_or(last);
    let mut event = Event::new();
    event.uid(&uid(row)).timestamp(stamp).starts(first).ends(end);
    event.summary(&summary(row, lang)).description(&description(row, lang));
    // A due date keeps nobody busy.
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

fn todo(row: &RowView, stamp: DateTime<Utc>, lang: Lang) -> Todo {
    let mut todo = Todo::new();
    todo.uid(&uid(row)).timestamp(stamp);
    todo.summary(&summary(row, lang)).description(&description(row, lang));
    let status = if row.state == State::Done.word() { "COMPLETED" } else { "NEEDS-ACTION" };
    todo.add_property("STATUS", status);
    todo.done()
}

/// The same for the same due date of the same obligation, whenever the file is written and whatever the
/// date then is: what was imported before is replaced.
fn uid(row: &RowView) -> String {
    format!("{}@hadome", &sha256(row.key.as_bytes())[..32])
}

fn summary(row: &RowView, lang: Lang) -> String {
    let dossier = row.dossier_title.as_deref().unwrap_or(&row.dossier);
    let text = match lang {
        Lang::Ja => format!("【{}】{}（{dossier}）", row.state_title, row.title),
        Lang::En => format!("[{}] {} ({dossier})", row.state_title, row.title),
    };
    escape::terminal(&text)
}

fn description(row: &RowView, lang: Lang) -> String {
    let pair = |ja: &str, en: &str, text: &str| match lang {
        Lang::Ja => format!("{ja}：{text}"),
        Lang::En => format!("{en}: {text}"),
    };
    let mut lines = vec![
        pair("期日", "due", &row.due_title),
        pair("委託案件", "dossier", &row.dossier),
        pair("対象", "subject", &row.target_title),
        pair("担当", "owner", row.owner_title),
        pair("根拠", "ground", &format!("{} {}", row.policy, row.ground_title)),
    ];
    if let Some(done) = &row.done_title {
        lines.push(pair("実施日", "done on", done));
    }
    lines.extend(super::remarks(row, lang));
    lines.iter().map(|line| escape::terminal(line)).collect::<Vec<_>>().join("\n")
}
