//! What the person who files a report says of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PartyStyle;

/// What the person who files the report says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filing {
    /// A title in place of the usual one.
    pub title: Option<String>,
    /// The document number (文書番号).
    pub doc_number: Option<String>,
    /// To whom it goes (宛先).
    pub to: Option<String>,
    /// Who wrote it (作成者).
    pub author: Option<String>,
    /// The day on which it was written (作成日).
    pub date: Option<NaiveDate>,
    /// The posts that approve it (決裁欄).
    pub approval: Vec<String>,
    /// How it is to be handled (取扱区分).
    pub classification: Option<String>,
    /// How long it is kept (保存期限).
    pub retention: Option<String>,
    /// How the parties are called in model clauses.
    pub party_style: PartyStyle,
    /// Whether publishers of notices are named.
    pub cite_publishers: bool,
}
