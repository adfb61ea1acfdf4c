//! The units of numbers.

use crate::lang::Lang;

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
