//! What the library covers: measures and references with their policies, fields that nobody reads.

use std::collections::BTreeSet;

use super::Policy;
use super::library::{Family, Library, Reference};
use super::reads::{facts, reads};
use crate::load::tree::{Data, Node};
use crate::schema::{Field, Kind};

/// What a library covers.
#[derive(Debug)]
pub struct Coverage<'l> {
    /// Each family with its measures.
    pub families: Vec<FamilyCoverage<'l>>,
    /// Each law or standard with the policies that name it.
    pub references: Vec<(&'l Reference, Vec<&'l Policy>)>,
    /// Facts that no policy reads, as paths of the schemas.
    pub unread: Vec<(String, Field)>,
    /// How many facts there are.
    pub facts: usize,
}

/// What a family covers.
#[derive(Debug)]
pub struct FamilyCoverage<'l> {
    /// The family.
    pub family: &'l Family,
    /// Each measure with its policies.
    pub measures: Vec<(&'l str, Vec<&'l Policy>)>,
    /// The policies that stand for none of the measures.
    pub others: Vec<&'l Policy>,
}

impl Coverage<'_> {
    /// How many measures there are, and how many of them have a policy.
    pub fn measures(&self) -> (usize, usize) {
        let measures = self.families.iter().flat_map(|family| &family.measures);
        let covered = measures.clone().filter(|(_, policies)| !policies.is_empty()).count();
        (measures.count(), covered)
    }
}

/// Looks through a library and its compiled policies.
pub fn coverage<'l>(library: &'l Library, policies: &'l [Policy]) -> Coverage<'l> {
    let of_measure = |measure: &str| policies.iter().filter(|policy| policy.measure() == measure).collect();
    let families = library.families.iter().map(|family| {
        let own = policies.iter().filter(|policy| policy.family() == family.id);
        let is_other = |policy: &&Policy| !family.measures.iter().any(|one| one == policy.measure());
        FamilyCoverage {
            family,
            measures: family.measures.iter().map(|one| (one.as_str(), of_measure(one))).collect(),
            others: own.filter(is_other).collect(),
        }
    });
    let references = library.references.values().map(|reference| {
        let naming = policies.iter().filter(|policy| policy.file.references.contains(&reference.id));
        (reference, naming.collect())
    });
    let read: BTreeSet<String> = policies.iter().flat_map(|policy| reads(policy).into_keys()).collect();
    let stated: Vec<(String, Field)> = Kind::ALL
        .into_iter()
        .filter(|kind| kind.is_factual())
        .flat_map(|kind| facts(kind.root(), kind.word()))
        .filter(|(path, _)| !is_bookkeeping(path))
        .collect();
    Coverage {
        families: families.collect(),
        references: references.collect(),
        facts: stated.len(),
        unread: stated.into_iter().filter(|(path, _)| !read.contains(path)).collect(),
    }
}

/// What identifies a document and its parts, or says where a fact stands: no policy could read it.
fn is_bookkeeping(path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
    steps.len() == 2 && matches!(steps[1], "hadome" | "id" | "lists" | "title" | "summary")
        || steps.iter().skip(1).any(|step| matches!(*step, "ref" | "sources" | "amendments" | "id"))
}

/// The policies for which none of the documents states anything that they read.
pub fn idle<'p>(policies: &'p [Policy], documents: &[(Kind, &Node)]) -> Vec<&'p Policy> {
    let finds = |path: &str| {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        let steps: Vec<&str> = rest.split('.').collect();
        documents.iter().any(|(kind, node)| kind.word() == root && states(node, &steps))
    };
    policies.iter().filter(|policy| !reads(policy).keys().any(|path| finds(path))).collect()
}

/// Whether a value stands at a path, in any item of the lists on the way.
fn states(node: &Node, steps: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return !matches!(node.data, Data::Null) };
    let Some(found) = node.get(step.trim_end_matches("[]")) else { return false };
    match (&found.data, step.ends_with("[]")) {
        (Data::List(items), true) => items.iter().any(|item| states(item, rest)),
        _ => states(found, rest),
    }
}
