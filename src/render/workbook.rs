//! A workbook for a spreadsheet program, as plain data: sheets, columns, cells and what they look like.
//! What is built here is written by [`super::xlsx`].

pub use crate::cell::name as cell_name;

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// The title among the properties of the file.
    pub title: String,
    /// The subject among the properties of the file.
    pub subject: String,
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What the tab says; see [`free_name`].
    pub name: String,
    /// The columns from the first one on.
    pub columns: Vec<Column>,
    /// The rows from the first one on.
    pub rows: Vec<Row>,
    /// Areas of cells that are shown as one; the value is that of the first cell.
    pub merged: Vec<Area>,
    /// How many rows and columns stay in sight.
    pub frozen: (u32, u16),
    /// Where rows can be filtered; its first row is the head.
    pub filter: Option<Area>,
    /// The last of the rows, from the first one on, that every printed page repeats; counted from 1.
    pub repeated_rows: Option<u32>,
    /// How it is printed.
    pub page: Page,
    /// The colour of the tab.
    pub tab: Option<Colour>,
    /// What may be entered where.
    pub checks: Vec<Check>,
    /// Whether the tab is hidden; one that holds what only the program reads cannot be shown by hand.
    pub hidden: bool,
    /// Whether cells that are no input are kept from being changed. There is no password: it keeps from
    /// slips, not from intent.
    pub protected: bool,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its width in half-width characters.
    pub width: f64,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells from the first column on.
    pub cells: Vec<Cell>,
    /// Its height in points; that of its highest cell where left out.
    pub height: Option<f64>,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// What it looks like.
    pub style: Style,
}

/// What stands in a cell. There is no formula: what a document says is never calculated.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// A text, whatever sign it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
}

/// What a cell looks like. A colour never stands alone: who gives a style writes the sign or the word too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Nothing particular, without a frame.
    #[default]
    Plain,
    /// The title of a sheet.
    Title,
    /// The head of a column.
    Head,
    /// A line that heads a group of rows.
    Group,
    /// A text in a framed table, wrapped.
    Text,
    /// A short word or sign in a framed table, centred.
    Word,
    /// A number in a framed table.
    Number,
    /// What is met.
    Ok,
    /// What is not met.
    Bad,
    /// What somebody has to look at.
    Warn,
    /// What is still open.
    Open,
    /// A remark in small letters, wrapped.
    Note,
    /// A cell to fill in; whatever is typed stays a text.
    Input,
    /// A cell to fill in with a number.
    InputNumber,
    /// A cell that is not to be filled in.
    Locked,
    /// What only the program reads.
    Key,
}

impl Style {
    /// Every style.
    pub const ALL: [Style; 16] = [
        Style::Plain,
        Style::Title,
        Style::Head,
        Style::Group,
        Style::Text,
        Style::Word,
        Style::Number,
        Style::Ok,
        Style::Bad,
        Style::Warn,
        Style::Open,
        Style::Note,
        Style::Input,
        Style::InputNumber,
        Style::Locked,
        Style::Key,
    ];

    /// Whether a long text goes on in the next line.
    pub fn is_wrapped(self) -> bool {
        !matches!(self, Style::Plain | Style::Title | Style::Key)
    }

    /// Whether a person fills the cell in.
    pub fn is_input(self) -> bool {
        matches!(self, Style::Input | Style::InputNumber)
    }
}

/// A rectangle of cells, rows and columns counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// Row and column of the first cell.
    pub first: (u32, u16),
    /// Row and column of the last cell.
    pub last: (u32, u16),
}

/// How a sheet is printed. It is always as wide as the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The paper.
    pub paper: Paper,
    /// Whether the paper lies on its long side.
    pub landscape: bool,
    /// What stands above every page: to the left and to the right.
    pub header: [String; 2],
    /// What stands below every page, to the left; the number of the page stands in the middle.
    pub footer: String,
}

/// The paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
}

/// A colour of a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For what is to be read.
    Grey,
    /// For what is to be filled in.
    Yellow,
    /// For results.
    Blue,
}

/// What may be entered in an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Where.
    pub area: Area,
    /// What.
    pub allowed: Allowed,
    /// What the program says when the cell is chosen.
    pub prompt: Option<String>,
    /// Whether anything else is refused; otherwise it is only pointed out.
    pub strict: bool,
}

/// What may be entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// One of these words.
    Words(Vec<String>),
    /// A whole number from the first to the second, both included.
    Whole(i32, i32),
    /// Anything; the prompt is all there is.
    Anything,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>, style: Style) -> Cell {
        Cell { value: Value::Text(text.into()), style }
    }

    /// A number.
    pub fn number(number: f64, style: Style) -> Cell {
        Cell { value: Value::Number(number), style }
    }

    /// Nothing, with a frame or a colour.
    pub fn blank(style: Style) -> Cell {
        Cell { value: Value::Blank, style }
    }
}

impl Row {
    /// A row of cells.
    pub fn of(cells: Vec<Cell>) -> Row {
        Row { cells, ..Row::default() }
    }

    /// A row of cells that is not shown.
    pub fn hidden(cells: Vec<Cell>) -> Row {
        Row { cells, hidden: true, ..Row::default() }
    }
}

/// The height of a line of text, in points.
const LINE: f64 = 14.0;

/// What the first and the last line need besides, in points.
const MARGIN: f64 = 4.0;

/// The greatest height of a row, in points.
const HIGHEST: f64 = 400.0;

impl Row {
    /// The height that shows all of its wrapped texts; nothing where one line does. Not every program works
    /// it out by itself.
    pub fn fitted(&self, columns: &[Column]) -> Option<f64> {
        let lines = self.cells.iter().zip(columns).map(|(cell, column)| match &cell.value {
            Value::Text(text) if cell.style.is_wrapped() && !column.hidden => lines(text, column.width),
            _ => 1,
        });
        let most = lines.max().unwrap_or(1);
        (most > 1).then(|| (most as f64 * LINE + MARGIN).min(HIGHEST))
    }
}

/// How many lines a text takes in a width in half-width characters.
fn lines(text: &str, width: f64) -> usize {
    // Kanji and kana are twice as wide as Latin letters, as are full-width signs.
    let wide = |c: char| if c < '\u{2000}' || ('\u{ff61}'..='\u{ffdc}').contains(&c) { 1 } else { 2 };
    let room = (width - 1.0).max(2.0);
    let of_line = |line: &str| {
        let width: usize = line.chars().map(wide).sum();
        ((width as f64 / room).ceil() as usize).max(1)
    };
    text.lines().map(of_line).sum::<usize>().max(1)
}

impl Column {
    /// A column of a width in half-width characters.
    pub fn wide(width: f64) -> Column {
        Column { width, hidden: false }
    }

    /// A column that is not shown.
    pub fn hidden() -> Column {
        Column { width: 8.0, hidden: true }
    }
}

impl Area {
    /// A part of one column, from one row to another.
    pub fn column(column: u16, first: u32, last: u32) -> Area {
        Area { first: (first, column), last: (last, column) }
    }

    /// One cell.
    pub fn cell(row: u32, column: u16) -> Area {
        Area { first: (row, column), last: (row, column) }
    }
}

/// The longest name of a sheet, in characters of UTF-16.
const LONGEST_NAME: usize = 31;

/// A name for a sheet: what spreadsheet programs forbid becomes full-width, what is too long is cut, and a
/// name that is taken (whatever its case) gets a number.
pub fn free_name(wanted: &str, taken: &[&str]) -> String {
    let wide = |c: char| match c {
        '[' => '［',
        ']' => '］',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '/' => '／',
        '\\' => '＼',
        '\'' => '’',
        c if c.is_control() => ' ',
        c => c,
    };
    let named: String = wanted.chars().map(wide).collect();
    let named = if named.trim().is_empty() { "-" } else { named.trim() };
    let lower: Vec<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let name = |number: usize| match number {
        1 => cut(named, LONGEST_NAME),
        _ => {
            let end = format!(" ({number})");
            cut(named, LONGEST_NAME - end.len()) + &end
        }
    };
    (1..).map(name).find(|name| !lower.contains(&name.to_lowercase())).unwrap_or_default()
}

fn cut(text: &str, longest: usize) -> String {
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= longest
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::free_name;

    #[test]
    fn sheets_get_names_that_programs_take() {
        let table = [
            ("要件適合表", &[][..], "要件適合表"),
            ("a/b:c[d]*?\\'", &[], "a／b：c［d］＊？＼’"),
            ("", &["-"], "- (2)"),
            ("ABC", &["abc", "ABC (2)"], "ABC (3)"),
            (
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
                &[],
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
            ),
        ];
        for (wanted, taken, want) in table {
            assert_eq!(free_name(wanted, taken), want);
        }
    }
}
