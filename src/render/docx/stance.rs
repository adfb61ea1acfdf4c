//! How a paragraph stands: hanging by the mark at its beginning, or where a letter has it.

/// How a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It hangs by its mark; in halves of a full-width character.
    Hanging {
        /// Where its second line begins.
        left: i32,
        /// How far its first line stands before that.
        hangs: i32,
    },
    /// A date by itself, at the right.
    Date,
    /// A line that ends in a blank to be signed, in the right half.
    Signature,
    /// Anything else.
    Plain,
}

/// Up to so many characters stand before the space of a mark.
const LONGEST: usize = 5;
/// Up to so many characters a date has.
const DATE: usize = 14;

/// How a paragraph of these words stands.
pub fn stance(text: &str) -> Stance {
    let text = text.trim_end_matches(' ');
    if text.ends_with('＿') {
        return Stance::Signature;
    }
    if text.starts_with("令和") && text.ends_with('日') && text.chars().count() <= DATE {
        return Stance::Date;
    }
    let mark = text.split_once('\u{3000}').map(|(mark, _)| mark);
    let Some(mark) = mark.filter(|mark| mark.chars().count() <= LONGEST) else { return Stance::Plain };
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let inner = mark.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let kana = mark.chars().count() == 1 && mark.chars().all(|c| ('ア'..='ン').contains(&c));
    // A digit or a bracket is half as wide as a sign of Japanese.
    let narrow = i32::try_from(mark.len()).unwrap_or_default();
    if digits(mark) {
        Stance::Hanging { left: narrow + 2, hangs: narrow + 2 }
    } else if inner.is_some_and(digits) {
        Stance::Hanging { left: narrow + 4, hangs: narrow + 2 }
    } else if kana {
        Stance::Hanging { left: 8, hangs: 4 }
    } else {
        Stance::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_of_paragraphs_and_items_hang() {
        let hanging = |left, hangs| Stance::Hanging { left, hangs };
        let table = [
            ("2　受託者は", hanging(3, 3)),
            ("12　受託者は", hanging(4, 4)),
            ("(1)　個人情報　をいう", hanging(7, 5)),
            ("ア　個人情報", hanging(8, 4)),
            ("受託者は、", Stance::Plain),
            ("　2　前", Stance::Plain),
            ("受託者　所在地　＿＿＿", Stance::Signature),
            ("令和　　年　　月　　日", Stance::Date),
            ("令和　　年　　月　　日から令和　　年　　月　　日", Stance::Plain),
        ];
        for (text, want) in table {
            assert_eq!(stance(text), want, "{text}");
        }
    }
}
