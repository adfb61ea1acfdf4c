//! A comparison of bids as an office reads it: matrix, sheets per bidder, the committee's paper.

pub mod committee;
pub mod inquiry;
pub mod matrix;
pub mod view;
