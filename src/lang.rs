//! The two languages in which every text for people exists.

mod packed;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
#[derive(Clone)]
pub struct Text(Wordings);

/// Where the wordings stand.
#[derive(Clone)]
enum Wordings {
    /// In the program, by number.
    Packed(u16),
    /// In a file that was read.
    Written(Arc<Written>),
}

/// A text as files write it.
#[derive(Default, Deserialize, Serialize)]
struct Written {
    ja: Cow<'static, str>,
    en: Cow<'static, str>,
}

impl Text {
    /// The wording in one language, to keep.
    pub fn kept(&self, lang: Lang) -> Cow<'static, str> {
        match &self.0 {
            Wordings::Packed(number) => packed::wording(*number, lang).into(),
            Wordings::Written(_) => self.get(lang).to_owned().into(),
        }
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match &self.0 {
            Wordings::Packed(number) => packed::wording(*number, lang),
            Wordings::Written(written) => lang.pick(&written.ja, &written.en),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Text(Wordings::Written(Arc::default()))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        [Lang::Ja, Lang::En].into_iter().all(|lang| self.get(lang) == other.get(lang))
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entry(&self.get(Lang::Ja)).entry(&self.get(Lang::En)).finish()
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { ja: self.kept(Lang::Ja), en: self.kept(Lang::En) }.serialize(serializer)
    }
}

/// From both wordings, or from the number of a packed text.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ja and en")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text, E> {
        let number = u16::try_from(number).ok().filter(|number| packed::exists(*number));
        number.map(|number| Text(Wordings::Packed(number))).ok_or_else(|| E::custom("no such text"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
        let written = Written::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Text(Wordings::Written(Arc::new(written))))
    }
}
