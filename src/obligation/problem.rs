//! What can be wrong with an entry of the catalogue of obligations.

use crate::diagnostic::Explain;
use crate::lang::Lang;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// Two entries with one id.
    DoubleObligation(String),
    /// `due` has none of its forms, or more than one.
    DueForm,
    /// A length of time that is neither in days nor in months, or both.
    OneLength,
    /// What recurs without a first due date.
    NoFirst,
    /// A number that neither the documents nor a parameter of the policy give.
    NumberWithoutSource,
    /// Neither `done` nor `unrecorded`, or both.
    DoneForm,
    /// `done.on` names no date field of the records.
    NoDateField(String),
    /// A holiday that is no single day.
    HolidayNotADay(String),
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::DoubleObligation(_) => "duplicate-obligation",
            Problem::DueForm => "bad-due",
            Problem::OneLength => "bad-length-of-time",
            Problem::NoFirst => "no-first-due-date",
            Problem::NumberWithoutSource => "number-without-source",
            Problem::DoneForm => "bad-done",
            Problem::NoDateField(_) => "no-date-field",
            Problem::HolidayNotADay(_) => "holiday-not-a-day",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::DoubleObligation(id) => {
                (format!("義務のID「{id}」が重複しています"), format!("two obligations have the id `{id}`"))
            }
            Problem::DueForm => (
                "期日の求め方（due）が一つに定まりません".to_owned(),
                "due is not exactly one of its forms".to_owned(),
            ),
            Problem::OneLength => (
                "期間は、日数（days）又は月数（months）のいずれか一方で書きます".to_owned(),
                "a length of time is written in days or in months, one of them".to_owned(),
            ),
            Problem::NoFirst => (
                "繰り返す義務に最初の期日（first）がありません".to_owned(),
                "what recurs needs its first due date".to_owned(),
            ),
            Problem::NumberWithoutSource => {
                ("この数には出どころがありません".to_owned(), "the number comes from nowhere".to_owned())
            }
            Problem::DoneForm => (
                "実施の記録（done）又は記録欄がない理由（unrecorded）が一つに定まりません".to_owned(),
                "exactly one of done (with deeds or that) and unrecorded is wanted".to_owned(),
            ),
            Problem::NoDateField(name) => (
                format!("「{name}」は、この記録の日付の項目ではありません"),
                format!("`{name}` is no date field of these records"),
            ),
            Problem::HolidayNotADay(text) => (
                format!("休日「{text}」が日まで特定されていません"),
                format!("the holiday `{text}` is not a single day"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::DueForm => (
                "on、from、every、yearly 又は wording のうち一つだけを書いてください",
                "write one of on, from, every, yearly and wording",
            ),
            Problem::NoFirst => (
                "first に on、又は from と日数を書いてください",
                "write first with on, or with from and a number of days",
            ),
            Problem::NumberWithoutSource => (
                "契約等の項目又は確認項目のパラメーター（params.）を読む式にしてください",
                "read a field of a document or a parameter of the policy (params.NAME)",
            ),
            Problem::HolidayNotADay(_) => ("2026-05-03 の形で書いてください", "write it as 2026-05-03"),
            _ => return None,
        };
        Some(lang.pick(ja, en).to_owned())
    }
}
