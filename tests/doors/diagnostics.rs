//! What every refusal must be: said in both languages, at a place in the text, printable.

use hadome::diagnostic::Diagnostic;
use hadome::lang::Lang;
use hadome::load::source::Sources;
use hadome::load::tree::{Data, Node, Span};
use hadome::render::diagnostics::{long, short};

/// How many of one document are printed; all of them are checked.
const PRINTED: usize = 5;

/// Checks diagnostics.
#[track_caller]
pub fn check(diagnostics: &[Diagnostic], sources: &Sources) {
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        assert!(!diagnostic.code().is_empty());
        inside(diagnostic.span, sources);
        diagnostic.related.iter().for_each(|related| inside(related.span, sources));
        for lang in [Lang::Ja, Lang::En] {
            assert!(!diagnostic.problem.message(lang).is_empty(), "{diagnostic:?}");
            if at < PRINTED {
                let text = [long(diagnostic, sources, lang, false), short(diagnostic, sources, lang)];
                let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
                assert!(text.iter().all(|text| !text.is_empty() && !text.contains(steers)), "{text:?}");
            }
        }
    }
}

/// Checks that all places of a tree lie in its file.
#[track_caller]
pub fn tree(node: &Node, sources: &Sources) {
    inside(node.span, sources);
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| tree(item, sources)),
        Data::Map(map) => map.entries().iter().for_each(|entry| {
            inside(entry.key_span, sources);
            tree(&entry.value, sources);
        }),
        _ => {}
    }
    node.conflict().iter().chain(node.reference()).for_each(|inner| tree(inner, sources));
}

#[track_caller]
fn inside(span: Span, sources: &Sources) {
    let text = sources.file(span.file).text.as_deref().unwrap_or_default();
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range).is_some(), "{span:?} is no stretch of a text of {} bytes", text.len());
}
