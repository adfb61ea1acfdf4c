//! `hadome compare`: the bids of a tender side by side.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::write_kept;
use super::{Console, Exit, YardstickArguments};
use crate::compare::{Comparison, Unready, Wish, compare};
use crate::conclude::How;
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::limits::Limits;
use crate::load::tender::is_tender;
use crate::render::markdown::Templates;
use crate::render::tender::view::view;

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
    yardstick: YardstickArguments,
}

/// Formats of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Markdown, as GitHub reads it.
    Markdown,
}

/// Runs the command.
pub fn run(arguments: &CompareArguments, console: &mut Console<'_>) -> Exit {
    let comparison = match read(&arguments.tender, &arguments.yardstick, console) {
        Ok(comparison) => comparison,
        Err(exit) => return exit,
    };
    let lang = console.lang;
    let text = match Templates::new(arguments.template_dir.as_deref()).and_then(|templates| {
        templates.document(&format!("compare.{}.md.j2", lang.code()), &view(&comparison, lang))
    }) {
        Ok(text) => text,
        Err(faulty) => {
            console.complain(&faulty.message(lang));
            return Exit::Unusable;
        }
    };
    let written = match &arguments.output {
        Some(target) => write_kept(target, &text, arguments.overwrite, console),
        None => console.print(&text).and(console.flush()),
    };
    let blocked = arguments.gate && comparison.blocked();
    written.and(told(&comparison, console)).and(if blocked { Exit::Found } else { Exit::Clean })
}

/// Compares the bids of a tender; what keeps it from that is told.
///
/// # Errors
/// The exit code.
pub fn read(
    tender: &Path,
    yardstick: &YardstickArguments,
    console: &mut Console<'_>,
) -> Result<Comparison, Exit> {
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
    let wish = Wish { choice: yardstick.choice(console), as_of: yardstick.as_of, today: console.today };
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
