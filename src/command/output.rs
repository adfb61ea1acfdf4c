//! Writes a file whole or not at all; a new one never over an old one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes beside the target, as `.<name>.part`, and renames when everything is on disk. An existing
/// file is replaced only by a whole one, and nothing partial is left behind. A device or a pipe, such
/// as /dev/stdout, is written to and never replaced.
///
/// # Errors
/// The folder cannot be written, the disk is full, the target is a folder.
pub fn write_whole(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = target.file_name().ok_or_else(|| io::Error::other("not a file name"))?;
    if target.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if target.metadata().is_ok_and(|found| !found.is_file()) {
        return OpenOptions::new().write(true).open(target)?.write_all(bytes);
    }
    let mut part = std::ffi::OsString::from(".");
    part.push(name);
    part.push(".part");
    let part = target.with_file_name(part);
    // One that an interrupted run left behind; a link in its place is removed, not followed.
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(&part)?;
    // Who may read the file is not for us to widen.
    let kept = target.metadata().map_or(Ok(()), |old| file.set_permissions(old.permissions()));
    let written = kept.and_then(|()| file.write_all(bytes)).and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| fs::rename(&part, target)).inspect_err(|_| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
    })
}

/// Writes a new file, and the folders that it needs. What is there, or came to be there in the
/// meantime, is never overwritten.
///
/// # Errors
/// The file exists, the folder cannot be written, the disk is full.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
