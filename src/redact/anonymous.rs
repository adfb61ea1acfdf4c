//! A copy of a comparison in which nobody can tell the bidders: they go by letters, and what they wrote in
//! their own words is masked (伏せ字). Numbers, dates, truth values, words of choices and placeholders stay.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::hide::id_field;
use super::rename::rename;
use super::walk::below;
use crate::compare::{Comparison, Judged, Side};
use crate::conclude::Assessment;
use crate::date::Period;
use crate::diagnostic::{Diagnostic, Explain};
use crate::evidence::Flaw;
use crate::expression::trace::Gap;
use crate::lang::Lang;
use crate::load::source::{SourceFile, Sources};
use crate::load::tree::{Data, FileId, Node};
use crate::schema::{Field, Kind, Shape};
use crate::tender::Bidder;
use crate::validate::Refused;
use crate::validate::bid::{Answered, Reply};

/// What tells who is who; it goes into a file of its own.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Key {
    /// The bidders in the order of receipt.
    pub bidders: Vec<Known>,
}

/// A bidder, and what stands for it.
#[derive(Clone, Debug, Serialize)]
pub struct Known {
    /// What the copy calls the bidder.
    pub shown: String,
    /// The id.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The number of receipt.
    pub number: Option<String>,
    /// The day of receipt, as written.
    pub received_on: Option<String>,
    /// What the copy calls each file, and its path.
    pub files: Vec<Pair>,
    /// The number of each id in the copy, and the id.
    pub ids: Vec<Pair>,
}

/// What the copy says, and what it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// What the copy says.
    pub shown: String,
    /// What it stands for.
    pub real: String,
}

/// A problem of a bid of which only the code and the place are told.
#[derive(Debug)]
struct Withheld {
    code: &'static str,
    line: usize,
    column: usize,
}

impl Explain for Withheld {
    fn code(&self) -> &'static str {
        self.code
    }

    fn message(&self, lang: Lang) -> String {
        let Withheld { line, column, .. } = self;
        match lang {
            Lang::Ja => format!("{line}行{column}列。内容は伏せています"),
            Lang::En => format!("line {line}, column {column}; what it says is masked"),
        }
    }

    fn advice(&self, _: Lang) -> Option<String> {
        None
    }
}

/// What stands in place of what a bidder wrote.
pub fn mask(lang: Lang) -> &'static str {
    lang.pick("（伏せ字）", "(masked)")
}

/// Takes from a comparison what tells who the bidders are.
pub fn anonymise(comparison: &mut Comparison, lang: Lang) -> Key {
    let mut key = Key::default();
    let folder = comparison.name.clone();
    for (at, bid) in comparison.bids.iter_mut().enumerate() {
        let letter = letter(at);
        let shown = match lang {
            Lang::Ja => format!("{letter}社"),
            Lang::En => format!("Bidder {letter}"),
        };
        let real = std::mem::replace(
            &mut bid.bidder,
            Bidder { id: letter.to_lowercase(), name: Some(shown.clone()), number: None, received_on: None },
        );
        let offered = bid.result.as_ref().ok().and_then(|judged| judged.name.clone());
        let mut masker = Masker {
            folder: &folder,
            bidder: &real.id,
            shown: &shown,
            ids: BTreeMap::new(),
            lang,
            own: Vec::new(),
        };
        let files = match &mut bid.result {
            Ok(judged) => masker.judged(judged),
            Err(refused) => masker.refused(refused),
        };
        let mut ids: Vec<(usize, Pair)> =
            masker.ids.into_iter().map(|(real, (shown, number))| (number, Pair { shown, real })).collect();
        ids.sort_by_key(|(number, _)| *number);
        key.bidders.push(Known {
            shown,
            id: real.id,
            name: real.name.or(offered),
            number: real.number,
            received_on: real.received_on,
            files,
            ids: ids.into_iter().map(|(_, pair)| pair).collect(),
        });
    }
    Arc::make_mut(&mut comparison.tender.file).bidders.clear();
    key
}

/// A, B, ... Z, AA, AB, ...
fn letter(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + &last.to_string(),
    }
}

/// Masks one bid.
struct Masker<'m> {
    folder: &'m str,
    bidder: &'m str,
    shown: &'m str,
    /// The ids of the bid's documents, each with what stands for it.
    ids: BTreeMap<String, (String, usize)>,
    lang: Lang,
    /// The files of the bid, as opposed to the draft contract's.
    own: Vec<FileId>,
}

impl Masker<'_> {
    fn judged(&mut self, judged: &mut Judged) -> Vec<Pair> {
        judged.name = Some(self.shown.to_owned());
        let mut sides: Vec<&mut Side> =
            std::iter::once(&mut judged.proposed).chain(&mut judged.after).collect();
        let mut files: Vec<Pair> = Vec::new();
        for side in &mut sides {
            let sources = &mut side.assessment.case.sources;
            self.own = self.own_files(sources);
            for pair in self.files(sources) {
                if !files.iter().any(|known| known.real == pair.real) {
                    files.push(pair);
                }
            }
            self.collect(&mut side.assessment);
        }
        for side in sides {
            self.own = self.masked_files(&side.assessment.case.sources);
            rename(&mut side.assessment, &self.ids);
            self.assessment(&mut side.assessment);
            side.answers.iter_mut().for_each(|answered| self.answered(answered));
        }
        judged.replies.iter_mut().for_each(|reply| self.reply(reply));
        files
    }

    fn refused(&mut self, refused: &mut Refused) -> Vec<Pair> {
        for diagnostic in &mut refused.diagnostics {
            let at = refused.sources.position(diagnostic.span);
            let code = diagnostic.code();
            *diagnostic =
                Diagnostic::new(diagnostic.span, Withheld { code, line: at.line, column: at.column });
        }
        refused.name = self.shown.to_owned();
        let files = self.files(&mut refused.sources);
        for file in refused.sources.files_mut() {
            file.text = None;
        }
        files
    }

    /// Which files are the bid's, before their paths are changed.
    fn own_files(&self, sources: &Sources) -> Vec<FileId> {
        self.which(sources, |file| self.within(&file.path).is_some())
    }

    /// The same, after.
    fn masked_files(&self, sources: &Sources) -> Vec<FileId> {
        let prefix = format!("{}/", self.shown);
        self.which(sources, |file| file.path.starts_with(&prefix))
    }

    fn which(&self, sources: &Sources, is: impl Fn(&SourceFile) -> bool) -> Vec<FileId> {
        let files = sources.files().iter().enumerate().filter(|(_, file)| is(file));
        files.filter_map(|(at, _)| u16::try_from(at).ok().map(FileId)).collect()
    }

    /// The path of a file within its bid; `None` for another file.
    fn within<'p>(&self, path: &'p str) -> Option<&'p str> {
        let below = path.strip_prefix(self.folder.trim_end_matches('/')).unwrap_or(path);
        below.trim_start_matches('/').strip_prefix(&format!("bids/{}/", self.bidder))
    }

    /// Gives the bid's files other names, and takes their digests away.
    fn files(&self, sources: &mut Sources) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (at, file) in sources.files_mut().iter_mut().enumerate() {
            let Some(below) = self.within(&file.path) else { continue };
            let shown = match below {
                "system.yaml" | "offer.yaml" | "answers.yaml" | "evidence.yaml" => {
                    format!("{}/{below}", self.shown)
                }
                _ => format!("{}/{}", self.shown, at + 1),
            };
            let real = std::mem::replace(&mut file.path, shown.clone());
            file.sha256 = None;
            pairs.push(Pair { shown, real });
        }
        pairs
    }

    /// Gives a number to every id of the bid's documents, in the order in which they stand.
    fn collect(&mut self, assessment: &mut Assessment) {
        let case = &mut assessment.case;
        let documents = case.contract.iter_mut().chain(&mut case.systems).chain(&mut case.records);
        for document in documents {
            self.ids_below(Some(document.kind.root()), &mut document.root);
        }
        for item in case.evidence.items_mut() {
            self.id(&item.id);
            self.ids_below(entry_field(), &mut item.entry);
        }
    }

    fn ids_below(&mut self, field: Option<Field>, node: &mut Node) {
        if field == Some(id_field())
            && let Data::Text(text) = &node.data
            && self.own.contains(&node.span.file)
        {
            let text = text.to_string();
            self.id(&text);
        }
        below(field, node, &mut |field, node| self.ids_below(field, node));
    }

    fn id(&mut self, id: &str) {
        let next = self.ids.len() + 1;
        self.ids.entry(id.to_owned()).or_insert_with(|| (next.to_string(), next));
    }

    fn assessment(&self, assessment: &mut Assessment) {
        let Assessment { case, outcomes, .. } = assessment;
        case.name = self.shown.to_owned();
        let documents = case.contract.iter_mut().chain(&mut case.systems).chain(&mut case.records);
        for document in documents {
            self.node(Some(document.kind.root()), &mut document.root);
        }
        for item in case.evidence.items_mut() {
            self.node(entry_field(), &mut item.entry);
            for claim in &mut item.claims {
                self.node(claim.path.field(), &mut claim.value);
                self.text(&mut claim.page);
            }
            for flaw in &mut item.flaws {
                match flaw {
                    Flaw::NoSuchFact(words) | Flaw::Unreadable(words) | Flaw::Changed { found: words } => {
                        *words = self.mask();
                    }
                    _ => {}
                }
            }
        }
        for outcome in outcomes {
            let traces = outcome.clauses.iter_mut().filter_map(|clause| clause.trace.as_mut());
            let causes = traces.chain(&mut outcome.applies).flat_map(|trace| &mut trace.causes);
            for cause in causes.chain(&mut outcome.list_gap) {
                if let Gap::NoLimit(words) = &mut cause.gap {
                    *words = self.mask();
                }
            }
        }
    }

    fn answered(&self, answered: &mut Answered) {
        let answer = &mut answered.answer;
        self.text(&mut answer.paper);
        self.text(&mut answer.remark);
        if answer.by.as_deref().is_some_and(|by| Period::parse(by).is_none()) {
            self.text(&mut answer.by);
        }
        answered.reference.iter_mut().for_each(|reference| self.reference(reference));
    }

    fn reply(&self, reply: &mut Reply) {
        let numbered = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
        if reply.number.as_deref().is_some_and(|number| !numbered(number)) {
            self.text(&mut reply.number);
        }
        self.text(&mut reply.text);
        self.text(&mut reply.paper);
        for path in reply.fact.iter_mut().chain(&mut reply.target) {
            *path = self.path(path);
        }
        let field = reply.fact.as_deref().and_then(field_at);
        if let Some(value) = &mut reply.value {
            // What an answer states is the bid's, wherever it stands.
            self.leaf(field, value);
            below(field, value, &mut |field, node| self.leaf(field, node));
        }
    }

    /// A path as people write it: the ids in brackets get their numbers.
    fn path(&self, path: &str) -> String {
        let mut out = String::with_capacity(path.len());
        let mut rest = path;
        while let Some((before, inside)) = rest.split_once('[') {
            let (id, after) = inside.split_once(']').unwrap_or((inside, ""));
            let mask = self.mask();
            let id = self.ids.get(id).map_or(mask.as_str(), |(number, _)| number);
            out.push_str(&format!("{before}[{id}]"));
            rest = after;
        }
        out + rest
    }

    fn node(&self, field: Option<Field>, node: &mut Node) {
        if self.own.contains(&node.span.file) {
            if field.is_some_and(|field| field.name == "ref") {
                return self.reference(node);
            }
            self.leaf(field, node);
        }
        if let Some(reference) = node.mark.as_mut().and_then(|mark| mark.reference.as_mut())
            && self.own.contains(&reference.span.file)
        {
            self.reference(reference);
        }
        below(field, node, &mut |field, node| self.node(field, node));
    }

    fn leaf(&self, field: Option<Field>, node: &mut Node) {
        let Data::Text(text) = &mut node.data else { return };
        let kept = field.is_some_and(|field| match field.shape() {
            Shape::Enum => true,
            Shape::Date => Period::parse(text).is_some(),
            _ => field == id_field() || field.name == "hadome",
        });
        // A code of a country names nobody.
        let kept = kept || text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase());
        if !kept {
            *text = match self.ids.get(&**text) {
                Some((number, _)) => number.as_str().into(),
                None => self.mask().into(),
            };
        }
    }

    /// Of a place in an original the page stays.
    fn reference(&self, reference: &mut Node) {
        let Some(map) = reference.as_map_mut() else { return };
        for key in ["source", "article", "cell", "quote"] {
            if let Some(node) = map.get_mut(key) {
                *node = match key {
                    "source" => Node::new(node.span, Data::Text(self.mask().into())),
                    _ => Node::new(node.span, Data::Null),
                };
            }
        }
        if let Some(Node { data: Data::Text(page), .. }) = map.get_mut("page")
            && !page.chars().all(|c| c.is_ascii_digit())
        {
            *page = self.mask().into();
        }
    }

    fn text(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            *text = self.mask();
        }
    }

    fn mask(&self) -> String {
        mask(self.lang).to_owned()
    }
}

/// The entry of the register of evidence.
fn entry_field() -> Option<Field> {
    Kind::Evidence.root().property("evidence").and_then(Field::items)
}

/// The field at a written path, whatever its ids.
fn field_at(path: &str) -> Option<Field> {
    let mut parts = crate::case::path::split(path);
    let kind = Kind::from_word(parts.next()?.0)?;
    parts.try_fold(kind.root(), |field, (name, ids)| {
        let field = field.property(name)?;
        ids.iter().try_fold(field, |field, _| field.items())
    })
}
