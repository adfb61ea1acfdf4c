//! Escaping, one function per kind of output: what a document says is never markup, never a command.

use std::borrow::Cow;

/// For a terminal: control characters become visible, so that no document steers the screen.
/// Line ends become spaces.
pub fn terminal(text: &str) -> String {
    steady(text).into_owned()
}

/// As [`terminal`]; most texts stay as they are.
fn steady(text: &str) -> Cow<'_, str> {
    if !may_steer(text, traits(text.as_bytes())) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_steering(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.into()
}

/// A sign that may be markup for Markdown, wherever it stands or at the start of a line.
const MARK: u8 = 1;
/// The first byte of a character that may steer; of the byte order mark that is [`ORDER`], since
/// full-width signs begin with the same byte.
const STEERS: u8 = 2;
/// The bytes of a byte order mark, each with a bit of its own.
const ORDER: u8 = 4 | 8 | 16;

/// What each byte may be part of.
const TRAITS: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < table.len() {
        table[at] = match at {
            ..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe2 => STEERS,
            0xef => 4,
            0xbb => 8,
            0xbf => 16,
            _ => 0,
        };
        at += 1;
    }
    let marks = b"\\*[]|~@`$_<&:.#)-+=>";
    at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = MARK;
        at += 1;
    }
    table
};

/// What the bytes of a text may be part of, all together. Every text of a report passes here, so that it
/// goes over eight bytes at a time.
fn traits(text: &[u8]) -> u8 {
    let (eights, rest) = text.as_chunks::<8>();
    let all = |bytes: &[u8]| bytes.iter().fold(0, |all, byte| all | TRAITS[usize::from(*byte)]);
    eights.iter().fold(all(rest), |found, eight| found | all(eight))
}

/// Whether [`is_steering`] may know a character of a text.
fn may_steer(text: &str, traits: u8) -> bool {
    traits & STEERS != 0 || (traits & ORDER == ORDER && text.contains('\u{feff}'))
}

/// Control characters, a byte order mark, and what turns the direction of writing around.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{feff}')
}

/// For Markdown as GitHub reads it: inside a table cell, a heading or a line of text, also at its
/// start. What would be a line end becomes a space; spaces at the ends go. Only what could be markup
/// is escaped, so that the raw text stays readable.
pub fn markdown(text: &str) -> Cow<'_, str> {
    let traits = traits(text.as_bytes());
    if may_steer(text, traits) {
        return markdown_escaped(steady(text).trim()).into_owned().into();
    }
    match traits & MARK {
        0 => text.trim().into(),
        _ => markdown_escaped(text.trim()),
    }
}

/// Escapes a text that steers nothing and has no spaces at its ends.
fn markdown_escaped(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let leading = leading_marker(text);
    let mut out = String::new();
    // Whatever is escaped is one byte long; what lies between is copied as a whole.
    let mut copied = 0;
    let mut from = 0;
    while let Some(at) = next_mark(bytes, from) {
        from = at + 1;
        let next = bytes.get(at + 1);
        let (instead, rest) = match bytes[at] {
            b'\\' | b'*' | b'[' | b']' | b'|' | b'~' | b'@' | b'`' | b'$' => ("\\", at),
            b'_' if !is_inside_word(text, at) => ("\\", at),
            b'<' => ("&lt;", at + 1),
            b'&' if next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'#') => {
                ("&amp;", at + 1)
            }
            b':' if next == Some(&b'/') => ("\\", at),
            b'.' if ends_with_www(&bytes[..at]) => ("\\", at),
            // A heading may end in number signs that are not part of it.
            b'#' if next.is_none() => ("\\", at),
            _ if leading == Some(at) => ("\\", at),
            _ => continue,
        };
        if out.is_empty() {
            out.reserve(text.len() + 8);
        }
        out.push_str(&text[copied..at]);
        out.push_str(instead);
        copied = rest;
    }
    if out.is_empty() {
        return text.into();
    }
    out.push_str(&text[copied..]);
    out.into()
}

/// The next sign from a place on that may be markup.
fn next_mark(text: &[u8], from: usize) -> Option<usize> {
    let is_mark = |byte: &u8| TRAITS[usize::from(*byte)] == MARK;
    let (eights, rest) = text[from..].as_chunks::<8>();
    match eights.iter().position(|eight| traits(eight) & MARK != 0) {
        Some(at) => eights[at].iter().position(is_mark).map(|within| from + at * 8 + within),
        None => rest.iter().position(is_mark).map(|within| from + eights.len() * 8 + within),
    }
}

/// For Markdown, as code: paths, file names, digests. What could end the code span or the table cell
/// is written as plain text instead.
pub fn markdown_code(text: &str) -> String {
    let text = steady(text);
    let bare = text.trim();
    if bare.is_empty() || bare.bytes().any(|byte| matches!(byte, b'`' | b'|' | b'\\')) {
        markdown_escaped(bare).into_owned()
    } else {
        format!("`{bare}`")
    }
}

/// The character that would make the line a heading, a list, a quotation or a rule.
fn leading_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits)? {
        b'.' | b')' if digits > 0 => Some(digits),
        b'#' | b'-' | b'+' | b'=' | b'>' | b':' if digits == 0 => Some(0),
        _ => None,
    }
}

/// An underscore between letters or digits is never emphasis.
fn is_inside_word(text: &str, at: usize) -> bool {
    let beside = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && beside(at - 1) && beside(at + 1)
}

/// `www.` becomes a link by itself.
fn ends_with_www(text: &[u8]) -> bool {
    text.len() >= 3 && text[text.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// For a GitHub workflow command's message.
pub fn annotation(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// For a property of a GitHub workflow command, such as its file.
pub fn annotation_property(text: &str) -> String {
    annotation(text).replace(':', "%3A").replace(',', "%2C")
}

/// For a plain line in the log of a GitHub workflow, behind a prefix of ours: the old form of
/// commands, `##[command]`, counts anywhere in a line.
pub fn workflow_log(text: &str) -> String {
    terminal(text).replace("##[", "## [")
}

/// For XML 1.0, in text and in attributes. Line ends and tabs stay what they are; what XML cannot
/// hold, or what would turn the direction of writing around, becomes U+FFFD.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if is_steering(c) || is_nothing(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// For a string in a style sheet inside a page: an ASCII character that is no letter, digit or space is
/// written in hexadecimal digits, so that neither the string, nor the style sheet, nor its element ends.
/// The space after the digits belongs to them.
pub fn css(text: &str) -> String {
    let text = terminal(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.trim().chars() {
        match c {
            c if is_nothing(c) => out.push('\u{fffd}'),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' => {
                out.push_str(&format!("\\{:x} ", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

/// Code points that are no characters, and that XML cannot hold.
pub(super) fn is_nothing(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// For JSON that was already serialised: what would steer a terminal that shows it is written as
/// `\uXXXX`, which readers of the JSON take for the same character.
pub fn json(serialised: String) -> String {
    if !serialised.contains(is_steering) {
        return serialised;
    }
    let mut out = String::with_capacity(serialised.len() + 16);
    for c in serialised.chars() {
        // Such characters occur in strings alone, and all lie below U+10000.
        if is_steering(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
    }
    out
}

/// For JSON in an HTML comment, which Markdown ends at `-->`, HTML at `--!>` too, and in which XML has
/// no `--` at all: no sign of markup is left, and readers of the JSON take what stands instead for the
/// same characters.
pub fn html_comment(serialised: String) -> String {
    let plain = json(serialised).replace("--", "-\\u002d");
    plain.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// For a message in SARIF: braces are doubled, since `{0}` is a placeholder (SARIF 2.1.0, 3.11.5), and
/// `[text](target)` is kept from being a link (3.11.6).
pub fn sarif_message(text: &str) -> String {
    terminal(text).replace('{', "{{").replace('}', "}}").replace("](", "] (")
}

/// For a text in iCalendar (RFC 5545, 3.3.11). Line ends stay line ends within the text, written `\n`;
/// what would steer a screen becomes U+FFFD.
pub fn calendar(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            ',' | ';' | '\\' => out.extend(['\\', c]),
            c if is_steering(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// For a cell of a spreadsheet: a text that would be taken for a formula gets an apostrophe in front.
/// Signs of full width count too, since spreadsheets set to Japanese take them for the narrow ones; a
/// sign by itself (－ for none) is no formula. Line ends become spaces.
pub fn spreadsheet(text: &str) -> String {
    let text = terminal(text);
    let sign = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let mut bare = text.trim_start().chars();
    let formula = bare.next().is_some_and(sign) && bare.next().is_some();
    if formula { format!("'{text}") } else { text }
}

/// For a cell of a workbook, which is written as a text and so never is a formula: what XML cannot hold, or
/// what would turn the direction of writing around, becomes U+FFFD. Line ends stay line ends.
pub fn cell(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c != '\n' && c != '\t' && (is_steering(c) || is_nothing(c));
    match text.contains(odd) {
        false => text.into(),
        true => text.replace("\r\n", "\n").chars().map(|c| if odd(c) { '\u{fffd}' } else { c }).collect(),
    }
}

/// For a URI: the path's bytes, percent-encoded but for `/`. An absolute path becomes a `file` URI.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_may_steer() {
        let may_steer = |text: &str| may_steer(text, traits(text.as_bytes()));
        for c in ('\0'..=char::MAX).filter(|c| is_steering(*c)) {
            for text in [format!("{c}"), format!("（{c}"), format!("a{c}b")] {
                assert!(may_steer(&text), "{text:?}");
            }
        }
        assert!(!may_steer("返還・消去（30日）／contract.yaml 41行"));
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        for before in 0..20 {
            for after in 0..20 {
                let text = format!("{}*{}", "a".repeat(before), "b".repeat(after));
                assert_eq!(markdown(&text), text.replace('*', "\\*"));
            }
        }
    }
}
