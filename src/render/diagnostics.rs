//! Problems with input, for people: the sentence, the place, the source line with a caret, what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::escape;
use crate::diagnostic::{Diagnostic, place};
use crate::lang::Lang;
use crate::load::source::{SourceFile, Sources};
use crate::load::tree::Span;

/// Writes one problem over several lines, its source line included.
pub fn long(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, colour: bool) -> String {
    let problem = &diagnostic.problem;
    let message = escape::terminal(&problem.message(lang));
    let mut places = vec![(diagnostic.span, String::new())];
    for related in &diagnostic.related {
        places.push((related.span, lang.pick(related.ja, related.en).to_owned()));
    }
    let level = Level::ERROR.with_name(word(lang));
    let mut out = excerpt(&level, problem.code(), &message, &places, sources, colour);
    if let Some(advice) = problem.advice(lang) {
        out.push_str("  ");
        out.push_str(lang.pick("対応：", "help: "));
        out.push_str(&escape::terminal(&advice));
        out.push('\n');
    }
    out
}

/// Writes one problem on one line: `path:line:col: code: message`.
pub fn short(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let message = escape::terminal(&diagnostic.problem.message(lang));
    let advice = diagnostic.problem.advice(lang).map(|advice| escape::terminal(&advice));
    let advice = advice.map(|advice| format!(" ({advice})")).unwrap_or_default();
    let place = escape::terminal(&diagnostic.place(sources));
    format!("{place}: {}[{}]: {message}{advice}\n", word(lang), diagnostic.code())
}

/// The word before the code, which is the same in both languages.
fn word(lang: Lang) -> &'static str {
    lang.pick("誤り", "error")
}

/// An excerpt of the source with a caret under each place; the first is the main one.
pub fn excerpt(
    level: &Level<'_>,
    code: &str,
    message: &str,
    places: &[(Span, String)],
    sources: &Sources,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let title = level.clone().primary_title(message.to_owned()).id(code.to_owned());
    let mut group: Group<'_> =
        title.elements(std::iter::empty::<Snippet<'_, annotate_snippets::Annotation<'_>>>());
    let mut unread = Vec::new();
    for (at, (span, label)) in places.iter().enumerate() {
        let file = sources.file(span.file);
        let Some(text) = file.text.as_deref().filter(|text| !text.is_empty()) else {
            unread.push(place(sources, *span));
            continue;
        };
        let Some((window, first_line, offset)) = window(file, text, *span) else {
            unread.push(place(sources, *span));
            continue;
        };
        let start = (span.start as usize - offset).min(window.len());
        let end = (span.end as usize).saturating_sub(offset).clamp(start, window.len());
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(start..end);
        let annotation = if label.is_empty() { annotation } else { annotation.label(label.clone()) };
        let snippet =
            Snippet::source(window).path(file.path.clone()).line_start(first_line).annotation(annotation);
        group = group.element(snippet);
    }
    let mut out = renderer.render(&[group]).to_string();
    out.push('\n');
    for path in unread {
        out.push_str(" --> ");
        out.push_str(&escape::terminal(&path));
        out.push('\n');
    }
    out
}

/// How many bytes are shown before and behind the beginning of a place: a line may be as long as a file.
const REACH: usize = 4096;

/// The lines that a span touches (the first three at most), cleaned for a terminal; with the
/// number of the first line and its offset. `None` where the line begins too far off to be shown.
fn window(file: &SourceFile, text: &str, span: Span) -> Option<(String, usize, usize)> {
    let start = (span.start as usize).min(text.len());
    let near = text.ceil_char_boundary(start.saturating_sub(REACH));
    let begin = match text[near..start].rfind(['\n', '\r']) {
        Some(at) => near + at + 1,
        None if near == 0 => 0,
        None => return None,
    };
    let first_line = file.position(u32::try_from(begin).unwrap_or(u32::MAX)).line;
    let end = (span.end as usize).clamp(start, text.len());
    let rest = &text[begin..text.floor_char_boundary(start + REACH)];
    let stop =
        rest.match_indices(['\n', '\r']).map(|(at, _)| at).find(|at| begin + at >= end).unwrap_or(rest.len());
    let lines = one_kind_of_line_end(&rest[..stop]);
    let joined = lines.split('\n').take(3).collect::<Vec<_>>().join("\n");
    Some((clean(&joined), first_line, begin))
}

/// Line ends of all kinds as line feeds, byte for byte.
fn one_kind_of_line_end(text: &str) -> String {
    text.replace("\r\n", " \n").replace('\r', "\n")
}

/// Replaces what would steer a terminal, byte for byte, so that the caret stays right.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c.to_string(),
            c if c.is_control() => "?".repeat(c.len_utf8()),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                "?".repeat(c.len_utf8())
            }
            c => c.to_string(),
        })
        .collect()
}
