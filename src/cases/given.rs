//! The documents of a case, from its fragments.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::case::{Case, Document, Items, StageFound};
use crate::date::Period;
use crate::evidence::{Assurance, Evidence, Given};
use crate::load::dossier::Parsed;
use crate::load::source::Sources;
use crate::load::tree::{Data, Entry, FileId, Mapping, Node};
use crate::policy::cases::CaseEntry;
use crate::policy::library::Profile;
use crate::schema::Kind;
use crate::validate::{Yardstick, document, stage};

/// Builds the case from its fragments, without any policy.
///
/// # Errors
/// What does not fit, in words.
pub(super) fn given(entry: &CaseEntry, tree: &Node) -> Result<Case, String> {
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
    let evidence = Evidence::by_fiat(assurance(fragments)?.unwrap_or_default());
    let asks_proof = fragments.is_some_and(|fragments| fragments.get("assurance").is_some());
    let own = |system: &Document| system.root.get("operation").and_then(Node::as_text) == Some("own");
    let own_operation = contract.is_none() && systems.iter().any(own);
    let profile: Arc<Profile> = Arc::new(blank_profile());
    let yardstick = Yardstick {
        profile: profile.clone(),
        policies: Arc::default(),
        left_out: Arc::default(),
        as_of,
        stage: entry.stage,
        assume: Arc::default(),
    };
    let stage: StageFound = stage::find(contract.as_ref(), &systems, own_operation, &yardstick);
    Ok(Case {
        name: entry.name.clone(),
        contract,
        systems,
        records,
        evidence,
        attachments: BTreeMap::new(),
        asks_proof,
        counter: Vec::new(),
        assumptions: Vec::new(),
        waivers: Vec::new(),
        sources: Sources::default(),
        own_operation,
        as_of,
        stage,
        profile,
        policies: Arc::default(),
        left_out: Arc::default(),
        items: Items::default(),
    })
}

/// How well the case says that paths are proven; nothing where it does not ask for proof.
fn assurance(fragments: Option<&Node>) -> Result<Option<BTreeMap<String, Given>>, String> {
    let Some(node) = fragments.and_then(|fragments| fragments.get("assurance")) else { return Ok(None) };
    let entries = node.as_map().map(Mapping::entries).unwrap_or_default();
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_text).map(str::to_owned);
    let given = |value: &Node| {
        let word = value.as_text().map(str::to_owned).or_else(|| text(value, "level"))?;
        let level = Assurance::ALL.into_iter().find(|level| level.word() == word)?;
        let issued_on = text(value, "issued_on");
        let issued = issued_on.as_deref().map(Period::parse);
        (issued != Some(None)).then(|| Given {
            level,
            kind: text(value, "kind"),
            issued_on: issued.flatten(),
        })
    };
    let one = |entry: &Entry| {
        let given = given(&entry.value);
        let bad =
            || format!("assurance of {}: documented, verified, or {{level, kind, issued_on}}", entry.key);
        Ok((entry.key.to_string(), given.ok_or_else(bad)?))
    };
    entries.iter().map(one).collect::<Result<_, _>>().map(Some)
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
