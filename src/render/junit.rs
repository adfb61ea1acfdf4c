//! JUnit XML, for CI servers: a suite per dossier, a case per outcome.
//!
//! A case is a failure exactly where the outcome blocks, so that the server's colour and the exit code
//! agree; it succeeds exactly where the verdict is pass. Everything between is skipped with its verdict
//! and reason, and with its details in `system-out` where it is a finding: never counted as passed.
//! Tests are the outcomes, failures the blocking ones, so that the counts add up.

use std::fmt::Write as _;

use super::escape::{terminal, xml};
use super::finding::{lines, summary, verdict};
use super::format::Writer;
use super::notes::{line, notes};
use super::refused::{ProblemView, RefusedView};
use super::run::RunView;
use super::tally::Tally;
use super::view::{DossierView, OutcomeView};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::load::source::Sources;

/// The JUnit format.
#[derive(Clone, Copy, Debug)]
pub struct Junit {
    /// The language of messages.
    pub lang: Lang,
}

impl Writer for Junit {
    fn begin(&self, _run: &RunView) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hadome\">\n".to_owned()
    }

    fn dossier(&self, view: &DossierView, _sources: &Sources) -> String {
        let cases = view.outcomes.iter();
        let skipped = cases.filter(|outcome| !outcome.blocks && outcome.verdict != Verdict::Pass).count();
        let mut out = suite(&view.name, view.outcome_count, view.blocking_count, 0, skipped);
        out.push_str("    <properties>\n");
        property(&mut out, "as_of", &view.as_of);
        property(&mut out, "stage", view.stage.unwrap_or("unknown"));
        property(&mut out, "profile", &view.profile);
        for total in &view.totals {
            property(&mut out, total.verdict.word(), &total.count.to_string());
        }
        out.push_str("    </properties>\n");
        for outcome in &view.outcomes {
            case(&mut out, outcome, &view.name, self.lang);
        }
        let notes: Vec<String> =
            notes(view, self.lang).iter().map(|note| xml(&terminal(&line(note, self.lang)))).collect();
        if !notes.is_empty() {
            let _ = writeln!(out, "    <system-out>{}</system-out>", notes.join("\n"));
        }
        out.push_str("  </testsuite>\n");
        out
    }

    fn refused(&self, refused: &RefusedView) -> String {
        let count = refused.problems.len();
        let mut out = suite(&refused.name, count, 0, count, 0);
        for problem in &refused.problems {
            error(&mut out, problem, &refused.name, self.lang);
        }
        out.push_str("  </testsuite>\n");
        out
    }

    fn end(&self, _tally: &Tally) -> String {
        "</testsuites>\n".to_owned()
    }
}

fn suite(name: &str, tests: usize, failures: usize, errors: usize, skipped: usize) -> String {
    let name = xml(name);
    format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" \
         skipped=\"{skipped}\">\n"
    )
}

fn property(out: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "      <property name=\"{}\" value=\"{}\"/>", xml(name), xml(value));
}

fn case(out: &mut String, outcome: &OutcomeView, dossier: &str, lang: Lang) {
    let name = xml(&format!("{} {}", outcome.policy, outcome.target));
    let class = xml(&format!("{dossier}.{}", outcome.family));
    let head = format!("    <testcase classname=\"{class}\" name=\"{name}\"");
    let kind = outcome.verdict.word();
    let _ = match outcome.verdict {
        Verdict::Pass => writeln!(out, "{head}/>"),
        Verdict::NotApplicable => {
            let because = outcome.because.as_deref().unwrap_or_default();
            let message =
                xml(&terminal(&format!("{}{}{because}", outcome.verdict_title, lang.pick("：", ": "))));
            writeln!(out, "{head}>\n      <skipped type=\"{kind}\" message=\"{message}\"/>\n    </testcase>")
        }
        _ => {
            let text = format!("{} {} {}", verdict(outcome, lang), outcome.title, summary(outcome, lang));
            let message = xml(terminal(&text).trim_end());
            let details = xml_lines(outcome, lang);
            let (element, rest) = match outcome.blocks {
                true => ("failure", format!(">{details}</failure>")),
                false => ("skipped", format!("/>\n      <system-out>{details}</system-out>")),
            };
            writeln!(
                out,
                "{head}>\n      <{element} type=\"{kind}\" message=\"{message}\"{rest}\n    </testcase>"
            )
        }
    };
}

/// The details of a finding, its place first; line ends are ours alone.
fn xml_lines(outcome: &OutcomeView, lang: Lang) -> String {
    let place = outcome.place.as_ref();
    let place = place.map(|place| format!("{}:{}:{}", place.file, place.line, place.column));
    let lines: Vec<String> =
        place.into_iter().chain(lines(outcome, lang)).map(|line| xml(&terminal(&line))).collect();
    lines.join("\n")
}

fn error(out: &mut String, problem: &ProblemView, dossier: &str, lang: Lang) {
    let place = problem.place_text();
    let name = xml(&terminal(&format!("{} {place}", problem.code)));
    let class = xml(&format!("{dossier}.input"));
    let message = xml(&terminal(&problem.message));
    let details = xml(&terminal(&format!("{place}: {}", problem.paragraph(lang))));
    let _ = writeln!(
        out,
        "    <testcase classname=\"{class}\" name=\"{name}\">\n      <error type=\"{}\" \
         message=\"{message}\">{details}</error>\n    </testcase>",
        xml(problem.code)
    );
}
