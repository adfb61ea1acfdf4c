//! What the program says of its own library, through the binary: explanations, profiles, and the
//! pages in the tree byte for byte. After a change that is meant:
//! `HADOME_REGENERATE=1 cargo test --test library`.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// What a run gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

#[track_caller]
fn hadome(arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("hadome").expect("the binary is built");
    let output = command
        .env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

#[track_caller]
fn says(arguments: &[&str], words: &[&str]) -> String {
    let ran = hadome(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    for word in words {
        assert!(ran.out.contains(word), "no `{word}` in:\n{}", ran.out);
    }
    ran.out
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The file holds the text; or is written, where that was asked for.
#[track_caller]
fn holds(path: &Path, text: &str) {
    if std::env::var_os("HADOME_REGENERATE").is_some_and(|word| word == "1") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
        return;
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == text,
        "{} is not what the program writes; look at the change, then run\n\
         HADOME_REGENERATE=1 cargo test --test library",
        path.display()
    );
}

const LANGUAGES: [&str; 2] = ["ja", "en"];

#[test]
fn the_reference_pages_in_the_tree_are_those_of_the_library() {
    let folder = project().join("docs/reference");
    let mut wanted = Vec::new();
    for lang in LANGUAGES {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        says(&["policy", "docs", scratch.path().to_str().expect("UTF-8"), "--lang", lang], &[]);
        for entry in fs::read_dir(scratch.path()).expect("pages").flatten() {
            holds(&folder.join(entry.file_name()), &fs::read_to_string(entry.path()).expect("a page"));
            wanted.push(entry.file_name());
        }
    }
    let kept = fs::read_dir(folder).expect("pages").flatten().map(|entry| entry.file_name());
    let stray: Vec<_> = kept.filter(|name| !wanted.contains(name)).collect();
    assert!(stray.is_empty(), "pages of no family: {stray:?}");
}

#[test]
fn the_coverage_pages_in_the_tree_are_what_the_command_prints() {
    for lang in LANGUAGES {
        let page = says(&["policy", "coverage", "examples", "--lang", lang], &[]);
        holds(&project().join(format!("docs/coverage.{lang}.md")), &page);
    }
}

#[test]
fn every_measure_has_a_policy_and_every_policy_finds_something_in_the_examples() {
    let page = says(
        &["policy", "coverage", "examples", "--lang", "en"],
        &["- measures: 91, with a policy: 91\n", "Policies that find nothing to read"],
    );
    assert!(!page.contains("**none**"), "{page}");
    assert!(page.ends_with("\nNone.\n"), "{page}");
}

#[test]
fn the_tables_of_incidents_in_the_tree_are_what_the_command_prints() {
    for lang in LANGUAGES {
        let page = says(&["replay", "--table", "--lang", lang], &[]);
        holds(&project().join(format!("docs/incidents.{lang}.md")), &page);
    }
}

#[test]
fn all_notices_replay_nothing_is_missed_and_no_measure_waits() {
    let page = says(
        &["replay", "--table", "--mended", "--lang", "en"],
        &["incidents: 34 (failed: 0)", "missed: 0)"],
    );
    let last = page.trim_end().lines().last().expect("totals");
    assert!(!last.contains("without a policy"), "{last}");
    for (name, lang) in [("README.md", "en"), ("README.ja.md", "ja")] {
        let totals = says(&["replay", "--table", "--lang", lang], &[]);
        let totals = totals.trim_end().lines().last().expect("totals").to_owned();
        let readme = fs::read_to_string(project().join(name)).expect("a README");
        assert!(readme.contains(&totals), "{name} should say: {totals}");
    }
}

#[test]
fn a_field_is_explained_by_its_path_with_ids_or_without_and_by_its_last_word() {
    for name in [
        "system[web].data_stores[uploads].public_access",
        "system.data_stores[].public_access",
        "system.data_stores.public_access",
        "public_access",
    ] {
        says(
            &["explain", name, "--lang", "en"],
            &["system.data_stores[].public_access", "true or false", "ACC-01"],
        );
    }
    let page = says(
        &["explain", "first_report_hours", "--lang", "ja"],
        &["事故の第一報の期限", "整数（単位：時間）", "読む確認項目", "INC-01"],
    );
    assert!(!page.contains("ACC-01"), "{page}");
}

#[test]
fn a_group_a_policy_and_a_family_are_explained() {
    says(&["explain", "contract.incident", "--lang", "en"], &["first_report_hours", "Read by", "INC-01"]);
    says(&["explain", "system.cloud.guest_access", "--lang", "ja"], &["denied: ", "次のいずれか"]);
    says(&["explain", "dlc-01", "--lang", "ja"], &["DLC-01", "判定条件", "条項例"]);
    says(&["explain", "DLC", "--lang", "en"], &["data lifecycle", "Measures", "DLC-09", "Policies"]);
}

#[test]
fn what_cannot_be_explained_is_named_with_the_nearest_and_hides_nothing_of_the_rest() {
    let ran = hadome(&["explain", "first_report_hour", "DLC", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `first_report_hours`?"), "{}", ran.err);
    assert!(ran.out.contains("data lifecycle"), "{}", ran.out);
    let ran = hadome(&["explain", "何か", "--lang", "ja"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("「何か」という記載事項、確認項目又は分野はありません"), "{}", ran.err);
}

#[test]
fn the_profiles_are_listed_shown_and_compared() {
    let list = says(&["profile", "list", "--lang", "en"], &[]);
    let ids: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids, ["baseline", "low-risk", "municipality", "municipality-class3", "private"]);
    says(
        &["profile", "show", "municipality-class3", "--lang", "ja"],
        &["用途", "DLC-01 deadline_days_max：30日→14日（出どころ：本ツールの既定値。", "重要度「中」以上"],
    );
    says(
        &["profile", "diff", "municipality", "private", "--lang", "en"],
        &["Only in municipality", "LAW-02"],
    );
    says(
        &["profile", "diff", "municipality", "municipality-class3", "--lang", "en"],
        &["DLC-01 deadline_days_max: 30 days / 14 days", "Different blocking rules"],
    );
    says(&["profile", "diff", "private", "private", "--lang", "en"], &["they select and judge the same"]);
    let ran = hadome(&["profile", "diff", "privat", "private", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no profile `privat` (known: private)"), "{}", ran.err);
}

/// The short profile must not let a system with personal data pass.
#[test]
fn a_system_with_personal_data_does_not_pass_as_low_risk() {
    let ran = hadome(&[
        "check",
        "examples/minimal",
        "--profile",
        "low-risk",
        "--as-of",
        "2026-11-21",
        "--format",
        "concise",
        "--lang",
        "en",
    ]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("PRO-01"), "{}", ran.out);
}

#[test]
fn a_value_that_a_profile_replaces_is_reported_with_its_own_source() {
    let report = |profile: &str| {
        says(
            &[
                "report",
                "examples/disaster-app",
                "--as-of",
                "2026-09-01",
                "--profile",
                profile,
                "--lang",
                "ja",
            ],
            &[],
        )
    };
    assert!(
        report("municipality-class3").contains("14日：本ツールの既定値、確認項目セットの指定値（機密性3B")
    );
    assert!(report("municipality").contains("30日：公表資料に日数の記載はなく、本ツールの既定値です"));
}
