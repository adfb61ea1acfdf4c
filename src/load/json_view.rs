//! The tree as the JSON Schema validators see it: only what is stated.

use serde_json::{Map, Value};

use super::tree::{Data, Node};

/// The greatest number of values that any one leaf of a tree has, 1 at least: the number of runs
/// (`0..alternatives`) in which the validator sees every value.
pub fn alternatives(node: &Node) -> usize {
    let inner = match &node.data {
        Data::List(items) => items.iter().map(alternatives).max(),
        Data::Map(map) => map.entries().iter().map(|entry| alternatives(&entry.value)).max(),
        _ => None,
    };
    inner.unwrap_or(1).max(node.conflict().len())
}

/// What a tree states, in one of the runs: members that state nothing are not there, and where sources
/// disagree it is one of their values (of a conflict with fewer values, the last).
pub fn stated(node: &Node, alternative: usize) -> Value {
    let node = one(node, alternative);
    match &node.data {
        Data::List(items) => items.iter().map(|item| stated(item, alternative)).collect(),
        Data::Map(map) => {
            let mut members = Map::with_capacity(map.entries().len());
            let entries = map.entries().iter();
            for entry in entries.filter(|entry| one(&entry.value, alternative).is_stated()) {
                members.insert((*entry.key).to_owned(), stated(&entry.value, alternative));
            }
            Value::Object(members)
        }
        _ => node.to_json(),
    }
}

/// A node in one of the runs: of a conflict, one of its values.
fn one(node: &Node, alternative: usize) -> &Node {
    let values = node.conflict();
    values.get(alternative).or(values.last()).unwrap_or(node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fold::fold;
    use crate::load::limits::Limits;
    use crate::load::tree::FileId;
    use crate::load::yaml::parse;
    use serde_json::json;

    fn load(text: &str) -> Node {
        let mut node = parse(text, FileId(0), &Limits::default()).unwrap();
        assert!(fold(&mut node).is_empty());
        node
    }

    fn errors(schema: &Value, node: &Node, alternative: usize) -> Vec<(String, String)> {
        let (validator, value) = (jsonschema::validator_for(schema).unwrap(), stated(node, alternative));
        let errors = validator.iter_errors(&value);
        errors.map(|error| (error.instance_path().to_string(), error.to_string())).collect()
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z]+$"},
                "days": {"type": "integer", "minimum": 1, "maximum": 60},
                "kind": {"enum": ["a", "b"]},
                "rate": {"type": "number"},
                "list": {"type": "array", "uniqueItems": true, "items": {"type": "integer"}},
                "inner": {"type": "object", "additionalProperties": false, "properties": {}}
            }
        })
    }

    #[test]
    fn a_good_document_passes() {
        let node = load("id: x\ndays: {value: 30, ref: {page: 1}}\nkind: b\nrate: 1.5\nlist: [1, 2]\n");
        assert_eq!(errors(&schema(), &node, 0), []);
        assert_eq!(errors(&schema(), &load("id: x\ndays: 30.0\n"), 0), []);
    }

    #[test]
    fn each_fault_is_found_at_its_place() {
        let node = load("id: X\ndays: 99\nkind: c\nlist: [1, 1, x]\ninner: {z: 1}\nother: 2\nrate: \"1\"\n");
        let mut places: Vec<String> = errors(&schema(), &node, 0).into_iter().map(|e| e.0).collect();
        places.sort();
        assert_eq!(places, ["", "/days", "/id", "/inner", "/kind", "/list", "/list/2", "/rate"]);
    }

    #[test]
    fn what_states_nothing_is_absent() {
        let node = load("id: x\ndays: null\nkind: 未定\nrate:\n");
        assert_eq!(errors(&schema(), &node, 0), []);
        assert_eq!(errors(&schema(), &load("id: 未定\n"), 0).len(), 1, "a required one is missing");
        assert_eq!(stated(&node, 0), json!({"id": "x"}));
    }

    #[test]
    fn null_items_stay_visible() {
        let found = errors(&schema(), &load("id: x\nlist: [1, null]\n"), 0);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "/list/1");
    }

    #[test]
    fn each_alternative_is_seen_by_itself() {
        let node = load(concat!(
            "id: x\n",
            "days: {conflicting: [{value: 30, ref: a}, {value: long, ref: b}, {value: 未定, ref: c}]}\n",
            "rate: {conflicting: [{value: 1, ref: a}, {value: 2, ref: b}]}\n",
        ));
        assert_eq!(alternatives(&node), 3);
        assert_eq!(errors(&schema(), &node, 0), []);
        assert_eq!(errors(&schema(), &node, 1)[0].0, "/days");
        assert_eq!(errors(&schema(), &node, 2), [], "a placeholder is absent");
        assert_eq!(stated(&node, 2), json!({"id": "x", "rate": 2}));
        assert_eq!(alternatives(&load("a: 1\n")), 1);
    }
}
