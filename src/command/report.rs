//! `hadome report`: the report that an office files.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::output::write_whole;
use super::{Console, Exit, JudgeArguments};
use crate::assess::assess;
use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::find::{Found, find};
use crate::load::limits::Limits;
use crate::render::markdown::{Faulty, Templates};
use crate::render::report::{Filing, report};
use crate::render::view;
use crate::validate::yardstick;

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// The dossier: its folder or one of its documents.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// The file to write; standard output where left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there already.
    #[arg(long)]
    overwrite: bool,
    /// A folder whose templates replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    template_dir: Option<PathBuf>,
    /// A title in place of the usual one.
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The document number (文書番号).
    #[arg(long, value_name = "NUMBER")]
    doc_number: Option<String>,
    /// To whom the report goes (宛先).
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Who wrote the report (作成者).
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// The day on which the report was written (作成日); blank where left out.
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    date: Option<NaiveDate>,
    /// The posts that approve the report (決裁欄), as 課長,係長,担当.
    #[arg(long, value_name = "POSTS", value_delimiter = ',')]
    approval: Vec<String>,
    /// Name the publishers of the notices on incidents.
    #[arg(long)]
    cite_publishers: bool,
    /// Exit as `check` would, once the report is written.
    #[arg(long)]
    gate: bool,
    #[command(flatten)]
    judge: JudgeArguments,
}

/// Runs the command.
pub fn run(arguments: &ReportArguments, console: &mut Console<'_>) -> Exit {
    let (yardstick, library) = match yardstick::prepare(&arguments.judge.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let lang = console.lang;
    let templates = Templates::new(arguments.template_dir.as_deref());
    let templates = match templates.and_then(|templates| Ok((templates.sha256(lang)?, templates))) {
        Ok(templates) => templates,
        Err(faulty) => return refuse(&faulty, console),
    };
    let found = match the_one(&arguments.dossier, console) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    if let Some(input) = arguments.output.as_deref().filter(|output| is_input(output, &found)) {
        console.complain(&match lang {
            Lang::Ja => format!("{} は委託案件の文書です。別の出力先を指定してください", input.display()),
            Lang::En => format!("{} is a document of the dossier; name another output", input.display()),
        });
        return Exit::Unusable;
    }
    let how = arguments.judge.how(Keep::Everything);
    let assessed = assess(&found.folder, &found.shown, &yardstick, how, &Limits::default());
    let assessment = match assessed {
        Ok(assessment) => assessment,
        Err(refused) => {
            console.diagnose(&refused.diagnostics, &refused.sources, false);
            console.complain(&match lang {
                Lang::Ja => format!("{}: 読み込めないため、報告書を作成していません", refused.name),
                Lang::En => format!("{}: no report, because it cannot be read", refused.name),
            });
            return Exit::Broken;
        }
    };
    let (sha256, templates) = templates;
    let mut page = report(&assessment, &view::view(&assessment, lang), &library, &arguments.filing(), lang);
    page.basis.templates_sha256 = sha256;
    let text = match templates.render(&page, lang) {
        Ok(text) => text,
        Err(faulty) => return refuse(&faulty, console),
    };
    let written = match &arguments.output {
        Some(target) if !arguments.overwrite && holds_something_else(target, &text) => {
            let path = target.display();
            console.complain(&match lang {
                Lang::Ja => format!(
                    "{path} は既にあり、内容が異なります。記入された内容を失わないため、上書きしていません（上書きするには --overwrite を付けてください）"
                ),
                Lang::En => format!(
                    "{path} is there already with other content; it was left alone, so that nothing written \
                     into it is lost (--overwrite replaces it)"
                ),
            });
            Exit::Broken
        }
        Some(target) => write(target, &text, console),
        None => console.print(&text).and(console.flush()),
    };
    written.and(arguments.gate(&assessment))
}

impl ReportArguments {
    fn filing(&self) -> Filing {
        Filing {
            title: self.title.clone(),
            doc_number: self.doc_number.clone(),
            to: self.to.clone(),
            author: self.author.clone(),
            date: self.date,
            approval: self.approval.clone(),
            cite_publishers: self.cite_publishers,
        }
    }

    fn gate(&self, assessment: &Assessment) -> Exit {
        if self.gate && assessment.blocked() { Exit::Found } else { Exit::Clean }
    }
}

fn refuse(faulty: &Faulty, console: &mut Console<'_>) -> Exit {
    console.complain(&faulty.message(console.lang));
    Exit::Unusable
}

/// The dossier that the path stands for; a report is about one.
pub(super) fn the_one(path: &Path, console: &mut Console<'_>) -> Result<Found, Exit> {
    let mut dossiers = match find(&[path.to_owned()]) {
        Ok(finds) => finds.dossiers,
        Err(unfound) => return Err(console.unfound(&unfound)),
    };
    match (dossiers.pop(), dossiers.len()) {
        (Some(found), 0) => Ok(found),
        (_, others) => {
            let (path, count) = (path.display(), others + 1);
            console.complain(&match console.lang {
                Lang::Ja => format!("「{path}」の中に委託案件が{count}件あります。1件を指定してください"),
                Lang::En => format!("there are {count} dossiers below `{path}`; name one"),
            });
            Err(Exit::Unusable)
        }
    }
}

/// Whether the output would replace what was judged.
fn is_input(output: &Path, found: &Found) -> bool {
    let (Ok(output), Ok(folder)) = (output.canonicalize(), found.folder.canonicalize()) else { return false };
    output.starts_with(folder) && output.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// Whether a file is there that someone may have written into.
fn holds_something_else(target: &Path, text: &str) -> bool {
    target.is_file() && std::fs::read(target).map_or(true, |there| there != text.as_bytes())
}

fn write(target: &Path, text: &str, console: &mut Console<'_>) -> Exit {
    match write_whole(target, text.as_bytes()) {
        Ok(()) => Exit::Clean,
        Err(error) => {
            let path = target.display();
            console.complain(&match console.lang {
                Lang::Ja => format!("{path} に書き込めません：{error}"),
                Lang::En => format!("cannot write {path}: {error}"),
            });
            Exit::Broken
        }
    }
}
