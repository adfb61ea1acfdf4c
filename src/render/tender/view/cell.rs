//! One bid under one policy.

use serde::Serialize;

use super::finding::consequence;
use super::{day, number};
use crate::case::locate::in_words;
use crate::compare::{Compared, Comparison, Judged, Side};
use crate::conclude::score::{Cell, Consequence};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::render::view::PlaceView;
use crate::tender::Class;
use crate::tender::marks::{Row, Standing};
use crate::tender::offer::Answer;

/// A cell of the matrix: as the bid stands now, and as it was proposed where an answer changed it.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// The sign; empty where the draft contract alone decides.
    pub mark: String,
    /// What the matrix shows, in a few words; that a mandatory requirement is not met is said beside it.
    pub text: String,
    /// The verdict's word.
    pub verdict: &'static str,
    /// What the verdict is called.
    pub verdict_title: &'static str,
    /// How well it is proven, where it holds.
    pub assurance_title: Option<&'static str>,
    /// The standing's word.
    pub standing: &'static str,
    /// What the standing is called.
    pub standing_title: &'static str,
    /// `disqualifies`, `inquire`, `judge` or `nothing`.
    pub consequence: &'static str,
    /// What that is called.
    pub consequence_title: &'static str,
    /// The place of the cell in an order from the gravest on.
    pub rank: usize,
    /// The points that it gets; `None` where it has none, or where they are open.
    pub points: Option<String>,
    /// How many outcomes the policy has here, and how many of them have the verdict shown.
    pub outcomes: usize,
    /// As above.
    pub of_verdict: usize,
    /// Why it counts as it does, where the table says so.
    pub reason: Option<String>,
    /// What the bidder answered.
    pub answer: Option<AnswerView>,
    /// The cell as it was proposed, where an answer to the inquiry changed it.
    pub proposed: Option<Before>,
}

/// A cell as it was before the inquiry.
#[derive(Clone, Debug, Serialize)]
pub struct Before {
    /// The sign.
    pub mark: String,
    /// What the verdict was called.
    pub verdict_title: &'static str,
    /// What the standing was called.
    pub standing_title: &'static str,
}

/// The answer of a bidder to a requirement.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AnswerView {
    /// When and in which way it is delivered.
    pub delivery: Option<&'static str>,
    /// How it is done.
    pub how: Option<&'static str>,
    /// Extra cost in yen.
    pub extra_cost_yen: Option<i64>,
    /// When it is done, for people.
    pub by: Option<String>,
    /// The page of the proposal.
    pub page: Option<i64>,
    /// The paper that shows it.
    pub paper: Option<String>,
    /// What else there is to say.
    pub remark: Option<String>,
    /// Where the answer stands.
    pub place: Option<PlaceView>,
}

/// A row of the table of marks.
#[derive(Clone, Debug, Serialize)]
pub struct MarkView {
    /// The sign.
    pub mark: String,
    /// What the verdict is called.
    pub verdict_title: &'static str,
    /// The answer; `None` for any other and for none.
    pub delivery_title: Option<&'static str>,
    /// The share of the points, in percent.
    pub share_percent: Option<String>,
    /// What the standing is called.
    pub standing_title: &'static str,
    /// Why.
    pub reason: Option<String>,
}

impl MarkView {
    pub(super) fn new(row: &Row, lang: Lang) -> MarkView {
        MarkView {
            mark: row.mark.clone(),
            verdict_title: row.verdict.title(lang),
            delivery_title: row.delivery.map(|delivery| delivery.title(lang)),
            share_percent: row.share_percent.map(number),
            standing_title: row.standing.title(lang),
            reason: row.reason.clone(),
        }
    }
}

pub(super) fn view(bid: &Compared, policy: usize, comparison: &Comparison, lang: Lang) -> Option<CellView> {
    of(bid.result.as_ref().ok()?, policy, comparison, lang)
}

fn of(judged: &Judged, policy: usize, comparison: &Comparison, lang: Lang) -> Option<CellView> {
    let side = judged.latest();
    let cell = side.score.cells.get(policy)?;
    let row = &comparison.tender.marks[cell.mark];
    let before = judged.after.as_ref().and_then(|_| judged.proposed.score.cells.get(policy));
    let before = before.filter(|before| before.mark != cell.mark || before.verdict != cell.verdict);
    let of_verdict =
        cell.outcomes.iter().filter(|at| side.assessment.outcomes[**at].verdict == cell.verdict).count();
    let of_draft = cell.rule.class == Class::Draft;
    let answered = cell.answer.map(|at| answer(side, at, lang));
    let before = before.map(|before| self::before(before, comparison, lang));
    Some(CellView {
        mark: if of_draft { String::new() } else { row.mark.clone() },
        text: text(cell, answered.as_ref(), before.as_ref(), lang),
        verdict: cell.verdict.word(),
        verdict_title: cell.verdict.title(lang),
        assurance_title: cell.assurance.map(|assurance| assurance.title(lang)),
        standing: cell.standing.word(),
        standing_title: cell.standing.title(lang),
        consequence: word(cell.consequence()),
        consequence_title: consequence(cell.consequence(), lang),
        rank: rank(cell),
        points: cell.points.map(number),
        outcomes: cell.outcomes.len(),
        of_verdict,
        reason: match cell.late {
            true => Some(
                lang.pick(
                    "対応時期が運用開始日より後である。",
                    "It is promised for a day after the service starts.",
                )
                .to_owned(),
            ),
            false => row.reason.clone().filter(|_| !of_draft),
        },
        answer: answered,
        proposed: before,
    })
}

/// The words of a cell beside its sign: the verdict, how well it is proven, what follows from the answer,
/// points. The sign tells an answer that was given by itself.
fn text(cell: &Cell, answer: Option<&AnswerView>, before: Option<&Before>, lang: Lang) -> String {
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    let mut text = cell.verdict.title(lang).to_owned();
    if let Some(assurance) = cell.assurance {
        text.push_str(&format!("{open}{}{close}", assurance.title(lang)));
    }
    if matches!(cell.consequence(), Consequence::Inquire | Consequence::Judge) {
        let delivery = answer.map(|answer| answer.delivery.unwrap_or(lang.pick("無回答", "no answer")));
        let delivery =
            delivery.or((cell.rule.class != Class::Draft).then_some(lang.pick("無回答", "no answer")));
        let telling = cell.verdict == Verdict::Pass || cell.consequence() == Consequence::Judge;
        let follows = consequence(cell.consequence(), lang);
        text.push_str(&match (delivery.filter(|_| telling), lang) {
            (Some(delivery), Lang::Ja) => format!("〔{follows}：{delivery}〕"),
            (Some(delivery), Lang::En) => format!(" [{follows}: {delivery}]"),
            (None, Lang::Ja) => format!("〔{follows}〕"),
            (None, Lang::En) => format!(" [{follows}]"),
        });
    } else if cell.standing == Standing::Failed && cell.verdict != Verdict::Fail {
        let delivery = answer.and_then(|answer| answer.delivery).unwrap_or(cell.standing.title(lang));
        text.push_str(&match lang {
            Lang::Ja => format!("〔{delivery}〕"),
            Lang::En => format!(" [{delivery}]"),
        });
    }
    match (&cell.points, cell.rule.points, lang) {
        (Some(points), _, Lang::Ja) => text.push_str(&format!(" {}点", number(*points))),
        (Some(points), _, Lang::En) => text.push_str(&format!(", {} points", number(*points))),
        (None, Some(_), Lang::Ja) => text.push_str(" 得点未確定"),
        (None, Some(_), Lang::En) => text.push_str(", points open"),
        (None, None, _) => {}
    }
    if let Some(before) = before {
        text.push_str(&match lang {
            Lang::Ja => format!("（提案時：{} {}）", before.mark, before.verdict_title),
            Lang::En => format!(" (as proposed: {} {})", before.mark, before.verdict_title),
        });
    }
    text
}

/// From what disqualifies to what does not apply, so that columns can be sorted.
fn rank(cell: &Cell) -> usize {
    let follows = [Consequence::Disqualifies, Consequence::Inquire, Consequence::Judge, Consequence::Nothing];
    let first = follows.iter().position(|one| *one == cell.consequence()).unwrap_or_default();
    let then = Standing::ALL.iter().position(|one| *one == cell.standing).unwrap_or_default();
    first * Standing::ALL.len() + then
}

fn before(cell: &Cell, comparison: &Comparison, lang: Lang) -> Before {
    Before {
        mark: comparison.tender.marks[cell.mark].mark.clone(),
        verdict_title: cell.verdict.title(lang),
        standing_title: cell.standing.title(lang),
    }
}

pub(super) fn word(consequence: Consequence) -> &'static str {
    match consequence {
        Consequence::Disqualifies => "disqualifies",
        Consequence::Inquire => "inquire",
        Consequence::Judge => "judge",
        Consequence::Nothing => "nothing",
    }
}

fn answer(side: &Side, at: usize, lang: Lang) -> AnswerView {
    let answered = &side.answers[at];
    // The source stands in the reference by its title already.
    let original = answered.reference.as_ref().and_then(|one| in_words(one, |_| None, lang));
    let Answer { delivery, how, extra_cost_yen, by, page, paper, remark, .. } = &answered.answer;
    AnswerView {
        delivery: delivery.map(|delivery| delivery.title(lang)),
        how: how.map(|how| how.title(lang)),
        extra_cost_yen: *extra_cost_yen,
        by: by.as_deref().map(|text| day(text, lang)),
        page: *page,
        paper: paper.clone(),
        remark: remark.clone(),
        place: Some(PlaceView::new(&side.assessment.case.sources, answered.span, original)),
    }
}

/// A cell for the sheet of a bidder, with the place of the answer.
pub(super) fn of_answer(
    judged: &Judged,
    cell: &Cell,
    comparison: &Comparison,
    lang: Lang,
) -> Option<(CellView, Option<PlaceView>)> {
    let view = of(judged, cell.policy, comparison, lang)?;
    let place = view.answer.as_ref().and_then(|answer| answer.place.clone());
    Some((view, place))
}
