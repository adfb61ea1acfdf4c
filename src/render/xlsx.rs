//! Writes a workbook as an XLSX file. The one file that names the writer's crate.
//!
//! A text is always written as a text: never as a formula, never as a link. The same workbook gives the same
//! bytes, whatever the day.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, ProtectionOptions, Worksheet, XlsxError,
};

use super::escape;
use super::workbook::{
    Allowed, Area, Check, Colour, Column, Page, Paper, Row, Sheet, Style, Value, Workbook,
};
use super::workbook::{cell_name, free_name};
use crate::lang::Lang;

/// The font of every cell: it is there wherever Japanese spreadsheets are, and others put theirs in its place.
const FONT: &str = "游ゴシック";

/// The day that every file bears, so that it does not depend on the clock.
const CREATED: (u16, u8, u8) = (2000, 1, 1);

/// The longest text of a prompt, in characters.
const LONGEST_PROMPT: usize = 255;

/// The longest list of words that a check can hold itself, in characters of UTF-16, commas included.
const LONGEST_LIST: usize = 255;

/// Where and why a workbook could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// The sheet and the cell, as `Sheet!A1`; empty where it is no cell.
    pub place: String,
    /// Whether the cell's text is longer than a cell can be.
    pub too_long: bool,
    /// The writer's words.
    pub words: String,
}

impl Unwritable {
    /// What is wrong, for people.
    pub fn message(&self, lang: Lang) -> String {
        let Unwritable { place, words, .. } = self;
        match (self.too_long, lang) {
            (true, Lang::Ja) => {
                format!("{place}：セルに入る文字数（32,767字）を超えています。もとの記載を短くしてください")
            }
            (true, Lang::En) => {
                format!("{place}: longer than the 32,767 characters of a cell; shorten what is stated")
            }
            (false, Lang::Ja) => format!("表を作成できません（{place} {words}）"),
            (false, Lang::En) => format!("the workbook cannot be written ({place} {words})"),
        }
    }
}

/// The bytes of a workbook.
///
/// # Errors
/// A text that is longer than a cell can be, more rows than a sheet can have.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, Unwritable> {
    let unwritable = |error: XlsxError| refused(String::new(), &error);
    let (year, month, day) = CREATED;
    let created = ExcelDateTime::from_ymd(year, month, day).map_err(unwritable)?;
    let properties = DocProperties::new()
        .set_title(escape::cell(&workbook.title))
        .set_subject(escape::cell(&workbook.subject))
        .set_creation_datetime(&created);
    let mut file = rust_xlsxwriter::Workbook::new();
    file.set_properties(&properties);
    let formats: BTreeMap<Style, Format> =
        Style::ALL.into_iter().map(|style| (style, format(style))).collect();
    let mut lists = Lists::of(workbook);
    for (at, sheet) in workbook.sheets.iter().enumerate() {
        let written = file.add_worksheet();
        fill(written, sheet, &formats, &mut lists)?;
        let visible = workbook.sheets.iter().position(|sheet| !sheet.hidden);
        if Some(at) == visible {
            written.set_active(true);
        }
    }
    if !lists.columns.is_empty() {
        lists.write(file.add_worksheet()).map_err(unwritable)?;
    }
    file.save_to_buffer().map_err(unwritable)
}

fn refused(place: String, error: &XlsxError) -> Unwritable {
    let too_long = matches!(error, XlsxError::MaxStringLengthExceeded);
    Unwritable { place, too_long, words: error.to_string() }
}

fn fill(
    written: &mut Worksheet,
    sheet: &Sheet,
    formats: &BTreeMap<Style, Format>,
    lists: &mut Lists,
) -> Result<(), Unwritable> {
    let on_sheet = |error: XlsxError| refused(sheet.name.clone(), &error);
    written.set_name(&sheet.name).map_err(on_sheet)?;
    for (at, column) in (0u16..).zip(&sheet.columns) {
        set_column(written, at, *column).map_err(on_sheet)?;
    }
    let format = |style: Style| &formats[&style];
    // A merged area writes its first cell anew, so areas come first.
    for area in &sheet.merged {
        let ((first_row, first), (last_row, last)) = (area.first, area.last);
        let style = sheet.rows.get(first_row as usize).and_then(|row| row.cells.get(usize::from(first)));
        let style = style.map_or(Style::Plain, |cell| cell.style);
        written.merge_range(first_row, first, last_row, last, "", format(style)).map_err(on_sheet)?;
    }
    for (at, row) in (0u32..).zip(&sheet.rows) {
        cells(written, at, row, formats).map_err(|(column, error)| {
            refused(format!("{}!{}", sheet.name, cell_name(at, column.into())), &error)
        })?;
        let merged = |area: &Area| (area.first.0..=area.last.0).contains(&at);
        let fitted = || if sheet.merged.iter().any(merged) { None } else { row.fitted(&sheet.columns) };
        if let Some(height) = row.height.or_else(fitted).filter(|_| !row.hidden) {
            written.set_row_height(at, height).map_err(on_sheet)?;
        }
        if row.hidden {
            written.set_row_hidden(at).map_err(on_sheet)?;
        }
    }
    let (rows, columns) = sheet.frozen;
    written.set_freeze_panes(rows, columns).map_err(on_sheet)?;
    if let Some(area) = sheet.filter {
        written.autofilter(area.first.0, area.first.1, area.last.0, area.last.1).map_err(on_sheet)?;
    }
    if let Some(rows) = sheet.repeated_rows.and_then(|rows| rows.checked_sub(1)) {
        written.set_repeat_rows(0, rows).map_err(on_sheet)?;
    }
    for check in &sheet.checks {
        add_check(written, check, lists).map_err(on_sheet)?;
    }
    printed(written, &sheet.page);
    if let Some(colour) = sheet.tab {
        written.set_tab_color(tab(colour));
    }
    if sheet.hidden {
        written.set_very_hidden(true);
    }
    if sheet.protected {
        protect(written);
    }
    Ok(())
}

fn set_column(written: &mut Worksheet, at: u16, column: Column) -> Result<(), XlsxError> {
    written.set_column_width(at, column.width)?;
    if column.hidden {
        written.set_column_hidden(at)?;
    }
    Ok(())
}

fn cells(
    written: &mut Worksheet,
    row: u32,
    cells: &Row,
    formats: &BTreeMap<Style, Format>,
) -> Result<(), (u16, XlsxError)> {
    for (column, cell) in (0u16..).zip(&cells.cells) {
        let format = &formats[&cell.style];
        let done = match &cell.value {
            Value::Blank if cell.style == Style::Plain => continue,
            Value::Blank => written.write_blank(row, column, format),
            Value::Text(text) => written.write_string_with_format(row, column, escape::cell(text), format),
            Value::Number(number) => written.write_number_with_format(row, column, *number, format),
            Value::Bool(truth) => written.write_boolean_with_format(row, column, *truth, format),
        };
        done.map_err(|error| (column, error))?;
    }
    Ok(())
}

fn printed(written: &mut Worksheet, page: &Page) {
    written.set_paper_size(match page.paper {
        Paper::A4 => 9,
        Paper::A3 => 8,
    });
    if page.landscape {
        written.set_landscape();
    }
    written.set_print_fit_to_pages(1, 0);
    written.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    let [left, right] = page.header.each_ref().map(|text| in_margin(text));
    if !left.is_empty() || !right.is_empty() {
        written.set_header(format!("&L{left}&R{right}"));
    }
    written.set_footer(format!("&L{}&C&P / &N", in_margin(&page.footer)));
}

/// A text above or below a page, where `&` begins a command; past 255 characters nothing is printed at all.
fn in_margin(text: &str) -> String {
    let text: String = escape::terminal(text).chars().take(80).collect();
    text.replace('&', "&&")
}

/// Locked cells stay as they are; widths, heights, rows and columns are the reader's own.
fn protect(written: &mut Worksheet) {
    written.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_columns: true,
        insert_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
}

fn tab(colour: Colour) -> Color {
    Color::RGB(match colour {
        Colour::Grey => 0x7F_7F7F,
        Colour::Yellow => 0xFF_C000,
        Colour::Blue => 0x2F_5597,
    })
}

fn add_check(written: &mut Worksheet, check: &Check, lists: &mut Lists) -> Result<(), XlsxError> {
    let rule = DataValidation::new();
    let mut rule = match &check.allowed {
        Allowed::Words(words) => match lists.place(words) {
            Some(place) => rule.allow_list_formula(place.as_str().into()),
            None => rule.allow_list_strings(words)?,
        },
        Allowed::Whole(least, most) => rule.allow_whole_number(DataValidationRule::Between(*least, *most)),
        Allowed::Anything => rule.allow_any_value(),
    };
    if let Some(prompt) = &check.prompt {
        rule = rule.set_input_message(shortened(prompt))?;
    }
    if !check.strict {
        rule = rule.set_error_style(DataValidationErrorStyle::Information);
    }
    let (first, last) = (check.area.first, check.area.last);
    written.add_data_validation(first.0, first.1, last.0, last.1, &rule).map(|_| ())
}

fn shortened(prompt: &str) -> String {
    let prompt = escape::cell(prompt);
    match prompt.chars().count() <= LONGEST_PROMPT {
        true => prompt.into_owned(),
        false => prompt.chars().take(LONGEST_PROMPT - 1).chain(['…']).collect(),
    }
}

/// Lists of words that are too long for a check, or hold a comma: each is a column of a hidden sheet.
struct Lists {
    sheet: String,
    columns: Vec<Vec<String>>,
}

impl Lists {
    fn of(workbook: &Workbook) -> Lists {
        let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        Lists { sheet: free_name("_words", &names), columns: Vec::new() }
    }

    /// Where a list stands that a check cannot hold itself.
    fn place(&mut self, words: &[String]) -> Option<String> {
        let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
        if length <= LONGEST_LIST && !words.iter().any(|word| word.contains([',', '"']) || word.is_empty()) {
            return None;
        }
        let known = self.columns.iter().position(|column| column == words);
        let at = known.unwrap_or_else(|| {
            self.columns.push(words.to_vec());
            self.columns.len() - 1
        });
        let last = u32::try_from(words.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let corner = |row: u32| {
            let name = cell_name(row, u32::try_from(at).unwrap_or_default());
            let digits = name.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
            format!("${}${}", &name[..digits], &name[digits..])
        };
        Some(format!("='{}'!{}:{}", self.sheet, corner(0), corner(last)))
    }

    fn write(&self, written: &mut Worksheet) -> Result<(), XlsxError> {
        written.set_name(&self.sheet)?;
        for (column, words) in (0u16..).zip(&self.columns) {
            for (row, word) in (0u32..).zip(words) {
                written.write_string(row, column, escape::cell(word))?;
            }
        }
        written.set_very_hidden(true);
        Ok(())
    }
}

/// What a style looks like.
fn format(style: Style) -> Format {
    let plain = Format::new().set_font_name(FONT).set_font_size(10.0);
    let framed = || {
        let format = plain.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xA6_A6A6));
        format.set_align(FormatAlign::Top).set_text_wrap()
    };
    let word = || framed().set_align(FormatAlign::Center);
    let shade = |format: Format, colour: u32| format.set_background_color(Color::RGB(colour));
    match style {
        Style::Plain => plain,
        Style::Title => plain.set_bold().set_font_size(14.0),
        Style::Head => {
            let format = shade(word().set_bold().set_align(FormatAlign::VerticalCenter), 0x1F_3864);
            format.set_font_color(Color::White)
        }
        Style::Group => shade(framed().set_bold(), 0xD9_E2F3),
        Style::Text => framed(),
        Style::Word => word(),
        Style::Number => framed().set_align(FormatAlign::Right),
        Style::Ok => shade(word(), 0xE2_EFDA),
        Style::Bad => shade(word().set_bold(), 0xF8_CBAD),
        Style::Warn => shade(word(), 0xFF_E699),
        Style::Open => shade(word(), 0xED_EDED),
        Style::Note => framed().set_font_size(9.0).set_font_color(Color::RGB(0x40_4040)),
        Style::Input => shade(framed(), 0xFF_F2CC).set_num_format("@").set_unlocked(),
        Style::InputNumber => shade(framed(), 0xFF_F2CC).set_unlocked(),
        Style::Locked => shade(framed(), 0xD9_D9D9),
        Style::Key => plain.set_num_format("@").set_font_color(Color::RGB(0x7F_7F7F)),
    }
}

#[cfg(test)]
mod tests;
