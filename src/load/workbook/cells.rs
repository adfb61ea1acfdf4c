//! Reads the cells of a workbook that was looked through. The one file that names the reader's crate.

use std::collections::BTreeMap;
use std::io::Cursor as Bytes;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::{Days, NaiveDate};

use super::{Cell, Limits, Merged, Problem, Sheet, Value};

/// Reads all sheets with cells.
///
/// # Errors
/// Too many sheets or cells; what is damaged.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Problem> {
    let mut workbook: Xlsx<Bytes<&[u8]>> =
        Xlsx::new(Bytes::new(bytes)).map_err(|error| damaged("workbook", &error))?;
    let listed: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    if listed.len() > limits.sheets {
        return Err(Problem::TooManySheets { limit: limits.sheets });
    }
    let mut sheets = Vec::with_capacity(listed.len());
    for (name, hidden) in listed {
        let cells = cells(&mut workbook, &name, limits)?;
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(|error| damaged(&name, &error))?;
        let merged = merged.iter().map(|area| Merged { first: area.start, last: area.end }).collect();
        sheets.push(Sheet { name, hidden, cells, merged });
    }
    Ok(sheets)
}

fn cells(
    workbook: &mut Xlsx<Bytes<&[u8]>>,
    name: &str,
    limits: &Limits,
) -> Result<BTreeMap<(u32, u32), Cell>, Problem> {
    let dates_from_1904 = workbook.has_1904_epoch();
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| damaged(name, &error))?;
    let (mut cells, mut count) = (BTreeMap::new(), 0usize);
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|error| damaged(name, &error))? {
        count += 1;
        if count > limits.cells {
            return Err(Problem::TooManyCells { sheet: name.to_owned(), limit: limits.cells });
        }
        let formula = found.formula.is_some();
        let value = value(&found.value, dates_from_1904);
        if formula || value != Value::Nothing {
            cells.insert(found.pos, Cell { value, formula });
        }
    }
    Ok(cells)
}

fn value(found: &DataRef<'_>, dates_from_1904: bool) -> Value {
    match Data::from(found.clone()) {
        Data::Empty => Value::Nothing,
        Data::String(text) if text.is_empty() => Value::Nothing,
        Data::String(text) => Value::Text(text),
        Data::Float(number) => Value::Number(number),
        Data::Int(number) => Value::Number(number as f64),
        Data::Bool(truth) => Value::Bool(truth),
        Data::Error(error) => Value::Error(error.to_string()),
        Data::DateTime(moment) => day(moment, dates_from_1904),
        Data::DateTimeIso(text) => match NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
            Ok(day) => Value::Date(day),
            Err(_) => Value::Time(text),
        },
        other => Value::Time(other.to_string()),
    }
}

/// The day of a serial number: in the usual count 60 is a 29 February 1900 that never was, so days count
/// from 30 December 1899 after it and from 31 December before it.
fn day(moment: ExcelDateTime, dates_from_1904: bool) -> Value {
    let serial = moment.as_f64();
    let told = || Value::Time(serial.to_string());
    // 2,958,465 is the last day of the year 9999.
    if moment.is_duration()
        || serial.fract() != 0.0
        || !(1.0..=2_958_465.0).contains(&serial)
        || serial == 60.0
    {
        return told();
    }
    let start = match (dates_from_1904, serial < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    let day = start.and_then(|start| start.checked_add_days(Days::new(serial as u64)));
    day.map_or_else(told, Value::Date)
}

fn damaged(part: &str, error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => Problem::Protected,
        _ => Problem::Damaged { part: part.to_owned(), words: error.to_string() },
    }
}
