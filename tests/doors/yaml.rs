//! Any bytes as one document: the text, the tree with its places, the folding, the schema of its kind.

use hadome::load::fold::fold;
use hadome::load::limits::Limits;
use hadome::load::source::Sources;
use hadome::load::{dossier, text, yaml};
use hadome::schema::Kind;
use hadome::validate::document;

use super::{diagnostics, seeds};

pub fn enter(bytes: &[u8]) {
    let limits = Limits::default();
    let text = match text::decode(bytes, &limits) {
        Ok(text) => text,
        Err(refused) => {
            use hadome::diagnostic::Explain;
            assert!(!refused.message(hadome::lang::Lang::Ja).is_empty());
            return;
        }
    };
    let mut sources = Sources::default();
    let file = sources.add("document.yaml".to_owned(), Some(text.clone()), None);
    let mut root = match yaml::parse(&text, file, &limits) {
        Ok(root) => root,
        Err(found) => {
            assert!(!found.is_empty(), "refused without a reason");
            return diagnostics::check(&found, &sources);
        }
    };
    diagnostics::tree(&root, &sources);
    let head = root.get("hadome").and_then(|head| head.as_text()).unwrap_or_default();
    let kind = Kind::from_word(head.split('/').next().unwrap_or_default()).unwrap_or(Kind::Contract);
    let mut found = if kind.takes_placeholders() { fold(&mut root) } else { Vec::new() };
    diagnostics::tree(&root, &sources);
    let parsed = dossier::Parsed { kind, file, root };
    let before = found.len();
    match document::check(parsed, true, seeds::as_of(), &mut found) {
        Some(document) => diagnostics::tree(&document.root, &sources),
        None => assert!(found.len() > before, "refused without a reason"),
    }
    diagnostics::check(&found, &sources);
}

pub fn seeds() -> Vec<Vec<u8>> {
    seeds::files(&["examples", "policies"], &["yaml"], 12_000)
}
