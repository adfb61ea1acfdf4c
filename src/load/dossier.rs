//! Reads the files of one dossier. Nothing outside its folder is opened.

mod bid;
mod parts;
mod problem;
mod stray;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::attachment::{self, Attachment};
use super::fold::fold;
use super::folder::{display, inside, read_limited, yaml_files};
use super::limits::Limits;
use super::source::Sources;
use super::tree::{FileId, Node, Span};
use super::{text, yaml};
use crate::diagnostic::{Diagnostic, Explain};
use crate::digest::sha256;
use crate::schema::Kind;
pub use bid::load_bid;
pub use parts::Parts;
pub use problem::Problem;
use stray::is_misnamed;

/// A dossier as it was read: trees that no schema has seen yet.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The folder, as it is printed.
    pub name: String,
    /// The files.
    pub sources: Sources,
    /// The documents that could be parsed.
    pub documents: Vec<Parsed>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found under the paths that evidence names.
    pub attachments: BTreeMap<String, Attachment>,
}

/// A parsed document.
#[derive(Debug)]
pub struct Parsed {
    /// The kind that its file name promises.
    pub kind: Kind,
    /// Its file.
    pub file: FileId,
    /// Its tree, leaf forms folded.
    pub root: Node,
}

/// The files of a dossier and what they hold.
const FILES: [(&str, Kind); 6] = [
    ("contract.yaml", Kind::Contract),
    ("system.yaml", Kind::System),
    ("records.yaml", Kind::Records),
    ("evidence.yaml", Kind::Evidence),
    ("waivers.yaml", Kind::Waivers),
    ("incident.yaml", Kind::Incident),
];

/// The folder of system documents, where there are several.
const SYSTEMS: &str = "systems";

/// Whether a folder holds a dossier.
pub fn is_dossier(folder: &Path) -> bool {
    let there = |name: &str| folder.join(name).is_file();
    there("contract.yaml") || there("system.yaml") || has_systems(folder) || is_misnamed(folder)
}

fn has_systems(folder: &Path) -> bool {
    yaml_files(&folder.join(SYSTEMS)).is_ok_and(|files| !files.is_empty())
}

/// Reads a dossier. Problems are collected; what could be read is there all the same.
pub fn load(folder: &Path, name: &str, limits: &Limits) -> Loaded {
    let parts = Parts { contract: folder, documents: folder, evidence: folder, waivers: folder };
    load_parts(parts, name, limits)
}

/// Reads a dossier whose parts lie in different folders, as [`load`] does.
pub fn load_parts(parts: Parts<'_>, name: &str, limits: &Limits) -> Loaded {
    let mut loader = Loader {
        parts,
        files: &FILES,
        contract_name: name,
        limits,
        loaded: Loaded { name: name.to_owned(), ..Loaded::default() },
    };
    loader.everything();
    let subject = |parsed: &Parsed| matches!(parsed.kind, Kind::Contract | Kind::System);
    if !loader.loaded.documents.iter().any(subject) && loader.loaded.diagnostics.is_empty() {
        let file = loader.loaded.sources.add(display(name, "contract.yaml"), None, None);
        loader.diagnose(file, Problem::NoDocument);
    }
    loader.loaded
}

struct Loader<'l> {
    parts: Parts<'l>,
    files: &'l [(&'static str, Kind)],
    /// The folder of the contract, as it is printed.
    contract_name: &'l str,
    limits: &'l Limits,
    loaded: Loaded,
}

impl Loader<'_> {
    fn everything(&mut self) {
        for (file, kind) in self.files {
            self.read(file, *kind);
        }
        self.systems();
        self.strays();
        self.attachments();
    }

    fn read(&mut self, relative: &str, kind: Kind) {
        let folder = self.parts.of(kind);
        let path = folder.join(relative);
        if path.symlink_metadata().is_err() {
            return;
        }
        let name = if kind == Kind::Contract { self.contract_name } else { &self.loaded.name };
        let shown = display(name, relative);
        let bytes = match inside(folder, &path).and_then(|path| read_limited(&path, self.limits)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let file = self.loaded.sources.add(shown, None, None);
                let problem = match error.kind() {
                    io::ErrorKind::PermissionDenied if error.get_ref().is_some() => Problem::LeadsOut,
                    _ => Problem::Unreadable(error.to_string()),
                };
                return self.diagnose(file, problem);
            }
        };
        let decoded = text::decode(&bytes, self.limits);
        if let Err(refused @ text::Unreadable::TooLarge { .. }) = decoded {
            let file = self.loaded.sources.add(shown, None, None);
            return self.diagnose(file, refused);
        }
        let digest = Some(sha256(&bytes));
        match decoded {
            Ok(text) => {
                let text: Arc<str> = text;
                let file = self.loaded.sources.add(shown, Some(text.clone()), digest);
                self.parse(&text, file, kind);
            }
            Err(refused) => {
                let readable = readable(&bytes);
                let end = u32::try_from(readable.len()).unwrap_or_default();
                let file = self.loaded.sources.add(shown, Some(readable), digest);
                let span = Span { file, start: end, end };
                self.loaded.diagnostics.push(Diagnostic::new(span, refused));
            }
        }
    }

    fn parse(&mut self, text: &str, file: FileId, kind: Kind) {
        match yaml::parse(text, file, self.limits) {
            Ok(mut root) => {
                if kind.takes_placeholders() {
                    self.loaded.diagnostics.extend(fold(&mut root));
                }
                self.loaded.documents.push(Parsed { kind, file, root });
            }
            Err(problems) => self.loaded.diagnostics.extend(problems),
        }
    }

    fn systems(&mut self) {
        let folder = self.parts.documents.join(SYSTEMS);
        if folder.is_dir() && inside(self.parts.documents, &folder).is_err() {
            let file = self.loaded.sources.add(display(&self.loaded.name, SYSTEMS), None, None);
            return self.diagnose(file, Problem::LeadsOut);
        }
        let files = yaml_files(&self.parts.documents.join(SYSTEMS)).unwrap_or_default();
        if let (Some(first), true) = (files.first(), self.parts.documents.join("system.yaml").exists()) {
            let shown = display(&self.loaded.name, &format!("{SYSTEMS}/{first}"));
            let file = self.loaded.sources.add(shown, None, None);
            self.diagnose(file, Problem::TwoSystems);
        }
        if files.len() > self.limits.systems {
            let (found, most) = (files.len(), self.limits.systems);
            let file = self.loaded.sources.add(display(&self.loaded.name, SYSTEMS), None, None);
            return self.diagnose(file, Problem::TooManySystems { found, most });
        }
        for file in files {
            self.read(&format!("{SYSTEMS}/{file}"), Kind::System);
        }
    }

    fn attachments(&mut self) {
        let register = self.loaded.documents.iter().find(|parsed| parsed.kind == Kind::Evidence);
        let found = register.map(|parsed| attachment::read_all(self.parts.evidence, &parsed.root));
        self.loaded.attachments = found.unwrap_or_default();
    }

    fn diagnose(&mut self, file: FileId, problem: impl Explain + 'static) {
        let span = Span { file, start: 0, end: 0 };
        self.loaded.diagnostics.push(Diagnostic::new(span, problem));
    }
}

/// The text before the first byte that cannot be read, so that the place can be told.
fn readable(bytes: &[u8]) -> Arc<str> {
    let start = &bytes[..bytes.len().min(64 * 1024)];
    let valid = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid.split('\0').next().unwrap_or_default().into()
}
