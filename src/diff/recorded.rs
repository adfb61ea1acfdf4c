//! What two recorded runs tell of a change: the facts, parameters, waivers and pieces of evidence that
//! differ, and which components can be the cause. A guess is never stated as a fact: one component is
//! named only where no other can be it.

use std::collections::{BTreeMap, BTreeSet};

use super::cause::{Cause, Component, Role};
use super::facts::{FactChange, Stated};
use super::side::{Assessed, Fact, Gap, Outcome, Place, Side};
use super::{About, Change, Direction, FileChange, Note};
use crate::evaluate::outcome::Verdict;
use crate::load::source::within;

/// What differs between two judgements of a dossier.
pub fn components(old: &Side, new: &Side, before: &Assessed, after: &Assessed) -> Vec<Component> {
    let registers = |side: &'_ Assessed, register: &str| {
        side.documents().get(register).map(|digest| digest.map(str::to_owned))
    };
    let documents = |side: &'_ Assessed| -> BTreeMap<String, Option<String>> {
        let all = side.documents().into_iter().filter(|(path, _)| !REGISTERS.contains(path));
        all.map(|(path, digest)| (path.to_owned(), digest.map(str::to_owned))).collect()
    };
    let options = |side: &'_ Assessed| {
        let stage = side.stage.clone().filter(|_| side.stage_overridden);
        (stage, side.assumptions.clone(), side.waivers_in_effect, side.rule.clone())
    };
    let profile = |side: &'_ Side| (side.profile.id.clone(), side.profile.sha256.clone());
    let differs = [
        (Component::Documents, documents(before) != documents(after)),
        (
            Component::Evidence,
            registers(before, EVIDENCE) != registers(after, EVIDENCE)
                || evidence_files(before) != evidence_files(after),
        ),
        (Component::Waivers, registers(before, WAIVERS) != registers(after, WAIVERS)),
        (Component::AsOf, old.as_of != new.as_of),
        (Component::Library, old.library_sha256 != new.library_sha256),
        (Component::Profile, profile(old) != profile(new)),
        (Component::Options, options(before) != options(after)),
        (Component::Program, old.tool.version != new.tool.version),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(component, _)| component).collect()
}

const EVIDENCE: &str = "evidence.yaml";
const WAIVERS: &str = "waivers.yaml";
const REGISTERS: [&str; 2] = [EVIDENCE, WAIVERS];

fn evidence_files(side: &Assessed) -> BTreeMap<&str, Option<&str>> {
    side.evidence_files.iter().map(|file| (file.path.as_str(), file.sha256.as_deref())).collect()
}

/// The documents and files of evidence that differ.
pub fn files(before: &Assessed, after: &Assessed) -> Vec<FileChange> {
    let all = |side| -> BTreeMap<String, Option<String>> {
        let side: &Assessed = side;
        let files = side.documents().into_iter().chain(evidence_files(side));
        files.map(|(path, digest)| (path.to_owned(), digest.map(str::to_owned))).collect()
    };
    let (was, is) = (all(before), all(after));
    let paths: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let changed = paths.into_iter().filter(|path| was.get(*path) != is.get(*path));
    let change = |path: &String| FileChange {
        path: path.clone(),
        before: was.contains_key(path),
        after: is.contains_key(path),
    };
    changed.map(change).collect()
}

/// What tells of the changes of one dossier.
pub(super) struct Recorder<'s> {
    pub(super) old: &'s Side,
    pub(super) new: &'s Side,
    pub(super) before: &'s Assessed,
    pub(super) after: &'s Assessed,
    pub(super) components: &'s [Component],
}

impl Recorder<'_> {
    /// The change from one outcome to another; nothing where there is neither.
    pub(super) fn change(&self, was: Option<&Outcome>, is: Option<&Outcome>) -> Option<Change> {
        let shown = is.or(was)?;
        let policy = self.new.policy(&shown.policy).or_else(|| self.old.policy(&shown.policy));
        let state = |outcome: Option<&Outcome>| outcome.map(|outcome| outcome.state.clone());
        let because = |outcome: Option<&Outcome>| outcome.and_then(|outcome| outcome.because.clone());
        let (before, after) = (state(was), state(is));
        Some(Change {
            policy: shown.policy.clone(),
            title: policy.map(|policy| policy.title.clone()).unwrap_or_default(),
            target: shown.target.clone(),
            target_title: shown.target_title.clone(),
            severity: shown.severity,
            direction: Direction::of(before.as_ref(), after.as_ref()),
            before,
            after,
            because: [because(was), because(is)],
            causes: self.causes(&shown.policy, was, is),
            facts: self.facts(was, is),
            notes: self.notes(&shown.policy, &shown.target, was, is),
        })
    }

    fn causes(&self, id: &str, was: Option<&Outcome>, is: Option<&Outcome>) -> Vec<Cause> {
        let alone = |component| vec![Cause { component, role: Role::Alone }];
        // A policy that one side does not judge at all has no outcome there, whatever the rest says.
        match (self.old.policy(id), self.new.policy(id)) {
            (Some(_), Some(_)) => {}
            (Some(_), None) if self.new.knows(id) => return alone(Component::Profile),
            (None, Some(_)) if self.old.knows(id) => return alone(Component::Profile),
            _ => return alone(Component::Library),
        }
        let able = |component: &&Component| self.able(**component, id, was, is);
        let able: Vec<Component> = self.components.iter().filter(able).copied().collect();
        match able.as_slice() {
            [only] => alone(*only),
            several => several
                .iter()
                .map(|component| Cause { component: *component, role: Role::Possible })
                .collect(),
        }
    }

    /// Whether a component that differs can have changed an outcome.
    fn able(&self, component: Component, id: &str, was: Option<&Outcome>, is: Option<&Outcome>) -> bool {
        let (old, new) = (self.old.policy(id), self.new.policy(id));
        let policies = old.zip(new);
        let states = was.zip(is).map(|(was, is)| (&was.state, &is.state));
        match component {
            // The same policy judges the same, whatever else the library holds.
            Component::Library => policies.is_none_or(|(old, new)| {
                old.sha256.is_none() || new.sha256.is_none() || old.sha256 != new.sha256
            }),
            Component::Profile => {
                let values = policies.is_none_or(|(old, new)| {
                    old.parameters.is_none() || new.parameters.is_none() || old.parameters != new.parameters
                });
                values || states.is_some_and(|(was, is)| was.blocks != is.blocks)
            }
            Component::Waivers => {
                [was, is].into_iter().flatten().any(|one| one.state.verdict == Verdict::Waived)
            }
            _ => true,
        }
    }

    /// The facts that both sides recorded and that differ.
    fn facts(&self, was: Option<&Outcome>, is: Option<&Outcome>) -> Vec<FactChange> {
        let (Some(was), Some(is)) = (was, is) else { return Vec::new() };
        let (before, after) = (recorded(was, &self.before.name), recorded(is, &self.after.name));
        let changed = before.into_iter().filter_map(|(path, (title, before))| {
            let (_, after) = after.get(path)?;
            (before != *after).then(|| FactChange {
                path: path.to_owned(),
                title,
                before: Some(before),
                after: Some(after.clone()),
            })
        });
        changed.collect()
    }

    fn notes(&self, id: &str, target: &str, was: Option<&Outcome>, is: Option<&Outcome>) -> Vec<Note> {
        let mut notes = Notes::default();
        let values = |side: &'_ Side| -> BTreeMap<String, (String, String)> {
            let values = side.policy(id).and_then(|policy| policy.parameters.clone()).unwrap_or_default();
            values.into_iter().map(|(name, value)| (name, (value.to_string(), value.to_string()))).collect()
        };
        if self.old.policy(id).is_some() && self.new.policy(id).is_some() {
            notes.add(About::Parameter, values(self.old), values(self.new));
        }
        let waivers = |side: &'_ Assessed| -> BTreeMap<String, (String, String)> {
            let about = side.waivers.iter().filter(|waiver| waiver.policy == id && waiver.target == target);
            about.map(|one| (one.id.clone(), (one.state.clone(), one.state_title.clone()))).collect()
        };
        notes.add(About::Waiver, waivers(self.before), waivers(self.after));
        let proven: BTreeSet<&str> = [was, is].into_iter().flatten().flat_map(facts_to_prove).collect();
        let pieces = |side: &'_ Assessed| -> BTreeMap<String, (String, String)> {
            let about = side.evidence.iter();
            let about =
                about.filter(|piece| piece.proves.iter().any(|claim| proven.contains(claim.path.as_str())));
            let row = |piece: &super::side::Piece| {
                let flaws: Vec<&str> = piece.flaws.iter().map(|flaw| flaw.flaw.as_str()).collect();
                let name = format!("{} ({})", piece.title, piece.id);
                (name, (flaws.join(" "), piece.standing_title.clone()))
            };
            about.map(row).collect()
        };
        notes.add(About::Evidence, pieces(self.before), pieces(self.after));
        notes.0
    }
}

#[derive(Default)]
struct Notes(Vec<Note>);

impl Notes {
    /// Adds what differs; each value is compared by its first text and shown by its second.
    fn add(
        &mut self,
        about: About,
        before: BTreeMap<String, (String, String)>,
        after: BTreeMap<String, (String, String)>,
    ) {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (was, is) = (before.get(name), after.get(name));
            if was.map(|(compared, _)| compared) != is.map(|(compared, _)| compared) {
                let shown = |value: Option<&(String, String)>| value.map(|(_, shown)| shown.clone());
                self.0.push(Note { about, name: name.clone(), before: shown(was), after: shown(is) });
            }
        }
    }
}

/// The facts of an outcome that evidence could prove or contradict.
fn facts_to_prove(outcome: &Outcome) -> impl Iterator<Item = &str> {
    outcome.clauses.iter().flat_map(|clause| {
        let proven = clause.proof.iter().flat_map(|proof| &proof.facts).map(|fact| fact.path.as_str());
        proven.chain(clause.facts.iter().map(|fact| fact.path.as_str()))
    })
}

/// What a run recorded of the facts that an outcome read: title and value or gap, by path.
fn recorded<'o>(outcome: &'o Outcome, name: &str) -> BTreeMap<&'o str, (String, Stated)> {
    let mut found = BTreeMap::new();
    let clauses = &outcome.clauses;
    for gap in clauses.iter().flat_map(|clause| &clause.gaps).chain(&outcome.gaps) {
        found.insert(gap.path.as_str(), (gap.title.clone(), of_gap(gap, name)));
    }
    for fact in clauses.iter().flat_map(|clause| &clause.facts).filter(|fact| fact.evidence.is_none()) {
        found.insert(fact.path.as_str(), (fact.title.clone(), of_fact(fact, name)));
    }
    found
}

fn of_fact(fact: &Fact, name: &str) -> Stated {
    Stated {
        value: fact.value.clone(),
        shown: Some(fact.value_title.clone()),
        place: Some(place(&fact.place, name)),
    }
}

fn of_gap(gap: &Gap, name: &str) -> Stated {
    let conflicting: Vec<&str> = gap.conflicting.iter().map(|fact| fact.value_title.as_str()).collect();
    let conflicting = (!conflicting.is_empty()).then(|| conflicting.join(" / "));
    Stated {
        value: serde_json::Value::Null,
        shown: conflicting.or_else(|| gap.detail.clone()),
        place: gap.place.as_ref().map(|found| place(found, name)),
    }
}

fn place(place: &Place, name: &str) -> String {
    let at = format!("{}:{}", within(name, &place.file), place.line);
    match &place.original {
        Some(original) => format!("{original}; {at}"),
        None => at,
    }
}
