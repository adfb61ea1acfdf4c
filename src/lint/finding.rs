//! What an author should look at again, in both languages.

use crate::diagnostic::Explain;
use crate::lang::Lang;
use crate::policy::file::ParameterSource;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A policy without cases, by its id.
    NoCases(String),
    /// Cases without a policy, by its id.
    NoPolicy(String),
    /// A clause that no case fails, as policy and clause.
    NeverFails(String),
    /// A clause that no case leaves open, as policy and clause.
    NeverOpen(String),
    /// A text of the skeleton.
    NotWritten,
    /// The clause of the skeleton.
    ClauseNotWritten,
    /// A text that is blank in a language.
    Empty(Lang),
    /// A text that is the same in both languages.
    Untranslated,
    /// A Japanese text without a kana or kanji.
    NotJapanese,
    /// An English text with a Japanese sign.
    NotEnglish(char),
    /// A provision that nobody has read, stated as fact.
    Unverified {
        /// The provision as the text names it.
        provision: String,
        /// The references that it means.
        references: Vec<String>,
    },
    /// A parameter whose source the policy does not name.
    NoSource {
        /// The parameter.
        name: String,
        /// What its source is said to be.
        source: ParameterSource,
    },
    /// A number in a condition.
    BareNumber(String),
    /// A parameter whose value its source does not give.
    OtherNumber {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
        /// The numbers that the source gives.
        named: Vec<String>,
    },
    /// `applies_when` that is never true.
    NeverApplies,
    /// A clause whose `when` is never true.
    NeverJudged(String),
    /// A clause that nothing meets.
    NeverMet(String),
    /// A clause that is met whatever is stated.
    AlwaysMet(String),
    /// A clause that fails only where another fails.
    Repeats {
        /// The clause.
        clause: String,
        /// The other one.
        by: String,
    },
}

impl Explain for Finding {
    fn code(&self) -> &'static str {
        match self {
            Finding::NoCases(_) => "policy-without-cases",
            Finding::NoPolicy(_) => "cases-without-policy",
            Finding::NeverFails(_) => "clause-never-fails",
            Finding::NeverOpen(_) => "clause-never-undecided",
            Finding::NotWritten => "text-to-write",
            Finding::ClauseNotWritten => "clause-to-write",
            Finding::Empty(_) => "text-missing",
            Finding::Untranslated => "text-untranslated",
            Finding::NotJapanese => "text-not-japanese",
            Finding::NotEnglish(_) => "text-not-english",
            Finding::Unverified { .. } => "unverified-reference",
            Finding::NoSource { .. } => "parameter-without-source",
            Finding::BareNumber(_) => "number-without-source",
            Finding::OtherNumber { .. } => "number-not-of-source",
            Finding::NeverApplies => "policy-never-applies",
            Finding::NeverJudged(_) => "clause-never-judged",
            Finding::NeverMet(_) => "clause-never-met",
            Finding::AlwaysMet(_) => "clause-always-met",
            Finding::Repeats { .. } => "clause-repeats",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Finding::NoCases(id) => {
                (format!("{id}: 検証例がありません"), format!("{id}: there are no cases"))
            }
            Finding::NoPolicy(id) => (
                format!("{id}: 検証例がありますが、確認項目がありません"),
                format!("{id}: there are cases, but no such policy"),
            ),
            Finding::NeverFails(id) => {
                (format!("{id}: 不適合となる検証例がありません"), format!("{id}: no case fails this clause"))
            }
            Finding::NeverOpen(id) => (
                format!("{id}: 未確認となる検証例がありません"),
                format!("{id}: no case leaves this clause undecided"),
            ),
            Finding::NotWritten => (
                "ひな形のままで、まだ記入されていません".to_owned(),
                "this is still to be written".to_owned(),
            ),
            Finding::ClauseNotWritten => (
                "ひな形の判定条件のままで、まだ記入されていません".to_owned(),
                "this is still the clause of the skeleton".to_owned(),
            ),
            Finding::Empty(Lang::Ja) => {
                ("日本語の文がありません".to_owned(), "the Japanese text is blank".to_owned())
            }
            Finding::Empty(Lang::En) => {
                ("英語の文がありません".to_owned(), "the English text is blank".to_owned())
            }
            Finding::Untranslated => {
                ("日本語と英語が同じ文です".to_owned(), "the text is the same in both languages".to_owned())
            }
            Finding::NotJapanese => (
                "ja の文に仮名も漢字もありません".to_owned(),
                "the text under ja has no Japanese character".to_owned(),
            ),
            Finding::NotEnglish(sign) => (
                format!("en の文に日本語の文字「{sign}」があります"),
                format!("the text under en has the Japanese character {sign}"),
            ),
            Finding::Unverified { provision, references } => (
                format!("未確認の根拠（{}）の {provision} を事実として記載しています", references.join("、")),
                format!("{provision} is stated as fact, but nobody has read it ({})", references.join(", ")),
            ),
            Finding::NoSource { name, source } => (
                format!(
                    "パラメーター「{name}」の出どころが{}とされていますが、この確認項目に記載がありません",
                    source.title(Lang::Ja)
                ),
                format!(
                    "the source of the parameter `{name}` is a {}, but the policy names none",
                    source.title(Lang::En)
                ),
            ),
            Finding::BareNumber(number) => (
                format!("条件式の中の数 {number} の出どころが分かりません"),
                format!("nothing says where the number {number} in this condition comes from"),
            ),
            Finding::OtherNumber { name, value, named } => (
                format!(
                    "パラメーター「{name}」の値 {value} が、出どころの説明にある数（{}）と一致しません",
                    named.join("、")
                ),
                format!(
                    "the parameter `{name}` is {value}, but its source is said to give {}",
                    named.join(", ")
                ),
            ),
            Finding::NeverApplies => (
                "applies_when がどのような記載でも真になりません".to_owned(),
                "applies_when is true for no document".to_owned(),
            ),
            Finding::NeverJudged(id) => (
                format!("判定条件「{id}」は、どのような記載でも判定されません"),
                format!("the clause `{id}` is never judged"),
            ),
            Finding::NeverMet(id) => (
                format!("判定条件「{id}」は、どのような記載でも満たされません"),
                format!("nothing can meet the clause `{id}`"),
            ),
            Finding::AlwaysMet(id) => (
                format!("判定条件「{id}」は、どのような記載でも偽になりません"),
                format!("the clause `{id}` can never be false"),
            ),
            Finding::Repeats { clause, by } => (
                format!("判定条件「{clause}」が偽となるときは、必ず「{by}」も偽となります"),
                format!("where the clause `{clause}` is false, `{by}` is false too"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Finding::NoCases(id) => (
                format!("同じフォルダーに {id}.cases.yaml を作成してください"),
                format!("write {id}.cases.yaml beside the policy"),
            ),
            Finding::NoPolicy(_) => (
                "確認項目を作成するか、policy のIDを直してください".to_owned(),
                "write the policy, or mend the id under policy".to_owned(),
            ),
            Finding::NeverFails(_) => (
                "この判定条件だけを満たさない検証例（want: fail）を追加してください".to_owned(),
                "add a case in which this clause alone is not met (want: fail)".to_owned(),
            ),
            Finding::NeverOpen(_) => (
                "この判定条件に必要な記載がない検証例（want: undecided）を追加してください".to_owned(),
                "add a case in which what this clause reads is not stated (want: undecided)".to_owned(),
            ),
            Finding::NotWritten => (
                "すぐ上の説明に従って記入し、TODO を消してください".to_owned(),
                "write it as the comment above says, and remove TODO".to_owned(),
            ),
            Finding::ClauseNotWritten => (
                "IDを付け、part、that 及び検証例を書き換えてください".to_owned(),
                "give it an id, and write its part, its condition and its cases".to_owned(),
            ),
            Finding::Empty(_) | Finding::Untranslated => (
                "同じ内容を日本語と英語の両方で書いてください".to_owned(),
                "say the same in Japanese and in English".to_owned(),
            ),
            Finding::NotJapanese => ("日本語で書いてください".to_owned(), "write it in Japanese".to_owned()),
            Finding::NotEnglish(_) => {
                ("英語の文字と記号だけで書いてください".to_owned(), "write it in English alone".to_owned())
            }
            Finding::Unverified { .. } => (
                "原典を確かめて references.yaml の seen を改めるか、条番号を書かないでください".to_owned(),
                "read the provision and mend `seen` in references.yaml, or leave its number out".to_owned(),
            ),
            Finding::NoSource { source: ParameterSource::Notice, .. } => (
                "basis.incidents に事案を書くか、source を project_default としてください".to_owned(),
                "name the incident under basis.incidents, or write source: project_default".to_owned(),
            ),
            Finding::NoSource { .. } => (
                "references に根拠を書くか、source を project_default としてください".to_owned(),
                "name the law or standard under references, or write source: project_default".to_owned(),
            ),
            Finding::BareNumber(_) => (
                "parameters に移し、出どころ（source、from）を書いてください".to_owned(),
                "move it to parameters and say where it comes from (source, from)".to_owned(),
            ),
            Finding::OtherNumber { .. } => (
                "値を出どころの数に合わせるか、その数から値を定めた理由とともに value の数を from に書いてください"
                    .to_owned(),
                "use the source's number, or say in `from` how the value follows from it, with the value".to_owned(),
            ),
            Finding::NeverApplies => (
                "条件の組合せと stages を見直してください".to_owned(),
                "look at the conditions and at stages".to_owned(),
            ),
            Finding::NeverJudged(_) => (
                "when を applies_when 及び stages と照らして直すか、判定条件を削除してください".to_owned(),
                "mend `when` against applies_when and stages, or remove the clause".to_owned(),
            ),
            Finding::NeverMet(_) => (
                "互いに矛盾する条件を直してください".to_owned(),
                "mend the conditions that contradict each other".to_owned(),
            ),
            Finding::AlwaysMet(_) => (
                "偽となる記載がある条件に直すか、判定条件を削除してください".to_owned(),
                "write a condition that some document fails, or remove the clause".to_owned(),
            ),
            Finding::Repeats { .. } => (
                "どちらか一方を削除するか、別の条件に直してください".to_owned(),
                "remove one of the two, or let it demand something else".to_owned(),
            ),
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
