//! The terms of a contract that bidders offer: the offer's schema takes them from the contract's, so that
//! no field is listed twice. The build script includes this file too, so it names no other part of the
//! program.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The mark of a property that is a part of another kind: those of its fields that are the bidder's.
const PART_OF: &str = "x-bidder-part-of";

/// The mark of a field that is the bidder's, with all that is below it: true. False marks what is below such
/// a field and only the client can state, such as an approval.
const OFFERED: &str = "x-bidder";

/// Gives each marked property of a schema the fields of the other kind that bidders state, and the schema
/// the definitions that they need. `other` gives the schema of a kind by its word.
pub fn complete(schema: &mut Value, other: impl Fn(&str) -> Value) {
    let Some(properties) = schema["properties"].as_object_mut() else { return };
    let mut definitions = Map::new();
    for site in properties.values_mut() {
        let Some(word) = site[PART_OF].as_str() else { continue };
        let whole = other(word);
        let Some(mut part) = part(&whole) else { continue };
        let mut needed = needed(&part, &whole["$defs"]);
        needed.values_mut().chain([&mut part]).for_each(withhold);
        definitions.extend(needed);
        if let (Some(site), Value::Object(part)) = (site.as_object_mut(), part) {
            site.remove(PART_OF);
            let shape =
                part.into_iter().filter(|(key, _)| key == "properties" || key == "additionalProperties");
            site.extend(shape);
        }
    }
    if definitions.is_empty() {
        return;
    }
    if let Some(schema) = schema.as_object_mut() {
        let known = schema.entry("$defs").or_insert_with(|| Value::Object(Map::new()));
        known.as_object_mut().into_iter().for_each(|known| known.extend(definitions.clone()));
    }
}

/// A section with the bidder's fields alone, and the `ref` beside them; nothing where it has none.
fn part(section: &Value) -> Option<Value> {
    if section[OFFERED] == true {
        return Some(section.clone());
    }
    let properties = section["properties"].as_object()?;
    let mut kept: Map<String, Value> =
        properties.iter().filter_map(|(name, inner)| Some((name.clone(), part(inner)?))).collect();
    if kept.is_empty() {
        return None;
    }
    kept.extend(properties.get("ref").map(|site| ("ref".to_owned(), site.clone())));
    let mut section = section.clone();
    section["properties"] = Value::Object(kept);
    section.as_object_mut().into_iter().for_each(|section| {
        section.remove("required");
    });
    Some(section)
}

/// Takes out what bidders do not state.
fn withhold(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) {
                properties.retain(|_, property| property[OFFERED] != false);
            }
            map.values_mut().for_each(withhold);
        }
        Value::Array(items) => items.iter_mut().for_each(withhold),
        _ => {}
    }
}

/// The definitions that a part reaches.
fn needed(part: &Value, definitions: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut waiting = vec![part];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                let name = map.get("$ref").and_then(Value::as_str);
                if let Some(name) = name.and_then(|path| path.strip_prefix("#/$defs/"))
                    && let Some(definition) = definitions.get(name)
                    && names.insert(name.to_owned())
                {
                    found.insert(name.to_owned(), definition.clone());
                    waiting.push(definition);
                }
                waiting.extend(map.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    found
}
