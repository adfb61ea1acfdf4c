//! What the report says of proof: what is not proven, how passes are proven, the register, the waivers.

use serde::Serialize;

use super::item::{FailedClause, OpenClause};
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
    UnprovenRow {
        number: number.to_owned(),
        policy: outcome.policy.clone(),
        title: outcome.title.to_string(),
        target: outcome.target_title.clone(),
        severity: outcome.severity_title,
        blocks: outcome.blocks,
        clauses: unproven_clauses(outcome, places),
    }
}

/// The clauses of an outcome that lack their proof.
pub(super) fn unproven_clauses(outcome: &OutcomeView, places: Places<'_>) -> Vec<UnprovenClause> {
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
    clauses.collect()
}

/// What proves a pass: each piece of evidence by its title, with the facts that it proves where these
/// are not the ones that are shown anyway (of several items that would do, another one is proven).
pub(super) fn proven(outcome: &OutcomeView, view: &DossierView, lang: Lang) -> Vec<String> {
    let shown: Vec<&String> =
        outcome.clauses.iter().flat_map(|clause| &clause.facts).map(|fact| &fact.path).collect();
    let proofs = outcome.clauses.iter().filter_map(|clause| clause.proof.as_ref());
    let facts: Vec<_> = proofs.flat_map(|proof| &proof.facts).collect();
    let by = |piece: &EvidenceView| {
        let own: Vec<_> = facts.iter().filter(|fact| fact.evidence.contains(&piece.id)).collect();
        let others = own.iter().filter(|fact| !shown.contains(&&fact.path));
        let others: Vec<String> =
            others.map(|fact| format!("{}{}{}", fact.title, lang.pick("：", ": "), fact.value)).collect();
        match (own.is_empty(), others.is_empty(), lang) {
            (true, _, _) => None,
            (_, true, _) => Some(piece.title.clone()),
            (_, false, Lang::Ja) => Some(format!("{}〔{}〕", piece.title, others.join("、"))),
            (_, false, Lang::En) => Some(format!("{} [{}]", piece.title, others.join(", "))),
        }
    };
    view.evidence.iter().filter_map(by).collect()
}

/// An outcome that a waiver accepted, with what it would be and why.
#[derive(Clone, Debug, Serialize)]
pub struct WaivedRow {
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
    /// The waiver's id.
    pub waiver: String,
    /// What the verdict would be without it.
    pub raw: &'static str,
    /// What failed.
    pub failed: Vec<FailedClause>,
    /// What is open.
    pub open: Vec<OpenClause>,
    /// What lacks its proof.
    pub unproven: Vec<UnprovenClause>,
    /// The last day of the waiver.
    pub expires_on: Option<String>,
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

/// Pieces that prove nothing for the same reason.
#[derive(Clone, Debug, Serialize)]
pub struct RestCount {
    /// The reason in a word.
    pub title: &'static str,
    /// How many they are.
    pub count: usize,
}

/// How the register stands: how many pieces are live, and why the others prove nothing.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterCount {
    /// All pieces.
    pub all: usize,
    /// Pieces that are intact, in force, examined, and prove a fact.
    pub live: usize,
    /// The other pieces by what keeps them from proving anything, the weightiest reason of each; they
    /// add up to the rest.
    pub rest: Vec<RestCount>,
    /// Pieces with anything wrong.
    pub flawed: usize,
}

impl RegisterCount {
    pub(super) fn of(view: &DossierView, lang: Lang) -> Self {
        let proves = |piece: &&EvidenceView| {
            piece.live && piece.proves.iter().any(|claim| claim.agreement == "proves")
        };
        let mut rest: Vec<RestCount> = Vec::new();
        for piece in view.evidence.iter().filter(|piece| !proves(piece)) {
            let contradicts = piece.proves.iter().any(|claim| claim.agreement == "contradicts");
            let title = match contradicts && piece.live {
                true => lang.pick("文書の記載との相違", "against what the document states"),
                false if piece.live => lang.pick("記載事項の裏付けなし", "proving nothing that is stated"),
                false => piece.flaws.iter().find_map(|flaw| flaw.short).unwrap_or(piece.standing),
            };
            match rest.iter_mut().find(|row| row.title == title) {
                Some(row) => row.count += 1,
                None => rest.push(RestCount { title, count: 1 }),
            }
        }
        RegisterCount {
            all: view.evidence.len(),
            live: view.evidence.iter().filter(proves).count(),
            rest,
            flawed: view.evidence.iter().filter(|piece| !piece.flaws.is_empty()).count(),
        }
    }
}

/// The prefix of an unproven outcome's number.
pub(super) fn prefix(lang: Lang) -> &'static str {
    lang.pick("資料不足", "P-")
}
