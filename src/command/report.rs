//! `hadome report`: the report that an office files.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::output::{is_input, write_kept};
use super::{Console, Exit, JudgeArguments};
use crate::assess::assess;
use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::find::{Found, find};
use crate::load::limits::Limits;
use crate::render::html::html;
use crate::render::markdown::{Faulty, Templates};
use crate::render::report::{Filing, PartyStyle, report};
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
    /// The format; where left out, HTML for a file that ends in .html or .htm, and Markdown otherwise.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Paper>,
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
    /// How the report is to be handled (取扱区分); blank where left out.
    #[arg(long, value_name = "TEXT")]
    classification: Option<String>,
    /// How long the report is kept (保存期限); blank where left out.
    #[arg(long, value_name = "TEXT")]
    retention: Option<String>,
    /// What model clauses call the parties: kou-otsu (甲・乙), hacchu (発注者・受注者), itaku (委託者・受託者).
    #[arg(long, value_name = "STYLE", value_enum, default_value = "itaku")]
    party_style: Parties,
    /// Name the publishers of the notices on incidents.
    #[arg(long)]
    cite_publishers: bool,
    /// Exit as `check` would, once the report is written.
    #[arg(long)]
    gate: bool,
    #[command(flatten)]
    judge: JudgeArguments,
}

/// Formats of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// Markdown, as GitHub reads it.
    Markdown,
    /// One HTML page that needs no other file, to be read on a screen or printed on A4.
    Html,
}

/// The words for [`PartyStyle`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Parties {
    /// 甲 and 乙 (Party A, Party B).
    KouOtsu,
    /// 発注者 and 受注者.
    Hacchu,
    /// 委託者 and 受託者 (client, contractor).
    Itaku,
}

/// Runs the command.
pub fn run(arguments: &ReportArguments, console: &mut Console<'_>) -> Exit {
    let (yardstick, library) = match yardstick::prepare(&arguments.judge.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let lang = console.lang;
    let paper = arguments.paper();
    let templates = Templates::new(arguments.template_dir.as_deref());
    let digest = |templates: &Templates| match paper {
        Paper::Markdown => templates.sha256(lang),
        Paper::Html => templates.page_sha256(lang),
    };
    let templates = match templates.and_then(|templates| Ok((digest(&templates)?, templates))) {
        Ok(templates) => templates,
        Err(faulty) => return refuse(&faulty, console),
    };
    let found = match the_one(&arguments.dossier, console) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    if arguments.output.as_deref().is_some_and(|output| is_input(output, &found, console)) {
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
    let text = templates.render(&page, lang).and_then(|markdown| match paper {
        Paper::Markdown => Ok(markdown),
        Paper::Html => html(&templates, &markdown, &page, lang),
    });
    let text = match text {
        Ok(text) => text,
        Err(faulty) => return refuse(&faulty, console),
    };
    let written = match &arguments.output {
        Some(target) => write_kept(target, &text, arguments.overwrite, console),
        None => console.print(&text).and(console.flush()),
    };
    written.and(arguments.gate(&assessment))
}

impl ReportArguments {
    /// The format that was asked for, or the one that the output's ending says.
    fn paper(&self) -> Paper {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        let page = ending
            .is_some_and(|ending| ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
        self.format.unwrap_or(if page { Paper::Html } else { Paper::Markdown })
    }

    fn filing(&self) -> Filing {
        Filing {
            title: self.title.clone(),
            doc_number: self.doc_number.clone(),
            to: self.to.clone(),
            author: self.author.clone(),
            date: self.date,
            approval: self.approval.clone(),
            classification: self.classification.clone(),
            retention: self.retention.clone(),
            party_style: match self.party_style {
                Parties::KouOtsu => PartyStyle::KouOtsu,
                Parties::Hacchu => PartyStyle::Hacchu,
                Parties::Itaku => PartyStyle::Itaku,
            },
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
fn the_one(path: &Path, console: &mut Console<'_>) -> Result<Found, Exit> {
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
