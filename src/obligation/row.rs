//! What the reckoning gives: plain data, without wording.

use chrono::NaiveDate;

use crate::date::Period;
use crate::evaluate::outcome::Target;
use crate::expression::trace::{Cause, FactPath};

/// One due date of one obligation for one target.
#[derive(Clone, Debug)]
pub struct Row {
    /// The obligation, by its number in the list that was reckoned.
    pub obligation: usize,
    /// What it is about.
    pub target: Target,
    /// Which of several due dates it is: the same from run to run while the same deed is meant.
    pub occurrence: String,
    /// Which of how many times in a year.
    pub ordinal: Option<(i64, i64)>,
    /// When it is due.
    pub due: When,
    /// What the due date rests on.
    pub rests: Rests,
    /// Whether working days were counted although no holidays are known for these years.
    pub without_holidays: bool,
    /// How it stands on the as-of date.
    pub state: State,
    /// Whether it was done after its due date; `None` where it was not done or that cannot be told.
    pub late: Option<bool>,
    /// The record that shows that it was done.
    pub deed: Option<Deed>,
    /// A record with a day after the as-of date: planned, not done.
    pub planned: Option<Period>,
    /// Whether evidence says otherwise than the documents, and the worse of the two is shown.
    pub contradicted: bool,
    /// What is missing or unclear, of the due date, of the deed or of whether the obligation arises.
    pub causes: Vec<Cause>,
    /// The field whose place is the ground.
    pub ground: Option<FactPath>,
}

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// On a day, or within an interval of which no more is known.
    Known(Period),
    /// The contract gives words, such as 直ちに, and no number; where they stand.
    Wording(String, FactPath),
    /// A law gives words and no number; they stand in the catalogue.
    LegalWording,
    /// It cannot be reckoned; the row's causes say why.
    Unknown,
    /// So many times a year, and what is left is less than a year.
    PartOfYear(Period),
    /// The number stated is none that can be counted with (zero, negative, beyond all measure).
    NoNumber,
}

impl When {
    /// The days that it may mean.
    pub fn period(&self) -> Option<Period> {
        match self {
            When::Known(period) => Some(*period),
            _ => None,
        }
    }
}

/// What a due date rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rests {
    /// What the documents state.
    Documents,
    /// A parameter of the policy, by name: the documents give no number.
    Parameter(String),
}

/// How an obligation stands on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 超過: the due date has passed, and it is not recorded as done.
    Overdue,
    /// 未確認: the due date has or may have passed, and whether it was done cannot be told.
    Unknown,
    /// 未: not done, and not yet due.
    Open,
    /// 済: done.
    Done,
}

impl State {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::Unknown => "unknown",
            State::Open => "open",
            State::Done => "done",
        }
    }
}

/// A record that shows that something was done.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Its path.
    pub path: FactPath,
    /// When it was done, where records of this kind say so.
    pub on: Option<Period>,
    /// Whether it was confirmed.
    pub confirmed: Confirmed,
}

/// Whether a deed was confirmed, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It was; by whom, where that is stated.
    Yes(Option<String>),
    /// The record says that it was not.
    No,
    /// The record does not say.
    Unstated,
    /// Records of this kind do not say.
    NotKept,
}

impl Row {
    /// Days from the as-of date to the due date; negative once it has passed. Of an interval, to its
    /// last day.
    pub fn days_left(&self, as_of: NaiveDate) -> Option<i64> {
        Some((self.due.period()?.last - as_of).num_days())
    }

    /// Whether the gate stays shut: it is overdue, or its due date has passed and nothing says that it
    /// was done.
    pub fn is_pressing(&self, as_of: NaiveDate) -> bool {
        match self.state {
            State::Overdue => true,
            State::Unknown => self.due.period().is_some_and(|due| due.last < as_of),
            State::Open | State::Done => false,
        }
    }
}
