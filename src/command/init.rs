//! `hadome init`: a commented scaffold of a dossier. Nothing that is there is overwritten.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Console, Exit, output};
use crate::id;
use crate::lang::Lang;
use crate::scaffold;
use crate::schema::Kind;

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder of the new dossier; made where it does not exist.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

const FILES: [(&str, Kind); 3] =
    [("contract.yaml", Kind::Contract), ("system.yaml", Kind::System), ("records.yaml", Kind::Records)];

/// Runs the command.
pub fn run(arguments: &InitArguments, console: &mut Console<'_>) -> Exit {
    let folder = &arguments.folder;
    let there: Vec<&str> = FILES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| folder.join(name).symlink_metadata().is_ok())
        .collect();
    if !there.is_empty() {
        let names = there.join(", ");
        let folder = folder.display();
        console.complain(&match console.lang {
            Lang::Ja => {
                format!("{folder} には既に {names} があります。上書きしないため、何も作成していません")
            }
            Lang::En => {
                format!("{folder} already has {names}; nothing was written, since nothing is overwritten")
            }
        });
        return Exit::Unusable;
    }
    match write_all(folder, console.lang) {
        Ok(()) => {
            let folder = folder.display();
            let text = match console.lang {
                Lang::Ja => format!(
                    "{folder} に contract.yaml、system.yaml 及び records.yaml を作成しました。\n\
                     記入後に hadome check {folder} を実行してください。\n"
                ),
                Lang::En => format!(
                    "wrote contract.yaml, system.yaml and records.yaml to {folder}\n\
                     fill them in, then run: hadome check {folder}\n"
                ),
            };
            console.print(&text).and(console.flush())
        }
        Err((path, error)) => {
            let path = path.display();
            console.complain(&match console.lang {
                Lang::Ja => format!("{path} を作成できません（{error}）"),
                Lang::En => format!("cannot write {path}: {error}"),
            });
            Exit::Broken
        }
    }
}

fn write_all(folder: &Path, lang: Lang) -> Result<(), (PathBuf, io::Error)> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
    let id = id_of(folder);
    for (name, kind) in FILES {
        let path = folder.join(name);
        let text = scaffold::document(kind, &id, lang);
        output::create(&path, &text).map_err(|error| (path, error))?;
    }
    Ok(())
}

/// The folder's name as an id.
fn id_of(folder: &Path) -> String {
    let name =
        folder.canonicalize().ok().and_then(|full| Some(full.file_name()?.to_string_lossy().into_owned()));
    name.and_then(|name| id::from_name(&name)).unwrap_or_else(|| "dossier".to_owned())
}
