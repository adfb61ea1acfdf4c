//! `hadome questionnaire import`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::output::write_kept;
use crate::command::{Console, Exit};
use crate::id;
use crate::lang::Lang;
use crate::load::fold::fold;
use crate::load::limits::Limits;
use crate::load::source::Sources;
use crate::load::{workbook, yaml};
use crate::questionnaire::answers::Answers;
use crate::questionnaire::document::{Origin, cell_at, documents};
use crate::questionnaire::read::read;
use crate::questionnaire::unread::{Unread, Why};
use crate::render::questionnaire::title;
use crate::schema::Kind;
use crate::validate::{consistency, document};

/// Arguments of `questionnaire import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The workbook that came back.
    #[arg(value_name = "FORM.xlsx")]
    form: PathBuf,
    /// The folder to write system.yaml and offer.yaml to, such as bids/<id> of the tender.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The id of the bid; the name of the folder where left out.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Replace documents that are there already.
    #[arg(long)]
    overwrite: bool,
}

/// Runs the command.
pub fn run(arguments: &ImportArguments, console: &mut Console<'_>) -> Exit {
    let shown = arguments.form.to_string_lossy().replace('\\', "/");
    let lang = console.lang;
    let read_in = match workbook::read(&arguments.form, &workbook::Limits::default()) {
        Ok(workbook) => workbook,
        Err(problem) => {
            console.complain(&format!("{shown}: {}", problem.message(lang)));
            return Exit::Broken;
        }
    };
    let (offer, system, answers) = match read(&read_in) {
        Ok(answers) => {
            let offer = bid_id(arguments).unwrap_or_else(|| "bid".to_owned());
            (offer.clone(), known(&answers, "system").unwrap_or(offer), answers)
        }
        Err(unread) => return refuse(&shown, &unread, console),
    };
    let file = arguments.form.file_name().map(|name| name.to_string_lossy().into_owned());
    let origin = Origin {
        title: title(lang),
        file: &file.unwrap_or_default(),
        sha256: &read_in.sha256,
        offer: &offer,
        system: &system,
    };
    let (system, offer) = documents(&answers, &origin);
    let texts = [
        ("system.yaml", Kind::System, system.to_document()),
        ("offer.yaml", Kind::Offer, offer.to_document()),
    ];
    let refused: Vec<Unread> = texts.iter().flat_map(|(_, kind, text)| checked(*kind, text)).collect();
    if !refused.is_empty() {
        return refuse(&shown, &refused, console);
    }
    let exit = write(&arguments.output, &texts, arguments.overwrite, console);
    if exit != Exit::Clean {
        return exit;
    }
    let text = told(&shown, &arguments.output, &answers, lang);
    console.print(&text).and(console.flush())
}

/// The id of the bid: as asked for, or the folder's name.
fn bid_id(arguments: &ImportArguments) -> Option<String> {
    let folder = arguments.output.file_name().map(|name| name.to_string_lossy().into_owned());
    arguments.id.clone().or_else(|| folder.and_then(|name| id::from_name(&name)))
}

fn known(answers: &Answers, name: &str) -> Option<String> {
    answers.form.get(name).cloned()
}

/// Names every cell that cannot be read.
pub fn refuse(form: &str, unread: &[Unread], console: &mut Console<'_>) -> Exit {
    let lang = console.lang;
    for found in unread {
        let place = if found.place.is_empty() { String::new() } else { format!(" {}:", found.place) };
        console.complain(&format!("{form}:{place} {}", found.message(lang)));
    }
    let count = unread.len();
    console.complain(&match lang {
        Lang::Ja => format!("読めないところが{count}件あるため、何も作成していません"),
        Lang::En => format!("nothing was written, since {count} cells cannot be read"),
    });
    Exit::Broken
}

/// Holds a document against its schema, as it will be read; what is wrong is told by its cell.
pub fn checked(kind: Kind, text: &str) -> Vec<Unread> {
    let mut sources = Sources::default();
    let file = sources.add(format!("{}.yaml", kind.word()), Some(text.into()), None);
    let (mut diagnostics, root) = match yaml::parse(text, file, &Limits::default()) {
        Ok(mut root) => (fold(&mut root), root),
        Err(diagnostics) => (diagnostics, crate::load::tree::Node::default()),
    };
    if diagnostics.is_empty() {
        document::head(kind, &root, &mut diagnostics);
        document::against_schema(kind, &root, &mut diagnostics);
        consistency::ids(&root, &mut diagnostics);
    }
    let unread = diagnostics.iter().map(|diagnostic| {
        let (place, found) = match cell_at(&root, diagnostic.span.start) {
            Some((cell, node)) => (cell, sources.text(node.span).to_owned()),
            None => (String::new(), sources.text(diagnostic.span).to_owned()),
        };
        let problem = &diagnostic.problem;
        let why = Why::Refused([problem.message(Lang::Ja), problem.message(Lang::En)]);
        Unread { place, found, why }
    });
    unread.collect()
}

/// Writes both documents, or neither where one is there with other content.
fn write(folder: &Path, texts: &[(&str, Kind, String)], overwrite: bool, console: &mut Console<'_>) -> Exit {
    let kept = |name: &str, text: &str| {
        let path = folder.join(name);
        path.is_file() && fs::read(&path).map_or(true, |there| there != text.as_bytes())
    };
    let there: Vec<&str> = texts
        .iter()
        .filter(|(name, _, text)| !overwrite && kept(name, text))
        .map(|(name, ..)| *name)
        .collect();
    if !there.is_empty() {
        let (folder, names) = (folder.display(), there.join(", "));
        console.complain(&match console.lang {
            Lang::Ja => format!(
                "{folder} には既に {names} があり、内容が異なります。何も作成していません（上書きするには --overwrite を付けてください）"
            ),
            Lang::En => format!(
                "{folder} has {names} already, with other content; nothing was written (--overwrite replaces them)"
            ),
        });
        return Exit::Broken;
    }
    if let Err(error) = fs::create_dir_all(folder) {
        let folder = folder.display();
        console.complain(&match console.lang {
            Lang::Ja => format!("{folder} を作成できません（{error}）"),
            Lang::En => format!("cannot make {folder}: {error}"),
        });
        return Exit::Broken;
    }
    texts.iter().fold(Exit::Clean, |exit, (name, _, text)| {
        exit.and(write_kept(&folder.join(name), text, overwrite, console))
    })
}

/// What was read, and what somebody should know of.
fn told(form: &str, folder: &Path, answers: &Answers, lang: Lang) -> String {
    let folder = folder.display();
    let items: usize = answers.lists.iter().map(|list| list.items.len()).sum();
    let (requirements, facts) = (answers.requirements.len(), answers.facts.len());
    let head = match lang {
        Lang::Ja => format!(
            "{folder} に system.yaml 及び offer.yaml を作成しました（要件の回答{requirements}件、記載事項{facts}件、一覧の記入{items}件）。\n"
        ),
        Lang::En => format!(
            "wrote system.yaml and offer.yaml to {folder} ({requirements} requirements, {facts} facts, {items} items of lists)\n"
        ),
    };
    let notes = answers.notes.iter().map(|note| {
        crate::render::escape::terminal(&format!("{form}: {}: {}", note.place, note.message(lang))) + "\n"
    });
    std::iter::once(head).chain(notes).collect()
}
