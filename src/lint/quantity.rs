//! Numbers in a text, with their unit, where they say how much: not those of articles, versions,
//! sections and years.

use std::sync::LazyLock;

use regex::Regex;

use crate::schema::Unit;

/// A number that says how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: f64,
    /// Its unit, where it is one of time.
    pub unit: Option<Time>,
}

/// Units of time, as texts write them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Time {
    /// 分
    Minutes,
    /// 時間
    Hours,
    /// 日
    Days,
    /// 営業日
    BusinessDays,
    /// 週間
    Weeks,
    /// か月
    Months,
    /// 年
    Years,
}

/// What stands before the number, the number, and what stands behind it.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let before = r"(?P<before>第|令和|平成|昭和|[A-Za-z:_.\-/]|Articles? |Rev\. ?|[Vv]ersion |[Ss]ection )?";
    let number = r"(?P<number>\d+(?:[.,:/-]\d+|\(\d+\))*)";
    let behind = r"[ -]?(?P<behind>営業日|business day|時間|hour|分|minute|日|day|週|week|[かヶカケ箇]月|月|month|年|year|[条項号章節款版])?";
    Regex::new(&format!("{before}{number}{behind}")).ok()
});

/// The numbers of a text that say how much.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let text: String = text.chars().map(narrow).collect();
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    let found: Vec<_> =
        pattern.captures_iter(&text).filter_map(|found| Some((quantity(&found)?, found.get(0)?))).collect();
    let mut quantities: Vec<Quantity> = found.iter().map(|(quantity, _)| quantity.clone()).collect();
    // Of `3 to 5 days` both numbers are days.
    for at in (1..found.len()).rev() {
        let between = text.get(found[at - 1].1.end()..found[at].1.start()).unwrap_or_default();
        let joined =
            ["to", "or", "and", "～", "〜", "–", "、", "又は", "及び", "から"].contains(&between.trim());
        if joined && quantities[at - 1].unit.is_none() {
            quantities[at - 1].unit = quantities[at].unit;
        }
    }
    quantities
}

/// A number that says how much; `None` for one that is a label.
fn quantity(found: &regex::Captures<'_>) -> Option<Quantity> {
    let behind = found.name("behind").map_or("", |word| word.as_str());
    let written = found.name("number")?.as_str();
    let numbered = matches!(behind, "条" | "項" | "号" | "章" | "節" | "款" | "版");
    let number = amount(written)?;
    let unit = time(behind);
    let year = unit == Some(Time::Years) && (1900.0..2100.0).contains(&number);
    // Of a bare 8.1 nobody can tell whether it is a section or a number.
    let section = written.contains('.') && unit.is_none();
    let label = found.name("before").is_some() || numbered || year || section;
    (!label).then_some(Quantity { number, unit })
}

/// A full-width digit or sign as an ordinary one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// `30`, `1,000`, `99.9`; nothing for dates, versions and numbers of sections.
fn amount(written: &str) -> Option<f64> {
    let plain = written.replace(',', "");
    plain.parse().ok()
}

fn time(word: &str) -> Option<Time> {
    Some(match word {
        "分" | "minute" => Time::Minutes,
        "時間" | "hour" => Time::Hours,
        "日" | "day" => Time::Days,
        "営業日" | "business day" => Time::BusinessDays,
        "週" | "week" => Time::Weeks,
        "年" | "year" => Time::Years,
        "月" | "month" => Time::Months,
        word if word.ends_with('月') => Time::Months,
        _ => return None,
    })
}

/// Whether a unit of a parameter is one of time.
pub fn is_time(unit: Option<Unit>) -> bool {
    unit.and_then(time_of).is_some()
}

fn time_of(unit: Unit) -> Option<Time> {
    Some(match unit {
        Unit::Minutes => Time::Minutes,
        Unit::Hours => Time::Hours,
        Unit::Days => Time::Days,
        Unit::BusinessDays => Time::BusinessDays,
        Unit::Months => Time::Months,
        Unit::Years => Time::Years,
        _ => return None,
    })
}

impl Quantity {
    /// Whether it is a value in a parameter's unit: 12 months are 365 days, 24 hours one day. Working
    /// days are no calendar days.
    pub fn is(&self, value: f64, unit: Option<Unit>) -> bool {
        let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
        match (self.unit, unit.and_then(time_of)) {
            (None, None) => same(self.number, value),
            (Some(written), Some(wanted)) if written == wanted => same(self.number, value),
            (Some(written), Some(wanted)) => {
                let (Some(written), Some(wanted)) = (minutes(written), minutes(wanted)) else { return false };
                let ((from, to), (least, most)) = (times(written, self.number), times(wanted, value));
                from <= most && least <= to
            }
            _ => false,
        }
    }
}

fn times((least, most): (f64, f64), number: f64) -> (f64, f64) {
    (least * number, most * number)
}

/// How many minutes a unit has, at least and at most.
fn minutes(unit: Time) -> Option<(f64, f64)> {
    let days = |least: f64, most: f64| (least * 1440.0, most * 1440.0);
    Some(match unit {
        Time::Minutes => (1.0, 1.0),
        Time::Hours => (60.0, 60.0),
        Time::Days => days(1.0, 1.0),
        Time::Weeks => days(7.0, 7.0),
        // Twelve months are a year; a single one has 28 to 31 days.
        Time::Months => days(28.0, 31.0),
        Time::Years => days(365.0, 366.0),
        Time::BusinessDays => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Quantity, Time, quantities};
    use crate::schema::Unit;

    #[test]
    fn numbers_that_say_how_much_are_told_from_labels() {
        let of = |text: &str| quantities(text).iter().map(|found| found.number).collect::<Vec<_>>();
        assert_eq!(of("施行規則第8条第2項の期限（原則30日、おそれがある場合は60日）"), [30.0, 60.0]);
        assert_eq!(of("Article 8(2): 30 days; 60 days for a wrongful purpose"), [30.0, 60.0]);
        assert_eq!(of("PCI DSS v4.0.1の10.5.1（12か月間の保存）、令和6年、2024年、2024-04-01"), [12.0]);
        assert_eq!(of("３０日以内、年２回、1,000件、99.9時間"), [30.0, 2.0, 1000.0, 99.9]);
        let unit = |text: &str| quantities(text).iter().map(|found| found.unit).collect::<Vec<_>>();
        assert_eq!(unit("about 3 to 5 days; twice, 7"), [Some(Time::Days), Some(Time::Days), None]);
        assert_eq!(of("NIST SP 800-53 AC-2、ISO/IEC 27001:2022 8.1"), [0.0; 0]);
    }

    #[test]
    fn units_of_time_are_converted_and_working_days_are_not() {
        let is = |text: &str, value: f64, unit: Unit| quantities(text)[0].is(value, Some(unit));
        assert!(
            is("12か月間", 365.0, Unit::Days)
                && is("24 hours", 1.0, Unit::Days)
                && is("1年", 12.0, Unit::Months)
        );
        assert!(!is("30日", 14.0, Unit::Days) && !is("5営業日", 5.0, Unit::Days));
        assert_eq!(quantities("5営業日"), [Quantity { number: 5.0, unit: Some(Time::BusinessDays) }]);
    }
}
