//! One line per finding: `path:line:col: verdict[ID]: what`.

use super::escape;
use super::finding::{is_finding, summary};
use super::format::Writer;
use super::notes::{self, notes};
use super::refused::RefusedView;
use super::view::{DossierView, OutcomeView};
use crate::lang::Lang;
use crate::load::source::Sources;

/// The concise format.
#[derive(Clone, Copy, Debug)]
pub struct Concise {
    /// The language.
    pub lang: Lang,
}

impl Writer for Concise {
    /// The findings of a dossier and a line of totals.
    fn dossier(&self, view: &DossierView, _sources: &Sources) -> String {
        let findings = view.outcomes.iter().filter(|outcome| is_finding(outcome));
        let mut out: String = findings.map(|outcome| line(outcome, self.lang)).collect();
        out.push_str(&note_lines(view, self.lang));
        out.push_str(&totals(view, self.lang));
        out
    }

    /// Nothing: the error stream says it.
    fn refused(&self, _refused: &RefusedView) -> String {
        String::new()
    }
}

fn line(outcome: &OutcomeView, lang: Lang) -> String {
    let place = outcome.place.as_ref();
    let place = place.map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
    let what = summary(outcome, lang);
    let blocks = if outcome.blocks { lang.pick("【要是正】", " (blocks)") } else { "" };
    let verdict = outcome.verdict.word();
    let line = format!(
        "{}{verdict}[{}]{blocks}: {} {}",
        place.unwrap_or_default(),
        outcome.policy,
        outcome.title,
        what
    );
    escape::terminal(line.trim_end()) + "\n"
}

/// What there is to say beside the outcomes, a line each.
pub fn note_lines(view: &DossierView, lang: Lang) -> String {
    let notes = notes(view, lang);
    notes.iter().map(|note| escape::terminal(&notes::line(note, lang)) + "\n").collect()
}

/// The totals of a dossier on one line; they add up.
pub fn totals(view: &DossierView, lang: Lang) -> String {
    let counts: Vec<String> = view
        .totals
        .iter()
        .map(|total| match lang {
            Lang::Ja => format!("{}{}", total.title, total.count),
            Lang::En => format!("{} {}", total.count, total.title),
        })
        .collect();
    let line = match lang {
        Lang::Ja => format!(
            "{}: 判定結果{}件（{}）、要是正{}件、判定基準日{}、契約段階 {}",
            view.name,
            view.outcome_count,
            counts.join("・"),
            view.blocking_count,
            view.as_of,
            view.stage_title
        ),
        Lang::En => format!(
            "{}: {} outcomes ({}), {} blocking, as of {}, stage {}",
            view.name,
            view.outcome_count,
            counts.join(", "),
            view.blocking_count,
            view.as_of,
            view.stage_title
        ),
    };
    escape::terminal(&line) + "\n"
}
