//! What kind of agreement it is, what it follows and how it was changed.

use serde::Serialize;

use crate::case::Case;
use crate::date::Period;
use crate::expression::sentence;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::schema::{Field, Kind};
use crate::validate::amend::is_in_force;

/// The agreement behind the dossier.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Agreement {
    /// The form as the schema's word, such as `standard_terms`.
    pub form: Option<String>,
    /// What the form is called.
    pub form_title: Option<String>,
    /// The contract before, in one line.
    pub predecessor: Option<String>,
    /// The amendments in the order of the document.
    pub amendments: Vec<Amendment>,
}

/// An amendment.
#[derive(Clone, Debug, Serialize)]
pub struct Amendment {
    /// Its id.
    pub id: String,
    /// Where in the originals it stands; `None` where nobody wrote it down.
    pub original: Option<String>,
    /// When it was agreed.
    pub agreed_on: Option<String>,
    /// From when it counts.
    pub effective_on: Option<String>,
    /// What the facts that it sets are called.
    pub sets: Vec<String>,
    /// Whether it counts on the as-of date.
    pub in_force: bool,
}

pub(in crate::render) fn agreement(case: &Case, lang: Lang) -> Agreement {
    let Some(contract) = &case.contract else { return Agreement::default() };
    let root = Kind::Contract.root();
    let form = contract.root.get("form").and_then(Node::as_text);
    let label = form.and_then(|word| root.property("form")?.label(word, lang));
    let amendments = contract.root.get("amendments").and_then(Node::as_list).unwrap_or_default();
    Agreement {
        form: form.map(str::to_owned),
        form_title: label.or(form).map(str::to_owned),
        predecessor: predecessor(&contract.root, lang),
        amendments: amendments.iter().map(|one| amendment(one, &contract.root, case, lang)).collect(),
    }
}

/// The facts that are stated of the contract before, joined.
fn predecessor(contract: &Node, lang: Lang) -> Option<String> {
    let (section, node) = (Kind::Contract.root().property("predecessor")?, contract.get("predecessor")?);
    let facts: Vec<String> = section
        .properties()
        .filter_map(|field| Some((field, node.get(field.name).filter(|value| value.is_stated())?)))
        .filter(|(_, value)| value.as_map().is_none())
        .map(|(field, value)| {
            let mark = lang.pick("：", ": ");
            format!("{}{mark}{}", field.title(lang), sentence::said(field, value, lang))
        })
        .collect();
    (!facts.is_empty()).then(|| facts.join(lang.pick("、", "; ")))
}

fn amendment(node: &Node, contract: &Node, case: &Case, lang: Lang) -> Amendment {
    let day = |key: &str| Period::parse(node.get(key)?.as_text()?);
    let shown = |key: &str| day(key).map(|day| day.shown(lang));
    let sets = node.get("set").and_then(Node::as_map).map(|map| map.entries()).unwrap_or_default();
    Amendment {
        id: node.id().unwrap_or_default().to_owned(),
        original: node.get("ref").and_then(|place| case.reference(contract, place, lang)),
        agreed_on: shown("agreed_on"),
        effective_on: shown("effective_on"),
        sets: sets.iter().map(|entry| title(&entry.key, lang)).collect(),
        in_force: is_in_force(node, case.as_of),
    }
}

/// What the fact at a path of the contract is called; the path where there is none.
fn title(path: &str, lang: Lang) -> String {
    let steps = path.split('.').map(|step| step.split('[').next().unwrap_or(step));
    let field =
        steps.skip_while(|step| *step == "contract").try_fold(Kind::Contract.root(), |field, step| {
            let field = if field.items().is_some() { field.items()? } else { field };
            field.property(step)
        });
    field.map_or(path, |field: Field| field.title(lang)).to_owned()
}
