//! A document as one HTML page: its Markdown read back, so that both say the same, with what a page can
//! have beyond Markdown. Nothing in it is fetched, nothing is executed.

mod columns;
mod marks;

use comrak::html::ChildRendering;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, create_formatter, parse_document};
use serde::Serialize;
use std::fmt::Write;

use self::marks::Marks;
use super::escape;
use super::markdown::{Faulty, Templates};
use crate::lang::Lang;

/// What a document's Markdown does not say by itself of its page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The document's title.
    pub title: String,
    /// 文書番号
    pub doc_number: Option<String>,
    /// 取扱区分
    pub classification: Option<String>,
    /// The numbers of findings, to which the page links.
    pub numbers: Vec<String>,
    /// The word that stands for what is to be filled in by hand.
    pub blank: &'static str,
    /// Whether each section begins on a sheet of its own when printed.
    pub sheets: bool,
}

/// What the template of the page sees.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// The language's code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// 文書番号
    pub doc_number: Option<String>,
    /// 取扱区分
    pub classification: Option<String>,
    /// Whether each section begins on a sheet of its own when printed.
    pub sheets: bool,
    /// The sections, each with its parts.
    pub contents: Vec<Section>,
    /// Title and title block, as HTML.
    pub opening: String,
    /// The sections, as HTML.
    pub body: String,
}

/// A heading that the table of contents names.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its id in the page.
    pub id: String,
    /// What it says.
    pub title: String,
    /// The headings one level below it.
    pub parts: Vec<Section>,
}

/// Writes a document, given as Markdown, as a page.
///
/// # Errors
/// The template of the page does not work.
pub fn html(templates: &Templates, markdown: &str, frame: &Frame, lang: Lang) -> Result<String, Faulty> {
    templates.page(&page(markdown, frame, lang))
}

fn page(markdown: &str, frame: &Frame, lang: Lang) -> Page {
    let markdown: String =
        markdown.chars().map(|c| if escape::is_nothing(c) { '\u{fffd}' } else { c }).collect();
    let arena = Arena::new();
    let options = options();
    let body = parse_document(&arena, &markdown, &options);
    let opening = arena.alloc(NodeValue::Document.into());
    let before: Vec<_> = body.children().take_while(|node| !is_section(node)).collect();
    for node in before {
        node.detach();
        opening.append(node);
    }
    let marks = Marks::new(frame.numbers.clone(), frame.blank, lang);
    let (opening, marks) = written(opening, &options, marks);
    let (body, marks) = written(body, &options, marks);
    Page {
        lang: lang.code(),
        title: frame.title.clone(),
        doc_number: frame.doc_number.clone(),
        classification: frame.classification.clone(),
        sheets: frame.sheets,
        contents: marks.contents(),
        opening,
        body,
    }
}

/// Tables as GitHub has them; HTML in a template of a user's own is text.
fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.render.escape = true;
    options
}

fn is_section(node: &AstNode<'_>) -> bool {
    matches!(&node.data().value, NodeValue::Heading(heading) if heading.level == 2)
}

fn written<'a>(root: &'a AstNode<'a>, options: &Options<'_>, marks: Marks) -> (String, Marks) {
    let mut html = String::new();
    // Writing into a text cannot fail.
    let marks = Formatter::format_document(root, options, &mut html, marks).unwrap_or_default();
    (html, marks)
}

create_formatter!(Formatter<Marks>, {
    NodeValue::Heading(ref heading) => |context, node, entering| {
        let level = heading.level;
        if entering {
            context.cr()?;
            let id = context.user.heading(level, || node.collect_text());
            match id {
                Some(id) => write!(context, "<h{level} id=\"{id}\">")?,
                None => write!(context, "<h{level}>")?,
            }
        } else {
            write!(context, "</h{level}>")?;
            context.lf()?;
        }
    },
    NodeValue::Item(_) => |context, node, entering| {
        if entering {
            context.cr()?;
            match context.user.finding(&node.collect_text()) {
                Some(at) => write!(context, "<li class=\"finding\" id=\"f{at}\">")?,
                None => context.write_str("<li>")?,
            }
        } else {
            context.write_str("</li>")?;
            context.lf()?;
        }
    },
    NodeValue::Strong => |context, node, entering| {
        match (entering, context.user.verdict(&node.collect_text())) {
            (true, Some(verdict)) => write!(context, "<strong class=\"verdict {}\">", verdict.word())?,
            (true, None) => context.write_str("<strong>")?,
            (false, _) => context.write_str("</strong>")?,
        }
    },
    NodeValue::Text(ref words) => |context, entering| {
        if entering {
            let blank = context.user.blank();
            let pieces: Vec<&str> = if blank.is_empty() { vec![words] } else { words.split(blank).collect() };
            for (at, piece) in pieces.into_iter().enumerate() {
                if at > 0 {
                    context.write_str("<span class=\"blank\">")?;
                    context.escape(blank)?;
                    context.write_str("</span>")?;
                }
                context.escape(piece)?;
            }
        }
    },
    // A page fetches nothing: of a picture stands what describes it.
    NodeValue::Image(_) => |entering| {
        if entering {
            return Ok(ChildRendering::Plain);
        }
    },
    NodeValue::Table(ref table) => |context, node, entering| {
        if entering {
            let columns = columns::columns(node, &table.alignments, context.user.blank());
            context.cr()?;
            let class = columns::class(&columns);
            if columns::is_wide(&columns) {
                context.write_str("<div class=\"scroll\" role=\"group\" tabindex=\"0\"")?;
                if let Some(id) = context.user.nearest().map(str::to_owned) {
                    write!(context, " aria-labelledby=\"{id}\"")?;
                }
                context.write_str(">")?;
                context.lf()?;
            }
            let widths = columns::percentages(&columns);
            context.user.enter_table(columns);
            write!(context, "<table{class}>")?;
            context.lf()?;
            if !widths.is_empty() {
                context.write_str("<colgroup>")?;
                for width in widths {
                    write!(context, "<col style=\"width: {width}%\" />")?;
                }
                context.write_str("</colgroup>")?;
                context.lf()?;
            }
        } else {
            if node.children().count() > 1 {
                context.write_str("</tbody>")?;
                context.lf()?;
            }
            context.write_str("</table>")?;
            context.lf()?;
            if context.user.leave_table() {
                context.write_str("</div>")?;
                context.lf()?;
            }
        }
    },
    NodeValue::TableRow(head) => |context, node, entering| {
        if entering {
            context.user.enter_row(head);
            let first = !head && node.previous_sibling().is_some_and(is_head);
            context.write_str(if head { "<thead>\n" } else if first { "<tbody>\n" } else { "" })?;
            context.write_str(if columns::is_long(node) { "<tr class=\"long\">" } else { "<tr>" })?;
        } else {
            context.write_str(if head { "</tr>\n</thead>\n" } else { "</tr>\n" })?;
        }
    },
    NodeValue::TableCell => |context, node, entering| {
        let cell = context.user.cell();
        if entering {
            write!(context, "<{}{}>", cell.tag, cell.attributes)?;
            if let Some(at) = context.user.number(&node.collect_text()) {
                write!(context, "<a href=\"#f{at}\">")?;
            }
        } else {
            if context.user.number(&node.collect_text()).is_some() {
                context.write_str("</a>")?;
            }
            write!(context, "</{}>", cell.tag)?;
            context.user.leave_cell();
        }
    },
});

fn is_head(row: &AstNode<'_>) -> bool {
    matches!(row.data().value, NodeValue::TableRow(true))
}
