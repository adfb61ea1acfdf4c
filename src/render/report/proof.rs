//! What the report says of proof: what is not proven, how passes are proven, the register, the waivers.

use serde::Serialize;

use super::places::Places;
use crate::lang::Lang;
use crate::render::finding::{demand, lacking};
use crate::render::view::evidence::EvidenceView;
use crate::render::view::waivers::WaiverView;
use crate::render::view::{DossierView, OutcomeView};

/// An outcome that holds as declared and lacks its proof.
#[derive(Clone, Debug, Serialize)]
pub struct UnprovenRow {
    /// Its number in the report.
    pub number: String,
    /// The policy's id.
    pub policy: String,
    /// The policy's title.
    pub title: String,
    /// What was judged.
    pub target: String,
    /// What the severity is called.
    pub severity: &'static str,
    /// Whether it blocks.
    pub blocks: bool,
    /// The clauses that lack their proof.
    pub clauses: Vec<UnprovenClause>,
}

/// A clause that lacks its proof.
#[derive(Clone, Debug, Serialize)]
pub struct UnprovenClause {
    /// What is demanded.
    pub wanted: String,
    /// What proof is asked for.
    pub demand: String,
    /// The facts that are not proven, each with where it stands and why.
    pub facts: Vec<UnprovenFact>,
}

/// A fact that is not proven well enough.
#[derive(Clone, Debug, Serialize)]
pub struct UnprovenFact {
    /// What it is called.
    pub title: String,
    /// Its path.
    pub path: String,
    /// Why, one line per piece of evidence.
    pub why: Vec<String>,
    /// Where the document states it.
    pub place: Option<String>,
}

/// The unproven outcomes among the numbered ones.
pub(super) fn unproven(number: &str, outcome: &OutcomeView, places: Places<'_>) -> UnprovenRow {
    let clauses = lacking(outcome).map(|(clause, proof)| UnprovenClause {
        wanted: clause.wanted.to_string(),
        demand: demand(proof, places.lang),
        facts: proof
            .facts
            .iter()
            .filter(|fact| !fact.lacking.is_empty())
            .map(|fact| UnprovenFact {
                title: fact.title.clone(),
                path: fact.path.clone(),
                why: fact.lacking.clone(),
                place: fact.place.as_ref().map(|place| places.stated(place)),
            })
            .collect(),
    });
    UnprovenRow {
        number: number.to_owned(),
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        target: outcome.target_title.clone(),
        severity: outcome.severity_title,
        blocks: outcome.blocks,
        clauses: clauses.collect(),
    }
}

/// How a pass is proven: the level, and the evidence by its title.
pub(super) fn proven(outcome: &OutcomeView, view: &DossierView) -> Vec<String> {
    let facts =
        outcome.clauses.iter().filter_map(|clause| clause.proof.as_ref()).flat_map(|proof| &proof.facts);
    let mut ids: Vec<&String> = facts.flat_map(|fact| &fact.evidence).collect();
    ids.sort();
    ids.dedup();
    let title = |id: &String| {
        let piece = view.evidence.iter().find(|piece| piece.id == *id);
        piece.map_or_else(|| id.clone(), |piece| piece.title.clone())
    };
    ids.into_iter().map(title).collect()
}

/// The register with paths within the dossier.
pub(super) fn register(view: &DossierView, places: Places<'_>) -> Vec<EvidenceView> {
    let mut register = view.evidence.clone();
    for piece in &mut register {
        piece.place.file = places.file(&piece.place.file).to_owned();
        for claim in &mut piece.proves {
            claim.place.file = places.file(&claim.place.file).to_owned();
        }
    }
    register
}

/// The waivers with paths within the dossier.
pub(super) fn waivers(view: &DossierView, places: Places<'_>) -> Vec<WaiverView> {
    let mut waivers = view.waivers.clone();
    for waiver in &mut waivers {
        waiver.place.file = places.file(&waiver.place.file).to_owned();
    }
    waivers
}

/// How the register stands: how many pieces are live, unread, or prove nothing for another reason.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RegisterCount {
    /// All pieces.
    pub all: usize,
    /// Pieces that are intact, in force and examined.
    pub live: usize,
    /// Pieces that nobody examined.
    pub unread: usize,
    /// Pieces with anything wrong.
    pub flawed: usize,
}

impl RegisterCount {
    pub(super) fn of(view: &DossierView) -> Self {
        let unread = |piece: &&EvidenceView| piece.flaws.iter().any(|flaw| flaw.word == "not_examined");
        RegisterCount {
            all: view.evidence.len(),
            live: view.evidence.iter().filter(|piece| piece.live).count(),
            unread: view.evidence.iter().filter(unread).count(),
            flawed: view.evidence.iter().filter(|piece| !piece.flaws.is_empty()).count(),
        }
    }
}

/// The prefix of an unproven outcome's number.
pub(super) fn prefix(lang: Lang) -> &'static str {
    lang.pick("根拠", "P-")
}
