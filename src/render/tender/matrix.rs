//! The matrix as one HTML page: filtered, sorted and read by keyboard through a small script of its own;
//! without the script everything is there to be read.

use serde::Serialize;

use super::view::{CellView, Finding, TenderView};
use crate::lang::Lang;
use crate::render::markdown::{Faulty, Templates};

/// The templates of the page: the page, its style sheet, its script.
pub const TEMPLATES: [&str; 3] = ["matrix.html.j2", "matrix.css.j2", "matrix.js"];

/// The page, ready for a template.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPage<'v> {
    /// The language's code.
    pub lang: &'static str,
    /// The comparison.
    pub tender: &'v TenderView,
    /// The families that occur, in the order of their first policy.
    pub families: Vec<Choice<'v>>,
    /// The verdicts that occur.
    pub verdicts: Vec<Choice<'v>>,
    /// The classes that occur.
    pub classes: Vec<Choice<'v>>,
    /// What is said of each bidder under each policy, in the order of the bidders and of the rows.
    pub sheets: Vec<Vec<Detail<'v>>>,
}

/// A choice of a filter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice<'v> {
    /// Its word.
    pub word: &'v str,
    /// What it is called.
    pub title: &'v str,
}

/// A cell with its reasons and places.
#[derive(Clone, Debug, Serialize)]
pub struct Detail<'v> {
    /// The policy's id.
    pub policy: &'v str,
    /// Its title.
    pub title: &'v str,
    /// What the class is called.
    pub class_title: &'v str,
    /// The points that could be had.
    pub most: Option<&'v str>,
    /// The cell.
    pub cell: &'v CellView,
    /// What was found, one for each target.
    pub findings: Vec<&'v Finding>,
}

/// What the style sheet prints on every page.
#[derive(Clone, Debug, Serialize)]
struct Margins<'v> {
    title: &'v str,
    handling: &'static str,
}

/// Writes the page.
///
/// # Errors
/// A template does not work.
pub fn html(templates: &Templates, tender: &TenderView, lang: Lang) -> Result<String, Faulty> {
    let margins = Margins {
        title: tender.title.as_deref().unwrap_or(lang.pick("提案比較表", "Comparison of bids")),
        handling: super::handling(lang),
    };
    templates.scripted(TEMPLATES, &matrix(tender, lang), &margins)
}

/// Makes the view of the page.
fn matrix(tender: &TenderView, lang: Lang) -> MatrixPage<'_> {
    let (mut families, mut verdicts, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    for row in tender.rows() {
        add(&mut families, &row.family, &row.family_title);
        add(&mut classes, row.class, row.class_title);
        for cell in row.cells.iter().flatten() {
            add(&mut verdicts, cell.verdict, cell.verdict_title);
        }
    }
    families.sort_by_key(|choice| choice.word);
    let sheets = tender.bidders.iter().enumerate().map(|(at, bidder)| {
        let details = tender.rows().filter_map(|row| {
            Some(Detail {
                policy: &row.policy,
                title: &row.title,
                class_title: row.class_title,
                most: row.points.as_deref(),
                cell: row.cells.get(at)?.as_ref()?,
                findings: bidder.findings.iter().filter(|one| one.policy == row.policy).collect(),
            })
        });
        details.collect()
    });
    MatrixPage { lang: lang.code(), tender, families, verdicts, classes, sheets: sheets.collect() }
}

fn add<'v>(choices: &mut Vec<Choice<'v>>, word: &'v str, title: &'v str) {
    let choice = Choice { word, title };
    if !choices.contains(&choice) {
        choices.push(choice);
    }
}
