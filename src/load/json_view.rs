//! The tree as the JSON Schema validator sees it, in place: only what is stated.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use serde_json::{Number, Value};

use super::tree::{Data, Entry, Mapping, Node};

/// A node as the plain value that it states. Where sources disagree it is one of their values;
/// the validator runs once per alternative. Members that state nothing are not there.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    node: &'a Node,
    alternative: usize,
}

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

impl<'a> View<'a> {
    /// A node in one of the runs; of a conflict with fewer values, the last.
    pub fn new(node: &'a Node, alternative: usize) -> Self {
        let values = node.conflict();
        let node = values.get(alternative).or(values.last()).unwrap_or(node);
        View { node, alternative }
    }

    /// The node that is seen: of a conflict, the alternative.
    pub fn node(self) -> &'a Node {
        self.node
    }

    fn inner(self, node: &'a Node) -> View<'a> {
        View::new(node, self.alternative)
    }

    fn member(self, entry: &'a Entry) -> Option<(&'a str, View<'a>)> {
        Some((&*entry.key, self.inner(&entry.value))).filter(|(_, view)| view.node.is_stated())
    }

    fn value(self) -> Value {
        match &self.node.data {
            Data::List(items) => items.iter().map(|item| self.inner(item).value()).collect(),
            Data::Map(map) => {
                let members = map.entries().iter().filter_map(|entry| self.member(entry));
                let members = members.map(|(name, view)| (name.to_owned(), view.value()));
                Value::Object(members.collect())
            }
            _ => self.node.to_json(),
        }
    }
}

/// The representation, for `jsonschema::options_for::<Tree>()`.
#[derive(Clone, Copy, Debug)]
pub struct Tree;

impl Json for Tree {
    type Node<'a> = View<'a>;
    type PreparedKey = String;
    type StringBuffer = Node;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut Node, string: &str, f: impl FnOnce(View<'_>) -> T) -> T {
        buffer.data = Data::Text(string.into());
        f(View::new(buffer, 0))
    }
}

impl<'a> JsonNode<'a, Tree> for View<'a> {
    type Object = Members<'a>;
    type Array = Items<'a>;
    type Number = ViewNumber;

    fn as_object(&self) -> Option<Members<'a>> {
        Some(Members { map: self.node.as_map()?, view: *self })
    }

    fn as_array(&self) -> Option<Items<'a>> {
        Some(Items { items: self.node.as_list()?.iter(), alternative: self.alternative })
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.node.as_text().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<ViewNumber> {
        match self.node.data {
            Data::Int(number) => Some(ViewNumber::Int(number)),
            Data::Number(number) => Some(ViewNumber::Float(number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.node.data {
            Data::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.node.data, Data::Null)
    }

    fn json_type(&self) -> JsonType {
        match self.node.data {
            Data::Null => JsonType::Null,
            Data::Bool(_) => JsonType::Boolean,
            Data::Int(_) | Data::Number(_) => JsonType::Number,
            Data::Text(_) => JsonType::String,
            Data::List(_) => JsonType::Array,
            Data::Map(_) => JsonType::Object,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(self.value())
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let tag = u32::try_from(self.alternative).unwrap_or(u32::MAX);
        Some(NodeIdentity::tagged(std::ptr::from_ref(self.node).addr(), tag))
    }
}

/// The members of a mapping that are stated.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a> {
    map: &'a Mapping,
    view: View<'a>,
}

impl<'a> Object<'a, Tree> for Members<'a> {
    type Node = View<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        self.members().count()
    }

    fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    fn get(&self, key: &String) -> Option<View<'a>> {
        Some(self.view.inner(self.map.get(key)?)).filter(|view| view.node.is_stated())
    }

    fn members(&self) -> MembersIter<'a> {
        MembersIter { entries: self.map.entries().iter(), view: self.view }
    }
}

/// Walks the stated members in the order of the file.
#[derive(Clone, Debug)]
pub struct MembersIter<'a> {
    entries: std::slice::Iter<'a, Entry>,
    view: View<'a>,
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, View<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.entries.by_ref().find_map(|entry| self.view.member(entry))
    }
}

/// The items of a list, null ones included, and the walk over them.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    alternative: usize,
}

impl<'a> Array<'a, Tree> for Items<'a> {
    type Node = View<'a>;
    type ElementsIter = Items<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> Items<'a> {
        self.clone()
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = View<'a>;

    fn next(&mut self) -> Option<View<'a>> {
        self.items.next().map(|item| View::new(item, self.alternative))
    }
}

/// A number of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ViewNumber {
    /// A whole number.
    Int(i64),
    /// Another one; always finite, the loader refuses the rest.
    Float(f64),
}

impl ViewNumber {
    fn number(self) -> Number {
        match self {
            ViewNumber::Int(number) => number.into(),
            ViewNumber::Float(number) => Number::from_f64(number).unwrap_or_else(|| 0.into()),
        }
    }
}

impl JsonNumber for ViewNumber {
    fn as_u64(&self) -> Option<u64> {
        self.as_i64().and_then(|number| number.try_into().ok())
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            ViewNumber::Int(number) => Some(*number),
            ViewNumber::Float(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match self {
            ViewNumber::Int(number) => Some(*number as f64),
            ViewNumber::Float(number) => Some(*number),
        }
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.number().to_string())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(self.number())
    }

    fn is_integer(&self) -> bool {
        match self {
            ViewNumber::Int(_) => true,
            ViewNumber::Float(number) => number.fract() == 0.0,
        }
    }
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
        let validator = jsonschema::options_for::<Tree>().build(schema).unwrap();
        let errors = validator.iter_errors(View::new(node, alternative));
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
        let view = View::new(&node, 0).as_object().unwrap();
        assert_eq!(view.len(), 1);
        assert!(view.get(&"days".to_owned()).is_none());
        assert_eq!(errors(&schema(), &load("id: 未定\n"), 0).len(), 1, "a required one is missing");
        assert_eq!(View::new(&node, 0).value(), json!({"id": "x"}));
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
        assert_eq!(View::new(&node, 2).value(), json!({"id": "x", "rate": 2}));
        assert_eq!(alternatives(&load("a: 1\n")), 1);
    }

    #[test]
    fn identities_differ_by_node_and_alternative() {
        let node = load("a: [1]\nb: [1]\n");
        let view = View::new(&node, 0);
        let members: Vec<_> = view.as_object().unwrap().members().map(|(_, v)| v.identity()).collect();
        assert_ne!(members[0], members[1]);
        assert_eq!(view.identity(), View::new(&node, 0).identity());
        assert_ne!(view.identity(), View::new(&node, 1).identity());
    }

    #[test]
    fn large_mappings_are_looked_up_through_their_index() {
        let mut text: String = (0..40).map(|n| format!("k{n}: {n}\n")).collect();
        text.push_str("none: ~\n");
        let node = load(&text);
        let view = View::new(&node, 0).as_object().unwrap();
        assert_eq!(view.len(), 40);
        let found = view.get(&"k39".to_owned()).unwrap();
        assert_eq!(found.as_number(), Some(ViewNumber::Int(39)));
        assert!(view.get(&"none".to_owned()).is_none());
    }
}
