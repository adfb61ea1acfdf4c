//! The calendar of obligations for people and programs: rows of plain data in one language, and one
//! file per format.

pub mod ics;
pub mod json;
pub mod markdown;
mod row;
pub mod text;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::report::places::Places;
use super::view::{GapView, PlaceView};
use crate::calendar::{Calendar, CalendarFile};
use crate::case::Case;
use crate::lang::Lang;
use crate::obligation::Obligation;
use crate::obligation::row::{Row, State};
use row::Rows;

/// What a calendar shows.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarView {
    /// The language of the texts.
    #[serde(skip)]
    pub lang: Lang,
    /// The as-of date.
    #[serde(skip)]
    pub as_of: NaiveDate,
    /// The last day shown.
    #[serde(skip)]
    pub until: NaiveDate,
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// How periods are counted.
    pub counting: CountingView,
    /// How many obligations the profile leaves out with their policies.
    pub left_out_count: usize,
    /// What the reader supposes, as `path=value`; no document states it.
    pub assumptions: Vec<String>,
    /// The dossiers that could not be read.
    pub refused: Vec<String>,
    /// The rows by date, then by dossier; what has no date stands at the end.
    pub rows: Vec<RowView>,
}

/// How periods are counted.
#[derive(Clone, Debug, Serialize)]
pub struct CountingView {
    /// What the rules are called.
    pub title: String,
    /// Where they come from.
    pub from: Option<String>,
    /// How many holidays are listed besides the weekend.
    pub holiday_count: usize,
}

/// One due date.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    /// The folder of the dossier as it was given.
    pub dossier: String,
    /// The contract's or system's title.
    pub dossier_title: Option<String>,
    /// The obligation's id.
    pub obligation: String,
    /// The policy that it stands for.
    pub policy: String,
    /// What is to be done.
    pub title: String,
    /// The path of what it is about.
    pub target: String,
    /// What that is called.
    pub target_title: String,
    /// The year in which the fiscal year of the due date begins.
    pub fiscal_year: Option<i32>,
    /// What the fiscal year is called.
    pub fiscal_year_title: Option<String>,
    /// `day`, `interval`, `no_limit` or `unknown`.
    pub due_kind: &'static str,
    /// The first day on which it may be due.
    #[serde(skip)]
    pub due_first: Option<NaiveDate>,
    /// The last day on which it may be due.
    #[serde(skip)]
    pub due_last: Option<NaiveDate>,
    /// The due date for people.
    pub due_title: String,
    /// Days from the as-of date to the due date; negative once it has passed.
    pub days_left: Option<i64>,
    /// `overdue`, `unknown`, `open` or `done`.
    pub state: &'static str,
    /// What the state is called.
    pub state_title: String,
    /// Whether it was done after the due date; `None` where that cannot be told.
    pub late: Option<bool>,
    /// When it was done, for people.
    pub done_title: Option<String>,
    /// The first day on which it may have been done.
    #[serde(skip)]
    pub done_first: Option<NaiveDate>,
    /// The last day on which it may have been done.
    #[serde(skip)]
    pub done_last: Option<NaiveDate>,
    /// The path of the record that shows it.
    pub deed: Option<String>,
    /// The day in the records that lies after the as-of date: planned, not done.
    pub planned_title: Option<String>,
    /// Who confirmed it, for people.
    pub confirmed_title: Option<String>,
    /// `client`, `contractor` or `subcontractor`.
    pub owner: crate::obligation::Owner,
    /// Who has to do it.
    pub owner_title: &'static str,
    /// What the due date rests on: `documents`, `parameter` or `assumption`.
    pub rests_on: &'static str,
    /// The path of the field whose place is the ground.
    pub ground: Option<String>,
    /// The ground for people: the article, the file and the line.
    pub ground_title: String,
    /// The place of the ground.
    pub place: Option<PlaceView>,
    /// What a reader has to know about the row.
    pub notes: Vec<String>,
    /// What is missing or unclear.
    pub gaps: Vec<GapView>,
    /// Names the row from run to run, whatever its due date is.
    #[serde(skip)]
    pub key: String,
    /// Whether the gate stays shut.
    #[serde(skip)]
    pub pressing: bool,
}

impl RowView {
    /// The order of rows: by date, then by dossier; what has no date at the end.
    pub fn order(&self) -> (bool, Option<(NaiveDate, NaiveDate)>, String) {
        let date = self.due_first.zip(self.due_last);
        (date.is_none(), date, self.dossier.clone())
    }
}

/// The rows of one dossier, in the order of the obligations.
pub fn rows(case: &Case, rows: &[Row], obligations: &[Obligation], lang: Lang) -> Vec<RowView> {
    Rows::new(case, obligations, lang).views(rows)
}

/// How periods are counted.
pub fn counting(calendar: &Calendar, lang: Lang) -> CountingView {
    let CalendarFile { title, from, holidays, .. } = &calendar.file;
    CountingView {
        title: title.get(lang).to_owned(),
        from: from.as_ref().map(|from| from.get(lang).to_owned()),
        holiday_count: holidays.len(),
    }
}

/// What a report of one dossier shows of its obligations, each list by date.
#[derive(Clone, Debug, Serialize)]
pub struct ReportRows {
    /// 期日を経過したもの: overdue, and what may have been done without a record.
    pub overdue: Vec<ReportRow>,
    /// 期日が近いもの: due within the days asked for and not done.
    pub next: Vec<ReportRow>,
    /// 期日を定められないもの: not done, and without a due date or with one that may have passed.
    pub undated: Vec<ReportRow>,
}

/// A due date in a report.
#[derive(Clone, Debug, Serialize)]
pub struct ReportRow {
    /// The row of the calendar.
    #[serde(flatten)]
    pub row: RowView,
    /// The days left or gone by, in words; `None` without a due date.
    pub days_title: Option<String>,
    /// What is missing and what has to be known, as one text.
    pub remarks: String,
}

/// The rows for a report: overdue, due within a number of days, and without a due date.
pub fn for_report(
    case: &Case,
    reckoned: &[Row],
    obligations: &[Obligation],
    within_days: u64,
    lang: Lang,
) -> ReportRows {
    let last = case.as_of.checked_add_days(Days::new(within_days)).unwrap_or(NaiveDate::MAX);
    let mut all = rows(case, reckoned, obligations, lang);
    all.sort_by_cached_key(RowView::order);
    all.retain(|row| row.state != State::Done.word());
    let straddles = |row: &RowView| {
        let due = row.due_first.zip(row.due_last);
        row.state == State::Unknown.word()
            && due.is_some_and(|(from, to)| from < case.as_of && case.as_of <= to)
    };
    let dated = |row: &RowView| row.due_first.is_some() && !straddles(row);
    let (dated, undated): (Vec<_>, Vec<_>) = all.into_iter().partition(dated);
    let (overdue, mut next): (Vec<_>, Vec<_>) =
        dated.into_iter().partition(|row| row.due_last.is_some_and(|due| due < case.as_of));
    next.retain(|row| row.due_first.is_some_and(|due| due <= last));
    let places = Places { folder: &case.name, heads: &[], lang };
    let reported = |rows: Vec<RowView>| rows.into_iter().map(|row| reported(row, places)).collect();
    ReportRows { overdue: reported(overdue), next: reported(next), undated: reported(undated) }
}

/// A report names files within its dossier.
fn reported(mut row: RowView, places: Places<'_>) -> ReportRow {
    for place in row.gaps.iter_mut().filter_map(|gap| gap.place.as_mut()) {
        place.file = places.file(&place.file).to_owned();
    }
    let lang = places.lang;
    let remarks = run_on(&remarks(&row, lang), lang);
    ReportRow { days_title: days(&row, lang), remarks, row }
}

/// Days left or gone by. Only what is known not to be done is late; of a date that is known by its month
/// no more can be said than the most.
fn days(row: &RowView, lang: Lang) -> Option<String> {
    let days = row.days_left?;
    let late = row.state == State::Overdue.word();
    Some(match (lang, days) {
        (Lang::Ja, ..0) if late => format!("{}日超過", -days),
        (Lang::Ja, ..0) => format!("{}日経過", -days),
        (Lang::Ja, _) if row.due_kind == "interval" => format!("最長{days}日"),
        (Lang::Ja, _) => format!("{days}日"),
        (Lang::En, ..0) => {
            let unit = if days == -1 { "day" } else { "days" };
            format!("{} {unit} {}", -days, if late { "late" } else { "ago" })
        }
        (Lang::En, _) if row.due_kind == "interval" => format!("at most {days}"),
        (Lang::En, _) => days.to_string(),
    })
}

/// Remarks as one text; what is a sentence needs no further sign behind it.
fn run_on(remarks: &[String], lang: Lang) -> String {
    let mut text = String::new();
    for remark in remarks {
        text.push_str(match (text.chars().last(), lang) {
            (None, _) | (Some('。'), _) => "",
            (Some('.'), _) => " ",
            (Some(_), lang) => lang.pick("；", "; "),
        });
        text.push_str(remark);
    }
    text
}

/// Days left in words.
fn left(row: &RowView, lang: Lang) -> Option<String> {
    let days = row.days_left?;
    Some(match (days, lang) {
        (0, Lang::Ja) => "本日".to_owned(),
        (0, Lang::En) => "today".to_owned(),
        (1.., Lang::Ja) => format!("あと{days}日"),
        (1.., Lang::En) => format!("{days} days left"),
        (_, Lang::Ja) => format!("{}日経過", -days),
        (_, Lang::En) => format!("{} days ago", -days),
    })
}

/// What a reader has to know about a row, and what is missing or unclear.
fn remarks(row: &RowView, lang: Lang) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(planned) = &row.planned_title {
        remarks.push(match lang {
            Lang::Ja => format!("実施の予定：{planned}"),
            Lang::En => format!("planned for {planned}"),
        });
    }
    for gap in &row.gaps {
        let detail = gap.detail.as_deref().map(|detail| match lang {
            Lang::Ja => format!("（{detail}）"),
            Lang::En => format!(" ({detail})"),
        });
        let detail = detail.unwrap_or_default();
        let place = gap.place.as_ref().map(|place| match lang {
            Lang::Ja => format!("、{}:{}付近", place.file, place.line),
            Lang::En => format!(", near {}:{}", place.file, place.line),
        });
        let place = place.unwrap_or_default();
        let reason = gap.sub_reason_title;
        remarks.push(match lang {
            Lang::Ja => format!("{reason}：{}{detail}（{}{place}）", gap.title, gap.path),
            Lang::En => format!("{reason}: {}{detail} ({}{place})", gap.title, gap.path),
        });
    }
    remarks.extend(row.notes.iter().cloned());
    remarks
}

/// What the reader supposes, a line each.
fn supposed(view: &CalendarView) -> impl Iterator<Item = String> {
    view.assumptions.iter().map(|assumed| match view.lang {
        Lang::Ja => format!("仮定：{assumed}（文書の記載ではない）"),
        Lang::En => format!("Assumption: {assumed}; no document says so"),
    })
}

/// What stands below every calendar: the counts, the rules and what is not in it.
fn tail(view: &CalendarView) -> Vec<String> {
    let lang = view.lang;
    let count = |state: State| view.rows.iter().filter(|row| row.state == state.word()).count();
    let (overdue, unknown) = (count(State::Overdue), count(State::Unknown));
    let (open, done) = (count(State::Open), count(State::Done));
    let mut lines = vec![match lang {
        Lang::Ja => format!("超過{overdue}件、未確認{unknown}件、未{open}件、済{done}件"),
        Lang::En => format!("{overdue} overdue, {unknown} not known, {open} open, {done} done"),
    }];
    let CountingView { title, from, holiday_count } = &view.counting;
    lines.push(match (lang, holiday_count) {
        (Lang::Ja, 0) => format!("期間の数え方：{title}。祝日等の休日の記載なし"),
        (Lang::Ja, count) => format!("期間の数え方：{title}。休日{count}日"),
        (Lang::En, 0) => format!("Counting rules: {title}; no holidays listed"),
        (Lang::En, count) => format!("Counting rules: {title}; {count} holidays"),
    });
    lines.extend(from.iter().cloned());
    lines.extend(supposed(view));
    if view.left_out_count > 0 {
        let (count, profile) = (view.left_out_count, &view.profile_title);
        lines.push(match lang {
            Lang::Ja => {
                format!("確認項目セット「{profile}」が選ばない確認項目の義務{count}件は含めていません")
            }
            Lang::En => format!(
                "{count} obligations of policies that the profile \"{profile}\" leaves out are not shown"
            ),
        });
    }
    for name in &view.refused {
        lines.push(match lang {
            Lang::Ja => format!("{name} は、読み込めないため含めていません"),
            Lang::En => format!("{name} is not shown, because it cannot be read"),
        });
    }
    lines
}
