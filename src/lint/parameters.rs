//! Numbers without a source, and numbers that are not those of their source.

use super::quantity::{Quantity, is_time, quantities};
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::expression::typed::{Comparison, Constant, Expression, Kind};
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::file::{Parameter, ParameterSource};
use crate::schema::Unit;

/// Sources that the policy does not name, and values that their source does not give.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, parameter) in &subject.file.parameters {
        let unnamed = match parameter.source {
            ParameterSource::Notice => subject.file.basis.incidents.is_empty(),
            ParameterSource::Law | ParameterSource::Framework => subject.file.references.is_empty(),
            ParameterSource::ProjectDefault => continue,
        };
        if unnamed {
            let finding = Finding::NoSource { name: name.clone(), source: parameter.source };
            found.push(subject.at(&format!("/parameters/{name}/source"), finding));
        }
        for lang in [Lang::Ja, Lang::En] {
            if let Some(finding) = other_number(name, parameter, lang) {
                found.push(subject.at(&format!("/parameters/{name}/from/{}", lang.code()), finding));
            }
        }
    }
    found
}

/// The text names numbers of the parameter's kind, and none is its value.
fn other_number(name: &str, parameter: &Parameter, lang: Lang) -> Option<Finding> {
    let value = parameter.value.as_f64()?;
    let unit = parameter.unit.as_deref().and_then(Unit::from_word);
    let mut named = quantities(parameter.from.get(lang));
    named.retain(|quantity| quantity.unit.is_some() == is_time(unit));
    let differs = !named.is_empty() && !named.iter().any(|quantity| quantity.is(value, unit));
    differs.then(|| Finding::OtherNumber {
        name: name.to_owned(),
        value: parameter.value.to_string(),
        named: named.iter().map(|Quantity { number, .. }| number.to_string()).collect(),
    })
}

/// Bounds that stand in a condition itself, so that nothing says where they come from. 0 and 1 may:
/// none, some, the first. A number after `==` or in a list names a thing and is no bound.
pub(super) fn bare_numbers(subject: &Subject<'_>, policy: &Policy) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut look = |condition: &Expression, pointer: &str| {
        condition.walk(&mut |inner| {
            if matches!(
                &inner.kind,
                Kind::Compare(Comparison::Equal | Comparison::NotEqual, ..) | Kind::List(_)
            ) {
                return;
            }
            for number in inner.children().into_iter().filter_map(bound) {
                found.push(subject.at(pointer, Finding::BareNumber(number)));
            }
        });
    };
    for (at, clause) in policy.clauses.iter().enumerate() {
        look(&clause.that, &format!("/require/{at}/that"));
        if let Some(when) = &clause.when {
            look(when, &format!("/require/{at}/when"));
        }
    }
    if let Some(when) = &policy.applies_when {
        look(when, "/applies_when");
    }
    found
}

fn bound(expression: &Expression) -> Option<String> {
    match &expression.kind {
        Kind::Constant(Constant::Int(number)) if !matches!(number, 0 | 1) => Some(number.to_string()),
        Kind::Constant(Constant::Number(number)) => Some(number.to_string()),
        Kind::Constant(Constant::Days(number)) if !matches!(number, 0 | 1) => Some(number.to_string()),
        _ => None,
    }
}
