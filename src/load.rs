//! Load: paths and limits in, texts and spanned trees out.

pub mod attachment;
pub mod dossier;
pub mod find;
pub mod fold;
mod folder;
pub mod hints;
pub mod json_view;
pub mod limits;
pub mod problem;
mod scalar;
pub mod single;
pub mod source;
pub mod tender;
pub mod text;
pub mod tree;
mod words;
pub mod workbook;
pub mod yaml;
