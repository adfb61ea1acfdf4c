//! Diff: two judgements compared, outcome by outcome, each change with its cause.

pub mod cause;
pub mod facts;
pub mod recorded;
pub mod side;
pub mod trial;

use std::collections::{BTreeMap, BTreeSet};

use crate::evaluate::outcome::Verdict;
use crate::policy::file::Severity;
use cause::{Cause, Component};
use facts::FactChange;
use side::{Assessed, Dossier, Outcome, Side, State};

/// The comparison of two dossiers.
#[derive(Clone, Debug)]
pub struct DossierDiff {
    /// The names of the dossiers, the old one first.
    pub names: [String; 2],
    /// What the stages are called.
    pub stages: [String; 2],
    /// What differs of what the outcomes rest on.
    pub components: Vec<Component>,
    /// The documents and files of evidence that differ, by their paths within the dossier.
    pub files: Vec<FileChange>,
    /// The outcomes that changed, appeared or vanished: worse ones first, then by policy and target.
    pub changes: Vec<Change>,
    /// How many outcomes are as they were.
    pub unchanged: usize,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path within the dossier.
    pub path: String,
    /// Whether it was there before.
    pub before: bool,
    /// Whether it is there now.
    pub after: bool,
}

/// An outcome that changed, appeared or vanished.
#[derive(Clone, Debug)]
pub struct Change {
    /// The policy's id.
    pub policy: String,
    /// What the policy demands.
    pub title: String,
    /// The path of the target.
    pub target: String,
    /// What the target is called.
    pub target_title: String,
    /// How much weighs on it.
    pub severity: Severity,
    /// As it was; `None` where it was not judged.
    pub before: Option<State>,
    /// As it is; `None` where it is not judged any more.
    pub after: Option<State>,
    /// Why it was not, and is not, applicable.
    pub because: [Option<String>; 2],
    /// Better, worse, or neither.
    pub direction: Direction,
    /// Why it changed; empty where nothing that was recorded differs.
    pub causes: Vec<Cause>,
    /// The facts that the policy reads and that differ.
    pub facts: Vec<FactChange>,
    /// The parameters, waivers and pieces of evidence that differ.
    pub notes: Vec<Note>,
}

/// Something about an outcome that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub about: About,
    /// Its name or id.
    pub name: String,
    /// As it was; `None` where there was none.
    pub before: Option<String>,
    /// As it is; `None` where there is none.
    pub after: Option<String>,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A parameter of the policy.
    Parameter,
    /// A waiver.
    Waiver,
    /// A piece of evidence.
    Evidence,
}

/// Whether a change is for the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// A graver verdict, weaker proof, or a new finding.
    Worse,
    /// A lighter verdict, or better proof.
    Better,
    /// Neither, such as an outcome that does not apply any more.
    Other,
}

impl Direction {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Worse => "worse",
            Direction::Better => "better",
            Direction::Other => "other",
        }
    }

    /// From what was to what is. What is not judged any more is not mended, so it is neither.
    fn of(before: Option<&State>, after: Option<&State>) -> Direction {
        let (before, after) = match (before, after) {
            (Some(before), Some(after)) => (before, after),
            (None, Some(after)) if after.verdict.is_finding() => return Direction::Worse,
            _ => return Direction::Other,
        };
        if [before.verdict, after.verdict].contains(&Verdict::NotApplicable) {
            return if after.verdict.is_finding() { Direction::Worse } else { Direction::Other };
        }
        // Graver verdicts stand first.
        let by_verdict = after.verdict.cmp(&before.verdict);
        let by_assurance = after.assurance.cmp(&before.assurance);
        let by_block = before.blocks.cmp(&after.blocks);
        match by_verdict.then(by_block).then(by_assurance) {
            std::cmp::Ordering::Less => Direction::Worse,
            std::cmp::Ordering::Greater => Direction::Better,
            std::cmp::Ordering::Equal => Direction::Other,
        }
    }
}

/// What became of one dossier.
#[derive(Clone, Debug)]
pub enum Pair {
    /// Both sides judged it.
    Both(Box<DossierDiff>),
    /// The old side alone has it.
    Vanished(String),
    /// The new side alone has it.
    Appeared(String),
    /// A side could not judge it, so that nothing can be compared.
    Unjudged {
        /// Its name.
        name: String,
        /// Whether the old side judged it.
        before: bool,
        /// Whether the new side does.
        after: bool,
    },
}

/// Compares two runs, dossier by dossier. Where each side has one, these are compared whatever their
/// names; otherwise those of the same name are.
pub fn compare(old: &Side, new: &Side) -> Vec<Pair> {
    if let ([before], [after]) = (old.dossiers.as_slice(), new.dossiers.as_slice()) {
        return vec![pair(old, new, before, after)];
    }
    let of = |side: &'_ Side| -> Vec<String> {
        side.dossiers.iter().map(|dossier| dossier.name().to_owned()).collect()
    };
    let names: BTreeSet<String> = of(old).into_iter().chain(of(new)).collect();
    let found = |side: &'_ Side, name: &str| side.dossiers.iter().position(|one| one.name() == name);
    let pairs = names.into_iter().map(|name| match (found(old, &name), found(new, &name)) {
        (Some(before), Some(after)) => pair(old, new, &old.dossiers[before], &new.dossiers[after]),
        (Some(_), None) => Pair::Vanished(name),
        _ => Pair::Appeared(name),
    });
    pairs.collect()
}

fn pair(old: &Side, new: &Side, before: &Dossier, after: &Dossier) -> Pair {
    match (before, after) {
        (Dossier::Assessed(before), Dossier::Assessed(after)) => {
            Pair::Both(Box::new(dossier(old, new, before, after)))
        }
        _ => Pair::Unjudged {
            name: after.name().to_owned(),
            before: matches!(before, Dossier::Assessed(_)),
            after: matches!(after, Dossier::Assessed(_)),
        },
    }
}

fn dossier(old: &Side, new: &Side, before: &Assessed, after: &Assessed) -> DossierDiff {
    let key = |outcome: &'_ Outcome| (outcome.policy.clone(), outcome.target.clone());
    let of = |side: &'_ Assessed| -> BTreeMap<(String, String), usize> {
        side.outcomes.iter().enumerate().map(|(at, outcome)| (key(outcome), at)).collect()
    };
    let (was, is) = (of(before), of(after));
    let components = recorded::components(old, new, before, after);
    let recorder = recorded::Recorder { old, new, before, after, components: &components };
    let mut changes = Vec::new();
    let keys: BTreeSet<&(String, String)> = was.keys().chain(is.keys()).collect();
    let total = keys.len();
    for key in keys {
        let was = was.get(key).map(|at| &before.outcomes[*at]);
        let is = is.get(key).map(|at| &after.outcomes[*at]);
        if was.map(|one| &one.state) != is.map(|one| &one.state) {
            changes.extend(recorder.change(was, is));
        }
    }
    changes.sort_by_key(|change: &Change| change.direction);
    DossierDiff {
        names: [before.name.clone(), after.name.clone()],
        stages: [before.stage_title.clone(), after.stage_title.clone()],
        files: recorded::files(before, after),
        unchanged: total - changes.len(),
        components,
        changes,
    }
}

/// How many changes there are of each direction.
pub fn count(pairs: &[Pair], direction: Direction) -> usize {
    let both = pairs.iter().filter_map(|pair| match pair {
        Pair::Both(diff) => Some(&diff.changes),
        _ => None,
    });
    both.flatten().filter(|change| change.direction == direction).count()
}
