//! One line of a text, and the mistake that it shows by itself.

use std::ops::Range;

use super::sign::is_odd_space;
use super::{Found, word};
use crate::load::problem::Problem;

/// Lines that are looked at above the one where the parser stopped.
pub(super) const REACH: usize = 40;

/// A line, or the rest of one, with the place where it begins.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// The line of a byte.
    pub(super) fn at(text: &'a str, at: usize) -> Line<'a> {
        let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let rest = &text[start..];
        Line { start, text: &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())] }
    }

    pub(super) fn above(self, text: &'a str) -> Option<Line<'a>> {
        let before = text[..self.start].strip_suffix(['\n', '\r'])?;
        let crlf = text[..self.start].ends_with("\r\n");
        let end = if crlf { before.len() - 1 } else { before.len() };
        Some(Line::at(text, end))
    }

    pub(super) fn below(self, text: &'a str) -> Option<Line<'a>> {
        let rest = &text[self.start + self.text.len()..];
        let next = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
        Some(Line::at(text, text.len() - next.len()))
    }

    /// The nearest line above with something on it.
    pub(super) fn solid_above(self, text: &'a str) -> Option<Line<'a>> {
        let lines = std::iter::successors(self.above(text), |line| line.above(text));
        lines.take(REACH).find(|line| !matches!(line.text.trim_start().chars().next(), None | Some('#')))
    }

    pub(super) fn rest(self, at: usize) -> &'a str {
        self.text.get(at.saturating_sub(self.start)..).unwrap_or_default()
    }

    /// The width of the indentation in bytes.
    pub(super) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Where the line's content begins, past `- ` if more than that follows, and the content.
    pub(super) fn content(self) -> (usize, &'a str) {
        let mut rest = self.text.trim_start();
        while let Some(inner) = rest.strip_prefix("- ").map(str::trim_start) {
            if inner.is_empty() {
                break;
            }
            rest = inner;
        }
        (self.start + self.text.len() - rest.len(), rest)
    }

    /// The first word of the content.
    pub(super) fn word(self) -> Range<usize> {
        let range = word(self.text, self.indent());
        self.start + range.start..self.start + range.end
    }

    /// Whether the content has a separator as it should be: `key: value` or `key:`.
    pub(super) fn has_key(self) -> bool {
        let content = self.content().1.trim_end();
        content.contains(": ") || content.ends_with(':')
    }

    /// A character in the indentation that is none.
    pub(super) fn indent_hint(self) -> Option<Found> {
        let mut indent = self.text[..self.indent()].char_indices();
        let (at, found) = indent.find(|&(_, c)| c == '\t' || is_odd_space(c))?;
        let range = self.start + at..self.start + at + found.len_utf8();
        Some((if found == '\t' { Problem::Tab } else { Problem::OddSpace { found } }, range))
    }

    /// The mistake that the line shows by itself.
    pub(super) fn hint(self) -> Option<Found> {
        if let Some(hint) = self.indent_hint() {
            return Some(hint);
        }
        let (start, content) = self.content();
        let mut chars = content.chars();
        let first = chars.next()?;
        let range = start..start + first.len_utf8();
        match first {
            '#' | '"' | '\'' | '&' | '*' | '!' | '|' | '>' => None,
            '＃' => Some((Problem::FullWidthSign { found: first, wanted: '#' }, range)),
            '－' | '‐' | '‑' | '–' | '—' | '―' | '・' | '•' | '●' => {
                Some((Problem::FullWidthDash { found: first }, range))
            }
            '-' if !matches!(chars.next(), None | Some('-' | ' ')) => {
                Some((Problem::DashWithoutSpace, range))
            }
            _ => colon_hint(start, content),
        }
    }

    /// Where a quoted text begins on this line before byte `until` and does not end there.
    pub(super) fn open_quote(self, until: usize) -> Option<usize> {
        let mut before = ':'; // the last character that is no blank
        let mut blank = true;
        let mut chars = self.text.get(..until)?.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c == '#' && blank {
                return None;
            }
            if matches!(c, '"' | '\'') && matches!(before, ':' | '-' | '[' | '{' | ',' | '?') {
                loop {
                    let (_, inner) = match chars.next() {
                        Some(next) => next,
                        None => return Some(at),
                    };
                    if inner == '\\' && c == '"' {
                        chars.next();
                    } else if inner == c && chars.next_if(|next| c == '\'' && next.1 == c).is_none() {
                        break;
                    }
                }
            }
            blank = c.is_whitespace();
            if !blank {
                before = c;
            }
        }
        None
    }

    /// Whether a line above opened a block text (`|`, `>`) that this line belongs to.
    pub(super) fn in_block_text(self, text: &'a str) -> bool {
        let mut indent = self.indent();
        let lines = std::iter::successors(self.above(text), |line| line.above(text));
        for line in lines.take(REACH).filter(|line| !line.text.trim().is_empty()) {
            if indent == 0 {
                return false;
            }
            if line.indent() < indent {
                indent = line.indent();
                let header = line.text.split(" #").next().unwrap_or_default().trim_end();
                let header = header.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
                if header.ends_with(" |") || header.ends_with(" >") {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the line is the next line of a value that began on its key's line.
    pub(super) fn continues_a_value(self, text: &'a str) -> bool {
        let lines = std::iter::successors(self.above(text), |line| line.above(text));
        let parent =
            lines.take(REACH).find(|line| !line.text.trim().is_empty() && line.indent() < self.indent());
        parent.is_some_and(|line| line.has_key() && !line.text.trim_end().ends_with(':'))
    }
}

/// A separator that is none, on a line without a proper one.
fn colon_hint(start: usize, content: &str) -> Option<Found> {
    let mut found = None;
    let mut before = ' ';
    let mut named = true; // what stands before has no gap, so that it can be a key
    for (at, c) in content.char_indices() {
        let (key, rest) = (&content[..at], &content[at + c.len_utf8()..]);
        let next = rest.chars().next();
        named = named && (at == 0 || !before.is_whitespace() || matches!(c, ':' | '：'));
        let named = named && at > 0;
        match c {
            '#' if before.is_whitespace() => break,
            ':' if next.is_none_or(|next| next.is_ascii_whitespace()) => return None,
            ':' if next.is_some_and(is_odd_space) => {
                let space = start + at + 1;
                let problem = Problem::OddSpace { found: next.unwrap_or_default() };
                return Some((problem, space..space + next.map_or(0, char::len_utf8)));
            }
            ':' if found.is_none() && named && !rest.starts_with("//") => {
                let digits = key.chars().all(|c| c.is_ascii_digit());
                let key = key.trim_start_matches(['{', '[']).trim_end().to_owned();
                let problem = Problem::ColonWithoutSpace { key };
                found = (!digits).then_some((problem, start + at..start + at + 1));
            }
            '：' if found.is_none() && named => {
                found = Some((Problem::FullWidthColon, start + at..start + at + c.len_utf8()));
            }
            _ => {}
        }
        before = c;
    }
    found
}
