//! The shorter forms in which a name is used: without what says what kind of company it is, without the
//! office and the post in front of it.

use super::needle::folded;
use crate::schema::Disclosure;

/// Kinds of companies, before or behind a name, as [`folded`] gives them.
const COMPANIES: [&str; 20] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "(株)",
    "(有)",
    "(同)",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "独立行政法人",
    "国立大学法人",
    "社会福祉法人",
    "特定非営利活動法人",
    "co.,ltd.",
    "co.,ltd",
    "inc.",
    "corporation",
];

/// Posts, and the ends of the names of offices and posts.
const POSTS: [&str; 12] =
    ["課長", "係長", "部長", "局長", "室長", "所長", "主査", "主任", "主事", "主幹", "参事", "担当"];
const ENDS: [char; 11] = ['課', '部', '局', '室', '係', '班', '所', '長', '者', '員', '署'];

/// A text as it may be used elsewhere, folded; the whole of it first.
pub(super) fn forms(text: &str, class: Option<Disclosure>) -> Vec<String> {
    let mut forms = vec![folded(text)];
    forms.extend(without_kind(&forms[0]));
    if class == Some(Disclosure::Personal) {
        let parts: Vec<String> = text.split_whitespace().map(folded).collect();
        if parts.len() > 1 {
            forms.extend(parts.into_iter().filter(|part| is_name(part)));
        }
    }
    forms
}

fn without_kind(text: &str) -> Option<String> {
    let cut = |kind: &&str| text.strip_prefix(*kind).or_else(|| text.strip_suffix(*kind));
    COMPANIES.iter().find_map(cut).filter(|bare| bare.chars().nth(1).is_some()).map(str::to_owned)
}

/// Whether a part of what names a person is no office and no post.
fn is_name(part: &str) -> bool {
    let count = part.chars().count();
    let office = count > 2 && part.ends_with(ENDS);
    let short = part.is_ascii() && count < 3;
    !office && !short && !POSTS.contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_shorter_forms() {
        let personal = Some(Disclosure::Personal);
        let table: [(&str, Option<Disclosure>, &[&str]); 7] = [
            ("㈱乙山印刷", None, &["(株)乙山印刷", "乙山印刷"]),
            ("乙山印刷 株式会社", None, &["乙山印刷株式会社", "乙山印刷"]),
            ("株式会社", None, &["株式会社"]),
            ("情報政策課 主査 甲野 花子", personal, &["情報政策課主査甲野花子", "甲野", "花子"]),
            ("Taro B. Tanaka", personal, &["tarob.tanaka", "taro", "tanaka"]),
            ("課長　阿部 一", personal, &["課長阿部一", "阿部", "一"]),
            ("甲野 花子", None, &["甲野花子"]),
        ];
        for (text, class, wanted) in table {
            assert_eq!(forms(text, class), wanted, "{text}");
        }
    }
}
