//! Where the real mistake is: a parser reports a forgotten space one line late, and knows nothing
//! of full-width signs.

mod line;
mod sign;

use std::ops::Range;

use self::line::{Line, REACH};
use self::sign::{half_width, is_odd_quote, is_odd_space};
use super::problem::Problem;
use super::tree::Span;
use crate::diagnostic::Diagnostic;

/// What the parser took offence at, in the kinds that lead to different advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A colon where no value may begin.
    UnexpectedValue,
    /// A line that should have been a key.
    KeyExpected,
    /// An entry of the collection was expected, or its end.
    EntryExpected,
    /// A tab.
    Tab,
    /// A quoted text without an end; the place is that of the opening quote.
    UnclosedQuote,
    /// A quoted text that runs on into a line where it cannot.
    QuoteRunsOn,
    /// Something right after a quoted text.
    AfterQuote,
    /// An escape sequence; the place is that of the opening quote.
    Escape,
    /// Text ran out, or another line began, within brackets; the place may be the opening one's.
    OpenBracket,
    /// A comma was expected within brackets.
    CommaExpected,
    /// A cause that is the problem itself.
    Known(Problem),
}

/// A problem with the bytes it covers.
type Found = (Problem, Range<usize>);

/// The problem that most probably made the parser stop at byte `at`, and its place.
/// `open` is the first byte of the innermost bracket still open, if any.
pub fn explain(cause: Cause, text: &str, at: usize, open: Option<usize>) -> Found {
    let at = text.floor_char_boundary(at);
    let line = Line::at(text, at);
    let here = word(text, at);
    match cause {
        Cause::Known(problem) => (problem, here),
        Cause::UnexpectedValue => unexpected_value(text, at, line, open),
        Cause::KeyExpected => {
            let hint = line.hint().or_else(|| hint_above(text, line));
            hint.unwrap_or((Problem::ColonMissing, line.word()))
        }
        Cause::EntryExpected => {
            let misplaced = if line.text.trim_start().starts_with("- ") {
                (Problem::ListInMapping, line.word())
            } else {
                (Problem::Indentation, line.word())
            };
            line.hint().or_else(|| hint_above(text, line)).unwrap_or(misplaced)
        }
        Cause::Tab => {
            let below = line.below(text);
            let indent = [Some(line), below].into_iter().flatten().find_map(Line::indent_hint);
            let tab = || line.text.find('\t').map(|tab| char_at(text, line.start + tab));
            indent.unwrap_or_else(|| (Problem::Tab, tab().unwrap_or(here)))
        }
        Cause::UnclosedQuote => unclosed_quote(text, at),
        Cause::QuoteRunsOn => unclosed_quote(text, opening_quote(text, line).unwrap_or(at)),
        Cause::AfterQuote => {
            // Read from its start, the line opens a quote here: so it really closes one from above.
            let closes = line.open_quote(at - line.start).and_then(|_| opening_quote(text, line));
            closes.map_or((Problem::TextAfterQuote, here), |open| unclosed_quote(text, open))
        }
        Cause::Escape => bad_escape(text, at),
        Cause::OpenBracket => {
            let here = text[at..].starts_with(['[', '{']);
            unclosed_bracket(text, at, open.filter(|_| !here).unwrap_or(at))
        }
        Cause::CommaExpected => match open {
            Some(open) if another_line(text, open, at) => unclosed_bracket(text, at, open),
            Some(open) => odd_sign(text, open..at).unwrap_or((Problem::CommaMissing, here)),
            None => (Problem::CommaMissing, here),
        },
    }
}

/// Why a plain text stands where a mapping or a list was wanted, if the text shows it:
/// `title：契約` alone is valid YAML.
pub fn instead_of_collection(text: &str, span: Span) -> Option<Diagnostic> {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = text.get(start..end)?.chars().next()?;
    if let Some(wanted) = half_width(first) {
        let problem = Problem::FullWidthSign { found: first, wanted };
        return Some(Diagnostic::new(span_of(span, char_at(text, start)), problem));
    }
    let mut line = Some(Line { start, text: Line::at(text, start).rest(start) });
    while let Some(current) = line.filter(|line| line.start < end) {
        if let Some((problem, range)) = current.hint() {
            return Some(Diagnostic::new(span_of(span, range), problem));
        }
        line = current.below(text);
    }
    None
}

/// Why a plain key is probably not what was meant: `　title`, `－ id`, `{b：1}`.
/// `alone` says that the key has no value.
pub fn odd_key(text: &str, key: Range<usize>, alone: bool) -> Option<Found> {
    let written = text.get(key.clone())?;
    let edges = [written.chars().next()?, written.chars().next_back()?];
    let plain = |c: char| c.is_ascii() && c != '-';
    if !alone && edges.into_iter().all(plain) {
        return None;
    }
    if let Some(at) = written.find(is_odd_space).filter(|_| edges.into_iter().any(is_odd_space)) {
        let range = char_at(text, key.start + at);
        return Some((odd_space(text, range.start), range));
    }
    let line = Line { start: key.start, text: written };
    line.hint().filter(|(problem, _)| {
        let colon = matches!(problem, Problem::FullWidthColon | Problem::ColonWithoutSpace { .. });
        alone || !colon
    })
}

/// A special space that makes a text of what looks like a number or like a comment: `30　`.
pub fn odd_value(text: &str, value: Range<usize>, looks_typed: impl Fn(&str) -> bool) -> Option<Found> {
    let written = text.get(value.clone())?;
    let comment = written.match_indices('#').map(|(at, _)| at).find_map(|at| {
        let before = written[..at].chars().next_back()?;
        is_odd_space(before).then(|| at - before.len_utf8())
    });
    let trimmed = written.trim_matches(is_odd_space);
    let edge =
        (trimmed.len() < written.len() && looks_typed(trimmed)).then(|| written.find(is_odd_space)).flatten();
    let range = char_at(text, value.start + comment.or(edge)?);
    Some((odd_space(text, range.start), range))
}

fn unexpected_value(text: &str, at: usize, line: Line, open: Option<usize>) -> Found {
    if let Some(open) = open {
        return if another_line(text, open, at) {
            unclosed_bracket(text, at, open)
        } else {
            odd_sign(text, open..at).unwrap_or((Problem::ColonInText, char_at(text, at)))
        };
    }
    if let Some(hint) = line.hint() {
        return hint;
    }
    let before = &line.text[..at - line.start];
    if let Some((_, value)) = before.split_once(": ") {
        let value = value.trim_start();
        let start = at - value.len();
        return match value.chars().next() {
            Some(found) if is_odd_quote(found) => (Problem::FullWidthQuote { found }, char_at(text, start)),
            _ => (Problem::ColonInText, char_at(text, at)),
        };
    }
    hint_above(text, line).unwrap_or_else(|| {
        let above = line.solid_above(text).filter(|above| {
            let item = above.content().0 > above.start + above.indent();
            !item && !above.has_key() && !above.continues_a_value(text)
        });
        above.map_or((Problem::Indentation, line.word()), |a| (Problem::ColonMissing, a.word()))
    })
}

/// The first of the lines right above that shows a mistake of its own.
fn hint_above(text: &str, line: Line) -> Option<Found> {
    let mut first = None;
    let mut current = line;
    for _ in 0..REACH {
        let Some(above) = current.above(text) else { break };
        match above.hint().filter(|_| !above.in_block_text(text)) {
            Some(hint) => first = Some(hint),
            None if matches!(above.text.trim_start().chars().next(), None | Some('#')) => {}
            None => break,
        }
        current = above;
    }
    first
}

fn unclosed_quote(text: &str, open: usize) -> Found {
    let quote = text[open..].chars().next().unwrap_or('"');
    let rest = Line::at(text, open).rest(open).trim_end();
    match rest.char_indices().next_back() {
        Some((at, found)) if is_odd_quote(found) => {
            (Problem::FullWidthQuote { found }, char_at(text, open + at))
        }
        _ => (Problem::UnclosedQuote { quote }, char_at(text, open)),
    }
}

/// The nearest quote above a line that is not closed on its own line.
fn opening_quote(text: &str, line: Line) -> Option<usize> {
    std::iter::successors(line.above(text), |line| line.above(text))
        .find_map(|line| Some(line.start + line.open_quote(line.text.len())?))
}

fn bad_escape(text: &str, open: usize) -> Found {
    let mut chars = text[open..].char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '"' {
            break;
        }
        if c != '\\' {
            continue;
        }
        let Some((_, kind)) = chars.next() else { break };
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let start = open + at;
        let rest = &text[start + 1 + kind.len_utf8()..];
        let hex = rest.bytes().take(digits).filter(u8::is_ascii_hexdigit).count() == digits;
        if !hex || !"0abt\tnvfre \"/\\N_LPxuU\r\n".contains(kind) {
            let end = start + 1 + kind.len_utf8();
            return (Problem::BadEscape { written: text[start..end].to_owned() }, start..end);
        }
    }
    (Problem::BadEscape { written: "\\".to_owned() }, char_at(text, open))
}

fn unclosed_bracket(text: &str, at: usize, open: usize) -> Found {
    let line = Line::at(text, open);
    let until = if at > open { at } else { line.start + line.text.len() };
    let bracket = text[open..].chars().next().unwrap_or('[');
    let problem = Problem::UnclosedBracket { open: bracket };
    odd_sign(text, open..until).unwrap_or((problem, char_at(text, open)))
}

fn another_line(text: &str, open: usize, at: usize) -> bool {
    text.get(open..at).is_some_and(|between| between.contains(['\n', '\r']))
}

/// A full-width sign between brackets that should be a plain one; a closing bracket first.
fn odd_sign(text: &str, range: Range<usize>) -> Option<Found> {
    let inside = text.get(range.clone())?;
    let closing = inside.find(['］', '｝']);
    let at = closing.or_else(|| inside.find(['，', '：', '［', '｛']))?;
    let range = char_at(text, range.start + at);
    let found = text[range.clone()].chars().next()?;
    let problem = match half_width(found) {
        Some(wanted) => Problem::FullWidthSign { found, wanted },
        None => Problem::FullWidthColon,
    };
    Some((problem, range))
}

fn odd_space(text: &str, at: usize) -> Problem {
    Problem::OddSpace { found: text[at..].chars().next().unwrap_or('\u{3000}') }
}

/// The bytes of the character at `at`; none at the end of the text.
fn char_at(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The bytes of the word at `at`, one character at least where there is one.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let first = char_at(text, at);
    let ends = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '[' | ']' | '{' | '}');
    let len = rest.find(ends).unwrap_or(rest.len());
    if rest.starts_with(['\n', '\r']) { at..at } else { at..first.end.max(at + len) }
}

fn span_of(like: Span, range: Range<usize>) -> Span {
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span { file: like.file, start: at(range.start), end: at(range.end) }
}

#[cfg(test)]
mod tests;
