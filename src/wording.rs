//! Terms in words: 直ちに is one, 三十日以内 is a number that was written out.

/// Digits as they are written in Japanese running text, beside those of ASCII and of full width.
pub const KANJI_DIGITS: &str = "一二三四五六七八九十百千";

/// What a term is counted in.
const UNITS: [&str; 18] = [
    "日",
    "営業日",
    "時間",
    "か月",
    "カ月",
    "ヶ月",
    "ヵ月",
    "ケ月",
    "箇月",
    "月",
    "年",
    "週",
    "回",
    "day",
    "hour",
    "month",
    "week",
    "year",
];

/// Whether a number stands before a unit: 30日 and 三十日, but neither 第12条 nor 十分な期間.
pub fn counts(text: &str) -> bool {
    let text = &text.replace("一日も早く", "");
    let digit = |c: char| c.is_numeric() || KANJI_DIGITS.contains(c);
    text.char_indices().filter(|(_, c)| digit(*c)).any(|(at, c)| {
        let rest = text[at + c.len_utf8()..].trim_start().to_lowercase();
        UNITS.iter().any(|unit| rest.starts_with(unit))
    })
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn a_number_before_a_unit_is_no_wording() {
        for text in
            ["30日以内", "３０日以内", "三十日以内", "90 days", "24時間以内", "within 2 Hours", "1か月以内"]
        {
            assert!(counts(text), "{text}");
        }
        for text in [
            "直ちに",
            "法第12条の定めるところにより遅滞なく",
            "十分な期間",
            "協議の上定める",
            "別紙2による",
            "一日も早く",
        ] {
            assert!(!counts(text), "{text}");
        }
    }
}
