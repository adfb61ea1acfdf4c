//! Waivers from the command line: a skeleton for exactly one outcome, and the state of each.

mod common;

use std::fs;

use common::{CONTRACT, PROFILE, Ran, Scratch, policy};
use serde_json::Value;

const RULES: &str = "require:\n  - {id: duty, part: promise, that: contract.data_return.on_end}\n  \
                     - {id: limit, part: promise, that: contract.data_return.deadline_days <= 30}\n";
const EACH: &str = "for_each: {s: contract.subcontractors}\nwhen_empty: undecided\n\
                    require:\n  - {id: task, part: promise, that: stated(s.task)}\n";
const ALL: &str =
    "require:\n  - {id: tasks, part: promise, that: 'contract.subcontractors.all(s, s.tier == 2)'}\n";
const LINES: &str = "data_return: {on_end: true, deadline_days: 90}\n\
                     subcontractors: [{id: s, tier: 1}, {id: t, tier: 1, task: 保守}]\n";

/// A dossier that fails one policy, leaves one open for one of two items, and passes one.
fn dossier() -> Scratch {
    let scratch =
        Scratch::with(&[("profile.yaml", &PROFILE.replace("{policies: [ZZZ-01]}", "{families: [ZZZ]}"))]);
    scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", RULES));
    scratch.write("policies/zzz/ZZZ-02.yaml", policy("ZZZ-02", EACH));
    let law = format!("waivable: false\n{}", RULES.replace("<= 30", "<= 10"));
    scratch.write("policies/zzz/ZZZ-03.yaml", policy("ZZZ-03", &law));
    scratch.write("a/contract.yaml", format!("{CONTRACT}{LINES}"));
    scratch
}

const YARDSTICK: [&str; 4] = ["--policies", "policies", "--profile", "profile.yaml"];

#[track_caller]
fn waiver(scratch: &Scratch, lang: &str, arguments: &[&str]) -> Ran {
    let day: &[&str] = if arguments.contains(&"--as-of") { &[] } else { &["--as-of", "2026-04-01"] };
    scratch.hadome(lang, &[&["waiver"], arguments, day, &YARDSTICK].concat())
}

/// Fills in what the skeleton leaves blank.
fn approved(skeleton: &str, expires_on: &str) -> String {
    let mut person = 0;
    let lines = skeleton.lines().map(|line| {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        if key.ends_with("_by") {
            person += 1;
        }
        let fill = match key.trim() {
            "reason" => "次期更新まで",
            "compensating_measure" => "月次で書き出す",
            "name" => ["許可 花子", "申請 太郎"][person % 2],
            "role" => "課長",
            "organisation" => "甲市",
            "side" => "client",
            "on" => "2026-03-01",
            "decision_number" => "第1号",
            "expires_on" => expires_on,
            _ => return format!("{line}\n"),
        };
        if value.trim().is_empty() || value.trim().starts_with('#') {
            format!("{key}: {fill}\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

#[test]
fn the_skeleton_names_one_outcome_and_approves_nothing() {
    let scratch = dossier();
    let ran = waiver(&scratch, "ja", &["new", "a", "--policy", "ZZZ-01", "--target", "dossier"]);
    ran.code(0).shows(&["a/waivers.yaml に例外措置「zzz-01」", "許可するまで、効力はありません"]);
    let text = scratch.read("a/waivers.yaml");
    let start = "hadome: waivers/1\nid: x\nwaivers:\n  - id: zzz-01\n    policy: ZZZ-01\n    target: dossier\n    \
                 accepts: fail\n    clauses: [limit]\n    stated:\n      - fact: contract.data_return.deadline_days\n        \
                 value: 90\n    reason: # 理由\n    compensating_measure: # 代替措置\n    requested_by: # 申請者\n      \
                 name: # 氏名\n";
    assert!(text.starts_with(start), "{text}");
    assert!(
        text.ends_with("decision_number: # 決裁番号\n    expires_on: # 期限 [2026-04-01 / 令和8年4月1日]\n"),
        "{text}"
    );
    scratch.check(&["a"]).code(1).shows(&["fail[ZZZ-01]", "0 waived"]);
    // The next one goes below; its end was given.
    let target = "contract.subcontractors[s]";
    let ran = waiver(
        &scratch,
        "en",
        &["new", "a", "--policy", "ZZZ-02", "--target", target, "--expires-on", "令和8年9月30日"],
    );
    ran.code(0).shows(&["no effect until"]);
    let both = scratch.read("a/waivers.yaml");
    let second = format!(
        "  - id: zzz-02\n    policy: ZZZ-02\n    target: {target}\n    accepts: undecided\n    clauses: [task]\n    \
         stated:\n      - fact: {target}.task\n        value: # not stated\n    reason: # reason\n"
    );
    assert!(
        both.starts_with(&format!("{text}{second}")) && both.ends_with("expires_on: 令和8年9月30日\n"),
        "{both}"
    );
    let json = waiver(&scratch, "en", &["list", "a", "--format", "json"]).json();
    assert_eq!(states(&json), ["invalid", "invalid"]);
    // Filled in, both have effect, each on its own outcome.
    scratch.write("a/waivers.yaml", approved(&both, "2026-09-30"));
    let json = waiver(&scratch, "en", &["list", "a", "--format", "json"]).json();
    assert_eq!(states(&json), ["active", "active"], "{json}");
    scratch.check(&["a"]).code(1).shows(&["fail[ZZZ-03]", "1 fail", "0 undecided", "2 waived"]);
}

fn states(json: &Value) -> Vec<&str> {
    json["waivers"].as_array().expect("a list").iter().filter_map(|waiver| waiver["state"].as_str()).collect()
}

#[test]
fn where_there_is_nothing_to_waive_none_is_begun() {
    let scratch = dossier();
    let table: [(&[&str], &[&str], &[&str]); 5] = [
        (
            &["ZZZ-09", "dossier"],
            &["「ZZZ-09」という確認項目はありません"],
            &["no policy `ZZZ-09`", "did you mean"],
        ),
        (
            &["DLC-01", "dossier"],
            &["今回の確認項目に含まれていません"],
            &["the profile does not select DLC-01"],
        ),
        (&["ZZZ-03", "dossier"], &["例外措置を認めない確認項目"], &["admits no waiver"]),
        (
            &["ZZZ-02", "dossier"],
            &[
                "対象「dossier」の判定がありません",
                "--target 'contract.subcontractors[s]'：未確認",
                "[t]'：適合",
            ],
            &["no outcome for `dossier`", "--target 'contract.subcontractors[s]': undecided"],
        ),
        (
            &["ZZZ-02", "contract.subcontractors[t]"],
            &["判定は「適合」であり、例外措置の対象となりません"],
            &["is \"pass\" and needs no waiver"],
        ),
    ];
    for (outcome, ja, en) in table {
        for (lang, words) in [("ja", ja), ("en", en)] {
            let ran = waiver(&scratch, lang, &["new", "a", "--policy", outcome[0], "--target", outcome[1]]);
            ran.code(2).silent().says(words);
            assert!(!scratch.path("a/waivers.yaml").exists());
        }
    }
    // A second one for the same outcome.
    let new = ["new", "a", "--policy", "ZZZ-01", "--target", "dossier"];
    waiver(&scratch, "en", &new).code(0);
    let before = scratch.read("a/waivers.yaml");
    let ran = waiver(&scratch, "en", &new);
    ran.code(2).silent().says(&["[two-waivers]", "nothing was written to a/waivers.yaml"]);
    assert_eq!(scratch.read("a/waivers.yaml"), before);
}

/// A whole waiver of ZZZ-01 with some lines in place of others.
fn written(lines: &[&str]) -> String {
    let mut entry = vec![
        "id: w",
        "policy: ZZZ-01",
        "target: dossier",
        "accepts: fail",
        "clauses: [limit]",
        "stated: [{fact: contract.data_return.deadline_days, value: 90}]",
        "reason: 次期更新まで",
        "compensating_measure: 月次で書き出す",
        "requested_by: {name: 申請 太郎, role: 係長, organisation: 甲市, side: client, on: 2026-02-01}",
        "approved_by: {name: 許可 花子, role: 課長, organisation: 甲市, side: client, on: 2026-03-01, decision_number: 第1号}",
        "expires_on: 2026-12-31",
    ];
    for line in lines {
        let key = line.split(':').next();
        entry.retain(|known| known.split(':').next() != key);
        if !line.ends_with(": -") {
            entry.push(line);
        }
    }
    let lines = entry.iter().enumerate();
    let lines: String =
        lines.map(|(at, line)| format!("{}{line}\n", if at == 0 { "  - " } else { "    " })).collect();
    format!("hadome: waivers/1\nid: x\nwaivers:\n{lines}")
}

#[test]
fn each_state_is_shown_with_its_reason() {
    let approver = "approved_by: {name: 許可 花子, role: 課長, organisation: 甲市, side: client, on: 2026-03-01, decision_number: 第1号}";
    let no_role = approver.replace("role: 課長, ", "");
    let own = approver.replace("side: client", "side: contractor");
    let same = approver.replace("許可 花子", "申請　太郎");
    let later = approver.replace("2026-03-01", "2026-04-02");
    let table: [(&[&str], &str, &[&str]); 16] = [
        (&[], "active", &["有効", "第1号", "令和8年12月31日"]),
        (&["approved_by: -"], "requested", &["申請中（未許可）"]),
        (&[&later], "requested", &["申請中（未許可）"]),
        (&["expires_on: 2026-03-31"], "expired", &["期限切れ"]),
        (&["accepts: undecided"], "outgrown", &["許可された判定より重い"]),
        (&["clauses: [duty]"], "outgrown", &["許可されていない判定条件を満たすと確認できない："]),
        (
            &["stated: [{fact: contract.data_return.deadline_days, value: 60}]"],
            "outgrown",
            &["許可の時から記載が変わった：contract.data_return.deadline_days"],
        ),
        (
            &[
                "policy: ZZZ-04",
                "clauses: [tasks]",
                "stated: [{fact: 'contract.subcontractors[s].tier', value: 1}]",
            ],
            "outgrown",
            &["許可の時になかった事項も判定のもととなっている：contract.subcontractors"],
        ),
        (&["target: system[web]"], "unused", &["この確認項目及び対象の判定がない"]),
        (
            &["policy: ZZZ-02", "target: 'contract.subcontractors[t]'", "clauses: [task]", "stated: -"],
            "unused",
            &["例外とするものがない"],
        ),
        (&["expires_on: -"], "invalid", &["期限の記載がない"]),
        (&["reason: -"], "invalid", &["理由の記載がない"]),
        (&["compensating_measure: -"], "invalid", &["代替措置の記載がない"]),
        (&[&no_role], "invalid", &["許可者の職の記載がない"]),
        (&[&own], "invalid", &["委託者の側の者と確認できない"]),
        (&[&same], "invalid", &["申請者と許可者が同一である"]),
    ];
    let scratch = dossier();
    scratch.write("policies/zzz/ZZZ-04.yaml", policy("ZZZ-04", ALL));
    for (lines, state, words) in table {
        scratch.write("a/waivers.yaml", written(lines));
        let ran = waiver(&scratch, "ja", &["list", "a"]);
        ran.code(0).shows(&[&format!("a/waivers.yaml:4:9: {state}[w]")]).shows(words);
        let json = waiver(&scratch, "en", &["list", "a", "--format", "json"]).json();
        valid(&json);
        assert_eq!(states(&json), [state], "{lines:?}");
        waiver(&scratch, "ja", &["list", "a", "--format", "markdown"]).code(0).shows(words);
        // Nothing but an active one has effect.
        let waived = if state == "active" { "1 waived" } else { "0 waived" };
        scratch.check(&["a"]).shows(&[waived]);
        scratch.check(&["a", "--no-waivers"]).shows(&["0 waived"]);
    }
}

#[test]
fn bad_waivers_are_refused_with_their_place() {
    let scratch = dossier();
    let two = format!("{}{}", written(&[]), written(&["id: v"]).split_once("waivers:\n").unwrap().1);
    let table = [
        (written(&["policy: ZZZ-09"]), "[unknown-policy-named]"),
        (written(&["policy: zzz-01"]), "[bad-form]"),
        (written(&["clauses: [limits]"]), "[unknown-clause-named]"),
        (written(&["expires_on: 2026-02-30"]), "[impossible-date]"),
        (written(&["accepts: pass"]), "[unknown-word]"),
        (written(&["target: -"]), "[missing-key]"),
        (two, "[two-waivers]"),
    ];
    for (text, code) in table {
        scratch.write("a/waivers.yaml", &text);
        for (lang, arguments) in
            [("ja", &["list", "a"][..]), ("en", &["new", "a", "--policy", "ZZZ-02", "--target", "x"])]
        {
            waiver(&scratch, lang, arguments).code(3).silent().says(&[code, "a/waivers.yaml:"]);
            assert_eq!(scratch.read("a/waivers.yaml"), text);
        }
    }
}

#[test]
fn what_documents_say_is_escaped_in_the_table() {
    let scratch = dossier();
    scratch.write("a/waivers.yaml", written(&["reason: \"<script>|\\n# x\\e[31m\""]));
    let ran = waiver(&scratch, "en", &["list", "a", "--format", "markdown"]);
    ran.code(0).shows(&["&lt;script>\\| # x"]).hides(&["<script", "\u{1b}"]);
    waiver(&scratch, "en", &["list", "a"]).code(0).hides(&["\u{1b}"]);
    fs::remove_file(scratch.path("a/waivers.yaml")).unwrap();
    waiver(&scratch, "en", &["list", "a", "--format", "markdown"]).code(0).shows(&["There are no waivers."]);
    waiver(&scratch, "ja", &["list", "a"]).code(0).shows(&["例外措置0件"]);
}

/// Holds the list against its schema, which refers to that of `check`.
#[track_caller]
fn valid(document: &Value) {
    let read = |name: &str| {
        let path = format!("{}/schemas/output/{name}.json", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(path).expect("a schema")
    };
    let mut schema: Value =
        serde_json::from_str(&read("waivers-1").replace("urn:hadome:output:check/1#", "#")).expect("JSON");
    let check: Value = serde_json::from_str(&read("check-1")).expect("JSON");
    schema["$defs"] = check["$defs"].clone();
    let schema = jsonschema::options().build(&schema).expect("a schema");
    let errors: Vec<String> =
        schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
