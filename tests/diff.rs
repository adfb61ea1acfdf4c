//! `hadome diff` through the binary: what changed, and why: found by trial between two dossiers or two
//! days, told from what was recorded between two outputs of `check`, and never guessed.

mod common;

use common::{AS_OF, GOOD, PROFILE, Ran, Scratch, policy};
use serde_json::Value;

const BAD: &str = "hadome: contract/1\nid: x\ndata_return:\n  on_end: false\n";
/// The contract ends no earlier than the as-of date.
const IN_FORCE: &str = "require:\n  - {id: term, part: promise, that: contract.term.end >= as_of}\n";
/// A fact that must be proven.
const PROVEN: &str = "require:\n  - {id: shown, part: design, that: system.tenancy.shared == false, proof: {least: documented}}\n";

fn diff_in(scratch: &Scratch, lang: &str, arguments: &[&str]) -> Ran {
    scratch.hadome(lang, &[&["diff"], arguments].concat())
}

const YARDSTICK: [&str; 4] = ["--policies", "policies", "--profile", "profile.yaml"];

/// The comparison as JSON, which fits its schema and adds up.
#[track_caller]
fn diff(scratch: &Scratch, arguments: &[&str], code: i32) -> Value {
    let before = scratch.files();
    let ran = diff_in(scratch, "en", &[arguments, &["--format", "json"]].concat());
    ran.code(code);
    let document = ran.json();
    let schema = serde_json::from_str(include_str!("../schemas/output/diff-1.json")).expect("a schema");
    let validator = jsonschema::options().build(&schema).expect("a schema that compiles");
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
    let totals = &document["totals"];
    let number = |key: &str| totals[key].as_u64().expect("a number");
    assert_eq!(number("changed"), number("worse") + number("better") + number("other"));
    assert_eq!(scratch.files(), before, "nothing is written");
    document
}

/// Each change of the first dossier: policy, verdicts, direction, causes.
#[track_caller]
fn changes(document: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let rows = document["dossiers"][0]["changes"].as_array().expect("changes");
    rows.iter()
        .map(|row| {
            let causes = row["causes"].as_array().expect("causes").iter();
            let causes: Vec<String> = causes
                .map(|cause| format!("{} {}", text(&cause["component"]), text(&cause["role"])))
                .collect();
            let verdict = |side: &str| text(&row[side]["verdict"]);
            let (policy, way) = (text(&row["policy"]), text(&row["direction"]));
            format!("{policy}: {} > {}, {way}: {}", verdict("before"), verdict("after"), causes.join(", "))
        })
        .collect()
}

#[track_caller]
fn recorded(scratch: &Scratch, name: &str, arguments: &[&str]) {
    let check = ["check", "a", "--as-of", AS_OF, "--format", "json"];
    let ran = scratch.hadome("en", &[&check, &YARDSTICK[..], arguments].concat());
    assert!(ran.code < 2, "{ran:#?}");
    scratch.write(name, ran.out);
}

#[test]
fn a_fact_that_changed_is_shown_with_both_its_places() {
    let scratch =
        Scratch::with(&[("old/contract.yaml", GOOD), ("new/contract.yaml", &format!("# n\n{BAD}"))]);
    let arguments = [&["old", "new", "--as-of", AS_OF], &YARDSTICK[..]].concat();
    let document = diff(&scratch, &arguments, 1);
    assert_eq!(changes(&document), ["ZZZ-01: pass > fail, worse: documents alone"]);
    let fact = &document["dossiers"][0]["changes"][0]["facts"][0];
    assert_eq!(fact["path"], "contract.data_return.on_end");
    assert_eq!(
        (&fact["before"]["value"], &fact["after"]["value"]),
        (&Value::from(true), &Value::from(false))
    );
    assert_eq!(
        (&fact["before"]["place"], &fact["after"]["place"]),
        (&"contract.yaml:4".into(), &"contract.yaml:5".into())
    );
    diff_in(&scratch, "ja", &arguments).code(1).shows(&[
        "【悪化】ZZZ-01",
        "判定：適合（申告のみ）→不適合（要是正）",
        "原因：文書（この違いだけで変わる）",
        "contract.yaml:4",
        "計：変化1件（悪化1件、改善0件、その他0件）、変化なし0件",
    ]);
    diff_in(&scratch, "en", &[&arguments[..], &["--format", "markdown"]].concat()).code(1).shows(&[
        "# Changed verdicts",
        "### \\[worse\\] ZZZ-01",
        "- cause: documents (enough by itself)",
        "  - ",
    ]);
    let same = [&["old", "old", "--as-of", AS_OF], &YARDSTICK[..]].concat();
    assert_eq!(changes(&diff(&scratch, &same, 0)), [""; 0]);
    diff_in(&scratch, "ja", &same).code(0).shows(&["異なる前提：なし", "判定の変化はありません"]);
}

#[test]
fn where_several_things_changed_the_cause_is_found_by_trial() {
    let contract = |end: &str, on_end: bool| {
        format!("hadome: contract/1\nid: x\nterm: {{end: {end}}}\ndata_return:\n  on_end: {on_end}\n")
    };
    let scratch = Scratch::with(&[("old/contract.yaml", &contract("2026-06-01", true))]);
    scratch.write("policies/zzz/ZZZ-02.yaml", policy("ZZZ-02", IN_FORCE));
    scratch.write("profile.yaml", PROFILE.replace("[ZZZ-01]", "[ZZZ-01, ZZZ-02]"));
    let days = |to: &'static str| {
        [&["old", "new", "--from", AS_OF, "--to", to, "--fail-on", "never"], &YARDSTICK[..]].concat()
    };
    for (end, on_end, to, want) in [
        // The day has nothing to do with it.
        ("2026-06-01", false, "2026-05-01", vec!["ZZZ-01: pass > fail, worse: documents alone"]),
        // The documents have nothing to do with it.
        ("2026-06-02", true, "2026-07-01", vec!["ZZZ-02: pass > fail, worse: as_of alone"]),
        // Neither would have done it without the other.
        (
            "2026-05-01",
            true,
            "2026-05-15",
            vec!["ZZZ-02: pass > fail, worse: documents needed, as_of needed"],
        ),
        // Either would have done it.
        ("2026-03-01", true, "2026-07-01", vec!["ZZZ-02: pass > fail, worse: documents alone, as_of alone"]),
        // One would have been made good by the other.
        ("2026-12-01", true, "2026-07-01", vec![]),
    ] {
        scratch.write("new/contract.yaml", contract(end, on_end));
        let code = i32::from(!want.is_empty());
        assert_eq!(changes(&diff(&scratch, &days(to), code)), want, "{end} {on_end} {to}");
    }
}

#[test]
fn two_days_of_one_dossier() {
    let amended = "hadome: contract/1\nid: x\ndata_return:\n  on_end: false\namendments:\n  \
                   - {id: first, effective_on: 2026-10-01, set: {data_return.on_end: true}}\n";
    let scratch = Scratch::contract(amended);
    let arguments = [&["a", "--from", "2026-09-30", "--to", "2026-10-01"], &YARDSTICK[..]].concat();
    let document = diff(&scratch, &arguments, 1);
    assert_eq!(changes(&document), ["ZZZ-01: fail > pass, better: as_of alone"]);
    assert_eq!(document["dossiers"][0]["differs"], Value::from(vec!["as_of"]));
    let fact = &document["dossiers"][0]["changes"][0]["facts"][0];
    assert_eq!(
        (&fact["before"]["value"], &fact["after"]["value"]),
        (&Value::from(false), &Value::from(true))
    );
}

const SYSTEM: &str = "hadome: system/1\nid: web\ntenancy: {shared: false}\n";

fn register(result: &str) -> String {
    format!(
        "hadome: evidence/1\nid: x\nevidence:\n  - id: e\n    title: 設定書\n    kept_at: 庁舎\n    issuer_side: contractor\n    \
         examined: {{by: 課長, side: client, on: 2026-03-01, result: {result}}}\n    \
         proves: [{{fact: 'system[web].tenancy.shared', value: false}}]\n"
    )
}

#[test]
fn evidence_is_a_cause_of_its_own() {
    let scratch = Scratch::with(&[("old/contract.yaml", GOOD), ("old/system.yaml", SYSTEM)]);
    scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", PROVEN));
    scratch.write("new/contract.yaml", format!("{GOOD}title: 業務\n")).write("new/system.yaml", SYSTEM);
    scratch.write("new/evidence.yaml", register("confirmed"));
    let arguments = [&["old", "new", "--as-of", AS_OF, "--stage", "running"], &YARDSTICK[..]].concat();
    let document = diff(&scratch, &arguments, 1);
    assert_eq!(changes(&document), ["ZZZ-01: unproven > pass, better: evidence alone"]);
    let note = &document["dossiers"][0]["changes"][0]["notes"][0];
    assert_eq!((&note["about"], &note["before"]), (&"evidence".into(), &Value::Null));
    scratch.write("old/evidence.yaml", register("not_confirmed"));
    let document = diff(&scratch, &arguments, 1);
    assert_eq!(changes(&document), ["ZZZ-01: unproven > pass, better: evidence alone"]);
}

fn waiver(until: &str) -> String {
    format!(
        "hadome: waivers/1\nid: x\nwaivers:\n  - id: w\n    policy: ZZZ-01\n    target: dossier\n    accepts: fail\n    \
         clauses: [duty]\n    reason: 更新待ち\n    compensating_measure: 手作業\n    \
         requested_by: {{name: 甲, role: 主事, organisation: 課, on: 2026-02-01}}\n    \
         approved_by: {{name: 乙, role: 課長, organisation: 課, side: client, on: 2026-03-01, decision_number: '1'}}\n    \
         expires_on: {until}\n"
    )
}

#[test]
fn a_waiver_that_comes_and_one_that_ends() {
    let scratch =
        Scratch::with(&[("old/contract.yaml", BAD), ("new/contract.yaml", &format!("{BAD}title: 業務\n"))]);
    scratch.write("new/waivers.yaml", waiver("2026-06-30"));
    let arguments = [&["old", "new", "--as-of", AS_OF], &YARDSTICK[..]].concat();
    let document = diff(&scratch, &arguments, 1);
    assert_eq!(changes(&document), ["ZZZ-01: fail > waived, better: waivers alone"]);
    let arguments = [&["new", "--from", AS_OF, "--to", "2026-07-01"], &YARDSTICK[..]].concat();
    let document = diff(&scratch, &arguments, 1);
    assert_eq!(changes(&document), ["ZZZ-01: waived > fail, worse: as_of alone"]);
    diff_in(&scratch, "ja", &arguments)
        .code(1)
        .shows(&["例外措置 w：有効→期限切れ", "例外措置（許可済み）（不適合）"]);
}

#[test]
fn what_was_recorded_tells_the_cause_where_only_one_can_be_it() {
    let scratch = Scratch::contract(GOOD);
    scratch.write("policies/zzz/ZZZ-02.yaml", policy("ZZZ-02", IN_FORCE));
    recorded(&scratch, "1.json", &[]);
    assert_eq!(changes(&diff(&scratch, &["1.json", "1.json"], 0)), [""; 0]);

    // Another policy of the library changed too; that cannot be it.
    scratch.write("a/contract.yaml", BAD);
    scratch.write("policies/zzz/ZZZ-02.yaml", policy("ZZZ-02", &IN_FORCE.replace(">=", ">")));
    recorded(&scratch, "2.json", &[]);
    let document = diff(&scratch, &["1.json", "2.json"], 1);
    assert_eq!(document["dossiers"][0]["differs"], Value::from(vec!["documents", "library"]));
    assert_eq!(changes(&document), ["ZZZ-01: pass > fail, worse: documents alone"]);
    let fact = &document["dossiers"][0]["changes"][0]["facts"][0];
    assert_eq!(
        (&fact["before"]["value"], &fact["after"]["value"]),
        (&Value::from(true), &Value::from(false))
    );

    // The policy itself changed as well: both can be it, and neither is named as the one.
    let other = common::DUTY.replace("on_end", "also_on_renewal");
    scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", &other));
    recorded(&scratch, "3.json", &[]);
    let document = diff(&scratch, &["1.json", "3.json"], 1);
    assert_eq!(changes(&document), ["ZZZ-01: pass > undecided, worse: documents possible, library possible"]);
    diff_in(&scratch, "ja", &["1.json", "3.json"]).shows(&["記録からは、いずれによるかを特定できない"]);

    // Selected by the profile now.
    scratch.write("profile.yaml", PROFILE.replace("[ZZZ-01]", "[ZZZ-01, ZZZ-02]"));
    recorded(&scratch, "4.json", &[]);
    let document = diff(&scratch, &["3.json", "4.json"], 1);
    assert_eq!(changes(&document), ["ZZZ-02: - > undecided, worse: profile alone"]);

    // A day alone; and a dossier against what was recorded.
    scratch.write("a/contract.yaml", GOOD);
    let document = diff(&scratch, &[&["4.json", "a", "--as-of", "2026-05-01"], &YARDSTICK[..]].concat(), 0);
    assert_eq!(document["dossiers"][0]["differs"], Value::from(vec!["documents", "as_of"]));
}

#[test]
fn outcomes_come_and_go_with_their_items() {
    let stores = |ids: &[&str]| {
        let items: String = ids
            .iter()
            .map(|id| {
                format!("  - {{id: {id}, holds_personal_data: true, encrypted_at_rest: {}}}\n", *id != "c")
            })
            .collect();
        format!("hadome: system/1\nid: web\ndata_stores:\n{items}")
    };
    let each = "for_each: {store: system.data_stores}\nwhen_empty: undecided\nrequire:\n  \
                - {id: one, part: design, that: store.holds_personal_data == false}\n";
    let scratch = Scratch::with(&[("old/contract.yaml", GOOD), ("new/contract.yaml", GOOD)]);
    scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", each));
    let plain = |ids: &[&str]| {
        stores(ids).replace(", encrypted_at_rest: true", "").replace(", encrypted_at_rest: false", "")
    };
    scratch.write("old/system.yaml", plain(&["a", "b"])).write("new/system.yaml", plain(&["b", "c"]));
    let document = diff(&scratch, &[&["old", "new", "--as-of", AS_OF], &YARDSTICK[..]].concat(), 1);
    let found = changes(&document);
    assert_eq!(
        found,
        ["ZZZ-01: - > fail, worse: documents alone", "ZZZ-01: fail > -, other: documents alone"]
    );
    let facts = |at: usize| document["dossiers"][0]["changes"][at]["facts"].clone();
    assert_eq!(facts(0)[0]["path"], "system[web].data_stores[c]");
    assert_eq!(facts(0).as_array().map(Vec::len), Some(1), "{:#}", facts(0));
}

#[test]
fn several_dossiers_are_paired_by_name_and_none_is_passed_over() {
    let scratch =
        Scratch::with(&[("a/contract.yaml", GOOD), ("b/contract.yaml", GOOD), ("c/contract.yaml", GOOD)]);
    let check = |name: &str| {
        let check = ["check", ".", "--as-of", AS_OF, "--format", "json"];
        scratch.write(name, scratch.hadome("en", &[&check, &YARDSTICK[..]].concat()).out);
    };
    check("1.json");
    scratch.write("b/contract.yaml", "hadome: contract/1\nid: x\nid: y\n").write("d/contract.yaml", BAD);
    std::fs::remove_file(scratch.path("c/contract.yaml")).expect("removed");
    check("2.json");
    let document = diff(&scratch, &["1.json", "2.json"], 3);
    let rows = document["dossiers"].as_array().expect("dossiers").iter();
    let found: Vec<&str> = rows.filter_map(|row| row["status"].as_str()).collect();
    assert_eq!(found, ["compared", "unjudged", "vanished", "appeared"]);
    diff_in(&scratch, "ja", &["1.json", "2.json"])
        .code(3)
        .shows(&["読み込めず、判定されていません", "元の方にはありません"]);
}

#[test]
fn bad_input_is_refused_with_what_to_do() {
    let scratch = Scratch::contract(GOOD);
    recorded(&scratch, "1.json", &[]);
    let whole = scratch.read("1.json");
    scratch
        .write("cut.json", &whole[..whole.len() / 2])
        .write("other.json", "{\"format\": \"hadome/diff/1\"}");
    scratch.complains(
        &["diff", "1.json", "cut.json"],
        2,
        &["cut.json", "途中で切れていないか"],
        &["cut.json", "whole"],
    );
    scratch.complains(&["diff", "1.json", "other.json"], 2, &["hadome/diff/1"], &["hadome/diff/1"]);
    scratch.complains(&["diff", "1.json", "no.json"], 2, &["ファイルがありません"], &["no such file"]);
    scratch.complains(&["diff", "1.json"], 2, &["比べる相手"], &["nothing to compare"]);
    scratch.complains(&["diff", "a", "--from", AS_OF], 2, &["比べる相手"], &["nothing to compare"]);
    scratch.complains(&["diff", "1.json", "1.json", "--as-of", AS_OF], 2, &["判定済み"], &["judged already"]);
    scratch.complains(&["diff", "1.json", "a", "--from", AS_OF], 2, &["判定済み"], &["judged already"]);
    scratch.write("b/contract.yaml", "hadome: contract/1\nid: x\nid: y\n");
    let broken = [&["diff", "a", "b", "--as-of", AS_OF], &YARDSTICK[..]].concat();
    scratch.hadome("en", &broken).code(3).silent().says(&["error[", "not compared"]);
}
