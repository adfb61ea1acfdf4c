//! The schema that editors use: self-contained, in one language, each leaf widened to the ways
//! in which it may be written.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::bundle::bundle;
use super::{Kind, full_common};
use crate::lang::Lang;
use crate::load::fold::PLACEHOLDERS;

/// The editor's schema of a kind. The only place where `anyOf` occurs.
pub fn schema(kind: Kind, lang: Lang) -> Value {
    let mut schema = bundle(kind.full(), full_common());
    if kind.takes_placeholders() {
        let widen = if kind.has_leaf_forms() { widen } else { leave_open };
        widen_children(&mut schema, true, widen);
        let defs = schema["$defs"].as_object_mut();
        for (name, definition) in defs.into_iter().flatten() {
            if name != "ref" && name != "source" {
                widen_children(definition, false, widen);
            }
        }
        schema["$defs"]["placeholder"] = json!({"enum": PLACEHOLDERS});
    }
    speak(&mut schema, lang);
    schema
}

/// Widens every leaf below an object's properties; the head keys stay as they are.
fn widen_children(schema: &mut Value, is_root: bool, widen: fn(&mut Value)) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (name, site) in properties.iter_mut() {
        let head = name == "id"
            || name == "ref"
            || (is_root && matches!(name.as_str(), "hadome" | "lists" | "sources"));
        if head {
            continue;
        }
        widen_children(site, false, widen);
        if let Some(items) = site.get_mut("items") {
            widen_children(items, false, widen);
        }
        if is_leaf(site) {
            widen(site);
        } else {
            leave_open(site);
        }
    }
}

static SHARED: LazyLock<Value> = LazyLock::new(full_common);

fn is_leaf(site: &Value) -> bool {
    match site["type"].as_str() {
        Some("object") => false,
        Some("array") => false,
        Some(_) => true,
        None => site.get("$ref").is_none_or(|reference| {
            let name = reference.as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
            let shape = &SHARED["$defs"][name];
            !shape.is_null() && shape["type"] != "object" && shape["type"] != "array"
        }),
    }
}

/// `30`, `{value: 30, ref: ...}`, `{conflicting: [...]}`, `null`, or a placeholder.
fn widen(site: &mut Value) {
    let Some(map) = site.as_object_mut() else { return };
    let mut outer = told(map);
    let plain = Value::Object(std::mem::take(map));
    let placed = json!({
        "type": "object",
        "properties": {"value": plain, "ref": {"$ref": "#/$defs/ref"}},
        "required": ["value", "ref"],
        "additionalProperties": false,
    });
    let conflict = json!({
        "type": "object",
        "properties": {"conflicting": {"type": "array", "items": placed, "minItems": 2}},
        "required": ["conflicting"],
        "additionalProperties": false,
    });
    let forms = json!([plain, placed, conflict, {"type": "null"}, {"$ref": "#/$defs/placeholder"}]);
    outer.insert("anyOf".to_owned(), forms);
    *map = outer;
}

/// A section, a list, or a leaf of which no place and no conflict can be written: itself, `null`, or a
/// placeholder.
fn leave_open(site: &mut Value) {
    let Some(map) = site.as_object_mut() else { return };
    let outer = told(map);
    let plain = Value::Object(std::mem::take(map));
    *map = outer;
    map.insert("anyOf".to_owned(), json!([plain, {"type": "null"}, {"$ref": "#/$defs/placeholder"}]));
}

/// Takes the titles and descriptions off a site, for the outside of its alternatives.
fn told(map: &mut Map<String, Value>) -> Map<String, Value> {
    let keys = ["title", "x-title-en", "description", "x-description-en"];
    keys.into_iter().filter_map(|key| Some((key.to_owned(), map.remove(key)?))).collect()
}

/// Keeps the titles and descriptions of one language.
fn speak(value: &mut Value, lang: Lang) {
    match value {
        Value::Object(map) => {
            for (plain, english) in [("title", "x-title-en"), ("description", "x-description-en")] {
                let text = map.remove(english).filter(Value::is_string);
                if let (Lang::En, Some(text)) = (lang, text) {
                    map.insert(plain.to_owned(), text);
                }
            }
            map.values_mut().for_each(|value| speak(value, lang));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| speak(item, lang)),
        _ => {}
    }
}
