//! `hadome explain`: what a field, a policy or a family means.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Exit};
use crate::lang::Lang;
use crate::nearest::nearest;
use crate::policy::Policy;
use crate::policy::compile::compile;
use crate::policy::library::Library;
use crate::policy::reads::facts;
use crate::render::sheet::Sheet;
use crate::render::{explain, policy};
use crate::schema::{Field, Kind, Shape};
use crate::validate::yardstick::library;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// Fields (contract.incident.first_report_hours, or its last word), policies (DLC-01) or families (DLC).
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &ExplainArguments, console: &mut Console<'_>) -> Exit {
    let library = match library(arguments.policies.as_deref()) {
        Ok(library) => library,
        Err(unusable) => return console.unusable(&unusable),
    };
    // Policies that do not compile are refused where they are judged; here the others still help.
    let policies: Vec<Policy> =
        library.policies.values().filter_map(|file| compile(file, None).ok()).collect();
    let (mut exit, mut first) = (Exit::Clean, true);
    for name in &arguments.names {
        let sheets = sheets(name, &library, &policies, console.lang);
        if sheets.is_empty() {
            console.complain(&unknown(name, &library, console.lang));
            exit = exit.and(Exit::Unusable);
        }
        for sheet in sheets {
            let between = if std::mem::take(&mut first) { "" } else { "\n" };
            exit = exit.and(console.print(&format!("{between}{}", sheet.text())));
        }
    }
    exit.and(console.flush())
}

fn sheets(name: &str, library: &Library, policies: &[Policy], lang: Lang) -> Vec<Sheet> {
    let upper = name.to_uppercase();
    if let Some(found) = policies.iter().find(|policy| policy.id() == upper) {
        return vec![policy::sheet(found, library, lang)];
    }
    if let Some(family) = library.family(&upper) {
        return vec![explain::family(family, library, lang)];
    }
    let readers = explain::Readers::of(policies);
    fields(name).into_iter().map(|(path, field)| explain::field(&path, field, &readers, lang)).collect()
}

/// The fields of a name: a path with or without ids, or the last words of some paths.
fn fields(name: &str) -> Vec<(String, Field)> {
    let wanted = plain(name);
    let all = everything();
    let exact: Vec<_> = all.iter().filter(|(path, _)| plain(path) == wanted).cloned().collect();
    match exact.is_empty() {
        false => exact,
        true => all.into_iter().filter(|(path, _)| plain(path).ends_with(&format!(".{wanted}"))).collect(),
    }
}

/// A path without brackets and what stands in them.
fn plain(path: &str) -> String {
    let mut depth = 0_usize;
    path.chars()
        .filter(|c| {
            match c {
                '[' => depth += 1,
                ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// Every field of the documents, groups included, with its description.
fn everything() -> Vec<(String, Field)> {
    let mut all = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_of_dossier()) {
        let root = kind.root();
        all.push((kind.word().to_owned(), root));
        groups(root, kind.word(), &mut all);
        all.extend(facts(root, kind.word()));
    }
    all
}

fn groups(field: Field, path: &str, all: &mut Vec<(String, Field)>) {
    for property in field.properties() {
        let path = format!("{path}.{}", property.name);
        match property.shape() {
            Shape::Object => {
                all.push((path.clone(), property));
                groups(property, &path, all);
            }
            Shape::List => {
                let item = property.items().filter(|item| item.shape() == Shape::Object);
                item.into_iter().for_each(|item| groups(item, &format!("{path}[]"), all));
            }
            _ => {}
        }
    }
}

fn unknown(name: &str, library: &Library, lang: Lang) -> String {
    let fields = everything();
    let paths = fields.iter().map(|(path, _)| path.as_str());
    let last = fields.iter().filter_map(|(path, _)| path.rsplit('.').next());
    let ids = library.policies.keys().map(String::as_str);
    let families = library.families.iter().map(|family| family.id.as_str());
    let near = nearest(name, paths.chain(last).chain(ids).chain(families));
    match (lang, near) {
        (Lang::Ja, Some(near)) => {
            format!("「{name}」という記載事項、確認項目又は分野はありません。「{near}」ではありませんか")
        }
        (Lang::Ja, None) => format!("「{name}」という記載事項、確認項目又は分野はありません"),
        (Lang::En, Some(near)) => {
            format!("there is no field, policy or family `{name}`; did you mean `{near}`?")
        }
        (Lang::En, None) => format!("there is no field, policy or family `{name}`"),
    }
}
