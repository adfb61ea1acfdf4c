//! `hadome verify`: makes a filed report again and says what differs.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::report::{compose, duties, refuse, templates_sha256, the_one};
use super::{Console, Exit, input};
use crate::assess::assess;
use crate::conclude::How;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::limits::Limits;
use crate::provenance::seal::{Unsealed, unseal};
use crate::provenance::{Means, Record};
use crate::render::markdown::Templates;
use crate::render::verify as page;
use crate::validate::yardstick::{self, Choice, Unusable};
use crate::verify::verify;

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The report, as `hadome report` wrote it.
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// The dossier: its folder or one of its documents.
    #[arg(long, value_name = "DOSSIER")]
    dossier: PathBuf,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// The file of the profile that the report was made with; not needed for a built-in one.
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// A folder whose templates replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    template_dir: Option<PathBuf>,
    /// A day in place of the report's own as-of date (判定基準日), as 2026-04-01.
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    as_of: Option<NaiveDate>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: VerifyFormat,
}

/// Output formats of `verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum VerifyFormat {
    /// For people.
    Text,
    /// For programs: `hadome/verify/1`, as schemas/output/verify-1.json describes it.
    Json,
}

/// Runs the command; exits 1 where something differs.
pub fn run(arguments: &VerifyArguments, console: &mut Console<'_>) -> Exit {
    let shown = arguments.report.to_string_lossy().replace('\\', "/");
    let filed = match read(&arguments.report, console.lang) {
        Ok(filed) => filed,
        Err(words) => {
            console.complain(&format!("{shown}: {words}"));
            return Exit::Unusable;
        }
    };
    let (record, lang) = (&filed.record, filed.record.language);
    let (yardstick, library) = match yardstick::prepare(&arguments.choice(record)) {
        Ok(ready) => ready,
        Err(unusable) => return unprepared(&unusable, record, console),
    };
    let templates = Templates::new(arguments.template_dir.as_deref());
    let (sha256, templates) =
        match templates.and_then(|made| Ok((templates_sha256(&made, record.form, lang)?, made))) {
            Ok(templates) => templates,
            Err(faulty) => return refuse(&faulty, console),
        };
    let found = match the_one(&arguments.dossier, console) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let options = &record.options;
    let how = How {
        keep: Keep::Everything,
        rule: options.fail_on,
        waivers: options.waivers,
        warn_days: options.warn_days,
    };
    let assessment = match assess(&found.folder, &found.shown, &yardstick, how, &Limits::default()) {
        Ok(assessment) => assessment,
        Err(refused) => {
            console.diagnose(&refused.diagnostics, &refused.sources, false);
            console.complain(&match console.lang {
                Lang::Ja => format!("{}: 読み込めないため、報告書を確かめていません", refused.name),
                Lang::En => {
                    format!("{}: the report was not verified, because it cannot be read", refused.name)
                }
            });
            return Exit::Broken;
        }
    };
    let filing = &record.options.filing;
    let due = match duties(&assessment, &library, lang, console) {
        Ok(due) => due,
        Err(exit) => return exit,
    };
    let means = Means {
        yardstick: &yardstick,
        library: &library,
        templates: &sha256,
        filing,
        duties: Some(&due),
        how,
        form: record.form,
        lang,
    };
    let text = match compose(&assessment, &means, &templates) {
        Ok(text) => text,
        Err(faulty) => return refuse(&faulty, console),
    };
    let verification = verify(&filed, &Record::of(&assessment, &means), &text);
    let subject = page::Subject { report: &shown, dossier: &found.shown, record };
    let page = match arguments.format {
        VerifyFormat::Text => page::text(&verification, subject, console.lang),
        VerifyFormat::Json => page::json(&verification, subject, console.lang),
    };
    let exit = if verification.same() { Exit::Clean } else { Exit::Found };
    exit.and(console.print(&page)).and(console.flush())
}

impl VerifyArguments {
    /// What the report was judged with, but for what the user says otherwise.
    fn choice(&self, record: &Record) -> Choice {
        Choice {
            policies: self.policies.clone(),
            profile: Some(self.profile.clone().unwrap_or_else(|| record.profile.id.clone())),
            as_of: self.as_of.unwrap_or(record.as_of),
            stage: record.stage,
            assume: record.options.assume.clone(),
        }
    }
}

fn unprepared(unusable: &Unusable, record: &Record, console: &mut Console<'_>) -> Exit {
    let exit = console.unusable(unusable);
    if matches!(unusable, Unusable::NoProfile { name, .. } if *name == record.profile.id) {
        let id = &record.profile.id;
        console.complain(&match console.lang {
            Lang::Ja => format!(
                "報告書は確認項目セット「{id}」により作成されています。そのファイルを --profile で、確認項目のフォルダーを --policies で指定してください"
            ),
            Lang::En => format!(
                "the report was made with the profile `{id}`; name its file with --profile, or its folder of policies with --policies"
            ),
        });
    }
    exit
}

/// The report, taken apart.
fn read(path: &Path, lang: Lang) -> Result<Unsealed, String> {
    unseal(&input::text(path, lang)?).map_err(|problem| problem.message(lang))
}
