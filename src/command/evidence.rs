//! `hadome evidence`: keeps the register of evidence (根拠資料台帳).

mod add;
mod examine;
mod list;
mod verify;

use clap::{ArgMatches, Args, FromArgMatches, Subcommand};

use super::fields::{self, FieldOption};
use super::{Console, Exit};
use crate::register::draft::Draft;
use crate::schema::{Field, Kind};

/// Arguments of `evidence`.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Registers a file below the dossier as evidence: works out its SHA-256 and appends an entry.
    Add(Box<add::AddArguments>),
    /// Records who examined a piece of evidence, how and with what result; overwrites none.
    Examine(Box<examine::ExamineArguments>),
    /// Reads every file again and says what is wrong with each piece; exits 1 where something is.
    Verify(verify::VerifyArguments),
    /// Prints the register of evidence (根拠資料台帳).
    List(list::ListArguments),
}

/// Runs the command.
pub fn run(arguments: &EvidenceArguments, console: &mut Console<'_>) -> Exit {
    match &arguments.action {
        Action::Add(arguments) => add::run(arguments, console),
        Action::Examine(arguments) => examine::run(arguments, console),
        Action::Verify(arguments) => verify::run(arguments, console),
        Action::List(arguments) => list::run(arguments, console),
    }
}

/// What an option of these commands takes, in Japanese, where a field of the schema says so.
pub fn words(command: &str, argument: &str) -> Option<String> {
    let options = match command {
        "evidence add" => entry_options(),
        "evidence examine" => examination_options(),
        _ => return None,
    };
    options.iter().find(|option| option.name == argument).map(FieldOption::help)
}

/// One entry of the register.
fn entry() -> Option<Field> {
    Kind::Evidence.root().property("evidence")?.items()
}

/// What a person says of a piece when registering it; the rest is the file, what it proves, and what an
/// examination adds later.
fn entry_options() -> Vec<FieldOption> {
    let except = ["id", "file", "sha256", "examined", "proves"];
    entry().map_or_else(Vec::new, |entry| fields::options(entry, &except))
}

/// What an examiner says.
fn examination_options() -> Vec<FieldOption> {
    let examined = entry().and_then(|entry| entry.property("examined"));
    examined.map_or_else(Vec::new, |examined| fields::options(examined, &[]))
}

/// The options of an entry, as they were given.
#[derive(Debug)]
struct EntryOptions(Draft);

/// The options of an examination, as they were given.
#[derive(Debug)]
struct ExaminationOptions(Draft);

macro_rules! options_of_fields {
    ($name:ident, $options:ident, $required:expr) => {
        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                Ok($name(fields::read(matches, &$options())))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                self.0 = fields::read(matches, &$options());
                Ok(())
            }
        }

        impl Args for $name {
            fn augment_args(command: clap::Command) -> clap::Command {
                fields::augment(command, &$options(), $required)
            }

            fn augment_args_for_update(command: clap::Command) -> clap::Command {
                fields::augment(command, &$options(), &[])
            }
        }
    };
}

options_of_fields!(EntryOptions, entry_options, &["kind"]);
options_of_fields!(ExaminationOptions, examination_options, &["by", "side", "on", "how", "result"]);

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::lang::Lang;

    /// Every field of an entry has its option, its place on the command line, or its own command.
    #[test]
    fn no_field_of_the_schema_is_left_out() {
        let command = crate::command::help::speak(crate::command::Arguments::command(), Lang::En);
        let evidence = command.find_subcommand("evidence").expect("evidence");
        let options = |name: &str| -> Vec<String> {
            let command = evidence.find_subcommand(name).expect(name);
            command.get_arguments().map(|argument| argument.get_id().as_str().to_owned()).collect()
        };
        let (add, examine) = (options("add"), options("examine"));
        for field in entry().expect("a schema").properties() {
            let wanted: Vec<String> = match field.name {
                "id" | "file" | "proves" => vec![field.name.to_owned()],
                "sha256" => continue,
                "policies" => vec!["policy".to_owned()],
                "examined" => {
                    for inner in field.properties() {
                        assert!(examine.contains(&inner.name.to_owned()), "{}", inner.name);
                    }
                    continue;
                }
                "period" => vec!["period-from".to_owned(), "period-to".to_owned()],
                name => vec![name.replace('_', "-")],
            };
            for name in wanted {
                assert!(add.contains(&name), "no option --{name}");
            }
        }
        for option in entry_options().into_iter().chain(examination_options()) {
            assert!(!option.help().is_empty() && option.field.description(Lang::En).is_some());
        }
    }
}
