//! `hadome report`: the report that an office files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use clap::{Args, ValueEnum};

use super::output::{is_input, is_misnamed, write_kept};
use super::{Console, Exit, JudgeArguments};
use crate::assess::assess;
use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::find::{Found, find};
use crate::load::limits::Limits;
use crate::obligation::list::rows;
use crate::obligation::select::selected;
use crate::policy::library::Library;
use crate::provenance::seal::seal;
use crate::provenance::{Form, Means, Record};
use crate::redact::{Redaction, Rules, redact};
use crate::render::calendar::{ReportRows, for_report};
use crate::render::html::html;
use crate::render::markdown::{Faulty, TEMPLATES, Templates};
use crate::render::redaction::{finish, hide_outcomes, mark, plain, telling};
use crate::render::report::{Filing, PartyStyle, report};
use crate::render::view;
use crate::validate::yardstick::Unusable;
use crate::validate::{redaction, yardstick};

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
    /// A copy for release: what these rules (redaction/1) name is withheld, with a list of it at the end.
    #[arg(long, value_name = "RULES")]
    redact: Option<PathBuf>,
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
pub(super) enum Parties {
    /// 甲 and 乙 (Party A, Party B).
    KouOtsu,
    /// 発注者 and 受注者.
    Hacchu,
    /// 委託者 and 受託者 (client, contractor).
    Itaku,
}

impl Parties {
    /// What it stands for.
    pub(super) fn style(self) -> PartyStyle {
        match self {
            Parties::KouOtsu => PartyStyle::KouOtsu,
            Parties::Hacchu => PartyStyle::Hacchu,
            Parties::Itaku => PartyStyle::Itaku,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &ReportArguments, console: &mut Console<'_>) -> Exit {
    let (yardstick, library) = match yardstick::prepare(&arguments.judge.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let rules = arguments.redact.as_deref().map(|path| redaction::load(path, &library)).transpose();
    let rules = match rules {
        Ok(rules) => rules,
        Err(unusable) => return console.unusable(&unusable),
    };
    let lang = console.lang;
    let form = arguments.form();
    let templates = Templates::new(arguments.template_dir.as_deref());
    let templates =
        match templates.and_then(|templates| Ok((templates_sha256(&templates, form, lang)?, templates))) {
            Ok(templates) => templates,
            Err(faulty) => return refuse(&faulty, console),
        };
    let found = match the_one(&arguments.dossier, console) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    if is_misnamed(arguments.output.as_deref(), &["md", "html", "htm"], console)
        || arguments.output.as_deref().is_some_and(|output| is_input(output, &found, console))
    {
        return Exit::Unusable;
    }
    let how = arguments.judge.how(Keep::Everything);
    let assessed = assess(&found.folder, &found.shown, &yardstick, how, &Limits::default());
    let mut assessment = match assessed {
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
    let blocked = assessment.blocked();
    let mut filing = arguments.filing();
    let due = match duties(&assessment, &library, lang, console) {
        Ok(due) => due,
        Err(exit) => return exit,
    };
    let redaction = rules.map(|rules| arguments.withhold(rules, &mut assessment, &mut filing, &library));
    let means = Means {
        yardstick: &yardstick,
        library: &library,
        templates: &sha256,
        filing: &filing,
        duties: redaction.is_none().then_some(&due),
        how,
        form,
        lang,
    };
    let text = match redaction {
        // What a record holds, digests among it, would tell what is withheld.
        Some(mut redaction) => release(&assessment, &means, &templates, &mut redaction, console),
        None => {
            compose(&assessment, &means, &templates).map(|text| seal(&text, Record::of(&assessment, &means)))
        }
    };
    let text = match text {
        Ok(text) => text,
        Err(faulty) => return refuse(&faulty, console),
    };
    let written = match &arguments.output {
        Some(target) => write_kept(target, &text, arguments.overwrite, console),
        None => console.print(&text).and(console.flush()),
    };
    written.and(if arguments.gate && blocked { Exit::Found } else { Exit::Clean })
}

impl ReportArguments {
    /// The format that was asked for, or the one that the output's ending says.
    fn form(&self) -> Form {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        let page = ending
            .is_some_and(|ending| ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
        match self.format {
            Some(Paper::Html) => Form::Html,
            Some(Paper::Markdown) => Form::Markdown,
            None if page => Form::Html,
            None => Form::Markdown,
        }
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
            party_style: self.party_style.style(),
            cite_publishers: self.cite_publishers,
        }
    }

    /// Takes from an assessment, and from what the options say, what the rules hide.
    fn withhold(
        &self,
        rules: Rules,
        assessment: &mut Assessment,
        filing: &mut Filing,
        library: &Library,
    ) -> Redaction {
        let own = library.texts();
        let own = own.iter().map(String::as_str).chain(TEMPLATES.iter().map(|(_, text)| *text));
        let people = [("to", &self.to), ("author", &self.author)];
        let people: Vec<(&str, &str)> =
            people.into_iter().filter_map(|(option, name)| Some((option, name.as_deref()?))).collect();
        let mut redaction = redact(assessment, rules, &people, own);
        redaction.name("to", &mut filing.to);
        redaction.name("author", &mut filing.author);
        let texts =
            [&mut filing.title, &mut filing.doc_number, &mut filing.classification, &mut filing.retention];
        let texts = texts.into_iter().flatten();
        texts.chain(&mut filing.approval).for_each(|text| redaction.text(text));
        redaction
    }
}

/// Says which rules hid nothing, and which verdicts tell something of hidden values.
fn warn(idle: &[String], telling: &BTreeSet<&str>, console: &mut Console<'_>) {
    let lang = console.lang;
    for name in idle {
        console.complain(&match lang {
            Lang::Ja => format!("「{name}」の指定により不開示となった箇所はありません"),
            Lang::En => format!("the rule on `{name}` hides nothing"),
        });
    }
    if !telling.is_empty() {
        let policies = telling.iter().copied().collect::<Vec<_>>().join(lang.pick("、", ", "));
        console.complain(&match lang {
            Lang::Ja => format!(
                "不開示とした値によって決まる判定を示しています。値が推測されるおそれがあるときは、policies に記入してください：{policies}"
            ),
            Lang::En => format!(
                "verdicts are told that rest on hidden values; where they would give these away, list them \
                 under `policies`: {policies}"
            ),
        });
    }
}

/// How many days ahead a report tells of what is due (project default).
const AHEAD_DAYS: u64 = 90;

/// What is overdue, due soon, or due on a day that cannot be told.
///
/// # Errors
/// The exit code, once it was said why they cannot be told.
pub(super) fn duties(
    assessment: &Assessment,
    library: &Library,
    lang: Lang,
    console: &mut Console<'_>,
) -> Result<ReportRows, Exit> {
    let case = &assessment.case;
    let mut unusable = |unusable| console.unusable(&unusable);
    let selected = selected(library, &case.profile).map_err(Unusable::Profile).map_err(&mut unusable)?;
    let rules = library.all_duties().calendar;
    let rules = rules.ok_or_else(|| unusable(Unusable::NoCalendar("calendar.yaml".into())))?;
    let until = case.as_of.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(case.as_of);
    let reckoned = rows(case, &selected.obligations, &rules, until).map_err(|too_long| {
        console.diagnose(&[too_long], &case.sources, false);
        Exit::Broken
    })?;
    Ok(for_report(case, &reckoned, &selected.obligations, AHEAD_DAYS, lang))
}

/// The text of a report, without its record.
pub(super) fn compose(
    assessment: &Assessment,
    means: &Means<'_>,
    templates: &Templates,
) -> Result<String, Faulty> {
    let view = view::view(assessment, means.lang);
    let mut page = report(assessment, &view, means.library, means.filing, means.duties, means.lang);
    page.basis.templates_sha256 = means.templates.to_owned();
    let markdown = templates.render(&page, means.lang)?;
    match means.form {
        Form::Markdown => Ok(markdown),
        Form::Html => html(templates, &markdown, &page.frame(), means.lang),
    }
}

/// The text of a copy for release: what its rules name is withheld and listed.
fn release(
    assessment: &Assessment,
    means: &Means<'_>,
    templates: &Templates,
    redaction: &mut Redaction,
    console: &mut Console<'_>,
) -> Result<String, Faulty> {
    let lang = means.lang;
    let mut view = view::view(assessment, lang);
    hide_outcomes(&mut view, redaction);
    let mut page = report(assessment, &view, means.library, means.filing, means.duties, lang);
    page.basis.templates_sha256 = means.templates.to_owned();
    mark(&mut page, redaction, lang);
    let text = templates.render(&page, lang)?;
    let released = finish(&text, redaction, templates, lang)?;
    warn(&released.idle, &telling(&view, redaction), console);
    match means.form {
        Form::Markdown => Ok(released.text),
        Form::Html => html(templates, &released.text, &page.frame(), lang).map(|text| plain(&text)),
    }
}

/// SHA-256 of the templates that a report is made from.
pub(super) fn templates_sha256(templates: &Templates, form: Form, lang: Lang) -> Result<String, Faulty> {
    match form {
        Form::Markdown => templates.sha256(lang),
        Form::Html => templates.page_sha256(lang),
    }
}

pub(super) fn refuse(faulty: &Faulty, console: &mut Console<'_>) -> Exit {
    console.complain(&faulty.message(console.lang));
    Exit::Unusable
}

/// The dossier that the path stands for; a report is about one.
pub(super) fn the_one(path: &Path, console: &mut Console<'_>) -> Result<Found, Exit> {
    let mut dossiers = match find(&[path.to_owned()]) {
        Ok(finds) if finds.dossiers.is_empty() => return Err(console.passed(&finds.passed)),
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
