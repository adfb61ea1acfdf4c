//! A bid: the draft contract with what the bidder offers, as proposed and as it stands after an inquiry.

mod answered;
mod merge;

use std::collections::BTreeMap;

use super::document;
use super::tender::Problem;
use super::{Refused, Yardstick, validate};
use crate::case::{Case, Document};
use crate::diagnostic::Diagnostic;
use crate::load::dossier::{Loaded, Parsed};
use crate::load::tree::{Node, Span};
use crate::nearest::nearest;
use crate::schema::Kind;
use crate::tender::offer::Answer;
pub use answered::{DELIVERY, Effect, Reply};

/// A bid that can be judged.
#[derive(Debug)]
pub struct Bid {
    /// What was offered, as a document.
    pub offer: Document,
    /// The answers to the requirements as proposed.
    pub answers: Vec<Answered>,
    /// As proposed (提案時).
    pub proposed: Case,
    /// As it stands after the inquiry (照会後), where there was one.
    pub after: Option<After>,
}

/// The answer to a requirement, with its place.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What was answered.
    pub answer: Answer,
    /// Where it stands.
    pub span: Span,
    /// Where in the original it stands, its source by title.
    pub reference: Option<Node>,
}

/// A bid after an inquiry.
#[derive(Debug)]
pub struct After {
    /// What came back, as a document.
    pub document: Document,
    /// What is judged then.
    pub case: Case,
    /// The answers to the requirements as they stand then.
    pub answers: Vec<Answered>,
    /// Each answer and what became of it.
    pub replies: Vec<Reply>,
}

/// Checks a loaded bid. `id` is the name of its folder, `policies` are those that judge it.
///
/// # Errors
/// All that keeps it from being judged, in the order of the places.
pub fn bid(loaded: Loaded, id: &str, policies: &[&str], yardstick: &Yardstick) -> Result<Bid, Box<Refused>> {
    let Loaded { name, sources, documents, mut diagnostics, attachments } = loaded;
    let (mut offer, mut answers, mut factual) = (None, None, Vec::new());
    for parsed in documents {
        let to = match parsed.kind {
            Kind::Offer => &mut offer,
            Kind::Answers => &mut answers,
            _ => {
                factual.push(parsed);
                continue;
            }
        };
        *to = document::check(parsed, false, yardstick.as_of, &mut diagnostics);
    }
    let draft = factual.iter_mut().find(|parsed| parsed.kind == Kind::Contract);
    if let (Some(draft), Some(offer)) = (draft, &offer) {
        merge::into(&mut draft.root, &offer.root, &mut diagnostics);
    }
    for document in offer.iter().chain(&answers) {
        folder_id(&document.root, id, &mut diagnostics);
        super::consistency::ids(&document.root, &mut diagnostics);
    }
    let read = offer.as_ref().map(|offer| requirements(&offer.root, policies, &mut diagnostics));
    if let Some(answers) = &answers {
        answered::unchanged(&answers.root, &name, &sources, &mut diagnostics);
    }
    let copy = answers.is_some().then(|| copies(&factual));
    let (Some(offer), true) = (offer, diagnostics.is_empty()) else {
        return Err(Box::new(super::refused(name, sources, diagnostics)));
    };
    let again = copy.map(|documents| Loaded {
        name: name.clone(),
        sources: sources.clone(),
        documents,
        diagnostics: Vec::new(),
        attachments: attachments.clone(),
    });
    let proposed =
        validate(Loaded { name, sources, documents: factual, diagnostics, attachments }, yardstick)?;
    let after = match (again, answers) {
        (Some(again), Some(document)) => {
            Some(after(again, document, read.clone().unwrap_or_default(), yardstick)?)
        }
        _ => None,
    };
    Ok(Bid { offer, answers: read.unwrap_or_default(), proposed, after })
}

fn after(
    mut loaded: Loaded,
    document: Document,
    mut answers: Vec<Answered>,
    yardstick: &Yardstick,
) -> Result<After, Box<Refused>> {
    let mut diagnostics = Vec::new();
    let replies = answered::apply(&mut loaded.documents, &mut answers, &document.root, &mut diagnostics);
    loaded.diagnostics = diagnostics;
    Ok(After { case: validate(loaded, yardstick)?, answers, document, replies })
}

fn copies(documents: &[Parsed]) -> Vec<Parsed> {
    let copy = |parsed: &Parsed| Parsed { kind: parsed.kind, file: parsed.file, root: parsed.root.clone() };
    documents.iter().map(copy).collect()
}

/// A document of a bid is its bidder's.
fn folder_id(root: &Node, folder: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(id) = root.get("id") else { return };
    let found = id.as_text().unwrap_or_default();
    if found != folder {
        let problem = Problem::OtherBidder { found: found.to_owned(), wanted: folder.to_owned() };
        diagnostics.push(Diagnostic::new(id.span, problem));
    }
}

/// The answers to the requirements: each policy once, and only those that judge.
fn requirements(root: &Node, policies: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Vec<Answered> {
    let entries = root.get("requirements").and_then(Node::as_list).unwrap_or_default();
    let mut read: Vec<Answered> = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for entry in entries {
        let span = entry.get("policy").map_or(entry.span, |policy| policy.span);
        // The schema has passed, so that the entry reads.
        let Ok(answer) = serde_json::from_value::<Answer>(entry.to_json()) else { continue };
        if !policies.contains(&answer.policy.as_str()) {
            let near = nearest(&answer.policy, policies.iter().copied()).map(str::to_owned);
            let problem = Problem::UnknownPolicy { id: answer.policy.clone(), nearest: near };
            diagnostics.push(Diagnostic::new(span, problem));
        }
        if let Some(first) = seen.get(&answer.policy) {
            let diagnostic = Diagnostic::new(span, Problem::TwoAnswers(answer.policy.clone()));
            diagnostics.push(diagnostic.with_related(*first, "先にあるもの", "the first one"));
        } else {
            seen.insert(answer.policy.clone(), span);
        }
        let reference = entry.get("ref").map(|reference| answered::cited(reference, root));
        read.push(Answered { answer, span, reference });
    }
    read
}
