//! The register of evidence from the command line: what is written, what is refused, what is found.

mod common;

use std::fs;
use std::io::Write;

use common::{GOOD, Ran, Scratch};
use hadome::digest::sha256;
use hadome::load::attachment::{self, Attachment};
use serde_json::Value;

const HEAD: &str = "hadome: evidence/1\nid: x\nevidence:\n";
const SYSTEM: &str = "hadome: system/1\nid: web\npublic_facing: false\n";
const PAPER: &str = "写し";

/// A dossier with a system, and a file that is not registered yet.
fn dossier() -> Scratch {
    let scratch = Scratch::with(&[
        ("a/contract.yaml", GOOD),
        ("a/system.yaml", SYSTEM),
        ("a/evidence/Access Test.pdf", PAPER),
    ]);
    scratch.write("b/contract.yaml", "hadome: contract/1\nid: b\ntitel: x\n");
    scratch
}

/// Runs a command of `evidence` against the folder's own yardstick.
#[track_caller]
fn evidence(scratch: &Scratch, lang: &str, arguments: &[&str]) -> Ran {
    let yardstick = ["--as-of", "2026-04-01", "--policies", "policies", "--profile", "profile.yaml"];
    let day = arguments.iter().position(|word| *word == "--as-of");
    let yardstick = if day.is_some() { &yardstick[2..] } else { &yardstick[..] };
    scratch.hadome(lang, &[&["evidence"], arguments, yardstick].concat())
}

const ADD: [&str; 5] = ["add", "a", "a/evidence/Access Test.pdf", "--kind", "test_report"];

#[track_caller]
fn add(scratch: &Scratch, more: &[&str]) -> Ran {
    evidence(scratch, "en", &[&ADD, more].concat())
}

#[test]
fn a_file_is_registered_with_what_was_said_and_nothing_else() {
    let scratch = dossier();
    let ran = add(&scratch, &[]);
    ran.code(0).shows(&["access-test", "handed in, not examined", "it does not say what it proves"]);
    let digest = sha256(PAPER.as_bytes());
    let first = format!(
        "{HEAD}  - id: access-test\n    kind: test_report\n    file: evidence/Access Test.pdf\n    sha256: {digest}\n"
    );
    assert_eq!(scratch.read("a/evidence.yaml"), first);
    // Everything that can be said, in the order of the schema; an id of its own, since the name is taken.
    let all = [
        "--title",
        "試験: 第1版",
        "--number",
        "根-012",
        "--issuer",
        "甲",
        "--issuer-side",
        "contractor",
        "--author",
        "乙",
        "--issued-on",
        "令和8年2月1日",
        "--effective-on",
        "2026-02-01",
        "--expires-on",
        "2027-01-31",
        "--period-from",
        "2026-01",
        "--period-to",
        "2026-01-31",
        "--received-on",
        "2026-02-03",
        "--received-by",
        "丙",
        "--form",
        "copy",
        "--kept-at",
        "書庫",
        "--retain-until",
        "2031-03-31",
        "--classification",
        "関係者限り",
        "--policy",
        "ZZZ-01",
        "--scope",
        "本番",
        "--note",
        "true",
        "--proves",
        "system.public_facing=false",
        "--proves",
        "contract.data_return.on_end=true",
    ];
    let ran = add(&scratch, &all);
    ran.code(0).shows(&["access-test-2", "registered already as access-test", "not examined"]);
    let second = format!(
        "  - id: access-test-2\n    number: 根-012\n    title: '試験: 第1版'\n    kind: test_report\n    scope: 本番\n    \
         file: evidence/Access Test.pdf\n    sha256: {digest}\n    issuer: 甲\n    issuer_side: contractor\n    \
         author: 乙\n    issued_on: 令和8年2月1日\n    effective_on: 2026-02-01\n    expires_on: 2027-01-31\n    \
         period:\n      from: 2026-01\n      to: 2026-01-31\n    received_on: 2026-02-03\n    received_by: 丙\n    \
         form: copy\n    kept_at: 書庫\n    retain_until: 2031-03-31\n    classification: 関係者限り\n    \
         policies: [ZZZ-01]\n    proves:\n      - fact: system.public_facing\n        value: false\n      - fact: \
         contract.data_return.on_end\n        value: true\n    note: 'true'\n"
    );
    assert_eq!(scratch.read("a/evidence.yaml"), format!("{first}{second}"));
    scratch.check(&["a"]).code(0);
    // Named as it lies in the dossier, from anywhere; a name without Latin letters gives the kind.
    scratch.write("a/evidence/報告書.pdf", "x");
    let ran =
        evidence(&scratch, "ja", &["add", "a/system.yaml", "evidence/報告書.pdf", "--kind", "audit_report"]);
    ran.code(0).shows(&["audit-report", "提出あり（内容未確認）"]);
    scratch.check(&["a"]).code(0);
}

#[test]
fn what_stands_in_the_register_is_kept_to_the_byte() {
    let scratch = dossier();
    let old = "\u{feff}# 台帳\r\nhadome: evidence/1\r\nid: 'x'\r\nevidence:   # 一覧\r\n- {id: old, kept_at: 書庫}  # 紙\r\n";
    scratch.write("a/evidence.yaml", old);
    add(&scratch, &["--issuer", "甲"]).code(0);
    let new = fs::read_to_string(scratch.path("a/evidence.yaml")).unwrap();
    assert!(new.starts_with(old) && new.ends_with("  issuer: 甲\r\n"), "{new}");
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    // An empty file, and one of comments, is a register that begins.
    for old in ["", "# まだない\n"] {
        scratch.write("a/evidence.yaml", old);
        add(&scratch, &[]).code(0);
        assert!(scratch.read("a/evidence.yaml").starts_with(&format!("{old}{HEAD}  - id: access-test\n")));
    }
    assert!(!scratch.files().iter().any(|file| file.ends_with(".part")));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_of_the_register_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scratch = dossier();
    scratch.write("a/kept/register", HEAD);
    symlink("kept/register", scratch.path("a/evidence.yaml")).unwrap();
    let mode = |mode: u32| {
        fs::set_permissions(scratch.path("a/kept/register"), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(0o640);
    add(&scratch, &[]).code(0);
    assert!(scratch.path("a/evidence.yaml").is_symlink());
    let found = scratch.path("a/kept/register").metadata().unwrap().permissions().mode();
    assert_eq!(found & 0o777, 0o640);
    mode(0o440);
    let before = scratch.read("a/kept/register");
    add(&scratch, &["--id", "b"]).code(3).silent().says(&[
        "a/evidence.yaml",
        "write-protected",
        "nothing was changed",
    ]);
    assert_eq!(scratch.read("a/kept/register"), before);
}

#[test]
fn what_cannot_be_registered_is_refused_with_its_reason() {
    let scratch = dossier();
    scratch
        .write("elsewhere.pdf", "x")
        .write("a/evidence.yaml", format!("{HEAD}  - {{id: old, kept_at: 書庫}}\n"));
    let file = "a/evidence/Access Test.pdf";
    type Row<'r> = (&'r [&'r str], i32, &'r [&'r str], &'r [&'r str]);
    let table: [Row<'_>; 12] = [
        (
            &["elsewhere.pdf", "--kind", "other"],
            2,
            &["elsewhere.pdf は a の外にあります", "写してから"],
            &["lies outside a", "copy it into the folder"],
        ),
        (&["a/../elsewhere.pdf", "--kind", "other"], 2, &["外にあります"], &["lies outside"]),
        (&["a/evidence/none", "--kind", "other"], 2, &["a/evidence/none がありません"], &["does not exist"]),
        (&["a/evidence", "--kind", "other"], 2, &["ファイルではありません"], &["no file but a folder"]),
        (&["a/contract.yaml", "--kind", "other"], 2, &["委託案件の文書です"], &["document of the dossier"]),
        (&["a/evidence.yaml", "--kind", "other"], 2, &["委託案件の文書です"], &["document of the dossier"]),
        (
            &[file, "--kind", "other", "--proves", "system.public_facing"],
            2,
            &["資料の示す値がありません"],
            &["what does the paper show?"],
        ),
        (
            &[file, "--kind", "other", "--proves", "system.public_faces=true"],
            2,
            &["「system.public_faces」という記載事項はありません"],
            &["there is no fact `system.public_faces`"],
        ),
        (
            &[file, "--kind", "other", "--proves", "system.public_facing=no"],
            2,
            &["true 又は false"],
            &["must be true or false; found `no`"],
        ),
        (
            &[file, "--kind", "other", "--proves", "system.hosting=pass"],
            2,
            &["選択肢の一つ", "paas ではありませんか"],
            &["did you mean `paas`?"],
        ),
        (
            &[file, "--kind", "other", "--policy", "ZZZ-02"],
            2,
            &["「ZZZ-02」という確認項目はありません", "「ZZZ-01」ではありませんか"],
            &["no policy `ZZZ-02`", "did you mean `ZZZ-01`?"],
        ),
        (
            &[file, "--kind", "other", "--proves", "contract=1"],
            2,
            &["値は書けません"],
            &["no value of its own"],
        ),
    ];
    let yardstick = ["--as-of", "2026-04-01", "--policies", "policies", "--profile", "profile.yaml"];
    for (arguments, code, ja, en) in table {
        let before = scratch.read("a/evidence.yaml");
        scratch.complains(&[&["evidence", "add", "a"], arguments, &yardstick].concat(), code, ja, en);
        assert_eq!(scratch.read("a/evidence.yaml"), before);
    }
    let longer: [(&[&str], i32, &str); 7] = [
        (&["--kind", "test_reprot"], 2, "test_report"),
        (&["--kind", "other", "--issued-on", "2026-02-30"], 2, "2026-02-30"),
        (&["--kind", "other", "--form", "coppy"], 2, "copy"),
        (&["--kind", "other", "--title", ""], 2, "--title"),
        (&["--kind", "other", "--id", "old"], 2, "[entry-there-already]"),
        (&["--kind", "other", "--id", "Old File"], 2, "[bad-form]"),
        (
            &["--kind", "other", "--issued-on", "2026-04-01", "--expires-on", "2026-03-31"],
            2,
            "[dates-out-of-order]",
        ),
    ];
    for (arguments, code, word) in longer {
        for lang in ["ja", "en"] {
            let before = scratch.files().len();
            let ran = evidence(&scratch, lang, &[&["add", "a", file], arguments].concat());
            ran.code(code).silent().says(&[word]);
            assert!(!scratch.read("a/evidence.yaml").contains("pdf") && scratch.files().len() == before);
        }
    }
    // A dossier that is not in order.
    for arguments in
        [&["add", "b", "b/contract.yaml", "--kind", "other"][..], &["list", "b"], &["verify", "b"]]
    {
        evidence(&scratch, "en", arguments)
            .code(3)
            .silent()
            .says(&["error[unknown-key]", "b/contract.yaml:3:1"]);
    }
    evidence(&scratch, "en", &["list", "nowhere"]).code(2).silent();
}

#[test]
fn where_nothing_can_be_added_safely_the_text_to_paste_is_printed() {
    let scratch = dossier();
    for (text, place) in [("evidence: null\n", "4:11"), ("evidence: [\n  # なし\n]\n", "4:11")] {
        let old = format!("hadome: evidence/1\nid: x\n\n{text}");
        scratch.write("a/evidence.yaml", &old);
        let ran = add(&scratch, &[]);
        ran.code(3).says(&["error[no-place-to-add]", &format!("a/evidence.yaml:{place}"), "by hand"]);
        ran.shows(&["  - id: access-test\n    kind: test_report\n"]);
        assert_eq!(scratch.read("a/evidence.yaml"), old);
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_folders_are_not_read_as_evidence() {
    let scratch = dossier();
    scratch.write("secret", "x");
    std::os::unix::fs::symlink("../../secret", scratch.path("a/evidence/link.pdf")).unwrap();
    std::os::unix::fs::symlink("Access Test.pdf", scratch.path("a/evidence/inner.pdf")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(scratch.path("a/evidence/pipe")).status();
    assert!(made.unwrap().success());
    let run = |file: &str| evidence(&scratch, "en", &["add", "a", file, "--kind", "other"]);
    run("a/evidence/link.pdf").code(2).silent().says(&["lies outside a"]);
    run("a/evidence/pipe").code(2).silent().says(&["no file but a folder or device"]);
    assert!(!scratch.path("a/evidence.yaml").exists());
    run("a/evidence/inner.pdf").code(0).shows(&[&sha256(PAPER.as_bytes())]);
    let register =
        ["link.pdf", "pipe"].map(|file| format!("  - {{id: e-{}, file: evidence/{file}}}\n", &file[..1]));
    scratch.write("a/evidence.yaml", format!("{HEAD}{}", register.concat()));
    let ran = evidence(&scratch, "en", &["verify", "a"]);
    ran.code(1).shows(&["outside_dossier[e-l]", "not_a_file[e-p]"]);
}

/// A piece that proves what the system says, with some lines in place of others.
fn piece(lines: &[&str]) -> String {
    let digest = format!("sha256: {}", sha256(PAPER.as_bytes()));
    let mut piece = vec![
        "id: e1",
        "title: 試験報告書",
        "kind: test_report",
        "file: evidence/Access Test.pdf",
        &digest,
        "issued_on: 2026-02-01",
        "examined: {by: 係員, side: client, on: 2026-03-01, how: inspection, result: confirmed}",
        "proves: [{fact: system.public_facing, value: false}]",
    ];
    for line in lines {
        let key = line.split(':').next();
        piece.retain(|known| known.split(':').next() != key);
        if !line.ends_with(": -") {
            piece.push(line);
        }
    }
    let lines = piece.iter().enumerate();
    lines.map(|(at, line)| format!("{}{line}\n", if at == 0 { "  - " } else { "    " })).collect()
}

#[test]
fn every_flaw_is_a_finding_of_its_own() {
    let other = "sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let table: [(&[&str], &[&str], &str); 27] = [
        (&[], &["ok"], "受託者資料により確認"),
        (&["issuer_side: authority"], &["ok"], "発注者・第三者等の資料により確認"),
        (&["file: -", "sha256: -", "kept_at: 書庫"], &["ok"], "紙の資料等"),
        (&["file: -", "sha256: -"], &["no_file"], "保管場所も記載されていません"),
        (&["file: evidence/none.pdf"], &["missing_file"], "ファイルがありません"),
        (&["file: ../profile.yaml"], &["outside_dossier"], "フォルダーの外"),
        (&["file: /etc/hostname"], &["outside_dossier"], "フォルダーの外"),
        (&["file: evidence"], &["not_a_file"], "ファイルではありません"),
        (&["sha256: -"], &["no_digest"], "SHA-256の記載がない"),
        (&[other], &["changed_file"], "登録時のファイルと異なります"),
        (&["effective_on: 2026-04-02"], &["not_yet_effective"], "有効期間が始まっていません"),
        (&["expires_on: 2026-03-31"], &["expired"], "有効期間が満了"),
        (&["expires_on: 2026-04-01"], &["ok"], ""),
        (&["issued_on: 2026-04-02"], &["dated_after", "not_examined"], "判定基準日より後"),
        (&["examined: -"], &["not_examined"], "提出あり（内容未確認）"),
        (&["examined: {by: 係員, on: 2026-04-02, result: confirmed}"], &["not_examined"], ""),
        (
            &["examined: {by: 社員, side: contractor, on: 2026-03-01, result: confirmed}"],
            &["examined_by_supplier"],
            "",
        ),
        (
            &["examined: {by: 係員, side: client, on: 2026-03-01, result: not_confirmed}"],
            &["not_borne_out"],
            "",
        ),
        (&["examined: {by: 係員, on: 2026-03-01, result: confirmed}"], &["not_examined"], ""),
        (&["examined: {by: 係員, side: client, on: 2020-01-01, result: confirmed}"], &["not_examined"], ""),
        (&["proves: -"], &["proves_nothing"], "裏付ける事項の記載がありません"),
        (&["proves: [{fact: system.nothing, value: 1}]"], &["no_such_fact"], "「system.nothing」"),
        (&["proves: [{fact: system.public_facing}]"], &["no_value"], "値の記載がありません"),
        (
            &["proves: [{fact: 'records.tests[t1].tested_on', value: 2026-03-15}]"],
            &["before_the_deed"],
            "資料の発行日又は内容の確認の日より後です",
        ),
        (
            &["proves: [{fact: system.hosting, value: paas}]"],
            &["fact_not_stated"],
            "文書に記載されていません",
        ),
        (&["proves: [{fact: system.public_facing, value: true}]"], &["contradicts"], "異なる値"),
        (
            &[
                "file: evidence/none.pdf",
                "examined: -",
                "proves: [{fact: system.public_facing, value: true}]",
            ],
            &["missing_file", "not_examined", "contradicts"],
            "",
        ),
    ];
    let scratch = dossier();
    scratch.write("a/records.yaml", "hadome: records/1\nid: r\ntests: [{id: t1, tested_on: 2026-03-15}]\n");
    let mut seen = Vec::new();
    for (lines, words, text) in table {
        scratch.write("a/evidence.yaml", format!("{HEAD}{}", piece(lines)));
        let ran = evidence(&scratch, "ja", &["verify", "a"]);
        ran.code(i32::from(words != ["ok"])).shows(&[text]);
        let found: Vec<&str> = ran.out.lines().filter(|line| line.contains("[e1]")).collect();
        assert_eq!(found.len(), words.len(), "{lines:?}\n{}", ran.out);
        for (line, word) in found.iter().zip(words) {
            assert!(line.starts_with(&format!("a/evidence.yaml:4:9: {word}[e1] 試験報告書：")), "{line}");
        }
        let json = evidence(&scratch, "en", &["verify", "a", "--format", "json"]).json();
        valid(&json, "evidence-1");
        let flaws = json["dossiers"][0]["evidence"][0]["flaws"].as_array().unwrap();
        let flaws: Vec<&str> = flaws.iter().filter_map(|flaw| flaw["flaw"].as_str()).collect();
        assert_eq!(flaws, if words == ["ok"] { &[][..] } else { words });
        seen.extend(words);
    }
    // Two kinds need a file that moves or cannot be opened; they are tried on the reader itself.
    let schema = output_schema("check-1");
    let known = schema.pointer("/$defs/evidence/properties/flaws/items/properties/flaw/enum").unwrap();
    for word in known.as_array().unwrap().iter().filter_map(Value::as_str) {
        let elsewhere = ["changed_while_read", "unreadable"];
        assert!(seen.contains(&word) || elsewhere.contains(&word), "{word} is not tried");
    }
}

#[test]
fn what_is_verified_depends_on_the_as_of_date_alone() {
    let scratch = dossier();
    scratch.write("a/evidence.yaml", format!("{HEAD}{}", piece(&["expires_on: 2026-04-01"])));
    for (day, code) in
        [("2026-01-31", 1), ("2026-02-28", 1), ("2026-03-01", 0), ("2026-04-01", 0), ("2026-04-02", 1)]
    {
        evidence(&scratch, "en", &["verify", "a", "--as-of", day]).code(code);
    }
    // Several dossiers: what is broken hides nothing of the others, and weighs more.
    let ran = evidence(&scratch, "en", &["verify", "a", "b"]);
    ran.code(3).shows(&["a: 1 pieces of evidence, 0 with something wrong"]).says(&["b: nothing was done"]);
    let ran = evidence(&scratch, "en", &["verify", "a", "b", "--format", "json"]);
    let json = ran.code(3).json();
    valid(&json, "evidence-1");
    assert_eq!(
        (&json["dossiers"][0]["status"], &json["dossiers"][1]["status"]),
        (&"verified".into(), &"refused".into())
    );
}

#[test]
fn an_examination_is_recorded_once() {
    let scratch = dossier();
    add(&scratch, &["--proves", "system.public_facing=false"]).code(0);
    let before = scratch.read("a/evidence.yaml");
    let examine = [
        "examine",
        "a",
        "access-test",
        "--by",
        "情報政策課 主査",
        "--side",
        "client",
        "--on",
        "2026-04-01",
        "--how",
        "inspection",
        "--result",
        "confirmed",
        "--page",
        "3頁: 表2",
        "--note",
        "別紙",
    ];
    let ran = evidence(&scratch, "en", &examine);
    ran.code(0).shows(&["recorded the examination of `access-test`", "documented by the contractor"]);
    let after = format!(
        "{before}    examined:\n      by: 情報政策課 主査\n      side: client\n      on: 2026-04-01\n      how: inspection\n      \
         page: '3頁: 表2'\n      result: confirmed\n      note: 別紙\n"
    );
    assert_eq!(scratch.read("a/evidence.yaml"), after);
    evidence(&scratch, "en", &["verify", "a"]).code(0);
    for (lang, word) in [("ja", "上書きはしません"), ("en", "nothing is overwritten")] {
        let ran = evidence(&scratch, lang, &examine);
        ran.code(2).silent().says(&["[key-there-already]", "a/evidence.yaml:11:5", word]);
    }
    assert_eq!(scratch.read("a/evidence.yaml"), after);
    let mut other = examine;
    other[2] = "acces-test";
    evidence(&scratch, "en", &other)
        .code(2)
        .silent()
        .says(&["error[no-such-entry]", "did you mean `access-test`?"]);
    // Whoever examines says on whose side, when, how and with what result.
    let short = ["examine", "a", "access-test", "--by", "x"];
    evidence(&scratch, "en", &short).code(2).silent().says(&["--side", "--on", "--how", "--result"]);
    // An examination by the contractor's own side is recorded and does not count.
    scratch.write("a/evidence.yaml", before);
    let mut own = examine;
    own[6] = "contractor";
    evidence(&scratch, "ja", &own).code(0).shows(&["受託者又は再委託先の者による確認のため"]);
}

#[test]
fn the_register_is_a_table_that_runs_nothing() {
    let scratch = dossier();
    let lines = [
        "number: '=1+1'",
        "title: \"@SUM(1)|<b>改行\\nの後\"",
        "issuer: －",
        "author: ＝１＋１",
        "note: 'a,\"b\"'",
        "kept_at: -1+1",
        "policies: [ZZZ-01]",
        "retain_until: 令和13年3月31日",
    ];
    scratch.write("a/evidence.yaml", format!("{HEAD}{}", piece(&lines)));
    let ran = evidence(&scratch, "ja", &["list", "a", "--format", "csv"]);
    ran.code(0);
    let body = ran.out.strip_prefix('\u{feff}').expect("a byte order mark, without which Excel guesses");
    assert!(body.ends_with("\r\n") && body.matches('\n').count() == 2, "{body}");
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let titles: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |title: &str| {
        let at =
            titles.iter().position(|known| known == title).unwrap_or_else(|| panic!("{title} in {titles:?}"));
        row[at].to_owned()
    };
    let wanted = [
        ("整理番号", "'=1+1"),
        ("名称", "'@SUM(1)|<b>改行 の後"),
        ("種別", "試験結果報告書"),
        ("発行者", ""),
        ("作成者", "'＝１＋１"),
        ("発行日", "令和8年2月1日"),
        ("保管場所", "'-1+1"),
        ("保存期限", "令和13年3月31日"),
        ("関係する確認項目", "ZZZ-01"),
        ("確認者", "係員"),
        ("確認日", "令和8年3月1日"),
        ("確認の方法", "閲覧"),
        ("確認の結果", "裏付けを確認"),
        ("備考", "a,\"b\""),
        ("問題", ""),
    ];
    for (title, want) in wanted {
        assert_eq!(cell(title), want, "{title}");
    }
    assert_eq!(cell("SHA-256"), sha256(PAPER.as_bytes()));
    for title in [
        "有効期間の開始日",
        "有効期間の満了日",
        "対象期間の初日",
        "対象期間の末日",
        "受領日",
        "受領者",
        "原本・写しの別",
        "取扱区分",
    ] {
        assert_eq!(cell(title), "", "{title}: nothing is filled in");
    }
    let ran = evidence(&scratch, "en", &["list", "a", "--format", "markdown"]);
    let words = [
        "| number | id of the evidence | title |",
        "\\@SUM(1)\\|&lt;b>改行 の後",
        "shows only that the file",
    ];
    ran.code(0).shows(&words);
    let width = |line: &str| line.replace("\\|", "").matches('|').count();
    let rows: Vec<&str> = ran.out.lines().filter(|line| line.starts_with('|')).collect();
    assert!(rows.len() == 3 && rows.iter().all(|row| width(row) == titles.len() + 1), "{}", ran.out);
    evidence(&scratch, "ja", &["list", "a"]).code(0).shows(&[
        "[e1]",
        "確認の方法：閲覧",
        "根拠資料1件（問題のあるもの0件）",
    ]);
    // Without a register there is an empty one.
    fs::remove_file(scratch.path("a/evidence.yaml")).unwrap();
    for (format, word) in
        [("text", "根拠資料0件"), ("markdown", "登録された根拠資料はありません"), ("csv", "整理番号")]
    {
        evidence(&scratch, "ja", &["list", "a", "--format", format]).code(0).shows(&[word]);
    }
}

/// A file that is far larger than the memory that the process may have. The size is for the slow tier
/// to raise: HADOME_LARGE_FILE=2147483648.
#[cfg(target_os = "linux")]
#[test]
fn a_large_file_is_hashed_in_constant_memory() {
    let bytes: u64 =
        std::env::var("HADOME_LARGE_FILE").ok().and_then(|bytes| bytes.parse().ok()).unwrap_or(512 << 20);
    let scratch = dossier();
    let file = fs::File::create(scratch.path("a/evidence/large.img")).unwrap();
    file.set_len(bytes).unwrap();
    let binary = assert_cmd::cargo::cargo_bin("hadome");
    let script = format!(
        "ulimit -v 131072; exec '{}' --lang en evidence add a a/evidence/large.img --kind other --as-of 2026-04-01 \
         --policies policies --profile profile.yaml",
        binary.display()
    );
    let output =
        std::process::Command::new("bash").args(["-c", &script]).current_dir(scratch.path("")).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(scratch.read("a/evidence.yaml").contains("evidence/large.img"));
}

/// Somebody writes to the file all the while: whatever was read of it is not vouched for.
#[test]
fn a_file_that_changes_while_it_is_read_is_not_vouched_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    fs::File::create(&path).unwrap().set_len(64 << 20).unwrap();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let (begun, begins) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        while stopped.try_recv().is_err() {
            file.write_all(b"line\n").unwrap();
            let _ = begun.send(());
        }
    });
    begins.recv().unwrap();
    // The writer may be held up for as long as one reading takes, but not for ten.
    let mut found = (0..10).map(|_| attachment::read(folder.path(), "log"));
    let found = found.find(|found| *found == Attachment::Unsteady);
    stop.send(()).unwrap();
    writer.join().unwrap();
    assert_eq!(found, Some(Attachment::Unsteady));
    assert!(matches!(attachment::read(folder.path(), "log"), Attachment::Read { .. }));
}

#[test]
fn bad_entries_are_refused_with_their_place() {
    let scratch = dossier();
    let table: [(&[&str], &str); 7] = [
        (&["sha256: e3b0c44298fc"], "[bad-form]"),
        (&["sha256: E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"], "[bad-form]"),
        (&["expires_on: 2026-01-31"], "[dates-out-of-order]"),
        (&["period: {from: 2026-02-02, to: 2026-02-01}"], "[dates-out-of-order]"),
        (&["issued_on: 2026-02-30"], "[impossible-date]"),
        (&["kind: test_reprot"], "[unknown-word]"),
        (&["proves: [{fact: system.public_facing, value: paas}]"], "[claim-of-another-type]"),
    ];
    for (lines, code) in table {
        scratch.write("a/evidence.yaml", format!("{HEAD}{}", piece(lines)));
        for lang in ["ja", "en"] {
            evidence(&scratch, lang, &["verify", "a"]).code(3).silent().says(&[code, "a/evidence.yaml:"]);
        }
    }
    scratch.write("a/evidence.yaml", format!("{HEAD}{}{}", piece(&[]), piece(&[])));
    evidence(&scratch, "en", &["list", "a"])
        .code(3)
        .silent()
        .says(&["error[duplicate-id]", "a/evidence.yaml:12:9"]);
}

/// Options of a schema's fields have help in both languages, from the schema.
#[test]
fn help_says_what_to_write() {
    let scratch = Scratch::new();
    for (lang, words) in [
        ("ja", ["資料の名称を記入する", "test_report=試験結果報告書", "オプション", "--period-from"]),
        ("en", ["Write the title of the material", "test_report", "Options:", "--period-from"]),
    ] {
        scratch.hadome(lang, &["evidence", "add", "--help"]).code(0).shows(&words);
    }
    let ran = scratch.hadome("ja", &["evidence", "examine", "--help"]);
    ran.code(0).shows(&["資料の内容を確認した者の所属及び職氏名", "inspection=閲覧"]).hides(&["Write who"]);
}

fn output_schema(name: &str) -> Value {
    let path = format!("{}/schemas/output/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON")
}

/// Holds a document against a schema of outputs, which may refer to that of `check`.
#[track_caller]
fn valid(document: &Value, name: &str) {
    let text = output_schema(name).to_string().replace("urn:hadome:output:check/1#", "#");
    let mut schema: Value = serde_json::from_str(&text).expect("JSON");
    schema["$defs"] = output_schema("check-1")["$defs"].clone();
    let schema = jsonschema::options().build(&schema).expect("a schema");
    let errors: Vec<String> =
        schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
