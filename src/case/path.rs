//! Paths of facts as people write them: `system[web].data_stores[uploads].public_access`.

use super::{Case, Document};
use crate::expression::trace::{FactPath, Step};
use crate::expression::typed::Root;
use crate::schema::Field;

impl Case {
    /// Reads a path with ids; the only system need not be named. `None` where no schema has the path.
    pub fn read_path(&self, written: &str) -> Option<(FactPath, Field)> {
        let mut parts = split(written);
        let (word, ids) = parts.next()?;
        let root = Root::from_word(word)?;
        let system = match (root, ids.as_slice()) {
            (Root::System, [id]) => Some((*id).to_owned()),
            (Root::System, []) if self.systems.len() == 1 => Some(self.system_id(0).to_owned()),
            (Root::System, []) if self.systems.is_empty() => None,
            (Root::System, _) => return None,
            (_, []) => None,
            _ => return None,
        };
        let mut path = FactPath { root, system, steps: Vec::new() };
        let mut field = root.kind().root();
        for (name, ids) in parts {
            field = field.property(name)?;
            path.steps.push(Step::Field(field.name));
            for id in ids {
                field = field.items()?;
                path.steps.push(Step::Item(id.to_owned()));
            }
        }
        Some((path, field))
    }
}

/// The document that a path with ids begins with, and the rest of the path. The only system need not
/// be named.
pub fn document_of<'d, 'p>(
    contract: Option<&'d mut Document>,
    systems: &'d mut [Document],
    records: Option<&'d mut Document>,
    path: &'p str,
) -> Option<(&'d mut Document, &'p str)> {
    if let Some(rest) = path.strip_prefix("contract.") {
        return contract.map(|contract| (contract, rest));
    }
    if let Some(rest) = path.strip_prefix("records.") {
        return records.map(|records| (records, rest));
    }
    if let (Some(rest), 1) = (path.strip_prefix("system."), systems.len()) {
        return systems.first_mut().map(|only| (only, rest));
    }
    let (id, rest) = path.strip_prefix("system[")?.split_once("].")?;
    let system = systems.iter_mut().find(|system| system.root.id() == Some(id))?;
    Some((system, rest))
}

/// A path with ids as a path of the schemas: `system.data_stores[].public_access`.
pub fn of_schema(written: &str) -> String {
    let steps = split(written).enumerate().map(|(at, (name, ids))| match at {
        // The id of a system names a document, no item.
        0 => name.to_owned(),
        _ => format!("{name}{}", "[]".repeat(ids.len())),
    });
    steps.collect::<Vec<_>>().join(".")
}

/// The steps of a path, each with the ids in brackets behind its name.
pub fn split(written: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    dotted(written).map(|part| {
        let (name, ids) = part.split_at(part.find('[').unwrap_or(part.len()));
        let ids = ids.strip_prefix('[').and_then(|ids| ids.strip_suffix(']'));
        (name, ids.map_or_else(Vec::new, |ids| ids.split("][").collect()))
    })
}

/// Splits at dots outside brackets.
fn dotted(written: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    written.split(move |letter| {
        inside = letter == '[' || inside && letter != ']';
        letter == '.' && !inside
    })
}
