//! `hadome check`: the gate.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::{Console, Exit, Format, JudgeArguments};
use crate::assess::assess;
use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::find::{Found, find};
use crate::load::limits::Limits;
use crate::render::{concise, text, view};
use crate::validate::{Refused, Yardstick, yardstick};

/// How many dossiers are held at once.
const BATCH: usize = 128;

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
    let (yardstick, _) = match yardstick::prepare(&arguments.judge.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let finds = match find(&arguments.paths) {
        Ok(finds) => finds,
        Err(unfound) => return console.unfound(&unfound),
    };
    let mut exit = Exit::Clean;
    for batch in finds.dossiers.chunks(BATCH) {
        let (lang, colour) = (console.lang, console.colour_out);
        let pages: Vec<Page> =
            batch.par_iter().map(|found| page(found, &yardstick, arguments, lang, colour)).collect();
        for page in pages {
            exit = exit.and(write(page, console));
        }
    }
    if finds.ignored > 0 {
        let line = match console.lang {
            Lang::Ja => format!("gitignore により {} 件の委託案件を対象から外しました", finds.ignored),
            Lang::En => format!("{} dossiers were left out because gitignore says so", finds.ignored),
        };
        console.complain(&line);
    }
    exit.and(console.flush())
}

/// What one dossier gives.
enum Page {
    Assessed { text: String, blocked: bool },
    Refused(Box<Refused>),
}

fn page(found: &Found, yardstick: &Yardstick, arguments: &CheckArguments, lang: Lang, colour: bool) -> Page {
    match assess(&found.folder, &found.shown, yardstick, Keep::Findings, arguments.judge.fail_on, &Limits::default()) {
        Ok(assessment) => Page::Assessed {
            text: rendered(&assessment, arguments.format, lang, colour),
            blocked: assessment.blocked(),
        },
        Err(refused) => Page::Refused(refused),
    }
}

fn rendered(assessment: &Assessment, format: Format, lang: Lang, colour: bool) -> String {
    let view = view::view(assessment, lang);
    match format {
        Format::Text => text::dossier(&view, &assessment.case.sources, lang, colour),
        Format::Concise => concise::dossier(&view, lang),
    }
}

fn write(page: Page, console: &mut Console<'_>) -> Exit {
    match page {
        Page::Assessed { text, blocked } => {
            let verdict = if blocked { Exit::Found } else { Exit::Clean };
            verdict.and(console.print(&text))
        }
        Page::Refused(refused) => {
            console.diagnose(&refused.diagnostics, &refused.sources, false);
            let line = match console.lang {
                Lang::Ja => format!("{}: 読み込めないため判定していません", refused.name),
                Lang::En => format!("{}: not judged, because it cannot be read", refused.name),
            };
            console.complain(&line);
            Exit::Broken
        }
    }
}
