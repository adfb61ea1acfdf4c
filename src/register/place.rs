//! Where in a text an entry or a key goes: ways to try, the best first. Whether one is right shows only
//! when the text is read again.

use super::Edit;
use super::draft::Draft;
use super::style::{Style, dash};
use super::write;
use crate::load::tree::{Entry, Node};

/// Ways to add an entry at the end of a list.
pub(super) fn append(text: &str, root: &Node, list: &str, entry: &Draft) -> Vec<Vec<Edit>> {
    let in_braces = begins_with(text, root, '{');
    let found = root.as_map().and_then(|map| map.entry(list));
    let key = found.map_or(column(text, root.span.start as usize), |found| at_column(text, found));
    let style = Style::of(text, key, found.map(|found| &found.value));
    let one_line = || write::flow_section(entry);
    let Some(found) = found else {
        if in_braces {
            return within(text, root, &format!("{list}: [{}]", one_line()));
        }
        let head = format!("{}{list}:{}", " ".repeat(key), style.end);
        let lines = head + &write::item(entry, key + style.dash, &style);
        let content = past_comments(text, root.span.end as usize, key);
        return vec![below(text, text.len(), &lines, &style), below(text, content, &lines, &style)];
    };
    let value = &found.value;
    match value.as_list() {
        Some([]) if !in_braces => {
            let mut ways = replaced(text, found, entry, &style);
            ways.extend(within(text, value, &one_line()));
            ways
        }
        Some(items) if begins_with(text, value, '[') => {
            let mut ways: Vec<Vec<Edit>> =
                on_its_own_line(text, items, &one_line(), &style).into_iter().collect();
            ways.extend(within(text, value, &one_line()));
            ways
        }
        Some(_) => {
            let Some((dash, _)) = dash(text, Some(value)) else { return Vec::new() };
            let mut lines = write::item(entry, dash, &style);
            if apart(text, value) {
                lines.insert_str(0, style.end);
            }
            let after = past_comments(text, value.span.end as usize, dash);
            let next = root.as_map().into_iter().flat_map(|map| map.entries());
            let next =
                next.map(|entry| entry.key_span.start as usize).find(|at| *at > value.span.end as usize);
            let next = next.map_or(text.len(), |at| line_start(text, at));
            vec![below(text, after, &lines, &style), below(text, next, &lines, &style)]
        }
        None if value.is_stated() => Vec::new(),
        None => vec![under(text, found, key, &write::item(entry, key + style.dash, &style), &style)]
            .into_iter()
            .flatten()
            .collect(),
    }
}

/// Ways to add a key to an entry of a list.
pub(super) fn complete(
    text: &str,
    root: &Node,
    (list, at): (&str, usize),
    key: &str,
    value: &Draft,
) -> Vec<Vec<Edit>> {
    let Some(found) = root.as_map().and_then(|map| map.entry(list)) else { return Vec::new() };
    let Some(entry) = found.value.as_list().and_then(|items| items.get(at)) else { return Vec::new() };
    let style = Style::of(text, at_column(text, found), Some(&found.value));
    let there = entry.as_map().and_then(|map| map.entry(key));
    if begins_with(text, entry, '{') {
        let line = format!("{key}: {}", write::flow_section(value));
        return if there.is_none() { within(text, entry, &line) } else { Vec::new() };
    }
    let keys = column(text, entry.span.start as usize);
    if let Some(there) = there {
        let lines = write::block(value, keys + style.step, &style).concat();
        return under(text, there, keys, &lines, &style).into_iter().collect();
    }
    let lines = write::section(key, value, keys, &style);
    let after = past_comments(text, entry.span.end as usize, keys);
    vec![below(text, after, &lines, &style)]
}

/// Below a key that has no value yet: behind its line and the comments that belong to it.
fn under(text: &str, found: &Entry, key: usize, lines: &str, style: &Style) -> Option<Vec<Edit>> {
    let end = found.key_span.end as usize;
    let rest = text.get(end..line_end(text, end))?.trim_start_matches(['"', '\'']).trim();
    let rest = rest.strip_prefix(':')?.trim();
    let free = rest.is_empty() || rest.starts_with('#');
    free.then(|| below(text, past_comments(text, end, key), lines, style))
}

/// In place of `[]`: the brackets go, the entry stands below the key.
fn replaced(text: &str, found: &Entry, entry: &Draft, style: &Style) -> Vec<Vec<Edit>> {
    let (start, end) = (found.value.span.start as usize, found.value.span.end as usize);
    let inside = text.get(start + 1..end.saturating_sub(1)).unwrap_or_default();
    if !inside.trim().is_empty() || !begins_with(text, &found.value, '[') {
        return Vec::new();
    }
    let key = at_column(text, found);
    let bare = text.get(..start).unwrap_or_default().trim_end_matches(' ').len();
    let mut edits = below(text, line_end(text, end), &write::item(entry, key + style.dash, style), style);
    edits.push(Edit { start: bare, end, text: String::new() });
    vec![edits]
}

/// Within brackets or braces, before the closing one.
fn within(text: &str, collection: &Node, added: &str) -> Vec<Vec<Edit>> {
    let Some(inside) = text.get(..(collection.span.end as usize).saturating_sub(1)) else {
        return Vec::new();
    };
    let at = inside.trim_end().len();
    let added = match inside.trim_end().chars().last() {
        Some('[' | '{') => added.to_owned(),
        Some(',') => format!(" {added}"),
        _ => format!(", {added}"),
    };
    vec![vec![Edit { start: at, end: at, text: added }]]
}

/// In a bracketed list whose entries stand on lines of their own: on one more.
fn on_its_own_line(text: &str, items: &[Node], added: &str, style: &Style) -> Option<Vec<Edit>> {
    let last = items.last()?.span;
    let (start, end) = (last.start as usize, last.end as usize);
    let indent = text.get(line_start(text, start)..start)?;
    if !indent.trim().is_empty() || start == 0 {
        return None;
    }
    let comma = text.get(end..)?.trim_start_matches([' ', '\t']);
    let (at, comma) = match comma.strip_prefix(',') {
        Some(rest) => (text.len() - rest.len(), ""),
        None => (end, ","),
    };
    Some(vec![Edit { start: at, end: at, text: format!("{comma}{}{indent}{added}", style.end) }])
}

/// On the lines that follow the line that ends at `at`.
fn below(text: &str, at: usize, lines: &str, style: &Style) -> Vec<Edit> {
    let end = line_end(text, at);
    let begins_line = at == line_start(text, at) && at > 0;
    let at = if begins_line { at } else { next_line(text, end) };
    let open = at == text.len() && !text.is_empty() && !text.ends_with(['\n', '\r']);
    let text = if open { format!("{}{lines}", style.end) } else { lines.to_owned() };
    vec![Edit { start: at, end: at, text }]
}

/// The end of the line in which something ends, or of the last comment behind it that is indented more
/// than a column and so belongs to it.
fn past_comments(text: &str, end: usize, column: usize) -> usize {
    let mut kept = line_end(text, end);
    let mut at = next_line(text, kept);
    while at < text.len() {
        let stop = line_end(text, at);
        let line = text.get(at..stop).unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if line.trim_start().starts_with('#') && indent > column {
            kept = stop;
        } else if !line.trim().is_empty() {
            break;
        }
        at = next_line(text, stop);
    }
    kept
}

/// Whether blank lines stand between the last two entries.
fn apart(text: &str, list: &Node) -> bool {
    let [.., before, last] = list.as_list().unwrap_or_default() else { return false };
    let between = text.get(before.span.end as usize..last.span.start as usize).unwrap_or_default();
    let lines: Vec<&str> = between.lines().collect();
    lines.len() > 2 && lines[1..lines.len() - 1].iter().any(|line| line.trim().is_empty())
}

fn begins_with(text: &str, node: &Node, bracket: char) -> bool {
    text.get(node.span.start as usize..).is_some_and(|rest| rest.starts_with(bracket))
}

fn at_column(text: &str, entry: &Entry) -> usize {
    column(text, entry.key_span.start as usize)
}

/// How many characters stand before a byte on its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    text.get(line_start(text, at)..at).unwrap_or_default().chars().count()
}

/// The first byte of the line in which a byte stands.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1)
}

/// The byte behind the last one of a line.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |end| at + end)
}

/// The first byte of the line behind a line's end.
fn next_line(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}
