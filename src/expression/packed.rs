//! Terms as text and back: one word for each term, before those inside it. The build script includes
//! this file too, so it names no other part of the program than terms.
//!
//! A word begins with a letter that says what the term is; a call's second letter says how many terms
//! follow.

use super::term::{Literal, Macro, Term, TermKind};

/// Stands between two words; no expression can hold it unescaped, and one that does is not packed.
const END: char = '\u{1f}';

/// A term in one line; `None` where it holds what is not packed.
pub fn pack(term: &Term) -> Option<String> {
    let mut out = String::new();
    write(term, &mut out)?;
    out.pop();
    Some(out)
}

fn write(term: &Term, out: &mut String) -> Option<()> {
    let (word, inner): (String, Vec<&Term>) = match &term.kind {
        TermKind::Literal(Literal::Bool(truth)) => (format!("b{truth}"), vec![]),
        TermKind::Literal(Literal::Int(number)) => (format!("i{number}"), vec![]),
        TermKind::Literal(Literal::Number(number)) => (format!("d{number:?}"), vec![]),
        TermKind::Literal(Literal::Text(text)) => (format!("t{text}"), vec![]),
        TermKind::Name(name) => (format!("n{name}"), vec![]),
        TermKind::Select(of, field) => (format!("s{field}"), vec![of]),
        TermKind::Has(of, field) => (format!("h{field}"), vec![of]),
        TermKind::Call(name, None, arguments) => {
            (format!("c{}{name}", digit(arguments.len())?), arguments.iter().collect())
        }
        TermKind::Call(name, Some(target), arguments) => {
            let inner = std::iter::once(&**target).chain(arguments);
            (format!("m{}{name}", digit(arguments.len())?), inner.collect())
        }
        TermKind::List(items) => (format!("l{}", items.len()), items.iter().collect()),
        TermKind::Macro { which, over, name, body, filter } => {
            let letter = match (which, filter) {
                (Macro::All, None) => 'A',
                (Macro::Exists, None) => 'E',
                (Macro::ExistsOne, None) => 'O',
                (Macro::Filter, None) => 'F',
                (Macro::Map, None) => 'M',
                _ => return None,
            };
            (format!("{letter}{name}"), vec![over, body])
        }
        TermKind::Unsupported(_) => return None,
    };
    if word.contains(END) {
        return None;
    }
    out.push_str(&word);
    out.push(END);
    inner.into_iter().try_for_each(|term| write(term, out))
}

fn digit(count: usize) -> Option<char> {
    char::from_digit(u32::try_from(count).ok()?, 10)
}

/// The term of a packed line; `None` where it is none. The ids of its terms mean nothing.
pub fn unpack(line: &'static str) -> Option<Term> {
    let mut words = Words(line);
    let term = read(&mut words)?;
    words.0.is_empty().then_some(term)
}

/// The words of a line that are still to be read. Words are short: looking at each byte is quicker than
/// a search.
struct Words(&'static str);

impl Words {
    fn next(&mut self) -> Option<&'static str> {
        let end = self.0.bytes().position(|byte| byte == END as u8);
        let (word, rest) = match end {
            Some(end) => (&self.0[..end], &self.0[end + 1..]),
            None => (std::mem::take(&mut self.0), ""),
        };
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }
}

fn read(words: &mut Words) -> Option<Term> {
    let word = words.next()?;
    let (letter, rest) = word.split_at_checked(1)?;
    let kind = match letter {
        "b" => TermKind::Literal(Literal::Bool(rest.parse().ok()?)),
        "i" => TermKind::Literal(Literal::Int(rest.parse().ok()?)),
        "d" => TermKind::Literal(Literal::Number(rest.parse().ok()?)),
        "t" => TermKind::Literal(Literal::Text(rest.into())),
        "n" => TermKind::Name(rest.into()),
        "s" => TermKind::Select(inner(words)?, rest.into()),
        "h" => TermKind::Has(inner(words)?, rest.into()),
        "c" | "m" => {
            let (count, name) = rest.split_at_checked(1)?;
            let target = if letter == "m" { Some(inner(words)?) } else { None };
            TermKind::Call(name.into(), target, several(count, words)?)
        }
        "l" => TermKind::List(several(rest, words)?),
        _ => {
            let which = match letter {
                "A" => Macro::All,
                "E" => Macro::Exists,
                "O" => Macro::ExistsOne,
                "F" => Macro::Filter,
                "M" => Macro::Map,
                _ => return None,
            };
            let (over, body) = (inner(words)?, inner(words)?);
            TermKind::Macro { which, over, name: rest.into(), body, filter: None }
        }
    };
    Some(Term { id: 0, kind })
}

fn inner(words: &mut Words) -> Option<Box<Term>> {
    read(words).map(Box::new)
}

fn several(count: &str, words: &mut Words) -> Option<Vec<Term>> {
    let count: usize = count.parse().ok()?;
    let mut terms = Vec::with_capacity(count);
    for _ in 0..count {
        terms.push(read(words)?);
    }
    Some(terms)
}
