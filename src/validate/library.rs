//! Policies, profiles and catalogues from a user's folder, through our own loader.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::{against_schema, typed};
use super::tender;
use crate::article;
use crate::article::file::ArticlesFile;
use crate::calendar::{Calendar, CalendarFile};
use crate::diagnostic::{Diagnostic, in_order};
use crate::digest::sha256;
use crate::load::limits::Limits;
use crate::load::source::Sources;
use crate::load::tree::{Data, FileId, Node, Span};
use crate::load::{text, yaml};
use crate::nearest::nearest;
use crate::obligation::{self, file::ObligationsFile};
use crate::policy::cases::CasesFile;
use crate::policy::compile::{compile, examine};
use crate::policy::file::PolicyFile;
use crate::policy::library::{FamiliesFile, Library, Profile, ReferencesFile};
use crate::policy::problem::{Fault, Problem};
use crate::schema::Kind;
use crate::tender::marks::MarksFile;

/// A folder of policies as it was read.
#[derive(Debug, Default)]
pub struct Folder {
    /// The files.
    pub sources: Sources,
    /// What they hold.
    pub library: Library,
    /// The cases files with their trees, by policy.
    pub cases: BTreeMap<String, (CasesFile, Node)>,
    /// The tree of each policy file, by policy.
    pub trees: BTreeMap<String, Node>,
    /// The trees of the profiles and catalogues of references, in the order of their paths.
    pub catalogues: Vec<Node>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a folder of policies. `base` is the library whose references may be used too.
pub fn load(folder: &Path, base: Option<&Library>) -> Folder {
    let mut reader = Reader::default();
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    for path in &files {
        reader.read(folder, path);
    }
    reader.folder.library.sha256 = sha256(reader.digests.join("\n").as_bytes());
    let Reader { mut folder, obligation_trees, articles_tree, .. } = reader;
    let references = folder.library.references.clone();
    let known = |id: &String| {
        references.contains_key(id) || base.is_some_and(|base| base.references.contains_key(id))
    };
    for (id, policy) in &folder.library.policies {
        let Some(tree) = folder.trees.get(id) else { continue };
        let faults = match compile(policy, None) {
            Ok(policy) => examine(&policy).err().into_iter().map(|fault| *fault).collect(),
            Err(faults) => faults,
        };
        folder.diagnostics.extend(faults.into_iter().map(|fault| placed(tree, &folder.sources, fault)));
        for reference in policy.references.iter().filter(|reference| !known(reference)) {
            let span = tree.get("references").map_or(tree.span, |node| node.span);
            folder.diagnostics.push(Diagnostic::new(span, Problem::UnknownReference(reference.clone())));
        }
    }
    for (entry, tree) in folder.library.duties.obligations.iter().zip(&obligation_trees) {
        let own = folder.library.policies.get(&entry.policy);
        let policy = own.or_else(|| base.and_then(|base| base.policies.get(&entry.policy)));
        let faults = match policy {
            Some(policy) => obligation::compile::compile(entry, policy, None).err().unwrap_or_default(),
            None => vec![unknown_policy(&entry.policy, &folder.library, base)],
        };
        folder.diagnostics.extend(faults.into_iter().map(|fault| placed(tree, &folder.sources, fault)));
    }
    if let (Some(file), Some(tree)) = (&folder.library.articles, &articles_tree) {
        let own = |id: &str| folder.library.policies.contains_key(id);
        let known = |id: &str| own(id) || base.is_some_and(|base| base.policies.contains_key(id));
        let faults = article::check::check(file, known);
        folder.diagnostics.extend(faults.into_iter().map(|fault| placed(tree, &folder.sources, fault)));
    }
    in_order(&mut folder.diagnostics);
    folder
}

/// An obligation that stands for a policy that does not exist.
fn unknown_policy(id: &str, own: &Library, base: Option<&Library>) -> Fault {
    let known = own.policies.keys().chain(base.iter().flat_map(|base| base.policies.keys()));
    let near = nearest(id, known.map(String::as_str)).map(str::to_owned);
    let problem = Problem::UnknownPolicy { id: id.to_owned(), nearest: near };
    Fault { pointer: "/policy".to_owned(), range: None, problem }
}

/// Reads a single file, such as a profile named by its path.
pub fn load_file(path: &Path) -> Folder {
    let mut reader = Reader::default();
    reader.read(path.parent().unwrap_or(Path::new("")), path);
    reader.folder
}

/// A fault of a policy or a profile with its place in the file.
pub fn placed(tree: &Node, sources: &Sources, fault: Fault) -> Diagnostic {
    let (node, key) = found(tree, &fault.pointer);
    let span = match (node.as_text(), fault.range) {
        (Some(text), Some(range)) => within(node.span, sources.text(node.span), text, range),
        (Some(_), None) => node.span,
        _ => key,
    };
    Diagnostic::new(span, fault.problem)
}

/// The place that a JSON pointer means: of a scalar the value, of anything else its key. Where the
/// pointer leads nowhere, the last thing on its way.
pub fn span_at(tree: &Node, pointer: &str) -> Span {
    let (node, key) = found(tree, pointer);
    if matches!(node.data, Data::Map(_) | Data::List(_)) { key } else { node.span }
}

fn found<'t>(tree: &'t Node, pointer: &str) -> (&'t Node, Span) {
    let (mut node, mut key) = (tree, tree.span);
    for step in pointer.split('/').skip(1) {
        let next = match &node.data {
            Data::Map(map) => map.entry(step).map(|entry| (&entry.value, entry.key_span)),
            Data::List(items) => {
                step.parse().ok().and_then(|at: usize| items.get(at)).map(|item| (item, item.span))
            }
            _ => None,
        };
        let Some(found) = next else { break };
        (node, key) = found;
    }
    (node, key)
}

/// The part of a scalar's span that an expression's range means; the whole where lines were folded.
fn within(span: Span, written: &str, text: &str, range: std::ops::Range<usize>) -> Span {
    let Some(offset) = written.find(text) else { return span };
    let at = |byte: usize| span.start + u32::try_from(offset + byte).unwrap_or_default();
    Span { file: span.file, start: at(range.start), end: at(range.end.max(range.start + 1)).min(span.end) }
}

#[derive(Default)]
struct Reader {
    folder: Folder,
    digests: Vec<String>,
    /// The tree of each obligation.
    obligation_trees: Vec<Node>,
    /// The tree of the articles.
    articles_tree: Option<Node>,
}

impl Reader {
    fn read(&mut self, folder: &Path, path: &Path) {
        let shown = path.to_string_lossy().replace('\\', "/");
        let relative = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let sources = &mut self.folder.sources;
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let file = sources.add(shown, None, None);
                let span = Span { file, start: 0, end: 0 };
                let problem = crate::load::dossier::Problem::Unreadable(error.to_string());
                return self.folder.diagnostics.push(Diagnostic::new(span, problem));
            }
        };
        let digest = sha256(&bytes);
        self.digests.push(format!("{relative} {digest}"));
        let limits = Limits::default();
        match text::decode(&bytes, &limits) {
            Ok(text) => {
                let file = sources.add(shown, Some(text.clone()), Some(digest));
                match yaml::parse(&text, file, &limits) {
                    Ok(root) => self.document(&relative, file, root),
                    Err(problems) => self.folder.diagnostics.extend(problems),
                }
            }
            Err(refused) => {
                let file = sources.add(shown, None, Some(digest));
                self.folder.diagnostics.push(Diagnostic::new(Span { file, start: 0, end: 0 }, refused));
            }
        }
    }

    fn document(&mut self, relative: &str, file: FileId, root: Node) {
        let head = root.get("hadome").and_then(Node::as_text).unwrap_or_default();
        let kind = head.strip_suffix("/1").and_then(Kind::from_word);
        let Some(kind) =
            kind.filter(|kind| !kind.takes_placeholders() && !matches!(*kind, Kind::Incident | Kind::Tender))
        else {
            let span = root.get("hadome").map_or(Span { file, start: 0, end: 0 }, |head| head.span);
            let wanted = "policy/1, cases/1, profile/1, references/1, families/1, obligations/1, calendar/1, marks/1, articles/1".to_owned();
            let problem = crate::validate::problem::Problem::WrongKind { found: head.to_owned(), wanted };
            return self.folder.diagnostics.push(Diagnostic::new(span, problem));
        };
        let before = self.folder.diagnostics.len();
        against_schema(kind, &root, &mut self.folder.diagnostics);
        if self.folder.diagnostics.len() > before {
            return;
        }
        let outcome = match kind {
            Kind::Policy => self.policy(relative, &root),
            Kind::Cases => typed::<CasesFile>(&root).map(|cases| {
                if let Ok(cases) = Arc::try_unwrap(cases) {
                    self.folder.cases.insert(cases.policy.clone(), (cases, root.clone()));
                }
            }),
            Kind::Profile => typed::<Profile>(&root).map(|profile| {
                self.folder.library.profiles.insert(profile.id.clone(), (*profile).clone());
                self.folder.catalogues.push(root.clone());
            }),
            Kind::Families => typed::<FamiliesFile>(&root).map(|file| {
                self.folder.library.families.extend(file.families.iter().cloned());
                self.folder.catalogues.push(root.clone());
            }),
            Kind::Obligations => typed::<ObligationsFile>(&root).map(|file| self.obligations(&file, &root)),
            Kind::Calendar => typed::<CalendarFile>(&root).map(|file| {
                match Calendar::new((*file).clone()) {
                    Ok(calendar) => self.folder.library.duties.calendar = Some(calendar),
                    Err(at) => {
                        let text = file.holidays[at].date.clone();
                        let span = span_at(&root, &format!("/holidays/{at}/date"));
                        let problem = Problem::Obligation(obligation::problem::Problem::HolidayNotADay(text));
                        self.folder.diagnostics.push(Diagnostic::new(span, problem));
                    }
                }
                self.folder.catalogues.push(root.clone());
            }),
            Kind::Marks => typed::<MarksFile>(&root).map(|file| self.marks(file, &root)),
            Kind::Articles => typed::<ArticlesFile>(&root).map(|file| {
                self.folder.library.articles = Some(file);
                self.folder.catalogues.push(root.clone());
                self.articles_tree = Some(root.clone());
            }),
            _ => typed::<ReferencesFile>(&root).map(|file| {
                let entries = file.references.iter().map(|one| (one.id.clone(), one.clone()));
                self.folder.library.references.extend(entries);
                self.folder.catalogues.push(root.clone());
            }),
        };
        if let Err(words) = outcome {
            self.folder.diagnostics.push(Diagnostic::new(root.span, Problem::Malformed(words)));
        }
    }

    fn obligations(&mut self, file: &ObligationsFile, root: &Node) {
        let entries = root.get("obligations").and_then(Node::as_list).unwrap_or_default();
        for (entry, tree) in file.obligations.iter().zip(entries) {
            let known = &mut self.folder.library.duties.obligations;
            if known.iter().any(|other| other.id == entry.id) {
                let span = tree.get("id").map_or(tree.span, |id| id.span);
                let problem = obligation::problem::Problem::DoubleObligation(entry.id.clone());
                self.folder.diagnostics.push(Diagnostic::new(span, Problem::Obligation(problem)));
            }
            known.push(Arc::new(entry.clone()));
            self.obligation_trees.push(tree.clone());
        }
        self.folder.catalogues.push(root.clone());
    }

    fn marks(&mut self, file: Arc<MarksFile>, root: &Node) {
        let faults = tender::table(&file.rows, root.get("rows"), root.span);
        self.folder.diagnostics.extend(faults);
        self.folder.library.marks = Some(file);
        self.folder.catalogues.push(root.clone());
    }

    fn policy(&mut self, relative: &str, root: &Node) -> Result<(), String> {
        let policy = typed::<PolicyFile>(root)?;
        let id = &policy.id;
        let family = id.split('-').next().unwrap_or_default().to_lowercase();
        let wanted = format!("{family}/{id}.yaml");
        let at = root.get("id").map_or(root.span, |id| id.span);
        if relative != wanted {
            self.folder.diagnostics.push(Diagnostic::new(at, Problem::Misplaced { wanted }));
        }
        if self.folder.library.policies.contains_key(id) {
            self.folder.diagnostics.push(Diagnostic::new(at, Problem::DoublePolicy(id.clone())));
        }
        self.folder.trees.insert(id.clone(), root.clone());
        self.folder.library.policies.insert(id.clone(), policy);
        Ok(())
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            files.push(path);
        }
    }
}

/// Checks a profile against the library it selects from.
pub fn check_profile(profile: &Profile, library: &Library) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |pointer: String, problem| faults.push(Fault { pointer, range: None, problem });
    let families: Vec<&str> = library.policies.keys().filter_map(|id| id.split('-').next()).collect();
    for (at, family) in profile.select.families.iter().enumerate() {
        if !families.contains(&family.as_str()) {
            let near = nearest(family, families.iter().copied()).map(str::to_owned);
            let problem = Problem::UnknownFamily { family: family.clone(), nearest: near };
            add(format!("/select/families/{at}"), problem);
        }
    }
    let select = &profile.select;
    let selected = select.policies.iter().enumerate().map(|(at, id)| (format!("/select/policies/{at}"), id));
    let except = select.except.iter().enumerate();
    let except = except.map(|(at, exception)| (format!("/select/except/{at}/policy"), &exception.policy));
    let set = profile.parameters.keys().map(|id| (format!("/parameters/{id}"), id));
    for (pointer, id) in selected.chain(except).chain(set) {
        if !library.policies.contains_key(id) {
            let near = nearest(id, library.policies.keys().map(String::as_str)).map(str::to_owned);
            add(pointer, Problem::UnknownPolicy { id: id.clone(), nearest: near });
        }
    }
    if faults.is_empty() && library.select(profile).0.is_empty() {
        faults.push(Fault { pointer: "/select".to_owned(), range: None, problem: Problem::EmptyProfile });
    }
    faults
}
