//! The types of expressions. Each field of the schemas has exactly one.

use std::sync::Arc;

use crate::lang::Lang;
use crate::schema::{Field, Shape, Unit};

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A truth value.
    Bool,
    /// A whole number, with its unit where the name gives one.
    Int(Option<Unit>),
    /// Any number, with its unit where the name gives one.
    Number(Option<Unit>),
    /// A text.
    Text,
    /// A text that is one of these: a literal, or what a parameter's list holds.
    Words(Arc<[String]>),
    /// A date.
    Date,
    /// A length of time in calendar days.
    Days,
    /// One of a schema's words.
    Enum(Field),
    /// A list.
    List(Box<Type>),
    /// An object of a schema.
    Object(Field),
    /// The contract stage that the dates give.
    Stage,
    /// The items of `[]`.
    Nothing,
}

impl Type {
    /// The type of a schema's field.
    pub fn of_field(field: Field) -> Type {
        match field.shape() {
            Shape::Bool => Type::Bool,
            Shape::Int => Type::Int(field.unit()),
            Shape::Number => Type::Number(field.unit()),
            Shape::Text => Type::Text,
            Shape::Date => Type::Date,
            Shape::Enum => Type::Enum(field),
            Shape::Object => Type::Object(field),
            Shape::List => {
                let items = field.items().map_or(Type::Nothing, Type::of_field);
                Type::List(Box::new(items))
            }
        }
    }

    /// The unit, of a number.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Type::Int(unit) | Type::Number(unit) => *unit,
            _ => None,
        }
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Type::Int(_) | Type::Number(_))
    }

    /// Whether it is a text of some kind.
    pub fn is_text(&self) -> bool {
        matches!(self, Type::Text | Type::Words(_))
    }

    /// What the type is called.
    pub fn shown(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Type::Bool => ("真偽", "truth value"),
            Type::Int(_) => ("整数", "whole number"),
            Type::Number(_) => ("数", "number"),
            Type::Text | Type::Words(_) => ("文字列", "text"),
            Type::Date => ("日付", "date"),
            Type::Days => ("日数（期間）", "length of time in days"),
            Type::Stage => ("契約段階", "stage"),
            Type::Nothing => ("空", "nothing"),
            Type::Enum(field) => {
                let words: Vec<_> = field.words().collect();
                let words = words.join(", ");
                return lang.pick("選択肢", "one of").to_owned() + " (" + &words + ")";
            }
            Type::List(item) => {
                let item = item.shown(lang);
                return match lang {
                    Lang::Ja => format!("{item}の一覧"),
                    Lang::En => format!("list of {item}"),
                };
            }
            Type::Object(_) => ("項目のまとまり", "object"),
        };
        lang.pick(ja, en).to_owned()
    }
}
