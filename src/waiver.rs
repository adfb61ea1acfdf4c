//! Waivers (例外措置): who accepted which verdict, why, instead of what, and until when.

mod grounds;
mod skeleton;

use chrono::NaiveDate;

use crate::date::Period;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::tree::{Node, Span};

pub use grounds::{grounds, of_clause};
pub use skeleton::skeleton;

/// One waiver as it was written.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Its id.
    pub id: String,
    /// Where its id stands.
    pub span: Span,
    /// The policy's id.
    pub policy: String,
    /// The target as outcomes show it.
    pub target: String,
    /// The verdict that is accepted; `None` where nothing is written.
    pub accepts: Option<Verdict>,
    /// The clauses that need not hold.
    pub clauses: Vec<String>,
    /// The last day.
    pub expires_on: Option<Period>,
    /// The entry, for what is shown of it.
    pub entry: Node,
    /// Facts as they stood when it was approved that are not so any more, as paths.
    pub changed: Vec<String>,
    /// What keeps it from being a waiver at all.
    pub faults: Vec<Fault>,
    /// Whether someone approved it by the as-of date.
    pub approved: bool,
}

/// What keeps a waiver from having any effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It has no last day.
    OpenEnded,
    /// It does not say which verdict is accepted.
    NoVerdict,
    /// It does not say why.
    NoReason,
    /// It does not say what is done instead.
    NoCompensation,
    /// It names no clauses, though the outcome has some.
    NoClauses,
    /// It does not say who asked for it.
    NoRequester,
    /// The approver's name is missing.
    NoApproverName,
    /// The approver's post is missing.
    NoApproverPost,
    /// The approver's organisation is missing.
    NoApproverOrganisation,
    /// The day of the approval is missing.
    NoApprovalDay,
    /// The number of the decision is missing.
    NoDecisionNumber,
    /// The approver does not stand on the client's side, or it is not said on which.
    ApproverNotOfTheClient,
    /// The requester approved it.
    SelfApproved,
    /// The policy admits no exception.
    NotWaivable,
}

/// The state of a waiver on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It covers an outcome.
    Active,
    /// Nobody has approved it yet.
    Requested,
    /// Its last day has passed.
    Expired,
    /// The outcome is worse, another, or rests on other facts than were accepted.
    Outgrown,
    /// There is nothing for it to cover.
    Unused,
    /// It lacks what every waiver must have.
    Invalid,
}

impl State {
    /// The states in the order in which they are listed.
    pub const ALL: [State; 6] =
        [State::Active, State::Requested, State::Expired, State::Outgrown, State::Unused, State::Invalid];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Requested => "requested",
            State::Expired => "expired",
            State::Outgrown => "outgrown",
            State::Unused => "unused",
            State::Invalid => "invalid",
        }
    }

    /// What the state is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            State::Active => ("有効", "active"),
            State::Requested => ("申請中（未許可）", "requested, not approved"),
            State::Expired => ("期限切れ", "expired"),
            State::Outgrown => ("許可の範囲を超過", "outgrown"),
            State::Unused => ("該当する判定なし", "unused"),
            State::Invalid => ("無効", "invalid"),
        };
        lang.pick(ja, en)
    }
}

impl Fault {
    /// What is said of it.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Fault::OpenEnded => ("期限の記載がない", "it has no end"),
            Fault::NoVerdict => ("許可する判定の記載がない", "the verdict accepted is not stated"),
            Fault::NoReason => ("理由の記載がない", "no reason is stated"),
            Fault::NoCompensation => ("代替措置の記載がない", "no compensating measure is stated"),
            Fault::NoClauses => ("満たさない判定条件の記載がない", "the clauses are not named"),
            Fault::NoRequester => ("申請者の記載がない", "the requester is not named"),
            Fault::NoApproverName => ("許可者の氏名の記載がない", "the approver is not named"),
            Fault::NoApproverPost => ("許可者の職の記載がない", "the approver's post is not stated"),
            Fault::NoApproverOrganisation => {
                ("許可者の所属の記載がない", "the approver's organisation is not stated")
            }
            Fault::NoApprovalDay => ("許可の日付の記載がない", "the day of the approval is not stated"),
            Fault::NoDecisionNumber => ("決裁番号の記載がない", "the decision has no number"),
            Fault::ApproverNotOfTheClient => (
                "許可者が委託者の側の者と確認できない",
                "the approver is not stated to be on the client's side",
            ),
            Fault::SelfApproved => ("申請者と許可者が同一である", "the requester approved it"),
            Fault::NotWaivable => ("例外措置を認めない確認項目である", "the policy admits no waiver"),
        };
        lang.pick(ja, en)
    }
}

impl Waiver {
    /// Whether its last day lies before a day. One known by its month only ends when the month begins
    /// to be past.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.expires_on.is_some_and(|end| end.first < day)
    }

    /// How many days there are to the last one, as a calendar of duties counts them: none on that day
    /// itself; `None` where there is no end or it has passed.
    pub fn days_left(&self, day: NaiveDate) -> Option<i64> {
        let end = self.expires_on?.first;
        (end >= day).then(|| (end - day).num_days())
    }
}
