//! The frozen view of what a run judges with, the same for all its dossiers.

use std::borrow::Cow;
use std::sync::Arc;

use super::view::NotSelected;
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::file::Severity;
use crate::policy::library::{Library, Profile};
use crate::validate::Yardstick;

/// What a run judges with.
#[derive(Clone, Debug)]
pub struct RunView {
    /// The program's version.
    pub version: &'static str,
    /// The language of the texts.
    pub lang: Lang,
    /// The as-of date, `YYYY-MM-DD`.
    pub as_of: String,
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// SHA-256 of the library's content.
    pub library_sha256: String,
    /// The selected policies; each has at least one outcome in every judged dossier.
    pub policies: Vec<PolicyView>,
    /// Policies that the profile leaves out.
    pub not_selected: Vec<NotSelected>,
    /// The profile, for what only some formats tell of it.
    pub chosen: Arc<Profile>,
    /// The selected policies as they are judged, in the same order.
    pub judged: Arc<Vec<Policy>>,
}

/// A selected policy.
#[derive(Clone, Debug)]
pub struct PolicyView {
    /// The id.
    pub id: String,
    /// The measure it stands for.
    pub measure: String,
    /// The family.
    pub family: String,
    /// What is demanded.
    pub title: Cow<'static, str>,
    /// How much weighs on it.
    pub severity: Severity,
    /// What the severity is called.
    pub severity_title: &'static str,
    /// Why it matters.
    pub why: Cow<'static, str>,
    /// What to mend.
    pub remedy: Cow<'static, str>,
    /// What to ask.
    pub question: Cow<'static, str>,
    /// Wording for the contract.
    pub model_clause: Cow<'static, str>,
}

/// Makes the view of a run.
pub fn view(yardstick: &Yardstick, library: &Library, lang: Lang) -> RunView {
    RunView {
        version: env!("CARGO_PKG_VERSION"),
        lang,
        as_of: yardstick.as_of.format("%Y-%m-%d").to_string(),
        profile: yardstick.profile.id.clone(),
        profile_title: yardstick.profile.title.get(lang).to_owned(),
        library_sha256: library.sha256.clone(),
        policies: yardstick.policies.iter().map(|policy| policy_view(policy, lang)).collect(),
        not_selected: not_selected(yardstick, lang),
        chosen: yardstick.profile.clone(),
        judged: yardstick.policies.clone(),
    }
}

fn not_selected(yardstick: &Yardstick, lang: Lang) -> Vec<NotSelected> {
    let except = &yardstick.profile.select.except;
    let because = |id: &str| except.iter().find(|exception| exception.policy == id);
    let left_out = yardstick.left_out.iter().map(|policy| NotSelected {
        policy: policy.id.clone(),
        title: policy.title.get(lang).to_owned(),
        because: because(&policy.id).map(|exception| exception.because.get(lang).to_owned()),
    });
    left_out.collect()
}

fn policy_view(policy: &Policy, lang: Lang) -> PolicyView {
    let file = &policy.file;
    PolicyView {
        id: file.id.clone(),
        measure: policy.measure().to_owned(),
        family: policy.family().to_owned(),
        title: file.title.kept(lang),
        severity: file.severity,
        severity_title: file.severity.title(lang),
        why: file.why.kept(lang),
        remedy: file.remedy.kept(lang),
        question: file.question.kept(lang),
        model_clause: file.model_clause.kept(lang),
    }
}
