//! `hadome policy new`: the commented skeleton of a policy and of its cases. Nothing that is there is
//! overwritten.

use std::path::{Path, PathBuf};

use clap::Args;
use regex::Regex;

use super::{Console, Exit, unknown};
use crate::command::output::create;
use crate::lang::Lang;
use crate::policy::library::built_in;
use crate::scaffold::policy::{Beginning, cases, policy};
use crate::schema::Kind;
use crate::validate::library::load;

/// Arguments of `policy new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The id of the new policy, such as ABC-01, or SUB-03-2 for a second policy of one measure.
    #[arg(value_name = "ID", display_order = 0)]
    new_id: String,
    /// The folder of policies; made where it does not exist.
    #[arg(value_name = "DIR", default_value = "policies", display_order = 1)]
    folder: PathBuf,
    /// A policy whose measure, severity, basis, references and stages the new one takes over.
    #[arg(long, value_name = "ID")]
    from: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &NewArguments, console: &mut Console<'_>) -> Exit {
    let NewArguments { new_id: id, folder, from } = arguments;
    if !is_id(id) {
        console.complain(&malformed(id, console.lang));
        return Exit::Unusable;
    }
    let mut library = built_in().clone();
    if folder.is_dir() {
        library.policies.extend(load(folder, Some(built_in())).library.policies);
    }
    let like = match from.as_ref().map(|from| library.policies.get(from).ok_or(from)) {
        None => None,
        Some(Ok(like)) => Some(&**like),
        Some(Err(from)) => {
            console.complain(&unknown(from, &library).sentence(console.lang));
            return Exit::Unusable;
        }
    };
    let measure =
        like.map(|like| like.measure.as_deref().unwrap_or(&like.id)).or_else(|| first_two_parts(id));
    let beginning = Beginning { id, measure: measure.filter(|measure| measure != id), like };
    let family = id.split('-').next().unwrap_or_default().to_lowercase();
    let family = folder.join(family);
    let files = [
        (family.join(format!("{id}.yaml")), policy(&beginning, console.lang)),
        (family.join(format!("{id}.cases.yaml")), cases(&beginning, console.lang)),
    ];
    let there: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.symlink_metadata().is_ok())
        .map(|(path, _)| shown(path))
        .collect();
    if !there.is_empty() {
        let there = there.join(console.lang.pick("、", ", "));
        console.complain(&match console.lang {
            Lang::Ja => format!("{there} が既にあります。上書きしないため、何も作成していません"),
            Lang::En => {
                format!("{there} is already there; nothing was written, since nothing is overwritten")
            }
        });
        return Exit::Unusable;
    }
    write(&files, id, folder, console)
}

fn write(files: &[(PathBuf, String)], id: &str, folder: &Path, console: &mut Console<'_>) -> Exit {
    for (path, text) in files {
        if let Err(error) = create(path, text) {
            let path = shown(path);
            console.complain(&match console.lang {
                Lang::Ja => format!("{path} を作成できません（{error}）"),
                Lang::En => format!("cannot write {path}: {error}"),
            });
            return Exit::Broken;
        }
    }
    let (folder, paths) = (shown(folder), files.iter().map(|(path, _)| shown(path)).collect::<Vec<_>>());
    let mut text = match console.lang {
        Lang::Ja => format!(
            "{} を作成しました。\n記入後に次を実行してください：\n  hadome policy lint {folder} --only {id}\n  \
             hadome policy test {folder} --only {id} --mutate\n",
            paths.join(" 及び ")
        ),
        Lang::En => format!(
            "wrote {}\nfill them in, then run:\n  hadome policy lint {folder} --only {id}\n  \
             hadome policy test {folder} --only {id} --mutate\n",
            paths.join(" and ")
        ),
    };
    if built_in().policies.contains_key(id) {
        text.push_str(&match console.lang {
            Lang::Ja => {
                format!("組込みの確認項目 {id} は、--policies {folder} を付けるとこれに置き換わります。\n")
            }
            Lang::En => format!("with --policies {folder} it takes the place of the built-in policy {id}\n"),
        });
    }
    console.print(&text).and(console.flush())
}

/// Whether an id has the form that the schema of policies asks for.
fn is_id(id: &str) -> bool {
    let pattern = Kind::Policy
        .full()
        .pointer("/properties/id/pattern")
        .and_then(|pattern| pattern.as_str().map(str::to_owned));
    pattern.and_then(|pattern| Regex::new(&pattern).ok()).is_some_and(|pattern| pattern.is_match(id))
}

fn malformed(id: &str, lang: Lang) -> String {
    let upper = id.to_uppercase();
    let near = is_id(&upper).then_some(upper);
    match (lang, near) {
        (Lang::Ja, Some(near)) => {
            format!("「{id}」は確認項目のIDとして使えません（「{near}」ではありませんか）")
        }
        (Lang::En, Some(near)) => format!("`{id}` is no policy id (did you mean `{near}`?)"),
        (Lang::Ja, None) => format!(
            "「{id}」は確認項目のIDとして使えません（分野の英大文字3字とハイフン、2桁の番号で ABC-01 のように書いてください。同じ再発防止策の2件目以降は ABC-01-2 のように番号を続けてください）"
        ),
        (Lang::En, None) => format!(
            "`{id}` is no policy id (write three capital letters of the family, a hyphen and two digits, as in \
             ABC-01; for a further policy of one measure add a number, as in ABC-01-2)"
        ),
    }
}

/// `SUB-03` of `SUB-03-2`; `None` where the id has no third part.
fn first_two_parts(id: &str) -> Option<&str> {
    let (measure, number) = id.rsplit_once('-')?;
    (measure.contains('-') && !number.is_empty()).then_some(measure)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
