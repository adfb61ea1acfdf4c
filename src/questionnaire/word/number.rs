//! Numbers as people write them.

use crate::load::workbook::{Cell, Value};
use crate::questionnaire::unread::Why;
use crate::register::draft::Written;
use crate::schema::{Field, Shape, Unit};

/// A number, in any width, with the field's own unit or none.
///
/// # Errors
/// Anything else.
pub(super) fn number(cell: &Cell, field: Field, text: &str) -> Result<Written, Why> {
    let unread = || Why::Number(field.unit());
    let number = match cell.value {
        Value::Number(number) => number,
        Value::Text(_) => {
            let narrow: String = text.chars().filter_map(narrow).collect();
            let bare = without_unit(&narrow, field.unit());
            if !is_number(bare) {
                return Err(unread());
            }
            bare.replace(',', "").parse().map_err(|_| unread())?
        }
        _ => return Err(unread()),
    };
    // Past this a number is no longer exact.
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        return Ok(Written::Int(number as i64));
    }
    match field.shape() {
        Shape::Int => Err(Why::Whole),
        _ if number.is_finite() => Ok(Written::Number(number)),
        _ => Err(unread()),
    }
}

/// A character of full width as the narrow one; no spaces.
pub(super) fn narrow(c: char) -> Option<char> {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// A number with the field's own unit behind it, without the unit.
fn without_unit(text: &str, unit: Option<Unit>) -> &str {
    let (before, units): (&[&str], &[&str]) = match unit {
        Some(Unit::Days) => (&[], &["日間", "日", "days", "day"]),
        Some(Unit::BusinessDays) => (&[], &["営業日", "businessdays", "businessday"]),
        Some(Unit::Hours) => (&[], &["時間", "hours", "hour"]),
        Some(Unit::Minutes) => (&[], &["分間", "分", "minutes", "minute"]),
        Some(Unit::Months) => {
            (&[], &["か月", "カ月", "ヶ月", "ヵ月", "ケ月", "箇月", "か月間", "ヶ月間", "months", "month"])
        }
        Some(Unit::Years) => (&[], &["年間", "年", "years", "year"]),
        Some(Unit::PerYear) => (&["年間", "年"], &["回／年", "回/年", "回", "timesayear"]),
        Some(Unit::Count) => (&[], &["個", "件", "人", "名", "回", "文字", "桁"]),
        None => (&[], &["円"]),
    };
    let text = before.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    units.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text)
}

/// Digits, with a sign, with commas between groups of three, with a decimal point.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',') && first.len() <= 3;
    digits(part)
        && digits(first)
        && (grouped || !whole.contains(','))
        && groups.all(|group| group.len() == 3 && digits(group))
}
