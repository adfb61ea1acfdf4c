//! Bad input through the binary: one clear message with its place and what to do, in both languages,
//! the right exit code, no panic, nothing printed or written where nothing was judged.

mod common;

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{CONTRACT, DUTY, GOOD, PROFILE, SYSTEM, Scratch, policy};

/// A dossier that is a contract with these lines after its head (from line 3 on).
#[track_caller]
fn contract(lines: &str) -> Scratch {
    Scratch::contract(format!("{CONTRACT}{lines}"))
}

// Paths

#[test]
fn a_missing_path() {
    Scratch::new().complains(
        &["check", "nowhere"],
        2,
        &["「nowhere」がありません"],
        &["`nowhere` does not exist"],
    );
}

#[test]
fn an_empty_folder() {
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path("a")).unwrap();
    scratch.complains(
        &["check", "a"],
        2,
        &["「a」の中に委託案件", "contract.yaml 又は system.yaml"],
        &["no dossier", "contract.yaml or system.yaml", "`a`"],
    );
}

#[test]
fn a_file_that_is_no_document() {
    Scratch::with(&[("a/contract.yaml", GOOD), ("a/notes.txt", "x")]).complains(
        &["check", "a/notes.txt"],
        2,
        &["「a/notes.txt」は委託案件の文書ではありません", "指定してください"],
        &["`a/notes.txt` is no document of a dossier", "name contract.yaml"],
    );
}

#[test]
fn every_bad_path_is_named_before_anything_is_judged() {
    let ran = Scratch::contract(GOOD).check(&["a", "nowhere", "profile.yaml"]);
    ran.code(2).silent().says(&["`nowhere` does not exist", "`profile.yaml` is no document"]);
}

#[test]
fn a_link_out_of_the_dossier() {
    for target in ["elsewhere.yaml", "/dev/zero"] {
        let scratch = Scratch::with(&[("elsewhere.yaml", "secret: 1\n"), ("a/contract.yaml", GOOD)]);
        let target = if target.starts_with('/') { target.into() } else { scratch.path(target) };
        std::os::unix::fs::symlink(target, scratch.path("a/records.yaml")).unwrap();
        let (ja, en) =
            (["リンクの先", "中に置いてください"], ["leads out of the dossier", "put the file itself"]);
        scratch.refuses(3, "link-out-of-dossier", "a/records.yaml", &ja, &en);
    }
}

#[test]
fn a_folder_of_systems_that_leads_out_of_the_dossier() {
    let scratch = Scratch::with(&[("a/contract.yaml", GOOD), ("elsewhere/x.yaml", SYSTEM)]);
    std::os::unix::fs::symlink(scratch.path("elsewhere"), scratch.path("a/systems")).unwrap();
    scratch.refuses(3, "link-out-of-dossier", "a/systems", &["リンクの先"], &["leads out of the dossier"]);
}

#[test]
fn a_stray_pipe_is_not_waited_for() {
    let scratch = Scratch::contract(GOOD);
    let made = Command::new("mkfifo").arg(scratch.path("a/stray.yaml")).status().unwrap();
    assert!(made.success());
    scratch.check(&["a"]).code(0);
}

#[test]
fn gitignored_dossiers_are_counted() {
    let scratch = Scratch::with(&[(".gitignore", "b/\nc/\n")]);
    for name in ["a", "b", "c"] {
        scratch.write(&format!("{name}/contract.yaml"), GOOD);
    }
    scratch
        .check(&["."])
        .code(0)
        .shows(&["a: 1 outcomes"])
        .hides(&["b:", "c:"])
        .says(&["2 dossiers", "gitignore"]);
    let ja = scratch.check_in("ja", &["."]);
    ja.code(0).says(&["gitignore により 2 件の委託案件を対象から外しました"]);
    let json = scratch.check_in("en", &[".", "--format", "json"]).json();
    assert_eq!(json["dossier_totals"]["ignored"], 2);
}

#[test]
fn a_tender_below_a_folder_is_not_passed_over_in_silence() {
    let scratch =
        Scratch::with(&[("x/a/contract.yaml", GOOD), ("x/t/tender.yaml", "hadome: tender/1\nid: t\n")]);
    scratch.write("x/t/contract.yaml", GOOD).write("x/t/bids/b/system.yaml", SYSTEM);
    for (format, shown) in [
        ("text", ""),
        ("concise", ""),
        ("json", "\"tender-not-checked\""),
        ("sarif", "tender-not-checked"),
        ("junit", "tender-not-checked"),
        ("github", "::error file=x/t/tender.yaml,title=tender-not-checked::"),
    ] {
        let ran = scratch.check_in("en", &["x", "--format", format]);
        ran.code(3).shows(&[shown]).says(&[
            "error[tender-not-checked]",
            "--> x/t/tender.yaml",
            "hadome compare x/t",
            "x/t: not judged, because it is a tender",
        ]);
    }
    let ran = scratch.check_in("ja", &["x", "--format", "json"]);
    ran.code(3).says(&["誤り[tender-not-checked]", "x/t: 調達案件であるため判定していません"]);
    let json = ran.json();
    assert_eq!(
        (&json["dossier_totals"]["assessed"], &json["dossier_totals"]["refused"]),
        (&1.into(), &1.into())
    );
    // Nothing else is there: the same as for the tender itself.
    scratch.complains(&["check", "x/t"], 2, &["「x/t」は調達案件"], &["`x/t` is a tender"]);
    std::fs::remove_dir_all(scratch.path("x/a")).unwrap();
    scratch.complains(&["check", "x"], 2, &["「x/t」は調達案件"], &["`x/t` is a tender"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_not_passed_over_in_silence() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::with(&[("x/a/contract.yaml", GOOD), ("x/b/contract.yaml", GOOD)]);
    let closed = scratch.path("x/b");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    // To the superuser no folder is closed.
    if std::fs::read_dir(&closed).is_err() {
        scratch.check(&["x"]).code(3).says(&["error[unreadable-folder]", "--> x/b"]);
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn ids_and_dates_are_told_together_with_what_the_schema_refuses_elsewhere() {
    let scratch = contract(
        "amendments: [{id: one, effective_on: 2026-04-01}, {id: one, effective_on: 2026-05-01}]\nterm: {start: 2026-05-01, end: 2026-04-01}\n",
    );
    scratch.write("a/system.yaml", format!("{SYSTEM}hostng: saas\n"));
    scratch.check(&["a"]).code(3).says(&[
        "error[unknown-key]",
        "a/system.yaml:3:1",
        "error[duplicate-id]",
        "error[dates-out-of-order]",
        "a/contract.yaml:4:",
    ]);
    // Of a document that its own schema refuses only that is told.
    scratch.write(
        "a/contract.yaml",
        format!("{CONTRACT}titel: x\nterm: {{start: 2026-05-01, end: 2026-04-01}}\n"),
    );
    scratch
        .check(&["a"])
        .code(3)
        .says(&["unknown-key", "a/contract.yaml:3:1"])
        .hides(&["dates-out-of-order"]);
}

#[test]
fn a_gitignored_path_named_outright_is_never_skipped() {
    let scratch =
        Scratch::with(&[(".gitignore", "b/\n"), ("a/contract.yaml", GOOD), ("b/contract.yaml", GOOD)]);
    for path in ["b", "b/contract.yaml"] {
        let ran = scratch.check(&[path]);
        ran.code(0).shows(&["b: 1 outcomes"]);
        assert_eq!(ran.err, "");
    }
}

#[test]
fn where_gitignore_leaves_nothing_nothing_passes() {
    Scratch::with(&[(".gitignore", "b/\n"), ("b/contract.yaml", GOOD)]).complains(
        &["check", "."],
        2,
        &["gitignore", "1件", "直接指定してください"],
        &["gitignore", "(1)", "name a dossier's own folder"],
    );
}

#[test]
fn documents_stand_for_their_dossier_and_each_dossier_is_judged_once() {
    let scratch = Scratch::with(&[
        ("a/contract.yaml", GOOD),
        ("a/systems/web.yaml", SYSTEM),
        ("a/records.yaml", "hadome: records/1\nid: r\n"),
    ]);
    let paths = ["a/contract.yaml", "a/systems/web.yaml", "a/records.yaml", "./a", "a/../a/", "."];
    for path in paths {
        let ran = scratch.check(&[path]);
        ran.code(0);
        assert_eq!(ran.out.matches("1 outcomes").count(), 1, "{path}: {}", ran.out);
    }
    let ran = scratch.check(&paths);
    assert_eq!(ran.code(0).out.matches("1 outcomes").count(), 1, "{}", ran.out);
}

// Documents that are there or not

#[test]
fn an_outsourced_system_without_a_contract() {
    Scratch::with(&[("a/system.yaml", SYSTEM)]).refuses(
        3,
        "contract-missing",
        "a/system.yaml:1:9",
        &["契約内容（contract.yaml）がありません", "operation: own と書いてください"],
        &["there is no contract.yaml", "write contract.yaml, or `operation: own`"],
    );
}

#[test]
fn records_alone_are_no_dossier() {
    let scratch = Scratch::with(&[("a/records.yaml", "hadome: records/1\nid: r\n")]);
    scratch.check(&["a/records.yaml"]).code(3).silent().says(&["neither contract.yaml nor system.yaml"]);
    scratch.check(&["a"]).code(2).silent();
}

#[test]
fn a_second_contract_under_any_name() {
    let heads = [
        CONTRACT.to_owned(),
        format!("# 旧契約\n---\n{CONTRACT}"),
        "\u{feff}hadome: contract/1\r\nid: y\r\n".to_owned(),
        "\"hadome\": contract/1\nid: y\n".to_owned(),
        "'hadome' : 'contract/1'\nid: y\n".to_owned(),
        "{hadome: contract/1, id: y}\n".to_owned(),
    ];
    for head in heads {
        Scratch::with(&[("a/contract.yaml", GOOD), ("a/旧契約.yaml", &head)]).refuses(
            3,
            "stray-document",
            "a/旧契約.yaml",
            &["読み込まれません", "contract.yaml という名前にするか"],
            &["is not read", "name it contract.yaml, or move it out"],
        );
    }
}

#[test]
fn a_contract_that_ends_in_yml() {
    let (ja, en) = (["contract.yaml という名前にするか"], ["name it contract.yaml"]);
    for others in [&[("a/contract.yaml", GOOD)][..], &[("a/system.yaml", SYSTEM)], &[]] {
        let scratch = Scratch::with(others);
        scratch.write("a/contract.yml", CONTRACT);
        scratch.refuses(3, "stray-document", "a/contract.yml", &ja, &en);
    }
    let scratch = Scratch::with(&[("b/contract.yml", CONTRACT), ("c/contract.yaml", GOOD)]);
    scratch.check(&["."]).code(3).says(&["b/contract.yml"]).shows(&["c: 1 outcomes"]);
}

#[test]
fn foreign_yaml_beside_the_documents_is_nobodys_business() {
    let foreign = [("a/contract.yaml", GOOD), ("a/ci.yml", "jobs: []\n"), ("b/contract.yml", "openapi: 3\n")];
    let ran = Scratch::with(&foreign).check(&["."]);
    ran.code(0);
    assert_eq!(ran.err, "");
}

#[test]
fn one_system_file_and_a_folder_of_systems() {
    Scratch::with(&[("a/contract.yaml", GOOD), ("a/system.yaml", SYSTEM), ("a/systems/b.yaml", SYSTEM)])
        .refuses(
            3,
            "two-places-for-systems",
            "a/systems/b.yaml",
            &["両方", "system.yaml", "だけにしてください"],
            &["both system.yaml and the folder systems", "keep system.yaml"],
        );
}

#[test]
fn an_unknown_kind() {
    Scratch::contract("hadome: contrct/1\nid: x\n").refuses(
        3,
        "unknown-kind",
        "a/contract.yaml:1:9",
        &["「contrct/1」", "contract/1"],
        &["`contrct/1`", "it must be `contract/1`"],
    );
}

#[test]
fn an_unknown_version() {
    Scratch::contract("hadome: contract/2\nid: x\n").refuses(
        3,
        "unknown-version",
        "a/contract.yaml:1:9",
        &["「contract/2」には対応していません", "読み込めるのは contract/1"],
        &["`contract/2` is not known", "reads `contract/1`"],
    );
}

#[test]
fn no_head() {
    let (ja, en) = (["hadome: contract/1 がありません"], ["`hadome: contract/1` is missing"]);
    Scratch::contract("id: x\n").refuses(3, "head-missing", "a/contract.yaml:1:1", &ja, &en);
}

#[test]
fn open_lists_outside_an_incident() {
    contract("lists: open\n").refuses(
        3,
        "open-lists-outside-incident",
        "a/contract.yaml:3:8",
        &["公表された事案", "消してください"],
        &["only for published incidents", "remove this line"],
    );
}

// Keys and values

#[test]
fn a_misspelt_key() {
    contract("data_return:\n  deadine_days: 30\n").refuses(
        3,
        "unknown-key",
        "a/contract.yaml:4:3",
        &["「deadine_days」という項目はありません", "「deadline_days」ではありませんか"],
        &["no field `deadine_days`", "did you mean `deadline_days`?"],
    );
}

#[test]
fn a_misspelt_key_in_the_reference_of_a_value() {
    contract("data_return:\n  on_end: {value: true, ref: {source: c, artcle: 第3条}}\n").refuses(
        3,
        "unknown-key",
        "a/contract.yaml:4:42",
        &["「artcle」という項目はありません", "「article」ではありませんか"],
        &["no field `artcle`", "did you mean `article`?"],
    );
}

#[test]
fn a_reference_that_is_no_reference() {
    contract("data_return:\n  on_end: {value: true, ref: 第3条}\n").refuses(
        3,
        "collection-wanted",
        "a/contract.yaml:4:30",
        &["「ref」には項目のまとまりを書いてください"],
        &["`ref` wants"],
    );
}

#[test]
fn a_wrong_type() {
    contract("data_return:\n  on_end: はい\n").refuses(
        3,
        "wrong-type",
        "a/contract.yaml:4:11",
        &["「on_end」", "「はい」", "true 又は false と書いてください"],
        &["`on_end` wants true or false; found `はい`", "write true or false"],
    );
    let (ja, en) = (["「data_return」には項目のまとまり"], ["`data_return` wants a mapping"]);
    contract("data_return: [1]\n").refuses(3, "collection-wanted", "a/contract.yaml:3:14", &ja, &en);
}

#[test]
fn a_number_in_quotes() {
    contract("data_return:\n  deadline_days: \"30\"\n").refuses(
        3,
        "quoted-number",
        "a/contract.yaml:4:18",
        &["「deadline_days」には整数", "引用符を外してください"],
        &["`deadline_days` wants a whole number", "take the quotes away"],
    );
}

#[test]
fn an_impossible_date() {
    contract("term:\n  start: 2026-02-30\n").refuses(
        3,
        "impossible-date",
        "a/contract.yaml:4:10",
        &["「2026-02-30」という日付はありません", "実在する日を書いてください"],
        &["`2026-02-30` is no date", "write a day that exists"],
    );
}

#[test]
fn an_end_before_the_start() {
    let scratch = contract("term:\n  start: 2026-04-01\n  end: 2026-03-31\n");
    scratch.refuses(
        3,
        "dates-out-of-order",
        "a/contract.yaml:5:8",
        &["end が start より前", "a/contract.yaml:4:10", "原本で確かめて"],
        &["`end` is before `start`", "a/contract.yaml:4:10", "look up in the original"],
    );
}

#[test]
fn a_negative_day_count() {
    contract("data_return:\n  deadline_days: -1\n").refuses(
        3,
        "too-small",
        "a/contract.yaml:4:18",
        &["-1 は小さすぎます（0以上）"],
        &["-1 is too small; at least 0"],
    );
}

#[test]
fn a_duplicate_id_in_a_list() {
    contract("parties:\n  - {id: p, name: a}\n  - {id: q, name: b}\n  - {id: p, name: c}\n").refuses(
        3,
        "duplicate-id",
        "a/contract.yaml:6:10",
        &["ID「p」が重複", "a/contract.yaml:4:10", "別のID"],
        &["the id `p` stands twice", "a/contract.yaml:4:10", "an id of its own"],
    );
}

#[test]
fn two_systems_with_one_id() {
    let files = [("a/contract.yaml", GOOD), ("a/systems/b.yaml", SYSTEM), ("a/systems/c.yaml", SYSTEM)];
    let (ja, en) =
        (["ID「web」が重複", "a/systems/b.yaml:2:5"], ["`web` stands twice", "a/systems/b.yaml:2:5"]);
    Scratch::with(&files).refuses(3, "duplicate-id", "a/systems/c.yaml:2:5", &ja, &en);
}

#[test]
fn all_mistakes_of_all_documents_are_told_at_once() {
    let scratch = Scratch::with(&[
        ("a/contract.yaml", "hadome: contract/1\nid: x\ntitel: 契約\ndata_return: {deadline_days: -1}\n"),
        ("a/system.yaml", "hadome: system/1\nid: web\nzone: moon\n"),
    ]);
    let ran = scratch.check(&["a"]);
    ran.code(3).silent().says(&["a/contract.yaml:3:1", "a/contract.yaml:4:30", "a/system.yaml:3:7"]);
}

// The form of a file

#[test]
fn duplicate_keys_with_both_places() {
    contract("title: a\nnumber: 1号\ntitle: b\n").refuses(
        3,
        "duplicate-key",
        "a/contract.yaml:5:1",
        &["「title」", "2回", "a/contract.yaml:3:1", "一方だけを残してください"],
        &["`title` is given twice", "a/contract.yaml:3:1", "Keep one of the two"],
    );
}

#[test]
fn tabs() {
    contract("data_return:\n\ton_end: true\n").refuses(
        3,
        "tab",
        "a/contract.yaml:4:1",
        &["字下げにタブ", "半角スペースに置き換えてください"],
        &["a tab is used for indentation", "Replace tabs with spaces"],
    );
}

#[test]
fn full_width_spaces() {
    let (ja, en) = (["全角スペース", "半角スペースに置き換えてください"], ["full-width space", "Replace it"]);
    let table = [
        ("data_return:\n　　on_end: true\n", "a/contract.yaml:4:1"),
        ("data_return:\n  on_end:　true\n", "a/contract.yaml:4:10"),
    ];
    for (lines, place) in table {
        contract(lines).refuses(3, "full-width-space", place, &ja, &en);
    }
}

#[test]
fn full_width_colons() {
    let (ja, en) =
        (["全角の「：」", "半角のコロン"], ["full-width colon `：`", "Replace it with a plain colon"]);
    let table = [
        ("title：契約\n", "a/contract.yaml:3:6"),
        ("data_return:\n  on_end：true\n", "a/contract.yaml:4:9"),
        ("data_return:\n  on_end：true\n  deadline_days：30\n", "a/contract.yaml:4:9"),
    ];
    for (lines, place) in table {
        contract(lines).refuses(3, "full-width-colon", place, &ja, &en);
    }
}

#[test]
fn an_unclosed_quote() {
    contract("title: \"契約\nnumber: 1号\n").refuses(
        3,
        "unclosed-quote",
        "a/contract.yaml:3:8",
        &["引用符「\"」が閉じられていません", "同じ引用符を付けてください"],
        &["this quote (\") is never closed", "Put the same quote"],
    );
}

#[test]
fn shift_jis() {
    // title: 契約書の目的
    let mut bytes = format!("{CONTRACT}title: ").into_bytes();
    bytes.extend(b"\x8c_\x96\xf1\x8f\x91\x82\xcc\x96\xda\x93I\n");
    Scratch::contract(bytes).refuses(
        3,
        "wrong-encoding",
        "a/contract.yaml:3:8",
        &["Shift_JIS", "「UTF-8」を選んで保存し直してください"],
        &["probably Shift_JIS", "Save it again with the encoding UTF-8"],
    );
}

#[test]
fn utf_16() {
    let text = format!("{CONTRACT}title: 契約書の目的\n");
    let bytes = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes));
    Scratch::contract(bytes.collect::<Vec<u8>>()).refuses(
        3,
        "wrong-encoding",
        "a/contract.yaml:1:1",
        &["UTF-16", "「UTF-8」を選んで保存し直してください"],
        &["probably UTF-16", "Save it again with the encoding UTF-8"],
    );
}

#[test]
fn a_byte_order_mark_and_crlf_keep_the_places_right() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (ja, en) = (["deadline_days"], ["deadline_days"]);
    let bad = windows(&format!("{CONTRACT}title: 契約\ndata_return:\n  deadine_days: 30\n"));
    Scratch::contract(bad).refuses(3, "unknown-key", "a/contract.yaml:5:3", &ja, &en);
    let (ja, en) = (["contract/9"], ["contract/9"]);
    Scratch::contract(windows("hadome: contract/9\n")).refuses(
        3,
        "unknown-version",
        "a/contract.yaml:1:9",
        &ja,
        &en,
    );
    let scratch = Scratch::contract(windows(&format!("{CONTRACT}data_return:\n  on_end: false\n")));
    scratch.check(&["a"]).code(1).shows(&["a/contract.yaml:4:11: fail[ZZZ-01]"]);
}

#[test]
fn a_lone_carriage_return_ends_a_line_in_every_message() {
    let scratch = contract("title: 契約\ndata_return:\n  deadine_days: 30\n");
    let old_mac = scratch.read("a/contract.yaml").replace('\n', "\r");
    scratch.write("a/contract.yaml", old_mac);
    scratch.refuses(3, "unknown-key", "a/contract.yaml:5:3", &["deadline_days"], &["deadline_days"]);
}

#[test]
fn an_empty_file() {
    let (ja, en) = (["内容がありません", "hadome init"], ["the file is empty", "hadome init"]);
    Scratch::contract("").refuses(3, "empty-file", "a/contract.yaml:1:1", &ja, &en);
}

#[test]
fn a_document_with_a_hidden_second_ending() {
    let scratch = Scratch::contract(GOOD);
    scratch
        .write("a/system.yaml.txt", SYSTEM)
        .write("a/notes.txt", "hadome")
        .write("a/memo.yaml.txt", "a: 1\n");
    let (ja, en) = (["「.txt」で終わるため", "「.txt」を除いて"], ["ends in .txt", "take .txt off its name"]);
    scratch.refuses(3, "hidden-ending", "a/system.yaml.txt", &ja, &en);
}

#[test]
fn a_number_in_a_field_for_words() {
    for words in ["90日以内", "契約終了後三十日以内に", "within 90 days"] {
        let scratch = contract(&format!("data_return: {{on_end: true, deadline_days_wording: {words}}}\n"));
        let (ja, en) = (
            [words, "数を deadline_days に書き", "数のない文言だけ"],
            [words, "write the number to `deadline_days`", "words without a number"],
        );
        scratch.refuses(3, "number-in-wording", "a/contract.yaml:3:52", &ja, &en);
    }
    // With what else is wrong in the file, in one run.
    let both = "data_return: {deadline_day: 1, deadline_days_wording: 90日}\n";
    contract(both).check(&["a"]).code(3).says(&["error[unknown-key]", "error[number-in-wording]"]);
    contract("data_return: {on_end: true, deadline_days_wording: 法第12条により直ちに}\n")
        .check(&["a"])
        .code(0);
}

#[test]
fn numbers_and_lists_that_are_written_otherwise() {
    let table = [
        ("data_return: {deadline_days: 90日}\n", "半角の数字だけ", "the number alone"),
        ("data_return: {deadline_days: ９０}\n", "半角の数字だけ", "the number alone"),
        ("data_return: {deadline_days: 直ちに}\n", "deadline_days_wording", "deadline_days_wording"),
        ("amendments: なし\n", "[] と書いて", "write [] where there is none"),
        ("data_handling: {countries: [日本]}\n", "日本は JP", "JP for Japan"),
        ("subcontracting: {prior_approval: 書面}\n", "written（書面による", "written ("),
    ];
    for (lines, ja, en) in table {
        let scratch = contract(lines);
        scratch.check_in("ja", &["a"]).code(3).says(&[ja]);
        scratch.check(&["a"]).code(3).says(&[en]);
    }
}

#[test]
fn a_record_that_covers_an_id_of_two_things() {
    let scratch = contract("loans: [{id: data, purpose: 試験}]\n");
    let stores = "data_stores: [{id: data, holds_personal_data: true}]\n";
    scratch.write("a/system.yaml", format!("{SYSTEM}{stores}"));
    scratch.write("a/records.yaml", "hadome: records/1\nid: r\ndeletions: [{id: d, covers: [data]}]\n");
    let (ja, en) =
        (["「data」", "どちらについて", "別のID"], ["`data`", "cannot be told", "an id of its own"]);
    scratch.refuses(3, "ambiguous-id", "a/records.yaml:3:30", &ja, &en);
    scratch.write("a/records.yaml", "hadome: records/1\nid: r\ndeletions: [{id: d, covers: [other]}]\n");
    scratch.check(&["a"]).says(&[]);
}

#[test]
fn an_amendment_that_is_not_agreed_yet() {
    let amended = |agreed: &str| {
        contract(&format!(
            "amendments: [{{id: m, agreed_on: {agreed}, effective_on: 2025-04-01, set: {{data_return.on_end: true}}}}]\n"
        ))
    };
    amended("2025-03-31").check(&["a"]).code(0);
    amended("2026-04-01").check(&["a"]).code(0);
    // The day of the run is 2026-04-01: what is agreed after it changes nothing, whatever day it names.
    amended("2026-04-02").check(&["a"]).code(1);
    let (ja, en) = (["締結日（agreed_on）", "年月日"], ["`agreed_on`", "write the day"]);
    amended("2026-04").refuses(3, "amendment-without-date", "a/contract.yaml:3:33", &ja, &en);
}

#[test]
fn an_output_whose_ending_says_another_format() {
    let scratch = Scratch::contract(GOOD);
    scratch.complains(
        &["report", "a", "-o", "x.pdf"],
        2,
        &[".pdf のファイルは作成できません", ".md、.html"],
        &["no .pdf file", ".md, .html"],
    );
    scratch.complains(&["calendar", "a", "-o", "x.xlsx"], 2, &[".xlsx"], &["no .xlsx file"]);
    scratch.complains(&["clauses", "a", "-o", "x.html"], 2, &[".docx"], &["no .html file"]);
}

// What costs too much

/// Refused, and quickly: far below a second even in a debug build on a busy machine.
#[track_caller]
fn quickly(lines: &str, error: &str, place: &str, ja: &[&str], en: &[&str]) {
    let scratch = contract(lines);
    scratch.refuses(3, error, place, ja, en);
    let took = (0..3).map(|_| scratch.check(&["a"]).took).min();
    assert!(took < Some(Duration::from_secs(1)), "{took:?}");
}

#[test]
fn a_string_of_ten_megabytes() {
    quickly(
        &format!("title: {}\n", "a".repeat(10_000_000)),
        "file-too-large",
        "a/contract.yaml",
        &["ファイルが大きすぎます（上限8388608バイト）", "確かめてください"],
        &["too large (at most 8388608 bytes)", "Check that this is the right file"],
    );
}

#[test]
fn ten_thousand_nested_levels() {
    let (ja, en) =
        (["入れ子が深すぎます（上限64段）", "括弧"], ["nested too deeply (at most 64 levels)", "brackets"]);
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    let dashes = "- ".repeat(10_000);
    quickly(&format!("title: {open}{close}\n"), "too-deep", "a/contract.yaml:3:72", &ja, &en);
    quickly(&format!("title: {open}\n"), "too-deep", "a/contract.yaml:3:72", &ja, &en);
    quickly(&format!("title:\n  {dashes}x\n"), "too-deep", "a/contract.yaml:4:129", &ja, &en);
}

#[test]
fn an_alias_bomb() {
    let mut lines = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..10 {
        let copies = vec![format!("*a{}", level - 1); 10].join(",");
        lines += &format!("a{level}: &a{level} [{copies}]\n");
    }
    let (ja, en) = (["「*」による参照", "書いてください"], ["aliases", "Write out the values"]);
    quickly(&lines, "alias-too-large", "a/contract.yaml:7:9", &ja, &en);
}

#[test]
fn an_amendment_whose_path_has_no_end() {
    // Followed, it would make a tree that no walk survives.
    let path = "a.".repeat(100_000);
    let lines = format!(
        "amendments:\n  - id: first\n    effective_on: 2024-01-01\n    set:\n      ? \"{path}a\"\n      : 1\n"
    );
    let (ja, en) = (["という場所はありません"], ["the path `a.a.a", "cannot be followed"]);
    quickly(&lines, "bad-path", "a/contract.yaml:7:9", &ja, &en);
}

#[test]
fn a_folder_of_very_many_systems() {
    let scratch = Scratch::contract(GOOD);
    for at in 0..101 {
        scratch.write(&format!("a/systems/s{at}.yaml"), SYSTEM.replace("web", &format!("s{at}")));
    }
    let (ja, en) =
        (["101件", "上限100件", "分け"], ["holds 101 documents (at most 100 are read)", "split the dossier"]);
    scratch.refuses(3, "too-many-systems", "a/systems", &ja, &en);
}

#[test]
fn a_conflict_of_very_many_values() {
    let value = "{value: a, ref: {article: 第1条}}";
    let lines = format!("title:\n  conflicting: [{}]\n", [value; 5_000].join(", "));
    let scratch = contract(&lines);
    let ran = scratch.check(&["a"]);
    ran.code(3).silent().says(&["error[conflict-too-many]", "more than 16 values", "contract.yaml:4:16"]);
    scratch.check_in("ja", &["a"]).code(3).says(&["16より多く並んでいます", "一つずつ書いてください"]);
    assert!(ran.took < Duration::from_secs(5), "{:?}", ran.took);
}

/// A contract with so many subcontractors and a record of an approval for each, all held against all.
fn subcontracted(count: usize) -> Scratch {
    let demand = "contract.subcontractors.all(s, records.approvals.exists(a, a.subcontractor != s.id))";
    let of = |line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let scratch = Scratch::demanding(
        &format!("require:\n  - id: duty\n    part: promise\n    that: {demand}\n"),
        &format!("{CONTRACT}subcontractors:\n{}", of(&|at| format!("  - {{id: s{at}}}\n"))),
    );
    let approvals = of(&|at| format!("  - {{id: e{at}, subcontractor: s{at}}}\n"));
    scratch.write("a/records.yaml", format!("hadome: records/1\nid: r\napprovals:\n{approvals}"));
    scratch
}

#[test]
fn lists_too_long_to_be_held_against_each_other() {
    let (ja, en) = (
        ["一覧が長すぎるため、判定を打ち切りました", "2001件", "分けてください"],
        ["too long to be judged", "2001 items", "split the dossier"],
    );
    subcontracted(2_001).refuses(3, "too-much-to-judge", "a/contract.yaml:4:3", &ja, &en);
    subcontracted(1_000).check(&["a"]).code(0);
}

#[test]
fn amendments_that_set_very_many_values() {
    let amended = |count: usize| {
        let lines: String =
            (0..count).map(|at| format!("      subcontractors[s{at}].task: 保守\n")).collect();
        contract(&format!("amendments:\n  - id: first\n    effective_on: 2024-01-01\n    set:\n{lines}"))
    };
    let (ja, en) = (["1000個まで", "変更後の契約全体"], ["at most 1000 in all", "the contract as amended"]);
    amended(1_001).refuses(3, "too-many-changes", "a/contract.yaml:1007:7", &ja, &en);
    let ran = amended(1_000).check(&["a"]);
    assert!(!ran.err.contains("too-many-changes"), "{}", ran.err);
}

#[test]
fn very_many_problems_are_counted_and_not_told_one_by_one() {
    let keys: Vec<String> = (0..4_000).map(|at| format!("k{at}: 1")).collect();
    let lines = contract(&format!("{}\n", keys.join("\n")));
    let line = Scratch::contract(format!("{{hadome: contract/1, id: x, {}}}\n", keys.join(", ")));
    for scratch in [lines, line] {
        let ran = scratch.check(&["a"]);
        ran.code(3).silent().says(&["error[unknown-key]", "error[more-problems]", "3901 more problems"]);
        assert_eq!(ran.err.matches("error[").count(), 100);
        assert!(ran.err.len() < 300_000, "{} bytes", ran.err.len());
        scratch.check_in("ja", &["a"]).code(3).says(&["更に3901件あります", "もう一度実行してください"]);
    }
}

// Many dossiers

#[test]
fn one_broken_dossier_among_a_hundred_hides_nothing() {
    let scratch = Scratch::new();
    for at in 0..100 {
        scratch.write(
            &format!("all/d{at:02}/contract.yaml"),
            if at == 37 { "hadome: contract/1\n" } else { GOOD },
        );
    }
    let ran = scratch.check(&["all"]);
    ran.code(3).says(&["all/d37/contract.yaml:1:1", "`id` is missing", "all/d37: not judged"]);
    assert_eq!(ran.err.matches("error[").count(), 1, "{}", ran.err);
    let judged: Vec<&str> =
        ran.out.lines().filter_map(|line| line.split_once(": 1 outcomes")).map(|line| line.0).collect();
    let wanted: Vec<String> = (0..100).filter(|at| *at != 37).map(|at| format!("all/d{at:02}")).collect();
    assert_eq!(judged, wanted);
    let json = scratch.check_in("ja", &["all", "--format", "json"]).json();
    assert_eq!(
        (&json["dossier_totals"]["assessed"], &json["dossier_totals"]["refused"]),
        (&99.into(), &1.into())
    );
}

// Policies and profiles

/// A policy folder that does not load is refused before any dossier is judged.
#[track_caller]
fn policy_refused(rest: &str, error: &str, place: &str, ja: &[&str], en: &[&str]) {
    let place = format!("policies/zzz/ZZZ-01.yaml:{place}");
    Scratch::demanding(rest, GOOD).refuses(2, error, &place, ja, en);
}

#[test]
fn a_misspelt_path_in_a_condition() {
    policy_refused(
        "require:\n  - id: duty\n    part: promise\n    that: contract.data_retrn.on_end\n",
        "unknown-field",
        "15:20",
        &["「data_retrn」という項目はありません", "「data_return」ではありませんか"],
        &["no field `data_retrn`", "did you mean `data_return`?"],
    );
}

#[test]
fn a_condition_of_thousands_of_selections() {
    policy_refused(
        &format!("require:\n  - id: duty\n    part: promise\n    that: contract{}\n", ".x".repeat(4_000)),
        "expression-too-deep",
        "15:11",
        &["多すぎます（4000個）"],
        &["too many operators, selections and brackets (4000)"],
    );
}

#[test]
fn a_policy_without_clauses() {
    let (ja, en) = (
        ["判定条件（require）がありません", "一つ以上"],
        ["the policy has no clause", "at least one clause"],
    );
    policy_refused("require: []\n", "policy-without-clause", "12:1", &ja, &en);
    policy_refused("", "missing-key", "1:1", &["「require」がありません"], &["`require` is missing"]);
}

#[test]
fn a_parameter_that_nobody_uses() {
    let from = "source: project_default, from: {ja: 試, en: trial}";
    policy_refused(
        &format!("parameters:\n  most_days: {{value: 30, unit: days, {from}}}\n{DUTY}"),
        "unused-parameter",
        "13:3",
        &["「most_days」はどの条件でも使われていません", "消してください"],
        &["no condition uses the parameter `most_days`", "or remove it"],
    );
}

#[test]
fn for_each_without_when_empty() {
    policy_refused(
        "for_each: {s: contract.subcontractors}\nrequire:\n  - {id: task, part: promise, that: stated(s.task)}\n",
        "when-empty-missing",
        "12:1",
        &["（when_empty）がありません", "when_empty: undecided"],
        &["for_each needs when_empty", "write when_empty: undecided"],
    );
}

#[test]
fn a_clause_that_does_not_read_the_binder() {
    policy_refused(
        &format!("for_each: {{s: contract.subcontractors}}\nwhen_empty: undecided\n{DUTY}"),
        "binder-not-read",
        "15:37",
        &["「duty」は for_each の対象を読みません", "別の確認項目に分けてください"],
        &["`duty` does not read the item of for_each", "a policy of its own"],
    );
}

#[test]
fn a_policy_file_under_another_name() {
    let scratch = Scratch::contract(GOOD);
    scratch.write("policies/yyy/YYY-01.yaml", policy("ZZZ-02", DUTY));
    scratch.refuses(
        2,
        "misplaced-policy",
        "policies/yyy/YYY-01.yaml:2:5",
        &["zzz/ZZZ-02.yaml に置いてください"],
        &["move it to zzz/ZZZ-02.yaml"],
    );
}

#[test]
fn a_folder_of_policies_that_is_missing_or_empty() {
    let scratch = Scratch::contract(GOOD);
    scratch.write("none/notes.txt", "x");
    for command in [&["check", "a", "--policies"][..], &["policy", "list", "--policies"], &["policy", "test"]]
    {
        let with = |folder| [command, &[folder]].concat();
        let (ja, en) = (["フォルダーがありません：nowhere"], ["no folder of policies nowhere"]);
        scratch.complains(&with("nowhere"), 2, &ja, &en);
        let (ja, en) = (
            ["none には確認項目も", "確かめてください"],
            ["no policies or profiles in none", "check the folder"],
        );
        scratch.complains(&with("none"), 2, &ja, &en);
    }
}

#[test]
fn an_unknown_profile() {
    Scratch::contract(GOOD).complains(
        &["check", "a", "--profile", "municipalty"],
        2,
        &["「municipalty」という確認項目セットはありません", "municipality"],
        &["no profile `municipalty`", "municipality"],
    );
}

#[track_caller]
fn profile_refused(select: &str, error: &str, place: &str, ja: &[&str], en: &[&str]) {
    let scratch = Scratch::contract(GOOD);
    let profile = PROFILE.replace("{policies: [ZZZ-01]}", select);
    scratch.write("profile.yaml", &profile);
    scratch.refuses(2, error, &format!("profile.yaml:{place}"), ja, en);
    // A profile of a folder of policies is told at its place too.
    scratch.write("policies/profiles/trial.yaml", profile);
    let ran = scratch.hadome("en", &["check", "a", "--policies", "policies", "--profile", "trial"]);
    ran.code(2).silent().says(en).says(&[&format!("policies/profiles/trial.yaml:{place}")]);
}

#[test]
fn a_profile_that_selects_nothing() {
    profile_refused(
        "{policies: [ZZZ-01], except: [{policy: ZZZ-01, because: {ja: 試, en: trial}}]}",
        "empty-profile",
        "5:1",
        &["確認項目を一つも選んでいません", "見直してください"],
        &["the profile selects no policy", "look at families"],
    );
}

#[test]
fn a_profile_that_names_what_does_not_exist() {
    let (ja, en) =
        (["「ZZZ-02」", "「ZZZ-01」ではありませんか"], ["no policy `ZZZ-02`", "did you mean `ZZZ-01`?"]);
    profile_refused("{policies: [ZZZ-02]}", "unknown-policy", "5:21", &ja, &en);
    let (ja, en) =
        (["「ZZY」という分野", "「ZZZ」ではありませんか"], ["no family `ZZY`", "did you mean `ZZZ`?"]);
    profile_refused("{families: [ZZY]}", "unknown-family", "5:21", &ja, &en);
}

#[test]
fn a_profile_that_sets_a_parameter_nobody_has_names_the_policy() {
    let (ja, en) = (["「most」というパラメーター"], ["no parameter `most`"]);
    profile_refused(
        "{policies: [ZZZ-01]}\nparameters: {ZZZ-01: {most: {value: 3, source: project_default, from: {ja: 試, en: trial}}}}",
        "unknown-parameter",
        "6:23",
        &ja,
        &en,
    );
}

#[test]
fn a_profile_with_a_misspelt_key() {
    let scratch = Scratch::contract(GOOD);
    scratch.write("profile.yaml", PROFILE.replace("select:", "select: {}\nselct:"));
    let (ja, en) = (["「select」ではありませんか"], ["did you mean `select`?"]);
    scratch.refuses(2, "unknown-key", "profile.yaml:6:1", &ja, &en);
}

// Arguments and outputs

#[test]
fn wrong_arguments() {
    let scratch = Scratch::contract(GOOD);
    let table: [(&[&str], &[&str]); 8] = [
        (&["check"], &["<PATH>"]),
        (&["check", "a", "--formt", "json"], &["--formt", "--format"]),
        (&["check", "a", "--format", "jsn"], &["jsn", "json"]),
        (&["check", "a", "--as-of", "2026-02-30"], &["2026-02-30", "2026-04-01"]),
        (&["check", "a", "--stage", "runing"], &["runing", "running"]),
        (&["check", "a", "--fail-on", "hgh"], &["hgh", "high"]),
        (&["chek", "a"], &["chek", "check"]),
        (&["schema", "contrct"], &["contrct", "contract"]),
    ];
    for (arguments, words) in table {
        for lang in ["ja", "en"] {
            scratch.hadome(lang, arguments).code(2).silent().says(words);
        }
    }
}

#[test]
fn a_report_that_cannot_be_written() {
    let scratch = Scratch::contract(GOOD);
    let yardstick =
        ["report", "a", "--as-of", "2026-04-01", "--policies", "policies", "--profile", "profile.yaml"];
    for target in ["nowhere/report.md", "policies"] {
        let arguments = [&yardstick[..], &["-o", target]].concat();
        let (ja, en) = (format!("{target} に書き込めません"), format!("cannot write {target}"));
        scratch.complains(&arguments, 3, &[&ja], &[&en]);
    }
}

#[test]
fn a_pipe_is_written_to_and_never_replaced() {
    let scratch = Scratch::contract(GOOD);
    let pipe = scratch.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Open at both ends, so that neither side waits for the other.
    let mut end = std::fs::OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
    let arguments = ["report", "a", "--policies", "policies", "--profile", "profile.yaml", "-o", "pipe"];
    scratch.hadome("en", &arguments).code(0);
    assert!(!std::fs::metadata(&pipe).unwrap().is_file(), "the pipe was replaced");
    let mut start = [0; 1];
    end.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"#");
}

#[test]
fn a_report_on_a_broken_dossier_leaves_the_old_one_alone() {
    let scratch = contract("titel: x\n");
    scratch.write("report.md", "old");
    let before = scratch.files();
    let ran = scratch.hadome(
        "en",
        &["report", "a", "--policies", "policies", "--profile", "profile.yaml", "-o", "report.md"],
    );
    ran.code(3).silent().says(&["a/contract.yaml:3:1", "did you mean `title`?", "no report"]);
    assert_eq!((scratch.read("report.md").as_str(), scratch.files()), ("old", before));
}

#[test]
fn init_never_overwrites() {
    for name in ["contract.yaml", "system.yaml", "records.yaml"] {
        let path = format!("n/{name}");
        let scratch = Scratch::with(&[(&path, "mine\n")]);
        let (ja, en) = ([name, "上書きしない"], [name, "nothing is overwritten"]);
        scratch.complains(&["init", "n"], 2, &ja, &en);
        assert_eq!(scratch.read(&path), "mine\n");
    }
    let scratch = Scratch::new();
    scratch.hadome("ja", &["init", "n"]).code(0);
    let written = scratch.read("n/contract.yaml");
    scratch.hadome("en", &["init", "n"]).code(2).silent();
    assert_eq!(scratch.read("n/contract.yaml"), written);
}

#[test]
fn a_closed_pipe_does_not_panic() {
    let scratch = Scratch::contract(GOOD);
    let commands: [&[&str]; 4] = [
        &["check", "a", "--format", "json", "--policies", "policies", "--profile", "profile.yaml"],
        &["policy", "list"],
        &["schema", "contract"],
        &["--help"],
    ];
    for arguments in commands {
        // The reading end is gone before the program starts, so that no write can win a race.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_hadome"));
        command
            .env_clear()
            .current_dir(scratch.path(""))
            .args(arguments)
            .stdout(writer)
            .stderr(Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_said() {
    let scratch = Scratch::contract(GOOD);
    for (lang, words) in [("ja", "出力できません"), ("en", "cannot write the output")] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_hadome"));
        command
            .env_clear()
            .current_dir(scratch.path(""))
            .args(["--lang", lang, "policy", "list"])
            .stdout(full);
        let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(err.contains(words) && err.lines().count() == 1, "{err}");
        assert_eq!(output.status.code(), Some(3));
    }
}
