//! Render: an assessment in, bytes out. One format is one file over a frozen view.

pub mod concise;
pub mod diagnostics;
pub mod escape;
pub mod text;
pub mod view;
