//! The frozen view of a dossier that could not be judged.

use super::view::PlaceView;
use crate::diagnostic::{Diagnostic, Explain};
use crate::lang::Lang;
use crate::load::find::Passed;
use crate::load::source::Sources;
use crate::load::tree::Span;
use crate::validate::Refused;

/// A dossier that could not be judged.
#[derive(Clone, Debug)]
pub struct RefusedView {
    /// The folder as it was given.
    pub name: String,
    /// All that is wrong; never empty.
    pub problems: Vec<ProblemView>,
}

/// One problem with the input.
#[derive(Clone, Debug)]
pub struct ProblemView {
    /// Its stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
    /// The file.
    pub file: String,
    /// The place; `None` where the file could not be read as text.
    pub place: Option<PlaceView>,
    /// Second places, each with what stands there.
    pub related: Vec<(&'static str, PlaceView)>,
}

/// Makes the view of a refused dossier.
pub fn view(refused: &Refused, lang: Lang) -> RefusedView {
    let problem = |diagnostic| problem(diagnostic, &refused.sources, lang);
    RefusedView { name: refused.name.clone(), problems: refused.diagnostics.iter().map(problem).collect() }
}

fn problem(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> ProblemView {
    let place = |span: Span| {
        let readable = sources.file(span.file).text.is_some();
        readable.then(|| PlaceView::new(sources, span, None))
    };
    let related = diagnostic.related.iter();
    let related =
        related.filter_map(|related| Some((lang.pick(related.ja, related.en), place(related.span)?)));
    ProblemView {
        code: diagnostic.code(),
        message: diagnostic.problem.message(lang),
        advice: diagnostic.problem.advice(lang),
        file: sources.file(diagnostic.span.file).path.clone(),
        place: place(diagnostic.span),
        related: related.collect(),
    }
}

impl RefusedView {
    /// Says in one line that it was not judged.
    pub fn unjudged(&self, lang: Lang) -> String {
        unjudged(&self.name, self.problems.iter().map(|problem| problem.code), lang)
    }
}

/// Says in one line that something was not judged; `codes` are those of its problems.
pub fn unjudged(name: &str, mut codes: impl Iterator<Item = &'static str>, lang: Lang) -> String {
    let tender = codes.any(|code| code == Passed::Tender(String::new()).code());
    match (tender, lang) {
        (true, Lang::Ja) => format!("{name}: 調達案件であるため判定していません"),
        (true, Lang::En) => format!("{name}: not judged, because it is a tender"),
        (false, Lang::Ja) => format!("{name}: 読み込めないため判定していません"),
        (false, Lang::En) => format!("{name}: not judged, because it cannot be read"),
    }
}

impl ProblemView {
    /// What is wrong and what to do, in one paragraph.
    pub fn paragraph(&self, lang: Lang) -> String {
        match (&self.advice, lang) {
            (None, _) => self.message.clone(),
            (Some(advice), Lang::Ja) => format!("{}（対応：{advice}）", self.message),
            (Some(advice), Lang::En) => format!("{} (help: {advice})", self.message),
        }
    }

    /// `file:line:col`; the path alone where the file could not be read as text.
    pub fn place_text(&self) -> String {
        match &self.place {
            Some(place) => format!("{}:{}:{}", place.file, place.line, place.column),
            None => self.file.clone(),
        }
    }
}
