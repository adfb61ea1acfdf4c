//! Values and facts, with their units and their labels.

use crate::date::Period;
use crate::expression::typed::{Constant, Expression, Kind};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::load::tree::{Data, Node};
use crate::schema::{Field, Shape, Unit};
use crate::stage::Stage;

/// A literal or a parameter's value with its unit (30日, 30 days) or its label. `ty` is the type of
/// the value, or of the field that it is compared with; that of a list may be the type of its items.
pub fn constant(value: &Constant, ty: &Type, lang: Lang) -> String {
    match value {
        Constant::Bool(truth) => truth_word(*truth, lang).to_owned(),
        Constant::Int(number) => amount(number, ty.unit(), lang),
        Constant::Number(number) => amount(number, ty.unit(), lang),
        Constant::Text(text) => word(text, ty, lang).to_owned(),
        Constant::Date(date) => date.shown(lang),
        Constant::Days(days) => Unit::Days.with(days, lang),
        Constant::List(items) if items.is_empty() => empty_list(lang).to_owned(),
        Constant::List(items) => {
            let items: Vec<_> = items.iter().map(|item| constant(item, item_type(ty), lang)).collect();
            items.join(lang.pick("、", ", "))
        }
    }
}

/// A stated value as it stands after `title：`, the words of the schema with what they are called. Texts come
/// back as written: they are untrusted, and escaping them is for the format that prints them. What is no
/// value says so, with the words that stand instead of one.
pub fn fact(field: Field, node: &Node, lang: Lang) -> String {
    Told { lang, words: true }.value(field, node)
}

/// The same for readers of a paper: the words of the schema by what they are called alone.
pub fn said(field: Field, node: &Node, lang: Lang) -> String {
    Told { lang, words: false }.value(field, node)
}

/// How values are told.
#[derive(Clone, Copy)]
struct Told {
    lang: Lang,
    /// Whether the words of the schema stand beside what they are called.
    words: bool,
}

impl Told {
    fn value(self, field: Field, node: &Node) -> String {
        let lang = self.lang;
        match &node.data {
            Data::Null => self.no_value(field, node),
            Data::Bool(truth) => label(field, *truth, lang).unwrap_or(truth_word(*truth, lang)).to_owned(),
            Data::Int(number) => counted(number, field, lang),
            Data::Number(number) => counted(number, field, lang),
            Data::Text(text) => self.written(field, text),
            Data::List(items) if items.is_empty() && !self.words => lang.pick("なし", "none").to_owned(),
            Data::List(items) if items.is_empty() => empty_list(lang).to_owned(),
            Data::List(items) => {
                let of = field.items().unwrap_or(field);
                let items: Vec<_> = items.iter().map(|item| self.value(of, item)).collect();
                items.join(lang.pick("、", ", "))
            }
            Data::Map(map) => {
                let text = |key: &str| map.get(key).and_then(Node::as_text);
                match (text("name"), text("id")) {
                    (Some(name), Some(_)) if !self.words => name.to_owned(),
                    (Some(name), Some(id)) => paired(name, id, lang),
                    (Some(text), None) | (None, Some(text)) => text.to_owned(),
                    (None, None) => lang.pick("記載あり", "stated").to_owned(),
                }
            }
        }
    }

    fn no_value(self, field: Field, node: &Node) -> String {
        let lang = self.lang;
        if let Some(word) = node.placeholder() {
            return paired(lang.pick("記載なし", "not stated"), word, lang);
        }
        match node.conflict() {
            [] => lang.pick("記載なし", "not stated").to_owned(),
            values => {
                let values: Vec<_> = values.iter().map(|value| self.value(field, value)).collect();
                let values = values.join(lang.pick("／", " / "));
                paired(lang.pick("記載の不一致", "the sources disagree"), &values, lang)
            }
        }
    }

    fn written(self, field: Field, text: &str) -> String {
        match (field.shape(), field.label(text, self.lang)) {
            (Shape::Enum, Some(label)) if !self.words => label.to_owned(),
            // Of a text that is no choice the code is what the paper says: 日本（JP）.
            (_, Some(label)) => paired(label, text, self.lang),
            (Shape::Date, None) => {
                Period::parse(text).map_or_else(|| text.to_owned(), |date| date.shown(self.lang))
            }
            (_, None) => text.to_owned(),
        }
    }
}

/// A stated number with its unit, or in Japanese with the counter of what is counted.
fn counted(number: impl std::fmt::Display, field: Field, lang: Lang) -> String {
    let counter = if lang == Lang::Ja { field.counter() } else { "" };
    amount(number, field.unit(), lang) + counter
}

fn paired(text: &str, aside: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{text}（{aside}）"),
        Lang::En => format!("{text} ({aside})"),
    }
}

pub(super) fn empty_list(lang: Lang) -> &'static str {
    lang.pick("なし（空の一覧）", "none (empty list)")
}

fn truth_word(truth: bool, lang: Lang) -> &'static str {
    if truth { lang.pick("あり", "yes") } else { lang.pick("なし", "no") }
}

/// What a boolean field's value is called, where "there is such a thing" would not do.
fn label(field: Field, truth: bool, lang: Lang) -> Option<&'static str> {
    field.label(if truth { "true" } else { "false" }, lang)
}

/// The label of a boolean field that is read.
pub(super) fn labelled(expression: &Expression, truth: bool, lang: Lang) -> Option<&'static str> {
    match &expression.kind {
        Kind::Select(_, field) if expression.ty == Type::Bool => label(*field, truth, lang),
        _ => None,
    }
}

pub(super) fn amount(number: impl std::fmt::Display, unit: Option<Unit>, lang: Lang) -> String {
    match (unit, lang) {
        (Some(Unit::PerYear), Lang::Ja) => format!("年{number}回"),
        (Some(unit), _) => unit.with(number, lang),
        (None, _) => number.to_string(),
    }
}

/// What a word is called: by the label of the enum, by the title of the stage.
fn word<'t>(text: &'t str, ty: &Type, lang: Lang) -> &'t str {
    match ty {
        Type::Enum(field) => field.label(text, lang).unwrap_or(text),
        Type::Stage => Stage::from_word(text).map_or(text, |stage| stage.title(lang)),
        Type::List(item) => word(text, item, lang),
        _ => text,
    }
}

pub(super) fn item_type(ty: &Type) -> &Type {
    match ty {
        Type::List(item) => item,
        other => other,
    }
}

/// Words in quotes, numbers, dates and stages without.
pub(super) fn quoted(value: &Constant, ty: &Type, lang: Lang) -> String {
    let text = constant(value, ty, lang);
    match (value, item_type(ty), lang) {
        (Constant::Text(_), Type::Stage, _) => text,
        (Constant::Text(word), ..) if word.is_empty() => lang.pick("空欄", "empty").to_owned(),
        (Constant::Text(_), _, Lang::Ja) => format!("「{text}」"),
        (Constant::Text(_), _, Lang::En) => format!("“{text}”"),
        (Constant::List(items), ty, _) => {
            let items: Vec<_> = items.iter().map(|item| quoted(item, ty, lang)).collect();
            items.join(lang.pick("、", ", "))
        }
        _ => text,
    }
}

/// The type by which a value is shown: its own unit, or that of what it is compared with; the
/// words of what it is compared with.
pub(super) fn value_type(expression: &Expression, beside: &Type) -> Type {
    match &expression.ty {
        ty if ty.is_number() && ty.unit().is_some() => ty.clone(),
        ty if ty.is_number() || item_type(ty).is_text() => beside.clone(),
        ty => ty.clone(),
    }
}
