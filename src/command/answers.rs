//! `hadome answers`: what bidders answered to an inquiry.

mod import;

use clap::{Args, Subcommand};

use super::{Console, Exit};

/// Arguments of `answers`.
#[derive(Debug, Args)]
pub struct AnswersArguments {
    #[command(subcommand)]
    command: AnswersCommand,
}

#[derive(Debug, Subcommand)]
enum AnswersCommand {
    /// Reads the workbook of a letter back into answers.yaml beside the bid; the bid stays as it is.
    Import(import::ImportArguments),
}

/// Runs the command.
pub fn run(arguments: &AnswersArguments, console: &mut Console<'_>) -> Exit {
    match &arguments.command {
        AnswersCommand::Import(arguments) => import::run(arguments, console),
    }
}
