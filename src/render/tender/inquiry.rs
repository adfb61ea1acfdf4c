//! The letter of inquiry (提案内容に関する照会書): what each bidder left open, asked in the same words of all.

pub mod sheet;

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::day;
use crate::case::path::of_schema;
use crate::compare::{Compared, Comparison, Judged, Side};
use crate::conclude::score::Cell;
use crate::evaluate::outcome::{Target, Verdict};
use crate::expression::trace::Step;
use crate::lang::Lang;
use crate::render::finding::{lacking, open_gaps};
use crate::render::view::{self, GapView, Maker, OutcomeView};
use crate::scaffold::options;
use crate::schema::Shape;
use crate::tender::Class;
use crate::tender::offer::{self, is_bidders};
use crate::validate::bid::DELIVERY;

/// The letters of a tender.
#[derive(Clone, Debug, Serialize)]
pub struct InquiryView {
    /// The subject (件名).
    pub title: Option<String>,
    /// The number of the public notice.
    pub notice_number: Option<String>,
    /// Its date, for people.
    pub notice_date: Option<String>,
    /// The guidelines' title.
    pub guidelines: Option<String>,
    /// Their version.
    pub guidelines_version: Option<String>,
    /// The document number of the letter.
    pub number: Option<String>,
    /// Its date, for people.
    pub date: Option<String>,
    /// Its date as written.
    pub date_plain: Option<String>,
    /// The day by which answers are due, for people.
    pub deadline: Option<String>,
    /// The time of that day.
    pub deadline_time: Option<String>,
    /// Who inquires.
    pub sender: Option<String>,
    /// Where answers go.
    pub send_to: Option<String>,
    /// How answers are sent.
    pub method: Option<String>,
    /// The tender's id.
    pub tender: String,
    /// One letter for each bidder of whom something is asked, in the order of receipt.
    pub letters: Vec<Letter>,
    /// Bidders of whom nothing is asked, by name.
    pub nothing_to_ask: Vec<String>,
    /// Bidders whose bid could not be read, by name.
    pub unread: Vec<String>,
}

/// The letter to one bidder.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The bidder's id.
    pub id: String,
    /// The bidder's name.
    pub name: String,
    /// The files of the bid that was asked about: name and SHA-256.
    pub bid: Vec<BidFile>,
    /// What is asked.
    pub items: Vec<Item>,
}

/// A file of a bid.
#[derive(Clone, Debug, Serialize)]
pub struct BidFile {
    /// Its name within the bidder's folder.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// One numbered item.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its number in the letter.
    pub number: usize,
    /// The policy's id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// What the class is called.
    pub class_title: &'static str,
    /// The target's path.
    pub target: String,
    /// What the target is called; `None` for the bid as a whole.
    pub target_title: Option<String>,
    /// Why it is asked: `undecided`, `unproven` or `unanswered`.
    pub kind: &'static str,
    /// What that is called.
    pub kind_title: &'static str,
    /// The question, in the same words for every bidder.
    pub question: String,
    /// Where the proposal speaks of it.
    pub place: Option<String>,
    /// The facts that are asked for; one row of the answer sheet each.
    pub asks: Vec<Ask>,
}

/// A fact that is asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// Its path, with ids; `delivery` for the answer to the requirement itself. `None` where words and a
    /// paper are the answer.
    pub fact: Option<String>,
    /// What it is called.
    pub title: String,
    /// In which way it is open.
    pub reason: &'static str,
    /// What the bid says instead.
    pub detail: Option<String>,
    /// What may be answered: choices, or the unit.
    pub form: Option<String>,
    /// The choices, where there are some.
    pub choices: Vec<String>,
    /// The number of the row above that asks for the same fact already.
    pub same_as: Option<String>,
}

/// Makes the letters.
pub fn inquiry(comparison: &Comparison, only: Option<&str>, lang: Lang) -> InquiryView {
    let file = &comparison.tender.file;
    let head = file.inquiry.clone().unwrap_or_default();
    let shown = |text: Option<String>| text.map(|text| day(&text, lang));
    let mut view = InquiryView {
        title: file.title.clone(),
        notice_number: file.notice.as_ref().and_then(|notice| notice.number.clone()),
        notice_date: shown(file.notice.as_ref().and_then(|notice| notice.date.clone())),
        guidelines: file.guidelines.as_ref().and_then(|guidelines| guidelines.title.clone()),
        guidelines_version: file.guidelines.as_ref().and_then(|guidelines| guidelines.version.clone()),
        number: head.number,
        date_plain: head.date.clone(),
        date: shown(head.date),
        deadline: shown(head.deadline),
        deadline_time: head.deadline_time,
        sender: head.sender,
        send_to: head.send_to,
        method: head.method,
        tender: file.id.clone(),
        letters: Vec::new(),
        nothing_to_ask: Vec::new(),
        unread: Vec::new(),
    };
    for bid in comparison.bids.iter().filter(|bid| only.is_none_or(|only| bid.bidder.id == only)) {
        let name = bid.name();
        let Ok(judged) = &bid.result else {
            view.unread.push(name);
            continue;
        };
        let letter = letter(bid, judged, name, comparison, lang);
        match letter.items.is_empty() {
            true => view.nothing_to_ask.push(letter.name),
            false => view.letters.push(letter),
        }
    }
    view
}

fn letter(bid: &Compared, judged: &Judged, name: String, comparison: &Comparison, lang: Lang) -> Letter {
    let side = judged.latest();
    let now = view::view(&side.assessment, lang);
    let mut items = Vec::new();
    for (cell, policy) in side.score.cells.iter().zip(comparison.yardstick.policies.iter()) {
        if cell.rule.class == Class::Draft {
            continue;
        }
        let id = &policy.file.id;
        let outcomes = now.outcomes.iter().filter(|outcome| outcome.policy == *id);
        let open: Vec<Item> = outcomes.filter_map(|outcome| of_outcome(outcome, cell, side, lang)).collect();
        let unanswered = cell.answer.is_none_or(|at| side.answers[at].answer.delivery.is_none());
        let applies = cell.verdict != Verdict::NotApplicable;
        match unanswered && applies {
            // The answer to the requirement is asked for along with the first thing that is open.
            true => items.extend(with_delivery(open, cell, policy.file.title.get(lang), id, lang)),
            false => items.extend(open),
        }
    }
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    for (at, item) in items.iter_mut().enumerate() {
        item.number = at + 1;
        for (row, ask) in item.asks.iter_mut().enumerate() {
            let Some(fact) = ask.fact.as_ref().filter(|fact| *fact != DELIVERY) else { continue };
            match asked.get(fact) {
                Some(number) => ask.same_as = Some(number.clone()),
                None => {
                    asked.insert(fact.clone(), format!("{}-{}", at + 1, row + 1));
                }
            }
        }
    }
    let own = |path: &str| crate::load::source::within(&side.assessment.case.name, path).to_owned();
    let files = judged.proposed.assessment.case.sources.files().iter();
    let files = files.filter(|file| own(&file.path) != file.path);
    let bid_files = files.filter_map(|file| {
        let name = own(&file.path);
        (name != "answers.yaml").then_some(BidFile { file: name, sha256: file.sha256.clone()? })
    });
    Letter { id: bid.bidder.id.clone(), name, bid: bid_files.collect(), items }
}

/// The item for what is open in an outcome; none where only the client could answer.
fn of_outcome(outcome: &OutcomeView, cell: &Cell, side: &Side, lang: Lang) -> Option<Item> {
    let (kind, kind_title, asks): (_, _, Vec<Ask>) = match outcome.verdict {
        Verdict::Undecided => {
            let mut asks: Vec<Ask> = Vec::new();
            for gap in open_gaps(outcome) {
                let ask = of_gap(gap, side, lang);
                if !asks.iter().any(|known| known.fact == ask.fact && known.title == ask.title) {
                    asks.push(ask);
                }
            }
            asks.retain(|ask| ask.fact.as_deref().is_none_or(|fact| is_bidders(&of_schema(fact))));
            ("undecided", lang.pick("記載の確認", "not clear from the bid"), asks)
        }
        Verdict::Unproven => {
            let facts = lacking(outcome).flat_map(|(_, proof)| &proof.facts);
            let facts = facts.filter(|fact| !fact.lacking.is_empty());
            let asks = facts.map(|fact| Ask {
                fact: None,
                title: fact.title.clone(),
                reason: lang.pick("根拠資料不足", "not proven"),
                detail: Some(fact.lacking.join(lang.pick("／", " / "))),
                form: Some(lang.pick("資料名及び頁", "paper and page").to_owned()),
                choices: Vec::new(),
                same_as: None,
            });
            ("unproven", lang.pick("根拠資料の提出", "paper wanted"), asks.collect())
        }
        _ => return None,
    };
    if asks.is_empty() {
        return None;
    }
    let question = match outcome.verdict {
        Verdict::Unproven => lang
            .pick(
                "次の記載を裏付ける資料の名称及び該当頁を示し、資料を提出してください。",
                "Name the paper and page that show the following, and hand the paper in.",
            )
            .to_owned(),
        _ => outcome.question.to_string(),
    };
    Some(Item {
        number: 0,
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        class_title: cell.rule.class.title(lang),
        target: outcome.target.clone(),
        target_title: (outcome.target != "dossier").then(|| outcome.target_title.clone()),
        kind,
        kind_title,
        question,
        place: outcome.place.as_ref().and_then(|place| place.original.clone()),
        asks,
    })
}

fn of_gap(gap: &GapView, side: &Side, lang: Lang) -> Ask {
    let field = side.assessment.case.read_path(&gap.path).map(|(_, field)| field);
    // A list of objects is no answer for one cell.
    let answerable = field.is_some_and(|field| match field.shape() {
        Shape::Object => false,
        Shape::List => field.items().is_some_and(|item| item.shape() != Shape::Object),
        _ => true,
    });
    let choices = field.map(|field| options(field, lang)).unwrap_or_default();
    let form = match field {
        Some(_) if !choices.is_empty() => Some(choices.join(lang.pick("／", " / "))),
        Some(field) => field.unit().map(|unit| unit.with("", lang).trim().to_owned()),
        None => None,
    };
    Ask {
        fact: answerable.then(|| gap.path.clone()),
        title: match item_title(&gap.path, side, lang) {
            Some(item) => format!("{item}{}{}", lang.pick("：", ": "), gap.title),
            None => gap.title.clone(),
        },
        reason: gap.sub_reason_title,
        detail: gap.detail.clone(),
        form: form.filter(|form| !form.is_empty()),
        choices,
        same_as: None,
    }
}

/// What the item of a list is called that a path leads into.
fn item_title(path: &str, side: &Side, lang: Lang) -> Option<String> {
    let case = &side.assessment.case;
    let (mut path, _) = case.read_path(path)?;
    let last = path.steps.iter().rposition(|step| matches!(step, Step::Item(_)))?;
    // Of an item that is asked for as a whole the title is its own already.
    if last + 1 == path.steps.len() {
        return None;
    }
    path.steps.truncate(last + 1);
    let target = Target::List { path, system: None };
    Some(Maker::new(case, lang).target_title(&target))
}

/// Adds the question how a requirement is delivered to the first item, or makes an item of it.
fn with_delivery(mut open: Vec<Item>, cell: &Cell, title: &str, policy: &str, lang: Lang) -> Vec<Item> {
    let field = offer::field("delivery");
    let choices = field.map(|field| options(field, lang)).unwrap_or_default();
    let ask = Ask {
        fact: Some(DELIVERY.to_owned()),
        title: field.map_or(DELIVERY, |field| field.title(lang)).to_owned(),
        reason: lang.pick("無回答", "no answer"),
        detail: None,
        form: Some(choices.join(lang.pick("／", " / "))),
        choices,
        same_as: None,
    };
    match open.first_mut() {
        Some(first) => first.asks.insert(0, ask),
        None => open.push(Item {
            number: 0,
            policy: policy.to_owned(),
            title: title.to_owned(),
            class_title: cell.rule.class.title(lang),
            target: "dossier".to_owned(),
            target_title: None,
            kind: "unanswered",
            kind_title: lang.pick("無回答", "no answer"),
            question: lang
                .pick(
                    "この要件への対応の時期及び方法をお示しください。",
                    "Say when and in which way this requirement is delivered.",
                )
                .to_owned(),
            place: None,
            asks: vec![ask],
        }),
    }
    open
}
