//! `hadome waiver list`: every waiver with its state; none expires or lies unused in silence.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::assess::assess;
use crate::command::register::complain;
use crate::command::report::the_one;
use crate::command::{Console, Exit, YardstickArguments};
use crate::conclude::{How, WARN_DAYS};
use crate::evaluate::Keep;
use crate::load::limits::Limits;
use crate::render::json::register::listed;
use crate::render::view::waivers::register;
use crate::render::waivers;
use crate::validate::yardstick;

/// Arguments of `waiver list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// The dossier: its folder or one of its documents.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// How many days before its end an active waiver (例外措置) is warned of.
    #[arg(long, value_name = "DAYS", default_value_t = WARN_DAYS)]
    warn_days: u16,
    #[command(flatten)]
    against: YardstickArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// A table in Markdown.
    Markdown,
    /// For programs: `hadome/waivers/1`, as schemas/output/waivers-1.json describes it.
    Json,
}

/// Runs the command.
pub fn run(arguments: &ListArguments, console: &mut Console<'_>) -> Exit {
    let (yardstick, _) = match yardstick::prepare(&arguments.against.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let found = match the_one(&arguments.dossier, console) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let how = How { warn_days: arguments.warn_days, ..How::keeping(Keep::Findings) };
    let assessment = match assess(&found.folder, &found.shown, &yardstick, how, &Limits::default()) {
        Ok(assessment) => assessment,
        Err(refused) => return complain(&refused, console),
    };
    let lang = console.lang;
    let (views, day) = (register(&assessment, lang), yardstick.as_of);
    let text = match arguments.format {
        Format::Text => waivers::text(&found.shown, day, &views, lang),
        Format::Markdown => waivers::markdown(&found.shown, day, &views, lang),
        Format::Json => listed(&found.shown, &day.format("%Y-%m-%d").to_string(), &views, lang),
    };
    console.print(&text).and(console.flush())
}
