//! Reads the files of one dossier. Nothing outside its folder is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::attachment::{self, Attachment};
use super::fold::fold;
use super::limits::Limits;
use super::source::Sources;
use super::tree::{FileId, Node, Span};
use super::{text, yaml};
use crate::diagnostic::{Diagnostic, Explain};
use crate::digest::sha256;
use crate::lang::Lang;
use crate::schema::Kind;

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

/// The files of a bid; its contract is the draft of the tender.
const BID_FILES: [(&str, Kind); 5] = [
    ("contract.yaml", Kind::Contract),
    ("system.yaml", Kind::System),
    ("offer.yaml", Kind::Offer),
    ("evidence.yaml", Kind::Evidence),
    ("answers.yaml", Kind::Answers),
];

/// The folder of system documents, where there are several.
const SYSTEMS: &str = "systems";

/// What is wrong with the files of a dossier.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A file could not be read.
    Unreadable(String),
    /// A link leads out of the dossier.
    LeadsOut,
    /// Both `system.yaml` and `systems/`.
    TwoSystems,
    /// A document of ours under a name that is not read.
    StrayDocument {
        /// The name that would be read.
        wanted: &'static str,
    },
    /// No document at all.
    NoDocument,
    /// A bid without one of its documents.
    NoBidDocument(&'static str),
    /// A tender without the draft of its contract.
    NoDraft,
    /// A document of a dossier that has no place in a bid.
    NotInABid(&'static str),
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::Unreadable(_) => "unreadable-file",
            Problem::LeadsOut => "link-out-of-dossier",
            Problem::TwoSystems => "two-places-for-systems",
            Problem::StrayDocument { .. } => "stray-document",
            Problem::NoDocument => "no-document",
            Problem::NoBidDocument(_) => "no-bid-document",
            Problem::NoDraft => "no-draft-contract",
            Problem::NotInABid(_) => "not-in-a-bid",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::Unreadable(words) => {
                (format!("ファイルを読めません（{words}）"), format!("the file cannot be read: {words}"))
            }
            Problem::LeadsOut => (
                "リンクの先が委託案件のフォルダーの外にあります".to_owned(),
                "the link leads out of the dossier".to_owned(),
            ),
            Problem::TwoSystems => (
                "system.yaml と systems フォルダーの両方があります".to_owned(),
                "both system.yaml and the folder systems are there".to_owned(),
            ),
            Problem::StrayDocument { .. } => (
                "このファイル名の文書は読み込まれません".to_owned(),
                "a document under this file name is not read".to_owned(),
            ),
            Problem::NoDocument => (
                "contract.yaml も system.yaml もありません".to_owned(),
                "there is neither contract.yaml nor system.yaml".to_owned(),
            ),
            Problem::NoBidDocument(file) => {
                (format!("提案の {file} がありません"), format!("the bid has no {file}"))
            }
            Problem::NoDraft => (
                "契約書案（contract.yaml）がありません".to_owned(),
                "there is no draft contract (contract.yaml)".to_owned(),
            ),
            Problem::NotInABid(name) => (
                format!("{name} は、提案のフォルダーには置けません"),
                format!("{name} has no place in the folder of a bid"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::LeadsOut => (
                "ファイルを委託案件のフォルダーの中に置いてください".to_owned(),
                "put the file itself into the dossier".to_owned(),
            ),
            Problem::TwoSystems => (
                "システムが一つなら system.yaml、複数なら systems/ だけにしてください".to_owned(),
                "keep system.yaml for one system, or systems/ for several".to_owned(),
            ),
            Problem::StrayDocument { wanted } => (
                format!("{wanted} という名前にするか、フォルダーの外に移してください"),
                format!("name it {wanted}, or move it out of the folder"),
            ),
            Problem::NoBidDocument(file) => (
                format!(
                    "応札者から受け取った {file} を置いてください（要件適合表からは hadome questionnaire import で作成できます）"
                ),
                format!(
                    "put the bidder's {file} there; hadome questionnaire import makes it from the answer sheet"
                ),
            ),
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}

/// Whether a folder holds a dossier.
pub fn is_dossier(folder: &Path) -> bool {
    let there = |name: &str| folder.join(name).is_file();
    there("contract.yaml") || there("system.yaml") || has_systems(folder) || is_misnamed(folder)
}

/// Whether a folder would be a dossier, were the names of its files right: to be refused, not skipped.
fn is_misnamed(folder: &Path) -> bool {
    let documents = [("contract.yml", Kind::Contract), ("system.yml", Kind::System)];
    documents.into_iter().any(|(name, kind)| announced(folder, name) == Some(kind))
}

fn has_systems(folder: &Path) -> bool {
    yaml_files(&folder.join(SYSTEMS)).is_ok_and(|files| !files.is_empty())
}

/// The folders that the parts of a dossier are read from: one, unless two states of a dossier are
/// compared part by part.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'f> {
    /// Of the contract.
    pub contract: &'f Path,
    /// Of systems and records.
    pub documents: &'f Path,
    /// Of the register of evidence and the files that it names.
    pub evidence: &'f Path,
    /// Of the waivers.
    pub waivers: &'f Path,
}

impl<'f> Parts<'f> {
    fn of(self, kind: Kind) -> &'f Path {
        match kind {
            Kind::Contract => self.contract,
            Kind::Evidence => self.evidence,
            Kind::Waivers => self.waivers,
            _ => self.documents,
        }
    }
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

/// Reads a bid: the draft contract of the tender in `tender`, and what stands in the bid's own folder.
/// `name` and `tender_name` are the folders as they are printed.
pub fn load_bid(folder: &Path, name: &str, tender: &Path, tender_name: &str, limits: &Limits) -> Loaded {
    let parts = Parts { contract: tender, documents: folder, evidence: folder, waivers: folder };
    let loaded = Loaded { name: name.to_owned(), ..Loaded::default() };
    let mut loader = Loader { parts, files: &BID_FILES, contract_name: tender_name, limits, loaded };
    loader.everything();
    loader.complete();
    loader.misplaced();
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

    /// Says which documents of a bid are missing.
    fn complete(&mut self) {
        let has =
            |loader: &Self, kind: Kind| loader.loaded.documents.iter().any(|parsed| parsed.kind == kind);
        for (file, kind) in [("system.yaml", Kind::System), ("offer.yaml", Kind::Offer)] {
            let path = display(&self.loaded.name, file);
            let tried = self.loaded.sources.files().iter().any(|known| known.path == path);
            if !has(self, kind) && !tried {
                let at = self.loaded.sources.add(path, None, None);
                self.diagnose(at, Problem::NoBidDocument(file));
            }
        }
        let draft = display(self.contract_name, "contract.yaml");
        if !self.loaded.sources.files().iter().any(|known| known.path == draft) {
            let at = self.loaded.sources.add(draft, None, None);
            self.diagnose(at, Problem::NoDraft);
        }
    }

    /// Documents of a dossier that have no place in a bid would otherwise be passed over in silence.
    fn misplaced(&mut self) {
        let known = |name: &str| name != "contract.yaml" && self.files.iter().any(|(file, _)| *file == name);
        let others: Vec<&'static str> =
            FILES.iter().map(|(file, _)| *file).filter(|file| !known(file)).collect();
        for name in others {
            if self.parts.documents.join(name).symlink_metadata().is_ok() {
                let file = self.loaded.sources.add(display(&self.loaded.name, name), None, None);
                self.diagnose(file, Problem::NotInABid(name));
            }
        }
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
        for file in files {
            self.read(&format!("{SYSTEMS}/{file}"), Kind::System);
        }
    }

    /// Reads the files that evidence names, each once.
    fn attachments(&mut self) {
        let evidence = self.loaded.documents.iter().find(|parsed| parsed.kind == Kind::Evidence);
        let items = evidence.and_then(|parsed| parsed.root.get("evidence")?.as_list()).unwrap_or_default();
        let named: BTreeSet<&str> = items.iter().filter_map(|item| item.get("file")?.as_text()).collect();
        let found =
            named.into_iter().map(|file| (file.to_owned(), attachment::read(self.parts.evidence, file)));
        self.loaded.attachments = found.collect();
    }

    /// A document of ours that nobody would read is an error, never silence.
    fn strays(&mut self) {
        for name in yaml_files(self.parts.documents).unwrap_or_default() {
            if FILES.iter().chain(self.files).any(|(file, _)| *file == name) {
                continue;
            }
            let Some(kind) = announced(self.parts.documents, &name) else { continue };
            let Some((wanted, _)) = self.files.iter().find(|(_, known)| *known == kind) else { continue };
            let file = self.loaded.sources.add(display(&self.loaded.name, &name), None, None);
            self.diagnose(file, Problem::StrayDocument { wanted });
        }
    }

    fn diagnose(&mut self, file: FileId, problem: impl Explain + 'static) {
        let span = Span { file, start: 0, end: 0 };
        self.loaded.diagnostics.push(Diagnostic::new(span, problem));
    }
}

/// The kind that the head of a file announces, read from its first bytes.
fn announced(folder: &Path, name: &str) -> Option<Kind> {
    let path = inside(folder, &folder.join(name)).ok()?;
    if !path.metadata().ok()?.is_file() {
        return None;
    }
    let mut head = Vec::new();
    fs::File::open(path).ok()?.take(4096).read_to_end(&mut head).ok()?;
    String::from_utf8_lossy(&head).lines().find_map(head_kind)
}

/// The kind in a line such as `hadome: contract/1`, also in quotes or in braces.
fn head_kind(line: &str) -> Option<Kind> {
    let rest = line.trim_start_matches('\u{feff}').trim_start_matches(['{', ' ', '"', '\'']);
    let rest = rest.strip_prefix("hadome")?.trim_start_matches(['"', '\'', ' ']);
    let word = rest.strip_prefix(':')?.trim().trim_start_matches(['"', '\'']).split('/').next()?;
    Kind::from_word(word)
}

/// The YAML files of a folder by name, in order; `.yml` too, so that it is noticed.
fn yaml_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            let lower = name.to_lowercase();
            lower.ends_with(".yaml") || lower.ends_with(".yml")
        })
        .collect();
    names.sort();
    Ok(names)
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

/// Follows links and refuses a path that leads out of the folder.
pub(super) fn inside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    if !path.symlink_metadata()?.is_symlink() {
        return Ok(path.to_owned());
    }
    let target = path.canonicalize()?;
    match target.starts_with(folder.canonicalize()?) {
        true => Ok(target),
        false => Err(io::Error::new(io::ErrorKind::PermissionDenied, "outside the dossier")),
    }
}

/// Reads a file, but no more of it than shows that it is too large.
pub(super) fn read_limited(path: &Path, limits: &Limits) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limits.file_bytes as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A path for people: the folder's name and the file, with `/`.
pub(super) fn display(folder: &str, file: &str) -> String {
    match folder {
        "" | "." => file.to_owned(),
        _ => format!("{}/{file}", folder.trim_end_matches('/')),
    }
}
