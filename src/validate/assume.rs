//! Facts that the reader supposes, set as if a document stated them and marked as supposed.

use std::sync::Arc;

use super::document::against_schema;
use super::problem::Problem;
use super::{Yardstick, amend};
use crate::case::path::document_of;
use crate::case::{Assumption, Documents};
use crate::diagnostic::Diagnostic;
use crate::load::fold::fold;
use crate::load::limits::Limits;
use crate::load::source::Sources;
use crate::load::tree::Mapping;
use crate::load::yaml;

/// The name under which supposed facts are cited: where they stand is the command line.
pub const PLACE: &str = "--assume";

/// Sets what is supposed; gives the assumptions in their order.
pub fn apply(
    documents: &mut Documents,
    yardstick: &Yardstick,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Assumption> {
    if yardstick.assume.is_empty() {
        return Vec::new();
    }
    let lines = yardstick.assume.iter().map(|line| match line.split_once('=') {
        Some((path, value)) => format!("{}: {}\n", path.trim(), value.trim()),
        None => format!("{line}\n"),
    });
    let text: Arc<str> = lines.collect::<String>().into();
    let file = sources.add(PLACE.to_owned(), Some(text.clone()), None);
    let mut root = match yaml::parse(&text, file, &Limits::default()) {
        Ok(root) => root,
        Err(problems) => {
            diagnostics.extend(problems);
            return Vec::new();
        }
    };
    diagnostics.extend(fold(&mut root));
    let Some(entries) = root.as_map().map(Mapping::entries) else {
        diagnostics.push(Diagnostic::new(root.span, Problem::BadPath(text.trim().to_owned())));
        return Vec::new();
    };
    let mut assumptions = Vec::new();
    for entry in entries {
        let Documents { contract, systems, records, .. } = &mut *documents;
        let found = document_of(contract.as_mut(), systems, records.as_mut(), &entry.key);
        let set =
            found.ok_or_else(|| Problem::BadPath(entry.key.to_string())).and_then(|(document, rest)| {
                amend::set(&mut document.root, rest, entry.value.clone(), entry.key_span, None)
            });
        match set {
            Ok(()) => assumptions.push(Assumption {
                path: entry.key.to_string(),
                value: sources.text(entry.value.span).to_owned(),
            }),
            Err(problem) => diagnostics.push(Diagnostic::new(entry.key_span, problem)),
        }
    }
    for document in documents.contract.iter().chain(&documents.systems).chain(&documents.records) {
        against_schema(document.kind, &document.root, diagnostics);
    }
    assumptions
}
