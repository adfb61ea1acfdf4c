//! What a bidder answered to an inquiry: an open fact is filled in, a stated one is never replaced.

use super::{Answered, merge};
use crate::case::path::{of_schema, split};
use crate::diagnostic::Diagnostic;
use crate::load::dossier::Parsed;
use crate::load::source::{Sources, within};
use crate::load::tree::{Data, Mark, Node, Span, State};
use crate::schema::{Field, Kind, Shape};
use crate::tender::offer::{Answer, Delivery, is_clients};
use crate::validate::amend;
use crate::validate::proof::equal;
use crate::validate::tender::Problem;

/// What stands as the fact of an answer on when and in which way a requirement is delivered.
pub const DELIVERY: &str = "delivery";

/// One answer of a bidder.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The number of the item in the letter.
    pub number: Option<String>,
    /// The policy that was asked about.
    pub policy: Option<String>,
    /// The target that was asked about.
    pub target: Option<String>,
    /// The fact that is answered.
    pub fact: Option<String>,
    /// The value of the fact that was answered.
    pub value: Option<Node>,
    /// The words of an answer that is no value.
    pub text: Option<String>,
    /// The paper that shows it.
    pub paper: Option<String>,
    /// The page.
    pub page: Option<i64>,
    /// What became of it.
    pub effect: Effect,
    /// Where the value stands, or the words, or the answer itself.
    pub span: Span,
}

/// What an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It fills in what the bid left open.
    FilledIn,
    /// It says what the bid says.
    Same,
    /// It says which of the values that disagree in the bid is meant.
    Settled,
    /// It says something else than the bid, which stands: a contradiction.
    Contradicts,
    /// It is words, and sets nothing.
    Words,
}

/// Holds the files of a bid against what they were when the inquiry was written.
pub fn unchanged(root: &Node, name: &str, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    for entry in root.get("bid").and_then(Node::as_list).unwrap_or_default() {
        let text = |key: &str| entry.get(key).and_then(Node::as_text).unwrap_or_default();
        let found = sources.files().iter().find(|file| within(name, &file.path) == text("file"));
        if found.and_then(|file| file.sha256.as_deref()) != Some(text("sha256")) {
            let problem = Problem::BidChanged { file: text("file").to_owned() };
            diagnostics.push(Diagnostic::new(entry.span, problem));
        }
    }
}

/// Sets what the answers say in the trees of a bid, and in its answers to the requirements.
pub fn apply(
    documents: &mut [Parsed],
    answers: &mut Vec<Answered>,
    root: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Reply> {
    for document in documents.iter_mut() {
        merge::papers(&mut document.root, root, diagnostics);
    }
    let entries = root.get("answers").and_then(Node::as_list).unwrap_or_default();
    entries.iter().filter_map(|entry| reply(documents, answers, entry, root, diagnostics)).collect()
}

fn reply(
    documents: &mut [Parsed],
    answers: &mut Vec<Answered>,
    entry: &Node,
    root: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Reply> {
    let text = |key: &str| entry.get(key).and_then(Node::as_text).map(str::to_owned);
    let value = entry.get("value").filter(|value| value.is_stated());
    let fact = text("fact");
    let at = value.or(entry.get("text")).unwrap_or(entry);
    let effect = match (value, &fact) {
        (None, _) => Effect::Words,
        (Some(value), None) => {
            diagnostics.push(Diagnostic::new(value.span, Problem::ValueWithoutFact));
            return None;
        }
        (Some(value), Some(path)) => {
            let mut value = value.clone();
            if let Some(reference) = entry.get("ref") {
                let mark = value.mark.get_or_insert_with(|| Box::new(Mark::default()));
                mark.reference = Some(reference.clone());
            }
            let span = entry.get("fact").map_or(entry.span, |fact| fact.span);
            if path == DELIVERY {
                let reference = entry.get("ref").map(|reference| cited(reference, root));
                match deliver(answers, text("policy"), &value, reference) {
                    Ok(effect) => return Some(replied(entry, effect, at.span)),
                    Err(problem) => {
                        diagnostics.push(Diagnostic::new(value.span, problem));
                        return None;
                    }
                }
            }
            match set(documents, path, value, span) {
                Some(effect) => effect,
                None => {
                    let clients = is_clients(&of_schema(path));
                    let problem = if clients { Problem::NotTheBidders } else { Problem::NoSuchFact };
                    diagnostics.push(Diagnostic::new(span, problem(path.clone())));
                    return None;
                }
            }
        }
    };
    Some(replied(entry, effect, at.span))
}

fn replied(entry: &Node, effect: Effect, span: Span) -> Reply {
    let text = |key: &str| entry.get(key).and_then(Node::as_text).map(str::to_owned);
    Reply {
        number: text("number"),
        policy: text("policy"),
        target: text("target"),
        fact: text("fact"),
        value: entry.get("value").filter(|value| value.is_stated()).cloned(),
        text: text("text"),
        paper: text("paper"),
        page: entry.get("page").and_then(|page| page.to_json().as_i64()),
        effect,
        span,
    }
}

/// Takes an answer on when and in which way a requirement is delivered. Where it says something else than
/// the bid, neither counts.
fn deliver(
    answers: &mut Vec<Answered>,
    policy: Option<String>,
    value: &Node,
    reference: Option<Node>,
) -> Result<Effect, Problem> {
    let policy = policy.ok_or(Problem::ValueWithoutFact)?;
    let word = value.as_text().unwrap_or_default();
    let Some(delivery) = Delivery::ALL.into_iter().find(|known| known.word() == word) else {
        return Err(Problem::NoDelivery(word.to_owned()));
    };
    let Some(known) = answers.iter_mut().find(|known| known.answer.policy == policy) else {
        let answer = Answer { policy, delivery: Some(delivery), ..Answer::default() };
        answers.push(Answered { answer, span: value.span, reference });
        return Ok(Effect::FilledIn);
    };
    match known.answer.delivery {
        Some(stated) if stated == delivery => Ok(Effect::Same),
        Some(_) => {
            known.answer.delivery = None;
            Ok(Effect::Contradicts)
        }
        None => {
            known.answer.delivery = Some(delivery);
            (known.span, known.reference) = (value.span, reference);
            Ok(Effect::FilledIn)
        }
    }
}

/// A `ref` whose source is told by its title, for those who have no list of papers at hand.
pub(super) fn cited(reference: &Node, root: &Node) -> Node {
    let mut copy = reference.clone();
    let title = reference
        .get("source")
        .and_then(Node::as_text)
        .and_then(|id| root.get("sources")?.item(id)?.get("title")?.as_text().map(str::to_owned));
    let source = copy.as_map_mut().and_then(|map| map.get_mut("source"));
    if let (Some(title), Some(source)) = (title, source) {
        source.data = Data::Text(title.into());
    }
    copy
}

/// Sets the value of a fact; nothing where there is no such fact, or it is not the bidder's to state.
fn set(documents: &mut [Parsed], path: &str, value: Node, span: Span) -> Option<Effect> {
    let mut parts = split(path);
    let (word, ids) = parts.next()?;
    let kind = Kind::from_word(word).filter(|kind| matches!(kind, Kind::Contract | Kind::System))?;
    let mut field = match kind {
        Kind::Contract => Kind::Offer.root().property("contract")?,
        _ => kind.root(),
    };
    let mut of_kind = documents.iter_mut().filter(|parsed| parsed.kind == kind);
    let document = match ids.as_slice() {
        [] => of_kind.next()?,
        [id] => of_kind.find(|parsed| parsed.root.id() == Some(id))?,
        _ => return None,
    };
    let mut node = &mut document.root;
    for (name, ids) in parts {
        field = field.property(name)?;
        node = amend::field(node, name, span)?;
        for id in ids {
            field = field.items()?;
            let Data::List(items) = &mut node.data else { return None };
            node = items.iter_mut().find(|item| item.id() == Some(id))?;
        }
    }
    let leaf = !matches!(field.shape(), Shape::Object);
    leaf.then(|| answer(node, field, value))
}

fn answer(node: &mut Node, field: Field, value: Node) -> Effect {
    if node.conflict().iter().any(|one| equal(field, one, &value)) {
        *node = value;
        return Effect::Settled;
    }
    if !node.conflict().is_empty() {
        if let Some(Mark { state: State::Conflict(values), .. }) = node.mark.as_deref_mut() {
            values.push(value);
        }
        return Effect::Contradicts;
    }
    if !node.is_stated() {
        *node = value;
        return Effect::FilledIn;
    }
    if equal(field, node, &value) {
        return Effect::Same;
    }
    let stated = std::mem::take(node);
    *node = Node {
        span: stated.span,
        data: Data::Null,
        mark: Some(Box::new(Mark { state: State::Conflict(vec![stated, value]), ..Mark::default() })),
    };
    Effect::Contradicts
}
