//! The stage of a contract on a day.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// The fields of a contract's term that say when it really ends: the first that is written holds.
pub const END_OF_TERM: [&str; 3] = ["terminated_on", "extended_to", "end"];

/// Where a contract stands; it follows from its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Before the contract is signed.
    Bid,
    /// Signed, the service not yet started.
    Build,
    /// The service runs.
    Running,
    /// The contract has ended.
    Ended,
}

impl Stage {
    /// The words in policies and on the command line.
    pub const WORDS: [&'static str; 4] = ["bid", "build", "running", "ended"];

    /// The stages in their order.
    pub const ALL: [Stage; 4] = [Stage::Bid, Stage::Build, Stage::Running, Stage::Ended];

    /// The word in policies and on the command line.
    pub fn word(self) -> &'static str {
        Stage::WORDS[self as usize]
    }

    /// The stage of a word.
    pub fn from_word(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// What the stage is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Stage::Bid => ("調達中", "bid"),
            Stage::Build => ("構築中", "build"),
            Stage::Running => ("履行中", "running"),
            Stage::Ended => ("契約終了後", "ended"),
        };
        lang.pick(ja, en)
    }
}
