//! The schemas, what is generated from them, and the packed library: well-formed, complete in both
//! languages, and the same as the files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use hadome::diagnostic::Diagnostic;
use hadome::lang::Lang;
use hadome::load::fold::{PLACEHOLDERS, fold};
use hadome::load::limits::Limits;
use hadome::load::tree::FileId;
use hadome::load::yaml;
use hadome::policy::compile::compile;
use hadome::policy::library::{Duties, built_in, built_in_articles, built_in_digest, built_in_duties};
use hadome::schema::{Kind, editor};
use hadome::tender::marks;
use hadome::validate::document::against_schema;
use serde_json::{Value, json};

const FACTUAL: [&str; 4] = ["common", "contract", "system", "records"];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The schemas of documents, by name.
fn schemas() -> Vec<(String, Value)> {
    let mut files = Vec::new();
    collect(&project().join("schemas"), "json", &mut files);
    let named = files.into_iter().map(|path| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        (name, serde_json::from_str(&fs::read_to_string(&path).expect("UTF-8")).expect("JSON"))
    });
    named.collect()
}

/// The schemas of documents alone, without those of outputs.
fn documents() -> Vec<(String, Value)> {
    let known: Vec<_> = Kind::ALL.map(Kind::word).into_iter().chain(["common"]).collect();
    let found: Vec<_> = schemas().into_iter().filter(|(name, _)| known.contains(&name.as_str())).collect();
    assert_eq!(found.len(), known.len());
    found
}

fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, ending, files);
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
}

/// Calls `visit` on every schema inside a schema, with a pointer to it.
fn walk(schema: &Value, at: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(at, schema);
    for within in ["properties", "$defs"] {
        for (name, inner) in schema[within].as_object().into_iter().flatten() {
            walk(inner, &format!("{at}/{within}/{name}"), visit);
        }
    }
    if let Some(items) = schema.get("items") {
        walk(items, &format!("{at}/items"), visit);
    }
    for (index, inner) in schema["anyOf"].as_array().into_iter().flatten().enumerate() {
        walk(inner, &format!("{at}/anyOf/{index}"), visit);
    }
}

#[track_caller]
fn check_meta(name: &str, schema: &Value) {
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
    if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
        panic!("{name}: {}: {error}", error.instance_path());
    }
}

#[test]
fn every_schema_file_is_a_schema() {
    for (name, schema) in schemas() {
        check_meta(&name, &schema);
    }
}

#[test]
fn what_the_schema_command_prints_is_a_schema_on_its_own() {
    for kind in Kind::ALL {
        let mut texts = Vec::new();
        for lang in ["ja", "en"] {
            let name = format!("{} {lang}", kind.word());
            let mut command = Command::cargo_bin("hadome").expect("the binary is built");
            let output = command.env_clear().args(["--lang", lang, "schema", kind.word()]).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{name}");
            let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            check_meta(&name, &schema);
            // Builds only if every `$ref` leads somewhere within.
            let built = jsonschema::draft202012::new(&schema);
            assert!(built.is_ok(), "{name}: {:?}", built.err().map(|error| error.to_string()));
            let root = schema["title"].as_str().expect("a title");
            assert!(!root.is_empty());
            texts.push(schema);
        }
        let [ja, en] = &mut texts[..] else { panic!("two") };
        assert_ne!(ja["title"], en["title"], "{}", kind.word());
        untitled(ja);
        untitled(en);
        assert_eq!(ja, en, "{}: the languages differ in more than texts", kind.word());
    }
}

/// Takes titles and descriptions out of a schema; no other language is left in it.
fn untitled(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            for key in ["title", "description"] {
                if map.get(key).is_some_and(Value::is_string) {
                    map.remove(key);
                }
            }
            assert!(!map.contains_key("x-title-en") && !map.contains_key("x-description-en"));
            map.values_mut().for_each(untitled);
        }
        Value::Array(items) => items.iter_mut().for_each(untitled),
        _ => {}
    }
}

#[test]
fn every_field_is_told_in_both_languages() {
    let mut untold = Vec::new();
    let mut fields = 0;
    for (name, schema) in documents() {
        walk(&schema, &name, &mut |at, inner| {
            for (field, site) in inner["properties"].as_object().into_iter().flatten() {
                fields += 1;
                for key in ["title", "x-title-en", "description", "x-description-en"] {
                    let text = site[key].as_str().unwrap_or_default();
                    if text.trim().is_empty() || (key == "x-title-en" && text.chars().any(is_japanese)) {
                        untold.push(format!("{at}/{field}: {key}: {text:?}"));
                    }
                }
            }
        });
    }
    assert!(fields > 300, "{fields} fields");
    assert!(untold.is_empty(), "{}", untold.join("\n"));
}

fn is_japanese(found: char) -> bool {
    matches!(found, 'ぁ'..='ヿ' | '一'..='鿿')
}

#[test]
fn every_word_of_an_enum_has_a_label_and_no_label_is_left_over() {
    let mut words = 0;
    for (name, schema) in documents() {
        walk(&schema, &name, &mut |at, inner| {
            let known = inner["enum"].as_array().into_iter().flatten();
            let mut known: BTreeSet<&str> = known.map(|word| word.as_str().expect("a word")).collect();
            let labels = inner["x-labels"].as_object();
            // A boolean may have labels; then both values do.
            if inner["type"] == "boolean" && labels.is_some() {
                known.extend(["true", "false"]);
            }
            let labelled: BTreeSet<&str> =
                labels.into_iter().flatten().map(|(word, _)| word.as_str()).collect();
            // Of a text with a form, such as a country, the best known of its words may have names.
            match inner["pattern"].as_str() {
                Some(form) => {
                    let form = regex::Regex::new(form).expect("a pattern");
                    assert!(labelled.iter().all(|word| form.is_match(word)), "{at}: {labelled:?}");
                }
                None => assert_eq!(known, labelled, "{at}"),
            }
            for (word, label) in labels.into_iter().flatten() {
                words += 1;
                assert_eq!(label.as_object().map(serde_json::Map::len), Some(2), "{at}: {word}");
                for lang in ["ja", "en"] {
                    assert!(
                        label[lang].as_str().is_some_and(|text| !text.is_empty()),
                        "{at}: {word}: {lang}"
                    );
                }
                assert!(!label["en"].as_str().unwrap_or_default().chars().any(is_japanese), "{at}: {word}");
            }
        });
    }
    assert!(words > 100, "{words} words");
}

#[test]
fn schemas_of_facts_keep_to_the_plain_subset() {
    let allowed = [
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "type",
        "enum",
        "const",
        "format",
        "pattern",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minItems",
        "uniqueItems",
        "title",
        "description",
        "examples",
        "x-title-en",
        "x-description-en",
        "x-labels",
        "x-bidder",
        "x-counter",
        "x-disclosure",
    ];
    for (name, schema) in documents().into_iter().filter(|(name, _)| FACTUAL.contains(&name.as_str())) {
        walk(&schema, &name, &mut |at, inner| {
            for key in inner.as_object().expect("an object").keys() {
                assert!(allowed.contains(&key.as_str()), "{at}: {key}");
            }
            if let Some(kind) = inner.get("type") {
                assert!(kind.is_string(), "{at}: one type");
            }
            // What an amendment sets is any path with any value.
            if inner["type"] == "object" && !at.ends_with("/amendment/properties/set") {
                assert_eq!(inner["additionalProperties"], false, "{at}");
            }
            if inner["type"] == "array" {
                assert!(inner["items"].is_object(), "{at}");
            }
            for required in inner["required"].as_array().into_iter().flatten() {
                let wanted = required.as_str().expect("a name");
                assert!(inner["properties"][wanted].is_object(), "{at}: {wanted} is required but unknown");
            }
        });
    }
}

#[test]
fn the_packed_library_is_what_our_loader_makes_of_the_same_files() {
    let mut files = Vec::new();
    collect(&project().join("policies"), "yaml", &mut files);
    files.retain(|path| !path.to_string_lossy().ends_with(".cases.yaml"));
    let packed = built_in().policies.len() + built_in().profiles.len();
    assert_eq!(files.len(), packed + 6, "every file is packed or holds cases, and ids are unique");

    let folder = hadome::validate::library::load(&project().join("policies"), None);
    assert!(folder.diagnostics.is_empty(), "{:?}", folder.diagnostics);
    let (ours, built_in) = (&folder.library, built_in());
    assert_eq!(
        texts(ours.policies.iter().map(|(id, policy)| (id, &**policy))),
        texts(built_in.policies.iter().map(|(id, policy)| (id, &**policy)))
    );
    assert_eq!(texts(&ours.profiles), texts(&built_in.profiles));
    assert_eq!(texts(&ours.references), texts(&built_in.references));
    assert_eq!(
        texts(ours.families.iter().map(|family| (&family.id, family))),
        texts(built_in.families.iter().map(|family| (&family.id, family)))
    );
    let duties = built_in_duties();
    assert_eq!(
        texts(ours.duties.obligations.iter().map(|one| (&one.id, &**one))),
        texts(duties.obligations.iter().map(|one| (&one.id, &**one)))
    );
    assert_eq!(counting(&ours.duties), counting(duties));
    let marks = ours.marks.as_deref().expect("a table of marks");
    assert_eq!(serde_json::to_value(marks).unwrap(), serde_json::to_value(marks::built_in()).unwrap());
    let articles = |file: Option<&std::sync::Arc<hadome::article::file::ArticlesFile>>| {
        serde_json::to_value(file.expect("articles")).expect("JSON")
    };
    assert_eq!(articles(ours.articles.as_ref()), articles(built_in_articles()));
    assert!(built_in.policies.len() >= 38);
}

#[test]
fn the_digests_of_the_packed_policies_are_those_of_what_they_say() {
    for policy in built_in().policies.values() {
        let made = hadome::digest::sha256(&serde_json::to_vec(&**policy).expect("JSON"));
        assert_eq!(built_in_digest(policy), Some(made.as_str()), "{}", policy.id);
        let copy = std::sync::Arc::new((**policy).clone());
        assert_eq!(built_in_digest(&copy), None, "a user's own is not taken for ours");
    }
}

#[test]
fn the_packed_incidents_are_those_of_the_examples() {
    let mut files = Vec::new();
    collect(&project().join("examples/incidents"), "yaml", &mut files);
    files.retain(|path| path.ends_with("incident.yaml"));
    assert_eq!(files.len(), built_in().incidents.len());
    for file in files {
        let incident = read(&file);
        let id = incident["id"].as_str().expect("an id");
        let packed = serde_json::to_value(&built_in().incidents[id]).unwrap();
        assert_eq!(packed["title"], incident["title"], "{id}");
        assert_eq!(packed["publisher"], incident["publisher"]["name"], "{id}");
        assert_eq!(packed["published_on"], incident["published_on"], "{id}");
        assert_eq!(packed["source"], incident["source"]["kind"], "{id}");
    }
}

/// Each entry as JSON, by id.
fn counting(duties: &Duties) -> Value {
    let calendar = duties.calendar.as_ref().expect("counting rules");
    serde_json::to_value(&calendar.file).expect("JSON")
}

fn texts<'l, T: serde::Serialize + 'l>(
    entries: impl IntoIterator<Item = (&'l String, &'l T)>,
) -> Vec<(&'l String, Value)> {
    entries.into_iter().map(|(id, entry)| (id, serde_json::to_value(entry).expect("JSON"))).collect()
}

#[track_caller]
fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{path:?}: {why}"));
    yaml::parse(&text, FileId::default(), &Limits::default()).expect("YAML").to_json()
}

#[test]
fn every_policy_compiles_alone_and_in_every_profile() {
    let library = built_in();
    for policy in library.policies.values() {
        if let Err(faults) = compile(policy, None) {
            panic!("{}: {faults:?}", policy.id);
        }
    }
    for profile in library.profiles.values() {
        assert!(hadome::validate::library::check_profile(profile, library).is_empty(), "{}", profile.id);
        for policy in library.select(profile).0 {
            if let Err(faults) = compile(&policy, profile.values(&policy.id).as_ref()) {
                panic!("{} in {}: {faults:?}", policy.id, profile.id);
            }
        }
    }
}

/// A contract whose number of days is written in some way, by the editor's schema and by ours.
fn judge(days: &str, validators: &[jsonschema::Validator]) -> (bool, bool) {
    let text = format!(
        "hadome: contract/1\nid: sample\nsources: [{{id: c, title: 契約書}}]\ndata_return:\n  on_end: true\n  {days}\n"
    );
    let mut node = yaml::parse(&text, FileId::default(), &Limits::default()).expect("YAML");
    let json = node.to_json();
    let editor: Vec<_> = validators.iter().map(|validator| validator.is_valid(&json)).collect();
    assert!(editor.iter().all(|valid| *valid == editor[0]), "{days}: {editor:?}");
    let mut problems: Vec<Diagnostic> = fold(&mut node);
    against_schema(Kind::Contract, &node, &mut problems);
    (editor[0], problems.is_empty())
}

#[test]
fn the_editors_schema_takes_each_way_of_writing_a_leaf_and_no_mistake() {
    let validators = [Lang::Ja, Lang::En]
        .map(|lang| jsonschema::draft202012::new(&editor::schema(Kind::Contract, lang)).expect("a schema"));
    let good = [
        "deadline_days: 30",
        "deadline_days: {value: 30, ref: {source: c, article: 第12条第3項}}",
        "deadline_days: {conflicting: [{value: 30, ref: {source: c}}, {value: 60, ref: {source: c, page: 3}}]}",
        "deadline_days: null",
        "deadline_days:",
        "deadline_days: 未定",
        "deadline_days_wording: 速やかに",
        "ref: {source: c, article: 第12条}",
    ];
    for days in good {
        assert_eq!(judge(days, &validators), (true, true), "{days}");
    }
    for word in PLACEHOLDERS {
        assert_eq!(judge(&format!("deadline_days: {}", json!(word)), &validators), (true, true), "{word}");
    }
    let bad = [
        "deadine_days: 30",
        "deadline_days: \"30\"",
        "deadline_days: 30.5",
        "deadline_days: true",
        "deadline_days: みてい",
        "deadline_days: [30]",
        "deadline_days: {value: 30}",
        "deadline_days: {value: \"30\", ref: {source: c}}",
        "deadline_days: {value: 30, reff: {source: c}}",
        "deadline_days: {conflicting: [{value: 30, ref: {source: c}}]}",
        "deadline_days: {conflicting: [{value: 30, ref: {source: c}}, 60]}",
        "deadline_days: {conflicting: [{value: 30, ref: {source: c}}, {value: \"60\", ref: {source: c}}]}",
    ];
    for days in bad {
        assert_eq!(judge(days, &validators), (false, false), "{days}");
    }
    // What stands in a leaf's `ref`; the editor's verdict alone.
    for days in [
        "deadline_days: {value: 30, ref: {source: c, artcle: 第12条}}",
        "deadline_days: {value: 30, ref: 第12条}",
        "deadline_days: {value: 30, ref: {source: c, page: 三}}",
    ] {
        assert!(!judge(days, &validators).0, "{days}");
    }
}

/// Free texts and numbers show what is meant by an example, and the example is valid.
#[test]
fn every_free_field_has_an_example_that_fits() {
    fn walk(node: &Value, at: &str, bare: &mut Vec<String>) {
        for (name, field) in node["properties"].as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            let free = matches!(field["type"].as_str(), Some("string" | "integer" | "number"))
                && field["enum"].is_null()
                && field["const"].is_null()
                && field["format"] != "hadome-date";
            if free {
                match field["examples"].as_array() {
                    Some(examples) => {
                        for example in examples {
                            assert!(jsonschema::is_valid(field, example), "{at}: {example}");
                        }
                    }
                    None => bare.push(at.clone()),
                }
            }
            walk(field, &at, bare);
            walk(&field["items"], &at, bare);
        }
    }
    let mut bare = Vec::new();
    for kind in Kind::ALL {
        let schema = kind.full();
        walk(&schema, kind.word(), &mut bare);
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            walk(definition, name, &mut bare);
        }
    }
    assert!(bare.is_empty(), "without an example: {bare:?}");
}
