//! How articles, paragraphs and items are numbered, and how a text refers to them.

use crate::lang::Lang;

/// A style of numbering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// 第1条（見出し）, 2, (1): as in the body of a contract.
    #[default]
    Article,
    /// 第1　見出し, 1, (1): as special clauses of cities have it.
    Special,
    /// 1　見出し, (1), ア: as in a specification.
    Number,
}

/// A place in the clauses; numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The article.
    pub article: usize,
    /// The paragraph; `None` for the whole article, or where it has but one.
    pub paragraph: Option<usize>,
}

/// The signs of items below items: ア, イ, ウ.
const KANA: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

impl Numbering {
    /// The heading of an article.
    pub fn heading(self, number: usize, title: &str) -> String {
        match self {
            Numbering::Article => format!("第{number}条（{title}）"),
            Numbering::Special => format!("第{number}　{title}"),
            Numbering::Number => format!("{number}　{title}"),
        }
    }

    /// The mark before a paragraph of an article that has `of` paragraphs; empty where there is none.
    pub fn paragraph(self, number: usize, of: usize) -> String {
        match self {
            Numbering::Article if number == 1 => String::new(),
            Numbering::Special | Numbering::Number if of == 1 => String::new(),
            Numbering::Article | Numbering::Special => number.to_string(),
            Numbering::Number => format!("({number})"),
        }
    }

    /// The mark before an item of a paragraph.
    pub fn item(self, number: usize) -> String {
        match self {
            Numbering::Article | Numbering::Special => format!("({number})"),
            Numbering::Number => match KANA.chars().nth(number - 1) {
                Some(sign) => sign.to_string(),
                None => format!("({number})"),
            },
        }
    }

    /// A reference to places from within an article; three and more in a row become a range.
    pub fn refer(self, spots: &[Spot], from: Option<usize>, lang: Lang) -> String {
        let mut spots = spots.to_vec();
        spots.sort_unstable();
        spots.dedup();
        let mut names = Vec::new();
        let mut rest = spots.as_slice();
        while let Some(first) = rest.first() {
            let run = 1 + rest.windows(2).take_while(|pair| follows(pair[0], pair[1])).count();
            let (row, after) = rest.split_at(if run > 2 { run } else { 1 });
            names.push(match row.last().filter(|_| run > 2) {
                Some(last) => self.range(*first, *last, from, lang),
                None => self.name(*first, from, lang),
            });
            rest = after;
        }
        joined(&names, lang)
    }

    fn name(self, spot: Spot, from: Option<usize>, lang: Lang) -> String {
        let here = from == Some(spot.article);
        let article = spot.article;
        match (self, spot.paragraph, lang) {
            (_, Some(paragraph), Lang::En) if here => format!("paragraph {paragraph}"),
            (_, Some(paragraph), Lang::En) => format!("article {article}, paragraph {paragraph}"),
            (_, None, Lang::En) => format!("article {article}"),
            (Numbering::Article, Some(paragraph), _) if here => format!("第{paragraph}項"),
            (Numbering::Article, Some(paragraph), _) => format!("第{article}条第{paragraph}項"),
            (Numbering::Article, None, _) => format!("第{article}条"),
            (Numbering::Special, Some(paragraph), _) => format!("第{article}の{paragraph}"),
            (Numbering::Special, None, _) => format!("第{article}"),
            (Numbering::Number, Some(paragraph), _) => format!("{article}の({paragraph})"),
            (Numbering::Number, None, _) => format!("{article}"),
        }
    }

    fn range(self, first: Spot, last: Spot, from: Option<usize>, lang: Lang) -> String {
        let start = self.name(first, from, lang);
        let start = match lang {
            Lang::Ja => start,
            Lang::En if first.paragraph.is_some() => start.replace("paragraph ", "paragraphs "),
            Lang::En => start.replace("article ", "articles "),
        };
        let end = match (self, last.paragraph, lang) {
            (_, Some(paragraph), Lang::En) => paragraph.to_string(),
            (_, None, Lang::En) => last.article.to_string(),
            (Numbering::Article, Some(paragraph), _) => format!("第{paragraph}項"),
            (Numbering::Special, Some(paragraph), _) => paragraph.to_string(),
            (Numbering::Number, Some(paragraph), _) => format!("({paragraph})"),
            (_, None, _) => self.name(last, from, lang),
        };
        match lang {
            Lang::Ja => format!("{start}から{end}まで"),
            Lang::En => format!("{start} to {end}"),
        }
    }
}

fn follows(one: Spot, next: Spot) -> bool {
    match (one.paragraph, next.paragraph) {
        (Some(one_paragraph), Some(paragraph)) => {
            one.article == next.article && one_paragraph + 1 == paragraph
        }
        (None, None) => one.article + 1 == next.article,
        _ => false,
    }
}

/// A, B and C; A、B及びC.
pub fn joined(names: &[String], lang: Lang) -> String {
    let Some((last, before)) = names.split_last().filter(|(_, before)| !before.is_empty()) else {
        return names.concat();
    };
    format!("{}{}{last}", before.join(lang.pick("、", ", ")), lang.pick("及び", " and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(article: usize, paragraph: usize) -> Spot {
        Spot { article, paragraph: (paragraph > 0).then_some(paragraph) }
    }

    #[test]
    fn references_read_as_a_contract_writes_them() {
        let table = [
            (vec![spot(8, 2)], "第2項", "第8の2", "8の(2)", "paragraph 2"),
            (vec![spot(9, 2)], "第9条第2項", "第9の2", "9の(2)", "article 9, paragraph 2"),
            (vec![spot(9, 0)], "第9条", "第9", "9", "article 9"),
            (
                vec![spot(8, 3), spot(8, 1), spot(8, 1)],
                "第1項及び第3項",
                "第8の1及び第8の3",
                "8の(1)及び8の(3)",
                "paragraph 1 and paragraph 3",
            ),
            (
                vec![spot(8, 1), spot(8, 2), spot(8, 3), spot(9, 0)],
                "第1項から第3項まで及び第9条",
                "第8の1から3まで及び第9",
                "8の(1)から(3)まで及び9",
                "paragraphs 1 to 3 and article 9",
            ),
            (
                vec![spot(2, 0), spot(3, 0), spot(4, 0), spot(6, 0), spot(7, 0)],
                "第2条から第4条まで、第6条及び第7条",
                "第2から第4まで、第6及び第7",
                "2から4まで、6及び7",
                "articles 2 to 4, article 6 and article 7",
            ),
        ];
        for (spots, article, special, number, english) in table {
            let ja = |numbering: Numbering| numbering.refer(&spots, Some(8), Lang::Ja);
            assert_eq!(ja(Numbering::Article), article);
            assert_eq!(ja(Numbering::Special), special);
            assert_eq!(ja(Numbering::Number), number);
            assert_eq!(Numbering::Article.refer(&spots, Some(8), Lang::En), english);
        }
    }

    #[test]
    fn marks_are_those_of_the_style() {
        let table = [
            (Numbering::Article, "第3条（再委託）", ["", "2"], "(1)"),
            (Numbering::Special, "第3　再委託", ["1", "2"], "(1)"),
            (Numbering::Number, "3　再委託", ["(1)", "(2)"], "ア"),
        ];
        for (numbering, heading, paragraphs, item) in table {
            assert_eq!(numbering.heading(3, "再委託"), heading);
            assert_eq!([1, 2].map(|number| numbering.paragraph(number, 2)), paragraphs);
            assert_eq!(numbering.paragraph(1, 1), "", "one paragraph needs no number");
            assert_eq!(numbering.item(1), item);
        }
        assert_eq!(Numbering::Number.item(60), "(60)");
    }
}
