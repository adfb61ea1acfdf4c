//! An expression as written, its macros recognised: what the parser hands to the type check. The build
//! script includes this file too, so it names no other part of the program.

use std::borrow::Cow;

/// A word of an expression; of one that was parsed when the program was built, a part of the program.
pub type Word = Cow<'static, str>;

/// A term with the parser's number for it, by which its place is found again.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The parser's number of the term.
    pub id: u64,
    /// What it is.
    pub kind: TermKind,
}

/// The kinds of terms that the supported subset of CEL has.
#[derive(Clone, Debug, PartialEq)]
pub enum TermKind {
    /// `true`, `30`, `0.5`, `'text'`.
    Literal(Literal),
    /// A name.
    Name(Word),
    /// `of.field`.
    Select(Box<Term>, Word),
    /// `has(of.field)`.
    Has(Box<Term>, Word),
    /// An operator or function, by CEL's internal name, with its target if it is a method.
    Call(Word, Option<Box<Term>>, Vec<Term>),
    /// `[a, b]`.
    List(Vec<Term>),
    /// `over.all(name, body)` and its like; a map may have a filter before its body.
    Macro {
        /// Which macro.
        which: Macro,
        /// The list.
        over: Box<Term>,
        /// The name that stands for one item.
        name: Word,
        /// What is said of each item, or made of it.
        body: Box<Term>,
        /// The filter of a three-argument `map`.
        filter: Option<Box<Term>>,
    },
    /// Something of CEL that the subset leaves out, by name.
    Unsupported(&'static str),
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Number(f64),
    /// A text.
    Text(Word),
}

/// The macros over lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Macro {
    /// Every item.
    All,
    /// At least one item.
    Exists,
    /// Exactly one item.
    ExistsOne,
    /// The items for which it holds.
    Filter,
    /// What is made of the items.
    Map,
}
