//! Several files in one input: a line `=== path` begins each. They are laid out in a scratch folder in
//! memory, and only below it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// What begins a file.
const HEAD: &[u8] = b"=== ";
/// More files than this are not laid out.
const FILES: usize = 24;

/// Puts files together.
pub fn pack<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Vec<u8> {
    let mut out = Vec::new();
    for (path, content) in files {
        out.extend_from_slice(HEAD);
        out.extend_from_slice(path.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(content);
        if !content.ends_with(b"\n") {
            out.push(b'\n');
        }
    }
    out
}

/// Takes files apart; what stands before the first head is nothing.
pub fn unpack(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut heads: Vec<usize> = Vec::new();
    for (at, _) in bytes.windows(HEAD.len()).enumerate().filter(|(_, window)| *window == HEAD) {
        if at == 0 || bytes[at - 1] == b'\n' {
            heads.push(at);
        }
    }
    let ends = heads.iter().skip(1).copied().chain([bytes.len()]);
    let files = heads.iter().zip(ends).filter_map(|(&start, end)| {
        let file = &bytes[start + HEAD.len()..end];
        let line = file.iter().position(|byte| *byte == b'\n').unwrap_or(file.len());
        let path = std::str::from_utf8(&file[..line]).ok()?;
        is_below(path).then(|| (path, file.get(line + 1..).unwrap_or_default()))
    });
    files.take(FILES).collect()
}

/// Whether a path stays below the scratch folder, and is one that every file system takes.
fn is_below(path: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        !part.is_empty() && part.len() < 60 && !part.starts_with('.') && part.chars().all(plain)
    };
    path.split('/').count() <= 4 && path.split('/').all(part)
}

/// A scratch folder, in memory where the system has such a place.
pub fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a scratch folder")
}

/// Lays files out in a scratch folder of their own. A file in the place of a folder is left out.
pub fn lay_out(bytes: &[u8]) -> TempDir {
    let folder = scratch();
    for (path, content) in unpack(bytes) {
        let path = folder.path().join(path);
        if let Some(parent) = path.parent()
            && fs::create_dir_all(parent).is_ok()
        {
            let _ = fs::write(path, content);
        }
    }
    folder
}
