//! Facts that two states of a dossier state differently, found in the documents themselves.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::case::{Case, Document};
use crate::expression::sentence;
use crate::expression::trace::{FactPath, Step};
use crate::expression::typed::Root;
use crate::lang::Lang;
use crate::load::source::within;
use crate::load::tree::{Mapping, Node};
use crate::schema::{Field, Shape};

/// A fact that is stated differently.
#[derive(Clone, Debug, PartialEq)]
pub struct FactChange {
    /// Its path, with ids.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// As it was stated; `None` where nothing stood there.
    pub before: Option<Stated>,
    /// As it is stated; `None` where nothing stands there.
    pub after: Option<Stated>,
}

/// What stands at a path.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The value; null where none is stated.
    pub value: Value,
    /// The value for people, or the words that stand instead of one; `None` where there are none.
    pub shown: Option<String>,
    /// Where, with the place in the original first.
    pub place: Option<String>,
}

/// Two statements are equal where they say the same, wherever it stands.
impl PartialEq for Stated {
    fn eq(&self, other: &Stated) -> bool {
        // Words for people follow the language of a run; they count where there is no value.
        self.value == other.value && (!self.value.is_null() || self.shown == other.shown)
    }
}

/// The facts that the documents of two cases state differently.
pub fn changes(old: &Case, new: &Case, lang: Lang) -> Vec<(FactPath, FactChange)> {
    let mut walker = Walker { old, new, lang, found: Vec::new() };
    walker.documents(Root::Contract, None, old.contract.as_ref(), new.contract.as_ref());
    let ids = |case: &'_ Case| -> BTreeSet<String> {
        (0..case.systems.len()).map(|at| case.system_id(at).to_owned()).collect()
    };
    let all: BTreeSet<String> = ids(old).into_iter().chain(ids(new)).collect();
    for id in all {
        let (was, is) = (system(old, &id), system(new, &id));
        walker.documents(Root::System, Some(id.clone()), was, is);
    }
    walker.documents(Root::Records, None, old.records.as_ref(), new.records.as_ref());
    walker.found
}

fn system<'c>(case: &'c Case, id: &str) -> Option<&'c Document> {
    case.systems.iter().find(|system| system.root.id() == Some(id))
}

/// Whether a policy that reads these paths of the schemas, judged on this target, reads a fact.
pub fn is_read(path: &FactPath, reads: &BTreeSet<String>, target: &str) -> bool {
    let (fact, written) = (path.schema_path(), path.to_string());
    let below = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    if !reads.iter().any(|read| below(read, &fact) || below(&fact, read)) {
        return false;
    }
    // What is said of another item of the same list, or of another system, is another target's.
    let other = |list_of: &str| {
        let opened = format!("{list_of}[");
        written.starts_with(&opened)
            && target.starts_with(&opened)
            && !below(&written, item_of(target, list_of))
    };
    let item = target.strip_suffix(']').and_then(|open| open.rfind('[')).map(|at| &target[..at]);
    !(other("system") || item.is_some_and(other))
}

/// The part of a path that ends with the item of a list.
fn item_of<'p>(path: &'p str, list: &str) -> &'p str {
    path[list.len()..].find(']').map_or(path, |end| &path[..=list.len() + end])
}

struct Walker<'c> {
    old: &'c Case,
    new: &'c Case,
    lang: Lang,
    found: Vec<(FactPath, FactChange)>,
}

impl<'c> Walker<'c> {
    fn documents(
        &mut self,
        root: Root,
        system: Option<String>,
        was: Option<&'c Document>,
        is: Option<&'c Document>,
    ) {
        let path = FactPath { root, system, steps: Vec::new() };
        self.walk(&path, root.kind().root(), was.map(|one| &one.root), is.map(|one| &one.root));
    }

    fn walk(&mut self, path: &FactPath, field: Field, was: Option<&'c Node>, is: Option<&'c Node>) {
        match field.shape() {
            Shape::Object => {
                let stated = |node: Option<&'c Node>, name: &str| node.and_then(|node| node.get(name));
                let empty =
                    |node: Option<&'c Node>| node.and_then(Node::as_map).is_none_or(Mapping::is_empty);
                if empty(was) && empty(is) {
                    return;
                }
                for property in field.properties() {
                    let below = stepped(path, Step::Field(property.name));
                    self.walk(&below, property, stated(was, property.name), stated(is, property.name));
                }
            }
            Shape::List if was.is_some_and(has_items) && is.is_some_and(has_items) => {
                let (was, is) = (items(was), items(is));
                let Some(inner) = field.items() else { return };
                let ids: BTreeSet<&str> = was.iter().chain(is).filter_map(Node::id).collect();
                let find = |list: &'c [Node], id: &str| list.iter().find(|item| item.id() == Some(id));
                for id in ids {
                    let below = stepped(path, Step::Item(id.to_owned()));
                    match (find(was, id), find(is, id)) {
                        (Some(was), Some(is)) => self.walk(&below, inner, Some(was), Some(is)),
                        (was, is) => self.leaf(below, inner, was, is),
                    }
                }
            }
            _ => self.leaf(path.clone(), field, was, is),
        }
    }

    fn leaf(&mut self, path: FactPath, field: Field, was: Option<&Node>, is: Option<&Node>) {
        if said(was) == said(is) {
            return;
        }
        let change = FactChange {
            path: path.to_string(),
            title: field.title(self.lang).to_owned(),
            before: was.map(|node| self.stated(self.old, &path, field, node)),
            after: is.map(|node| self.stated(self.new, &path, field, node)),
        };
        self.found.push((path, change));
    }

    fn stated(&self, case: &Case, path: &FactPath, field: Field, node: &Node) -> Stated {
        let file = case.sources.file(node.span.file);
        let at = format!("{}:{}", within(&case.name, &file.path), case.sources.position(node.span).line);
        let place = match case.locate(path).original(self.lang) {
            Some(original) => format!("{original}; {at}"),
            None => at,
        };
        let shown = Some(sentence::fact(field, node, self.lang));
        Stated { value: node.to_json(), shown, place: Some(place) }
    }
}

/// What a node says, apart from where: its value, and what keeps it from being one.
fn said(node: Option<&Node>) -> (Value, Option<String>, Vec<Value>) {
    let Some(node) = node else { return (Value::Null, None, Vec::new()) };
    let conflict = node.conflict().iter().map(Node::to_json).collect();
    (node.to_json(), node.placeholder().map(str::to_owned), conflict)
}

fn items(node: Option<&Node>) -> &[Node] {
    node.and_then(Node::as_list).unwrap_or_default()
}

/// Whether it is a list of things with ids.
fn has_items(node: &Node) -> bool {
    node.as_list().is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.id().is_some()))
}

fn stepped(path: &FactPath, step: Step) -> FactPath {
    let mut below = path.clone();
    below.steps.push(step);
    below
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::is_read;
    use crate::expression::trace::{FactPath, Step};
    use crate::expression::typed::Root;

    #[test]
    fn a_fact_is_read_by_its_own_target_alone() {
        let reads =
            BTreeSet::from(["system.data_stores[].encrypted".to_owned(), "contract.title".to_owned()]);
        let store = |system: &str, id: &str, field: Option<&'static str>| FactPath {
            root: Root::System,
            system: Some(system.to_owned()),
            steps: [Step::Field("data_stores"), Step::Item(id.to_owned())]
                .into_iter()
                .chain(field.map(Step::Field))
                .collect(),
        };
        let target = "system[web].data_stores[db]";
        for (path, target, want) in [
            (store("web", "db", Some("encrypted")), target, true),
            (store("web", "db", None), target, true),
            (store("web", "db2", Some("encrypted")), target, false),
            (store("mail", "db", Some("encrypted")), target, false),
            (store("web", "db", Some("backed_up")), target, false),
            (store("web", "db2", Some("encrypted")), "system[web]", true),
            (store("mail", "db2", Some("encrypted")), "system[web]", false),
            (store("mail", "db2", Some("encrypted")), "dossier", true),
        ] {
            assert_eq!(is_read(&path, &reads, target), want, "{path} for {target}");
        }
    }
}
