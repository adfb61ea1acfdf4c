//! Writes a file whole or not at all; a new one never over an old one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::{Console, Exit};
use crate::lang::Lang;
use crate::load::find::Found;

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

/// Endings by which other programs know what they open.
const KNOWN: [&str; 17] = [
    "csv", "doc", "docx", "htm", "html", "ics", "json", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "sarif",
    "xls", "xlsx", "xml",
];

/// Whether a file can be called so, where it can be written in these formats; says so where it cannot. An
/// ending that means nothing to other programs is nobody's business.
pub fn is_misnamed(output: Option<&Path>, formats: &[&str], console: &mut Console<'_>) -> bool {
    let Some(output) = output else { return false };
    let ending =
        output.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    if !KNOWN.contains(&ending.as_str()) || formats.contains(&ending.as_str()) {
        return false;
    }
    let can: Vec<String> = formats.iter().map(|ending| format!(".{ending}")).collect();
    let path = output.display();
    console.complain(&match console.lang {
        Lang::Ja => format!(
            "「{path}」：.{ending} のファイルは作成できません。末尾を{}としてください",
            can.join("、")
        ),
        Lang::En => {
            format!("`{path}`: no .{ending} file can be written; let the name end in {}", can.join(", "))
        }
    });
    true
}

/// Whether an output would replace a document of a dossier; says so.
pub fn is_input(output: &Path, found: &Found, console: &mut Console<'_>) -> bool {
    let (Ok(real), Ok(folder)) = (output.canonicalize(), found.folder.canonicalize()) else { return false };
    let document =
        real.starts_with(folder) && real.extension().is_some_and(|end| end == "yaml" || end == "yml");
    if document {
        let path = output.display();
        console.complain(&match console.lang {
            Lang::Ja => format!("{path} は読み込む文書の一つです。別の出力先を指定してください"),
            Lang::En => format!("{path} is one of the documents that are read; name another output"),
        });
    }
    document
}

/// Writes a document whole. One with other content, into which someone may have written, is left alone
/// unless the user said otherwise.
pub fn write_kept(target: &Path, text: &str, overwrite: bool, console: &mut Console<'_>) -> Exit {
    write_kept_bytes(target, text.as_bytes(), overwrite, console)
}

/// As [`write_kept`], for what is no text.
pub fn write_kept_bytes(target: &Path, bytes: &[u8], overwrite: bool, console: &mut Console<'_>) -> Exit {
    let path = target.display();
    let kept = !overwrite && target.is_file() && fs::read(target).map_or(true, |there| there != bytes);
    if kept {
        console.complain(&match console.lang {
            Lang::Ja => format!(
                "{path} は既にあり、内容が異なります。記入された内容を失わないため、上書きしていません（上書きするには --overwrite を付けてください）"
            ),
            Lang::En => format!(
                "{path} is there already with other content; it was left alone, so that nothing written \
                 into it is lost (--overwrite replaces it)"
            ),
        });
        return Exit::Broken;
    }
    match write_whole(target, bytes) {
        Ok(()) => Exit::Clean,
        Err(error) => {
            console.complain(&match console.lang {
                Lang::Ja => format!("{path} に書き込めません：{error}"),
                Lang::En => format!("cannot write {path}: {error}"),
            });
            Exit::Broken
        }
    }
}
