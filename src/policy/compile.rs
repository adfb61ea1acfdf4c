//! From a policy as written to one that can be evaluated; every fault is found here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::file::{PolicyFile, Proof, WhenEmpty};
use super::problem::{Fault, Problem};
use super::reads::reads;
use super::says;
use super::{Binding, Clause, Policy};
use crate::evidence::Demand;
use crate::expression::check::{self, Scope};
use crate::expression::presence::{self, Parts};
use crate::expression::typed::{Constant, Expression, Kind, Mentions, Root};
use crate::expression::types::Type;
use crate::schema::Unit;

/// Checks a policy. `values` replaces parameter values by name (a profile's or a case's).
///
/// # Errors
/// All faults, each with a JSON pointer into the policy file.
pub fn compile(
    file: &Arc<PolicyFile>,
    values: Option<&BTreeMap<String, serde_json::Value>>,
) -> Result<Policy, Vec<Fault>> {
    let mut compiler = Compiler { file, faults: Vec::new() };
    let scope = compiler.scope(values);
    let for_each = compiler.for_each();
    let scope = match &for_each {
        Some((name, binding)) => {
            let Type::List(item) = binding.list.ty.clone() else { return Err(compiler.faults) };
            Scope { binder: Some((name.clone(), *item)), ..scope }
        }
        None => scope,
    };
    let applies_when = file
        .applies_when
        .as_deref()
        .and_then(|text| compiler.condition(text, &scope, "/applies_when".into()));
    let mut gate = Mentions::default();
    applies_when.iter().for_each(|when| gate.add(when));
    let (clauses, mentions): (Vec<Clause>, Vec<Mentions>) = compiler.clauses(&scope).into_iter().unzip();
    compiler.empty_list(for_each.is_some());
    compiler.unused(mentions.iter().chain([&gate]));
    if for_each.is_some() {
        compiler.binder_read(clauses.iter().zip(&mentions));
    }
    let reads_system = mentions.iter().chain([&gate]).any(|mentions| mentions.system)
        || for_each.as_ref().is_some_and(|(_, binding)| binding.root == Root::System);
    if !compiler.faults.is_empty() {
        return Err(compiler.faults);
    }
    let for_each = for_each.map(|(_, binding)| binding);
    Ok(Policy {
        file: file.clone(),
        for_each,
        applies_when,
        clauses,
        reads_system,
        demands: Default::default(),
        digest: OnceLock::new(),
    })
}

/// Examines what [`compile`] takes for granted because it costs more than loading: that no result
/// rests on an absence. For policies that were not examined before they were packed.
///
/// # Errors
/// The first fault.
pub fn examine(policy: &Policy) -> Result<(), Box<Fault>> {
    let clauses = policy.clauses.iter();
    let parts: Vec<Parts<'_>> =
        clauses.map(|clause| Parts { that: &clause.that, when: clause.when.as_ref() }).collect();
    presence::check(policy.applies_when.as_ref(), &parts).map_err(|problem| {
        let problem = Problem::Expression(problem);
        Box::new(Fault { pointer: "/require".to_owned(), range: None, problem })
    })?;
    wordings(policy)?;
    proofs(policy)
}

/// A wording in place of the sentence made of a condition gives the condition's numbers.
fn wordings(policy: &Policy) -> Result<(), Box<Fault>> {
    for (at, (clause, written)) in policy.clauses.iter().zip(&policy.file.require).enumerate() {
        if let Some(name) = written.says.as_ref().and_then(|says| says::misfit(says, &clause.that)) {
            let pointer = format!("/require/{at}/says");
            return Err(Box::new(Fault { pointer, range: None, problem: Problem::Says(name) }));
        }
    }
    Ok(())
}

/// What must be proven must be read: a demand on anything else could never be met, or would be met
/// by nothing.
fn proofs(policy: &Policy) -> Result<(), Box<Fault>> {
    let reads = reads(policy);
    for (at, clause) in policy.clauses.iter().enumerate() {
        let Some((_, demand)) = &clause.proof else { continue };
        let by_clause = |clauses: &BTreeSet<String>| clauses.contains(&*clause.id);
        let read: Vec<&String> =
            reads.iter().filter(|(_, clauses)| by_clause(clauses)).map(|(path, _)| path).collect();
        let fault = |pointer: String, problem| Err(Box::new(Fault { pointer, range: None, problem }));
        if let Some(index) = demand.facts.iter().position(|fact| !read.contains(&fact)) {
            let problem = Problem::ProofOfUnreadFact {
                fact: demand.facts[index].clone(),
                read: read.into_iter().cloned().collect(),
            };
            return fault(format!("/require/{at}/proof/facts/{index}"), problem);
        }
        let proven = |path: &&String| path.starts_with("system.") || path.starts_with("records.");
        if demand.facts.is_empty() && !read.iter().any(proven) {
            return fault(format!("/require/{at}/proof"), Problem::NothingToProve(clause.id.to_string()));
        }
    }
    Ok(())
}

/// The parameters of a policy as names of a scope.
///
/// # Errors
/// All faults of the parameters.
pub(crate) fn parameters(
    file: &PolicyFile,
    values: Option<&BTreeMap<String, serde_json::Value>>,
) -> Result<Scope, Vec<Fault>> {
    let mut compiler = Compiler { file, faults: Vec::new() };
    let scope = compiler.scope(values);
    if compiler.faults.is_empty() { Ok(scope) } else { Err(compiler.faults) }
}

/// Checks a `for_each`: the name that it binds, and the list.
///
/// # Errors
/// More than one name, or no list of a document.
pub(crate) fn binding(for_each: &BTreeMap<String, String>) -> Result<(String, Binding), Box<Fault>> {
    let fault = |pointer: String, range, problem| Box::new(Fault { pointer, range, problem });
    let mut names = for_each.iter();
    let (Some((name, text)), None) = (names.next(), names.next()) else {
        return Err(fault("/for_each".to_owned(), None, Problem::OneBinder));
    };
    let pointer = format!("/for_each/{name}");
    let list = check::list(text)
        .map_err(|found| fault(pointer.clone(), found.range, Problem::Expression(found.problem)))?;
    match route(&list) {
        Some((root, fields)) => Ok((name.clone(), Binding { list, root, fields })),
        None => Err(fault(pointer, None, Problem::OneBinder)),
    }
}

struct Compiler<'p> {
    file: &'p PolicyFile,
    faults: Vec<Fault>,
}

impl Compiler<'_> {
    fn fault(&mut self, pointer: impl Into<String>, problem: Problem) {
        self.faults.push(Fault { pointer: pointer.into(), range: None, problem });
    }

    fn scope(&mut self, values: Option<&BTreeMap<String, serde_json::Value>>) -> Scope {
        let mut scope = Scope::default();
        for (name, parameter) in &self.file.parameters {
            let pointer = format!("/parameters/{name}");
            let value = values.and_then(|values| values.get(name)).unwrap_or(&parameter.value);
            let unit = parameter.unit.as_deref().map(Unit::from_word);
            if unit == Some(None) {
                self.fault(
                    format!("{pointer}/unit"),
                    Problem::UnknownUnit(parameter.unit.clone().unwrap_or_default()),
                );
            }
            match constant(value) {
                Some(value) => {
                    scope.parameters.insert(name.clone(), (value, unit.flatten()));
                }
                None => self.fault(format!("{pointer}/value"), Problem::BadParameter(name.clone())),
            }
        }
        let names = values.into_iter().flat_map(BTreeMap::keys);
        for name in names.filter(|name| !self.file.parameters.contains_key(*name)) {
            self.faults.push(Fault {
                pointer: format!("/parameters/{name}"),
                range: None,
                problem: Problem::NoSuchParameter(name.clone()),
            });
        }
        scope
    }

    fn for_each(&mut self) -> Option<(String, Binding)> {
        binding(self.file.for_each.as_ref()?).map_err(|fault| self.faults.push(*fault)).ok()
    }

    fn condition(&mut self, text: &str, scope: &Scope, pointer: String) -> Option<Expression> {
        match check::condition(text, scope) {
            Ok(expression) => Some(expression),
            Err(fault) => {
                self.expression_fault(pointer, fault);
                None
            }
        }
    }

    fn expression_fault(&mut self, pointer: String, fault: check::Fault) {
        self.faults.push(Fault { pointer, range: fault.range, problem: Problem::Expression(fault.problem) });
    }

    /// The clauses, each with what its conditions speak of.
    fn clauses(&mut self, scope: &Scope) -> Vec<(Clause, Mentions)> {
        if self.file.require.is_empty() {
            self.fault("/require", Problem::NoClause);
        }
        let mut ids = BTreeSet::new();
        let mut clauses = Vec::new();
        for (at, clause) in self.file.require.iter().enumerate() {
            if !ids.insert(clause.id.as_str()) {
                self.fault(format!("/require/{at}/id"), Problem::DoubleClause(clause.id.clone()));
            }
            let when = clause.when.as_deref();
            let when = when.map(|text| self.condition(text, scope, format!("/require/{at}/when")));
            let that = self.condition(&clause.that, scope, format!("/require/{at}/that"));
            let (Some(that), false) = (that, matches!(when, Some(None))) else { continue };
            let when = when.flatten();
            let mut mentions = Mentions::of(&that);
            let proof = clause.proof.as_ref().and_then(|proof| {
                let pointer = format!("/require/{at}/proof");
                Some((proof.clone(), self.demand(proof, scope, &pointer)?))
            });
            // A clause that reads no fact cannot be judged.
            if !mentions.facts {
                self.fault(format!("/require/{at}/that"), Problem::ReadsNothing(clause.id.clone()));
            }
            when.iter().for_each(|when| mentions.add(when));
            let clause = Clause {
                id: clause.id.as_str().into(),
                part: clause.part,
                that,
                when,
                proof,
                reads_contract: mentions.contract,
            };
            clauses.push((clause, mentions));
        }
        clauses
    }

    /// What a clause's `proof` demands, the greatest age looked up among the parameters.
    fn demand(&mut self, proof: &Proof, scope: &Scope, pointer: &str) -> Option<Demand> {
        let max_age_months = match &proof.max_age {
            None => None,
            Some(name) => match scope.parameters.get(name) {
                Some((Constant::Int(months), Some(Unit::Months))) => Some(u32::try_from(*months).ok()?),
                _ => {
                    self.fault(format!("{pointer}/max_age"), Problem::NoAgeParameter(name.clone()));
                    return None;
                }
            },
        };
        let Proof { least, kinds, facts, .. } = proof;
        Some(Demand { least: *least, kinds: kinds.clone(), max_age_months, facts: facts.clone() })
    }

    fn empty_list(&mut self, iterates: bool) {
        match (iterates, self.file.when_empty, &self.file.when_empty_because) {
            (true, None, _) => self.fault("/for_each", Problem::EmptyUndecided),
            (true, Some(WhenEmpty::NotApplicable), None) => self.fault("/when_empty", Problem::EmptyReason),
            (false, Some(_), _) => self.fault("/when_empty", Problem::EmptyWithoutList),
            _ => {}
        }
    }

    fn unused<'m>(&mut self, mentions: impl Iterator<Item = &'m Mentions> + Clone) {
        let ages = self.file.require.iter().filter_map(|clause| clause.proof.as_ref()?.max_age.as_deref());
        let used = |name: &str| {
            mentions.clone().any(|mentions| mentions.parameters.contains(name))
                || ages.clone().any(|age| age == name)
        };
        let broken = self.faults.iter().any(|fault| matches!(fault.problem, Problem::Expression(_)));
        let unused: Vec<String> =
            self.file.parameters.keys().filter(|name| !broken && !used(name)).cloned().collect();
        for name in unused {
            self.fault(format!("/parameters/{name}"), Problem::UnusedParameter(name));
        }
    }

    fn binder_read<'m>(&mut self, clauses: impl Iterator<Item = (&'m Clause, &'m Mentions)>) {
        for (at, (clause, mentions)) in clauses.enumerate() {
            if !mentions.binder {
                self.fault(format!("/require/{at}/that"), Problem::BinderNotRead(clause.id.to_string()));
            }
        }
    }
}

fn route(list: &Expression) -> Option<(Root, Vec<&'static str>)> {
    match &list.kind {
        Kind::Root(root) => Some((*root, Vec::new())),
        Kind::Select(of, field) => {
            let (root, mut fields) = route(of)?;
            fields.push(field.name);
            Some((root, fields))
        }
        _ => None,
    }
}

/// A parameter's value as a constant.
pub fn constant(value: &serde_json::Value) -> Option<Constant> {
    use serde_json::Value;
    Some(match value {
        Value::Bool(truth) => Constant::Bool(*truth),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Constant::Int(whole),
            None => Constant::Number(number.as_f64()?),
        },
        Value::String(text) => Constant::Text(text.as_str().into()),
        Value::Array(items) => Constant::List(items.iter().map(constant).collect::<Option<_>>()?),
        Value::Null | Value::Object(_) => return None,
    })
}
