//! Proof through the binary: what is asked for, what is enough, what contradicts, what is supposed.

mod common;

use common::{Scratch, policy};
use serde_json::Value;

/// One design clause that must be documented by a configuration export, and one deed.
const DEMAND: &str = "parameters:\n  proof_age_months: {value: 12, unit: months, source: project_default, from: {ja: 試, en: trial}}\n\
    require:\n  - id: private\n    part: design\n    that: '!system.public_facing'\n    proof: {least: documented, kinds: [configuration_export], max_age: proof_age_months}\n";

const CONTRACT: &str = "hadome: contract/1\nid: x\nterm: {signed_on: 2025-04-01, service_start: 2025-06-01, start: 2025-04-01, end: 2027-03-31}\nlogs: {retention_days: 90}\n";
const SYSTEM: &str =
    "hadome: system/1\nid: web\noperation: outsourced\npublic_facing: false\nhosting: paas\n";
const EXAMINED: &str =
    "examined: {by: 係員, side: client, on: 2026-02-10, how: inspection, result: confirmed}";

fn scratch(rest: &str, evidence: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", rest));
    scratch.write("a/contract.yaml", CONTRACT).write("a/system.yaml", SYSTEM);
    if !evidence.is_empty() {
        scratch.write("a/evidence.yaml", format!("hadome: evidence/1\nid: x\nevidence:\n{evidence}"));
    }
    scratch
}

/// A live piece that shows that the system is not public, with one line changed or added.
fn piece(lines: &[&str]) -> String {
    let mut piece = vec![
        "id: e1",
        "kind: configuration_export",
        "kept_at: 書庫",
        "issuer_side: contractor",
        "issued_on: 2026-02-01",
        EXAMINED,
        "proves: [{fact: system.public_facing, value: false}]",
    ];
    for line in lines {
        let key = line.split(':').next().expect("a key");
        piece.retain(|known| known.split(':').next() != Some(key));
        if !line.ends_with(": -") {
            piece.push(line);
        }
    }
    piece
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{}{line}\n", if at == 0 { "  - " } else { "    " }))
        .collect()
}

#[track_caller]
fn json(scratch: &Scratch, arguments: &[&str]) -> Value {
    let ran = scratch.check_in("en", &[&["a", "--format", "json"], arguments].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:#?}"))
}

fn outcome(page: &Value) -> &Value {
    &page["dossiers"][0]["outcomes"][0]
}

#[test]
fn what_proof_is_enough() {
    // The change of the piece, the verdict, the level, and a word of why it is not enough.
    let verified = "issuer_side: third_party";
    let table: [(&str, &[&str], &str, &str, &str); 13] = [
        ("as asked for", &[], "pass", "documented", ""),
        ("by a third party", &[verified], "pass", "verified", ""),
        ("by whom is not said", &["issuer_side: -"], "pass", "documented", ""),
        ("nobody examined it", &["examined: -"], "unproven", "declared", "not examined"),
        (
            "no result",
            &["examined: {by: 係員, side: client, on: 2026-02-10}"],
            "unproven",
            "declared",
            "not examined",
        ),
        (
            "examined later",
            &["examined: {by: 係員, side: client, on: 2026-04-02, result: confirmed}"],
            "unproven",
            "declared",
            "not examined",
        ),
        (
            "examined by the contractor",
            &["examined: {by: 係員, side: contractor, on: 2026-02-10, result: confirmed}"],
            "unproven",
            "declared",
            "contractor",
        ),
        (
            "not borne out",
            &["examined: {by: 係員, side: client, on: 2026-02-10, result: not_confirmed}"],
            "unproven",
            "declared",
            "not borne out",
        ),
        ("of another kind", &["kind: test_report"], "unproven", "declared", "kind"),
        ("too old", &["issued_on: 2025-03-31"], "unproven", "declared", "older"),
        ("without a date", &["issued_on: -"], "unproven", "declared", "no date"),
        (
            "a placeholder for the examiner",
            &["examined: {by: 未定, side: client, on: 2026-02-10, result: confirmed}"],
            "unproven",
            "declared",
            "not examined",
        ),
        ("expired", &["expires_on: 2026-03-31"], "unproven", "declared", "expired"),
    ];
    for (note, change, verdict, level, why) in table {
        let page = json(&scratch(DEMAND, &piece(change)), &[]);
        let found = outcome(&page);
        assert_eq!(found["verdict"], verdict, "{note}: {found:#}");
        if verdict == "unproven" {
            assert_eq!(found["blocks"], true, "{note}");
            assert_eq!(found["assurance"], level, "{note}");
            let lacking = found["clauses"][0]["proof"]["facts"][0]["lacking"].to_string();
            assert!(lacking.contains(why), "{note}: {lacking}");
        } else {
            assert_eq!(page["dossiers"][0]["assurances"][level], 1, "{note}: {page:#}");
        }
    }
}

#[test]
fn proof_is_asked_for_by_stage() {
    let bid = scratch(DEMAND, "");
    assert_eq!(json(&bid, &["--stage", "bid"])["dossiers"][0]["totals"]["pass"], 1, "a bid may be declared");
    for stage in ["build", "running", "ended"] {
        assert_eq!(outcome(&json(&bid, &["--stage", stage]))["verdict"], "unproven", "{stage}");
    }
    let ended = DEMAND.replace("proof: {least", "proof: {stages: [ended], least");
    for (stage, unproven) in [("bid", 0), ("running", 0), ("ended", 1)] {
        let page = json(&scratch(&ended, ""), &["--stage", stage]);
        assert_eq!(page["dossiers"][0]["totals"]["unproven"], unproven, "{stage}");
    }
    // Where the stage is not known, nothing is taken off.
    let unknown = scratch(DEMAND, "");
    unknown.write("a/contract.yaml", common::CONTRACT);
    assert_eq!(outcome(&json(&unknown, &[]))["verdict"], "unproven");
}

#[test]
fn whether_unproven_blocks_can_be_said() {
    let scratch = scratch(DEMAND, "");
    scratch.check(&["a"]).code(1);
    scratch.check(&["a", "--fail-on", "unproven=never"]).code(0);
    scratch.check(&["a", "--fail-on", "fail=high,undecided=high,unproven=critical"]).code(0);
    scratch.check(&["a", "--fail-on", "unproven=high"]).code(1);
}

#[test]
fn counter_evidence_fails_the_fact_and_both_places_are_shown() {
    let counter = piece(&["proves: [{fact: system.public_facing, value: true}]"]);
    let scratch = scratch(DEMAND, &counter);
    let page = json(&scratch, &[]);
    let found = outcome(&page);
    assert_eq!(found["verdict"], "fail", "{found:#}");
    let facts = found["clauses"][0]["facts"].as_array().expect("facts");
    let places: Vec<(&str, &Value, &Value)> = facts
        .iter()
        .map(|fact| (fact["place"]["file"].as_str().expect("a file"), &fact["value"], &fact["evidence"]))
        .collect();
    assert_eq!(places[0], ("a/system.yaml", &Value::Bool(false), &Value::Null));
    assert_eq!(places[1], ("a/evidence.yaml", &Value::Bool(true), &Value::from("e1")));
    // The text under each place is the value that is shown.
    for fact in facts {
        let file = scratch.read(fact["place"]["file"].as_str().expect("a file"));
        let line =
            file.lines().nth(fact["place"]["line"].as_u64().expect("a line") as usize - 1).expect("it");
        let column = fact["place"]["column"].as_u64().expect("a column") as usize - 1;
        let under: String = line.chars().skip(column).collect();
        assert!(under.starts_with(&fact["value"].to_string()), "{under}");
    }
    let flaws = page["dossiers"][0]["evidence"][0]["flaws"].to_string();
    assert!(flaws.contains("contradicts"), "{flaws}");
}

#[test]
fn what_is_not_there_or_not_in_force_contradicts_nothing_and_what_nobody_examined_does() {
    let says = "proves: [{fact: system.public_facing, value: true}]";
    let table = [
        ("expired", "expires_on: 2026-03-31", "unproven"),
        ("not in force yet", "effective_on: 2026-04-02", "unproven"),
        ("dated after", "issued_on: 2026-04-02", "unproven"),
        ("its file is gone", "file: evidence/none.pdf", "unproven"),
        ("nobody examined it", "examined: -", "fail"),
    ];
    for (note, change, verdict) in table {
        let page = json(&scratch(DEMAND, &piece(&[says, change])), &[]);
        assert_eq!(outcome(&page)["verdict"], verdict, "{note}");
    }
}

#[test]
fn counter_evidence_reaches_gates_as_well() {
    let gate = "applies_when: system.public_facing\nrequire:\n  - {id: held, part: promise, that: contract.logs.retention_days >= 180}\n";
    let counter = piece(&["proves: [{fact: system.public_facing, value: true}]"]);
    let without = json(&scratch(gate, ""), &[]);
    assert_eq!(without["dossiers"][0]["totals"]["not_applicable"], 1);
    let page = json(&scratch(gate, &counter), &[]);
    assert_eq!(outcome(&page)["verdict"], "fail", "nothing becomes inapplicable because of a contested fact");
}

#[test]
fn counter_evidence_against_a_promise_counts_too() {
    let promise = "require:\n  - {id: held, part: promise, that: contract.logs.retention_days >= 60}\n";
    let table = [(90, "pass"), (30, "fail")];
    for (shown, verdict) in table {
        let says = format!("proves: [{{fact: contract.logs.retention_days, value: {shown}}}]");
        let page = json(&scratch(promise, &piece(&[&says])), &[]);
        assert_eq!(page["dossiers"][0]["totals"][verdict], 1, "{shown}");
    }
}

#[test]
fn counter_evidence_against_what_stands_in_for_a_number_counts_too() {
    let promise = "require:\n  - {id: held, part: promise, that: contract.data_return.deadline_days >= 3}\n";
    let working_days = format!("{CONTRACT}data_return: {{deadline_business_days: 5}}\n");
    for (shown, verdict) in [(5, "pass"), (1, "undecided")] {
        let says = format!("proves: [{{fact: contract.data_return.deadline_business_days, value: {shown}}}]");
        let scratch = scratch(promise, &piece(&[&says]));
        scratch.write("a/contract.yaml", &working_days);
        let page = json(&scratch, &[]);
        assert_eq!(page["dossiers"][0]["totals"][verdict], 1, "{shown}");
    }
}

#[test]
fn more_counter_evidence_than_can_be_weighed_is_refused() {
    let many: String = (0..65)
        .map(|at| {
            piece(&["proves: [{fact: system.public_facing, value: true}]"])
                .replace("id: e1", &format!("id: e{at}"))
        })
        .collect();
    scratch(DEMAND, &many).check(&["a"]).code(3).says(&["too-much-counter-evidence"]);
}

#[test]
fn a_value_of_another_type_is_refused_with_its_place() {
    for (value, wanted) in
        [("はい", "true or false"), ("\"false\"", "true or false"), ("[]", "true or false")]
    {
        let says = format!("proves: [{{fact: system.public_facing, value: {value}}}]");
        scratch(DEMAND, &piece(&[&says])).check(&["a"]).code(3).says(&["claim-of-another-type", wanted]);
    }
}

#[test]
fn an_assumption_is_used_and_printed_as_one_in_every_format() {
    let promise = "require:\n  - {id: held, part: promise, that: contract.audit.right}\n";
    let scratch = scratch(promise, "");
    let assume = ["--assume", "contract.audit.right=true"];
    assert_eq!(outcome(&json(&scratch, &[]))["verdict"], "undecided");
    let page = json(&scratch, &assume);
    assert_eq!(page["dossiers"][0]["totals"]["pass"], 1);
    assert_eq!(page["dossiers"][0]["assumptions"][0]["path"], "contract.audit.right");
    for format in ["text", "concise", "json", "sarif", "junit", "github"] {
        let ran = scratch.check_in("en", &[&["a", "--format", format], &assume[..]].concat());
        assert!(
            ran.out.contains("contract.audit.right") && ran.out.to_lowercase().contains("assum"),
            "{format}: {}",
            ran.out
        );
    }
    let report =
        ["report", "a", "--as-of", common::AS_OF, "--policies", "policies", "--profile", "profile.yaml"];
    let ran = scratch.hadome("ja", &[&report[..], &assume].concat());
    ran.code(0);
    assert!(ran.out.contains("次の仮定に基づく試算"), "{}", ran.out);
    assert!(ran.out.contains("仮定（文書の記載ではない。）"), "{}", ran.out);
}

#[test]
fn an_assumption_that_cannot_be_made_is_refused() {
    let promise = "require:\n  - {id: held, part: promise, that: contract.audit.right}\n";
    let table = [
        ("contract.audit.wright=true", "unknown-key"),
        ("contract.audit.right=30", "wrong-type"),
        ("records.tests=[]", "bad-path"),
        ("contract.audit.right=[", "--assume:1"),
    ];
    for (assumed, wanted) in table {
        scratch(promise, "").check(&["a", "--assume", assumed]).code(3).says(&[wanted]);
    }
    for assumed in ["nothing", "=30", "contract.audit.right="] {
        scratch(promise, "").check(&["a", "--assume", assumed]).code(2).says(&["deadline_days=30"]);
    }
}

/// The notice of an incident as counter-evidence: two answers that no change was needed, and then the change.
#[test]
fn an_answer_of_no_change_needed_falls_with_the_change_and_what_it_rested_on_is_not_published() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/incidents/higashimurayama-bosai-navi-2021");
    let judge = |as_of: &str| {
        let arguments = ["check", root, "--as-of", as_of, "--stage", "running", "--format", "json"];
        let page = Scratch::new().hadome("en", &arguments).json();
        let outcomes = page["dossiers"][0]["outcomes"].as_array().expect("outcomes").clone();
        outcomes.into_iter().find(|outcome| outcome["policy"] == "CFG-02").expect("an outcome")
    };
    let clause = |outcome: &Value| {
        let clauses = outcome["clauses"].as_array().expect("clauses").clone();
        clauses.into_iter().find(|clause| clause["id"] == "answer-upheld").expect("the clause")
    };
    // The day before the change the notice is no evidence yet.
    let before = judge("2021-01-31");
    assert_eq!(before["verdict"], "undecided");
    assert_ne!(clause(&before)["state"], "false");
    let after = judge("2021-04-16");
    assert_eq!(after["verdict"], "fail");
    let facts = clause(&after)["facts"].to_string();
    for place in ["records.yaml", "evidence.yaml", "\"third-report\""] {
        assert!(facts.contains(place), "{place}: {facts}");
    }
    let ran = Scratch::new().hadome("ja", &["report", root, "--as-of", "2021-04-16", "--stage", "running"]);
    ran.code(0)
        .shows(&["「設定変更は不要」との回答の根拠は、公表されていない", "回答が何に基づくものであったかも"]);
}
/// Evidence on a date that decides the stage: what must be judged at the other stage is judged too.
#[test]
fn counter_evidence_against_the_end_of_the_contract_moves_the_stage() {
    let policy = policy(
        "ZZZ-01",
        "require:\n  - {id: erased, part: deed, that: 'records.held_data.all(h, !h.holds_personal_data)'}\n",
    )
    .replace("stages: [bid, build, running, ended]", "stages: [ended]");
    let counter = piece(&["proves: [{fact: contract.term.end, value: 2026-03-01}]"]);
    let scratch = scratch(DEMAND, &counter);
    scratch.write("policies/zzz/ZZZ-01.yaml", policy);
    scratch.write(
        "a/records.yaml",
        "hadome: records/1\nid: r\nheld_data:\n  - {id: copy, holds_personal_data: true}\n",
    );
    let page = json(&scratch, &[]);
    assert_eq!(outcome(&page)["verdict"], "fail", "{page:#}");
}

/// Evidence that a system is outsourced after all: what reads the contract does not drop out.
#[test]
fn counter_evidence_against_own_operation_brings_the_contract_back() {
    let promise = "require:\n  - {id: held, part: promise, that: contract.logs.retention_days >= 60}\n";
    let counter = piece(&["proves: [{fact: system.operation, value: outsourced}]"]);
    for (evidence, verdict) in [("", "not_applicable"), (counter.as_str(), "undecided")] {
        let scratch = scratch(promise, evidence);
        std::fs::remove_file(scratch.path("a/contract.yaml")).expect("removed");
        scratch.write("a/system.yaml", SYSTEM.replace("outsourced", "own"));
        let page = json(&scratch, &[]);
        assert_eq!(page["dossiers"][0]["totals"][verdict], 1, "{verdict}: {page:#}");
    }
}
