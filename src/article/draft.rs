//! A draft: the articles that are written, numbered, with every reference resolved.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{ArticleFile, ArticlesFile, FormFile, Provision};
use super::numbering::{Numbering, Spot, joined};
use super::reference::{Piece, Target, pieces, targets};
use super::standing;
use crate::lang::{Lang, Text};
use crate::policy::library::Library;

/// The clauses of a contract, and the forms that they name.
#[derive(Clone, Debug, Default)]
pub struct Draft<'f> {
    /// The articles, in order.
    pub articles: Vec<Article<'f>>,
    /// The forms, in the order in which they are named.
    pub forms: Vec<Form<'f>>,
}

/// An article as it is written.
#[derive(Clone, Debug)]
pub struct Article<'f> {
    /// Its number, from 1.
    pub number: usize,
    /// What it was made from.
    pub file: &'f ArticleFile,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The policy whose model clause it is; `None` for a text of the article.
    pub policy: Option<String>,
    /// Its words in both languages, in the order of [`Lang`]: Japanese, English.
    pub words: [String; 2],
    /// The items that follow.
    pub items: Vec<[String; 2]>,
}

/// A form as it comes along.
#[derive(Clone, Debug)]
pub struct Form<'f> {
    /// Its number, from 1.
    pub number: usize,
    /// What it was made from.
    pub file: &'f FormFile,
    /// The articles that name it.
    pub named_in: Vec<usize>,
}

/// What is asked of a draft.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'w> {
    /// The policies whose model clauses are written.
    pub policies: &'w BTreeSet<String>,
    /// How it is numbered.
    pub numbering: Numbering,
    /// Whether forms come along that nothing names.
    pub all_forms: bool,
}

/// One entry of an article before its words are known.
enum Entry<'f> {
    Clause(&'f str),
    Text(&'f Provision),
}

/// Writes the articles in which a policy of the wish stands. Without any, there is no article at all.
pub fn draft<'f>(file: &'f ArticlesFile, library: &'f Library, wish: Wish<'_>) -> Draft<'f> {
    let clauses = |article: &'f ArticleFile| -> Vec<&'f str> {
        let standing = standing(file, article, library).into_iter();
        standing.filter(|id| wish.policies.contains(*id)).collect()
    };
    let for_contracts = file.articles.iter().filter(|article| article.not_for_contracts.is_none());
    let placed: Vec<(&ArticleFile, Vec<&str>)> =
        for_contracts.map(|article| (article, clauses(article))).collect();
    if placed.iter().all(|(_, clauses)| clauses.is_empty()) && !wish.all_forms {
        return Draft::default();
    }
    let any = placed.iter().any(|(_, clauses)| !clauses.is_empty());
    let written: Vec<(&ArticleFile, Vec<&str>)> = placed
        .into_iter()
        .filter(|(article, clauses)| !clauses.is_empty() || any && article.always)
        .collect();
    let there = There {
        articles: written.iter().map(|(article, _)| article.id.as_str()).collect(),
        policies: written.iter().flat_map(|(_, clauses)| clauses).copied().collect(),
    };
    let entries: Vec<Vec<Entry<'f>>> =
        written.iter().map(|(article, clauses)| there.entries(article, clauses)).collect();
    let mut numbers = Numbers { numbering: wish.numbering, ..Numbers::default() };
    for (at, ((article, _), entries)) in written.iter().zip(&entries).enumerate() {
        numbers.articles.insert(article.id.clone(), at + 1);
        for (paragraph, entry) in entries.iter().enumerate() {
            let spot = Spot { article: at + 1, paragraph: (entries.len() > 1).then_some(paragraph + 1) };
            match entry {
                Entry::Clause(policy) => drop(numbers.policies.insert((*policy).to_owned(), spot)),
                Entry::Text(provision) => numbers.name_forms(provision, at + 1, file),
            }
        }
    }
    if wish.all_forms {
        file.forms.iter().for_each(|form| numbers.add_form(&form.id, None));
    }
    let articles = written.iter().zip(&entries).enumerate().map(|(at, ((article, _), entries))| Article {
        number: at + 1,
        file: article,
        paragraphs: entries.iter().map(|entry| numbers.paragraph(entry, at + 1, file, library)).collect(),
    });
    let articles = articles.collect();
    let forms = numbers.forms.iter().enumerate().filter_map(|(at, (id, named_in))| {
        let file = file.forms.iter().find(|form| form.id == *id)?;
        Some(Form { number: at + 1, file, named_in: named_in.iter().copied().collect() })
    });
    Draft { articles, forms: forms.collect() }
}

/// What is written, so that a text can refer to it.
struct There<'f> {
    articles: BTreeSet<&'f str>,
    policies: BTreeSet<&'f str>,
}

impl<'f> There<'f> {
    fn has(&self, target: &Target) -> bool {
        match target {
            Target::Policy(id) => self.policies.contains(id.as_str()),
            Target::Article(id) => self.articles.contains(id.as_str()),
            Target::Form(_) => true,
        }
    }

    /// The entries of an article; a text of which one reference leads nowhere is left out.
    fn entries(&self, article: &'f ArticleFile, clauses: &[&'f str]) -> Vec<Entry<'f>> {
        let reads = |provision: &&Provision| {
            let pieces = pieces(provision.text.get(Lang::Ja)).unwrap_or_default();
            pieces.iter().all(|piece| match piece {
                Piece::Words(_) => true,
                Piece::Reference(targets) => targets.iter().any(|target| self.has(target)),
            })
        };
        let opening = article.opening.iter().filter(reads).map(Entry::Text);
        let closing = article.closing.iter().filter(reads).map(Entry::Text);
        opening.chain(clauses.iter().map(|id| Entry::Clause(id))).chain(closing).collect()
    }
}

/// The numbers of everything that is written.
#[derive(Default)]
struct Numbers {
    numbering: Numbering,
    articles: BTreeMap<String, usize>,
    policies: BTreeMap<String, Spot>,
    /// The forms in the order in which they are named, each with the articles that name it.
    forms: Vec<(String, BTreeSet<usize>)>,
}

impl Numbers {
    fn name_forms(&mut self, provision: &Provision, article: usize, file: &ArticlesFile) {
        for target in targets(provision.text.get(Lang::Ja)) {
            if let Target::Form(id) = target
                && file.forms.iter().any(|form| form.id == id)
            {
                self.add_form(&id, Some(article));
            }
        }
    }

    fn add_form(&mut self, id: &str, article: Option<usize>) {
        let at = self.forms.iter().position(|(known, _)| known == id);
        let at = at.unwrap_or_else(|| {
            self.forms.push((id.to_owned(), BTreeSet::new()));
            self.forms.len() - 1
        });
        self.forms[at].1.extend(article);
    }

    fn paragraph(
        &self,
        entry: &Entry<'_>,
        article: usize,
        file: &ArticlesFile,
        library: &Library,
    ) -> Paragraph {
        let both = |text: &Text| [Lang::Ja, Lang::En].map(|lang| text.get(lang).to_owned());
        match entry {
            Entry::Clause(id) => Paragraph {
                policy: Some((*id).to_owned()),
                words: library.policies.get(*id).map(|policy| both(&policy.model_clause)).unwrap_or_default(),
                items: Vec::new(),
            },
            Entry::Text(provision) => Paragraph {
                policy: None,
                words: [Lang::Ja, Lang::En].map(|lang| self.resolved(&provision.text, article, file, lang)),
                items: provision.items.iter().map(both).collect(),
            },
        }
    }

    /// A text with numbers in place of its references.
    fn resolved(&self, text: &Text, article: usize, file: &ArticlesFile, lang: Lang) -> String {
        let pieces = pieces(text.get(lang)).unwrap_or_default();
        let words = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Reference(targets) => self.reference(targets, article, file, lang),
        });
        words.collect()
    }

    fn reference(&self, targets: &[Target], article: usize, file: &ArticlesFile, lang: Lang) -> String {
        let spots: Vec<Spot> = targets
            .iter()
            .filter_map(|target| match target {
                Target::Policy(id) => self.policies.get(id).copied(),
                Target::Article(id) => {
                    self.articles.get(id).map(|number| Spot { article: *number, paragraph: None })
                }
                Target::Form(_) => None,
            })
            .collect();
        let forms = targets.iter().filter_map(|target| match target {
            Target::Form(id) => {
                let number = 1 + self.forms.iter().position(|(known, _)| known == id)?;
                let title = file.forms.iter().find(|form| form.id == *id)?.title.get(lang);
                Some(match lang {
                    Lang::Ja => format!("{title}（{}）", form_number(number, lang)),
                    Lang::En => format!("the {title} ({})", form_number(number, lang)),
                })
            }
            _ => None,
        });
        let forms: Vec<String> = forms.collect();
        let places = (!spots.is_empty()).then(|| self.numbering.refer(&spots, Some(article), lang));
        joined(&places.into_iter().chain(forms).collect::<Vec<_>>(), lang)
    }
}

/// 様式第1号, form 1.
pub fn form_number(number: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("様式第{number}号"),
        Lang::En => format!("form {number}"),
    }
}
