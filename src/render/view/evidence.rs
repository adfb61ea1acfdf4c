//! The register of evidence (根拠資料台帳) as plain data in one language.

use serde::Serialize;

use super::PlaceView;
use super::maker::Maker;
use crate::case::Case;
use crate::date::Period;
use crate::evaluate::Keep;
use crate::evidence::{Agreement, Assurance, Flaw, Item};
use crate::expression::sentence;
use crate::expression::trace::Step;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::schema::{Field, Kind};

/// One piece of evidence.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    /// Its id.
    pub id: String,
    /// Its number in the register.
    pub number: Option<String>,
    /// What it is called; its id where it has no title.
    pub title: String,
    /// The kind's word.
    pub kind: Option<String>,
    /// What the kind is called.
    pub kind_title: Option<String>,
    /// What a certificate or test covers.
    pub scope: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// On whose side the issuer stands.
    pub issuer_side: Option<String>,
    /// When it was issued.
    pub issued_on: Option<String>,
    /// From when it holds.
    pub effective_on: Option<String>,
    /// Until when it holds.
    pub expires_on: Option<String>,
    /// The first day of the period that it is about.
    pub period_from: Option<String>,
    /// The last day of that period.
    pub period_to: Option<String>,
    /// When it was received.
    pub received_on: Option<String>,
    /// Who received it.
    pub received_by: Option<String>,
    /// Original or copy.
    pub form: Option<String>,
    /// The file, below the dossier.
    pub file: Option<String>,
    /// Where a paper is kept.
    pub kept_at: Option<String>,
    /// Until when it is kept.
    pub retain_until: Option<String>,
    /// How it is to be handled.
    pub classification: Option<String>,
    /// The policies that it is about, by id.
    pub policies: Vec<String>,
    /// Who examined it.
    pub examined_by: Option<String>,
    /// On whose side the examiner stands.
    pub examined_side: Option<String>,
    /// When.
    pub examined_on: Option<String>,
    /// How.
    pub examined_how: Option<String>,
    /// On which page.
    pub examined_page: Option<String>,
    /// With what result.
    pub examined_result: Option<String>,
    /// What the examiner remarked.
    pub examined_note: Option<String>,
    /// The digest that was registered.
    pub sha256: Option<String>,
    /// Remarks.
    pub note: Option<String>,
    /// Whether it is intact, in force and examined.
    pub live: bool,
    /// The level that it gives, where it is live.
    pub assurance: Option<Assurance>,
    /// What that level is called, or that it proves nothing and why in a word.
    pub standing: &'static str,
    /// What it shows.
    pub proves: Vec<ClaimView>,
    /// What is wrong with it.
    pub flaws: Vec<FlawView>,
    /// Where its entry stands.
    pub place: PlaceView,
}

/// A fact that a piece of evidence shows.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    /// The fact's path.
    pub path: String,
    /// What the fact is called.
    pub title: String,
    /// The id of the item that it belongs to, where it is of a list.
    pub item: Option<String>,
    /// On which page the material shows it.
    pub page: Option<String>,
    /// The value shown, for people.
    pub value: String,
    /// `proves`, `contradicts` or `not_stated`.
    pub agreement: &'static str,
    /// Where the register says so.
    pub place: PlaceView,
}

/// What is wrong with a piece of evidence.
#[derive(Clone, Debug, Serialize)]
pub struct FlawView {
    /// Its word.
    pub word: &'static str,
    /// In a sentence.
    pub text: String,
    /// In a few words, where the whole piece proves nothing because of it.
    #[serde(skip)]
    pub short: Option<&'static str>,
}

/// The register of a case, in its order.
pub fn register(case: &Case, lang: Lang) -> Vec<EvidenceView> {
    Maker::new(case, lang).evidence(Keep::Everything)
}

impl Maker<'_> {
    /// The register, in its order; where only findings are kept, the pieces with which something is
    /// wrong.
    pub(super) fn evidence(&self, keep: Keep) -> Vec<EvidenceView> {
        let items = self.case.evidence.items().iter();
        let shown = items.filter(|item| keep == Keep::Everything || !item.flaws.is_empty());
        shown.map(|item| self.piece(item)).collect()
    }

    fn piece(&self, item: &Item) -> EvidenceView {
        let entry = Entry { node: &item.entry, field: entry_field(), lang: self.lang };
        let examined = entry.below("examined");
        let live = item.is_live();
        EvidenceView {
            id: item.id.clone(),
            number: entry.text("number"),
            title: entry.text("title").unwrap_or_else(|| item.id.clone()),
            kind: entry.text("kind"),
            kind_title: entry.word("kind"),
            scope: entry.text("scope"),
            author: entry.text("author"),
            issuer: entry.text("issuer"),
            issuer_side: entry.word("issuer_side"),
            issued_on: entry.date("issued_on"),
            effective_on: entry.date("effective_on"),
            expires_on: entry.date("expires_on"),
            period_from: entry.below("period").and_then(|period| period.date("from")),
            period_to: entry.below("period").and_then(|period| period.date("to")),
            received_on: entry.date("received_on"),
            received_by: entry.text("received_by"),
            form: entry.word("form"),
            file: entry.text("file"),
            kept_at: entry.text("kept_at"),
            retain_until: entry.date("retain_until"),
            classification: entry.text("classification"),
            policies: texts(&item.entry, "policies"),
            examined_by: examined.and_then(|examined| examined.text("by")),
            examined_side: examined.and_then(|examined| examined.word("side")),
            examined_on: examined.and_then(|examined| examined.date("on")),
            examined_how: examined.and_then(|examined| examined.word("how")),
            examined_page: examined.and_then(|examined| examined.text("page")),
            examined_result: examined.and_then(|examined| examined.word("result")),
            examined_note: examined.and_then(|examined| examined.text("note")),
            sha256: entry.text("sha256"),
            note: entry.text("note"),
            live,
            assurance: live.then_some(item.assurance),
            standing: standing(item, self.lang),
            proves: item.claims.iter().map(|claim| self.claim(claim)).collect(),
            flaws: item
                .flaws
                .iter()
                .map(|flaw| FlawView {
                    word: flaw.word(),
                    text: self.flaw(flaw),
                    short: flaw.spoils().then(|| self.short_flaw(flaw)),
                })
                .collect(),
            place: self.place(item.span, None),
        }
    }

    fn claim(&self, claim: &crate::evidence::Claim) -> ClaimView {
        let located = self.case.locate(&claim.path);
        ClaimView {
            path: claim.path.to_string(),
            title: self.title_at(&claim.path, &located),
            item: claim.path.steps.iter().rev().find_map(|step| match step {
                Step::Item(id) => Some(id.clone()),
                Step::Field(_) => None,
            }),
            page: claim.page.clone(),
            value: located
                .field
                .map_or_else(String::new, |field| sentence::said(field, &claim.value, self.lang)),
            agreement: match claim.agreement {
                Agreement::Proves => "proves",
                Agreement::Contradicts => "contradicts",
                Agreement::NotStated => "not_stated",
            },
            place: self.place(claim.value.span, None),
        }
    }

    /// What is wrong, in a sentence.
    fn flaw(&self, flaw: &Flaw) -> String {
        let (ja, en) = match flaw {
            Flaw::NoFile => (
                "ファイルも保管場所も記載されていません".to_owned(),
                "neither a file nor a place of keeping is stated".to_owned(),
            ),
            Flaw::Missing => ("ファイルがありません".to_owned(), "the file is not there".to_owned()),
            Flaw::Outside => (
                "ファイルが委託案件のフォルダーの外にあるため、読み込んでいません".to_owned(),
                "the file lies outside the dossier and was not read".to_owned(),
            ),
            Flaw::NotAFile => (
                "ファイルではありません（フォルダー等）".to_owned(),
                "it is no file but a folder or device".to_owned(),
            ),
            Flaw::Unsteady => (
                "読み込みの間にファイルが変更されました".to_owned(),
                "the file changed while it was read".to_owned(),
            ),
            Flaw::Unreadable(words) => {
                (format!("ファイルを読めません（{words}）"), format!("the file cannot be read: {words}"))
            }
            Flaw::NoDigest => (
                "SHA-256の記載がないため、登録後の変更の有無を確かめられません".to_owned(),
                "no SHA-256 is stated, so that a change since registration cannot be ruled out".to_owned(),
            ),
            Flaw::Changed { found } => (
                format!("登録時のファイルと異なります（現在のSHA-256は{found}）"),
                format!("the file is not the one that was registered; its SHA-256 is now {found}"),
            ),
            Flaw::NotYetEffective => (
                "判定基準日には、まだ有効期間が始まっていません".to_owned(),
                "it does not hold yet on the as-of date".to_owned(),
            ),
            Flaw::Expired => (
                "判定基準日には、有効期間が満了しています".to_owned(),
                "it had expired by the as-of date".to_owned(),
            ),
            Flaw::DatedAfter => {
                ("発行日が判定基準日より後です".to_owned(), "it is dated after the as-of date".to_owned())
            }
            Flaw::NotExamined => ("提出あり（内容未確認）".to_owned(), "handed in, not examined".to_owned()),
            Flaw::ExaminedBySupplier => (
                "受託者又は再委託先の者による確認のため、確認として扱いません".to_owned(),
                "it was examined by the contractor's own side, which does not count".to_owned(),
            ),
            Flaw::NotBorneOut => (
                "確認の結果、裏付けを確認できませんでした".to_owned(),
                "it was examined and does not bear out what it is meant to prove".to_owned(),
            ),
            Flaw::ProvesNothing => {
                ("裏付ける事項の記載がありません".to_owned(), "it does not say what it proves".to_owned())
            }
            Flaw::NoSuchFact(path) => {
                (format!("「{path}」という記載事項はありません"), format!("there is no fact `{path}`"))
            }
            Flaw::NoValue(path) => {
                (format!("「{path}」の値の記載がありません"), format!("no value is stated for `{path}`"))
            }
            Flaw::BeforeTheDeed(path) => (
                format!("「{}」（{path}）の日が、資料の発行日又は内容の確認の日より後です", self.title(path)),
                format!(
                    "the day of {} ({path}) is after the day on which it was issued or examined",
                    self.title(path)
                ),
            ),
            Flaw::NotStated(path) => {
                (format!("「{path}」は文書に記載されていません"), format!("no document states `{path}`"))
            }
            Flaw::Contradicts(path) => (
                format!("「{}」（{path}）について、文書の記載と異なる値を示しています", self.title(path)),
                format!("it shows another value of {} ({path}) than the document states", self.title(path)),
            ),
        };
        self.lang.pick(&ja, &en).to_owned()
    }
}

/// How a piece of evidence stands, in a word or two.
fn standing(item: &Item, lang: Lang) -> &'static str {
    if item.is_live() {
        return item.assurance.title(lang);
    }
    let only = |unread: fn(&Flaw) -> bool| item.flaws.iter().filter(|flaw| flaw.spoils()).all(unread);
    match only(|flaw| matches!(flaw, Flaw::NotExamined | Flaw::ExaminedBySupplier)) {
        true => lang.pick("提出あり（内容未確認）", "handed in, not examined"),
        false => lang.pick("根拠とならない", "proves nothing"),
    }
}

/// The field of one entry of the register.
fn entry_field() -> Option<Field> {
    Kind::Evidence.root().property("evidence")?.items()
}

/// An entry with its field, to be read for people.
#[derive(Clone, Copy)]
pub(super) struct Entry<'n> {
    pub(super) node: &'n Node,
    pub(super) field: Option<Field>,
    pub(super) lang: Lang,
}

impl<'n> Entry<'n> {
    pub(super) fn below(self, key: &str) -> Option<Entry<'n>> {
        let field = self.field.and_then(|field| field.property(key));
        Some(Entry { node: self.node.get(key)?, field, lang: self.lang })
    }

    pub(super) fn text(self, key: &str) -> Option<String> {
        self.node.get(key)?.as_text().map(str::to_owned)
    }

    pub(super) fn date(self, key: &str) -> Option<String> {
        let written = self.node.get(key)?.as_text()?;
        Some(Period::parse(written).map_or_else(|| written.to_owned(), |date| date.shown(self.lang)))
    }

    /// What an enum's word is called.
    pub(super) fn word(self, key: &str) -> Option<String> {
        let written = self.node.get(key)?.as_text()?;
        let label = self.field.and_then(|field| field.property(key)?.label(written, self.lang));
        Some(label.unwrap_or(written).to_owned())
    }
}

pub(super) fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
    items.iter().filter_map(|item| item.as_text().map(str::to_owned)).collect()
}
