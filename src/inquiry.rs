//! The answer sheet of an inquiry: its columns, which the letter writes and the import reads back.

pub mod read;

use crate::lang::Lang;

/// Where it stands, the questions begin.
pub const QUESTIONS: &str = "hadome:inquiry/1";

/// Where it stands, the particulars of the letter begin.
pub const LETTER: &str = "hadome:letter/1";

/// Before the name of a file of the bid.
pub const BID: &str = "bid:";

/// Before the number of a row that asks.
pub const ASK: &str = "ask:";

/// A row of the sheet itself: a title, a heading, a question above the rows that ask.
pub const FRAME: &str = "form";

/// The sheet that only the program reads.
pub const META: &str = "_hadome";

/// A column of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// What the row is; only the program reads it.
    Row,
    /// 番号
    Number,
    /// 要件
    Requirement,
    /// 対象
    Target,
    /// 提案書の箇所
    Place,
    /// 照会事項
    Question,
    /// 回答
    Answer,
    /// Unit or choices.
    Form,
    /// 根拠資料
    Paper,
    /// 頁
    Page,
    /// 回答者
    Responder,
    /// 回答日
    Date,
    /// The path of the fact.
    Fact,
    /// The policy's id.
    Policy,
    /// The target's path.
    TargetPath,
}

/// The columns in their order.
pub const COLUMNS: [Key; 15] = [
    Key::Row,
    Key::Number,
    Key::Requirement,
    Key::Target,
    Key::Place,
    Key::Question,
    Key::Answer,
    Key::Form,
    Key::Paper,
    Key::Page,
    Key::Responder,
    Key::Date,
    Key::Fact,
    Key::Policy,
    Key::TargetPath,
];

impl Key {
    /// The word by which the import knows the column, wherever it stands.
    pub fn word(self) -> &'static str {
        match self {
            Key::Row => QUESTIONS,
            Key::Number => "number",
            Key::Requirement => "requirement",
            Key::Target => "target_title",
            Key::Place => "place",
            Key::Question => "question",
            Key::Answer => "answer",
            Key::Form => "form",
            Key::Paper => "paper",
            Key::Page => "page",
            Key::Responder => "responder",
            Key::Date => "date",
            Key::Fact => "fact",
            Key::Policy => "policy",
            Key::TargetPath => "target",
        }
    }

    /// What stands over the column.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Key::Number => lang.pick("番号", "no."),
            Key::Requirement => lang.pick("要件", "requirement"),
            Key::Target => lang.pick("対象", "target"),
            Key::Place => lang.pick("仕様書又は提案書の箇所", "place in specification or proposal"),
            Key::Question => lang.pick("照会事項", "question"),
            Key::Answer => lang.pick("回答", "answer"),
            Key::Form => lang.pick("単位・選択肢", "unit, choices"),
            Key::Paper => lang.pick("根拠資料", "paper"),
            Key::Page => lang.pick("頁", "page"),
            Key::Responder => lang.pick("回答者", "responder"),
            Key::Date => lang.pick("回答日", "date"),
            Key::Row | Key::Fact | Key::Policy | Key::TargetPath => self.word(),
        }
    }

    /// Whether only the program reads the column.
    pub fn is_hidden(self) -> bool {
        matches!(self, Key::Row | Key::Fact | Key::Policy | Key::TargetPath)
    }

    /// The width in half-width characters.
    pub fn width(self) -> f64 {
        match self {
            Key::Number | Key::Page => 7.0,
            Key::Requirement => 30.0,
            Key::Question => 56.0,
            Key::Answer => 22.0,
            Key::Form | Key::Place => 20.0,
            _ => 14.0,
        }
    }
}
