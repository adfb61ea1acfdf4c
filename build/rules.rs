//! Writes the schemas as validators in Rust, so that no run has to read them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::bundle;

/// A validator for each kind, named after it, and one for a `ref`.
pub fn validators(schemas: &BTreeMap<String, Value>, kinds: &[&str]) -> String {
    let kinds = kinds.iter().map(|kind| (*kind, schemas[*kind].clone()));
    let reference = ("ref", json!({"$ref": "common.json#/$defs/ref"}));
    kinds.chain([reference]).map(|(word, schema)| validator(word, schema, &schemas["common"])).collect()
}

fn validator(word: &str, schema: Value, common: &Value) -> String {
    let mut rules = bundle::bundle(schema, common.clone());
    silence(&mut rules);
    let (first, rest) = word.split_at(1);
    format!(
        "#[jsonschema::validator(schema = {:?}, draft = Draft202012, \
         methods = {{ is_valid = true, validate = false, iter_errors = true }}, validate_formats = true, \
         formats = {{ \"hadome-date\" => crate::validate::rules::is_date }}, ignore_unknown_formats = false, \
         pattern_options = {{ engine = regex }})]\npub struct {}{rest};\n\n",
        rules.to_string(),
        first.to_uppercase(),
    )
}

/// Drops what only people read, and the `$id`, without which every reference is a local one.
fn silence(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| match key.as_str() {
                "title" | "description" | "$id" => !value.is_string(),
                "examples" => !value.is_array(),
                _ => !key.starts_with("x-"),
            });
            map.values_mut().for_each(silence);
        }
        Value::Array(items) => items.iter_mut().for_each(silence),
        _ => {}
    }
}
