//! Missing cases.

use rayon::prelude::*;

use super::{Finding, Subject};
use crate::cases::{trials, uncovered};
use crate::diagnostic::Diagnostic;
use crate::load::tree::Node;
use crate::validate::library::{Folder, span_at};

/// Policies without cases, cases without their policy, clauses that no case fails or leaves open.
pub fn coverage(folder: &Folder, wanted: impl Fn(&str) -> bool + Sync) -> Vec<Diagnostic> {
    let policies = &folder.library.policies;
    let strays = folder.cases.iter().filter(|(id, _)| wanted(id) && !policies.contains_key(*id));
    let stray = |(id, (_, root)): (&String, &(_, Node))| {
        Diagnostic::new(span_at(root, "/policy"), Finding::NoPolicy(id.clone()))
    };
    let mut found: Vec<Diagnostic> = strays.map(stray).collect();
    let wanted: Vec<_> = policies.iter().filter(|(id, _)| wanted(id)).collect();
    let each = wanted.par_iter().filter_map(|(id, file)| {
        let subject = Subject { file, tree: folder.trees.get(*id)? };
        Some(subject.coverage(folder))
    });
    found.extend(each.flatten_iter().collect::<Vec<_>>());
    found
}

impl Subject<'_> {
    fn coverage(&self, folder: &Folder) -> Vec<Diagnostic> {
        let Some((cases, root)) = folder.cases.get(&self.file.id) else {
            return vec![self.at("/id", Finding::NoCases(self.file.id.clone()))];
        };
        let uncovered = uncovered(self.file, &trials(cases, root));
        let place = |at: usize| format!("/require/{at}/id");
        let id = |at: usize| format!("{}/{}", self.file.id, self.file.require[at].id);
        let failed =
            uncovered.never_false.iter().map(|at| self.at(&place(*at), Finding::NeverFails(id(*at))));
        let open = uncovered.never_open.iter().map(|at| self.at(&place(*at), Finding::NeverOpen(id(*at))));
        failed.chain(open).collect()
    }
}
