//! The waivers of a dossier, read and held against the documents; whom they name must exist.

use std::collections::BTreeMap;

use crate::case::{Case, Document};
use crate::date::Period;
use crate::diagnostic::{Diagnostic, Explain};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::tree::{Node, Span};
use crate::nearest::nearest;
use crate::schema::Shape;
use crate::waiver::{Fault, Waiver};

use super::proof::equal;

/// What is miswritten in a register of evidence or of waivers.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// What evidence shows of a fact cannot be its value.
    ClaimOfAnotherType {
        /// The fact.
        fact: String,
        /// What it holds.
        wanted: Shape,
    },
    /// No policy has that id.
    UnknownPolicy {
        /// The id as written.
        id: String,
        /// The nearest known id.
        nearest: Option<String>,
    },
    /// A clause that the policy does not have.
    UnknownClause {
        /// The id as written.
        id: String,
        /// The clauses that it has.
        known: Vec<String>,
    },
    /// A second waiver for one outcome.
    TwoWaivers {
        /// The policy.
        policy: String,
        /// The target.
        target: String,
    },
    /// More counter-evidence than can be weighed piece by piece.
    TooMuchCounterEvidence {
        /// How many pieces.
        found: usize,
        /// How many can be weighed.
        most: usize,
    },
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::ClaimOfAnotherType { .. } => "claim-of-another-type",
            Problem::UnknownPolicy { .. } => "unknown-policy-named",
            Problem::UnknownClause { .. } => "unknown-clause-named",
            Problem::TwoWaivers { .. } => "two-waivers",
            Problem::TooMuchCounterEvidence { .. } => "too-much-counter-evidence",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::ClaimOfAnotherType { fact, wanted } => {
                let (ja, en) = wanted.described();
                (
                    format!("「{fact}」の値には{ja}を書いてください"),
                    format!("the value of `{fact}` must be {en}"),
                )
            }
            Problem::UnknownPolicy { id, .. } => {
                (format!("「{id}」という確認項目はありません"), format!("there is no policy `{id}`"))
            }
            Problem::UnknownClause { id, .. } => (
                format!("この確認項目に「{id}」という判定条件はありません"),
                format!("the policy has no clause `{id}`"),
            ),
            Problem::TwoWaivers { policy, target } => (
                format!("{policy}（対象：{target}）の例外措置が二つあります"),
                format!("there are two waivers for {policy} of {target}"),
            ),
            Problem::TooMuchCounterEvidence { found, most } => (
                format!("記載と異なる値を示す根拠資料が{found}件あります（判定できるのは{most}件まで）"),
                format!("{found} pieces of evidence contradict the documents; at most {most} can be weighed"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::UnknownPolicy { nearest: Some(near), .. } => {
                (format!("{near} ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::UnknownPolicy { nearest: None, .. } => (
                "hadome policy list で確認項目を確かめてください".to_owned(),
                "`hadome policy list` lists the policies".to_owned(),
            ),
            Problem::UnknownClause { known, .. } => {
                (format!("判定条件：{}", known.join("、")), format!("its clauses: {}", known.join(", ")))
            }
            Problem::TwoWaivers { .. } => {
                ("一つにまとめてください".to_owned(), "keep one of them".to_owned())
            }
            Problem::TooMuchCounterEvidence { .. } => (
                "資料と文書のどちらが正しいかを確かめ、文書を改めてください".to_owned(),
                "find out which is right and correct the documents".to_owned(),
            ),
            Problem::ClaimOfAnotherType { .. } => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}

/// Reads the waivers.
pub fn gather(register: &Document, case: &Case, diagnostics: &mut Vec<Diagnostic>) -> Vec<Waiver> {
    let entries = register.root.get("waivers").and_then(Node::as_list).unwrap_or_default();
    let mut seen: BTreeMap<(String, String), Span> = BTreeMap::new();
    let mut waivers = Vec::new();
    for entry in entries {
        let waiver = read(entry, case, diagnostics);
        let outcome = (waiver.policy.clone(), waiver.target.clone());
        if let Some(first) = seen.get(&outcome) {
            let problem = Problem::TwoWaivers { policy: outcome.0, target: outcome.1 };
            let diagnostic = Diagnostic::new(waiver.span, problem);
            diagnostics.push(diagnostic.with_related(*first, "先にあるもの", "the first one"));
        } else {
            seen.insert(outcome, waiver.span);
        }
        waivers.push(waiver);
    }
    waivers
}

fn read(entry: &Node, case: &Case, diagnostics: &mut Vec<Diagnostic>) -> Waiver {
    let owned = |key: &str| text(entry, key).unwrap_or_default().to_owned();
    let policy = owned("policy");
    known_policy(entry.get("policy"), case, diagnostics);
    let listed = entry.get("clauses").and_then(Node::as_list).unwrap_or_default();
    if let Some(found) = case.policies.iter().find(|known| known.id() == policy) {
        let known: Vec<String> = found.clauses.iter().map(|clause| clause.id.to_string()).collect();
        for clause in listed {
            let id = clause.as_text().unwrap_or_default().to_owned();
            if !known.contains(&id) {
                let problem = Problem::UnknownClause { id, known: known.clone() };
                diagnostics.push(Diagnostic::new(clause.span, problem));
            }
        }
    }
    let verdict = |word: &str| Verdict::ALL.into_iter().find(|verdict| verdict.word() == word);
    let mut waiver = Waiver {
        id: entry.id().unwrap_or_default().to_owned(),
        span: entry.get("id").map_or(entry.span, |id| id.span),
        policy,
        target: owned("target"),
        accepts: text(entry, "accepts").and_then(verdict),
        clauses: listed.iter().filter_map(|clause| clause.as_text().map(str::to_owned)).collect(),
        expires_on: text(entry, "expires_on").and_then(Period::parse),
        changed: changed(entry, case),
        entry: entry.clone(),
        faults: Vec::new(),
        approved: false,
    };
    faults(&mut waiver, entry, case);
    waiver
}

/// Reports a policy that neither the selection nor the rest of the library has.
pub fn known_policy(named: Option<&Node>, case: &Case, diagnostics: &mut Vec<Diagnostic>) {
    let Some((node, id)) = named.and_then(|node| Some((node, node.as_text()?))) else { return };
    let selected = case.policies.iter().map(|policy| policy.id());
    let all: Vec<&str> = selected.chain(case.left_out.iter().map(|policy| policy.id.as_str())).collect();
    if !all.contains(&id) {
        let near = nearest(id, all.iter().copied()).map(str::to_owned);
        let problem = Problem::UnknownPolicy { id: id.to_owned(), nearest: near };
        diagnostics.push(Diagnostic::new(node.span, problem));
    }
}

/// The facts that are not as they were when the waiver was approved.
fn changed(entry: &Node, case: &Case) -> Vec<String> {
    let stated = entry.get("stated").and_then(Node::as_list).unwrap_or_default();
    let differs = |fact: &&Node| {
        let now = text(fact, "fact").and_then(|path| case.read_path(path)).and_then(|(path, field)| {
            Some((field, case.locate(&path).node.filter(|node| node.is_stated())?))
        });
        let then = fact.get("value").filter(|value| value.is_stated());
        match (now, then) {
            (Some((field, now)), Some(then)) => !equal(field, now, then),
            (None, None) => false,
            _ => true,
        }
    };
    let facts = stated.iter().filter(differs);
    facts.filter_map(|fact| text(fact, "fact").map(str::to_owned)).collect()
}

fn faults(waiver: &mut Waiver, entry: &Node, case: &Case) {
    let mut faults = Vec::new();
    let mut demand = |there: bool, fault: Fault| {
        if !there {
            faults.push(fault);
        }
    };
    demand(waiver.expires_on.is_some(), Fault::OpenEnded);
    demand(waiver.accepts.is_some(), Fault::NoVerdict);
    demand(text(entry, "reason").is_some(), Fault::NoReason);
    demand(text(entry, "compensating_measure").is_some(), Fault::NoCompensation);
    let person = |who: &str, key: &str| text(entry.get(who)?, key);
    let requester = person("requested_by", "name");
    demand(requester.is_some(), Fault::NoRequester);
    let parts = [
        ("name", Fault::NoApproverName),
        ("role", Fault::NoApproverPost),
        ("organisation", Fault::NoApproverOrganisation),
        ("on", Fault::NoApprovalDay),
        ("decision_number", Fault::NoDecisionNumber),
    ];
    let given = parts.iter().any(|(key, _)| person("approved_by", key).is_some());
    let approver = person("approved_by", "name");
    if given {
        for (key, fault) in parts {
            demand(person("approved_by", key).is_some(), fault);
        }
        let client = person("approved_by", "side") == Some("client");
        let organisation = person("approved_by", "organisation").unwrap_or_default();
        demand(client && !is_contractor(case, organisation), Fault::ApproverNotOfTheClient);
        let same = approver.zip(requester).is_some_and(|(a, b)| bare(a) == bare(b));
        demand(!same, Fault::SelfApproved);
    }
    let waivable = case.policies.iter().find(|policy| policy.id() == waiver.policy);
    demand(waivable.is_none_or(|policy| policy.file.waivable), Fault::NotWaivable);
    let on = person("approved_by", "on").and_then(Period::parse);
    waiver.approved = given && on.is_none_or(|on| on.last <= case.as_of);
    waiver.faults = faults;
}

/// Whether an organisation is the contractor or a subcontractor by the contract's own list.
fn is_contractor(case: &Case, organisation: &str) -> bool {
    let Some(contract) = &case.contract else { return false };
    let listed = |key: &str| contract.root.get(key).and_then(Node::as_list).unwrap_or_default();
    let parties = listed("parties").iter().filter(|party| text(party, "role") == Some("contractor"));
    let mut names = parties.chain(listed("subcontractors")).filter_map(|party| text(party, "name"));
    names.any(|name| bare(name) == bare(organisation))
}

/// A name without its spaces.
fn bare(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_text()
}
