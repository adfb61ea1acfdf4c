//! What a document says comes back from Markdown as the same text, and changes no structure.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use hadome::render::escape::{markdown, markdown_code};
use hostile::{TRICKS, hostile};
use proptest::prelude::*;

#[path = "common/hostile.rs"]
mod hostile;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options
}

/// The kinds of all nodes in order, and all text in one piece; what is not plain text is named.
fn read(source: &str) -> (Vec<&'static str>, String) {
    let arena = Arena::new();
    let root = parse_document(&arena, source, &options());
    let (mut kinds, mut text) = (Vec::new(), String::new());
    walk(root, &mut kinds, &mut text);
    (kinds, text)
}

fn walk<'a>(node: &'a AstNode<'a>, kinds: &mut Vec<&'static str>, text: &mut String) {
    match &node.data.borrow().value {
        NodeValue::Text(words) => text.push_str(words),
        NodeValue::Code(code) => {
            kinds.push("code");
            text.push_str(&code.literal);
        }
        NodeValue::Document => kinds.push("document"),
        NodeValue::Paragraph => kinds.push("paragraph"),
        NodeValue::Heading(_) => kinds.push("heading"),
        NodeValue::Table(_) => kinds.push("table"),
        NodeValue::TableRow(_) => kinds.push("row"),
        NodeValue::TableCell => kinds.push("cell"),
        NodeValue::List(_) => kinds.push("list"),
        NodeValue::Item(_) => kinds.push("item"),
        NodeValue::Escaped => {}
        NodeValue::SoftBreak | NodeValue::LineBreak => kinds.push("break"),
        NodeValue::Link(_) => kinds.push("link"),
        NodeValue::HtmlInline(_) | NodeValue::HtmlBlock(_) => kinds.push("html"),
        _ => kinds.push("other"),
    }
    for child in node.children() {
        walk(child, kinds, text);
    }
}

/// What the text is, once line ends are spaces and control characters are visible.
fn plain(text: &str) -> String {
    hadome::render::escape::terminal(text).trim().to_owned()
}

fn check(hostile: &str) {
    let (want, escaped) = (plain(hostile), markdown(hostile));
    let spread = if want.is_empty() { "x" } else { "" };
    let cell = format!("| a | b |\n| --- | --- |\n| {escaped} | end |\n| next | row |\n");
    let (kinds, text) = read(&cell);
    let table = ["document", "table", "row", "cell", "cell", "row", "cell", "cell", "row", "cell", "cell"];
    assert_eq!(
        (kinds.as_slice(), text),
        (table.as_slice(), format!("ab{want}endnextrow")),
        "cell {hostile:?}"
    );
    let (kinds, text) = read(&format!("{escaped}{spread}\n"));
    assert_eq!((kinds, text), (vec!["document", "paragraph"], format!("{want}{spread}")), "line {hostile:?}");
    let (kinds, text) = read(&format!("before\n{escaped}{spread}\n"));
    let broken = vec!["document", "paragraph", "break"];
    assert_eq!((kinds, text), (broken, format!("before{want}{spread}")), "second line {hostile:?}");
    let (kinds, text) = read(&format!("# {escaped}{spread}\n"));
    assert_eq!(
        (kinds, text),
        (vec!["document", "heading"], format!("{want}{spread}")),
        "heading {hostile:?}"
    );
    let (kinds, text) = read(&format!("- {escaped}{spread}\n"));
    let item = vec!["document", "list", "item", "paragraph"];
    assert_eq!((kinds, text), (item, format!("{want}{spread}")), "item {hostile:?}");
    let (kinds, text) = read(&format!("> {escaped}{spread}\n"));
    let quote = vec!["document", "other", "paragraph"];
    assert_eq!((kinds, text), (quote, format!("{want}{spread}")), "quotation {hostile:?}");
    let (kinds, text) = read(&format!("| a |\n| --- |\n| {} |\n", markdown_code(hostile)));
    let kinds: Vec<_> = kinds.into_iter().filter(|kind| *kind != "code").collect();
    let one = vec!["document", "table", "row", "cell", "row", "cell"];
    assert_eq!((kinds, text), (one, format!("a{want}")), "code {hostile:?}");
}

#[test]
fn known_tricks_stay_text() {
    TRICKS.iter().for_each(|trick| check(trick));
}

#[test]
fn plain_words_stay_readable() {
    for text in
        ["契約書第12条第3項（p.5）", "a -> b", "snake_case", "R & D", "2026-04-01", "A社（B課）", "100%"]
    {
        assert_eq!(markdown(text), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_stays_text(text in hostile()) {
        check(&text);
    }
}
