//! Workflow commands of GitHub Actions: each finding as an annotation on its line.
//!
//! What blocks is an error, any other finding a warning, a waived one a notice. The totals are a plain
//! line of the log: GitHub keeps ten annotations of a kind per step, and counts should not use them up.

use super::concise::totals;
use super::escape::{annotation, annotation_property, terminal, workflow_log};
use super::finding::{is_finding, paragraph};
use super::format::Writer;
use super::notes::{Note, notes};
use super::refused::{ProblemView, RefusedView};
use super::view::{DossierView, OutcomeView, PlaceView};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::source::Sources;

/// The GitHub format.
#[derive(Clone, Copy, Debug)]
pub struct Github {
    /// The language of messages.
    pub lang: Lang,
}

impl Writer for Github {
    fn dossier(&self, view: &DossierView, _sources: &Sources) -> String {
        let findings = view.outcomes.iter().filter(|outcome| is_finding(outcome));
        let mut out: String = findings.map(|outcome| finding(outcome, self.lang)).collect();
        out.extend(notes(view, self.lang).iter().map(|one| note(one, self.lang)));
        out.push_str(&log(totals(view, self.lang).trim_end()));
        out
    }

    fn refused(&self, refused: &RefusedView) -> String {
        let mut out: String = refused.problems.iter().map(|problem| error(problem, self.lang)).collect();
        out.push_str(&log(&refused.unjudged(self.lang)));
        out
    }
}

fn finding(outcome: &OutcomeView, lang: Lang) -> String {
    let level = match outcome.verdict {
        _ if outcome.blocks => "error",
        Verdict::Waived => "notice",
        _ => "warning",
    };
    let title = format!("{} {}", outcome.policy, outcome.verdict_title);
    let place = outcome.place.as_ref();
    command(level, place.map(|place| place.file.as_str()), place, &title, &paragraph(outcome, lang))
}

fn note(note: &Note<'_>, lang: Lang) -> String {
    let level = if note.warns { "warning" } else { "notice" };
    let title = format!("{} {}", note.about.title(lang), note.id);
    command(level, note.place.map(|place| place.file.as_str()), note.place, &title, &note.text)
}

fn error(problem: &ProblemView, lang: Lang) -> String {
    command("error", Some(&problem.file), problem.place.as_ref(), problem.code, &problem.paragraph(lang))
}

fn command(level: &str, file: Option<&str>, place: Option<&PlaceView>, title: &str, message: &str) -> String {
    let property = |text: &str| annotation_property(&terminal(text));
    let mut properties = Vec::new();
    if let Some(file) = file {
        properties.push(format!("file={}", property(file)));
    }
    if let Some(place) = place {
        properties.push(format!("line={},endLine={}", place.line, place.end_line));
        // GitHub refuses columns across lines.
        if place.line == place.end_line {
            properties.push(format!("col={},endColumn={}", place.column, place.end_column));
        }
    }
    properties.push(format!("title={}", property(title)));
    format!("::{level} {}::{}\n", properties.join(","), annotation(&terminal(message)))
}

fn log(line: &str) -> String {
    format!("hadome: {}\n", workflow_log(line))
}
