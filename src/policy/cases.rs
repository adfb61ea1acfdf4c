//! The cases beside a policy, as their file writes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::stage::Stage;

/// `cases/1`, typed after its schema passed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CasesFile {
    /// Kind and format version.
    pub hadome: String,
    /// The policy that is tried.
    pub policy: String,
    /// The cases.
    pub cases: Vec<CaseEntry>,
}

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseEntry {
    /// What it is about.
    pub name: String,
    /// The as-of date; 2026-04-01 where left out.
    #[serde(default)]
    pub as_of: Option<String>,
    /// The stage; from the dates given where left out.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Parameter values for this case.
    #[serde(default)]
    pub params: Option<BTreeMap<String, serde_json::Value>>,
    /// The documents; read from the tree, not from here.
    #[serde(default)]
    pub given: serde_json::Value,
    /// The verdict wanted, or one per target.
    pub want: serde_json::Value,
    /// What decides.
    #[serde(default)]
    pub because: Option<DecidedBy>,
}

/// What decides a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedBy {
    /// A clause that fails or stays open.
    #[serde(default)]
    pub clause: Option<String>,
    /// A path that is missing.
    #[serde(default)]
    pub missing: Option<String>,
}
