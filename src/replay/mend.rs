//! The measures of a notice on a copy of the dossier: what would hold, had they been there before.

use super::incident::{Incident, Measure};
use super::problem::Problem;
use crate::case::path::document_of;
use crate::case::{Case, Document, Items};
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::evaluate::outcome::{ClauseOutcome, ClauseState, Outcome, Target, Verdict};
use crate::evidence::Evidence;
use crate::expression::trace::FactPath;
use crate::load::tree::{Data, Entry, Mapping, Node, Span};
use crate::schema::Kind;
use crate::validate::amend;
use crate::validate::document::against_schema;

/// What a clause is in the mended copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Met {
    /// It holds for every target that the measure touches.
    True,
    /// It does not hold.
    False,
    /// It cannot be told; what is missing.
    Open(Vec<FactPath>),
    /// It was not judged anywhere.
    NotJudged,
}

/// What the measures lead to.
#[derive(Clone, Debug)]
pub struct Mended {
    /// For each measure each clause that it names, in its order; empty where it sets nothing.
    pub clauses: Vec<Vec<Met>>,
    /// How many outcomes stay undecided.
    pub undecided: usize,
    /// How many outcomes still fail.
    pub failed: usize,
}

impl Mended {
    /// Whether every clause that a measure names became true.
    pub fn holds(&self) -> bool {
        self.clauses.iter().flatten().all(|met| *met == Met::True)
    }
}

/// A case on copies of the same documents.
pub fn copy(case: &Case) -> Case {
    Case {
        name: case.name.clone(),
        contract: case.contract.clone(),
        systems: case.systems.clone(),
        records: case.records.clone(),
        evidence: case.evidence.clone(),
        attachments: case.attachments.clone(),
        asks_proof: case.asks_proof,
        counter: case.counter.clone(),
        assumptions: case.assumptions.clone(),
        waivers: case.waivers.clone(),
        sources: case.sources.clone(),
        own_operation: case.own_operation,
        as_of: case.as_of,
        stage: case.stage,
        profile: case.profile.clone(),
        policies: case.policies.clone(),
        left_out: case.left_out.clone(),
        items: Items::default(),
    }
}

/// Applies what the measures set to a copy; what cannot be set goes to `diagnostics`.
pub fn apply(case: &Case, incident: &Node, diagnostics: &mut Vec<Diagnostic>) -> Case {
    let mut mended = copy(case);
    // Nobody proved or contradicted what is only supposed.
    (mended.evidence, mended.counter, mended.asks_proof) = (Evidence::default(), Vec::new(), false);
    let day = incident.get("replay").and_then(|replay| replay.get("mended_as_of")?.as_text());
    mended.as_of = day.and_then(Period::parse).and_then(Period::exact).unwrap_or(case.as_of);
    let measures = incident.get("measures").and_then(Node::as_list).unwrap_or_default();
    let sets = measures.iter().filter_map(|measure| measure.get("sets")?.as_map());
    for entry in sets.flat_map(Mapping::entries) {
        set(&mut mended, entry, diagnostics);
    }
    if diagnostics.is_empty() {
        for document in mended.contract.iter().chain(&mended.systems).chain(&mended.records) {
            against_schema(document.kind, &document.root, diagnostics);
        }
    }
    mended
}

fn set(case: &mut Case, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    if entry.key.starts_with("records.") {
        let name = case.name.rsplit('/').next().unwrap_or_default();
        case.records.get_or_insert_with(|| no_records(name, entry.key_span));
    }
    let found = document_of(case.contract.as_mut(), &mut case.systems, case.records.as_mut(), &entry.key);
    let Some((document, rest)) = found else {
        let problem = Problem::NoSuchDocument { path: entry.key.to_string() };
        return diagnostics.push(Diagnostic::new(entry.key_span, problem));
    };
    if let Err(problem) = amend::set(&mut document.root, rest, entry.value.clone(), entry.key_span, None) {
        diagnostics.push(Diagnostic::new(entry.key_span, problem));
    }
}

/// Records in which nothing is stated yet.
fn no_records(id: &str, span: Span) -> Document {
    let mut root = Mapping::default();
    for (key, value) in [("hadome", "records/1"), ("id", id)] {
        let value = Node::new(span, Data::Text(value.into()));
        // A fresh mapping has no key yet.
        let _ = root.insert(Entry { key: key.into(), key_span: span, value });
    }
    Document { kind: Kind::Records, file: span.file, root: Node::new(span, Data::Map(root)), open: true }
}

/// Looks up the clauses that the measures name in the outcomes of the mended copy.
pub fn judge(incident: &Incident, case: &Case, outcomes: &[Outcome]) -> Mended {
    let met = |measure: &Measure| {
        let clauses = measure.meets.iter().filter(|_| !measure.sets.is_empty());
        clauses.map(|clause| met(measure, clause, case, outcomes)).collect()
    };
    let count = |verdict: Verdict| outcomes.iter().filter(|outcome| outcome.verdict == verdict).count();
    Mended {
        clauses: incident.measures.iter().map(met).collect(),
        undecided: count(Verdict::Undecided),
        failed: count(Verdict::Fail),
    }
}

fn met(measure: &Measure, named: &str, case: &Case, outcomes: &[Outcome]) -> Met {
    let Some((policy, clause)) = named.split_once('/') else { return Met::NotJudged };
    let judged: Vec<(&Outcome, &ClauseOutcome)> = outcomes
        .iter()
        .filter(|outcome| case.policies[outcome.policy].id() == policy)
        .flat_map(|outcome| outcome.clauses.iter().map(move |state| (outcome, state)))
        .filter(|(outcome, state)| &*case.policies[outcome.policy].clauses[state.clause].id == clause)
        .filter(|(_, state)| !matches!(state.state, ClauseState::Dropped(_)))
        .collect();
    let touched = |outcome: &Outcome| touches(measure, case, &outcome.target);
    let only_touched = judged.iter().any(|(outcome, _)| touched(outcome));
    let states =
        judged.iter().filter(|(outcome, _)| touched(outcome) || !only_touched).map(|(_, state)| *state);
    worst(states)
}

/// False before open before true; nothing where no target was judged.
fn worst<'o>(states: impl Iterator<Item = &'o ClauseOutcome>) -> Met {
    let (mut any, mut open): (bool, Option<Vec<FactPath>>) = (false, None);
    for state in states {
        any = true;
        match state.state {
            ClauseState::False => return Met::False,
            ClauseState::Open => {
                let causes = state.trace.iter().flat_map(|trace| &trace.causes);
                open.get_or_insert_default().extend(causes.map(|cause| cause.path.clone()));
            }
            ClauseState::True | ClauseState::Dropped(_) => {}
        }
    }
    match (any, open) {
        (false, _) => Met::NotJudged,
        (true, None) => Met::True,
        (true, Some(mut paths)) => {
            paths.sort();
            paths.dedup();
            Met::Open(paths)
        }
    }
}

/// Whether a measure changes something of a target.
fn touches(measure: &Measure, case: &Case, target: &Target) -> bool {
    let inside = match target {
        Target::Dossier => return true,
        Target::System(at) => format!("system[{}]", case.system_id(*at)),
        Target::List { path, .. } | Target::Item { path, .. } => path.to_string(),
    };
    measure.sets.keys().any(|path| {
        let path = match (path.strip_prefix("system."), case.systems.as_slice()) {
            (Some(rest), [only]) => format!("system[{}].{rest}", only.root.id().unwrap_or("?")),
            _ => path.clone(),
        };
        path.strip_prefix(&inside).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}
