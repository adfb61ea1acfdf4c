//! Why something is not added to a register.

use crate::diagnostic::Explain;
use crate::lang::Lang;
use crate::nearest::nearest;

/// Why something is not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Another entry has the id.
    EntryThere {
        /// The id.
        id: String,
    },
    /// No entry has the id.
    NoEntry {
        /// The id as written.
        id: String,
        /// The nearest known id.
        nearest: Option<String>,
        /// All ids.
        known: Vec<String>,
    },
    /// The key is written already.
    KeyThere {
        /// The entry.
        id: String,
        /// The key.
        key: String,
    },
    /// Wherever it went, something else would change.
    NoSafePlace,
}

impl Problem {
    /// No entry has the id; the nearest one is named.
    pub fn no_entry(id: &str, known: &[&str]) -> Problem {
        let near = nearest(id, known.iter().copied()).map(str::to_owned);
        let known = known.iter().map(|id| (*id).to_owned()).collect();
        Problem::NoEntry { id: id.to_owned(), nearest: near, known }
    }
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::EntryThere { .. } => "entry-there-already",
            Problem::NoEntry { .. } => "no-such-entry",
            Problem::KeyThere { .. } => "key-there-already",
            Problem::NoSafePlace => "no-place-to-add",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::EntryThere { id } => (
                format!("識別子「{id}」は既に台帳にあります"),
                format!("the register already has the id `{id}`"),
            ),
            Problem::NoEntry { id, .. } => {
                (format!("識別子「{id}」は台帳にありません"), format!("the register has no entry `{id}`"))
            }
            Problem::KeyThere { id, key } => (
                format!("「{id}」には既に {key} の記載があります"),
                format!("`{key}` is already written for `{id}`"),
            ),
            Problem::NoSafePlace => (
                "既にある記載を変えずに書き足せる箇所がありません".to_owned(),
                "there is no place to add to without changing what is there".to_owned(),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::EntryThere { .. } => {
                ("--id で別の識別子を指定してください".to_owned(), "give another one with --id".to_owned())
            }
            Problem::NoEntry { nearest: Some(near), .. } => {
                (format!("{near} ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::NoEntry { known, .. } if known.is_empty() => {
                ("台帳に登録されたものはありません".to_owned(), "the register is empty".to_owned())
            }
            Problem::NoEntry { known, .. } => {
                (format!("台帳にある識別子：{}", known.join("、")), format!("its ids: {}", known.join(", ")))
            }
            Problem::KeyThere { .. } => (
                "上書きはしません。改めるときは、台帳を直接編集してください".to_owned(),
                "nothing is overwritten; to change it, edit the register by hand".to_owned(),
            ),
            Problem::NoSafePlace => (
                "次の内容を、台帳に手で書き足してください".to_owned(),
                "add the following to the register by hand".to_owned(),
            ),
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
