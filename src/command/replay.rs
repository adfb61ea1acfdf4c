//! `hadome replay`: judges published incidents as things stood before they were discovered.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Exit};
use crate::lang::Lang;
use crate::load::find::{Finds, find};
use crate::load::limits::Limits;
use crate::render::replay::{self as page, table::Table};
use crate::replay::{is_incident, replay};
use crate::validate::yardstick::{self, Choice};

/// Arguments of `replay`.
#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// Incidents (dossiers with an incident.yaml), or folders that hold some.
    #[arg(value_name = "PATH", default_value = "examples/incidents")]
    pub paths: Vec<PathBuf>,
    /// Also judges a copy in which the measures of the notice are in place (hypothetical).
    #[arg(long)]
    pub mended: bool,
    /// Prints one Markdown table of all incidents instead of a page for each.
    #[arg(long)]
    pub table: bool,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    pub policies: Option<PathBuf>,
}

/// Runs the command; exits 1 where a cause is missed or a measure does not lead to what it names.
pub fn run(arguments: &ReplayArguments, console: &mut Console<'_>) -> Exit {
    let choice = Choice {
        assume: Vec::new(),
        policies: arguments.policies.clone(),
        profile: None,
        // Every incident brings its own day; this one only stands where that cannot be read.
        as_of: console.today,
        stage: None,
    };
    let (yardstick, _) = match yardstick::prepare(&choice) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let Finds { dossiers, .. } = match find(&arguments.paths) {
        Ok(finds) => finds,
        Err(unfound) => return console.unfound(&unfound),
    };
    let incidents: Vec<_> = dossiers.into_iter().filter(|found| is_incident(&found.folder)).collect();
    if incidents.is_empty() {
        let line = match console.lang {
            Lang::Ja => "事案（incident.yaml のあるフォルダー）がありません",
            Lang::En => "there is no incident (a dossier with an incident.yaml)",
        };
        console.complain(line);
        return Exit::Unusable;
    }
    let (mut exit, mut totals) = (Exit::Clean, page::Totals::default());
    let mut table = arguments.table.then(|| Table::new(console.lang));
    for found in &incidents {
        exit = exit.and(
            match replay(&found.folder, &found.shown, &yardstick, arguments.mended, &Limits::default()) {
                Ok(replay) => {
                    totals.count(&replay);
                    let verdict = if replay.passed() { Exit::Clean } else { Exit::Found };
                    verdict.and(match &mut table {
                        Some(table) => {
                            table.add(&replay);
                            Exit::Clean
                        }
                        None => console.print(&page::incident(&replay, console.lang)),
                    })
                }
                Err(refused) => {
                    totals.refuse();
                    console.diagnose(&refused.diagnostics, &refused.sources, false);
                    let line = match console.lang {
                        Lang::Ja => format!("{}: 読み込めないため再判定していません", refused.name),
                        Lang::En => format!("{}: not replayed, because it cannot be read", refused.name),
                    };
                    console.complain(&line);
                    Exit::Broken
                }
            },
        );
    }
    let totals = page::totals(&totals, console.lang);
    let last = match table {
        Some(table) => table.end(totals.trim_end()),
        None => totals,
    };
    exit.and(console.print(&last)).and(console.flush())
}
