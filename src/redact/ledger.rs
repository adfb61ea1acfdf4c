//! What is hidden, row by row, and the signs that stand in for hidden values until the page is whole.
//!
//! A sign is one character of plane 15 that names its row, so that the finished page tells how often and
//! in which section each row was hidden; then it becomes [`HIDDEN`]. An id that is hidden gets a
//! character of plane 16 besides, for it must stay apart from the others while paths are followed.

use crate::schema::{Disclosure, Field, Kind};

/// What stands in place of a hidden value.
pub const HIDDEN: &str = "■■■";

const SIGNS: u32 = 0xF_0000;
const NAMES: u32 = 0x10_0000;
/// How many characters of a plane can be used; its last two are none.
const MOST: usize = 0xFFFE;

/// What one row of the list of hidden places (不開示箇所一覧) is about.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A field, by its path without ids.
    Fact {
        /// The document.
        kind: Kind,
        /// The path.
        path: String,
        /// The field.
        field: Field,
    },
    /// What an option of the command said, by the option's name.
    Option(&'static str),
    /// A text of the rules, by its number there, from 1.
    Text(usize),
    /// A policy or family of whose outcomes nothing is told.
    Policy(String),
    /// The digest of a document.
    Digest(Kind),
    /// The digests of files of evidence.
    Evidence,
}

/// Which rule hides something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The one on a class.
    Class(Disclosure),
    /// One on a fact, by its number from 0.
    Fact(usize),
    /// One on a text.
    Text(usize),
    /// One on a policy.
    Policy(usize),
    /// Whatever hides the values that a digest would tell.
    Digest,
}

/// A row: what is hidden, as what, by which rule, on which ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The rule.
    pub cause: Cause,
    /// What is hidden.
    pub what: What,
    /// Its class, where it has one.
    pub class: Option<Disclosure>,
    /// The ground, from the rules.
    pub ground: String,
}

/// The rows so far.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    rows: Vec<Row>,
    names: usize,
}

impl Ledger {
    /// The number of a row; one that is there already is found again.
    pub fn row(&mut self, row: Row) -> usize {
        self.rows.iter().position(|known| *known == row).unwrap_or_else(|| {
            self.rows.push(row);
            self.rows.len() - 1
        })
    }

    /// The rows in the order in which they were met.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A name for a hidden id, unlike that of any other.
    pub fn name(&mut self, row: usize) -> String {
        let (high, low) = (self.names / MOST, self.names % MOST);
        self.names += 1;
        [sign(row), character(NAMES, low), character(NAMES, high)].into_iter().collect()
    }
}

/// The sign of a row.
pub fn sign(row: usize) -> char {
    character(SIGNS, row.min(MOST - 1))
}

fn character(from: u32, at: usize) -> char {
    let offset = u32::try_from(at).unwrap_or_default();
    char::from_u32(from + offset).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The row that a sign names.
pub fn row_of(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(SIGNS)?).ok().filter(|row| *row < MOST)
}

/// Whether a character only keeps hidden ids apart.
pub fn keeps_apart(c: char) -> bool {
    u32::from(c) >= NAMES
}

/// Whether a text shows that something is hidden.
pub fn is_hidden(text: &str) -> bool {
    text.chars().any(|c| row_of(c).is_some())
}

/// A text of a document without characters that could be taken for signs of ours.
pub fn without_signs(text: &str) -> String {
    text.chars().map(|c| if u32::from(c) >= SIGNS { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_name_their_rows_and_names_are_apart() {
        for row in [0, 1, 700, MOST - 1] {
            assert_eq!(row_of(sign(row)), Some(row));
            assert!(!keeps_apart(sign(row)));
        }
        let mut ledger = Ledger::default();
        let names: Vec<String> = (0..70_000).map(|_| ledger.name(3)).collect();
        assert!(names.iter().all(|name| name.starts_with(sign(3)) && is_hidden(name)));
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
        assert_eq!(row_of('■'), None);
        assert_eq!(without_signs("a\u{F0000}b\u{10FFFD}"), "a\u{fffd}b\u{fffd}");
    }
}
