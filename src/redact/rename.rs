//! Gives hidden ids other names, the same ones in the documents and in every path, so that paths still
//! lead where they led.

use std::collections::BTreeMap;

use super::hide::id_field;
use super::walk::below;
use crate::case::Document;
use crate::conclude::Assessment;
use crate::evaluate::outcome::{Outcome, Target};
use crate::evidence::Flaw;
use crate::expression::trace::{Cause, FactPath, Shown, Step, Trace};
use crate::load::tree::{Data, Node};
use crate::schema::{Field, Kind};

/// Renames ids throughout an assessment. One that is hidden anywhere is hidden wherever it is an id.
pub(super) fn rename(assessment: &mut Assessment, ids: &BTreeMap<String, (String, usize)>) {
    if ids.is_empty() {
        return;
    }
    let names = Names(ids);
    let Assessment { case, outcomes, .. } = assessment;
    let factual = case.contract.iter_mut().chain(&mut case.systems).chain(&mut case.records);
    factual.for_each(|document| names.document(document));
    for item in case.evidence.items_mut() {
        names.id(&mut item.id);
        let field = Kind::Evidence.root().property("evidence").and_then(Field::items);
        names.node(field, &mut item.entry);
        item.claims.iter_mut().for_each(|claim| names.path(&mut claim.path));
        for flaw in &mut item.flaws {
            match flaw {
                Flaw::NoValue(path)
                | Flaw::BeforeTheDeed(path)
                | Flaw::NotStated(path)
                | Flaw::Contradicts(path) => names.path(path),
                Flaw::NoSuchFact(written) => names.written(written),
                _ => {}
            }
        }
    }
    for waiver in &mut case.waivers {
        names.id(&mut waiver.id);
        names.written(&mut waiver.target);
        waiver.changed.iter_mut().for_each(|path| names.written(path));
        let field = Kind::Waivers.root().property("waivers").and_then(Field::items);
        names.node(field, &mut waiver.entry);
    }
    case.assumptions.iter_mut().for_each(|assumption| names.written(&mut assumption.path));
    outcomes.iter_mut().for_each(|outcome| names.outcome(outcome));
}

struct Names<'i>(&'i BTreeMap<String, (String, usize)>);

impl Names<'_> {
    fn of(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|(name, _)| name.as_str())
    }

    fn id(&self, id: &mut String) {
        if let Some(name) = self.of(id) {
            *id = name.to_owned();
        }
    }

    /// A path as people write it: its ids stand in brackets.
    fn written(&self, path: &mut String) {
        let mut out = String::with_capacity(path.len());
        let mut rest = path.as_str();
        while let Some((before, inside)) = rest.split_once('[') {
            let (id, after) = inside.split_once(']').unwrap_or((inside, ""));
            out.push_str(before);
            out.push('[');
            out.push_str(self.of(id).unwrap_or(id));
            if inside.len() > id.len() {
                out.push(']');
            }
            rest = after;
        }
        out.push_str(rest);
        *path = out;
    }

    fn path(&self, path: &mut FactPath) {
        path.system.iter_mut().for_each(|id| self.id(id));
        for step in &mut path.steps {
            if let Step::Item(id) = step {
                self.id(id);
            }
        }
    }

    fn document(&self, document: &mut Document) {
        self.node(Some(document.kind.root()), &mut document.root);
    }

    fn node(&self, field: Option<Field>, node: &mut Node) {
        if let Some(mark) = &mut node.mark {
            let name = mark.amendment.as_deref().and_then(|id| self.of(id)).map(Box::from);
            mark.amendment = name.or(mark.amendment.take());
        }
        below(field, node, &mut |field, node| self.node(field, node));
        if let Data::Text(text) = &mut node.data
            && field == Some(id_field())
            && let Some(name) = self.of(text)
        {
            *text = name.into();
        }
    }

    fn outcome(&self, outcome: &mut Outcome) {
        match &mut outcome.target {
            Target::List { path, .. } | Target::Item { path, .. } => self.path(path),
            Target::Dossier | Target::System(_) => {}
        }
        outcome.applies.iter_mut().for_each(|trace| self.trace(trace));
        outcome.list_gap.iter_mut().for_each(|cause| self.cause(cause));
        for clause in &mut outcome.clauses {
            clause.trace.iter_mut().for_each(|trace| self.trace(trace));
            let facts = clause.proof.iter_mut().flat_map(|proof| &mut proof.facts);
            facts.for_each(|(path, _)| self.path(path));
        }
    }

    fn trace(&self, trace: &mut Trace) {
        for read in &mut trace.reads {
            self.path(&mut read.path);
            if let Shown::AsListOf(list) = &mut read.shown {
                self.path(list);
            }
        }
        trace.causes.iter_mut().for_each(|cause| self.cause(cause));
    }

    fn cause(&self, cause: &mut Cause) {
        self.path(&mut cause.path);
    }
}
