//! The registers as JSON, contracts for programs: `hadome/evidence/1` and `hadome/waivers/1`, described
//! in schemas/output/.

use serde::Serialize;

use super::Tool;
use super::proof::{Piece, Waiver};
use crate::lang::Lang;
use crate::render::format::json;
use crate::render::view::evidence::EvidenceView;
use crate::render::view::waivers::WaiverView;

/// A dossier whose evidence was verified.
#[derive(Clone, Debug)]
pub struct VerifiedDossier {
    /// The folder as it was given.
    pub name: String,
    /// The evidence; `None` where the dossier could not be validated.
    pub pieces: Option<Vec<EvidenceView>>,
}

#[derive(Serialize)]
struct Verified<'v> {
    format: &'static str,
    tool: Tool,
    language: &'static str,
    as_of: &'v str,
    dossiers: Vec<Dossier<'v>>,
    flawed: usize,
}

#[derive(Serialize)]
struct Dossier<'v> {
    name: &'v str,
    status: &'static str,
    evidence: Vec<Piece<'v>>,
}

#[derive(Serialize)]
struct Listed<'v> {
    format: &'static str,
    tool: Tool,
    language: &'static str,
    as_of: &'v str,
    name: &'v str,
    waivers: Vec<Waiver<'v>>,
}

/// What was found of the evidence of dossiers.
pub fn verified(dossiers: &[VerifiedDossier], as_of: &str, lang: Lang) -> String {
    let pieces = dossiers.iter().flat_map(|dossier| dossier.pieces.iter().flatten());
    json(&Verified {
        format: "hadome/evidence/1",
        tool: Tool { name: "hadome", version: env!("CARGO_PKG_VERSION") },
        language: lang.code(),
        as_of,
        flawed: pieces.filter(|piece| !piece.flaws.is_empty()).count(),
        dossiers: dossiers.iter().map(Dossier::of).collect(),
    }) + "\n"
}

/// The waivers of a dossier, each with its state.
pub fn listed(name: &str, as_of: &str, waivers: &[WaiverView], lang: Lang) -> String {
    json(&Listed {
        format: "hadome/waivers/1",
        tool: Tool { name: "hadome", version: env!("CARGO_PKG_VERSION") },
        language: lang.code(),
        as_of,
        name,
        waivers: waivers.iter().map(Waiver::of).collect(),
    }) + "\n"
}

impl<'v> Dossier<'v> {
    fn of(dossier: &'v VerifiedDossier) -> Self {
        Dossier {
            name: &dossier.name,
            status: if dossier.pieces.is_some() { "verified" } else { "refused" },
            evidence: dossier.pieces.iter().flatten().map(Piece::of).collect(),
        }
    }
}
