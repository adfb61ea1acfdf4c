//! What can be wrong with articles.

use crate::diagnostic::Explain;
use crate::lang::Lang;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// Two articles, or two forms, with one id.
    DoubleId(String),
    /// A policy that stands in two places.
    PlacedTwice(String),
    /// A family that two articles take.
    FamilyTwice(String),
    /// No article, or more than one, for what no article names.
    OneRest,
    /// A brace that is not closed, or a reference to nothing.
    BadReference(String),
    /// A reference to a policy, an article or a form that there is not.
    NoTarget(String),
    /// The two wordings of a text name different things.
    OtherTargets,
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::DoubleId(_) => "duplicate-article",
            Problem::PlacedTwice(_) => "policy-placed-twice",
            Problem::FamilyTwice(_) => "family-placed-twice",
            Problem::OneRest => "no-article-for-the-rest",
            Problem::BadReference(_) => "bad-reference",
            Problem::NoTarget(_) => "dangling-reference",
            Problem::OtherTargets => "references-differ",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::DoubleId(id) => (
                format!("条又は様式の識別子「{id}」が重複しています"),
                format!("two articles or forms have the id `{id}`"),
            ),
            Problem::PlacedTwice(id) => (
                format!("確認項目「{id}」が二か所に置かれています"),
                format!("the policy `{id}` stands in two places"),
            ),
            Problem::FamilyTwice(id) => (
                format!("分野「{id}」が二つの条に置かれています"),
                format!("two articles take the family `{id}`"),
            ),
            Problem::OneRest => (
                "どの条にも挙げられていない確認項目を置く条（rest: true）が一つに定まりません".to_owned(),
                "exactly one article must take the policies that no article names (rest: true)".to_owned(),
            ),
            Problem::BadReference(text) => {
                (format!("引用「{text}」を読み取れません"), format!("the reference `{text}` cannot be read"))
            }
            Problem::NoTarget(name) => {
                (format!("引用先「{name}」がありません"), format!("there is no `{name}` to refer to"))
            }
            Problem::OtherTargets => (
                "日本語の文と英語の文とで、引用先が異なります".to_owned(),
                "the Japanese and the English text refer to different things".to_owned(),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::BadReference(_) => (
                "{SUB-03}、{SUB-03, CON-02}、{article:return} 又は {form:pledge} の形で書いてください",
                "write it as {SUB-03}, {SUB-03, CON-02}, {article:return} or {form:pledge}",
            ),
            Problem::OneRest => {
                ("一つの条に rest: true と書いてください", "write rest: true in one article, and in no other")
            }
            _ => return None,
        };
        Some(lang.pick(ja, en).to_owned())
    }
}
