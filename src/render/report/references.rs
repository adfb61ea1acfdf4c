//! The laws and standards that policies with findings name.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::findings::Groups;
use crate::policy::library::Reference;
use crate::schema::Kind;

/// A law or standard that policies with findings name.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceRow {
    /// Its name and provision.
    pub title: String,
    /// What it is: a law, a guideline.
    pub nature: String,
    /// Whom it addresses.
    pub binds: String,
    /// How its text was seen.
    pub seen: String,
    /// The policies with findings that name it.
    pub policies: Vec<String>,
}

impl Groups<'_> {
    /// The laws and standards that the numbered findings' policies name.
    pub fn references(&self, numbered: &[(String, usize)]) -> Vec<ReferenceRow> {
        let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (_, at) in numbered {
            let policy = self.policy(*at);
            for reference in &policy.references {
                named.entry(reference).or_default().insert(&policy.id);
            }
        }
        let known = named.into_iter();
        let known = known.filter_map(|(id, policies)| Some((self.library.references.get(id)?, policies)));
        let mut known: Vec<_> = known.collect();
        known.sort_by_cached_key(|(reference, _)| {
            (reference.nature.is_none(), reference.nature, by_number(&reference.id))
        });
        known.iter().map(|(reference, policies)| self.reference(reference, policies)).collect()
    }

    fn reference(&self, reference: &Reference, policies: &BTreeSet<&str>) -> ReferenceRow {
        let label = |key: &str, word: serde_json::Result<serde_json::Value>| {
            let word = word.ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
            let field = Kind::References.root().property("references").and_then(|list| list.items());
            let field = field.and_then(|item| item.property(key));
            field.and_then(|field| field.label(&word, self.lang)).map_or(word, str::to_owned)
        };
        ReferenceRow {
            title: reference.title.get(self.lang).to_owned(),
            nature: reference
                .nature
                .map_or_else(String::new, |nature| label("nature", serde_json::to_value(nature))),
            binds: label("binds", serde_json::to_value(reference.binds)),
            seen: label("seen", serde_json::to_value(reference.seen)),
            policies: policies.iter().map(|id| (*id).to_owned()).collect(),
        }
    }
}

/// An id in parts, so that article 9 comes before article 43.
fn by_number(id: &str) -> Vec<(Option<u32>, &str)> {
    id.split('-').map(|part| (part.parse().ok(), part)).collect()
}
