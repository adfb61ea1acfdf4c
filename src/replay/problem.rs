//! What can be wrong with an incident that fits its schema.

use crate::diagnostic::Explain;
use crate::lang::Lang;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The folder is not named after the incident.
    FolderName {
        /// The folder.
        folder: String,
    },
    /// The as-of date is a month.
    NotADay,
    /// A path that no schema has.
    UnknownPath {
        /// The path as written.
        path: String,
        /// The path up to the word that is wrong, with the nearest known one.
        nearest: Option<String>,
    },
    /// A clause that the policy does not have.
    UnknownClause {
        /// `<policy>/<clause>` as written.
        named: String,
        /// The clauses that the policy has.
        known: Vec<String>,
    },
    /// A measure without clauses that does not say why.
    Uncovered,
    /// A measure that names clauses, is marked as pending or says why it names none: more than one of them.
    CoveredTwice,
    /// A measure that names clauses, and either neither says what it sets nor why nothing, or both.
    SetsOrReason,
    /// A path in `sets` that names no document of the dossier.
    NoSuchDocument {
        /// The path as written.
        path: String,
    },
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::FolderName { .. } => "incident-in-another-folder",
            Problem::NotADay => "replay-without-a-day",
            Problem::UnknownPath { .. } => "unknown-path",
            Problem::UnknownClause { .. } => "no-such-clause",
            Problem::Uncovered => "measure-without-clauses",
            Problem::CoveredTwice => "measure-covered-twice",
            Problem::SetsOrReason => "measure-without-state",
            Problem::NoSuchDocument { .. } => "no-such-document",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::FolderName { folder } => (
                format!("事案のIDがフォルダー名「{folder}」と違います"),
                format!("the incident's id is not the folder's name, `{folder}`"),
            ),
            Problem::NotADay => (
                "再判定の基準日は年月日で書きます".to_owned(),
                "the as-of date of the replay must be a day".to_owned(),
            ),
            Problem::UnknownPath { path, .. } => {
                (format!("「{path}」という記載事項はありません"), format!("there is no fact `{path}`"))
            }
            Problem::UnknownClause { named, .. } => {
                (format!("「{named}」という判定条件はありません"), format!("there is no clause `{named}`"))
            }
            Problem::Uncovered => (
                "措置が満たす判定条件（meets）がありません".to_owned(),
                "the measure names no clause that it meets".to_owned(),
            ),
            Problem::CoveredTwice => (
                "満たす判定条件（meets）、未整備（policy: pending）及び確認項目を結び付けない理由（no_policy_because）は、いずれか一つだけを書きます"
                    .to_owned(),
                "a measure has either `meets`, or `policy: pending`, or `no_policy_because`".to_owned(),
            ),
            Problem::SetsOrReason => (
                "措置後の記載（sets）と記載を変えない理由（sets_nothing_because）は、どちらか一方を書きます"
                    .to_owned(),
                "a measure says either what it `sets`, or why in `sets_nothing_because`".to_owned(),
            ),
            Problem::NoSuchDocument { path } => (
                format!("「{path}」にあたる文書がありません"),
                format!("no document of this dossier belongs to `{path}`"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::UnknownPath { nearest: Some(near), .. } => {
                (format!("「{near}」ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::UnknownPath { nearest: None, .. } => (
                "一覧の中は system.data_stores[].public_access のように [] を付けて書いてください".to_owned(),
                "write items of lists with [], as in system.data_stores[].public_access".to_owned(),
            ),
            Problem::UnknownClause { known, .. } => {
                let known = known.join(", ");
                (format!("この確認項目の判定条件：{known}"), format!("the policy's clauses: {known}"))
            }
            Problem::Uncovered => (
                "確認項目がまだなければ policy: pending と、公表資料の述べ方が一般的で結び付けられなければ no_policy_because に理由を書いてください"
                    .to_owned(),
                "write `policy: pending` while the library has no policy for it, or why none can be named in `no_policy_because`"
                    .to_owned(),
            ),
            Problem::NoSuchDocument { .. } => (
                "contract.、records. 又は system[<システムのID>]. で始めてください".to_owned(),
                "begin with contract., records. or system[<id of the system>].".to_owned(),
            ),
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
