//! Hidden values as they may stand elsewhere: in another width or case, with other spaces or dashes, and
//! inside of longer words.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::char::decompose_compatible;

use super::ledger::sign;

/// A stretch of a text, and the letter that it stands for; `None` is a mark of the page, over which no
/// value reaches.
pub type Letter = (Range<usize>, Option<char>);

/// Texts to be found, each with its row.
#[derive(Debug)]
pub struct Needles {
    machine: Option<AhoCorasick>,
    rows: Vec<usize>,
}

impl Needles {
    /// Of texts as [`folded`] gives them; of two that are equal the first one's row counts.
    pub fn new<'n>(texts: impl IntoIterator<Item = (&'n str, usize)>) -> Needles {
        let (patterns, rows): (Vec<&str>, Vec<usize>) =
            texts.into_iter().filter(|(text, _)| !text.is_empty()).unzip();
        let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns);
        Needles { machine: built.ok().filter(|_| !patterns.is_empty()), rows }
    }

    /// Where the texts stand, with their rows, in order and apart from each other.
    pub fn find(&self, letters: impl IntoIterator<Item = Letter>) -> Vec<(Range<usize>, usize)> {
        let Some(machine) = &self.machine else { return Vec::new() };
        let (mut text, mut places) = (String::new(), Vec::new());
        for (place, letter) in letters {
            match letter {
                Some(letter) => fold(letter, &mut |c| text.push(c)),
                None => text.push('\n'),
            }
            places.resize(text.len(), place);
        }
        let found = machine.find_iter(&text);
        let found = found.map(|hit| {
            let (first, last) = (&places[hit.start()], &places[hit.end() - 1]);
            (first.start..last.end, self.rows[hit.pattern().as_usize()])
        });
        let mut apart: Vec<(Range<usize>, usize)> = Vec::new();
        // Two hits inside what one character stands for are one.
        for (place, row) in found {
            match apart.last_mut() {
                Some((before, _)) if place.start < before.end => before.end = before.end.max(place.end),
                _ => apart.push((place, row)),
            }
        }
        apart
    }

    /// A plain text with signs in place of what was found in it; `None` where nothing was.
    pub fn sweep(&self, text: &str) -> Option<String> {
        let found = self.find(letters(text));
        (!found.is_empty()).then(|| replaced(text, &found))
    }
}

/// Which of some folded texts occur in others, inside of each other too.
pub fn occurring<'t>(texts: &[&'t str], others: impl IntoIterator<Item = String>) -> BTreeSet<&'t str> {
    let mut found = BTreeSet::new();
    let Ok(machine) = AhoCorasick::new(texts) else { return found };
    for other in others {
        found.extend(machine.find_overlapping_iter(&other).map(|hit| texts[hit.pattern().as_usize()]));
    }
    found
}

/// A text with signs in place of stretches of it.
pub fn replaced(text: &str, found: &[(Range<usize>, usize)]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (place, row) in found {
        out.push_str(&text[at..place.start]);
        out.push(sign(*row));
        at = place.end;
    }
    out + &text[at..]
}

/// The letters of a text that has no marks.
pub fn letters(text: &str) -> impl Iterator<Item = Letter> {
    text.char_indices().map(|(at, c)| (at..at + c.len_utf8(), Some(c)))
}

/// A text in the form in which texts are compared.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| fold(c, &mut |c| out.push(c)));
    out
}

/// One character as texts are compared: decomposed by compatibility (NFKD, for the half-width ｶﾞ are two
/// characters where ガ is one), in lower case, its dashes alike, without spaces and what cannot be seen.
fn fold(c: char, out: &mut impl FnMut(char)) {
    if c.is_ascii() {
        if !c.is_ascii_whitespace() && !c.is_ascii_control() {
            out(c.to_ascii_lowercase());
        }
        return;
    }
    decompose_compatible(c, |c| {
        for c in c.to_lowercase() {
            match c {
                '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | '⁃' | '﹣' => out('-'),
                c if c.is_whitespace() || is_unseen(c) => {}
                c => out(c),
            }
        }
    });
}

/// What no reader sees between two letters, and what output writes in place of such characters.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{2028}' | '\u{2029}' | '\u{3164}' | '\u{ffa0}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_however_it_is_written() {
        let table = [
            ("山田太郎", "担当は山田　太郎です", "担当は!です"),
            ("山田 太郎", "山田太郎商店", "!商店"),
            ("ガス工業", "㈱ｶﾞｽ工業", "㈱!"),
            ("株式会社A1", "株式会社Ａ１、株式会社a1", "!、!"),
            ("03-1234-5678", "電話０３―１２３４−５６７８", "電話!"),
            ("サーバー", "サ\u{200b}ーバ—", "!"),
            ("Tanaka", "TANAKAPrint", "!Print"),
            ("(株)乙", "㈱乙", "!"),
            ("乙\u{fe0f}丙", "乙丙丁", "!丁"),
            ("山田", "川田", "川田"),
        ];
        for (value, text, wanted) in table {
            let value = folded(value);
            let needles = Needles::new([(value.as_str(), 0)]);
            let swept = needles.sweep(text).unwrap_or_else(|| text.to_owned());
            assert_eq!(swept.replace(sign(0), "!"), wanted, "{text}");
        }
    }

    #[test]
    fn the_longest_value_wins_and_marks_part() {
        let values = [folded("田中"), folded("田中印刷")];
        let needles = Needles::new(values.iter().map(String::as_str).zip([0, 1]));
        assert_eq!(needles.sweep("田中印刷").as_deref(), Some(sign(1).to_string().as_str()));
        let text = "田|中";
        let letters = letters(text).map(|(place, c)| (place, c.filter(|c| *c != '|')));
        assert!(needles.find(letters).is_empty());
        assert!(Needles::new([]).sweep("田中").is_none());
    }
}
