//! Fields and families for people: what they mean, how they are written, which policies read them.

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::library::{Family, Library};
use crate::policy::reads::reads;
use crate::render::sheet::Sheet;
use crate::schema::{Field, Shape};

/// The policies with the facts that each reads.
#[derive(Debug)]
pub struct Readers<'p>(Vec<(&'p Policy, BTreeMap<String, std::collections::BTreeSet<String>>)>);

impl<'p> Readers<'p> {
    /// Looks through the policies.
    pub fn of(policies: &'p [Policy]) -> Readers<'p> {
        Readers(policies.iter().map(|policy| (policy, reads(policy))).collect())
    }

    /// One line for each policy that reads a path or anything below it.
    fn lines(&self, path: &str, lang: Lang) -> Vec<String> {
        let inside = |read: &str| {
            read.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let mut lines = Vec::new();
        for (policy, reads) in &self.0 {
            let read: Vec<_> = reads.iter().filter(|(read, _)| inside(read)).collect();
            if read.is_empty() {
                continue;
            }
            let mut clauses: Vec<&str> =
                read.iter().flat_map(|(_, clauses)| *clauses).map(String::as_str).collect();
            clauses.sort_unstable();
            clauses.dedup();
            let title = policy.file.title.get(lang);
            let clauses = match clauses.as_slice() {
                [] => lang.pick("適用の条件", "whether it applies").to_owned(),
                some => some.join(lang.pick("、", ", ")),
            };
            lines.push(match lang {
                Lang::Ja => format!("{} {title}（{clauses}）", policy.id()),
                Lang::En => format!("{} {title} ({clauses})", policy.id()),
            });
        }
        lines
    }
}

/// A field: what it is called, how it is written and who reads it.
pub fn field(path: &str, field: Field, readers: &Readers<'_>, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(format!("{path}  {}", field.title(lang)));
    let description = field.description(lang).map(str::to_owned);
    sheet.section(lang.pick("説明", "What it is"), description.into_iter().collect());
    sheet.section(lang.pick("書き方", "How to write it"), values(field, lang));
    let class = field.disclosure().map(|class| format!("{}: {}", class.word(), class.title(lang)));
    sheet.section(lang.pick("情報公開における区分", "Class of disclosure"), class.into_iter().collect());
    let inner = match field.shape() {
        Shape::List => field.items().filter(|item| item.shape() == Shape::Object),
        Shape::Object => Some(field),
        _ => None,
    };
    let inside = inner.into_iter().flat_map(Field::properties);
    let inside = inside.map(|inner| format!("{}  {}", inner.name, inner.title(lang))).collect();
    sheet.section(lang.pick("項目", "Fields"), inside);
    let mut lines = readers.lines(path, lang);
    if lines.is_empty() {
        lines.push(lang.pick("この項目を読む確認項目はありません", "no policy reads it").to_owned());
    }
    sheet.section(lang.pick("読む確認項目", "Read by"), lines);
    sheet
}

fn values(field: Field, lang: Lang) -> Vec<String> {
    let mut lines = vec![shape(field, lang)];
    let listed = field.items().filter(|_| field.shape() == Shape::List).unwrap_or(field);
    for word in listed.words() {
        lines.push(format!("{word}: {}", listed.label(word, lang).unwrap_or(word)));
    }
    if field.shape() == Shape::Bool {
        for word in ["true", "false"] {
            lines.extend(field.label(word, lang).map(|label| format!("{word}: {label}")));
        }
    }
    let example = listed.example().filter(|_| listed.shape() != Shape::Object);
    lines.extend(example.map(|example| match lang {
        Lang::Ja => format!("例：{example}"),
        Lang::En => format!("for example: {example}"),
    }));
    lines
}

fn shape(field: Field, lang: Lang) -> String {
    let unit = field.unit().filter(|_| matches!(field.shape(), Shape::Int | Shape::Number));
    let (ja, en) = match field.shape() {
        Shape::Bool => ("true 又は false", "true or false"),
        Shape::Int => ("整数", "a whole number"),
        Shape::Number => ("数値", "a number"),
        Shape::Text => ("文字列", "text"),
        Shape::Date => ("日付（2026-04-01、2026-04、令和8年4月1日の形）", "a date, as 2026-04-01 or 2026-04"),
        Shape::Enum => ("次のいずれか", "one of these"),
        Shape::List => match field.items().map(Field::shape) {
            Some(Shape::Object) if field.items().is_some_and(|item| item.property("id").is_none()) => {
                ("一覧（ないことを確認していれば []）", "a list; [] where there is none")
            }
            Some(Shape::Object) => (
                "一覧（一件ごとに id が必要。ないことを確認していれば []）",
                "a list of items with ids; [] where there is none",
            ),
            Some(Shape::Enum) => ("次の値の一覧", "a list of these"),
            _ => ("一覧", "a list"),
        },
        Shape::Object => ("次の項目をまとめたもの", "a group of the fields below"),
    };
    let words = lang.pick(ja, en).to_owned();
    match unit {
        Some(unit) if !unit.with("", lang).trim().is_empty() => match lang {
            Lang::Ja => format!("{words}（単位：{}）", unit.with("", lang)),
            Lang::En => format!("{words} ({})", unit.with("", lang).trim()),
        },
        _ => words,
    }
}

/// A family: what it is about, its measures and its policies.
pub fn family(family: &Family, library: &Library, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(format!("{}  {}", family.id, family.title.get(lang)));
    sheet.section(lang.pick("趣旨", "What it is about"), vec![family.about.get(lang).to_owned()]);
    let measures = family.measures.join(lang.pick("、", ", "));
    let measures = if measures.is_empty() { Vec::new() } else { vec![measures] };
    sheet.section(lang.pick("再発防止策", "Measures"), measures);
    let own =
        library.of_family(&family.id).map(|policy| format!("{}  {}", policy.id, policy.title.get(lang)));
    sheet.section(lang.pick("確認項目", "Policies"), own.collect());
    sheet
}
