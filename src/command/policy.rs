//! `hadome policy`: lists, shows and tests policies.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Console, Exit};
use crate::cases::{self, Mismatch};
use crate::diagnostic::place;
use crate::lang::Lang;
use crate::policy::load::{Folder, load};
use crate::policy::library::built_in;
use crate::validate::yardstick::Unusable;

/// Arguments of `policy`.
#[derive(Debug, Args)]
pub struct PolicyArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Runs the cases of the policies in a folder; exits 1 where one does not give its verdict.
    Test {
        /// The folder of policies.
        #[arg(value_name = "DIR", default_value = "policies")]
        folder: PathBuf,
        /// Only these policies.
        #[arg(long, value_name = "ID")]
        only: Vec<String>,
    },
}

/// Runs the command.
pub fn run(arguments: &PolicyArguments, console: &mut Console<'_>) -> Exit {
    match &arguments.action {
        Action::Test { folder, only } => test(folder, only, console),
    }
}

fn test(path: &Path, only: &[String], console: &mut Console<'_>) -> Exit {
    if !path.is_dir() {
        return console.unusable(&Unusable::NoFolder(path.to_owned()));
    }
    let folder = load(path, Some(built_in()));
    if !folder.diagnostics.is_empty() {
        return console.unusable(&Unusable::Faulty(folder.sources, folder.diagnostics));
    }
    let (mut ran, mut lines) = (0, Vec::new());
    for id in only.iter().filter(|id| !folder.library.policies.contains_key(*id)) {
        lines.push(match console.lang {
            Lang::Ja => format!("「{id}」という確認項目はありません"),
            Lang::En => format!("there is no policy `{id}`"),
        });
    }
    for (id, _) in folder.cases.iter().filter(|(id, _)| !folder.library.policies.contains_key(*id)) {
        lines.push(match console.lang {
            Lang::Ja => format!("{id}: 検証例がありますが、確認項目がありません"),
            Lang::En => format!("{id}: there are cases, but no such policy"),
        });
    }
    let wanted = folder.library.policies.iter().filter(|(id, _)| only.is_empty() || only.contains(id));
    for (id, policy) in wanted {
        let Some((cases, root)) = folder.cases.get(id) else {
            lines.push(match console.lang {
                Lang::Ja => format!("{id}: 検証例がありません"),
                Lang::En => format!("{id}: there are no cases"),
            });
            continue;
        };
        ran += cases.cases.len();
        let found = cases::run(policy, cases, root);
        lines.extend(found.iter().map(|mismatch| shown(mismatch, id, &folder, console.lang)));
        let (never_false, never_open) = cases::uncovered(policy, cases, root);
        for clause in never_false {
            lines.push(match console.lang {
                Lang::Ja => format!("{id}/{clause}: 不適合となる検証例がありません"),
                Lang::En => format!("{id}/{clause}: no case fails this clause"),
            });
        }
        for clause in never_open {
            lines.push(match console.lang {
                Lang::Ja => format!("{id}/{clause}: 未確認となる検証例がありません"),
                Lang::En => format!("{id}/{clause}: no case leaves this clause undecided"),
            });
        }
    }
    let (count, wrong) = (folder.library.policies.len(), lines.len());
    for line in lines {
        console.complain(&line);
    }
    let summary = match console.lang {
        Lang::Ja => format!("確認項目{count}件、検証例{ran}件、問題{wrong}件\n"),
        Lang::En => format!("{count} policies, {ran} cases, {wrong} problems\n"),
    };
    let verdict = if wrong > 0 { Exit::Found } else { Exit::Clean };
    verdict.and(console.print(&summary)).and(console.flush())
}

fn shown(mismatch: &Mismatch, id: &str, folder: &Folder, lang: Lang) -> String {
    let place = place(&folder.sources, mismatch.span);
    let Mismatch { case, wanted, found, .. } = mismatch;
    match lang {
        Lang::Ja => format!("{place}: {id}「{case}」: 期待は {wanted}、結果は {found}"),
        Lang::En => format!("{place}: {id} `{case}`: wanted {wanted}, found {found}"),
    }
}
