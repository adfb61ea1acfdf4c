//! `hadome policy`: lists, shows and tests policies.

mod pages;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Console, Exit};
use crate::cases::{self, Mismatch};
use crate::diagnostic::place;
use crate::lang::Lang;
use crate::nearest::nearest;
use crate::policy::compile::compile;
use crate::policy::library::{Library, built_in};
use crate::policy::problem::Problem;
use crate::render::policy as render;
use crate::validate::library::{Folder, load};
use crate::validate::yardstick::{Unusable, library};

/// Arguments of `policy`.
#[derive(Debug, Args)]
pub struct PolicyArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the policies: id, severity, origin, title.
    List {
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
    /// Shows one policy: the rule as ordinary sentences, its basis, its parameters with their source.
    Show {
        /// The policy.
        #[arg(value_name = "ID")]
        id: String,
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
    /// Says which measures, laws and fields have which policies, as Markdown.
    Coverage {
        /// Dossiers: policies for which none of them states anything are listed too.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
    /// Writes reference pages of the policies (Markdown), one per family, into a folder.
    Docs {
        /// The folder; pages of the same names are replaced.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
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
        Action::List { policies } => match library(policies.as_deref()) {
            Ok(library) => console.print(&render::list(&library, console.lang)).and(console.flush()),
            Err(unusable) => console.unusable(&unusable),
        },
        Action::Show { id, policies } => match library(policies.as_deref()) {
            Ok(library) => show(id, &library, console),
            Err(unusable) => console.unusable(&unusable),
        },
        Action::Coverage { paths, policies } => pages::coverage(paths, policies.as_deref(), console),
        Action::Docs { folder, policies } => pages::write(folder, policies.as_deref(), console),
        Action::Test { folder, only } => test(folder, only, console),
    }
}

fn show(id: &str, library: &Library, console: &mut Console<'_>) -> Exit {
    let compiled = library.policies.get(id).map(|file| compile(file, None));
    match compiled {
        Some(Ok(policy)) => {
            console.print(&render::sheet(&policy, library, console.lang).text()).and(console.flush())
        }
        Some(Err(faults)) => {
            let problems = faults.into_iter().map(|fault| (id.to_owned(), fault.problem)).collect();
            console.unusable(&Unusable::Profile(problems))
        }
        None => {
            console.complain(&unknown(id, library).sentence(console.lang));
            Exit::Unusable
        }
    }
}

/// There is no such policy; the nearest one is named.
fn unknown(id: &str, library: &Library) -> Problem {
    let near = nearest(id, library.policies.keys().map(String::as_str)).map(str::to_owned);
    Problem::UnknownPolicy { id: id.to_owned(), nearest: near }
}

fn test(path: &Path, only: &[String], console: &mut Console<'_>) -> Exit {
    if !path.is_dir() {
        return console.unusable(&Unusable::NoFolder(path.to_owned()));
    }
    let folder = load(path, Some(built_in()));
    if !folder.diagnostics.is_empty() {
        return console.unusable(&Unusable::Faulty(folder.sources, folder.diagnostics));
    }
    if folder.library.policies.is_empty() && folder.cases.is_empty() {
        return console.unusable(&Unusable::EmptyFolder(path.to_owned()));
    }
    let (mut ran, mut lines) = (0, Vec::new());
    for id in only.iter().filter(|id| !folder.library.policies.contains_key(*id)) {
        lines.push(unknown(id, &folder.library).sentence(console.lang));
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
