//! The calendar in Markdown: one table per fiscal year, one for what has no due date.

use std::fmt::Write;

use super::{CalendarView, RowView};
use crate::date::Period;
use crate::lang::Lang;
use crate::render::escape;

/// The columns.
const COLUMNS: [(&str, &str); 11] = [
    ("会計年度", "Fiscal year"),
    ("期日", "Due"),
    ("委託案件", "Dossier"),
    ("対象", "Subject"),
    ("義務", "Duty"),
    ("根拠", "Ground"),
    ("担当", "Owner"),
    ("残日数", "Days left"),
    ("状態", "State"),
    ("実施日", "Done on"),
    ("確認者", "Confirmed by"),
];

/// Writes the calendar.
pub fn markdown(view: &CalendarView) -> String {
    let lang = view.lang;
    let day = |day| Period::day(day).shown(lang);
    let (as_of, until) = (day(view.as_of), day(view.until));
    let mut out = match lang {
        Lang::Ja => format!("# 期日の一覧\n\n判定基準日：{as_of}　{until}までの期日\n"),
        Lang::En => format!("# Due dates\n\nAs of {as_of}; due dates until {until}\n"),
    };
    let (dated, undated): (Vec<&RowView>, Vec<&RowView>) =
        view.rows.iter().partition(|row| row.due_first.is_some());
    if !dated.is_empty() {
        let _ = write!(out, "\n## {}\n\n", lang.pick("期日のあるもの", "With a due date"));
        table(&dated, lang, &mut out);
    }
    if !undated.is_empty() {
        let _ = write!(out, "\n## {}\n\n", lang.pick("期日が定まらないもの", "Without a due date"));
        table(&undated, lang, &mut out);
    }
    let _ = write!(out, "\n## {}\n\n", lang.pick("注記", "Notes"));
    for line in super::tail(view) {
        let _ = writeln!(out, "- {}", escape::markdown(&line));
    }
    out
}

fn table(rows: &[&RowView], lang: Lang, out: &mut String) {
    let head: Vec<&str> = COLUMNS.iter().map(|(ja, en)| lang.pick(ja, en)).collect();
    let _ = writeln!(out, "| {} |\n|{}", head.join(" | "), " --- |".repeat(COLUMNS.len()));
    for row in rows {
        let left = row.days_left.map(|days| days.to_string()).unwrap_or_default();
        let mut state = row.state_title.clone();
        if let Some(planned) = &row.planned_title {
            state += &match lang {
                Lang::Ja => format!("（予定：{planned}）"),
                Lang::En => format!(" (planned: {planned})"),
            };
        }
        let dossier = match &row.dossier_title {
            Some(title) => {
                let folder = escape::markdown_code(&row.dossier);
                format!(
                    "{}{}",
                    escape::markdown(title),
                    lang.pick(&format!("（{folder}）"), &format!(" ({folder})"))
                )
            }
            None => escape::markdown_code(&row.dossier),
        };
        let remarks = super::remarks(row, lang).into_iter();
        let ground = std::iter::once(format!("{} {}", row.policy, row.ground_title)).chain(remarks);
        let ground: Vec<String> = ground.map(|line| escape::markdown(&line).into_owned()).collect();
        let cells = [
            escape::markdown(row.fiscal_year_title.as_deref().unwrap_or("－")),
            escape::markdown(&row.due_title),
            dossier.into(),
            escape::markdown(&row.target_title),
            escape::markdown(&row.title),
            ground.join("<br>").into(),
            escape::markdown(row.owner_title),
            left.into(),
            escape::markdown(&state),
            escape::markdown(row.done_title.as_deref().unwrap_or_default()),
            escape::markdown(row.confirmed_title.as_deref().unwrap_or_default()),
        ];
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}
