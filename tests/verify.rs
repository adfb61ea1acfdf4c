//! The record of provenance and `hadome verify` through the binary: a report is made again byte for
//! byte, or what differs is named.

mod common;

use common::{AS_OF, Scratch};

const BAD: &str = "hadome: contract/1\nid: x\ndata_return:\n  on_end: false\n";

/// A folder with a report of dossier `a`.
fn filed(contract: &str) -> Scratch {
    let scratch = Scratch::contract(contract);
    report(&scratch, &["-o", "report.md"]);
    scratch
}

#[track_caller]
fn report(scratch: &Scratch, arguments: &[&str]) -> String {
    let report = ["report", "a", "--as-of", AS_OF, "--policies", "policies", "--profile", "profile.yaml"];
    let ran = scratch.hadome("ja", &[&report, arguments].concat());
    ran.code(0);
    ran.out
}

fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let own =
        ["verify", "report.md", "--dossier", "a", "--policies", "policies", "--profile", "profile.yaml"];
    [&own, more].concat()
}

/// What differs, as words of part, way and name.
#[track_caller]
fn differences(scratch: &Scratch, more: &[&str], code: i32) -> Vec<String> {
    let before = scratch.files();
    let ran = scratch.hadome("en", &arguments(&[more, &["--format", "json"]].concat()));
    ran.code(code);
    let document = ran.json();
    let schema = include_str!("../schemas/output/verify-1.json");
    let schema: serde_json::Value = serde_json::from_str(schema).expect("a schema");
    let validator = jsonschema::options().build(&schema).expect("a schema that compiles");
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
    assert_eq!(scratch.files(), before, "nothing is written");
    let rows = document["differences"].as_array().expect("a list");
    assert_eq!(document["same"], rows.is_empty());
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    rows.iter().map(|row| ["part", "way", "name"].map(|key| text(row, key)).join(" ")).collect()
}

#[test]
fn a_report_is_made_again_byte_for_byte() {
    for more in [
        &[][..],
        &["--lang", "en"],
        &["--title=--> <!-- x & y", "--approval", "課長,係長", "--date", "令和8年4月1日", "--to", "市長"],
        &["--stage", "ended", "--fail-on", "never", "--no-waivers", "--warn-days", "90", "--cite-publishers"],
        &["--assume", "contract.data_return.on_end=false"],
        &[
            "--format",
            "html",
            "--party-style",
            "kou-otsu",
            "--classification",
            "庁内限り",
            "--retention",
            "5年",
        ],
    ] {
        let scratch = Scratch::contract(BAD);
        report(&scratch, &[more, &["-o", "report.md"]].concat());
        assert_eq!(differences(&scratch, &[], 0), [""; 0], "{more:?}");
        let text = scratch.hadome("ja", &arguments(&[]));
        text.code(0).shows(&["一致", AS_OF]);
    }
}

#[test]
fn what_differs_is_named() {
    let scratch = filed(BAD);
    scratch.write("a/contract.yaml", common::GOOD).write("a/records.yaml", "hadome: records/1\nid: x\n");
    assert_eq!(
        differences(&scratch, &[], 1),
        ["document changed contract.yaml", "document added records.yaml"]
    );
    let ran = scratch.hadome("ja", &arguments(&[]));
    ran.code(1).shows(&[
        "不一致",
        "文書「contract.yaml」の変更",
        "判定が変わりました",
        "不適合：1件→0件",
        "適合：0件→1件",
    ]);

    let scratch = filed(BAD);
    let duty = common::DUTY.replace("data_return.on_end", "personal_data.handled");
    scratch.write("policies/zzz/ZZZ-01.yaml", common::policy("ZZZ-01", &duty));
    assert_eq!(differences(&scratch, &[], 1), ["library changed -", "policy changed ZZZ-01"]);

    let scratch = filed(BAD);
    scratch.write("profile.yaml", common::PROFILE.replace("試", "訂"));
    assert_eq!(differences(&scratch, &[], 1), ["profile changed -"]);
    assert_eq!(differences(&filed(BAD), &["--as-of", "2027-04-01"], 1), ["as_of changed -"]);

    let scratch = filed(BAD);
    scratch.write("t/report.ja.md.j2", "# {{ title }}\n");
    assert_eq!(differences(&scratch, &["--template-dir", "t"], 1), ["templates changed -"]);
}

#[test]
fn evidence_and_waivers_are_told_from_documents() {
    let register = "hadome: evidence/1\nid: x\nevidence:\n  - {id: e, file: evidence/e.pdf}\n";
    let scratch = Scratch::contract(BAD);
    scratch.write("a/evidence.yaml", register).write("a/evidence/e.pdf", "one");
    report(&scratch, &["-o", "report.md"]);
    assert_eq!(differences(&scratch, &[], 0), [""; 0]);
    scratch
        .write("a/evidence/e.pdf", "two")
        .write("a/waivers.yaml", "hadome: waivers/1\nid: x\nwaivers: []\n");
    assert_eq!(
        differences(&scratch, &[], 1),
        ["waiver added waivers.yaml", "evidence changed evidence/e.pdf"]
    );
    std::fs::remove_file(scratch.path("a/evidence/e.pdf")).expect("removed");
    scratch.write("a/evidence.yaml", format!("{register}# more\n"));
    let found = differences(&scratch, &[], 1);
    assert_eq!(
        found,
        ["evidence changed evidence.yaml", "waiver added waivers.yaml", "evidence changed evidence/e.pdf"]
    );
}

#[test]
fn blanks_that_were_filled_in_are_told_from_other_edits() {
    let scratch = filed(BAD);
    let written = scratch.read("report.md");
    let filled = written.replace("| 文書番号 | （記入） |", "| 文書番号 | 総情第5号 |");
    assert_ne!(filled, written);
    scratch.write("report.md", &filled);
    assert_eq!(differences(&scratch, &[], 1), ["text changed -"]);
    scratch.hadome("ja", &arguments(&[])).code(1).shows(&[
        "空欄への記入等により本文が変わっています（1行）",
        "報告書：| 文書番号 | 総情第5号 |",
        "再作成：| 文書番号 | （記入） |",
        "判定は変わりません",
    ]);
    // A verdict that somebody turned round is no blank.
    scratch.write("report.md", written.replacen("| 1 | 1 |", "| 0 | 0 |", 1));
    let ran = scratch.hadome("en", &arguments(&[]));
    ran.code(1).shows(&["otherwise changed: 1", "| 0 | 0 |", "| 1 | 1 |"]);
    scratch.write("report.md", written.replace('\n', "\r\n"));
    scratch.hadome("en", &arguments(&[])).code(1).shows(&["only line ends"]);
}

/// Text and digest altered together: nothing recorded says why, and it is said all the same.
#[test]
fn an_altered_record_does_not_pass() {
    let scratch = filed(BAD);
    let written = scratch.read("report.md");
    let at = written.find("\n<!-- hadome:provenance/").expect("the record");
    let (text, record) = written.split_at(at);
    let altered = text.replacen("| 1 | 1 |", "| 0 | 0 |", 1);
    let digest = |text: &str| hadome::digest::sha256(text.as_bytes());
    let with_digest = record.replace(&digest(text), &digest(&altered));
    scratch.write("report.md", format!("{altered}{with_digest}"));
    assert_eq!(differences(&scratch, &[], 1), ["unexplained changed -"]);
    scratch.write("report.md", written.replace("\"fail\":1", "\"fail\":0"));
    assert_eq!(differences(&scratch, &[], 1), ["record changed -"]);
    scratch.write("report.md", written.replace(&digest(text), &digest("")));
    assert_eq!(differences(&scratch, &[], 1), ["text changed -", "record changed -"]);
}

#[test]
fn a_report_without_its_whole_record_is_refused() {
    let scratch = filed(BAD);
    let written = scratch.read("report.md");
    let at = written.find("\n<!-- hadome:provenance/").expect("the record");
    for (text, ja, en) in [
        (written[..at].to_owned(), "作成記録（hadome:provenance）がありません", "no record of provenance"),
        (written[..at + 400].to_owned(), "途中で切れています", "cut off"),
        (written.replace("\"as_of\":\"", "\"as_of\":\"x"), "作成記録を読めません", "cannot be read"),
        (written.replace("{\"program\":", "{\"colour\":1,\"program\":"), "別の版", "another version"),
        (written.replace("hadome:provenance/1", "hadome:provenance/2"), "作成記録の版（2）", "version 2"),
        (String::new(), "作成記録（hadome:provenance）がありません", "no record of provenance"),
    ] {
        scratch.write("report.md", text);
        scratch.complains(&arguments(&[]), 2, &["report.md", ja], &["report.md", en]);
    }
    scratch.write("report.md", [0xff, 0xfe, 0x00]);
    scratch.complains(&arguments(&[]), 2, &["UTF-8"], &["UTF-8"]);
    std::fs::remove_file(scratch.path("report.md")).expect("removed");
    scratch.complains(&arguments(&[]), 2, &["ファイルがありません"], &["no such file"]);
}

#[test]
fn what_keeps_a_report_from_being_made_again_is_said() {
    let scratch = filed(BAD);
    let own = ["verify", "report.md", "--dossier", "a", "--policies", "policies"];
    scratch.hadome("en", &own).code(2).silent().says(&["no profile `trial`", "--profile"]);
    scratch.write("a/contract.yaml", "hadome: contract/1\nid: x\nid: y\n");
    scratch.hadome("en", &arguments(&[])).code(3).silent().says(&["error[", "was not verified"]);
}
