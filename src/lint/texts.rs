//! Texts that are missing in one language, and what a skeleton left to be written.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::load::tree::{Data, Node};
use crate::validate::library::Folder;

/// What a skeleton writes where the author has to write.
pub const TO_WRITE: &str = "TODO";

/// The id of a skeleton's only clause.
pub const CLAUSE_TO_WRITE: &str = "todo";

/// Every text, case name and clause that is still the skeleton's.
pub fn unfilled(folder: &Folder, wanted: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let policies = folder.trees.iter();
    let cases = folder.cases.iter().map(|(id, (_, tree))| (id, tree));
    for (_, tree) in policies.clone().chain(cases).filter(|(id, _)| wanted(id)) {
        scalars(tree, &mut |node, text| {
            if to_write(text) {
                found.push(Diagnostic::new(node.span, Finding::NotWritten));
            }
        });
    }
    for (_, tree) in policies.filter(|(id, _)| wanted(id)) {
        let clauses = tree.get("require").and_then(Node::as_list).unwrap_or_default();
        for id in clauses.iter().filter_map(|clause| clause.get("id")) {
            if id.as_text() == Some(CLAUSE_TO_WRITE) {
                found.push(Diagnostic::new(id.span, Finding::ClauseNotWritten));
            }
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.span);
    found
}

fn to_write(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == TO_WRITE)
}

fn scalars(node: &Node, visit: &mut dyn FnMut(&Node, &str)) {
    match &node.data {
        Data::Text(text) => visit(node, text),
        Data::List(items) => items.iter().for_each(|item| scalars(item, visit)),
        Data::Map(map) => map.entries().iter().for_each(|entry| scalars(&entry.value, visit)),
        _ => {}
    }
}

/// What is wrong with the languages of a document's texts. Texts that are still to be written are not
/// looked at.
pub fn languages(tree: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    pairs(tree, "", &mut |_, ja, en| {
        let (japanese, english) = (ja.as_text().unwrap_or_default(), en.as_text().unwrap_or_default());
        if to_write(japanese) || to_write(english) {
            return;
        }
        let mut say = |node: &Node, finding| found.push(Diagnostic::new(node.span, finding));
        match () {
            () if japanese.trim().is_empty() => say(ja, Finding::Empty(Lang::Ja)),
            () if english.trim().is_empty() => say(en, Finding::Empty(Lang::En)),
            () if japanese.trim() == english.trim() => say(en, Finding::Untranslated),
            () => {
                if !japanese.chars().any(is_japanese_letter) {
                    say(ja, Finding::NotJapanese);
                }
                let english = without_document_numbers(english);
                if let Some(sign) = english.chars().find(|c| is_japanese_letter(*c) || is_wide_sign(*c)) {
                    say(en, Finding::NotEnglish(sign));
                }
            }
        }
    });
    found
}

/// Calls `visit` on every text that has both languages, with its JSON pointer.
pub fn pairs(node: &Node, pointer: &str, visit: &mut dyn FnMut(&str, &Node, &Node)) {
    match &node.data {
        Data::Map(map) => match (map.get("ja"), map.get("en")) {
            (Some(ja), Some(en)) if map.len() == 2 => visit(pointer, ja, en),
            _ => {
                for entry in map.entries() {
                    pairs(&entry.value, &format!("{pointer}/{}", entry.key), visit);
                }
            }
        },
        Data::List(items) => {
            for (at, item) in items.iter().enumerate() {
                pairs(item, &format!("{pointer}/{at}"), visit);
            }
        }
        _ => {}
    }
}

/// An English text without the official numbers of documents (総行サ第42号), which are not translated.
fn without_document_numbers(english: &str) -> Cow<'_, str> {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[\p{Han}\p{Hiragana}\p{Katakana}]*第\d+号").ok());
    NUMBER.as_ref().map_or(Cow::Borrowed(english), |number| number.replace_all(english, ""))
}

/// Kana and kanji.
fn is_japanese_letter(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Japanese punctuation and full-width letters, digits and signs.
fn is_wide_sign(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3040}' | '\u{ff01}'..='\u{ff65}')
}
