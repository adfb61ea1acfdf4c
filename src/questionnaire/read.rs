//! Reads an answer sheet that came back.

mod list;

use std::collections::BTreeMap;

use super::answers::{Answers, Fact, Requirement};
use super::cells::Cells;
use super::key::{self, Column};
use super::row::{Frame, Line};
use super::unread::{About, Unread, Why};
use super::word;
use crate::load::workbook::Workbook;
use crate::schema::Field;
use crate::tender::offer;

/// Reads an answer sheet.
///
/// # Errors
/// Every cell that cannot be read, in the order of the sheets and rows.
pub fn read(workbook: &Workbook) -> Result<Answers, Vec<Unread>> {
    let mut reader = Reader::default();
    let mut forms = 0;
    for sheet in &workbook.sheets {
        if let Some(frame) = Frame::find(sheet, key::REQUIREMENTS) {
            forms += 1;
            reader.requirements(&frame);
        } else if let Some(frame) = Frame::find(sheet, key::LIST) {
            reader.list(&frame);
        } else if let Some(frame) = Frame::find(sheet, key::FORM) {
            let pairs = frame.lines().into_iter().filter_map(|line| {
                Some((line.key?, frame.sheet.text(line.row, frame.column("value")?)?.to_owned()))
            });
            reader.answers.form.extend(pairs);
        } else if !sheet.name.starts_with(key::WORDS)
            && !sheet.cells.is_empty()
            && Frame::find(sheet, key::GUIDE).is_none()
        {
            let (place, found) = (sheet.name.clone(), sheet.name.clone());
            reader.cells.note(place, found, About::ExtraSheet);
        }
    }
    if forms == 0 {
        return Err(vec![Unread { place: String::new(), found: String::new(), why: Why::NoForm }]);
    }
    match reader.cells.unread.is_empty() {
        true => Ok(Answers { notes: reader.cells.notes, ..reader.answers }),
        false => Err(reader.cells.unread),
    }
}

#[derive(Default)]
struct Reader {
    answers: Answers,
    cells: Cells,
    /// Where each row was first, by its name.
    rows: BTreeMap<String, String>,
}

impl Reader {
    fn requirements(&mut self, frame: &Frame<'_>) {
        for column in Column::INPUT {
            if frame.column(column.word()).is_none() {
                self.cells.refuse(frame.sheet.name.clone(), "", Why::NoColumn(column.word().to_owned()));
            }
        }
        self.cells.strangers(frame);
        for line in frame.lines() {
            let Line { row, key: Some(name) } = &line else {
                self.without_key(frame, line.row);
                continue;
            };
            if name == key::FRAME || !self.first(frame, *row, name) {
                continue;
            }
            let known_column = frame.cell(*row, Column::Check.word());
            if let Some(found) = known_column.map(word::shown).filter(|text| !text.trim().is_empty()) {
                self.cells.note(frame.place(*row, Column::Check.word()), found, About::ClientsColumn);
            }
            if let Some(policy) = name.strip_prefix(key::POLICY) {
                self.requirement(frame, *row, policy);
            } else if let Some((path, field)) =
                name.strip_prefix(key::FACT).and_then(|path| Some((path, key::field(path)?)))
            {
                self.fact(frame, *row, path, field);
            } else {
                self.cells.refuse(frame.place(*row, Column::Key.word()), name.as_str(), Why::UnknownKey);
            }
        }
    }

    /// Whether a row is the first of its name; the second is told with both places.
    fn first(&mut self, frame: &Frame<'_>, row: u32, name: &str) -> bool {
        let place = frame.place(row, Column::Answer.word());
        if let Some(first) = self.rows.get(name) {
            let why = Why::Twice(first.clone());
            let found = frame.cell(row, Column::Answer.word()).map(word::shown).unwrap_or_default();
            let found = if found.is_empty() { name.to_owned() } else { found };
            self.cells.refuse(place, found, why);
            return false;
        }
        self.rows.insert(name.to_owned(), place);
        true
    }

    /// A row without a name: what is written where answers go is an answer to nothing.
    fn without_key(&mut self, frame: &Frame<'_>, row: u32) {
        for column in Column::INPUT {
            let Some(cell) = frame.cell(row, column.word()) else { continue };
            let found = word::shown(cell);
            if !found.trim().is_empty() || cell.formula {
                self.cells.refuse(frame.place(row, column.word()), found, Why::NoKey);
            }
        }
    }

    fn fact(&mut self, frame: &Frame<'_>, row: u32, path: &str, field: Field) {
        let answer = Column::Answer.word();
        let said = self.cells.said(frame, row, answer, |cell| word::read(cell, field));
        let page = self.cells.whole(frame, row, Column::Page.word(), "page");
        let remark = self.cells.text(frame, row, Column::Remark.word());
        for column in [Column::How, Column::Cost, Column::By, Column::Paper] {
            if let Some(found) = self.cells.text(frame, row, column.word()) {
                self.cells.refuse(frame.place(row, column.word()), found, Why::NoInput);
            }
        }
        if said.is_some() || page.is_some() || remark.is_some() {
            let place = frame.place(row, answer);
            self.answers.facts.push(Fact { path: path.to_owned(), field, said, place, page, remark });
        }
    }

    fn requirement(&mut self, frame: &Frame<'_>, row: u32, policy: &str) {
        let answer = Column::Answer.word();
        let mut said = Vec::new();
        let delivery =
            self.cells.said(frame, row, answer, |cell| Ok(word::delivery(cell)?.map(|(said, _)| said)));
        if let (Some(_), Ok(Some((_, Some(about))))) = (&delivery, word::delivery(frame.cell(row, answer))) {
            let found = frame.cell(row, answer).map(word::shown).unwrap_or_default();
            self.cells.note(frame.place(row, answer), found, about);
        }
        said.extend(delivery.map(|value| ("delivery", value)));
        for (column, name) in [
            (Column::How, "how"),
            (Column::Cost, "extra_cost_yen"),
            (Column::By, "by"),
            (Column::Page, "page"),
            (Column::Paper, "paper"),
            (Column::Remark, "remark"),
        ] {
            let Some(field) = offer::field(name) else { continue };
            let value = self.cells.said(frame, row, column.word(), |cell| word::read(cell, field));
            said.extend(value.map(|value| (name, value)));
        }
        if !said.is_empty() {
            let place = frame.place(row, answer);
            self.answers.requirements.push(Requirement { policy: policy.to_owned(), said, place });
        }
    }
}
