//! One document against its kind's schema.

use std::sync::Arc;

use chrono::NaiveDate;
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::Value;

use super::problem::Problem;
use super::rules;
use super::{amend, consistency};
use crate::case::Document;
use crate::diagnostic::{Diagnostic, TOLD};
use crate::lang::Lang;
use crate::load::dossier::Parsed;
use crate::load::json_view::{alternatives, stated};
use crate::load::tree::{Data, Node, Span};
use crate::nearest::nearest;
use crate::schema::{Field, Kind};

/// Checks one document; what is wrong goes to `diagnostics`, and then there is no document.
pub fn check(
    parsed: Parsed,
    beside_incident: bool,
    as_of: NaiveDate,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let Parsed { kind, file, mut root } = parsed;
    let before = diagnostics.len();
    head(kind, &root, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    against_schema(kind, &root, diagnostics);
    consistency::wordings(&root, diagnostics);
    let lists = root.get("lists");
    if let (Some(lists), false) = (lists, beside_incident) {
        diagnostics.push(Diagnostic::new(lists.span, Problem::OpenLists));
    }
    let open = lists.and_then(Node::as_text) == Some("open");
    if kind == Kind::Contract && diagnostics.len() == before && amend::apply(&mut root, as_of, diagnostics) {
        against_schema(kind, &root, diagnostics);
    }
    (diagnostics.len() == before).then_some(Document { kind, file, root, open })
}

/// The first key names the kind and version.
pub fn head(kind: Kind, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let wanted = format!("{}/1", kind.word());
    let Some(head) = root.get("hadome") else {
        return diagnostics.push(Diagnostic::new(root.span, Problem::NoHead { wanted }));
    };
    let found = head.as_text().unwrap_or_default();
    if found == wanted {
        return;
    }
    let problem = match found.split_once('/') {
        Some((word, _)) if word == kind.word() => Problem::UnknownVersion { found: found.to_owned(), wanted },
        _ => Problem::WrongKind { found: found.to_owned(), wanted },
    };
    diagnostics.push(Diagnostic::new(head.span, problem));
}

/// Checks a tree against the schema of a kind.
pub fn against_schema(kind: Kind, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let mut found: Vec<Diagnostic> = Vec::new();
    for alternative in 0..alternatives(root) {
        for error in rules::errors(kind, &stated(root, alternative)) {
            collect(kind.root(), root, alternative, &error, &mut found);
        }
    }
    if kind.has_leaf_forms() {
        references(kind, root, &mut found);
    }
    found.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code()));
    found.dedup_by_key(|diagnostic| (diagnostic.span, diagnostic.code()));
    diagnostics.extend(found);
}

/// The `ref` of a leaf stands beside its value, where the document's schema does not see it.
fn references(kind: Kind, node: &Node, found: &mut Vec<Diagnostic>) {
    if let Some(reference) = node.reference() {
        let field = kind.root().properties().find_map(|section| section.property("ref"));
        for error in rules::reference_errors(&stated(reference, 0)) {
            if let Some(field) = field {
                collect(field, reference, 0, &error, found);
            }
        }
    }
    let inner: Vec<&Node> = match &node.data {
        Data::Map(map) => map.entries().iter().map(|entry| &entry.value).collect(),
        Data::List(items) => items.iter().collect(),
        _ => node.conflict().iter().collect(),
    };
    inner.into_iter().for_each(|inner| references(kind, inner, found));
}

fn collect(
    top: Field,
    root: &Node,
    alternative: usize,
    error: &ValidationError<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let pointer = error.instance_path().to_string();
    let (node, key) = locate(root, &pointer, alternative);
    let field = field_at(top, &pointer);
    let shown = || shown(node);
    let name = match pointer.rsplit('/').next().unwrap_or_default() {
        "" => top.name.to_owned(),
        name => name.to_owned(),
    };
    let problem = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            for name in unexpected {
                // Of a problem that is not told nobody needs to know the nearest word.
                let near = field.filter(|_| found.len() < TOLD).and_then(|field| {
                    nearest(name, field.properties().map(|known| known.name)).map(str::to_owned)
                });
                let span =
                    node.as_map().and_then(|map| map.entry(name)).map_or(node.span, |entry| entry.key_span);
                if top == Kind::Offer.root()
                    && let Some(below) = pointer.strip_prefix("/contract")
                    && field_at(Kind::Contract.root(), below).is_some_and(|at| at.property(name).is_some())
                {
                    found.push(Diagnostic::new(span, super::tender::Problem::NotTheBidders(name.clone())));
                    continue;
                }
                found.push(Diagnostic::new(span, Problem::UnknownKey { name: name.clone(), nearest: near }));
            }
            return;
        }
        ValidationErrorKind::Required { property } => {
            Problem::MissingKey { name: property.as_str().unwrap_or_default().to_owned() }
        }
        ValidationErrorKind::Type { kind: wanted } => {
            let wanted = match wanted {
                TypeKind::Single(ty) => ty.to_string(),
                TypeKind::Multiple(types) => {
                    types.iter().map(|ty| ty.to_string()).collect::<Vec<_>>().join(", ")
                }
            };
            let quoted = quoted_number(node);
            let wording =
                field.filter(|_| !quoted && node.as_text().is_some()).and_then(|_| sibling(top, &pointer));
            Problem::WrongType { name, wanted, found: shown(), quoted, wording }
        }
        ValidationErrorKind::Enum { options } => {
            let words: Vec<String> = options
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            let near = node.as_text().and_then(|word| nearest(word, words.iter().map(String::as_str)));
            let label = |word: &str, lang| {
                field.and_then(|field| field.label(word, lang)).filter(|label| *label != word)
            };
            let told = |word: &String, lang: Lang| match (label(word, lang), lang) {
                (None, _) => word.clone(),
                (Some(label), Lang::Ja) => format!("{word}（{label}）"),
                (Some(label), Lang::En) => format!("{word} ({label})"),
            };
            let choices = [(Lang::Ja, "、"), (Lang::En, ", ")].map(|(lang, between)| {
                words.iter().map(|word| told(word, lang)).collect::<Vec<_>>().join(between)
            });
            Problem::UnknownWord { found: shown(), nearest: near.map(str::to_owned), choices }
        }
        ValidationErrorKind::Format { .. } => Problem::NotADate(shown()),
        ValidationErrorKind::Minimum { limit } => {
            Problem::TooSmall { found: shown(), least: limit.to_string() }
        }
        ValidationErrorKind::Maximum { limit } => {
            Problem::TooLarge { found: shown(), most: limit.to_string() }
        }
        ValidationErrorKind::Pattern { pattern } => {
            Problem::BadForm { found: shown(), pattern: pattern.clone() }
        }
        ValidationErrorKind::UniqueItems => Problem::Repeated(name),
        ValidationErrorKind::MinLength { .. } | ValidationErrorKind::MinItems { .. } => Problem::Empty(name),
        ValidationErrorKind::Constant { expected_value } => {
            Problem::NotTheConstant { found: shown(), wanted: expected_value.to_string() }
        }
        other => Problem::Other { keyword: other.keyword().to_owned(), found: shown() },
    };
    let at_key = matches!(error.kind(), ValidationErrorKind::Required { .. });
    let span = if at_key { key.unwrap_or(node.span) } else { node.span };
    found.push(Diagnostic::new(span, problem));
}

/// The node at a JSON pointer, and the span of the key that leads to it.
fn locate<'n>(root: &'n Node, pointer: &str, alternative: usize) -> (&'n Node, Option<Span>) {
    let (mut node, mut key) = (root, None);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = match &node.data {
            Data::Map(map) => map.entry(&step).map(|entry| (&entry.value, Some(entry.key_span))),
            Data::List(items) => {
                step.parse().ok().and_then(|at: usize| items.get(at)).map(|item| (item, None))
            }
            _ => None,
        };
        let Some(found) = next else { break };
        (node, key) = found;
    }
    let values = node.conflict();
    let one = values.get(alternative.min(values.len().saturating_sub(1)));
    (one.unwrap_or(node), key)
}

fn field_at(top: Field, pointer: &str) -> Option<Field> {
    let mut field = top;
    for step in pointer.split('/').skip(1) {
        field = field.property(step).or_else(|| field.items())?;
    }
    Some(field)
}

/// The name of the sibling that holds a wording in place of the number at a pointer.
fn sibling(top: Field, pointer: &str) -> Option<&'static str> {
    let (parent, name) = pointer.rsplit_once('/')?;
    Some(field_at(top, parent)?.property(&format!("{name}_wording"))?.name)
}

fn shown(node: &Node) -> String {
    let text = match &node.data {
        Data::Text(text) => text.to_string(),
        Data::Map(_) | Data::List(_) => return String::new(),
        _ => node.to_json().to_string(),
    };
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whether a text would be a number without its quotes.
fn quoted_number(node: &Node) -> bool {
    node.as_text().is_some_and(|text| text.trim().parse::<f64>().is_ok())
}

/// Reads a tree into a typed form after its schema passed.
///
/// # Errors
/// What the typed form refuses, in serde's words.
pub fn typed<T: serde::de::DeserializeOwned>(root: &Node) -> Result<Arc<T>, String> {
    serde_json::from_value(root.to_json()).map(Arc::new).map_err(|error| error.to_string())
}
