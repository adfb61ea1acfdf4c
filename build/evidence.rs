//! As much of `src/evidence.rs` as policies need to be read and written.

use serde::{Deserialize, Serialize};

/// How well a fact is proven, in its word.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Assurance(String);
