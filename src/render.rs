//! Render: an assessment in, bytes out. One format is one file over a frozen view.

pub mod concise;
pub mod coverage;
pub mod diagnostics;
pub mod escape;
pub mod explain;
pub mod finding;
pub mod format;
pub mod github;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod notes;
pub mod policy;
pub mod profile;
pub mod reference;
pub mod refused;
pub mod register;
pub mod replay;
pub mod report;
pub mod run;
pub mod sarif;
pub mod sheet;
pub mod tally;
pub mod text;
pub mod view;
pub mod waivers;
