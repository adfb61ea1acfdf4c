//! From a fact's path to its node, its place and the place in the original.

use super::{Case, Document};
use crate::expression::trace::{FactPath, Step};
use crate::expression::typed::Root;
use crate::lang::Lang;
use crate::load::tree::{Node, Span};
use crate::schema::Field;

/// Where a path leads.
pub struct Located<'c> {
    /// The case in which it leads there.
    pub case: &'c Case,
    /// The document, if there is one.
    pub document: Option<&'c Document>,
    /// The node, if the path is written out to its end.
    pub node: Option<&'c Node>,
    /// Where to look: the leaf's value, or the key of the node or of its nearest parent.
    pub span: Option<Span>,
    /// The nodes on the way, the document first.
    pub way: Vec<&'c Node>,
    /// The field in the schema.
    pub field: Option<Field>,
}

impl Case {
    /// The document that a path lies in.
    pub fn document(&self, path: &FactPath) -> Option<&Document> {
        match path.root {
            Root::Contract => self.contract.as_ref(),
            Root::Records => self.records.as_ref(),
            Root::System => {
                let wanted = path.system.as_deref();
                let found = self.systems.iter().find(|system| system.root.id() == wanted);
                found.or_else(|| self.systems.first().filter(|_| wanted.is_none()))
            }
        }
    }

    /// Follows a path as far as the documents go.
    pub fn locate(&self, path: &FactPath) -> Located<'_> {
        let document = self.document(path);
        let mut field = Some(path.root.kind().root());
        let Some(found) = document else {
            let case = self;
            return Located { case, document, node: None, span: None, way: Vec::new(), field: path.field() };
        };
        let (mut node, mut span) = (Some(&found.root), found.head_span());
        let mut way = vec![&found.root];
        for step in &path.steps {
            field = step_field(field, step);
            let next = node.and_then(|node| match step {
                Step::Field(name) => {
                    let entry = node.as_map()?.entry(name)?;
                    Some((&entry.value, entry.key_span))
                }
                Step::Item(id) => {
                    let item = self.items.find(node, id)?;
                    Some((item, item.get("id").map_or(item.span, |id| id.span)))
                }
            });
            if let Some((next, at)) = next {
                span = at;
                way.push(next);
            }
            node = next.map(|(next, _)| next);
        }
        let leaf =
            node.filter(|node| node.is_stated() && node.as_map().is_none() && node.as_list().is_none());
        let span = leaf.map_or(span, |leaf| leaf.span);
        Located { case: self, document, node, span: Some(span), way, field }
    }
}

fn step_field(field: Option<Field>, step: &Step) -> Option<Field> {
    match step {
        Step::Field(name) => field?.property(name),
        Step::Item(_) => field?.items(),
    }
}

impl Located<'_> {
    /// Where in the original it stands: 契約書第12条第3項（p.5）; `None` where no `ref` says so.
    pub fn original(&self, lang: Lang) -> Option<String> {
        let root = self.way.first()?;
        let amendment = self.way.iter().rev().find_map(|node| node.mark.as_deref()?.amendment.as_deref());
        let amended = amendment.and_then(|id| root.get("amendments")?.item(id)?.get("ref"));
        let own = self.way.iter().rev().find_map(|node| node.reference().or_else(|| node.get("ref")));
        self.case.reference(root, amended.or(own)?, lang)
    }
}

impl Case {
    /// A `ref` of a document in words, its source by title.
    pub fn reference<'n>(&self, root: &'n Node, reference: &'n Node, lang: Lang) -> Option<String> {
        let sources = root.get("sources");
        in_words(reference, |id| self.items.find(sources?, id)?.get("title")?.as_text(), lang)
    }
}

/// A `ref` in words; `title` says what the source with an id is called.
pub fn in_words<'n>(
    reference: &'n Node,
    title: impl Fn(&str) -> Option<&'n str>,
    lang: Lang,
) -> Option<String> {
    let text = |key: &str| reference.get(key).and_then(Node::as_text);
    let source = text("source").map(|id| title(id).unwrap_or(id));
    let page = reference.get("page").map(|page| page.to_json().to_string().trim_matches('"').to_owned());
    let parts: Vec<&str> = [source, text("article")].into_iter().flatten().collect();
    let inside = text("cell").map(str::to_owned).into_iter();
    let inside: Vec<String> = match lang {
        Lang::Ja => inside.chain(page.map(|page| format!("p.{page}"))).collect(),
        Lang::En => inside.chain(page.map(|page| format!("p. {page}"))).collect(),
    };
    if parts.is_empty() && inside.is_empty() {
        return None;
    }
    let inside = (!inside.is_empty()).then(|| inside.join(lang.pick("、", ", ")));
    Some(match lang {
        Lang::Ja => parts.concat() + &inside.map(|inside| format!("（{inside}）")).unwrap_or_default(),
        Lang::En => parts.join(", ") + &inside.map(|inside| format!(" ({inside})")).unwrap_or_default(),
    })
}

/// The rank of a reference's source in the order of precedence (1 stands above 2).
pub fn rank(root: &Node, reference: &Node) -> Option<String> {
    let source = reference.get("source")?.as_text()?;
    let rank = root.get("sources")?.item(source)?.get("rank").filter(|rank| rank.is_stated())?;
    Some(rank.to_json().to_string())
}
