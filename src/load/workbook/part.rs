//! Looks through one part of a workbook, an XML text, for what the reader of cells does not expect: no
//! declared number makes it reserve memory, no reference makes it count past its numbers. The one file that
//! names the parser, which is the reader's own.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Problem;

/// Rows and columns of a sheet (ECMA-376, and what Excel takes).
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Deeper than any part of a workbook.
const DEPTH: usize = 64;

/// Looks through a part.
///
/// # Errors
/// It is no XML in UTF-8, has a document type, or counts or refers past what a sheet can have.
pub(super) fn look_through(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    let damaged = |words: &str| Problem::Damaged { part: name.to_owned(), words: words.to_owned() };
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("not UTF-8"))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let config = reader.config_mut();
    // As the reader of cells has it.
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|error| damaged(&error.to_string()))? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(damaged("nested too deeply"));
                }
                match look_at(&element, text.len()) {
                    Ok(()) => {}
                    Err(Odd::Macros) => return Err(Problem::Macros),
                    Err(Odd::Attribute(words)) => return Err(damaged(&words)),
                }
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Decl(declared) => {
                let other = |name: &str| !name.eq_ignore_ascii_case("utf-8");
                let declared = declared.encoding();
                if declared.is_some_and(|found| found.map_or(true, |name| other(&name))) {
                    return Err(damaged("not UTF-8"));
                }
            }
            Event::DocType(_) => return Err(damaged("DOCTYPE")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What is odd about an element.
enum Odd {
    /// It declares a part with macros.
    Macros,
    /// An attribute, as written.
    Attribute(String),
}

/// Looks at one element: its references and what it says it holds.
fn look_at(element: &BytesStart<'_>, length: usize) -> Result<(), Odd> {
    let local = element.local_name();
    let kind: &str = local.as_ref();
    let refers = matches!(kind, "row" | "c" | "dimension" | "mergeCell" | "f");
    let counts = kind == "sst";
    let declares = kind == "Override" || kind == "Default";
    if !(refers || counts || declares) {
        return Ok(());
    }
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| Odd::Attribute(error.to_string()))?;
        let name = attribute.key.local_name();
        let (name, value): (&str, &str) = (name.as_ref(), attribute.value.as_ref());
        if declares && name == "ContentType" && value.contains("macroEnabled") {
            return Err(Odd::Macros);
        }
        let fits = match name {
            "r" if kind == "row" => row(value).is_some(),
            "r" | "ref" if refers => area(value).is_some(),
            // Each text takes at least as many bytes as its tags.
            "count" | "uniqueCount" if counts => value.parse::<usize>().is_ok_and(|count| count <= length),
            _ => true,
        };
        if !fits {
            let value: String = value.chars().take(40).collect();
            return Err(Odd::Attribute(format!("{kind} {name}=\"{value}\"")));
        }
    }
    Ok(())
}

/// Row and column of a reference such as `G12`, from 1.
fn cell(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, number) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column =
        letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    (column <= COLUMNS).then_some((row(number)?, column))
}

fn row(text: &str) -> Option<u32> {
    let plain = text.len() <= 7 && text.bytes().all(|byte| byte.is_ascii_digit());
    let row = if plain { text.parse().ok()? } else { 0 };
    (1..=ROWS).contains(&row).then_some(row)
}

/// Whether a reference is one cell or goes from a first to a last one.
fn area(text: &str) -> Option<()> {
    let Some((first, last)) = text.split_once(':') else { return cell(text).map(|_| ()) };
    let (first, last) = (cell(first)?, cell(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some(())
}
