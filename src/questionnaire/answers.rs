//! What an answer sheet says, each answer with its cell.

use std::collections::BTreeMap;

use super::unread::Note;
use super::word::Said;
use crate::schema::Field;

/// What an answer sheet says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// What the form says of itself, by name.
    pub form: BTreeMap<String, String>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The answers to requirements.
    pub requirements: Vec<Requirement>,
    /// The lists.
    pub lists: Vec<List>,
    /// What somebody should know of.
    pub notes: Vec<Note>,
}

/// A fact that was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its path.
    pub path: String,
    /// Its field.
    pub field: Field,
    /// What is said; `None` where only a page or a remark is.
    pub said: Option<Said>,
    /// The cell of the answer.
    pub place: String,
    /// The page of the proposal.
    pub page: Option<i64>,
    /// The remark.
    pub remark: Option<String>,
}

/// A requirement that was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The id of the policy.
    pub policy: String,
    /// What is said, by the name of the field.
    pub said: Vec<(&'static str, Said)>,
    /// The cell of the answer.
    pub place: String,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Its path.
    pub path: String,
    /// Its field.
    pub field: Field,
    /// The cell that says that there are no items.
    pub none: Option<String>,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its id, made where nobody gave one.
    pub id: String,
    /// What is said: the path below the item, its field, and the cell.
    pub said: Vec<(String, Field, Said, String)>,
    /// The cell of the id.
    pub place: String,
    /// The page of the proposal.
    pub page: Option<i64>,
    /// The remark.
    pub remark: Option<String>,
}
