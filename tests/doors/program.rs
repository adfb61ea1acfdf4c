//! The program itself, without a process: arguments in, exit code and both streams out.

use std::ffi::OsString;
use std::path::Path;

use hadome::command::{self, Console};
use hadome::lang::Lang;

use super::seeds::as_of;

/// What a run gave.
pub struct Ran {
    /// The exit code.
    pub code: u8,
    /// Results.
    pub out: Vec<u8>,
    /// Problems.
    pub err: String,
}

/// Runs the program. Arguments that are paths are given whole, since there is no folder of its own.
#[track_caller]
pub fn run(lang: Lang, arguments: &[&Path]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console =
        Console { out: &mut out, err: &mut err, lang, colour_out: false, colour_err: false, today: as_of() };
    let words = arguments.iter().map(|word| word.as_os_str().to_owned());
    let code = command::run([OsString::from("hadome")].into_iter().chain(words), &mut console).code();
    let err = String::from_utf8(err).expect("problems are text");
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!err.contains(steers), "{err:?}");
    assert!(code < 2 || !err.is_empty(), "exit {code} without a word");
    Ran { code, out, err }
}

/// A language for an input, so that one run does not cost two.
pub fn lang(bytes: &[u8]) -> Lang {
    match bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)) % 2 {
        0 => Lang::Ja,
        _ => Lang::En,
    }
}
