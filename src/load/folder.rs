//! The folder that files are read from: nothing outside it is opened, and no more of a file than is needed.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::limits::Limits;

/// The YAML files of a folder by name, in order; `.yml` too, so that it is noticed.
pub(super) fn yaml_files(folder: &Path) -> io::Result<Vec<String>> {
    names(folder, &[".yaml", ".yml"])
}

/// The names in a folder that end in one of these, in order.
pub(super) fn names(folder: &Path, endings: &[&str]) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            let lower = name.to_lowercase();
            endings.iter().any(|ending| lower.ends_with(ending))
        })
        .collect();
    names.sort();
    Ok(names)
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
