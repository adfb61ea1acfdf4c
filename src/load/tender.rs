//! Reads the folder of a tender: `tender.yaml`, the draft contract, and one folder for each bid.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{display, inside};
use super::limits::Limits;
use super::single::{self, Single};

/// The document that makes a folder a tender.
pub const DOCUMENT: &str = "tender.yaml";

/// The folder of the bids.
pub const BIDS: &str = "bids";

/// A tender as it was read, its bids not yet.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The folder, as it is printed.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// `tender.yaml`.
    pub document: Single,
    /// The draft contract, as it was written.
    pub draft: Single,
    /// The names of the folders below `bids`, in order.
    pub bids: Vec<String>,
    /// Folders below `bids` that are links out of the tender.
    pub outside: Vec<String>,
}

/// Whether a folder holds a tender.
pub fn is_tender(folder: &Path) -> bool {
    folder.join(DOCUMENT).is_file()
}

/// Reads a tender.
pub fn load(folder: &Path, name: &str, limits: &Limits) -> Loaded {
    let path = folder.join(DOCUMENT);
    let document = single::read_as(&path, display(name, DOCUMENT), limits);
    let mut loaded = Loaded {
        name: name.to_owned(),
        folder: folder.to_owned(),
        document,
        draft: single::read_draft(folder, name, limits),
        ..Loaded::default()
    };
    let entries = fs::read_dir(folder.join(BIDS)).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.path().is_dir()) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') {
            continue;
        }
        match inside(folder, &entry.path()) {
            Ok(_) => loaded.bids.push(name),
            Err(_) => loaded.outside.push(name),
        }
    }
    loaded.bids.sort();
    loaded.outside.sort();
    loaded
}

impl Loaded {
    /// The folder of a bid, and how it is printed.
    pub fn bid(&self, id: &str) -> (PathBuf, String) {
        (self.folder.join(BIDS).join(id), display(&self.name, &format!("{BIDS}/{id}")))
    }
}
