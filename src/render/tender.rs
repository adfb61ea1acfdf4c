//! A comparison of bids as an office reads it: matrix, sheets per bidder, the committee's paper.

pub mod committee;
pub mod inquiry;
pub mod matrix;
pub mod view;
pub mod workbook;

use crate::lang::Lang;

/// How the papers of a review are to be handled (取扱区分).
pub fn handling(lang: Lang) -> &'static str {
    lang.pick("審査中・関係者限り", "Under review; for those involved only")
}
