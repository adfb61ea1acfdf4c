//! What was found of a bid, the gravest first.

use serde::Serialize;

use super::bidder::thousands;
use super::cell::{CellView, of_answer, word};
use crate::compare::{Comparison, Judged};
use crate::conclude::score::Consequence;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::render::finding;
use crate::render::view::{DossierView, OutcomeView, PlaceView};
use crate::tender::Class;

/// What was found of a bid under one policy and target.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The policy's id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// What the class is called.
    pub class_title: &'static str,
    /// What follows: `disqualifies`, `inquire`, `judge` or `nothing`.
    pub follows: &'static str,
    /// What that is called.
    pub consequence: &'static str,
    /// The target's path.
    pub target: String,
    /// What the target is called; `None` for the bid as a whole.
    pub target_title: Option<String>,
    /// The verdict's word.
    pub verdict: &'static str,
    /// What the verdict is called.
    pub verdict_title: &'static str,
    /// Why, in a few words.
    pub short: String,
    /// Where to look first, in words: in the original and in the transcript.
    pub at: Option<String>,
    /// What was wanted, stated or is missing, a line each, with places.
    pub lines: Vec<String>,
    /// Where to look first.
    pub place: Option<PlaceView>,
}

/// The findings of a bid as it stands now, the gravest consequence first.
pub(super) fn findings(
    judged: &Judged,
    now: &DossierView,
    comparison: &Comparison,
    lang: Lang,
) -> Vec<Finding> {
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
        let view = of_answer(judged, cell, comparison, lang).filter(|_| puts);
        let Some((view, place)) = view else { continue };
        found.push((
            cell.consequence(),
            Finding {
                policy: file.id.clone(),
                title: file.title.get(lang).to_owned(),
                class_title: cell.rule.class.title(lang),
                follows: word(cell.consequence()),
                consequence: consequence(cell.consequence(), lang),
                target: "dossier".to_owned(),
                target_title: None,
                verdict: cell.verdict.word(),
                verdict_title: cell.verdict.title(lang),
                short: answer_short(&view, lang),
                at: place.as_ref().map(|place| at(place, lang)),
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
        follows: word(follows),
        consequence: consequence(follows, lang),
        target: outcome.target.clone(),
        target_title: (outcome.target != "dossier").then(|| outcome.target_title.clone()),
        verdict: outcome.verdict.word(),
        verdict_title: outcome.verdict_title,
        short: short(outcome, lang),
        at: outcome.place.as_ref().map(|place| at(place, lang)),
        lines: finding::lines(outcome, lang),
        place: outcome.place.clone(),
    }
}

/// Why an outcome is a finding, in a few words: what fails is stated, what is open is named.
fn short(outcome: &OutcomeView, lang: Lang) -> String {
    let (colon, comma) = (lang.pick("：", ": "), lang.pick("、", "; "));
    let mut parts: Vec<String> = Vec::new();
    let mut add = |part: String| {
        if !parts.contains(&part) {
            parts.push(part);
        }
    };
    match finding::raw(outcome) {
        Verdict::Fail => {
            finding::failed_facts(outcome)
                .for_each(|fact| add(format!("{}{colon}{}", fact.title, fact.said)));
        }
        Verdict::Unproven => {
            let facts = finding::lacking(outcome).flat_map(|(_, proof)| &proof.facts);
            let facts = facts.filter(|fact| !fact.lacking.is_empty());
            facts.for_each(|fact| add(format!("{}{colon}{}", fact.title, fact.lacking.join(comma))));
        }
        _ => finding::open_gaps(outcome).for_each(|gap| {
            let detail = gap.detail.as_ref().map_or_else(String::new, |detail| match lang {
                Lang::Ja => format!("「{detail}」"),
                Lang::En => format!(" (\"{detail}\")"),
            });
            let values: Vec<&str> = gap.conflicting.iter().map(|fact| fact.said.as_str()).collect();
            let values = match values.is_empty() {
                true => String::new(),
                false => format!("{colon}{}", values.join(lang.pick("／", " / "))),
            };
            add(format!("{}{colon}{}{detail}{values}", gap.sub_reason_title, gap.title));
        }),
    }
    parts.join(comma)
}

/// What a bidder's answer says, in a few words.
fn answer_short(cell: &CellView, lang: Lang) -> String {
    let answer = cell.answer.clone().unwrap_or_default();
    let mut text = answer.delivery.unwrap_or(lang.pick("無回答", "no answer")).to_owned();
    if let Some(yen) = answer.extra_cost_yen {
        text.push_str(&match lang {
            Lang::Ja => format!("、追加費用{}円", thousands(yen.into())),
            Lang::En => format!(", {} yen extra", thousands(yen.into())),
        });
    }
    if let Some(by) = &answer.by {
        text.push_str(&match lang {
            Lang::Ja => format!("、対応時期{by}"),
            Lang::En => format!(", by {by}"),
        });
    }
    if let Some(remark) = &answer.remark {
        text.push_str(lang.pick("。", ". "));
        text.push_str(remark);
    }
    text
}

/// A place in the original and in the transcript.
pub(super) fn at(place: &PlaceView, lang: Lang) -> String {
    let original = place.original.as_deref();
    let original = original.unwrap_or(lang.pick("原本の該当箇所 未記入", "place in the original not given"));
    match lang {
        Lang::Ja => format!("{original}／{} {}行", place.file, place.line),
        Lang::En => format!("{original}; {} line {}", place.file, place.line),
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
        lines.push(format!(
            "{}{}",
            lang.pick("追加費用（円）：", "extra cost in yen: "),
            thousands(yen.into())
        ));
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
