//! Causes found by trial: the dossier is judged again with one component exchanged at a time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::cause::{Cause, Component, Role};
use super::side::State;
use super::{Change, DossierDiff, facts};
use crate::case::Case;
use crate::conclude::{How, conclude};
use crate::evaluate::evaluate;
use crate::lang::Lang;
use crate::load::dossier::{Parts, load_parts};
use crate::load::limits::Limits;
use crate::policy::reads::reads;
use crate::validate::{Yardstick, validate};

/// The components that two states of a dossier can differ in.
const EXCHANGED: [Component; 4] =
    [Component::Documents, Component::Evidence, Component::Waivers, Component::AsOf];

/// One state of a dossier.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// Its folder.
    pub folder: &'s Path,
    /// What it is judged with, on its own day.
    pub yardstick: &'s Yardstick,
    /// The case that was judged.
    pub case: &'s Case,
}

/// The outcomes of one trial, by policy and target; nothing where such a mixture cannot be judged.
type Tried = Option<Arc<BTreeMap<(String, String), State>>>;

/// Judges mixtures of two states.
pub struct Trials<'s> {
    settings: [Setting<'s>; 2],
    how: How,
    tried: BTreeMap<u8, Tried>,
}

impl<'s> Trials<'s> {
    /// Trials between an old state and a new one.
    pub fn new(old: Setting<'s>, new: Setting<'s>, how: How) -> Trials<'s> {
        Trials { settings: [old, new], how, tried: BTreeMap::new() }
    }

    /// Says of each change which components caused it, and which facts that its policy reads differ.
    pub fn explain(&mut self, diff: &mut DossierDiff, lang: Lang) {
        let able: Vec<Component> =
            EXCHANGED.into_iter().filter(|component| diff.components.contains(component)).collect();
        let [old, new] = self.settings;
        let facts = facts::changes(old.case, new.case, lang);
        let policies = &new.yardstick.policies;
        for change in &mut diff.changes {
            change.causes = self.causes(change, &able);
            let Some(policy) = policies.iter().find(|policy| policy.id() == change.policy) else { continue };
            let read = reads(policy).into_keys().collect();
            let about = facts.iter().filter(|(path, _)| facts::is_read(path, &read, &change.target));
            change.facts = about.map(|(_, fact)| fact.clone()).collect();
        }
    }

    fn causes(&mut self, change: &Change, able: &[Component]) -> Vec<Cause> {
        if let [only] = able {
            return vec![Cause { component: *only, role: Role::Alone }];
        }
        let all = able.iter().fold(0, |mask, component| mask | bit(*component));
        let key = (change.policy.clone(), change.target.clone());
        let mut causes = Vec::new();
        for component in able {
            let with = self.outcome(bit(*component), &key);
            let without = self.outcome(all & !bit(*component), &key);
            if let Some(role) = role(change, with.as_ref(), without.as_ref()) {
                causes.push(Cause { component: *component, role });
            }
        }
        let told = causes.iter().any(|cause| matches!(cause.role, Role::Alone | Role::Needed | Role::Partly));
        match told {
            true => causes,
            false => {
                able.iter().map(|component| Cause { component: *component, role: Role::Together }).collect()
            }
        }
    }

    /// The outcome of a mixture: the components in the mask from the new state, the others from the old.
    /// Nothing where the mixture cannot be judged; the outcome may be absent in one that can.
    fn outcome(&mut self, mask: u8, key: &(String, String)) -> Option<Option<State>> {
        let tried = match self.tried.get(&mask) {
            Some(tried) => tried.clone(),
            None => {
                let tried = self.judge(mask).map(Arc::new);
                self.tried.insert(mask, tried.clone());
                tried
            }
        };
        tried.map(|outcomes| outcomes.get(key).cloned())
    }

    fn judge(&self, mask: u8) -> Option<BTreeMap<(String, String), State>> {
        let from = |component| self.settings[usize::from(mask & bit(component) != 0)];
        let parts = Parts {
            contract: from(Component::Documents).folder,
            documents: from(Component::Documents).folder,
            evidence: from(Component::Evidence).folder,
            waivers: from(Component::Waivers).folder,
        };
        let loaded = load_parts(parts, ".", &Limits::default());
        let case = validate(loaded, from(Component::AsOf).yardstick).ok()?;
        let outcomes = evaluate(&case, self.how.keep).ok()?;
        let assessment = conclude(case, outcomes, self.how);
        let case = &assessment.case;
        let states = assessment.outcomes.iter().zip(&assessment.blocks).map(|(outcome, blocks)| {
            let key = (case.policies[outcome.policy].id().to_owned(), outcome.target.path(case));
            (key, State::of(outcome, *blocks))
        });
        Some(states.collect())
    }
}

fn bit(component: Component) -> u8 {
    1 << component as u8
}

/// What a component did, given what became of the outcome with it alone and without it alone.
fn role(change: &Change, with: Option<&Option<State>>, without: Option<&Option<State>>) -> Option<Role> {
    let (old, new) = (&change.before, &change.after);
    if with == Some(new) {
        return Some(Role::Alone);
    }
    if without == Some(old) {
        return Some(Role::Needed);
    }
    let between = |tried: Option<&Option<State>>| tried.is_some_and(|state| state != old && state != new);
    (between(with) || between(without)).then_some(Role::Partly)
}
