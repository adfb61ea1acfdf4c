//! `hadome questionnaire`: the answer sheet (要件適合表) that bidders fill in, as a workbook.

mod export;
pub mod import;

use clap::{Args, Subcommand};

use super::{Console, Exit};

/// Arguments of `questionnaire`.
#[derive(Debug, Args)]
pub struct QuestionnaireArguments {
    #[command(subcommand)]
    command: QuestionnaireCommand,
}

#[derive(Debug, Subcommand)]
enum QuestionnaireCommand {
    /// Writes the answer sheet (要件適合表) as a workbook (XLSX).
    Export(export::ExportArguments),
    /// Reads an answer sheet that came back into system.yaml and offer.yaml; every cell that cannot be
    /// read is named, and then nothing is written.
    Import(import::ImportArguments),
}

/// Runs the command.
pub fn run(arguments: &QuestionnaireArguments, console: &mut Console<'_>) -> Exit {
    match &arguments.command {
        QuestionnaireCommand::Export(arguments) => export::run(arguments, console),
        QuestionnaireCommand::Import(arguments) => import::run(arguments, console),
    }
}
