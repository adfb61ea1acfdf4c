//! A draft as YAML, in block style below a list or on one line within brackets.

use super::draft::{Draft, Line, Written};
use super::style::Style;
use crate::load::limits::Limits;
use crate::load::tree::FileId;
use crate::load::yaml;

/// An entry of a block list whose dash stands at a column.
pub(super) fn item(entry: &Draft, column: usize, style: &Style) -> String {
    let lines = block(entry, column + style.gap, style);
    behind_dash(lines, column, style).concat()
}

/// A key with a section below it, the key at a column.
pub(super) fn section(key: &str, value: &Draft, column: usize, style: &Style) -> String {
    let head = format!("{}{key}:{}", " ".repeat(column), style.end);
    head + &block(value, column + style.step, style).concat()
}

/// The lines of a section whose keys stand at a column.
pub(super) fn block(section: &Draft, column: usize, style: &Style) -> Vec<String> {
    section.0.iter().flat_map(|line| lines(line, column, style)).collect()
}

fn lines(line: &Line, column: usize, style: &Style) -> Vec<String> {
    let note = line.note.as_ref().map(|note| format!(" # {}", one_line(note))).unwrap_or_default();
    let head = format!("{}{}:", " ".repeat(column), line.key);
    let of = |value: String| vec![format!("{head} {value}{note}{}", style.end)];
    let above = || vec![format!("{head}{note}{}", style.end)];
    match &line.value {
        Written::Blank => above(),
        // A value with its place stays on one line.
        Written::Section(inner) if is_leaf(inner) => of(flow_section(inner)),
        Written::Section(inner) if !inner.0.is_empty() => {
            [above(), block(inner, column + style.step, style)].concat()
        }
        Written::List(items) if items.iter().any(|item| matches!(item, Written::Section(_))) => {
            let dash = column + style.dash;
            let below = items.iter().flat_map(|item| match item {
                Written::Section(inner) => behind_dash(block(inner, dash + style.gap, style), dash, style),
                other => vec![format!("{}- {}{}", " ".repeat(dash), flow(other), style.end)],
            });
            above().into_iter().chain(below).collect()
        }
        Written::Text(text) => of(scalar(text, Within::Line)),
        other => of(flow(other)),
    }
}

/// Whether a section is a value with its place, or a place.
fn is_leaf(section: &Draft) -> bool {
    let keys: Vec<&str> = section.0.iter().map(|line| line.key.as_str()).collect();
    keys == ["value", "ref"] || keys.contains(&"cell")
}

/// Lines of a section with a dash before the first.
fn behind_dash(mut lines: Vec<String>, column: usize, style: &Style) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        let bare = first.get(column + style.gap..).unwrap_or_default().to_owned();
        *first = format!("{}-{}{bare}", " ".repeat(column), " ".repeat(style.gap.saturating_sub(1).max(1)));
    }
    lines
}

/// A value on one line.
pub(super) fn flow(value: &Written) -> String {
    match value {
        Written::Blank => "null".to_owned(),
        Written::Bool(truth) => truth.to_string(),
        Written::Int(number) => number.to_string(),
        // The form of JSON is one that YAML reads back as the same number.
        Written::Number(number) => serde_json::Value::from(*number).to_string(),
        Written::Text(text) => scalar(text, Within::Brackets),
        Written::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Written::Section(section) => flow_section(section),
    }
}

/// A section on one line; what is left to a person is left out, since no comment can say so there.
pub(super) fn flow_section(section: &Draft) -> String {
    let pairs = section.0.iter().map(|line| format!("{}: {}", line.key, flow(&line.value)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// On a line of its own behind its key.
    Line,
    /// Within brackets or braces.
    Brackets,
}

/// A text as a scalar: plain where it reads back as the same text, or else in quotes.
pub(super) fn scalar(text: &str, within: Within) -> String {
    let one_line = !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'));
    if one_line {
        let single = format!("'{}'", text.replace('\'', "''"));
        if let Some(found) = [text.to_owned(), single].into_iter().find(|way| reads_as(way, text, within)) {
            return found;
        }
    }
    double(text)
}

fn reads_as(written: &str, text: &str, within: Within) -> bool {
    let probe = match within {
        Within::Line => format!("a: {written}\nb: {written} # c\n"),
        Within::Brackets => format!("{{a: {written}, b: [{written}, {written}]}}\n"),
    };
    let Ok(root) = yaml::parse(&probe, FileId(0), &Limits::default()) else { return false };
    let wanted = match within {
        Within::Line => serde_json::json!({"a": text, "b": text}),
        Within::Brackets => serde_json::json!({"a": text, "b": [text, text]}),
    };
    root.to_json() == wanted
}

fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn one_line(text: &str) -> String {
    text.split(char::is_whitespace).collect::<Vec<_>>().join(" ")
}
