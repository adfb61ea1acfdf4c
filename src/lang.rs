//! The two languages in which every text for people exists.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A language of messages and reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Japanese, the language of most users and the default.
    #[default]
    Ja,
    /// English.
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

    /// The language's code, as in file names and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }
}

/// One text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The Japanese wording.
    pub ja: Arc<str>,
    /// The English wording.
    pub en: Arc<str>,
}

impl Text {
    /// The wording in one language, shared.
    pub fn shared(&self, lang: Lang) -> Arc<str> {
        match lang {
            Lang::Ja => self.ja.clone(),
            Lang::En => self.en.clone(),
        }
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }
}
