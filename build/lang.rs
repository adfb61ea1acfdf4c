//! As much of `src/lang.rs` as policies need to be read and written: there texts are taken from what this
//! script packs.

use serde::{Deserialize, Serialize};

/// A language.
#[derive(Clone, Copy)]
pub enum Lang {
    Ja,
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }
}

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Text {
    ja: String,
    en: String,
}
