//! One finding: what was wanted, what is stated, what is missing, and where.

use serde::Serialize;

use super::findings::Groups;
use super::places::is_id;
use crate::render::finding::rank;
use crate::render::view::{ClauseView, GapView, OutcomeView};

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its number in the report.
    pub number: String,
    /// What was judged.
    pub target: String,
    /// Its path, by which waivers name it.
    pub path: String,
    /// What the verdict is called.
    pub verdict: &'static str,
    /// Whether it blocks.
    pub blocks: bool,
    /// What the sub-reasons are called.
    pub reasons: Vec<&'static str>,
    /// What failed: wanted, stated, where.
    pub failed: Vec<FailedClause>,
    /// What is open.
    pub open: Vec<OpenClause>,
    /// What is missing to tell whether the policy applies.
    pub applicability: Vec<GapRow>,
}

/// A clause that failed.
#[derive(Clone, Debug, Serialize)]
pub struct FailedClause {
    /// Promise, design or deed.
    pub part: &'static str,
    /// What is demanded.
    pub wanted: String,
    /// What is stated.
    pub stated: Vec<Stated>,
}

/// A stated fact.
#[derive(Clone, Debug, Serialize)]
pub struct Stated {
    /// What it is called.
    pub title: String,
    /// Its value.
    pub value: String,
    /// Its path.
    pub path: String,
    /// Where it stands.
    pub place: String,
    /// Whether evidence shows it, and the document states something else.
    pub contradicts: bool,
}

/// A clause that could not be decided.
#[derive(Clone, Debug, Serialize)]
pub struct OpenClause {
    /// Promise, design or deed.
    pub part: &'static str,
    /// What is demanded.
    pub wanted: String,
    /// What is missing or unclear.
    pub gaps: Vec<GapRow>,
}

/// Something missing or unclear.
#[derive(Clone, Debug, Serialize)]
pub struct GapRow {
    /// In which way.
    pub reason: &'static str,
    /// What the field is called.
    pub title: String,
    /// Its path.
    pub path: String,
    /// What stands there instead.
    pub detail: Option<String>,
    /// The values that disagree, each with its place and rank.
    pub conflicting: Vec<String>,
    /// Where it should be written.
    pub place: String,
}

impl Groups<'_> {
    /// One finding, with what failed and what is open.
    pub fn item(&self, number: &str, outcome: &OutcomeView) -> Item {
        let clauses =
            |state: &'static str| outcome.clauses.iter().filter(move |clause| clause.state == state);
        Item {
            number: number.to_owned(),
            target: outcome.target_title.clone(),
            path: outcome.target.clone(),
            verdict: outcome.verdict_title,
            blocks: outcome.blocks,
            reasons: outcome.sub_reason_titles.clone(),
            failed: clauses("false").map(|clause| self.failed(clause, &outcome.target)).collect(),
            open: clauses("open").map(|clause| self.open(clause)).collect(),
            applicability: self.gaps(&outcome.gaps),
        }
    }

    fn failed(&self, clause: &ClauseView, target: &str) -> FailedClause {
        let facts = clause.facts.iter().filter(|fact| !is_id(&fact.path));
        let stated = facts.map(|fact| Stated {
            title: fact.title_beside(target, self.lang),
            value: fact.said.clone(),
            path: fact.path.clone(),
            place: self.places.stated(&fact.place),
            contradicts: fact.evidence.is_some(),
        });
        FailedClause { part: clause.part, wanted: clause.wanted.to_string(), stated: stated.collect() }
    }

    fn open(&self, clause: &ClauseView) -> OpenClause {
        OpenClause { part: clause.part, wanted: clause.wanted.to_string(), gaps: self.gaps(&clause.gaps) }
    }

    fn gaps(&self, gaps: &[GapView]) -> Vec<GapRow> {
        let mut rows: Vec<GapRow> = Vec::new();
        for gap in gaps {
            let reason = gap.sub_reason_title;
            if rows.iter().any(|row| row.path == gap.path && row.reason == reason) {
                continue;
            }
            let conflicting = gap
                .conflicting
                .iter()
                .map(|value| self.places.fact(value, &gap.path) + &rank(value, self.lang));
            rows.push(GapRow {
                reason,
                title: gap.title.clone(),
                path: gap.path.clone(),
                detail: gap.detail.clone(),
                conflicting: conflicting.collect(),
                place: self.places.wanted_at(gap),
            });
        }
        rows
    }
}
