//! The documents as counter-evidence would have them, for the evaluator to weigh both.

use std::collections::BTreeMap;

use super::exception::Problem;
use super::{is_own, stage};
use crate::case::{Case, Document, Documents};
use crate::diagnostic::Diagnostic;
use crate::evidence::{Claim, Evidence, Item};
use crate::expression::trace::{FactPath, Step};
use crate::expression::typed::Root;
use crate::load::tree::Node;

/// How many pieces of counter-evidence are weighed; each costs one more evaluation.
const MOST: usize = 64;

/// Makes one set of documents per contradiction, and one with all of them where there are several.
pub fn weigh(case: &Case, evidence: &Evidence, diagnostics: &mut Vec<Diagnostic>) -> Vec<Documents> {
    let found: Vec<(&Item, &Claim)> = evidence.counter().collect();
    if let Some((item, _)) = found.get(MOST) {
        let problem = Problem::TooMuchCounterEvidence { found: found.len(), most: MOST };
        diagnostics.push(Diagnostic::new(item.span, problem));
        return Vec::new();
    }
    let mut worlds: Vec<Documents> =
        found.iter().map(|(_, claim)| with(case, [(&claim.path, &claim.value)])).collect();
    let last: BTreeMap<&FactPath, &Node> =
        found.iter().map(|(_, claim)| (&claim.path, &claim.value)).collect();
    if last.len() > 1 {
        worlds.push(with(case, last));
    }
    worlds
}

fn with<'v>(case: &Case, values: impl IntoIterator<Item = (&'v FactPath, &'v Node)>) -> Documents {
    let mut documents = Documents {
        contract: case.contract.clone(),
        systems: case.systems.clone(),
        records: case.records.clone(),
        ..Documents::default()
    };
    for (path, value) in values {
        if let Some(node) = documents.of(path).and_then(|document| follow(&mut document.root, &path.steps)) {
            *node = value.clone();
            documents.changed.push(path.clone());
        }
    }
    let Documents { contract, systems, .. } = &documents;
    documents.own_operation = contract.is_none() && systems.iter().any(is_own);
    let Documents { contract, systems, own_operation, .. } = &documents;
    let dated = stage::dated(contract.as_ref(), systems, *own_operation, case.as_of);
    documents.stage = if case.stage.overridden { case.stage.stage } else { dated };
    documents
}

impl Documents {
    fn of(&mut self, path: &FactPath) -> Option<&mut Document> {
        match path.root {
            Root::Contract => self.contract.as_mut(),
            Root::Records => self.records.as_mut(),
            Root::System => self.systems.iter_mut().find(|system| system.root.id() == path.system.as_deref()),
        }
    }
}

fn follow<'n>(root: &'n mut Node, steps: &[Step]) -> Option<&'n mut Node> {
    steps.iter().try_fold(root, |node, step| match step {
        Step::Field(name) => node.as_map_mut()?.get_mut(name),
        Step::Item(id) => match &mut node.data {
            crate::load::tree::Data::List(items) => items.iter_mut().find(|item| item.id() == Some(id)),
            _ => None,
        },
    })
}
