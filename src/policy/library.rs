//! The library of policies: built in, or from a user's folder.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::file::{Parameter, ParameterSource, PolicyFile, Severity};
use crate::article::file::ArticlesFile;
use crate::calendar::{Calendar, CalendarFile};
use crate::lang::{Lang, Text};
use crate::obligation::file::{ObligationFile, ObligationsFile};
use crate::schema::Kind;
use crate::tender::marks::MarksFile;

/// All policies, references and profiles that a run knows.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The policies as written, by id.
    pub policies: BTreeMap<String, Arc<PolicyFile>>,
    /// Laws and standards, by id.
    pub references: BTreeMap<String, Reference>,
    /// The families of policies in the order in which they are listed.
    pub families: Vec<Family>,
    /// The profiles, by id.
    pub profiles: BTreeMap<String, Profile>,
    /// What a folder of the user's own says of due dates; the built-in ones are [`built_in_duties`].
    pub duties: Duties,
    /// A folder's own table of marks for bids; the built-in one is [`crate::tender::marks::built_in`].
    pub marks: Option<Arc<MarksFile>>,
    /// How a folder of the user's own orders model clauses; the built-in order is [`built_in_articles`].
    pub articles: Option<Arc<ArticlesFile>>,
    /// What reports say of the incidents behind the policies, by id.
    pub incidents: BTreeMap<String, IncidentNote>,
    /// SHA-256 of the library's content.
    pub sha256: String,
}

/// Duties with due dates, and how the periods are counted.
#[derive(Clone, Debug, Default)]
pub struct Duties {
    /// The duties, in the order in which they are listed.
    pub obligations: Vec<Arc<ObligationFile>>,
    /// The counting rules; `None` in a folder that has none.
    pub calendar: Option<Calendar>,
}

/// A law, guideline or standard.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The id by which policies name it.
    pub id: String,
    /// Its name and provision.
    pub title: Text,
    /// What it is, where the catalogue says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// Whom it addresses.
    pub binds: Binds,
    /// How its text was seen.
    pub seen: Seen,
}

/// A family of policies (分野).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The three letters with which the ids of its policies begin.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is about.
    pub about: Text,
    /// The recurrence-prevention measures that its policies are to cover, by id.
    #[serde(default)]
    pub measures: Vec<String>,
}

/// What a report says of a published incident.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct IncidentNote {
    /// The id by which policies name it.
    pub id: String,
    /// What kind of incident it was.
    pub title: Text,
    /// Who published the notice.
    pub publisher: Text,
    /// When, as written; `None` where the notice's year is not known.
    #[serde(default)]
    pub published_on: Option<String>,
    /// What was read: `official_page`, `news` or `reprint`.
    pub source: String,
}

/// What a reference is, in the order in which references are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A law.
    Law,
    /// A cabinet order or the rules of an authority.
    Rule,
    /// A notice of a ministry.
    Notice,
    /// A guideline or handbook.
    Guideline,
    /// A standard, or requirements that may be agreed.
    Standard,
    /// A judgment.
    Judgment,
}

/// Whom a reference addresses; laws and rules bind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binds {
    /// The client, a public body.
    Client,
    /// The contractor, as a business operator.
    Contractor,
    /// Both, each in its own right.
    Both,
    /// Nobody by law: a guideline or standard that may be agreed.
    Nobody,
}

/// How a reference was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// In the authority's own text.
    Primary,
    /// In a copy or quotation.
    Secondhand,
    /// Not yet: to be checked before it is relied on.
    Unverified,
}

/// `profile/1`: a selection of policies with parameters and what blocks.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Kind and format version.
    pub hadome: String,
    /// The id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Whom it is for.
    pub why: Text,
    /// What it selects.
    pub select: Selection,
    /// Parameter values that replace the policies' own, by policy and name.
    #[serde(default)]
    pub parameters: BTreeMap<String, BTreeMap<String, Replacement>>,
    /// From which severity on a verdict blocks.
    #[serde(default)]
    pub blocks: Blocks,
}

/// A value in place of a parameter's own.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// The value, in the parameter's unit.
    pub value: serde_json::Value,
    /// Where it comes from.
    pub source: ParameterSource,
    /// Which law or standard, or why the profile chose it.
    pub from: Text,
}

/// Which policies a profile selects.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Whole families; empty means every family where no policy is named either.
    #[serde(default)]
    pub families: Vec<String>,
    /// Single policies.
    #[serde(default)]
    pub policies: Vec<String>,
    /// Only policies of this severity or above, apart from those named singly.
    #[serde(default)]
    pub least_severity: Option<Severity>,
    /// Policies left out, each with the reason.
    #[serde(default)]
    pub except: Vec<Exception>,
}

/// A policy that a profile leaves out.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The policy.
    pub policy: String,
    /// Why.
    pub because: Text,
}

/// The least severity at which each verdict stops the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Blocks {
    /// Of a failed outcome.
    #[serde(default = "high")]
    pub fail: Severity,
    /// Of an undecided outcome; a missing limit alone never blocks.
    #[serde(default = "high")]
    pub undecided: Severity,
    /// Of an unproven outcome.
    #[serde(default = "low")]
    pub unproven: Severity,
}

fn low() -> Severity {
    Severity::Low
}

fn high() -> Severity {
    Severity::High
}

impl Default for Blocks {
    fn default() -> Self {
        Blocks { fail: Severity::High, undecided: Severity::High, unproven: Severity::Low }
    }
}

/// The profile of a run that names none.
pub const DEFAULT_PROFILE: &str = "municipality";

#[derive(Deserialize)]
struct Packed {
    policies: Vec<Entry<PolicyFile>>,
    profiles: Vec<Entry<Profile>>,
    references: ReferencesFile,
    families: FamiliesFile,
    #[serde(default)]
    incidents: Vec<IncidentNote>,
}

#[derive(Deserialize)]
struct Entry<T> {
    document: T,
}

/// `references/1`: the catalogue of laws and standards.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReferencesFile {
    /// Kind and format version.
    pub hadome: String,
    /// The entries.
    pub references: Vec<Reference>,
}

/// `families/1`: the families of policies.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FamiliesFile {
    /// Kind and format version.
    pub hadome: String,
    /// The entries.
    pub families: Vec<Family>,
}

/// The packed text of the built-in library; the texts for people are numbers in it.
const PACKED: &str = include_str!(concat!(env!("OUT_DIR"), "/library.json"));

static BUILT_IN: LazyLock<Library> = LazyLock::new(|| {
    // A test demands that the packed text reads as what our loader makes of the same files.
    let Ok(packed) = serde_json::from_str::<Packed>(PACKED) else { return Library::default() };
    Library {
        policies: by_id(packed.policies, |policy| policy.id.clone(), Arc::new),
        profiles: by_id(packed.profiles, |profile| profile.id.clone(), |profile| profile),
        references: packed.references.references.into_iter().map(|one| (one.id.clone(), one)).collect(),
        families: packed.families.families,
        duties: Duties::default(),
        marks: None,
        articles: None,
        incidents: packed.incidents.into_iter().map(|one| (one.id.clone(), one)).collect(),
        sha256: include_str!(concat!(env!("OUT_DIR"), "/library.sha256")).to_owned(),
    }
});

#[derive(Deserialize)]
struct PackedDuties {
    obligations: ObligationsFile,
    calendar: CalendarFile,
}

static DUTIES: LazyLock<Duties> = LazyLock::new(|| {
    // As above.
    let text = include_str!(concat!(env!("OUT_DIR"), "/duties.json"));
    let Ok(packed) = serde_json::from_str::<PackedDuties>(text) else { return Duties::default() };
    Duties {
        obligations: packed.obligations.obligations.into_iter().map(Arc::new).collect(),
        calendar: Calendar::new(packed.calendar).ok(),
    }
});

/// The duties and counting rules that the program carries; read when first asked for.
pub fn built_in_duties() -> &'static Duties {
    &DUTIES
}

static ARTICLES: LazyLock<Option<Arc<ArticlesFile>>> = LazyLock::new(|| {
    // As above.
    let text = include_str!(concat!(env!("OUT_DIR"), "/articles.json"));
    serde_json::from_str(text).ok()
});

/// The order of model clauses that the program carries; read when first asked for.
pub fn built_in_articles() -> Option<&'static Arc<ArticlesFile>> {
    ARTICLES.as_ref()
}

impl Duties {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.obligations.is_empty() && self.calendar.is_none()
    }
}

fn by_id<T, U>(
    entries: Vec<Entry<T>>,
    id: impl Fn(&T) -> String,
    make: impl Fn(T) -> U,
) -> BTreeMap<String, U> {
    entries.into_iter().map(|entry| (id(&entry.document), make(entry.document))).collect()
}

/// The library that the program carries.
pub fn built_in() -> &'static Library {
    &BUILT_IN
}

// The table `DIGESTS`, made when the program is built: each policy's id and SHA-256, in the order of ids.
include!(concat!(env!("OUT_DIR"), "/digests.rs"));

/// SHA-256 of a policy as written, in hexadecimal; `None` of one that the program does not carry.
pub fn built_in_digest(policy: &Arc<PolicyFile>) -> Option<&'static str> {
    let at = DIGESTS.binary_search_by_key(&policy.id.as_str(), |(id, _)| id).ok()?;
    let known = built_in().policies.get(&policy.id)?;
    Arc::ptr_eq(known, policy).then_some(DIGESTS[at].1)
}

impl Profile {
    /// SHA-256 of the profile's content, in hexadecimal.
    pub fn sha256(&self) -> String {
        crate::digest::sha256(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// The values of a policy's parameters as they are judged with, by name.
    pub fn in_force(&self, policy: &PolicyFile) -> BTreeMap<String, serde_json::Value> {
        let own = self.parameters.get(&policy.id);
        let value = |name: &String, parameter: &Parameter| {
            let replaced = own.and_then(|own| own.get(name));
            (name.clone(), replaced.map_or(&parameter.value, |replaced| &replaced.value).clone())
        };
        policy.parameters.iter().map(|(name, parameter)| value(name, parameter)).collect()
    }

    /// The values that replace those of a policy's parameters, by name.
    pub fn values(&self, policy: &str) -> Option<BTreeMap<String, serde_json::Value>> {
        let own = self.parameters.get(policy)?;
        Some(own.iter().map(|(name, replacement)| (name.clone(), replacement.value.clone())).collect())
    }
}

impl Library {
    /// Whether it holds nothing that a run could use.
    pub fn is_empty(&self) -> bool {
        let Library { policies, references, families, profiles, duties, marks, articles, .. } = self;
        let catalogues = references.is_empty() && families.is_empty() && duties.is_empty() && marks.is_none();
        policies.is_empty() && profiles.is_empty() && catalogues && articles.is_none()
    }

    /// The duties of a run: the built-in ones, with the user's own over them.
    pub fn all_duties(&self) -> Duties {
        let (built_in, own) = (built_in_duties(), &self.duties);
        let replaced = |known: &ObligationFile| own.obligations.iter().any(|own| own.id == known.id);
        let known = built_in.obligations.iter().filter(|known| !replaced(known));
        Duties {
            obligations: known.chain(&own.obligations).cloned().collect(),
            calendar: own.calendar.as_ref().or(built_in.calendar.as_ref()).cloned(),
        }
    }

    /// How model clauses are ordered: the user's own order in place of the built-in one.
    pub fn all_articles(&self) -> Option<Arc<ArticlesFile>> {
        self.articles.as_ref().or(built_in_articles()).cloned()
    }

    /// Every text that it holds, and those of the schemas: what reports say whatever a dossier states.
    pub fn texts(&self) -> Vec<String> {
        let Library { policies, references, families, profiles, incidents, .. } = self;
        let duties = self.all_duties().obligations;
        let own = serde_json::to_string(&(policies, references, families, profiles, incidents, duties));
        let schemas = Kind::ALL.into_iter().map(|kind| kind.source().to_owned());
        schemas.chain(own.ok()).collect()
    }

    /// The family of that id; a user's own need not be listed.
    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id == id)
    }

    /// The policies of a family, in the order of their ids.
    pub fn of_family<'l>(&'l self, id: &'l str) -> impl Iterator<Item = &'l Arc<PolicyFile>> {
        self.policies.values().filter(move |policy| policy.id.split('-').next() == Some(id))
    }

    /// What a family is called; one that is not listed goes by its letters.
    pub fn family_title<'l>(&'l self, id: &'l str, lang: Lang) -> &'l str {
        self.family(id).map_or(id, |family| family.title.get(lang))
    }

    /// The policies that a profile selects, in the order of their ids, and those it leaves out.
    pub fn select(&self, profile: &Profile) -> (Vec<Arc<PolicyFile>>, Vec<Arc<PolicyFile>>) {
        let Selection { families, policies, least_severity, except } = &profile.select;
        let everything = families.is_empty() && (policies.is_empty() || least_severity.is_some());
        self.policies.values().cloned().partition(|policy| {
            let family = policy.id.split('-').next().unwrap_or_default();
            let heavy = least_severity.is_none_or(|least| policy.severity >= least);
            let by_family = everything || families.iter().any(|known| known == family);
            let named = policies.contains(&policy.id) || by_family && heavy;
            named && !except.iter().any(|exception| exception.policy == policy.id)
        })
    }
}
