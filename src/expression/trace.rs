//! What an evaluation read and what it missed, kept only where a finding will need it.

use std::fmt;
use std::num::NonZeroU32;

use super::typed::{Expression, Root};
use crate::load::tree::{Node, Span};
use crate::schema::Field;

/// The ways to the facts that one evaluation read. Making one is a push, so that a path is written out
/// only of a fact that counts.
#[derive(Clone, Debug, Default)]
pub struct Routes<'a> {
    steps: Vec<Taken<'a>>,
}

/// A way to a fact, by the number of its last step among the [`Routes`] of its evaluation, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route(NonZeroU32);

/// A step, linked to the steps before it.
#[derive(Clone, Copy, Debug)]
enum Taken<'a> {
    /// The document.
    Root(Root),
    /// A field of an object.
    Field(Route, &'static str),
    /// An item of a list; by its number only where it has no id.
    Item(Route, &'a Node, Option<u32>),
}

/// The path of a fact: `system[web].data_stores[uploads].public_access`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPath {
    /// The document.
    pub root: Root,
    /// The system document's id, where the root is a system.
    pub system: Option<String>,
    /// The steps below the document.
    pub steps: Vec<Step>,
}

/// A step below a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A field.
    Field(&'static str),
    /// An item of a list, by id.
    Item(String),
}

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|piece| f.write_str(piece))
    }
}

impl FactPath {
    /// As it is shown: paths are written by the hundred, and a formatter costs more than its pieces.
    pub fn written(&self) -> String {
        let mut written = String::with_capacity(self.pieces().map(str::len).sum());
        written.extend(self.pieces());
        written
    }

    fn pieces(&self) -> impl Iterator<Item = &str> {
        let system = self.system.iter().flat_map(|id| ["[", id, "]"]);
        let steps = self.steps.iter().flat_map(|step| match step {
            Step::Field(name) => [".", name, ""],
            Step::Item(id) => ["[", id, "]"],
        });
        std::iter::once(self.root.word()).chain(system).chain(steps)
    }

    /// Whether it is the id of an item: a name, and nothing that anyone states of it.
    pub fn names_an_id(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Field("id")))
    }

    /// The field of the schemas that it leads to; of an item the items' own.
    pub fn field(&self) -> Option<Field> {
        self.steps.iter().try_fold(self.root.kind().root(), |field, step| match step {
            Step::Field(name) => field.property(name),
            Step::Item(_) => field.items(),
        })
    }

    /// The path without ids: `system.data_stores[].public_access`, as schemas and incidents name it.
    pub fn schema_path(&self) -> String {
        let mut path = self.root.word().to_owned();
        for step in &self.steps {
            match step {
                Step::Field(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Step::Item(_) => path.push_str("[]"),
            }
        }
        path
    }
}

impl<'a> Routes<'a> {
    /// The way to a document.
    pub fn root(&mut self, root: Root) -> Route {
        self.take(Taken::Root(root))
    }

    /// The way to a field of an object.
    pub fn field(&mut self, of: Route, name: &'static str) -> Route {
        self.take(Taken::Field(of, name))
    }

    /// The way to an item of a list, by its id; where it has none by its number, if that is known.
    pub fn item(&mut self, of: Route, item: &'a Node, number: Option<usize>) -> Route {
        self.take(Taken::Item(of, item, number.and_then(|number| u32::try_from(number).ok())))
    }

    fn take(&mut self, step: Taken<'a>) -> Route {
        self.steps.push(step);
        let number = u32::try_from(self.steps.len()).ok().and_then(NonZeroU32::new);
        Route(number.unwrap_or(NonZeroU32::MAX))
    }

    fn step(&self, route: Route) -> Taken<'a> {
        self.steps[route.0.get() as usize - 1]
    }

    /// The whole path, for a system document with its id.
    pub fn path(&self, mut at: Route, system: Option<&str>) -> FactPath {
        let mut steps = Vec::new();
        let root = loop {
            match self.step(at) {
                Taken::Root(root) => break root,
                Taken::Field(before, name) => {
                    steps.push(Step::Field(name));
                    at = before;
                }
                Taken::Item(before, item, number) => {
                    let id = item.id().map(str::to_owned);
                    let number = || number.map_or_else(|| "?".to_owned(), |number| number.to_string());
                    steps.push(Step::Item(id.unwrap_or_else(number)));
                    at = before;
                }
            }
        };
        steps.reverse();
        let system = system.filter(|_| root == Root::System).map(str::to_owned);
        FactPath { root, system, steps }
    }

    /// Whether a path is that of a way: the same as `self.path(at, system) == *path`, with nothing made.
    pub fn leads(&self, mut at: Route, path: &FactPath, system: Option<&str>) -> bool {
        let mut steps = path.steps.iter().rev();
        loop {
            let (before, same) = match (self.step(at), steps.next()) {
                (Taken::Root(root), None) => {
                    let system = system.filter(|_| root == Root::System);
                    return root == path.root && system == path.system.as_deref();
                }
                (Taken::Field(before, name), Some(Step::Field(known))) => (before, name == *known),
                (Taken::Item(before, item, number), Some(Step::Item(known))) => match item.id() {
                    Some(id) => (before, id == known),
                    None => (before, number.is_some_and(|number| number.to_string() == *known)),
                },
                _ => return false,
            };
            if !same {
                return false;
            }
            at = before;
        }
    }

    /// Whether a way ends at the id of an item, as [`FactPath::names_an_id`] says of paths.
    pub fn names_an_id(&self, route: Route) -> bool {
        matches!(self.step(route), Taken::Field(_, "id"))
    }

    /// The document that a way begins at.
    pub fn document(&self, mut at: Route) -> Root {
        loop {
            match self.step(at) {
                Taken::Root(root) => return root,
                Taken::Field(before, _) | Taken::Item(before, ..) => at = before,
            }
        }
    }

    /// Whether a way leads to the field whose path without ids is given.
    pub fn is_at(&self, mut at: Route, path: &str) -> bool {
        let mut rest = path;
        loop {
            let (before, left) = match self.step(at) {
                Taken::Root(root) => return rest == root.word(),
                Taken::Field(before, name) => {
                    (before, rest.strip_suffix(name).and_then(|rest| rest.strip_suffix('.')))
                }
                Taken::Item(before, ..) => (before, rest.strip_suffix("[]")),
            };
            let Some(left) = left else { return false };
            (at, rest) = (before, left);
        }
    }
}

/// A fact that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Which fact.
    pub path: FactPath,
    /// Where its value stands.
    pub span: Span,
    /// How it is shown to people.
    pub shown: Shown,
}

/// How a read fact is shown to people.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// By itself.
    Itself,
    /// As one of a list none of whose items would do: the list is shown once instead.
    AsListOf(FactPath),
    /// Not at all: other items of its list came nearer.
    Hidden,
}

/// Why something could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The fact that is missing or unclear.
    pub path: FactPath,
    /// In which way.
    pub gap: Gap,
}

/// The sub-reasons of an undecided result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// 記載なし: nothing is stated; the placeholder word, if one stands there.
    Missing(Option<String>),
    /// 記録なし: no record says so.
    NoRecord(Option<String>),
    /// 期限の定めなし: a wording such as 直ちに, but no number.
    NoLimit(String),
    /// 記載の不一致: sources disagree.
    Conflict,
    /// 判定不能, with the reason.
    Indeterminate(Unclear),
}

/// Why a stated fact does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unclear {
    /// A date known by its month only lies on both sides of the bound.
    Straddles,
    /// Working days were stated where calendar days are compared.
    WorkingDays,
    /// A list filtered to nothing says nothing.
    NothingLeft,
    /// A calculation has no result (overflow, index past the end).
    NoResult,
    /// The stage is not known.
    UnknownStage,
    /// The notice does not say that its list is complete.
    OpenList,
    /// Judging was broken off: the lists are too long to be held against each other.
    TooLong,
}

/// Collected reads and causes of one evaluation.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Facts that decided, in the order of reading.
    pub reads: Vec<Read>,
    /// What kept it open.
    pub causes: Vec<Cause>,
    /// Of a condition that does not hold, the part that decides so; the reads are that part's.
    pub unmet: Option<Expression>,
}
