//! Dates as offices write them.

use super::number::narrow;
use crate::date::Period;
use crate::load::workbook::{Cell, Value};
use crate::questionnaire::unread::Why;

/// A day or a month, as written where a document may have it so.
///
/// # Errors
/// It is neither, or the year is not said.
pub(super) fn date(cell: &Cell, text: &str) -> Result<String, Why> {
    match cell.value {
        Value::Date(_) | Value::Text(_) => {}
        _ => return Err(Why::Date),
    }
    if Period::parse(text).is_some() {
        return Ok(text.to_owned());
    }
    let narrow: String = text.chars().filter_map(narrow).collect();
    let narrow = narrow.replace("元年", "1年");
    let (era, rest) = match narrow.chars().next() {
        Some(first) if "RrHhSs".contains(first) => (era(first), &narrow[1..]),
        _ => match ["令和", "平成", "昭和"].into_iter().find(|era| narrow.starts_with(era)) {
            Some(era) => (era, &narrow[era.len()..]),
            None => ("", narrow.as_str()),
        },
    };
    let rest = rest.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
    let numbers: Vec<&str> = rest.trim_end_matches('-').split('-').collect();
    let plain = |text: &&str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let (Some((year, others)), true) = (numbers.split_first(), (2..=3).contains(&numbers.len())) else {
        return Err(Why::Date);
    };
    if !others.iter().all(plain) {
        return Err(Why::Date);
    }
    let others: Vec<&str> = others.iter().map(|number| number.trim_start_matches('0')).collect();
    let built = match (era, &others[..]) {
        ("", [month, day]) => format!("{year}-{month:0>2}-{day:0>2}"),
        ("", [month]) => format!("{year}-{month:0>2}"),
        (era, [month, day]) => format!("{era}{year}年{month}月{day}日"),
        (era, [month]) => format!("{era}{year}年{month}月"),
        _ => return Err(Why::Date),
    };
    let found = Period::parse(&built).ok_or(Why::Date)?;
    let form = if found.exact().is_some() { "%Y-%m-%d" } else { "%Y-%m" };
    Ok(found.first.format(form).to_string())
}

fn era(letter: char) -> &'static str {
    match letter.to_ascii_uppercase() {
        'R' => "令和",
        'H' => "平成",
        _ => "昭和",
    }
}
