//! The doors through which strangers' input comes, each as one function that takes any bytes, with seeds
//! from the examples. The smoke test goes through them (`tests/hostile.rs`), and so do the fuzz targets
//! (`fuzz/`), from the same files.
//!
//! Every door asserts that nothing panics, that whatever is refused is refused with a sentence in both
//! languages whose place lies in the text, and what else it says itself.
#![allow(dead_code, reason = "each crate uses its own part")]

mod archive;
mod diagnostics;
mod dossier;
mod expression;
mod library;
pub mod mutation;
mod program;
mod redaction;
mod report;
mod seeds;
mod tender;
mod workbook;
mod yaml;

/// A door.
pub struct Door {
    /// What it is called; also the name of its fuzz target.
    pub name: &'static str,
    /// Takes any bytes.
    pub enter: fn(&[u8]),
    /// Inputs that it takes well, smallest first.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All doors.
pub const DOORS: [Door; 8] = [
    Door { name: "yaml", enter: yaml::enter, seeds: yaml::seeds },
    Door { name: "expression", enter: expression::enter, seeds: expression::seeds },
    Door { name: "dossier", enter: dossier::enter, seeds: dossier::seeds },
    Door { name: "tender", enter: tender::enter, seeds: tender::seeds },
    Door { name: "workbook", enter: workbook::enter, seeds: workbook::seeds },
    Door { name: "report", enter: report::enter, seeds: report::seeds },
    Door { name: "redaction", enter: redaction::enter, seeds: redaction::seeds },
    Door { name: "library", enter: library::enter, seeds: library::seeds },
];

/// The door of a name.
pub fn door(name: &str) -> &'static Door {
    DOORS.iter().find(|door| door.name == name).expect("a door of that name")
}
