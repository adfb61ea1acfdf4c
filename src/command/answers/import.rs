//! `hadome answers import`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::output::write_kept;
use crate::command::questionnaire::import::{checked, refuse};
use crate::command::{Console, Exit};
use crate::inquiry::read::{Letter, Origin, read};
use crate::lang::Lang;
use crate::load::limits::Limits;
use crate::load::{tender, workbook};
use crate::render::escape;
use crate::schema::Kind;

/// Arguments of `answers import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The workbook that came back.
    #[arg(value_name = "FORM.xlsx")]
    form: PathBuf,
    /// The folder of the tender.
    #[arg(long, value_name = "TENDER")]
    tender: PathBuf,
    /// Replace answers that are there already.
    #[arg(long)]
    overwrite: bool,
}

/// Runs the command.
pub fn run(arguments: &ImportArguments, console: &mut Console<'_>) -> Exit {
    let lang = console.lang;
    let shown = arguments.form.to_string_lossy().replace('\\', "/");
    let book = match workbook::read(&arguments.form, &workbook::Limits::default()) {
        Ok(book) => book,
        Err(problem) => {
            console.complain(&format!("{shown}: {}", problem.message(lang)));
            return Exit::Broken;
        }
    };
    let letter = match read(&book) {
        Ok(letter) => letter,
        Err(unread) => return refuse(&shown, &unread, console),
    };
    let folder = match bid(&letter, &shown, &arguments.tender, console) {
        Ok(folder) => folder,
        Err(exit) => return exit,
    };
    let file = arguments.form.file_name().map(|name| name.to_string_lossy().into_owned());
    let origin = Origin {
        title: lang.pick("提案内容に関する回答書", "answers to the inquiry"),
        file: &file.unwrap_or_default(),
        sha256: &book.sha256,
    };
    let text = letter.document(&origin).to_document();
    let wrong = checked(Kind::Answers, &text);
    if !wrong.is_empty() {
        return refuse(&shown, &wrong, console);
    }
    let target = folder.join("answers.yaml");
    let exit = write_kept(&target, &text, arguments.overwrite, console);
    if exit != Exit::Clean {
        return exit;
    }
    let (target, answered, asked) = (target.display(), letter.answers.len(), letter.asked);
    let mut told = match lang {
        Lang::Ja => {
            format!("{target} を作成しました（照会した{asked}行のうち回答のあるもの{answered}行）。\n")
        }
        Lang::En => format!("wrote {target} ({answered} of {asked} rows answered)\n"),
    };
    for note in letter.unusual() {
        told += &escape::terminal(&format!("{shown}: {}: {}", note.place, note.message(lang)));
        told.push('\n');
    }
    console.print(&told).and(console.flush())
}

/// The folder of the bid that a letter is about: the tender and the bidder must be the letter's.
fn bid(letter: &Letter, shown: &str, path: &Path, console: &mut Console<'_>) -> Result<PathBuf, Exit> {
    let lang = console.lang;
    let name = path.to_string_lossy().replace('\\', "/");
    if !tender::is_tender(path) {
        console.complain(&match lang {
            Lang::Ja => format!("「{name}」は調達案件のフォルダーではありません（tender.yaml がありません）"),
            Lang::En => format!("`{name}` is no folder of a tender: there is no tender.yaml in it"),
        });
        return Err(Exit::Unusable);
    }
    let loaded = tender::load(path, &name, &Limits::default());
    let id = loaded.document.root.as_ref().and_then(|root| root.id()).unwrap_or_default();
    let of = letter.form.get("tender").map(String::as_str).unwrap_or_default();
    if of != id {
        console.complain(&match lang {
            Lang::Ja => format!("{shown} は、別の調達案件「{of}」の照会書です（この調達案件は「{id}」）"),
            Lang::En => format!("{shown} is a letter of another tender, `{of}`; this one is `{id}`"),
        });
        return Err(Exit::Broken);
    }
    let bidder = letter.form.get("bidder").map(String::as_str).unwrap_or_default();
    if !loaded.bids.iter().any(|known| known == bidder) {
        console.complain(&match lang {
            Lang::Ja => format!("{shown} の応札者「{bidder}」のフォルダー bids/{bidder} がありません"),
            Lang::En => format!("the bidder of {shown}, `{bidder}`, has no folder bids/{bidder}"),
        });
        return Err(Exit::Broken);
    }
    Ok(loaded.bid(bidder).0)
}
