use proptest::prelude::*;

use super::draft::{Draft, Written};
use super::*;

fn entry(id: &str) -> Draft {
    let mut draft = Draft::default();
    draft.set("id", Written::Text(id.to_owned()));
    draft.set("title", Written::Text("試験結果: 第1版".to_owned()));
    let mut claim = Draft::default();
    claim.set("fact", Written::Text("system[web].x".to_owned()));
    claim.set("value", Written::Bool(true));
    draft.set("proves", Written::List(vec![Written::Section(claim)]));
    draft
}

fn examined() -> Draft {
    let mut draft = Draft::default();
    draft.set("by", Written::Text("甲野".to_owned()));
    draft.set("on", Written::Text("2026-04-01".to_owned()));
    draft
}

fn read(text: &str) -> Register<'_> {
    let read = Register::read(Kind::Evidence, "x", text, FileId::default());
    read.unwrap_or_else(|problems| panic!("{text:?}: {problems:?}"))
}

const LINES: &str =
    "- id: n\n  title: '試験結果: 第1版'\n  proves:\n    - fact: system[web].x\n      value: true\n";
const FLOW: &str = "{id: n, title: '試験結果: 第1版', proves: [{fact: 'system[web].x', value: true}]}";

/// The lines of the entry, each behind an indentation.
fn lines(indent: &str) -> String {
    LINES.lines().map(|line| format!("{indent}{line}\n")).collect()
}

#[test]
fn an_entry_goes_to_the_end_of_the_list_and_nothing_else_changes() {
    let head = "hadome: evidence/1\nid: x\n";
    let in_2 = lines("  ");
    let flush = LINES.replace("\n    - fact", "\n  - fact").replace("\n      value", "\n    value");
    let table: Vec<(&str, String, String)> = vec![
        ("empty file", String::new(), format!("{head}evidence:\n{in_2}")),
        ("comments alone", "# 台帳".into(), format!("# 台帳\n{head}evidence:\n{in_2}")),
        ("no list", head.into(), format!("{head}evidence:\n{in_2}")),
        ("no list, no line end", head.trim_end().into(), format!("{head}evidence:\n{in_2}")),
        ("no list, comment", format!("{head}# 終\n"), format!("{head}# 終\nevidence:\n{in_2}")),
        ("document end", format!("---\n{head}...\n"), format!("---\n{head}evidence:\n{in_2}...\n")),
        ("no value", format!("{head}evidence:  # c\n"), format!("{head}evidence:  # c\n{in_2}")),
        (
            "no value, a template in comments",
            format!("{head}evidence:\n  # - id: 例\nx: 1\n"),
            format!("{head}evidence:\n  # - id: 例\n{in_2}x: 1\n"),
        ),
        ("[]", format!("{head}evidence: []\n"), format!("{head}evidence:\n{in_2}")),
        ("[] and comment", format!("{head}evidence: [ ]  # c\n"), format!("{head}evidence:  # c\n{in_2}")),
        ("[ comment ]", format!("{head}evidence: [\n # c\n ]\n"), "refused".into()),
        ("one", format!("{head}evidence:\n  - id: a\n"), format!("{head}evidence:\n  - id: a\n{in_2}")),
        ("no line end", format!("{head}evidence:\n  - id: a"), format!("{head}evidence:\n  - id: a\n{in_2}")),
        (
            "dashes not indented",
            format!("{head}evidence:\n- id: a\n"),
            format!("{head}evidence:\n- id: a\n{flush}"),
        ),
        (
            "four columns",
            format!("{head}evidence:\n    -   id: a\n        examined:\n            by: b\n"),
            format!(
                "{head}evidence:\n    -   id: a\n        examined:\n            by: b\n    -   id: n\n        title: \
                 '試験結果: 第1版'\n        proves:\n            -   fact: system[web].x\n                value: true\n"
            ),
        ),
        (
            "its own way with inner lists",
            format!("{head}evidence:\n  - id: a\n    proves:\n    - fact: b\n"),
            format!(
                "{head}evidence:\n  - id: a\n    proves:\n    - fact: b\n{}",
                in_2.replace("\n      -", "\n    -").replace("\n        v", "\n      v")
            ),
        ),
        (
            "comments and another key behind",
            format!("{head}evidence:\n  - id: a  # c\n    # about a\n\n    # too\n\n# about x\nx: 1\n"),
            format!("{head}evidence:\n  - id: a  # c\n    # about a\n\n    # too\n{in_2}\n# about x\nx: 1\n"),
        ),
        (
            "blank lines between",
            format!("{head}evidence:\n  - id: a\n\n  # b\n  - id: b\n\nx: 1\n"),
            format!("{head}evidence:\n  - id: a\n\n  # b\n  - id: b\n\n{in_2}\nx: 1\n"),
        ),
        (
            "a text that keeps its line ends",
            format!("{head}evidence:\n  - id: a\n    note: |+\n      b\n\n"),
            format!("{head}evidence:\n  - id: a\n    note: |+\n      b\n\n{in_2}"),
        ),
        (
            "an alias at the end",
            format!("{head}evidence:\n  - id: a\n    period: &p {{from: b}}\n  - id: b\n    period: *p\n"),
            format!(
                "{head}evidence:\n  - id: a\n    period: &p {{from: b}}\n  - id: b\n    period: *p\n{in_2}"
            ),
        ),
        (
            "an entry in braces",
            format!("{head}evidence:\n  - {{id: a}}\n"),
            format!("{head}evidence:\n  - {{id: a}}\n{in_2}"),
        ),
        (
            "in brackets",
            format!("{head}evidence: [{{id: a}}]\n"),
            format!("{head}evidence: [{{id: a}}, {FLOW}]\n"),
        ),
        (
            "in brackets, comma",
            format!("{head}evidence: [{{id: a}}, ] # c\n"),
            format!("{head}evidence: [{{id: a}}, {FLOW} ] # c\n"),
        ),
        (
            "in brackets over lines",
            format!("{head}evidence: [\n  {{id: a}},  # c\n  {{id: b}}  # d\n  ]\n"),
            format!("{head}evidence: [\n  {{id: a}},  # c\n  {{id: b}},\n  {FLOW}  # d\n  ]\n"),
        ),
        (
            "all in braces",
            "{hadome: evidence/1, id: x, evidence: []}".into(),
            format!("{{hadome: evidence/1, id: x, evidence: [{FLOW}]}}"),
        ),
        (
            "all in braces, no list",
            "{hadome: evidence/1, id: x}\n".into(),
            format!("{{hadome: evidence/1, id: x, evidence: [{FLOW}]}}\n"),
        ),
        ("null", format!("{head}evidence: null\n"), "refused".into()),
        ("no list at all", format!("{head}evidence: 3\n"), "refused".into()),
        ("the same id", format!("{head}evidence: [{{id: n}}]\n"), "refused".into()),
    ];
    for (note, before, after) in table {
        for end in ["\n", "\r\n"] {
            let (before, after) = (before.replace('\n', end), after.replace('\n', end));
            // A file of one line does not show its line ends.
            let after = if before.contains('\n') { after } else { after.replace('\r', "") };
            let result = read(&before).append(&entry("n"));
            let found = result.unwrap_or_else(|refusal| {
                assert!(!refusal.diagnostic.problem.message(crate::lang::Lang::Ja).is_empty());
                "refused".to_owned()
            });
            assert_eq!(found, after, "{note}");
        }
    }
}

#[test]
fn a_refusal_says_where_and_what_to_paste() {
    let text = "hadome: evidence/1\nid: x\nevidence: null\n";
    let refusal = read(text).append(&entry("n")).unwrap_err();
    assert_eq!(refusal.diagnostic.code(), "no-place-to-add");
    assert_eq!(&text[refusal.diagnostic.span.start as usize..refusal.diagnostic.span.end as usize], "null");
    assert_eq!(refusal.paste, lines("  "));
    let refusal = read("evidence: [{id: n}]").append(&entry("n")).unwrap_err();
    assert_eq!((refusal.diagnostic.code(), refusal.diagnostic.span.start), ("entry-there-already", 16));
    assert_eq!(refusal.paste, "");
}

#[test]
fn a_key_goes_to_the_end_of_its_entry() {
    let head = "evidence:\n  - id: a\n    note: b  # c\n";
    let tail = "  # d\n  - id: b\n";
    let added = "    examined:\n      by: 甲野\n      on: 2026-04-01\n";
    let table = [
        ("between", format!("{head}{tail}"), format!("{head}{added}{tail}")),
        ("no line end", head.trim_end().into(), format!("{head}{added}")),
        (
            "no value",
            format!("{head}    examined:  # e\n{tail}"),
            format!("{head}{}{tail}", added.replace(":\n", ":  # e\n")),
        ),
        ("there", format!("{head}    examined: {{by: c}}\n"), "key-there-already".into()),
        ("null", format!("{head}    examined: null\n"), "no-place-to-add".into()),
        (
            "in braces",
            "evidence: [{id: a, }]".into(),
            "evidence: [{id: a, examined: {by: 甲野, on: 2026-04-01} }]".into(),
        ),
        (
            "in braces over lines",
            "evidence:\n  - {id: a,\n     note: b}\n".into(),
            "evidence:\n  - {id: a,\n     note: b, examined: {by: 甲野, on: 2026-04-01}}\n".into(),
        ),
        ("of an alias", "x: &x {id: a}\nevidence: [*x]\n".into(), "no-place-to-add".into()),
        ("nobody", "evidence: [{id: aa}]\n".into(), "no-such-entry".into()),
        ("empty", String::new(), "no-such-entry".into()),
    ];
    for (note, before, after) in table {
        let result = read(&before).complete("a", "examined", &examined());
        let found = result.unwrap_or_else(|refusal| refusal.diagnostic.code().to_owned());
        assert_eq!(found, after, "{note}");
    }
}

#[test]
fn texts_are_quoted_only_where_they_must_be() {
    let table = [
        ("報告書", "報告書"),
        ("2026-04-01", "2026-04-01"),
        ("3頁 表2", "3頁 表2"),
        ("true", "'true'"),
        ("30", "'30'"),
        ("", "''"),
        (" a", "' a'"),
        ("- a", "'- a'"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("a, b", "a, b"),
        ("system[web].x", "system[web].x"),
        ("it's", "it's"),
        ("it's: a", "'it''s: a'"),
        ("a\nb", "\"a\\nb\""),
        ("\u{1b}[31m\"\\", "\"\\u001b[31m\\\"\\\\\""),
        ("*a", "'*a'"),
        ("[]", "'[]'"),
    ];
    for (text, want) in table {
        assert_eq!(write::scalar(text, write::Within::Line), want);
    }
    let table = [("a, b", "'a, b'"), ("system[web].x", "'system[web].x'"), ("報告書", "報告書")];
    for (text, want) in table {
        assert_eq!(write::scalar(text, write::Within::Brackets), want);
    }
}

/// A register as somebody might keep it.
fn registers() -> impl Strategy<Value = String> {
    let note = prop_oneof![
        Just(""),
        Just("  # 注"),
        Just("\n    # - id: 例"),
        Just("\n\n# 区切り"),
        Just("\n  # -")
    ];
    let text = "[ -~あ-ん、。：]{0,12}";
    let value = prop_oneof![
        text.prop_map(|text| write::scalar(&text, write::Within::Line)),
        Just(String::new()),
        Just("|-\n        一\n        二".to_owned()),
        Just("'''a'''".to_owned()),
        Just("\"b \\u3042\"".to_owned()),
        Just("[a, {b: c}]".to_owned()),
        Just("\n        k: v".to_owned()),
        Just("\n      - {fact: f, value: 1}\n      - fact: g".to_owned()),
        Just("&anchor {p: q}".to_owned()),
    ];
    let keys = proptest::collection::vec(("[a-m]{3}", value, note), 0..4);
    let entries = proptest::collection::vec(keys, 0..4);
    let frame = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3usize);
    (entries, frame).prop_map(|(entries, (crlf, tail, last, blank))| {
        let mut text = String::from("# 台帳\nhadome: evidence/1\nid: x\nevidence:\n");
        for (at, keys) in entries.iter().enumerate() {
            text.push_str(&format!("  - id: e{at}\n"));
            for (index, (key, value, note)) in keys.iter().enumerate() {
                let bare = value.replace("&anchor", &format!("&a{at}x{index}"));
                text.push_str(&format!("    {key}{index}: {bare}{note}\n"));
            }
            text.push_str(&"\n".repeat(blank));
        }
        if tail {
            text.push_str("# 末尾\nother: {x: 1}\n");
        }
        let text = if last { text.trim_end().to_owned() } else { text };
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// The old text is what is left when one stretch of the new one is taken out.
fn is_insertion(old: &str, new: &str) -> bool {
    let front = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let back = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    front + back >= old.len() && new.len() > old.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_old_byte_stays(text in registers(), title in "\\PC{0,20}") {
        let Ok(register) = Register::read(Kind::Evidence, "x", &text, FileId::default()) else { return Ok(()) };
        let mut new = entry("n");
        new.set("note", Written::Text(title));
        let found = register.append(&new);
        prop_assert!(found.is_ok(), "refused: {text}");
        let found = found.unwrap_or_default();
        prop_assert!(is_insertion(&text, &found), "{text}\n---\n{found}");
        let again = Register::read(Kind::Evidence, "x", &found, FileId::default()).expect("it reads");
        prop_assert_eq!(again.ids().len(), register.ids().len() + 1);
        for id in register.ids() {
            let found = register.complete(id, "examined", &examined());
            prop_assert!(found.is_ok(), "refused {id}: {text}");
            prop_assert!(is_insertion(&text, &found.unwrap_or_default()), "{text}");
        }
    }
}
