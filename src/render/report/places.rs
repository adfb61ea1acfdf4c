//! Places in words: 契約書第12条第3項（p.5）／contract.yaml 41行.

use crate::lang::Lang;
use crate::load::source::within;
use crate::load::tree::Span;
use crate::render::view::{FactView, GapView, PlaceView};

/// Writes places of one dossier.
#[derive(Clone, Copy, Debug)]
pub struct Places<'p> {
    /// The folder as it was given; it is left out of paths.
    pub folder: &'p str,
    /// Where each document says what it is: the nearest place where a whole section is missing.
    pub heads: &'p [Span],
    /// The language.
    pub lang: Lang,
}

impl Places<'_> {
    /// A file's path within the dossier.
    pub fn file<'f>(&self, path: &'f str) -> &'f str {
        within(self.folder, path)
    }

    /// A fact with its value and place, in one line, beside the target of an outcome.
    pub fn fact(&self, fact: &FactView, target: &str) -> String {
        let title = fact.title_beside(target, self.lang);
        let room = fact.said.len() + fact.place.original.as_deref().map_or(48, str::len) + 80;
        let mut line = String::with_capacity(title.len() + room);
        line.push_str(&title);
        line.push_str(self.lang.pick("：", ": "));
        line.push_str(&fact.said);
        line.push_str(self.lang.pick("（", " ("));
        self.write_stated(&mut line, &fact.place);
        line.push_str(self.lang.pick("）", ")"));
        line
    }

    /// Where a fact stands, in the original first.
    pub fn stated(&self, place: &PlaceView) -> String {
        let mut written = String::new();
        self.write_stated(&mut written, place);
        written
    }

    /// A report names hundreds of places, so that this is pieced together by hand.
    fn write_stated(&self, out: &mut String, place: &PlaceView) {
        let (file, line) = (self.file(&place.file), place.line.to_string());
        let pick = |ja, en| self.lang.pick(ja, en);
        if file == crate::validate::assume::PLACE {
            out.push_str(pick("仮定（文書の記載ではない。）", "an assumption, no document says so"));
            return;
        }
        let original = place.original.as_deref();
        out.push_str(original.unwrap_or(pick("原本の該当箇所 未記入", "place in the original not given")));
        out.push_str(pick("／", "; "));
        out.push_str(file);
        out.push_str(pick(" ", " line "));
        out.push_str(&line);
        out.push_str(pick("行", ""));
    }

    /// Where something that is missing should be written.
    pub fn wanted_at(&self, gap: &GapView) -> String {
        let root = gap.path.split(['.', '[']).next().unwrap_or_default();
        let there = gap.place.as_ref().filter(|place| {
            let file = self.file(&place.file);
            file == format!("{root}.yaml") || (root == "system" && file.starts_with("systems/"))
        });
        let section = there.is_some_and(|place| self.heads.contains(&place.span));
        match (there, self.lang) {
            (Some(place), Lang::Ja) if section => format!("{}（項目を新たに設ける）", self.file(&place.file)),
            (Some(place), Lang::En) if section => format!("{} (a new section)", self.file(&place.file)),
            (Some(place), Lang::Ja) => format!("{} {}行付近", self.file(&place.file), place.line),
            (Some(place), Lang::En) => format!("{} near line {}", self.file(&place.file), place.line),
            (None, Lang::Ja) => format!("{root}.yaml（現在は文書なし）"),
            (None, Lang::En) => format!("{root}.yaml (no such document yet)"),
        }
    }
}

/// Whether a path names an id; it says nothing that the target's name does not say.
pub(super) fn is_id(path: &str) -> bool {
    path.ends_with(".id")
}
