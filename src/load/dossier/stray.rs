//! Documents of ours under a name that nobody would read.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::{FILES, Loader, Problem};
use crate::load::folder::{display, inside, names, yaml_files};
use crate::schema::Kind;

impl Loader<'_> {
    /// A document of ours that nobody would read is an error, never silence.
    pub(super) fn strays(&mut self) {
        let hidden = names(self.parts.documents, &[".yaml.txt", ".yml.txt"]).unwrap_or_default();
        for name in hidden {
            if announced(self.parts.documents, &name)
                .is_some_and(|kind| self.files.iter().any(|(_, known)| *known == kind))
            {
                let file = self.loaded.sources.add(display(&self.loaded.name, &name), None, None);
                self.diagnose(file, Problem::HiddenEnding);
            }
        }
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
}

/// Whether a folder would be a dossier, were the names of its files right: to be refused, not skipped.
pub(super) fn is_misnamed(folder: &Path) -> bool {
    let documents = [("contract.yml", Kind::Contract), ("system.yml", Kind::System)];
    documents.into_iter().any(|(name, kind)| announced(folder, name) == Some(kind))
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
