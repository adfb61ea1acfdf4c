//! Which findings a clause of the contract would mend, and which not.

use std::collections::{BTreeMap, BTreeSet};

use super::file::ArticlesFile;
use crate::conclude::Assessment;
use crate::evaluate::outcome::{ClauseOutcome, ClauseState, Outcome, Verdict};
use crate::expression::typed::Root;
use crate::lang::Text;
use crate::policy::Policy;
use crate::policy::file::Part;
use crate::policy::library::{Library, Profile};

/// The policies whose model clauses are written.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The policies.
    pub policies: BTreeSet<String>,
    /// Policies of the selection whose model clauses are left out, each with the reason.
    pub left_out: BTreeMap<String, Text>,
    /// The findings, by their place in the assessment, that no clause mends.
    pub elsewhere: Vec<usize>,
}

/// What the findings call for: of each policy that fails or is open in the contract, its clause.
pub fn by_findings(assessment: &Assessment, file: &ArticlesFile) -> Choice {
    let mut choice = Choice::default();
    let case = &assessment.case;
    let (foreign, special) = (not_for_contracts(file), for_special_contracts(file));
    let findings = assessment.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.verdict.is_finding());
    let mut elsewhere = Vec::new();
    for (at, outcome) in findings {
        let policy = &case.policies[outcome.policy];
        let open = matches!(outcome.verdict, Verdict::Fail | Verdict::Undecided);
        let id = policy.file.id.as_str();
        if !open || !is_in_contract(policy, outcome) || foreign.contains_key(id) {
            elsewhere.push(at);
            continue;
        }
        // Where it is not known whether the contract is such a one, its clause may contradict others.
        match special.get(id).filter(|_| outcome.applies.as_ref().is_some_and(|gate| !gate.causes.is_empty()))
        {
            Some(because) => drop(choice.left_out.insert(id.to_owned(), (*because).clone())),
            None => drop(choice.policies.insert(id.to_owned())),
        }
    }
    let written =
        |at: &usize| choice.policies.contains(&case.policies[assessment.outcomes[*at].policy].file.id);
    elsewhere.retain(|at| !written(at));
    choice.left_out.retain(|id, _| !choice.policies.contains(id));
    choice.elsewhere = elsewhere;
    choice
}

/// Every model clause of a profile, for a first draft; those for special contracts only where `findings`
/// call for them.
pub fn whole(library: &Library, profile: &Profile, file: &ArticlesFile, findings: &Choice) -> Choice {
    let (selected, _) = library.select(profile);
    let (foreign, special) = (not_for_contracts(file), for_special_contracts(file));
    let mut choice = findings.clone();
    for policy in selected {
        let reason = foreign.get(policy.id.as_str()).or_else(|| special.get(policy.id.as_str()));
        match reason.filter(|_| !findings.policies.contains(&policy.id)) {
            Some(because) => drop(choice.left_out.insert(policy.id.clone(), (*because).clone())),
            None => drop(choice.policies.insert(policy.id.clone())),
        }
    }
    choice
}

/// The policies whose model clauses are none for a contract, each with the reason.
fn not_for_contracts(file: &ArticlesFile) -> BTreeMap<&str, &Text> {
    let articles =
        file.articles.iter().filter_map(|article| Some((article, article.not_for_contracts.as_ref()?)));
    articles.flat_map(|(article, because)| article.named().map(move |id| (id, because))).collect()
}

/// The policies whose model clauses are for special contracts, each with the reason.
fn for_special_contracts(file: &ArticlesFile) -> BTreeMap<&str, &Text> {
    let special = file.articles.iter().flat_map(|article| &article.only_on_finding);
    special.map(|one| (one.policy.as_str(), &one.because)).collect()
}

/// Whether what failed or is open stands in the contract: a promise, or another demand that the contract
/// decides. A deed that went against a clause calls for no clause: it is there already.
fn is_in_contract(policy: &Policy, outcome: &Outcome) -> bool {
    let promises = policy.clauses.iter().any(|clause| clause.part == Part::Promise);
    let list = outcome.list_gap.as_ref().is_some_and(|gap| gap.path.root == Root::Contract);
    let unlisted = outcome.clauses.is_empty() && list && promises;
    unlisted || outcome.clauses.iter().any(|clause| is_missing(policy.clauses[clause.clause].part, clause))
}

fn is_missing(part: Part, clause: &ClauseOutcome) -> bool {
    let trace = clause.trace.as_ref();
    let reads = || trace.iter().flat_map(|trace| &trace.reads).any(|read| read.path.root == Root::Contract);
    let lacks = || trace.iter().flat_map(|trace| &trace.causes).any(|gap| gap.path.root == Root::Contract);
    match (clause.state, part) {
        (ClauseState::False | ClauseState::Open, Part::Promise) => true,
        (ClauseState::False, Part::Design) => reads(),
        (ClauseState::Open, Part::Design | Part::Deed) => lacks(),
        _ => false,
    }
}
