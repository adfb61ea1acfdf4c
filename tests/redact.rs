//! Copies for release through the binary: no hidden value stands anywhere in them, the page keeps its
//! shape, and what hides nothing or cannot hide is said.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::{Ran, Scratch};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

const RULES: &str = "\
hadome: redaction/1
classes:
  - {class: personal, ground: 条例第7条第2号}
  - {class: corporate, ground: 条例第7条第3号}
  - {class: operational, ground: 条例第7条第6号}
  - {class: public_safety, ground: 条例第7条第4号}
";

const SIGN: &str = "■■■";

/// What a reader sees of a page, as far as a value could be recognised in it: without escapes, spaces and
/// case, in one width. An own way of comparing, apart from the program's.
fn seen(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&amp;", "&");
    let mut out = String::new();
    let mut escaped = false;
    for c in text.chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        escaped = false;
        match c {
            '！'..='～' => {
                out.extend(char::from_u32(u32::from(c) - 0xFEE0).map(|c| c.to_ascii_lowercase()))
            }
            '\u{fffd}' | '\u{200b}' => {}
            c if c == '\n' || c == '|' => out.push('\n'),
            c if c.is_whitespace() || c.is_control() => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[track_caller]
fn hides(page: &str, values: impl IntoIterator<Item = impl AsRef<str>>) {
    let page = seen(page);
    for value in values {
        let wanted = seen(value.as_ref()).replace('\n', "");
        if let Some(at) = page.find(&wanted) {
            let before = page[..at].rfind('\n').unwrap_or_default();
            let after = page[at..].find('\n').map_or(page.len(), |end| at + end);
            panic!("`{}` stands in: {}", value.as_ref(), &page[before..after]);
        }
    }
}

/// How wide each table is, row by row, and the headings.
fn shape(page: &str) -> (Vec<Vec<usize>>, usize) {
    let mut options = Options::default();
    options.extension.table = true;
    let arena = Arena::new();
    let root = parse_document(&arena, page, &options);
    let (mut tables, mut headings) = (Vec::new(), 0);
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Table(_) => tables.push(node.children().map(|row| row.children().count()).collect()),
            NodeValue::Heading(_) => headings += 1,
            _ => {}
        }
    }
    (tables, headings)
}

/// The scratch folder with a copy of an example as `a`.
fn example(name: &str) -> Scratch {
    let scratch = Scratch::with(&[("rules.yaml", RULES)]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    for entry in std::fs::read_dir(folder).expect("an example").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "yaml") {
            let text = std::fs::read(entry.path()).expect("read");
            scratch.write(&format!("a/{}", entry.file_name().to_string_lossy()), text);
        }
    }
    scratch
}

#[track_caller]
fn report(scratch: &Scratch, lang: &str, arguments: &[&str]) -> Ran {
    let ran = scratch.hadome(lang, &[&["report", "a", "--as-of", "2026-11-21"], arguments].concat());
    ran.code(0);
    ran
}

/// The texts of the fields that a class of the schemas hides: read with another loader, from the schema
/// files themselves.
fn classed(scratch: &Scratch) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let common: Value = schema("common");
    for kind in ["contract", "system", "records", "evidence", "waivers"] {
        if !scratch.path(&format!("a/{kind}.yaml")).is_file() {
            continue;
        }
        let document: Value = serde_yaml::from_str(&scratch.read(&format!("a/{kind}.yaml"))).expect("YAML");
        collect(&schema(kind), &common, &schema(kind), &document, kind, &mut found);
    }
    found
}

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("a schema")).expect("JSON")
}

fn collect(
    file: &Value,
    common: &Value,
    site: &Value,
    value: &Value,
    path: &str,
    found: &mut BTreeMap<String, String>,
) {
    let (file, shape) = match site["$ref"].as_str().map(|path| path.split_once('#').expect("a pointer")) {
        Some(("common.json", pointer)) => (common, common.pointer(pointer).expect("a definition")),
        Some((_, pointer)) => (file, file.pointer(pointer).expect("a definition")),
        None => (file, site),
    };
    let open = shape["enum"].is_null()
        && shape["format"] != "hadome-date"
        && (shape["type"] == "string"
            || shape["items"]["type"] == "string"
            || shape["items"]["$ref"].is_string());
    if !site["x-disclosure"].is_null() && open {
        let leaf = value.get("value").unwrap_or(value);
        let conflicting = leaf["conflicting"].as_array().into_iter().flatten().map(|one| &one["value"]);
        let texts = leaf.as_array().into_iter().flatten().chain(conflicting).chain([leaf]);
        found.extend(texts.filter_map(|text| Some((text.as_str()?.to_owned(), path.to_owned()))));
        return;
    }
    for (key, inner) in shape["properties"].as_object().into_iter().flatten() {
        collect(file, common, inner, &value[key], &format!("{path}.{key}"), found);
    }
    for item in value.as_array().into_iter().flatten() {
        collect(file, common, &shape["items"], item, path, found);
    }
}

#[test]
fn nothing_hidden_stands_in_the_copy_of_a_rich_dossier() {
    let scratch = example("water-mapping");
    let mut values = classed(&scratch);
    assert!(values.len() > 40, "{values:?}");
    // What our own texts say in every report is masked where it is stated, not there.
    let plain = ["ja", "en"].map(|lang| report(&scratch, lang, &[]).out);
    let common = own_words();
    values.retain(|value, _| !common.contains(&seen(value)));
    assert!(values.len() > 40, "{values:?}");
    let shown = values.keys().filter(|value| seen(&plain[0]).contains(&seen(value))).count();
    assert!(shown > 15, "the plain report shows them: {shown}");
    for (lang, plain) in ["ja", "en"].into_iter().zip(&plain) {
        let ran = report(&scratch, lang, &["--redact", "rules.yaml", "--author", "甲野 花子"]);
        hides(&ran.out, values.keys());
        hides(&ran.out, ["甲野花子"]);
        // Tables stay tables, and the list comes last.
        let ((before, headings), (after, more)) =
            (shape(&without_duties(plain)), shape(&without_duties(&ran.out)));
        assert_eq!(after[..before.len()], before[..]);
        assert_eq!((after.len(), more), (before.len() + 1, headings + 1));
    }
}

/// A report without what is due on which day: a copy for release leaves that out and says so.
fn without_duties(report: &str) -> String {
    let (before, rest) = report.split_once("\n## 13 ").expect("what is due");
    let (_, after) = rest.split_once("\n## 14 ").expect("what follows");
    format!("{before}\n## 14 {after}")
}

/// The program's own texts as a reader sees them, in one.
fn own_words() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join("policies"), root.join("schemas"), root.join("templates")];
    let mut text = String::new();
    while let Some(path) = waiting.pop() {
        match path.is_dir() {
            true => waiting.extend(std::fs::read_dir(path).expect("a folder").flatten().map(|e| e.path())),
            false if path.to_string_lossy().ends_with(".cases.yaml") => {}
            false => text.push_str(&std::fs::read_to_string(path).expect("a text")),
        }
    }
    seen(&text)
}

const HOSTILE: &str = "\
hadome: contract/1
id: x
title: 乙山印刷に委託する業務（担当 田中　太郎）
sources:
  - {id: s, title: 契約書（乙山*印刷*）, transcribed_by: 田中 太郎, checked_by: 林, checked_on: 2026-04-02}
parties:
  - {id: city, role: client, name: 港町}
  - {id: otsuyama, role: contractor, name: '乙山*印刷* | <b>&amp;[x](y)', corporate_number: '1234567890123'}
term: {signed_on: 2026-04-01, start: 2026-04-01, end: 2027-03-31, service_start: 2026-06-01}
personal_data: {handled: true}
data_return: {on_end: true, deadline_days: {value: 90, ref: {source: s, article: 田中太郎の覚書}}}
incident: {first_report_hours_wording: ＴＡＮＡＫＡに直ちに}
subcontracting: {permitted: true, prior_approval: written}
subcontractors:
  - {id: hei-print, name: ㈱ガルダ印刷, task: 封入, location: 丁川市１−２−３, handles_personal_data: true}
  - {id: second, name: {conflicting: [{value: 戊沢商店, ref: {source: s}}, {value: 己谷商店, ref: {source: s}}]}, task: Tanaka_Taro_list}
amendments:
  - {id: first, effective_on: 2026-05-01, set: {'subcontractors[hei-print].task': 庚野の封入}}
";

const RECORDS: &str = "\
hadome: records/1
id: x
loans:
  - {id: l, data: 乙山 印刷へ渡した名簿, holder: Tanaka_Taro, lent_on: 2026-04-03}
approvals:
  - {id: a, subcontractor: hei-print, approved_by: 田中太郎, approved_on: 2026-04-05, scope: ｶﾞﾙﾀﾞ印刷の封入}
instructions:
  - {id: i, given_on: 2026-05-01, given_by: tanaka_taro, content: 田中商会の件, security: true}
";

const EVIDENCE: &str = "\
hadome: evidence/1
id: x
evidence:
  - id: e
    title: 株式会社ガルダ印刷の証明（田中太郎）
    kind: certificate
    file: evidence/田中太郎.txt
    sha256: SHA
    issuer: ㈱ガルダ印刷
    issuer_side: contractor
    issued_on: 2026-04-10
    kept_at: 書庫第九棚
    examined: {by: 課長 林 一郎, side: client, on: 2026-05-01, how: inspection, result: confirmed, note: 田 中 太 郎と一郎さんが説明}
    proves: [{fact: 'contract.subcontractors[hei-print].name', value: カルダ印刷}]
";

const WAIVERS: &str = "\
hadome: waivers/1
id: x
waivers:
  - id: w
    policy: ZZZ-01
    target: dossier
    accepts: fail
    reason: 辛島が言うため
    compensating_measure: 目視
    requested_by: {name: 田中太郎, role: 主任, organisation: ㈱ガルダ印刷, side: contractor, on: 2026-04-01}
    approved_by: {name: 林一郎, role: 課長, organisation: 港町総務課, side: client, on: 2026-04-02, decision_number: '5'}
    expires_on: 2026-12-31
";

/// A dossier whose values are hard to find again, in the scratch folder's `a`.
fn hostile() -> Scratch {
    let scratch =
        Scratch::with(&[("rules.yaml", RULES), ("a/contract.yaml", HOSTILE), ("a/records.yaml", RECORDS)]);
    let proof = "ガルダ印刷";
    let evidence = EVIDENCE.replace("SHA", &hadome::digest::sha256(proof.as_bytes()));
    let waivers = WAIVERS.replace("ZZZ-01", "DLC-01");
    scratch.write("a/evidence.yaml", evidence).write("a/evidence/田中太郎.txt", proof);
    scratch.write("a/waivers.yaml", waivers);
    scratch.write(
        "a/systems/乙山印刷.yaml",
        "hadome: system/1\nid: otsuyama-sys\ntitle: 乙山*印刷*の仕組み\nnetwork: {geo_restriction: none}\n\
         providers:\n  - {id: hei-print, name: ｶﾞﾙﾀﾞ印刷, service: 壬生クラウド}\n\
         data_stores:\n  - {id: store, name: 株式会社ｶﾞﾙﾀﾞ印刷の棚, kind: file_folder, location: 癸町の棟, public_access: true, holds_personal_data: true}\n",
    );
    scratch
}

#[test]
fn a_value_is_hidden_however_it_is_written() {
    let scratch = hostile();
    let plain = report(&scratch, "ja", &[]);
    let values = [
        "田中太郎",
        "田中　太郎",
        "Tanaka_Taro",
        "乙山*印刷* | <b>&amp;[x](y)",
        "1234567890123",
        "ガルダ印刷",
        "ｶﾞﾙﾀﾞ印刷",
        "㈱ガルダ印刷",
        "戊沢商店",
        "己谷商店",
        "丁川市",
        "書庫第九棚",
        "課長林一郎",
        "林一郎",
        "一郎さん",
        "辛島",
        "目視",
        "壬生クラウド",
        "癸町の棟",
        "otsuyama",
        "hei-print",
        "庚野の封入",
        "港町",
    ];
    let known = values.iter().filter(|value| seen(&plain.out).contains(&seen(value))).count();
    assert!(known > 12, "the plain report shows them: {known}");
    for lang in ["ja", "en"] {
        let options = ["--title", "田中太郎への報告", "--to", "乙山様", "--author", "係長 癸生川"];
        let ran = report(&scratch, lang, &[&["--redact", "rules.yaml"], &options[..]].concat());
        hides(&ran.out, values);
        hides(&ran.out, ["乙山様", "癸生川", "田中太郎.txt"]);
        let page = [&["--redact", "rules.yaml", "--format", "html"], &options[..]].concat();
        let page = report(&scratch, lang, &page).out;
        hides(&page, values.iter().filter(|value| !value.contains('<')));
        hides(&page, ["乙山様", "癸生川"]);
        assert!(page.contains(SIGN) && !page.chars().any(|c| u32::from(c) >= 0xF_0000));
        // No digest of what could be guessed, and no sign of ours that a reader cannot read.
        for name in
            ["contract.yaml", "records.yaml", "evidence.yaml", "waivers.yaml", "systems/乙山印刷.yaml"]
        {
            let bytes = std::fs::read(scratch.path(&format!("a/{name}"))).expect("a document");
            hides(&ran.out, [hadome::digest::sha256(&bytes)]);
        }
        hides(&ran.out, [hadome::digest::sha256("ガルダ印刷".as_bytes())]);
        assert!(!ran.out.chars().any(|c| u32::from(c) >= 0xF_0000), "no sign is left");
        assert_eq!(shape(&ran.out).0.iter().flatten().filter(|width| **width == 0).count(), 0);
    }
}

#[test]
fn the_copy_says_on_its_first_page_that_it_is_one_and_lists_what_it_hides() {
    let scratch = hostile();
    let ran = report(&scratch, "ja", &["--redact", "rules.yaml"]);
    let title = ran.out.lines().next().expect("a title");
    assert!(title.starts_with("# ") && title.ends_with("（一部不開示）"), "{title}");
    assert!(
        report(&scratch, "en", &["--redact", "rules.yaml"])
            .out
            .lines()
            .next()
            .is_some_and(|line| { line.ends_with("(redacted copy)") })
    );
    assert!(!ran.out.contains("<!--"), "no record of what it was made from");
    let (page, list) = ran.out.split_once("\n## 不開示箇所一覧\n").expect("the list");
    let rows: Vec<Vec<&str>> = list.lines().filter(|line| line.starts_with("| ")).map(cells).collect();
    let (head, rows) = rows.split_first().expect("a head");
    assert_eq!(head.len(), 7);
    let (last, rows) = rows[1..].split_last().expect("the sum");
    let count = |row: &Vec<&str>| row[6].parse::<usize>().expect("a number");
    assert_eq!(rows.iter().map(count).sum::<usize>(), count(last));
    assert_eq!(page.matches(SIGN).count(), count(last), "each place is counted");
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row[0], (at + 1).to_string());
        assert!(row[4].contains("条例第7条"), "a ground: {row:?}");
        assert!(!row[5].is_empty(), "a section: {row:?}");
    }
    let named = rows.iter().find(|row| row[2] == "`contract.subcontractors[].name`").expect("the names");
    assert_eq!((named[1], named[3]), ("契約内容：再委託先の名称", "法人等に関する情報"));
    assert!(rows.iter().any(|row| row[1].ends_with("SHA-256")), "{rows:#?}");
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn without_rules_nothing_is_hidden_and_the_same_rules_give_the_same_bytes() {
    let scratch = hostile();
    report(&scratch, "ja", &[]).hides(&[SIGN, "一部不開示", "不開示箇所一覧"]);
    let (first, second) = (
        report(&scratch, "ja", &["--redact", "rules.yaml"]),
        report(&scratch, "ja", &["--redact", "rules.yaml"]),
    );
    assert_eq!(first.out, second.out);
}

/// Rules, what the report must no longer say, and what it must still say.
#[test]
fn each_rule_hides_what_it_names_and_no_more() {
    let table: [(&str, &[&str], &[&str]); 9] = [
        ("classes: [{class: personal, ground: g}]", &["田中太郎"], &["戊沢商店", "港町"]),
        (
            "facts: [{path: 'contract.subcontractors[hei-print].name', ground: g}]",
            &["ガルダ印刷"],
            &["田中太郎", "戊沢商店"],
        ),
        (
            "facts: [{path: contract.subcontractors, ground: g}]",
            &["ガルダ印刷", "戊沢商店", "hei-print"],
            &["田中太郎"],
        ),
        (
            "facts: [{path: 'contract.data_return.deadline_days', ground: g}]",
            &["90日"],
            &["田中太郎", "30日"],
        ),
        (
            "facts: [{path: contract.incident.first_report_hours, ground: g}]",
            &["TANAKAに直ちに"],
            &["田中太郎"],
        ),
        ("facts: [{path: 'waivers.waivers[w].expires_on', ground: g}]", &["令和8年12月31日"], &["田中太郎"]),
        ("texts: [{text: 2026-12-31, ground: g}]", &["令和8年12月31日"], &["田中太郎"]),
        ("texts: [{text: 田中太郎, ground: g}, {text: 印刷, ground: g}]", &["田中太郎", "印刷"], &["港町"]),
        (
            "classes: [{class: corporate, ground: g}]\nkeep: ['contract.parties[city].name', contract.subcontractors]",
            &["1234567890123", "壬生クラウド"],
            &["港町", "ガルダ印刷", "戊沢商店"],
        ),
    ];
    let scratch = hostile();
    for (rules, gone, there) in table {
        scratch.write("rules.yaml", format!("hadome: redaction/1\n{rules}\n"));
        for lang in ["ja", "en"] {
            let ran = report(&scratch, lang, &["--redact", "rules.yaml"]);
            let gone = gone.iter().filter(|word| lang == "ja" || !word.contains('日'));
            hides(&ran.out, gone);
            let page = seen(&ran.out);
            for word in there.iter().filter(|word| lang == "ja" || !word.contains('日')) {
                assert!(page.contains(&seen(word)), "{rules}: `{word}` is gone");
            }
            assert!(
                !ran.err.contains("hides nothing") && !ran.err.contains("箇所はありません"),
                "{}",
                ran.err
            );
        }
    }
}

#[test]
fn a_hidden_policy_tells_nothing_but_that_it_was_found() {
    let scratch = hostile();
    scratch.write(
        "rules.yaml",
        "hadome: redaction/1\npolicies: [{id: DLC-01, ground: g}, {id: ACC, ground: h}]\n",
    );
    let (plain, ran) = (report(&scratch, "ja", &[]), report(&scratch, "ja", &["--redact", "rules.yaml"]));
    // The numbers stay what they are.
    let number = |page: &str| page.lines().filter(|line| line.trim_start().starts_with("- 指摘")).count();
    assert_eq!(number(&plain.out), number(&ran.out));
    assert!(plain.out.contains("90日") && !ran.out.contains("90日"), "what DLC-01 read");
    let (page, list) = ran.out.split_once("## 不開示箇所一覧").expect("the list");
    assert!(
        page.contains("#### DLC-01 ") && page.contains(&format!("求める内容（約定）：{SIGN}"))
            || page.contains(SIGN)
    );
    assert!(
        list.contains("確認項目DLC-01の判定の内容") && list.contains("確認項目ACCの判定の内容"),
        "{list}"
    );
}

#[test]
fn what_hides_nothing_and_verdicts_that_tell_are_said() {
    let scratch = hostile();
    let rules = "hadome: redaction/1\nfacts:\n  - {path: system.network.geo_restriction, ground: g}\n  \
                 - {path: records.council.members, ground: g}\ntexts: [{text: 存在しない人, ground: g}]\n";
    scratch.write("rules.yaml", rules);
    let ja = report(&scratch, "ja", &["--redact", "rules.yaml"]);
    ja.says(&["「records.council.members」の指定により不開示となった箇所はありません", "texts[0]"]);
    let en = report(&scratch, "en", &["--redact", "rules.yaml"]);
    en.says(&["the rule on `records.council.members` hides nothing", "under `policies`"]);
    assert!(!en.err.contains("存在しない人"), "{}", en.err);
}

#[test]
fn wrong_rules_are_refused_with_their_place_before_anything_is_written() {
    let table = [
        ("classes: [{class: privat, ground: g}]", "unknown-word", 2, "personal"),
        ("classes: [{class: personal}]", "missing-key", 2, "ground"),
        ("classes: [{class: personal, ground: ''}]", "empty", 2, "ground"),
        (
            "facts: [{path: contract.subcontractor.name, ground: g}]",
            "redaction-of-unknown-fact",
            2,
            "subcontractors",
        ),
        ("facts: [{path: policy.id, ground: g}]", "redaction-of-unknown-fact", 2, "hadome explain"),
        ("keep: [contract.titel]", "redaction-of-unknown-fact", 2, "title"),
        ("policies: [{id: DLC-99, ground: g}]", "redaction-of-unknown-policy", 2, "DLC-"),
        (
            "facts: [{path: contract.title, ground: g}]\nkeep: [contract.title]",
            "redaction-hidden-and-kept",
            3,
            "",
        ),
        ("texts: [{text: a, ground: g}, {text: a, ground: h}]", "redaction-twice", 2, ""),
        ("texts: [{text: '--', ground: g}]", "redaction-without-letters", 2, ""),
        ("keep: [contract.title]", "redaction-without-rules", 1, ""),
        ("fact: []", "unknown-key", 2, "facts"),
    ];
    let scratch = hostile();
    for (rules, code, line, word) in table {
        scratch.write("rules.yaml", format!("hadome: redaction/1\n{rules}\n"));
        let before = scratch.files();
        for lang in ["ja", "en"] {
            let ran = scratch.hadome(lang, &["report", "a", "--redact", "rules.yaml", "-o", "out.md"]);
            ran.code(2).silent().says(&[&format!("[{code}]"), &format!("rules.yaml:{line}:"), word]);
        }
        assert_eq!(scratch.files(), before, "nothing is written");
    }
    scratch.write("rules.yaml", "hadome: profile/1\nid: x\n");
    scratch.hadome("en", &["report", "a", "--redact", "rules.yaml"]).code(2).says(&["redaction/1"]);
    scratch
        .hadome("ja", &["report", "a", "--redact", "nowhere.yaml"])
        .code(2)
        .silent()
        .says(&["nowhere.yaml"]);
}

#[test]
fn a_template_of_ones_own_gets_the_list_too() {
    let scratch = hostile();
    scratch.write("t/report.ja.md.j2", "# {{ title }}\n\n{{ head.subject }}\n");
    let ran = report(&scratch, "ja", &["--redact", "rules.yaml", "--template-dir", "t"]);
    ran.shows(&["（一部不開示）", "## 不開示箇所一覧"]);
    hides(&ran.out, ["田中太郎"]);
}

#[test]
fn the_rules_of_the_guides_load() {
    let scratch = hostile();
    for (guide, lang) in [("redaction.ja.md", "ja"), ("redaction.en.md", "en")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(guide);
        let text = std::fs::read_to_string(path).expect("the guide");
        let rules = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("rules");
        scratch.write("rules.yaml", rules);
        report(&scratch, lang, &["--redact", "rules.yaml"]);
    }
}

/// Where a random name is stated; every one of these fields has a class.
const FIELDS: [&str; 6] = ["holder", "given_by", "approved_by", "subcontractor", "examiner", "provider"];

#[test]
fn random_names_in_random_fields_never_appear() {
    // A core that tells something, so that few are thrown away, among signs of every kind.
    let letters =
        "[一-龠a-z*_|<&()㈱　 \\-]{0,4}[一-龠ァ-ヶa-zＡ-Ｚ]{3,5}[一-龠ァ-ヶa-zＡ-Ｚ*_|<&()㈱　 \\-]{0,6}";
    let names = proptest::collection::vec(letters, FIELDS.len());
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    let common = own_words();
    let run = TestRunner::new(config).run(&(names, 0..4_usize), |(names, twist)| {
        let telling = |name: &String| {
            let bare = seen(name).replace('\n', "");
            bare.chars().filter(|c| c.is_alphanumeric()).count() > 2 && !common.contains(&bare)
        };
        prop_assume!(names.iter().all(telling));
        let quoted = |at: usize| names[at].replace('\'', "''");
        let twisted = |at: usize| match twist {
            0 => quoted(at),
            1 => quoted(at).to_uppercase(),
            2 => format!("前{}後", quoted(at)),
            _ => quoted(at).replace(' ', "\u{3000}"),
        };
        let contract = format!(
            "hadome: contract/1\nid: x\ntitle: '{}'\npersonal_data: {{handled: true}}\nsubcontractors:\n  \
             - {{id: s, name: '{}', task: t, handles_personal_data: true}}\nloans:\n  - {{id: l, data: '{}', holder: '{}'}}\n",
            twisted(0), quoted(3), twisted(3), quoted(0),
        );
        let records = format!(
            "hadome: records/1\nid: x\ninstructions:\n  - {{id: i, given_by: '{}', content: '{}', security: true}}\n\
             approvals:\n  - {{id: a, subcontractor: s, approved_by: '{}'}}\n",
            quoted(1), twisted(2), quoted(2),
        );
        let system = format!(
            "hadome: system/1\nid: web\ntitle: '{}'\nproviders: [{{id: p, name: '{}'}}]\n\
             data_stores: [{{id: d, name: '{}', holds_personal_data: true, public_access: true}}]\n",
            twisted(1), quoted(5), twisted(5),
        );
        let evidence = format!(
            "hadome: evidence/1\nid: x\nevidence:\n  - {{id: e, title: '{}', kind: other, kept_at: k, examined: {{by: '{}'}}}}\n",
            twisted(4), quoted(4),
        );
        let scratch = Scratch::with(&[
            ("rules.yaml", RULES),
            ("a/contract.yaml", &contract),
            ("a/records.yaml", &records),
            ("a/system.yaml", &system),
            ("a/evidence.yaml", &evidence),
        ]);
        let ran = report(&scratch, "ja", &["--redact", "rules.yaml"]);
        let kept: BTreeSet<&String> = names.iter().collect();
        hides(&ran.out, kept);
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}
