//! The register of evidence held against the documents, the files and the as-of date.

use chrono::NaiveDate;

use super::exception::Problem;
use crate::case::{Case, Document};
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::evidence::{Agreement, Assurance, Claim, Evidence, Flaw, Item};
use crate::expression::typed::Root;
use crate::load::attachment::Attachment;
use crate::load::tree::{Data, Node};
use crate::schema::{Field, Shape};

/// Reads the register. What can be judged is a flaw of a piece; what was miswritten is a problem.
pub fn gather(mut register: Document, case: &Case, diagnostics: &mut Vec<Diagnostic>) -> Evidence {
    let entries = register.root.as_map_mut().and_then(|map| map.remove("evidence"));
    let mut reader = Reader { case, diagnostics };
    match entries.map(|entry| entry.value.data) {
        Some(Data::List(entries)) => {
            Evidence::new(entries.into_iter().map(|entry| reader.item(entry)).collect())
        }
        _ => Evidence::default(),
    }
}

struct Reader<'r> {
    case: &'r Case,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn item(&mut self, entry: Node) -> Item {
        let mut flaws: Vec<Flaw> = self.file(&entry).into_iter().collect();
        flaws.extend(in_force(&entry, self.case.as_of));
        flaws.extend(examined(&entry, self.case.as_of));
        let claims = self.claims(&entry, &mut flaws);
        let side = entry.get("issuer_side").and_then(Node::as_text);
        let independent = matches!(side, Some("client" | "third_party" | "authority"));
        Item {
            id: entry.id().unwrap_or_default().to_owned(),
            span: entry.get("id").map_or(entry.span, |id| id.span),
            kind: text(&entry, "kind").map(str::to_owned),
            issued_on: text(&entry, "issued_on").and_then(Period::parse),
            bytes: text(&entry, "file").and_then(|file| match self.case.attachments.get(file)? {
                Attachment::Read { bytes, .. } => Some(*bytes),
                _ => None,
            }),
            assurance: if independent { Assurance::Verified } else { Assurance::Documented },
            flaws,
            claims,
            entry,
        }
    }

    /// What is wrong with the file, or with the place of keeping that stands for it.
    fn file(&self, entry: &Node) -> Option<Flaw> {
        let Some(file) = text(entry, "file") else {
            return text(entry, "kept_at").is_none().then_some(Flaw::NoFile);
        };
        match self.case.attachments.get(file)? {
            Attachment::Read { sha256, .. } => match text(entry, "sha256") {
                None => Some(Flaw::NoDigest),
                Some(known) if known == sha256 => None,
                Some(_) => Some(Flaw::Changed { found: sha256.clone() }),
            },
            Attachment::Missing => Some(Flaw::Missing),
            Attachment::Outside => Some(Flaw::Outside),
            Attachment::NotAFile => Some(Flaw::NotAFile),
            Attachment::Unsteady => Some(Flaw::Unsteady),
            Attachment::Unreadable(words) => Some(Flaw::Unreadable(words.clone())),
        }
    }

    fn claims(&mut self, entry: &Node, flaws: &mut Vec<Flaw>) -> Vec<Claim> {
        let listed = entry.get("proves").and_then(Node::as_list).unwrap_or_default();
        if listed.is_empty() {
            flaws.push(Flaw::ProvesNothing);
        }
        listed.iter().filter_map(|claim| self.claim(entry, claim, flaws)).collect()
    }

    fn claim(&mut self, entry: &Node, claim: &Node, flaws: &mut Vec<Flaw>) -> Option<Claim> {
        let written = text(claim, "fact").unwrap_or_default();
        let Some((path, field)) = self.case.read_path(written) else {
            flaws.push(Flaw::NoSuchFact(written.to_owned()));
            return None;
        };
        let Some(value) = claim.get("value").filter(|value| value.is_stated()) else {
            flaws.push(Flaw::NoValue(path));
            return None;
        };
        if !fits(field, value) {
            let problem = Problem::ClaimOfAnotherType { fact: written.to_owned(), wanted: field.shape() };
            self.diagnostics.push(Diagnostic::new(value.span, problem));
            return None;
        }
        let stated = self.case.locate(&path).node.filter(|node| node.is_stated());
        let agreement = match stated {
            None => Agreement::NotStated,
            Some(stated) if equal(field, stated, value) => Agreement::Proves,
            Some(_) => Agreement::Contradicts,
        };
        let deed = field.shape() == Shape::Date && path.root == Root::Records;
        if deed && agreement == Agreement::Proves && is_later(entry, field, value) {
            flaws.push(Flaw::BeforeTheDeed(path));
            return None;
        }
        match agreement {
            Agreement::NotStated => flaws.push(Flaw::NotStated(path.clone())),
            Agreement::Contradicts => flaws.push(Flaw::Contradicts(path.clone())),
            Agreement::Proves => {}
        }
        Some(Claim {
            path,
            value: value.clone(),
            page: text(claim, "page").map(str::to_owned),
            stated_at: stated.map(|node| node.span),
            agreement,
        })
    }
}

/// Days of the records that may lie ahead of the paper that shows them.
const AHEAD: [&str; 4] = ["due_on", "purpose_ended_on", "start_of_work_on", "valid_until"];

/// Whether a deed is of a later day than the paper that is to show it, or than its examination: nobody
/// can have seen in spring what was done in autumn.
fn is_later(entry: &Node, field: Field, value: &Node) -> bool {
    if AHEAD.contains(&field.name) {
        return false;
    }
    let date = |node: Option<&Node>| Period::parse(node?.as_text()?);
    let seen = [date(entry.get("issued_on")), date(entry.get("examined").and_then(|one| one.get("on")))];
    date(Some(value)).is_some_and(|done| seen.into_iter().flatten().any(|seen| done.first > seen.last))
}

/// Whether a value is of the type that a field holds.
fn fits(field: Field, value: &Node) -> bool {
    match (field.shape(), &value.data) {
        (Shape::Bool, Data::Bool(_))
        | (Shape::Int | Shape::Number, Data::Int(_))
        | (Shape::Number, Data::Number(_))
        | (Shape::Text, Data::Text(_)) => true,
        (Shape::Date, Data::Text(text)) => Period::parse(text).is_some(),
        (Shape::Enum, Data::Text(text)) => field.words().any(|word| *word == **text),
        (Shape::List, Data::List(items)) => {
            field.items().is_some_and(|inner| items.iter().all(|item| fits(inner, item)))
        }
        _ => false,
    }
}

/// Whether two values say the same: dates by the days that they mean, lists by what they hold.
pub fn equal(field: Field, a: &Node, b: &Node) -> bool {
    match (&a.data, &b.data) {
        (Data::Text(a), Data::Text(b)) if field.shape() == Shape::Date => {
            Period::parse(a) == Period::parse(b)
        }
        (Data::Int(a), Data::Number(b)) | (Data::Number(b), Data::Int(a)) => *a as f64 == *b,
        (Data::List(a), Data::List(b)) => {
            let Some(inner) = field.items() else { return false };
            let holds = |list: &[Node], one: &Node| list.iter().any(|other| equal(inner, other, one));
            a.iter().all(|one| holds(b, one)) && b.iter().all(|one| holds(a, one))
        }
        (Data::Text(a), Data::Text(b)) => a == b,
        (Data::Bool(a), Data::Bool(b)) => a == b,
        _ => a.to_json() == b.to_json(),
    }
}

/// What the dates say: only what is certain counts for the piece.
fn in_force(entry: &Node, as_of: NaiveDate) -> Vec<Flaw> {
    let date = |key: &str| Period::parse(text(entry, key)?);
    let mut flaws = Vec::new();
    if date("issued_on").is_some_and(|issued| issued.last > as_of) {
        flaws.push(Flaw::DatedAfter);
    }
    if date("effective_on").is_some_and(|effective| effective.last > as_of) {
        flaws.push(Flaw::NotYetEffective);
    }
    if date("expires_on").is_some_and(|end| end.first < as_of) {
        flaws.push(Flaw::Expired);
    }
    flaws
}

/// Who read it, by when, and with what result.
fn examined(entry: &Node, as_of: NaiveDate) -> Option<Flaw> {
    let Some(examined) = entry.get("examined") else { return Some(Flaw::NotExamined) };
    let on = text(examined, "on").and_then(Period::parse);
    let result = text(examined, "result");
    if text(examined, "by").is_none() || result.is_none() || on.is_none_or(|on| on.last > as_of) {
        return Some(Flaw::NotExamined);
    }
    match text(examined, "side") {
        Some("contractor" | "subcontractor") => return Some(Flaw::ExaminedBySupplier),
        // Whoever does not say on whose side the examiner stands has not said that it counts.
        None => return Some(Flaw::NotExamined),
        Some(_) => {}
    }
    let before = |on: Period| {
        text(entry, "issued_on").and_then(Period::parse).is_some_and(|made| on.last < made.first)
    };
    if on.is_some_and(before) {
        return Some(Flaw::NotExamined);
    }
    (result == Some("not_confirmed")).then_some(Flaw::NotBorneOut)
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_text()
}
