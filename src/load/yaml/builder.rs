//! The tree while it is built: what is open, what aliases may copy, what is wrong so far.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::load::hints::{instead_of_collection, odd_key, odd_value};
use crate::load::limits::Limits;
use crate::load::problem::Problem;
use crate::load::scalar::resolve;
use crate::load::tree::{Data, Entry, FileId, Mapping, Node, Span};

/// A value that is complete, with what its parents must know of it.
pub(super) struct Built {
    pub(super) node: Node,
    /// The end of what is written here; an alias ends elsewhere than what it stands for.
    pub(super) end: u32,
    pub(super) weight: Weight,
    /// Written without quotes.
    pub(super) plain: bool,
}

/// What a value costs when an alias copies it.
#[derive(Clone, Copy, Default)]
pub(super) struct Weight {
    pub(super) nodes: usize,
    pub(super) bytes: usize,
    pub(super) height: usize,
}

struct Frame {
    anchor: usize,
    flow: bool,
    start: u32,
    end: u32,
    weight: Weight,
    content: Content,
}

pub(super) enum Content {
    List(Vec<Node>),
    Map(Mapping, Key),
}

/// The key whose value comes next.
pub(super) enum Key {
    /// The next node is a key.
    Awaited,
    /// A key is there.
    Given { key: Box<str>, span: Span, plain: bool },
    /// The key was no key; its value is dropped.
    Refused,
}

/// The reading stopped; the reason is among the problems.
pub(super) struct Stop;

pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    file: FileId,
    pub(super) limits: &'a Limits,
    stack: Vec<Frame>,
    root: Option<Built>,
    anchors: HashMap<usize, (Node, Weight)>,
    /// Keys and values so far, copies included.
    nodes: usize,
    /// Bytes of keys and texts that aliases copied.
    copied: usize,
    pub(super) documents: usize,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, file: FileId, limits: &'a Limits) -> Self {
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
    pub(super) fn prologue(&mut self) -> bool {
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

    pub(super) fn finish(mut self) -> Result<Node, Vec<Diagnostic>> {
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
                    self.problems.push(hint.unwrap_or_else(|| Diagnostic::new(first, Problem::NotAMapping)));
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

    pub(super) fn open(
        &mut self,
        content: Content,
        flow: bool,
        anchor: usize,
        span: Span,
    ) -> Result<(), Stop> {
        self.charge(span)?;
        if self.stack.len() >= self.limits.depth {
            return self.stop(span, Problem::TooDeep { limit: self.limits.depth });
        }
        let weight = Weight { nodes: 1, bytes: 0, height: 1 };
        self.stack.push(Frame { anchor, flow, start: span.start, end: span.end, weight, content });
        Ok(())
    }

    /// Whether the next node is a key.
    pub(super) fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { content: Content::Map(_, Key::Awaited), .. }))
    }

    /// The first byte of the innermost bracket still open.
    pub(super) fn open_bracket(&self) -> Option<usize> {
        self.stack.last().filter(|frame| frame.flow).map(|frame| frame.start as usize)
    }

    pub(super) fn close(&mut self, span: Span) -> Result<(), Stop> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let end = if frame.flow { span.end } else { frame.end };
        let data = match frame.content {
            Content::List(items) => Data::List(items),
            Content::Map(map, _) => Data::Map(map),
        };
        let node = Node::new(Span { file: self.file, start: frame.start, end }, data);
        self.complete(Built { node, end, weight: frame.weight, plain: false }, frame.anchor)
    }

    pub(super) fn alias(&mut self, id: usize, span: Span) -> Result<(), Stop> {
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
    pub(super) fn complete(&mut self, built: Built, anchor: usize) -> Result<(), Stop> {
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

    pub(super) fn checked_text(&mut self, text: Box<str>, span: Span) -> Result<Data, Stop> {
        let typed = |text: &str| !matches!(resolve(text), Ok(Data::Text(_)));
        let range = span.start as usize..span.end as usize;
        if !text.is_ascii()
            && let Some((problem, range)) = odd_value(self.text, range, typed)
        {
            self.note(Diagnostic::new(self.span(range.start, range.end), problem))?;
        }
        Ok(Data::Text(text))
    }

    pub(super) fn charge(&mut self, span: Span) -> Result<(), Stop> {
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
    pub(super) fn note(&mut self, problem: Diagnostic) -> Result<(), Stop> {
        self.problems.push(problem);
        if self.problems.len() < self.limits.problems { Ok(()) } else { Err(Stop) }
    }

    /// A problem after which the reading ends.
    pub(super) fn stop(&mut self, span: Span, problem: Problem) -> Result<(), Stop> {
        self.problems.push(Diagnostic::new(span, problem));
        Err(Stop)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span { file: self.file, start: at(start), end: at(end) }
    }

    pub(super) fn written(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// A span without the blanks at its end: that of a block text runs to the next key.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let written = self.written(span);
        let kept = written.trim_end_matches([' ', '\t', '\n', '\r']).len();
        self.span(span.start as usize, span.start as usize + kept)
    }
}
