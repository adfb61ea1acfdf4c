//! Provisions that a text asserts although nobody has read them.
//!
//! The rule: a text *names* a reference when the reference's provision stands in it (第44条, Article 44,
//! 3-4-4) and either the policy lists the reference, or the law's name stands in the text too. If a
//! text names references of the catalogue, and not one of them was read, at first or at second hand, it
//! asserts what is unverified, unless it says itself that this is not verified.

use std::sync::LazyLock;

use regex::Regex;

use super::texts::pairs;
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::policy::library::{Library, Reference, Seen};

/// A provision as titles and texts write it.
static PROVISION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms =
        [r"第\d+条(?:の\d+)*", r"Articles? \d+(?:-\d+)*", r"[A-Z]{2}-\d+(?:\(\d+\))?", r"\d+(?:[.-]\d+)+"];
    Regex::new(&forms.join("|")).ok()
});

/// What a text says that is aware of it; it is then no assertion.
const HEDGES: [&str; 6] = ["未確認", "未検証", "unverified", "not verified", "not seen", "not read"];

/// The texts of a policy that assert an unverified provision.
pub(super) fn check(subject: &Subject<'_>, own: &Library, base: &Library) -> Vec<Diagnostic> {
    let catalogue: Vec<&Reference> = {
        let more = base.references.iter().filter(|(id, _)| !own.references.contains_key(*id));
        own.references.iter().chain(more).map(|(_, reference)| reference).collect()
    };
    let mut found = Vec::new();
    pairs(subject.tree, "", &mut |_, ja, en| {
        for (node, lang) in [(ja, Lang::Ja), (en, Lang::En)] {
            found.extend(asserted(subject, node, lang, &catalogue));
        }
    });
    found
}

fn asserted(subject: &Subject<'_>, node: &Node, lang: Lang, catalogue: &[&Reference]) -> Option<Diagnostic> {
    let text = node.as_text()?;
    if HEDGES.iter().any(|hedge| text.contains(hedge)) {
        return None;
    }
    let provisions = PROVISION.as_ref()?.find_iter(text).filter(|found| stands_alone(text, found.range()));
    for provision in provisions {
        let named = catalogue.iter().filter(|reference| {
            let title = reference.title.get(lang);
            let listed = subject.file.references.contains(&reference.id);
            provision_of(title).is_some_and(|own| own.text == provision.as_str())
                && (listed || names_of(title).any(|name| text.contains(name)))
        });
        let named: Vec<&&Reference> = named.collect();
        if !named.is_empty() && named.iter().all(|reference| reference.seen == Seen::Unverified) {
            let references = named.iter().map(|reference| reference.id.clone()).collect();
            let provision = provision.as_str().to_owned();
            return Some(Diagnostic::new(node.span, Finding::Unverified { provision, references }));
        }
    }
    None
}

/// Whether a match is no part of a longer number, version or date.
fn stands_alone(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let (next, second) = (after.next(), after.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let begun = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let goes_on = digit(next) || (matches!(next, Some('.' | '-' | 'の')) && digit(second));
    !begun && !goes_on
}

struct Provision<'t> {
    text: &'t str,
    start: usize,
}

/// The last provision of a title that does not stand in brackets.
fn provision_of(title: &str) -> Option<Provision<'_>> {
    let found = PROVISION
        .as_ref()?
        .find_iter(title)
        .filter(|found| stands_alone(title, found.range()) && depth(&title[..found.start()]) == 0);
    found.last().map(|found| Provision { text: found.as_str(), start: found.start() })
}

fn depth(text: &str) -> usize {
    text.chars().fold(0, |depth: usize, c| match c {
        '(' | '（' => depth + 1,
        ')' | '）' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// What a law is called before its provision: the whole name, and a short one in brackets.
fn names_of(title: &str) -> impl Iterator<Item = &str> {
    let before = provision_of(title).map_or("", |provision| &title[..provision.start]);
    let names = before.split(['(', '（', ')', '）']).map(str::trim);
    names.filter(|name| name.chars().count() > 2)
}
