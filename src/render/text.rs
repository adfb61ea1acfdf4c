//! Findings for a person at a terminal: what was wanted, what was stated, the source line, what to do.

use annotate_snippets::Level;

use super::concise::{is_finding, totals};
use super::view::{DossierView, FactView, GapView, OutcomeView};
use super::{diagnostics, escape};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::source::Sources;
use crate::load::tree::Span;

/// Writes the findings of a dossier and a line of totals.
pub fn dossier(view: &DossierView, sources: &Sources, lang: Lang, colour: bool) -> String {
    let findings = view.outcomes.iter().filter(|outcome| is_finding(outcome));
    let mut out: String = findings.map(|outcome| finding(outcome, sources, lang, colour)).collect();
    out.push_str(&totals(view, lang));
    out
}

fn finding(outcome: &OutcomeView, sources: &Sources, lang: Lang, colour: bool) -> String {
    let level = if outcome.verdict == Verdict::Fail { Level::ERROR } else { Level::WARNING };
    let level = level.with_name(outcome.verdict_title);
    let blocks = if outcome.blocks { lang.pick("【要是正】", " (blocks)") } else { "" };
    let title = escape::terminal(&format!("{}{blocks}", outcome.title));
    let places = places(outcome, lang);
    let mut out = diagnostics::excerpt(&level, &outcome.policy, &title, &places, sources, colour);
    let mut line = |label: &str, text: &str| {
        out.push_str("  ");
        out.push_str(label);
        out.push_str(&escape::terminal(text));
        out.push('\n');
    };
    line(lang.pick("対象：", "target: "), &format!("{} {}", outcome.target_title, outcome.target));
    for clause in outcome.clauses.iter().filter(|clause| matches!(clause.state, "false" | "open")) {
        line(lang.pick("求める内容：", "wanted: "), &clause.wanted);
        for fact in clause.facts.iter().filter(|_| clause.state == "false") {
            line(lang.pick("記載：", "stated: "), &fact_line(fact, lang));
        }
        for gap in clause.gaps.iter().filter(|_| clause.state == "open") {
            line("", &gap_line(gap, lang));
        }
    }
    for gap in &outcome.gaps {
        line("", &gap_line(gap, lang));
    }
    match outcome.verdict {
        Verdict::Fail => line(lang.pick("是正：", "remedy: "), &outcome.remedy),
        _ => line(lang.pick("照会：", "ask: "), &outcome.question),
    }
    out.push('\n');
    out
}

/// A stated fact with its value and where in the original it stands.
pub fn fact_line(fact: &FactView, lang: Lang) -> String {
    let place = format!("{}:{}:{}", fact.place.file, fact.place.line, fact.place.column);
    let original = fact.place.original.as_deref();
    let original = original.unwrap_or(lang.pick("原本の該当箇所 未記入", "place in the original not given"));
    match lang {
        Lang::Ja => format!("{}：{}（{original}／{place}）", fact.title, fact.value),
        Lang::En => format!("{}: {} ({original}; {place})", fact.title, fact.value),
    }
}

/// What is missing, in which way, and where it should be written.
pub fn gap_line(gap: &GapView, lang: Lang) -> String {
    let mut line = match lang {
        Lang::Ja => format!("{}：{}（{}）", gap.sub_reason_title, gap.title, gap.path),
        Lang::En => format!("{}: {} ({})", gap.sub_reason_title, gap.title, gap.path),
    };
    if let Some(detail) = &gap.detail {
        line.push_str(&match lang {
            Lang::Ja => format!("「{detail}」"),
            Lang::En => format!(" \"{detail}\""),
        });
    }
    for value in &gap.conflicting {
        line.push_str(lang.pick("／", " / "));
        line.push_str(&fact_line(value, lang));
    }
    line
}

fn places(outcome: &OutcomeView, lang: Lang) -> Vec<(Span, String)> {
    let Some(first) = &outcome.place else { return Vec::new() };
    let mut places = vec![(first.span, String::new())];
    let failed = outcome.clauses.iter().filter(|clause| clause.state == "false");
    for fact in failed.flat_map(|clause| &clause.facts) {
        if places.len() < 4 && places.iter().all(|(span, _)| *span != fact.place.span) {
            places.push((fact.place.span, String::new()));
        }
    }
    if outcome.verdict == Verdict::Undecided {
        places[0].1 = lang.pick("この付近に記載が必要です", "to be stated near here").to_owned();
    }
    places
}
