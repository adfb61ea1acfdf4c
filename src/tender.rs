//! A tender: requirements, bidders, and how verdicts and answers count.

pub mod marks;
pub mod offer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::schema::Kind;

/// `tender/1`, typed after its schema passed. Texts are as written; dates are text.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TenderFile {
    /// Kind and format version.
    pub hadome: String,
    /// The id.
    pub id: String,
    /// The subject (件名).
    pub title: Option<String>,
    /// The section in charge.
    pub department: Option<String>,
    /// The public notice (公告).
    pub notice: Option<Notice>,
    /// The guidelines that the review follows (実施要領).
    pub guidelines: Option<Guidelines>,
    /// The as-of date, the same for every bidder.
    pub as_of: Option<String>,
    /// The id of the profile, the same for every bidder.
    pub profile: Option<String>,
    /// How policies count that are not among the requirements.
    pub others: Option<Others>,
    /// The requirements.
    pub requirements: Vec<Requirement>,
    /// What the points add up to.
    pub points_total: Option<f64>,
    /// A table in place of the default one.
    pub marks: Vec<marks::Row>,
    /// The bidders in the order of receipt.
    pub bidders: Vec<Bidder>,
    /// What the letter of inquiry says.
    pub inquiry: Option<Inquiry>,
}

/// A tender that fits its schema and the library.
#[derive(Clone, Debug)]
pub struct Tender {
    /// As written.
    pub file: Arc<TenderFile>,
    /// How each requirement counts, by policy.
    pub rules: BTreeMap<String, Rule>,
    /// How the other policies count; `None` where every policy is listed.
    pub others: Option<Rule>,
    /// The policies that read something a bidder states.
    pub answerable: BTreeSet<String>,
    /// The table of marks in force.
    pub marks: Vec<marks::Row>,
}

/// How a policy counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its class.
    pub class: Class,
    /// What happens where nobody answers a mandatory one.
    pub unanswered: Unanswered,
    /// Its points, of a scored one.
    pub points: Option<f64>,
}

impl Tender {
    /// How a policy counts; one that only the draft contract decides is no requirement. Of a policy that nothing is said of: it is shown and counts for nothing; a
    /// tender in which that could happen is refused before.
    pub fn rule(&self, policy: &str) -> Rule {
        if !self.answerable.contains(policy) {
            return Rule { class: Class::Draft, unanswered: Unanswered::Inquire, points: None };
        }
        let unlisted = Rule { class: Class::Reference, unanswered: Unanswered::Inquire, points: None };
        self.rules.get(policy).copied().or(self.others).unwrap_or(unlisted)
    }
}

/// The public notice.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notice {
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<String>,
}

/// The guidelines that the review follows.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Guidelines {
    /// Their title.
    pub title: Option<String>,
    /// Their version.
    pub version: Option<String>,
}

/// How policies count that are not among the requirements.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Others {
    /// Their class.
    pub class: Option<Class>,
    /// What happens where a mandatory one is not answered.
    pub unanswered: Option<Unanswered>,
}

/// A requirement: a policy with its class and points.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Requirement {
    /// Its id in the list.
    pub id: String,
    /// The policy.
    pub policy: String,
    /// Its class; that of the others where left out.
    pub class: Option<Class>,
    /// Its points, of a scored one.
    pub points: Option<f64>,
    /// What happens where nobody answers; that of the others where left out.
    pub unanswered: Option<Unanswered>,
}

/// A bidder as the tender lists it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bidder {
    /// The id, which is the name of the folder below `bids`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The number of receipt.
    pub number: Option<String>,
    /// The day of receipt.
    pub received_on: Option<String>,
}

/// What the letter of inquiry says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inquiry {
    /// Its document number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// The day by which answers are due.
    pub deadline: Option<String>,
    /// The time of that day.
    pub deadline_time: Option<String>,
    /// Who inquires.
    pub sender: Option<String>,
    /// Where answers go.
    pub send_to: Option<String>,
    /// How answers are sent.
    pub method: Option<String>,
}

/// How a requirement counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// It must be met (必須).
    Mandatory,
    /// It brings points (任意・加点).
    Scored,
    /// It is shown, and counts for nothing (参考).
    Reference,
    /// The draft contract alone decides, so that no bidder can answer it; no tender says so, it follows.
    #[serde(skip)]
    Draft,
}

/// What happens where a mandatory requirement is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    /// The bidder is asked.
    Inquire,
    /// The bidder is out.
    Disqualify,
}

impl Class {
    /// The schema's word.
    pub fn word(self) -> &'static str {
        match self {
            Class::Mandatory => "mandatory",
            Class::Scored => "scored",
            Class::Reference => "reference",
            Class::Draft => "draft",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        if self == Class::Draft {
            return lang.pick("契約書案", "draft contract");
        }
        let field = Kind::Tender.root().property("others").and_then(|section| section.property("class"));
        field.and_then(|field| field.label(self.word(), lang)).unwrap_or(self.word())
    }
}
