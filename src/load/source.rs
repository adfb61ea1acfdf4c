//! The texts of a dossier's files, and how a byte offset becomes a line and a column.

use std::sync::{Arc, OnceLock};

use super::tree::{FileId, Span};

/// The files of one run's unit of work (a dossier, a policy folder), by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path to print: relative, with `/`.
    pub path: String,
    /// The text after a byte order mark; `None` where the file could not be read as text.
    pub text: Option<Arc<str>>,
    /// SHA-256 of the bytes on disk, in hexadecimal; `None` where the file could not be read.
    pub sha256: Option<String>,
    /// Byte offsets at which lines begin.
    lines: OnceLock<Vec<u32>>,
}

/// A place as people read it: 1-based line, 1-based column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Sources {
    /// Adds a file and says its id.
    pub fn add(&mut self, path: String, text: Option<Arc<str>>, sha256: Option<String>) -> FileId {
        let id = FileId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push(SourceFile { path, text, sha256, lines: OnceLock::new() });
        id
    }

    /// All files, in the order in which they were read.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// All files, to change what is shown of them.
    pub fn files_mut(&mut self) -> &mut [SourceFile] {
        &mut self.files
    }

    /// One file, to change what is shown of it.
    pub fn file_mut(&mut self, id: FileId) -> &mut SourceFile {
        &mut self.files[usize::from(id.0)]
    }

    /// One file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[usize::from(id.0)]
    }

    /// Line and column of a span's first byte.
    pub fn position(&self, span: Span) -> LineColumn {
        self.file(span.file).position(span.start)
    }

    /// The text under a span; empty where the file could not be read.
    pub fn text(&self, span: Span) -> &str {
        let text = self.file(span.file).text.as_deref().unwrap_or_default();
        text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

impl SourceFile {
    /// Line and column of a byte offset. A lone carriage return ends a line too.
    pub fn position(&self, offset: u32) -> LineColumn {
        let text = self.text.as_deref().unwrap_or_default();
        let lines = self.lines.get_or_init(|| line_starts(text));
        let line = lines.partition_point(|&start| start <= offset).max(1);
        let start = lines[line - 1] as usize;
        let before = text.get(start..(offset as usize).min(text.len())).unwrap_or_default();
        LineColumn { line, column: before.chars().count() + 1 }
    }
}

/// The path of a file within its dossier, from the path for people.
pub fn within<'p>(folder: &str, path: &'p str) -> &'p str {
    let below = path.strip_prefix(folder.trim_end_matches('/'));
    below.and_then(|path| path.strip_prefix('/')).unwrap_or(path)
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, &byte) in bytes.iter().enumerate() {
        let ends = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
        }
    }
    starts
}
