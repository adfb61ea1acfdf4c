//! Checks a file of articles: every policy in one place, no reference to what there is not.

use std::collections::BTreeSet;

use super::file::{ArticleFile, ArticlesFile};
use super::problem::Problem;
use super::reference::{Target, pieces, targets};
use crate::lang::Lang;
use crate::policy::problem::{Fault, Problem as PolicyProblem};

/// Every fault of a file, with its JSON pointer. `known` says whether there is a policy of an id.
pub fn check(file: &ArticlesFile, known: impl Fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Faults::default();
    let (mut ids, mut placed, mut families) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (at, form) in file.forms.iter().enumerate() {
        if !ids.insert(("form", &form.id)) {
            faults.push(format!("/forms/{at}/id"), Problem::DoubleId(form.id.clone()));
        }
    }
    for (at, article) in file.articles.iter().enumerate() {
        if !ids.insert(("article", &article.id)) {
            faults.push(format!("/articles/{at}/id"), Problem::DoubleId(article.id.clone()));
        }
        for (id, pointer) in named(article, at) {
            if !known(id) {
                faults.push(pointer, Problem::NoTarget(id.to_owned()));
            } else if !placed.insert(id) {
                faults.push(pointer, Problem::PlacedTwice(id.to_owned()));
            }
        }
        for (index, family) in article.families.iter().enumerate() {
            if !families.insert(family) {
                let pointer = format!("/articles/{at}/families/{index}");
                faults.push(pointer, Problem::FamilyTwice(family.clone()));
            }
        }
    }
    if file.articles.iter().filter(|article| article.rest).count() != 1 {
        faults.push("/articles".to_owned(), Problem::OneRest);
    }
    let exists = |target: &Target| match target {
        Target::Policy(id) => known(id),
        Target::Article(id) => {
            file.articles.iter().any(|article| article.id == *id && article.not_for_contracts.is_none())
        }
        Target::Form(id) => file.forms.iter().any(|form| form.id == *id),
    };
    for (at, article) in file.articles.iter().enumerate() {
        for (list, provisions) in [("opening", &article.opening), ("closing", &article.closing)] {
            for (index, provision) in provisions.iter().enumerate() {
                let pointer = format!("/articles/{at}/{list}/{index}/text");
                let [ja, en] = [Lang::Ja, Lang::En].map(|lang| provision.text.get(lang));
                for (word, text) in [("ja", ja), ("en", en)] {
                    if let Err(bad) = pieces(text) {
                        faults.push(format!("{pointer}/{word}"), Problem::BadReference(bad));
                    }
                }
                for target in targets(ja).iter().filter(|target| !exists(target)) {
                    faults.push(format!("{pointer}/ja"), Problem::NoTarget(target.name()));
                }
                if targets(ja) != targets(en) {
                    faults.push(format!("{pointer}/en"), Problem::OtherTargets);
                }
            }
        }
    }
    faults.0
}

/// The policies that an article names, each with its pointer.
fn named(article: &ArticleFile, at: usize) -> impl Iterator<Item = (&str, String)> {
    let plain = article.policies.iter().enumerate();
    let plain = plain.map(move |(index, id)| (id.as_str(), format!("/articles/{at}/policies/{index}")));
    let special = article.only_on_finding.iter().enumerate().map(move |(index, one)| {
        (one.policy.as_str(), format!("/articles/{at}/only_on_finding/{index}/policy"))
    });
    plain.chain(special)
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn push(&mut self, pointer: String, problem: Problem) {
        self.0.push(Fault { pointer, range: None, problem: PolicyProblem::Article(problem) });
    }
}
