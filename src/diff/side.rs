//! One side of a comparison: what `hadome check --format json` (`hadome/check/1`) says, read back. Keys
//! that later versions of the format add are ignored; those that earlier ones lack are not known.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::evaluate::outcome::{self, SubReason, Verdict};
use crate::evidence::Assurance;
use crate::lang::Lang;
use crate::load::source::within;
use crate::policy::file::Severity;
use crate::render::json::FORMAT;

/// A whole run.
#[derive(Clone, Debug, Deserialize)]
pub struct Side {
    format: String,
    /// The program.
    pub tool: Tool,
    /// The as-of date, `YYYY-MM-DD`.
    pub as_of: String,
    /// The profile.
    pub profile: Profile,
    /// SHA-256 of the library.
    pub library_sha256: String,
    /// The selected policies.
    pub policies: Vec<Policy>,
    /// Policies that the profile leaves out.
    pub not_selected: Vec<LeftOut>,
    /// The dossiers.
    pub dossiers: Vec<Dossier>,
}

/// The program of a run.
#[derive(Clone, Debug, Deserialize)]
pub struct Tool {
    /// Its version.
    pub version: String,
}

/// The profile of a run.
#[derive(Clone, Debug, Deserialize)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// SHA-256 of its content, where the run says so.
    pub sha256: Option<String>,
}

/// A selected policy.
#[derive(Clone, Debug, Deserialize)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of its content, where the run says so.
    pub sha256: Option<String>,
    /// Its parameters as they were judged with, where the run says so.
    pub parameters: Option<BTreeMap<String, Value>>,
}

/// A policy that was not selected.
#[derive(Clone, Debug, Deserialize)]
pub struct LeftOut {
    /// Its id.
    pub policy: String,
}

/// One dossier of a run.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Dossier {
    /// It was judged.
    Assessed(Box<Assessed>),
    /// It could not be judged.
    Refused {
        /// Its name.
        name: String,
    },
}

/// A judged dossier.
#[derive(Clone, Debug, Deserialize)]
pub struct Assessed {
    /// Its name.
    pub name: String,
    /// The stage's word; `None` where it was not known.
    pub stage: Option<String>,
    /// What the stage is called.
    pub stage_title: String,
    /// Whether the user set the stage.
    pub stage_overridden: bool,
    /// From which severity on each verdict blocks.
    pub rule: Value,
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// The register of evidence.
    #[serde(default)]
    pub evidence: Vec<Piece>,
    /// The waivers.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// Whether waivers had effect.
    pub waivers_in_effect: Option<bool>,
    /// What was supposed.
    pub assumptions: Option<Value>,
    /// The files that were read.
    pub inputs: Vec<Input>,
    /// The files that the register of evidence names.
    #[serde(default)]
    pub evidence_files: Vec<Input>,
}

/// What one policy says of one target.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    /// The policy's id.
    pub policy: String,
    /// The path of the target.
    pub target: String,
    /// What the target is called.
    pub target_title: String,
    /// How much weighs on it.
    pub severity: Severity,
    /// What can change of it.
    #[serde(flatten)]
    pub state: State,
    /// Why it is not applicable.
    pub because: Option<String>,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// What is missing or unclear outside the clauses.
    pub gaps: Vec<Gap>,
}

/// What can change of an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct State {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict that a waiver accepted.
    pub accepted: Option<Verdict>,
    /// How well it is proven, where it holds.
    pub assurance: Option<Assurance>,
    /// The sub-reasons of an undecided outcome.
    pub sub_reasons: Vec<SubReason>,
    /// Whether it blocks.
    pub blocks: bool,
}

/// One clause of an outcome.
#[derive(Clone, Debug, Deserialize)]
pub struct Clause {
    /// The facts that decided.
    pub facts: Vec<Fact>,
    /// What is missing or unclear.
    pub gaps: Vec<Gap>,
    /// How well it is proven.
    pub proof: Option<Proof>,
}

/// How well a clause is proven.
#[derive(Clone, Debug, Deserialize)]
pub struct Proof {
    /// The facts on which the clause rests.
    pub facts: Vec<Proven>,
}

/// A fact that is to be proven.
#[derive(Clone, Debug, Deserialize)]
pub struct Proven {
    /// Its path.
    pub path: String,
}

/// A fact that was read.
#[derive(Clone, Debug, Deserialize)]
pub struct Fact {
    /// Its path.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Its value as data.
    pub value: Value,
    /// Its value for people.
    pub value_title: String,
    /// Of a value that no document states: the evidence that shows it.
    pub evidence: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// Something missing or unclear.
#[derive(Clone, Debug, Deserialize)]
pub struct Gap {
    /// The path that should say it.
    pub path: String,
    /// What the field is called.
    pub title: String,
    /// In which way it is missing.
    pub sub_reason: SubReason,
    /// What stands there instead.
    pub detail: Option<String>,
    /// The values that disagree.
    pub conflicting: Vec<Fact>,
    /// The nearest place that exists.
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Where in the original it stands.
    pub original: Option<String>,
}

/// A piece of evidence.
#[derive(Clone, Debug, Deserialize)]
pub struct Piece {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is worth, in words.
    pub standing_title: String,
    /// What is wrong with it.
    pub flaws: Vec<Flaw>,
    /// What it says.
    pub proves: Vec<Proven>,
}

/// What is wrong with a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Flaw {
    /// Its word.
    pub flaw: String,
}

/// A waiver.
#[derive(Clone, Debug, Deserialize)]
pub struct Waiver {
    /// Its id.
    pub id: String,
    /// The policy's id.
    pub policy: String,
    /// The target's path.
    pub target: String,
    /// Its state's word.
    pub state: String,
    /// What the state is called.
    pub state_title: String,
}

/// A file that was read.
#[derive(Clone, Debug, Deserialize)]
pub struct Input {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
}

/// Why a text is no side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not the JSON that `check` writes, in the parser's words.
    NotOurs(String),
    /// It is JSON of another format or version.
    OtherFormat(String),
}

impl Unreadable {
    /// What was found and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Unreadable::NotOurs(words) => (
                format!(
                    "hadome check --format json の出力として読めません（{words}）。途中で切れていないかを確かめてください"
                ),
                format!(
                    "this is not what `hadome check --format json` writes ({words}); check that it is whole"
                ),
            ),
            Unreadable::OtherFormat(found) => (
                format!(
                    "形式が「{found}」です。hadome check --format json の出力（{FORMAT}）を指定してください"
                ),
                format!("its format is `{found}`; name what `hadome check --format json` writes ({FORMAT})"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }
}

#[derive(Deserialize)]
struct Head {
    format: String,
}

impl Side {
    /// Reads a run.
    ///
    /// # Errors
    /// The text is not a whole document of the format.
    pub fn read(text: &str) -> Result<Side, Unreadable> {
        let not_ours = |error: serde_json::Error| Unreadable::NotOurs(error.to_string());
        let side: Side = match serde_json::from_str(text) {
            Ok(side) => side,
            Err(error) => {
                // Of another format that is said, not which key it lacks.
                let head: Head = serde_json::from_str(text).map_err(not_ours)?;
                return Err(match head.format == FORMAT {
                    true => not_ours(error),
                    false => Unreadable::OtherFormat(head.format),
                });
            }
        };
        if side.format == FORMAT { Ok(side) } else { Err(Unreadable::OtherFormat(side.format)) }
    }

    /// A selected policy by its id.
    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.id == id)
    }

    /// Whether the library has a policy, selected or not.
    pub fn knows(&self, id: &str) -> bool {
        self.policy(id).is_some() || self.not_selected.iter().any(|left_out| left_out.policy == id)
    }
}

impl Dossier {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Dossier::Assessed(assessed) => &assessed.name,
            Dossier::Refused { name } => name,
        }
    }
}

impl Assessed {
    /// The digests of the documents by their paths within the dossier.
    pub fn documents(&self) -> BTreeMap<&str, Option<&str>> {
        let inputs = self.inputs.iter().filter(|input| input.sha256.is_some());
        inputs.map(|input| (within(&self.name, &input.path), input.sha256.as_deref())).collect()
    }
}

impl State {
    /// The state of an outcome, as the format writes it.
    pub fn of(outcome: &outcome::Outcome, blocks: bool) -> State {
        let holds = matches!(outcome.raw(), Verdict::Pass | Verdict::Unproven);
        State {
            verdict: outcome.verdict,
            accepted: outcome.accepted,
            assurance: holds.then(|| outcome.assurance()),
            sub_reasons: outcome.sub_reasons(),
            blocks,
        }
    }

    /// The verdict before any waiver.
    pub fn raw(&self) -> Verdict {
        self.accepted.unwrap_or(self.verdict)
    }
}
