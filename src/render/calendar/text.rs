//! The calendar for a terminal: two lines per due date, by fiscal year.

use std::fmt::Write;

use super::{CalendarView, RowView};
use crate::lang::Lang;
use crate::obligation::row::State;
use crate::render::escape;

/// Writes the calendar.
pub fn text(view: &CalendarView) -> String {
    let lang = view.lang;
    let mut out = String::new();
    let mut heading = None;
    for row in &view.rows {
        let title = match (&row.fiscal_year_title, lang) {
            (Some(year), _) => year.clone(),
            (None, Lang::Ja) => "期日が定まらないもの".to_owned(),
            (None, Lang::En) => "Without a due date".to_owned(),
        };
        if heading.as_ref() != Some(&title) {
            let blank = if heading.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{blank}{title}");
            heading = Some(title);
        }
        for line in lines(row, lang) {
            let _ = writeln!(out, "{}", escape::terminal(&line));
        }
    }
    let blank = if view.rows.is_empty() { "" } else { "\n" };
    let _ = write!(out, "{blank}");
    for line in super::tail(view) {
        let _ = writeln!(out, "{}", escape::terminal(&line));
    }
    out
}

fn lines(row: &RowView, lang: Lang) -> Vec<String> {
    let left = super::left(row, lang).map(|left| match lang {
        Lang::Ja => format!("（{left}）"),
        Lang::En => format!(" ({left})"),
    });
    let left = left.unwrap_or_default();
    let head = format!("  {}  {}{left}  {}", row.state_title, row.due_title, row.title);
    let mut parts = vec![format!("{}{}", row.dossier, named(row)), row.target_title.clone()];
    parts.push(row.owner_title.to_owned());
    parts.push(format!("{} {}", row.policy, row.ground_title));
    let mut lines = vec![head, format!("      {}", parts.join(lang.pick("｜", " | ")))];
    if row.state == State::Done.word() {
        let (done, by) = (row.done_title.as_deref(), row.confirmed_title.as_deref());
        let (done, by) = (done.unwrap_or("－"), by.unwrap_or("－"));
        lines.push(match lang {
            Lang::Ja => format!("      実施日：{done}　確認者：{by}"),
            Lang::En => format!("      done on: {done}; confirmed by: {by}"),
        });
    }
    lines.extend(super::remarks(row, lang).into_iter().map(|note| format!("      {note}")));
    lines
}

fn named(row: &RowView) -> String {
    row.dossier_title.as_ref().map(|title| format!(" {title}")).unwrap_or_default()
}
