//! The loader against the YAML test suite: what is valid loads to the expected JSON or is refused
//! for a listed reason, what is invalid is refused.

use std::collections::BTreeMap;
use std::fs;

use hadome::diagnostic::Diagnostic;
use hadome::load::limits::Limits;
use hadome::load::tree::{FileId, Node};
use hadome::load::{text, yaml};
use serde_json::Value;

/// The folder with the suite's data files, as `tests/consumers/yaml_suite.sh` prints it.
const FOLDER: &str = "HADOME_YAML_SUITE";

/// How many valid cases load and equal the expected JSON: as they stand, and as the value of a
/// key, since a document of ours is a mapping.
const EQUAL: (usize, usize) = (109, 124);

/// How many invalid cases are refused for what is wrong with them.
const REFUSED: usize = 92;

/// All the others: what came of them (with the codes of the problems), and which they are.
#[rustfmt::skip]
const LISTED: &[(&str, &str)] = &[
    ("invalid, loads", "9C9N"), // `]` at the indentation of the key: people write it
    ("invalid, refused otherwise: directive", "QLJ7"),
    ("valid, refused: colon-without-space", "3MYT"), // one plain text `k:#foo`: not a mapping
    ("valid, refused: dash-without-space", "2EBW"), // the key `-foo`
    ("valid, refused: directive", "2LFX 5TYM 6CK3 6LVF C4HZ CC74 MUS6-2 MUS6-3 MUS6-5 MUS6-6 P76L U3C3 Z9M4"),
    ("valid, refused: empty-file", "8G76 98YD AVM7 HWV9 QT73"), // no document
    // Keys that are collections, aliases, numbers, truth values or null.
    ("valid, refused: key-not-text", "26DV 2JQS 4FJ6 6BFJ 6M2F 6PBE 9MMW CFD4 DFF7 E76Z FH7J FRK4 KK5P LX3P \
        M2N8-0 M2N8-1 M5DY NHX8 PW8X Q9WF RZP5 S3PD SBG9 SM9W-1 UKK6-0 V9D5 X38W XW4D"),
    ("valid, refused: key-not-text second-document", "NKF9"),
    ("valid, refused: second-document", "35KP 6XDY 6ZKB 7Z25 9DXL 9KAX JHB9 KSS4 L383 M7A3 PUW8 RZT7 U9NS \
        UT92 W4TN"),
    ("valid, refused: second-document unknown-tag", "6WLZ 9WXW"),
    ("valid, refused: tab", "HS5T"), // a tab behind the indentation of a plain text's third line
    ("valid, refused: unknown-tag", "2XXW 565N 7FWL CUP7 J7PZ M5C3 UGM3 Z67P"),
];

/// The JSON of valid cases for which the package lost it.
const LOST: [(&str, &str); 4] = [
    ("2G84-3", r#""""#),
    ("4ABK", r#"{"unquoted": "separate", "http://foo.com": null, "omitted value": null}"#),
    ("4MUZ-1", r#"{"foo": "bar"}"#),
    ("UKK6-2", r#""""#),
];

#[test]
fn every_case_is_as_the_suite_has_it_or_listed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        println!("YAML test suite not here: {FOLDER} is not set");
        return;
    };
    let cases = cases(std::path::Path::new(&folder));
    assert_eq!((cases.len(), cases.iter().filter(|case| case.fail).count()), (402, 94));

    let mut found = Found::default();
    for case in &cases {
        found.add(case);
    }
    println!("valid: {} equal, {} equal under a key", found.equal, found.equal_under_a_key);
    println!("invalid: {} refused", found.refused);
    for (group, ids) in &found.listed {
        println!("{group}: {}: {}", ids.len(), ids.join(" "));
    }
    assert_eq!((found.equal, found.equal_under_a_key), EQUAL);
    assert_eq!(found.refused, REFUSED);
    let listed: Vec<_> = found.listed.iter().map(|(group, ids)| (group.as_str(), ids.join(" "))).collect();
    let wanted: Vec<_> = LISTED.iter().map(|(group, ids)| (*group, (*ids).to_owned())).collect();
    assert_eq!(listed, wanted);
}

/// What came of the cases.
#[derive(Default)]
struct Found {
    equal: usize,
    equal_under_a_key: usize,
    refused: usize,
    /// The others, by what came of them.
    listed: BTreeMap<String, Vec<String>>,
}

impl Found {
    fn add(&mut self, case: &Case) {
        let json = case.json.as_deref();
        let loads = |node: Node, equal: &mut usize, pick: fn(Value) -> Value| match json {
            None => Some("valid, without JSON"),
            Some([json]) if *json == same(&pick(node.to_json())) => {
                *equal += 1;
                None
            }
            Some(_) => Some("valid, loads otherwise"),
        };
        let group = match (case.fail, read(&case.yaml)) {
            (true, Ok(_)) => Some("invalid, loads".to_owned()),
            (true, Err(codes)) if codes.split(' ').all(|code| OURS.contains(&code)) => {
                Some(format!("invalid, refused otherwise: {codes}"))
            }
            (true, Err(_)) => {
                self.refused += 1;
                None
            }
            (false, Ok(node)) => loads(node, &mut self.equal, |json| json).map(str::to_owned),
            // A document of ours is a mapping; as the value of a key everything can stand.
            (false, Err(codes))
                if codes == "not-a-mapping" || (codes == "empty-file" && case.documents == 1) =>
            {
                match read(&under_a_key(&case.yaml)) {
                    Ok(node) => loads(node, &mut self.equal_under_a_key, |mut json| json["root"].take())
                        .map(str::to_owned),
                    Err(codes) => Some(case.refused(&codes)),
                }
            }
            (false, Err(codes)) => Some(case.refused(&codes)),
        };
        if let Some(group) = group {
            self.listed.entry(group).or_default().push(case.id.clone());
        }
    }
}

/// Problems that are no fault of the YAML: valid documents have them too.
const OURS: [&str; 11] = [
    "empty-file",
    "not-a-mapping",
    "duplicate-key",
    "merge-key",
    "key-not-text",
    "leading-zero",
    "not-finite",
    "unknown-tag",
    "tag-mismatch",
    "second-document",
    "directive",
];

/// One case of the suite.
struct Case {
    /// The file's name; with a number where the file has several.
    id: String,
    yaml: String,
    fail: bool,
    /// How many documents there are.
    documents: usize,
    /// Whether a tag stands anywhere.
    tagged: bool,
    /// The documents; `None` where they have no JSON form.
    json: Option<Vec<Value>>,
}

impl Case {
    /// The group of a valid case that is refused; what the codes say is what the suite says.
    #[track_caller]
    fn refused(&self, codes: &str) -> String {
        let has = |code| codes.split(' ').any(|found| found == code);
        let id = &self.id;
        assert!(!has("second-document") || self.documents > 1, "{id}: {} documents", self.documents);
        assert!(!has("unknown-tag") || self.tagged, "{id}: no tag");
        assert!(!has("directive") || self.yaml.starts_with('%') || self.yaml.contains("\n%"), "{id}");
        assert!(!has("empty-file") || self.documents == 0, "{id}: a document");
        format!("valid, refused: {codes}")
    }
}

/// The cases of a folder. Each file is JSON behind `export default`.
fn cases(folder: &std::path::Path) -> Vec<Case> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the folder of the suite")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".js").filter(|id| id.len() == 4).map(str::to_owned))
        .collect();
    names.sort();
    let mut cases = Vec::new();
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.js"))).expect("UTF-8");
        let (_, json) = text.split_once("export default").expect("a module");
        let file: Value = serde_json::from_str(json.trim().trim_end_matches(';')).expect("JSON");
        let all = file["cases"].as_array().expect("cases");
        // A case that says nothing of the outcome has that of the case before it.
        let mut before = &Value::Null;
        for (at, case) in all.iter().enumerate() {
            let fail = case["fail"] == true;
            let outcome = if case["tree"].is_null() && !fail { before } else { case };
            before = outcome;
            let id = if all.len() > 1 { format!("{name}-{at}") } else { name.clone() };
            let lost = LOST.iter().find(|(lost, _)| *lost == id).map(|(_, json)| *json);
            let json = outcome["json"].as_str().or(lost);
            let documents = serde_json::Deserializer::from_str(json.unwrap_or_default());
            let documents = documents.into_iter().collect::<Result<Vec<Value>, _>>().expect("JSON documents");
            let tree = outcome["tree"].as_str().unwrap_or_default();
            cases.push(Case {
                id,
                yaml: case["yaml"].as_str().expect("yaml").to_owned(),
                fail,
                documents: tree.lines().filter(|line| line.trim_start().starts_with("+DOC")).count(),
                tagged: tree.contains(" <"),
                json: json.is_some().then(|| documents.iter().map(same).collect()),
            });
        }
    }
    cases
}

/// The tree, or the codes of what is wrong.
fn read(written: &str) -> Result<Node, String> {
    let limits = Limits::default();
    let decoded = text::decode(written.as_bytes(), &limits).map_err(|_| "unreadable".to_owned())?;
    yaml::parse(&decoded, FileId::default(), &limits).map_err(|problems| {
        assert!(!problems.is_empty(), "{written:?}");
        let mut codes: Vec<_> = problems.iter().map(Diagnostic::code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    })
}

/// The document as the value of `root`.
fn under_a_key(written: &str) -> String {
    let lines: Vec<&str> = written.split_inclusive('\n').collect();
    let marker = |line: &str, sign| {
        line.strip_prefix(sign)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
    };
    let opened = lines.iter().position(|line| marker(line, "---"));
    let (head, body) = lines.split_at(opened.unwrap_or(0));
    let mut wrapped = head.concat();
    if opened.is_none() {
        wrapped += "root:\n";
    }
    let mut ended = false;
    for (at, line) in body.iter().enumerate() {
        ended |= marker(line, "...");
        match line.strip_prefix("---").filter(|_| at == 0 && opened.is_some()) {
            Some(rest) => wrapped += &format!("---\nroot:{rest}"),
            None if ended || line.trim_end_matches(['\r', '\n']).is_empty() => wrapped += line,
            None => wrapped += &format!("  {line}"),
        }
    }
    wrapped
}

/// The same value with every number as a float: JSON knows one kind of numbers.
fn same(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.iter().map(same).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), same(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
