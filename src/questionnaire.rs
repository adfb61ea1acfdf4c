//! The answer sheet (要件適合表): what bidders are asked, what a document already answers, and how the
//! cells that come back are read. What cannot be read is told by its cell; nothing is guessed or dropped.

pub mod answers;
pub mod cells;
pub mod document;
pub mod filled;
pub mod form;
pub mod key;
pub mod read;
pub mod row;
pub mod unread;
pub mod word;

#[cfg(test)]
mod tests;
