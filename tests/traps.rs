//! The silent-pass traps of other tools, each shown not to be ours. Numbers as in the list of traps
//! that the project keeps.

mod common;

use std::collections::BTreeSet;

use common::{AS_OF, CONTRACT, DUTY, GOOD, PROFILE, Ran, SYSTEM, Scratch, policy};
use serde_json::Value;

const VERDICTS: [&str; 6] = ["fail", "undecided", "unproven", "waived", "pass", "not_applicable"];

/// One clause of a promise.
fn clause(that: &str) -> String {
    format!("require:\n  - {{id: it, part: promise, that: \"{that}\"}}\n")
}

/// What a policy says of a contract with these lines after its head.
#[track_caller]
fn judged(rest: &str, lines: &str) -> Ran {
    Scratch::demanding(rest, &format!("{CONTRACT}{lines}")).check(&["a"])
}

#[track_caller]
fn undecided(rest: &str, lines: &str, missing: &str) {
    judged(rest, lines).code(1).shows(&["undecided[ZZZ-01]", missing, "1 undecided"]).shows(&["0 pass"]);
}

#[test]
fn trap_01_absent_key_is_undecided_not_pass() {
    let limit = "contract.data_return.deadline_days <= 30";
    let missing = "not stated: contract.data_return.deadline_days";
    for lines in ["", "data_return: {}\n", "data_return:\n  deadline_days: null\n", "data_return: null\n"] {
        undecided(&clause(limit), lines, missing);
    }
    undecided(&clause(limit), "data_return: {deadline_days: 未定}\n", "contract.data_return.deadline_days");
    judged(&clause(limit), "data_return: {deadline_days: 30}\n").code(0).shows(&["1 pass"]);
    judged(&clause(limit), "data_return: {deadline_days: 31}\n").code(1).shows(&["1 fail"]);
}

#[test]
fn trap_02_negation_of_an_absent_value_is_undecided() {
    let conditions = [
        "!contract.data_return.on_end",
        "contract.data_return.on_end != true",
        "contract.data_return.on_end == false",
        "!(contract.data_return.deadline_days > 30)",
        "contract.data_return.method != 'none'",
        "!(contract.data_return.method in ['none', 'other'])",
        "!contract.data_return.scope.exists(s, s == 'backup')",
        "stated(contract.data_return.method)",
    ];
    for condition in conditions {
        undecided(&clause(condition), "", "not stated: contract.data_return");
    }
    let scratch = Scratch::demanding(&clause("!has(contract.data_return.method)"), GOOD);
    scratch.check(&["a"]).code(2).silent().says(&["error[rests-on-absence]", "contract.data_return.method"]);
}

#[test]
fn trap_03_selector_matching_nothing() {
    let each = "for_each: {s: contract.subcontractors}\nrequire:\n  - {id: task, part: promise, that: stated(s.task)}\n";
    let strict = format!("when_empty: undecided\n{each}");
    let fine =
        format!("when_empty: not_applicable\nwhen_empty_because: {{ja: 再委託なし, en: none}}\n{each}");
    for rest in [&strict, &fine] {
        undecided(rest, "", "not stated: contract.subcontractors");
    }
    undecided(&strict, "subcontractors: []\n", "contract.subcontractors");
    judged(&fine, "subcontractors: []\n").code(0).shows(&["1 not applicable", "0 pass"]);
    // Neither a gate nor a clause that is not due counts as passed.
    let gate = format!("applies_when: contract.personal_data.handled\n{DUTY}");
    judged(&gate, "personal_data: {handled: false}\n").code(0).shows(&["1 not applicable", "0 pass"]);
    undecided(&gate, "", "contract.personal_data.handled");
    let later = DUTY.replace("that:", "when: stage == 'ended', that:");
    judged(&later, "data_return: {on_end: true}\nterm: {signed_on: 2025-04-01, start: 2025-04-01, end: 2027-03-31, service_start: 2025-05-01}\n")
        .code(0)
        .shows(&["stage running", "1 not applicable", "0 pass"]);
    // Another stage than the policy's own.
    let scratch = Scratch::contract(GOOD);
    scratch.write(
        "policies/zzz/ZZZ-01.yaml",
        policy("ZZZ-01", DUTY).replace("[bid, build, running, ended]", "[ended]"),
    );
    scratch.check(&["a", "--stage", "bid"]).code(0).shows(&["1 not applicable", "0 pass"]);
}

/// A dossier with an outcome of every verdict that can be had without waivers and proof.
fn mixed() -> Scratch {
    let scratch = Scratch::with(&[
        (
            "a/contract.yaml",
            "hadome: contract/1\nid: a\ndata_return: {on_end: false}\nsubcontractors: [{id: s, task: 保守}, {id: t}]\n",
        ),
        ("a/systems/one.yaml", "hadome: system/1\nid: one\nauth: {}\n"),
        ("a/systems/two.yaml", "hadome: system/1\nid: two\n"),
        ("b/contract.yaml", GOOD),
        ("c/contract.yaml", "hadome: contract/1\nid: c\ntitel: x\n"),
        ("profile.yaml", &PROFILE.replace("{policies: [ZZZ-01]}", "{families: [ZZZ]}")),
    ]);
    let each = "for_each: {s: contract.subcontractors}\nwhen_empty: undecided\nrequire:\n  - {id: task, part: promise, that: stated(s.task)}\n";
    scratch.write("policies/zzz/ZZZ-02.yaml", policy("ZZZ-02", each));
    let gate = format!(
        "applies_when: contract.data_return.on_end\n{}",
        clause("stated(contract.data_return.method)")
    );
    scratch.write(
        "policies/zzz/ZZZ-03.yaml",
        policy("ZZZ-03", &gate).replace("severity: high", "severity: low"),
    );
    scratch.write(
        "policies/zzz/ZZZ-04.yaml",
        policy("ZZZ-04", "require:\n  - {id: zone, part: design, that: stated(system.zone)}\n"),
    );
    scratch
}

fn sum(totals: &Value) -> u64 {
    VERDICTS.iter().map(|verdict| totals[verdict].as_u64().expect(verdict)).sum()
}

#[test]
fn trap_04_totals_add_up() {
    let scratch = mixed();
    let json = scratch.check_in("en", &["a", "b", "c", "--format", "json"]).json();
    let dossiers = json["dossiers"].as_array().unwrap();
    let mut all = 0;
    for dossier in dossiers.iter().filter(|dossier| dossier["status"] == "assessed") {
        let outcomes = dossier["outcomes"].as_array().unwrap();
        assert_eq!(sum(&dossier["totals"]), outcomes.len() as u64);
        assert_eq!(dossier["totals"]["outcomes"], outcomes.len());
        for verdict in VERDICTS {
            let count = outcomes.iter().filter(|outcome| outcome["verdict"] == verdict).count();
            assert_eq!(dossier["totals"][verdict], count, "{verdict}");
        }
        let policies: BTreeSet<&str> =
            outcomes.iter().filter_map(|outcome| outcome["policy"].as_str()).collect();
        assert_eq!(policies.len(), 4, "every selected policy has an outcome");
        all += outcomes.len() as u64;
    }
    assert_eq!((sum(&json["totals"]), json["totals"]["outcomes"].as_u64()), (all, Some(all)));
    // a: duty, two subcontractors, gate, two systems; b: duty, list, gate, system.
    assert_eq!(all, 6 + 4);
    let selected = json["policies"].as_array().unwrap().len();
    let left_out = json["not_selected"].as_array().unwrap().len();
    let known = scratch.hadome("en", &["policy", "list", "--policies", "policies"]).out.lines().count();
    assert!(selected + left_out <= known && selected == 4, "{selected} and {left_out} of {known}");
    // The line of totals says the same.
    let text = scratch.check(&["a"]);
    text.shows(&[
        "a: 6 outcomes (1 fail, 3 undecided, 0 unproven, 0 waived, 1 pass, 1 not applicable), 4 blocking",
    ]);
}

#[test]
fn trap_05_types_that_do_not_fit_are_refused_at_load() {
    for condition in ["contract.data_return.deadline_days == '30'", "contract.data_return.on_end == 'true'"] {
        Scratch::demanding(&clause(condition), GOOD)
            .check(&["a"])
            .code(2)
            .silent()
            .says(&["error[type-mismatch]"]);
    }
    let limit = clause("contract.data_return.deadline_days <= 30");
    for (written, code) in [("\"30\"", "quoted-number"), ("30.5", "wrong-type"), ("true", "wrong-type")] {
        let lines = format!("data_return: {{deadline_days: {written}}}\n");
        judged(&limit, &lines).code(3).silent().says(&[&format!("error[{code}]"), "a/contract.yaml:3:30"]);
    }
}

#[test]
fn trap_06_a_list_filtered_to_nothing_decides_nothing() {
    let all = "contract.subcontractors.filter(s, s.tier == 2).all(s, stated(s.task))";
    let exists = "contract.subcontractors.filter(s, s.tier == 2).exists(s, s.task == 'x')";
    for condition in [all, exists, &format!("!{exists}"), &format!("!({all})")] {
        let ran = judged(&clause(condition), "subcontractors: [{id: s, tier: 1}]\n");
        ran.code(1).shows(&["undecided[ZZZ-01]", "0 fail", "0 pass"]);
    }
    // A list that is stated to be empty is a statement.
    let plain = clause("contract.subcontractors.all(s, s.task == 'x')");
    judged(&plain, "subcontractors: []\n").code(0).shows(&["1 pass"]);
    undecided(&plain, "", "not stated: contract.subcontractors");
}

const CASES: &str = "hadome: cases/1\npolicy: ZZZ-01\ncases:\n\
    \x20 - {name: agreed, given: {contract: {data_return: {on_end: true}}}, want: pass}\n\
    \x20 - {name: refused, given: {contract: {data_return: {on_end: false}}}, want: fail}\n\
    \x20 - {name: silent, given: {contract: {}}, want: undecided/missing}\n";

#[test]
fn trap_07_a_case_for_a_policy_that_does_not_exist_fails() {
    let scratch = Scratch::with(&[("policies/zzz/ZZZ-01.cases.yaml", CASES)]);
    scratch.hadome("en", &["policy", "test", "policies"]).code(0).shows(&["1 policies, 3 cases, 0 problems"]);
    scratch.write("policies/zzz/ZZZ-09.cases.yaml", CASES.replace("ZZZ-01", "ZZZ-09"));
    let ran = scratch.hadome("en", &["policy", "test", "policies"]);
    ran.code(1).says(&["ZZZ-09: there are cases, but no such policy"]);
}

#[test]
fn trap_07_a_test_run_that_runs_nothing_fails() {
    let scratch = Scratch::with(&[("policies/zzz/ZZZ-01.cases.yaml", CASES), ("none/notes.txt", "x")]);
    scratch.hadome("en", &["policy", "test", "none"]).code(2).silent();
    let ran = scratch.hadome("en", &["policy", "test", "policies", "--only", "ZZZ-02"]);
    ran.code(1).says(&["no policy `ZZZ-02`", "did you mean `ZZZ-01`?"]);
    let without = Scratch::new().hadome("en", &["policy", "test", "policies"]);
    without.code(1).says(&["ZZZ-01: there are no cases"]);
}

#[test]
fn trap_07_a_case_that_cannot_run_fails() {
    let table = [
        ("want: pass", "want: fail", "wanted fail, found pass"),
        ("want: pass", "want: passed", "passed"),
        ("on_end: true", "on_ende: true", "on_ende"),
        ("want: fail", "want: fail, because: {clause: other}", "because of clause other"),
        (
            "want: undecided/missing",
            "want: undecided/missing, because: {missing: contract.title}",
            "missing contract.title",
        ),
        ("name: agreed,", "name: agreed, params: {most: 1},", "most"),
    ];
    for (old, new, words) in table {
        let scratch = Scratch::with(&[("policies/zzz/ZZZ-01.cases.yaml", &CASES.replace(old, new))]);
        let ran = scratch.hadome("en", &["policy", "test", "policies"]);
        assert!(ran.code != 0 && ran.err.contains(words), "{new}: {ran:#?}");
        assert!(ran.err.contains("policies/zzz/ZZZ-01.cases.yaml:"), "no place: {}", ran.err);
    }
}

#[test]
fn trap_08_a_policy_without_checks_does_not_load() {
    let table = [
        ("require: []\n", "policy-without-clause"),
        ("", "missing-key"),
        ("require: null\n", "collection-wanted"),
        ("require:\n  - {id: it, part: promise, that: \"true\"}\n", "clause-reads-nothing"),
        ("require:\n  - {id: it, part: promise}\n", "missing-key"),
    ];
    for (rest, code) in table {
        let ran = Scratch::demanding(rest, GOOD).check(&["a"]);
        ran.code(2).silent().says(&["policies/zzz/ZZZ-01.yaml:"]);
        assert!(ran.err.contains(&format!("error[{code}]")) || rest.contains("null"), "{}", ran.err);
    }
}

#[test]
fn trap_09_misspelt_ids() {
    let near = |ran: &Ran, code: i32, word: &str| {
        ran.code(code).silent();
        assert!(ran.err.contains(word), "no `{word}` in:\n{}", ran.err);
    };
    let scratch = Scratch::contract(GOOD);
    near(&scratch.hadome("en", &["check", "a", "--profile", "municipalty"]), 2, "municipality");
    near(&scratch.hadome("en", &["policy", "show", "DLC-0l"]), 2, "did you mean `DLC-01`?");
    near(&scratch.hadome("en", &["schema", "contrct"]), 2, "contract");
    let profiles = [
        ("{policies: [ZZZ-02]}", "did you mean `ZZZ-01`?"),
        ("{families: [ZZY]}", "did you mean `ZZZ`?"),
        ("{except: [{policy: ZZZ-02, because: {ja: 試, en: trial}}]}", "did you mean `ZZZ-01`?"),
        ("{polices: [ZZZ-01]}", "did you mean `policies`?"),
    ];
    for (select, word) in profiles {
        let scratch = Scratch::contract(GOOD);
        scratch.write("profile.yaml", PROFILE.replace("{policies: [ZZZ-01]}", select));
        near(&scratch.check(&["a"]), 2, word);
    }
    let conditions = [
        ("contrct.title == 'x'", "did you mean `contract`?"),
        ("contract.titel == 'x'", "did you mean `title`?"),
        ("contract.form == 'leese'", "lease"),
        ("stage == 'runing'", "running"),
        ("contract.data_return.deadline_days <= params.most", "params"),
    ];
    for (condition, word) in conditions {
        near(&Scratch::demanding(&clause(condition), GOOD).check(&["a"]), 2, word);
    }
    let reference = policy("ZZZ-01", DUTY).replace("references: []", "references: [no-such-law]");
    let scratch = Scratch::contract(GOOD);
    scratch.write("policies/zzz/ZZZ-01.yaml", reference);
    near(&scratch.check(&["a"]), 2, "no-such-law");
    let documents = [("data_retrun: {}\n", "`data_return`"), ("form: leese\n", "`lease`")];
    for (lines, word) in documents {
        near(&judged(DUTY, lines), 3, word);
    }
}

#[test]
fn trap_10_missing_input_renders_nothing() {
    let scratch = Scratch::contract(GOOD);
    std::fs::create_dir(scratch.path("empty")).unwrap();
    for format in ["text", "concise", "json", "sarif", "junit", "github"] {
        for path in ["nowhere", "empty", "profile.yaml"] {
            let ran = scratch.check_in("en", &["a", path, "--format", format]);
            ran.code(2).silent().says(&[path]);
        }
    }
    let ran = scratch.hadome("en", &["report", "nowhere", "-o", "report.md"]);
    ran.code(2).silent();
    assert!(!scratch.path("report.md").exists());
}

#[test]
fn trap_11_exit_code_derives_from_totals() {
    let scratch = mixed();
    let table = [("a", 1), ("b", 1), ("c", 3)];
    for (dossier, code) in table {
        for format in ["text", "concise", "json", "sarif", "junit", "github"] {
            scratch.check_in("ja", &[dossier, "--format", format]).code(code);
        }
    }
    let rules = [
        "low",
        "medium",
        "high",
        "critical",
        "never",
        "fail=low,undecided=never",
        "fail=never,undecided=high",
    ];
    for rule in rules {
        for paths in [&["a"][..], &["b"], &["a", "b"]] {
            let ran = scratch.check_in("en", &[paths, &["--format", "json", "--fail-on", rule]].concat());
            let blocking = ran.json()["totals"]["blocking"].as_u64().unwrap();
            ran.code(i32::from(blocking > 0));
        }
    }
    // Printed and not blocking, blocking, broken, unusable: the gravest wins.
    scratch.check(&["a", "--fail-on", "never"]).code(0).shows(&["fail[ZZZ-01]"]);
    scratch.check(&["a", "b", "c"]).code(3);
    scratch.check(&["a", "b", "c", "nowhere"]).code(2);
}

#[test]
fn trap_12_broken_is_not_a_finding() {
    let scratch = Scratch::with(&[
        ("a/contract.yaml", GOOD),
        ("c/contract.yaml", "hadome: contract/1\nid: c\ntitel: x\n"),
    ]);
    for format in ["text", "concise", "github"] {
        let ran = scratch.check_in("en", &["a", "c", "--format", format]);
        ran.code(3).hides(&["ZZZ-01]", "1 fail", "1 undecided"]).says(&["error[unknown-key]"]);
    }
    let ran = scratch.check_in("en", &["a", "c", "--format", "json"]);
    let json = ran.code(3).json();
    assert_eq!(json["dossiers"][1]["status"], "refused");
    assert!(json["dossiers"][1].get("outcomes").is_none(), "{}", json["dossiers"][1]);
    assert_eq!((&json["totals"]["outcomes"], &json["totals"]["pass"]), (&1.into(), &1.into()));
    assert_eq!(json["dossier_totals"]["refused"], 1);
    let ran = scratch.check_in("en", &["a", "c", "--format", "junit"]);
    ran.code(3).shows(&["<error "]).hides(&["<failure"]);
    // And the reverse: a finding is no error of input.
    let ran = Scratch::contract(CONTRACT).check_in("en", &["a", "--format", "junit"]);
    ran.code(1).shows(&["<failure "]).hides(&["<error"]);
    assert_eq!(ran.err, "");
}

/// A waiver as it must be, for one clause of an outcome of `ZZZ-01` and the fact behind it.
fn waiver(policy: &str, target: &str, more: &str) -> String {
    format!(
        "  - id: w-{}\n    policy: {policy}\n    target: '{target}'\n    reason: 理由\n    compensating_measure: 代替\n    \
         requested_by: {{name: 申請, role: 係長, organisation: 甲市, side: client, on: 2026-02-01}}\n    \
         approved_by: {{name: 許可, role: 課長, organisation: 甲市, side: client, on: 2026-03-01, decision_number: 第1号}}\n{more}",
        policy.to_lowercase()
    )
}

fn waivers(entries: &str) -> String {
    format!("hadome: waivers/1\nid: x\nwaivers:\n{entries}")
}

const LIMIT: &str = "require:\n  - {id: duty, part: promise, that: contract.data_return.on_end}\n  \
                     - {id: limit, part: promise, that: contract.data_return.deadline_days <= 30}\n";
const LATE: &str = "data_return: {on_end: true, deadline_days: 90}\n";
const ACCEPTED: &str = "    accepts: fail\n    clauses: [limit]\n    stated: [{fact: contract.data_return.deadline_days, value: 90}]\n";

#[test]
fn trap_13_an_expired_or_unused_waiver_is_never_silent() {
    let scratch = Scratch::demanding(LIMIT, &format!("{CONTRACT}{LATE}"));
    let ends = |day: &str| waiver("ZZZ-01", "dossier", &format!("{ACCEPTED}    expires_on: {day}\n"));
    let table = [
        (ends("2026-03-31"), "expired", "1 fail", true),
        (ends("2026-04-01"), "active", "1 waived", true),
        (ends("2026-05-01"), "active", "1 waived", true),
        (ends("2026-05-02"), "active", "1 waived", false),
        (
            waiver("ZZZ-01", "system[x]", &format!("{ACCEPTED}    expires_on: 2026-12-31\n")),
            "unused",
            "1 fail",
            true,
        ),
        (waiver("ZZZ-01", "dossier", ACCEPTED), "invalid", "1 fail", true),
    ];
    for (entry, state, total, warns) in table {
        scratch.write("a/waivers.yaml", waivers(&entry));
        for format in ["text", "concise", "junit", "sarif", "github", "json"] {
            let ran = scratch.check_in("en", &["a", "--format", format]);
            assert!(!warns || ran.out.contains("w-zzz-01"), "{format}: {}", ran.out);
        }
        scratch.check(&["a"]).shows(&[total]);
        let list =
            ["waiver", "list", "a", "--as-of", AS_OF, "--policies", "policies", "--profile", "profile.yaml"];
        let ran = scratch.hadome("en", &list);
        ran.code(0).shows(&[&format!("{state}[w-zzz-01]")]);
        assert_eq!(ran.out.contains("WARNING: "), warns && state == "active", "{}", ran.out);
        let ran = scratch.hadome("en", &[&list[..], &["--warn-days", "365"]].concat());
        assert_eq!(ran.out.contains("WARNING: "), state == "active", "{}", ran.out);
    }
}

#[test]
fn trap_14_an_unapproved_exception_has_no_effect_and_is_shown_as_requested() {
    let scratch = Scratch::demanding(LIMIT, &format!("{CONTRACT}{LATE}"));
    let whole = waivers(&waiver("ZZZ-01", "dossier", &format!("{ACCEPTED}    expires_on: 2026-12-31\n")));
    let approval = whole.lines().find(|line| line.contains("approved_by")).unwrap();
    let later = approval.replace("2026-03-01", "2026-04-02");
    let table = [
        ("    approved_by: {}", "requested"),
        ("    approved_by: {name: null, on: 未定}", "requested"),
        (&later, "requested"),
        (&approval.replace("side: client", "side: contractor"), "invalid"),
        (&approval.replace("name: 許可", "name: 申請"), "invalid"),
        (&approval.replace(", on: 2026-03-01", ""), "invalid"),
    ];
    for (line, state) in table {
        scratch.write("a/waivers.yaml", whole.replace(approval, line));
        let ran = scratch.check(&["a"]);
        ran.code(1).shows(&["fail[ZZZ-01]", "1 fail", "0 waived"]);
        let json = scratch.check_in("en", &["a", "--format", "json"]).json();
        assert_eq!(json["dossiers"][0]["waivers"][0]["state"], state, "{line}");
        assert!(ran.out.contains("w-zzz-01"), "shown: {}", ran.out);
    }
    scratch.write("a/waivers.yaml", whole);
    scratch.check(&["a"]).code(0).shows(&["1 waived", "0 fail"]);
}

/// Whatever outcomes are waived, every other one keeps its verdict, and no total changes but theirs.
#[test]
fn trap_15_a_waiver_for_one_outcome_never_changes_another() {
    let scratch = mixed();
    let page =
        |scratch: &Scratch| scratch.check_in("en", &["a", "--format", "json"]).json()["dossiers"][0].clone();
    let raw = page(&scratch);
    let outcomes = raw["outcomes"].as_array().unwrap();
    let word = |outcome: &Value, key: &str| outcome[key].as_str().unwrap().to_owned();
    let waivable: Vec<&Value> = outcomes
        .iter()
        .filter(|outcome| ["fail", "undecided", "unproven"].contains(&&*word(outcome, "verdict")))
        .collect();
    assert!(waivable.len() >= 4, "{}", waivable.len());
    // Every set of them, since they are few.
    for set in 0..1usize << waivable.len() {
        let chosen: Vec<&&Value> =
            waivable.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, o)| o).collect();
        let entries: String = chosen
            .iter()
            .enumerate()
            .map(|(at, outcome)| {
                let clauses: Vec<String> =
                    outcome["clauses"].as_array().unwrap().iter().map(|clause| word(clause, "id")).collect();
                let more = format!(
                    "    accepts: {}\n    clauses: [{}]\n    expires_on: 2026-12-31\n",
                    word(outcome, "verdict"),
                    clauses.join(", ")
                );
                waiver(&word(outcome, "policy"), &word(outcome, "target"), &more)
                    .replace("id: w-", &format!("id: w{at}-"))
            })
            .collect();
        scratch.write(
            "a/waivers.yaml",
            if entries.is_empty() { "hadome: waivers/1\nid: x\n".to_owned() } else { waivers(&entries) },
        );
        let found = page(&scratch);
        for (before, after) in outcomes.iter().zip(found["outcomes"].as_array().unwrap()) {
            let same =
                |one: &&&&Value| (&one["policy"], &one["target"]) == (&before["policy"], &before["target"]);
            if chosen.iter().any(|one| same(&one)) {
                assert_eq!((&after["verdict"], &after["accepted"]), (&"waived".into(), &before["verdict"]));
            } else {
                assert_eq!((after, set), (before, set));
            }
        }
        assert_eq!(found["totals"]["waived"], chosen.len());
        assert_eq!(sum(&found["totals"]), sum(&raw["totals"]));
    }
}

#[test]
fn trap_16_a_waiver_never_absorbs_a_different_finding() {
    let all = format!(
        "{LIMIT}  - {{id: tasks, part: promise, that: \"contract.subcontractors.all(s, s.task != '全部')\"}}\n"
    );
    let none = "subcontractors: [{id: p, task: 保守}]\n";
    let whole = format!("{ACCEPTED}    expires_on: 2026-12-31\n");
    let tasks = "    accepts: fail\n    clauses: [tasks]\n    stated: [{fact: 'contract.subcontractors[s].task', value: 全部}]\n    expires_on: 2026-12-31\n";
    let one = "data_return: {on_end: true, deadline_days: 30}\nsubcontractors: [{id: s, task: 全部}]\n";
    // What was accepted, the documents on that day and later, and whether it is still accepted.
    let table = [
        ("as accepted", &whole, format!("{LATE}{none}"), true),
        (
            "another clause fails too",
            &whole,
            format!("{}{none}", LATE.replace("on_end: true", "on_end: false")),
            false,
        ),
        ("another clause opens too", &whole, format!("data_return: {{deadline_days: 90}}\n{none}"), false),
        (
            "another clause alone fails",
            &whole,
            format!("data_return: {{on_end: false, deadline_days: 30}}\n{none}"),
            false,
        ),
        ("the fact is worse", &whole, format!("{}{none}", LATE.replace("90", "91")), false),
        ("the fact is better, not enough", &whole, format!("{}{none}", LATE.replace("90", "60")), false),
        ("the fact is not stated any more", &whole, format!("data_return: {{on_end: true}}\n{none}"), false),
        ("one item, as accepted", &tasks.to_owned(), one.to_owned(), true),
        (
            "a second item fails in the same clause",
            &tasks.to_owned(),
            one.replace("{id: s, task: 全部}", "{id: s, task: 全部}, {id: t, task: 全部}"),
            false,
        ),
        ("another item alone fails", &tasks.to_owned(), one.replace("id: s", "id: t"), false),
    ];
    for (note, entry, lines, accepted) in table {
        let scratch = Scratch::demanding(&all, &format!("{CONTRACT}{lines}"));
        scratch.write("a/waivers.yaml", waivers(&waiver("ZZZ-01", "dossier", entry)));
        for format in ["concise", "json"] {
            let ran = scratch.check_in("en", &["a", "--format", format]);
            assert_eq!(ran.code, i32::from(!accepted), "{note}: {}", ran.out);
        }
        let ran = scratch.check(&["a"]);
        assert_eq!(ran.out.contains("1 waived"), accepted, "{note}: {}", ran.out);
        assert!(accepted || ran.out.contains("outgrown"), "{note}: {}", ran.out);
    }
    // Another target: the same policy and clause of another item.
    let each = "for_each: {s: contract.subcontractors}\nwhen_empty: undecided\nrequire:\n  - {id: task, part: promise, that: \"s.task != '全部'\"}\n";
    let scratch = Scratch::demanding(
        each,
        &format!("{CONTRACT}subcontractors: [{{id: s, task: 全部}}, {{id: t, task: 全部}}]\n"),
    );
    let entry = "    accepts: fail\n    clauses: [task]\n    expires_on: 2026-12-31\n";
    scratch.write("a/waivers.yaml", waivers(&waiver("ZZZ-01", "contract.subcontractors[s]", entry)));
    scratch.check(&["a"]).code(1).shows(&["1 fail", "1 waived"]);
    // A worse verdict than the one accepted.
    let scratch = Scratch::demanding(LIMIT, &format!("{CONTRACT}{LATE}"));
    let entry = "    accepts: undecided\n    clauses: [limit]\n    expires_on: 2026-12-31\n";
    scratch.write("a/waivers.yaml", waivers(&waiver("ZZZ-01", "dossier", entry)));
    scratch.check(&["a"]).code(1).shows(&["1 fail", "0 waived", "outgrown"]);
}

#[test]
fn trap_17_duplicate_keys_are_refused_at_any_depth_with_both_places() {
    let table = [
        ("title: a\ntitle: a\n", "3:1", "4:1"),
        ("data_return:\n  on_end: true\n  on_end: false\n", "4:3", "5:3"),
        ("data_return: {on_end: true, \"on_end\": false}\n", "3:15", "3:29"),
        ("parties:\n  - id: p\n    name: a\n    name: b\n", "5:5", "6:5"),
        ("id: y\n", "2:1", "3:1"),
    ];
    for (lines, first, second) in table {
        let ran = judged(DUTY, lines);
        ran.code(3).silent().says(&["error[duplicate-key]", &format!("a/contract.yaml:{second}")]);
        let line = first.split(':').next().unwrap();
        let both = ran.err.contains(&format!("a/contract.yaml:{first}"))
            || ran.err.lines().any(|l| l.starts_with(&format!("{line} |")));
        assert!(both, "no {first} in:\n{}", ran.err);
    }
}

#[test]
fn trap_18_no_defaults_fill_gaps() {
    let scratch = Scratch::contract(CONTRACT);
    for kind in ["contract", "system", "records", "evidence", "waivers"] {
        let schema: Value = scratch.hadome("en", &["schema", kind]).json();
        let mut paths = Vec::new();
        defaults(&schema, kind, &mut paths);
        assert_eq!(paths, Vec::<String>::new(), "a schema's default would speak for the contractor");
    }
    // The whole built-in library over documents that state nothing: nothing passes, nothing fails.
    scratch.write("a/system.yaml", SYSTEM).write("a/records.yaml", "hadome: records/1\nid: r\n");
    for stage in ["bid", "build", "running", "ended"] {
        let arguments = ["check", "a", "--as-of", AS_OF, "--stage", stage, "--format", "json"];
        let totals = scratch.hadome("en", &arguments).json()["totals"].clone();
        assert_eq!((&totals["pass"], &totals["fail"]), (&0.into(), &0.into()), "{stage}: {totals}");
        assert!(totals["undecided"].as_u64() > Some(0), "{stage}: {totals}");
    }
}

/// What nobody said does not come to stand in a register.
#[test]
fn trap_18_a_default_never_counts_as_a_statement_in_a_register() {
    let scratch = Scratch::contract(GOOD);
    scratch.write("a/evidence/x.pdf", "x");
    let yardstick = ["--as-of", AS_OF, "--policies", "policies", "--profile", "profile.yaml"];
    let add = ["evidence", "add", "a", "a/evidence/x.pdf", "--kind", "other"];
    scratch.hadome("ja", &[&add[..], &yardstick].concat()).code(0);
    let keys: Vec<String> = scratch
        .read("a/evidence.yaml")
        .lines()
        .skip(3)
        .map(|line| line.trim_start_matches([' ', '-']).split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(keys, ["id", "kind", "file", "sha256"]);
    // Neither the issuer's side nor an examination is supposed: it proves nothing.
    scratch
        .hadome("en", &[&["evidence", "verify", "a"], &yardstick[..]].concat())
        .code(1)
        .shows(&["not_examined"]);
}

/// Where a schema states a default; a field that is called so is none.
fn defaults(schema: &Value, path: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                if key == "default" && !path.ends_with("/properties") {
                    found.push(path.to_owned());
                }
                defaults(value, &format!("{path}/{key}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| defaults(item, path, found)),
        _ => {}
    }
}

/// `file:line:column` of everything in a text that looks like one.
fn places(text: &str) -> Vec<(String, usize, usize)> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')' | '／' | ';'));
    words
        .filter_map(|word| {
            let word = word.trim_end_matches(':');
            let (rest, column) = word.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            Some((file.to_owned(), line.parse().ok()?, column.parse().ok()?))
        })
        .collect()
}

/// The text that stands at a place.
fn at(text: &str, line: usize, column: usize) -> String {
    let line =
        text.split('\n').nth(line - 1).unwrap_or_else(|| panic!("no line {line}")).trim_end_matches('\r');
    line.chars().skip(column - 1).collect()
}

#[test]
fn trap_19_places() {
    let contract = "# 委託契約書の写し\nhadome: contract/1\nid: x\ntitle: \"𠮷野町：システム\"   # 全角と絵文字😀\n\
                    data_return: {method: 物理破壊（全台）, on_end: false}\n\
                    incident:\n  first_report_hours: {value: 48, ref: {article: 第9条}}\n\
                    subcontractors:\n  - {id: a, name: 株式会社あ, task: 保守}\n  - {id: い, task: 運用}\n";
    let contract = contract.replace("id: い", "id: i");
    let rest = "require:\n  - {id: duty, part: promise, that: contract.data_return.on_end}\n\
                \x20 - {id: quick, part: promise, that: contract.incident.first_report_hours <= 24}\n\
                \x20 - {id: nobody, part: promise, that: \"contract.subcontractors.all(s, s.task != '運用')\"}\n\
                \x20 - {id: method, part: promise, that: \"contract.data_return.method != '物理破壊（全台）'\"}\n\
                \x20 - {id: limit, part: promise, that: contract.data_return.deadline_days <= 30}\n";
    let stated = ["false", "48", "運用", "物理破壊（全台）"];
    for (mark, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
        let text = format!("{mark}{}", contract.replace('\n', end));
        let scratch = Scratch::demanding(rest, &text);
        let text = scratch.read("a/contract.yaml");
        for (lang, label) in [("ja", "記載："), ("en", "stated: ")] {
            let ran = scratch.check_in(lang, &["a", "--format", "text"]);
            ran.code(1);
            let mut seen = Vec::new();
            for line in ran.out.lines().filter_map(|line| line.trim_start().strip_prefix(label)) {
                let [(file, row, column)] = &places(line)[..] else { panic!("one place: {line}") };
                assert_eq!(file, "a/contract.yaml");
                let under = at(&text, *row, *column);
                let value = stated.iter().find(|value| under.starts_with(**value));
                let value = value.unwrap_or_else(|| panic!("`{under}` under {line}"));
                let said = if *value == "false" { ["なし", ": no", ": false"] } else { [*value; 3] };
                assert!(said.iter().any(|said| line.contains(said)), "`{value}` is not what {line} says");
                seen.push(*value);
            }
            assert_eq!(seen, stated, "{}", ran.out);
            excerpts(&ran.out, &text);
        }
        let ran = scratch.check(&["a"]);
        let [(file, row, column)] = &places(ran.out.lines().next().unwrap())[..1] else {
            panic!("{}", ran.out)
        };
        assert_eq!((file.as_str(), at(&text, *row, *column).starts_with("false")), ("a/contract.yaml", true));
    }
}

/// Each excerpt shows the line that its number names, and the line of its arrow stands in it.
#[track_caller]
fn excerpts(out: &str, text: &str) {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let mut shown = 0;
    for line in out.lines() {
        let Some((number, source)) = line.split_once(" | ") else { continue };
        let Ok(number) = number.trim().parse::<usize>() else { continue };
        assert_eq!(source, lines[number - 1], "line {number}");
        shown += 1;
    }
    assert!(shown >= 4, "{out}");
}

#[test]
fn trap_19_the_place_of_what_is_missing() {
    let lines = "data_return:\n  on_end: true\n";
    let ran = judged(&clause("contract.data_return.deadline_days <= 30"), lines);
    let found = places(ran.code(1).out.lines().next().unwrap());
    let (file, row, column) = &found[0];
    let text = format!("{CONTRACT}{lines}");
    assert_eq!(file, "a/contract.yaml");
    assert!(
        at(&text, *row, *column).starts_with("data_return"),
        "the nearest parent that exists: {}",
        ran.out
    );
}

#[test]
fn trap_20_encodings_are_named_or_read_right() {
    let lines = "title: 契約書の目的\ndata_return: {on_end: false}\n";
    let text = format!("{CONTRACT}{lines}");
    let plain = Scratch::contract(&text).check(&["a"]);
    plain.code(1).shows(&["a/contract.yaml:4:23: fail"]);
    for read in [
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{}", text.replace('\n', "\r\n")),
    ] {
        assert_eq!(Scratch::contract(read).check(&["a"]).out, plain.out);
    }
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let table: [(Vec<u8>, &str); 4] = [
        ([CONTRACT.as_bytes(), b"title: \x8c_\x96\xf1\x8f\x91\x82\xcc\x96\xda\x93I\n"].concat(), "Shift_JIS"),
        (
            [CONTRACT.as_bytes(), b"title: \xb7\xc0\xcc\xf3\xbd\xf1\xa4\xce\xcc\xdc\xc5\xaa\n"].concat(),
            "EUC-JP",
        ),
        (wide(u16::to_le_bytes), "UTF-16"),
        (wide(u16::to_be_bytes), "UTF-16"),
    ];
    for (bytes, encoding) in table {
        let ran = Scratch::contract(bytes).check(&["a"]);
        ran.code(3).silent().says(&["error[wrong-encoding]", encoding, "UTF-8"]);
    }
}

#[test]
fn trap_21_same_bytes_with_shuffled_inputs() {
    let names = ["a", "b", "c", "d", "e"];
    let orders = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]];
    for format in ["text", "concise", "json", "sarif", "junit", "github"] {
        let runs = orders.map(|order| {
            let scratch = Scratch::with(&[("profile.yaml", &PROFILE.replace("{policies: [ZZZ-01]}", "{families: [ZZZ]}"))]);
            for at in order {
                let each = "for_each: {s: contract.subcontractors}\nwhen_empty: undecided\nrequire:\n  - {id: task, part: promise, that: stated(s.task)}\n";
                scratch.write(&format!("policies/zzz/ZZZ-1{at}.yaml"), policy(&format!("ZZZ-1{at}"), each));
                let name = names[at];
                let contract = format!("hadome: contract/1\nid: {name}\nsubcontractors: [{{id: z}}, {{id: y, task: 保守}}]\n");
                scratch.write(&format!("{name}/contract.yaml"), contract);
                for system in order.map(|at| names[at]) {
                    scratch.write(&format!("{name}/systems/{system}.yaml"), SYSTEM.replace("web", system));
                }
            }
            scratch.write("broken/contract.yaml", "hadome: contract/1\n");
            let mut paths = order.map(|at| names[at]).to_vec();
            paths.insert(order[0], "broken");
            paths.extend(["--format", format]);
            let ran = scratch.check_in("ja", &paths);
            (ran.code(3).out.clone(), ran.err.clone())
        });
        assert!(!runs[0].0.is_empty() || format == "github", "{format}");
        assert_eq!(runs[0], runs[1], "{format}");
        assert_eq!(runs[0], runs[2], "{format}");
    }
}

/// A promise and a design that do not agree: both places stand in the finding, whatever the format.
#[test]
fn both_places_of_a_promise_and_a_design_stand_in_every_format() {
    let demand = "require:\n  - {id: it, part: design, that: system.logging.retention_days >= \
                  contract.logs.retention_days}\n";
    let scratch = Scratch::demanding(demand, &format!("{CONTRACT}logs:\n  retention_days: 365\n"));
    scratch.write("a/system.yaml", format!("{SYSTEM}logging:\n  retention_days: 90\n"));
    let places = ["a/system.yaml:4:19", "a/contract.yaml:4:19"];
    for format in ["text", "concise", "sarif", "junit", "github"] {
        for lang in ["ja", "en"] {
            scratch.check_in(lang, &["a", "--format", format]).code(1).shows(&places);
        }
    }
    let json = scratch.check_in("en", &["a", "--format", "json"]).json();
    let facts = &json["dossiers"][0]["outcomes"][0]["clauses"][0]["facts"];
    let files: Vec<&Value> = (0..2).map(|at| &facts[at]["place"]["file"]).collect();
    assert_eq!(files, ["a/system.yaml", "a/contract.yaml"]);
}

/// Where sources disagree, both values, their places and ranks stand in the finding.
#[test]
fn both_values_of_a_conflict_stand_in_every_format_with_their_ranks() {
    let contract = format!(
        "{CONTRACT}sources:\n  - {{id: special, title: 特記事項, rank: 1}}\n  - {{id: spec, title: 仕様書, rank: 2}}\n\
         incident:\n  first_report_hours: {{conflicting: [{{value: 24, ref: {{source: special}}}}, {{value: 72, ref: {{source: spec}}}}]}}\n"
    );
    let scratch = Scratch::demanding(&clause("contract.incident.first_report_hours <= 24"), &contract);
    for format in ["text", "concise", "sarif", "junit", "github"] {
        let ran = scratch.check_in("en", &["a", "--format", format]);
        ran.code(1).shows(&["24 hours", "72 hours", "precedence 1", "precedence 2", "a/contract.yaml:7:46"]);
    }
    let json = scratch.check_in("en", &["a", "--format", "json"]).json();
    let values = &json["dossiers"][0]["outcomes"][0]["clauses"][0]["gaps"][0]["conflicting"];
    assert_eq!((&values[0]["rank"], &values[1]["rank"]), (&Value::from("1"), &Value::from("2")));
}

/// The stage follows from the dates; where the contract does not say when the service begins, the
/// systems' own dates do; what nobody says leaves it unknown.
#[test]
fn the_stage_follows_from_the_dates_of_contract_and_systems() {
    let signed = "term: {signed_on: 2025-03-01, start: 2025-04-01, end: 2027-03-31}\n";
    let opened =
        "term: {signed_on: 2025-03-01, start: 2025-04-01, end: 2027-03-31, service_start: 2026-03-31}\n";
    let table: [(&str, &[&str], Value); 17] = [
        (opened, &[], "running".into()),
        (opened, &["2026-06-01"], "running".into()),
        (signed, &[], Value::Null),
        // A line of a form that was left blank says nothing; a placeholder says that the day is open.
        (
            "term: {signed_on: 2025-03-01, start: 2025-04-01, end: 2027-03-31, service_start: 2026-03-31, terminated_on: , extended_to: null}\n",
            &[],
            "running".into(),
        ),
        (
            "term: {signed_on: 2025-03-01, start: 2025-04-01, end: 2027-03-31, service_start: 2026-03-31, terminated_on: 未定}\n",
            &[],
            Value::Null,
        ),
        (
            "term: {signed_on: 2025-03-01, start: 2025-04-01, end: 2027-03-31, service_start: }\n",
            &["2026-04-01"],
            "running".into(),
        ),
        // A contract by which nothing runs is not believed against a system that does.
        (
            "term: {signed_on: 2025-03-01, start: 2025-04-01, end: 2027-03-31, service_start: 2026-06-01}\n",
            &["2026-01-01"],
            Value::Null,
        ),
        ("term: {signed_on: 2026-06-01, start: 2025-04-01, end: 2027-03-31}\n", &["2026-01-01"], Value::Null),
        (
            "term: {signed_on: 2025-03-01, start: 2026-05-01, end: 2027-03-31, service_start: 2026-05-01}\n",
            &["2020-01-01"],
            "build".into(),
        ),
        (signed, &["2026-04-01"], "running".into()),
        (signed, &["2026-04-02"], "build".into()),
        (signed, &["2026-04"], Value::Null),
        (signed, &["2026-06-01", "2026-01-01"], "running".into()),
        (signed, &["2026-06-01", "2026-07-01"], "build".into()),
        (signed, &["2026-06-01", "未定"], Value::Null),
        (
            "term: {signed_on: 2026-04-02, start: 2026-05-01, end: 2027-03-31}\n",
            &["2026-01-01"],
            "bid".into(),
        ),
        (
            "term: {signed_on: 2024-04-02, start: 2024-05-01, end: 2026-03-31}\n",
            &["2024-06-01"],
            "ended".into(),
        ),
    ];
    for (term, starts, wanted) in table {
        let scratch = Scratch::contract(format!("{GOOD}{term}"));
        for (at, start) in starts.iter().enumerate() {
            let system = format!("hadome: system/1\nid: s{at}\nservice_start: {start}\n");
            scratch.write(&format!("a/systems/s{at}.yaml"), system);
        }
        let json = scratch.check_in("en", &["a", "--format", "json"]).json();
        assert_eq!(json["dossiers"][0]["stage"], wanted, "{term}{starts:?}");
    }
}
