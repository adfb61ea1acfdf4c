//! What a copy for release does not show, as its reader's rules say: classes, facts, texts, policies.

use super::ledger::Cause;
use crate::case::path::split;
use crate::nearest::nearest;
use crate::schema::{Disclosure, Field, Kind, Shape};

/// The rules of redaction (`redaction/1`), their paths held against the schemas.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Classes of which every field is hidden, each with its ground.
    pub classes: Vec<(Disclosure, String)>,
    /// Facts that are hidden whatever their class, each with its ground.
    pub facts: Vec<(Pattern, String)>,
    /// Facts that are shown although their class is hidden.
    pub keep: Vec<Pattern>,
    /// Texts that are hidden wherever they stand, each with its ground.
    pub texts: Vec<(String, String)>,
    /// Policies or families of whose outcomes nothing is told, each with its ground.
    pub policies: Vec<(String, String)>,
}

impl Rules {
    /// The ground on which a class is hidden.
    pub fn ground_of(&self, class: Disclosure) -> Option<&str> {
        self.classes.iter().find(|(known, _)| *known == class).map(|(_, ground)| ground.as_str())
    }

    /// The number of the rule on a policy, by its own id or by its family's.
    pub fn on_policy(&self, policy: &str, family: &str) -> Option<usize> {
        let of = |wanted: &str| self.policies.iter().position(|(id, _)| id == wanted);
        of(policy).or_else(|| of(family))
    }

    /// Every rule, with what it names as its file writes it.
    pub fn all(&self) -> impl Iterator<Item = (Cause, String)> {
        let classes = self.classes.iter().map(|(class, _)| (Cause::Class(*class), class.word().to_owned()));
        let facts = self.facts.iter().enumerate();
        let facts = facts.map(|(at, (pattern, _))| (Cause::Fact(at), pattern.written.clone()));
        let texts = self.texts.iter().enumerate().map(|(at, _)| (Cause::Text(at), format!("texts[{at}]")));
        let policies = self.policies.iter().enumerate();
        let policies = policies.map(|(at, (id, _))| (Cause::Policy(at), id.clone()));
        classes.chain(facts).chain(texts).chain(policies)
    }
}

/// The paths of one field or section: `contract.subcontractors[].name`, `system[web].auth`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As it was written.
    pub written: String,
    kind: Kind,
    /// The system document that is meant; any, where none is named.
    document: Option<String>,
    steps: Vec<Stretch>,
}

/// A field on the way, and the item that is meant where it is a list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    name: &'static str,
    item: Option<String>,
}

/// Where a leaf stands: the document, then each field with the item that was entered.
#[derive(Clone, Debug)]
pub struct Trail {
    /// The document's kind.
    pub kind: Kind,
    /// The id of a system document.
    pub document: Option<String>,
    /// The fields, each with the id of the item below it.
    pub steps: Vec<(&'static str, Option<String>)>,
}

/// A path that no schema has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchPath {
    /// The part that is not known.
    pub part: String,
    /// The nearest known one.
    pub nearest: Option<String>,
}

impl Pattern {
    /// Reads a path; ids may be given, left out, or left empty.
    ///
    /// # Errors
    /// The first part that no schema has.
    pub fn parse(written: &str) -> Result<(Pattern, Field), NoSuchPath> {
        let mut parts = split(written);
        let (word, ids) = parts.next().unwrap_or_default();
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_of_dossier());
        let unknown = |part: &str, known: Vec<&str>| NoSuchPath {
            part: part.to_owned(),
            nearest: nearest(part, known).map(str::to_owned),
        };
        let kind = kinds.clone().find(|kind| kind.word() == word);
        let kind = kind.ok_or_else(|| unknown(word, kinds.map(Kind::word).collect()))?;
        let document = ids.first().filter(|id| !id.is_empty()).map(|id| (*id).to_owned());
        if ids.len() > 1 || (!ids.is_empty() && kind != Kind::System) {
            return Err(unknown(written, Vec::new()));
        }
        let mut field = kind.root();
        let mut steps = Vec::new();
        for (name, ids) in parts {
            let within = field.items().filter(|_| field.shape() == Shape::List).unwrap_or(field);
            field = within
                .property(name)
                .ok_or_else(|| unknown(name, within.properties().map(|known| known.name).collect()))?;
            if ids.len() > usize::from(field.shape() == Shape::List) {
                return Err(unknown(&format!("{name}[{}]", ids.join("][")), vec![name]));
            }
            let item = ids.first().filter(|id| !id.is_empty()).map(|id| (*id).to_owned());
            steps.push(Stretch { name: field.name, item });
        }
        Ok((Pattern { written: written.to_owned(), kind, document, steps }, field))
    }

    /// Whether a leaf stands at the path or below it. What is said in words instead of a number goes
    /// with the number.
    pub fn covers(&self, trail: &Trail) -> bool {
        let document = self.document.is_none() || self.document == trail.document;
        let named = |stretch: &Stretch, (name, item): &(&'static str, Option<String>)| {
            let name = *name == stretch.name || name.strip_suffix("_wording") == Some(stretch.name);
            name && (stretch.item.is_none() || stretch.item == *item)
        };
        self.kind == trail.kind
            && document
            && self.steps.len() <= trail.steps.len()
            && self.steps.iter().zip(&trail.steps).all(|(stretch, step)| named(stretch, step))
    }

    /// The trail of a path that leads to one fact, and its field. `only` is the id of the only system.
    pub fn trail(self, only: Option<&str>) -> Trail {
        let document =
            self.document.or_else(|| only.filter(|_| self.kind == Kind::System).map(str::to_owned));
        let steps = self.steps.into_iter().map(|stretch| (stretch.name, stretch.item)).collect();
        Trail { kind: self.kind, document, steps }
    }
}

impl Trail {
    /// The path without ids: `contract.subcontractors[].name`.
    pub fn schema_path(&self) -> String {
        let mut path = self.kind.word().to_owned();
        for (at, (name, item)) in self.steps.iter().enumerate() {
            path.push('.');
            path.push_str(name);
            if item.is_some() && at + 1 < self.steps.len() {
                path.push_str("[]");
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail(path: &str) -> Trail {
        Pattern::parse(path).unwrap().0.trail(None)
    }

    #[test]
    fn a_path_covers_what_stands_at_it_and_below_it() {
        let table = [
            ("contract.subcontractors", "contract.subcontractors[a].name", true),
            ("contract.subcontractors.name", "contract.subcontractors[a].name", true),
            ("contract.subcontractors[].name", "contract.subcontractors[a].name", true),
            ("contract.subcontractors[a].name", "contract.subcontractors[a].name", true),
            ("contract.subcontractors[b].name", "contract.subcontractors[a].name", false),
            ("contract.subcontractors[a].name", "contract.subcontractors[a].task", false),
            ("system.auth", "system[web].auth.mfa.admin", true),
            ("system[web].auth", "system[web].auth.mfa.admin", true),
            ("system[other].auth", "system[web].auth.mfa.admin", false),
            ("contract.incident.first_report_hours", "contract.incident.first_report_hours_wording", true),
            ("contract.incident", "records.council.members", false),
            ("contract", "contract.incident.first_report_hours", true),
        ];
        for (pattern, path, covered) in table {
            let (pattern, _) = Pattern::parse(pattern).unwrap();
            assert_eq!(pattern.covers(&trail(path)), covered, "{pattern:?} {path}");
        }
    }

    #[test]
    fn a_path_that_no_schema_has_is_named_with_the_nearest() {
        let table = [
            ("contact.parties", "contact", Some("contract")),
            ("contract.partys", "partys", Some("parties")),
            ("contract.parties[a].nam", "nam", Some("name")),
            ("contract.title[a]", "title[a]", None),
            ("contract[a].title", "contract[a].title", None),
            ("", "", None),
        ];
        for (path, part, near) in table {
            let wrong = Pattern::parse(path).unwrap_err();
            assert_eq!((wrong.part.as_str(), wrong.nearest.as_deref()), (part, near), "{path}");
        }
    }
}
