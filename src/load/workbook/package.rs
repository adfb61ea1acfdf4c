//! Looks through the package of a workbook before anything reads it: what it is, what it unpacks to, and
//! whether its parts are what the reader can take. The one file that names the crate of the package.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, Problem, part};

/// How the files of Excel until 2003, and encrypted ones of any version, begin (MS-CFB 2.2).
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Finds out whether a file is a workbook that can be read within the limits.
///
/// # Errors
/// What it is instead, or what is wrong with it.
pub(super) fn look_through(bytes: &[u8], limits: &Limits) -> Result<(), Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if bytes.starts_with(COMPOUND) {
        let encrypted = holds(bytes, "EncryptedPackage") || holds(bytes, "EncryptionInfo");
        return Err(if encrypted { Problem::Protected } else { Problem::Xls });
    }
    if !bytes.starts_with(b"PK") {
        return Err(if is_text(bytes) { Problem::PlainText } else { Problem::NotAWorkbook });
    }
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("zip", &error))?;
    if package.len() > limits.parts {
        return Err(Problem::TooManyParts { limit: limits.parts });
    }
    let names: Result<Vec<String>, ZipError> =
        package.file_names().map(|name| Ok(name?.to_ascii_lowercase())).collect();
    known(&names.map_err(|error| damaged("zip", &error))?)?;
    let mut left = limits.unpacked_bytes;
    for at in 0..package.len() {
        let mut packed = package.by_index(at).map_err(|error| damaged("zip", &error))?;
        let name = packed.name().map_err(|error| damaged("zip", &error))?.into_owned();
        let mut text = Vec::new();
        let read = packed.by_ref().take(left as u64 + 1).read_to_end(&mut text);
        let words = |error: std::io::Error| Problem::Damaged { part: name.clone(), words: error.to_string() };
        if read.map_err(words)? > left {
            return Err(Problem::UnpacksTooLarge { limit: limits.unpacked_bytes });
        }
        left -= text.len();
        if is_xml(&name) {
            part::look_through(&name, &text)?;
        }
    }
    Ok(())
}

/// What kind of package it is, by the names in it, in lower case.
fn known(names: &[String]) -> Result<(), Problem> {
    let ends = |end: &str| names.iter().any(|name| name.ends_with(end));
    if ends("vbaproject.bin") || ends("vbadata.xml") {
        return Err(Problem::Macros);
    }
    if names.iter().any(|name| name == "mimetype" || name == "content.xml") {
        return Err(Problem::Ods);
    }
    if ends("workbook.bin") {
        return Err(Problem::Xlsb);
    }
    if !names.iter().any(|name| name == "[content_types].xml") || !ends("workbook.xml") {
        return Err(Problem::NotAWorkbook);
    }
    Ok(())
}

fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn damaged(part: &str, error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(words) if words.to_ascii_lowercase().contains("password") => {
            Problem::Protected
        }
        _ => Problem::Damaged { part: part.to_owned(), words: error.to_string() },
    }
}

/// Whether a name stands in a compound file, which writes names in UTF-16.
fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Whether a file that is no package looks like text, in UTF-8 or Shift_JIS.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    !head.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
}
