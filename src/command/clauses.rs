//! `hadome clauses`: the model clauses that the findings call for, as articles, with their forms.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::{is_input, is_misnamed, write_kept, write_kept_bytes};
use super::report::{Parties, refuse, the_one};
use super::{Console, Exit, JudgeArguments};
use crate::article::choice::{Choice, by_findings, whole};
use crate::article::draft::{Wish, draft};
use crate::article::numbering::Numbering;
use crate::assess::assess;
use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::limits::Limits;
use crate::render::clauses::{Material, Part, clauses};
use crate::render::docx::docx;
use crate::render::markdown::Templates;
use crate::render::report::Filing;
use crate::validate::{Yardstick, yardstick};

/// Arguments of `clauses`.
#[derive(Debug, Args)]
pub struct ClausesArguments {
    /// The dossier: its folder or one of its documents; may be left out with --all.
    #[arg(value_name = "DOSSIER", required_unless_present = "all")]
    dossier: Option<PathBuf>,
    /// The file to write; standard output where left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format; where left out, DOCX for a file that ends in .docx, and Markdown otherwise.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<ClausesFormat>,
    /// Every model clause of the profile, for a first draft.
    #[arg(long)]
    all: bool,
    /// All forms, those that no clause names too.
    #[arg(long)]
    all_forms: bool,
    /// The parts to write: clauses, forms, commentary; all of them where left out.
    #[arg(long = "part", value_name = "PARTS", value_enum, value_delimiter = ',')]
    parts: Vec<PartWord>,
    /// How it is numbered: article (第1条), special (第1), number (1).
    #[arg(long, value_name = "STYLE", value_enum, default_value = "article")]
    numbering: NumberingWord,
    /// What model clauses call the parties: kou-otsu (甲・乙), hacchu (発注者・受注者), itaku (委託者・受託者).
    #[arg(long, value_name = "STYLE", value_enum, default_value = "itaku")]
    party_style: Parties,
    /// A title in place of the usual one.
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Name the publishers of the notices on incidents.
    #[arg(long)]
    cite_publishers: bool,
    /// A folder whose templates replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    template_dir: Option<PathBuf>,
    /// Replace a file that is there already.
    #[arg(long)]
    overwrite: bool,
    /// Exit as `check` would, once the clauses are written.
    #[arg(long)]
    gate: bool,
    #[command(flatten)]
    judge: JudgeArguments,
}

/// Formats of the clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ClausesFormat {
    /// Markdown, as GitHub reads it.
    Markdown,
    /// Office Open XML, for word processors.
    Docx,
}

/// The words for [`Part`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PartWord {
    /// The clauses.
    Clauses,
    /// The forms (別記様式).
    Forms,
    /// The reasons (解説).
    Commentary,
    /// All of them.
    All,
}

/// The words for [`Numbering`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum NumberingWord {
    /// 第1条（見出し）, 2, (1).
    Article,
    /// 第1　見出し, 1, (1).
    Special,
    /// 1　見出し, (1), ア.
    Number,
}

/// Runs the command.
pub fn run(arguments: &ClausesArguments, console: &mut Console<'_>) -> Exit {
    let lang = console.lang;
    let format = arguments.format();
    if is_misnamed(arguments.output.as_deref(), &["md", "docx"], console) {
        return Exit::Unusable;
    }
    if format == ClausesFormat::Docx && arguments.output.is_none() {
        console.complain(lang.pick(
            "DOCXの出力先のファイルを -o で指定してください",
            "name the file to write the DOCX to with -o",
        ));
        return Exit::Unusable;
    }
    let (yardstick, library) = match yardstick::prepare(&arguments.judge.choice(console)) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let Some(file) = library.all_articles() else {
        console.complain(lang.pick("条項例の条立て（articles/1）がありません", "there are no articles/1"));
        return Exit::Unusable;
    };
    let templates = match Templates::new(arguments.template_dir.as_deref()) {
        Ok(templates) => templates,
        Err(faulty) => return refuse(&faulty, console),
    };
    let assessment = match arguments.assessment(&yardstick, console) {
        Ok(assessment) => assessment,
        Err(exit) => return exit,
    };
    let found = assessment.as_ref().map(|one| by_findings(one, &file)).unwrap_or_default();
    let choice: Choice = match arguments.all {
        true => whole(&library, &yardstick.profile, &file, &found),
        false => found,
    };
    let numbering = arguments.numbering();
    let wish = Wish { policies: &choice.policies, numbering, all_forms: arguments.all_forms };
    let draft = draft(&file, &library, wish);
    let (filing, parts) = (arguments.filing(), arguments.parts());
    let material = Material {
        draft: &draft,
        file: &file,
        choice: &choice,
        assessment: assessment.as_ref(),
        profile: &yardstick.profile,
        library: &library,
        filing: &filing,
        numbering,
        whole: arguments.all,
        parts: &parts,
    };
    let page = clauses(&material, lang);
    let markdown = match templates.document(&format!("clauses.{}.md.j2", lang.code()), &page) {
        Ok(markdown) => markdown,
        Err(faulty) => return refuse(&faulty, console),
    };
    let written = match (&arguments.output, format) {
        (Some(target), ClausesFormat::Docx) => match docx(&markdown) {
            Ok(bytes) => write_kept_bytes(target, &bytes, arguments.overwrite, console),
            Err(reason) => {
                console.complain(&match lang {
                    Lang::Ja => format!("DOCXを作成できません：{reason}"),
                    Lang::En => format!("cannot make the DOCX: {reason}"),
                });
                Exit::Broken
            }
        },
        (Some(target), ClausesFormat::Markdown) => {
            write_kept(target, &markdown, arguments.overwrite, console)
        }
        (None, _) => console.print(&markdown).and(console.flush()),
    };
    let blocked = assessment.is_some_and(|assessment| assessment.blocked());
    written.and(if arguments.gate && blocked { Exit::Found } else { Exit::Clean })
}

impl ClausesArguments {
    /// The format that was asked for, or the one that the output's ending says.
    fn format(&self) -> ClausesFormat {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        let document = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
        match self.format {
            Some(format) => format,
            None if document => ClausesFormat::Docx,
            None => ClausesFormat::Markdown,
        }
    }

    fn numbering(&self) -> Numbering {
        match self.numbering {
            NumberingWord::Article => Numbering::Article,
            NumberingWord::Special => Numbering::Special,
            NumberingWord::Number => Numbering::Number,
        }
    }

    /// The parts to write; all of them where none was named.
    fn parts(&self) -> BTreeSet<Part> {
        let words = if self.parts.is_empty() { &[PartWord::All][..] } else { &self.parts };
        let parts = words.iter().flat_map(|word| match word {
            PartWord::Clauses => &[Part::Clauses][..],
            PartWord::Forms => &[Part::Forms],
            PartWord::Commentary => &[Part::Commentary],
            PartWord::All => &[Part::Clauses, Part::Forms, Part::Commentary],
        });
        parts.copied().collect()
    }

    fn filing(&self) -> Filing {
        Filing {
            title: self.title.clone(),
            party_style: self.party_style.style(),
            cite_publishers: self.cite_publishers,
            ..Filing::default()
        }
    }

    /// The dossier, judged; `None` where none is named.
    fn assessment(
        &self,
        yardstick: &Yardstick,
        console: &mut Console<'_>,
    ) -> Result<Option<Assessment>, Exit> {
        let Some(dossier) = &self.dossier else { return Ok(None) };
        let lang = console.lang;
        let found = the_one(dossier, console)?;
        if self.output.as_deref().is_some_and(|output| is_input(output, &found, console)) {
            return Err(Exit::Unusable);
        }
        let how = self.judge.how(Keep::Everything);
        let assessed = assess(&found.folder, &found.shown, yardstick, how, &Limits::default());
        let assessment = assessed.map_err(|refused| {
            console.diagnose(&refused.diagnostics, &refused.sources, false);
            console.complain(&match lang {
                Lang::Ja => format!("{}: 読み込めないため、条項例を作成していません", refused.name),
                Lang::En => format!("{}: no clauses, because it cannot be read", refused.name),
            });
            Exit::Broken
        })?;
        if assessment.case.own_operation {
            console.complain(&match lang {
                Lang::Ja => format!(
                    "{}: 自ら運用するシステムであり委託契約がないため、条項例はありません",
                    assessment.case.name
                ),
                Lang::En => format!(
                    "{}: the organisation runs the system itself; there is no contract to write clauses for",
                    assessment.case.name
                ),
            });
            return Err(Exit::Unusable);
        }
        Ok(Some(assessment))
    }
}
