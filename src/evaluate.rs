//! Evaluate: a case in, one outcome per policy and target out. Reads no file and no clock.

pub mod outcome;
pub(crate) mod too_long;
mod weigh;

use crate::case::{Case, Document, Stated};
use crate::diagnostic::Diagnostic;
use crate::evidence::Demand;
use crate::expression::evaluate::decisive::refuted;
use crate::expression::evaluate::reliance::{Fact, Reliance};
use crate::expression::evaluate::{Effort, Facts, Truth, items, traced, truth};
use crate::expression::trace::{Cause, FactPath, Gap, Step, Trace, Unclear};
use crate::expression::typed::{Expression, Kind, Root};
use crate::expression::types::Type;
use crate::load::tree::Node;
use crate::policy::{Binding, Clause, Policy, WhenEmpty};
use outcome::{Because, ClauseOutcome, ClauseProof, ClauseState, Outcome, Target, Verdict};

/// How much of a trace is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Traces of the clauses that a finding rests on; one that holds computes its truth, and what it
    /// rests on where it lacks proof.
    Findings,
    /// Traces of everything, for reports.
    Everything,
}

/// The outcomes of a case, in the order of its policies and of the documents' items.
///
/// # Errors
/// That its lists are too long to be held against each other.
pub fn evaluate(case: &Case, keep: Keep) -> Result<Vec<Outcome>, Diagnostic> {
    let effort = Effort::default();
    let mut outcomes = Vec::with_capacity(case.policies.len());
    for (index, policy) in case.policies.iter().enumerate() {
        let before = outcomes.len();
        weigh::judge(case, policy, index, keep, &effort, &mut outcomes);
        debug_assert!(outcomes.len() > before, "every policy has an outcome");
        if effort.is_spent() {
            return Err(too_long::diagnostic(case));
        }
    }
    Ok(outcomes)
}

/// The outcomes of a policy that is not among the case's own, such as one that is tried on its cases.
pub fn evaluate_policy(case: &Case, policy: &Policy, keep: Keep) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    weigh::judge(case, policy, 0, keep, &Effort::default(), &mut outcomes);
    outcomes
}

struct Judge<'c> {
    case: &'c Case,
    stated: Stated<'c>,
    policy: &'c Policy,
    index: usize,
    keep: Keep,
    effort: &'c Effort,
}

impl<'c> Judge<'c> {
    fn judge(&self, outcomes: &mut Vec<Outcome>) {
        let stages = &self.policy.file.stages;
        if let Some(stage) = self.stated.stage
            && !stages.contains(&stage)
        {
            return outcomes.push(self.not_applicable(Target::Dossier, Because::Stage(stage)));
        }
        if self.policy.reads_system && !self.stated.systems.is_empty() {
            for (at, system) in self.stated.systems.iter().enumerate() {
                self.judge_with(Some((at, system)), outcomes);
            }
        } else {
            self.judge_with(None, outcomes);
        }
    }

    fn judge_with(&self, system: Option<(usize, &'c Document)>, outcomes: &mut Vec<Outcome>) {
        let whole = match system {
            Some((at, _)) if self.policy.reads_system => Target::System(at),
            _ => Target::Dossier,
        };
        let facts = self.case.facts(self.stated, system.map(|(_, document)| document), self.effort);
        let Some(binding) = &self.policy.for_each else {
            return outcomes.push(self.outcome(whole, &facts));
        };
        let of_contract = || self.policy.clauses.iter().all(|clause| clause.reads_contract);
        if self.stated.own_operation && (binding.root == Root::Contract || of_contract()) {
            return outcomes.push(self.not_applicable(whole, Because::OwnOperation));
        }
        let gate = self.gate().filter(|gate| !gate.reads_slot(0));
        if let Some(gate) = gate
            && truth(gate, &facts) == Truth::False
        {
            let mut outcome = self.not_applicable(whole, Because::DoesNotApply);
            outcome.applies = (self.keep == Keep::Everything).then(|| refuted(gate, &facts));
            return outcomes.push(outcome);
        }
        let path = list_path(binding, system.map(|(_, document)| document));
        let Some(listed) = items(&binding.list, &facts) else {
            let gap = list_gap(binding, &facts);
            return outcomes.push(self.open(Target::List { path, system: system.map(|(at, _)| at) }, gap));
        };
        let open = self.root_open(binding.root, &facts);
        if listed.is_empty() && !open {
            let target = Target::List { path: path.clone(), system: system.map(|(at, _)| at) };
            outcomes.push(match self.policy.file.when_empty {
                Some(WhenEmpty::NotApplicable) => self.not_applicable(target, Because::EmptyList),
                _ => self.open(target, Cause { path, gap: Gap::Missing(None) }),
            });
            return;
        }
        for item in listed {
            if self.effort.is_spent() {
                return;
            }
            let facts = Facts { item: Some(item), item_list: Some((binding.root, &binding.fields)), ..facts };
            let target = Target::Item {
                path: item_path(&path, item),
                system: system.map(|(at, _)| at),
                span: item.span,
            };
            outcomes.push(self.outcome(target, &facts));
        }
        if open {
            let mut unlisted = path.clone();
            unlisted.steps.push(Step::Item("*".to_owned()));
            let cause = Cause { path: unlisted.clone(), gap: Gap::Indeterminate(Unclear::OpenList) };
            outcomes
                .push(self.open(Target::List { path: unlisted, system: system.map(|(at, _)| at) }, cause));
        }
    }

    fn root_open(&self, root: Root, facts: &Facts<'_>) -> bool {
        match root {
            Root::Contract => facts.contract.open,
            Root::System => facts.system.open,
            Root::Records => facts.records.open,
        }
    }

    fn outcome(&self, target: Target, facts: &Facts<'c>) -> Outcome {
        self.effort.outcome();
        let applies = self.gate().map_or(Truth::True, |when| truth(when, facts));
        if applies == Truth::False {
            let gate = self.gate().filter(|_| self.keep == Keep::Everything);
            let mut outcome = self.not_applicable(target, Because::DoesNotApply);
            outcome.applies = gate.map(|when| refuted(when, facts));
            return outcome;
        }
        let clauses: Vec<ClauseOutcome> = self
            .policy
            .clauses
            .iter()
            .enumerate()
            .map(|(at, clause)| self.clause(at, clause, facts))
            .collect();
        let state = |wanted: ClauseState| clauses.iter().any(|clause| clause.state == wanted);
        let judged = clauses.iter().any(|clause| !matches!(clause.state, ClauseState::Dropped(_)));
        let applies_open = applies == Truth::Unknown;
        let verdict = match () {
            () if !judged => Verdict::NotApplicable,
            () if state(ClauseState::False) && applies_open => Verdict::Undecided,
            () if state(ClauseState::False) => Verdict::Fail,
            () if state(ClauseState::Open) => Verdict::Undecided,
            () if clauses.iter().any(|clause| clause.proof.as_ref().is_some_and(|proof| !proof.met)) => {
                Verdict::Unproven
            }
            () => Verdict::Pass,
        };
        let because = (verdict == Verdict::NotApplicable).then(|| {
            let own =
                clauses.iter().all(|clause| clause.state == ClauseState::Dropped(Because::OwnOperation));
            if own { Because::OwnOperation } else { Because::NoClauseNow }
        });
        let applies = (applies_open && verdict == Verdict::Undecided)
            .then(|| self.gate().map(|when| traced(when, facts).1))
            .flatten();
        Outcome {
            policy: self.index,
            target,
            verdict,
            because,
            clauses,
            applies,
            list_gap: None,
            accepted: None,
        }
    }

    /// When the policy has something to say. Where there is no contract by nature, a gate that reads
    /// it can never be answered: it then counts as open to all, which is the strict side.
    fn gate(&self) -> Option<&'c Expression> {
        let gate = self.policy.applies_when.as_ref();
        gate.filter(|gate| !(self.stated.own_operation && gate.reads(Root::Contract)))
    }

    fn clause(&self, index: usize, clause: &'c Clause, facts: &Facts<'c>) -> ClauseOutcome {
        let dropped = |because, trace| ClauseOutcome {
            clause: index,
            state: ClauseState::Dropped(because),
            trace,
            proof: None,
        };
        if clause.reads_contract && self.stated.own_operation {
            return dropped(Because::OwnOperation, None);
        }
        let when = clause.when.as_ref().map_or(Truth::True, |when| truth(when, facts));
        if when == Truth::False {
            let when = clause.when.as_ref().filter(|_| self.keep == Keep::Everything);
            return dropped(Because::DoesNotApply, when.map(|when| refuted(when, facts)));
        }
        let holds = truth(&clause.that, facts);
        let state = match (when, holds) {
            (_, Truth::True) => ClauseState::True,
            (Truth::True, Truth::False) => ClauseState::False,
            _ => ClauseState::Open,
        };
        let proof = clause.proof.as_ref().filter(|_| state == ClauseState::True && self.case.asks_proof);
        let proof = proof.and_then(|(proof, demand)| {
            let asked = proof.is_asked(self.stated.stage);
            // A bidder's papers count for what they show, although nobody asks for them yet.
            let shown = asked || !self.case.evidence.items().is_empty();
            let found = shown.then(|| self.proof(clause, demand, facts)).flatten()?;
            Some(ClauseProof { met: found.met || !asked, ..found })
        });
        let wanted = state != ClauseState::True || self.keep == Keep::Everything;
        let trace = wanted.then(|| self.clause_trace(clause, facts, when, state));
        ClauseOutcome { clause: index, state, trace, proof }
    }

    /// How well a clause that holds is proven; nothing where it rests on no fact that could be. Where
    /// only findings are kept, the facts are there only of one that is not proven well enough.
    fn proof(&self, clause: &'c Clause, demand: &Demand, facts: &Facts<'c>) -> Option<ClauseProof> {
        let level = |fact: &Fact<'_>| {
            let asked = match demand.facts.as_slice() {
                [] => fact.root() != Root::Contract,
                named => named.iter().any(|known| fact.is_at(known)),
            };
            asked.then(|| self.case.evidence.level(fact, demand, self.case.as_of))
        };
        let rests = Reliance::of(&clause.that, facts, &level);
        let level = rests.weakest()?;
        let met = level >= demand.least;
        let facts = if met && self.keep == Keep::Findings { Vec::new() } else { rests.facts() };
        Some(ClauseProof { level, met, facts })
    }

    fn clause_trace(&self, clause: &'c Clause, facts: &Facts<'c>, when: Truth, state: ClauseState) -> Trace {
        let (_, mut trace) = traced(&clause.that, facts);
        if state == ClauseState::Open
            && when == Truth::Unknown
            && let Some(condition) = &clause.when
        {
            let (_, of_when) = traced(condition, facts);
            trace.causes.extend(of_when.causes);
            trace.causes.sort();
            trace.causes.dedup();
        }
        trace
    }

    fn not_applicable(&self, target: Target, because: Because) -> Outcome {
        Outcome {
            policy: self.index,
            target,
            verdict: Verdict::NotApplicable,
            because: Some(because),
            clauses: Vec::new(),
            applies: None,
            list_gap: None,
            accepted: None,
        }
    }

    fn open(&self, target: Target, gap: Cause) -> Outcome {
        Outcome {
            policy: self.index,
            target,
            verdict: Verdict::Undecided,
            because: None,
            clauses: Vec::new(),
            applies: None,
            list_gap: Some(gap),
            accepted: None,
        }
    }
}

/// Why a `for_each` list cannot be read.
pub(crate) fn list_gap(binding: &Binding, facts: &Facts<'_>) -> Cause {
    let stated = Expression { kind: Kind::Stated(Box::new(binding.list.clone())), ty: Type::Bool };
    let (_, trace) = traced(&stated, facts);
    let missing = Cause { path: list_path(binding, None), gap: Gap::Missing(None) };
    trace.causes.into_iter().next().unwrap_or(missing)
}

/// The path of the list that a `for_each` names.
pub(crate) fn list_path(binding: &Binding, system: Option<&Document>) -> FactPath {
    let system = system.filter(|_| binding.root == Root::System).and_then(|document| document.root.id());
    FactPath {
        root: binding.root,
        system: system.map(str::to_owned),
        steps: binding.fields.iter().map(|field| Step::Field(field)).collect(),
    }
}

/// The path of an item of a list.
pub(crate) fn item_path(list: &FactPath, item: &Node) -> FactPath {
    let mut path = list.clone();
    path.steps.push(Step::Item(item.id().unwrap_or("?").to_owned()));
    path
}
