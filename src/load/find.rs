//! Finds dossiers below the paths that were given.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::dossier::is_dossier;
use super::folder::display;
use super::source::Sources;
use super::tender::{BIDS, DOCUMENT, is_tender};
use super::tree::Span;
use crate::diagnostic::{Diagnostic, Explain};
use crate::lang::Lang;

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
    /// What was met on the way and is not among the dossiers, in the order of the paths.
    pub passed: Vec<Passed>,
}

/// What was met below a folder and could not be taken for a dossier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passed {
    /// A tender: its bids are compared, not checked.
    Tender(String),
    /// A folder that could not be read.
    Unreadable(String),
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
            Ok(below) => {
                finds.ignored += below.ignored;
                finds.passed.extend(below.passed);
                below.dossiers.into_iter().for_each(|found| add(found, &mut finds.dossiers));
            }
            Err(error) => unfound.push(error),
        }
    }
    finds.dossiers.sort();
    finds.passed.sort();
    finds.passed.dedup();
    if unfound.is_empty() { Ok(finds) } else { Err(unfound) }
}

fn below(path: &Path) -> Result<Finds, Unfound> {
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
        return Ok(Finds { dossiers: vec![Found { shown: show(&folder), folder }], ..Finds::default() });
    }
    if in_tender(path) {
        return Err(Unfound::Tender(shown));
    }
    if is_dossier(path) {
        return Ok(Finds { dossiers: vec![Found { shown, folder: path.to_owned() }], ..Finds::default() });
    }
    let (dossiers, passed) = walk(path, true);
    let ignored = walk(path, false).0.len() - dossiers.len();
    match (dossiers.is_empty(), ignored) {
        (true, 0) => match passed.first() {
            None => Err(Unfound::Nothing(shown)),
            Some(Passed::Tender(tender)) => Err(Unfound::Tender(tender.clone())),
            Some(Passed::Unreadable(_)) => Ok(Finds { dossiers, ignored, passed }),
        },
        (true, _) => Err(Unfound::AllIgnored(shown, ignored)),
        (false, _) => Ok(Finds { dossiers, ignored, passed }),
    }
}

impl Passed {
    /// The folder, as it is printed.
    pub fn folder(&self) -> &str {
        match self {
            Passed::Tender(folder) | Passed::Unreadable(folder) => folder,
        }
    }

    /// The problem that it is for who would have it judged, at the file that says what it is.
    pub fn diagnosed(&self) -> (Sources, Diagnostic) {
        let mut sources = Sources::default();
        let path = match self {
            Passed::Tender(folder) => display(folder, DOCUMENT),
            Passed::Unreadable(folder) => folder.clone(),
        };
        let span = Span { file: sources.add(path, None, None), start: 0, end: 0 };
        (sources, Diagnostic::new(span, self.clone()))
    }
}

impl Explain for Passed {
    fn code(&self) -> &'static str {
        match self {
            Passed::Tender(_) => "tender-not-checked",
            Passed::Unreadable(_) => "unreadable-folder",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Passed::Tender(_) => (
                "調達案件は、委託案件としては判定しません",
                "a tender is no dossier, and is not judged as one",
            ),
            Passed::Unreadable(_) => (
                "フォルダーを読めないため、中に委託案件があるかどうか分かりません",
                "the folder cannot be read, so nobody knows whether dossiers lie in it",
            ),
        };
        lang.pick(ja, en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Passed::Tender(folder) => (
                format!(
                    "提案は hadome compare {folder} で比べてください（委託案件だけを判定するには、委託案件のフォルダーを指定してください）"
                ),
                format!(
                    "compare its bids: hadome compare {folder} (to judge dossiers alone, name their folders)"
                ),
            ),
            Passed::Unreadable(_) => (
                "フォルダーの読取りの権限を確かめてください".to_owned(),
                "look whether you may read the folder".to_owned(),
            ),
        };
        Some(lang.pick(&ja, &en).to_owned())
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
fn walk(path: &Path, gitignore: bool) -> (Vec<Found>, Vec<Passed>) {
    let mut builder = WalkBuilder::new(path);
    builder.standard_filters(false).hidden(true).follow_links(false);
    builder.git_ignore(gitignore).ignore(false).git_global(false).git_exclude(false).parents(gitignore);
    builder.require_git(false).sort_by_file_path(Path::cmp);
    builder.filter_entry(|entry| {
        let parent = entry.path().parent().filter(|_| entry.depth() > 0);
        !parent.is_some_and(|parent| is_dossier(parent) || is_tender(parent))
    });
    let (mut dossiers, mut passed) = (Vec::new(), Vec::new());
    for entry in builder.build() {
        match entry {
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) if is_tender(entry.path()) => passed.push(Passed::Tender(show(entry.path()))),
            Ok(entry) if is_dossier(entry.path()) => {
                dossiers.push(Found { shown: show(entry.path()), folder: entry.into_path() });
            }
            Ok(_) => {}
            Err(error) => passed.extend(unreadable(&error).map(|path| Passed::Unreadable(show(path)))),
        }
    }
    (dossiers, passed)
}

/// The path that an error of the walk is about; an error in a file of git patterns keeps nothing out.
fn unreadable(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, err } if err.is_io() => Some(path),
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => unreadable(err),
        _ => None,
    }
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
