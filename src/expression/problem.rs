//! What can be wrong with an expression, found when its policy is loaded.

use super::parse::Unread;
use super::types::Type;
use crate::diagnostic::Explain;
use crate::lang::Lang;

/// A problem and the term it is about.
#[derive(Debug)]
pub struct At {
    /// The parser's number of the term; `None` for the whole expression.
    pub term: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

impl From<Unread> for At {
    fn from(unread: Unread) -> Self {
        let problem = match unread {
            Unread::Syntax(words) => Problem::Syntax(words),
            Unread::TooLong(bytes) => Problem::TooLong(bytes),
            Unread::TooManySigns(signs) => Problem::TooManySigns(signs),
        };
        At { term: None, problem }
    }
}

/// What exists, listed where something else was written.
pub const SUPPORTED: &str = "&& || ! ?: == != < <= > >= in + - * / % [] , has(x.y) stated(x) date('2024-04-01') \
    days(n) size(x) x.all(i, ...) x.exists(i, ...) x.exists_one(i, ...) x.filter(i, ...) x.map(i, ...) \
    t.startsWith(t) t.endsWith(t) t.contains(t) t.matches(t)";

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// It cannot be parsed; the parser's words.
    Syntax(String),
    /// It is longer than is read; the length in bytes.
    TooLong(usize),
    /// It has more operators, selections and brackets than are read; their number.
    TooManySigns(usize),
    /// A part of CEL that is left out here.
    Unsupported(String),
    /// A name that is not in scope.
    UnknownName {
        /// The name.
        name: String,
        /// The nearest name in scope.
        nearest: Option<String>,
    },
    /// A field that the schema does not have.
    UnknownField {
        /// The field as written.
        name: String,
        /// What it was looked for in.
        on: String,
        /// The nearest field there.
        nearest: Option<String>,
    },
    /// A function that does not exist.
    UnknownFunction(String),
    /// An operator between types that do not go together.
    Types {
        /// The operator or function.
        operator: String,
        /// The types it was given, in Japanese.
        ja: Vec<String>,
        /// The types it was given, in English.
        en: Vec<String>,
    },
    /// A word that an enum does not have.
    NotAWord {
        /// The word as written.
        word: String,
        /// The words that exist.
        words: Vec<&'static str>,
    },
    /// Two numbers of different units.
    Units(&'static str, &'static str),
    /// An expression that gives something else than is wanted here.
    NotWanted {
        /// What is wanted.
        wanted: Type,
        /// What it gives.
        found: Type,
    },
    /// A condition that gives no truth value.
    NotACondition {
        /// What it gives, in Japanese.
        ja: String,
        /// What it gives, in English.
        en: String,
    },
    /// A date that does not exist.
    NotADate(String),
    /// A pattern that does not compile.
    BadPattern(String),
    /// A division by a literal zero.
    DivisionByZero,
    /// An index that no list has.
    BadIndex(i64),
    /// `stated` or `has` of something that is no field.
    NotAField(&'static str),
    /// A result that rests on something being absent.
    RestsOnAbsence(String),
    /// `has` in more combinations than are tried out.
    TooManyAlternatives,
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::Syntax(_) => "expression-syntax",
            Problem::TooLong(_) => "expression-too-long",
            Problem::TooManySigns(_) => "expression-too-deep",
            Problem::Unsupported(_) => "expression-unsupported",
            Problem::UnknownName { .. } => "unknown-name",
            Problem::UnknownField { .. } => "unknown-field",
            Problem::UnknownFunction(_) => "unknown-function",
            Problem::Types { .. } => "type-mismatch",
            Problem::NotAWord { .. } => "impossible-enum-value",
            Problem::Units(..) => "unit-mismatch",
            Problem::NotACondition { .. } => "not-a-condition",
            Problem::NotWanted { .. } => "wrong-type-of-expression",
            Problem::NotADate(_) => "impossible-date-literal",
            Problem::BadPattern(_) => "bad-pattern",
            Problem::DivisionByZero => "division-by-zero",
            Problem::BadIndex(_) => "impossible-index",
            Problem::NotAField(_) => "not-a-field",
            Problem::RestsOnAbsence(_) => "rests-on-absence",
            Problem::TooManyAlternatives => "too-many-alternatives",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::Syntax(words) => (
                format!("条件式の書き方が正しくありません（{words}）"),
                format!("the expression cannot be read: {words}"),
            ),
            Problem::TooLong(bytes) => (
                format!("条件式が長すぎます（{bytes}バイト）"),
                format!("the expression is too long ({bytes} bytes)"),
            ),
            Problem::TooManySigns(signs) => (
                format!("条件式の演算子、項目の指定及び括弧が多すぎます（{signs}個）"),
                format!("the expression has too many operators, selections and brackets ({signs})"),
            ),
            Problem::Unsupported(what) => (
                format!("この書き方は条件式では使えません：{what}"),
                format!("{what} is not part of the supported expressions"),
            ),
            Problem::UnknownName { name, .. } => {
                (format!("「{name}」という名前はありません"), format!("there is no name `{name}`"))
            }
            Problem::UnknownField { name, on, .. } => {
                (format!("{on} に「{name}」という項目はありません"), format!("`{on}` has no field `{name}`"))
            }
            Problem::UnknownFunction(name) => {
                (format!("「{name}」という関数はありません"), format!("there is no function `{name}`"))
            }
            Problem::Types { operator, ja, en } => (
                format!("「{operator}」は {} には使えません", ja.join(" と ")),
                format!("`{operator}` does not work on {}", en.join(" and ")),
            ),
            Problem::NotAWord { word, .. } => (
                format!("「{word}」は選択肢にありません"),
                format!("`{word}` is not one of the field's words"),
            ),
            Problem::Units(left, right) => (
                format!("単位が異なります（{left} と {right}）"),
                format!("different units: {left} and {right}"),
            ),
            Problem::NotACondition { ja, en } => (
                format!("真偽となる式が必要ですが、{ja}になっています"),
                format!("a condition must give a truth value; this gives {en}"),
            ),
            Problem::NotWanted { wanted, found } => (
                format!(
                    "{}となる式が必要ですが、{}になっています",
                    wanted.shown(Lang::Ja),
                    found.shown(Lang::Ja)
                ),
                format!("{} is wanted; this gives {}", wanted.shown(Lang::En), found.shown(Lang::En)),
            ),
            Problem::NotADate(text) => {
                (format!("「{text}」という日付はありません"), format!("`{text}` is no date"))
            }
            Problem::BadPattern(words) => (
                format!("正規表現が正しくありません（{words}）"),
                format!("the pattern does not compile: {words}"),
            ),
            Problem::DivisionByZero => ("0で割っています".to_owned(), "division by zero".to_owned()),
            Problem::BadIndex(index) => {
                (format!("番号 {index} の要素はありません"), format!("no list has an item {index}"))
            }
            Problem::NotAField(function) => (
                format!("{function}(...) には項目を書いてください"),
                format!("{function}(...) wants a field"),
            ),
            Problem::RestsOnAbsence(field) => (
                format!("「{field}」の記載がないことだけで結果が決まります"),
                format!("the result would rest on the absence of `{field}`"),
            ),
            Problem::TooManyAlternatives => (
                "has(...) の組合せが多すぎて確かめられません".to_owned(),
                "too many combinations of has(...) to examine".to_owned(),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::UnknownName { nearest: Some(near), .. }
            | Problem::UnknownField { nearest: Some(near), .. } => {
                (format!("「{near}」ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::UnknownName { .. } => (
                "使える名前は contract, system, records, params, as_of, stage と for_each の名前です"
                    .to_owned(),
                "names in scope: contract, system, records, params, as_of, stage and the name of for_each"
                    .to_owned(),
            ),
            Problem::Unsupported(_) | Problem::UnknownFunction(_) => {
                (format!("使えるもの：{SUPPORTED}"), format!("what exists: {SUPPORTED}"))
            }
            Problem::NotAWord { words, .. } => {
                let words = words.join(", ");
                (format!("選択肢：{words}"), format!("the words are: {words}"))
            }
            Problem::RestsOnAbsence(_) => (
                "has(x) ? xの条件 : 別の記載の条件 のように、別の記載で判定してください".to_owned(),
                "let another field decide instead: has(x) ? condition on x : condition on the other field"
                    .to_owned(),
            ),
            Problem::NotADate(_) => {
                ("2024-04-01 の形で書いてください".to_owned(), "write it as 2024-04-01".to_owned())
            }
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
