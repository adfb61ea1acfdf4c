//! The place in a sentence where a claim is written, and what items are called there.

use super::claim::Claim;
use super::value::item_type;
use crate::expression::typed::{Expression, Kind, Root};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::schema::Field;

/// Writes claims at one place of a sentence.
#[derive(Clone)]
pub(super) struct Writer {
    pub(super) lang: Lang,
    /// The names that enclosing quantifiers bind, by slot.
    pub(super) names: Vec<(usize, Type)>,
    /// How many numbered lists this place lies in.
    pub(super) depth: usize,
    /// Whether nothing follows, so that a numbered list may stand here.
    pub(super) last: bool,
}

impl Writer {
    pub(super) fn new(lang: Lang) -> Self {
        Writer { lang, names: Vec::new(), depth: 0, last: true }
    }

    pub(super) fn inside(&self, slot: usize, list: &Expression) -> Self {
        let mut inner = self.clone();
        inner.names.push((slot, item_type(&list.ty).clone()));
        inner
    }

    pub(super) fn followed(&self) -> Self {
        Writer { last: false, ..self.clone() }
    }

    pub(super) fn numbered(&self, parts: &[Claim], write: impl Fn(&Writer, &Claim) -> String) -> String {
        let inner = Writer { depth: self.depth + 1, ..self.clone() };
        let parts: Vec<_> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| marker(self.depth, at, self.lang) + &write(&inner, part))
            .collect();
        parts.join(self.lang.pick("、", "; "))
    }

    /// What an item of a list is called: その… of an enclosing 全て or いずれか, 当該… of the policy's target.
    pub(super) fn variable(&self, slot: usize, ty: &Type) -> String {
        let near = self.names.iter().any(|(known, _)| *known == slot);
        match (self.lang, ty, near) {
            (Lang::Ja, Type::Object(field), true) => format!("その{}", field.title(Lang::Ja)),
            (Lang::Ja, Type::Object(field), false) => format!("当該{}", field.title(Lang::Ja)),
            (Lang::Ja, ..) => "その値".to_owned(),
            (Lang::En, Type::Object(field), true) => format!("that {}", field.title(Lang::En)),
            (Lang::En, Type::Object(field), false) => format!("this {}", field.title(Lang::En)),
            (Lang::En, ..) => "that value".to_owned(),
        }
    }

    /// An id stands for what it names.
    pub(super) fn identity(&self, of: &Expression, field: Field) -> Option<String> {
        if field.name != "id" {
            return None;
        }
        match &of.kind {
            Kind::Variable(slot) => Some(self.variable(*slot, &of.ty)),
            Kind::Root(Root::System) => Some(self.lang.pick("当該システム", "this system").to_owned()),
            Kind::Root(Root::Contract) => Some(self.lang.pick("本契約", "this contract").to_owned()),
            _ => None,
        }
    }

    /// The item of which a field is read, where a nearer name binds an item of the same kind, so
    /// that the title alone would be read as the nearer one's.
    pub(super) fn doubled(&self, of: &Expression) -> Option<Field> {
        let mut of = of;
        while let Kind::Select(inner, _) = &of.kind {
            of = inner;
        }
        let (Kind::Variable(slot), Type::Object(item)) = (&of.kind, &of.ty) else { return None };
        let from = self.names.iter().position(|(known, _)| known == slot).map_or(0, |at| at + 1);
        let nearer = self.names.get(from..).unwrap_or_default();
        nearer.iter().any(|(_, ty)| *ty == of.ty).then_some(*item)
    }
}

fn marker(depth: usize, at: usize, lang: Lang) -> String {
    let number = at + 1;
    let letters = if depth % 2 == 1 { lang.pick("アイウエオカキクケコ", "abcdefghij") } else { "" };
    let circled = u32::try_from(at).ok().filter(|at| *at < 20).and_then(|at| char::from_u32(0x2460 + at));
    match (lang, letters.chars().nth(at), circled) {
        (Lang::Ja, Some(letter), _) => format!("（{letter}）"),
        (Lang::Ja, None, Some(circled)) if depth == 0 => circled.to_string(),
        (Lang::Ja, None, _) => format!("（{number}）"),
        (Lang::En, Some(letter), _) => format!("({letter}) "),
        (Lang::En, None, _) => format!("({number}) "),
    }
}
