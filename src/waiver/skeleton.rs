//! The skeleton of a waiver for exactly one outcome: what was found stands there, who asks, why and who
//! approves is left to people. It approves nothing.

use super::grounds;
use crate::case::Case;
use crate::evaluate::outcome::Outcome;
use crate::expression::trace::{FactPath, Gap, Step};
use crate::lang::Lang;
use crate::register::draft::{Draft, Line, Written};
use crate::scaffold::hint;
use crate::schema::{Field, Kind, Shape};

/// The skeleton for an outcome, in the order of the schema; its end where one is given.
pub fn skeleton(case: &Case, outcome: &Outcome, id: &str, expires_on: Option<&str>, lang: Lang) -> Draft {
    let policy = &case.policies[outcome.policy];
    let text = |text: &str| Written::Text(text.to_owned());
    let mut draft = Draft::default();
    let fields = Kind::Waivers.root().property("waivers").and_then(Field::items);
    for field in fields.into_iter().flat_map(Field::properties) {
        match field.name {
            "id" => draft.set(field.name, text(id)),
            "policy" => draft.set(field.name, text(policy.id())),
            "target" => draft.set(field.name, Written::Text(outcome.target.path(case))),
            "accepts" => draft.set(field.name, text(outcome.verdict.word())),
            "clauses" => {
                let ids = outcome.lacking().map(|clause| text(&policy.clauses[clause.clause].id));
                draft.set(field.name, Written::List(ids.collect()));
            }
            "stated" => draft.set(field.name, Written::List(stated(case, outcome, lang))),
            "expires_on" if expires_on.is_some() => {
                draft.set(field.name, text(expires_on.unwrap_or_default()));
            }
            "note" => {}
            _ => draft.0.push(left_blank(field, lang)),
        }
    }
    draft
}

/// A field for a person to fill in, with what to write.
fn left_blank(field: Field, lang: Lang) -> Line {
    let mut inner = Draft::default();
    if field.shape() == Shape::Object {
        inner.0.extend(field.properties().map(|field| left_blank(field, lang)));
    }
    let value = if inner.0.is_empty() { Written::Blank } else { Written::Section(inner) };
    Line { key: field.name.to_owned(), value, note: Some(hint(field, lang)) }
}

/// The facts on which the outcome rests, as they stand; what is not stated is written as such, so that
/// the waiver ends with the silence.
fn stated(case: &Case, outcome: &Outcome, lang: Lang) -> Vec<Written> {
    let mut paths = grounds(case, outcome);
    let worded = outcome.causes().into_iter().filter(|cause| matches!(cause.gap, Gap::NoLimit(_)));
    paths.extend(worded.filter_map(|cause| wording(&cause.path)));
    paths.iter().map(|path| claim(case, path, lang)).collect()
}

/// The field beside a number that holds words in its place.
fn wording(path: &FactPath) -> Option<FactPath> {
    let (Some(Step::Field(name)), rest) = (path.steps.last(), path.steps.split_last()?.1) else {
        return None;
    };
    let section = rest.iter().try_fold(path.root.kind().root(), |field, step| match step {
        Step::Field(name) => field.property(name),
        Step::Item(_) => field.items(),
    })?;
    let wording = section.property(&format!("{name}_wording"))?;
    let mut steps = rest.to_vec();
    steps.push(Step::Field(wording.name));
    Some(FactPath { steps, ..path.clone() })
}

/// A fact with its value.
fn claim(case: &Case, path: &FactPath, lang: Lang) -> Written {
    let mut draft = Draft::default();
    draft.set("fact", Written::Text(path.to_string()));
    match case.locate(path).node.filter(|node| node.is_stated()) {
        None => draft.leave("value", lang.pick("記載なし", "not stated").to_owned()),
        Some(node) => draft.set("value", Written::of(node)),
    }
    Written::Section(draft)
}
