//! What a dossier was judged with.

use serde::Serialize;

use crate::conclude::Assessment;
use crate::lang::Lang;
use crate::policy::file::Severity;
use crate::policy::library::Library;
use crate::render::view::DossierView;

/// What the dossier was judged with.
#[derive(Clone, Debug, Serialize)]
pub struct BasisView {
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// Whom the profile is for.
    pub profile_why: String,
    /// SHA-256 of the profile's content.
    pub profile_sha256: String,
    /// SHA-256 of the library.
    pub library_sha256: String,
    /// SHA-256 of the templates' texts.
    pub templates_sha256: String,
    /// The program's version.
    pub version: &'static str,
    /// From which severity on a failed outcome blocks; `None` means never.
    pub blocks_fail: Option<&'static str>,
    /// From which severity on an undecided outcome blocks; `None` means never.
    pub blocks_undecided: Option<&'static str>,
    /// From which severity on an unproven outcome blocks; `None` means never.
    pub blocks_unproven: Option<&'static str>,
    /// Whether every failed outcome blocks.
    pub blocks_all_fail: bool,
    /// Whether every undecided outcome blocks.
    pub blocks_all_undecided: bool,
    /// Whether every unproven outcome blocks.
    pub blocks_all_unproven: bool,
}

pub(super) fn basis(assessment: &Assessment, view: &DossierView, library: &Library, lang: Lang) -> BasisView {
    let profile = &assessment.case.profile;
    BasisView {
        profile: view.profile.clone(),
        profile_title: view.profile_title.clone(),
        profile_why: profile.why.get(lang).to_owned(),
        profile_sha256: profile.sha256(),
        library_sha256: library.sha256.clone(),
        templates_sha256: String::new(),
        version: env!("CARGO_PKG_VERSION"),
        blocks_fail: view.rule.fail.map(|severity| severity.title(lang)),
        blocks_undecided: view.rule.undecided.map(|severity| severity.title(lang)),
        blocks_unproven: view.rule.unproven.map(|severity| severity.title(lang)),
        blocks_all_fail: view.rule.fail == Some(Severity::Low),
        blocks_all_undecided: view.rule.undecided == Some(Severity::Low),
        blocks_all_unproven: view.rule.unproven == Some(Severity::Low),
    }
}
