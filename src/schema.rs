//! The document schemas: the one place that names fields, types, units and their titles.

pub mod bundle;
mod disclosure;
pub mod editor;
mod field;
mod offered;
mod unit;

use serde_json::Value;

use crate::lang::Lang;

pub use disclosure::Disclosure;
pub use field::{Field, Shape};
pub use unit::Unit;

/// The kinds of documents, by the word before the slash of their first key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What is agreed (契約内容).
    Contract,
    /// What is built (システム仕様).
    System,
    /// What was done (実施記録).
    Records,
    /// A recurrence-prevention measure as a rule (確認項目).
    Policy,
    /// The examples that hold a policy to its meaning.
    Cases,
    /// A selection of policies (確認項目セット).
    Profile,
    /// A published notice as facts (事案).
    Incident,
    /// The catalogue of laws and standards.
    References,
    /// The families of policies and their measures.
    Families,
    /// What proves it (根拠資料).
    Evidence,
    /// Approved exceptions (例外措置).
    Waivers,
    /// What a copy for release does not show (不開示の指定).
    Redaction,
    /// Duties with due dates (期日のある義務).
    Obligations,
    /// Counting rules for periods, and holidays (期間の数え方).
    Calendar,
    /// How verdicts and answers of bidders count (評価記号表).
    Marks,
    /// A procurement whose bids are compared (調達案件).
    Tender,
    /// What a bidder offers (提案内容).
    Offer,
    /// What a bidder answered to an inquiry (照会への回答).
    Answers,
    /// The order of model clauses, with their texts and forms (条項例の条立て).
    Articles,
}

impl Kind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Kind; 19] = [
        Kind::Contract,
        Kind::System,
        Kind::Records,
        Kind::Policy,
        Kind::Cases,
        Kind::Profile,
        Kind::Incident,
        Kind::References,
        Kind::Families,
        Kind::Evidence,
        Kind::Waivers,
        Kind::Redaction,
        Kind::Obligations,
        Kind::Calendar,
        Kind::Marks,
        Kind::Tender,
        Kind::Offer,
        Kind::Answers,
        Kind::Articles,
    ];

    /// The word that names the kind in `hadome: <word>/1`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Contract => "contract",
            Kind::System => "system",
            Kind::Records => "records",
            Kind::Policy => "policy",
            Kind::Cases => "cases",
            Kind::Profile => "profile",
            Kind::Incident => "incident",
            Kind::References => "references",
            Kind::Families => "families",
            Kind::Evidence => "evidence",
            Kind::Waivers => "waivers",
            Kind::Redaction => "redaction",
            Kind::Obligations => "obligations",
            Kind::Calendar => "calendar",
            Kind::Marks => "marks",
            Kind::Tender => "tender",
            Kind::Offer => "offer",
            Kind::Answers => "answers",
            Kind::Articles => "articles",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether policies read the kind.
    pub fn is_factual(self) -> bool {
        matches!(self, Kind::Contract | Kind::System | Kind::Records)
    }

    /// Whether the leaves of the kind may carry a `ref`, a conflict or a placeholder.
    pub fn has_leaf_forms(self) -> bool {
        self.is_factual() || self == Kind::Offer
    }

    /// Whether the kind is filled in by people who may not know yet: a placeholder is no statement.
    pub fn takes_placeholders(self) -> bool {
        self.is_of_dossier() || matches!(self, Kind::Offer | Kind::Answers)
    }

    /// Whether the kind is a document of a dossier, in which a placeholder is no statement.
    pub fn is_of_dossier(self) -> bool {
        self.is_factual() || matches!(self, Kind::Evidence | Kind::Waivers)
    }

    /// What the kind is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Kind::Contract => ("契約内容", "contract"),
            Kind::System => ("システム仕様", "system specification"),
            Kind::Records => ("実施記録", "records"),
            Kind::Policy => ("確認項目", "policy"),
            Kind::Cases => ("確認項目の検証例", "cases"),
            Kind::Profile => ("確認項目セット", "profile"),
            Kind::Incident => ("事案", "incident"),
            Kind::References => ("法令・基準の一覧", "catalogue of references"),
            Kind::Families => ("分野の一覧", "catalogue of families"),
            Kind::Evidence => ("根拠資料", "evidence"),
            Kind::Waivers => ("例外措置", "waivers"),
            Kind::Redaction => ("不開示の指定", "rules of redaction"),
            Kind::Obligations => ("義務の一覧", "catalogue of obligations"),
            Kind::Calendar => ("期間の数え方", "counting rules"),
            Kind::Marks => ("評価記号表", "table of marks"),
            Kind::Tender => ("調達案件", "tender"),
            Kind::Offer => ("提案内容", "offer"),
            Kind::Answers => ("照会への回答", "answers"),
            Kind::Articles => ("条項例の条立て", "articles of model clauses"),
        };
        lang.pick(ja, en)
    }

    /// The text of the schema file.
    pub fn source(self) -> &'static str {
        match self {
            Kind::Contract => include_str!("../schemas/contract.json"),
            Kind::System => include_str!("../schemas/system.json"),
            Kind::Records => include_str!("../schemas/records.json"),
            Kind::Policy => include_str!("../schemas/policy.json"),
            Kind::Cases => include_str!("../schemas/cases.json"),
            Kind::Profile => include_str!("../schemas/profile.json"),
            Kind::Incident => include_str!("../schemas/incident.json"),
            Kind::References => include_str!("../schemas/references.json"),
            Kind::Families => include_str!("../schemas/families.json"),
            Kind::Evidence => include_str!("../schemas/evidence.json"),
            Kind::Waivers => include_str!("../schemas/waivers.json"),
            Kind::Redaction => include_str!("../schemas/redaction.json"),
            Kind::Obligations => include_str!("../schemas/obligations.json"),
            Kind::Calendar => include_str!("../schemas/calendar.json"),
            Kind::Marks => include_str!("../schemas/marks.json"),
            Kind::Tender => include_str!("../schemas/tender.json"),
            Kind::Offer => include_str!("../schemas/offer.json"),
            Kind::Answers => include_str!("../schemas/answers.json"),
            Kind::Articles => include_str!("../schemas/articles.json"),
        }
    }

    /// The whole schema file, for those who read it.
    pub fn full(self) -> Value {
        let mut schema = parse(self.source());
        offered::complete(&mut schema, |kind| {
            Kind::from_word(kind).map_or(Value::Null, |kind| parse(kind.source()))
        });
        schema
    }
}

/// The whole file of the shared definitions.
pub fn full_common() -> Value {
    parse(include_str!("../schemas/common.json"))
}

fn parse(source: &str) -> Value {
    // The files are compiled in and a test parses each, so this cannot fail in a built program.
    serde_json::from_str(source).unwrap_or_default()
}
