//! What the things of a dossier are called: an id that a document states in place of a thing is told by the
//! thing's name.

use std::collections::HashMap;

use crate::case::Case;
use crate::expression::sentence;
use crate::lang::Lang;
use crate::load::tree::{Data, Mapping, Node};
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

/// What the things of a dossier are called, by their ids.
#[derive(Debug)]
pub(in crate::render) struct Names<'c>(HashMap<&'c str, Name<'c>>);

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
        let mut names = Names(HashMap::new());
        let documents = case.contract.iter().chain(&case.systems).chain(&case.records);
        documents.for_each(|document| names.collect(&document.root));
        names
    }

    fn collect(&mut self, node: &'c Node) {
        match &node.data {
            Data::Map(_) => {
                if let (Some(id), Some((rank, name))) = (node.id(), ranked(node)) {
                    let best = self.0.entry(id).or_insert(Name { rank, text: Some(name) });
                    if rank < best.rank {
                        *best = Name { rank, text: Some(name) };
                    } else if rank == best.rank {
                        best.text = best.text.filter(|known| *known == name);
                    }
                }
                let entries = node.as_map().map(Mapping::entries).unwrap_or_default();
                entries.iter().for_each(|entry| self.collect(&entry.value));
            }
            Data::List(items) => items.iter().for_each(|item| self.collect(item)),
            _ => {}
        }
    }

    /// What the things with an id are called; nothing where none has a name, or two have different ones
    /// as good.
    fn get(&self, id: &str) -> Option<&'c str> {
        self.0.get(id)?.text
    }

    /// A stated value for readers of a paper: ids by what they stand for, where the dossier has one name
    /// for them.
    pub(super) fn said(&self, field: Field, node: &Node, lang: Lang) -> String {
        let names: Option<Vec<&str>> = match &node.data {
            Data::Text(id) if is_id(field) => self.get(id).map(|name| vec![name]),
            Data::List(items) if !items.is_empty() && field.items().is_some_and(is_id) => {
                let or_id = |item| Node::as_text(item).map(|id| self.get(id).unwrap_or(id));
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
