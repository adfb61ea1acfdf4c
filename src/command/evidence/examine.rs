//! `hadome evidence examine`: records who examined a piece of evidence.

use std::path::PathBuf;

use clap::Args;

use super::ExaminationOptions;
use crate::command::register::open;
use crate::command::{Console, Exit, YardstickArguments};
use crate::render::register;
use crate::render::view::evidence;
use crate::schema::Kind;

/// Arguments of `evidence examine`.
#[derive(Debug, Args)]
pub struct ExamineArguments {
    /// The dossier: its folder or one of its documents.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// The id of the piece of evidence.
    #[arg(value_name = "ID")]
    piece: String,
    #[command(flatten)]
    examined: ExaminationOptions,
    #[command(flatten)]
    against: YardstickArguments,
}

/// Runs the command.
pub fn run(arguments: &ExamineArguments, console: &mut Console<'_>) -> Exit {
    let mut opened = match open(&arguments.dossier, &arguments.against, Kind::Evidence, console) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let (id, examined) = (&arguments.piece, &arguments.examined.0);
    if let Err(exit) = opened.change(console, |register| register.complete(id, "examined", examined)) {
        return exit;
    }
    let register = evidence::register(&opened.case, console.lang);
    let Some(piece) = register.iter().find(|piece| piece.id == *id) else { return Exit::Broken };
    console.print(&register::examined(&opened.path(), piece, console.lang)).and(console.flush())
}
