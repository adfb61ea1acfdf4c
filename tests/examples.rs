//! The example dossiers through the binary: their verdicts, and the reports in the tree byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const EXAMPLES: [&str; 4] =
    ["examples/minimal", "examples/disaster-app", "examples/water-mapping", "examples/shared-web"];
const SITUATIONS: &str = "examples/situations";
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
    let every = ["fail", "not_applicable", "pass", "undecided", "unproven", "waived"];
    assert_eq!(verdicts(&outcomes), BTreeSet::from(every));
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

/// Every level of assurance, every state of a waiver, a paper that nobody examined, one that expired,
/// and one that shows another value than the document.
#[test]
fn the_realistic_dossier_shows_what_proof_and_exceptions_look_like() {
    let ran = hadome(&["check", "examples/disaster-app", "--format", "json", "--lang", "en"], AS_OF);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    let dossier = &document["dossiers"][0];
    for level in ["verified", "documented", "declared"] {
        assert!(dossier["assurances"][level].as_u64() > Some(0), "{level}");
    }
    let words = |list: &str, key: &str| -> BTreeSet<String> {
        let items = dossier[list].as_array().expect("a list").iter();
        items.filter_map(|item| item[key].as_str().map(str::to_owned)).collect()
    };
    let states = words("waivers", "state");
    assert_eq!(states.len(), 6, "{states:?}");
    let flaws = dossier["evidence"].as_array().expect("a register").iter();
    let flaws: BTreeSet<&str> = flaws
        .flat_map(|piece| piece["flaws"].as_array().expect("flaws"))
        .filter_map(|flaw| flaw["flaw"].as_str())
        .collect();
    for flaw in ["not_examined", "expired", "contradicts"] {
        assert!(flaws.contains(flaw), "{flaw}: {flaws:?}");
    }
}

/// Some measures fail, of many families, so that a reader sees the breadth; and a promise that the
/// design does not keep.
#[test]
fn what_fails_in_the_realistic_dossier_is_of_different_families() {
    let (_, outcomes) = outcomes("examples/disaster-app", AS_OF);
    let failed: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| outcome["verdict"] == "fail")
        .filter_map(|outcome| outcome["policy"].as_str())
        .collect();
    let families: BTreeSet<&str> = failed.iter().filter_map(|id| id.split('-').next()).collect();
    assert!((7..=13).contains(&failed.len()), "{failed:?}");
    assert!(families.len() >= 6 && families.contains("CON"), "{failed:?}");
    let most = families.iter().map(|family| failed.iter().filter(|id| id.starts_with(family)).count()).max();
    assert!(most <= Some(3), "{failed:?}");
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
    let both = EXAMPLES.iter().flat_map(|example| ["ja", "en"].map(|lang| ((*example).to_owned(), lang)));
    // The situations are those of Japanese offices; their reports are kept in Japanese.
    for (example, language) in both.chain(situations().into_iter().map(|situation| (situation, "ja"))) {
        kept(
            &format!("{example}/report.{language}.md"),
            &["report", &example, "--lang", language, "--date", AS_OF],
        );
    }
}

/// As pages only those of one example, as an office would file them.
#[test]
fn the_pages_in_the_tree_are_what_the_command_writes() {
    let example = "examples/disaster-app";
    for (language, posts, class) in
        [("ja", "課長,係長,担当", "庁内限り"), ("en", "Director,Section head,Officer", "Internal")]
    {
        let report = ["report", example, "--lang", language, "--format", "html", "--date", AS_OF];
        let filed = ["--approval", posts, "--classification", class];
        kept(&format!("{example}/report.{language}.html"), &[&report[..], &filed].concat());
    }
}

#[test]
fn the_clauses_in_the_tree_are_what_the_command_writes() {
    let example = "examples/disaster-app";
    kept(&format!("{example}/clauses.ja.md"), &["clauses", example, "--lang", "ja"]);
}

/// Demands that a file in the tree is what a command prints, byte for byte; or writes it so.
#[track_caller]
fn kept(path: &str, command: &[&str]) {
    let ran = hadome(command, AS_OF);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{path}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("HADOME_REGENERATE").is_some_and(|word| word == "1") {
        fs::write(&file, &ran.out).expect("written");
        return;
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let line = first_difference(&kept, &ran.out);
    assert!(
        kept == ran.out,
        "{path} differs from line {line} on; look at the change, then run\n\
         HADOME_REGENERATE=1 cargo test --test examples"
    );
}

/// Every paper that the program makes of the tender, as an office would have it at hand.
#[test]
fn the_papers_of_the_tender_in_the_tree_are_what_the_commands_write() {
    let (tender, kept) =
        ("examples/tender", Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tender/outputs"));
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let out = |name: &str| scratch.path().join(name).to_string_lossy().into_owned();
    let mut runs: Vec<Vec<String>> = Vec::new();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    for lang in ["ja", "en"] {
        for ending in ["md", "html", "xlsx"] {
            runs.push(words(&[
                "compare",
                tender,
                "--lang",
                lang,
                "-o",
                &out(&format!("compare.{lang}.{ending}")),
            ]));
        }
        for ending in ["md", "html"] {
            let file = out(&format!("committee.{lang}.{ending}"));
            runs.push(words(&["compare", tender, "--lang", lang, "--paper", "committee", "-o", &file]));
        }
    }
    let (copy, key) = (out("anonymous.ja.md"), out("anonymous-key.ja.md"));
    runs.push(words(&["compare", tender, "--lang", "ja", "--anonymous", "-o", &copy, "--key", &key]));
    for format in ["markdown", "xlsx"] {
        runs.push(words(&["inquiry", tender, "--lang", "ja", "--format", format, "-o", &out("inquiry")]));
    }
    runs.push(words(&["questionnaire", "export", tender, "--lang", "ja", "-o", &out("form.ja.xlsx")]));
    for run in &runs {
        let command = Command::cargo_bin("hadome").expect("the binary is built");
        let ran = { command }
            .env_clear()
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(run)
            .output()
            .expect("it runs");
        assert_eq!(ran.status.code(), Some(0), "{run:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let files = |folder: &Path| {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path().is_dir() {
                true => found.extend(
                    fs::read_dir(entry.path()).into_iter().flatten().flatten().map(|inner| inner.path()),
                ),
                false => found.push(entry.path()),
            }
        }
        let names = found.iter().filter_map(|path| path.strip_prefix(folder).ok());
        let mut names: Vec<String> = names.map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        names.sort();
        names
    };
    let made = files(scratch.path());
    assert!(made.len() >= 19, "{made:?}");
    if std::env::var_os("HADOME_REGENERATE").is_some_and(|word| word == "1") {
        for name in &made {
            let target = kept.join(name);
            fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
            fs::copy(scratch.path().join(name), target).expect("copied");
        }
    }
    assert_eq!(files(&kept), made);
    for name in &made {
        let bytes = |folder: &Path| fs::read(folder.join(name)).expect("a file");
        assert!(
            bytes(&kept) == bytes(scratch.path()),
            "examples/tender/outputs/{name} differs; look at the change, then run\n\
             HADOME_REGENERATE=1 cargo test --test examples"
        );
    }
}

/// The line, counted from 1, on which the texts begin to differ.
fn first_difference(one: &str, other: &str) -> usize {
    1 + one.lines().zip(other.lines()).take_while(|(a, b)| a == b).count()
}

/// The folders of the situations.
fn situations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(SITUATIONS);
    let entries = fs::read_dir(folder).expect("situations").flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| format!("{SITUATIONS}/{}", entry.file_name().to_string_lossy())).collect();
    names.sort();
    assert_eq!(names.len(), 11);
    names
}

/// Every family of policies has something to say of the realistic dossiers, and none passes throughout
/// or fails throughout.
#[test]
fn the_realistic_dossiers_exercise_every_family() {
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for example in &EXAMPLES[1..] {
        let (code, outcomes) = outcomes(example, AS_OF);
        assert_eq!(code, 1, "{example}");
        for outcome in outcomes {
            let policy = outcome["policy"].as_str().expect("a policy");
            let family = policy.split('-').next().expect("a family").to_owned();
            seen.entry(family)
                .or_default()
                .insert(outcome["verdict"].as_str().expect("a verdict").to_owned());
        }
    }
    let families: Vec<&str> = seen.keys().map(String::as_str).collect();
    let wanted = [
        "ACC", "ASR", "AUD", "CFG", "CHG", "CON", "CRY", "DLC", "END", "IAM", "INC", "LAW", "LOC", "LOG",
        "MED", "RES", "STF", "SUB", "TEN", "TRN", "WEB",
    ];
    assert_eq!(families, wanted);
    for (family, verdicts) in &seen {
        assert!(verdicts.contains("pass"), "{family} never passes: {verdicts:?}");
        let found = verdicts.contains("fail") || verdicts.contains("undecided");
        assert!(found || family == "END", "{family} has no finding: {verdicts:?}");
    }
}

/// Of one policy the worst verdict in a situation.
#[track_caller]
fn verdict(situation: &str, policy: &str, as_of: &str) -> String {
    let (_, outcomes) = outcomes(&format!("{SITUATIONS}/{situation}"), as_of);
    let own = outcomes.iter().filter(|outcome| outcome["policy"] == policy);
    let verdicts: BTreeSet<&str> = own.filter_map(|outcome| outcome["verdict"].as_str()).collect();
    let worst =
        ["fail", "undecided", "pass", "not_applicable"].into_iter().find(|word| verdicts.contains(word));
    worst.unwrap_or_else(|| panic!("{policy} is not judged")).to_owned()
}

/// 直ちに is a duty without a limit, never "not stated".
#[test]
fn duties_worded_at_once_are_stated_without_a_limit() {
    let (_, outcomes) = outcomes(&format!("{SITUATIONS}/all-at-once"), AS_OF);
    let open: Vec<&Value> = outcomes.iter().filter(|outcome| outcome["verdict"] == "undecided").collect();
    let no_limit = |outcome: &&&Value| {
        outcome["sub_reasons"].as_array().is_some_and(|all| all.contains(&"no_limit".into()))
    };
    assert!(open.iter().filter(no_limit).count() >= 15, "{open:#?}");
    for outcome in open.iter().filter(no_limit) {
        assert_eq!(outcome["blocks"], false, "{outcome:#}");
    }
}

#[test]
fn each_amendment_of_a_long_contract_counts_from_its_day_on() {
    for (as_of, erasure, passed_on) in
        [("2026-09-30", "fail", "fail"), ("2026-10-01", "pass", "fail"), ("2027-01-04", "pass", "pass")]
    {
        assert_eq!(verdict("long-term-amended", "DLC-01", as_of), erasure, "{as_of}");
        assert_eq!(verdict("long-term-amended", "SUB-04", as_of), passed_on, "{as_of}");
    }
}

/// A system behind LGWAN is not out of scope throughout.
#[test]
fn a_system_behind_lgwan_is_judged() {
    let (_, outcomes) = outcomes(&format!("{SITUATIONS}/lgwan-asp"), AS_OF);
    let outside = outcomes.iter().filter(|outcome| outcome["verdict"] == "not_applicable").count();
    assert!(outside * 3 < outcomes.len(), "{outside} of {}", outcomes.len());
}

#[test]
fn a_report_on_standard_terms_says_that_no_clause_can_be_added() {
    let report = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join(SITUATIONS).join("saas-standard-terms/report.ja.md"),
    );
    assert!(report.expect("a report").contains("この契約は約款によるため、条項を書き加えることはできません"));
}
