//! `hadome evidence verify`: reads every file that evidence names, and says what is wrong.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::command::register::read;
use crate::command::{Console, Exit, YardstickArguments};
use crate::load::find::find;
use crate::render::json::register::{VerifiedDossier, verified};
use crate::render::register;
use crate::render::view::evidence;
use crate::validate::yardstick;

/// Arguments of `evidence verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// Dossiers, folders that hold some, or documents of dossiers.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    against: YardstickArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person: one line per flaw.
    Text,
    /// For programs: `hadome/evidence/1`, as schemas/output/evidence-1.json describes it.
    Json,
}

/// Runs the command.
pub fn run(arguments: &VerifyArguments, console: &mut Console<'_>) -> Exit {
    let (yardstick, _) = match yardstick::prepare(&arguments.against.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let finds = match find(&arguments.paths) {
        Ok(finds) => finds,
        Err(unfound) => return console.unfound(&unfound),
    };
    let lang = console.lang;
    let (mut exit, mut dossiers) = (Exit::Clean, Vec::new());
    for found in &finds.dossiers {
        let pieces = match read(found, &yardstick, console) {
            Ok(case) => Some(evidence::register(&case, lang)),
            Err(broken) => {
                exit = exit.and(broken);
                None
            }
        };
        if pieces.iter().flatten().any(|piece| !piece.flaws.is_empty()) {
            exit = exit.and(Exit::Found);
        }
        if let (Format::Text, Some(pieces)) = (arguments.format, &pieces) {
            exit = exit.and(console.print(&register::verified(&found.shown, pieces, lang)));
        }
        dossiers.push(VerifiedDossier { name: found.shown.clone(), pieces });
    }
    if arguments.format == Format::Json {
        let as_of = yardstick.as_of.format("%Y-%m-%d").to_string();
        exit = exit.and(console.print(&verified(&dossiers, &as_of, lang)));
    }
    exit.and(console.passed(&finds.passed)).and(console.flush())
}
