//! Why a workbook cannot be read.

use crate::lang::Lang;

/// What is wrong with a file that was given as a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The system cannot read it, in its words.
    Unreadable(String),
    /// A folder.
    Folder,
    /// Nothing in it.
    Empty,
    /// Past the limit of a file's bytes.
    FileTooLarge {
        /// The limit.
        limit: usize,
    },
    /// Encrypted with a password.
    Protected,
    /// The format that Excel wrote until 2003.
    Xls,
    /// The binary format of Excel.
    Xlsb,
    /// The format of LibreOffice.
    Ods,
    /// A table as text, such as CSV.
    PlainText,
    /// No workbook.
    NotAWorkbook,
    /// With macros.
    Macros,
    /// Too many files packed in it.
    TooManyParts {
        /// The limit.
        limit: usize,
    },
    /// It unpacks to more than it may.
    UnpacksTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Too many sheets.
    TooManySheets {
        /// The limit.
        limit: usize,
    },
    /// Too many cells in a sheet.
    TooManyCells {
        /// The sheet.
        sheet: String,
        /// The limit.
        limit: usize,
    },
    /// A part that cannot be read.
    Damaged {
        /// The part or the sheet.
        part: String,
        /// In the reader's words.
        words: String,
    },
}

impl Problem {
    /// What was found and what to do, for people.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.ja(),
            Lang::En => self.en(),
        }
    }

    fn ja(&self) -> String {
        let save = "ExcelブックのXLSX形式（.xlsx）で保存し直してください";
        match self {
            Problem::Unreadable(words) => format!("ファイルを読めません（{words}）"),
            Problem::Folder => "フォルダーです。ブック（.xlsx）のファイルを指定してください".to_owned(),
            Problem::Empty => "空のファイルです。送付の途中で失われていないか確かめてください".to_owned(),
            Problem::FileTooLarge { limit } => {
                format!(
                    "ファイルの大きさが上限（{}）を超えています。画像等を除いてください",
                    mebibytes(*limit)
                )
            }
            Problem::Protected => {
                "パスワードで暗号化されたブックです。パスワードを外して保存し直してください".to_owned()
            }
            Problem::Xls => format!("Excel 97-2003形式（.xls）のブックです。{save}"),
            Problem::Xlsb => format!("バイナリ形式（.xlsb）のブックです。{save}"),
            Problem::Ods => format!("OpenDocument形式（.ods等）の文書です。{save}"),
            Problem::PlainText => format!("ブックではなく、文字だけのファイル（CSV等）です。{save}"),
            Problem::NotAWorkbook => format!("ブックとして読めるファイルではありません。{save}"),
            Problem::Macros => format!("マクロを含むブックです。マクロは実行しません。マクロを除き、{save}"),
            Problem::TooManyParts { limit } => {
                format!("ブックに含まれる部品が上限（{limit}件）を超えています")
            }
            Problem::UnpacksTooLarge { limit } => format!(
                "ブックを展開した大きさが上限（{}）を超えています。使っていない行、列、シート及び画像を削除してください",
                mebibytes(*limit)
            ),
            Problem::TooManySheets { limit } => format!("シートの数が上限（{limit}枚）を超えています"),
            Problem::TooManyCells { sheet, limit } => format!(
                "シート「{sheet}」のセルの数が上限（{limit}個）を超えています。書式だけが設定された空の行及び列を削除してください"
            ),
            Problem::Damaged { part, words } => {
                format!("ブックが壊れています（{part}：{words}）。Excelで開いて保存し直してください")
            }
        }
    }

    fn en(&self) -> String {
        let save = "save it as an Excel workbook (.xlsx)";
        match self {
            Problem::Unreadable(words) => format!("the file cannot be read: {words}"),
            Problem::Folder => "a folder; name the file of a workbook (.xlsx)".to_owned(),
            Problem::Empty => "the file is empty; see whether it was lost on its way".to_owned(),
            Problem::FileTooLarge { limit } => {
                format!("the file is larger than {}; take out pictures and the like", mebibytes(*limit))
            }
            Problem::Protected => {
                "the workbook is encrypted with a password; remove the password and save it again".to_owned()
            }
            Problem::Xls => format!("a workbook of Excel 97-2003 (.xls); {save}"),
            Problem::Xlsb => format!("a binary workbook (.xlsb); {save}"),
            Problem::Ods => format!("an OpenDocument file (.ods); {save}"),
            Problem::PlainText => format!("plain text such as CSV, no workbook; {save}"),
            Problem::NotAWorkbook => format!("not a workbook; {save}"),
            Problem::Macros => {
                format!("a workbook with macros, which are never run; remove them and {save}")
            }
            Problem::TooManyParts { limit } => format!("the workbook is made of more than {limit} parts"),
            Problem::UnpacksTooLarge { limit } => format!(
                "the workbook unpacks to more than {}; delete unused rows, columns, sheets and pictures",
                mebibytes(*limit)
            ),
            Problem::TooManySheets { limit } => format!("the workbook has more than {limit} sheets"),
            Problem::TooManyCells { sheet, limit } => format!(
                "sheet `{sheet}` has more than {limit} cells; delete empty rows and columns that only have a format"
            ),
            Problem::Damaged { part, words } => {
                format!("the workbook is damaged ({part}: {words}); open it in Excel and save it again")
            }
        }
    }
}

fn mebibytes(bytes: usize) -> String {
    format!("{} MiB", bytes / (1024 * 1024))
}
