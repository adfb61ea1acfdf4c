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

    /// Lines and columns of a span's first byte and of the one past its last.
    pub fn positions(&self, span: Span) -> (LineColumn, LineColumn) {
        let start = self.position(span.start);
        let text = self.text.as_deref().unwrap_or_default();
        let inside = text.get(span.start as usize..span.end as usize);
        let end = match inside.filter(|inside| !inside.contains(['\n', '\r'])) {
            Some(inside) => LineColumn { column: start.column + inside.chars().count(), ..start },
            None => self.position(span.end),
        };
        (start, end)
    }
}

/// The path of a file within its dossier, from the path for people.
pub fn within<'p>(folder: &str, path: &'p str) -> &'p str {
    let below = path.strip_prefix(folder.trim_end_matches('/'));
    below.and_then(|path| path.strip_prefix('/')).unwrap_or(path)
}

fn line_starts(text: &str) -> Vec<u32> {
    let start = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let mut starts = vec![0];
    if !text.contains('\r') {
        starts.extend(text.match_indices('\n').map(|(at, _)| start(at)));
        return starts;
    }
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let ends = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            starts.push(start(at));
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tree::FileId;

    #[test]
    fn both_ends_of_a_span_are_where_each_is_by_itself() {
        for text in ["", "あ: 1\nべ: [2,\n 3]\n", "a: 1\r\nb: 二\r\n", "a\rb\n\rc", "一行"] {
            let mut sources = Sources::default();
            let file = sources.add("a.yaml".to_owned(), Some(text.into()), None);
            let ends: Vec<u32> = (0..=text.len() as u32 + 2).collect();
            for &start in &ends {
                for &end in ends.iter().filter(|end| **end >= start) {
                    let found = sources.file(file).positions(Span { file, start, end });
                    let file = sources.file(file);
                    assert_eq!(found, (file.position(start), file.position(end)), "{text:?} {start}..{end}");
                }
            }
            assert_eq!(FileId(0), file);
        }
    }

    #[test]
    fn lines_end_alike_with_and_without_a_carriage_return_somewhere() {
        let (plain, other) = ("a\nbb\n\nc", "a\nbb\n\nc\r");
        assert_eq!(line_starts(plain), [0, 2, 5, 6]);
        assert_eq!(line_starts(other), [0, 2, 5, 6, 8]);
    }
}
