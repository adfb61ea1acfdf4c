//! What in an answer sheet cannot be read, and what was read in a way that somebody should know of.

use crate::lang::Lang;
use crate::schema::Unit;

/// Why a cell cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A formula.
    Formula,
    /// An error such as `#REF!`.
    CellError,
    /// A time, or a day that does not exist.
    Time,
    /// Neither yes nor no.
    YesNo,
    /// None of these words.
    Words(Vec<String>),
    /// A sign that may mean one thing or another.
    Ambiguous,
    /// No number, or one with another unit.
    Number(Option<Unit>),
    /// Not a whole number.
    Whole,
    /// No day or month.
    Date,
    /// A text where another cell of the row decides.
    NoInput,
    /// Cells of several rows joined.
    Merged(String),
    /// The same row is there already, at that place.
    Twice(String),
    /// The row says nothing of what it answers.
    NoKey,
    /// A row or column that this version does not know.
    UnknownKey,
    /// No id that can stand in a path.
    Id,
    /// `none` was ticked, and items are listed.
    NoneAndItems,
    /// The documents would not take it, in these words.
    Refused([String; 2]),
    /// No such sheet in the workbook.
    NoForm,
    /// No letter of inquiry in the workbook.
    NoLetter,
    /// A column that the program needs is gone.
    NoColumn(String),
}

/// A cell that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The sheet and the cell, as `要件適合表!G12`; the sheet alone, or nothing, where it is no cell.
    pub place: String,
    /// What stands there.
    pub found: String,
    /// Why it cannot be read.
    pub why: Why,
}

impl Unread {
    /// What was found and what is wanted, without the place.
    pub fn message(&self, lang: Lang) -> String {
        let found = shortened(&self.found);
        match lang {
            Lang::Ja => self.ja(&found),
            Lang::En => self.en(&found),
        }
    }

    fn ja(&self, found: &str) -> String {
        match &self.why {
            Why::Formula => {
                format!("数式（{found}）は読みません。計算も実行もしていません。値を記入してください")
            }
            Why::CellError => format!("エラー値「{found}」です。値を記入してください"),
            Why::Time => {
                format!("日付として読めない値（{found}）です。令和9年4月1日のように記入してください")
            }
            Why::YesNo => format!("「{found}」を読めません（はい・いいえのいずれかを記入してください）"),
            Why::Words(words) => {
                format!("「{found}」を読めません（次のいずれかを記入してください：{}）", words.join("、"))
            }
            Why::Ambiguous => format!(
                "「{found}」は、オプション（別料金）か代替案で対応かを区別できません。どちらかを記入してください"
            ),
            Why::Number(Some(unit)) if !unit.with("", Lang::Ja).is_empty() => format!(
                "「{found}」を数として読めません（単位は「{}」です。数だけを記入してください）",
                unit.with("", Lang::Ja)
            ),
            Why::Number(_) => format!("「{found}」を数として読めません（数だけを記入してください）"),
            Why::Whole => format!("「{found}」は整数ではありません（整数を記入してください）"),
            Why::Date => format!(
                "「{found}」を日付として読めません（令和9年4月1日、2027-04-01又は2027-04のように記入してください）"
            ),
            Why::NoInput => format!("「{found}」：この欄には記入できません。備考欄に記入してください"),
            Why::Merged(area) => format!(
                "複数の行にわたって結合されたセル（{area}）です。どの行の回答か分からないため、結合を解除し、行ごとに記入してください（「{found}」）"
            ),
            Why::Twice(first) => format!(
                "同じ行が {first} にもあります。行の複製を削除し、一つだけ残してください（「{found}」）"
            ),
            Why::NoKey => {
                format!("「{found}」：この行がどの要件への回答か分かりません。元からある行に記入してください")
            }
            Why::UnknownKey => format!(
                "「{found}」を知りません。同じ版の hadome questionnaire export で作成した様式を使ってください"
            ),
            Why::Id => format!(
                "「{found}」は識別子として使えません（英小文字、数字及びハイフン）。空欄にすると自動で付けます"
            ),
            Why::NoneAndItems => {
                format!(
                    "該当なし（{found}）とされていますが、一覧に記入があります。どちらかを削除してください"
                )
            }
            Why::Refused([ja, _]) => format!("「{found}」：{ja}"),
            Why::NoForm => {
                "hadome questionnaire export で作成した様式ではありません（要件適合表のシートがありません）"
                    .to_owned()
            }
            Why::NoLetter => {
                "hadome inquiry が作成した照会書ではありません（照会事項のシートがありません）".to_owned()
            }
            Why::NoColumn(column) => format!(
                "様式の列（{column}）がありません。列を削除せずに記入した様式を送り返してもらってください"
            ),
        }
    }

    fn en(&self, found: &str) -> String {
        match &self.why {
            Why::Formula => {
                format!(
                    "a formula ({found}) is not read, and was neither calculated nor run; write the value"
                )
            }
            Why::CellError => format!("an error value ({found}); write the value"),
            Why::Time => format!("`{found}` is no day; write it as 2027-04-01"),
            Why::YesNo => format!("`{found}` cannot be read; write yes or no"),
            Why::Words(words) => format!("`{found}` cannot be read; write one of: {}", words.join(" / ")),
            Why::Ambiguous => {
                format!("`{found}` may be an option at extra cost or an alternative; write which")
            }
            Why::Number(unit) => {
                let unit = unit.map(|unit| unit.with("", Lang::En)).filter(|unit| !unit.trim().is_empty());
                let unit = unit.map(|unit| format!(" of{unit}")).unwrap_or_default();
                format!("`{found}` cannot be read as a number{unit}; write the number alone")
            }
            Why::Whole => format!("`{found}` is not a whole number"),
            Why::Date => format!("`{found}` is no date; write it as 2027-04-01 or 2027-04"),
            Why::NoInput => format!("`{found}`: nothing can be written here; use the remark"),
            Why::Merged(area) => format!(
                "merged cells over several rows ({area}): split them and write an answer in each row (`{found}`)"
            ),
            Why::Twice(first) => {
                format!("the same row is at {first} too; delete the copy and leave one (`{found}`)")
            }
            Why::NoKey => {
                format!("`{found}`: nothing says what this row answers; write in the rows that were there")
            }
            Why::UnknownKey => {
                format!("`{found}` is not known; use a form that this version of hadome exported")
            }
            Why::Id => format!(
                "`{found}` cannot be an id (lower-case letters, digits, hyphens); left blank, one is made"
            ),
            Why::NoneAndItems => {
                format!("ticked as none ({found}), and yet items are listed; delete one of them")
            }
            Why::Refused([_, en]) => format!("`{found}`: {en}"),
            Why::NoForm => {
                "not a form of hadome questionnaire export: there is no sheet of requirements".to_owned()
            }
            Why::NoLetter => "not a letter of hadome inquiry: there is no sheet of questions".to_owned(),
            Why::NoColumn(column) => {
                format!("the column `{column}` of the form is gone; ask for a complete form")
            }
        }
    }
}

/// Something that was read, or left alone, in a way that somebody should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The sheet and the cell, or the sheet alone.
    pub place: String,
    /// What stands there.
    pub found: String,
    /// What became of it.
    pub about: About,
}

/// What a note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A column that was added: nothing is read from it.
    ExtraColumn,
    /// A sheet that was added: nothing is read from it.
    ExtraSheet,
    /// A text outside the rows of the form.
    ExtraRow,
    /// A word taken for the wording of a term without a number.
    Wording,
    /// A word that says that nothing is stated yet.
    Placeholder,
    /// 対応可 and the like, taken for a promise by the start of the service.
    Capable,
    /// The column that is the client's.
    ClientsColumn,
}

impl Note {
    /// What became of it, for people, without the place.
    pub fn message(&self, lang: Lang) -> String {
        let found = shortened(&self.found);
        match (self.about, lang) {
            (About::ExtraColumn, Lang::Ja) => format!("様式にない列「{found}」は読んでいません"),
            (About::ExtraColumn, Lang::En) => format!("nothing is read from the added column `{found}`"),
            (About::ExtraSheet, Lang::Ja) => format!("様式にないシート「{found}」は読んでいません"),
            (About::ExtraSheet, Lang::En) => format!("nothing is read from the added sheet `{found}`"),
            (About::ExtraRow, Lang::Ja) => format!("様式の行でないところの「{found}」は読んでいません"),
            (About::ExtraRow, Lang::En) => {
                format!("`{found}` stands outside the rows of the form and is not read")
            }
            (About::Wording, Lang::Ja) => {
                format!("「{found}」を、数値による期限等の定めのない文言として読みました")
            }
            (About::Wording, Lang::En) => format!("`{found}` is taken for a wording without a number"),
            (About::Placeholder, Lang::Ja) => format!("「{found}」は、記載なしとして扱います"),
            (About::Placeholder, Lang::En) => format!("`{found}` counts as not stated"),
            (About::Capable, Lang::Ja) => {
                format!(
                    "「{found}」を「稼働時までに対応」として読みました（対応済みであれば、その旨の記入が必要です）"
                )
            }
            (About::Capable, Lang::En) => format!(
                "`{found}` is taken for \"by the start of service\"; what exists already must be said to exist"
            ),
            (About::ClientsColumn, Lang::Ja) => format!("発注者確認欄の「{found}」は読んでいません"),
            (About::ClientsColumn, Lang::En) => {
                format!("`{found}` stands in the client's column and is not read")
            }
        }
    }
}

fn shortened(found: &str) -> String {
    let one_line: String = found.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.chars().count() > 80 {
        true => one_line.chars().take(79).chain(['…']).collect(),
        false => one_line,
    }
}
