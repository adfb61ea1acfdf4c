//! Pages about the library: what it covers, and the reference of its policies.

use std::path::{Path, PathBuf};

use crate::command::output::write_whole;
use crate::command::{Console, Exit};
use crate::lang::Lang;
use crate::load::dossier::{self, Loaded};
use crate::load::find::find;
use crate::load::limits::Limits;
use crate::policy::Policy;
use crate::policy::compile::compile;
use crate::policy::coverage;
use crate::policy::library::Library;
use crate::render;
use crate::validate::yardstick::{Unusable, library};

/// Every policy of a library, compiled.
fn compiled(policies: Option<&Path>) -> Result<(Library, Vec<Policy>), Unusable> {
    let library = library(policies)?;
    let (mut compiled, mut problems) = (Vec::new(), Vec::new());
    for (id, file) in &library.policies {
        match compile(file, None) {
            Ok(policy) => compiled.push(policy),
            Err(faults) => problems.extend(faults.into_iter().map(|fault| (id.clone(), fault.problem))),
        }
    }
    if problems.is_empty() { Ok((library, compiled)) } else { Err(Unusable::Profile(problems)) }
}

/// Prints what the library covers.
pub fn coverage(paths: &[PathBuf], policies: Option<&Path>, console: &mut Console<'_>) -> Exit {
    let (library, policies) = match compiled(policies) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let found = match paths {
        [] => Vec::new(),
        paths => match find(paths) {
            Ok(finds) => finds.dossiers,
            Err(unfound) => return console.unfound(&unfound),
        },
    };
    let limits = Limits::default();
    let loaded: Vec<Loaded> =
        found.iter().map(|found| dossier::load(&found.folder, &found.shown, &limits)).collect();
    let mut exit = Exit::Clean;
    for broken in loaded.iter().filter(|loaded| !loaded.diagnostics.is_empty()) {
        console.diagnose(&broken.diagnostics, &broken.sources, false);
        exit = Exit::Broken;
    }
    let documents = loaded.iter().flat_map(|loaded| &loaded.documents);
    let documents: Vec<_> = documents.map(|document| (document.kind, &document.root)).collect();
    let idle = coverage::idle(&policies, &documents);
    let looked_at = (!paths.is_empty()).then_some((loaded.len(), idle.as_slice()));
    let found = coverage::coverage(&library, &policies);
    let page = render::coverage::coverage(&found, &policies, looked_at, console.lang);
    exit.and(console.print(&page)).and(console.flush())
}

/// Writes the reference pages in the language of the run.
pub fn write(folder: &Path, policies: Option<&Path>, console: &mut Console<'_>) -> Exit {
    let (library, policies) = match compiled(policies) {
        Ok(ready) => ready,
        Err(unusable) => return console.unusable(&unusable),
    };
    let pages = render::reference::pages(&library, &policies, console.lang);
    let written = std::fs::create_dir_all(folder).and_then(|()| {
        pages.iter().try_for_each(|page| write_whole(&folder.join(&page.name), page.text.as_bytes()))
    });
    if let Err(error) = written {
        let folder = folder.display();
        console.complain(&match console.lang {
            Lang::Ja => format!("{folder} に書き込めません：{error}"),
            Lang::En => format!("cannot write to {folder}: {error}"),
        });
        return Exit::Broken;
    }
    let (count, folder) = (pages.len(), folder.display());
    let line = match console.lang {
        Lang::Ja => format!("{folder} に{count}ページを書き出しました\n"),
        Lang::En => format!("{count} pages written to {folder}\n"),
    };
    console.print(&line).and(console.flush())
}
