//! What a run judges with: library, profile, compiled policies.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::Yardstick;
use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::load::source::Sources;
use crate::load::tree::{Node, Span};
use crate::nearest::nearest;
use crate::policy::Policy;
use crate::policy::compile::compile;
use crate::policy::library::{DEFAULT_PROFILE, Library, Profile, built_in};
use crate::policy::problem::{Fault, Problem};
use crate::stage::Stage;
use crate::validate::library::{self as folder, check_profile};

/// What a user chose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// A folder of policies that adds to the built-in ones or replaces some.
    pub policies: Option<PathBuf>,
    /// A profile, by id or by the path of its file.
    pub profile: Option<String>,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// A stage that replaces the one from the dates.
    pub stage: Option<Stage>,
    /// Facts that the reader supposes, as `path=value`.
    pub assume: Vec<String>,
}

/// Why there is nothing to judge with.
#[derive(Debug)]
pub enum Unusable {
    /// The folder of policies does not exist.
    NoFolder(PathBuf),
    /// A folder of policies that holds nothing of ours.
    EmptyFolder(PathBuf),
    /// There is no such profile.
    NoProfile {
        /// As it was asked for.
        name: String,
        /// The profiles that exist.
        known: Vec<String>,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// There are no such counting rules.
    NoCalendar(PathBuf),
    /// Policies or profiles that do not load.
    Faulty(Sources, Vec<Diagnostic>),
    /// A profile that does not fit the library: each problem with the profile or policy it is about.
    Profile(Vec<(String, Problem)>),
}

impl Unusable {
    /// What is wrong, for people; diagnostics are rendered elsewhere.
    pub fn message(&self, lang: Lang) -> Vec<String> {
        match self {
            Unusable::NoFolder(path) => {
                let path = path.display();
                vec![match lang {
                    Lang::Ja => format!("確認項目のフォルダーがありません：{path}"),
                    Lang::En => format!("there is no folder of policies {path}"),
                }]
            }
            Unusable::EmptyFolder(path) => {
                let path = path.display();
                vec![match lang {
                    Lang::Ja => format!(
                        "{path} には確認項目も確認項目セットもありません。フォルダーを確かめてください"
                    ),
                    Lang::En => format!("there are no policies or profiles in {path}; check the folder"),
                }]
            }
            Unusable::NoCalendar(path) => {
                let path = path.display();
                vec![match lang {
                    Lang::Ja => format!(
                        "{path} に期間の数え方（hadome: calendar/1）がありません。hadome schema calendar で書き方を確かめてください"
                    ),
                    Lang::En => format!(
                        "there are no counting rules (hadome: calendar/1) in {path}; see hadome schema calendar"
                    ),
                }]
            }
            Unusable::NoProfile { name, known, nearest } => {
                let known = known.join(", ");
                let near = nearest.as_deref().unwrap_or(&known);
                vec![match lang {
                    Lang::Ja => format!("「{name}」という確認項目セットはありません（候補：{near}）"),
                    Lang::En => format!("there is no profile `{name}` (known: {near})"),
                }]
            }
            Unusable::Profile(problems) => {
                problems.iter().map(|(name, problem)| format!("{name}: {}", problem.sentence(lang))).collect()
            }
            Unusable::Faulty(..) => Vec::new(),
        }
    }
}

/// The library of a run: the built-in one, with a user's folder over it.
///
/// # Errors
/// The folder does not exist or does not load.
pub fn library(policies: Option<&Path>) -> Result<Library, Unusable> {
    let mut library = built_in().clone();
    let Some(path) = policies else { return Ok(library) };
    if !path.is_dir() {
        return Err(Unusable::NoFolder(path.to_owned()));
    }
    let own = folder::load(path, Some(&library));
    if !own.diagnostics.is_empty() {
        return Err(Unusable::Faulty(own.sources, own.diagnostics));
    }
    if own.library.is_empty() {
        return Err(Unusable::EmptyFolder(path.to_owned()));
    }
    library.sha256 = crate::digest::sha256(format!("{}\n{}", library.sha256, own.library.sha256).as_bytes());
    library.families.retain(|family| own.library.family(&family.id).is_none());
    library.families.extend(own.library.families);
    library.duties = own.library.duties;
    library.marks = own.library.marks;
    library.articles = own.library.articles;
    library.policies.extend(own.library.policies);
    library.references.extend(own.library.references);
    library.profiles.extend(own.library.profiles);
    Ok(library)
}

/// Loads, selects and compiles.
///
/// # Errors
/// Anything that does not load, and a profile that selects nothing.
pub fn prepare(choice: &Choice) -> Result<(Yardstick, Library), Unusable> {
    let library = library(choice.policies.as_deref())?;
    let profile = profile(choice.profile.as_deref().unwrap_or(DEFAULT_PROFILE), &library)?;
    let faults = check_profile(&profile, &library);
    if !faults.is_empty() {
        let named = faults.into_iter().map(|fault| (profile.id.clone(), fault)).collect();
        return Err(misfit(choice.policies.as_deref(), choice.profile.as_deref(), &profile, named));
    }
    let (selected, left_out) = library.select(&profile);
    let mut policies: Vec<Policy> = Vec::with_capacity(selected.len());
    let mut faults = Vec::new();
    for policy in &selected {
        match compile(policy, profile.values(&policy.id).as_ref()) {
            Ok(policy) => policies.push(policy),
            Err(found) => {
                let name = format!("{} {}", profile.id, policy.id);
                faults.extend(found.into_iter().map(|fault| {
                    // The policy loads by itself, so that it is the profile's value that does not fit.
                    let value = fault.pointer.strip_prefix("/parameters").unwrap_or_default();
                    let pointer = format!("/parameters/{}{value}", policy.id);
                    (name.clone(), Fault { pointer, range: None, ..fault })
                }));
            }
        }
    }
    if !faults.is_empty() {
        return Err(misfit(choice.policies.as_deref(), choice.profile.as_deref(), &profile, faults));
    }
    let yardstick = Yardstick {
        profile: Arc::new(profile),
        policies: Arc::new(policies),
        left_out: Arc::new(left_out),
        as_of: choice.as_of,
        stage: choice.stage,
        assume: Arc::new(choice.assume.clone()),
    };
    Ok((yardstick, library))
}

/// A profile that does not fit the library: at its places where it stands in a file of the user's, which is
/// read again for that; with names where it is a built-in one.
pub fn misfit(
    policies: Option<&Path>,
    name: Option<&str>,
    profile: &Profile,
    faults: Vec<(String, Fault)>,
) -> Unusable {
    let file = name.map(Path::new).filter(|path| path.is_file());
    let read = match (file, policies) {
        (Some(file), _) => folder::load_file(file),
        (None, Some(policies)) => folder::load(policies, Some(built_in())),
        (None, None) => folder::Folder::default(),
    };
    let text = |tree: &Node, key: &str| tree.get(key).and_then(Node::as_text).map(str::to_owned);
    let is_it = |tree: &&Node| {
        text(tree, "hadome").as_deref() == Some("profile/1") && text(tree, "id").as_ref() == Some(&profile.id)
    };
    match read.catalogues.iter().find(is_it) {
        Some(tree) => {
            let place = |(_, fault)| folder::placed(tree, &read.sources, fault);
            let found = faults.into_iter().map(place).collect();
            Unusable::Faulty(read.sources, found)
        }
        None => Unusable::Profile(faults.into_iter().map(|(name, fault)| (name, fault.problem)).collect()),
    }
}

/// A profile by its id or by the path of its file.
///
/// # Errors
/// There is none, or its file does not load.
pub fn profile(name: &str, library: &Library) -> Result<Profile, Unusable> {
    if let Some(profile) = library.profiles.get(name) {
        return Ok(profile.clone());
    }
    let path = Path::new(name);
    if path.is_file() {
        return from_file(path);
    }
    let known: Vec<String> = library.profiles.keys().cloned().collect();
    let near = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
    Err(Unusable::NoProfile { name: name.to_owned(), nearest: near, known })
}

/// Counting rules from a user's file.
///
/// # Errors
/// There is no such file, it holds something else, or it does not load.
pub fn calendar(path: &Path) -> Result<Calendar, Unusable> {
    if !path.is_file() {
        return Err(Unusable::NoCalendar(path.to_owned()));
    }
    let read = folder::load_file(path);
    if !read.diagnostics.is_empty() {
        return Err(Unusable::Faulty(read.sources, read.diagnostics));
    }
    read.library.duties.calendar.ok_or_else(|| Unusable::NoCalendar(path.to_owned()))
}

fn from_file(path: &Path) -> Result<Profile, Unusable> {
    let mut read = folder::load_file(path);
    match read.library.profiles.pop_first() {
        Some((_, profile)) if read.diagnostics.is_empty() => Ok(profile),
        _ => {
            if read.diagnostics.is_empty() {
                let span = Span::default();
                read.diagnostics
                    .push(Diagnostic::new(span, Problem::Malformed("not a profile/1".to_owned())));
            }
            Err(Unusable::Faulty(read.sources, read.diagnostics))
        }
    }
}
