//! What a form asks: the requirements that bids are judged by, and the facts that these read and that
//! bidders state.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::filled::Filled;
use super::key;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::policy::Policy;
use crate::policy::file::PolicyFile;
use crate::policy::library::Library;
use crate::policy::reads::reads;
use crate::schema::{Field, Shape};
use crate::stage::Stage;
use crate::tender::offer::is_bidders;
use crate::tender::{Class, Rule, Tender};

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// The id and the subject of the tender.
    pub tender: Option<(String, String)>,
    /// The id of the profile.
    pub profile: String,
    /// SHA-256 of the library.
    pub library: String,
    /// Groups of rows.
    pub groups: Vec<Group>,
    /// The lists, each with a sheet of its own.
    pub lists: Vec<List>,
}

/// Rows under one heading.
#[derive(Clone, Debug)]
pub struct Group {
    /// The heading.
    pub title: String,
    /// The rows.
    pub rows: Vec<Ask>,
}

/// A row.
#[derive(Clone, Debug)]
pub enum Ask {
    /// A requirement.
    Requirement(Requirement),
    /// A fact that the requirement above it needs.
    Fact(Fact),
}

/// A requirement.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its number in the form.
    pub number: String,
    /// The id of the policy.
    pub policy: String,
    /// The policy, where it is known.
    pub file: Option<Arc<PolicyFile>>,
    /// What its family is called.
    pub family: String,
    /// How it counts, in a tender.
    pub rule: Option<Rule>,
    /// The numbers of earlier rows that it needs too.
    pub rows: Vec<String>,
    /// The lists that it needs, by their place among the form's.
    pub lists: Vec<usize>,
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its number in the form.
    pub number: String,
    /// Its path.
    pub path: String,
    /// Its field.
    pub field: Field,
}

/// A list of things.
#[derive(Clone, Debug)]
pub struct List {
    /// Its path, without brackets.
    pub path: String,
    /// Its field.
    pub field: Field,
    /// The fields of an item: their path below it.
    pub columns: Vec<(String, Field)>,
}

/// What a form is made for.
pub struct Ground<'g> {
    /// The policies that judge.
    pub policies: &'g [Policy],
    /// The library that they come from.
    pub library: &'g Library,
    /// The id of the profile.
    pub profile: &'g str,
    /// The tender, if there is one.
    pub tender: Option<&'g Tender>,
    /// The tender's draft contract: what it states is not asked.
    pub draft: Option<&'g Node>,
    /// What is answered already; what no policy asks gets rows of its own.
    pub filled: &'g Filled,
}

/// The facts about who offers what, before everything else.
const PARTICULARS: [&str; 4] =
    ["offer.bidder.name", "offer.bidder.corporate_number", "offer.bidder.submitted_on", "system.title"];

/// Makes a form.
pub fn form(ground: &Ground<'_>, lang: Lang) -> Form {
    let head = ground.tender.map(|tender| {
        let file = &tender.file;
        (file.id.clone(), file.title.clone().unwrap_or_default())
    });
    let mut maker =
        Maker { ground, lang, asked: Vec::new(), groups: Vec::new(), lists: Vec::new(), count: 0 };
    maker.particulars();
    for policy in ground.policies {
        maker.policy(policy);
    }
    maker.rest();
    Form {
        tender: head,
        profile: ground.profile.to_owned(),
        library: ground.library.sha256.clone(),
        groups: maker.groups,
        lists: maker.lists,
    }
}

struct Maker<'g> {
    ground: &'g Ground<'g>,
    lang: Lang,
    /// The facts asked so far, by path, with the numbers of their rows.
    asked: Vec<(String, String)>,
    groups: Vec<Group>,
    lists: Vec<List>,
    count: usize,
}

impl Maker<'_> {
    fn particulars(&mut self) {
        let title = self.lang.pick("基本事項", "particulars").to_owned();
        let rows = PARTICULARS.iter().filter_map(|path| self.fact(path, "0"));
        let rows: Vec<Ask> = rows.collect();
        self.groups.push(Group { title, rows });
    }

    /// A row for a fact that no earlier row asks; its number begins with its requirement's.
    fn fact(&mut self, path: &str, above: &str) -> Option<Ask> {
        let field = key::field(path)?;
        let inside = self.asked.iter().filter(|(_, number)| number.split('-').next() == Some(above)).count();
        let number = format!("{above}-{}", inside + 1);
        self.asked.push((path.to_owned(), number.clone()));
        Some(Ask::Fact(Fact { number, path: path.to_owned(), field }))
    }

    fn policy(&mut self, policy: &Policy) {
        let rule = self.ground.tender.map(|tender| tender.rule(policy.id()));
        let skipped = rule.is_some_and(|rule| rule.class == Class::Draft);
        let paths: Vec<String> = reads(policy).into_keys().filter(|path| is_bidders(path)).collect();
        if skipped || paths.is_empty() || !policy.file.stages.contains(&Stage::Bid) {
            return;
        }
        let family = self.ground.library.family_title(policy.family(), self.lang).to_owned();
        self.requirement(policy.id(), Some(policy.file.clone()), &family, rule, &paths);
    }

    fn requirement(
        &mut self,
        id: &str,
        file: Option<Arc<PolicyFile>>,
        family: &str,
        rule: Option<Rule>,
        paths: &[String],
    ) {
        self.count += 1;
        let number = self.count.to_string();
        let (mut rows, mut lists, mut new) = (Vec::new(), BTreeSet::new(), Vec::new());
        for path in paths {
            match place(path) {
                Some(Place::List(path)) if !self.is_drafted(&path) => {
                    lists.extend(self.list(&path));
                }
                Some(Place::Fact(path)) if !self.is_drafted(&path) => {
                    match self.asked.iter().find(|(known, _)| *known == path) {
                        Some((_, earlier)) if earlier.split('-').next() == Some(&number) => {}
                        Some((_, earlier)) => rows.push(earlier.clone()),
                        None => new.extend(self.fact(&path, &number)),
                    }
                }
                _ => {}
            }
        }
        rows.dedup();
        let requirement = Requirement {
            number,
            policy: id.to_owned(),
            file,
            family: family.to_owned(),
            rule,
            rows,
            lists: lists.into_iter().collect(),
        };
        if self.groups.last().is_none_or(|group| group.title != family) {
            self.groups.push(Group { title: family.to_owned(), rows: Vec::new() });
        }
        if let Some(group) = self.groups.last_mut() {
            group.rows.push(Ask::Requirement(requirement));
            group.rows.extend(new);
        }
    }

    fn list(&mut self, path: &str) -> Option<usize> {
        if let Some(known) = self.lists.iter().position(|list| list.path == path) {
            return Some(known);
        }
        let field = key::field(path)?;
        let mut columns = Vec::new();
        collect(field.items()?, "", &mut columns);
        self.lists.push(List { path: path.to_owned(), field, columns });
        Some(self.lists.len() - 1)
    }

    /// Whether the draft contract states a term, in whatever form.
    fn is_drafted(&self, path: &str) -> bool {
        let (Some(draft), Some(terms)) = (self.ground.draft, path.strip_prefix("contract.")) else {
            return false;
        };
        let (section, name) = terms.rsplit_once('.').unwrap_or(("", terms));
        let steps = section.split('.').filter(|step| !step.is_empty());
        let Some(section) = steps.into_iter().try_fold(draft, |node, step| node.get(step)) else {
            return false;
        };
        let number = name.replace("_business_days", "_days");
        let business = number.replace("_days", "_business_days");
        let says = |name: &str| {
            section.get(name).is_some_and(|node| node.is_stated() || !node.conflict().is_empty())
        };
        [number, business].iter().any(|name| says(name) || says(&format!("{name}_wording")))
    }

    /// What is answered already and asked by nothing: nothing of it is lost.
    fn rest(&mut self) {
        let filled = self.ground.filled;
        let title = self.lang.pick("その他の記載事項", "other facts stated").to_owned();
        for path in filled.lists.keys() {
            self.list(path);
        }
        let mut rows = Vec::new();
        for path in filled.facts.keys() {
            let asked = self.asked.iter().any(|(known, _)| known == path);
            if !asked {
                rows.extend(self.fact(path, "9999"));
            }
        }
        let known: Vec<String> = self
            .groups
            .iter()
            .flat_map(|group| &group.rows)
            .filter_map(|row| match row {
                Ask::Requirement(requirement) => Some(requirement.policy.clone()),
                Ask::Fact(_) => None,
            })
            .collect();
        for (at, row) in (1..).zip(&mut rows) {
            if let Ask::Fact(fact) = row {
                fact.number = format!("{}-{at}", self.lang.pick("他", "other"));
            }
        }
        if !rows.is_empty() {
            self.groups.push(Group { title: title.clone(), rows });
        }
        for policy in filled.requirements.keys().filter(|policy| !known.contains(policy)) {
            let file = self.ground.library.policies.get(policy).cloned();
            self.requirement(policy, file, &title, None, &[]);
        }
    }
}

/// Where a path that a policy reads is asked.
enum Place {
    Fact(String),
    List(String),
}

fn place(path: &str) -> Option<Place> {
    if let Some((list, _)) = path.split_once("[]") {
        return Some(Place::List(list.to_owned()));
    }
    let field = key::field(path)?;
    match field.shape() {
        Shape::List if field.items().is_some_and(|item| item.shape() == Shape::Object) => {
            Some(Place::List(path.to_owned()))
        }
        Shape::Object => None,
        // A wording stands in the cell of its number.
        _ if field.number().is_some() => Some(Place::Fact(path.strip_suffix("_wording")?.to_owned())),
        _ if matches!(field.name, "id" | "hadome") => None,
        _ => Some(Place::Fact(path.to_owned())),
    }
}

/// The fields of an item that hold values; a wording stands in the cell of its number.
fn collect(item: Field, before: &str, columns: &mut Vec<(String, Field)>) {
    for field in item.properties().filter(|field| field.name != "ref" && field.number().is_none()) {
        let path = if before.is_empty() { field.name.to_owned() } else { format!("{before}.{}", field.name) };
        match field.shape() {
            Shape::Object => collect(field, &path, columns),
            _ => columns.push((path, field)),
        }
    }
}
