//! A dossier whose lists are too long to be held against each other.

use crate::case::Case;
use crate::diagnostic::{Diagnostic, Explain};
use crate::lang::Lang;
use crate::load::tree::{Data, Mapping, Node};

/// Judging was broken off.
#[derive(Debug)]
struct TooLong {
    /// How long the longest list is.
    items: usize,
}

impl Explain for TooLong {
    fn code(&self) -> &'static str {
        "too-much-to-judge"
    }

    fn message(&self, lang: Lang) -> String {
        let TooLong { items } = self;
        match lang {
            Lang::Ja => {
                format!("一覧が長すぎるため、判定を打ち切りました（最も長いこの一覧は{items}件です）")
            }
            Lang::En => {
                format!("the lists are too long to be judged; the longest, this one, has {items} items")
            }
        }
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let advice = lang.pick(
            "項目が正しいか確かめてください。正しい場合は、委託案件をシステム等の単位で複数のフォルダーに分けてください。",
            "Check that its items are right. If they are, split the dossier into several folders, such as one for each system.",
        );
        Some(advice.to_owned())
    }
}

/// What is told of such a dossier, at its longest list.
pub(crate) fn diagnostic(case: &Case) -> Diagnostic {
    let documents = || case.contract.iter().chain(&case.systems).chain(&case.records);
    let lists = documents().filter_map(|document| longest(&document.root));
    let (items, span) = match lists.reduce(longer) {
        Some((items, list)) => (items, list.span),
        None => (0, documents().next().map(|document| document.head_span()).unwrap_or_default()),
    };
    Diagnostic::new(span, TooLong { items })
}

/// The longest list in a node, with its length.
fn longest(node: &Node) -> Option<(usize, &Node)> {
    match &node.data {
        Data::List(items) => {
            let inner = items.iter().filter_map(longest);
            Some(inner.fold((items.len(), node), longer))
        }
        Data::Map(_) => {
            let entries = node.as_map().map(Mapping::entries).unwrap_or_default();
            entries.iter().filter_map(|entry| longest(&entry.value)).reduce(longer)
        }
        _ => None,
    }
}

/// The longer of two lists, of two as long the first.
fn longer<'n>(one: (usize, &'n Node), other: (usize, &'n Node)) -> (usize, &'n Node) {
    if other.0 > one.0 { other } else { one }
}
