//! Evidence (根拠資料): what proves a stated fact, how well, and what keeps a piece from proving anything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::date::Period;
use crate::expression::evaluate::reliance::Fact;
use crate::expression::trace::FactPath;
use crate::lang::Lang;
use crate::load::tree::{Node, Span};

/// How well a fact is proven (確認の程度), weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Assurance {
    /// 申告のみ: the document says so.
    Declared,
    /// 受託者資料により確認: examined material of the contractor's own says so.
    Documented,
    /// 発注者・第三者等の資料により確認: examined material of someone else says so.
    Verified,
}

impl Assurance {
    /// From the strongest on.
    pub const ALL: [Assurance; 3] = [Assurance::Verified, Assurance::Documented, Assurance::Declared];

    /// The word in policy files, cases and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Assurance::Declared => "declared",
            Assurance::Documented => "documented",
            Assurance::Verified => "verified",
        }
    }

    /// What the level is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Assurance::Declared => ("申告のみ", "declared only"),
            Assurance::Documented => ("受託者資料により確認", "documented by the contractor"),
            Assurance::Verified => {
                ("発注者・第三者等の資料により確認", "verified by the client or a third party")
            }
        };
        lang.pick(ja, en)
    }
}

/// The evidence of a dossier.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The pieces, in the order of the register.
    items: Vec<Item>,
    /// Which claims of which pieces are about a fact, by their numbers, for the many look-ups of a
    /// report; made when first asked for.
    index: OnceLock<HashMap<FactPath, Vec<(usize, usize)>>>,
    /// The same by where the facts stand, in order, for the many look-ups of a judgement.
    places: OnceLock<Vec<(Span, usize, usize)>>,
    /// The facts that something contradicts.
    contested: OnceLock<HashSet<FactPath>>,
    /// How well paths are proven by fiat, where a policy is tried on its cases.
    pub given: BTreeMap<String, Given>,
}

/// How well a case says that a path is proven.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The level.
    pub level: Assurance,
    /// The kind of evidence; any, where the case does not say.
    pub kind: Option<String>,
    /// When it was issued; old enough for nothing and young enough for all, where it does not say.
    pub issued_on: Option<Period>,
}

/// One piece of evidence.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Where its id stands.
    pub span: Span,
    /// The entry of the register as written, for what is shown of it.
    pub entry: Node,
    /// What kind of evidence it is.
    pub kind: Option<String>,
    /// When it was issued.
    pub issued_on: Option<Period>,
    /// How long its file is, in bytes, where it could be read.
    pub bytes: Option<u64>,
    /// How well it proves what it proves.
    pub assurance: Assurance,
    /// What is wrong with it, or with what it claims.
    pub flaws: Vec<Flaw>,
    /// What it says.
    pub claims: Vec<Claim>,
}

/// One fact that a piece of evidence shows.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The fact, with ids.
    pub path: FactPath,
    /// The value shown, in its place in the register.
    pub value: Node,
    /// The page or item of the material that shows it.
    pub page: Option<String>,
    /// Where the document states the fact, if it does.
    pub stated_at: Option<Span>,
    /// How it stands to what the document states.
    pub agreement: Agreement,
}

/// How what evidence shows stands to what a document states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The values are equal.
    Proves,
    /// They differ: counter-evidence.
    Contradicts,
    /// The document states nothing there.
    NotStated,
}

/// What is wrong with a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Neither a file nor a place of keeping is named.
    NoFile,
    /// The file is not there.
    Missing,
    /// The path leads out of the dossier.
    Outside,
    /// It is a folder, a device or a pipe.
    NotAFile,
    /// The file changed while it was read.
    Unsteady,
    /// It could not be read, in the system's words.
    Unreadable(String),
    /// No digest was written down when it was registered.
    NoDigest,
    /// The file is not the one that was registered.
    Changed {
        /// The digest of what is there now.
        found: String,
    },
    /// It holds from a later day than the as-of date on.
    NotYetEffective,
    /// It held until a day before the as-of date.
    Expired,
    /// It is dated after the as-of date.
    DatedAfter,
    /// Nobody examined it by the as-of date: 提出あり（内容未確認）.
    NotExamined,
    /// It was examined by the contractor's own side.
    ExaminedBySupplier,
    /// It was examined and does not bear out what it is meant to prove.
    NotBorneOut,
    /// It names nothing that it proves.
    ProvesNothing,
    /// It names a fact that no document can state.
    NoSuchFact(String),
    /// It names a fact without saying what it shows of it.
    NoValue(FactPath),
    /// It is to show a deed of a day after it was issued or examined.
    BeforeTheDeed(FactPath),
    /// The document does not state that fact.
    NotStated(FactPath),
    /// It shows another value than the document states.
    Contradicts(FactPath),
}

impl Flaw {
    /// The word in JSON and SARIF.
    pub fn word(&self) -> &'static str {
        match self {
            Flaw::NoFile => "no_file",
            Flaw::Missing => "missing_file",
            Flaw::Outside => "outside_dossier",
            Flaw::NotAFile => "not_a_file",
            Flaw::Unsteady => "changed_while_read",
            Flaw::Unreadable(_) => "unreadable",
            Flaw::NoDigest => "no_digest",
            Flaw::Changed { .. } => "changed_file",
            Flaw::NotYetEffective => "not_yet_effective",
            Flaw::Expired => "expired",
            Flaw::DatedAfter => "dated_after",
            Flaw::NotExamined => "not_examined",
            Flaw::ExaminedBySupplier => "examined_by_supplier",
            Flaw::NotBorneOut => "not_borne_out",
            Flaw::ProvesNothing => "proves_nothing",
            Flaw::NoSuchFact(_) => "no_such_fact",
            Flaw::NoValue(_) => "no_value",
            Flaw::BeforeTheDeed(_) => "before_the_deed",
            Flaw::NotStated(_) => "fact_not_stated",
            Flaw::Contradicts(_) => "contradicts",
        }
    }

    /// Whether the whole piece proves nothing because of it.
    pub fn spoils(&self) -> bool {
        !matches!(
            self,
            Flaw::ProvesNothing
                | Flaw::NoSuchFact(_)
                | Flaw::NoValue(_)
                | Flaw::BeforeTheDeed(_)
                | Flaw::NotStated(_)
                | Flaw::Contradicts(_)
        )
    }

    /// Whether it takes from the piece the force to contradict: what is not there, not intact or not
    /// in force says nothing. That nobody examined it yet is no excuse.
    pub fn silences(&self) -> bool {
        self.spoils() && !matches!(self, Flaw::NotExamined | Flaw::ExaminedBySupplier | Flaw::NoDigest)
    }
}

/// How well the facts behind a clause must be proven.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// The least level.
    pub least: Assurance,
    /// The kinds of evidence that do; any, where none is named.
    pub kinds: Vec<String>,
    /// The greatest age at the as-of date, in months.
    pub max_age_months: Option<u32>,
    /// The facts, as paths without ids; every fact of `system` and `records`, where none is named.
    pub facts: Vec<String>,
}

/// Why a live piece of evidence does not do for a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is of another kind.
    Kind,
    /// It is too old, or does not say how old it is.
    Age,
}

impl Item {
    /// Whether it is intact, in force and examined.
    pub fn is_live(&self) -> bool {
        !self.flaws.iter().any(Flaw::spoils)
    }

    /// What keeps the piece from meeting a demand, were it live.
    pub fn unfit(&self, demand: &Demand, as_of: NaiveDate) -> Option<Unfit> {
        unfit(self.kind.as_deref(), self.issued_on, demand, as_of)
    }
}

fn unfit(kind: Option<&str>, issued: Option<Period>, demand: &Demand, as_of: NaiveDate) -> Option<Unfit> {
    if !demand.kinds.is_empty() && !demand.kinds.iter().any(|known| Some(known.as_str()) == kind) {
        return Some(Unfit::Kind);
    }
    let months = demand.max_age_months?;
    let oldest = as_of.checked_sub_months(Months::new(months));
    let young = issued.zip(oldest).is_some_and(|(issued, oldest)| issued.first >= oldest);
    (!young).then_some(Unfit::Age)
}

impl Evidence {
    /// The evidence of a register.
    pub fn new(items: Vec<Item>) -> Evidence {
        Evidence { items, ..Evidence::default() }
    }

    /// What a case gives instead of a register.
    pub fn by_fiat(given: BTreeMap<String, Given>) -> Evidence {
        Evidence { given, ..Evidence::default() }
    }

    /// The pieces, in the order of the register.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The pieces, to change what is shown of them.
    pub fn items_mut(&mut self) -> &mut [Item] {
        self.index.take();
        self.contested.take();
        self.places.take();
        &mut self.items
    }

    /// How well a fact is proven for a clause that makes a demand.
    pub fn level(&self, fact: &Fact<'_>, demand: &Demand, as_of: NaiveDate) -> Assurance {
        if !self.given.is_empty()
            && let Some(given) = self.given.get(&fact.path().to_string())
        {
            let issued = given.issued_on.or(Some(Period::day(as_of)));
            let kind = given.kind.as_deref().or(demand.kinds.first().map(String::as_str));
            return if unfit(kind, issued, demand, as_of).is_none() {
                given.level
            } else {
                Assurance::Declared
            };
        }
        let mut level = Assurance::Declared;
        for (item, claim) in self.of(fact) {
            if contradicts(item, claim) {
                return Assurance::Declared;
            }
            let proves = claim.agreement == Agreement::Proves && item.assurance > level;
            if proves && item.is_live() && item.unfit(demand, as_of).is_none() {
                level = item.assurance;
            }
        }
        level
    }

    /// The pieces that say something of a fact, each with what it says.
    pub fn about(&self, path: &FactPath) -> impl Iterator<Item = (&Item, &Claim)> {
        let claims = self.index().get(path).into_iter().flatten();
        claims.map(|(item, claim)| (&self.items[*item], &self.items[*item].claims[*claim]))
    }

    /// The same as [`Evidence::about`] the path of a fact that a document states. An alias stands for
    /// several facts in one place.
    fn of<'e>(&'e self, fact: &'e Fact<'_>) -> impl Iterator<Item = (&'e Item, &'e Claim)> {
        let places = self.places.get_or_init(|| {
            let claims = self.claims().filter_map(|(at, number, claim)| Some((claim.stated_at?, at, number)));
            let mut places: Vec<_> = claims.collect();
            places.sort_unstable();
            places
        });
        let first = places.partition_point(|(span, ..)| *span < fact.span);
        let here = places[first..].iter().take_while(|(span, ..)| *span == fact.span);
        let claims = here.map(|(_, item, claim)| (&self.items[*item], &self.items[*item].claims[*claim]));
        claims.filter(|(_, claim)| fact.is(&claim.path))
    }

    /// All claims, each with the numbers of its piece and of itself.
    fn claims(&self) -> impl Iterator<Item = (usize, usize, &Claim)> {
        let numbered = |(at, item): (usize, &'_ Item)| (at, item.claims.len());
        let pieces = self.items.iter().enumerate().map(numbered);
        let numbers = pieces.flat_map(|(at, claims)| (0..claims).map(move |number| (at, number)));
        numbers.map(|(at, number)| (at, number, &self.items[at].claims[number]))
    }

    fn index(&self) -> &HashMap<FactPath, Vec<(usize, usize)>> {
        self.index.get_or_init(|| {
            let mut index: HashMap<FactPath, Vec<(usize, usize)>> = HashMap::new();
            for (at, number, claim) in self.claims() {
                index.entry(claim.path.clone()).or_default().push((at, number));
            }
            index
        })
    }

    /// What contradicts a stated fact: pieces that are intact and in force.
    pub fn counter(&self) -> impl Iterator<Item = (&Item, &Claim)> {
        let all = self.items.iter().flat_map(|item| item.claims.iter().map(move |claim| (item, claim)));
        all.filter(|(item, claim)| contradicts(item, claim))
    }

    /// Whether something contradicts a fact.
    pub fn contests(&self, path: &FactPath) -> bool {
        let contested =
            self.contested.get_or_init(|| self.counter().map(|(_, claim)| claim.path.clone()).collect());
        contested.contains(path)
    }
}

fn contradicts(item: &Item, claim: &Claim) -> bool {
    claim.agreement == Agreement::Contradicts && !item.flaws.iter().any(Flaw::silences)
}
