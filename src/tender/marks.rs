//! The table of marks: what a verdict and a bidder's answer count for.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::offer::Delivery;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::schema::Kind;

/// `marks/1`, typed after its schema passed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MarksFile {
    /// Kind and format version.
    pub hadome: String,
    /// The id.
    pub id: String,
    /// Where the shares come from.
    #[serde(default)]
    pub source: Option<String>,
    /// The rows.
    #[serde(default)]
    pub rows: Vec<Row>,
}

/// One row of the table.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The verdict it is about.
    pub verdict: Verdict,
    /// The answer it is about; every other answer, and none, where left out.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// The sign.
    pub mark: String,
    /// The share of the points, in percent; `None` where no points can be given yet.
    #[serde(default)]
    pub share_percent: Option<f64>,
    /// Whether the requirement counts as met.
    pub standing: Standing,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Whether a requirement counts as met by a bid, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is not met.
    Failed,
    /// Nobody answered, or the answer does not decide.
    Unanswered,
    /// It is met as declared, and the proof that is asked for is not there.
    Unproven,
    /// The client has to judge.
    Judge,
    /// It is met.
    Met,
    /// It does not apply to what is offered.
    NotApplicable,
}

impl Standing {
    /// Every standing, the gravest first.
    pub const ALL: [Standing; 6] = [
        Standing::Failed,
        Standing::Unanswered,
        Standing::Unproven,
        Standing::Judge,
        Standing::Met,
        Standing::NotApplicable,
    ];

    /// The schema's word.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Failed => "failed",
            Standing::Unanswered => "unanswered",
            Standing::Unproven => "unproven",
            Standing::Judge => "judge",
            Standing::Met => "met",
            Standing::NotApplicable => "not_applicable",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let rows = Kind::Marks.root().property("rows").and_then(|rows| rows.items());
        let field = rows.and_then(|row| row.property("standing"));
        field.and_then(|field| field.label(self.word(), lang)).unwrap_or(self.word())
    }
}

static BUILT_IN: LazyLock<MarksFile> = LazyLock::new(|| {
    // A test demands that the packed text reads as what our loader makes of the same file.
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/marks.json"))).unwrap_or_default()
});

/// The table that the program carries.
pub fn built_in() -> &'static MarksFile {
    &BUILT_IN
}

/// What of a verdict and an answer no row of a table names, or more than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No row holds for the verdict with that answer; `None` for no answer.
    Missing(Verdict, Option<Delivery>),
    /// Two rows are about the same verdict and answer: the later one's number, from 0.
    Double(usize),
}

/// The verdicts that a table is about: no waiver is in effect while bids are compared.
pub const VERDICTS: [Verdict; 5] =
    [Verdict::Fail, Verdict::Undecided, Verdict::Unproven, Verdict::Pass, Verdict::NotApplicable];

/// What is wrong with a table.
pub fn gaps(rows: &[Row]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let same = |other: &&Row| other.verdict == row.verdict && other.delivery == row.delivery;
        if rows[..at].iter().any(|other| same(&other)) {
            gaps.push(Gap::Double(at));
        }
    }
    for verdict in VERDICTS {
        let answers = Delivery::ALL.into_iter().map(Some).chain([None]);
        gaps.extend(
            answers
                .filter(|answer| row(rows, verdict, *answer).is_none())
                .map(|answer| Gap::Missing(verdict, answer)),
        );
    }
    gaps
}

/// The row for a verdict and an answer: the one that names both, or else the one for all other answers.
pub fn row(rows: &[Row], verdict: Verdict, delivery: Option<Delivery>) -> Option<&Row> {
    let of_verdict = || rows.iter().filter(|row| row.verdict == verdict);
    let named = delivery.and_then(|wanted| of_verdict().find(|row| row.delivery == Some(wanted)));
    named.or_else(|| of_verdict().find(|row| row.delivery.is_none()))
}
