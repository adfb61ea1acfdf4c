//! The sheet of a list: one row for each item, one column for each field.

use super::super::workbook::Colour;
use super::super::workbook::{Area, Cell, Column, Row, Sheet, Style};
use super::{Sheets, check, example, input, page, told, unit};
use crate::lang::Lang;
use crate::questionnaire::filled::Told;
use crate::questionnaire::key;
use crate::register::draft::Written;
use crate::schema::Shape;

/// How many rows stay free for items.
const FREE: usize = 15;

/// The sheet of one of the lists.
pub(super) fn sheet(sheets: &Sheets<'_>) -> Sheet {
    let (lang, list) = (sheets.lang, &sheets.form.lists[sheets.at]);
    let filled = sheets.filled.lists.get(&list.path);
    let items = filled.map(Vec::as_slice).unwrap_or_default();
    let key_cell = |text: &str| Cell::text(text, Style::Key);
    let names = list.columns.iter().map(|(path, _)| path.as_str());
    let names: Vec<&str> =
        ["number"].into_iter().chain(names).chain([key::ITEM_PAGE, key::ITEM_REMARK]).collect();
    let mark = format!("{}{}", key::LIST, list.path);
    let head = std::iter::once(key_cell(&mark)).chain(names.iter().map(|name| key_cell(name)));
    let mut rows = vec![Row::hidden(head.collect())];
    let title = list.field.title(lang);
    rows.push(Row::of(vec![key_cell(key::FRAME), Cell::text(title, Style::Title)]));
    rows.push(Row::of(vec![key_cell(key::FRAME), Cell::text(told(list.field, lang), Style::Plain)]));
    let none = filled.is_some_and(Vec::is_empty);
    let tick = if none { Cell::text("○", Style::Input) } else { Cell::blank(Style::Input) };
    rows.push(Row::of(vec![
        key_cell(key::NONE),
        Cell::text(lang.pick("該当なし", "none"), Style::Word),
        tick,
        Cell::text(
            lang.pick(
                "該当するものがないときは、左の欄に○を記入してください（空欄は、回答なしとして扱います）。",
                "Where there are none, tick the cell to the left; blank means no answer.",
            ),
            Style::Plain,
        ),
    ]));
    rows.push(heads(sheets));
    rows.push(hints(sheets));
    let top = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let count = items.len() + FREE;
    for at in 0..count {
        let item = items.get(at);
        let value = |path: &str| item.and_then(|item| item.values.get(path));
        let fields = list
            .columns
            .iter()
            .map(|(path, field)| input(value(path).map(|value| (value, *field)), Some(field.shape()), lang));
        let page = item.and_then(|item| item.page).map(|page| Told::Value(Written::Int(page)));
        let remark = item.and_then(|item| item.remark.as_ref());
        let mut cells = vec![key_cell(key::ITEM), Cell::number((at + 1) as f64, Style::Number)];
        cells.extend(fields);
        cells.push(input(page.as_ref().map(|page| (page, list.field)), Some(Shape::Int), lang));
        cells.push(
            remark.map_or(Cell::blank(Style::Input), |remark| Cell::text(remark.as_str(), Style::Input)),
        );
        rows.push(Row::of(cells));
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_sub(1);
    let checks = (2u16..)
        .zip(&list.columns)
        .filter_map(|(column, (_, field))| check(Area::column(column, top, last), *field, lang));
    let width = |shape: Shape| match shape {
        Shape::Bool => 12.0,
        Shape::Int | Shape::Number => 12.0,
        Shape::Date => 15.0,
        _ => 22.0,
    };
    let mut columns = vec![Column::hidden(), Column::wide(8.0)];
    columns.extend(list.columns.iter().map(|(_, field)| Column::wide(width(field.shape()))));
    columns.extend([Column::wide(10.0), Column::wide(26.0)]);
    Sheet {
        name: sheets.names[sheets.at].clone(),
        columns,
        rows,
        frozen: (top, 3),
        repeated_rows: Some(top),
        page: page(sheets),
        tab: Some(Colour::Yellow),
        checks: checks.collect(),
        protected: true,
        ..Sheet::default()
    }
}

fn heads(sheets: &Sheets<'_>) -> Row {
    let (lang, list) = (sheets.lang, &sheets.form.lists[sheets.at]);
    let head = |text: &str| Cell::text(text, Style::Head);
    let mut cells = vec![Cell::text(key::FRAME, Style::Key), head(lang.pick("番号", "no."))];
    cells.extend(list.columns.iter().map(|(_, field)| {
        let unit = unit(*field, lang);
        match unit.is_empty() {
            true => head(field.title(lang)),
            false => match lang {
                Lang::Ja => head(&format!("{}（{unit}）", field.title(lang))),
                Lang::En => head(&format!("{} ({unit})", field.title(lang))),
            },
        }
    }));
    cells.extend([head(lang.pick("提案書の頁", "page")), head(lang.pick("備考", "remark"))]);
    Row::of(cells)
}

fn hints(sheets: &Sheets<'_>) -> Row {
    let (lang, list) = (sheets.lang, &sheets.form.lists[sheets.at]);
    let note = |text: String| Cell::text(text, Style::Note);
    let mut cells = vec![Cell::text(key::FRAME, Style::Key), note(String::new())];
    cells.extend(list.columns.iter().map(|(path, field)| {
        match (path.as_str(), field.shape()) {
            ("id", _) => note(
                lang.pick(
                    "英小文字、数字及びハイフン。空欄のときは自動で付けます。",
                    "left blank, one is made",
                )
                .to_owned(),
            ),
            (_, Shape::Text) => note(
                format!(
                    "{}
{}",
                    told(*field, lang),
                    example(*field, lang)
                )
                .trim()
                .to_owned(),
            ),
            _ => note(example(*field, lang)),
        }
    }));
    cells.extend([note(String::new()), note(String::new())]);
    Row::of(cells)
}
