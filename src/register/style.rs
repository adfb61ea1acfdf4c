//! How a register is written: its line ends, its indentation, whether dashes are indented.

use super::draft::Draft;
use super::place::{column, line_start};
use super::write;
use crate::load::tree::{Mapping, Node};
use crate::schema::Kind;

/// How what is added looks, so that it looks like the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The line end.
    pub end: &'static str,
    /// Columns from a key to the keys of its section.
    pub step: usize,
    /// Columns from a key to the dashes of its list.
    pub dash: usize,
    /// Columns from a dash to what it lists.
    pub gap: usize,
}

impl Style {
    /// What is used where there is nothing to follow.
    pub fn usual() -> Style {
        Style { end: "\n", step: 2, dash: 2, gap: 2 }
    }

    /// The style of a text, of its list (`list` stands under `key`) and of the last entry that shows it.
    pub fn of(text: &str, key: usize, list: Option<&Node>) -> Style {
        let mut style = Style { end: line_end(text), ..Style::usual() };
        let items = list.and_then(Node::as_list).unwrap_or_default();
        if let Some((dash, gap)) = dash(text, list) {
            style.dash = dash.saturating_sub(key);
            style.gap = gap;
            style.step = gap;
        }
        for map in items.iter().filter_map(Node::as_map) {
            nested(text, map, &mut style);
        }
        style
    }
}

/// Where the dashes of a block list stand, and how far behind them what they list.
pub(super) fn dash(text: &str, list: Option<&Node>) -> Option<(usize, usize)> {
    let list = list?;
    let own = |item: &&Node| item.span.start >= list.span.start && item.span.end <= list.span.end;
    let found = list.as_list()?.iter().filter(own).find_map(|item| {
        let start = item.span.start as usize;
        let before = text.get(line_start(text, start)..start)?;
        let indent = before.len() - before.trim_start_matches(' ').len();
        let plain = before.trim() == "-";
        before.trim_start().starts_with('-').then(|| (indent, if plain { before.len() - indent } else { 2 }))
    });
    let start = list.span.start as usize;
    found.or_else(|| text.get(start..)?.starts_with('-').then(|| (column(text, start), 2)))
}

/// What the sections and lists of an entry show.
fn nested(text: &str, entry: &Mapping, style: &mut Style) {
    for line in entry.entries() {
        let key = column(text, line.key_span.start as usize);
        let start = line.value.span.start as usize;
        let below = start > line_end_at(text, line.key_span.end as usize);
        if !below || text.get(start..).is_none_or(|rest| rest.starts_with(['{', '['])) {
            continue;
        }
        if line.value.as_map().is_some() {
            style.step = column(text, start).saturating_sub(key).max(1);
        }
        if let Some((dash, _)) = dash(text, Some(&line.value)) {
            style.dash = dash.saturating_sub(key);
        }
    }
}

fn line_end_at(text: &str, from: usize) -> usize {
    super::place::line_end(text, from)
}

/// The line end that a text uses first.
fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']).map(|at| &text[at..]) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// A register that begins, behind the comments that may stand there already.
pub(super) fn begin(kind: Kind, dossier: &str, before: &str, entry: &Draft) -> String {
    let style = Style { end: line_end(before), ..Style::usual() };
    let mut out = before.to_owned();
    if !out.is_empty() && !out.ends_with(['\n', '\r']) {
        out.push_str(style.end);
    }
    let (word, end) = (kind.word(), style.end);
    out.push_str(&format!(
        "hadome: {word}/1{end}id: {}{end}{word}:{end}",
        write::scalar(dossier, write::Within::Line)
    ));
    out.push_str(&write::item(entry, 2, &style));
    out
}
