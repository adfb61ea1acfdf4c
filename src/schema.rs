//! The document schemas: the one place that names fields, types, units and their titles.

pub mod bundle;
pub mod editor;

use std::sync::{LazyLock, OnceLock};

use serde_json::Value;

use crate::lang::Lang;

/// The kinds of documents, by the word before the slash of their first key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What is agreed (契約内容).
    Contract,
    /// What is built (システム仕様).
    System,
    /// What was done (実施記録).
    Records,
    /// A recurrence-prevention measure as a rule (確認項目).
    Policy,
    /// The examples that hold a policy to its meaning.
    Cases,
    /// A selection of policies (確認項目セット).
    Profile,
    /// A published notice as facts (事案).
    Incident,
    /// The catalogue of laws and standards.
    References,
    /// The families of policies and their measures.
    Families,
}

impl Kind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Kind; 9] = [
        Kind::Contract,
        Kind::System,
        Kind::Records,
        Kind::Policy,
        Kind::Cases,
        Kind::Profile,
        Kind::Incident,
        Kind::References,
        Kind::Families,
    ];

    /// The word that names the kind in `hadome: <word>/1`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Contract => "contract",
            Kind::System => "system",
            Kind::Records => "records",
            Kind::Policy => "policy",
            Kind::Cases => "cases",
            Kind::Profile => "profile",
            Kind::Incident => "incident",
            Kind::References => "references",
            Kind::Families => "families",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether the kind describes an outsourced system, so that its leaves may carry a `ref`,
    /// a conflict or a placeholder.
    pub fn is_factual(self) -> bool {
        matches!(self, Kind::Contract | Kind::System | Kind::Records)
    }

    /// What the kind is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Kind::Contract => ("契約内容", "contract"),
            Kind::System => ("システム仕様", "system specification"),
            Kind::Records => ("実施記録", "records"),
            Kind::Policy => ("確認項目", "policy"),
            Kind::Cases => ("確認項目の検証例", "cases"),
            Kind::Profile => ("確認項目セット", "profile"),
            Kind::Incident => ("事案", "incident"),
            Kind::References => ("法令・基準の一覧", "catalogue of references"),
            Kind::Families => ("分野の一覧", "catalogue of families"),
        };
        lang.pick(ja, en)
    }

    /// The text of the schema file.
    pub fn source(self) -> &'static str {
        match self {
            Kind::Contract => include_str!("../schemas/contract.json"),
            Kind::System => include_str!("../schemas/system.json"),
            Kind::Records => include_str!("../schemas/records.json"),
            Kind::Policy => include_str!("../schemas/policy.json"),
            Kind::Cases => include_str!("../schemas/cases.json"),
            Kind::Profile => include_str!("../schemas/profile.json"),
            Kind::Incident => include_str!("../schemas/incident.json"),
            Kind::References => include_str!("../schemas/references.json"),
            Kind::Families => include_str!("../schemas/families.json"),
        }
    }

    /// The schema as every run needs it: the file without descriptions and examples.
    pub fn schema(self) -> &'static Value {
        macro_rules! short {
            ($name:literal) => {
                LazyLock::new(|| parse(include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))))
            };
        }
        static PARSED: [LazyLock<Value>; 9] = [
            short!("contract"),
            short!("system"),
            short!("records"),
            short!("policy"),
            short!("cases"),
            short!("profile"),
            short!("incident"),
            short!("references"),
            short!("families"),
        ];
        &PARSED[self as usize]
    }

    /// The schema for the validator: shared definitions among its own, nothing to be read.
    pub fn rules(self) -> Value {
        macro_rules! rules {
            ($name:literal) => {
                include_str!(concat!(env!("OUT_DIR"), "/", $name, ".rules.json"))
            };
        }
        parse(match self {
            Kind::Contract => rules!("contract"),
            Kind::System => rules!("system"),
            Kind::Records => rules!("records"),
            Kind::Policy => rules!("policy"),
            Kind::Cases => rules!("cases"),
            Kind::Profile => rules!("profile"),
            Kind::Incident => rules!("incident"),
            Kind::References => rules!("references"),
            Kind::Families => rules!("families"),
        })
    }

    /// The whole schema file, for those who read it.
    pub fn full(self) -> Value {
        parse(self.source())
    }

    /// The document as a field whose properties have their descriptions.
    pub fn described(self) -> Field {
        static FULL: [OnceLock<Field>; 9] = [const { OnceLock::new() }; 9];
        *FULL[self as usize].get_or_init(|| {
            let schema = Box::leak(Box::new(self.full()));
            Field::at(schema, schema, self.word())
        })
    }

    /// The document itself as a field, from which all others are reached.
    pub fn root(self) -> Field {
        static ROOTS: [OnceLock<Field>; 9] = [const { OnceLock::new() }; 9];
        *ROOTS[self as usize].get_or_init(|| Field::at(self.schema(), self.schema(), self.word()))
    }
}

static COMMON: LazyLock<Value> =
    LazyLock::new(|| parse(include_str!(concat!(env!("OUT_DIR"), "/common.json"))));

/// The definitions that several kinds share.
pub fn common() -> &'static Value {
    &COMMON
}

/// The whole file of the shared definitions.
pub fn full_common() -> Value {
    parse(include_str!("../schemas/common.json"))
}

fn parse(source: &str) -> Value {
    // The files are compiled in and a test parses each, so this cannot fail in a built program.
    serde_json::from_str(source).unwrap_or_default()
}

/// The unit of a number, read from the end of its field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Working days of the client (営業日, 開庁日).
    BusinessDays,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Months.
    Months,
    /// Years.
    Years,
    /// A number of things.
    Count,
    /// A number of times in a year.
    PerYear,
}

impl Unit {
    /// Suffixes of field names; a longer one stands before one that ends it.
    const SUFFIXES: [(&'static str, Unit); 8] = [
        ("_business_days", Unit::BusinessDays),
        ("_per_year", Unit::PerYear),
        ("_days", Unit::Days),
        ("_hours", Unit::Hours),
        ("_minutes", Unit::Minutes),
        ("_months", Unit::Months),
        ("_years", Unit::Years),
        ("_count", Unit::Count),
    ];

    /// The unit that a field's name ends with.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, unit) = Unit::SUFFIXES.iter().find(|(suffix, _)| name.ends_with(suffix))?;
        Some(*unit)
    }

    /// The unit of a word in a policy's parameters, such as `days`.
    pub fn from_word(word: &str) -> Option<Self> {
        let (_, unit) = Unit::SUFFIXES.iter().find(|(suffix, _)| &suffix[1..] == word)?;
        Some(*unit)
    }

    /// The word in a policy's parameters.
    pub fn word(self) -> &'static str {
        let found = Unit::SUFFIXES.iter().find(|(_, unit)| *unit == self);
        found.map_or("", |(suffix, _)| &suffix[1..])
    }

    /// A number with its unit, for people.
    pub fn with(self, number: impl std::fmt::Display, lang: Lang) -> String {
        let (ja, en) = match self {
            Unit::Days => ("日", "days"),
            Unit::BusinessDays => ("営業日", "business days"),
            Unit::Hours => ("時間", "hours"),
            Unit::Minutes => ("分", "minutes"),
            Unit::Months => ("か月", "months"),
            Unit::Years => ("年", "years"),
            Unit::Count => ("", ""),
            Unit::PerYear => ("回（年間）", "times a year"),
        };
        let number = number.to_string();
        match lang {
            Lang::Ja => format!("{number}{ja}"),
            Lang::En if en.is_empty() => number,
            Lang::En if number == "1" => format!("{number} {}", singular(en)),
            Lang::En => format!("{number} {en}"),
        }
    }
}

fn singular(unit: &str) -> String {
    match unit {
        "times a year" => "time a year".to_owned(),
        other => other.trim_end_matches('s').to_owned(),
    }
}

/// One field of a schema. Cheap to copy; two are equal when they are the same place.
#[derive(Clone, Copy)]
pub struct Field {
    /// The field's name; of a list's items the list's name.
    pub name: &'static str,
    place: &'static Place,
}

/// A field with what was found out about it so far; made once and kept for the whole run.
struct Place {
    /// The field as its parent lists it, with its own titles.
    site: &'static Value,
    /// What the site's `$ref` leads to, or the site.
    shape: &'static Value,
    /// The schema file of the shape, for `#/$defs/...`.
    file: &'static Value,
    holds: Shape,
    properties: OnceLock<Vec<Field>>,
    items: OnceLock<Option<Field>>,
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

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Field({})", self.name)
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.place.shape, other.place.shape)
    }
}

impl Field {
    fn at(file: &'static Value, site: &'static Value, name: &'static str) -> Self {
        let (file, shape) = resolve(file, site);
        let holds = holds(shape);
        let (properties, items) = (OnceLock::new(), OnceLock::new());
        // Schemas are finite and live as long as the program.
        let place = Box::leak(Box::new(Place { site, shape, file, holds, properties, items }));
        Field { name, place }
    }

    /// What the field holds.
    pub fn shape(self) -> Shape {
        self.place.holds
    }

    /// A property of an object.
    pub fn property(self, name: &str) -> Option<Field> {
        self.listed().iter().find(|field| field.name == name).copied()
    }

    /// All properties of an object, in the order of the schema.
    pub fn properties(self) -> impl Iterator<Item = Field> {
        self.listed().iter().copied()
    }

    fn listed(self) -> &'static [Field] {
        self.place.properties.get_or_init(|| {
            let properties = self.place.shape["properties"].as_object();
            let entries = properties.into_iter().flatten();
            entries.map(|(key, site)| Field::at(self.place.file, site, key)).collect()
        })
    }

    /// The items of a list.
    pub fn items(self) -> Option<Field> {
        *self.place.items.get_or_init(|| {
            let site = self.place.shape.get("items")?;
            Some(Field::at(self.place.file, site, self.name))
        })
    }

    /// The unit that the name ends with, of a number.
    pub fn unit(self) -> Option<Unit> {
        Unit::of_name(self.name)
    }

    /// The words of an enum.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        self.place.shape["enum"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    /// What an enum's word is called.
    pub fn label(self, word: &str, lang: Lang) -> Option<&'static str> {
        let of = |site: &'static Value| site["x-labels"][word][lang.code()].as_str();
        of(self.place.site).or_else(|| of(self.place.shape))
    }

    /// What the field is called; its name where the schema gives no title.
    pub fn title(self, lang: Lang) -> &'static str {
        self.annotation(lang.pick("title", "x-title-en")).unwrap_or(self.name)
    }

    /// What to write into the field.
    pub fn description(self, lang: Lang) -> Option<&'static str> {
        self.annotation(lang.pick("description", "x-description-en"))
    }

    /// An example of a value, as it is written.
    pub fn example(self) -> Option<String> {
        let of = |site: &'static Value| site["examples"].as_array().and_then(|all| all.first());
        let example = of(self.place.site).or_else(|| of(self.place.shape))?;
        Some(example.as_str().map_or_else(|| example.to_string(), str::to_owned))
    }

    fn annotation(self, key: &str) -> Option<&'static str> {
        self.place.site[key].as_str().or_else(|| self.place.shape[key].as_str())
    }
}

/// What a resolved site holds.
fn holds(shape: &Value) -> Shape {
    match shape["type"].as_str() {
        Some("boolean") => Shape::Bool,
        Some("integer") => Shape::Int,
        Some("number") => Shape::Number,
        Some("array") => Shape::List,
        Some("object") => Shape::Object,
        _ if shape["format"] == "hadome-date" => Shape::Date,
        _ if shape["enum"].is_array() => Shape::Enum,
        _ => Shape::Text,
    }
}

/// Follows `$ref` to the definition; a site without one is its own shape.
fn resolve(file: &'static Value, site: &'static Value) -> (&'static Value, &'static Value) {
    let Some(reference) = site["$ref"].as_str() else { return (file, site) };
    let (target, pointer) = match reference.split_once('#') {
        Some(("common.json", pointer)) => (common(), pointer),
        Some((_, pointer)) => (file, pointer),
        None => return (file, site),
    };
    match target.pointer(pointer) {
        Some(shape) => resolve(target, shape),
        None => (file, site),
    }
}
