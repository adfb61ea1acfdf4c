//! The changes of a parameter's value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::Change;
use crate::expression::types::Type;
use crate::policy::Policy;
use crate::policy::compile::compile;
use crate::policy::file::PolicyFile;
use crate::stage::Stage;

/// No schema has this word: where it is taken for a value, any text is.
const NO_WORD: &str = "~";

/// Every change of a parameter that gives a policy which loads: a number one step up and one step
/// down, the other truth value, a list without one of its words or with one more, another word.
pub fn changes(policy: &Arc<PolicyFile>, compiled: &Policy) -> Vec<Change> {
    let words = words(compiled);
    let mut changes = Vec::new();
    for (name, parameter) in &policy.parameters {
        let loads =
            |value: &Value| compile(policy, Some(&BTreeMap::from([(name.clone(), value.clone())]))).is_ok();
        for to in others(&parameter.value, &words, loads) {
            if loads(&to) {
                changes.push(Change::Value { name: name.clone(), from: parameter.value.clone(), to });
            }
        }
    }
    changes
}

fn others(value: &Value, words: &BTreeSet<&str>, loads: impl Fn(&Value) -> bool) -> Vec<Value> {
    match value {
        Value::Bool(truth) => vec![Value::Bool(!truth)],
        Value::Number(number) => steps(number),
        Value::String(text) if loads(&Value::from(NO_WORD)) => vec![Value::from(format!("{text}{NO_WORD}"))],
        Value::String(text) => {
            words.iter().filter(|word| *word != text).map(|word| Value::from(*word)).collect()
        }
        Value::Array(items) => lists(items, words, loads),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

/// One step down and one up; the step is one in the last place that is written.
fn steps(number: &serde_json::Number) -> Vec<Value> {
    if let Some(whole) = number.as_i64() {
        return vec![Value::from(whole.saturating_sub(1)), Value::from(whole.saturating_add(1))];
    }
    let Some(decimal) = number.as_f64() else { return Vec::new() };
    let places = decimal.to_string().split_once('.').map_or(0, |(_, places)| places.len());
    let step = 10f64.powi(-i32::try_from(places).unwrap_or_default());
    // Rounded to the places written, so that 0.3 does not become 0.30000000000000004.
    let moved = |by: f64| format!("{:.places$}", decimal + by).parse::<f64>().unwrap_or(decimal + by);
    vec![Value::from(moved(-step)), Value::from(moved(step))]
}

fn lists(items: &[Value], words: &BTreeSet<&str>, loads: impl Fn(&Value) -> bool) -> Vec<Value> {
    let without = |at: usize| {
        let kept = items.iter().enumerate().filter(|(other, _)| *other != at);
        Value::Array(kept.map(|(_, item)| item.clone()).collect())
    };
    let with = |word: Value| Value::Array(items.iter().cloned().chain([word]).collect());
    let mut lists: Vec<Value> = (0..items.len()).map(without).collect();
    if !loads(&with(Value::from(NO_WORD))) {
        let missing = words.iter().map(|word| Value::from(*word)).filter(|word| !items.contains(word));
        lists.extend(missing.map(with));
    }
    lists
}

/// The words of every choice that the policy's conditions read.
fn words(policy: &Policy) -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    let clauses = policy.clauses.iter().flat_map(|clause| std::iter::once(&clause.that).chain(&clause.when));
    for condition in clauses.chain(&policy.applies_when) {
        condition.walk(&mut |inner| collect(&inner.ty, &mut words));
    }
    words
}

fn collect(ty: &Type, words: &mut BTreeSet<&'static str>) {
    match ty {
        Type::Enum(field) => words.extend(field.words()),
        Type::List(item) => collect(item, words),
        Type::Stage => words.extend(Stage::WORDS),
        _ => {}
    }
}
