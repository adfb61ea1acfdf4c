//! The register for a spreadsheet: RFC 4180, in UTF-8 with a byte order mark, without which Excel takes
//! Japanese for another encoding. No cell is a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::columns::COLUMNS;
use crate::lang::Lang;
use crate::render::escape;
use crate::render::view::evidence::EvidenceView;

/// The whole table, titles first.
pub fn table(pieces: &[EvidenceView], lang: Lang) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    let titles = COLUMNS.iter().map(|column| escape::spreadsheet(&column.title(lang)));
    // A buffer in memory takes every row of text.
    let _ = writer.write_record(titles);
    for piece in pieces {
        let _ = writer
            .write_record(COLUMNS.iter().map(|column| escape::spreadsheet(&(column.cell)(piece, lang))));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
