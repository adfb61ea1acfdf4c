//! `hadome calendar`: what is due when, and whether it was done.

use std::path::{Path, PathBuf};

use chrono::{Months, NaiveDate};
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::output::{is_input, is_misnamed, write_kept};
use super::{Console, Exit};
use crate::calendar::Calendar;
use crate::lang::Lang;
use crate::load::dossier;
use crate::load::find::{Found, Passed, find};
use crate::load::limits::Limits;
use crate::obligation::list::rows;
use crate::obligation::select::{Selected, selected};
use crate::policy::library::Library;
use crate::render::calendar::{self as render, CalendarView, RowView};
use crate::validate::yardstick::{self, Choice, Unusable};
use crate::validate::{Refused, Yardstick, validate};

/// Arguments of `calendar`.
#[derive(Debug, Args)]
pub struct CalendarArguments {
    /// Dossiers, folders that hold some, or documents of dossiers.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The last day shown; a year after the as-of date where left out. What is overdue or has no due
    /// date is always shown.
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    until: Option<NaiveDate>,
    /// The as-of date (判定基準日), as 2026-04-01; today in Japan where left out.
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    as_of: Option<NaiveDate>,
    /// A file with counting rules and holidays, in place of the built-in rules.
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// The profile (確認項目セット), by id or by the path of its file.
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// Supposes a fact, as contract.data_return.deadline_days=30; printed as an assumption (仮定).
    #[arg(long, value_name = "PATH=VALUE", value_parser = super::parse_assumption)]
    assume: Vec<String>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CalendarFormat,
    /// The file to write; standard output where left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there already.
    #[arg(long)]
    overwrite: bool,
    /// Exit with 1 where something is overdue, or was due and is not known to be done.
    #[arg(long)]
    gate: bool,
}

/// Output formats of `calendar`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CalendarFormat {
    /// For a person at a terminal.
    Text,
    /// Tables.
    Markdown,
    /// For programs: `hadome/calendar/1`, as schemas/output/calendar-1.json describes it.
    Json,
    /// iCalendar (RFC 5545), for calendar programs.
    Ics,
}

/// Runs the command.
pub fn run(arguments: &CalendarArguments, console: &mut Console<'_>) -> Exit {
    let almanac = match arguments.almanac(console) {
        Ok(almanac) => almanac,
        Err(unusable) => return console.unusable(&unusable),
    };
    let finds = match find(&arguments.paths) {
        Ok(finds) => finds,
        Err(unfound) => return console.unfound(&unfound),
    };
    let output = arguments.output.as_deref();
    let formats: &[&str] = match arguments.format {
        CalendarFormat::Text => &["txt"],
        CalendarFormat::Markdown => &["md"],
        CalendarFormat::Json => &["json"],
        CalendarFormat::Ics => &["ics"],
    };
    if is_misnamed(output, formats, console) {
        return Exit::Unusable;
    }
    if output.is_some_and(|output| finds.dossiers.iter().any(|found| is_input(output, found, console))) {
        return Exit::Unusable;
    }
    let lang = console.lang;
    let pages: Vec<_> = finds.dossiers.par_iter().map(|found| almanac.rows(found, lang)).collect();
    let mut view = almanac.view(lang);
    let mut exit = Exit::Clean;
    for page in pages {
        match page {
            Ok(rows) => view.rows.extend(rows),
            Err(refused) => {
                console.diagnose(&refused.diagnostics, &refused.sources, false);
                console.complain(&match lang {
                    Lang::Ja => format!("{}: 読み込めないため、期日の一覧に含めていません", refused.name),
                    Lang::En => format!("{}: not in the calendar, because it cannot be read", refused.name),
                });
                view.refused.push(refused.name);
                exit = Exit::Broken;
            }
        }
    }
    view.rows.sort_by_cached_key(RowView::order);
    let text = match arguments.format {
        CalendarFormat::Text => render::text::text(&view),
        CalendarFormat::Markdown => render::markdown::markdown(&view),
        CalendarFormat::Json => render::json::json(&view),
        CalendarFormat::Ics => render::ics::ics(&view),
    };
    let written = match output {
        Some(target) => write_kept(target, &text, arguments.overwrite, console),
        None => console.print(&text).and(console.flush()),
    };
    if finds.ignored > 0 {
        console.complain(&match lang {
            Lang::Ja => format!("gitignore により {} 件の委託案件を対象から外しました", finds.ignored),
            Lang::En => format!("{} dossiers were left out because gitignore says so", finds.ignored),
        });
    }
    // What a tender would agree is not due yet.
    let unread = finds.passed.iter().filter(|passed| matches!(passed, Passed::Unreadable(_)));
    exit = exit.and(console.passed(unread));
    let pressing = arguments.gate && view.rows.iter().any(|row| row.pressing);
    exit.and(written).and(if pressing { Exit::Found } else { Exit::Clean })
}

/// What the calendars of all dossiers are reckoned with.
struct Almanac {
    yardstick: Yardstick,
    selected: Selected,
    calendar: Calendar,
    until: NaiveDate,
}

impl CalendarArguments {
    fn almanac(&self, console: &Console<'_>) -> Result<Almanac, Unusable> {
        let as_of = self.as_of.unwrap_or(console.today);
        let choice = Choice {
            policies: self.policies.clone(),
            profile: self.profile.clone(),
            as_of,
            assume: self.assume.clone(),
            ..Choice::default()
        };
        let (yardstick, library) = yardstick::prepare(&choice)?;
        let selected = selected(&library, &yardstick.profile).map_err(Unusable::Profile)?;
        let until = self.until.or_else(|| as_of.checked_add_months(Months::new(12))).unwrap_or(as_of);
        let calendar = counting(self.calendar.as_deref(), library)?;
        Ok(Almanac { yardstick, selected, calendar, until })
    }
}

/// The counting rules: the user's, or else the library's.
fn counting(file: Option<&Path>, library: Library) -> Result<Calendar, Unusable> {
    match file {
        Some(path) => yardstick::calendar(path),
        None => library.all_duties().calendar.ok_or_else(|| Unusable::NoCalendar("calendar.yaml".into())),
    }
}

impl Almanac {
    fn rows(&self, found: &Found, lang: Lang) -> Result<Vec<RowView>, Box<Refused>> {
        let loaded = dossier::load(&found.folder, &found.shown, &Limits::default());
        let case = validate(loaded, &self.yardstick)?;
        let obligations = &self.selected.obligations;
        match rows(&case, obligations, &self.calendar, self.until) {
            Ok(rows) => Ok(render::rows(&case, &rows, obligations, lang)),
            Err(too_long) => Err(Refused::case(case, vec![too_long])),
        }
    }

    /// The calendar without its rows.
    fn view(&self, lang: Lang) -> CalendarView {
        let profile = &self.yardstick.profile;
        CalendarView {
            lang,
            as_of: self.yardstick.as_of,
            until: self.until,
            profile: profile.id.clone(),
            profile_title: profile.title.get(lang).to_owned(),
            counting: render::counting(&self.calendar, lang),
            left_out_count: self.selected.left_out,
            assumptions: self.yardstick.assume.to_vec(),
            refused: Vec::new(),
            rows: Vec::new(),
        }
    }
}
