//! Conditions against the public conformance cases of CEL: what the subset supports gives the
//! specified value, and what it leaves out is listed by reason, to the last case.

use std::collections::BTreeMap;
use std::path::Path;

use hadome::date::Period;
use hadome::diagnostic::Explain;
use hadome::expression::check::{Scope, expression};
use hadome::expression::evaluate::{Document, Effort, Facts, value};
use hadome::expression::problem::Problem;
use hadome::expression::typed::Constant;
use hadome::expression::value::{Belongs, Items, List, Value};

/// The folder with the `*.textproto` files.
const FOLDER: &str = "HADOME_CEL_CONFORMANCE";

/// A reason for leaving a case out, and the cases to which it applies.
type Reason = (&'static str, fn(&Case<'_>, &Outcome) -> bool);

/// A file, how many of its cases are as specified, and how many are left out for which reason.
type Expected = (&'static str, usize, &'static [(&'static str, usize)]);

/// Each case that does not give what CEL gives falls under exactly one of these.
const REASONS: &[Reason] = &[
    ("bytes", |_, got| got.lacks("bytes")),
    ("unsigned numbers", |_, got| got.lacks("unsigned number")),
    ("null as a value", |_, got| got.lacks("null")),
    ("maps", |_, got| got.lacks("map")),
    ("messages", |_, got| got.lacks("message")),
    ("time stamps and durations", |_, got| got.calls("timestamp") || got.calls("duration")),
    ("bound variables", |case, got| {
        !case.test.all("bindings").is_empty() && matches!(got, Outcome::Refused(Problem::UnknownName { .. }))
    }),
    ("lists of mixed types", |case, got| case.has_value() && got.mixes("[...]", |_| true)),
    ("branches of different types", |case, got| case.has_value() && got.mixes("?:", |_| true)),
    ("equality of lists", |case, got| {
        let lists = |types: &[String]| types.iter().all(|ty| ty.starts_with("list of"));
        case.has_value() && (got.mixes("==", lists) || got.mixes("!=", lists))
    }),
    ("concatenation of lists", |case, got| case.has_value() && got.mixes("+", |_| true)),
    ("order of truth values", |case, got| {
        let truths = |types: &[String]| types.iter().all(|ty| ty == "truth value");
        case.has_value() && ["<", "<=", ">", ">="].iter().any(|sign| got.mixes(sign, truths))
    }),
    ("an index that is no whole number", |case, got| case.has_value() && got.mixes("[]", |_| true)),
    ("not a number: no result here", |case, got| {
        case.has_value() && case.expression.contains("0.0/0.0") && matches!(got, Outcome::Open)
    }),
    ("a mistake that CEL would not reach", |case, got| {
        case.has_value()
            && matches!(
                got,
                Outcome::Refused(
                    Problem::DivisionByZero | Problem::BadIndex(_) | Problem::NotACondition { .. }
                )
            )
    }),
    ("exists_one: two that hold decide", |case, got| {
        let refuted = matches!(got, Outcome::Given(given) if given == "false");
        !case.has_value() && case.expression.contains("exists_one") && refuted
    }),
];

/// What is known of the files.
const EXPECTED: &[Expected] = &[
    (
        "comparisons.textproto",
        133,
        &[
            ("bound variables", 7),
            ("bytes", 16),
            ("equality of lists", 11),
            ("lists of mixed types", 2),
            ("maps", 28),
            ("messages", 72),
            ("not a number: no result here", 5),
            ("null as a value", 15),
            ("order of truth values", 12),
            ("time stamps and durations", 2),
            ("unsigned numbers", 103),
        ],
    ),
    ("integer_math.textproto", 42, &[("unsigned numbers", 22)]),
    (
        "lists.textproto",
        19,
        &[
            ("a mistake that CEL would not reach", 2),
            ("an index that is no whole number", 3),
            ("concatenation of lists", 6),
            ("maps", 2),
            ("unsigned numbers", 7),
        ],
    ),
    ("logic.textproto", 21, &[("a mistake that CEL would not reach", 8), ("branches of different types", 1)]),
    (
        "macros.textproto",
        32,
        &[("exists_one: two that hold decide", 1), ("lists of mixed types", 3), ("maps", 8)],
    ),
    ("string.textproto", 45, &[("bytes", 6)]),
];

#[test]
fn every_case_is_as_specified_or_left_out_for_a_reason() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        println!("conformance files not here: {FOLDER} is not set");
        return;
    };
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder of the conformance files")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".textproto"))
        .collect();
    names.sort();
    let mut wrong = Vec::new();
    let mut found = Vec::new();
    for name in names {
        let text = std::fs::read_to_string(Path::new(&folder).join(&name)).expect("UTF-8");
        let file = Message::read(&text);
        let mut run = 0;
        let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
        for section in file.all("section") {
            for test in section.as_message().all("test") {
                let case = Case::new(test.as_message());
                let (right, outcome) = case.run();
                if right {
                    run += 1;
                    continue;
                }
                let why: Vec<_> = REASONS
                    .iter()
                    .filter(|(_, applies)| applies(&case, &outcome))
                    .map(|(why, _)| *why)
                    .collect();
                match why[..] {
                    [why] => *skipped.entry(why).or_default() += 1,
                    _ => wrong.push(format!(
                        "{name}: {}/{}: {}: {outcome:?}; reasons: {why:?}",
                        section.as_message().text("name"),
                        case.test.text("name"),
                        case.expression
                    )),
                }
            }
        }
        println!("{name}: {run} run, {} left out", skipped.values().sum::<usize>());
        skipped.iter().for_each(|(why, count)| println!("  {count:>3} {why}"));
        found.push((name, run, skipped));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let expected: Vec<_> = EXPECTED
        .iter()
        .map(|(name, run, skipped)| ((*name).to_owned(), *run, skipped.iter().copied().collect()))
        .collect();
    assert_eq!(found, expected);
}

/// One case.
struct Case<'t> {
    test: &'t Message,
    /// The expression, without `dyn(...)`: the function changes no value, it only hides a type
    /// from CEL's type check, which has no comparison of an int with a double; ours has one.
    expression: String,
}

/// What came of a case.
#[derive(Debug)]
enum Outcome {
    /// It was refused when it was read.
    Refused(Problem),
    /// The result, or a part of it, is unknown.
    Open,
    /// A value, as it is printed.
    Given(String),
}

impl Outcome {
    fn lacks(&self, what: &str) -> bool {
        matches!(self, Outcome::Refused(Problem::Unsupported(found)) if found == what)
    }

    fn calls(&self, function: &str) -> bool {
        matches!(self, Outcome::Refused(Problem::UnknownFunction(found)) if found == function)
    }

    fn mixes(&self, sign: &str, these: impl Fn(&[String]) -> bool) -> bool {
        matches!(self, Outcome::Refused(Problem::Types { operator, en, .. }) if operator == sign && these(en))
    }
}

impl<'t> Case<'t> {
    fn new(test: &'t Message) -> Self {
        Case { test, expression: without_dyn(&test.text("expr")) }
    }

    fn has_value(&self) -> bool {
        !self.test.all("value").is_empty()
    }

    /// Runs the case; whether it came out as specified, and how.
    fn run(&self) -> (bool, Outcome) {
        let checked = match expression(&self.expression, &Scope::default()) {
            Ok(checked) => checked,
            Err(fault) => {
                let mistake = matches!(
                    fault.problem,
                    Problem::Types { .. }
                        | Problem::NotACondition { .. }
                        | Problem::DivisionByZero
                        | Problem::BadIndex(_)
                );
                return (!self.has_value() && mistake, Outcome::Refused(fault.problem));
            }
        };
        let effort = Effort::default();
        let facts = Facts {
            contract: Document::default(),
            system: Document::default(),
            records: Document::default(),
            as_of: Period::parse("2026-04-01").expect("a date"),
            stage: None,
            item: None,
            item_list: None,
            effort: &effort,
        };
        let given = value(&checked, &facts);
        let outcome = if is_open(&given) { Outcome::Open } else { Outcome::Given(shown(&given)) };
        match self.test.all("value")[..] {
            [wanted] => (equals(&given, wanted.as_message()), outcome),
            _ => {
                assert_eq!(self.test.all("eval_error").len(), 1, "{}", self.expression);
                (matches!(outcome, Outcome::Open), outcome)
            }
        }
    }
}

fn without_dyn(expression: &str) -> String {
    let mut text = expression.to_owned();
    while let Some(start) = text.find("dyn(") {
        let mut depth = 0;
        let close = text[start..].char_indices().find_map(|(at, found)| {
            depth += match found {
                '(' => 1,
                ')' => -1,
                _ => return None,
            };
            (depth == 0).then_some(start + at)
        });
        // The brackets stay: a minus in front of the value keeps its place.
        assert!(close.is_some(), "{expression}");
        text.replace_range(start..start + "dyn".len(), "");
    }
    text
}

/// The items of a list of which all are made.
fn made<'v, 'a>(list: &'v List<'a>) -> &'v [(Value<'a>, Belongs)] {
    let Items::Made(items) = &list.items else { panic!("items that are made") };
    items
}

fn is_open(value: &Value<'_>) -> bool {
    match value {
        Value::Unknown(_) | Value::Absent(_) => true,
        Value::List(list @ List { open, .. }) => {
            let items = made(list);
            *open || items.iter().any(|(item, belongs)| is_open(item) || matches!(belongs, Belongs::Maybe(_)))
        }
        _ => false,
    }
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Number(number) => format!("{number:?}"),
        Value::Text(text) => format!("{text:?}"),
        Value::List(list) => {
            let items: Vec<_> = made(list).iter().map(|(item, _)| shown(item)).collect();
            format!("[{}]", items.join(", "))
        }
        other => format!("{other:?}"),
    }
}

fn equals(given: &Value<'_>, wanted: &Message) -> bool {
    let [(kind, wanted)] = &wanted.0[..] else { panic!("one value: {wanted:?}") };
    match (kind.as_str(), given) {
        ("bool_value", Value::Bool(truth)) => wanted.word() == truth.to_string(),
        ("int64_value", Value::Int(number)) => wanted.word().parse() == Ok(*number),
        ("double_value", Value::Number(number)) => wanted.word().parse() == Ok(*number),
        ("string_value", Value::Text(text)) => *wanted == Field::Text(text.as_bytes().to_vec()),
        ("list_value", Value::List(list)) => {
            let wanted = wanted.as_message().all("values");
            wanted.len() == list.items.len()
                && !is_open(given)
                && made(list).iter().zip(wanted).all(|((item, _), wanted)| equals(item, wanted.as_message()))
        }
        _ => false,
    }
}

/// A message of a text protocol buffer: its fields in their order.
#[derive(Clone, Debug, PartialEq)]
struct Message(Vec<(String, Field)>);

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
enum Field {
    /// Quoted; bytes, since escapes may be no UTF-8.
    Text(Vec<u8>),
    /// A number, a truth value or a name.
    Word(String),
    /// A message.
    Message(Message),
}

impl Field {
    #[track_caller]
    fn as_message(&self) -> &Message {
        let Field::Message(message) = self else { panic!("a message: {self:?}") };
        message
    }

    #[track_caller]
    fn word(&self) -> &str {
        let Field::Word(word) = self else { panic!("a word: {self:?}") };
        word
    }
}

impl Message {
    #[track_caller]
    fn read(text: &str) -> Message {
        let mut reader = Reader { text, at: 0 };
        let message = reader.message();
        assert_eq!(reader.rest(), "", "something is left");
        message
    }

    fn all(&self, name: &str) -> Vec<&Field> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, field)| field).collect()
    }

    #[track_caller]
    fn text(&self, name: &str) -> String {
        match self.all(name)[..] {
            [Field::Text(bytes)] => String::from_utf8(bytes.clone()).expect("UTF-8"),
            _ => panic!("one text {name}: {self:?}"),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    /// What comes after blanks and comments.
    fn rest(&mut self) -> &'t str {
        loop {
            let rest = &self.text[self.at..];
            let comment = rest.starts_with('#').then(|| rest.find('\n').unwrap_or(rest.len()));
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ';']).len();
            match comment.unwrap_or(blanks) {
                0 => return rest,
                skipped => self.at += skipped,
            }
        }
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn word(&mut self) -> String {
        let rest = self.rest();
        let part = |found: char| found.is_ascii_alphanumeric() || "_+-.".contains(found);
        let end = rest.find(|found| !part(found)).unwrap_or(rest.len());
        assert!(end > 0, "a word: {rest:.40}");
        self.at += end;
        rest[..end].to_owned()
    }

    fn message(&mut self) -> Message {
        let mut fields = Vec::new();
        while !self.rest().is_empty() && !self.rest().starts_with('}') {
            let name = self.word();
            let colon = self.take(':');
            let field = match self.rest().chars().next() {
                Some('{') => {
                    self.take('{');
                    let message = self.message();
                    assert!(self.take('}'), "a message is not closed: {:.40}", self.rest());
                    Field::Message(message)
                }
                Some('"' | '\'') => Field::Text(self.quoted()),
                _ => Field::Word(self.word()),
            };
            assert!(colon || matches!(field, Field::Message(_)), "{name} without a colon");
            fields.push((name, field));
        }
        Message(fields)
    }

    /// Texts that follow each other are one.
    fn quoted(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        while let Some(quote @ ('"' | '\'')) = self.rest().chars().next() {
            self.at += 1;
            loop {
                let next = self.text[self.at..].chars().next().expect("a closing quote");
                self.at += next.len_utf8();
                match next {
                    '\\' => self.escape(&mut bytes),
                    next if next == quote => break,
                    next => bytes.extend(next.to_string().bytes()),
                }
            }
        }
        bytes
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let kind = self.text[self.at..].chars().next().expect("an escape");
        let (skipped, radix, most) = match kind {
            'x' | 'X' => (1, 16, 2),
            'u' => (1, 16, 4),
            'U' => (1, 16, 8),
            '0'..='7' => (0, 8, 3),
            _ => {
                self.at += 1;
                return bytes.push(match kind {
                    'n' => b'\n',
                    't' => b'\t',
                    'r' => b'\r',
                    '\\' | '"' | '\'' => kind as u8,
                    _ => panic!("escape {kind}"),
                });
            }
        };
        self.at += skipped;
        let digits = self.text[self.at..].bytes().take(most);
        let count = digits.take_while(|digit| char::from(*digit).is_digit(radix)).count();
        let code = u32::from_str_radix(&self.text[self.at..self.at + count], radix).expect("digits");
        self.at += count;
        match kind {
            'u' | 'U' => bytes.extend(char::from_u32(code).expect("a character").to_string().bytes()),
            _ => bytes.push(u8::try_from(code).expect("a byte")),
        }
    }
}

#[test]
fn a_parameters_list_is_empty_or_of_one_type() {
    let list = |items: &[Constant]| {
        let parameters = [("list".to_owned(), (Constant::List(items.to_vec()), None))];
        Scope { parameters: parameters.into(), binder: None, anchors: false }
    };
    let sources = [
        "params.list.exists(word, 'record'.startsWith(word))",
        "params.list.all(word, size(word) < 9 && word > 'a')",
        "'a' in params.list",
    ];
    for source in sources {
        for items in [&[][..], &[Constant::Text("a".into())]] {
            assert!(expression(source, &list(items)).is_ok(), "{source}: {items:?}");
        }
        let mixed = list(&[Constant::Int(1), Constant::Text("a".into()), Constant::Text("b".into())]);
        let fault = expression(source, &mixed).expect_err(source);
        assert!(matches!(fault.problem, Problem::Types { .. }), "{:?}", fault.problem);
    }
}

#[test]
fn the_reader_knows_the_forms_that_the_files_use() {
    let text = r#"
        # a comment
        name: "a" 'b'  # joined
        value { list_value { values: { int64_value: -2 }, values { bool_value: true } } };
        raw: "\377\x00\u00e9\U0001F431\"\\n"
    "#;
    let message = Message::read(text);
    assert_eq!(message.text("name"), "ab");
    let list = message.all("value")[0].as_message().all("list_value")[0].as_message().all("values");
    assert_eq!(list[0].as_message().all("int64_value")[0].word(), "-2");
    assert_eq!(list.len(), 2);
    assert_eq!(message.all("raw")[0], &Field::Text([b"\xff\x00", "é\u{1F431}\"\\n".as_bytes()].concat()));
}

#[test]
fn the_reasons_speak_of_problems_that_exist() {
    let wanted =
        [("b'a'", "bytes"), ("1u", "unsigned number"), ("null", "null"), ("{}", "map"), ("A{}", "message")];
    for (source, what) in wanted {
        let fault = expression(source, &Scope::default()).expect_err(source);
        assert_eq!(fault.problem, Problem::Unsupported(what.to_owned()));
        assert_eq!(fault.problem.code(), "expression-unsupported");
    }
}
