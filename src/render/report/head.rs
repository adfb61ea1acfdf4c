//! The title block: what the contract states, what the person who files adds; the rest stays blank.

use serde::Serialize;

use super::Filing;
use crate::case::Case;
use crate::date::Period;
use crate::expression::sentence;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::schema::{Field, Kind};

/// The title block. `None` is a blank to fill in by hand.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// 文書番号
    pub doc_number: Option<String>,
    /// 宛先
    pub to: Option<String>,
    /// 件名
    pub subject: Option<String>,
    /// 会計年度
    pub fiscal_year: Option<String>,
    /// 契約番号
    pub contract_number: Option<String>,
    /// 契約方法
    pub award_method: Option<String>,
    /// 契約締結日
    pub signed_on: Option<String>,
    /// 履行期間
    pub term: Option<String>,
    /// 所管課
    pub department: Option<String>,
    /// 作成日
    pub date: Option<String>,
    /// 作成者
    pub author: Option<String>,
    /// 取扱区分
    pub classification: Option<String>,
    /// 保存期限
    pub retention: Option<String>,
    /// Client and contractor, then the others that are stated.
    pub parties: Vec<Party>,
}

/// A party to the contract.
#[derive(Clone, Debug, Serialize)]
pub struct Party {
    /// What its role is called.
    pub role: String,
    /// What model clauses call it, where that is another word.
    pub called: Option<&'static str>,
    /// Its name.
    pub name: Option<String>,
    /// Its corporate number (法人番号).
    pub corporate_number: Option<String>,
}

pub(in crate::render) fn head(case: &Case, filing: &Filing, lang: Lang) -> Head {
    let stated = |path: &[&str]| contract_value(case, path, lang);
    let system = case.systems.first().and_then(|system| system.root.get("title")?.as_text());
    Head {
        doc_number: filing.doc_number.clone(),
        to: filing.to.clone(),
        subject: stated(&["title"]).or_else(|| system.map(str::to_owned)),
        fiscal_year: stated(&["fiscal_year"]),
        contract_number: stated(&["number"]),
        award_method: award_method(case, lang),
        signed_on: stated(&["term", "signed_on"]),
        term: term(case, lang),
        department: stated(&["department"]),
        date: filing.date.map(|day| Period::day(day).shown(lang)),
        author: filing.author.clone(),
        classification: filing.classification.clone(),
        retention: filing.retention.clone(),
        parties: parties(case, filing, lang),
    }
}

/// What the contract states at a path, for people; a placeholder or a conflict says so.
fn contract_value(case: &Case, path: &[&str], lang: Lang) -> Option<String> {
    let (field, node) = contract_node(case, path)?;
    let says_something = node.is_stated() || node.placeholder().is_some() || !node.conflict().is_empty();
    says_something.then(|| sentence::said(field, node, lang))
}

fn contract_node<'c>(case: &'c Case, path: &[&str]) -> Option<(Field, &'c Node)> {
    let mut at = (Kind::Contract.root(), &case.contract.as_ref()?.root);
    for step in path {
        at = (at.0.property(step)?, at.1.get(step)?);
    }
    Some(at)
}

/// 一般競争入札, without the schema's word beside it.
fn award_method(case: &Case, lang: Lang) -> Option<String> {
    let (field, node) = contract_node(case, &["award_method"])?;
    let label = node.as_text().and_then(|word| field.label(word, lang));
    label.map(str::to_owned).or_else(|| contract_value(case, &["award_method"], lang))
}

fn term(case: &Case, lang: Lang) -> Option<String> {
    let stated = |key: &str| contract_value(case, &["term", key], lang);
    let (start, end) = (stated("start"), stated("end"));
    if start.is_none() && end.is_none() {
        return None;
    }
    let blank = || super::blank(lang).to_owned();
    let (start, end) = (start.unwrap_or_else(blank), end.unwrap_or_else(blank));
    let mut term = match lang {
        Lang::Ja => format!("{start}から{end}まで"),
        Lang::En => format!("{start} to {end}"),
    };
    if let Some(day) = stated("extended_to") {
        term.push_str(&match lang {
            Lang::Ja => format!("（延長後 {day}まで）"),
            Lang::En => format!(" (extended to {day})"),
        });
    }
    if let Some(day) = stated("terminated_on") {
        term.push_str(&match lang {
            Lang::Ja => format!("（{day}に中途終了）"),
            Lang::En => format!(" (ended early on {day})"),
        });
    }
    Some(term)
}

/// The name of the first party in a role, which is the word of the schema.
pub(in crate::render) fn party_name(case: &Case, role: &str) -> Option<String> {
    let listed = contract_node(case, &["parties"]).and_then(|(_, node)| node.as_list())?;
    let party = listed.iter().find(|party| party.get("role").and_then(Node::as_text) == Some(role))?;
    party.get("name").and_then(Node::as_text).map(str::to_owned)
}

fn parties(case: &Case, filing: &Filing, lang: Lang) -> Vec<Party> {
    let listed = contract_node(case, &["parties"]).and_then(|(_, node)| node.as_list()).unwrap_or_default();
    let role_field = Kind::Contract.root().property("parties").and_then(Field::items);
    let role_field = role_field.and_then(|party| party.property("role"));
    let text = |party: &Node, key: &str| party.get(key).and_then(Node::as_text).map(str::to_owned);
    // A role that is no word of the schema is one that was hidden.
    let known = |role: &str| role_field.is_some_and(|field| field.words().any(|word| word == role));
    let roleless: Vec<&Node> = listed
        .iter()
        .filter(|party| party.get("role").and_then(Node::as_text).is_some_and(|role| !known(role)))
        .collect();
    let mut parties = Vec::new();
    for word in role_field.into_iter().flat_map(Field::words) {
        let role = role_field.and_then(|field| field.label(word, lang)).unwrap_or(word);
        let called = filing.party_style.called(word, lang);
        let of_role = listed.iter().filter(|party| party.get("role").and_then(Node::as_text) == Some(word));
        let before = parties.len();
        parties.extend(of_role.map(|party| Party {
            role: role.to_owned(),
            called,
            name: text(party, "name"),
            corporate_number: text(party, "corporate_number"),
        }));
        if parties.len() == before && roleless.is_empty() && matches!(word, "client" | "contractor") {
            parties.push(Party { role: role.to_owned(), called, name: None, corporate_number: None });
        }
    }
    parties.extend(roleless.into_iter().map(|party| Party {
        role: text(party, "role").unwrap_or_default(),
        called: None,
        name: text(party, "name"),
        corporate_number: text(party, "corporate_number"),
    }));
    parties
}
