//! Obligations as their file writes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::FirstDay;
use crate::lang::{Lang, Text};

/// `obligations/1`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationsFile {
    /// Kind and format version.
    pub hadome: String,
    /// The entries.
    pub obligations: Vec<ObligationFile>,
}

/// One obligation.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationFile {
    /// The id, unique in the library.
    pub id: String,
    /// The policy that it stands for.
    pub policy: String,
    /// What is to be done, as a noun phrase.
    pub title: Text,
    /// Who has to do it.
    pub owner: Owner,
    /// A name and the list whose items have due dates of their own.
    #[serde(default)]
    pub for_each: Option<BTreeMap<String, String>>,
    /// When the obligation arises.
    #[serde(default)]
    pub applies_when: Option<String>,
    /// When it is due.
    pub due: DueFile,
    /// What shows that it was done.
    #[serde(default)]
    pub done: Option<DoneFile>,
    /// Why the records have no place for it, and how it is made sure instead.
    #[serde(default)]
    pub unrecorded: Option<Text>,
    /// The path of the field whose place is the ground.
    pub ground: String,
    /// What was assumed where neither the contract nor a law gives the day.
    #[serde(default)]
    pub assumed: Option<Text>,
}

/// When an obligation is due: one of the forms `on`, `from`, `every`, `yearly` and `wording`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DueFile {
    /// A date as it is stated.
    #[serde(default)]
    pub on: Option<String>,
    /// The date from which is counted.
    #[serde(default)]
    pub from: Option<String>,
    /// A number of days.
    #[serde(default)]
    pub days: Option<String>,
    /// A number of months.
    #[serde(default)]
    pub months: Option<String>,
    /// The number where the contract states none.
    #[serde(default)]
    pub otherwise: Option<String>,
    /// Whether the first day counts, for this obligation alone.
    #[serde(default)]
    pub first_day: Option<FirstDay>,
    /// The time from the newest deed on.
    #[serde(default)]
    pub every: Option<SpanFile>,
    /// How often in each year from the first day on.
    #[serde(default)]
    pub yearly: Option<YearlyFile>,
    /// The first due date of what recurs.
    #[serde(default)]
    pub first: Option<DayFile>,
    /// The last day on which it can be due.
    #[serde(default)]
    pub until: Option<String>,
    /// A limit that a law gives in words.
    #[serde(default)]
    pub wording: Option<Text>,
}

/// A length of time.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SpanFile {
    /// A number of days.
    #[serde(default)]
    pub days: Option<String>,
    /// A number of months.
    #[serde(default)]
    pub months: Option<String>,
    /// The number where the contract states none.
    #[serde(default)]
    pub otherwise: Option<String>,
}

/// A number of times in a year.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct YearlyFile {
    /// The number.
    pub times: String,
    /// The number where the contract states none.
    #[serde(default)]
    pub otherwise: Option<String>,
}

/// One due date: `on`, or `from` with a length of time.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DayFile {
    /// A date as it is stated.
    #[serde(default)]
    pub on: Option<String>,
    /// The date from which is counted.
    #[serde(default)]
    pub from: Option<String>,
    /// A number of days.
    #[serde(default)]
    pub days: Option<String>,
    /// A number of months.
    #[serde(default)]
    pub months: Option<String>,
    /// The number where the contract states none.
    #[serde(default)]
    pub otherwise: Option<String>,
    /// Whether the first day counts, for this obligation alone.
    #[serde(default)]
    pub first_day: Option<FirstDay>,
}

/// What shows that an obligation was done.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DoneFile {
    /// The list of records any of which shows it.
    #[serde(default)]
    pub deeds: Option<String>,
    /// The field of each record that holds the date.
    #[serde(default)]
    pub on: Option<String>,
    /// Where no single record shows it: a condition.
    #[serde(default)]
    pub that: Option<String>,
}

/// Who has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Owner {
    /// 委託者
    Client,
    /// 受託者
    Contractor,
    /// 再委託先
    Subcontractor,
}

impl Owner {
    /// What the party is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Owner::Client => ("委託者", "client"),
            Owner::Contractor => ("受託者", "contractor"),
            Owner::Subcontractor => ("再委託先", "subcontractor"),
        };
        lang.pick(ja, en)
    }
}
