//! The files that evidence names: read once, in constant memory, for their digest alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use super::tree::Node;
use crate::digest::Running;

/// What was found under a path that evidence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// A file of the dossier, with the SHA-256 of its bytes in hexadecimal and their number.
    Read {
        /// The digest.
        sha256: String,
        /// The length in bytes.
        bytes: u64,
    },
    /// Nothing is there.
    Missing,
    /// The path leads out of the dossier, by itself or through a link. It was not opened.
    Outside,
    /// A folder, a device or a pipe. It was not opened.
    NotAFile,
    /// The file changed while it was read.
    Unsteady,
    /// It could not be read, in the system's words.
    Unreadable(String),
}

/// Reads the files that a register of evidence names, each once.
pub fn read_all(folder: &Path, register: &Node) -> BTreeMap<String, Attachment> {
    let items = register.get("evidence").and_then(Node::as_list).unwrap_or_default();
    let named: BTreeSet<&str> = items.iter().filter_map(|item| item.get("file")?.as_text()).collect();
    named.into_iter().map(|file| (file.to_owned(), read(folder, file))).collect()
}

/// Reads the file at a path relative to a dossier's folder.
pub fn read(folder: &Path, relative: &str) -> Attachment {
    let relative = Path::new(relative);
    let below = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !below || relative.as_os_str().is_empty() {
        return Attachment::Outside;
    }
    let (real, home) = match (folder.join(relative).canonicalize(), folder.canonicalize()) {
        (Ok(real), Ok(home)) => (real, home),
        (Err(error), _) | (_, Err(error)) => return unread(&error),
    };
    if !real.starts_with(&home) {
        return Attachment::Outside;
    }
    match real.metadata() {
        Ok(found) if found.is_file() => digest(&real).unwrap_or_else(|error| unread(&error)),
        Ok(_) => Attachment::NotAFile,
        Err(error) => unread(&error),
    }
}

fn unread(error: &io::Error) -> Attachment {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Attachment::Missing,
        _ => Attachment::Unreadable(error.to_string()),
    }
}

/// Hashes a file piece by piece; one that grows, shrinks or is written to meanwhile is not vouched for.
fn digest(path: &Path) -> io::Result<Attachment> {
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    let (mut hasher, mut bytes) = (Running::default(), 0u64);
    let mut piece = vec![0u8; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => {
                hasher.add(&piece[..read]);
                bytes += read as u64;
            }
        }
        if bytes > before.len() {
            return Ok(Attachment::Unsteady);
        }
    }
    let after = fs::metadata(path)?;
    let steady = after.len() == bytes && before.modified().ok() == after.modified().ok();
    Ok(if steady { Attachment::Read { sha256: hasher.finish(), bytes } } else { Attachment::Unsteady })
}
