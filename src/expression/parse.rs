//! CEL text to terms. The only file that names the `cel` crate. The build script includes this file
//! too, so it names no other part of the program than terms.
//!
//! The fast parser gives no positions, so a place is looked up by parsing once more with the
//! slower one, and only when an error needs it.

use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, operators};
use cel::parser::{Parser, PrattParser};

use super::term::{Literal, Macro, Term, TermKind};

/// Expressions nest no deeper than this.
const DEPTH: u16 = 64;
/// Longer expressions are refused before parsing.
const LENGTH: usize = 8 * 1024;

/// Expressions with more signs than this are refused before parsing: each selection and each operator
/// makes the tree one step deeper, and trees are walked by recursion.
const SIGNS: usize = 256;

/// The stack of the slow parser, in bytes: for each bracket within brackets it goes many calls deeper.
const STACK: usize = 64 * 1024 * 1024;

/// Why a text is no term.
#[derive(Debug)]
pub enum Unread {
    /// It is no CEL; the parser's words.
    Syntax(String),
    /// It is longer than is read; the length in bytes.
    TooLong(usize),
    /// It has more operators, selections and brackets than are read; their number.
    TooManySigns(usize),
}

/// Parses an expression; the ids of its terms mean nothing to [`places`].
///
/// # Errors
/// The text is no CEL, or too long.
pub fn parse(source: &str) -> Result<Term, Unread> {
    guard(source)?;
    let parser = PrattParser::new().max_recursion_depth(DEPTH);
    match parser.parse(source) {
        Ok(expression) => Ok(term(&expression)),
        Err(errors) => Err(places(source).err().unwrap_or_else(|| Unread::Syntax(errors.to_string()))),
    }
}

/// A term tree of the slow parser with the byte range of each term.
pub struct Placed {
    /// The same tree, with other ids.
    pub term: Term,
    /// Byte ranges by id.
    ranges: Vec<(u64, std::ops::Range<usize>)>,
}

impl Placed {
    /// The byte range of a term in the expression's text.
    pub fn range(&self, id: u64) -> Option<std::ops::Range<usize>> {
        self.ranges.iter().find(|(known, _)| *known == id).map(|(_, range)| range.clone())
    }
}

/// Parses once more, for places.
///
/// # Errors
/// The text is no CEL; the error carries a byte range in its problem where the parser gave one.
pub fn places(source: &str) -> Result<Placed, Unread> {
    guard(source)?;
    std::thread::scope(|scope| {
        let apart = std::thread::Builder::new().stack_size(STACK);
        match apart.spawn_scoped(scope, || placed(source)) {
            Ok(parsing) => parsing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => placed(source),
        }
    })
}

fn placed(source: &str) -> Result<Placed, Unread> {
    let parser = Parser::new().max_recursion_depth(DEPTH);
    let (expression, info) = parser
        .parse_with_source_info(source)
        .map_err(|errors| Unread::Syntax(first_line(&errors.to_string())))?;
    let mut ids = Vec::new();
    let term = term(&expression);
    collect_ids(&term, &mut ids);
    let ranges = ids.into_iter().filter_map(|id| {
        let (start, stop) = info.offset_for(id)?;
        Some((id, start as usize..(stop as usize).max(start as usize)))
    });
    Ok(Placed { ranges: ranges.collect(), term })
}

fn guard(source: &str) -> Result<(), Unread> {
    if source.len() > LENGTH {
        return Err(Unread::TooLong(source.len()));
    }
    match source.bytes().filter(|sign| b".[({+-*/%<>=!&|?:".contains(sign)).count() {
        0..=SIGNS => Ok(()),
        signs => Err(Unread::TooManySigns(signs)),
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_start_matches("ERROR: ").to_owned()
}

fn collect_ids(term: &Term, ids: &mut Vec<u64>) {
    ids.push(term.id);
    match &term.kind {
        TermKind::Select(of, _) | TermKind::Has(of, _) => collect_ids(of, ids),
        TermKind::Call(_, target, arguments) => {
            target.iter().for_each(|target| collect_ids(target, ids));
            arguments.iter().for_each(|argument| collect_ids(argument, ids));
        }
        TermKind::List(items) => items.iter().for_each(|item| collect_ids(item, ids)),
        TermKind::Macro { over, body, filter, .. } => {
            collect_ids(over, ids);
            collect_ids(body, ids);
            filter.iter().for_each(|filter| collect_ids(filter, ids));
        }
        TermKind::Literal(_) | TermKind::Name(_) | TermKind::Unsupported(_) => {}
    }
}

fn term(expression: &IdedExpr) -> Term {
    let kind = match &expression.expr {
        Expr::Literal(value) => literal(value),
        Expr::Ident(name) => TermKind::Name(name.clone().into()),
        Expr::Select(select) => {
            let of = Box::new(term(&select.operand));
            match select.test {
                true => TermKind::Has(of, select.field.clone().into()),
                false => TermKind::Select(of, select.field.clone().into()),
            }
        }
        Expr::Call(call) => TermKind::Call(
            call.func_name.clone().into(),
            call.target.as_deref().map(|target| Box::new(term(target))),
            call.args.iter().map(term).collect(),
        ),
        Expr::List(list) if list.optional_indices.is_empty() => {
            TermKind::List(list.elements.iter().map(term).collect())
        }
        Expr::Comprehension(fold) => recognise(fold).unwrap_or(TermKind::Unsupported("comprehension")),
        Expr::List(_) => TermKind::Unsupported("optional element"),
        Expr::Map(_) => TermKind::Unsupported("map"),
        Expr::Struct(_) => TermKind::Unsupported("message"),
        Expr::Unspecified => TermKind::Unsupported("empty expression"),
    };
    Term { id: expression.id, kind }
}

fn literal(value: &LiteralValue) -> TermKind {
    match value {
        LiteralValue::Boolean(truth) => TermKind::Literal(Literal::Bool(*truth.inner())),
        LiteralValue::Int(number) => TermKind::Literal(Literal::Int(*number.inner())),
        LiteralValue::Double(number) => TermKind::Literal(Literal::Number(*number.inner())),
        LiteralValue::String(text) => TermKind::Literal(Literal::Text(text.inner().to_owned().into())),
        LiteralValue::Bytes(_) => TermKind::Unsupported("bytes"),
        LiteralValue::UInt(_) => TermKind::Unsupported("unsigned number"),
        LiteralValue::Null => TermKind::Unsupported("null"),
    }
}

/// Turns the fold into which the parser expands a macro back into the macro.
fn recognise(fold: &ComprehensionExpr) -> Option<TermKind> {
    if fold.iter_var2.is_some() {
        return None;
    }
    let step = call(&fold.loop_step)?;
    let (which, body, filter) = match (step.func_name.as_str(), &fold.accu_init.expr) {
        (operators::LOGICAL_AND, Expr::Literal(LiteralValue::Boolean(_))) => {
            (Macro::All, step.args.get(1)?, None)
        }
        (operators::LOGICAL_OR, Expr::Literal(LiteralValue::Boolean(_))) => {
            (Macro::Exists, step.args.get(1)?, None)
        }
        (operators::CONDITIONAL, Expr::Literal(LiteralValue::Int(_))) => {
            (Macro::ExistsOne, step.args.first()?, None)
        }
        (operators::CONDITIONAL, Expr::List(_)) => {
            let (condition, item) = (step.args.first()?, appended(step.args.get(1)?)?);
            match &item.expr {
                Expr::Ident(name) if *name == fold.iter_var => (Macro::Filter, condition, None),
                _ => (Macro::Map, item, Some(condition)),
            }
        }
        (operators::ADD, Expr::List(_)) => (Macro::Map, appended(&fold.loop_step)?, None),
        _ => return None,
    };
    Some(TermKind::Macro {
        which,
        over: Box::new(term(&fold.iter_range)),
        name: fold.iter_var.clone().into(),
        body: Box::new(term(body)),
        filter: filter.map(|filter| Box::new(term(filter))),
    })
}

fn call(expression: &IdedExpr) -> Option<&CallExpr> {
    match &expression.expr {
        Expr::Call(call) => Some(call),
        _ => None,
    }
}

/// The `x` of `@result + [x]`.
fn appended(expression: &IdedExpr) -> Option<&IdedExpr> {
    let add = call(expression)?;
    match &add.args.get(1)?.expr {
        Expr::List(list) if add.func_name == operators::ADD => list.elements.first(),
        _ => None,
    }
}
