//! A validated case: checked documents and compiled policies, ready to be evaluated.

mod facts;
mod items;
pub mod locate;
pub mod path;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::evidence::Evidence;
use crate::expression::trace::FactPath;
use crate::load::attachment::Attachment;
use crate::load::source::Sources;
use crate::load::source::within;
use crate::load::tree::{FileId, Node};
use crate::policy::Policy;
use crate::policy::file::PolicyFile;
use crate::policy::library::Profile;
use crate::schema::Kind;
use crate::stage::Stage;
use crate::waiver::Waiver;
pub use facts::Stated;
pub use items::Items;

/// Everything that a judgement rests on.
#[derive(Debug)]
pub struct Case {
    /// The dossier's name: the folder as it was given.
    pub name: String,
    /// What is agreed.
    pub contract: Option<Document>,
    /// What is built, in the order of the files.
    pub systems: Vec<Document>,
    /// What was done.
    pub records: Option<Document>,
    /// What proves it, and what contradicts it.
    pub evidence: Evidence,
    /// What was found under the paths that evidence names.
    pub attachments: BTreeMap<String, Attachment>,
    /// Whether proof is asked for; not where a policy is tried on a case that says nothing of it.
    pub asks_proof: bool,
    /// The documents as counter-evidence would have them, once per contradicted fact and once with
    /// all of them together; empty where nothing is contradicted.
    pub counter: Vec<Documents>,
    /// What the reader supposes.
    pub assumptions: Vec<Assumption>,
    /// The exceptions that were asked for.
    pub waivers: Vec<Waiver>,
    /// The texts of the files.
    pub sources: Sources,
    /// Whether the organisation runs its own system, so that there is no contract.
    pub own_operation: bool,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The stage on that day.
    pub stage: StageFound,
    /// The profile.
    pub profile: Arc<Profile>,
    /// The selected policies, compiled.
    pub policies: Arc<Vec<Policy>>,
    /// Policies that the profile leaves out.
    pub left_out: Arc<Vec<Arc<PolicyFile>>>,
    /// Where the items of long lists are.
    pub items: Items,
}

/// A document that fits its schema.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its file.
    pub file: FileId,
    /// Its tree: leaf forms folded, amendments applied.
    pub root: Node,
    /// Whether its lists may be incomplete.
    pub open: bool,
}

/// A fact that no document states and the reader supposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Its path, as the reader wrote it.
    pub path: String,
    /// The value, as the reader wrote it.
    pub value: String,
}

/// The documents that policies read.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// What is agreed.
    pub contract: Option<Document>,
    /// What is built.
    pub systems: Vec<Document>,
    /// What was done.
    pub records: Option<Document>,
    /// The stage that they lead to, as far as it has been found.
    pub stage: Option<Stage>,
    /// Whether the organisation runs its own system, so that there is no contract by nature.
    pub own_operation: bool,
    /// The facts in which they differ from what is stated.
    pub changed: Vec<FactPath>,
}

/// The stage and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageFound {
    /// The stage; `None` where a deciding date is missing.
    pub stage: Option<Stage>,
    /// Whether the user said so instead of the dates.
    pub overridden: bool,
}

impl Case {
    /// The id of a system document.
    pub fn system_id(&self, at: usize) -> &str {
        self.systems.get(at).and_then(|system| system.root.id()).unwrap_or("?")
    }

    /// The SHA-256 of each document that was read, by its path within the dossier.
    pub fn document_digests(&self) -> BTreeMap<String, Option<String>> {
        let files = self.sources.files().iter().filter(|file| file.sha256.is_some());
        files.map(|file| (within(&self.name, &file.path).to_owned(), file.sha256.clone())).collect()
    }

    /// The SHA-256 of each file that the register of evidence names, by its path within the dossier;
    /// `None` where it could not be read.
    pub fn evidence_digests(&self) -> BTreeMap<String, Option<String>> {
        let digest = |found: &Attachment| match found {
            Attachment::Read { sha256, .. } => Some(sha256.clone()),
            _ => None,
        };
        self.attachments.iter().map(|(path, found)| (path.clone(), digest(found))).collect()
    }
}

impl Document {
    /// Where the document says what it is.
    pub fn head_span(&self) -> crate::load::tree::Span {
        self.root.get("hadome").map_or(self.root.span, |head| head.span)
    }
}
