//! Validate: trees and the library in, a case out, or every problem at once.

pub mod amend;
pub mod assume;
pub mod bid;
pub mod consistency;
pub mod counter;
mod covered;
pub mod document;
pub mod exception;
pub mod library;
pub mod problem;
pub mod proof;
pub mod redaction;
mod rules;
pub mod stage;
pub mod tender;
pub mod yardstick;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::case::{Case, Document, Documents, Items};
use crate::diagnostic::{Diagnostic, in_order};
use crate::evidence::Evidence;
use crate::load::dossier::{Loaded, Parsed};
use crate::load::fold::fold;
use crate::load::hints::instead_of_collection;
use crate::load::limits::Limits;
use crate::load::source::Sources;
use crate::load::yaml;
use crate::policy::Policy;
use crate::policy::file::PolicyFile;
use crate::policy::library::Profile;
use crate::schema::Kind;
use crate::stage::Stage;
use problem::Problem;

/// What a run judges with: the same for every dossier.
#[derive(Clone, Debug)]
pub struct Yardstick {
    /// The profile.
    pub profile: Arc<Profile>,
    /// The selected policies, compiled; never empty.
    pub policies: Arc<Vec<Policy>>,
    /// Policies that the profile leaves out.
    pub left_out: Arc<Vec<Arc<PolicyFile>>>,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// A stage that replaces the one from the dates.
    pub stage: Option<Stage>,
    /// Facts that the reader supposes, as `path=value`.
    pub assume: Arc<Vec<String>>,
}

/// A dossier that cannot be judged: its files and all that is wrong with them.
#[derive(Debug)]
pub struct Refused {
    /// The dossier's name.
    pub name: String,
    /// The files, for places.
    pub sources: Sources,
    /// Never empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl Refused {
    /// A case that cannot be judged after all.
    pub fn case(case: Case, diagnostics: Vec<Diagnostic>) -> Box<Refused> {
        Box::new(Refused { name: case.name, sources: case.sources, diagnostics })
    }
}

/// Checks a loaded dossier.
///
/// # Errors
/// All problems, in the order of their places.
pub fn validate(loaded: Loaded, yardstick: &Yardstick) -> Result<Case, Box<Refused>> {
    let Loaded { name, mut sources, documents, mut diagnostics, attachments } = loaded;
    let beside_incident = documents.iter().any(|document| document.kind == Kind::Incident);
    let (mut contract, mut systems, mut records) = (None, Vec::new(), None);
    let (mut register, mut exceptions) = (None, None);
    for parsed in documents {
        let Some(document) = document::check(parsed, beside_incident, yardstick.as_of, &mut diagnostics)
        else {
            continue;
        };
        match document.kind {
            Kind::Contract => contract = Some(document),
            Kind::System => systems.push(document),
            Kind::Records => records = Some(document),
            Kind::Evidence => register = Some(document),
            Kind::Waivers => exceptions = Some(document),
            _ => {}
        }
    }
    let mut stated = Documents { contract, systems, records, ..Documents::default() };
    let assumptions = assume::apply(&mut stated, yardstick, &mut sources, &mut diagnostics);
    let Documents { contract, systems, records, .. } = stated;
    let own_operation = contract.is_none() && systems.iter().any(is_own);
    if diagnostics.is_empty() {
        operation(contract.as_ref(), &systems, &mut diagnostics);
        consistency::systems(&systems, &mut diagnostics);
        covered::check(contract.as_ref(), &systems, records.as_ref(), &mut diagnostics);
    }
    // Of each document that its own schema lets pass, whatever is wrong with the others.
    let others = records.iter().chain(&register).chain(&exceptions);
    consistency::check(contract.as_ref(), &systems, others, &mut diagnostics);
    if !diagnostics.is_empty() {
        return Err(Box::new(refused(name, sources, diagnostics)));
    }
    let stage = stage::find(contract.as_ref(), &systems, own_operation, yardstick);
    let mut case = Case {
        name,
        contract,
        systems,
        records,
        evidence: Evidence::default(),
        attachments,
        asks_proof: true,
        counter: Vec::new(),
        assumptions,
        waivers: Vec::new(),
        sources,
        own_operation,
        as_of: yardstick.as_of,
        stage,
        profile: yardstick.profile.clone(),
        policies: yardstick.policies.clone(),
        left_out: yardstick.left_out.clone(),
        items: Items::default(),
    };
    if let Some(register) = register {
        case.evidence = proof::gather(register, &case, &mut diagnostics);
        case.counter = counter::weigh(&case, &case.evidence, &mut diagnostics);
    }
    if let Some(exceptions) = &exceptions {
        case.waivers = exception::gather(exceptions, &case, &mut diagnostics);
    }
    if diagnostics.is_empty() {
        Ok(case)
    } else {
        Err(Box::new(refused(case.name, case.sources, diagnostics)))
    }
}

/// Holds the new text of a register against a case, before anyone writes it; the case then has it in
/// place of the old one. `path` is the file's as it is printed.
///
/// # Errors
/// All that would keep the dossier from being judged, in the order of the places.
pub fn rewritten(case: &mut Case, kind: Kind, path: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
    let file = case.sources.add(path.to_owned(), Some(text.into()), None);
    let mut root = yaml::parse(text, file, &Limits::default())?;
    let mut diagnostics = fold(&mut root);
    let document = document::check(Parsed { kind, file, root }, false, case.as_of, &mut diagnostics);
    if let (Some(document), true) = (document, diagnostics.is_empty()) {
        consistency::check(None, &[], std::iter::once(&document), &mut diagnostics);
        if kind == Kind::Waivers {
            case.waivers = exception::gather(&document, case, &mut diagnostics);
        } else {
            case.evidence = proof::gather(document, case, &mut diagnostics);
            case.counter = counter::weigh(case, &case.evidence, &mut diagnostics);
        }
    }
    in_order(&mut diagnostics);
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}

/// The problems in the order of their places.
fn refused(name: String, sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Refused {
    diagnostics.iter_mut().for_each(|diagnostic| explain_text(diagnostic, &sources));
    in_order(&mut diagnostics);
    Refused { name, sources, diagnostics }
}

/// Where a section or a list is wanted and a text stands, its form often shows why: `deadline：30`.
fn explain_text(diagnostic: &mut Diagnostic, sources: &Sources) {
    let text = sources.file(diagnostic.span.file).text.as_deref().unwrap_or_default();
    let quoted = sources.text(diagnostic.span).starts_with(['"', '\'', '|', '>']);
    if diagnostic.code() == "collection-wanted"
        && !quoted
        && let Some(better) = instead_of_collection(text, diagnostic.span)
    {
        *diagnostic = better;
    }
}

fn is_own(system: &Document) -> bool {
    system.root.get("operation").and_then(|operation| operation.as_text()) == Some("own")
}

/// A contract is there unless every system is run by the organisation itself.
fn operation(contract: Option<&Document>, systems: &[Document], diagnostics: &mut Vec<Diagnostic>) {
    for system in systems {
        match (contract, is_own(system)) {
            (None, false) => diagnostics.push(Diagnostic::new(system.head_span(), Problem::NoContract)),
            (Some(contract), true) => {
                let span = system.root.get("operation").map_or(system.root.span, |node| node.span);
                let diagnostic = Diagnostic::new(span, Problem::OwnWithContract);
                diagnostics.push(diagnostic.with_related(contract.head_span(), "契約内容", "the contract"));
            }
            _ => {}
        }
    }
}
