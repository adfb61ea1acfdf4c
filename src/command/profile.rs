//! `hadome profile`: lists, shows and compares profiles.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Console, Exit};
use crate::policy::library::{Library, Profile};
use crate::render::profile as render;
use crate::validate::library::check_profile;
use crate::validate::yardstick::{Unusable, library, misfit, profile};

/// Arguments of `profile`.
#[derive(Debug, Args)]
pub struct ProfileArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the profiles: id, how many policies each selects, title.
    List {
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
    /// Shows one profile: what it selects and why, its values, what blocks.
    Show {
        /// The profile, by id or by the path of its file.
        #[arg(value_name = "PROFILE")]
        profile: String,
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
    /// Says how two profiles differ.
    Diff {
        /// One profile, by id or by the path of its file.
        #[arg(value_name = "A")]
        one: String,
        /// The other.
        #[arg(value_name = "B")]
        other: String,
        /// A folder of policies that adds to the built-in ones or replaces some.
        #[arg(long, value_name = "DIR")]
        policies: Option<PathBuf>,
    },
}

/// Runs the command.
pub fn run(arguments: &ProfileArguments, console: &mut Console<'_>) -> Exit {
    let (Action::List { policies } | Action::Show { policies, .. } | Action::Diff { policies, .. }) =
        &arguments.action;
    let lang = console.lang;
    let text = library(policies.as_deref()).and_then(|library| {
        Ok(match &arguments.action {
            Action::List { .. } => render::list(&library, lang),
            Action::Show { profile, .. } => {
                render::sheet(&fitting(profile, policies.as_deref(), &library)?, &library, lang).text()
            }
            Action::Diff { one, other, .. } => {
                let (one, other) = (
                    fitting(one, policies.as_deref(), &library)?,
                    fitting(other, policies.as_deref(), &library)?,
                );
                render::diff(&one, &other, &library, lang).text()
            }
        })
    });
    match text {
        Ok(text) => console.print(&text).and(console.flush()),
        Err(unusable) => console.unusable(&unusable),
    }
}

/// A profile that fits the library.
fn fitting(name: &str, policies: Option<&Path>, library: &Library) -> Result<Profile, Unusable> {
    let profile = profile(name, library)?;
    let faults = check_profile(&profile, library);
    if faults.is_empty() {
        return Ok(profile);
    }
    let named = faults.into_iter().map(|fault| (profile.id.clone(), fault)).collect();
    Err(misfit(policies, Some(name), &profile, named))
}
