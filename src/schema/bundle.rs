//! Puts the shared definitions into a schema that refers to them. The build script includes this file
//! too, so it names no other part of the program.

use serde_json::{Map, Value};

/// A schema with the shared definitions that it reaches among its own.
pub fn bundle(mut schema: Value, mut shared: Value) -> Value {
    localise(&mut schema);
    let mut shared = shared["$defs"].take();
    localise(&mut shared);
    let used = used_definitions(&schema, &shared);
    if let (Some(own), Value::Object(shared)) = (schema.as_object_mut(), shared) {
        let defs = own.entry("$defs").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(defs) = defs {
            for (name, shape) in shared.into_iter().filter(|(name, _)| used.contains(name)) {
                defs.entry(name).or_insert(shape);
            }
        }
    }
    schema
}

/// The shared definitions that a schema reaches.
fn used_definitions(schema: &Value, shared: &Value) -> Vec<String> {
    let mut used: Vec<String> = Vec::new();
    let mut waiting = vec![schema];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                let name =
                    map.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
                if let Some(name) = name.filter(|name| !used.iter().any(|known| known == name))
                    && let Some(definition) = shared.get(name)
                {
                    used.push(name.to_owned());
                    waiting.push(definition);
                }
                waiting.extend(map.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    used
}

fn localise(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get_mut("$ref")
                && let Some(local) = reference.strip_prefix("common.json")
            {
                *reference = local.to_owned();
            }
            map.values_mut().for_each(localise);
        }
        Value::Array(items) => items.iter_mut().for_each(localise),
        _ => {}
    }
}
