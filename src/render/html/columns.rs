//! What the columns of a table hold, as far as it bears on how they look.

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

/// Up to this width, in half-width characters, a cell is short: its column is not broken.
const SHORT: usize = 14;
/// From so many columns on a table can be wider than a small screen.
const WIDE: usize = 4;

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// It holds numbers, set to the right.
    pub number: bool,
    /// What it holds is short.
    pub short: bool,
    /// It is empty, to be written into.
    pub empty: bool,
    /// Every cell is empty or has the word that stands for a blank.
    pub blank: bool,
    /// Its cells name their rows.
    pub name: bool,
}

/// The columns of a table; `blank` stands for what is to be filled in.
pub fn columns<'a>(table: &'a AstNode<'a>, alignments: &[TableAlignment], blank: &str) -> Vec<Column> {
    let rows: Vec<Vec<String>> = table
        .children()
        .filter(|row| matches!(row.data().value, NodeValue::TableRow(false)))
        .map(|row| row.children().map(|cell| cell.collect_text().trim().to_owned()).collect())
        .collect();
    let numbers = alignments.contains(&TableAlignment::Right);
    let column = |at: usize, alignment: &TableAlignment| {
        let mut cells = rows.iter().filter_map(|row| row.get(at));
        let number = *alignment == TableAlignment::Right;
        let empty = cells.clone().all(|cell| cell.is_empty());
        let filled_in_by_hand = cells.clone().all(|cell| cell.is_empty() || cell == blank);
        Column {
            number,
            short: !number && !filled_in_by_hand && cells.all(|cell| width(cell) <= SHORT),
            empty,
            blank: filled_in_by_hand,
            name: at == 0 && !filled_in_by_hand && (numbers || alignments.len() == 2),
        }
    };
    alignments.iter().enumerate().map(|(at, alignment)| column(at, alignment)).collect()
}

/// Whether a table scrolls by itself where it is wider than the screen.
pub fn is_wide(columns: &[Column]) -> bool {
    columns.len() >= WIDE && !columns.iter().all(|column| column.blank)
}

/// The attribute that says what a table is: boxes for stamps or signatures, a form to fill in, or pairs
/// of a name and what it has.
pub fn class(columns: &[Column]) -> &'static str {
    if columns.iter().all(|column| column.empty) {
        " class=\"stamps\""
    } else if columns.iter().all(|column| column.blank) {
        " class=\"form\""
    } else if columns.len() == 2 && columns[0].name {
        " class=\"pairs\""
    } else {
        ""
    }
}

/// Half-width characters that a text takes, roughly.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
