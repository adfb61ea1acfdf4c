//! The view that the templates of model clauses see: the clauses as articles, the forms that they name,
//! and the commentary apart from both.

mod remark;

use std::collections::BTreeSet;

use serde::Serialize;

use super::report::agreement::agreement;
use super::report::findings::{Groups, number};
use super::report::head::{head, party_name};
use super::report::places::Places;
use super::report::{Filing, PartyStyle, all_documents, blank, day};
use super::view::{AssumptionView, view};
use crate::article::choice::Choice;
use crate::article::draft::{Article, Draft, Form, form_number};
use crate::article::file::ArticlesFile;
use crate::article::numbering::{Numbering, Spot};
use crate::conclude::Assessment;
use crate::lang::Lang;
use crate::load::tree::Span;
use crate::policy::library::{Library, Profile};
pub use remark::{ElsewhereRow, LeftOutRow, Remark, Remarks};

/// A part of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The clauses.
    Clauses,
    /// The forms that they name.
    Forms,
    /// The reasons.
    Commentary,
}

/// What a document of clauses is made from.
#[derive(Clone, Copy)]
pub struct Material<'m> {
    /// The articles and forms, numbered.
    pub draft: &'m Draft<'m>,
    /// What they were made from.
    pub file: &'m ArticlesFile,
    /// Which policies are written, and which not.
    pub choice: &'m Choice,
    /// The dossier; `None` for a first draft without one.
    pub assessment: Option<&'m Assessment>,
    /// The profile.
    pub profile: &'m Profile,
    /// The library.
    pub library: &'m Library,
    /// Title, party style, and whether publishers are named.
    pub filing: &'m Filing,
    /// The style of numbering.
    pub numbering: Numbering,
    /// Whether every clause of the profile was asked for.
    pub whole: bool,
    /// Which parts are written.
    pub parts: &'m BTreeSet<Part>,
}

/// A document of clauses, ready for a template.
#[derive(Clone, Debug, Serialize)]
pub struct ClausesView {
    /// Its title.
    pub title: String,
    /// Whether the clauses are written.
    pub with_clauses: bool,
    /// Whether the forms are written.
    pub with_forms: bool,
    /// Whether the commentary is written.
    pub with_commentary: bool,
    /// Whether every clause of the profile was asked for.
    pub whole: bool,
    /// The word that stands for a blank to fill in by hand.
    pub blank: &'static str,
    /// What the dossier says of itself; `None` without a dossier.
    pub about: Option<About>,
    /// What the clauses call the client, in Japanese.
    pub client: &'static str,
    /// What the clauses call the contractor, in Japanese.
    pub contractor: &'static str,
    /// The clauses.
    pub articles: Vec<ArticleView>,
    /// The forms.
    pub forms: Vec<FormView>,
    /// The reasons, by article.
    pub commentary: Vec<Remarks>,
    /// Clauses of the profile that are not written.
    pub left_out: Vec<LeftOutRow>,
    /// Findings that no clause mends.
    pub elsewhere: Vec<ElsewhereRow>,
    /// What it was made with.
    pub basis: Basis,
}

/// What the dossier says of itself.
#[derive(Clone, Debug, Default, Serialize)]
pub struct About {
    /// 件名
    pub subject: Option<String>,
    /// 契約番号
    pub contract_number: Option<String>,
    /// 契約締結日
    pub signed_on: Option<String>,
    /// 履行期間
    pub term: Option<String>,
    /// 所管課
    pub department: Option<String>,
    /// The client's name.
    pub client: Option<String>,
    /// The contractor's name.
    pub contractor: Option<String>,
    /// The form of the agreement as the schema's word.
    pub form: Option<String>,
    /// What the form is called.
    pub form_title: Option<String>,
    /// The as-of date for people.
    pub as_of: String,
    /// What the stage is called.
    pub stage: String,
    /// What the reader supposes.
    pub assumptions: Vec<AssumptionView>,
}

/// An article.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// Its number and heading, in Japanese.
    pub heading: String,
    /// Its heading in English, where that is asked for.
    pub english: Option<String>,
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphView>,
}

/// A paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct ParagraphView {
    /// The mark before it; empty where there is none.
    pub mark: String,
    /// Its words, in Japanese.
    pub text: String,
    /// Its words in English, where that is asked for.
    pub english: Option<String>,
    /// The items that follow.
    pub items: Vec<ItemView>,
}

/// An item of a paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// The mark before it.
    pub mark: String,
    /// Its words, in Japanese.
    pub text: String,
    /// Its words in English, where that is asked for.
    pub english: Option<String>,
}

/// A form.
#[derive(Clone, Debug, Serialize)]
pub struct FormView {
    /// 様式第1号
    pub number: String,
    /// What it is called, in Japanese.
    pub title: String,
    /// What it is called in English, where that is asked for.
    pub english: Option<String>,
    /// The articles that name it, in Japanese; empty where none does.
    pub named_in: String,
    /// The name of its template.
    pub template: String,
}

/// What the document was made with.
#[derive(Clone, Debug, Serialize)]
pub struct Basis {
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// SHA-256 of the library.
    pub library_sha256: String,
    /// SHA-256 of the articles, which are no part of the library's.
    pub articles_sha256: String,
    /// The program's version.
    pub version: &'static str,
}

/// Makes the view.
pub fn clauses(material: &Material<'_>, lang: Lang) -> ClausesView {
    let Material { draft, filing, .. } = *material;
    let style = filing.party_style;
    let called = |role, otherwise| style.called(role, Lang::Ja).unwrap_or(otherwise);
    let parts = material.parts;
    let mut page = ClausesView {
        title: filing.title.clone().unwrap_or_else(|| usual_title(material.file, lang)),
        with_clauses: parts.contains(&Part::Clauses),
        with_forms: parts.contains(&Part::Forms),
        with_commentary: parts.contains(&Part::Commentary),
        whole: material.whole,
        blank: blank(lang),
        about: material.assessment.map(|assessment| about(assessment, filing, lang)),
        client: called("client", "委託者"),
        contractor: called("contractor", "受託者"),
        articles: draft.articles.iter().map(|article| material.article(article, lang)).collect(),
        forms: draft.forms.iter().map(|form| material.form(form, lang)).collect(),
        commentary: Vec::new(),
        left_out: remark::left_out(material, lang),
        elsewhere: Vec::new(),
        basis: Basis {
            profile: material.profile.id.clone(),
            profile_title: material.profile.title.get(lang).to_owned(),
            library_sha256: material.library.sha256.clone(),
            articles_sha256: material.file.sha256(),
            version: env!("CARGO_PKG_VERSION"),
        },
    };
    match material.assessment {
        None => page.commentary = remark::remarks(material, None, lang),
        Some(assessment) => {
            let view = view(assessment, lang);
            let heads: Vec<Span> =
                all_documents(&assessment.case).map(|document| document.head_span()).collect();
            let places = Places { folder: &view.name, heads: &heads, lang };
            let groups = Groups { assessment, library: material.library, places, filing, lang };
            let numbered = number(&view.outcomes, lang);
            let found = remark::Found { view: &view, groups: &groups, numbered: &numbered };
            page.commentary = remark::remarks(material, Some(&found), lang);
            page.elsewhere = remark::elsewhere(material, assessment, &found, lang);
        }
    }
    page
}

impl Material<'_> {
    fn article(&self, article: &Article<'_>, lang: Lang) -> ArticleView {
        let paragraphs = article.paragraphs.iter().enumerate().map(|(at, paragraph)| {
            let [text, english] = self.words(&paragraph.words, lang);
            ParagraphView {
                mark: self.numbering.paragraph(at + 1, article.paragraphs.len()),
                text: text.unwrap_or_default(),
                english,
                items: paragraph
                    .items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| self.item(at, item, lang))
                    .collect(),
            }
        });
        ArticleView {
            heading: self.numbering.heading(article.number, article.file.title.get(Lang::Ja)),
            english: (lang == Lang::En).then(|| article.file.title.get(lang).to_owned()),
            paragraphs: paragraphs.collect(),
        }
    }

    fn item(&self, at: usize, words: &[String; 2], lang: Lang) -> ItemView {
        let [text, english] = self.words(words, lang);
        ItemView { mark: self.numbering.item(at + 1), text: text.unwrap_or_default(), english }
    }

    /// The Japanese words, and the English ones where they are asked for, with the parties so called.
    fn words(&self, [ja, en]: &[String; 2], lang: Lang) -> [Option<String>; 2] {
        let style: PartyStyle = self.filing.party_style;
        [Some(style.clause(ja, Lang::Ja)), (lang == Lang::En).then(|| style.clause(en, Lang::En))]
    }

    fn form(&self, form: &Form<'_>, lang: Lang) -> FormView {
        let spots: Vec<Spot> =
            form.named_in.iter().map(|article| Spot { article: *article, paragraph: None }).collect();
        FormView {
            number: form_number(form.number, Lang::Ja),
            title: form.file.title.get(Lang::Ja).to_owned(),
            english: (lang == Lang::En).then(|| form.file.title.get(lang).to_owned()),
            named_in: self.numbering.refer(&spots, None, Lang::Ja),
            template: format!("forms/{}.ja.md.j2", form.file.id),
        }
    }
}

fn usual_title(file: &ArticlesFile, lang: Lang) -> String {
    let title = file.title.get(lang);
    match lang {
        Lang::Ja => format!("{title}（条項例）"),
        Lang::En => format!("Model clauses: {title}"),
    }
}

fn about(assessment: &Assessment, filing: &Filing, lang: Lang) -> About {
    let case = &assessment.case;
    let (head, agreement) = (head(case, filing, lang), agreement(case, lang));
    let stage = case.stage.stage.map_or(lang.pick("未確認", "unknown"), |stage| stage.title(lang));
    let assumptions = case.assumptions.iter();
    let assumptions =
        assumptions.map(|one| AssumptionView { path: one.path.clone(), value: one.value.clone() });
    About {
        subject: head.subject,
        contract_number: head.contract_number,
        signed_on: head.signed_on,
        term: head.term,
        department: head.department,
        client: party_name(case, "client"),
        contractor: party_name(case, "contractor"),
        form: agreement.form,
        form_title: agreement.form_title,
        as_of: day(case.as_of, lang),
        stage: stage.to_owned(),
        assumptions: assumptions.collect(),
    }
}
