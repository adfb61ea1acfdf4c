//! The conditions of policies: a subset of CEL, checked against the schemas, evaluated in
//! three-valued logic with a trace.

pub mod check;
pub mod evaluate;
pub mod known;
pub mod packed;
pub mod parse;
pub mod presence;
pub mod problem;
pub mod sentence;
pub mod term;
pub mod trace;
pub mod typed;
pub mod types;
pub mod value;
