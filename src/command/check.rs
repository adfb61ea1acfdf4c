//! `hadome check`: the gate.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::{Console, Exit, Format, JudgeArguments};
use crate::assess::assess;
use crate::conclude::How;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::load::find::{Found, find};
use crate::load::limits::Limits;
use crate::render::format::Writer;
use crate::render::tally::Tally;
use crate::render::{refused, run, view};
use crate::validate::{Refused, Yardstick, yardstick};

/// How many dossiers are held at once.
const BATCH: usize = 32;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Dossiers, folders that hold some, or documents of dossiers.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    #[command(flatten)]
    judge: JudgeArguments,
}

/// Runs the command.
pub fn run(arguments: &CheckArguments, console: &mut Console<'_>) -> Exit {
    // Left to the end of the process: to free it piece by piece would cost a tenth of a short run.
    let (yardstick, library) = match yardstick::prepare(&arguments.judge.choice(console)) {
        Ok(ready) => &*Box::leak(Box::new(ready)),
        Err(unusable) => return console.unusable(&unusable),
    };
    let finds = match find(&arguments.paths) {
        Ok(finds) => finds,
        Err(unfound) => return console.unfound(&unfound),
    };
    let lang = console.lang;
    let writer = arguments.format.writer(lang, console.colour_out);
    let maker =
        Maker { yardstick, writer: writer.as_ref(), lang, how: arguments.judge.how(arguments.format.keep()) };
    let mut exit = console.print(&writer.begin(&run::view(yardstick, library, lang)));
    let mut tally = Tally::start(finds.ignored);
    let mut first = true;
    for batch in finds.dossiers.chunks(BATCH) {
        let pages: Vec<Page> = match batch {
            [only] => vec![maker.page(only)], // one page needs no threads
            _ => batch.par_iter().map(|found| maker.page(found)).collect(),
        };
        for page in pages {
            exit = exit.and(page.print(writer.as_ref(), &mut first, &mut tally, console));
        }
    }
    for passed in &finds.passed {
        let (sources, diagnostic) = passed.diagnosed();
        let name = passed.folder().to_owned();
        let page = maker.refused(Box::new(Refused { name, sources, diagnostics: vec![diagnostic] }));
        exit = exit.and(page.print(writer.as_ref(), &mut first, &mut tally, console));
    }
    exit = exit.and(console.print(&writer.end(&tally)));
    if finds.ignored > 0 {
        let line = match lang {
            Lang::Ja => format!("gitignore により {} 件の委託案件を対象から外しました", finds.ignored),
            Lang::En => format!("{} dossiers were left out because gitignore says so", finds.ignored),
        };
        console.complain(&line);
    }
    exit.and(console.flush())
}

/// What one dossier gives.
struct Page {
    text: String,
    tally: Tally,
    blocked: bool,
    refused: Option<Box<Refused>>,
}

impl Page {
    fn print(
        self,
        writer: &dyn Writer,
        first: &mut bool,
        tally: &mut Tally,
        console: &mut Console<'_>,
    ) -> Exit {
        let mut exit = self.exit();
        if !self.text.is_empty() && !std::mem::take(first) {
            exit = exit.and(console.print(writer.between()));
        }
        exit = exit.and(console.print(&self.text));
        tally.add(&self.tally);
        if let Some(refused) = &self.refused {
            complain(refused, console);
        }
        exit
    }

    /// The exit code of this dossier alone; no format has a say in it.
    fn exit(&self) -> Exit {
        match (&self.refused, self.blocked) {
            (Some(_), _) => Exit::Broken,
            (None, true) => Exit::Found,
            (None, false) => Exit::Clean,
        }
    }
}

/// What makes pages, on any thread.
struct Maker<'r> {
    yardstick: &'r Yardstick,
    writer: &'r dyn Writer,
    lang: Lang,
    how: How,
}

impl Maker<'_> {
    fn page(&self, found: &Found) -> Page {
        let limits = Limits::default();
        match assess(&found.folder, &found.shown, self.yardstick, self.how, &limits) {
            Ok(assessment) => {
                let view = view::view(&assessment, self.lang);
                Page {
                    text: self.writer.dossier(&view, &assessment.case.sources),
                    tally: Tally::of(&view),
                    blocked: assessment.blocked(),
                    refused: None,
                }
            }
            Err(refused) => self.refused(refused),
        }
    }

    fn refused(&self, refused: Box<Refused>) -> Page {
        Page {
            text: self.writer.refused(&refused::view(&refused, self.lang)),
            tally: Tally::of_refused(),
            blocked: false,
            refused: Some(refused),
        }
    }
}

/// Says on the error stream, whatever the format, why a dossier was not judged.
fn complain(refused: &Refused, console: &mut Console<'_>) {
    console.diagnose(&refused.diagnostics, &refused.sources, false);
    let codes = refused.diagnostics.iter().map(Diagnostic::code);
    console.complain(&refused::unjudged(&refused.name, codes, console.lang));
}
