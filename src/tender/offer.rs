//! What a bidder answers to the requirements.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::schema::{Field, Kind};

/// The answer of a bidder to one requirement.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Answer {
    /// Its id in the list.
    pub id: String,
    /// The policy that is answered.
    pub policy: String,
    /// When and in which way it is delivered; `None` where nobody answered.
    pub delivery: Option<Delivery>,
    /// How it is done.
    pub how: Option<How>,
    /// What is not in the price offered, in yen without tax.
    pub extra_cost_yen: Option<i64>,
    /// The day or month by which it is done, as written.
    pub by: Option<String>,
    /// The page of the proposal.
    pub page: Option<i64>,
    /// The paper that shows it.
    pub paper: Option<String>,
    /// What else there is to say.
    pub remark: Option<String>,
}

/// When and in which way a requirement is delivered. A fact, never a plain yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It is there (対応済み).
    Existing,
    /// It will be there when the service starts.
    ByStart,
    /// It costs extra (オプション).
    Option,
    /// Something else does its work (代替案).
    Alternative,
    /// It is not offered (対応不可).
    None,
}

/// How a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By a standard function.
    Standard,
    /// By a setting.
    Setting,
    /// By customisation.
    Customise,
    /// By operation in place of a function.
    Operation,
    /// Not at all.
    None,
}

impl Delivery {
    /// Every answer.
    pub const ALL: [Delivery; 5] =
        [Delivery::Existing, Delivery::ByStart, Delivery::Option, Delivery::Alternative, Delivery::None];

    /// The schema's word.
    pub fn word(self) -> &'static str {
        match self {
            Delivery::Existing => "existing",
            Delivery::ByStart => "by_start",
            Delivery::Option => "option",
            Delivery::Alternative => "alternative",
            Delivery::None => "none",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        field("delivery").and_then(|field| field.label(self.word(), lang)).unwrap_or(self.word())
    }
}

impl How {
    /// The schema's word.
    pub fn word(self) -> &'static str {
        match self {
            How::Standard => "standard",
            How::Setting => "setting",
            How::Customise => "customise",
            How::Operation => "operation",
            How::None => "none",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        field("how").and_then(|field| field.label(self.word(), lang)).unwrap_or(self.word())
    }
}

/// Whether a fact, as a path of the schemas with `[]` at items, is the bidder's to state.
pub fn is_bidders(path: &str) -> bool {
    let offered = Kind::Offer.root().property("contract");
    path.split('.').next() == Some("system") || is_below(path, offered)
}

/// Whether a fact of the contract, as such a path, is the client's to state, and no bidder's.
pub fn is_clients(path: &str) -> bool {
    is_below(path, Some(Kind::Contract.root())) && !is_bidders(path)
}

/// Whether a path of the contract leads to a field below this one.
fn is_below(path: &str, root: Option<Field>) -> bool {
    let mut steps = path.split('.').map(|step| step.trim_end_matches("[]"));
    let found = steps.next().filter(|word| *word == "contract").and_then(|_| {
        steps.try_fold(root, |field, step| {
            let field = field?;
            Some(field.property(step).or_else(|| field.items()?.property(step)))
        })
    });
    found.flatten().is_some()
}

/// A field of an answer in the offer's schema.
pub fn field(name: &str) -> Option<Field> {
    Kind::Offer.root().property("requirements")?.items()?.property(name)
}
