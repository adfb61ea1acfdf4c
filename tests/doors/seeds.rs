//! Inputs from the files of the repository; nothing is copied into the tree.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::archive::pack;

/// The as-of date of every door.
pub fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

/// The repository.
pub fn home() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The fuzz targets are a package of their own, one folder below.
    own.parent().filter(|_| !own.join("examples").is_dir()).unwrap_or(own)
}

/// The files below some folders with one of these endings, up to a size.
pub fn files(folders: &[&str], endings: &[&str], most: usize) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| collect(&home().join(folder), &mut found));
    let wanted = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        endings.contains(&ending)
    };
    let mut texts: Vec<Vec<u8>> =
        found.iter().filter(|path| wanted(path)).map(|path| fs::read(path).expect("a file")).collect();
    texts.retain(|text| text.len() <= most);
    in_order(&mut texts);
    texts
}

/// The documents of each folder that has one of a name, as archives.
pub fn folders(below: &str, mark: &str, most: usize) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    collect(&home().join(below), &mut found);
    let mut packed = Vec::new();
    for folder in found.iter().filter(|path| path.ends_with(mark)).filter_map(|path| path.parent()) {
        packed.push(folder_of(folder));
    }
    packed.retain(|text| text.len() <= most);
    in_order(&mut packed);
    packed
}

/// The YAML and text files of one folder and of those below it, as an archive.
pub fn folder_of(folder: &Path) -> Vec<u8> {
    let mut found = Vec::new();
    collect(folder, &mut found);
    found.retain(|path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "txt"));
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
        (name, fs::read(path).expect("a file"))
    };
    let read: Vec<(String, Vec<u8>)> = found.iter().map(read).collect();
    pack(read.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}

/// Smallest first, each once.
pub fn in_order(seeds: &mut Vec<Vec<u8>>) {
    seeds.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    seeds.dedup();
}

/// All files below a folder, in order.
pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
