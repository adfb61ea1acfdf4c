//! What the writer of a page keeps in mind on its way through the report.

use std::collections::{BTreeMap, BTreeSet};

use super::Section;
use super::columns::{self, Column};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;

/// What was met so far, and what is looked for.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    lang: Lang,
    blank: &'static str,
    numbers: BTreeMap<String, usize>,
    anchored: BTreeSet<usize>,
    counts: [usize; 3],
    sections: Vec<Section>,
    nearest: Option<String>,
    columns: Vec<Column>,
    column: usize,
    head: bool,
}

/// The tag of a table's cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// `th` or `td`.
    pub tag: &'static str,
    /// Its attributes, with a space before.
    pub attributes: String,
}

impl Marks {
    /// For a report with these numbers of findings and this word for a blank.
    pub fn new(numbers: Vec<String>, blank: &'static str, lang: Lang) -> Marks {
        let numbers = numbers.into_iter().enumerate().map(|(at, number)| (number, at + 1)).collect();
        Marks { lang, blank, numbers, ..Marks::default() }
    }

    /// The word that stands for a blank.
    pub fn blank(&self) -> &'static str {
        self.blank
    }

    /// The sections met.
    pub fn contents(self) -> Vec<Section> {
        self.sections
    }

    /// The id of a heading, made from its place alone; `None` for the lowest levels, which nothing names.
    pub fn heading(&mut self, level: u8, title: impl FnOnce() -> String) -> Option<String> {
        let id = match level {
            1 => "title".to_owned(),
            2..=4 => {
                let at = usize::from(level) - 2;
                self.counts[at] += 1;
                self.counts[at + 1..].fill(0);
                let places: Vec<String> = self.counts[..=at].iter().map(usize::to_string).collect();
                format!("s{}", places.join("-"))
            }
            _ => return None,
        };
        let section = || Section { id: id.clone(), title: title(), parts: Vec::new() };
        match (level, self.sections.last_mut()) {
            (2, _) => self.sections.push(section()),
            (3, Some(above)) => above.parts.push(section()),
            _ => {}
        }
        self.nearest = Some(id.clone());
        Some(id)
    }

    /// The id of the nearest heading before here.
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }

    /// The place of the finding that an item of a list begins with the number of, the first time.
    pub fn finding(&mut self, item: &str) -> Option<usize> {
        let number = item.split(|c: char| c.is_whitespace() || matches!(c, ';' | ':')).next()?;
        let at = *self.numbers.get(number)?;
        self.anchored.insert(at).then_some(at)
    }

    /// The place of the finding whose number stands in the first cell of a row.
    pub fn number(&self, cell: &str) -> Option<usize> {
        if self.head || self.column > 0 { None } else { self.numbers.get(cell).copied() }
    }

    /// The verdict that is so called.
    pub fn verdict(&self, words: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.title(self.lang) == words)
    }

    /// A table begins.
    pub fn enter_table(&mut self, columns: Vec<Column>) {
        self.columns = columns;
    }

    /// A table ends; whether it scrolls by itself.
    pub fn leave_table(&mut self) -> bool {
        columns::is_wide(&std::mem::take(&mut self.columns))
    }

    /// A row begins.
    pub fn enter_row(&mut self, head: bool) {
        (self.head, self.column) = (head, 0);
    }

    /// The tag of the cell that is being written.
    pub fn cell(&self) -> Cell {
        let column = self.columns.get(self.column).cloned().unwrap_or_default();
        let (tag, scope) = match (self.head, column.name) {
            (true, _) => ("th", " scope=\"col\""),
            (false, true) => ("th", " scope=\"row\""),
            (false, false) => ("td", ""),
        };
        let class = [("number", column.number), ("short", column.short), ("empty", column.empty)];
        let class = class.into_iter().find(|(_, is)| *is).map(|(class, _)| format!(" class=\"{class}\""));
        Cell { tag, attributes: format!("{scope}{}", class.unwrap_or_default()) }
    }

    /// A cell ends.
    pub fn leave_cell(&mut self) {
        self.column += 1;
    }
}
