//! Hadome (歯止め) judges, from the contract and the system specification of an outsourced system,
//! whether the measures that published incidents taught are agreed, built and in time.
//!
//! One way through the house: [`load`] → [`validate`] → [`evaluate`] → [`conclude`] → `render`.

pub mod article;
pub mod assess;
pub mod calendar;
pub mod case;
pub mod cases;
pub mod cell;
pub mod command;
pub mod compare;
pub mod conclude;
pub mod date;
pub mod diagnostic;
pub mod diff;
pub mod digest;
pub mod evaluate;
pub mod evidence;
pub mod expression;
pub mod id;
pub mod inquiry;
pub mod lang;
pub mod lint;
pub mod load;
pub mod mutate;
pub mod nearest;
pub mod obligation;
pub mod policy;
pub mod provenance;
pub mod questionnaire;
pub mod redact;
pub mod register;
pub mod render;
pub mod replay;
pub mod scaffold;
pub mod schema;
pub mod stage;
pub mod tender;
pub mod validate;
pub mod verify;
pub mod waiver;
pub mod wording;
