//! The loader against an independent one: the same JSON from random documents and from every file
//! of the repository, places that hold what they say, and no panic whatever is written.

use std::path::{Path, PathBuf};

use hadome::diagnostic::Diagnostic;
use hadome::lang::Lang;
use hadome::load::limits::Limits;
use hadome::load::tree::{Data, FileId, Node, Span};
use hadome::load::{text, yaml};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};

fn load(text: &str) -> Result<Node, Vec<Diagnostic>> {
    yaml::parse(text, FileId::default(), &Limits::default())
}

#[test]
fn every_file_of_the_repository_reads_alike() {
    let mut files = Vec::new();
    for folder in ["policies", "examples"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.len() > 100, "{} files", files.len());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let text = text::decode(&bytes, &Limits::default()).unwrap_or_else(|why| panic!("{file:?}: {why:?}"));
        let ours = load(&text).unwrap_or_else(|problems| panic!("{file:?}: {problems:?}"));
        let theirs: Value = serde_yaml::from_str(&text).unwrap_or_else(|why| panic!("{file:?}: {why}"));
        assert_eq!(ours.to_json(), theirs, "{file:?}");
        check_places(&ours, &text, None);
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            files.push(path);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_documents_read_alike(document in document(), choices in vec(any::<u8>(), 64)) {
        let written = Writer::new(&choices).document(&document);
        let bytes = written.as_bytes();
        let text = text::decode(bytes, &Limits::default()).unwrap();
        let ours = load(&text);
        prop_assert!(ours.is_ok(), "{ours:?}\n{written}");
        let ours = ours.unwrap();
        prop_assert_eq!(&ours.to_json(), &document, "\n{}", written);
        let theirs = serde_yaml::from_str::<Value>(&text);
        prop_assert!(theirs.is_ok(), "{theirs:?}\n{written}");
        prop_assert_eq!(&theirs.unwrap(), &document, "\n{}", written);
        check_places(&ours, &text, None);
    }

    #[test]
    fn no_mutation_panics(
        document in document(),
        choices in vec(any::<u8>(), 64),
        edits in vec((any::<prop::sample::Index>(), 0_usize..4, prop::sample::select(SNIPPETS)), 1..6),
        noise in vec((any::<prop::sample::Index>(), any::<u8>()), 0..2),
    ) {
        let mut written = Writer::new(&choices).document(&document);
        for (at, removed, snippet) in edits {
            let start = written.floor_char_boundary(at.index(written.len() + 1));
            let end = written.floor_char_boundary((start + removed).min(written.len())).max(start);
            written.replace_range(start..end, snippet);
        }
        let mut bytes = written.into_bytes();
        for (at, byte) in noise {
            let length = bytes.len();
            bytes[at.index(length)] = byte;
        }
        if let Ok(text) = text::decode(&bytes, &Limits::default()) {
            match load(&text) {
                Ok(node) => inside(&node, &text),
                Err(problems) => {
                    prop_assert!(!problems.is_empty());
                    for problem in problems {
                        under(&text, problem.span);
                        for lang in [Lang::Ja, Lang::En] {
                            prop_assert!(!problem.problem.message(lang).is_empty());
                        }
                    }
                }
            }
        }
    }
}

/// What breaks documents: the signs of YAML, what Japanese keyboards put in their place, and
/// characters that nobody sees.
const SNIPPETS: &[&str] = &[
    "",
    " ",
    "\n",
    "\r",
    "\t",
    "\n\t",
    "  ",
    "\"",
    "'",
    ":",
    ": ",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "|",
    "|2\n",
    ">-\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "!x ",
    "!!int ",
    "!",
    "? ",
    "%",
    "\n%YAML 1.2\n",
    "\n---\n",
    "\n...\n",
    "@",
    "`",
    "~",
    ".nan",
    "010",
    "1e999",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{feff}",
    "\u{2028}",
    "\u{200b}",
    "　",
    "：",
    "－",
    "・",
    "“",
    "「",
    "，",
    "＃",
    "𠮷",
    "か\u{3099}",
    "\\",
    "\\x",
    "\\u12",
    "a: 1\na: 2\n",
    "a: &a [*a]\n",
];

/// A mapping of anything that JSON can say.
fn document() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        (-1000_i64..1000).prop_map(Value::from),
        (-80_000_i32..80_000).prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number,
        words().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((words(), inner), 0..5)
                .prop_map(|entries| Value::from(entries.into_iter().collect::<Map<_, _>>())),
        ]
    });
    vec((words(), value), 1..6).prop_map(|entries| Value::from(entries.into_iter().collect::<Map<_, _>>()))
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z_]{1,8}",
        4 => "[ぁ-んァ-ヶ一-龠a-z]{1,6}",
        2 => "[ぁ-ん一-龠（）「」：、。０-９Ａ-Ｚ　]{0,8}",
        2 => "[a-z契約日 :#,&*!|>'\"%@{}\\[\\]?\\\\-]{0,10}",
        2 => "[a-z契約]{1,4}(\n[a-z契約: #-]{0,3}[a-z契約]){1,3}\n?",
        1 => "\\PC{0,8}",
        1 => any::<String>(),
        1 => prop::sample::select(&[
            "", "null", "~", "true", "True", "yes", "no", "on", "12", "010", "0x1F", "1e3", ".5", "-1", "2026-04-01",
            "12:30", "1_000", "<<", "=", "-", "?", "---", "...", "a: b", "a #b", " a", "a ", "\n", "a\n\n", "\t", "𠮷野",
        ][..]).prop_map(str::to_owned),
    ]
}

/// Writes JSON as YAML in a way that its choices pick.
struct Writer<'c> {
    choices: &'c [u8],
    at: usize,
}

impl<'c> Writer<'c> {
    fn new(choices: &'c [u8]) -> Self {
        Writer { choices, at: 0 }
    }

    /// One of so many ways.
    fn pick(&mut self, ways: u8) -> u8 {
        self.at += 1;
        self.choices[self.at % self.choices.len()].wrapping_add((self.at / 7) as u8) % ways
    }

    fn document(&mut self, document: &Value) -> String {
        let mut written = match self.pick(4) {
            0 => "---\n",
            1 => "# 委託契約の内容\n\n---\n",
            2 => "\u{feff}",
            _ => "",
        }
        .to_owned();
        match self.pick(5) {
            0 => written += &(self.flow(document, 0) + "\n"),
            _ => written += &self.block(document, 0),
        }
        match self.pick(4) {
            0 => written += "# 以上",
            1 => written += "...\n",
            _ => {}
        }
        if self.pick(3) == 0 { written.replace('\n', "\r\n") } else { written }
    }

    /// A collection as lines at an indentation; a document that is no block is put in flow style.
    fn block(&mut self, value: &Value, indent: usize) -> String {
        let margin = " ".repeat(indent);
        let mut written = String::new();
        match value {
            Value::Object(map) if !map.is_empty() => {
                for (key, value) in map {
                    written += &self.own_line(&written, indent);
                    written += &format!("{margin}{}:", self.key(key));
                    written += &self.behind(value, indent, true);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for item in items {
                    written += &self.own_line(&written, indent);
                    let compact = matches!(item, Value::Object(map) if !map.is_empty()) && self.pick(2) == 0;
                    if compact {
                        let inner = self.block(item, indent + 2);
                        written += &format!("{margin}- {}", &inner[indent + 2..]);
                    } else {
                        written += &format!("{margin}-{}", self.behind(item, indent, false));
                    }
                }
            }
            other => written += &(margin + &self.flow(other, indent) + "\n"),
        }
        written
    }

    /// What follows `key:` or `-`, its last line ended.
    fn behind(&mut self, value: &Value, indent: usize, is_key: bool) -> String {
        let inner = indent + 2;
        match value {
            Value::Object(map) if !map.is_empty() && self.pick(4) > 0 => {
                format!("{}\n{}", self.comment(), self.block(value, inner))
            }
            Value::Array(items) if !items.is_empty() && self.pick(4) > 0 => {
                let inner = if is_key && self.pick(2) == 0 { indent } else { inner };
                format!("{}\n{}", self.comment(), self.block(value, inner))
            }
            Value::Null if self.pick(2) == 0 => format!("{}\n", self.comment()),
            Value::String(text) if is_literal(text) && self.pick(3) > 0 => {
                let (sign, lines) = match text.strip_suffix('\n') {
                    Some(lines) => ("|", lines),
                    None => ("|-", text.as_str()),
                };
                let mut written = format!(" {sign}{}\n", self.comment());
                for line in lines.split('\n') {
                    let margin = if line.is_empty() { 0 } else { inner };
                    written += &format!("{}{line}\n", " ".repeat(margin));
                }
                written
            }
            other => format!(" {}{}\n", self.flow(other, inner), self.comment()),
        }
    }

    fn comment(&mut self) -> &'static str {
        ["", "", "", "", " # 契約書: 第12条 'の' [写し]", "  #", " "][usize::from(self.pick(7))]
    }

    fn own_line(&mut self, before: &str, indent: usize) -> String {
        match self.pick(8) {
            0 if !before.is_empty() => format!("{}# 注: {{要確認}}\n", " ".repeat(indent)),
            1 if !before.is_empty() => "\n".to_owned(),
            _ => String::new(),
        }
    }

    /// A value within a line, or in brackets over several.
    fn flow(&mut self, value: &Value, indent: usize) -> String {
        let apart = |writer: &mut Self| match writer.pick(4) {
            0 => format!("\n{}", " ".repeat(indent + 2)),
            1 => String::new(),
            _ => " ".to_owned(),
        };
        match value {
            Value::Null => ["null", "~", "Null"][usize::from(self.pick(3))].to_owned(),
            Value::Bool(truth) => match self.pick(3) {
                0 => truth.to_string().to_uppercase(),
                _ => truth.to_string(),
            },
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                let mut written = "[".to_owned();
                for (at, item) in items.iter().enumerate() {
                    written += if at > 0 { "," } else { "" };
                    written += &apart(self);
                    written += &self.flow(item, indent + 2);
                }
                written + &apart(self) + "]"
            }
            Value::Object(map) => {
                let mut written = "{".to_owned();
                for (at, (key, item)) in map.iter().enumerate() {
                    written += if at > 0 { "," } else { "" };
                    written += &apart(self);
                    written += &format!("{}: ", self.key(key));
                    written += &self.flow(item, indent + 2);
                }
                written + &apart(self) + "}"
            }
        }
    }

    fn key(&mut self, key: &str) -> String {
        self.text(key)
    }

    /// A text without quotes where that is safe, or in one kind of quotes.
    fn text(&mut self, text: &str) -> String {
        let single = text.chars().all(is_printed);
        match self.pick(3) {
            0 if single => format!("'{}'", text.replace('\'', "''")),
            1 | 2 if is_plain(text) => text.to_owned(),
            _ => double_quoted(text),
        }
    }
}

/// Whether a text may stand without quotes: letters alone, blanks inside, no word that has a type.
fn is_plain(text: &str) -> bool {
    let letter = |found: char| {
        found.is_ascii_lowercase()
            || matches!(found, '_' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4e00}'..='\u{9fff}')
    };
    let inside = |found: char| letter(found) || found == ' ';
    text.starts_with(letter)
        && text.ends_with(letter)
        && text.chars().all(inside)
        && !["null", "true", "false"].contains(&text)
}

/// Whether a text may stand as a block: lines that neither begin nor end with blanks.
fn is_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    !body.is_empty()
        && body.split('\n').all(|line| line.trim() == line && line.chars().all(is_printed))
        && !body.starts_with('\n')
        && !body.ends_with('\n')
}

/// Whether a character may stand as it is.
fn is_printed(found: char) -> bool {
    matches!(found, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}'
        | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

fn double_quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|found| match found {
            '"' | '\\' => format!("\\{found}"),
            '\n' => "\\n".to_owned(),
            '\t' => "\\t".to_owned(),
            found if is_printed(found) => found.to_string(),
            found => format!("\\U{:08x}", u32::from(found)),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// The text of a place, which must lie in the text and at the edges of characters.
#[track_caller]
fn under(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or_else(|| panic!("{span:?} is no part of {text:?}"))
}

/// Every place lies in the text. (What an alias copies keeps its own place, so no more than that.)
fn inside(node: &Node, text: &str) {
    under(text, node.span);
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| inside(item, text)),
        Data::Map(map) => {
            for entry in map.entries() {
                under(text, entry.key_span);
                inside(&entry.value, text);
            }
        }
        _ => {}
    }
}

/// Every place lies in that of its parent and holds what is said of it.
fn check_places(node: &Node, text: &str, parent: Option<Span>) {
    let within = |span: Span| {
        let held = parent.is_none_or(|parent| parent.start <= span.start && span.end <= parent.end);
        assert!(held, "{:?} outside of its parent in {text:?}", under(text, span));
    };
    within(node.span);
    let written = under(text, node.span);
    match &node.data {
        Data::Null => {
            assert!(["", "~"].contains(&written) || written.to_lowercase() == "null", "{written:?}")
        }
        Data::Bool(truth) => assert_eq!(written.to_lowercase(), truth.to_string()),
        Data::Int(number) => assert_eq!(written.parse(), Ok(*number)),
        Data::Number(number) => assert_eq!(written.parse(), Ok(*number)),
        Data::Text(value) => {
            // Of a block the place is that of its lines, which may begin with a quote.
            if written != value.trim_end_matches('\n')
                && let Some(unquoted) = unquoted(written)
            {
                assert_eq!(unquoted, &**value, "{written:?}");
            }
        }
        Data::List(items) => items.iter().for_each(|item| check_places(item, text, Some(node.span))),
        Data::Map(map) => {
            for entry in map.entries() {
                let written = under(text, entry.key_span);
                assert_eq!(unquoted(written).as_deref(), Some(&*entry.key), "{written:?}");
                assert!(
                    node.span.start <= entry.key_span.start && entry.key_span.end <= entry.value.span.start
                );
                check_places(&entry.value, text, Some(node.span));
            }
        }
    }
}

/// What a text in one line means; `None` for one in several, whose lines are folded.
fn unquoted(written: &str) -> Option<String> {
    if written.contains('\n') || written.starts_with(['|', '>']) {
        return None;
    }
    if let Some(inner) = written.strip_prefix('\'') {
        return Some(
            inner
                .strip_suffix('\'')
                .unwrap_or_else(|| panic!("a closing quote: {written}"))
                .replace("''", "'"),
        );
    }
    let Some(inner) = written.strip_prefix('"') else { return Some(written.to_owned()) };
    let mut signs = inner.strip_suffix('"').unwrap_or_else(|| panic!("a closing quote: {written}")).chars();
    let mut text = String::new();
    while let Some(sign) = signs.next() {
        text.push(match (sign, if sign == '\\' { signs.next() } else { None }) {
            (sign, None) => sign,
            (_, Some('n')) => '\n',
            (_, Some('t')) => '\t',
            (_, Some('U')) => {
                let digits: String = signs.by_ref().take(8).collect();
                u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).expect("a character")
            }
            (_, Some(sign)) => sign,
        });
    }
    Some(text)
}
