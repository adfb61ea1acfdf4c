//! Reads one document that a user names by its path and that belongs to no dossier.

use std::path::Path;

use super::dossier::Problem;
use super::folder::{display, inside, read_limited};
use super::limits::Limits;
use super::source::Sources;
use super::tree::{Node, Span};
use super::{text, yaml};
use crate::diagnostic::{Diagnostic, Explain};
use crate::digest::sha256;

/// The document as it was read.
#[derive(Debug, Default)]
pub struct Single {
    /// The file.
    pub sources: Sources,
    /// Its tree, as written; `None` where it could not be read.
    pub root: Option<Node>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a document.
pub fn read(path: &Path, limits: &Limits) -> Single {
    read_as(path, path.to_string_lossy().replace('\\', "/"), limits)
}

/// Reads a document that is printed under another path.
pub fn read_as(path: &Path, shown: String, limits: &Limits) -> Single {
    let mut single = Single::default();
    let bytes = match read_limited(path, limits) {
        Ok(bytes) => bytes,
        Err(error) => {
            single.refuse(shown, None, Problem::Unreadable(error.to_string()));
            return single;
        }
    };
    let digest = Some(sha256(&bytes));
    match text::decode(&bytes, limits) {
        Ok(text) => {
            let file = single.sources.add(shown, Some(text.clone()), digest);
            match yaml::parse(&text, file, limits) {
                Ok(root) => single.root = Some(root),
                Err(problems) => single.diagnostics = problems,
            }
        }
        Err(refused) => single.refuse(shown, digest, refused),
    }
    single
}

/// Reads the draft contract in the folder of a tender; a missing one is a problem of its own.
pub(super) fn read_draft(folder: &Path, name: &str, limits: &Limits) -> Single {
    let shown = display(name, "contract.yaml");
    let path = folder.join("contract.yaml");
    let problem = match path.symlink_metadata().is_err() {
        true => Problem::NoDraft,
        false => match inside(folder, &path) {
            Ok(path) => return read_as(&path, shown, limits),
            Err(_) => Problem::LeadsOut,
        },
    };
    let mut single = Single::default();
    single.refuse(shown, None, problem);
    single
}

impl Single {
    fn refuse(&mut self, path: String, digest: Option<String>, problem: impl Explain + 'static) {
        let file = self.sources.add(path, None, digest);
        self.diagnostics.push(Diagnostic::new(Span { file, start: 0, end: 0 }, problem));
    }
}
