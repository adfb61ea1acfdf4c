//! Parses the expressions of the policies, so that no run has to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{packed, parse};

/// The table of all expressions with their packed terms, in the order of their texts. What cannot be
/// packed is left out: the program then parses it, and says what is wrong with it.
pub fn table(policies: &Value) -> String {
    let mut terms: BTreeMap<&str, String> = BTreeMap::new();
    for policy in policies.as_array().into_iter().flatten().map(|entry| &entry["document"]) {
        let lists = policy["for_each"].as_object().into_iter().flatten().map(|(_, list)| list);
        let clauses = policy["require"].as_array().into_iter().flatten();
        let conditions = clauses.flat_map(|clause| [&clause["that"], &clause["when"]]);
        let sources = lists.chain([&policy["applies_when"]]).chain(conditions).filter_map(Value::as_str);
        for source in sources {
            if let Some(line) = parse::parse(source).ok().and_then(|term| packed::pack(&term)) {
                terms.insert(source, line);
            }
        }
    }
    let rows: Vec<String> = terms.iter().map(|row| format!("{row:?}")).collect();
    format!("static TERMS: [(&str, &str); {}] = [\n{}\n];\n", rows.len(), rows.join(",\n"))
}
