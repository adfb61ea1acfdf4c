//! The reference pages of the library: one per family, the page that lists them, and the classes of
//! disclosure.

use std::fmt::Write;

use super::disclosure;
use super::escape::markdown;
use super::policy::sheet;
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::library::{Family, Library};

/// A page with the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// All pages in a language, in the order of the families.
pub fn pages(library: &Library, policies: &[Policy], lang: Lang) -> Vec<Page> {
    let families = library.families.iter().map(|family| {
        let own: Vec<&Policy> = policies.iter().filter(|policy| policy.family() == family.id).collect();
        (family, own)
    });
    let families: Vec<(&Family, Vec<&Policy>)> = families.filter(|(_, own)| !own.is_empty()).collect();
    let mut pages = vec![Page { name: format!("index.{}.md", lang.code()), text: index(&families, lang) }];
    pages.extend(
        families.iter().map(|(family, own)| Page {
            name: file_name(family, lang),
            text: page(family, own, library, lang),
        }),
    );
    pages.push(disclosure::page(lang));
    pages
}

fn file_name(family: &Family, lang: Lang) -> String {
    format!("{}.{}.md", family.id.to_lowercase(), lang.code())
}

fn index(families: &[(&Family, Vec<&Policy>)], lang: Lang) -> String {
    let mut out = lang.pick("# 確認項目の一覧\n\n", "# The policies\n\n").to_owned();
    let count: usize = families.iter().map(|(_, own)| own.len()).sum();
    let _ = match lang {
        Lang::Ja => write!(
            out,
            "確認項目{count}件を分野ごとに示します。このページと分野ごとのページは、確認項目の定義から作成しています。\n\n| 分野 | 趣旨 | 件数 |\n| --- | --- | --- |\n"
        ),
        Lang::En => write!(
            out,
            "The {count} policies by family. These pages are written from the policies themselves.\n\n| family | about | policies |\n| --- | --- | --- |\n"
        ),
    };
    for (family, own) in families {
        let (title, about) = (markdown(family.title.get(lang)), markdown(family.about.get(lang)));
        let _ = writeln!(
            out,
            "| [{} {title}]({}) | {about} | {} |",
            family.id,
            file_name(family, lang),
            own.len()
        );
    }
    let _ = match lang {
        Lang::Ja => writeln!(out, "\n[情報公開における区分](disclosure.ja.md)は、別のページに示します。"),
        Lang::En => {
            writeln!(out, "\n[The classes of disclosure](disclosure.en.md) have a page of their own.")
        }
    };
    out
}

fn page(family: &Family, own: &[&Policy], library: &Library, lang: Lang) -> String {
    let title = markdown(family.title.get(lang));
    let mut out = format!("# {} {title}\n\n{}\n\n", family.id, markdown(family.about.get(lang)));
    let head = lang.pick(
        "| 確認項目 | 重要度 | 題名 |\n| --- | --- | --- |\n",
        "| policy | severity | title |\n| --- | --- | --- |\n",
    );
    out.push_str(head);
    for policy in own {
        let (severity, title) = (policy.file.severity.title(lang), markdown(policy.file.title.get(lang)));
        let _ = writeln!(out, "| {} | {severity} | {title} |", policy.id());
    }
    for policy in own {
        let _ = write!(out, "\n{}", sheet(policy, library, lang).markdown());
    }
    let note = lang.pick(
        "\n法令・基準の条項は参考であり、法令への適合性を判断するものではありません。\n",
        "\nLaws and standards are named to help the reader; this is no judgement of lawfulness.\n",
    );
    out.push_str(note);
    out
}
