//! `hadome waiver`: begins and lists waivers (例外措置).

mod list;
mod new;

use clap::{Args, Subcommand};

use super::{Console, Exit};

/// Arguments of `waiver`.
#[derive(Debug, Args)]
pub struct WaiverArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Appends the skeleton of a waiver for exactly one outcome. It has no effect until someone on the
    /// client's side approves it.
    New(new::NewArguments),
    /// Lists the waivers, each with its state and why.
    List(list::ListArguments),
}

/// Runs the command.
pub fn run(arguments: &WaiverArguments, console: &mut Console<'_>) -> Exit {
    match &arguments.action {
        Action::New(arguments) => new::run(arguments, console),
        Action::List(arguments) => list::run(arguments, console),
    }
}
