//! Dates as documents write them: a day, a month, or either in an era, read as an interval.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::lang::Lang;

/// The days that a written date may mean: one day, or all days of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day it may mean.
    pub first: NaiveDate,
    /// The last day it may mean.
    pub last: NaiveDate,
}

/// Era names with the first day of each, newest first (改元 of 2019, 1989, 1926, 1912; 明治 from the solar calendar on).
const ERAS: [(&str, i32, (i32, u32, u32)); 5] = [
    ("令和", 2018, (2019, 5, 1)),
    ("平成", 1988, (1989, 1, 8)),
    ("昭和", 1925, (1926, 12, 25)),
    ("大正", 1911, (1912, 7, 30)),
    ("明治", 1867, (1873, 1, 1)),
];

impl Period {
    /// A single day.
    pub fn day(day: NaiveDate) -> Self {
        Period { first: day, last: day }
    }

    /// Reads `YYYY-MM-DD`, `YYYY-MM`, `令和6年4月1日` or `令和6年4月` (元年 and full-width digits
    /// included). An era year past the era's end is read on (平成32年), a day before its start is not.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_ascii() {
            return parse_iso(text); // the common form needs no copy
        }
        let written: String = text.chars().map(narrow_digit).collect();
        parse_iso(&written).or_else(|| parse_era(&written))
    }

    /// The only day, if it is one.
    pub fn exact(self) -> Option<NaiveDate> {
        (self.first == self.last).then_some(self.first)
    }

    /// The period moved by a number of days; `None` past the calendar's end.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Some(Period { first: shift(self.first, days)?, last: shift(self.last, days)? })
    }

    /// The date for people: `2024年4月1日` with its era in Japanese, `2024-04-01` in English.
    pub fn shown(self, lang: Lang) -> String {
        match (lang, self.exact()) {
            (Lang::Ja, Some(day)) => era_date(day),
            (Lang::Ja, None) => era_month(self.first),
            (Lang::En, Some(day)) => day.format("%Y-%m-%d").to_string(),
            (Lang::En, None) => self.first.format("%Y-%m").to_string(),
        }
    }
}

/// A day in the Japanese era style of official documents: `令和8年11月21日`.
pub fn era_date(day: NaiveDate) -> String {
    format!("{}{}日", era_month(day), day.day())
}

/// The fiscal year of a public body in which a day lies, by the year in which it begins: from April to
/// March (地方自治法208条).
pub fn fiscal_year(day: NaiveDate) -> i32 {
    if day.month() < 4 { day.year() - 1 } else { day.year() }
}

/// A fiscal year for people: `令和8年度`, `FY2026`. The era is the newest one whose first year it can be:
/// 令和元年度 is the year from April 2019 on, 昭和63年度 the one before 平成元年度.
pub fn shown_fiscal_year(year: i32, lang: Lang) -> String {
    let era = ERAS.iter().map(|(name, offset, _)| (*name, year - offset)).find(|(_, number)| *number > 0);
    match (lang, era) {
        (Lang::En, _) => format!("FY{year}"),
        (Lang::Ja, Some((name, 1))) => format!("{name}元年度"),
        (Lang::Ja, Some((name, number))) => format!("{name}{number}年度"),
        (Lang::Ja, None) => format!("{year}年度"),
    }
}

/// The day of the week for people: `土`, `Sat`.
pub fn shown_weekday(day: NaiveDate, lang: Lang) -> &'static str {
    let (ja, en) = match day.weekday() {
        Weekday::Mon => ("月", "Mon"),
        Weekday::Tue => ("火", "Tue"),
        Weekday::Wed => ("水", "Wed"),
        Weekday::Thu => ("木", "Thu"),
        Weekday::Fri => ("金", "Fri"),
        Weekday::Sat => ("土", "Sat"),
        Weekday::Sun => ("日", "Sun"),
    };
    lang.pick(ja, en)
}

fn era_month(day: NaiveDate) -> String {
    let era = ERAS
        .iter()
        .find(|(_, _, (y, m, d))| NaiveDate::from_ymd_opt(*y, *m, *d).is_some_and(|start| start <= day));
    match era {
        Some((name, offset, _)) => match day.year() - offset {
            1 => format!("{name}元年{}月", day.month()),
            year => format!("{name}{year}年{}月", day.month()),
        },
        None => format!("{}年{}月", day.year(), day.month()),
    }
}

fn shift(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let span = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(span) } else { day.checked_add_days(span) }
}

fn narrow_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        _ => c,
    }
}

fn parse_iso(text: &str) -> Option<Period> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let two = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
    let (y, m, day) = match *text.as_bytes() {
        [a, b, c, d, b'-', e, f] => ([a, b, c, d], [e, f], None),
        [a, b, c, d, b'-', e, f, b'-', g, h] => ([a, b, c, d], [e, f], Some(two(g, h)?)),
        _ => return None,
    };
    let year = two(y[0], y[1])? * 100 + two(y[2], y[3])?;
    period(i32::try_from(year).ok()?, two(m[0], m[1])?, day)
}

fn parse_era(text: &str) -> Option<Period> {
    let (rest, offset, start) = ERAS
        .iter()
        .find_map(|(name, offset, start)| text.strip_prefix(name).map(|rest| (rest, *offset, *start)))?;
    let (year, rest) = rest.split_once('年')?;
    let year = if year == "元" { 1 } else { digits(year, 1..=2)? };
    let (month, rest) = rest.split_once('月')?;
    let day = match rest {
        "" => None,
        _ => Some(digits(rest.strip_suffix('日')?, 1..=2)?),
    };
    let period = period(offset + i32::try_from(year).ok()?, digits(month, 1..=2)?, day)?;
    let (y, m, d) = start;
    (year > 0 && period.last >= NaiveDate::from_ymd_opt(y, m, d)?).then_some(period)
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && length.contains(&text.len())).then(|| text.parse().ok()).flatten()
}

fn period(year: i32, month: u32, day: Option<u32>) -> Option<Period> {
    match day {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day).map(Period::day),
        None => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
            Some(Period { first, last })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_written() {
        let table = [
            ("2026-11-21", Some(("2026-11-21", "2026-11-21"))),
            ("2020-05", Some(("2020-05-01", "2020-05-31"))),
            ("2024-02", Some(("2024-02-01", "2024-02-29"))),
            ("令和6年4月1日", Some(("2024-04-01", "2024-04-01"))),
            ("令和元年5月1日", Some(("2019-05-01", "2019-05-01"))),
            ("令和元年5月", Some(("2019-05-01", "2019-05-31"))),
            ("令和６年４月１日", Some(("2024-04-01", "2024-04-01"))),
            ("平成32年3月31日", Some(("2020-03-31", "2020-03-31"))),
            ("平成30年10月", Some(("2018-10-01", "2018-10-31"))),
            ("令和元年4月1日", None),
            ("令和0年4月1日", None),
            ("2026-02-30", None),
            ("2026-4-1", None),
            ("+2026-04-01", None),
            (" 2026-04-01", None),
            ("26-04-01", None),
            ("2026", None),
            ("令和6年", None),
            ("3月2日", None),
        ];
        for (text, want) in table {
            let got = Period::parse(text).map(|p| (p.first.to_string(), p.last.to_string()));
            assert_eq!(got, want.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
        }
    }

    #[test]
    fn days_are_shown_in_the_style_of_each_language() {
        let day = Period::parse("2026-11-21").expect("a date");
        assert_eq!(day.shown(Lang::Ja), "令和8年11月21日");
        assert_eq!(day.shown(Lang::En), "2026-11-21");
        assert_eq!(Period::parse("2019-05").expect("a month").shown(Lang::Ja), "令和元年5月");
        assert_eq!(Period::parse("2018-10").expect("a month").shown(Lang::Ja), "平成30年10月");
    }
}
