//! The sentences of a problem with a file: a code, a message and an advice.

use std::borrow::Cow;

use crate::diagnostic::Explain;
use crate::lang::Lang;

/// A problem whose code and sentences are made together.
pub trait Worded: std::fmt::Debug + Send + Sync {
    /// Its code and sentences.
    fn words(&self) -> Words;
}

impl<T: Worded> Explain for T {
    fn code(&self) -> &'static str {
        self.words().code
    }

    fn message(&self, lang: Lang) -> String {
        self.words().message(lang)
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        self.words().advice(lang)
    }
}

/// A problem's code and sentences, each in Japanese and English.
pub struct Words {
    /// The stable code.
    pub code: &'static str,
    message: [String; 2],
    advice: [Cow<'static, str>; 2],
}

impl Words {
    /// The sentences of one problem; empty advice is none.
    pub fn new<A: Into<Cow<'static, str>>>(
        code: &'static str,
        ja: impl Into<String>,
        en: impl Into<String>,
        advice: [A; 2],
    ) -> Self {
        Words { code, message: [ja.into(), en.into()], advice: advice.map(Into::into) }
    }

    /// The message in one language.
    pub fn message(self, lang: Lang) -> String {
        let [ja, en] = self.message;
        match lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// The advice in one language, if there is any.
    pub fn advice(&self, lang: Lang) -> Option<String> {
        let advice = lang.pick(&self.advice[0], &self.advice[1]);
        (!advice.is_empty()).then(|| advice.to_owned())
    }
}
