//! Findings for a person at a terminal: what was wanted, what was stated, the source line, what to do.

use annotate_snippets::Level;

use super::concise::{note_lines, totals};
use super::finding::{failed_facts, is_finding, lines, open_gaps};
use super::format::Writer;
use super::refused::RefusedView;
use super::view::{DossierView, OutcomeView};
use super::{diagnostics, escape};
use crate::evaluate::outcome::{SubReason, Verdict};
use crate::lang::Lang;
use crate::load::source::Sources;
use crate::load::tree::Span;

/// The text format.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The language.
    pub lang: Lang,
    /// Whether to colour.
    pub colour: bool,
}

impl Writer for Text {
    /// The findings of a dossier and a line of totals.
    fn dossier(&self, view: &DossierView, sources: &Sources) -> String {
        let findings = view.outcomes.iter().filter(|outcome| is_finding(outcome));
        let mut out: String =
            findings.map(|outcome| finding(outcome, sources, self.lang, self.colour)).collect();
        out.push_str(&note_lines(view, self.lang));
        out.push_str(&totals(view, self.lang));
        out
    }

    /// Nothing: the error stream says it, with the source lines.
    fn refused(&self, _refused: &RefusedView) -> String {
        String::new()
    }
}

fn finding(outcome: &OutcomeView, sources: &Sources, lang: Lang, colour: bool) -> String {
    let level = if outcome.verdict == Verdict::Fail { Level::ERROR } else { Level::WARNING };
    let level = level.with_name(outcome.verdict_title);
    let blocks = if outcome.blocks { lang.pick("【要是正】", " (blocks)") } else { "" };
    let title = escape::terminal(&format!("{}{blocks}", outcome.title));
    let places = places(outcome, lang);
    let mut out = diagnostics::excerpt(&level, &outcome.policy, &title, &places, sources, colour);
    for line in lines(outcome, lang) {
        out.push_str("  ");
        out.push_str(&escape::terminal(&line));
        out.push('\n');
    }
    out.push('\n');
    out
}

fn places(outcome: &OutcomeView, lang: Lang) -> Vec<(Span, String)> {
    let Some(first) = &outcome.place else { return Vec::new() };
    let mut places = vec![(first.span, String::new())];
    for fact in failed_facts(outcome) {
        if places.len() < 4 && places.iter().all(|(span, _)| *span != fact.place.span) {
            places.push((fact.place.span, String::new()));
        }
    }
    if outcome.verdict == Verdict::Undecided {
        places[0].1 = label(outcome, lang).to_owned();
    }
    places
}

/// What is to be done at the place of an undecided outcome.
fn label(outcome: &OutcomeView, lang: Lang) -> &'static str {
    let (ja, en) = match open_gaps(outcome).next().map(|gap| gap.sub_reason) {
        Some(SubReason::NoLimit) => ("期限等を数字で定める必要があります", "a number is needed here"),
        Some(SubReason::Conflict) => ("文書により記載が一致していません", "the documents disagree here"),
        Some(SubReason::Indeterminate) => {
            ("この記載では判定できません", "what is stated here does not decide")
        }
        _ => ("この付近に記載が必要です", "to be stated near here"),
    };
    lang.pick(ja, en)
}
