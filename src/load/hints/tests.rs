use super::*;
use crate::load::limits::Limits;
use crate::load::source::Sources;
use crate::load::tree::FileId;
use crate::load::yaml::parse;

/// `line:column code` of every problem of a text.
#[track_caller]
fn problems(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    sources.add(String::new(), Some(text.into()), None);
    let found = parse(text, FileId(0), &Limits::default()).expect_err(text);
    let place = |problem: &Diagnostic| {
        let at = sources.position(problem.span);
        format!("{}:{} {}", at.line, at.column, problem.code())
    };
    found.iter().map(place).collect()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(problems(text), [*wanted], "{text:?}");
    }
}

#[test]
fn colons() {
    check(&[
        ("title:契約\nid: x\n", "1:6 colon-without-space"),
        ("id: x\ntitle:契約\n", "2:6 colon-without-space"),
        ("a:\n  title:契約\n  b: 1\n", "2:8 colon-without-space"),
        ("items:\n  - title:契約\n    id: x\n", "2:10 colon-without-space"),
        ("title:契約", "1:6 colon-without-space"),
        ("url: http://x:80/\nb:http://y\n", "2:2 colon-without-space"),
        ("x: {a:1}", "1:6 colon-without-space"),
        ("title：契約\nid: x", "1:6 full-width-colon"),
        ("title：契約\nname：x\nid: y", "1:6 full-width-colon"),
        ("id: x\ntitle： 契約\n", "2:6 full-width-colon"),
        ("title：契約", "1:6 full-width-colon"),
        ("a: {b：1, c: 2}", "1:6 full-width-colon"),
        ("a:\n  b：true\n  # c\n  d: 1\n", "2:4 full-width-colon"),
        ("a:\n  b:true # b\n\n  # c\n  d: 1\n", "2:4 colon-without-space"),
        ("title: 第1条: 目的\n", "1:11 colon-in-text"),
        ("a: [b, c: d: e]\n", "1:12 comma-missing"),
        ("a 1\nb: 2", "1:1 colon-missing"),
        ("a: 1\nb 2\nc: 3", "2:1 colon-missing"),
        ("契約期間\n  days: 3\n", "1:1 colon-missing"),
    ]);
}

#[test]
fn spaces_and_tabs() {
    check(&[
        ("　title: x\nb: 1\n", "1:1 full-width-space"),
        ("a:\n　b: 2\nc: 3", "2:1 full-width-space"),
        ("a:\n  b: 2\n　c: 3\n", "3:1 full-width-space"),
        ("a:\n　- x\n", "2:1 full-width-space"),
        ("a:　1\nb: 2", "1:3 full-width-space"),
        ("title　: x", "1:6 full-width-space"),
        ("a: 1\n　\nb: 2", "2:1 full-width-space"),
        ("a: 30　\n", "1:6 full-width-space"),
        ("a: x　# note\n", "1:5 full-width-space"),
        ("a:\n\u{a0}b: 2\n", "2:1 special-space"),
        ("a:\n\tb: 1\n", "2:1 tab"),
        ("a:\n  b: 1\n\tc: 2\n", "3:1 tab"),
        ("a:\n  - x\n\t- y\n", "3:1 tab"),
        ("a: |\n\tx\nb: 1", "2:1 tab"),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("a: \"契約\nb: 1\nc: 2\n", "1:4 unclosed-quote"),
        ("a: '契約\nb: 1\n", "1:4 unclosed-quote"),
        ("a:\n  b: \"契約\n  c: \"x\"\n", "2:6 unclosed-quote"),
        ("a: \"x\n  b: \"y\"\n", "1:4 unclosed-quote"),
        ("a: [1, \"x, 2]\nb: 1", "1:8 unclosed-quote"),
        ("'a: 1", "1:1 unclosed-quote"),
        ("a: 1 # it's\nb: \"x\nc: 1\n", "2:4 unclosed-quote"),
        ("a: \"契約”\nb: 1\n", "1:7 full-width-quote"),
        ("a: “契約: 目的”\nb: 1", "1:4 full-width-quote"),
        ("a: \"x\" y", "1:8 text-after-quote"),
        ("a: 'it's'", "1:8 text-after-quote"),
        ("a: \"C:\\path\"", "1:7 bad-escape"),
        ("a: \"C:\\Users\"", "1:7 bad-escape"),
        ("a: \"x\"#c", "1:7 comment-without-space"),
    ]);
}

#[test]
fn lists_brackets_and_indentation() {
    check(&[
        ("－ a\n－ b\n", "1:1 full-width-dash"),
        ("items:\n  - a\n  ・b\nc: 1\n", "3:3 full-width-dash"),
        ("－ id: x", "1:1 full-width-dash"),
        ("- a\n-b\n- c\n", "2:1 dash-without-space"),
        ("-id: x", "1:1 dash-without-space"),
        ("a: b\n- c", "2:1 list-in-mapping"),
        ("a: - b", "1:4 list-on-key-line"),
        ("a: [1, 2\nb: 3", "1:4 unclosed-bracket"),
        ("a: [1, 2", "1:4 unclosed-bracket"),
        ("a: {b: 1\nc: 2", "1:4 unclosed-bracket"),
        ("a: ]", "1:4 stray-bracket"),
        ("a: {b: 1 c: 2}", "1:11 comma-missing"),
        ("a: [１，２］\nb: 1", "1:8 full-width-sign"),
        ("＃ comment\na: 1", "1:1 full-width-sign"),
        ("［1, 2］", "1:1 full-width-sign"),
        ("a:\n  b: 1\n c: 2\n", "3:2 indentation"),
        ("a:\n  id: x\n   title: y\n", "3:4 indentation"),
        ("a: 1\n  b: 2\n", "2:3 indentation"),
        ("- id: x\n title: y\n", "2:2 indentation"),
        // The colon above is part of a block text and no mistake.
        ("a: |\n  第1条：目的\n b: 2\n", "3:2 indentation"),
    ]);
}

#[test]
fn values_that_begin_with_a_sign() {
    check(&[
        ("a: @foo", "1:4 reserved-character"),
        ("a: `x`", "1:4 reserved-character"),
        ("a: & x", "1:4 reserved-character"),
        ("a: [-]", "1:5 reserved-character"),
        ("a: *必須", "1:4 unknown-alias"),
        ("a: > 30", "1:4 block-header"),
        ("a: x #y\n  z\nb: 1", "1:6 comment-in-text"),
        ("a: ? x", "1:4 not-yaml"),
    ]);
}

#[test]
fn line_ends_of_every_system_count() {
    check(&[
        ("id: x\r\ntitle:契約\r\nb: 1\r\n", "2:6 colon-without-space"),
        ("title：契約\r\nid: x\r\n", "1:6 full-width-colon"),
        ("a: \"x\rb: 1\r", "1:4 unclosed-quote"),
    ]);
}

#[test]
fn a_text_where_a_list_was_wanted_shows_why() {
    let at = |text: &str, from: &str| {
        let node = parse(text, FileId(0), &Limits::default()).expect(text);
        let value = node.get(from).expect(from);
        instead_of_collection(text, value.span).map(|found| (found.code(), found.span.start))
    };
    assert_eq!(at("a:\n  － x\n  － y\nb: 1", "a"), Some(("full-width-dash", 5)));
    assert_eq!(at("a:\n  -x\n  -y\nb: 1", "a"), Some(("dash-without-space", 5)));
    assert_eq!(at("a: ［1, 2］", "a"), Some(("full-width-sign", 3)));
    assert_eq!(at("a:\n  b:1\n  c:2", "a"), Some(("colon-without-space", 6)));
    assert_eq!(at("a: ただの文", "a"), None);
}

#[test]
fn ordinary_japanese_text_is_let_through() {
    let text = concat!(
        "目的: 第1条：目的を定める\n時刻: 12:30\n引用: “契約”\n説明: |\n  ・一つ　二つ\n  －三つ：四つ\n",
        "備考: 甲　乙\n記号: ＃1\n住所: 東京都－1\nurl: https://example.jp/a:b\n・その他: x\n",
    );
    let lines = text.replace("・その他: x\n", "");
    assert!(parse(&lines, FileId(0), &Limits::default()).is_ok());
    assert_eq!(problems(text).len(), 1);
}
