//! `hadome evidence list`: the register of evidence (根拠資料台帳).

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::command::register::read;
use crate::command::report::the_one;
use crate::command::{Console, Exit, YardstickArguments};
use crate::render::register;
use crate::render::view::evidence;
use crate::validate::yardstick;

/// Arguments of `evidence list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// The dossier: its folder or one of its documents.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    against: YardstickArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal: one piece below the other.
    Text,
    /// A table in Markdown.
    Markdown,
    /// For a spreadsheet: RFC 4180 in UTF-8 with a byte order mark.
    Csv,
}

/// Runs the command.
pub fn run(arguments: &ListArguments, console: &mut Console<'_>) -> Exit {
    let (yardstick, _) = match yardstick::prepare(&arguments.against.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let case = match the_one(&arguments.dossier, console).and_then(|found| read(&found, &yardstick, console))
    {
        Ok(case) => case,
        Err(exit) => return exit,
    };
    let lang = console.lang;
    let pieces = evidence::register(&case, lang);
    let text = match arguments.format {
        Format::Text => register::text(&case.name, &pieces, lang),
        Format::Markdown => register::markdown(&case.name, case.as_of, &pieces, lang),
        Format::Csv => register::csv::table(&pieces, lang),
    };
    console.print(&text).and(console.flush())
}
