//! What the things of a dossier are called: an id that a document states in place of a thing is told by the
//! thing's name.

use std::collections::HashMap;

use crate::case::Case;
use crate::expression::sentence;
use crate::lang::Lang;
use crate::load::tree::{Data, Node};
use crate::schema::{Field, Kind};

/// The keys under which an item says what it is called, the best first.
const NAMES: [&str; 8] = ["title", "name", "task", "item", "data", "content", "place", "organisation"];

/// What an item or a document is called.
pub(super) fn name(node: &Node) -> Option<&str> {
    ranked(node).map(|(_, name)| name)
}

/// The same, with how good a name it is: a party's own name comes before what it does.
fn ranked(node: &Node) -> Option<(usize, &str)> {
    NAMES.into_iter().enumerate().find_map(|(rank, key)| Some((rank, node.get(key)?.as_text()?)))
}

/// What the things of a dossier are called, by their ids. An id is unique in its list only, so that the
/// papers that a document cites and the systems stand apart from what they may share an id with.
#[derive(Debug, Default)]
pub(in crate::render) struct Names<'c> {
    things: HashMap<&'c str, Name<'c>>,
    /// What a field that names systems can name: the systems and the things, but no party.
    systems: HashMap<&'c str, Name<'c>>,
}

/// Lists of which nothing else is said by an id: papers, and what changed a contract.
const PAPERS: [&str; 2] = ["sources", "amendments"];

/// The list of the parties of a contract.
const PARTIES: &str = "parties";

/// The fields that name a system by its id.
const OF_SYSTEMS: [&str; 3] = ["covers", "system", "systems"];

/// The best name of one id.
#[derive(Clone, Copy, Debug)]
struct Name<'c> {
    rank: usize,
    /// Nothing where two different names are as good.
    text: Option<&'c str>,
}

impl<'c> Names<'c> {
    /// Those of all documents of a case.
    pub(super) fn of(case: &'c Case) -> Names<'c> {
        let mut names = Names::default();
        for system in &case.systems {
            add(&mut names.systems, &system.root);
        }
        let documents = case.contract.iter().chain(&case.systems).chain(&case.records);
        documents.for_each(|document| names.below(&document.root, false));
        names
    }

    fn below(&mut self, node: &'c Node, parties: bool) {
        match &node.data {
            Data::Map(map) => {
                let entries = map.entries().iter().filter(|entry| !PAPERS.contains(&&*entry.key));
                entries.for_each(|entry| self.below(&entry.value, &*entry.key == PARTIES));
            }
            Data::List(items) => items.iter().for_each(|item| {
                add(&mut self.things, item);
                if !parties {
                    add(&mut self.systems, item);
                }
                self.below(item, false);
            }),
            _ => {}
        }
    }

    /// What the thing is called whose id a field holds; nothing where none has a name, or two have
    /// different ones as good.
    fn get(&self, field: Field, id: &str) -> Option<&'c str> {
        let names = if OF_SYSTEMS.contains(&field.name) { &self.systems } else { &self.things };
        names.get(id)?.text
    }

    /// A stated value for readers of a paper: ids by what they stand for, where the dossier has one name
    /// for them.
    pub(super) fn said(&self, field: Field, node: &Node, lang: Lang) -> String {
        let names: Option<Vec<&str>> = match &node.data {
            Data::Text(id) if is_id(field) => self.get(field, id).map(|name| vec![name]),
            Data::List(items) if !items.is_empty() && field.items().is_some_and(is_id) => {
                let or_id = |item| Node::as_text(item).map(|id| self.get(field, id).unwrap_or(id));
                items.iter().map(or_id).collect()
            }
            _ => None,
        };
        names.map_or_else(|| sentence::said(field, node, lang), |names| names.join(lang.pick("、", ", ")))
    }
}

/// Whether a field holds an id.
fn is_id(field: Field) -> bool {
    Kind::System.root().property("id") == Some(field)
}

fn add<'c>(names: &mut HashMap<&'c str, Name<'c>>, node: &'c Node) {
    let (Some(id), Some((rank, name))) = (node.id(), ranked(node)) else { return };
    let best = names.entry(id).or_insert(Name { rank, text: Some(name) });
    if rank < best.rank {
        *best = Name { rank, text: Some(name) };
    } else if rank == best.rank {
        best.text = best.text.filter(|known| *known == name);
    }
}
