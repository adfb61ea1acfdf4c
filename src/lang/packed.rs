//! The texts of the built-in library, which lie in the program one behind the other.

use super::Lang;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// All wordings: of each text the Japanese, then the English one.
static ALL: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));

/// Whether there is a text of that number.
pub(super) fn exists(number: u16) -> bool {
    usize::from(number) < ENDS.len() / 2
}

/// The wording of a text in one language; empty where there is no such text.
pub(super) fn wording(number: u16, lang: Lang) -> &'static str {
    let at = usize::from(number) * 2 + lang as usize;
    let end = |at: usize| ENDS.get(at).map_or(0, |end| *end as usize);
    let start = at.checked_sub(1).map_or(0, end);
    ALL.get(start..end(at)).unwrap_or_default()
}
