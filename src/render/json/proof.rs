//! Proof, evidence and waivers as the JSON format writes them.

use serde::Serialize;

use super::Place;
use crate::render::view::evidence::{ClaimView, EvidenceView, FlawView};
use crate::render::view::waivers::WaiverView;
use crate::render::view::{AssumptionView, AssuranceTotal, ProofView, ProvenView};

#[derive(Serialize)]
pub(super) struct Proof<'v> {
    met: bool,
    level: &'static str,
    least: &'static str,
    kinds: &'v [String],
    max_age_months: Option<u32>,
    facts: Vec<Proven<'v>>,
}

#[derive(Serialize)]
struct Proven<'v> {
    path: &'v str,
    title: &'v str,
    level: &'static str,
    evidence: &'v [String],
    lacking: &'v [String],
    place: Option<Place<'v>>,
}

#[derive(Serialize)]
pub(super) struct Piece<'v> {
    id: &'v str,
    title: &'v str,
    kind: Option<&'v str>,
    file: Option<&'v str>,
    sha256: Option<&'v str>,
    assurance: Option<&'static str>,
    standing_title: &'static str,
    proves: Vec<Claim<'v>>,
    flaws: Vec<Flaw<'v>>,
    place: Place<'v>,
}

#[derive(Serialize)]
struct Claim<'v> {
    path: &'v str,
    agreement: &'static str,
    value_title: &'v str,
    place: Place<'v>,
}

#[derive(Serialize)]
struct Flaw<'v> {
    flaw: &'static str,
    message: &'v str,
}

#[derive(Serialize)]
pub(super) struct Waiver<'v> {
    id: &'v str,
    policy: &'v str,
    target: &'v str,
    accepts: Option<&'static str>,
    clauses: &'v [String],
    state: &'static str,
    state_title: &'static str,
    because: &'v [String],
    days_left: Option<i64>,
    ends_soon: bool,
    place: Place<'v>,
}

#[derive(Serialize)]
pub(super) struct Assumption<'v> {
    path: &'v str,
    value: &'v str,
}

/// The passing outcomes by level; they add up to the passes.
#[derive(Serialize)]
pub(super) struct Assurances {
    verified: usize,
    documented: usize,
    declared: usize,
}

impl<'v> Proof<'v> {
    pub(super) fn of(view: &'v ProofView) -> Self {
        Proof {
            met: view.met,
            level: view.level.word(),
            least: view.least.word(),
            kinds: &view.kinds,
            max_age_months: view.max_age_months,
            facts: view.facts.iter().map(Proven::of).collect(),
        }
    }
}

impl<'v> Proven<'v> {
    fn of(view: &'v ProvenView) -> Self {
        Proven {
            path: &view.path,
            title: &view.title,
            level: view.level.word(),
            evidence: &view.evidence,
            lacking: &view.lacking,
            place: view.place.as_ref().map(Place::of),
        }
    }
}

impl<'v> Piece<'v> {
    pub(super) fn of(view: &'v EvidenceView) -> Self {
        Piece {
            id: &view.id,
            title: &view.title,
            kind: view.kind.as_deref(),
            file: view.file.as_deref(),
            sha256: view.sha256.as_deref(),
            assurance: view.assurance.map(|level| level.word()),
            standing_title: view.standing,
            proves: view.proves.iter().map(Claim::of).collect(),
            flaws: view.flaws.iter().map(Flaw::of).collect(),
            place: Place::of(&view.place),
        }
    }
}

impl<'v> Claim<'v> {
    fn of(view: &'v ClaimView) -> Self {
        Claim {
            path: &view.path,
            agreement: view.agreement,
            value_title: &view.value,
            place: Place::of(&view.place),
        }
    }
}

impl<'v> Flaw<'v> {
    fn of(view: &'v FlawView) -> Self {
        Flaw { flaw: view.word, message: &view.text }
    }
}

impl<'v> Waiver<'v> {
    pub(super) fn of(view: &'v WaiverView) -> Self {
        Waiver {
            id: &view.id,
            policy: &view.policy,
            target: &view.target,
            accepts: view.accepts,
            clauses: &view.clauses,
            state: view.state,
            state_title: view.state_title,
            because: &view.because,
            days_left: view.days_left,
            ends_soon: view.ends_soon,
            place: Place::of(&view.place),
        }
    }
}

impl<'v> Assumption<'v> {
    pub(super) fn of(view: &'v AssumptionView) -> Self {
        Assumption { path: &view.path, value: &view.value }
    }
}

impl Assurances {
    pub(super) fn of(totals: &[AssuranceTotal]) -> Self {
        use crate::evidence::Assurance::{Declared, Documented, Verified};
        let count = |level| totals.iter().find(|total| total.level == level).map_or(0, |total| total.count);
        Assurances { verified: count(Verified), documented: count(Documented), declared: count(Declared) }
    }
}
