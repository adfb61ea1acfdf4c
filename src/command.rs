//! The command line: what each subcommand does, and the exit code.

mod answers;
mod calendar;
pub mod check;
mod clauses;
mod compare;
pub mod console;
mod diff;
mod evidence;
mod explain;
mod fields;
pub mod help;
pub mod init;
mod input;
mod inquiry;
pub mod output;
pub mod policy;
mod profile;
mod questionnaire;
mod register;
pub mod replay;
pub mod report;
pub mod schema;
mod verify;
mod waiver;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::compare::Wish;
use crate::conclude::{BlockRule, How, WARN_DAYS};
use crate::date::Period;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::policy::file::Severity;
use crate::render::concise::Concise;
use crate::render::format::Writer;
use crate::render::github::Github;
use crate::render::json::Json;
use crate::render::junit::Junit;
use crate::render::sarif::Sarif;
use crate::render::text::Text;
use crate::stage::Stage;
use crate::validate::yardstick::Choice;
pub use console::{Console, Exit};

/// Judges contracts and system specifications against the measures that published incidents taught.
#[derive(Debug, Parser)]
#[command(name = "hadome", version, max_term_width = 100, disable_help_subcommand = true)]
struct Arguments {
    /// The language of messages and reports.
    #[arg(long, global = true, value_name = "LANG", value_parser = parse_lang)]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Keeps what bidders answered to an inquiry, apart from their bids.
    Answers(answers::AnswersArguments),
    /// Lists what is due when, and whether it was done.
    Calendar(calendar::CalendarArguments),
    /// Checks dossiers; exits 1 where something blocks.
    Check(check::CheckArguments),
    /// Compares the bids of a tender: one matrix, what differs first, and a sheet per bidder.
    Compare(compare::CompareArguments),
    /// Writes model clauses (条項例) for what fails or is undecided in the contract, with forms and reasons.
    Clauses(Box<clauses::ClausesArguments>),
    /// Writes the commented scaffold of a new dossier; nothing is overwritten.
    Init(init::InitArguments),
    /// Writes to each bidder of a tender what the bid leaves open (照会書); the same words for all.
    Inquiry(inquiry::InquiryArguments),
    /// Lists, shows, begins, tests and examines policies.
    Policy(policy::PolicyArguments),
    /// Keeps the register of evidence (根拠資料台帳): adds, records examinations, verifies, lists.
    Evidence(evidence::EvidenceArguments),
    /// Begins and lists waivers (例外措置).
    Waiver(waiver::WaiverArguments),
    /// Replays published incidents; exits 1 where a cause is missed.
    Replay(replay::ReplayArguments),
    /// Writes the report that an office files, in Markdown or HTML.
    Report(Box<report::ReportArguments>),
    /// Makes a report again from its dossier and says what differs; exits 1 where something does.
    Verify(verify::VerifyArguments),
    /// Compares two states of a dossier, or two outputs of `check`: which verdicts changed, and why;
    /// exits 1 where one did.
    Diff(diff::DiffArguments),
    /// Explains a field, a policy or a family: what it means, how it is written, which policies read it.
    Explain(explain::ExplainArguments),
    /// Lists, shows and compares profiles (確認項目セット).
    Profile(profile::ProfileArguments),
    /// Writes the answer sheet (要件適合表) that bidders fill in with Excel, and reads it back.
    Questionnaire(questionnaire::QuestionnaireArguments),
    /// Prints the JSON Schema of a document kind.
    Schema(schema::SchemaArguments),
}

/// What a command holds dossiers against.
#[derive(Clone, Debug, Args)]
pub struct YardstickArguments {
    /// The as-of date (判定基準日), as 2026-04-01; today in Japan where left out.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<chrono::NaiveDate>,
    /// The stage, instead of the one that the dates give: bid, build, running, ended.
    #[arg(long, value_name = "STAGE", value_parser = parse_stage)]
    pub stage: Option<Stage>,
    /// The profile (確認項目セット), by id or by the path of its file.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    pub policies: Option<PathBuf>,
}

/// What a command holds bids against: their stage is always that before signing.
#[derive(Clone, Debug, Args)]
pub struct TenderArguments {
    /// The as-of date (判定基準日), as 2026-04-01, in place of the tender's.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<chrono::NaiveDate>,
    /// The profile (確認項目セット), by id or by the path of its file, in place of the tender's.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    pub policies: Option<PathBuf>,
}

impl TenderArguments {
    /// What was chosen; what was not is the tender's to say.
    pub fn wish(&self, console: &Console<'_>) -> Wish {
        let choice = Choice {
            policies: self.policies.clone(),
            profile: self.profile.clone(),
            as_of: self.as_of.unwrap_or(console.today),
            ..Choice::default()
        };
        Wish { choice, as_of: self.as_of, today: console.today }
    }
}

impl YardstickArguments {
    /// What was chosen, with today where no as-of date was given.
    pub fn choice(&self, console: &Console<'_>) -> Choice {
        Choice {
            policies: self.policies.clone(),
            profile: self.profile.clone(),
            as_of: self.as_of.unwrap_or(console.today),
            stage: self.stage,
            assume: Vec::new(),
        }
    }
}

/// Options of every command that judges.
#[derive(Clone, Debug, Args)]
pub struct JudgeArguments {
    #[command(flatten)]
    yardstick: YardstickArguments,
    /// The least severity that blocks, for all verdicts alike or apart:
    /// high, never, fail=medium,undecided=never,unproven=low.
    #[arg(long, value_name = "RULE", value_parser = parse_rule)]
    pub fail_on: Option<BlockRule>,
    /// Shows the raw state: no waiver (例外措置) has any effect.
    #[arg(long)]
    pub no_waivers: bool,
    /// How many days before its end an active waiver (例外措置) is warned of.
    #[arg(long, value_name = "DAYS", default_value_t = WARN_DAYS)]
    pub warn_days: u16,
    /// Supposes a fact, as contract.data_return.deadline_days=30; printed as an assumption (仮定).
    #[arg(long, value_name = "PATH=VALUE", value_parser = parse_assumption)]
    pub assume: Vec<String>,
}

impl JudgeArguments {
    /// Whether any of them was given.
    fn any(&self) -> bool {
        let JudgeArguments { yardstick, fail_on, no_waivers, warn_days: _, assume } = self;
        let YardstickArguments { as_of, stage, profile, policies } = yardstick;
        let chosen = as_of.is_some() || stage.is_some() || profile.is_some() || policies.is_some();
        chosen || fail_on.is_some() || *no_waivers || !assume.is_empty()
    }

    /// What was chosen, with today where no as-of date was given.
    pub fn choice(&self, console: &Console<'_>) -> Choice {
        Choice { assume: self.assume.clone(), ..self.yardstick.choice(console) }
    }

    /// How conclusions are drawn.
    pub fn how(&self, keep: Keep) -> How {
        How { keep, rule: self.fail_on, waivers: !self.no_waivers, warn_days: self.warn_days }
    }
}

/// Output formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person at a terminal, with the source line.
    Text,
    /// One line per finding.
    Concise,
    /// For programs: `hadome/check/1`, as schemas/output/check-1.json describes it.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// JUnit XML, for CI servers.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
}

impl Format {
    /// How much the format tells of what is no finding.
    fn keep(self) -> Keep {
        match self {
            Format::Text | Format::Concise | Format::Sarif | Format::Github => Keep::Findings,
            Format::Json | Format::Junit => Keep::Everything,
        }
    }

    /// What writes the format.
    fn writer(self, lang: Lang, colour: bool) -> Box<dyn Writer> {
        match self {
            Format::Text => Box::new(Text { lang, colour }),
            Format::Concise => Box::new(Concise { lang }),
            Format::Json => Box::new(Json),
            Format::Sarif => Box::new(Sarif { lang }),
            Format::Junit => Box::new(Junit { lang }),
            Format::Github => Box::new(Github { lang }),
        }
    }
}

/// Runs the program with its arguments; writes to the console and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    console.lang = asked_language(&arguments).unwrap_or(console.lang);
    // The words of the help are put together only where some are asked for, or something is wrong.
    let found = Arguments::command().try_get_matches_from(&arguments);
    let spoken = || help::speak(Arguments::command(), console.lang);
    let found = found.or_else(|_| spoken().try_get_matches_from(&arguments));
    let parsed = found.and_then(|found| Arguments::from_arg_matches(&found));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return console.usage(&error),
    };
    if let Some(lang) = arguments.lang {
        console.lang = lang;
    }
    match arguments.command {
        Command::Answers(arguments) => answers::run(&arguments, console),
        Command::Calendar(arguments) => calendar::run(&arguments, console),
        Command::Check(arguments) => check::run(&arguments, console),
        Command::Compare(arguments) => compare::run(&arguments, console),
        Command::Clauses(arguments) => clauses::run(&arguments, console),
        Command::Init(arguments) => init::run(&arguments, console),
        Command::Inquiry(arguments) => inquiry::run(&arguments, console),
        Command::Policy(arguments) => policy::run(&arguments, console),
        Command::Evidence(arguments) => evidence::run(&arguments, console),
        Command::Waiver(arguments) => waiver::run(&arguments, console),
        Command::Replay(arguments) => replay::run(&arguments, console),
        Command::Report(arguments) => report::run(&arguments, console),
        Command::Verify(arguments) => verify::run(&arguments, console),
        Command::Diff(arguments) => diff::run(&arguments, console),
        Command::Explain(arguments) => explain::run(&arguments, console),
        Command::Profile(arguments) => profile::run(&arguments, console),
        Command::Questionnaire(arguments) => questionnaire::run(&arguments, console),
        Command::Schema(arguments) => schema::run(&arguments, console),
    }
}

/// The language on the command line, needed before the rest is parsed.
fn asked_language(arguments: &[OsString]) -> Option<Lang> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    let word = words.find_map(|word| match word.strip_prefix("--lang") {
        Some("") => Some(None),
        Some(rest) => rest.strip_prefix('=').map(Some),
        None => None,
    })?;
    parse_lang(word.or_else(|| words.next())?).ok()
}

fn parse_lang(word: &str) -> Result<Lang, String> {
    match word {
        "ja" => Ok(Lang::Ja),
        "en" => Ok(Lang::En),
        _ => Err("ja / en".to_owned()),
    }
}

fn parse_date(text: &str) -> Result<chrono::NaiveDate, String> {
    Period::parse(text).and_then(Period::exact).ok_or_else(|| "2026-04-01 / 令和8年4月1日".to_owned())
}

pub(crate) fn parse_assumption(text: &str) -> Result<String, String> {
    let apart =
        text.split_once('=').is_some_and(|(path, value)| !path.trim().is_empty() && !value.trim().is_empty());
    if apart { Ok(text.to_owned()) } else { Err("contract.data_return.deadline_days=30".to_owned()) }
}

fn parse_stage(word: &str) -> Result<Stage, String> {
    Stage::from_word(word).ok_or_else(|| Stage::WORDS.join(" / "))
}

fn parse_rule(text: &str) -> Result<BlockRule, String> {
    let severity = |word: &str| match word {
        "never" => Ok(None),
        _ => Severity::from_word(word).map(Some).ok_or_else(|| {
            "critical / high / medium / low / never, fail=..., undecided=..., unproven=...".to_owned()
        }),
    };
    if !text.contains('=') {
        let least = severity(text)?;
        return Ok(BlockRule { fail: least, undecided: least, unproven: least });
    }
    let mut rule = BlockRule {
        fail: Some(Severity::High),
        undecided: Some(Severity::High),
        unproven: Some(Severity::Low),
    };
    for part in text.split(',') {
        match part.split_once('=') {
            Some(("fail", word)) => rule.fail = severity(word)?,
            Some(("undecided", word)) => rule.undecided = severity(word)?,
            Some(("unproven", word)) => rule.unproven = severity(word)?,
            _ => return Err("fail=..., undecided=..., unproven=...".to_owned()),
        }
    }
    Ok(rule)
}
