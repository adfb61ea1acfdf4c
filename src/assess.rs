//! The way through the house: load → validate → evaluate → conclude.

use std::path::Path;

use crate::conclude::{Assessment, BlockRule, conclude};
use crate::evaluate::{Keep, evaluate};
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
    keep: Keep,
    rule: Option<BlockRule>,
    limits: &Limits,
) -> Result<Assessment, Box<Refused>> {
    let loaded = dossier::load(folder, name, limits);
    let case = validate(loaded, yardstick)?;
    let outcomes = evaluate(&case, keep);
    Ok(conclude(case, outcomes, rule, keep))
}
