//! `hadome waiver new`: the skeleton of a waiver for exactly one outcome.

use std::path::PathBuf;

use clap::Args;

use crate::command::register::{Opened, open};
use crate::command::{Console, Exit, YardstickArguments};
use crate::date::Period;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::{Keep, evaluate};
use crate::id;
use crate::lang::Lang;
use crate::render::waivers;
use crate::schema::Kind;
use crate::waiver::{Fault, skeleton};

/// Arguments of `waiver new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The dossier: its folder or one of its documents.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// The policy.
    #[arg(long, value_name = "ID")]
    policy: String,
    /// The target, as the outcome shows it: dossier, system[web], system[web].data_stores[uploads].
    #[arg(long, value_name = "PATH")]
    target: String,
    /// The id of the waiver; made from the policy's where left out.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The last day on which it holds; left blank where it is not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    expires_on: Option<String>,
    #[command(flatten)]
    against: YardstickArguments,
}

fn date(text: &str) -> Result<String, String> {
    let known = Period::parse(text).map(|_| text.to_owned());
    known.ok_or_else(|| "2026-04-01 / 令和8年4月1日".to_owned())
}

/// Runs the command.
pub fn run(arguments: &NewArguments, console: &mut Console<'_>) -> Exit {
    let mut opened = match open(&arguments.dossier, &arguments.against, Kind::Waivers, console) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let outcomes = match evaluate(&opened.case, Keep::Everything) {
        Ok(outcomes) => outcomes,
        Err(too_long) => {
            console.diagnose(&[too_long], &opened.case.sources, false);
            return Exit::Broken;
        }
    };
    let outcome = match the_outcome(arguments, &opened, &outcomes, console.lang) {
        Ok(outcome) => outcome,
        Err(lines) => {
            lines.iter().for_each(|line| console.complain(line));
            return Exit::Unusable;
        }
    };
    let taken = opened.ids();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let made = || id::free(id::from_name(&arguments.policy).unwrap_or_default(), &taken);
    let id = arguments.id.clone().unwrap_or_else(made);
    let draft = skeleton(&opened.case, outcome, &id, arguments.expires_on.as_deref(), console.lang);
    if let Err(exit) = opened.change(console, |register| register.append(&draft)) {
        return exit;
    }
    let text = waivers::begun(&opened.path(), &id, &draft.to_yaml(), console.lang);
    console.print(&text).and(console.flush())
}

/// The outcome that was asked for, where a waiver can accept it.
///
/// # Errors
/// Why there is none, and what there is instead, line by line.
fn the_outcome<'o>(
    arguments: &NewArguments,
    opened: &Opened,
    outcomes: &'o [Outcome],
    lang: Lang,
) -> Result<&'o Outcome, Vec<String>> {
    let (case, id) = (&opened.case, &arguments.policy);
    opened.known_policy(id, lang).map_err(|unknown| vec![unknown])?;
    let Some(at) = case.policies.iter().position(|policy| policy.id() == id) else {
        return Err(vec![match lang {
            Lang::Ja => format!("{id} は、今回の確認項目に含まれていません（--profile を確かめてください）"),
            Lang::En => format!("the profile does not select {id}; see --profile"),
        }]);
    };
    if !case.policies[at].file.waivable {
        return Err(vec![format!("{id}: {}", Fault::NotWaivable.title(lang))]);
    }
    let of_policy: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.policy == at).collect();
    let target = &arguments.target;
    let found = of_policy.iter().find(|outcome| outcome.target.path(case) == *target);
    let first = match (found, lang) {
        (Some(outcome), _) if outcome.verdict.is_waivable() => return Ok(outcome),
        (Some(outcome), Lang::Ja) => format!(
            "{id}（{target}）の判定は「{}」であり、例外措置の対象となりません",
            outcome.verdict.title(lang)
        ),
        (Some(outcome), Lang::En) => {
            format!("{id} for {target} is \"{}\" and needs no waiver", outcome.verdict.title(lang))
        }
        (None, Lang::Ja) => format!("{id} には、対象「{target}」の判定がありません"),
        (None, Lang::En) => format!("{id} has no outcome for `{target}`"),
    };
    let listed = of_policy.iter().map(|outcome| {
        let (target, verdict) = (outcome.target.path(case), outcome.verdict.title(lang));
        match lang {
            Lang::Ja => format!("  --target '{target}'：{verdict}"),
            Lang::En => format!("  --target '{target}': {verdict}"),
        }
    });
    let head = lang.pick("この確認項目の判定は、次のとおりです", "the outcomes of this policy:").to_owned();
    Err([vec![first, head], listed.collect()].concat())
}
