//! One bidder: counts that add up, what it costs beyond the price, and a sheet of what was found.

use serde::Serialize;

use super::finding::{Finding, findings};
use super::reply::{ReplyView, replies};
use super::{day, number};
use crate::compare::{Compared, Comparison, Judged, Side};
use crate::conclude::score::{Cell, Consequence};
use crate::evidence::Assurance;
use crate::lang::Lang;
use crate::render::diagnostics;
use crate::render::view::{self, Input};
use crate::tender::Class;
use crate::tender::marks::Standing;
use crate::tender::offer::Delivery;

/// A bidder.
#[derive(Clone, Debug, Serialize)]
pub struct BidderView {
    /// The id: the name of the folder.
    pub id: String,
    /// What the bidder is called here.
    pub name: String,
    /// The number of receipt.
    pub number: Option<String>,
    /// The day of receipt, for people.
    pub received_on: Option<String>,
    /// Why the bid could not be judged, a line each; empty where it could.
    pub refused: Vec<String>,
    /// As proposed (提案時).
    pub proposed: Option<Tally>,
    /// After the inquiry (照会後), where there was one.
    pub after: Option<Tally>,
    /// The findings, what disqualifies first.
    pub findings: Vec<Finding>,
    /// The answers to the inquiry.
    pub replies: Vec<ReplyView>,
    /// What is not in the price offered, as the bidder says.
    pub costs: Costs,
    /// The files of the bid.
    pub inputs: Vec<Input>,
}

/// What the answers name as extra cost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Costs {
    /// The answers that name an amount above zero.
    pub rows: Vec<CostRow>,
    /// What they add up to, in yen.
    pub total: String,
    /// Policies that are offered at extra cost without an amount.
    pub without_amount: Vec<String>,
}

/// One extra cost.
#[derive(Clone, Debug, Serialize)]
pub struct CostRow {
    /// The policy's id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// How it is delivered.
    pub delivery: Option<&'static str>,
    /// The amount in yen, with signs between the thousands.
    pub yen: String,
    /// The bidder's remark.
    pub remark: Option<String>,
}

/// What a bid counts, at one time.
#[derive(Clone, Debug, Serialize)]
pub struct Tally {
    /// One row per class and one for all; each adds up to its total.
    pub rows: Vec<CountRow>,
    /// How many mandatory requirements are not met.
    pub disqualifying: usize,
    /// How many are to be asked about.
    pub to_inquire: usize,
    /// How many the client has to judge.
    pub to_judge: usize,
    /// How many requirements are met.
    pub met: usize,
    /// How many of them rest on what the bidder declares alone.
    pub declared: usize,
    /// The points that are given.
    pub given: String,
    /// The points for which none can be given yet.
    pub open: String,
    /// All points.
    pub most: String,
}

/// How many requirements of a class have each standing.
#[derive(Clone, Debug, Serialize)]
pub struct CountRow {
    /// The class's word; `all` for the sum.
    pub class: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The counts in the order of the standings.
    pub counts: Vec<usize>,
    /// What they add up to.
    pub total: usize,
    /// How many of those that are met rest on what the bidder declares alone.
    pub declared: usize,
}

pub(super) fn view(bid: &Compared, comparison: &Comparison, lang: Lang) -> BidderView {
    let bidder = &bid.bidder;
    let judged = bid.result.as_ref().ok();
    let refused = bid.result.as_ref().err().map(|refused| {
        let lines = refused.diagnostics.iter().map(|one| diagnostics::short(one, &refused.sources, lang));
        lines.map(|line| line.trim_end().to_owned()).collect()
    });
    let tally = |side: &Side| tally(side, lang);
    let after = judged.and_then(|judged| judged.after.as_ref());
    let now = judged.map(|judged| view::view(&judged.latest().assessment, lang));
    BidderView {
        id: bidder.id.clone(),
        name: bid.name(),
        number: bidder.number.clone(),
        received_on: bidder.received_on.as_deref().map(|text| day(text, lang)),
        refused: refused.unwrap_or_default(),
        proposed: judged.map(|judged| tally(&judged.proposed)),
        after: after.map(tally),
        findings: judged
            .zip(now.as_ref())
            .map_or_else(Vec::new, |(judged, now)| findings(judged, now, comparison, lang)),
        replies: judged.map_or_else(Vec::new, |judged| replies(judged, lang)),
        costs: judged.map_or_else(Costs::default, |judged| costs(judged, comparison, lang)),
        inputs: judged.zip(now).map_or_else(Vec::new, |(judged, now)| own(judged, now.inputs)),
    }
}

fn tally(side: &Side, lang: Lang) -> Tally {
    let score = &side.score;
    let count =
        |class: Class, standing: Standing| score.counts.get(&(class, standing)).copied().unwrap_or_default();
    let classes = [Class::Mandatory, Class::Scored, Class::Reference, Class::Draft];
    let mut rows: Vec<CountRow> = classes
        .into_iter()
        .map(|class| {
            let counts: Vec<usize> =
                Standing::ALL.into_iter().map(|standing| count(class, standing)).collect();
            let total = counts.iter().sum();
            let declared = score.cells.iter().filter(|cell| cell.rule.class == class && is_declared(cell));
            CountRow {
                class: class.word(),
                title: class.title(lang),
                counts,
                total,
                declared: declared.count(),
            }
        })
        .collect();
    let sums: Vec<usize> =
        (0..Standing::ALL.len()).map(|at| rows.iter().map(|row| row.counts[at]).sum()).collect();
    let total = sums.iter().sum();
    let declared = rows.iter().map(|row| row.declared).sum();
    rows.push(CountRow { class: "all", title: lang.pick("合計", "all"), counts: sums, total, declared });
    // What the draft contract alone decides is nothing that a bidder meets.
    let asked = || score.cells.iter().filter(|cell| cell.rule.class != Class::Draft);
    Tally {
        rows,
        disqualifying: score.count(Consequence::Disqualifies),
        to_inquire: score.count(Consequence::Inquire),
        to_judge: score.count(Consequence::Judge),
        met: asked().filter(|cell| cell.standing == Standing::Met).count(),
        declared: asked().filter(|cell| is_declared(cell)).count(),
        given: number(score.given),
        open: number(score.open),
        most: number(score.most),
    }
}

/// The files of the bid, without the draft contract.
fn own(judged: &Judged, inputs: Vec<Input>) -> Vec<Input> {
    let folder = &judged.latest().assessment.case.name;
    inputs.into_iter().filter(|input| super::is_within(folder, &input.path)).collect()
}

fn is_declared(cell: &Cell) -> bool {
    cell.standing == Standing::Met && cell.assurance == Some(Assurance::Declared)
}

/// What the answers, as they stand now, name as extra cost.
fn costs(judged: &Judged, comparison: &Comparison, lang: Lang) -> Costs {
    let mut costs = Costs::default();
    let mut sum: i128 = 0;
    for answered in &judged.latest().answers {
        let answer = &answered.answer;
        match answer.extra_cost_yen {
            Some(yen) if yen != 0 => {
                let policies = &comparison.yardstick.policies;
                let policy = policies.iter().find(|policy| policy.file.id == answer.policy);
                sum += i128::from(yen);
                costs.rows.push(CostRow {
                    policy: answer.policy.clone(),
                    title: policy.map_or_else(String::new, |policy| policy.file.title.get(lang).to_owned()),
                    delivery: answer.delivery.map(|delivery| delivery.title(lang)),
                    yen: thousands(yen.into()),
                    remark: answer.remark.clone(),
                });
            }
            None if answer.delivery == Some(Delivery::Option) => {
                costs.without_amount.push(answer.policy.clone());
            }
            _ => {}
        }
    }
    costs.total = thousands(sum);
    costs
}

/// A whole number with commas between the thousands.
pub(super) fn thousands(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
