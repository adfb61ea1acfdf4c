//! The formats of `hadome check` through the binary: valid against their schemas, true to the files,
//! of one mind about the exit code, and not to be broken by what a document says.

use std::collections::BTreeMap;
use std::fs;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const FORMATS: [&str; 6] = ["text", "concise", "json", "sarif", "junit", "github"];

/// A high duty on a number, and a text that may be anything.
const NUMBER: &str = "
applies_when: contract.title != 'none'
require:
  - {id: limit, part: promise, that: contract.data_return.deadline_days <= 30}
  - {id: number, part: promise, that: contract.number == 'ok'}
";
/// Both documents are read.
const PAIR: &str = "
require:
  - id: pair
    part: design
    that: '!(system.tenancy.shared && contract.data_return.on_end == false)'
";
/// Does not block, whatever it says.
const MINOR: &str = "
require:
  - {id: renewal, part: promise, that: contract.data_return.also_on_renewal}
";

/// A folder with policies of its own and some dossiers.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a scratch folder"));
        for (id, severity, rest) in
            [("ZZZ-01", "high", NUMBER), ("ZZZ-02", "critical", PAIR), ("ZZZ-03", "low", MINOR)]
        {
            let text = |key: &str| format!("{key}: {{ja: '{key}の文', en: the {key}}}\n");
            let texts: String = ["title", "why", "remedy", "question", "model_clause"].map(text).concat();
            let head =
                format!("hadome: policy/1\nid: {id}\nseverity: {severity}\nbasis: {{origin: framework}}\n");
            let policy = format!("{head}stages: [bid, build, running, ended]\n{texts}{rest}");
            folder.write(&format!("policies/zzz/{id}.yaml"), policy.as_bytes());
        }
        let profile = "hadome: profile/1\nid: tiny\ntitle: {ja: 試験, en: test}\nwhy: {ja: 試験, en: test}\n\
                       select: {policies: [ZZZ-01, ZZZ-02, ZZZ-03]}\n";
        folder.write("profile.yaml", profile.as_bytes());
        folder
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// A dossier whose system shares its server.
    fn dossier(self, name: &str, contract: &str) -> Folder {
        self.write(&format!("{name}/contract.yaml"), contract.as_bytes());
        let system = "hadome: system/1\nid: web\ntitle: 窓口\ntenancy:\n  shared: true\n";
        self.write(&format!("{name}/system.yaml"), system.as_bytes());
        self
    }

    #[track_caller]
    fn check(&self, format: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::cargo_bin("hadome").expect("the binary is built");
        command.env_clear().current_dir(self.0.path());
        command.args(["check", "--format", format, "--as-of", "2026-04-01"]);
        command.args(["--policies", "policies", "--profile", "profile.yaml"]).args(arguments);
        let output = command.output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ran {
            code: output.status.code().expect("no signal"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Value {
        let document = parsed(&self.check("json", arguments).out);
        assert_valid(&document, &json_schema());
        document
    }

    #[track_caller]
    fn sarif(&self, arguments: &[&str]) -> Value {
        let document = parsed(&self.check("sarif", arguments).out);
        let schema = include_str!("schemas/sarif-schema-2.1.0.json");
        assert_valid(&document, &serde_json::from_str(schema).expect("a schema"));
        document
    }

    /// What stands between two places of a file, read by line and character.
    #[track_caller]
    fn under(&self, file: &str, from: (u64, u64), to: (u64, u64)) -> String {
        let bytes = fs::read(self.0.path().join(file)).expect("the file that a place names");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
        let mut out = String::new();
        let (mut line, mut column) = (1, 1);
        for c in text.chars() {
            if (line, column) >= from && (line, column) < to {
                out.push(c);
            }
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        out
    }
}

/// What a run gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

const FAILING: &str = "hadome: contract/1\nid: a\ntitle: 業務\nnumber: ok\ndata_return:\n  on_end: false\n  \
                       deadline_days: 90\n  also_on_renewal: true\n";
const CLEAN: &str = "hadome: contract/1\nid: c\ntitle: 業務\nnumber: ok\ndata_return:\n  on_end: true\n  \
                     deadline_days: 30\n  also_on_renewal: true\n";
const BROKEN: &str = "hadome: contract/1\nid: b\nid: b2\ntitle: 業務\nunheard_of: 1\n";

fn json_schema() -> Value {
    serde_json::from_str(include_str!("../schemas/output/check-1.json")).expect("a schema")
}

#[track_caller]
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[track_caller]
fn assert_valid(document: &Value, schema: &Value) {
    let schema =
        jsonschema::options().should_validate_formats(true).build(schema).expect("a schema that compiles");
    let errors: Vec<String> =
        schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// Every object with a key, anywhere.
fn holders<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| holders(item, key, found)),
        Value::Object(map) => {
            if map.contains_key(key) {
                found.push(value);
            }
            map.values().for_each(|item| holders(item, key, found));
        }
        _ => {}
    }
}

fn results(sarif: &Value) -> &[Value] {
    list(sarif, "/runs/0/results")
}

#[test]
fn every_format_has_the_same_exit_code() {
    let folder = Folder::new().dossier("failing", FAILING).dossier("clean", CLEAN).dossier("broken", BROKEN);
    let runs: [(&[&str], i32); 8] = [
        (&["clean"], 0),
        (&["failing"], 1),
        (&["failing", "--fail-on", "never"], 0),
        (&["broken"], 3),
        (&["clean", "failing"], 1),
        (&["broken", "clean", "failing"], 3),
        (&["nowhere"], 2),
        (&["clean", "--profile", "nowhere"], 2),
    ];
    for (arguments, wanted) in runs {
        for format in FORMATS {
            let arguments: Vec<&str> = arguments.to_vec();
            let ran = match arguments.contains(&"--profile") {
                true => {
                    let mut command = Command::cargo_bin("hadome").expect("the binary is built");
                    command.env_clear().current_dir(folder.0.path()).args(["check", "--format", format]);
                    let output = command.args(&arguments).output().expect("it runs");
                    assert!(output.stdout.is_empty(), "{format}: nothing is printed without a judgement");
                    output.status.code().expect("no signal")
                }
                false => folder.check(format, &arguments).code,
            };
            assert_eq!(ran, wanted, "{format} {arguments:?}");
        }
    }
}

#[test]
fn every_fact_in_json_is_the_text_at_its_place() {
    let odd = "\u{feff}# 返還の期限\r\n{hadome: contract/1, id: a, title: \"😀件\", number: '😀 ''引用''', \
               data_return: {deadline_days: 90, on_end: false, also_on_renewal: false}}\r\n";
    let folded = "hadome: contract/1\nid: b\ntitle: 業務\nnumber: >-\n  長い\n  番号\ndata_return:\n  deadline_days:\n    \
                  value: 45\n    ref: {article: 第2条}\n  on_end: {value: false, ref: {article: 第1条}}\n  also_on_renewal: false # 😀\n";
    let conflict = "hadome: contract/1\nid: c\ntitle: 業務\nnumber: ok\ndata_return:\n  deadline_days:\n    \
                    conflicting:\n    - {value: 10, ref: {article: 第3条}}\n    - {value: 90, ref: {article: 別紙}}\n  on_end: true\n";
    let folder = Folder::new()
        .dossier("件 a", odd)
        .dossier("b", folded)
        .dossier("c", conflict)
        .dossier("broken", BROKEN);
    let document = folder.json(&["."]);
    let mut facts = Vec::new();
    holders(&document, "value_title", &mut facts);
    for fact in &facts {
        let place = &fact["place"];
        let from = (number(place, "line"), number(place, "column"));
        let to = (number(place, "end_line"), number(place, "end_column"));
        let under = folder.under(text(place, "file"), from, to);
        // A text over several lines is a value of its own only behind a key.
        let written: Value = serde_yaml::from_str(&format!("k: {under}")).expect("YAML");
        assert_eq!(written["k"], fact["value"], "{fact:#} stands at {under:?}");
    }
    let paths: Vec<&str> = facts.iter().map(|fact| text(fact, "path")).collect();
    assert_eq!(paths.iter().filter(|path| **path == "contract.number").count(), 3, "{paths:?}");
    assert!(facts.len() >= 10, "both values of the conflict among them: {paths:?}");

    let mut errors = Vec::new();
    holders(&document, "advice", &mut errors);
    let under = |place: &Value| {
        let from = (number(place, "line"), number(place, "column"));
        folder.under(text(place, "file"), from, (number(place, "end_line"), number(place, "end_column")))
    };
    let places: Vec<(&str, String)> =
        errors.iter().map(|error| (text(error, "code"), under(error))).collect();
    assert!(places.contains(&("duplicate-key", "id".to_owned())), "{places:?}");
    assert_eq!(under(&list(errors[0], "/related")[0]), "id");
}

#[test]
fn every_region_in_sarif_is_the_text_it_speaks_of() {
    let bare = "hadome: contract/1\nid: b\ntitle: 業務\nnumber: ok\ndata_return:\n  on_end: 未定\n";
    let folder = Folder::new().dossier("件 a", FAILING).dossier("b", bare).dossier("c", BROKEN);
    let document = folder.sarif(&["."]);
    assert_eq!(document["runs"][0]["columnKind"], "unicodeCodePoints");
    let under = |location: &Value| {
        let physical = &location["physicalLocation"];
        let uri = text(&physical["artifactLocation"], "uri");
        let region = &physical["region"];
        let from = (number(region, "startLine"), number(region, "startColumn"));
        let to = (number(region, "endLine"), number(region, "endColumn"));
        (uri.to_owned(), folder.under(&decoded(uri), from, to))
    };
    let mut found = Vec::new();
    for result in results(&document) {
        let (uri, first) = under(&result["locations"][0]);
        let related: Vec<String> =
            list(result, "/relatedLocations").iter().map(|place| under(place).1).collect();
        found.push(format!("{uri} {} {first} {related:?}", text(result, "ruleId")));
    }
    found.sort();
    let wanted = [
        "%E4%BB%B6%20a/contract.yaml ZZZ-01 90 []",
        // The pair shows both documents.
        "%E4%BB%B6%20a/system.yaml ZZZ-02 true [\"false\"]",
        // What is missing is placed at the nearest parent that exists; a placeholder at its key.
        "b/contract.yaml ZZZ-01 data_return []",
        "b/contract.yaml ZZZ-02 on_end []",
        "b/contract.yaml ZZZ-03 data_return []",
        "c/contract.yaml duplicate-key id [\"id\"]",
    ];
    assert_eq!(found, wanted);
}

/// A relative URI as a path.
fn decoded(uri: &str) -> String {
    let bytes = uri.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&uri[at + 1..at + 3], 16).expect("two hexadecimal digits"));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn one_broken_dossier_hides_nothing_of_the_others() {
    let folder =
        Folder::new().dossier("a", FAILING).dossier("b", BROKEN).dossier("c", FAILING).dossier("e", CLEAN);
    folder.write("d/contract.yaml", b"\x8c_\x96\xf1\xff\n");
    for path in ["d/system.yaml", "d/systems/other.yaml"] {
        folder.write(path, b"hadome: system/1\nid: other\n");
    }
    let paths = ["e", "d", "c", "b", "a"];
    for format in FORMATS {
        let ran = folder.check(format, &paths);
        let at = |name: &str| ran.out.find(&format!("{name}/contract.yaml"));
        assert!(at("a").is_some() && at("a") < at("c"), "{format}, in the order of the paths: {}", ran.out);
        assert!(
            ran.err.contains("b/contract.yaml") && ran.err.contains("d/contract.yaml"),
            "{format}: {}",
            ran.err
        );
        if !matches!(format, "text" | "concise") {
            assert!(at("a") < at("b") && at("b") < at("c") && at("c") < at("d"), "{format}: {}", ran.out);
        }
        assert_eq!(ran.out, folder.check(format, &paths).out, "{format}: the same bytes again");
    }
    let document = folder.json(&paths);
    let status: Vec<(&str, &str)> = list(&document, "/dossiers")
        .iter()
        .map(|dossier| (text(dossier, "name"), text(dossier, "status")))
        .collect();
    let wanted =
        [("a", "assessed"), ("b", "refused"), ("c", "assessed"), ("d", "refused"), ("e", "assessed")];
    assert_eq!(status, wanted);
    let errors = list(&document["dossiers"][3], "/errors");
    let places: Vec<_> = errors.iter().map(|error| (text(error, "file"), &error["line"])).collect();
    // The one is not UTF-8; the other is told by its name alone.
    assert_eq!(places, [("d/contract.yaml", &Value::from(1)), ("d/systems/other.yaml", &Value::Null)]);

    let sarif = folder.sarif(&paths);
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(list(invocation, "/toolExecutionNotifications").len(), 1);
    let unread =
        results(&sarif).iter().rfind(|result| result["properties"]["dossier"] == "d").expect("a result");
    assert_eq!(unread["locations"][0]["physicalLocation"]["region"], Value::Null);
    let sarif = folder.sarif(&["a"]);
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn nothing_at_all_to_report_is_still_a_whole_document() {
    let folder =
        Folder::new().dossier("a", CLEAN).dossier("b", CLEAN).dossier("c", FAILING).dossier("d", CLEAN);
    assert_eq!(results(&folder.sarif(&["a", "b"])).len(), 0);
    assert_eq!(results(&folder.sarif(&["a", "b", "c", "d"])).len(), 2, "no stray comma");
    assert_eq!(list(&folder.json(&["a", "b"]), "/dossiers").len(), 2);
}

#[test]
fn totals_add_up_in_every_format() {
    let open = "hadome: contract/1\nid: b\ntitle: 業務\nnumber: ok\ndata_return:\n  on_end: false\n";
    let none =
        "hadome: contract/1\nid: b\ntitle: none\ndata_return:\n  on_end: true\n  also_on_renewal: false\n";
    let folder = Folder::new()
        .dossier("a", FAILING)
        .dossier("b", open)
        .dossier("c", none)
        .dossier("d", CLEAN)
        .dossier("e", BROKEN);
    let document = folder.json(&["."]);
    let totals = &document["totals"];
    let count = |key: &str| number(totals, key);
    let verdicts = ["fail", "undecided", "unproven", "waived", "pass", "not_applicable"];
    assert_eq!(verdicts.map(count), [4, 2, 0, 0, 5, 1], "{document:#}");
    assert_eq!(count("outcomes"), 12, "three policies, four dossiers that can be read");
    assert_eq!(count("blocking"), 4, "ZZZ-03 is low");
    let mut outcomes = Vec::new();
    holders(&document, "verdict", &mut outcomes);
    for verdict in verdicts {
        let listed = outcomes.iter().filter(|outcome| text(outcome, "verdict") == verdict).count();
        assert_eq!(listed as u64, count(verdict), "{verdict}");
        let parts = list(&document, "/dossiers").iter().filter(|dossier| dossier["status"] == "assessed");
        assert_eq!(parts.map(|dossier| number(&dossier["totals"], verdict)).sum::<u64>(), count(verdict));
    }
    let (findings, problems) =
        (count("fail") + count("undecided"), document["dossiers"][4]["errors"].as_array());
    let problems = problems.expect("errors").len() as u64;

    let sarif = folder.sarif(&["."]);
    assert_eq!(results(&sarif).len() as u64, findings + problems);
    for key in ["outcomes", "blocking"].into_iter().chain(verdicts) {
        assert_eq!(number(&sarif["runs"][0]["properties"], key), count(key), "{key}");
    }

    let junit = folder.check("junit", &["."]).out;
    let tree = roxmltree::Document::parse(&junit).expect("well-formed XML");
    let suites: Vec<_> = tree.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    assert_eq!(suites.len(), 5);
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for suite in &suites {
        let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
        let elements =
            [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")];
        for (key, element) in elements {
            let within = cases.iter().flat_map(|case| case.descendants());
            let counted = within.filter(|node| node.has_tag_name(element)).count() as u64;
            let said = suite.attribute(key).and_then(|count| count.parse().ok());
            assert_eq!(said, Some(counted), "{key} of {:?}", suite.attribute("name"));
            *sums.entry(key).or_default() += counted;
        }
    }
    assert_eq!(sums["tests"], count("outcomes") + problems);
    assert_eq!(sums["failures"], count("blocking"));
    assert_eq!(sums["errors"], problems);
    assert_eq!(sums["tests"] - sums["failures"] - sums["errors"] - sums["skipped"], count("pass"));

    let github = folder.check("github", &["."]).out;
    let commands =
        |level: &str| github.lines().filter(|line| line.starts_with(&format!("::{level} "))).count() as u64;
    assert_eq!(commands("error"), count("blocking") + problems);
    assert_eq!(commands("warning"), findings - count("blocking"));
    assert_eq!(commands("notice"), 0);

    let concise = folder.check("concise", &["."]).out;
    assert_eq!(concise.lines().filter(|line| line.contains("[ZZZ-0")).count() as u64, findings);
    let text = folder.check("text", &["."]).out;
    assert_eq!(text.lines().filter(|line| line.contains("[ZZZ-0")).count() as u64, findings);
}

/// All that a bidder might try.
const HOSTILE: &str = "one\ntwo\r\n::error file=x::owned\u{7}\u{1b}[2J\u{9b}31m]]><b a=\"'\">&amp;<!--\u{202e}cba\u{2066}\u{200f}\u{2028} \
                       %0A::stop-commands::x ##[error]y {0} {{1}} [here](http://example.invalid) </testcase>\u{85}end";

#[test]
fn hostile_strings_break_no_format() {
    let quoted = serde_json::to_string(HOSTILE).expect("a string"); // JSON strings are YAML strings
    let quoted = quoted.chars().map(|c| match c {
        c if c.is_ascii() => c.to_string(),
        c => format!("\\u{:04x}", u32::from(c)),
    });
    let contract = format!(
        "hadome: contract/1\nid: a\ntitle: 業務\nnumber: {}\ndata_return:\n  on_end: true\n  deadline_days: 10\n",
        quoted.collect::<String>()
    );
    let folder = "x,y::z %0A<i>&\"'[t](u) {0}";
    let broken = format!("{folder}-2");
    let unheard = "hadome: contract/1\nid: b\n\"\\u001b]0;\\u202e::error ::x ]]> <b> {0} ##[group]\\n\": 1\n";
    let folder_with = Folder::new().dossier(folder, &contract).dossier(&broken, unheard);
    let check = |format: &str| {
        let ran = folder_with.check(format, &["."]);
        assert_eq!(ran.code, 3, "{format}");
        let steers = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        for text in [&ran.out, &ran.err] {
            assert!(!text.contains(steers), "{format}: {text:?}");
        }
        ran.out
    };
    for format in ["text", "concise"] {
        let out = check(format);
        assert!(out.lines().all(|line| !line.trim_start().starts_with("::")), "{out}");
    }

    let document = parsed(&check("json"));
    assert_valid(&document, &json_schema());
    let mut facts = Vec::new();
    holders(&document, "value_title", &mut facts);
    assert!(facts.iter().any(|fact| fact["value"] == HOSTILE), "data come through whole: {facts:#?}");
    assert_eq!(text(&document["dossiers"][0], "name"), format!("./{folder}").trim_start_matches("./"));

    let document = folder_with.sarif(&["."]);
    check("sarif");
    let mut messages = Vec::new();
    holders(&document, "text", &mut messages);
    for message in messages.iter().map(|message| text(message, "text")) {
        let bare = message.replace("{{", "").replace("}}", "");
        assert!(!bare.contains(['{', '}', '\n']) && !bare.contains("]("), "{message}");
    }
    let mut uris = Vec::new();
    holders(&document, "uri", &mut uris);
    for uri in uris.iter().map(|uri| text(uri, "uri")) {
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
        assert!(folder_with.0.path().join(decoded(uri)).is_file(), "{uri}");
    }

    let out = check("junit");
    let tree = roxmltree::Document::parse(&out).expect("well-formed XML");
    let cases = tree.descendants().filter(|node| node.has_tag_name("testcase"));
    assert_eq!(cases.count(), 4, "three outcomes and one error");
    let known = [
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "error",
        "system-out",
        "properties",
        "property",
    ];
    assert!(
        tree.descendants()
            .filter(roxmltree::Node::is_element)
            .all(|node| known.contains(&node.tag_name().name()))
    );

    let out = check("github");
    for line in out.lines() {
        let Some(command) = line.strip_prefix("::") else {
            assert!(line.starts_with("hadome: ") && !line.contains("##["), "{line}");
            continue;
        };
        let (head, message) = command.split_once("::").expect("a message");
        let (level, properties) = head.split_once(' ').expect("properties");
        assert!(["error", "warning", "notice"].contains(&level), "{line}");
        let keys: Vec<&str> =
            properties.split(',').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
        assert!(keys.ends_with(&["title"]) && keys.starts_with(&["file", "line", "endLine"]), "{line}");
        assert!(!message.is_empty());
    }
    assert_eq!(out.lines().filter(|line| line.starts_with("::")).count(), 3, "{out}");
}

#[test]
fn fingerprints_outlive_moved_lines_and_new_values() {
    let folder = Folder::new().dossier("a", FAILING);
    let prints = |folder: &Folder| -> Vec<Value> {
        let sarif = folder.sarif(&["a"]);
        results(&sarif).iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let before = prints(&folder);
    let folder = folder.dossier("a", &format!("# a comment\n\n{}", FAILING.replace("90", "91")));
    assert_eq!(prints(&folder), before);
    let folder = folder.dossier("a", &FAILING.replace("number: ok", "number: other"));
    let after = prints(&folder);
    assert_ne!(after[0], before[0], "another clause fails: another finding");
    assert_eq!(after[1], before[1]);
}

#[test]
fn texts_follow_the_language_and_words_do_not() {
    let folder = Folder::new().dossier("a", FAILING);
    let (ja, en) = (folder.json(&["a", "--lang", "ja"]), folder.json(&["a", "--lang", "en"]));
    let outcome = |document: &Value| document["dossiers"][0]["outcomes"][0].clone();
    assert_eq!(
        (&outcome(&ja)["verdict"], &outcome(&en)["verdict"]),
        (&Value::from("fail"), &Value::from("fail"))
    );
    assert_eq!(
        (text(&outcome(&ja), "verdict_title"), text(&outcome(&en), "verdict_title")),
        ("不適合", "fail")
    );
    for (lang, words) in [("ja", "是正：remedyの文"), ("en", "remedy: the remedy")] {
        for format in ["sarif", "junit", "github", "text"] {
            let out = folder.check(format, &["a", "--lang", lang]).out;
            assert!(out.contains(words), "{format} {lang}: {out}");
        }
    }
    assert_eq!(folder.sarif(&["a", "--lang", "en"])["runs"][0]["language"], "en");
}

#[test]
fn rules_carry_what_a_reader_needs() {
    let folder = Folder::new().dossier("a", CLEAN);
    let sarif = folder.sarif(&["a", "--lang", "en"]);
    let rules = list(&sarif, "/runs/0/tool/driver/rules");
    let ids: Vec<&str> = rules.iter().map(|rule| text(rule, "id")).collect();
    assert_eq!(ids, ["ZZZ-01", "ZZZ-02", "ZZZ-03"]);
    assert_eq!(text(&rules[1]["help"], "text"), "Remedy: the remedy To ask: the question");
    assert_eq!(rules[1]["properties"]["security-severity"], "9.5");
    assert_eq!(rules[2]["defaultConfiguration"]["level"], "warning");
}

#[test]
fn paths_become_uris() {
    let uri = hadome::render::escape::uri;
    assert_eq!(uri("a b/契/c:d%.yaml"), "a%20b/%E5%A5%91/c%3Ad%25.yaml");
    assert_eq!(uri("/srv/a"), "file:///srv/a");
    assert_eq!(uri("../a"), "../a");
}
