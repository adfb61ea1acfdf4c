//! How the record travels: as one HTML comment, at the end of a Markdown report, before `</body>` of a
//! page. Taking it out gives the text back byte for byte.

use super::Record;
use crate::digest::sha256;
use crate::lang::Lang;
use crate::render::escape;

const START: &str = "<!-- hadome:provenance/";
const VERSION: &str = "1";
const END: &str = "-->";

/// A report taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsealed {
    /// Its text, without the record.
    pub text: String,
    /// The record.
    pub record: Record,
}

/// Why a report gives no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is none.
    NoRecord,
    /// It begins and does not end.
    CutOff,
    /// It is of another version.
    OtherVersion(String),
    /// It is not what the program writes, in the parser's words.
    Damaged(String),
}

impl Unreadable {
    /// What was found and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Unreadable::NoRecord => (
                "作成記録（hadome:provenance）がありません。hadome report が作成した報告書か、末尾が欠けていないかを確かめてください"
                    .to_owned(),
                "there is no record of provenance (hadome:provenance); check that `hadome report` wrote the \
                 file and that its end is not cut off"
                    .to_owned(),
            ),
            Unreadable::CutOff => (
                "作成記録が途中で切れています。報告書の末尾が失われているため、元のファイルを入手してください"
                    .to_owned(),
                "the record of provenance is cut off: the end of the report is lost; get the whole file"
                    .to_owned(),
            ),
            Unreadable::OtherVersion(version) => (
                format!("作成記録の版（{version}）は、このプログラムでは読めません。作成した版の hadome で確かめてください"),
                format!("this program cannot read version {version} of the record; use the hadome that wrote it"),
            ),
            Unreadable::Damaged(words) => (
                format!("作成記録を読めません（{words}）。記録が書き換えられたか、別の版の hadome が作成した報告書です"),
                format!("the record of provenance cannot be read ({words}); it was altered, or another version of hadome wrote it"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }
}

/// Puts a record, with the digest of the text, into a finished report.
pub fn seal(text: &str, mut record: Record) -> String {
    record.text = sha256(text.as_bytes());
    // Plain data cannot fail to serialise; should it, the record reads as damaged.
    let json = serde_json::to_string(&record).unwrap_or_default();
    let comment = format!("\n{START}{VERSION} {} {END}\n", escape::html_comment(json));
    let page = text.trim_end().ends_with("</html>");
    // A page of a user's own may leave `</body>` out, as HTML allows.
    let end = text.rfind("</body>").or_else(|| text.rfind("</html>"));
    let at = end.filter(|_| page).unwrap_or(text.len());
    [&text[..at], &comment, &text[at..]].concat()
}

/// Takes a report apart.
///
/// # Errors
/// There is no record, or none that can be read.
pub fn unseal(sealed: &str) -> Result<Unsealed, Unreadable> {
    let start = sealed.rfind(START).ok_or(Unreadable::NoRecord)?;
    let inside = &sealed[start + START.len()..];
    let length = inside.find(END).ok_or(Unreadable::CutOff)?;
    let (before, after) = (&sealed[..start], &inside[length + END.len()..]);
    let (version, json) =
        inside[..length].split_once(' ').ok_or_else(|| Unreadable::Damaged("-".to_owned()))?;
    if version != VERSION {
        return Err(Unreadable::OtherVersion(version.to_owned()));
    }
    let record = serde_json::from_str(json).map_err(|error| Unreadable::Damaged(error.to_string()))?;
    // An editor may have turned the line ends into those of Windows.
    let before = before.strip_suffix("\r\n").or(before.strip_suffix('\n')).unwrap_or(before);
    let after = after.strip_prefix("\r\n").or(after.strip_prefix('\n')).unwrap_or(after);
    Ok(Unsealed { text: [before, after].concat(), record })
}
