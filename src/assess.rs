//! The way through the house: load → validate → evaluate → conclude.

use std::path::Path;

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
    let case = validate(loaded, yardstick)?;
    let outcomes = evaluate(&case, how.keep);
    Ok(conclude(case, outcomes, how))
}
