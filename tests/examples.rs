//! The example dossiers through the binary: their verdicts, and the reports in the tree byte for byte.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const EXAMPLES: [&str; 2] = ["examples/minimal", "examples/disaster-app"];
const LANGUAGES: [&str; 2] = ["ja", "en"];
const AS_OF: &str = "2026-11-21";

/// What a run gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

#[track_caller]
fn hadome(arguments: &[&str], as_of: &str) -> Ran {
    let output = Command::cargo_bin("hadome")
        .expect("the binary is built")
        .env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--as-of", as_of])
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

/// The exit code and the outcomes of one example.
#[track_caller]
fn outcomes(example: &str, as_of: &str) -> (i32, Vec<Value>) {
    let ran = hadome(&["check", example, "--format", "json", "--lang", "en"], as_of);
    assert_eq!(ran.err, "", "{example} has diagnostics");
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    let outcomes = document["dossiers"][0]["outcomes"].as_array().expect("a list of outcomes");
    (ran.code, outcomes.clone())
}

fn verdicts(outcomes: &[Value]) -> BTreeSet<&str> {
    outcomes.iter().filter_map(|outcome| outcome["verdict"].as_str()).collect()
}

#[test]
fn in_the_minimal_dossier_everything_passes_or_does_not_apply() {
    let (code, outcomes) = outcomes("examples/minimal", AS_OF);
    assert_eq!(verdicts(&outcomes), BTreeSet::from(["not_applicable", "pass"]), "{outcomes:#?}");
    assert_eq!(code, 0);
}

#[test]
fn the_realistic_dossier_shows_every_verdict_and_every_reason_of_an_undecided_one() {
    let (code, outcomes) = outcomes("examples/disaster-app", AS_OF);
    assert_eq!(verdicts(&outcomes), BTreeSet::from(["fail", "not_applicable", "pass", "undecided"]));
    let reasons: BTreeSet<&str> = outcomes
        .iter()
        .filter_map(|outcome| outcome["sub_reasons"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let all = ["conflict", "indeterminate", "missing", "no_limit", "no_record"];
    assert_eq!(reasons, BTreeSet::from(all));
    assert_eq!(code, 1);
}

/// Between four and seven measures fail, each of another family, so that a reader sees the breadth.
#[test]
fn what_fails_in_the_realistic_dossier_is_of_different_families() {
    let (_, outcomes) = outcomes("examples/disaster-app", AS_OF);
    let failed: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| outcome["verdict"] == "fail")
        .filter_map(|outcome| outcome["policy"].as_str())
        .collect();
    let families: BTreeSet<&str> = failed.iter().filter_map(|id| id.split('-').next()).collect();
    assert!((4..=7).contains(&failed.len()), "{failed:?}");
    assert_eq!(families.len(), failed.len(), "{failed:?}");
}

/// The special clauses leave 60 days for the erasure, the amendment in force from 1 October 30.
#[test]
fn the_amendment_of_the_realistic_dossier_counts_from_its_day_on() {
    for (as_of, verdict) in [("2026-09-30", "fail"), ("2026-10-01", "pass")] {
        let (_, outcomes) = outcomes("examples/disaster-app", as_of);
        let erasure = outcomes.iter().find(|outcome| outcome["policy"] == "DLC-01").expect("judged");
        assert_eq!(erasure["verdict"], verdict, "{as_of}: {erasure:#}");
    }
}

#[test]
fn the_reports_in_the_tree_are_what_the_command_writes() {
    let regenerate = std::env::var_os("HADOME_REGENERATE").is_some_and(|word| word == "1");
    for example in EXAMPLES {
        for language in LANGUAGES {
            let ran = hadome(&["report", example, "--lang", language, "--date", AS_OF], AS_OF);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{example}, {language}");
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(example).join(format!("report.{language}.md"));
            if regenerate {
                fs::write(&path, &ran.out).expect("written");
                continue;
            }
            let kept = fs::read_to_string(&path).unwrap_or_default();
            let line = first_difference(&kept, &ran.out);
            assert!(
                kept == ran.out,
                "{} differs from line {line} on; look at the change, then run\n\
                 HADOME_REGENERATE=1 cargo test --test examples",
                path.display()
            );
        }
    }
}

/// The line, counted from 1, on which the texts begin to differ.
fn first_difference(one: &str, other: &str) -> usize {
    1 + one.lines().zip(other.lines()).take_while(|(a, b)| a == b).count()
}
