//! The calendar as iCalendar (RFC 5545): an all-day event per due date, a to-do without a date for
//! what has none.

use chrono::{Days, NaiveDate};

use super::{CalendarView, RowView};
use crate::digest::sha256;
use crate::lang::Lang;
use crate::obligation::row::State;
use crate::render::escape;

/// The octets of a line, its end left out (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes the calendar. The same documents and the same day give the same bytes.
pub fn ics(view: &CalendarView) -> String {
    let lang = view.lang;
    let name = lang.pick("委託契約の期日", "Due dates of outsourcing contracts");
    let product = format!("-//hadome//hadome {}//{}", env!("CARGO_PKG_VERSION"), lang.code().to_uppercase());
    let mut lines = Lines(String::new());
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.text("PRODID", &product);
    lines.add("CALSCALE:GREGORIAN");
    lines.add("METHOD:PUBLISH");
    lines.text("X-WR-CALNAME", name);
    let supposed: Vec<String> = super::supposed(view).collect();
    if !supposed.is_empty() {
        lines.text("X-WR-CALDESC", &supposed.join("\n"));
    }
    for row in &view.rows {
        entry(row, view.as_of, lang, &mut lines);
    }
    lines.add("END:VCALENDAR");
    lines.0
}

fn entry(row: &RowView, as_of: NaiveDate, lang: Lang, lines: &mut Lines) {
    let days = row.due_first.zip(row.due_last);
    let kind = if days.is_some() { "VEVENT" } else { "VTODO" };
    lines.add(&format!("BEGIN:{kind}"));
    lines.text("UID", &uid(row));
    lines.add(&format!("DTSTAMP:{}T000000Z", date(as_of)));
    if let Some((first, last)) = days {
        // The end of an all-day event is the day after it (RFC 5545, 3.6.1).
        let end = last.checked_add_days(Days::new(1)).unwrap_or(last);
        lines.add(&format!("DTSTART;VALUE=DATE:{}", date(first)));
        lines.add(&format!("DTEND;VALUE=DATE:{}", date(end)));
        // A due date keeps nobody busy.
        lines.add("TRANSP:TRANSPARENT");
    } else {
        let done = row.state == State::Done.word();
        lines.add(if done { "STATUS:COMPLETED" } else { "STATUS:NEEDS-ACTION" });
    }
    lines.text("SUMMARY", &summary(row, lang));
    lines.text("DESCRIPTION", &description(row, lang));
    lines.add(&format!("END:{kind}"));
}

/// Content lines, folded.
struct Lines(String);

impl Lines {
    /// A property whose value is a text.
    fn text(&mut self, name: &str, text: &str) {
        self.add(&format!("{name}:{}", escape::calendar(text)));
    }

    /// A line, broken before the character that would pass the limit; what goes on begins with a space,
    /// which counts.
    fn add(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// The same for the same due date of the same obligation, whenever the file is written and whatever the
/// date then is: what was imported before is replaced.
fn uid(row: &RowView) -> String {
    format!("{}@hadome", &sha256(row.key.as_bytes())[..32])
}

fn summary(row: &RowView, lang: Lang) -> String {
    let dossier = row.dossier_title.as_deref().unwrap_or(&row.dossier);
    match lang {
        Lang::Ja => format!("【{}】{}（{}）", row.state_title, row.title, escape::terminal(dossier)),
        Lang::En => format!("[{}] {} ({})", row.state_title, row.title, escape::terminal(dossier)),
    }
}

fn description(row: &RowView, lang: Lang) -> String {
    let pair = |ja: &str, en: &str, text: &str| match lang {
        Lang::Ja => format!("{ja}：{}", escape::terminal(text)),
        Lang::En => format!("{en}: {}", escape::terminal(text)),
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
        lines.push(pair("確認者", "confirmed by", row.confirmed_title.as_deref().unwrap_or("－")));
    }
    lines.extend(super::remarks(row, lang).iter().map(|remark| escape::terminal(remark)));
    lines.join("\n")
}
