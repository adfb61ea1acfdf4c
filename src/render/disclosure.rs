//! The reference page of what a copy for release may have to withhold: each class with its fields.

use std::fmt::Write;

use super::escape::{markdown, markdown_code};
use super::reference::Page;
use crate::lang::Lang;
use crate::policy::reads::facts;
use crate::schema::{Disclosure, Field, Kind};

/// The page in a language.
pub fn page(lang: Lang) -> Page {
    let head = lang.pick(
        "# 情報公開における区分\n\n公開用の写し（`hadome report --redact`）で不開示とすることのできる記載事項を、区分ごとに示します。このページは文書のスキーマから作成しています。区分は、行政機関の保有する情報の公開に関する法律第5条に倣ったものです。条例の条項は団体により異なるため、不開示の根拠は不開示の指定（redaction/1）に記入してください。区分に当たるかどうかは、個別に判断する必要があります。\n",
        "# Classes of disclosure\n\nThe facts that a copy for release (`hadome report --redact`) can withhold, by class. This page is written from the schemas of the documents. The classes follow article 5 of the Act on Access to Information Held by Administrative Organs. Ordinances number their provisions in ways of their own, so that the ground of each stands in the rules of redaction (redaction/1). Whether a fact belongs to a class has to be judged case by case.\n",
    );
    let mut out = head.to_owned();
    let classed = classed();
    for class in Disclosure::ALL {
        let (title, why) = (class.title(lang), class.why(lang));
        let _ = match lang {
            Lang::Ja => write!(out, "\n## {title}（`{}`）\n\n{why}。\n\n", class.word()),
            Lang::En => write!(out, "\n## {title} (`{}`)\n\nBecause {why}.\n\n", class.word()),
        };
        out.push_str(lang.pick("| 記載事項 | 所在 |\n| --- | --- |\n", "| fact | path |\n| --- | --- |\n"));
        for (path, field) in classed.iter().filter(|(_, field)| field.disclosure() == Some(class)) {
            let _ = writeln!(out, "| {} | {} |", markdown(field.title(lang)), markdown_code(path));
        }
    }
    Page { name: format!("disclosure.{}.md", lang.code()), text: out }
}

/// The fields of all documents that belong to a class.
fn classed() -> Vec<(String, Field)> {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_of_dossier());
    let all = kinds.flat_map(|kind| facts(kind.root(), kind.word()));
    all.filter(|(_, field)| field.disclosure().is_some()).collect()
}
