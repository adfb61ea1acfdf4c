//! Reads the workbook of a letter that came back: each answer with its cell, nothing guessed, nothing
//! dropped.

use std::collections::BTreeMap;

use super::{ASK, BID, FRAME, Key, LETTER, QUESTIONS};
use crate::case::path::of_schema;
use crate::load::workbook::{Cell, Workbook};
use crate::questionnaire::cells::Cells;
use crate::questionnaire::key;
use crate::questionnaire::row::{Frame, Line};
use crate::questionnaire::unread::{About, Note, Unread, Why};
use crate::questionnaire::word::{self, Said};
use crate::register::draft::{Draft, Written};
use crate::schema::Kind;
use crate::validate::bid::DELIVERY;

/// What came back.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// What the letter says of itself, by name.
    pub form: BTreeMap<String, String>,
    /// The answers.
    pub answers: Vec<Answer>,
    /// How many rows asked for something.
    pub asked: usize,
    /// What somebody should know of.
    pub notes: Vec<Note>,
}

/// One answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The number of the row in the letter.
    pub number: String,
    /// The policy that was asked about.
    pub policy: Option<String>,
    /// The target that was asked about.
    pub target: Option<String>,
    /// The path of the fact.
    pub fact: Option<String>,
    /// The value.
    pub value: Option<Written>,
    /// The words of an answer that is no value.
    pub text: Option<String>,
    /// The paper that shows it.
    pub paper: Option<String>,
    /// The page.
    pub page: Option<i64>,
    /// Who answered.
    pub responder: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// The cell of the answer.
    pub place: String,
}

/// Where an answer sheet comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'o> {
    /// What the paper is called.
    pub title: &'o str,
    /// The name of its file.
    pub file: &'o str,
    /// SHA-256 of its bytes.
    pub sha256: &'o str,
}

/// The id of the workbook among the papers.
const SOURCE: &str = "inquiry-reply";

/// Reads a letter.
///
/// # Errors
/// Every cell that cannot be read, in the order of the rows.
pub fn read(workbook: &Workbook) -> Result<Letter, Vec<Unread>> {
    let (mut letter, mut cells) = (Letter::default(), Cells::default());
    let mut found = false;
    for sheet in &workbook.sheets {
        if let Some(frame) = Frame::find(sheet, QUESTIONS) {
            found = true;
            questions(&frame, &mut letter, &mut cells);
        } else if let Some(frame) = Frame::find(sheet, LETTER) {
            let pairs = frame.lines().into_iter().filter_map(|line| {
                Some((line.key?, frame.sheet.text(line.row, frame.column("value")?)?.to_owned()))
            });
            letter.form.extend(pairs);
        }
    }
    if !found || !letter.form.contains_key("bidder") {
        return Err(vec![Unread { place: String::new(), found: String::new(), why: Why::NoLetter }]);
    }
    letter.notes = cells.notes;
    if cells.unread.is_empty() { Ok(letter) } else { Err(cells.unread) }
}

const INPUT: [Key; 5] = [Key::Answer, Key::Paper, Key::Page, Key::Responder, Key::Date];

fn questions(frame: &Frame<'_>, letter: &mut Letter, cells: &mut Cells) {
    for column in INPUT.into_iter().chain([Key::Fact, Key::Policy, Key::TargetPath]) {
        if frame.column(column.word()).is_none() {
            cells.refuse(frame.sheet.name.clone(), "", Why::NoColumn(column.word().to_owned()));
        }
    }
    cells.strangers(frame);
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for Line { row, key } in frame.lines() {
        let number = match key.as_deref() {
            Some(FRAME) => None,
            Some(key) => match key.strip_prefix(ASK) {
                Some(number) => Some(number.to_owned()),
                None => {
                    cells.refuse(frame.place(row, Key::Number.word()), key, Why::UnknownKey);
                    continue;
                }
            },
            None => None,
        };
        let Some(number) = number else {
            nothing_asked(frame, row, cells);
            continue;
        };
        let place = frame.place(row, Key::Answer.word());
        if let Some(first) = rows.insert(number.clone(), place.clone()) {
            cells.refuse(place, number, Why::Twice(first));
            continue;
        }
        letter.asked += 1;
        letter.answers.extend(answer(frame, row, number, place, cells));
    }
}

/// What is written into a row that asks nothing is an answer to nothing.
fn nothing_asked(frame: &Frame<'_>, row: u32, cells: &mut Cells) {
    let heads: Vec<&str> = [crate::lang::Lang::Ja, crate::lang::Lang::En]
        .iter()
        .flat_map(|lang| INPUT.map(|one| one.title(*lang)))
        .collect();
    for column in INPUT {
        let Some(cell) = frame.cell(row, column.word()) else { continue };
        let found = word::shown(cell);
        let head = heads.contains(&found.trim());
        if !head && (!found.trim().is_empty() || cell.formula) {
            cells.refuse(frame.place(row, column.word()), found, Why::NoKey);
        }
    }
}

fn answer(frame: &Frame<'_>, row: u32, number: String, place: String, cells: &mut Cells) -> Option<Answer> {
    let told = |key: Key| frame.cell(row, key.word()).and_then(|cell| word::written(cell).ok().flatten());
    let fact = told(Key::Fact).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut answer = Answer {
        number,
        policy: told(Key::Policy),
        target: told(Key::TargetPath),
        place: place.clone(),
        ..Answer::default()
    };
    let column = Key::Answer.word();
    let said = match fact.as_deref() {
        Some(DELIVERY) => delivery(frame, row, cells),
        Some(path) => match key::field(&of_schema(path)) {
            Some(field) => cells.said(frame, row, column, |cell| word::read(cell, field)),
            None => {
                cells.refuse(place, path, Why::UnknownKey);
                None
            }
        },
        None => cells.text(frame, row, column).map(Said::Wording),
    };
    match said {
        Some(Said::Value(value)) => answer.value = Some(value),
        Some(Said::Wording(text) | Said::Placeholder(text)) => answer.text = Some(text),
        None => {}
    }
    answer.paper = cells.text(frame, row, Key::Paper.word());
    answer.page = cells.whole(frame, row, Key::Page.word(), "page");
    answer.responder = cells.text(frame, row, Key::Responder.word());
    answer.date = day(frame, row, cells);
    answer.fact = fact;
    let something = answer.value.is_some() || answer.text.is_some();
    (something || answer.paper.is_some() || answer.page.is_some()).then_some(answer)
}

/// The answer on when and in which way a requirement is delivered; the stricter reading of a word is told.
fn delivery(frame: &Frame<'_>, row: u32, cells: &mut Cells) -> Option<Said> {
    let column = Key::Answer.word();
    let read = |cell: Option<&Cell>| Ok(word::delivery(cell)?.map(|(said, _)| said));
    let said = cells.said(frame, row, column, read);
    if let (Some(_), Ok(Some((_, Some(about))))) = (&said, word::delivery(frame.cell(row, column))) {
        let found = frame.cell(row, column).map(word::shown).unwrap_or_default();
        cells.note(frame.place(row, column), found, about);
    }
    said
}

fn day(frame: &Frame<'_>, row: u32, cells: &mut Cells) -> Option<String> {
    let field = Kind::Answers.root().property("answered_on")?;
    match cells.said(frame, row, Key::Date.word(), |cell| word::read(cell, field))? {
        Said::Value(Written::Text(day)) => Some(day),
        _ => None,
    }
}

impl Letter {
    /// The document that is written: `answers/1`.
    pub fn document(&self, origin: &Origin<'_>) -> Draft {
        let text = |text: &str| Written::Text(text.to_owned());
        let part = |key: &str| self.form.get(key).map(|value| text(value));
        let section = |lines: Vec<(&str, Option<Written>)>| {
            let mut draft = Draft::default();
            for (key, value) in lines {
                value.into_iter().for_each(|value| draft.set(key, value));
            }
            draft
        };
        let mut draft = section(vec![("hadome", Some(text("answers/1"))), ("id", part("bidder"))]);
        let inquiry = section(vec![("number", part("number")), ("date", part("date"))]);
        if !inquiry.0.is_empty() {
            draft.set("inquiry", Written::Section(inquiry));
        }
        let same = |of: fn(&Answer) -> Option<&String>| {
            let mut all = self.answers.iter().map(of);
            let first = all.next().flatten();
            first.filter(|_| all.all(|other| other == first)).cloned()
        };
        let (day, responder) =
            (same(|answer| answer.date.as_ref()), same(|answer| answer.responder.as_ref()));
        day.iter().for_each(|day| draft.set("answered_on", text(day)));
        responder.iter().for_each(|name| draft.set("responder", text(name)));
        let bid = self.form.iter().filter_map(|(key, sha256)| Some((key.strip_prefix(BID)?, sha256)));
        let bid = bid.map(|(file, sha256)| {
            let id = crate::id::from_name(file).unwrap_or_else(|| "file".to_owned());
            Written::Section(section(vec![
                ("id", Some(text(&id))),
                ("file", Some(text(file))),
                ("sha256", Some(text(sha256))),
            ]))
        });
        draft.set("bid", Written::List(bid.collect()));
        let paper = section(vec![
            ("id", Some(text(SOURCE))),
            ("title", Some(text(origin.title))),
            ("file", Some(text(origin.file))),
            ("sha256", Some(text(origin.sha256))),
        ]);
        draft.set("sources", Written::List(vec![Written::Section(paper)]));
        let answers = self.answers.iter().map(|answer| {
            let own = |one: &Option<String>, all: &Option<String>| {
                one.as_ref().filter(|_| all.is_none()).map(|one| text(one))
            };
            let place = section(vec![
                ("source", Some(text(SOURCE))),
                ("cell", Some(text(&answer.place))),
                ("page", answer.page.map(Written::Int)),
            ]);
            Written::Section(section(vec![
                ("id", Some(text(&format!("a{}", answer.number)))),
                ("number", Some(text(&answer.number))),
                ("policy", answer.policy.as_deref().map(text)),
                ("target", answer.target.as_deref().map(text)),
                ("fact", answer.fact.as_deref().map(text)),
                ("value", answer.value.clone()),
                ("text", answer.text.as_deref().map(text)),
                ("paper", answer.paper.as_deref().map(text)),
                ("page", answer.page.map(Written::Int)),
                ("responder", own(&answer.responder, &responder)),
                ("answered_on", own(&answer.date, &day)),
                ("ref", Some(Written::Section(place))),
            ]))
        });
        draft.set("answers", Written::List(answers.collect()));
        draft
    }

    /// Whether the words of a note are about what was read; kept beside the answers.
    pub fn unusual(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| !matches!(note.about, About::ClientsColumn))
    }
}
