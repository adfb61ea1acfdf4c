//! Reads a file that a user names beside the dossiers: a report, the output of another run.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::lang::Lang;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The text of a file.
///
/// # Errors
/// There is no such file, it is too large, or it is not UTF-8; in words.
pub fn text(path: &Path, lang: Lang) -> Result<String, String> {
    let unreadable = |words: &str| match lang {
        Lang::Ja => format!("ファイルを読めません（{words}）"),
        Lang::En => format!("the file cannot be read: {words}"),
    };
    if !path.is_file() {
        return Err(unreadable(lang.pick("ファイルがありません", "there is no such file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error.to_string()))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(unreadable(lang.pick("256 MiBを超えています", "it is larger than 256 MiB")));
    }
    String::from_utf8(bytes).map_err(|_| unreadable(lang.pick("UTF-8ではありません", "it is not UTF-8")))
}
