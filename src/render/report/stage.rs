//! The stage of the contract, as a report tells of it.

use serde::Serialize;

use crate::lang::Lang;
use crate::render::view::DossierView;
use crate::stage::Stage;

/// The stage of the contract.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// What it is called.
    pub title: String,
    /// Whether it is known.
    pub known: bool,
    /// Whether the user set it.
    pub overridden: bool,
    /// Before which step what blocks has to be settled.
    pub before: &'static str,
}

impl StageView {
    pub(super) fn of(view: &DossierView, lang: Lang) -> Self {
        StageView {
            title: view.stage_title.clone(),
            known: view.stage.is_some(),
            overridden: view.stage_overridden,
            before: before(view.stage.and_then(Stage::from_word), lang),
        }
    }
}

/// Before which step what blocks has to be settled.
fn before(stage: Option<Stage>, lang: Lang) -> &'static str {
    let (ja, en) = match stage {
        Some(Stage::Bid) => ("契約の締結の前に", "before the contract is signed"),
        Some(Stage::Build) => ("運用の開始の前に", "before the service starts"),
        Some(Stage::Running) => (
            "契約の更新、システムの変更の公開、契約の終了等、次の段階に進む前に",
            "before the next step, such as renewing the contract, releasing a change or ending the contract",
        ),
        Some(Stage::Ended) => {
            ("契約の終了に伴う手続を終える前に", "before the winding-up of the contract is closed")
        }
        None => (
            "契約の締結、運用の開始、契約の更新等、次の段階に進む前に",
            "before the next step, such as signing the contract or starting the service",
        ),
    };
    lang.pick(ja, en)
}
