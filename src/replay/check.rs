//! What no schema can say of an incident: names that exist, measures that say what they change.

use std::path::Path;

use super::problem::Problem;
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::load::tree::{Mapping, Node, Span};
use crate::nearest::nearest;
use crate::policy::Policy;
use crate::policy::problem::Problem as PolicyProblem;
use crate::schema::Kind;
use crate::validate::problem::Problem as DocumentProblem;

/// Checks an incident that fits its schema.
pub fn check(root: &Node, folder: &Path, policies: &[Policy], diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker { policies, diagnostics };
    checker.head(root, folder);
    for cause in list(root, "causes") {
        for ask in list(cause, "asks") {
            if let Some(id) = ask.get("policy") {
                checker.policy(id);
            }
            list(ask, "paths").iter().for_each(|path| checker.path(path));
        }
    }
    list(root, "measures").iter().for_each(|measure| checker.measure(measure));
    checker.unique(list(root, "causes"));
    checker.unique(list(root, "measures"));
}

fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}

struct Checker<'c> {
    policies: &'c [Policy],
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn head(&mut self, root: &Node, folder: &Path) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        if let Some(id) = root.get("id").filter(|id| id.as_text() != Some(&*name)) {
            let folder = name.into_owned();
            self.diagnostics.push(Diagnostic::new(id.span, Problem::FolderName { folder }));
        }
        let days = ["as_of", "mended_as_of"].map(|key| root.get("replay").and_then(|replay| replay.get(key)));
        for day in days.into_iter().flatten() {
            if day.as_text().and_then(Period::parse).and_then(Period::exact).is_none() {
                self.diagnostics.push(Diagnostic::new(day.span, Problem::NotADay));
            }
        }
    }

    fn unique(&mut self, items: &[Node]) {
        for (at, item) in items.iter().enumerate() {
            let (Some(id), Some(node)) = (item.id(), item.get("id")) else { continue };
            if items[..at].iter().any(|before| before.id() == Some(id)) {
                self.diagnostics.push(Diagnostic::new(node.span, DocumentProblem::DoubleId(id.to_owned())));
            }
        }
    }

    fn policy(&mut self, node: &Node) -> Option<()> {
        self.known(node.as_text()?, node.span).map(|_| ())
    }

    fn known(&mut self, id: &str, span: Span) -> Option<usize> {
        let at = self.policies.iter().position(|policy| policy.id() == id);
        if at.is_none() {
            let near = nearest(id, self.policies.iter().map(Policy::id)).map(str::to_owned);
            let problem = PolicyProblem::UnknownPolicy { id: id.to_owned(), nearest: near };
            self.diagnostics.push(Diagnostic::new(span, problem));
        }
        at
    }

    fn path(&mut self, node: &Node) {
        let Some(path) = node.as_text() else { return };
        if let Err(near) = follow(path) {
            let problem = Problem::UnknownPath { path: path.to_owned(), nearest: near };
            self.diagnostics.push(Diagnostic::new(node.span, problem));
        }
    }

    fn measure(&mut self, measure: &Node) {
        let span = measure.get("id").map_or(measure.span, |id| id.span);
        let given = |key: &str| {
            let empty = |node: &Node| node.as_map().is_some_and(Mapping::is_empty);
            measure.get(key).is_some_and(|node| !empty(node))
        };
        for clause in list(measure, "meets") {
            self.clause(clause);
        }
        let ways = ["meets", "policy", "no_policy_because"].into_iter().filter(|key| given(key)).count();
        let problem = match ways {
            0 => Some(Problem::Uncovered),
            1 if given("meets") && given("sets") == given("sets_nothing_because") => {
                Some(Problem::SetsOrReason)
            }
            1 => None,
            _ => Some(Problem::CoveredTwice),
        };
        self.diagnostics.extend(problem.map(|problem| Diagnostic::new(span, problem)));
    }

    fn clause(&mut self, node: &Node) {
        let Some(named) = node.as_text() else { return };
        let Some((policy, clause)) = named.split_once('/') else { return };
        let Some(at) = self.known(policy, node.span) else { return };
        let clauses = &self.policies[at].clauses;
        if clauses.iter().all(|known| &*known.id != clause) {
            let known = clauses.iter().map(|known| known.id.to_string()).collect();
            let problem = Problem::UnknownClause { named: named.to_owned(), known };
            self.diagnostics.push(Diagnostic::new(node.span, problem));
        }
    }
}

/// Follows a path without ids through the schemas.
///
/// # Errors
/// The path up to the first word that is wrong, with the nearest known word in its place.
fn follow(path: &str) -> Result<(), Option<String>> {
    let mut steps = path.split('.');
    let root = steps.next().unwrap_or_default();
    let factual = Kind::ALL.into_iter().filter(|kind| kind.is_factual());
    let Some(kind) = factual.clone().find(|kind| kind.word() == root) else {
        return Err(nearest(root, factual.map(Kind::word)).map(str::to_owned));
    };
    let (mut field, mut before) = (kind.root(), root.to_owned());
    for step in steps {
        let (name, item) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        let Some(found) = field.property(name) else {
            let near = nearest(name, field.properties().map(|known| known.name));
            return Err(near.map(|near| format!("{before}.{near}")));
        };
        field = if item { found.items().ok_or(None)? } else { found };
        before = format!("{before}.{step}");
    }
    // A whole item is no fact: the question would be put of any list.
    if before == root || path.ends_with("[]") { Err(None) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_schemas_are_known_and_others_are_not() {
        for path in ["contract.data_return.on_end", "records.tests", "system.data_stores[].public_access"] {
            assert_eq!(follow(path), Ok(()), "{path}");
        }
        let near = |path: &str| Some(path.to_owned());
        let table = [
            ("contract.data_return.onend", near("contract.data_return.on_end")),
            ("system.data_store[].public_access", near("system.data_stores")),
            ("record.tests", near("records")),
            ("system.data_stores.public_access", None),
            ("system.data_stores[]", None),
            ("contract", None),
        ];
        for (path, want) in table {
            assert_eq!(follow(path), Err(want), "{path}");
        }
    }
}
