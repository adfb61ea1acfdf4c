//! Problems with what a user gave us, each with its place, in both languages.

use crate::lang::Lang;
use crate::load::source::Sources;
use crate::load::tree::Span;

/// What is wrong: one variant of some step's own enum. Its sentences stand beside the variant.
pub trait Explain: std::fmt::Debug + Send + Sync {
    /// A stable code in kebab case, unique in the program.
    fn code(&self) -> &'static str;
    /// What was found and what was wanted, one sentence without a full stop at its end.
    fn message(&self, lang: Lang) -> String;
    /// What to do, where there is more to say than the message does.
    fn advice(&self, lang: Lang) -> Option<String>;
}

/// A problem at a place. There is no way to build one without a place.
#[derive(Debug)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Box<dyn Explain>,
    /// Where.
    pub span: Span,
    /// A second place that belongs to it, such as the first of two equal keys.
    pub related: Vec<Related>,
}

/// A second place with what it is.
#[derive(Debug)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What stands there, in Japanese.
    pub ja: &'static str,
    /// What stands there, in English.
    pub en: &'static str,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(span: Span, problem: impl Explain + 'static) -> Self {
        Diagnostic { problem: Box::new(problem), span, related: Vec::new() }
    }

    /// Adds a second place.
    #[must_use]
    pub fn with_related(mut self, span: Span, ja: &'static str, en: &'static str) -> Self {
        self.related.push(Related { span, ja, en });
        self
    }

    /// The problem's code.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// `file:line:col`; the path alone where the file could not be read as text.
    pub fn place(&self, sources: &Sources) -> String {
        place(sources, self.span)
    }
}

/// How many problems of one file are told (project default): whoever has mended these runs it again.
pub const TOLD: usize = 100;

/// That more is wrong with a file than is told.
#[derive(Debug)]
struct More(usize);

impl Explain for More {
    fn code(&self) -> &'static str {
        "more-problems"
    }

    fn message(&self, lang: Lang) -> String {
        let More(count) = self;
        match lang {
            Lang::Ja => format!("このファイルの問題が、ここから後に更に{count}件あります"),
            Lang::En => format!("there are {count} more problems in this file, from here on"),
        }
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = (
            "先に示したものを直してから、もう一度実行してください",
            "mend those that are shown, and run it again",
        );
        Some(lang.pick(ja, en).to_owned())
    }
}

/// Puts problems in the order of their places. Of a file with very many the first are kept, and the
/// others counted.
pub fn in_order(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut rest = std::mem::take(diagnostics).into_iter().peekable();
    while let Some(first) = rest.next() {
        let file = first.span.file;
        let mut of_file = vec![first];
        while let Some(next) = rest.next_if(|next| next.span.file == file) {
            of_file.push(next);
        }
        if of_file.len() > TOLD {
            let at = of_file[TOLD - 1].span;
            let more = More(of_file.len() - (TOLD - 1));
            of_file.truncate(TOLD - 1);
            of_file.push(Diagnostic::new(at, more));
        }
        kept.append(&mut of_file);
    }
    *diagnostics = kept;
}

/// `file:line:col` of a span; the path alone where the file could not be read as text.
pub fn place(sources: &Sources, span: Span) -> String {
    let file = sources.file(span.file);
    if file.text.is_none() {
        return file.path.clone();
    }
    let at = file.position(span.start);
    format!("{}:{}:{}", file.path, at.line, at.column)
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Lang, More, Span, TOLD, in_order};
    use crate::load::tree::FileId;

    fn many(file: u16, count: u32) -> Vec<Diagnostic> {
        let at = |start| Span { file: FileId(file), start, end: start };
        (0..count).rev().map(|start| Diagnostic::new(at(start), More(0))).collect()
    }

    #[test]
    fn very_many_problems_of_a_file_are_counted_once_however_often_it_is_done() {
        let mut found = many(1, 1000);
        found.extend(many(0, 3));
        found.extend(many(2, 100));
        for _ in 0..2 {
            in_order(&mut found);
            assert!(found.is_sorted_by_key(|diagnostic| diagnostic.span));
            let of = |file| found.iter().filter(|one| one.span.file == FileId(file)).count();
            assert_eq!([of(0), of(1), of(2)], [3, TOLD, 100]);
            let last = found.iter().rfind(|one| one.span.file == FileId(1)).unwrap();
            assert_eq!(last.span.start, 99);
            assert!(last.problem.message(Lang::En).contains("901 more"));
            assert!(last.problem.message(Lang::Ja).contains("901件"));
        }
    }
}
