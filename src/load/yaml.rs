//! From a text to its tree. The only file that knows the YAML parser.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use super::hints::{Cause, Problem, explain, instead_of_collection, odd_key, odd_value};
use super::limits::Limits;
use super::tree::{Data, Entry, FileId, Mapping, Node, Span};
use crate::diagnostic::Diagnostic;

/// Reads one document, whose root is a mapping. Aliases are expanded; what they copy keeps the
/// places of its definition.
///
/// # Errors
/// Everything that is wrong with the form, in the order of the text: at most one place where it
/// is no YAML, since nothing behind that can be read.
pub fn parse(text: &str, file: FileId, limits: &Limits) -> Result<Node, Vec<Diagnostic>> {
    let mut builder = Builder::new(text, file, limits);
    if builder.prologue() {
        builder.run();
    }
    builder.finish()
}

/// A value that is complete, with what its parents must know of it.
struct Built {
    node: Node,
    /// The end of what is written here; an alias ends elsewhere than what it stands for.
    end: u32,
    weight: Weight,
    /// Written without quotes.
    plain: bool,
}

/// What a value costs when an alias copies it.
#[derive(Clone, Copy, Default)]
struct Weight {
    nodes: usize,
    bytes: usize,
    height: usize,
}

struct Frame {
    anchor: usize,
    flow: bool,
    start: u32,
    end: u32,
    weight: Weight,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(Mapping, Key),
}

/// The key whose value comes next.
enum Key {
    /// The next node is a key.
    Awaited,
    /// A key is there.
    Given { key: Box<str>, span: Span, plain: bool },
    /// The key was no key; its value is dropped.
    Refused,
}

/// The reading stopped; the reason is among the problems.
struct Stop;

struct Builder<'a> {
    text: &'a str,
    file: FileId,
    limits: &'a Limits,
    stack: Vec<Frame>,
    root: Option<Built>,
    anchors: HashMap<usize, (Node, Weight)>,
    /// Keys and values so far, copies included.
    nodes: usize,
    /// Bytes of keys and texts that aliases copied.
    copied: usize,
    documents: usize,
    problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, file: FileId, limits: &'a Limits) -> Self {
        Builder {
            text,
            file,
            limits,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            nodes: 0,
            copied: 0,
            documents: 0,
            problems: Vec::new(),
        }
    }

    /// Looks for directives, of which the parser says nothing. They stand before the document.
    fn prologue(&mut self) -> bool {
        let mut start = 0;
        for line in self.text.split_inclusive(['\n', '\r']) {
            let written = line.trim_end();
            if written.starts_with('%') && !written.starts_with("%YAML 1.") {
                let name = written.split(' ').next().unwrap_or_default().to_owned();
                let span = self.span(start, start + written.len());
                self.problems.push(Diagnostic::new(span, Problem::Directive { written: name }));
                return false;
            }
            if !(written.is_empty() || written.starts_with(['#', '%'])) {
                break;
            }
            start += line.len();
        }
        true
    }

    fn run(&mut self) {
        let depth = self.limits.depth;
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: depth,
            block_nesting_limit: depth,
        };
        for next in Parser::new_from_str_with_options(self.text, options) {
            match next {
                Ok((event, place)) => {
                    if self.event(event, place).is_err() {
                        return;
                    }
                }
                Err(error) => return self.scan_error(&error),
            }
        }
    }

    fn finish(mut self) -> Result<Node, Vec<Diagnostic>> {
        let root = self.root.take();
        if self.problems.is_empty() {
            let (span, empty) = match &root {
                Some(root) => (root.node.span, root.node.span.start == root.node.span.end),
                None => (self.span(0, 0), true),
            };
            match root {
                Some(Built { node, .. }) if node.as_map().is_some() => return Ok(node),
                Some(root) if !empty => {
                    let hint = if root.plain && root.node.as_text().is_some() {
                        instead_of_collection(self.text, span)
                    } else {
                        None
                    };
                    let first = self.span(span.start as usize, self.first_line_end(span));
                    self.problems
                        .push(hint.unwrap_or_else(|| Diagnostic::new(first, Problem::NotAMapping)));
                }
                _ => self.problems.push(Diagnostic::new(self.span(0, 0), Problem::Empty)),
            }
        }
        self.problems.sort_by_key(|problem| problem.span);
        Err(self.problems)
    }

    fn first_line_end(&self, span: Span) -> usize {
        let written = self.written(span);
        span.start as usize + written.find(['\n', '\r']).unwrap_or(written.len())
    }

    fn event(&mut self, event: Event, place: granit_parser::Span) -> Result<(), Stop> {
        let span = self.place(place);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return self.stop(span, Problem::SecondDocument);
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let span = match style {
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => span,
                    _ => self.trimmed(span),
                };
                let is_key = matches!(
                    self.stack.last(),
                    Some(Frame { content: Content::Map(_, Key::Awaited), .. })
                );
                let tag = tag.as_deref().map(|tag| (tag, place));
                let data = self.scalar(&value, plain, tag, span, is_key)?;
                self.charge(span)?;
                let bytes = if matches!(data, Data::Text(_)) { value.len() } else { 0 };
                let weight = Weight { nodes: 1, bytes, height: 0 };
                let built = Built { node: Node::new(span, data), end: span.end, weight, plain };
                self.complete(built, anchor)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "seq", place)?;
                self.open(Content::List(Vec::new()), style, anchor, span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "map", place)?;
                self.open(Content::Map(Mapping::default(), Key::Awaited), style, anchor, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(id) => self.alias(id, span)?,
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        content: Content,
        style: StructureStyle,
        anchor: usize,
        span: Span,
    ) -> Result<(), Stop> {
        self.charge(span)?;
        if self.stack.len() >= self.limits.depth {
            return self.stop(span, Problem::TooDeep { limit: self.limits.depth });
        }
        let weight = Weight { nodes: 1, bytes: 0, height: 1 };
        let flow = style == StructureStyle::Flow;
        self.stack.push(Frame { anchor, flow, start: span.start, end: span.end, weight, content });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Stop> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let end = if frame.flow { span.end } else { frame.end };
        let data = match frame.content {
            Content::List(items) => Data::List(items),
            Content::Map(map, _) => Data::Map(map),
        };
        let node = Node::new(Span { file: self.file, start: frame.start, end }, data);
        self.complete(Built { node, end, weight: frame.weight, plain: false }, frame.anchor)
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), Stop> {
        let Some(&(_, weight)) = self.anchors.get(&id) else {
            let name = self.written(span).trim_start_matches('*').to_owned();
            return self.stop(span, Problem::AliasInItself { name });
        };
        if self.stack.len() + weight.height > self.limits.depth {
            return self.stop(span, Problem::TooDeep { limit: self.limits.depth });
        }
        self.charge_copy(span, weight)?;
        let node = self.anchors.get(&id).map(|(node, _)| node.clone()).unwrap_or_default();
        self.complete(Built { node, end: span.end, weight, plain: false }, 0)
    }

    /// Puts a value where it belongs, and keeps a copy for aliases.
    fn complete(&mut self, built: Built, anchor: usize) -> Result<(), Stop> {
        if anchor != 0 {
            self.charge_copy(built.node.span, built.weight)?;
            self.anchors.insert(anchor, (built.node.clone(), built.weight));
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(built);
            return Ok(());
        };
        frame.end = frame.end.max(built.end);
        frame.weight.nodes += built.weight.nodes;
        frame.weight.bytes += built.weight.bytes;
        frame.weight.height = frame.weight.height.max(built.weight.height + 1);
        match &mut frame.content {
            Content::List(items) => items.push(built.node),
            Content::Map(_, key @ Key::Awaited) => match built.node {
                Node { span, data: Data::Text(name), .. } if span.end == built.end => {
                    *key = Key::Given { key: name, span, plain: built.plain };
                }
                Node { span, .. } => {
                    *key = Key::Refused;
                    let written = self.written(span).lines().next().unwrap_or_default().to_owned();
                    return self.note(Diagnostic::new(span, Problem::KeyNotText { written }));
                }
            },
            Content::Map(map, key) => {
                if let Key::Given { key, span, plain } = std::mem::replace(key, Key::Awaited) {
                    let alone = frame.flow && built.node.span.start == built.node.span.end;
                    let merge = plain && &*key == "<<";
                    let entry = Entry { key, key_span: span, value: built.node };
                    let twice = match map.insert(entry) {
                        Ok(()) => None,
                        Err(first) => {
                            let found = map.entries().iter().find(|entry| entry.key_span == first);
                            let key = found.map(|entry| entry.key.to_string()).unwrap_or_default();
                            Some(Diagnostic::new(span, Problem::DuplicateKey { key }).with_related(
                                first,
                                "最初の記載",
                                "first given here",
                            ))
                        }
                    };
                    return self.check_key(span, plain, alone, merge, twice);
                }
            }
        }
        Ok(())
    }

    fn check_key(
        &mut self,
        span: Span,
        plain: bool,
        alone: bool,
        merge: bool,
        twice: Option<Diagnostic>,
    ) -> Result<(), Stop> {
        if merge {
            return self.note(Diagnostic::new(span, Problem::MergeKey));
        }
        let range = span.start as usize..span.end as usize;
        if let Some((problem, range)) = plain.then(|| odd_key(self.text, range, alone)).flatten() {
            let span = self.span(range.start, range.end);
            return self.note(Diagnostic::new(span, problem));
        }
        twice.map_or(Ok(()), |problem| self.note(problem))
    }

    /// The value of a scalar by the core schema, its tag honoured.
    fn scalar(
        &mut self,
        value: &str,
        plain: bool,
        tag: Option<(&Tag, granit_parser::Span)>,
        span: Span,
        is_key: bool,
    ) -> Result<Data, Stop> {
        let empty = plain && span.start == span.end;
        let Some((tag, place)) = tag else {
            return match plain.then(|| resolve(if empty { "" } else { value })) {
                None => Ok(Data::Text(value.into())),
                Some(Ok(Data::Text(text))) if !is_key => self.checked_text(text, span),
                Some(Ok(data)) => Ok(data),
                // A key of this kind is refused as such.
                Some(Err(_)) if is_key => Ok(Data::Null),
                Some(Err(problem)) => {
                    self.note(Diagnostic::new(span, problem))?;
                    Ok(Data::Null)
                }
            };
        };
        let value = if empty { "" } else { value };
        let wanted = if tag.parts() == ("", "!") { Some("str") } else { tag.core_suffix() };
        let resolved = resolve(value);
        let data = match (wanted, resolved) {
            (Some("str"), _) => Some(Data::Text(value.into())),
            (Some("int"), Ok(data @ Data::Int(_)))
            | (Some("float"), Ok(data @ Data::Number(_)))
            | (Some("bool"), Ok(data @ Data::Bool(_)))
            | (Some("null"), Ok(data @ Data::Null)) => Some(data),
            (Some("float"), Ok(Data::Int(number))) => Some(Data::Number(number as f64)),
            _ => None,
        };
        match data {
            Some(data) => Ok(data),
            None => {
                self.refuse_tag(tag, place)?;
                Ok(Data::Null)
            }
        }
    }

    fn checked_text(&mut self, text: Box<str>, span: Span) -> Result<Data, Stop> {
        let typed = |text: &str| !matches!(resolve(text), Ok(Data::Text(_)));
        let range = span.start as usize..span.end as usize;
        if !text.is_ascii()
            && let Some((problem, range)) = odd_value(self.text, range, typed)
        {
            self.note(Diagnostic::new(self.span(range.start, range.end), problem))?;
        }
        Ok(Data::Text(text))
    }

    fn collection_tag(
        &mut self,
        tag: Option<&Tag>,
        wanted: &str,
        place: granit_parser::Span,
    ) -> Result<(), Stop> {
        match tag {
            Some(tag) if tag.parts() != ("", "!") && tag.core_suffix() != Some(wanted) => {
                self.refuse_tag(tag, place)
            }
            _ => Ok(()),
        }
    }

    fn refuse_tag(&mut self, tag: &Tag, place: granit_parser::Span) -> Result<(), Stop> {
        let span = self.place(place.tag_span().unwrap_or(place));
        let (known, tag) = (tag.is_yaml_core_schema(), tag.original());
        let problem =
            if known { Problem::TagMismatch { tag } } else { Problem::UnknownTag { tag } };
        self.note(Diagnostic::new(span, problem))
    }

    fn scan_error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.text.len());
        let open = self.stack.last().filter(|frame| frame.flow).map(|frame| frame.start as usize);
        let cause = cause(error, &self.text[self.text.floor_char_boundary(at)..], self.limits);
        let (problem, range) = explain(cause, self.text, at, open);
        self.problems.push(Diagnostic::new(self.span(range.start, range.end), problem));
    }

    fn charge(&mut self, span: Span) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return self.stop(span, Problem::TooManyNodes { limit: self.limits.nodes });
        }
        Ok(())
    }

    /// Charges for a copy before it is made: few lines of aliases can ask for gigabytes.
    fn charge_copy(&mut self, span: Span, weight: Weight) -> Result<(), Stop> {
        self.nodes += weight.nodes;
        self.copied += weight.bytes;
        if self.nodes > self.limits.nodes || self.copied > self.limits.file_bytes {
            return self.stop(span, Problem::AliasTooLarge);
        }
        Ok(())
    }

    /// A problem after which the reading goes on, unless there are too many.
    fn note(&mut self, problem: Diagnostic) -> Result<(), Stop> {
        self.problems.push(problem);
        if self.problems.len() < self.limits.problems { Ok(()) } else { Err(Stop) }
    }

    /// A problem after which the reading ends.
    fn stop(&mut self, span: Span, problem: Problem) -> Result<(), Stop> {
        self.problems.push(Diagnostic::new(span, problem));
        Err(Stop)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span { file: self.file, start: at(start), end: at(end) }
    }

    fn place(&self, place: granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or_default();
        let end = range.end.min(self.text.len());
        self.span(range.start.min(end), end)
    }

    fn written(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// A span without the blanks at its end: that of a block text runs to the next key.
    fn trimmed(&self, span: Span) -> Span {
        let written = self.written(span);
        let kept = written.trim_end_matches([' ', '\t', '\n', '\r']).len();
        self.span(span.start as usize, span.start as usize + kept)
    }
}

/// A plain scalar by the core schema of YAML 1.2.
fn resolve(text: &str) -> Result<Data, Problem> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Data::Null),
        "true" | "True" | "TRUE" => return Ok(Data::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Data::Bool(false)),
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let written = || text.to_owned();
    match unsigned.as_bytes() {
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => {}
        [b'.', ..]
            if matches!(unsigned, ".inf" | ".Inf" | ".INF")
                || matches!(text, ".nan" | ".NaN" | ".NAN") =>
        {
            return Err(Problem::NotFinite { written: written() });
        }
        _ => return Ok(Data::Text(text.into())),
    }
    if let Some((digits, radix)) = radix_digits(text) {
        return Ok(match i64::from_str_radix(digits, radix) {
            Ok(number) => Data::Int(number),
            Err(_) => finite(digits.chars().fold(0.0, |sum, digit| {
                sum * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or_default())
            }))
            .ok_or_else(|| Problem::NotFinite { written: written() })?,
        });
    }
    if !is_decimal(unsigned) {
        return Ok(Data::Text(text.into()));
    }
    if unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.as_bytes()[1].is_ascii_digit() {
        return Err(Problem::LeadingZero { written: written() });
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Data::Int(number));
    }
    let number = text.parse::<f64>().ok().and_then(finite);
    number.ok_or_else(|| Problem::NotFinite { written: written() })
}

fn finite(number: f64) -> Option<Data> {
    number.is_finite().then_some(Data::Number(number))
}

/// The digits of `0o17` and `0x1F`.
fn radix_digits(text: &str) -> Option<(&str, u32)> {
    let (digits, radix) = match text.get(..2)? {
        "0o" => (&text[2..], 8),
        "0x" => (&text[2..], 16),
        _ => return None,
    };
    let fits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    fits.then_some((digits, radix))
}

/// `12`, `1.5`, `.5`, `1e3`: digits, with a fraction, with an exponent.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    exponent && !(whole.is_empty() && fraction.is_empty()) && digits(whole) && digits(fraction)
}

/// The kinds of the parser's errors that people meet; the others keep its own words.
fn cause(error: &ScanError, rest: &str, limits: &Limits) -> Cause {
    let first = rest.chars().next().unwrap_or(' ');
    match error.kind() {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            Cause::UnexpectedValue
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => Cause::KeyExpected,
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::ExpectedNodeContent => Cause::EntryExpected,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => Cause::Tab,
        ErrorKind::UnclosedQuotedScalar => Cause::UnclosedQuote,
        ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
            Cause::QuoteRunsOn
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => Cause::AfterQuote,
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            Cause::Escape
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::InvalidFlowScalarIndent => Cause::OpenBracket,
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            Cause::CommaExpected
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            Cause::Known(Problem::StrayBracket { found: first })
        }
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            Cause::Known(Problem::Reserved { found: first })
        }
        ErrorKind::UnknownAnchor => {
            let name = rest.trim_start_matches('*');
            let name = name.split(|c: char| c.is_whitespace() || ",]}".contains(c)).next();
            Cause::Known(Problem::UnknownAlias { name: name.unwrap_or_default().to_owned() })
        }
        ErrorKind::BlockSequenceEntryNotAllowed => Cause::Known(Problem::ListOnKeyLine),
        ErrorKind::InvalidBlockScalarHeader => Cause::Known(Problem::BlockHeader),
        ErrorKind::CommentInterceptedScalar => Cause::Known(Problem::CommentInText),
        ErrorKind::CommentNotSeparated => Cause::Known(Problem::CommentWithoutSpace),
        ErrorKind::RecursionLimitExceeded => Cause::Known(Problem::TooDeep { limit: limits.depth }),
        ErrorKind::UndeclaredTagHandle => {
            let tag = rest.split_whitespace().next().unwrap_or_default().to_owned();
            Cause::Known(Problem::UnknownTag { tag })
        }
        _ => Cause::Known(Problem::Other { words: error.info() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let node = tree(
            "a: !!str 010\nb: ! 12\nc: !!float 1\nd: !!str\ne: !!null ''\nf: !!map {}\n!!str 1: !!seq []\n",
        );
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
        for text in
            ["%TAG ! tag:x:\n---\na: 1\n", "# c\n%FOO\n---\na: 1\n", "%YAML 2.0\n---\na: 1\n"]
        {
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
        assert_eq!(
            under(text, node.get("flow").unwrap().as_map().unwrap().entries()[1].key_span),
            "\"b\""
        );
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
            deep.push_str(&format!(
                "a{n}: &a{n} {}*a{}{}\n",
                "[".repeat(40),
                n - 1,
                "]".repeat(40)
            ));
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
        for text in [
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "{a: ".repeat(100_000),
            "? ".repeat(10_000),
            keys,
        ] {
            assert_eq!(codes(&text), ["too-deep"], "{:?}", &text[..8]);
        }
        let nested = |depth: usize| format!("a: {}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(63)).is_ok());
        assert_eq!(codes(&nested(64)), ["too-deep"]);
        let mixed = format!(
            "{}[[[[1]]]]",
            (0..62).map(|n| format!("{}k:\n", " ".repeat(n))).collect::<String>()
        );
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
                let quoted = written
                    .strip_prefix(['"', '\''])
                    .and_then(|rest| rest.strip_suffix(['"', '\'']));
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
                    assert!(
                        entry.key_span.start >= node.span.start
                            && entry.value.span.end <= node.span.end
                    );
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
            "\t", "\"", "'", "&a ", "*a", "!t ", "|", ">", "%", "@", "`", "[", "]", "{", "}", ",",
            ": ", ":", "- ", "-", "?", "#", "　", "：", "－", "\u{2028}", "\u{85}", "\u{feff}",
            "𠮷", "\r", "\n", "\r\n", "\\", "---\n", "<<: ", "\u{a0}",
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
                            assert!(
                                problem.related.iter().all(|r| r.span.end as usize <= text.len())
                            );
                        }
                        bad += 1;
                    }
                }
            }
        }
        assert!(good > 200 && bad > 200, "{good} {bad}");
    }
}
