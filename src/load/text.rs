//! From the bytes of a file to its text, or to the reason why it is none.

use std::sync::Arc;

use super::limits::Limits;
use super::source::LineColumn;
use super::words::{Worded, Words};

/// Why the bytes of a file are no text that we read. Such a file has no spans, so that the
/// problem itself carries the line and the column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file is larger than the limit.
    TooLarge {
        /// The limit in bytes; no more of the file is read.
        limit: usize,
    },
    /// The text is in another encoding.
    Encoding {
        /// Which one.
        encoding: Encoding,
        /// The first character that is not UTF-8.
        at: LineColumn,
    },
    /// Something is not UTF-8, and no other encoding fits.
    NotUtf8 {
        /// The first such character.
        at: LineColumn,
        /// Its offset in the file, byte order mark included.
        byte: usize,
    },
    /// A NUL character.
    Nul {
        /// The first one.
        at: LineColumn,
    },
}

/// An encoding that is met in place of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, what old Windows programs call "Unicode".
    Utf16,
    /// Shift_JIS as Windows writes it (cp932).
    ShiftJis,
    /// EUC-JP, of old Unix systems.
    EucJp,
    /// ISO-2022-JP, of old e-mail.
    Iso2022Jp,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The text of a file, without its byte order mark.
///
/// # Errors
/// The file is too large, not UTF-8, or has NUL characters.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Arc<str>, Unreadable> {
    if bytes.len() > limits.file_bytes {
        return Err(Unreadable::TooLarge { limit: limits.file_bytes });
    }
    if is_utf16(bytes) {
        let at = LineColumn { line: 1, column: 1 };
        return Err(Unreadable::Encoding { encoding: Encoding::Utf16, at });
    }
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => {
            let valid = &body[..error.valid_up_to()];
            let at = end_of(&String::from_utf8_lossy(valid));
            return Err(match guess(body) {
                Some(encoding) => Unreadable::Encoding { encoding, at },
                None => {
                    let byte = bytes.len() - body.len() + valid.len();
                    Unreadable::NotUtf8 { at, byte }
                }
            });
        }
    };
    if let Some(at) = text.find("\u{1b}$") {
        let (encoding, at) = (Encoding::Iso2022Jp, end_of(&text[..at]));
        return Err(Unreadable::Encoding { encoding, at });
    }
    match text.find('\0') {
        Some(at) => Err(Unreadable::Nul { at: end_of(&text[..at]) }),
        None => Ok(Arc::from(text)),
    }
}

/// The place right after a text.
fn end_of(text: &str) -> LineColumn {
    let unified = text.replace("\r\n", "\n");
    let mut lines = unified.split(['\n', '\r']);
    let last = lines.next_back().unwrap_or_default();
    LineColumn { line: lines.count() + 1, column: last.chars().count() + 1 }
}

/// A byte order mark of UTF-16, or NULs that are many and nearly all on one side of the pairs.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let head = &bytes[..bytes.len().min(4096)];
    let nuls = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    even + odd > head.len() / 8 && (even > 9 * odd || odd > 9 * even)
}

/// The Japanese encoding that bytes which are not UTF-8 are probably in.
fn guess(bytes: &[u8]) -> Option<Encoding> {
    if is_damaged_utf8(bytes) {
        return None;
    }
    match (shift_jis(bytes), euc_jp(bytes)) {
        // Text in EUC-JP, read as Shift_JIS, is mostly half-width kana.
        (Some(sjis), Some(euc)) if euc >= 2 && sjis.kana > sjis.pairs => Some(Encoding::EucJp),
        (Some(sjis), _) if sjis.pairs >= 2 => Some(Encoding::ShiftJis),
        (_, Some(pairs)) if pairs >= 2 => Some(Encoding::EucJp),
        _ => None,
    }
}

/// Whether most of what is not ASCII is Japanese in UTF-8 after all: a cut or a stray byte. Other
/// characters prove nothing, since pairs of Shift_JIS happen to form them.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut japanese, mut other) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' => japanese += c.len_utf8(),
                _ => other += c.len_utf8(),
            }
        }
        other += chunk.invalid().len();
    }
    japanese >= other
}

struct ShiftJis {
    pairs: usize,
    kana: usize,
}

/// Counts what Shift_JIS makes of the bytes; `None` where they cannot be that.
fn shift_jis(bytes: &[u8]) -> Option<ShiftJis> {
    let mut found = ShiftJis { pairs: 0, kana: 0 };
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        match byte {
            0x00..=0x7f => {}
            0xa1..=0xdf => found.kana += 1,
            0x81..=0x9f | 0xe0..=0xfc => match rest.next() {
                Some(0x40..=0x7e | 0x80..=0xfc) => found.pairs += 1,
                Some(_) => return None,
                None => {}
            },
            _ => return None,
        }
    }
    Some(found)
}

/// Counts the characters that EUC-JP makes of the bytes; `None` where they cannot be that.
fn euc_jp(bytes: &[u8]) -> Option<usize> {
    let mut pairs = 0;
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        let follow = match byte {
            0x00..=0x7f => 0,
            0x8f => 2,
            0x8e | 0xa1..=0xfe => 1,
            _ => return None,
        };
        for _ in 0..follow {
            match rest.next() {
                Some(0xa1..=0xfe) | None => {}
                Some(_) => return None,
            }
        }
        pairs += usize::from(follow > 0);
    }
    Some(pairs)
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Encoding::Utf16 => "UTF-16",
            Encoding::ShiftJis => "Shift_JIS",
            Encoding::EucJp => "EUC-JP",
            Encoding::Iso2022Jp => "ISO-2022-JP",
        }
    }
}

impl Worded for Unreadable {
    fn words(&self) -> Words {
        const RESAVE: [&str; 2] = [
            "文字コードに「UTF-8」を選んで保存し直してください（メモ帳では「名前を付けて保存」の画面で選べます）。",
            "Save it again with the encoding UTF-8 (in Notepad: Save As, Encoding).",
        ];
        match self {
            Unreadable::TooLarge { limit } => Words::new(
                "file-too-large",
                format!("ファイルが大きすぎます（上限{limit}バイト）"),
                format!("the file is too large (at most {limit} bytes)"),
                ["別のファイルと取り違えていないか確かめてください。", "Check that this is the right file."],
            ),
            Unreadable::Encoding { encoding, at } => {
                let (name, LineColumn { line, column }) = (encoding.name(), at);
                Words::new(
                    "wrong-encoding",
                    format!("文字コードがUTF-8ではなく{name}のようです（{line}行目{column}文字目から）"),
                    format!("the file is not UTF-8 but probably {name} (from line {line}, column {column})"),
                    RESAVE,
                )
            }
            Unreadable::NotUtf8 { at: LineColumn { line, column }, byte } => Words::new(
                "not-utf8",
                format!("{line}行目{column}文字目がUTF-8の文字として読めません（先頭から{byte}バイト）"),
                format!("line {line}, column {column} is not valid UTF-8 (byte offset {byte})"),
                RESAVE,
            ),
            Unreadable::Nul { at: LineColumn { line, column } } => Words::new(
                "nul-character",
                format!("{line}行目{column}文字目に文字ではない値（NUL）があります"),
                format!("line {line}, column {column} is a NUL character"),
                [
                    "その文字を消すか、正しいファイルを指定してください。",
                    "Remove the character, or name the right file.",
                ],
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Explain;
    use crate::lang::Lang;

    fn read(bytes: &[u8]) -> Result<Arc<str>, Unreadable> {
        decode(bytes, &Limits::default())
    }

    fn encoding(bytes: &[u8]) -> Encoding {
        match read(bytes) {
            Err(Unreadable::Encoding { encoding, .. }) => encoding,
            other => panic!("{other:?}"),
        }
    }

    /// 契約書の目的
    const SHIFT_JIS: &[u8] = b"\x8c_\x96\xf1\x8f\x91\x82\xcc\x96\xda\x93I";
    const EUC_JP: &[u8] = b"\xb7\xc0\xcc\xf3\xbd\xf1\xa4\xce\xcc\xdc\xc5\xaa";

    #[test]
    fn plain_text_and_a_byte_order_mark() {
        assert_eq!(&*read("契約: 1\r\n".as_bytes()).unwrap(), "契約: 1\r\n");
        assert_eq!(&*read("\u{feff}契約: 1".as_bytes()).unwrap(), "契約: 1");
        assert_eq!(&*read(b"").unwrap(), "");
    }

    #[test]
    fn the_size_limit_counts_before_anything_else() {
        let limits = Limits { file_bytes: 3, ..Limits::default() };
        assert_eq!(decode(b"abcd", &limits), Err(Unreadable::TooLarge { limit: 3 }));
        assert!(decode(b"abc", &limits).is_ok());
    }

    #[test]
    fn utf16_with_and_without_a_mark() {
        let units: Vec<u16> = "hadome: contract/1\ntitle: 契約\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let mut marked = vec![0xff, 0xfe];
        marked.extend(&little);
        for bytes in [&little, &big, &marked] {
            assert_eq!(encoding(bytes), Encoding::Utf16);
        }
    }

    #[test]
    fn japanese_encodings_are_named_with_the_place() {
        let file = [b"id: x\ntitle: ", SHIFT_JIS, b"\n"].concat();
        let at = LineColumn { line: 2, column: 8 };
        assert_eq!(read(&file), Err(Unreadable::Encoding { encoding: Encoding::ShiftJis, at }));
        assert_eq!(encoding(&[b"title: ", EUC_JP, b"\n"].concat()), Encoding::EucJp);
        assert_eq!(encoding(b"title: \x1b$B7@Ls\x1b(B\n"), Encoding::Iso2022Jp);
    }

    #[test]
    fn broken_utf8_is_no_shift_jis() {
        let mut file = "名称: 契約書\n備考: あいうえお\n".as_bytes().to_vec();
        file[8] = 0xff;
        let at = LineColumn { line: 1, column: 5 };
        assert_eq!(read(&file), Err(Unreadable::NotUtf8 { at, byte: 8 }));
        let cut = &"備考: あいうえお".as_bytes()[..21];
        let at = LineColumn { line: 1, column: 9 };
        assert_eq!(read(cut), Err(Unreadable::NotUtf8 { at, byte: 20 }));
        assert!(matches!(read(b"a: caf\xe9"), Err(Unreadable::NotUtf8 { byte: 6, .. })));
    }

    #[test]
    fn nul_has_a_place() {
        let at = LineColumn { line: 2, column: 3 };
        assert_eq!(read("名: 1\r\nb:\0 2".as_bytes()), Err(Unreadable::Nul { at }));
    }

    #[test]
    fn the_sentence_names_place_and_remedy_in_both_languages() {
        let error = read(&[b"title: ", SHIFT_JIS].concat()).unwrap_err();
        assert_eq!(error.code(), "wrong-encoding");
        assert_eq!(
            error.message(Lang::Ja),
            "文字コードがUTF-8ではなくShift_JISのようです（1行目8文字目から）"
        );
        assert!(error.message(Lang::En).contains("probably Shift_JIS (from line 1, column 8)"));
        assert!(error.advice(Lang::Ja).unwrap().contains("UTF-8"));
    }
}
