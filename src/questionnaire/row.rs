//! Finds the rows and columns of a form in a sheet, wherever they were moved to.

use std::collections::BTreeMap;

use crate::cell;
use crate::load::workbook::{Cell, Sheet};

/// How far from the corner of a sheet its mark is looked for: rows and columns that were put before it.
const MOVED: (u32, u32) = (60, 60);

/// The frame of a form in a sheet.
pub struct Frame<'s> {
    /// The sheet.
    pub sheet: &'s Sheet,
    /// What follows the mark in its cell.
    pub about: String,
    /// The row of the names of columns.
    head: u32,
    /// The column of the names of rows.
    key: u32,
    /// The columns, by name. A name that is there twice stands for the first.
    columns: BTreeMap<String, u32>,
}

/// A row of a form.
pub struct Line {
    /// Its number, from 0.
    pub row: u32,
    /// Its name; `None` where it has none.
    pub key: Option<String>,
}

impl<'s> Frame<'s> {
    /// The frame whose mark begins with a word.
    pub fn find(sheet: &'s Sheet, mark: &str) -> Option<Frame<'s>> {
        let near = |(row, column): &(u32, u32)| *row < MOVED.0 && *column < MOVED.1;
        let marks = sheet.cells.keys().filter(|at| near(at));
        let found = marks
            .copied()
            .find(|(row, column)| sheet.text(*row, *column).is_some_and(|text| text.starts_with(mark)));
        let (head, key) = found?;
        let about = sheet.text(head, key)?.strip_prefix(mark)?.to_owned();
        let mut columns = BTreeMap::new();
        for (_, column) in sheet.cells.range((head, 0)..(head + 1, 0)).map(|(at, _)| *at) {
            if let Some(name) = sheet.text(head, column).filter(|_| column != key) {
                columns.entry(name.to_owned()).or_insert(column);
            }
        }
        Some(Frame { sheet, about, head, key, columns })
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<u32> {
        self.columns.get(name).copied()
    }

    /// The names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// The rows below the names of the columns that hold something.
    pub fn lines(&self) -> Vec<Line> {
        let mut rows: Vec<u32> =
            self.sheet.cells.keys().map(|(row, _)| *row).filter(|row| *row > self.head).collect();
        rows.dedup();
        let key = |row: u32| self.sheet.text(row, self.key).map(str::to_owned);
        rows.into_iter().map(|row| Line { row, key: key(row) }).collect()
    }

    /// The cells of a row that stand in no column of the form.
    pub fn strangers(&self) -> impl Iterator<Item = ((u32, u32), &Cell)> {
        let known: Vec<u32> = self.columns.values().copied().chain([self.key]).collect();
        let cells = self.sheet.cells.iter().map(|(at, cell)| (*at, cell));
        cells.filter(move |((_, column), _)| !known.contains(column))
    }

    /// A cell, by row and name of the column.
    pub fn cell(&self, row: u32, name: &str) -> Option<&'s Cell> {
        self.sheet.cell(row, self.column(name)?)
    }

    /// Where a cell stands, as `Sheet!G12`; of a column that is gone, the row's name.
    pub fn place(&self, row: u32, name: &str) -> String {
        self.place_of(row, self.column(name).unwrap_or(self.key))
    }

    /// As above, by number.
    pub fn place_of(&self, row: u32, column: u32) -> String {
        format!("{}!{}", self.sheet.name, cell::name(row, column))
    }

    /// The area over several rows that a cell is a part of.
    pub fn joined(&self, row: u32, name: &str) -> Option<((u32, u32), String)> {
        let area = self.sheet.merged_at(row, self.column(name)?)?;
        let (first, last) = (area.first, area.last);
        let named = format!("{}:{}", cell::name(first.0, first.1), cell::name(last.0, last.1));
        (first.0 != last.0).then_some((first, named))
    }
}
