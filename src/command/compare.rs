//! `hadome compare`: the bids of a tender side by side.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::{is_input, is_misnamed, write_kept_bytes};
use super::{Console, Exit, TenderArguments};
use crate::compare::{Comparison, Unready, compare};
use crate::conclude::How;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::find::Found;
use crate::load::limits::Limits;
use crate::load::tender::is_tender;
use crate::redact::anonymous::anonymise;
use crate::render::html::html;
use crate::render::markdown::{Faulty, Templates};
use crate::render::tender::committee::{committee, frame};
use crate::render::tender::matrix;
use crate::render::tender::view::{TenderView, view};
use crate::render::tender::workbook::workbook;
use crate::render::xlsx;

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The folder of the tender, with tender.yaml, the draft contract.yaml and bids/.
    #[arg(value_name = "TENDER")]
    tender: PathBuf,
    /// The file to write; standard output where left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format; where left out, the one that the output's ending says, and Markdown otherwise.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Form>,
    /// What to write: the matrix of all bids, or the committee's paper.
    #[arg(long, value_name = "PAPER", value_enum, default_value = "matrix")]
    paper: Paper,
    /// Bidders go by letters (A社, B社), and what would tell who they are is masked.
    #[arg(long)]
    anonymous: bool,
    /// With --anonymous: the file to write who is who into (Markdown); not written where left out.
    #[arg(long, value_name = "FILE", requires = "anonymous")]
    key: Option<PathBuf>,
    /// Replace a file that is there already.
    #[arg(long)]
    overwrite: bool,
    /// A folder whose templates replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    template_dir: Option<PathBuf>,
    /// Exit with 1 where a bid does not meet a mandatory requirement.
    #[arg(long)]
    gate: bool,
    #[command(flatten)]
    choice: TenderArguments,
}

/// Formats of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Markdown, as GitHub reads it.
    Markdown,
    /// One HTML page that needs no other file.
    Html,
    /// A workbook for a spreadsheet program.
    Xlsx,
}

/// Papers about a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Paper {
    /// The matrix of policies and bidders (比較表).
    Matrix,
    /// A summary and one sheet for each bidder (審査委員会資料).
    Committee,
}

/// Runs the command.
pub fn run(arguments: &CompareArguments, console: &mut Console<'_>) -> Exit {
    let form = arguments.form();
    if let Err(exit) = arguments.fit(form, console) {
        return exit;
    }
    if is_misnamed(arguments.output.as_deref(), &["md", "html", "htm", "xlsx"], console) {
        return Exit::Unusable;
    }
    if arguments.output.iter().chain(&arguments.key).any(|file| is_document(file, &arguments.tender, console))
    {
        return Exit::Unusable;
    }
    let mut comparison = match read(&arguments.tender, &arguments.choice, console) {
        Ok(comparison) => comparison,
        Err(exit) => return exit,
    };
    let lang = console.lang;
    let exit;
    let mut key = None;
    if arguments.anonymous {
        comparison.name_files_within();
        key = Some(anonymise(&mut comparison, lang));
        exit = told(&comparison, console);
    } else {
        exit = told(&comparison, console);
        comparison.name_files_within();
    }
    let mut view = view(&comparison, lang);
    view.anonymous = arguments.anonymous;
    let worded = |faulty: Faulty| faulty.message(lang);
    let made = Templates::new(arguments.template_dir.as_deref()).map_err(worded).and_then(|templates| {
        let name = format!("key.{}.md.j2", lang.code());
        let key = key.map(|key| templates.document(&name, &key)).transpose().map_err(worded)?;
        Ok((arguments.paper.write(&view, form, &templates, lang)?, key))
    });
    let (bytes, key) = match made {
        Ok(made) => made,
        Err(problem) => {
            console.complain(&problem);
            return Exit::Unusable;
        }
    };
    let kept = key.map_or(Exit::Clean, |key| arguments.keep(&key, console));
    if kept != Exit::Clean {
        return exit.and(kept);
    }
    let written = match &arguments.output {
        Some(target) => write_kept_bytes(target, &bytes, arguments.overwrite, console),
        None => console.print(&String::from_utf8_lossy(&bytes)).and(console.flush()),
    };
    let blocked = arguments.gate && comparison.blocked();
    exit.and(written).and(if blocked { Exit::Found } else { Exit::Clean })
}

impl CompareArguments {
    /// The format that was asked for, or the one that the output's ending says.
    fn form(&self) -> Form {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        let ending = ending.unwrap_or_default().to_ascii_lowercase();
        self.format.unwrap_or(match ending.as_str() {
            "html" | "htm" => Form::Html,
            "xlsx" => Form::Xlsx,
            _ => Form::Markdown,
        })
    }

    /// Whether the arguments go together; says so where they do not.
    fn fit(&self, form: Form, console: &mut Console<'_>) -> Result<(), Exit> {
        let lang = console.lang;
        let problem = match (form, self.paper, &self.output, &self.key) {
            (Form::Xlsx, Paper::Committee, _, _) => lang.pick(
                "審査委員会資料の形式は、Markdown又はHTMLです",
                "the committee's paper is written as Markdown or HTML",
            ),
            (Form::Xlsx, _, None, _) => lang.pick(
                "Excelのファイルには、-o で出力先を指定してください",
                "a workbook needs an output file (-o)",
            ),
            (_, _, Some(output), Some(key)) if same_file(output, key) => lang.pick(
                "対照表（--key）の出力先が、比較表の出力先と同じです。別のファイルを指定してください",
                "the key (--key) would go into the same file as the copy; name another one",
            ),
            _ => return Ok(()),
        };
        console.complain(problem);
        Err(Exit::Unusable)
    }

    /// Writes who is who, or says that nobody did.
    fn keep(&self, key: &str, console: &mut Console<'_>) -> Exit {
        match &self.key {
            Some(target) => write_kept_bytes(target, key.as_bytes(), self.overwrite, console),
            None => {
                console.complain(console.lang.pick(
                    "応札者との対照表は書き出していません（書き出すには --key FILE を付けてください）",
                    "who is who was not written down (--key FILE writes it)",
                ));
                Exit::Clean
            }
        }
    }
}

/// Whether a file to write is a document of the tender; says so.
fn is_document(file: &Path, tender: &Path, console: &mut Console<'_>) -> bool {
    let found = Found { shown: String::new(), folder: tender.to_owned() };
    is_input(file, &found, console)
}

/// Whether two paths, one or both of which may not exist yet, name one file.
fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| {
        path.canonicalize().ok().or_else(|| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            Some(folder.unwrap_or(Path::new(".")).canonicalize().ok()?.join(path.file_name()?))
        })
    };
    one == other || real(one).is_some_and(|path| real(other) == Some(path))
}

impl Paper {
    fn write(
        self,
        view: &TenderView,
        form: Form,
        templates: &Templates,
        lang: Lang,
    ) -> Result<Vec<u8>, String> {
        let told = |faulty: Faulty| faulty.message(lang);
        let markdown = |templates: &Templates| match self {
            Paper::Matrix => templates.document(&format!("compare.{}.md.j2", lang.code()), view),
            Paper::Committee => {
                templates.document(&format!("committee.{}.md.j2", lang.code()), &committee(view))
            }
        };
        let text = match (form, self) {
            (Form::Markdown, _) => markdown(templates).map_err(told)?,
            (Form::Html, Paper::Matrix) => matrix::html(templates, view, lang).map_err(told)?,
            (Form::Html, Paper::Committee) => {
                let text = markdown(templates).map_err(told)?;
                html(templates, &text, &frame(view, lang), lang).map_err(told)?
            }
            (Form::Xlsx, _) => {
                return xlsx::write(&workbook(view, lang)).map_err(|unwritable| unwritable.message(lang));
            }
        };
        Ok(text.into_bytes())
    }
}

/// Compares the bids of a tender; what keeps it from that is told.
///
/// # Errors
/// The exit code.
pub fn read(tender: &Path, chosen: &TenderArguments, console: &mut Console<'_>) -> Result<Comparison, Exit> {
    let shown = tender.to_string_lossy().replace('\\', "/");
    if !is_tender(tender) {
        console.complain(&match console.lang {
            Lang::Ja => {
                format!("「{shown}」は調達案件のフォルダーではありません（tender.yaml がありません）")
            }
            Lang::En => format!("`{shown}` is no folder of a tender: there is no tender.yaml in it"),
        });
        return Err(Exit::Unusable);
    }
    let wish = chosen.wish(console);
    let how = How { waivers: false, ..How::keeping(Keep::Findings) };
    let limits = Limits::default();
    match compare(tender, shown.trim_end_matches('/'), &wish, how, &limits) {
        Ok(comparison) => Ok(comparison),
        Err(Unready::Yardstick(unusable)) => Err(console.unusable(&unusable)),
        Err(Unready::Tender(sources, diagnostics)) => {
            console.diagnose(&diagnostics, &sources, false);
            Err(Exit::Broken)
        }
    }
}

/// Says which bids could not be judged.
pub fn told(comparison: &Comparison, console: &mut Console<'_>) -> Exit {
    let mut exit = Exit::Clean;
    for refused in comparison.bids.iter().filter_map(|bid| bid.result.as_ref().err()) {
        console.diagnose(&refused.diagnostics, &refused.sources, false);
        console.complain(&match console.lang {
            Lang::Ja => format!("{}: 読み込めないため、この提案は判定していません", refused.name),
            Lang::En => format!("{}: this bid was not judged, because it cannot be read", refused.name),
        });
        exit = Exit::Broken;
    }
    exit
}
