//! `hadome policy lint`: what an author overlooks.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Exit, folder, strangers};
use crate::lang::Lang;
use crate::lint::lint;
use crate::policy::library::built_in;

/// Arguments of `policy lint`.
#[derive(Debug, Args)]
pub struct LintArguments {
    /// The folder of policies.
    #[arg(value_name = "DIR", default_value = "policies")]
    folder: PathBuf,
    /// Only these policies.
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
}

/// Runs the command.
pub fn run(arguments: &LintArguments, console: &mut Console<'_>) -> Exit {
    let folder = match folder(&arguments.folder) {
        Ok(folder) => folder,
        Err(unusable) => return console.unusable(&unusable),
    };
    let only = &arguments.only;
    let strangers = strangers(only, &folder, console);
    let wanted = |id: &str| only.is_empty() || only.iter().any(|one| one == id);
    let found = lint(&folder, built_in(), wanted);
    console.diagnose(&found, &folder.sources, true);
    let policies = folder.library.policies.keys().filter(|id| wanted(id)).count();
    let wrong = found.len() + strangers;
    let summary = match console.lang {
        Lang::Ja => format!("確認項目{policies}件、指摘{wrong}件\n"),
        Lang::En => format!("{policies} policies, {wrong} findings\n"),
    };
    let verdict = if wrong > 0 { Exit::Found } else { Exit::Clean };
    verdict.and(console.print(&summary)).and(console.flush())
}
