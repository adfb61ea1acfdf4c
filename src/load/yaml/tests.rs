use super::*;
use crate::load::tree::Entry;
use serde_json::{Value, json};

fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
    parse(text, FileId(0), &Limits::default())
}

#[track_caller]
fn tree(text: &str) -> Node {
    read(text).unwrap_or_else(|problems| panic!("{text:?}: {problems:?}"))
}

#[track_caller]
fn codes(text: &str) -> Vec<&'static str> {
    read(text).expect_err("a problem").iter().map(Diagnostic::code).collect()
}

fn under(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).expect("a span inside the text")
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    let cases = [
        ("~", json!(null)),
        ("NULL", json!(null)),
        ("True", json!(true)),
        ("FALSE", json!(false)),
        ("-12", json!(-12)),
        ("+3", json!(3)),
        ("0", json!(0)),
        ("0o17", json!(15)),
        ("0x1F", json!(31)),
        ("1.", json!(1.0)),
        (".5", json!(0.5)),
        ("-1.5e-3", json!(-0.0015)),
        ("18446744073709551616", json!(18446744073709551616.0)),
        ("0xFFFFFFFFFFFFFFFFF", json!(295147905179352830000.0)),
    ];
    for (text, wanted) in cases {
        assert_eq!(tree(&format!("a: {text}")).to_json()["a"], wanted, "{text}");
    }
    let texts = [
        "yes",
        "no",
        "on",
        "off",
        "y",
        "nUll",
        "1_000",
        "12:30:45",
        "2026-04-01",
        "03-1234",
        "1e",
        "e5",
        ".",
        "+",
        "0x",
        "0o8",
        "-0x1",
        "1.2.3",
        "令和6年",
        "..inf",
        "+.nan",
        "1e5x",
    ];
    for text in texts {
        assert_eq!(tree(&format!("a: {text}")).get("a").unwrap().as_text(), Some(text));
    }
    assert!(matches!(tree("a:").get("a").unwrap().data, Data::Null));
    for text in ["\"1\"", "'true'", "|\n  3\n", "\"\""] {
        assert!(tree(&format!("a: {text}")).get("a").unwrap().as_text().is_some(), "{text}");
    }
}

#[test]
fn numbers_that_mislead_are_problems() {
    for text in ["010", "007", "00", "-01", "01.5", "0123456789"] {
        assert_eq!(codes(&format!("a: {text}")), ["leading-zero"], "{text}");
    }
    for text in [".inf", "-.INF", ".nan", "1e400", "4e651540"] {
        assert_eq!(codes(&format!("a: {text}")), ["not-finite"], "{text}");
    }
}

#[test]
fn tags_are_honoured_or_refused() {
    let node =
        tree("a: !!str 010\nb: ! 12\nc: !!float 1\nd: !!str\ne: !!null ''\nf: !!map {}\n!!str 1: !!seq []\n");
    assert_eq!(
        node.to_json(),
        json!({"a": "010", "b": "12", "c": 1.0, "d": "", "e": null, "f": {}, "1": []})
    );
    let text = "a: !!python/object x\nb: !foo [1]\nc: !!int x\nd: !!seq {}\ne: !!map x\n";
    let problems = read(text).unwrap_err();
    let found: Vec<_> = problems.iter().map(|p| (p.code(), under(text, p.span))).collect();
    assert_eq!(
        found,
        [
            ("unknown-tag", "!!python/object"),
            ("unknown-tag", "!foo"),
            ("tag-mismatch", "!!int"),
            ("tag-mismatch", "!!seq"),
            ("tag-mismatch", "!!map"),
        ]
    );
}

#[test]
fn every_problem_of_form_is_collected_in_order() {
    let text = "a: 010\n1: x\n<<: {x: 1}\na: 3\n[b]: 1\n";
    let problems = read(text).unwrap_err();
    let found: Vec<_> = problems.iter().map(|p| (p.code(), under(text, p.span))).collect();
    assert_eq!(
        found,
        [
            ("leading-zero", "010"),
            ("key-not-text", "1"),
            ("merge-key", "<<"),
            ("duplicate-key", "a"),
            ("key-not-text", "[b]"),
        ]
    );
    let twice = &problems[3];
    assert_eq!((twice.span.start, twice.related[0].span.start), (23, 0));
    assert_eq!(codes("a: 1\na: 2\nb: @\n"), ["duplicate-key", "reserved-character"]);
    let many: String = (0..500).map(|_| "a: 1\n").collect();
    assert_eq!(codes(&many).len(), Limits::default().problems);
}

#[test]
fn duplicates_are_seen_in_large_mappings_and_through_quotes() {
    let mut text: String = (0..40).map(|n| format!("k{n}: {n}\n")).collect();
    text.push_str("\"k3\": 1\n'<<': 1\n");
    let problems = read(&text).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(under(&text, problems[0].span), "\"k3\"");
    assert_eq!(under(&text, problems[0].related[0].span), "k3");
}

#[test]
fn what_is_not_one_mapping_is_refused() {
    for text in ["", " \n", "# only\n", "---\n", "---\n...\n"] {
        assert_eq!(codes(text), ["empty-file"], "{text:?}");
    }
    for text in ["- a\n- b\n", "text", "~", "\"title：x\""] {
        assert_eq!(codes(text), ["not-a-mapping"], "{text:?}");
    }
    for text in ["a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "a: 1\n---\n"] {
        assert_eq!(codes(text), ["second-document"], "{text:?}");
    }
    for text in ["%TAG ! tag:x:\n---\na: 1\n", "# c\n%FOO\n---\na: 1\n", "%YAML 2.0\n---\na: 1\n"] {
        assert_eq!(codes(text), ["directive"], "{text:?}");
    }
    assert_eq!(tree("%YAML 1.2\n---\na: 1\n...\n").to_json(), json!({"a": 1}));
}

#[test]
fn spans_cover_what_is_written() {
    let text = concat!(
        "list:\n  - x\n  - 'q' # c\n\n# c\nflow: {a: [1, 2 ], \"b\": ~} # c\nblock: |\n  一\n  二 \n\n\n",
        "fold: >-\n  x\n   y\nempty:\nmany: one\n  two\nlast:\n  inner: 1\n\n",
    );
    let node = tree(text);
    let at = |key: &str| under(text, node.get(key).unwrap().span);
    assert_eq!(at("list"), "- x\n  - 'q'");
    assert_eq!(under(text, node.get("list").unwrap().as_list().unwrap()[1].span), "'q'");
    assert_eq!(at("flow"), "{a: [1, 2 ], \"b\": ~}");
    assert_eq!(under(text, node.get("flow").unwrap().get("a").unwrap().span), "[1, 2 ]");
    assert_eq!(under(text, node.get("flow").unwrap().as_map().unwrap().entries()[1].key_span), "\"b\"");
    assert_eq!(at("block"), "一\n  二");
    assert_eq!(node.get("block").unwrap().as_text(), Some("一\n二 \n"));
    assert_eq!(at("fold"), "x\n   y");
    assert_eq!(at("empty"), "");
    assert_eq!(at("many"), "one\n  two");
    assert_eq!(at("last"), "inner: 1");
    assert_eq!(under(text, node.span), text.trim_end());
}

#[test]
fn aliases_are_expanded_and_keep_the_places_of_the_definition() {
    let text = "a: &x {b: [1]}\nc: *x\nd: [*x, *x]\ne: &t 1\nf: *t\n";
    let node = tree(text);
    assert_eq!(
        node.to_json(),
        json!({"a": {"b": [1]}, "c": {"b": [1]}, "d": [{"b": [1]}, {"b": [1]}], "e": 1, "f": 1})
    );
    assert_eq!(under(text, node.get("c").unwrap().span), "{b: [1]}");
    assert_eq!(under(text, node.get("d").unwrap().span), "[*x, *x]");
    assert_eq!(under(text, node.span), text.trim_end());
    assert_eq!(codes("a: &x [*x]"), ["alias-in-itself"]);
    assert_eq!(codes("a: &x k\n*x : 1\n"), ["key-not-text"]);
}

#[test]
fn alias_bombs_are_refused() {
    let mut bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for n in 1..30 {
        let item = format!("*a{}", n - 1);
        bomb.push_str(&format!("a{n}: &a{n} [{}]\n", [item.as_str(); 9].join(", ")));
    }
    assert_eq!(codes(&bomb), ["alias-too-large"]);
    // A few nodes, but gigabytes of text.
    let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1 << 20), "*a, ".repeat(5000));
    assert_eq!(codes(&long), ["alias-too-large"]);
    // Few nodes, but deeper with each step.
    let mut deep = format!("a0: &a0 {}1{}\n", "[".repeat(40), "]".repeat(40));
    for n in 1..50 {
        deep.push_str(&format!("a{n}: &a{n} {}*a{}{}\n", "[".repeat(40), n - 1, "]".repeat(40)));
    }
    assert_eq!(codes(&deep), ["too-deep"]);
    // Anchors around anchors: kept copies are charged too.
    let items = "1, ".repeat(1000);
    let nested = format!("{}{items}{}", "&a [".repeat(50), "]".repeat(50));
    let many: String = (0..9).map(|n| format!("k{n}: {nested}\n")).collect();
    assert_eq!(codes(&many), ["alias-too-large"]);
}

#[test]
fn depth_and_size_are_limited() {
    let keys: String = (0..10_000).map(|n| format!("{}k:\n", " ".repeat(n))).collect();
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(10_000), keys]
    {
        assert_eq!(codes(&text), ["too-deep"], "{:?}", &text[..8]);
    }
    let nested = |depth: usize| format!("a: {}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(63)).is_ok());
    assert_eq!(codes(&nested(64)), ["too-deep"]);
    let mixed = format!("{}[[[[1]]]]", (0..62).map(|n| format!("{}k:\n", " ".repeat(n))).collect::<String>());
    assert_eq!(codes(&mixed.replace("\n[", &format!("\n{}[", " ".repeat(70)))), ["too-deep"]);
    let limits = Limits { nodes: 10, ..Limits::default() };
    assert!(parse("a: [1, 2, 3, 4, 5, 6, 7]", FileId(0), &limits).is_ok());
    let problems = parse("a: [1, 2, 3, 4, 5, 6, 7, 8]", FileId(0), &limits).unwrap_err();
    assert_eq!(problems[0].code(), "too-many-values");
}

/// A small linear congruential generator: the same documents on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: [&str; 12] = [
    "契約",
    "x y",
    "12",
    "-3.5",
    "true",
    "null",
    "2026-04-01",
    "第1条：目的",
    "𠮷野家",
    "a-b_c",
    "0x1F",
    "備考　二",
];

fn flow(random: &mut Random, depth: usize) -> String {
    let size = random.below(3);
    let items = (0..size).map(|n| match random.below(4) {
        0 if depth < 3 => flow(random, depth + 1),
        1 => format!("\"{}, {n}\"", random.pick(&WORDS)),
        _ => random.pick(&WORDS).to_owned(),
    });
    let items: Vec<String> = items.collect();
    if random.below(2) == 0 {
        return format!("[{}]", items.join(", "));
    }
    let entries = items.iter().enumerate().map(|(n, item)| format!("f{n}: {item}"));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

fn block(random: &mut Random, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    let list = indent > 0 && random.below(3) == 0;
    for n in 0..=random.below(4) {
        if random.below(6) == 0 {
            out.push_str("# 注: \"x\n\n");
        }
        let key = match random.below(3) {
            _ if list => "-".to_owned(),
            0 => format!("キー{n}:"),
            1 => format!("\"q {n}\":"),
            _ => format!("key{n}:"),
        };
        out.push_str(&format!("{pad}{key}"));
        match random.below(8) {
            0 | 1 if indent < 8 => {
                out.push('\n');
                block(random, indent + 2, out);
                continue;
            }
            2 => out.push_str(&format!(" |\n{pad}  {}\n{pad}  二行目", random.pick(&WORDS))),
            3 => out.push_str(&format!(" {}", flow(random, 0))),
            4 => out.push_str(&format!(" '{}' # c", random.pick(&WORDS))),
            5 => {}
            _ => out.push_str(&format!(" {}", random.pick(&WORDS))),
        }
        out.push('\n');
    }
}

fn document(random: &mut Random) -> String {
    let mut text = String::new();
    block(random, 0, &mut text);
    match random.below(3) {
        0 => text.replace('\n', "\r\n"),
        _ => text,
    }
}

/// Checks every span of a tree against the text under it.
fn check_spans(text: &str, node: &Node) -> usize {
    let written = under(text, node.span);
    match &node.data {
        Data::Null => assert!(matches!(written, "" | "null")),
        Data::Bool(truth) => assert_eq!(written, truth.to_string()),
        Data::Int(number) => {
            assert!(written == number.to_string() || (written == "0x1F" && *number == 31));
        }
        Data::Number(number) => assert_eq!(written.parse(), Ok(*number)),
        Data::Text(value) => {
            let quoted = written.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
            let lines = quoted.unwrap_or(written).lines().map(str::trim_start);
            assert_eq!(lines.collect::<Vec<_>>(), value.lines().collect::<Vec<_>>());
        }
        Data::List(items) => {
            assert!(written.starts_with(['[', '-']), "{written}");
            return 1 + items.iter().map(|item| check_spans(text, item)).sum::<usize>();
        }
        Data::Map(map) => {
            let inside = |entry: &Entry| {
                let key = under(text, entry.key_span);
                assert!(key == &*entry.key || key == format!("\"{}\"", entry.key), "{key}");
                assert!(entry.key_span.start >= node.span.start && entry.value.span.end <= node.span.end);
                1 + check_spans(text, &entry.value)
            };
            return 1 + map.entries().iter().map(inside).sum::<usize>();
        }
    }
    1
}

#[test]
fn the_text_under_every_span_is_what_was_read() {
    let mut random = Random(1);
    let mut checked = 0;
    for _ in 0..200 {
        let text = document(&mut random);
        let node = tree(&text);
        checked += check_spans(&text, &node);
        let oracle: Value = serde_yaml::from_str(&text).expect("the oracle reads it too");
        assert_eq!(node.to_json(), oracle, "{text}");
    }
    assert!(checked > 2_000, "{checked}");
}

/// Checks only that every span lies within the text, on whole characters.
fn check_inside(text: &str, node: &Node) {
    under(text, node.span);
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| check_inside(text, item)),
        Data::Map(map) => map.entries().iter().for_each(|entry| {
            under(text, entry.key_span);
            check_inside(text, &entry.value);
        }),
        _ => {}
    }
}

#[test]
fn damaged_documents_never_panic_and_keep_their_spans_inside() {
    const NASTY: [&str; 36] = [
        "\t", "\"", "'", "&a ", "*a", "!t ", "|", ">", "%", "@", "`", "[", "]", "{", "}", ",", ": ", ":",
        "- ", "-", "?", "#", "　", "：", "－", "\u{2028}", "\u{85}", "\u{feff}", "𠮷", "\r", "\n", "\r\n",
        "\\", "---\n", "<<: ", "\u{a0}",
    ];
    let mut random = Random(7);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..200 {
        let original = document(&mut random);
        for _ in 0..10 {
            let mut text = original.clone();
            for _ in 0..=random.below(3) {
                let at = text.floor_char_boundary(random.below(text.len() + 1));
                match random.below(4) {
                    0 if at < text.len() => {
                        text.remove(at);
                    }
                    1 => text.truncate(at),
                    _ => text.insert_str(at, random.pick(&NASTY)),
                }
            }
            match read(&text) {
                Ok(node) => {
                    check_inside(&text, &node);
                    good += 1;
                }
                Err(problems) => {
                    assert!(!problems.is_empty());
                    for problem in problems {
                        under(&text, problem.span);
                        assert!(problem.related.iter().all(|r| r.span.end as usize <= text.len()));
                    }
                    bad += 1;
                }
            }
        }
    }
    assert!(good > 200 && bad > 200, "{good} {bad}");
}
