//! What an author should look at again although a policy loads: missing cases and translations,
//! references and thresholds that say more than their source, clauses that decide nothing.

mod asked;
mod cases;
mod clauses;
mod finding;
mod logic;
mod parameters;
mod quantity;
mod references;
mod texts;

pub use cases::coverage;
pub use finding::Finding;
pub use texts::{CLAUSE_TO_WRITE, TO_WRITE, unfilled};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::load::tree::Node;
use crate::policy::compile::compile;
use crate::policy::file::PolicyFile;
use crate::policy::library::Library;
use crate::validate::library::{Folder, span_at};

/// Everything found in the policies that `wanted` accepts, in the order of the files. The catalogue of
/// references and the profiles of the folder are looked at too. `base` is the library whose references
/// the folder may use.
pub fn lint(folder: &Folder, base: &Library, wanted: impl Fn(&str) -> bool + Sync) -> Vec<Diagnostic> {
    let mut found = coverage(folder, &wanted);
    found.extend(unfilled(folder, &wanted));
    found.extend(folder.catalogues.iter().flat_map(texts::languages));
    let policies: Vec<_> = folder.library.policies.iter().filter(|(id, _)| wanted(id)).collect();
    let each = policies.par_iter().filter_map(|(id, file)| {
        let subject = Subject { file, tree: folder.trees.get(*id)? };
        Some(subject.findings(&folder.library, base))
    });
    found.extend(each.flatten_iter().collect::<Vec<_>>());
    found.sort_by_key(|diagnostic| diagnostic.span);
    found
}

/// A policy with its places.
struct Subject<'f> {
    file: &'f std::sync::Arc<PolicyFile>,
    tree: &'f Node,
}

impl Subject<'_> {
    fn findings(&self, own: &Library, base: &Library) -> Vec<Diagnostic> {
        let mut found = texts::languages(self.tree);
        found.extend(references::check(self, own, base));
        found.extend(parameters::check(self));
        if let Ok(policy) = compile(self.file, None) {
            found.extend(parameters::bare_numbers(self, &policy));
            found.extend(clauses::check(self, &policy));
        }
        found
    }

    fn at(&self, pointer: &str, finding: Finding) -> Diagnostic {
        Diagnostic::new(span_at(self.tree, pointer), finding)
    }
}
