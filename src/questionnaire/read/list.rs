//! Reads the sheet of a list: one item a row.

use std::collections::BTreeMap;

use super::Reader;
use crate::questionnaire::answers::{Item, List};
use crate::questionnaire::key;
use crate::questionnaire::row::Frame;
use crate::questionnaire::unread::Why;
use crate::questionnaire::word::{self, Said};
use crate::register::draft::Written;
use crate::schema::{Field, Shape};

impl Reader {
    pub(super) fn list(&mut self, frame: &Frame<'_>) {
        let path = frame.about.clone();
        let inner = key::field(&path).filter(|field| field.shape() == Shape::List);
        let Some((field, inner)) = inner.and_then(|field| Some((field, field.items()?))) else {
            self.cells.refuse(frame.sheet.name.clone(), path, Why::UnknownKey);
            return;
        };
        if let Some(first) = self.rows.insert(format!("list:{path}"), frame.sheet.name.clone()) {
            self.cells.refuse(frame.sheet.name.clone(), path, Why::Twice(first));
            return;
        }
        let names: Vec<String> = frame.names().map(str::to_owned).collect();
        let beside = |name: &str| matches!(name, key::ITEM_PAGE | key::ITEM_REMARK | "number");
        let mut columns = Vec::new();
        for name in names.iter().filter(|name| !beside(name)) {
            match key::below(inner, name) {
                Some(field) => columns.push((name.as_str(), field)),
                None => self.cells.refuse(frame.sheet.name.clone(), name.as_str(), Why::UnknownKey),
            }
        }
        columns.sort_by_key(|(name, _)| frame.column(name));
        self.cells.strangers(frame);
        let (mut none, mut items): (Option<String>, Vec<Item>) = (None, Vec::new());
        for line in frame.lines() {
            match line.key.as_deref() {
                Some(key::NONE) => none = self.none(frame, line.row).or(none),
                Some(key::FRAME) => {}
                // A row that somebody added is an item as well.
                Some(key::ITEM) | None => items.extend(self.item(frame, line.row, &columns)),
                Some(other) => {
                    self.cells.refuse(frame.place_of(line.row, 0), other, Why::UnknownKey);
                }
            }
        }
        self.ids(&path, &mut items);
        if let (Some(place), false) = (&none, items.is_empty()) {
            self.cells.refuse(place.clone(), items[0].place.clone(), Why::NoneAndItems);
        }
        if none.is_some() || !items.is_empty() {
            self.answers.lists.push(List { path, field, none, items });
        }
    }

    /// The cell that says that there are no items, if it is ticked.
    fn none(&mut self, frame: &Frame<'_>, row: u32) -> Option<String> {
        let cells = frame.sheet.cells.range((row, 0)..(row + 1, 0));
        let tick = frame.column(key::TICK)?;
        let found: Vec<_> = cells.filter(|((_, column), _)| *column == tick).collect();
        for ((_, column), cell) in found {
            match word::ticks(cell) {
                Ok(true) => return Some(frame.place_of(row, *column)),
                Ok(false) => {}
                Err(why) => self.cells.refuse(frame.place_of(row, *column), word::shown(cell), why),
            }
        }
        None
    }

    fn item(&mut self, frame: &Frame<'_>, row: u32, columns: &[(&str, Field)]) -> Option<Item> {
        let mut said = Vec::new();
        let mut id = String::new();
        for (name, field) in columns {
            match self.cells.said(frame, row, name, |cell| word::read(cell, *field)) {
                Some(Said::Value(Written::Text(text))) if *name == "id" => id = text,
                Some(Said::Placeholder(_)) if *name == "id" => {}
                Some(value) => said.push(((*name).to_owned(), *field, value, frame.place(row, name))),
                None => {}
            }
        }
        let page = self.cells.whole(frame, row, key::ITEM_PAGE, "page");
        let remark = self.cells.text(frame, row, key::ITEM_REMARK);
        let place = frame.place(row, "id");
        let something = !said.is_empty() || !id.is_empty() || page.is_some() || remark.is_some();
        something.then_some(Item { id, said, place, page, remark })
    }

    /// Makes the ids that nobody gave, and holds those that somebody gave against each other.
    fn ids(&mut self, path: &str, items: &mut [Item]) {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for item in items.iter().filter(|item| !item.id.is_empty()) {
            let fits = item.id.len() <= 80
                && item.id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
                && item
                    .id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            if !fits {
                self.cells.refuse(item.place.clone(), item.id.clone(), Why::Id);
            } else if let Some(first) = known.insert(item.id.clone(), item.place.clone()) {
                self.cells.refuse(item.place.clone(), item.id.clone(), Why::Twice(first));
            }
        }
        let stem = path.rsplit('.').next().unwrap_or(path).replace('_', "-");
        let stem = stem.strip_suffix('s').unwrap_or(&stem).to_owned();
        let mut next = 1;
        for item in items.iter_mut().filter(|item| item.id.is_empty()) {
            while known.contains_key(&format!("{stem}-{next}")) {
                next += 1;
            }
            item.id = format!("{stem}-{next}");
            known.insert(item.id.clone(), item.place.clone());
        }
    }
}
