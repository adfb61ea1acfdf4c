//! Articles: in which order model clauses stand in a contract, with the texts and forms that go with
//! them. Data in, plain data out; no format is known here, no file is read.

pub mod check;
pub mod choice;
pub mod draft;
pub mod file;
pub mod numbering;
pub mod problem;
pub mod reference;

use std::collections::BTreeSet;

use crate::policy::library::Library;
use file::{ArticleFile, ArticlesFile};

/// The policies whose model clauses stand in an article, in order: those that it names, then those of
/// its families, and in the article of the rest all others, that no article names.
pub fn standing<'l>(file: &ArticlesFile, article: &ArticleFile, library: &'l Library) -> Vec<&'l str> {
    let named: BTreeSet<&str> = file.articles.iter().flat_map(ArticleFile::named).collect();
    let families: BTreeSet<&str> =
        file.articles.iter().flat_map(|one| &one.families).map(String::as_str).collect();
    let own = article.named().filter_map(|id| Some(library.policies.get_key_value(id)?.0.as_str()));
    let mut standing: Vec<&str> = own.collect();
    let unnamed = library.policies.keys().map(String::as_str).filter(|id| !named.contains(id));
    standing.extend(unnamed.filter(|id| {
        let family = id.split('-').next().unwrap_or_default();
        article.families.iter().any(|own| own == family) || article.rest && !families.contains(family)
    }));
    standing
}
