//! How people edited a report after it was written. Most fill in blanks; whoever did more must see it.

use crate::lang::Lang;
use crate::render::report;

/// How a text was edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Lines in which blanks were filled in and nothing else was touched.
    pub filled: usize,
    /// Lines that are otherwise not as they were written.
    pub altered: usize,
}

/// The first line that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLine {
    /// Its number, from 1.
    pub line: usize,
    /// As it stands in the filed report; `None` where that has ended.
    pub filed: Option<String>,
    /// As it is made anew; `None` where that has ended.
    pub made: Option<String>,
}

/// What was edited, line by line; `None` where lines were added or taken away, so that none can be told
/// to stand for another.
pub fn edit(written: &str, filed: &str) -> Option<Edit> {
    let (written, filed): (Vec<&str>, Vec<&str>) = (written.lines().collect(), filed.lines().collect());
    if written.len() != filed.len() {
        return None;
    }
    let pairs = written.into_iter().zip(filed).filter(|(written, filed)| written != filed);
    let mut edit = Edit { filled: 0, altered: 0 };
    for (written, filed) in pairs {
        match is_filled(written, filed) {
            true => edit.filled += 1,
            false => edit.altered += 1,
        }
    }
    Some(edit)
}

/// The first line in which two texts differ, of those in which more than blanks were filled in if there
/// is one; `None` where they are the same but for line ends.
pub fn first_line(filed: &str, made: &str) -> Option<FirstLine> {
    let (mut of_filed, mut of_made) = (filed.lines(), made.lines());
    let mut of_blanks = None;
    for line in 1.. {
        let (filed, made) = (of_filed.next(), of_made.next());
        if filed.is_none() && made.is_none() {
            break;
        }
        if filed != made {
            let owned = |line: Option<&str>| line.map(str::to_owned);
            let first = || FirstLine { line, filed: owned(filed), made: owned(made) };
            if !made.zip(filed).is_some_and(|(made, filed)| is_filled(made, filed)) {
                return Some(first());
            }
            of_blanks.get_or_insert_with(first);
        }
    }
    of_blanks
}

/// Whether a row of a table differs in its blanks alone.
fn is_filled(written: &str, filed: &str) -> bool {
    let (written, filed): (Vec<&str>, Vec<&str>) = (written.split('|').collect(), filed.split('|').collect());
    let row = written.len() > 2 && written.len() == filed.len();
    row && written.into_iter().zip(filed).all(|(written, filed)| fills(written, filed))
}

/// Whether a cell is as it was written, or its blanks were replaced by something.
fn fills(written: &str, filed: &str) -> bool {
    let (written, filed) = (written.trim(), filed.trim());
    if written == filed || written.is_empty() {
        return true;
    }
    let blanks = [Lang::Ja, Lang::En].map(report::blank);
    let Some(blank) = blanks.into_iter().find(|blank| written.contains(blank)) else { return false };
    let mut rest = filed;
    let mut fixed = written.split(blank).peekable();
    let Some(first) = fixed.next() else { return false };
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    while let Some(part) = fixed.next() {
        let found = match fixed.peek() {
            None => rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part)),
            Some(_) => rest.find(part),
        };
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Edit, edit, first_line};

    #[test]
    fn blanks_that_are_filled_in_are_told_from_what_was_altered() {
        for (written, filed, want) in [
            ("| 文書番号 | （記入） |", "| 文書番号 | 総情第5号 |", (1, 0)),
            ("| 受託者 | （記入）、法人番号（記入） |", "| 受託者 | 甲社、法人番号1 |", (1, 0)),
            ("| 受託者 | 乙社、法人番号（記入） |", "| 受託者 | 丙社、法人番号1 |", (0, 1)),
            ("| F-1 | 該当 |  |  |", "| F-1 | 該当 | 修正 | 4月 |", (1, 0)),
            ("| F-1 | 該当 |  |  |", "| F-1 | － | 修正 | 4月 |", (0, 1)),
            ("不適合", "適合", (0, 1)),
            ("なし", "指摘なし", (0, 1)),
            ("| a | |", "| a | | b |", (0, 1)),
            ("| n | (to be filled in) |", "| n | 5 |", (1, 0)),
        ] {
            let (filled, altered) = want;
            assert_eq!(edit(written, filed), Some(Edit { filled, altered }), "{written} -> {filed}");
        }
        assert_eq!(edit("a\nb", "a\nx\nb"), None, "a line was added");
    }

    #[test]
    fn the_first_line_that_differs_is_found_also_past_an_end() {
        assert_eq!(first_line("a\r\nb\r\n", "a\nb\n"), None, "line ends alone");
        let row = |cell: &str| format!("| 文書番号 | {cell} |\n174件\n");
        let blank = crate::render::report::blank(crate::lang::Lang::Ja);
        let altered = row("危管第1号").replace("174", "173");
        assert_eq!(first_line(&altered, &row(blank)).expect("a difference").line, 2, "not the blank");
        assert_eq!(first_line(&row("危管第1号"), &row(blank)).expect("a difference").line, 1);
        let first = first_line("a\nb", "a").expect("a difference");
        assert_eq!((first.line, first.filed.as_deref(), first.made), (2, Some("b"), None));
    }
}
