//! Digests of the policies as written, so that no report of the built-in library has to make them.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::file::PolicyFile;

/// The table of all policies with the SHA-256 of each, in the order of their ids.
///
/// # Errors
/// A policy that is none.
pub fn table(policies: &Value) -> serde_json::Result<String> {
    let mut rows = Vec::new();
    for entry in policies.as_array().into_iter().flatten() {
        let policy: PolicyFile = serde_json::from_value(entry["document"].clone())?;
        let digest = Sha256::digest(serde_json::to_vec(&policy)?);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        rows.push((policy.id, digest));
    }
    rows.sort();
    let rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    Ok(format!("static DIGESTS: [(&str, &str); {}] = [\n{}\n];\n", rows.len(), rows.join(",\n")))
}
