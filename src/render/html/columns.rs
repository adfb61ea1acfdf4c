//! What the columns of a table hold, as far as it bears on how they look. Japanese breaks anywhere, so
//! that a browser would squeeze a short column beside a long one to the width of one character.

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

/// Up to this width a cell is short: its column is not broken. Widths count half-width characters.
const SHORT: usize = 16;
/// From so many columns on a table can be wider than a small screen.
const WIDE: usize = 4;
/// The width of a table on A4.
const TABLE: usize = 110;
/// What a cell's borders and padding take, and the difference between fonts.
const ROOM: usize = 4;
/// A row with a wider cell takes more than about eight lines and may be parted between two pages.
const LONG: usize = 360;
/// The least width of a column that is written into by hand.
const HAND: usize = 10;

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
    /// The width of its head, once broken.
    head: usize,
    /// The width of its longest cell.
    longest: usize,
    /// The width of a usual cell: between the mean and the root of the mean square, so that a few long
    /// ones count.
    usual: usize,
    /// The width of its longest word in letters, such as an id.
    word: usize,
}

/// The columns of a table; `blank` stands for what is to be filled in.
pub fn columns<'a>(table: &'a AstNode<'a>, alignments: &[TableAlignment], blank: &str) -> Vec<Column> {
    let mut rows = table.children().map(cells);
    let head = rows.next().unwrap_or_default();
    let rows: Vec<Vec<String>> = rows.collect();
    let numbers = alignments.contains(&TableAlignment::Right);
    let column = |(at, alignment): (usize, &TableAlignment)| {
        let cells = || rows.iter().filter_map(|row| row.get(at));
        let number = *alignment == TableAlignment::Right;
        let widths: Vec<usize> = cells().map(|cell| width(cell)).collect();
        let longest = widths.iter().copied().max().unwrap_or_default();
        let mean =
            |of: fn(usize) -> usize| widths.iter().copied().map(of).sum::<usize>() / widths.len().max(1);
        let by_hand = cells().all(|cell| cell.is_empty() || cell == blank);
        Column {
            number,
            short: !number && !by_hand && longest <= SHORT,
            empty: cells().all(String::is_empty),
            blank: by_hand,
            name: at == 0 && !by_hand && (numbers || alignments.len() == 2),
            head: head.get(at).map_or(0, |cell| head_width(cell)),
            longest,
            word: cells().map(|cell| word(cell)).max().unwrap_or_default(),
            usual: (mean(|width| width) + mean(|width| width * width).isqrt()) / 2,
        }
    };
    alignments.iter().enumerate().map(column).collect()
}

fn cells<'a>(row: &'a AstNode<'a>) -> Vec<String> {
    let cells = row.children().filter(|cell| matches!(cell.data().value, NodeValue::TableCell));
    cells.map(|cell| cell.collect_text().trim().to_owned()).collect()
}

/// Whether a row is so long that it may be parted between two pages.
pub fn is_long<'a>(row: &'a AstNode<'a>) -> bool {
    cells(row).iter().any(|cell| width(cell) > LONG)
}

/// Whether a table scrolls by itself where it is wider than the screen.
pub fn is_wide(columns: &[Column]) -> bool {
    columns.len() >= WIDE && !is_form(columns)
}

fn is_form(columns: &[Column]) -> bool {
    columns.iter().all(|column| column.blank)
}

/// The attribute that says what a table is: boxes for stamps or signatures, a form to fill in, pairs of
/// a name and what it has, or columns of given widths.
pub fn class(columns: &[Column]) -> &'static str {
    if columns.iter().all(|column| column.empty) {
        " class=\"stamps\""
    } else if is_form(columns) {
        " class=\"form\""
    } else if columns.len() == 2 && columns[0].name {
        " class=\"pairs\""
    } else if is_measured(columns) {
        " class=\"measured\""
    } else {
        ""
    }
}

/// Whether the cells do not fit side by side unbroken.
fn is_measured(columns: &[Column]) -> bool {
    let whole = |column: &Column| column.head.max(column.longest) + ROOM;
    columns.len() > 2 && columns.iter().map(whole).sum::<usize>() > TABLE
}

/// The widths of the columns in percent, where the browser is to be told: what is short gets what it
/// needs, the rest is shared by the square root of what a column holds; ids and the like stay whole.
pub fn percentages(columns: &[Column]) -> Vec<usize> {
    if !is_measured(columns) {
        return Vec::new();
    }
    let needed: usize = columns.iter().map(Column::needed).sum();
    let rest = TABLE.saturating_sub(needed).max(TABLE / 3);
    let shares: usize = columns.iter().map(Column::share).sum();
    let units = columns.iter().map(|column| match column.is_long() {
        true => (rest * column.share() / shares.max(1)).max(column.whole_word()),
        false => column.needed(),
    });
    let units: Vec<usize> = units.collect();
    let all = units.iter().sum::<usize>().max(1);
    units.into_iter().map(|units| units * 100 / all).collect()
}

impl Column {
    fn is_long(&self) -> bool {
        !self.number && !self.short && !self.blank
    }

    /// What a column needs that is not to be broken.
    fn needed(&self) -> usize {
        match (self.is_long(), self.blank) {
            (true, _) => 0,
            (false, true) => self.head.max(HAND) + ROOM,
            (false, false) => self.head.max(self.longest) + ROOM,
        }
    }

    /// What the longest word needs, with a bracket before it, unless it is too long for that.
    fn whole_word(&self) -> usize {
        (self.word + width("（")).min(SHORT + ROOM) + ROOM
    }

    /// The part of a long column in what is left; in hundredths, since whole roots are coarse.
    fn share(&self) -> usize {
        if self.is_long() { (self.usual.max(self.head) * 10_000).isqrt() } else { 0 }
    }
}

/// A head may be broken once, but neither within three full-width characters nor within a word.
fn head_width(text: &str) -> usize {
    let whole = width(text);
    // Letters of a bold word are wider than half an ideograph.
    whole.min(whole.div_ceil(2).max(6)).max(word(text) * 4 / 3)
}

/// The longest run of letters, digits and hyphens (an id, a date), which is broken badly.
fn word(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').map(str::len).max().unwrap_or_default()
}

/// Half-width characters that a text takes, roughly.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
