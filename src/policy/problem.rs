//! What can be wrong with a policy, its cases or a profile.

use crate::article;
use crate::diagnostic::Explain;
use crate::expression;
use crate::lang::Lang;
use crate::obligation;

/// A problem with its place in a policy file.
#[derive(Debug)]
pub struct Fault {
    /// JSON pointer into the file.
    pub pointer: String,
    /// Byte range in the text there, of an expression.
    pub range: Option<std::ops::Range<usize>>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// A condition is wrong.
    Expression(expression::problem::Problem),
    /// An entry of the catalogue of obligations, or the counting rules, are wrong.
    Obligation(obligation::problem::Problem),
    /// The articles of model clauses are wrong.
    Article(article::problem::Problem),
    /// A unit that does not exist.
    UnknownUnit(String),
    /// A parameter whose value is no number, text, truth value or list of them.
    BadParameter(String),
    /// A value for a parameter that the policy does not have.
    NoSuchParameter(String),
    /// A parameter that no condition uses.
    UnusedParameter(String),
    /// `for_each` that is not one name and one list of a document.
    OneBinder,
    /// No clause.
    NoClause,
    /// Two clauses with one id.
    DoubleClause(String),
    /// A clause that reads no fact.
    ReadsNothing(String),
    /// A clause that does not read the item of `for_each`.
    BinderNotRead(String),
    /// `for_each` without `when_empty`.
    EmptyUndecided,
    /// `when_empty: not_applicable` without a reason.
    EmptyReason,
    /// `when_empty` without `for_each`.
    EmptyWithoutList,
    /// Proof of a fact that the clause does not read.
    ProofOfUnreadFact {
        /// The fact as written.
        fact: String,
        /// The facts that the clause reads.
        read: Vec<String>,
    },
    /// Proof where the clause reads nothing of `system` or `records`.
    NothingToProve(String),
    /// A greatest age that is no parameter in months.
    NoAgeParameter(String),
    /// A file whose name or folder is not that of its policy.
    Misplaced {
        /// The path the policy's id asks for.
        wanted: String,
    },
    /// Two policies with one id.
    DoublePolicy(String),
    /// A parameter that stands in a clause's condition and not in its wording, or the other way round.
    Says(String),
    /// A policy id that does not exist.
    UnknownPolicy {
        /// The id as written.
        id: String,
        /// The nearest id.
        nearest: Option<String>,
    },
    /// A reference that the catalogue does not have.
    UnknownReference(String),
    /// A clause id that the policy does not have.
    UnknownClause {
        /// The policy.
        policy: String,
        /// The clause as written.
        clause: String,
    },
    /// A case without what it needs.
    NoCases,
    /// A profile that selects nothing.
    EmptyProfile,
    /// A family without policies.
    UnknownFamily {
        /// The family as written.
        family: String,
        /// The nearest family.
        nearest: Option<String>,
    },
    /// A document that does not fit its typed form.
    Malformed(String),
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::Expression(problem) => problem.code(),
            Problem::Obligation(problem) => problem.code(),
            Problem::Article(problem) => problem.code(),
            Problem::UnknownUnit(_) => "unknown-unit",
            Problem::BadParameter(_) => "bad-parameter",
            Problem::NoSuchParameter(_) => "unknown-parameter",
            Problem::UnusedParameter(_) => "unused-parameter",
            Problem::OneBinder => "bad-for-each",
            Problem::NoClause => "policy-without-clause",
            Problem::DoubleClause(_) => "duplicate-clause",
            Problem::ReadsNothing(_) => "clause-reads-nothing",
            Problem::BinderNotRead(_) => "binder-not-read",
            Problem::EmptyUndecided => "when-empty-missing",
            Problem::EmptyReason => "when-empty-without-reason",
            Problem::EmptyWithoutList => "when-empty-without-list",
            Problem::ProofOfUnreadFact { .. } => "proof-of-unread-fact",
            Problem::NothingToProve(_) => "nothing-to-prove",
            Problem::NoAgeParameter(_) => "bad-proof-age",
            Problem::Says(_) => "wording-without-parameter",
            Problem::Misplaced { .. } => "misplaced-policy",
            Problem::DoublePolicy(_) => "duplicate-policy",
            Problem::UnknownPolicy { .. } => "unknown-policy",
            Problem::UnknownReference(_) => "unknown-reference",
            Problem::UnknownClause { .. } => "unknown-clause",
            Problem::NoCases => "no-cases",
            Problem::EmptyProfile => "empty-profile",
            Problem::UnknownFamily { .. } => "unknown-family",
            Problem::Malformed(_) => "malformed-policy",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::Expression(problem) => return problem.message(lang),
            Problem::Obligation(problem) => return problem.message(lang),
            Problem::Article(problem) => return problem.message(lang),
            Problem::UnknownUnit(word) => {
                (format!("「{word}」という単位はありません"), format!("there is no unit `{word}`"))
            }
            Problem::BadParameter(name) => (
                format!("パラメーター「{name}」の値が数・真偽・文字列・それらの一覧ではありません"),
                format!("the value of parameter `{name}` is no number, truth value, text, or list of them"),
            ),
            Problem::NoSuchParameter(name) => (
                format!("この確認項目に「{name}」というパラメーターはありません"),
                format!("the policy has no parameter `{name}`"),
            ),
            Problem::Says(name) => (
                format!("パラメーター「{name}」は、条件式（that）と言い換え（says）との一方にしかありません"),
                format!("the parameter `{name}` stands in only one of the condition and its wording"),
            ),
            Problem::UnusedParameter(name) => (
                format!("パラメーター「{name}」はどの条件でも使われていません"),
                format!("no condition uses the parameter `{name}`"),
            ),
            Problem::OneBinder => (
                "for_each には名前を一つと、文書の一覧を一つ書きます".to_owned(),
                "for_each wants one name and one list of a document".to_owned(),
            ),
            Problem::NoClause => {
                ("判定条件（require）がありません".to_owned(), "the policy has no clause".to_owned())
            }
            Problem::DoubleClause(id) => {
                (format!("判定条件のID「{id}」が重複しています"), format!("two clauses have the id `{id}`"))
            }
            Problem::ReadsNothing(id) => (
                format!("判定条件「{id}」は記載事項を何も読みません"),
                format!("the clause `{id}` reads no fact"),
            ),
            Problem::BinderNotRead(id) => (
                format!("判定条件「{id}」は for_each の対象を読みません"),
                format!("the clause `{id}` does not read the item of for_each"),
            ),
            Problem::EmptyUndecided => (
                "一覧が空のときの扱い（when_empty）がありません".to_owned(),
                "for_each needs when_empty: what a stated empty list means".to_owned(),
            ),
            Problem::EmptyReason => (
                "when_empty: not_applicable には理由（when_empty_because）が必要です".to_owned(),
                "when_empty: not_applicable needs a reason in when_empty_because".to_owned(),
            ),
            Problem::EmptyWithoutList => (
                "for_each がないのに when_empty があります".to_owned(),
                "when_empty without for_each".to_owned(),
            ),
            Problem::ProofOfUnreadFact { fact, .. } => (
                format!("裏付けを求める「{fact}」を、この判定条件は読みません"),
                format!("the clause does not read `{fact}`, whose proof it demands"),
            ),
            Problem::NothingToProve(id) => (
                format!("判定条件「{id}」は、システム仕様も実施記録も読まないため、裏付けを求められません"),
                format!("the clause `{id}` reads nothing of system or records that could be proven"),
            ),
            Problem::NoAgeParameter(name) => (
                format!("「{name}」という月数のパラメーターはありません"),
                format!("there is no parameter `{name}` in whole months"),
            ),
            Problem::Misplaced { wanted } => (
                "ファイル名又はフォルダーが確認項目のIDと合いません".to_owned(),
                format!("the file's name or folder is not that of its policy; wanted {wanted}"),
            ),
            Problem::DoublePolicy(id) => {
                (format!("確認項目のID「{id}」が重複しています"), format!("two policies have the id `{id}`"))
            }
            Problem::UnknownPolicy { id, .. } => {
                (format!("「{id}」という確認項目はありません"), format!("there is no policy `{id}`"))
            }
            Problem::UnknownReference(id) => (
                format!("根拠「{id}」が一覧（references.yaml）にありません"),
                format!("the catalogue references.yaml has no `{id}`"),
            ),
            Problem::UnknownClause { policy, clause } => (
                format!("確認項目 {policy} に「{clause}」という判定条件はありません"),
                format!("the policy {policy} has no clause `{clause}`"),
            ),
            Problem::NoCases => {
                ("検証例がありません".to_owned(), "there are no cases beside the policy".to_owned())
            }
            Problem::EmptyProfile => (
                "このセットは確認項目を一つも選んでいません".to_owned(),
                "the profile selects no policy".to_owned(),
            ),
            Problem::UnknownFamily { family, .. } => {
                (format!("「{family}」という分野はありません"), format!("there is no family `{family}`"))
            }
            Problem::Malformed(words) => {
                (format!("確認項目として読めません（{words}）"), format!("not a policy: {words}"))
            }
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::Expression(problem) => return problem.advice(lang),
            Problem::Obligation(problem) => return problem.advice(lang),
            Problem::Article(problem) => return problem.advice(lang),
            Problem::UnknownUnit(_) => {
                let words = "days, business_days, hours, minutes, months, years, count, per_year";
                (format!("使える単位：{words}"), format!("units: {words}"))
            }
            Problem::Says(name) => (
                format!("条件式にあるパラメーターは、says の日英両方に {{{name}}} の形で書いてください"),
                format!("write each parameter of the condition into both texts of says, as {{{name}}}"),
            ),
            Problem::UnusedParameter(_) => (
                "params. を付けて条件で使うか、パラメーターを消してください".to_owned(),
                "use it in a condition as params.NAME, or remove it".to_owned(),
            ),
            Problem::NoClause => (
                "require に判定条件を一つ以上書いてください".to_owned(),
                "write at least one clause under require".to_owned(),
            ),
            Problem::EmptyUndecided => (
                "when_empty: undecided、又は理由を添えて when_empty: not_applicable と書いてください"
                    .to_owned(),
                "write when_empty: undecided, or when_empty: not_applicable with its reason".to_owned(),
            ),
            Problem::EmptyProfile => (
                "select の families、policies 及び except を見直してください".to_owned(),
                "look at families, policies and except under select".to_owned(),
            ),
            Problem::UnknownFamily { nearest: Some(near), .. }
            | Problem::UnknownPolicy { nearest: Some(near), .. } => {
                (format!("「{near}」ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::Misplaced { wanted } => {
                (format!("{wanted} に置いてください"), format!("move it to {wanted}"))
            }
            Problem::ProofOfUnreadFact { read, .. } => (
                format!("この判定条件が読む記載：{}", read.join("、")),
                format!("it reads: {}", read.join(", ")),
            ),
            Problem::NoAgeParameter(_) => (
                "parameters に unit: months の値を書いてください".to_owned(),
                "write it under parameters, with unit: months".to_owned(),
            ),
            Problem::BinderNotRead(_) => (
                "対象を読まない条件は別の確認項目に分けてください".to_owned(),
                "put a condition that is not about the item into a policy of its own".to_owned(),
            ),
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}

impl Problem {
    /// What is wrong and what to do, on one line.
    pub fn sentence(&self, lang: Lang) -> String {
        let message = self.message(lang);
        match (self.advice(lang), lang) {
            (None, _) => message,
            (Some(advice), Lang::Ja) => format!("{message}（{advice}）"),
            (Some(advice), Lang::En) => format!("{message} ({advice})"),
        }
    }
}
