//! Folds the ways in which a leaf may be written into plain leaves with a mark.

use super::tree::{Data, Mapping, Mark, Node, Span, State};
use super::words::{Worded, Words};
use crate::diagnostic::Diagnostic;

/// The words that stand where nothing is stated yet.
pub const PLACEHOLDERS: [&str; 14] = [
    "未定",
    "別途協議",
    "別途定める",
    "協議による",
    "調整中",
    "確認中",
    "未記入",
    "TBD",
    "tbd",
    "－",
    "―",
    "ー",
    "‐",
    "-",
];

/// How many values of one conflict are read: each costs one more look at the whole document.
const ALTERNATIVES: usize = 16;

/// What is wrong with a `conflicting` form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Other keys beside `conflicting`.
    OtherKey {
        /// The first of them.
        key: String,
    },
    /// Not a list.
    NotAList,
    /// Fewer than two values.
    TooFew,
    /// More values than are held against the schema, each on its own.
    TooMany,
    /// An item that is not `{value, ref}` with a plain value.
    NotAnAlternative,
}

/// Folds a whole document in place: `{value, ref}` becomes its value, `{conflicting: [...]}` and
/// the placeholder words become marked nulls. What stands under a key `ref`, and the document's
/// list `sources`, is left as written.
pub fn fold(node: &mut Node) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    match &mut node.data {
        Data::Map(map) => fold_entries(map, true, &mut problems),
        _ => fold_node(node, &mut problems),
    }
    problems
}

/// The tree is never deeper than the loader's limit, so that recursion is safe.
fn fold_node(node: &mut Node, problems: &mut Vec<Diagnostic>) {
    match &mut node.data {
        Data::Text(text) if PLACEHOLDERS.contains(&&**text) => {
            let word = std::mem::take(text);
            node.data = Data::Null;
            mark(node).state = State::Placeholder(word);
        }
        Data::List(items) => items.iter_mut().for_each(|item| fold_node(item, problems)),
        Data::Map(map) if map.get("conflicting").is_some() => {
            match conflict(map, node.span) {
                Ok(mut values) => {
                    values.iter_mut().for_each(|value| fold_node(value, problems));
                    node.data = Data::Null;
                    mark(node).state = State::Conflict(values);
                }
                Err(problem) => problems.push(problem),
            };
        }
        Data::Map(map) if is_referenced(map) => {
            if let Some(value) = referenced(map) {
                *node = value;
                fold_node(node, problems);
            }
        }
        Data::Map(map) => fold_entries(map, false, problems),
        _ => {}
    }
}

fn fold_entries(map: &mut Mapping, root: bool, problems: &mut Vec<Diagnostic>) {
    let kept =
        |key: &str, value: &Node| key == "ref" || (root && key == "sources" && value.as_list().is_some());
    let skip: Vec<bool> = map.entries().iter().map(|entry| kept(&entry.key, &entry.value)).collect();
    for (value, _) in map.values_mut().zip(skip).filter(|(_, skip)| !skip) {
        fold_node(value, problems);
    }
}

/// Whether a mapping is `{value: <plain>, ref: ...}` and nothing else.
fn is_referenced(map: &Mapping) -> bool {
    map.len() == 2 && map.get("ref").is_some() && map.get("value").is_some_and(is_plain)
}

/// A scalar, or a list of scalars.
fn is_plain(node: &Node) -> bool {
    let scalar = |node: &Node| !matches!(node.data, Data::List(_) | Data::Map(_));
    match &node.data {
        Data::List(items) => items.iter().all(scalar),
        _ => scalar(node),
    }
}

/// The value of `{value, ref}` with its reference.
fn referenced(map: &mut Mapping) -> Option<Node> {
    let reference = map.remove("ref")?.value;
    let mut value = map.remove("value")?.value;
    mark(&mut value).reference = Some(reference).filter(Node::is_stated);
    Some(value)
}

/// The values of `{conflicting: [...]}`, taken out of it; it is left as it was if it is malformed.
fn conflict(map: &mut Mapping, whole: Span) -> Result<Vec<Node>, Diagnostic> {
    if let Some(other) = map.entries().iter().find(|entry| &*entry.key != "conflicting") {
        return Err(Diagnostic::new(other.key_span, Problem::OtherKey { key: other.key.to_string() }));
    }
    let place = map.get("conflicting").map_or(whole, |value| value.span);
    let Some(Data::List(items)) = map.get_mut("conflicting").map(|value| &mut value.data) else {
        return Err(Diagnostic::new(place, Problem::NotAList));
    };
    if items.len() < 2 {
        return Err(Diagnostic::new(place, Problem::TooFew));
    }
    if items.len() > ALTERNATIVES {
        return Err(Diagnostic::new(place, Problem::TooMany));
    }
    let malformed = |item: &&Node| !item.as_map().is_some_and(is_referenced);
    if let Some(item) = items.iter().find(malformed) {
        return Err(Diagnostic::new(item.span, Problem::NotAnAlternative));
    }
    Ok(items.iter_mut().filter_map(|item| referenced(item.as_map_mut()?)).collect())
}

fn mark(node: &mut Node) -> &mut Mark {
    node.mark.get_or_insert_default()
}

impl Worded for Problem {
    fn words(&self) -> Words {
        const SHAPE: [&str; 2] = [
            "conflicting: の下に「- {value: 値, ref: {...}}」を2つ以上並べてください。",
            "Write two or more items `- {value: ..., ref: {...}}` under `conflicting`.",
        ];
        match self {
            Problem::OtherKey { key } => Words::new(
                "conflict-other-key",
                format!("conflicting と同じ場所に「{key}」は書けません"),
                format!("`{key}` cannot stand beside `conflicting`"),
                SHAPE,
            ),
            Problem::NotAList => Words::new(
                "conflict-not-a-list",
                "conflicting の値が箇条書きになっていません",
                "the value of `conflicting` is not a list",
                SHAPE,
            ),
            Problem::TooFew => Words::new(
                "conflict-too-few",
                "conflicting に食い違う値が2つ以上ありません",
                "`conflicting` has fewer than two values",
                SHAPE,
            ),
            Problem::TooMany => Words::new(
                "conflict-too-many",
                format!("conflicting に値が{ALTERNATIVES}より多く並んでいます"),
                format!("`conflicting` has more than {ALTERNATIVES} values"),
                [
                    "食い違う値を、原本ごとに一つずつ書いてください。",
                    "Write down each of the values that disagree once.",
                ],
            ),
            Problem::NotAnAlternative => Words::new(
                "conflict-item",
                "conflicting の各値に value と ref の両方がそろっていません",
                "an item of `conflicting` is not a plain `value` with its `ref`",
                SHAPE,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::load::limits::Limits;
    use crate::load::tree::FileId;
    use crate::load::yaml::parse;

    fn folded(text: &str) -> (Node, Vec<&'static str>) {
        let mut node = parse(text, FileId(0), &Limits::default()).unwrap();
        let codes = fold(&mut node).iter().map(Diagnostic::code).collect();
        (node, codes)
    }

    fn under<'a>(text: &'a str, node: &Node) -> &'a str {
        &text[node.span.start as usize..node.span.end as usize]
    }

    #[test]
    fn a_value_with_its_reference_becomes_the_value() {
        let text =
            "days: {value: 30, ref: {article: 12, quote: 未定}}\nitems:\n  - {value: [a, b], ref: x}\n";
        let (node, codes) = folded(text);
        assert!(codes.is_empty());
        let days = node.get("days").unwrap();
        assert!(matches!(days.data, Data::Int(30)));
        assert_eq!(under(text, days), "30");
        let reference = days.reference().unwrap();
        assert_eq!(reference.get("quote").unwrap().as_text(), Some("未定"), "ref is left alone");
        let item = &node.get("items").unwrap().as_list().unwrap()[0];
        assert_eq!(item.as_list().unwrap().len(), 2);
        assert!(item.reference().is_some());
    }

    #[test]
    fn other_mappings_with_value_stay() {
        let (node, codes) =
            folded("a: {value: 1}\nb: {value: 1, ref: x, note: y}\nc: {value: {d: 1}, ref: x}\n");
        assert!(codes.is_empty());
        for key in ["a", "b", "c"] {
            assert!(node.get(key).unwrap().as_map().is_some(), "{key}");
        }
    }

    #[test]
    fn placeholders_are_named_and_exact() {
        let (node, codes) = folded(
            "a: 未定\nb: TBD\nc: \"-\"\nd: 未定です\ne: N/A\nf: [調整中, 1]\ng: {value: －, ref: {page: 2}}\n",
        );
        assert!(codes.is_empty());
        let word = |key: &str| node.get(key).unwrap().placeholder();
        assert_eq!([word("a"), word("b"), word("c")], [Some("未定"), Some("TBD"), Some("-")]);
        assert_eq!([word("d"), word("e")], [None, None]);
        assert_eq!(node.get("f").unwrap().as_list().unwrap()[0].placeholder(), Some("調整中"));
        assert_eq!(word("g"), Some("－"));
        assert!(node.get("g").unwrap().reference().is_some());
        assert!(!node.get("a").unwrap().is_stated());
    }

    #[test]
    fn every_placeholder_word_is_folded() {
        for word in PLACEHOLDERS {
            let (node, _) = folded(&format!("a: \"{word}\"\n"));
            assert_eq!(node.get("a").unwrap().placeholder(), Some(word));
        }
    }

    #[test]
    fn a_conflict_keeps_each_value_with_its_reference() {
        let text = "days:\n  conflicting:\n    - {value: 30, ref: {source: c}}\n    - {value: 未定, ref: {source: s}}\nx: 1\n";
        let (node, codes) = folded(text);
        assert!(codes.is_empty());
        let days = node.get("days").unwrap();
        assert!(matches!(days.data, Data::Null));
        let [first, second] = days.conflict() else { panic!("two values") };
        assert!(matches!(first.data, Data::Int(30)));
        assert_eq!(under(text, first), "30");
        assert_eq!(first.reference().unwrap().get("source").unwrap().as_text(), Some("c"));
        assert_eq!(second.placeholder(), Some("未定"));
        assert!(second.reference().is_some());
    }

    #[test]
    fn malformed_conflicts_are_problems_at_their_place() {
        let cases = [
            (
                "a: {conflicting: [{value: 1, ref: x}, {value: 2, ref: y}], note: z}",
                "conflict-other-key",
                "note",
            ),
            ("a: {conflicting: 3}", "conflict-not-a-list", "3"),
            ("a: {conflicting: [{value: 1, ref: x}]}", "conflict-too-few", "[{value: 1, ref: x}]"),
            ("a: {conflicting: [{value: 1, ref: x}, 2]}", "conflict-item", "2"),
            ("a: {conflicting: [{value: 1, ref: x}, {value: 2}]}", "conflict-item", "{value: 2}"),
        ];
        for (text, code, place) in cases {
            let mut node = parse(text, FileId(0), &Limits::default()).unwrap();
            let problems = fold(&mut node);
            assert_eq!(problems.len(), 1, "{text}");
            assert_eq!(problems[0].code(), code);
            let span = problems[0].span;
            assert_eq!(&text[span.start as usize..span.end as usize], place);
            assert!(!problems[0].problem.message(Lang::Ja).is_empty());
            assert!(problems[0].problem.advice(Lang::En).is_some());
        }
    }

    #[test]
    fn the_documents_sources_are_left_alone() {
        let (node, _) = folded("sources: [{id: a, version: 未定}]\nb: {sources: [未定]}\n");
        let version = node.get("sources").unwrap().item("a").unwrap().get("version").unwrap();
        assert_eq!(version.as_text(), Some("未定"));
        assert!(!node.get("b").unwrap().get("sources").unwrap().as_list().unwrap()[0].is_stated());
    }
}
