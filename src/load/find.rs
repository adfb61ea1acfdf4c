//! Finds dossiers below the paths that were given.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::dossier::is_dossier;
use super::tender::{BIDS, DOCUMENT, is_tender};

/// A dossier's folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// How it is printed: as it was reached from the path given, with `/`.
    pub shown: String,
    /// The folder.
    pub folder: PathBuf,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// The dossiers in the order of their paths, each once.
    pub dossiers: Vec<Found>,
    /// How many dossiers gitignore kept out.
    pub ignored: usize,
}

/// A path that stands for no dossier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfound {
    /// The path does not exist.
    #[error("no such path: {0}")]
    Missing(String),
    /// A file that is no document of a dossier.
    #[error("not a document: {0}")]
    NoDocument(String),
    /// A folder without any dossier.
    #[error("no dossier below: {0}")]
    Nothing(String),
    /// A folder of a tender, or a part of one: its bids are compared, not checked as dossiers.
    #[error("part of a tender: {0}")]
    Tender(String),
    /// A folder all of whose dossiers gitignore keeps out.
    #[error("all {1} dossiers below are ignored: {0}")]
    AllIgnored(String, usize),
}

/// File names that stand for the dossier they lie in.
const DOCUMENTS: [&str; 6] =
    ["contract.yaml", "system.yaml", "records.yaml", "evidence.yaml", "waivers.yaml", "incident.yaml"];

/// Finds the dossiers that the paths stand for.
///
/// # Errors
/// Every path that stands for none.
pub fn find(paths: &[PathBuf]) -> Result<Finds, Vec<Unfound>> {
    let (mut finds, mut unfound) = (Finds::default(), Vec::new());
    let mut seen = BTreeSet::new();
    let mut add = |found: Found, dossiers: &mut Vec<Found>| {
        let real = found.folder.canonicalize().unwrap_or_else(|_| found.folder.clone());
        if seen.insert(real) {
            dossiers.push(found);
        }
    };
    for path in paths {
        match below(path) {
            Ok((found, ignored)) => {
                finds.ignored += ignored;
                found.into_iter().for_each(|found| add(found, &mut finds.dossiers));
            }
            Err(error) => unfound.push(error),
        }
    }
    finds.dossiers.sort();
    if unfound.is_empty() { Ok(finds) } else { Err(unfound) }
}

fn below(path: &Path) -> Result<(Vec<Found>, usize), Unfound> {
    let shown = show(path);
    if !path.exists() {
        return Err(Unfound::Missing(shown));
    }
    if path.is_file() {
        let folder = document_folder(path);
        let folder = match folder {
            Some(folder) if in_tender(&folder) => return Err(Unfound::Tender(shown)),
            None if path.file_name().is_some_and(|name| name == DOCUMENT) => {
                return Err(Unfound::Tender(shown));
            }
            folder => folder.ok_or(Unfound::NoDocument(shown))?,
        };
        return Ok((vec![Found { shown: show(&folder), folder }], 0));
    }
    if in_tender(path) {
        return Err(Unfound::Tender(shown));
    }
    if is_dossier(path) {
        return Ok((vec![Found { shown, folder: path.to_owned() }], 0));
    }
    let found = walk(path, true);
    let ignored = walk(path, false).len() - found.len();
    match (found.is_empty(), ignored) {
        (true, 0) => Err(Unfound::Nothing(shown)),
        (true, _) => Err(Unfound::AllIgnored(shown, ignored)),
        (false, _) => Ok((found, ignored)),
    }
}

/// Whether a folder is a tender's, or that of one of its bids.
fn in_tender(folder: &Path) -> bool {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let bids = real.parent().filter(|parent| parent.file_name().is_some_and(|name| name == BIDS));
    is_tender(&real) || bids.and_then(Path::parent).is_some_and(is_tender)
}

/// The dossier that a document's file name stands for.
fn document_folder(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if DOCUMENTS.contains(&name) {
        return Some(parent.to_owned());
    }
    let in_systems = parent.file_name()?.to_str()? == "systems" && name.ends_with(".yaml");
    let folder = parent.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    in_systems.then(|| folder.to_owned())
}

/// Walks a folder; a dossier is not searched for others, and the parts of a tender are none.
fn walk(path: &Path, gitignore: bool) -> Vec<Found> {
    let mut builder = WalkBuilder::new(path);
    builder.standard_filters(false).hidden(true).follow_links(false);
    builder.git_ignore(gitignore).ignore(false).git_global(false).git_exclude(false).parents(gitignore);
    builder.require_git(false).sort_by_file_path(Path::cmp);
    builder.filter_entry(|entry| {
        let inside = entry.depth() > 0 && entry.path().parent().is_some_and(is_dossier);
        !inside && !is_tender(entry.path())
    });
    let folders =
        builder.build().flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
    let dossiers = folders.map(ignore::DirEntry::into_path).filter(|folder| is_dossier(folder));
    dossiers.map(|folder| Found { shown: show(&folder), folder }).collect()
}

fn show(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    match text.trim_end_matches('/') {
        "" => {
            if text.is_empty() {
                ".".to_owned()
            } else {
                "/".to_owned()
            }
        }
        // A line that begins with `::` would be a command to some CI servers.
        trimmed if trimmed.starts_with(':') => format!("./{trimmed}"),
        trimmed => trimmed.to_owned(),
    }
}
