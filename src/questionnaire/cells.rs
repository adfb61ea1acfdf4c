//! Reads cells one by one, and keeps what cannot be read for the end.

use super::row::Frame;
use super::unread::{About, Note, Unread, Why};
use super::word::{self, Said};
use crate::load::workbook::Cell;
use crate::register::draft::Written;
use crate::tender::offer;

/// What was met on the way through a workbook.
#[derive(Debug, Default)]
pub struct Cells {
    /// The cells that cannot be read.
    pub unread: Vec<Unread>,
    /// What somebody should know of.
    pub notes: Vec<Note>,
}

impl Cells {
    /// Keeps a cell that cannot be read.
    pub fn refuse(&mut self, place: String, found: impl Into<String>, why: Why) {
        self.unread.push(Unread { place, found: found.into(), why });
    }

    /// Keeps what somebody should know of.
    pub fn note(&mut self, place: String, found: impl Into<String>, about: About) {
        self.notes.push(Note { place, found: found.into(), about });
    }

    /// What a cell says, by a way to read it; what cannot be read is kept for the end.
    pub fn said(
        &mut self,
        frame: &Frame<'_>,
        row: u32,
        name: &str,
        read: impl Fn(Option<&Cell>) -> Result<Option<Said>, Why>,
    ) -> Option<Said> {
        let cell = frame.cell(row, name);
        if let Some(((first_row, first_column), area)) = frame.joined(row, name) {
            let held = frame.sheet.cell(first_row, first_column);
            let held = held.map(word::shown).filter(|text| !text.trim().is_empty());
            if let Some(found) = held {
                let place = frame.place_of(first_row, first_column);
                let told = Unread { place, found, why: Why::Merged(area) };
                if !self.unread.contains(&told) {
                    self.unread.push(told);
                }
                return None;
            }
        }
        let said = match read(cell) {
            Ok(said) => said,
            Err(why) => {
                self.refuse(frame.place(row, name), cell.map(word::shown).unwrap_or_default(), why);
                return None;
            }
        };
        let about = match &said {
            Some(Said::Wording(found)) => Some((found.clone(), About::Wording)),
            Some(Said::Placeholder(found)) => Some((found.clone(), About::Placeholder)),
            _ => None,
        };
        if let Some((found, about)) = about {
            self.note(frame.place(row, name), found, about);
        }
        said
    }

    /// A whole number beside an answer, such as the page.
    pub fn whole(&mut self, frame: &Frame<'_>, row: u32, name: &str, field: &'static str) -> Option<i64> {
        let field = offer::field(field)?;
        match self.said(frame, row, name, |cell| word::read(cell, field))? {
            Said::Value(Written::Int(number)) if number >= 1 => Some(number),
            // A sign such as － where there is no page.
            Said::Placeholder(_) => None,
            _ => {
                let found = frame.cell(row, name).map(word::shown).unwrap_or_default();
                self.refuse(frame.place(row, name), found, Why::Number(None));
                None
            }
        }
    }

    /// A text beside an answer.
    pub fn text(&mut self, frame: &Frame<'_>, row: u32, name: &str) -> Option<String> {
        let plain = |cell: Option<&Cell>| {
            let text = cell.map(word::written).transpose()?.flatten();
            Ok(text.map(|text| Said::Value(Written::Text(text.trim().to_owned()))))
        };
        match self.said(frame, row, name, plain)? {
            Said::Value(Written::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Columns that were added.
    pub fn strangers(&mut self, frame: &Frame<'_>) {
        let mut told: Vec<u32> = Vec::new();
        let strangers: Vec<((u32, u32), String)> =
            frame.strangers().map(|(at, cell)| (at, word::shown(cell))).collect();
        for ((row, column), found) in strangers {
            if !found.trim().is_empty() && !told.contains(&column) {
                told.push(column);
                self.note(frame.place_of(row, column), found, About::ExtraColumn);
            }
        }
    }
}
