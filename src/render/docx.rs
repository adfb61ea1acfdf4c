//! A Markdown document as DOCX (Office Open XML), so that both say the same: A4, Japanese fonts, each
//! part and each form on a page of its own. The same text gives the same bytes: no clock, no random id.

mod stance;
mod width;

use std::io::Cursor;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use docx_rs::{
    AlignmentType, Docx, FieldCharType, Footer, HeightRule, InstrPAGE, InstrText, LineSpacing,
    LineSpacingType, PageMargin, Paragraph, Run, RunFonts, Shading, SpecialIndentType, Style, StyleType,
    Table, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use self::stance::{Stance, stance};
use super::escape;

/// A4, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// The margin on each side: 25 mm.
const MARGIN: i32 = 1_417;
/// The width between the margins.
const TEXT_WIDTH: usize = 11_906 - 2 * 1_417;
/// The size of the text, in half points: 10.5 points, as Japanese word processors have it.
const SIZE: usize = 21;
/// The width of one full-width character of the text, in twentieths of a point.
const EM: i32 = 210;
/// Where the right half of a line begins.
const HALF: i32 = 16 * EM;
/// The least height of a row that is written into by hand: 7 mm.
const WRITTEN: f32 = 397.0;
/// The least height of any other row.
const PRINTED: f32 = 280.0;
/// The typeface of the text; readers without it take their own Ming typeface.
const SERIF: &str = "ＭＳ 明朝";
/// The typeface of headings and of the heads of tables.
const SANS: &str = "ＭＳ ゴシック";

/// Writes a Markdown document as DOCX.
///
/// # Errors
/// What the writer of the archive says.
pub fn docx(markdown: &str) -> Result<Vec<u8>, String> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    let root = parse_document(&arena, markdown, &options);
    let mut writer = Writer::default();
    for node in root.children() {
        writer.block(node, 0);
    }
    let mut bytes = Cursor::new(Vec::new());
    let document = writer.blocks.into_iter().fold(empty(), |document, block| match block {
        Block::Paragraph(paragraph) => document.add_paragraph(*paragraph),
        Block::Table(table) => document.add_table(*table),
    });
    document.build().pack(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// A document without text: its page, fonts, styles and page numbers.
fn empty() -> Docx {
    let page = Paragraph::new().align(AlignmentType::Center).add_run(
        Run::new()
            .add_field_char(FieldCharType::Begin, false)
            .add_instr_text(InstrText::PAGE(InstrPAGE::new()))
            .add_field_char(FieldCharType::Separate, false)
            .add_text("1")
            .add_field_char(FieldCharType::End, false),
    );
    let margin = PageMargin::new().top(MARGIN).right(MARGIN).bottom(MARGIN).left(MARGIN).footer(700);
    let document = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(fonts(SERIF))
        .default_size(SIZE)
        .footer(Footer::new().add_paragraph(page));
    let headings = [("Title", "Title", 28, 0), ("Heading1", "heading 1", 26, 0)]
        .into_iter()
        .chain([("Heading2", "heading 2", 22, 1), ("Heading3", "heading 3", 21, 2)]);
    headings.fold(document, |document, (id, name, size, level)| {
        let style = Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal");
        let style = style.size(size).fonts(fonts(SANS)).q_format(true);
        document.add_style(if id == "Title" { style } else { style.outline_lvl(level) })
    })
}

fn fonts(name: &str) -> RunFonts {
    RunFonts::new().ascii(name).hi_ansi(name).east_asia(name).cs(name)
}

/// What stood before, as far as it bears on a page break.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The heading of a part.
    Part,
    /// Anything else.
    Other,
}

/// A block of the document.
enum Block {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    before: Option<Before>,
}

impl Writer {
    fn add(&mut self, paragraph: Paragraph) {
        self.blocks.push(Block::Paragraph(Box::new(paragraph)));
    }

    fn block<'a>(&mut self, node: &'a AstNode<'a>, depth: usize) {
        let heading = match &node.data().value {
            NodeValue::Heading(heading) => Some(heading.level),
            _ => None,
        };
        match &node.data().value {
            NodeValue::Heading(heading) => self.heading(node, heading.level),
            NodeValue::Paragraph => self.paragraph(node, depth),
            NodeValue::BlockQuote => node.children().for_each(|inner| self.quoted(inner)),
            NodeValue::List(_) => node.children().for_each(|item| self.item(item, depth)),
            NodeValue::Table(_) => self.table(node),
            NodeValue::CodeBlock(code) => {
                code.literal.lines().for_each(|line| self.add(spaced(0).add_run(run(line, Look::default()))));
            }
            _ => {}
        }
        self.before = Some(if heading == Some(2) { Before::Part } else { Before::Other });
    }

    fn heading<'a>(&mut self, node: &'a AstNode<'a>, level: u8) {
        let (style, space) = match level {
            1 => ("Title", 240),
            2 => ("Heading1", 240),
            3 => ("Heading2", 200),
            _ => ("Heading3", 160),
        };
        let form = node.collect_text().starts_with("様式第") && self.before != Some(Before::Part);
        let spacing = LineSpacing::new().before(space).after(100);
        let paragraph = Paragraph::new().style(style).line_spacing(spacing).keep_next(true);
        let paragraph = if level == 1 { paragraph.align(AlignmentType::Center) } else { paragraph };
        let paragraph =
            if level == 2 || level == 3 && form { paragraph.page_break_before(true) } else { paragraph };
        self.add(inline(node, Look::default(), paragraph));
    }

    fn paragraph<'a>(&mut self, node: &'a AstNode<'a>, depth: usize) {
        let text = node.collect_text();
        let paragraph = match stance(&text) {
            _ if depth > 0 => spaced(indent(depth)),
            Stance::Hanging { left, hangs } => {
                let special = SpecialIndentType::Hanging(EM / 2 * hangs);
                spaced(0).indent(Some(EM / 2 * left), Some(special), None, None)
            }
            Stance::Date => spaced(0).align(AlignmentType::Right),
            Stance::Signature => spaced(HALF),
            Stance::Plain => spaced(0),
        };
        self.add(inline(node, Look::default(), paragraph));
    }

    fn quoted<'a>(&mut self, node: &'a AstNode<'a>) {
        let look = Look { size: Some(SIZE - 3), colour: Some("595959"), ..Look::default() };
        let paragraph = spaced(0).indent(Some(2 * EM), None, None, None);
        self.add(inline(node, look, paragraph));
    }

    fn item<'a>(&mut self, item: &'a AstNode<'a>, depth: usize) {
        let mut first = true;
        for node in item.children() {
            if matches!(node.data().value, NodeValue::Paragraph) && first {
                let special = SpecialIndentType::Hanging(EM);
                let paragraph = spaced(0).indent(Some(indent(depth + 1)), Some(special), None, None);
                let paragraph = paragraph.add_run(run("・", Look::default()));
                self.add(inline(node, Look::default(), paragraph));
            } else {
                self.block(node, depth + 1);
            }
            first = false;
        }
    }

    fn table<'a>(&mut self, node: &'a AstNode<'a>) {
        let widths = width::columns(node, TEXT_WIDTH);
        let rows = node.children().map(|row| {
            let head = matches!(row.data().value, NodeValue::TableRow(true));
            let by_hand = row.children().any(|cell| cell.collect_text().trim().is_empty());
            let cells = row.children().zip(&widths).map(|(cell, width)| {
                let line = LineSpacing::new().line_rule(LineSpacingType::Auto).line(240);
                let look = Look { sans: head, size: Some(SIZE - 2), ..Look::default() };
                let filled = TableCell::new().width(*width, WidthType::Dxa);
                let filled = filled.add_paragraph(inline(cell, look, Paragraph::new().line_spacing(line)));
                if head { filled.shading(Shading::new().fill("E7E6E6")) } else { filled }
            });
            let cells = cells.collect();
            let height = if by_hand { WRITTEN } else { PRINTED };
            TableRow::new(cells).row_height(height).height_rule(HeightRule::AtLeast).cant_split()
        });
        let table = Table::new(rows.collect())
            .set_grid(widths.clone())
            .layout(TableLayoutType::Fixed)
            .width(widths.iter().sum(), WidthType::Dxa)
            .margins(TableCellMargins::new().margin(40, 80, 40, 80));
        self.blocks.push(Block::Table(Box::new(table)));
        // Two tables in a row would become one.
        self.add(Paragraph::new().size(SIZE / 2));
    }
}

/// How far an item of a list is indented.
fn indent(depth: usize) -> i32 {
    EM * i32::try_from(depth).unwrap_or(i32::MAX / EM)
}

fn spaced(left: i32) -> Paragraph {
    let spacing = LineSpacing::new().line_rule(LineSpacingType::Auto).line(300).after(40);
    let paragraph = Paragraph::new().line_spacing(spacing);
    if left == 0 { paragraph } else { paragraph.indent(Some(left), None, None, None) }
}

/// How words look beside the text.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    sans: bool,
    size: Option<usize>,
    colour: Option<&'static str>,
}

/// The words of a node, as runs of a paragraph.
fn inline<'a>(node: &'a AstNode<'a>, look: Look, paragraph: Paragraph) -> Paragraph {
    node.children().fold(paragraph, |paragraph, inner| {
        let text = match &inner.data().value {
            NodeValue::Text(text) => text.to_string(),
            NodeValue::Code(code) => code.literal.clone(),
            // HTML in a template of a user's own is text.
            NodeValue::HtmlInline(html) => html.clone(),
            NodeValue::SoftBreak | NodeValue::LineBreak => " ".to_owned(),
            _ => String::new(),
        };
        let bold = look.bold || matches!(inner.data().value, NodeValue::Strong);
        match text.is_empty() {
            true => inline(inner, Look { bold, ..look }, paragraph),
            false => paragraph.add_run(run(&text, Look { bold, ..look })),
        }
    })
}

/// What XML cannot hold, or what would turn the direction of writing around, becomes U+FFFD.
fn run(text: &str, look: Look) -> Run {
    let text = escape::terminal(text);
    let text: String = text.chars().map(|c| if escape::is_nothing(c) { '\u{fffd}' } else { c }).collect();
    let mut run = Run::new().add_text(text);
    if look.bold {
        run = run.bold();
    }
    if look.sans {
        run = run.fonts(fonts(SANS));
    }
    if let Some(size) = look.size {
        run = run.size(size);
    }
    if let Some(colour) = look.colour {
        run = run.color(colour);
    }
    run
}
