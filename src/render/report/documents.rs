//! The documents of a dossier, and the originals that they were taken from.

use serde::Serialize;

use super::places::Places;
use crate::case::{Case, Document};
use crate::date::Period;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::schema::Kind;

/// A document of the dossier.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRow {
    /// Contract, system specification, records.
    pub kind: &'static str,
    /// Its own title, where it has one.
    pub title: Option<String>,
    /// Its file.
    pub file: String,
}

/// An original that a document was taken from.
#[derive(Clone, Debug, Serialize)]
pub struct Original {
    /// The file of the document.
    pub file: String,
    /// Title, or id.
    pub title: String,
    /// Version and date.
    pub version: Option<String>,
    /// The date of the original.
    pub dated_on: Option<String>,
    /// The rank in the order of precedence.
    pub rank: Option<String>,
    /// Who wrote the transcript.
    pub transcribed_by: Option<String>,
    /// Who compared it.
    pub checked_by: Option<String>,
    /// When.
    pub checked_on: Option<String>,
}

pub(in crate::render) fn all_documents(case: &Case) -> impl Iterator<Item = &Document> {
    case.contract.iter().chain(&case.systems).chain(&case.records)
}

pub(super) fn documents(case: &Case, places: Places<'_>, lang: Lang) -> Vec<DocumentRow> {
    all_documents(case)
        .map(|document| DocumentRow {
            kind: document.kind.title(lang),
            title: text(&document.root, "title"),
            file: places.file(&case.sources.file(document.file).path).to_owned(),
        })
        .collect()
}

pub(super) fn absent(case: &Case, lang: Lang) -> Vec<&'static str> {
    let there = [
        (Kind::Contract, case.contract.is_some() || case.own_operation),
        (Kind::System, !case.systems.is_empty()),
        (Kind::Records, case.records.is_some()),
    ];
    there.into_iter().filter(|(_, there)| !there).map(|(kind, _)| kind.title(lang)).collect()
}

pub(super) fn originals(case: &Case, places: Places<'_>) -> Vec<Original> {
    let mut rows = Vec::new();
    for document in all_documents(case) {
        let file = places.file(&case.sources.file(document.file).path);
        let sources = document.root.get("sources").and_then(Node::as_list).unwrap_or_default();
        let date = |source: &Node, key: &str| {
            let written = text(source, key)?;
            Some(Period::parse(&written).map_or(written, |date| date.shown(places.lang)))
        };
        rows.extend(sources.iter().map(|source| Original {
            file: file.to_owned(),
            title: text(source, "title").or_else(|| text(source, "id")).unwrap_or_default(),
            version: text(source, "version"),
            dated_on: date(source, "dated_on"),
            rank: source.get("rank").filter(|rank| rank.is_stated()).map(|rank| rank.to_json().to_string()),
            transcribed_by: text(source, "transcribed_by"),
            checked_by: text(source, "checked_by"),
            checked_on: date(source, "checked_on"),
        }));
    }
    rows
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.as_text().map(str::to_owned)
}
