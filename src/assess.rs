//! The way through the house: load → validate → evaluate → conclude.

use std::path::Path;

use crate::case::Case;
use crate::conclude::{Assessment, How, conclude};
use crate::evaluate::evaluate;
use crate::load::dossier;
use crate::load::limits::Limits;
use crate::validate::{Refused, Yardstick, validate};

/// Assesses the dossier in a folder.
///
/// # Errors
/// All that keeps the dossier from being judged.
pub fn assess(
    folder: &Path,
    name: &str,
    yardstick: &Yardstick,
    how: How,
    limits: &Limits,
) -> Result<Assessment, Box<Refused>> {
    let loaded = dossier::load(folder, name, limits);
    judge(validate(loaded, yardstick)?, how)
}

/// Judges a case.
///
/// # Errors
/// That it is too much to judge.
pub fn judge(case: Case, how: How) -> Result<Assessment, Box<Refused>> {
    match evaluate(&case, how.keep) {
        Ok(outcomes) => Ok(conclude(case, outcomes, how)),
        Err(too_long) => Err(Refused::case(case, vec![too_long])),
    }
}
