//! The letters of a finished Markdown page: its escapes undone, its marks told apart.

use std::ops::Range;

use crate::redact::needle::Letter;

/// The characters of a page as a reader sees them, each with the stretch of the page that writes it.
/// What makes tables, lines, headings and code is no letter: no value reaches over it.
pub fn letters(page: &str) -> Vec<Letter> {
    let mut out = Vec::with_capacity(page.len());
    let mut start = 0;
    for line in page.split_inclusive('\n') {
        of_line(line, start, &mut out);
        start += line.len();
    }
    out
}

fn of_line(line: &str, start: usize, out: &mut Vec<Letter>) {
    let ruled = line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let mut at = marker(line);
    if at > 0 || ruled {
        at = if ruled { line.len() } else { at };
        out.push((start..start + at, None));
    }
    while let Some(c) = line[at..].chars().next() {
        let (length, letter) = one(&line[at..], c);
        out.push((start + at..start + at + length, letter));
        at += length;
    }
}

/// How long the mark is that makes a line a heading, an item or a quotation.
fn marker(line: &str) -> usize {
    let bare = line.trim_start_matches(' ');
    let indent = line.len() - bare.len();
    let signs = bare.len() - bare.trim_start_matches(['#', '-', '>']).len();
    let spaced = signs > 0 && bare[signs..].starts_with([' ', '\n']);
    if spaced { indent + signs } else { 0 }
}

/// What the next character stands for, and how many bytes write it.
fn one(rest: &str, c: char) -> (usize, Option<char>) {
    let entities = [("&lt;", '<'), ("&amp;", '&'), ("&gt;", '>'), ("&quot;", '"')];
    match c {
        '\\' => match rest[1..].chars().next().filter(char::is_ascii_punctuation) {
            Some(escaped) => (2, Some(escaped)),
            None => (1, Some(c)),
        },
        '|' | '\n' | '`' | '*' => (1, None),
        '&' => match entities.into_iter().find(|(written, _)| rest.starts_with(written)) {
            Some((written, meant)) => (written.len(), Some(meant)),
            None => (1, Some(c)),
        },
        c => (c.len_utf8(), Some(c)),
    }
}

/// A stretch of a page as a reader sees it.
pub fn read(page: &str, stretch: Range<usize>) -> String {
    letters(&page[stretch]).into_iter().filter_map(|(_, letter)| letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::escape::markdown;

    #[test]
    fn letters_are_what_was_escaped() {
        for text in ["a_b *c* `d` <e> &amp; [f](g) | h", "- 1", "1. x", "# 田中 #", "www.a.jp @b $c ~d\\"] {
            assert_eq!(read(&markdown(text), 0..markdown(text).len()), text, "{text}");
        }
    }

    #[test]
    fn marks_are_no_letters() {
        let page = "## A\n\n| a | **b** |\n| --- | ---: |\n  - `c`\n> d\n-e\n";
        assert_eq!(read(page, 0..page.len()).replace(' ', ""), "Aabcd-e");
        let letters = letters(page);
        assert_eq!(letters.first().map(|(place, _)| place.start), Some(0));
        assert!(letters.windows(2).all(|pair| pair[0].0.end == pair[1].0.start), "no byte is left out");
        assert_eq!(letters.last().map(|(place, _)| place.end), Some(page.len()));
    }
}
