//! The commented scaffold of a document, made from its schema: every field empty, so that nothing
//! is stated until someone writes it.

pub mod policy;

use std::fmt::Write;

use crate::lang::Lang;
use crate::schema::{Field, Kind, Shape};

/// Lists are written out as one commented item; nothing nests deeper than this.
const DEEPEST: usize = 6;

/// The text of a new document of a kind.
pub fn document(kind: Kind, id: &str, lang: Lang) -> String {
    let root = kind.root();
    let mut out = String::new();
    let intro = match lang {
        Lang::Ja => [
            "空欄は「記載なし」として扱われ、未確認となります。分かるところから記入してください。",
            "「なし」と分かっている一覧は [] と書きます。数のない定め（直ちに等）は _wording の欄に書きます。",
            "原本の該当箇所は ref: {source: ..., article: 第○条, page: ○} のように書きます。",
        ],
        Lang::En => [
            "An empty field counts as not stated and leaves the outcome undecided. Fill in what you know.",
            "Write [] for a list that is known to be empty. A duty without a number (at once) goes to the _wording field.",
            "Say where it stands in the original: ref: {source: ..., article: Article 12, page: 5}.",
        ],
    };
    let _ = writeln!(out, "# {}: {}", root.title(lang), root.description(lang).unwrap_or_default());
    for line in intro {
        let _ = writeln!(out, "# {line}");
    }
    let _ = writeln!(out, "hadome: {}/1\nid: {id}", kind.word());
    for field in root.properties().filter(|field| !matches!(field.name, "hadome" | "id" | "lists")) {
        out.push('\n');
        write_field(&mut out, field, 0, false, lang);
    }
    out
}

fn write_field(out: &mut String, field: Field, depth: usize, commented: bool, lang: Lang) {
    if depth > DEEPEST || field.name == "ref" {
        return;
    }
    let indent = "  ".repeat(depth);
    let mark = if commented { "# " } else { "" };
    let _ = writeln!(out, "{indent}# {}{}", field.title(lang), told(field, lang));
    match field.shape() {
        Shape::Object if field.properties().next().is_some() => {
            let _ = writeln!(out, "{indent}{mark}{}:", field.name);
            let inner = |inner: &Field| inner.name != "ref";
            field
                .properties()
                .filter(inner)
                .for_each(|inner| write_field(out, inner, depth + 1, commented, lang));
        }
        Shape::List => {
            let _ = writeln!(out, "{indent}{mark}{}:", field.name);
            let Some(item) = field.items().filter(|item| item.shape() == Shape::Object) else { return };
            for (at, inner) in item.properties().filter(|inner| inner.name != "ref").enumerate() {
                let dash = if at == 0 { "- " } else { "  " };
                let _ = writeln!(out, "{indent}#   {dash}{}: {}", inner.name, note(inner, lang));
            }
        }
        _ => {
            let _ = writeln!(out, "{indent}{mark}{}:", field.name);
        }
    }
}

/// What to write, after the title.
fn told(field: Field, lang: Lang) -> String {
    let description = field.description(lang).map(|text| match lang {
        Lang::Ja => format!("：{text}"),
        Lang::En => format!(": {text}"),
    });
    let choices = choices(field, lang);
    let choices = choices.map(|choices| match lang {
        Lang::Ja => format!("［{choices}］"),
        Lang::En => format!(" [{choices}]"),
    });
    description.unwrap_or_default() + &choices.unwrap_or_default()
}

/// The title of an item's field as a comment behind its key.
fn note(field: Field, lang: Lang) -> String {
    format!("# {}", hint(field, lang))
}

/// The title of a field, with its choices where it has some.
pub fn hint(field: Field, lang: Lang) -> String {
    let choices = choices(field, lang).map(|choices| format!(" [{choices}]")).unwrap_or_default();
    format!("{}{choices}", field.title(lang))
}

/// What a person may choose for a field, by what it is called; empty where anything may be written.
pub fn options(field: Field, lang: Lang) -> Vec<String> {
    let field = if field.shape() == Shape::List { field.items().unwrap_or(field) } else { field };
    let label = |word: &str| {
        field
            .label(word, lang)
            .unwrap_or(match (word, lang) {
                ("true", Lang::Ja) => "はい",
                ("true", Lang::En) => "yes",
                ("false", Lang::Ja) => "いいえ",
                ("false", Lang::En) => "no",
                _ => "",
            })
            .to_owned()
    };
    match field.shape() {
        Shape::Bool => ["true", "false"].into_iter().map(label).collect(),
        Shape::Enum => {
            let named = field.words().map(|word| (word, label(word)));
            named.map(|(word, label)| if label.is_empty() { word.to_owned() } else { label }).collect()
        }
        _ => Vec::new(),
    }
}

/// What may be chosen for a field, each word with what it is called.
pub fn choices(field: Field, lang: Lang) -> Option<String> {
    let field = match field.shape() {
        Shape::List => field.items()?,
        _ => field,
    };
    match field.shape() {
        Shape::Bool => Some("true / false".to_owned()),
        Shape::Date => Some("2026-04-01 / 令和8年4月1日".to_owned()),
        Shape::Enum => {
            let words = field.words().map(|word| match field.label(word, lang) {
                Some(label) => format!("{word}={label}"),
                None => word.to_owned(),
            });
            Some(words.collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}
