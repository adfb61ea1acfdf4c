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

/// `file:line:col` of a span; the path alone where the file could not be read as text.
pub fn place(sources: &Sources, span: Span) -> String {
    let file = sources.file(span.file);
    if file.text.is_none() {
        return file.path.clone();
    }
    let at = file.position(span.start);
    format!("{}:{}:{}", file.path, at.line, at.column)
}
