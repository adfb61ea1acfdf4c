//! One bidder: counts that add up, and a sheet of what was found.

use serde::Serialize;

use super::cell::CellView;
use super::{day, number};
use crate::compare::{Compared, Comparison, Judged, Side};
use crate::conclude::score::Consequence;
use crate::lang::Lang;
use crate::render::view::{self, DossierView, Input, OutcomeView, PlaceView};
use crate::render::{diagnostics, finding};
use crate::tender::Class;
use crate::tender::marks::Standing;
use crate::validate::bid::Effect;

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
    /// The files of the bid.
    pub inputs: Vec<Input>,
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
}

/// What was found of a bid under one policy and target.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The policy's id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// What the class is called.
    pub class_title: &'static str,
    /// What follows.
    pub consequence: &'static str,
    /// The target's path.
    pub target: String,
    /// The verdict's word.
    pub verdict: &'static str,
    /// What the verdict is called.
    pub verdict_title: &'static str,
    /// What was wanted, stated or is missing, a line each, with places.
    pub lines: Vec<String>,
    /// Where to look first.
    pub place: Option<PlaceView>,
}

/// An answer to the inquiry.
#[derive(Clone, Debug, Serialize)]
pub struct ReplyView {
    /// The number of the item.
    pub number: Option<String>,
    /// The policy that was asked about.
    pub policy: Option<String>,
    /// The fact that is answered.
    pub fact: Option<String>,
    /// What was answered, as written.
    pub answer: String,
    /// What became of it.
    pub effect: &'static str,
    /// Its word.
    pub effect_word: &'static str,
    /// The paper and page that show it.
    pub paper: Option<String>,
    /// Where it stands.
    pub place: PlaceView,
}

pub(super) fn view(bid: &Compared, comparison: &Comparison, lang: Lang) -> BidderView {
    let bidder = &bid.bidder;
    let judged = bid.result.as_ref().ok();
    let offered = judged.and_then(|judged| judged.name.clone());
    let refused = bid.result.as_ref().err().map(|refused| {
        let lines = refused.diagnostics.iter().map(|one| diagnostics::short(one, &refused.sources, lang));
        lines.map(|line| line.trim_end().to_owned()).collect()
    });
    let tally = |side: &Side| tally(side, lang);
    let after = judged.and_then(|judged| judged.after.as_ref());
    let now = judged.map(|judged| view::view(&judged.latest().assessment, lang));
    BidderView {
        id: bidder.id.clone(),
        name: bidder.name.clone().or(offered).unwrap_or_else(|| bidder.id.clone()),
        number: bidder.number.clone(),
        received_on: bidder.received_on.as_deref().map(|text| day(text, lang)),
        refused: refused.unwrap_or_default(),
        proposed: judged.map(|judged| tally(&judged.proposed)),
        after: after.map(tally),
        findings: judged
            .zip(now.as_ref())
            .map_or_else(Vec::new, |(judged, now)| findings(judged, now, comparison, lang)),
        replies: judged.map_or_else(Vec::new, |judged| replies(judged, lang)),
        inputs: now.map_or_else(Vec::new, |now| now.inputs),
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
            CountRow { class: class.word(), title: class.title(lang), counts, total }
        })
        .collect();
    let sums: Vec<usize> =
        (0..Standing::ALL.len()).map(|at| rows.iter().map(|row| row.counts[at]).sum()).collect();
    let total = sums.iter().sum();
    rows.push(CountRow { class: "all", title: lang.pick("合計", "all"), counts: sums, total });
    Tally {
        rows,
        disqualifying: score.count(Consequence::Disqualifies),
        to_inquire: score.count(Consequence::Inquire),
        to_judge: score.count(Consequence::Judge),
        given: number(score.given),
        open: number(score.open),
        most: number(score.most),
    }
}

/// The findings of a bid as it stands now, the gravest consequence first.
fn findings(judged: &Judged, now: &DossierView, comparison: &Comparison, lang: Lang) -> Vec<Finding> {
    let side = judged.latest();
    let policies = &comparison.yardstick.policies;
    let cell = |id: &str| {
        let at = policies.iter().position(|policy| policy.file.id == id)?;
        side.score.cells.get(at)
    };
    let mut found: Vec<(Consequence, Finding)> = Vec::new();
    for outcome in now.outcomes.iter().filter(|outcome| outcome.verdict.is_finding()) {
        let Some(cell) = cell(&outcome.policy) else { continue };
        found.push((cell.consequence(), of(outcome, cell.consequence(), cell.rule.class, lang)));
    }
    // An answer can put a requirement in question that the specification meets.
    for cell in &side.score.cells {
        let puts = cell.consequence() != Consequence::Nothing && !cell.verdict.is_finding();
        let file = &policies[cell.policy].file;
        let view = super::cell::of_answer(judged, cell, comparison, lang).filter(|_| puts);
        let Some((view, place)) = view else { continue };
        found.push((
            cell.consequence(),
            Finding {
                policy: file.id.clone(),
                title: file.title.get(lang).to_owned(),
                class_title: cell.rule.class.title(lang),
                consequence: consequence(cell.consequence(), lang),
                target: "dossier".to_owned(),
                verdict: cell.verdict.word(),
                verdict_title: cell.verdict.title(lang),
                lines: answer_lines(&view, lang),
                place,
            },
        ));
    }
    found.sort_by_key(|(consequence, _)| *consequence);
    found.into_iter().map(|(_, finding)| finding).collect()
}

fn of(outcome: &OutcomeView, follows: Consequence, class: Class, lang: Lang) -> Finding {
    Finding {
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        class_title: class.title(lang),
        consequence: consequence(follows, lang),
        target: outcome.target.clone(),
        verdict: outcome.verdict.word(),
        verdict_title: outcome.verdict_title,
        lines: finding::lines(outcome, lang),
        place: outcome.place.clone(),
    }
}

/// What the bidder answered, and what that counts for.
fn answer_lines(cell: &CellView, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let answer = cell.answer.clone().unwrap_or_default();
    let none = lang.pick("無回答", "no answer");
    lines.push(format!("{}{}", lang.pick("対応：", "answer: "), answer.delivery.unwrap_or(none)));
    if let Some(how) = answer.how {
        lines.push(format!("{}{how}", lang.pick("対応方法：", "how: ")));
    }
    if let Some(yen) = answer.extra_cost_yen {
        lines.push(format!("{}{yen}", lang.pick("追加費用（円）：", "extra cost in yen: ")));
    }
    if let Some(by) = &answer.by {
        lines.push(format!("{}{by}", lang.pick("対応時期：", "by: ")));
    }
    if let Some(remark) = &answer.remark {
        lines.push(format!("{}{remark}", lang.pick("備考：", "remark: ")));
    }
    if let Some(reason) = &cell.reason {
        lines.push(format!("{}{reason}", lang.pick("扱い：", "counts so because: ")));
    }
    lines
}

/// What a consequence is called.
pub(super) fn consequence(consequence: Consequence, lang: Lang) -> &'static str {
    match consequence {
        Consequence::Disqualifies => lang.pick("必須不充足", "mandatory, not met"),
        Consequence::Inquire => lang.pick("要照会", "to be asked"),
        Consequence::Judge => lang.pick("要審査", "to be judged"),
        Consequence::Nothing => "",
    }
}

fn replies(judged: &Judged, lang: Lang) -> Vec<ReplyView> {
    let Some(after) = &judged.after else { return Vec::new() };
    let sources = &after.assessment.case.sources;
    let replies = judged.replies.iter().map(|reply| {
        let (word, effect) = effect(reply.effect, lang);
        let paper = match (&reply.paper, reply.page) {
            (None, None) => None,
            (paper, page) => {
                let page = page.map(|page| format!("p.{page}"));
                Some([paper.clone(), page].into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
        };
        ReplyView {
            number: reply.number.clone(),
            policy: reply.policy.clone(),
            fact: reply.fact.clone(),
            answer: match (&reply.text, reply.effect) {
                (Some(text), Effect::Words) => text.clone(),
                (None, Effect::Words) => String::new(),
                _ => sources.text(reply.span).to_owned(),
            },
            effect,
            effect_word: word,
            paper,
            place: PlaceView::new(sources, reply.span, None),
        }
    });
    replies.collect()
}

fn effect(effect: Effect, lang: Lang) -> (&'static str, &'static str) {
    match effect {
        Effect::FilledIn => {
            ("filled_in", lang.pick("提案に記載のない事項を補った", "fills in what the bid left open"))
        }
        Effect::Same => ("same", lang.pick("提案の記載と同じ", "says what the bid says")),
        Effect::Settled => (
            "settled",
            lang.pick("提案の食い違う記載のいずれかを示した", "says which of the bid's values is meant"),
        ),
        Effect::Contradicts => (
            "contradicts",
            lang.pick(
                "提案の記載と異なる（提案内容の変更は認めないため、記載の不一致として扱う）",
                "says something else than the bid; no change is allowed, so that it counts as a conflict",
            ),
        ),
        Effect::Words => {
            ("words", lang.pick("文章による回答（判定には反映しない）", "words; no verdict rests on them"))
        }
    }
}
