//! The mark at the beginning of a paragraph, by which it hangs.

/// How a paragraph hangs, in full-width characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hanging {
    /// Where its second line begins.
    pub left: i32,
    /// How far its first line stands before that.
    pub hangs: i32,
}

/// Up to so many characters stand before the space of a mark.
const LONGEST: usize = 5;

/// Of a paragraph that begins with a mark and an ideographic space; `None` without one.
pub fn hanging(text: &str) -> Option<Hanging> {
    let (mark, _) = text.split_once('\u{3000}')?;
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let inner = mark.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let kana = |c: char| ('ア'..='ン').contains(&c);
    if mark.chars().count() > LONGEST {
        None
    } else if digits(mark) {
        // A number of one digit is half as wide as a sign of Japanese.
        Some(Hanging { left: 2, hangs: 2 })
    } else if inner.is_some_and(digits) {
        Some(Hanging { left: 3, hangs: 2 })
    } else if mark.chars().count() == 1 && mark.chars().all(kana) {
        Some(Hanging { left: 4, hangs: 2 })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_of_paragraphs_and_items_hang() {
        let table = [
            ("2　受託者は", Some((2, 2))),
            ("12　受託者は", Some((2, 2))),
            ("(1)　個人情報　をいう", Some((3, 2))),
            ("ア　個人情報", Some((4, 2))),
            ("受託者は、", None),
            ("受託者　所在地", None),
            ("令和　　年　　月　　日", None),
            ("　2　前", None),
        ];
        for (text, want) in table {
            let want = want.map(|(left, hangs)| Hanging { left, hangs });
            assert_eq!(hanging(text), want, "{text}");
        }
    }
}
