//! `hadome policy`: lists, shows, begins, tests and examines policies.

mod lint;
mod new;
mod pages;
mod test;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Console, Exit};
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
    /// Writes the commented skeleton of a new policy and of its cases; nothing is overwritten.
    New(new::NewArguments),
    /// Runs the cases of the policies in a folder; exits 1 where one does not give its verdict.
    Test(test::TestArguments),
    /// Examines the policies of a folder for what an author overlooks; exits 1 where something was found.
    Lint(lint::LintArguments),
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
        Action::New(arguments) => new::run(arguments, console),
        Action::Test(arguments) => test::run(arguments, console),
        Action::Lint(arguments) => lint::run(arguments, console),
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

/// A folder of policies that loads.
///
/// # Errors
/// There is no such folder, it holds nothing of ours, or something in it does not load.
fn folder(path: &Path) -> Result<Folder, Unusable> {
    if !path.is_dir() {
        return Err(Unusable::NoFolder(path.to_owned()));
    }
    let folder = load(path, Some(built_in()));
    if !folder.diagnostics.is_empty() {
        return Err(Unusable::Faulty(folder.sources, folder.diagnostics));
    }
    if folder.library.policies.is_empty() && folder.cases.is_empty() {
        return Err(Unusable::EmptyFolder(path.to_owned()));
    }
    Ok(folder)
}

/// Complains of each policy that was asked for and is not there; how many there are.
fn strangers(only: &[String], folder: &Folder, console: &mut Console<'_>) -> usize {
    let known = |id: &&String| folder.library.policies.contains_key(*id) || folder.cases.contains_key(*id);
    let strangers: Vec<&String> = only.iter().filter(|id| !known(id)).collect();
    for id in &strangers {
        console.complain(&unknown(id, &folder.library).sentence(console.lang));
    }
    strangers.len()
}
