//! How wide the columns of a table are: word processors want it in numbers.

use comrak::nodes::{AstNode, NodeValue};

/// The least width of a column, in half-width characters.
const LEAST: usize = 8;
/// From this width on a cell is broken anyway.
const MOST: usize = 64;
/// The least width of a column that is written into by hand.
const HAND: usize = 14;
/// What borders take, and the difference between typefaces.
const ROOM: usize = 3;

/// The widths of a table's columns, which add up to `whole`.
pub fn columns<'a>(table: &'a AstNode<'a>, whole: usize) -> Vec<usize> {
    let mut wanted: Vec<usize> = Vec::new();
    for (at, row) in table.children().enumerate() {
        let cells = row.children().filter(|cell| matches!(cell.data().value, NodeValue::TableCell));
        for (column, cell) in cells.enumerate() {
            let width = width(&cell.collect_text());
            // The head of a column may be broken.
            let width = if at == 0 { width.div_ceil(2) } else { width };
            let width = if width == 0 { HAND } else { (width + ROOM).clamp(LEAST, MOST) };
            match wanted.get_mut(column) {
                Some(known) => *known = width.max(*known),
                None => wanted.push(width),
            }
        }
    }
    let sum: usize = wanted.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> = wanted.iter().map(|width| width * whole / sum).collect();
    let short = whole - widths.iter().sum::<usize>();
    if let Some(last) = widths.last_mut() {
        *last += short;
    }
    widths
}

/// The width of a text in half-width characters.
fn width(text: &str) -> usize {
    text.trim().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
