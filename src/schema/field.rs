//! The fields of the schemas: a table that the build script writes, so that no run reads a schema for it.

use std::borrow::Cow;

use super::Kind;
use super::disclosure::Disclosure;
use super::unit::Unit;
use crate::lang::Lang;

include!(concat!(env!("OUT_DIR"), "/fields.rs"));

/// One field of a schema. Cheap to copy; two are equal when they are of the same definition.
#[derive(Clone, Copy)]
pub struct Field {
    /// The field's name; of a list's items the list's name.
    pub name: &'static str,
    place: &'static Place,
}

/// A row of the table.
struct Place {
    name: &'static str,
    /// The number of its definition.
    shape: u16,
    holds: Shape,
    /// In Japanese and in English, as the others below.
    title: [Option<&'static str>; 2],
    description: [Option<&'static str>; 2],
    example: Option<&'static str>,
    /// The words of an enum.
    words: &'static [&'static str],
    /// What words, true and false are called.
    labels: &'static [(&'static str, &'static str, &'static str)],
    /// Rows of the table.
    properties: &'static [u16],
    items: Option<u16>,
    wording: Option<u16>,
    number: Option<u16>,
    business: Option<u16>,
    disclosure: Option<Disclosure>,
    /// What Japanese counts the field's number with (件, 人); empty where nothing is counted.
    counter: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A truth value.
    Bool,
    /// A whole number.
    Int,
    /// Any number.
    Number,
    /// A text.
    Text,
    /// A date in the project's own format.
    Date,
    /// One of the schema's words.
    Enum,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Shape {
    /// What a value of this shape is called, in Japanese and in English.
    pub fn described(self) -> (&'static str, &'static str) {
        match self {
            Shape::Bool => ("true 又は false", "true or false"),
            Shape::Int => ("整数", "a whole number"),
            Shape::Number => ("数値", "a number"),
            Shape::Text => ("文字列", "a text"),
            Shape::Date => ("日付", "a date"),
            Shape::Enum => ("選択肢の一つ", "one of the schema's words"),
            Shape::List => ("一覧", "a list"),
            Shape::Object => ("項目の組（値は書けません）", "a section, which has no value of its own"),
        }
    }
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Field({})", self.name)
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.place.shape == other.place.shape
    }
}

impl Kind {
    /// The document itself as a field, from which all others are reached.
    pub fn root(self) -> Field {
        Field::row(ROOTS[self as usize])
    }
}

impl Field {
    fn row(row: u16) -> Field {
        let place = &PLACES[usize::from(row)];
        Field { name: place.name, place }
    }

    /// What the field holds.
    pub fn shape(self) -> Shape {
        self.place.holds
    }

    /// A property of an object.
    pub fn property(self, name: &str) -> Option<Field> {
        self.properties().find(|field| field.name == name)
    }

    /// All properties of an object, in the order of the schema.
    pub fn properties(self) -> impl Iterator<Item = Field> {
        self.place.properties.iter().map(|row| Field::row(*row))
    }

    /// The items of a list.
    pub fn items(self) -> Option<Field> {
        self.place.items.map(Field::row)
    }

    /// Of a number: the sibling that holds a wording without a number.
    pub fn wording(self) -> Option<Field> {
        self.place.wording.map(Field::row)
    }

    /// Of a wording: the number it stands in for.
    pub fn number(self) -> Option<Field> {
        self.place.number.map(Field::row)
    }

    /// Of a number of calendar days: the sibling in working days.
    pub fn business(self) -> Option<Field> {
        self.place.business.map(Field::row)
    }

    /// The names of the fields that are looked at where this one is read: its own, and those of the
    /// siblings that hold a wording, a number or working days instead.
    pub fn read_with(self) -> impl Iterator<Item = Cow<'static, str>> {
        let siblings = [Some(self), self.wording(), self.number(), self.business()];
        let words = self.business().map(|business| format!("{}_wording", business.name).into());
        siblings.into_iter().flatten().map(|field| field.name.into()).chain(words)
    }

    /// The unit that the name ends with, of a number.
    pub fn unit(self) -> Option<Unit> {
        Unit::of_name(self.name)
    }

    /// The words of an enum.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        self.place.words.iter().copied()
    }

    /// What an enum's word is called, or true and false where they have names.
    pub fn label(self, word: &str, lang: Lang) -> Option<&'static str> {
        let (_, ja, en) = self.place.labels.iter().find(|(known, _, _)| *known == word)?;
        Some(lang.pick(ja, en))
    }

    /// What the field is called; its name where the schema gives no title.
    pub fn title(self, lang: Lang) -> &'static str {
        self.place.title[lang as usize].unwrap_or(self.name)
    }

    /// What to write into the field.
    pub fn description(self, lang: Lang) -> Option<&'static str> {
        self.place.description[lang as usize]
    }

    /// An example of a value, as it is written.
    pub fn example(self) -> Option<&'static str> {
        self.place.example
    }

    /// What Japanese counts the field's number with (件, 人); empty where nothing is counted.
    pub fn counter(self) -> &'static str {
        self.place.counter
    }

    /// The class of information that what stands in the field may belong to.
    pub fn disclosure(self) -> Option<Disclosure> {
        self.place.disclosure
    }
}
