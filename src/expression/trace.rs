//! What an evaluation read and what it missed, kept only where a finding will need it.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use super::typed::{Expression, Root};
use crate::load::tree::Span;
use crate::schema::Field;

/// A step of a path, linked to the steps before it.
#[derive(Clone, Debug)]
pub enum Route<'a> {
    /// The document.
    Root(Root),
    /// A field of an object.
    Field(Rc<Route<'a>>, &'static str),
    /// An item of a list, by id; by number only where it has none.
    Item(Rc<Route<'a>>, Cow<'a, str>),
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

    /// Whether it is the path without ids that is given: the same as `schema_path() == path`, with
    /// nothing made.
    pub fn is_at(&self, path: &str) -> bool {
        let rest = self.steps.iter().try_fold(path.strip_prefix(self.root.word()), |rest, step| {
            let rest = rest?;
            Some(match step {
                Step::Field(name) => rest.strip_prefix('.').and_then(|rest| rest.strip_prefix(name)),
                Step::Item(_) => rest.strip_prefix("[]"),
            })
        });
        rest.flatten() == Some("")
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

impl Route<'_> {
    /// The whole path, for a system document with its id.
    pub fn path(&self, system: Option<&str>) -> FactPath {
        let mut steps = Vec::new();
        let mut at = self;
        let root = loop {
            match at {
                Route::Root(root) => break *root,
                Route::Field(before, name) => {
                    steps.push(Step::Field(name));
                    at = before;
                }
                Route::Item(before, id) => {
                    steps.push(Step::Item(id.to_string()));
                    at = before;
                }
            }
        };
        steps.reverse();
        let system = system.filter(|_| root == Root::System).map(str::to_owned);
        FactPath { root, system, steps }
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
