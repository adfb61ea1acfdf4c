//! From a text to its tree. The only file that knows the YAML parser.

mod builder;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use self::builder::{Builder, Built, Content, Key, Stop, Weight};
use super::hints::{Cause, explain};
use super::limits::Limits;
use super::problem::Problem;
use super::scalar::resolve;
use super::tree::{Data, FileId, Mapping, Node, Span};
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

impl Builder<'_> {
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
                let is_key = self.awaits_key();
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
                self.open(Content::List(Vec::new()), style == StructureStyle::Flow, anchor, span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "map", place)?;
                self.open(
                    Content::Map(Mapping::default(), Key::Awaited),
                    style == StructureStyle::Flow,
                    anchor,
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(id) => self.alias(id, span)?,
            _ => {}
        }
        Ok(())
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
        let problem = if known { Problem::TagMismatch { tag } } else { Problem::UnknownTag { tag } };
        self.note(Diagnostic::new(span, problem))
    }

    fn scan_error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.text.len());
        let open = self.open_bracket();
        let cause = cause(error, &self.text[self.text.floor_char_boundary(at)..], self.limits);
        let (problem, range) = explain(cause, self.text, at, open);
        self.problems.push(Diagnostic::new(self.span(range.start, range.end), problem));
    }

    fn place(&self, place: granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or_default();
        let end = range.end.min(self.text.len());
        self.span(range.start.min(end), end)
    }
}

/// The kinds of the parser's errors that people meet; the others keep its own words.
fn cause(error: &ScanError, rest: &str, limits: &Limits) -> Cause {
    let first = rest.chars().next().unwrap_or(' ');
    match error.kind() {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => Cause::UnexpectedValue,
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
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            Cause::AfterQuote
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => Cause::Escape,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::InvalidFlowScalarIndent => Cause::OpenBracket,
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            Cause::CommaExpected
        }
        ErrorKind::MisplacedFlowCollectionEnd => Cause::Known(Problem::StrayBracket { found: first }),
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
mod tests;
