//! The binary: reads arguments and the clock, and writes.
fn main() {}
