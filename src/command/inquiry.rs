//! `hadome inquiry`: asks each bidder what the bid leaves open.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::compare::{read, told};
use super::output::{write_kept, write_kept_bytes};
use super::{Console, Exit, TenderArguments};
use crate::lang::Lang;
use crate::render::markdown::Templates;
use crate::render::tender::inquiry::sheet::workbook;
use crate::render::tender::inquiry::{InquiryView, inquiry};
use crate::render::xlsx;

/// Arguments of `inquiry`.
#[derive(Debug, Args)]
pub struct InquiryArguments {
    /// The folder of the tender, with tender.yaml, the draft contract.yaml and bids/.
    #[arg(value_name = "TENDER")]
    tender: PathBuf,
    /// The folder to write into, one file for each bidder; standard output (Markdown) where left out.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Only the letter to this bidder, by id.
    #[arg(long, value_name = "ID")]
    bidder: Option<String>,
    /// The format of the files.
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "markdown")]
    format: Letterform,
    /// Replace files that are there already.
    #[arg(long)]
    overwrite: bool,
    /// A folder whose templates replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    template_dir: Option<PathBuf>,
    #[command(flatten)]
    choice: TenderArguments,
}

/// Formats of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Letterform {
    /// Markdown, as GitHub reads it.
    Markdown,
    /// An Excel workbook (.xlsx) that the bidder fills in.
    Xlsx,
}

/// Runs the command.
pub fn run(arguments: &InquiryArguments, console: &mut Console<'_>) -> Exit {
    let comparison = match read(&arguments.tender, &arguments.choice, console) {
        Ok(comparison) => comparison,
        Err(exit) => return exit,
    };
    let lang = console.lang;
    if let Some(wanted) = &arguments.bidder
        && !comparison.bids.iter().any(|bid| bid.bidder.id == *wanted)
    {
        let known: Vec<&str> = comparison.bids.iter().map(|bid| bid.bidder.id.as_str()).collect();
        let known = known.join(", ");
        console.complain(&match lang {
            Lang::Ja => format!("「{wanted}」という応札者はありません（{known}）"),
            Lang::En => format!("there is no bidder `{wanted}` (known: {known})"),
        });
        return Exit::Unusable;
    }
    let view = inquiry(&comparison, arguments.bidder.as_deref(), lang);
    let exit = told(&comparison, console);
    let written = match &arguments.output {
        Some(folder) => files(&view, folder, arguments, console),
        None => match markdown(&view, arguments.template_dir.as_deref(), lang) {
            Ok(text) => console.print(&text).and(console.flush()),
            Err(line) => {
                console.complain(&line);
                Exit::Unusable
            }
        },
    };
    exit.and(written)
}

fn markdown(view: &InquiryView, template_dir: Option<&Path>, lang: Lang) -> Result<String, String> {
    let templates = Templates::new(template_dir);
    let text =
        templates.and_then(|templates| templates.document(&format!("inquiry.{}.md.j2", lang.code()), view));
    text.map_err(|faulty| faulty.message(lang))
}

/// Writes one file for each letter: no bidder sees what another is asked.
fn files(view: &InquiryView, folder: &Path, arguments: &InquiryArguments, console: &mut Console<'_>) -> Exit {
    let lang = console.lang;
    if let Err(error) = std::fs::create_dir_all(folder) {
        let shown = folder.display();
        console.complain(&match lang {
            Lang::Ja => format!("{shown} を作成できません：{error}"),
            Lang::En => format!("cannot create {shown}: {error}"),
        });
        return Exit::Broken;
    }
    let mut exit = Exit::Clean;
    for letter in &view.letters {
        let alone = InquiryView {
            letters: vec![letter.clone()],
            nothing_to_ask: Vec::new(),
            unread: Vec::new(),
            ..view.clone()
        };
        let stem = format!("{}-{}", lang.pick("照会書", "inquiry"), letter.id);
        let written = match arguments.format {
            Letterform::Markdown => match markdown(&alone, arguments.template_dir.as_deref(), lang) {
                Ok(text) => {
                    write_kept(&folder.join(format!("{stem}.md")), &text, arguments.overwrite, console)
                }
                Err(line) => {
                    console.complain(&line);
                    Exit::Unusable
                }
            },
            Letterform::Xlsx => match xlsx::write(&workbook(view, letter, lang)) {
                Ok(bytes) => write_kept_bytes(
                    &folder.join(format!("{stem}.xlsx")),
                    &bytes,
                    arguments.overwrite,
                    console,
                ),
                Err(unwritable) => {
                    console.complain(&unwritable.message(lang));
                    Exit::Broken
                }
            },
        };
        exit = exit.and(written);
    }
    for name in &view.nothing_to_ask {
        console.complain(&match lang {
            Lang::Ja => format!("{name}：照会する事項はありません"),
            Lang::En => format!("{name}: there is nothing to ask"),
        });
    }
    exit
}
