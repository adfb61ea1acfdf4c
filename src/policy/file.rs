//! A policy as its file writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evidence::Assurance;
use crate::lang::{Lang, Text};
use crate::stage::Stage;

/// `policy/1`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// Kind and format version.
    pub hadome: String,
    /// The id; the file is named after it.
    pub id: String,
    /// The measure it stands for, where that is not its id.
    #[serde(default)]
    pub measure: Option<String>,
    /// What is demanded, as a short noun phrase.
    pub title: Text,
    /// Why: what happened where it was missing.
    pub why: Text,
    /// What to mend.
    pub remedy: Text,
    /// What to ask when it cannot be decided.
    pub question: Text,
    /// Wording for the contract or the special specification.
    pub model_clause: Text,
    /// How much weighs on it.
    pub severity: Severity,
    /// Where it comes from.
    pub basis: Basis,
    /// Ids of laws and standards in the catalogue of references.
    #[serde(default)]
    pub references: Vec<String>,
    /// The stages at which it is judged.
    pub stages: Vec<Stage>,
    /// The numbers and lists it uses.
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// A name and the list whose items it stands for.
    #[serde(default)]
    pub for_each: Option<BTreeMap<String, String>>,
    /// What an empty list means.
    #[serde(default)]
    pub when_empty: Option<WhenEmpty>,
    /// Why an empty list is not applicable.
    #[serde(default)]
    pub when_empty_because: Option<Text>,
    /// When the policy has something to say.
    #[serde(default)]
    pub applies_when: Option<String>,
    /// Whether a waiver can accept that it does not hold.
    #[serde(default = "waivable", skip_serializing_if = "Clone::clone")]
    pub waivable: bool,
    /// What must hold.
    pub require: Vec<Clause>,
}

fn waivable() -> bool {
    true
}

/// One entry of `require`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The id, unique in its policy.
    pub id: String,
    /// Promise, design or deed.
    pub part: Part,
    /// What must hold.
    pub that: String,
    /// What is said of it, where the sentence made of it would be too long to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Text>,
    /// When it must.
    #[serde(default)]
    pub when: Option<String>,
    /// How well the facts that make it true must be proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// How well the facts that make a clause true must be proven.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The least assurance.
    pub least: Assurance,
    /// The kinds of evidence that do; any, where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// The parameter that gives the greatest age at the as-of date, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<String>,
    /// The facts that must be proven, as paths without ids; all of `system` and `records`, where none
    /// is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// The stages at which it is asked for; all but the bid, where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
}

impl Proof {
    /// Whether proof is asked for at a stage; where the stage is not known it is.
    pub fn is_asked(&self, stage: Option<Stage>) -> bool {
        match stage {
            None => true,
            Some(stage) if self.stages.is_empty() => stage != Stage::Bid,
            Some(stage) => self.stages.contains(&stage),
        }
    }
}

/// What a clause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// What is agreed.
    Promise,
    /// What is built.
    Design,
    /// What was done.
    Deed,
}

impl Part {
    /// The word in policy files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Part::Promise => "promise",
            Part::Design => "design",
            Part::Deed => "deed",
        }
    }

    /// What the part is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Part::Promise => ("契約上の定め", "promise"),
            Part::Design => ("仕様", "design"),
            Part::Deed => ("実施", "deed"),
        };
        lang.pick(ja, en)
    }
}

/// How much weighs on a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 低
    Low,
    /// 中
    Medium,
    /// 高
    High,
    /// 重大
    Critical,
}

impl Severity {
    /// From the heaviest on.
    pub const ALL: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

    /// The word in policy files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Critical => "critical",
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
        }
    }

    /// The severity of a word.
    pub fn from_word(word: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.word() == word)
    }

    /// What the severity is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Severity::Critical => ("重大", "critical"),
            Severity::High => ("高", "high"),
            Severity::Medium => ("中", "medium"),
            Severity::Low => ("低", "low"),
        };
        lang.pick(ja, en)
    }
}

/// Where a policy comes from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// How the notices stand behind it.
    pub origin: Origin,
    /// The incidents, by id.
    #[serde(default)]
    pub incidents: Vec<String>,
    /// What the notices say and what they do not, where that needs saying.
    #[serde(default)]
    pub note: Option<Text>,
}

/// How the notices stand behind a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A notice announces the measure, done or planned.
    Announced,
    /// The client ordered or demanded it in a notice.
    Ordered,
    /// No notice announces it, but a stated cause or fact calls for it.
    Derived,
    /// A law or standard, no notice.
    Framework,
}

impl Origin {
    /// The word in policy files.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Announced => "announced",
            Origin::Ordered => "ordered",
            Origin::Derived => "derived",
            Origin::Framework => "framework",
        }
    }

    /// What the origin is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Origin::Announced => ("公表された再発防止策", "announced in a notice"),
            Origin::Ordered => ("委託者が求めた措置", "demanded by the client in a notice"),
            Origin::Derived => ("公表された原因・事実から導いたもの", "derived from stated causes or facts"),
            Origin::Framework => ("法令・基準", "law or standard"),
        };
        lang.pick(ja, en)
    }
}

/// A number or list that a policy uses.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The value: a number, a truth value, a text, or a list of texts.
    pub value: serde_json::Value,
    /// The unit of a number.
    #[serde(default)]
    pub unit: Option<String>,
    /// Where the value comes from.
    pub source: ParameterSource,
    /// Which notice, law or standard, or why the project chose it.
    pub from: Text,
}

/// Where a parameter's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterSource {
    /// A notice names it.
    Notice,
    /// A law names it.
    Law,
    /// A guideline or standard names it.
    Framework,
    /// Nobody names it: the project chose it.
    ProjectDefault,
}

impl ParameterSource {
    /// What the source is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            ParameterSource::Notice => ("公表資料", "notice"),
            ParameterSource::Law => ("法令", "law"),
            ParameterSource::Framework => ("ガイドライン・基準", "guideline or standard"),
            ParameterSource::ProjectDefault => ("本ツールの既定値", "project default"),
        };
        lang.pick(ja, en)
    }
}

/// What a stated empty list means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenEmpty {
    /// 該当なし, with the reason in `when_empty_because`.
    NotApplicable,
    /// An empty list is not credible.
    Undecided,
}
