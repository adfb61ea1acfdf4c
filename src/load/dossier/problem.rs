//! What can be wrong with the files of a dossier, each with its sentences.

use crate::diagnostic::Explain;
use crate::lang::Lang;

/// What is wrong with the files of a dossier.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A file could not be read.
    Unreadable(String),
    /// A link leads out of the dossier.
    LeadsOut,
    /// Both `system.yaml` and `systems/`.
    TwoSystems,
    /// More files in `systems/` than are read.
    TooManySystems {
        /// How many there are.
        found: usize,
        /// How many are read.
        most: usize,
    },
    /// A document of ours under a name that is not read.
    StrayDocument {
        /// The name that would be read.
        wanted: &'static str,
    },
    /// A document with a second ending, which many a system hides.
    HiddenEnding,
    /// No document at all.
    NoDocument,
    /// A bid without one of its documents.
    NoBidDocument(&'static str),
    /// A tender without the draft of its contract.
    NoDraft,
    /// A document of a dossier that has no place in a bid.
    NotInABid(&'static str),
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::Unreadable(_) => "unreadable-file",
            Problem::LeadsOut => "link-out-of-dossier",
            Problem::TwoSystems => "two-places-for-systems",
            Problem::TooManySystems { .. } => "too-many-systems",
            Problem::StrayDocument { .. } => "stray-document",
            Problem::HiddenEnding => "hidden-ending",
            Problem::NoDocument => "no-document",
            Problem::NoBidDocument(_) => "no-bid-document",
            Problem::NoDraft => "no-draft-contract",
            Problem::NotInABid(_) => "not-in-a-bid",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::Unreadable(words) => {
                (format!("ファイルを読めません（{words}）"), format!("the file cannot be read: {words}"))
            }
            Problem::LeadsOut => (
                "リンクの先が委託案件のフォルダーの外にあります".to_owned(),
                "the link leads out of the dossier".to_owned(),
            ),
            Problem::TwoSystems => (
                "system.yaml と systems フォルダーの両方があります".to_owned(),
                "both system.yaml and the folder systems are there".to_owned(),
            ),
            Problem::TooManySystems { found, most } => (
                format!("systems フォルダーに文書が{found}件あります（上限{most}件）"),
                format!("the folder systems holds {found} documents (at most {most} are read)"),
            ),
            Problem::StrayDocument { .. } => (
                "このファイル名の文書は読み込まれません".to_owned(),
                "a document under this file name is not read".to_owned(),
            ),
            Problem::HiddenEnding => (
                "名前が「.txt」で終わるため、この文書は読み込まれません".to_owned(),
                "the name ends in .txt, so that this document is not read".to_owned(),
            ),
            Problem::NoDocument => (
                "contract.yaml も system.yaml もありません".to_owned(),
                "there is neither contract.yaml nor system.yaml".to_owned(),
            ),
            Problem::NoBidDocument(file) => {
                (format!("提案の {file} がありません"), format!("the bid has no {file}"))
            }
            Problem::NoDraft => (
                "契約書案（contract.yaml）がありません".to_owned(),
                "there is no draft contract (contract.yaml)".to_owned(),
            ),
            Problem::NotInABid(name) => (
                format!("{name} は、提案のフォルダーには置けません"),
                format!("{name} has no place in the folder of a bid"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::LeadsOut => (
                "ファイルを委託案件のフォルダーの中に置いてください".to_owned(),
                "put the file itself into the dossier".to_owned(),
            ),
            Problem::TwoSystems => (
                "システムが一つなら system.yaml、複数なら systems/ だけにしてください".to_owned(),
                "keep system.yaml for one system, or systems/ for several".to_owned(),
            ),
            Problem::TooManySystems { .. } => (
                "委託案件を分け、それぞれのフォルダーに置いてください".to_owned(),
                "split the dossier, each part in a folder of its own".to_owned(),
            ),
            Problem::StrayDocument { wanted } => (
                format!("{wanted} という名前にするか、フォルダーの外に移してください"),
                format!("name it {wanted}, or move it out of the folder"),
            ),
            Problem::HiddenEnding => (
                "名前の末尾の「.txt」を除いてください（エクスプローラーの「表示」で「ファイル名拡張子」を表示すると確かめられます）"
                    .to_owned(),
                "take .txt off its name (file managers may hide it until they are told to show endings)".to_owned(),
            ),
            Problem::NoBidDocument(file) => (
                format!(
                    "応札者から受け取った {file} を置いてください（要件適合表からは hadome questionnaire import で作成できます）"
                ),
                format!(
                    "put the bidder's {file} there; hadome questionnaire import makes it from the answer sheet"
                ),
            ),
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
