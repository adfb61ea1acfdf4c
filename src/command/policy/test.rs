//! `hadome policy test`: the cases of policies, and what they would not notice.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Exit, folder, strangers};
use crate::cases::{self, Mismatch};
use crate::diagnostic::place;
use crate::lang::Lang;
use crate::lint::{coverage, unfilled};
use crate::mutate::{Tally, survey};
use crate::validate::library::Folder;

/// Arguments of `policy test`.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// The folder of policies.
    #[arg(value_name = "DIR", default_value = "policies")]
    folder: PathBuf,
    /// Only these policies.
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Also changes each policy in many small ways; exits 1 where no case notices a change.
    #[arg(long)]
    mutate: bool,
}

/// Runs the command.
pub fn run(arguments: &TestArguments, console: &mut Console<'_>) -> Exit {
    let folder = match folder(&arguments.folder) {
        Ok(folder) => folder,
        Err(unusable) => return console.unusable(&unusable),
    };
    let only = &arguments.only;
    let wanted = |id: &str| only.is_empty() || only.iter().any(|one| one == id);
    let mut wrong = strangers(only, &folder, console);
    let mut ran = 0;
    for (id, policy) in folder.library.policies.iter().filter(|(id, _)| wanted(id)) {
        let Some((cases, root)) = folder.cases.get(id) else { continue };
        ran += cases.cases.len();
        for mismatch in cases::run(policy, &cases::trials(cases, root)) {
            wrong += 1;
            console.complain(&shown(&mismatch, id, &folder, console.lang));
        }
    }
    let mut found = coverage(&folder, wanted);
    found.extend(unfilled(&folder, wanted));
    let tally = arguments.mutate.then(|| survey(&folder, wanted));
    let mutants = tally.as_ref().map(|tally| (tally.mutants, tally.survivors.len()));
    found.extend(tally.map(|Tally { survivors, .. }| survivors).unwrap_or_default());
    found.sort_by_key(|diagnostic| diagnostic.span);
    console.diagnose(&found, &folder.sources, true);
    wrong += found.len();
    let policies = folder.library.policies.keys().filter(|id| wanted(id)).count();
    let verdict = if wrong > 0 { Exit::Found } else { Exit::Clean };
    verdict.and(console.print(&summary(policies, ran, mutants, wrong, console.lang))).and(console.flush())
}

fn summary(
    policies: usize,
    cases: usize,
    mutants: Option<(usize, usize)>,
    wrong: usize,
    lang: Lang,
) -> String {
    match (lang, mutants) {
        (Lang::Ja, None) => format!("確認項目{policies}件、検証例{cases}件、問題{wrong}件\n"),
        (Lang::Ja, Some((mutants, survivors))) => format!(
            "確認項目{policies}件、検証例{cases}件、変更の試行{mutants}件（検証例で検出できないもの{survivors}件）、問題{wrong}件\n"
        ),
        (Lang::En, None) => format!("{policies} policies, {cases} cases, {wrong} problems\n"),
        (Lang::En, Some((mutants, survivors))) => format!(
            "{policies} policies, {cases} cases, {mutants} mutants ({survivors} survived), {wrong} problems\n"
        ),
    }
}

fn shown(mismatch: &Mismatch, id: &str, folder: &Folder, lang: Lang) -> String {
    let place = place(&folder.sources, mismatch.span);
    let Mismatch { case, wanted, found, .. } = mismatch;
    match lang {
        Lang::Ja => format!("{place}: {id}「{case}」: 期待は {wanted}、結果は {found}"),
        Lang::En => format!("{place}: {id} `{case}`: wanted {wanted}, found {found}"),
    }
}
