//! `hadome evidence add`: registers a file of the dossier as evidence. What the person does not say is
//! left unsaid.

use std::path::{Path, PathBuf};

use clap::Args;

use super::EntryOptions;
use crate::command::register::{Opened, open};
use crate::command::{Console, Exit, YardstickArguments};
use crate::id;
use crate::lang::Lang;
use crate::load::attachment::{self, Attachment};
use crate::nearest::nearest;
use crate::register::draft::{Draft, Written};
use crate::render::register;
use crate::render::view::evidence;
use crate::schema::{Field, Kind, Shape};

/// Arguments of `evidence add`.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The dossier: its folder or one of its documents.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// The file, which lies in the dossier's folder (for example in evidence/).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The id of the entry; made from the file's name where left out.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// A fact that it shows, and the value that it shows of it, as
    /// system[web].data_stores[uploads].public_access=false.
    #[arg(long, value_name = "PATH=VALUE")]
    proves: Vec<String>,
    #[command(flatten)]
    entry: EntryOptions,
    #[command(flatten)]
    against: YardstickArguments,
}

/// Runs the command.
pub fn run(arguments: &AddArguments, console: &mut Console<'_>) -> Exit {
    let mut opened = match open(&arguments.dossier, &arguments.against, Kind::Evidence, console) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let wrong = |wrong: (String, Exit), console: &mut Console<'_>| {
        console.complain(&wrong.0);
        wrong.1
    };
    let (file, sha256) = match attach(&mut opened, &arguments.file, console.lang) {
        Ok(found) => found,
        Err(why) => return wrong(why, console),
    };
    let draft = match draft(arguments, &opened, file, sha256, console.lang) {
        Ok(draft) => draft,
        Err(why) => return wrong((why, Exit::Unusable), console),
    };
    if let Err(exit) = opened.change(console, |register| register.append(&draft)) {
        return exit;
    }
    let id = draft.id().unwrap_or_default();
    let register = evidence::register(&opened.case, console.lang);
    let Some(piece) = register.iter().find(|piece| piece.id == id) else { return Exit::Broken };
    let others = register.iter().filter(|other| other.id != id && other.file == piece.file);
    let others: Vec<&str> = others.map(|other| other.id.as_str()).collect();
    let text = register::added(&opened.path(), &draft.to_yaml(), piece, &others, console.lang);
    console.print(&text).and(console.flush())
}

/// The file's path in the dossier and its digest.
fn attach(opened: &mut Opened, file: &Path, lang: Lang) -> Result<(String, String), (String, Exit)> {
    let folder = &opened.found.folder;
    let at = if file.symlink_metadata().is_ok() { file.to_owned() } else { folder.join(file) };
    let Some(relative) = below(folder, &at) else {
        return Err((refused(&Attachment::Outside, file, &opened.found.shown, lang), Exit::Unusable));
    };
    if !is_document(&relative) {
        match attachment::read(folder, &relative) {
            Attachment::Read { sha256, bytes } => {
                let found = Attachment::Read { sha256: sha256.clone(), bytes };
                opened.case.attachments.insert(relative.clone(), found);
                return Ok((relative, sha256));
            }
            found => {
                let steady = !matches!(found, Attachment::Unsteady | Attachment::Unreadable(_));
                let exit = if steady { Exit::Unusable } else { Exit::Broken };
                return Err((refused(&found, file, &opened.found.shown, lang), exit));
            }
        }
    }
    let file = file.display();
    let message = match lang {
        Lang::Ja => format!("{file} は委託案件の文書です。根拠資料として登録することはできません"),
        Lang::En => format!("{file} is a document of the dossier and cannot be evidence for it"),
    };
    Err((message, Exit::Unusable))
}

/// The path below the dossier, without resolving a link in its last part: where that leads is looked
/// at when the file is opened.
fn below(folder: &Path, file: &Path) -> Option<String> {
    let parent = match file.parent()? {
        parent if parent.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    // A folder that does not exist holds no file; the path is then told as missing.
    let parent = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
    let home = folder.canonicalize().ok()?;
    let inside = parent.strip_prefix(&home).or_else(|_| parent.strip_prefix(folder)).ok()?;
    Some(inside.join(file.file_name()?).to_str()?.replace('\\', "/"))
}

/// Whether a file of the dossier is one of its documents.
fn is_document(relative: &str) -> bool {
    let Some(name) = relative.strip_suffix(".yaml") else { return false };
    let system = name.strip_prefix("systems/").is_some_and(|id| !id.contains('/'));
    system || Kind::from_word(name).is_some()
}

fn refused(found: &Attachment, file: &Path, dossier: &str, lang: Lang) -> String {
    let file = file.display();
    let (ja, en) = match found {
        Attachment::Outside => (
            format!(
                "{file} は {dossier} の外にあります。フォルダーの中（例 {dossier}/evidence/）に写してから登録してください"
            ),
            format!(
                "{file} lies outside {dossier}; copy it into the folder (such as {dossier}/evidence/) first"
            ),
        ),
        Attachment::NotAFile => (
            format!("{file} はファイルではありません（フォルダー等）。ファイルを指定してください"),
            format!("{file} is no file but a folder or device; name a file"),
        ),
        Attachment::Unsteady => (
            format!("{file} が読み込みの間に変更されました。書込みが終わってから、もう一度実行してください"),
            format!("{file} changed while it was read; run this again when nobody writes to it"),
        ),
        Attachment::Unreadable(words) => {
            (format!("{file} を読めません（{words}）"), format!("cannot read {file}: {words}"))
        }
        Attachment::Missing | Attachment::Read { .. } => (
            format!("{file} がありません。ファイルの場所を確かめてください"),
            format!("{file} does not exist; check where the file is"),
        ),
    };
    lang.pick(&ja, &en).to_owned()
}

/// The entry, in the order of the schema.
fn draft(
    arguments: &AddArguments,
    opened: &Opened,
    file: String,
    sha256: String,
    lang: Lang,
) -> Result<Draft, String> {
    let given = &arguments.entry.0;
    let said = |key: &str| given.0.iter().find(|line| line.key == key).map(|line| line.value.clone());
    if let Some(Written::List(ids)) = said("policies") {
        let mut ids = ids.iter().filter_map(|id| if let Written::Text(id) = id { Some(id) } else { None });
        ids.try_for_each(|id| opened.known_policy(id, lang))?;
    }
    let claims = arguments.proves.iter().map(|claim| shown(claim, opened, lang));
    let claims = claims.collect::<Result<Vec<_>, _>>()?;
    let (id, kind) = (arguments.id.clone(), said("kind"));
    let id = id.unwrap_or_else(|| made_id(&file, kind.as_ref(), &opened.ids()));
    let mut draft = Draft::default();
    for field in super::entry().into_iter().flat_map(Field::properties) {
        let value = match field.name {
            "id" => Some(Written::Text(id.clone())),
            "file" => Some(Written::Text(file.clone())),
            "sha256" => Some(Written::Text(sha256.clone())),
            "proves" => (!claims.is_empty()).then(|| Written::List(claims.clone())),
            name => said(name),
        };
        if let Some(value) = value {
            draft.set(field.name, value);
        }
    }
    Ok(draft)
}

/// From the file's name, or from the kind where the name has nothing that can stand in an id.
fn made_id(file: &str, kind: Option<&Written>, taken: &[String]) -> String {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str());
    let kind = match kind {
        Some(Written::Text(kind)) => id::from_name(kind),
        _ => None,
    };
    let wanted = stem.and_then(id::from_name).or(kind).unwrap_or_else(|| "evidence".to_owned());
    id::free(wanted, &taken.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A fact with the value that the paper shows (`path=value`), read by the fact's type.
fn shown(claim: &str, opened: &Opened, lang: Lang) -> Result<Written, String> {
    let (path, value) = claim.split_once('=').unwrap_or((claim, ""));
    let (path, value) = (path.trim(), value.trim());
    if value.is_empty() {
        return Err(match lang {
            Lang::Ja => {
                format!("--proves {path}：資料の示す値がありません（{path}=値 の形で書いてください）")
            }
            Lang::En => format!("--proves {path}: what does the paper show? Write {path}=VALUE"),
        });
    }
    let Some((_, field)) = opened.case.read_path(path) else {
        return Err(match lang {
            Lang::Ja => format!(
                "「{path}」という記載事項はありません（例 system[識別子].data_stores[識別子].public_access。hadome explain で確かめられます）"
            ),
            Lang::En => format!(
                "there is no fact `{path}` (for example system[ID].data_stores[ID].public_access; `hadome explain` \
                 shows what there is)"
            ),
        });
    };
    let Some(read) = Written::read(field, value) else { return Err(another_type(path, value, field, lang)) };
    let mut claim = Draft::default();
    claim.set("fact", Written::Text(path.to_owned()));
    claim.set("value", read);
    Ok(Written::Section(claim))
}

fn another_type(path: &str, value: &str, field: Field, lang: Lang) -> String {
    let (ja, en) = field.shape().described();
    let near = match field.shape() {
        Shape::Enum => nearest(value, field.words()).map(|near| match lang {
            Lang::Ja => format!("（{near} ではありませんか）"),
            Lang::En => format!(" (did you mean `{near}`?)"),
        }),
        _ => None,
    };
    let near = near.unwrap_or_default();
    match lang {
        Lang::Ja => format!("「{path}」の値には{ja}を書いてください（記載：「{value}」）{near}"),
        Lang::En => format!("the value of `{path}` must be {en}; found `{value}`{near}"),
    }
}
