//! Articles as their file writes them.

use serde::{Deserialize, Serialize};

use crate::lang::Text;

/// `articles/1`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ArticlesFile {
    /// Kind and format version.
    pub hadome: String,
    /// What the clauses are called together.
    pub title: Text,
    /// The forms that texts may name.
    #[serde(default)]
    pub forms: Vec<FormFile>,
    /// The articles, in the order in which they are written.
    pub articles: Vec<ArticleFile>,
}

/// A form (別記様式); its text is the template `forms/<id>.ja.md.j2`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    /// The id, unique in the file.
    pub id: String,
    /// What it is called.
    pub title: Text,
}

/// One article.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleFile {
    /// The id, unique in the file.
    pub id: String,
    /// The heading.
    pub title: Text,
    /// Whether it is written wherever any model clause is.
    #[serde(default)]
    pub always: bool,
    /// Whether policies stand here that no article names.
    #[serde(default)]
    pub rest: bool,
    /// Why the model clauses of its policies are none for a contract; they are never written.
    #[serde(default)]
    pub not_for_contracts: Option<Text>,
    /// The texts before the model clauses.
    #[serde(default)]
    pub opening: Vec<Provision>,
    /// The policies whose model clauses stand here, in this order.
    #[serde(default)]
    pub policies: Vec<String>,
    /// The families whose policies stand here where no article names them.
    #[serde(default)]
    pub families: Vec<String>,
    /// Policies whose model clauses are for special contracts.
    #[serde(default)]
    pub only_on_finding: Vec<OnFinding>,
    /// The texts after the model clauses.
    #[serde(default)]
    pub closing: Vec<Provision>,
}

/// A policy whose model clause is written on a finding only.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OnFinding {
    /// The policy.
    pub policy: String,
    /// Why.
    pub because: Text,
}

/// A text of an article.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// The text, with references in braces.
    pub text: Text,
    /// The items (号) that follow it.
    #[serde(default)]
    pub items: Vec<Text>,
}

impl ArticlesFile {
    /// SHA-256 of the content, in hexadecimal.
    pub fn sha256(&self) -> String {
        crate::digest::sha256(&serde_json::to_vec(self).unwrap_or_default())
    }
}

impl ArticleFile {
    /// The policies that it names, in the order in which their clauses stand.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let special = self.only_on_finding.iter().map(|one| &one.policy);
        self.policies.iter().chain(special).map(String::as_str)
    }

    /// Its texts, in order.
    pub fn texts(&self) -> impl Iterator<Item = &Provision> {
        self.opening.iter().chain(&self.closing)
    }
}
