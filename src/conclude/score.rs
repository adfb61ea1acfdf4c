//! What the verdicts and answers of a bid count for.

use std::collections::BTreeMap;

use super::Assessment;
use crate::date::Period;
use crate::evaluate::outcome::Verdict;
use crate::evidence::Assurance;
use crate::tender::marks::{self, Standing};
use crate::tender::offer::{Answer, Delivery};
use crate::tender::{Class, Rule, Tender, Unanswered};

/// What one bid is worth under one policy.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The policy's number among the selected.
    pub policy: usize,
    /// The worst verdict of its outcomes.
    pub verdict: Verdict,
    /// The weakest assurance of its passing outcomes, where all that applies holds.
    pub assurance: Option<Assurance>,
    /// The numbers of its outcomes.
    pub outcomes: Vec<usize>,
    /// The number of the bidder's answer, if there is one.
    pub answer: Option<usize>,
    /// The number of the row of the table of marks.
    pub mark: usize,
    /// Whether the requirement counts as met.
    pub standing: Standing,
    /// How the policy counts.
    pub rule: Rule,
    /// The points that it gets; `None` where it has none, or where they are open.
    pub points: Option<f64>,
    /// Whether it is promised by the start of the service, for a day after it.
    pub late: bool,
}

/// What a cell means for the bid as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// A mandatory requirement is not met: a ground for disqualification.
    Disqualifies,
    /// The bidder is to be asked.
    Inquire,
    /// The client has to judge.
    Judge,
    /// Nothing follows.
    Nothing,
}

/// A bid under all policies.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// One cell per selected policy, in their order.
    pub cells: Vec<Cell>,
    /// How many cells of each class have each standing; they add up to the number of policies.
    pub counts: BTreeMap<(Class, Standing), usize>,
    /// The points that are given.
    pub given: f64,
    /// The points of requirements for which none can be given yet.
    pub open: f64,
    /// All points that could be had.
    pub most: f64,
}

impl Cell {
    /// What follows from the cell.
    pub fn consequence(&self) -> Consequence {
        let out = self.rule.unanswered == Unanswered::Disqualify;
        match (self.rule.class, self.standing) {
            (Class::Reference | Class::Draft, _) | (_, Standing::Met | Standing::NotApplicable) => {
                Consequence::Nothing
            }
            (Class::Mandatory, Standing::Failed) => Consequence::Disqualifies,
            (Class::Mandatory, Standing::Unanswered | Standing::Unproven) if out => Consequence::Disqualifies,
            (_, Standing::Unanswered | Standing::Unproven) => Consequence::Inquire,
            (_, Standing::Judge) => Consequence::Judge,
            (Class::Scored, Standing::Failed) => Consequence::Nothing,
        }
    }
}

/// Scores an assessed bid.
pub fn score<'a>(
    assessment: &Assessment,
    tender: &Tender,
    answers: impl Iterator<Item = &'a Answer>,
) -> Score {
    let answers: BTreeMap<&str, (usize, &Answer)> =
        answers.enumerate().map(|(at, answer)| (answer.policy.as_str(), (at, answer))).collect();
    let term = assessment.case.contract.as_ref().and_then(|contract| contract.root.get("term"));
    let start = term.and_then(|term| Period::parse(term.get("service_start")?.as_text()?));
    let mut outcomes: Vec<Vec<usize>> = vec![Vec::new(); assessment.case.policies.len()];
    for (at, outcome) in assessment.outcomes.iter().enumerate() {
        outcomes[outcome.policy].push(at);
    }
    let mut score = Score::default();
    for (policy, (own, compiled)) in outcomes.into_iter().zip(assessment.case.policies.iter()).enumerate() {
        let id = compiled.file.id.as_str();
        let all = || own.iter().map(|at| &assessment.outcomes[*at]);
        // Every selected policy has an outcome.
        let verdict = all().map(|outcome| outcome.verdict).min().unwrap_or(Verdict::Undecided);
        let passing = all().filter(|outcome| outcome.verdict == Verdict::Pass);
        let weakest = passing.map(|outcome| outcome.assurance()).min();
        let rule = tender.rule(id);
        let answer = answers.get(id);
        let delivery = answer.and_then(|(_, answer)| answer.delivery);
        let Some(mark) = tender.marks.iter().position(|row| {
            marks::row(&tender.marks, verdict, delivery).is_some_and(|found| found.id == row.id)
        }) else {
            continue; // The table was checked: it has a row for every verdict and answer.
        };
        let row = &tender.marks[mark];
        let late = row.standing == Standing::Met && answer.is_some_and(|(_, answer)| is_late(answer, start));
        let points = rule.points.zip(row.share_percent).map(|(points, share)| points * share / 100.0);
        let points = points.filter(|_| !late);
        let cell = Cell {
            policy,
            verdict,
            assurance: weakest.filter(|_| verdict == Verdict::Pass),
            outcomes: own,
            answer: answer.map(|(at, _)| *at),
            mark,
            standing: match rule.class {
                Class::Draft => alone(verdict),
                _ if late => Standing::Judge,
                _ => row.standing,
            },
            late,
            rule,
            points,
        };
        *score.counts.entry((rule.class, cell.standing)).or_default() += 1;
        score.most += rule.points.unwrap_or_default();
        match points {
            Some(points) => score.given += points,
            None => score.open += rule.points.unwrap_or_default(),
        }
        score.cells.push(cell);
    }
    score
}

/// Whether an answer promises something by the start of the service and names a later day.
fn is_late(answer: &Answer, start: Option<Period>) -> bool {
    let by = answer.by.as_deref().and_then(Period::parse);
    let promised = answer.delivery == Some(Delivery::ByStart);
    promised && start.zip(by).is_some_and(|(start, by)| by.first > start.last)
}

/// Where nobody has anything to answer, the verdict alone says whether it is met.
fn alone(verdict: Verdict) -> Standing {
    match verdict {
        Verdict::Fail => Standing::Failed,
        Verdict::Undecided => Standing::Unanswered,
        Verdict::Unproven => Standing::Unproven,
        Verdict::Waived => Standing::Judge,
        Verdict::Pass => Standing::Met,
        Verdict::NotApplicable => Standing::NotApplicable,
    }
}

impl Score {
    /// How many cells have a consequence.
    pub fn count(&self, consequence: Consequence) -> usize {
        self.cells.iter().filter(|cell| cell.consequence() == consequence).count()
    }
}
