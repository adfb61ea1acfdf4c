//! Rules of redaction (不開示の指定) from their file, held against the schemas and the library.

use std::path::Path;

use super::document::{against_schema, head};
use super::yardstick::Unusable;
use crate::diagnostic::{Diagnostic, Explain, in_order};
use crate::lang::Lang;
use crate::load::limits::Limits;
use crate::load::single::{self, Single};
use crate::load::tree::{Node, Span};
use crate::nearest::nearest;
use crate::policy::library::Library;
use crate::redact::Rules;
use crate::redact::rules::{NoSuchPath, Pattern};
use crate::schema::{Disclosure, Kind};

/// What is wrong with rules of redaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// A path that no schema has.
    NoSuchPath {
        /// As it was written.
        written: String,
        /// The part that is not known, and the nearest known one.
        at: NoSuchPath,
    },
    /// Neither a policy nor a family has that id.
    NoSuchPolicy {
        /// As it was written.
        written: String,
        /// The nearest known id.
        nearest: Option<String>,
    },
    /// Something is named twice, so that it has two grounds.
    Twice,
    /// A fact is both to be hidden and to be shown.
    HiddenAndKept,
    /// A text without a letter or digit cannot be looked for.
    NoLetters,
    /// The file hides nothing.
    NoRule,
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::NoSuchPath { .. } => "redaction-of-unknown-fact",
            Problem::NoSuchPolicy { .. } => "redaction-of-unknown-policy",
            Problem::Twice => "redaction-twice",
            Problem::HiddenAndKept => "redaction-hidden-and-kept",
            Problem::NoLetters => "redaction-without-letters",
            Problem::NoRule => "redaction-without-rules",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::NoSuchPath { written, at } if at.part != *written => (
                format!("「{written}」という記載事項はありません（「{}」がありません）", at.part),
                format!("there is no fact `{written}`: `{}` is not known", at.part),
            ),
            Problem::NoSuchPath { written, .. } => {
                (format!("「{written}」という記載事項はありません"), format!("there is no fact `{written}`"))
            }
            Problem::NoSuchPolicy { written, .. } => (
                format!("「{written}」という確認項目又は分野はありません"),
                format!("there is no policy or family `{written}`"),
            ),
            Problem::Twice => ("同じ指定が二つあります".to_owned(), "this is named twice".to_owned()),
            Problem::HiddenAndKept => (
                "同じ記載事項が facts と keep の両方にあります".to_owned(),
                "this fact stands under both `facts` and `keep`".to_owned(),
            ),
            Problem::NoLetters => (
                "文字も数字も含まない字句は探せません".to_owned(),
                "a text without a letter or digit cannot be looked for".to_owned(),
            ),
            Problem::NoRule => (
                "不開示とするものが一つも指定されていません".to_owned(),
                "nothing is named that is to be hidden".to_owned(),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::NoSuchPath { at: NoSuchPath { nearest: Some(near), .. }, .. }
            | Problem::NoSuchPolicy { nearest: Some(near), .. } => {
                (format!("{near} ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::NoSuchPath { .. } => (
                "hadome explain で記載事項の所在を確かめてください".to_owned(),
                "`hadome explain` tells the path of a field".to_owned(),
            ),
            Problem::NoSuchPolicy { .. } => (
                "hadome policy list で確認項目を確かめてください".to_owned(),
                "`hadome policy list` lists the policies".to_owned(),
            ),
            Problem::Twice => ("一つにまとめてください".to_owned(), "keep one of them".to_owned()),
            Problem::HiddenAndKept => {
                ("どちらかを消してください".to_owned(), "remove it from one of them".to_owned())
            }
            Problem::NoLetters => return None,
            Problem::NoRule => (
                "classes、facts、texts 又は policies に、根拠（ground）とともに記入してください".to_owned(),
                "write classes, facts, texts or policies, each with its ground".to_owned(),
            ),
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}

/// Reads rules.
///
/// # Errors
/// The file cannot be read, is no `redaction/1`, or names what does not exist.
pub fn load(path: &Path, library: &Library) -> Result<Rules, Unusable> {
    let Single { sources, root, mut diagnostics } = single::read(path, &Limits::default());
    let mut rules = Rules::default();
    if let Some(root) = &root {
        head(Kind::Redaction, root, &mut diagnostics);
        if diagnostics.is_empty() {
            against_schema(Kind::Redaction, root, &mut diagnostics);
        }
        if diagnostics.is_empty() {
            rules = Reader { library, diagnostics: &mut diagnostics }.rules(root);
        }
    }
    in_order(&mut diagnostics);
    match diagnostics.is_empty() {
        true => Ok(rules),
        false => Err(Unusable::Faulty(sources, diagnostics)),
    }
}

struct Reader<'r> {
    library: &'r Library,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn rules(&mut self, root: &Node) -> Rules {
        let mut rules = Rules::default();
        let (mut classes, mut paths) = (Vec::new(), Vec::new());
        for (class, ground) in entries(root, "classes", "class") {
            let word = class.as_text().and_then(Disclosure::from_word);
            rules.classes.extend(word.map(|word| (word, ground)));
            self.once(class, &mut classes);
        }
        for (path, ground) in entries(root, "facts", "path") {
            rules.facts.extend(self.pattern(path).map(|pattern| (pattern, ground)));
            self.once(path, &mut paths);
        }
        for path in root.get("keep").and_then(Node::as_list).unwrap_or_default() {
            let hidden = |known: &(Option<&str>, Span)| known.0 == path.as_text();
            if let Some((_, first)) = paths.iter().find(|known| hidden(known)) {
                let diagnostic = Diagnostic::new(path.span, Problem::HiddenAndKept);
                self.diagnostics.push(diagnostic.with_related(*first, "facts にあるもの", "under `facts`"));
            }
            rules.keep.extend(self.pattern(path));
        }
        let mut texts = Vec::new();
        for (text, ground) in entries(root, "texts", "text") {
            let written = text.as_text().unwrap_or_default();
            if !written.chars().any(char::is_alphanumeric) {
                self.diagnostics.push(Diagnostic::new(text.span, Problem::NoLetters));
            }
            rules.texts.push((written.to_owned(), ground));
            self.once(text, &mut texts);
        }
        let mut policies = Vec::new();
        for (id, ground) in entries(root, "policies", "id") {
            let written = id.as_text().unwrap_or_default();
            self.policy(written, id.span);
            rules.policies.push((written.to_owned(), ground));
            self.once(id, &mut policies);
        }
        let Rules { classes, facts, texts, policies, .. } = &rules;
        if classes.is_empty() && facts.is_empty() && texts.is_empty() && policies.is_empty() {
            let span = root.get("hadome").map_or(root.span, |head| head.span);
            if self.diagnostics.is_empty() {
                self.diagnostics.push(Diagnostic::new(span, Problem::NoRule));
            }
        }
        rules
    }

    fn pattern(&mut self, path: &Node) -> Option<Pattern> {
        let written = path.as_text().unwrap_or_default();
        match Pattern::parse(written) {
            Ok((pattern, _)) => Some(pattern),
            Err(at) => {
                let problem = Problem::NoSuchPath { written: written.to_owned(), at };
                self.diagnostics.push(Diagnostic::new(path.span, problem));
                None
            }
        }
    }

    fn policy(&mut self, written: &str, span: Span) {
        let ids = self.library.policies.keys().map(String::as_str);
        let families = self.library.policies.keys().filter_map(|id| id.split('-').next());
        let mut known = ids.chain(families);
        if !known.clone().any(|id| id == written) {
            let near = nearest(written, known.by_ref()).map(str::to_owned);
            let problem = Problem::NoSuchPolicy { written: written.to_owned(), nearest: near };
            self.diagnostics.push(Diagnostic::new(span, problem));
        }
    }

    /// Each thing has one ground.
    fn once<'n>(&mut self, named: &'n Node, before: &mut Vec<(Option<&'n str>, Span)>) {
        if let Some((_, first)) = before.iter().find(|(known, _)| *known == named.as_text()) {
            let diagnostic = Diagnostic::new(named.span, Problem::Twice);
            self.diagnostics.push(diagnostic.with_related(*first, "先にあるもの", "the first one"));
        }
        before.push((named.as_text(), named.span));
    }
}

/// The items of a list: what each names, and its ground.
fn entries<'n>(root: &'n Node, list: &str, key: &str) -> Vec<(&'n Node, String)> {
    let items = root.get(list).and_then(Node::as_list).unwrap_or_default();
    let pair = |item: &'n Node| {
        let ground = item.get("ground").and_then(Node::as_text).unwrap_or_default();
        Some((item.get(key)?, ground.to_owned()))
    };
    items.iter().filter_map(pair).collect()
}
