//! How the cells of an answer sheet are known again: the names of rows and columns that only the program reads.

use crate::schema::{Field, Kind};

/// Where it stands, a sheet of requirements begins.
pub const REQUIREMENTS: &str = "hadome:questionnaire/1";
/// Behind it follows the path of the list that a sheet holds.
pub const LIST: &str = "hadome:list/1:";
/// Where it stands, the particulars of the form begin.
pub const FORM: &str = "hadome:form/1";
/// Before the id of a policy, in the row of a requirement.
pub const POLICY: &str = "policy:";
/// Before a path, in the row of a fact.
pub const FACT: &str = "fact:";
/// Where it stands, the sheet that says how to fill in the others begins.
pub const GUIDE: &str = "hadome:guide/1";
/// A row of the form itself: a title, a heading, the heads of columns.
pub const FRAME: &str = "form";
/// The sheet of the words of drop-downs.
pub const WORDS: &str = "_words";
/// The column of a list's sheet in which [`NONE`] is ticked: that of the ids.
pub const TICK: &str = "id";
/// The row of a list's items where a bidder says that there are none.
pub const NONE: &str = "none";
/// A row for an item of a list.
pub const ITEM: &str = "item";

/// The columns of a sheet of requirements, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What the row is about; only the program reads it.
    Key,
    /// 番号
    Number,
    /// 分野
    Family,
    /// 要件
    Requirement,
    /// 必須・任意
    Class,
    /// 配点
    Points,
    /// 回答
    Answer,
    /// 単位
    Unit,
    /// 対応方法
    How,
    /// 追加費用（円）
    Cost,
    /// 対応時期
    By,
    /// 提案書の頁
    Page,
    /// 根拠資料
    Paper,
    /// 備考
    Remark,
    /// 記入例・選択肢
    Example,
    /// 発注者確認欄
    Check,
}

impl Column {
    /// All columns in their order.
    pub const ALL: [Column; 16] = [
        Column::Key,
        Column::Number,
        Column::Family,
        Column::Requirement,
        Column::Class,
        Column::Points,
        Column::Answer,
        Column::Unit,
        Column::How,
        Column::Cost,
        Column::By,
        Column::Page,
        Column::Paper,
        Column::Remark,
        Column::Example,
        Column::Check,
    ];

    /// The columns that a bidder fills in.
    pub const INPUT: [Column; 7] =
        [Column::Answer, Column::How, Column::Cost, Column::By, Column::Page, Column::Paper, Column::Remark];

    /// The name in the row that only the program reads.
    pub fn word(self) -> &'static str {
        match self {
            Column::Key => REQUIREMENTS,
            Column::Number => "number",
            Column::Family => "family",
            Column::Requirement => "requirement",
            Column::Class => "class",
            Column::Points => "points",
            Column::Answer => "answer",
            Column::Unit => "unit",
            Column::How => "how",
            Column::Cost => "extra_cost_yen",
            Column::By => "by",
            Column::Page => "page",
            Column::Paper => "paper",
            Column::Remark => "remark",
            Column::Example => "example",
            Column::Check => "check",
        }
    }
}

/// The columns beside the fields in the sheet of a list.
pub const ITEM_PAGE: &str = "page";
/// As above.
pub const ITEM_REMARK: &str = "remark";

/// The field of a path that bidders state: `system.auth.mfa.admin`, `contract.subcontractors[]`,
/// `offer.bidder.name`. The terms offered go by the path that they have in the contract.
pub fn field(path: &str) -> Option<Field> {
    let mut steps = path.split('.');
    let root = match steps.next()? {
        "system" => Kind::System.root(),
        "contract" => Kind::Offer.root().property("contract")?,
        "offer" => Kind::Offer.root(),
        _ => return None,
    };
    steps.try_fold(root, |field, step| match step.strip_suffix("[]") {
        Some(list) => field.property(list)?.items(),
        None => field.property(step),
    })
}

/// The field below an item's.
pub fn below(item: Field, path: &str) -> Option<Field> {
    path.split('.').try_fold(item, |field, step| field.property(step))
}
