//! Where a command writes, and what the process exits with.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::help;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::load::find::{Passed, Unfound};
use crate::load::source::Sources;
use crate::render::{diagnostics, escape};
use crate::validate::yardstick::Unusable;

/// The outside world of a run: two streams, the language, the day.
pub struct Console<'c> {
    /// Results.
    pub out: &'c mut dyn Write,
    /// Problems.
    pub err: &'c mut dyn Write,
    /// The language of messages.
    pub lang: Lang,
    /// Whether results may be coloured.
    pub colour_out: bool,
    /// Whether problems may be coloured.
    pub colour_err: bool,
    /// Today in Japan.
    pub today: NaiveDate,
}

/// What the process exits with. Of several reasons the gravest to the run wins: 2, then 3, then 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing blocks.
    Clean,
    /// 1: something blocks, or something was found.
    Found,
    /// 3: a dossier could not be loaded or validated, or an output could not be written.
    Broken,
    /// 2: wrong arguments, no dossier, a policy, profile or template that does not load.
    Unusable,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Found => 1,
            Exit::Unusable => 2,
            Exit::Broken => 3,
        }
    }

    /// The one of two that wins.
    #[must_use]
    pub fn and(self, other: Exit) -> Exit {
        let rank = |exit: Exit| match exit {
            Exit::Clean => 0,
            Exit::Found => 1,
            Exit::Broken => 2,
            Exit::Unusable => 3,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

impl Console<'_> {
    /// Writes a result. A closed pipe or a full disk is [`Exit::Broken`], not a panic.
    pub fn print(&mut self, text: &str) -> Exit {
        match self.out.write_all(text.as_bytes()) {
            Ok(()) => Exit::Clean,
            Err(error) => self.unwritable(&error),
        }
    }

    /// Flushes what was written.
    pub fn flush(&mut self) -> Exit {
        match self.out.flush() {
            Ok(()) => Exit::Clean,
            Err(error) => self.unwritable(&error),
        }
    }

    fn unwritable(&mut self, error: &io::Error) -> Exit {
        if error.kind() != io::ErrorKind::BrokenPipe {
            let label = self.lang.pick("出力できません", "cannot write the output");
            self.complain(&format!("{label}: {error}"));
        }
        Exit::Broken
    }

    /// Writes one line about a problem.
    pub fn complain(&mut self, line: &str) {
        let line = escape::terminal(line);
        // There is nowhere left to say that the error stream is closed.
        let _ = writeln!(self.err, "hadome: {line}");
    }

    /// Writes problems with their places.
    pub fn diagnose(&mut self, found: &[Diagnostic], sources: &Sources, short: bool) {
        for diagnostic in found {
            let text = match short {
                true => diagnostics::short(diagnostic, sources, self.lang),
                false => diagnostics::long(diagnostic, sources, self.lang, self.colour_err),
            };
            // As above.
            let _ = self.err.write_all(text.as_bytes());
        }
    }

    /// Says why there is nothing to judge with.
    pub fn unusable(&mut self, unusable: &Unusable) -> Exit {
        if let Unusable::Faulty(sources, found) = unusable {
            self.diagnose(found, sources, false);
        }
        for line in unusable.message(self.lang) {
            self.complain(&line);
        }
        Exit::Unusable
    }

    /// Says which paths stand for no dossier.
    pub fn unfound(&mut self, unfound: &[Unfound]) -> Exit {
        for path in unfound {
            let line = match (path, self.lang) {
                (Unfound::Missing(path), Lang::Ja) => format!("「{path}」がありません"),
                (Unfound::NoDocument(path), Lang::Ja) => format!(
                    "「{path}」は委託案件の文書ではありません（contract.yaml、system.yaml 等又はそのフォルダーを指定してください）"
                ),
                (Unfound::Nothing(path), Lang::Ja) => {
                    format!(
                        "「{path}」の中に委託案件（contract.yaml 又は system.yaml のあるフォルダー）がありません"
                    )
                }
                (Unfound::Tender(path), Lang::Ja) => format!(
                    "「{path}」は調達案件又はその提案です。委託案件としては判定できません（比べるには hadome compare を用いてください）"
                ),
                (Unfound::Tender(path), Lang::En) => {
                    format!("`{path}` is a tender or a bid of one, no dossier; hadome compare judges it")
                }
                (Unfound::AllIgnored(path, count), Lang::Ja) => format!(
                    "「{path}」の中の委託案件{count}件は、全て gitignore により対象から外れています（判定するには委託案件のフォルダーを直接指定してください）"
                ),
                (Unfound::AllIgnored(path, count), Lang::En) => format!(
                    "gitignore leaves out every dossier below `{path}` ({count}); name a dossier's own folder to have it judged"
                ),
                (Unfound::Missing(path), Lang::En) => format!("`{path}` does not exist"),
                (Unfound::NoDocument(path), Lang::En) => {
                    format!(
                        "`{path}` is no document of a dossier; name contract.yaml, system.yaml or their folder"
                    )
                }
                (Unfound::Nothing(path), Lang::En) => {
                    format!("there is no dossier (a folder with contract.yaml or system.yaml) below `{path}`")
                }
            };
            self.complain(&line);
        }
        Exit::Unusable
    }

    /// Says what was met on the way and is not among the dossiers.
    pub fn passed<'p>(&mut self, passed: impl IntoIterator<Item = &'p Passed>) -> Exit {
        let mut exit = Exit::Clean;
        for one in passed {
            let (sources, diagnostic) = one.diagnosed();
            self.diagnose(&[diagnostic], &sources, false);
            exit = Exit::Broken;
        }
        exit
    }

    /// Shows help, the version, or what is wrong with the arguments.
    pub fn usage(&mut self, error: &clap::Error) -> Exit {
        if error.use_stderr() {
            let text = help::usage_error(error, self.lang);
            // As above.
            let _ = write!(self.err, "{text}");
            return Exit::Unusable;
        }
        self.print(&error.render().to_string())
    }
}
