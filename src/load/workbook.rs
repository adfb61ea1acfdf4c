//! Reads a workbook (XLSX) that came from outside into plain data. Nothing in it is calculated or followed.

mod cells;
mod package;
mod part;
mod problem;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use chrono::NaiveDate;

use crate::digest::sha256;
pub use problem::Problem;

/// What one workbook may cost us: each far above what a real form needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Files packed in it.
    pub parts: usize,
    /// Bytes of all of them, unpacked.
    pub unpacked_bytes: usize,
    /// Sheets.
    pub sheets: usize,
    /// Cells of one sheet, empty ones that only have a format included.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 16 * 1024 * 1024,
            parts: 2_000,
            unpacked_bytes: 64 * 1024 * 1024,
            sheets: 200,
            cells: 300_000,
        }
    }
}

/// A workbook as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Whether its tab is hidden.
    pub hidden: bool,
    /// The cells that hold something, by row and column, counted from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// The areas that are shown as one cell.
    pub merged: Vec<Merged>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its value; of a formula the one that was last calculated, which nobody should rely on.
    pub value: Value,
    /// Whether a formula makes it.
    pub formula: bool,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A formula without a calculated value.
    Nothing,
    /// A text, as written.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A number that its format shows as a day.
    Date(NaiveDate),
    /// A time, a length of time or a day that does not exist, as the cell's format shows such things.
    Time(String),
    /// An error, such as `#REF!`.
    Error(String),
}

/// An area that is shown as one cell, rows and columns counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Row and column of its first cell.
    pub first: (u32, u32),
    /// Row and column of its last cell.
    pub last: (u32, u32),
}

impl Workbook {
    /// The sheet of a name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl Sheet {
    /// The cell at a place, if it holds something.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }

    /// The text at a place, without spaces around it; `None` where something else or nothing stands there.
    pub fn text(&self, row: u32, column: u32) -> Option<&str> {
        match &self.cell(row, column)?.value {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The merged area that covers a place.
    pub fn merged_at(&self, row: u32, column: u32) -> Option<Merged> {
        let covers = |area: &&Merged| {
            (area.first.0..=area.last.0).contains(&row) && (area.first.1..=area.last.1).contains(&column)
        };
        self.merged.iter().find(covers).copied()
    }
}

/// Reads the workbook at a path.
///
/// # Errors
/// There is no such file, it is too large, or it is no workbook that can be read.
pub fn read(path: &Path, limits: &Limits) -> Result<Workbook, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.to_string());
    if path.metadata().map_err(unreadable)?.is_dir() {
        return Err(Problem::Folder);
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(limits.file_bytes as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    parse(&bytes, limits)
}

/// Reads a workbook from its bytes.
///
/// # Errors
/// It is too large, protected, of another kind, or damaged.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Workbook, Problem> {
    if bytes.len() > limits.file_bytes {
        return Err(Problem::FileTooLarge { limit: limits.file_bytes });
    }
    package::look_through(bytes, limits)?;
    let sheets = cells::read(bytes, limits)?;
    Ok(Workbook { sha256: sha256(bytes), sheets })
}

#[cfg(test)]
mod tests;
