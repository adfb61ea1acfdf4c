//! Checked expressions, values and facts as ordinary sentences, for readers who are no programmers.
//!
//! An expression first becomes a [`Claim`]: negations are pushed to the leaves, chains of `&&` and
//! `||` are flattened. Then each language writes the claim in its own way: Japanese inflects the
//! end of each part, English changes the verb. Fields appear by their titles in the schemas; a
//! boolean field's title is a noun phrase, and `true` says that there is such a thing (…がある), unless
//! the schema labels the two values (合格, 不合格).

mod claim;
mod english;
mod japanese;
#[cfg(test)]
mod tests;
mod value;
mod writer;

use self::claim::claim_of;
use self::japanese::Form;
pub use self::value::{constant, fact, said};
use self::writer::Writer;
use super::typed::Expression;
use crate::lang::Lang;

/// What a clause demands: `返還・消去の期限が30日以下であること`, `the deadline ... is at most 30 days`.
/// The binder's name in the policy is not needed: its items are called by their title (当該…).
pub fn wanted(expression: &Expression, _binder: Option<&str>, lang: Lang) -> String {
    let claim = claim_of(expression, false, true);
    match lang {
        Lang::Ja => Writer::new(lang).ja(&claim, Form::Koto),
        Lang::En => Writer::new(lang).en(&claim),
    }
}

/// When a clause or a policy counts: `個人情報の取扱いがある場合`, `where there is handling of personal data`.
pub fn condition(expression: &Expression, lang: Lang) -> String {
    let claim = claim_of(expression, false, false);
    // More follows (…は, …に適用), so no numbered list may end the condition.
    let writer = Writer::new(lang).followed();
    match lang {
        Lang::Ja => writer.ja(&claim, Form::Baai),
        Lang::En => {
            let text = writer.en(&claim);
            format!("where{} {text}", pause_before(&text))
        }
    }
}

/// Why a condition does not hold: `個人情報の取扱いがないため`, `because there is no handling of personal data`.
pub fn unmet(expression: &Expression, lang: Lang) -> String {
    let claim = claim_of(expression, true, false);
    // Facts may follow in brackets, so no numbered list may end the reason.
    let writer = Writer::new(lang).followed();
    match lang {
        Lang::Ja => writer.ja(&claim, Form::Tame),
        Lang::En => {
            let text = writer.en(&claim);
            format!("because{} {text}", pause_before(&text))
        }
    }
}

fn pause_before(text: &str) -> &'static str {
    if text.starts_with("for ") || text.starts_with("where ") { "," } else { "" }
}
