//! The skeleton of a waiver for exactly one outcome: what was found stands there, who asks, why and who
//! approves is left to people. It approves nothing.

use crate::case::Case;
use crate::evaluate::outcome::{ClauseOutcome, Outcome};
use crate::expression::trace::{FactPath, Gap, Step};
use crate::lang::Lang;
use crate::load::tree::{Data, Node};
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
    let mut paths: Vec<FactPath> = Vec::new();
    let mut add = |path: FactPath| {
        if !path.names_an_id() && !paths.contains(&path) {
            paths.push(path);
        }
    };
    for clause in outcome.lacking() {
        facts(clause).into_iter().for_each(&mut add);
    }
    for cause in outcome.causes() {
        add(cause.path.clone());
        if let Gap::NoLimit(_) = cause.gap
            && let Some(wording) = wording(&cause.path)
        {
            add(wording);
        }
    }
    paths.into_iter().filter_map(|path| claim(case, &path, lang)).collect()
}

fn facts(clause: &ClauseOutcome) -> Vec<FactPath> {
    let read = clause.trace.iter().flat_map(|trace| &trace.reads).map(|read| read.path.clone());
    let proven = clause.proof.iter().flat_map(|proof| &proof.facts).map(|(path, _)| path.clone());
    read.chain(proven).collect()
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

/// A fact with its value; `None` for sections, which have no value of their own.
fn claim(case: &Case, path: &FactPath, lang: Lang) -> Option<Written> {
    // A path that nobody could write down (an item without id) cannot be held against the documents later.
    case.read_path(&path.to_string())?;
    let node = case.locate(path).node.filter(|node| node.is_stated());
    let mut draft = Draft::default();
    draft.set("fact", Written::Text(path.to_string()));
    match node {
        None => draft.leave("value", lang.pick("記載なし", "not stated").to_owned()),
        Some(node) if is_plain(node) => draft.set("value", Written::of(node)),
        Some(_) => return None,
    }
    Some(Written::Section(draft))
}

fn is_plain(node: &Node) -> bool {
    match &node.data {
        Data::Map(_) => false,
        Data::List(items) => items.iter().all(|item| item.as_map().is_none() && item.as_list().is_none()),
        _ => true,
    }
}
