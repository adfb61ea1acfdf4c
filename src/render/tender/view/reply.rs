//! What came back from the inquiry, and what became of it.

use serde::Serialize;

use crate::case::Case;
use crate::compare::Judged;
use crate::expression::sentence;
use crate::lang::Lang;
use crate::render::view::PlaceView;
use crate::tender::offer;
use crate::validate::bid::{DELIVERY, Effect, Reply};

/// An answer to the inquiry.
#[derive(Clone, Debug, Serialize)]
pub struct ReplyView {
    /// The number of the item.
    pub number: Option<String>,
    /// The policy that was asked about.
    pub policy: Option<String>,
    /// The fact that is answered.
    pub fact: Option<String>,
    /// What the fact is called.
    pub title: Option<String>,
    /// What was answered, for people.
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

pub(super) fn replies(judged: &Judged, lang: Lang) -> Vec<ReplyView> {
    let Some(after) = &judged.after else { return Vec::new() };
    let case = &after.assessment.case;
    let sources = &case.sources;
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
            title: title(case, reply, lang),
            answer: answer(case, reply, lang),
            effect,
            effect_word: word,
            paper,
            place: PlaceView::new(sources, reply.span, None),
        }
    });
    replies.collect()
}

/// What the fact that was answered is called.
fn title(case: &Case, reply: &Reply, lang: Lang) -> Option<String> {
    let path = reply.fact.as_deref()?;
    let field = match path {
        DELIVERY => offer::field(DELIVERY)?,
        path => case.read_path(path)?.1,
    };
    Some(field.title(lang).to_owned())
}

/// The value as findings show values, or the words.
fn answer(case: &Case, reply: &Reply, lang: Lang) -> String {
    let value = reply.value.as_ref().filter(|_| reply.effect != Effect::Words);
    let field = match reply.fact.as_deref() {
        Some(DELIVERY) => offer::field(DELIVERY),
        Some(path) => case.read_path(path).map(|(_, field)| field),
        None => None,
    };
    match (value, field) {
        (Some(value), Some(field)) => sentence::said(field, value, lang),
        _ => reply.text.clone().unwrap_or_default(),
    }
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
