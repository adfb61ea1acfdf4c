//! The cases beside a policy: small dossiers with the verdict that the policy must give.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::case::{Case, Document, StageFound};
use crate::date::Period;
use crate::evaluate::outcome::{ClauseState, Outcome, Target, Verdict};
use crate::evaluate::{Keep, evaluate};
use crate::expression::trace::Step;
use crate::load::dossier::Parsed;
use crate::load::source::Sources;
use crate::load::tree::{Data, Entry, FileId, Mapping, Node, Span};
use crate::policy::Policy;
use crate::policy::cases::{CaseEntry, CasesFile};
use crate::policy::compile::compile;
use crate::policy::file::PolicyFile;
use crate::policy::library::Profile;
use crate::schema::Kind;
use crate::validate::{Yardstick, document, stage};

/// What a case gave, where that is not what was wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The case.
    pub case: String,
    /// Its place in the file.
    pub span: Span,
    /// What was wanted.
    pub wanted: String,
    /// What was found.
    pub found: String,
}

/// Runs the cases of a policy. `root` is the tree of the cases file, for fragments and places.
///
/// Fragments that do not fit their schemas are mismatches too: a case that cannot run never passes.
pub fn run(policy: &Arc<PolicyFile>, cases: &CasesFile, root: &Node) -> Vec<Mismatch> {
    let trees = root.get("cases").and_then(Node::as_list).unwrap_or_default();
    let mut mismatches = Vec::new();
    for (entry, tree) in cases.cases.iter().zip(trees) {
        let wrong = |wanted: String, found: String| Mismatch {
            case: entry.name.clone(),
            span: tree.get("name").map_or(tree.span, |name| name.span),
            wanted,
            found,
        };
        let policy = match compile(policy, entry.params.as_ref()) {
            Ok(policy) => policy,
            Err(faults) => {
                let words = faults.iter().map(|fault| format!("{:?}", fault.problem)).collect::<Vec<_>>();
                mismatches.push(wrong("a policy that loads".to_owned(), words.join("; ")));
                continue;
            }
        };
        match given(entry, tree, policy) {
            Ok(case) => {
                let outcomes = evaluate(&case, Keep::Findings);
                if let Err((wanted, found)) = compare(entry, &case, &outcomes) {
                    mismatches.push(wrong(wanted, found));
                }
            }
            Err(words) => mismatches.push(wrong("fragments that fit their schemas".to_owned(), words)),
        }
    }
    mismatches
}

/// Builds the case from its fragments.
fn given(entry: &CaseEntry, tree: &Node, policy: Policy) -> Result<Case, String> {
    let as_of = entry.as_of.as_deref().map(|text| Period::parse(text).and_then(Period::exact));
    let as_of = match as_of {
        Some(None) => return Err("as_of is no day".to_owned()),
        Some(Some(day)) => day,
        None => NaiveDate::from_ymd_opt(2026, 4, 1).unwrap_or_default(),
    };
    let mut diagnostics = Vec::new();
    let fragments = tree.get("given");
    let mut fragment = |kind: Kind| -> Option<Document> {
        let mut root = fragments?.get(kind.word())?.clone();
        diagnostics.extend(crate::load::fold::fold(&mut root));
        head(&mut root, kind);
        document::check(Parsed { kind, file: FileId::default(), root }, true, as_of, &mut diagnostics)
    };
    let contract = fragment(Kind::Contract);
    let systems: Vec<Document> = fragment(Kind::System).into_iter().collect();
    let records = fragment(Kind::Records);
    if !diagnostics.is_empty() {
        let words = diagnostics.iter().map(|found| found.problem.message(crate::lang::Lang::En));
        return Err(words.collect::<Vec<_>>().join("; "));
    }
    let own = |system: &Document| system.root.get("operation").and_then(Node::as_text) == Some("own");
    let own_operation = contract.is_none() && systems.iter().any(own);
    let profile: Arc<Profile> = Arc::new(blank_profile());
    let policies = Arc::new(vec![policy]);
    let yardstick = Yardstick {
        profile: profile.clone(),
        policies: policies.clone(),
        left_out: Arc::default(),
        as_of,
        stage: entry.stage,
    };
    let stage: StageFound = stage::find(contract.as_ref(), &systems, own_operation, &yardstick);
    Ok(Case {
        name: entry.name.clone(),
        contract,
        systems,
        records,
        sources: Sources::default(),
        unread: Vec::new(),
        own_operation,
        as_of,
        stage,
        profile,
        policies,
        left_out: Arc::default(),
    })
}

fn blank_profile() -> Profile {
    Profile {
        hadome: "profile/1".to_owned(),
        id: "cases".to_owned(),
        title: crate::lang::Text::default(),
        why: crate::lang::Text::default(),
        select: crate::policy::library::Selection::default(),
        parameters: BTreeMap::new(),
        blocks: crate::policy::library::Blocks::default(),
    }
}

/// Gives a fragment the head keys that it may leave out.
fn head(root: &mut Node, kind: Kind) {
    if matches!(root.data, Data::Null) {
        root.data = Data::Map(Mapping::default());
    }
    let span = root.span;
    let Some(map) = root.as_map_mut() else { return };
    for (key, value) in [("hadome", format!("{}/1", kind.word())), ("id", "case".to_owned())] {
        let value = Node::new(span, Data::Text(value.into()));
        // A key that is there stays as it is.
        let _ = map.insert(Entry { key: key.into(), key_span: span, value });
    }
}

fn compare(entry: &CaseEntry, case: &Case, outcomes: &[Outcome]) -> Result<(), (String, String)> {
    match &entry.want {
        serde_json::Value::String(want) => {
            let worst = outcomes.iter().min_by_key(|outcome| outcome.verdict);
            let found = worst.map_or_else(String::new, shown);
            let matches = worst.is_some_and(|outcome| fits(outcome, want));
            if !matches {
                return Err((want.clone(), found));
            }
        }
        serde_json::Value::Object(wanted) => {
            let found: BTreeMap<String, &Outcome> =
                outcomes.iter().map(|outcome| (item_id(case, outcome), outcome)).collect();
            for (id, want) in wanted {
                let want = want.as_str().unwrap_or_default();
                let outcome = found.get(id);
                if !outcome.is_some_and(|outcome| fits(outcome, want)) {
                    let found = outcome.map_or_else(|| "no such target".to_owned(), |outcome| shown(outcome));
                    return Err((format!("{id}: {want}"), format!("{id}: {found}")));
                }
            }
            if let Some(extra) = found.keys().find(|id| !wanted.contains_key(*id)) {
                return Err(("every target named".to_owned(), format!("{extra} is not named")));
            }
        }
        other => return Err(("a verdict".to_owned(), other.to_string())),
    }
    because(entry, case, outcomes)
}

fn item_id(case: &Case, outcome: &Outcome) -> String {
    match &outcome.target {
        Target::Dossier => "dossier".to_owned(),
        Target::System(at) => case.system_id(*at).to_owned(),
        Target::List { path, .. } | Target::Item { path, .. } => match path.steps.last() {
            Some(Step::Item(id)) => id.clone(),
            Some(Step::Field(name)) => (*name).to_owned(),
            None => path.to_string(),
        },
    }
}

fn fits(outcome: &Outcome, want: &str) -> bool {
    let (verdict, reason) =
        want.split_once('/').map_or((want, None), |(verdict, reason)| (verdict, Some(reason)));
    let reasons = outcome.sub_reasons();
    outcome.verdict.word() == verdict
        && reason.is_none_or(|reason| reasons.iter().any(|known| known.word() == reason))
}

fn shown(outcome: &Outcome) -> String {
    let reasons: Vec<_> = outcome.sub_reasons().iter().map(|reason| reason.word()).collect();
    match reasons.is_empty() {
        true => outcome.verdict.word().to_owned(),
        false => format!("{}/{}", outcome.verdict.word(), reasons.join("+")),
    }
}

fn because(entry: &CaseEntry, case: &Case, outcomes: &[Outcome]) -> Result<(), (String, String)> {
    let Some(because) = &entry.because else { return Ok(()) };
    let policy = &case.policies[0];
    if let Some(wanted) = &because.clause {
        let open = |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Fail | Verdict::Undecided);
        let clauses = outcomes.iter().filter(open).flat_map(|outcome| &outcome.clauses);
        let states = [ClauseState::False, ClauseState::Open];
        let found: Vec<&str> = clauses
            .filter(|clause| states.contains(&clause.state))
            .map(|clause| &*policy.clauses[clause.clause].id)
            .collect();
        if !found.contains(&wanted.as_str()) {
            return Err((format!("because of clause {wanted}"), format!("clauses {}", found.join(", "))));
        }
    }
    if let Some(wanted) = &because.missing {
        let found: Vec<String> = outcomes
            .iter()
            .flat_map(Outcome::causes)
            .flat_map(|cause| [cause.path.schema_path(), cause.path.to_string()])
            .collect();
        if !found.contains(wanted) {
            return Err((format!("missing {wanted}"), format!("missing {}", found.join(", "))));
        }
    }
    Ok(())
}

/// The clauses that could be false and that no case fails, and those that no case leaves open.
pub fn uncovered(policy: &Arc<PolicyFile>, cases: &CasesFile, root: &Node) -> (Vec<String>, Vec<String>) {
    let trees = root.get("cases").and_then(Node::as_list).unwrap_or_default();
    let (mut failed, mut open) = (Vec::new(), Vec::new());
    for (entry, tree) in cases.cases.iter().zip(trees) {
        let Ok(policy) = compile(policy, entry.params.as_ref()) else { continue };
        let Ok(case) = given(entry, tree, policy) else { continue };
        for outcome in evaluate(&case, Keep::Findings) {
            for clause in &outcome.clauses {
                let id = case.policies[0].clauses[clause.clause].id.to_string();
                match clause.state {
                    ClauseState::False => failed.push(id),
                    ClauseState::Open => open.push(id),
                    _ => {}
                }
            }
        }
    }
    let mut never_false = Vec::new();
    let mut never_open = Vec::new();
    for clause in compile(policy, None).iter().flat_map(|policy| &policy.clauses) {
        let id = clause.id.to_string();
        if clause.that.can_be_false() && !failed.contains(&id) {
            never_false.push(id.clone());
        }
        if !open.contains(&id) {
            never_open.push(id);
        }
    }
    (never_false, never_open)
}
