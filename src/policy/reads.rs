//! Which facts a policy reads, as paths of the schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::Policy;
use crate::expression::typed::{Expression, Kind};
use crate::schema::{Field, Shape};

/// The paths that a policy reads, with `[]` at items of lists, and the clauses that read each; no
/// clause where only the applicability or `for_each` reads it.
pub fn reads(policy: &Policy) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let list = policy.for_each.as_ref().map(|binding| {
        let path = format!("{}.{}", binding.root.word(), binding.fields.join("."));
        found.entry(path.clone()).or_insert_with(BTreeSet::new);
        format!("{path}[]")
    });
    let mut reader = Reader { variables: vec![list], clause: None, found };
    policy.applies_when.iter().for_each(|gate| reader.expression(gate));
    for clause in &policy.clauses {
        reader.clause = Some(clause.id.to_string());
        std::iter::once(&clause.that).chain(&clause.when).for_each(|condition| reader.expression(condition));
    }
    reader.found
}

struct Reader {
    /// The path behind each slot.
    variables: Vec<Option<String>>,
    clause: Option<String>,
    found: BTreeMap<String, BTreeSet<String>>,
}

impl Reader {
    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Select(of, field) | Kind::Has(of, field) => self.selected(of, *field),
            Kind::Quantify(_, list, slot, _) | Kind::Filter(list, slot, _) | Kind::Map(list, slot, _) => {
                let path = list.schema_path(&self.variables).map(|path| format!("{path}[]"));
                if self.variables.len() <= *slot {
                    self.variables.resize(slot + 1, None);
                }
                self.variables[*slot] = path;
            }
            _ => {}
        }
        expression.children().into_iter().for_each(|child| self.expression(child));
    }

    fn selected(&mut self, of: &Expression, field: Field) {
        let Some(before) = of.schema_path(&self.variables) else { return };
        if field.shape() == Shape::Object {
            return;
        }
        for name in field.read_with() {
            let clauses = self.found.entry(format!("{before}.{name}")).or_default();
            clauses.extend(self.clause.clone());
        }
    }
}

/// Every fact that a document can state, as paths of the schemas: values, and lists of them or of objects.
pub fn facts(root: Field, path: &str) -> Vec<(String, Field)> {
    let mut found = Vec::new();
    collect(root, path, &mut found);
    found
}

fn collect(field: Field, path: &str, found: &mut Vec<(String, Field)>) {
    match field.shape() {
        Shape::Object => {
            for property in field.properties() {
                collect(property, &format!("{path}.{}", property.name), found);
            }
        }
        Shape::List => {
            found.push((path.to_owned(), field));
            if let Some(item) = field.items().filter(|item| item.shape() == Shape::Object) {
                collect(item, &format!("{path}[]"), found);
            }
        }
        _ => found.push((path.to_owned(), field)),
    }
}
