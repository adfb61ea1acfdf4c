//! Hides values where they are stated, and sweeps the other texts of the documents for them.

use std::collections::{BTreeMap, BTreeSet};

use super::alias::forms;
use super::ledger::{Cause, Ledger, Row, What, is_hidden, sign, without_signs};
use super::needle::Needles;
use super::rules::{Pattern, Rules, Trail};
use super::walk::below;
use super::{Secret, add};
use crate::case::{Case, Document};
use crate::conclude::Assessment;
use crate::evaluate::outcome::Outcome;
use crate::evidence::{Flaw, Item};
use crate::expression::trace::{FactPath, Gap, Step};
use crate::load::tree::{Data, FileId, Mapping, Node, State};
use crate::schema::{Disclosure, Field, Kind, Shape};
use crate::validate::amend;

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What was hidden.
    pub ledger: Ledger,
    /// The hidden texts.
    pub secrets: Vec<Secret>,
    /// Texts that are shown although their class is hidden.
    pub kept: BTreeSet<String>,
    /// Hidden ids, each with the name that it gets and its row.
    pub ids: BTreeMap<String, (String, usize)>,
    /// The grounds on which something in a file was hidden.
    pub grounds: BTreeMap<FileId, Vec<String>>,
    /// The grounds on which something of each piece of evidence was hidden.
    pub evidence: Vec<Vec<String>>,
}

/// What becomes of a leaf.
enum Fate {
    Hidden(Row, bool),
    Kept,
    Shown,
}

/// Hides what the rules hide, leaf by leaf.
pub(super) fn hide(assessment: &mut Assessment, rules: &Rules) -> Found {
    let Assessment { case, outcomes, standings, .. } = assessment;
    let only = (case.systems.len() == 1).then(|| case.system_id(0).to_owned());
    let mut hider = Hider { rules, only, found: Found::default(), grounds: Vec::new() };
    let factual = case.contract.iter_mut().chain(&mut case.systems).chain(&mut case.records);
    factual.for_each(|document| hider.document(document));
    for item in case.evidence.items_mut() {
        hider.entry(Kind::Evidence, &item.id, &mut item.entry);
        for claim in &mut item.claims {
            let (trail, field) = trail_of(&claim.path);
            hider.leaf(&trail, field, &mut claim.value);
        }
        let grounds = std::mem::take(&mut hider.grounds);
        hider.found.grounds.entry(item.span.file).or_default().extend(grounds.iter().cloned());
        hider.found.evidence.push(grounds);
    }
    for (waiver, standing) in case.waivers.iter_mut().zip(standings) {
        hider.entry(Kind::Waivers, &waiver.id, &mut waiver.entry);
        let grounds = std::mem::take(&mut hider.grounds);
        hider.found.grounds.entry(waiver.span.file).or_default().extend(grounds);
        let hidden = |key: &str| waiver.entry.get(key).and_then(shown_sign);
        if hidden("expires_on").is_some() {
            (waiver.expires_on, standing.ends_soon) = (None, false);
        }
        if hidden("accepts").is_some() {
            waiver.accepts = None;
        }
        let (policy, target, clauses) = (hidden("policy"), hidden("target"), hidden("clauses"));
        policy.into_iter().for_each(|sign| waiver.policy = sign);
        target.into_iter().for_each(|sign| waiver.target = sign);
        clauses.into_iter().for_each(|sign| waiver.clauses = vec![sign]);
    }
    for assumption in &mut case.assumptions {
        if let Some((trail, field)) = hider.read(&assumption.path)
            && let Fate::Hidden(row, firm) = hider.fate(&trail, field)
        {
            let row = hider.found.ledger.row(row);
            if field.shape() == Shape::Text {
                let value = assumption.value.trim_matches(['"', '\'']);
                let forms = forms(value, field.disclosure());
                let secrets = forms.into_iter().map(|text| Secret { text, row, named: false, firm });
                hider.found.secrets.extend(secrets);
            }
            assumption.value = sign(row).to_string();
        }
    }
    outcomes.iter_mut().for_each(|outcome| hider.wordings(outcome));
    hider.found
}

/// The sign that stands in place of a hidden value.
fn shown_sign(node: &Node) -> Option<String> {
    let text = match node.as_list() {
        Some([only]) => only.as_text(),
        _ => node.as_text(),
    };
    text.filter(|text| is_hidden(text)).map(str::to_owned)
}

struct Hider<'r> {
    rules: &'r Rules,
    /// The id of the only system.
    only: Option<String>,
    found: Found,
    /// The grounds met since they were last taken.
    grounds: Vec<String>,
}

impl Hider<'_> {
    fn document(&mut self, document: &mut Document) {
        let id = document.root.id().filter(|_| document.kind == Kind::System).map(str::to_owned);
        let mut trail = Trail { kind: document.kind, document: id, steps: Vec::new() };
        self.node(&mut trail, document.kind.root(), &mut document.root);
        let grounds = std::mem::take(&mut self.grounds);
        self.found.grounds.entry(document.file).or_default().extend(grounds);
    }

    /// An entry of the register of evidence or of the waivers.
    fn entry(&mut self, kind: Kind, id: &str, entry: &mut Node) {
        let list = kind.root().property(kind.word());
        let Some(field) = list.and_then(Field::items) else { return };
        let steps = vec![(field.name, Some(id.to_owned()))];
        self.node(&mut Trail { kind, document: None, steps }, field, entry);
    }

    fn node(&mut self, trail: &mut Trail, field: Field, node: &mut Node) {
        let objects = field.items().is_some_and(|items| items.shape() == Shape::Object);
        match &mut node.data {
            Data::Map(map) if field.shape() == Shape::Object => self.section(trail, field, map),
            Data::List(items) if objects && !items.is_empty() => {
                let Some(within) = field.items() else { return };
                for item in items {
                    let id = item.id().unwrap_or_default().to_owned();
                    let before = trail.steps.last_mut().and_then(|step| step.1.replace(id));
                    self.node(trail, within, item);
                    if let Some(step) = trail.steps.last_mut() {
                        step.1 = before;
                    }
                }
            }
            _ => self.leaf(trail, field, node),
        }
    }

    fn section(&mut self, trail: &mut Trail, field: Field, map: &mut Mapping) {
        if field.properties().next().is_none() {
            return self.changes(map);
        }
        // What evidence shows of a fact, or a waiver names of it, is as hidden as the fact.
        let about = map.get("fact").and_then(Node::as_text).and_then(|path| self.read(path));
        let keys: Vec<Option<Field>> = map.entries().iter().map(|entry| field.property(&entry.key)).collect();
        for (key, value) in keys.into_iter().zip(map.values_mut()) {
            let Some(key) = key else { continue };
            trail.steps.push((key.name, None));
            match &about {
                Some((about, stated)) if key.name == "value" => self.leaf(about, *stated, value),
                _ => self.node(trail, key, value),
            }
            trail.steps.pop();
        }
    }

    /// What an amendment sets: the keys are paths of the contract.
    fn changes(&mut self, map: &mut Mapping) {
        let paths: Vec<_> =
            map.entries().iter().map(|entry| self.read(&format!("contract.{}", entry.key))).collect();
        for (path, value) in paths.into_iter().zip(map.values_mut()) {
            if let Some((mut trail, field)) = path {
                self.node(&mut trail, field, value);
            }
        }
    }

    fn leaf(&mut self, trail: &Trail, field: Field, node: &mut Node) {
        let says_something = node.is_stated() || !node.conflict().is_empty();
        match self.fate(trail, field) {
            Fate::Hidden(row, firm) if says_something => {
                add(&mut self.grounds, &row.ground);
                let row = self.found.ledger.row(row);
                let names_itself = field.name == "id" && field == id_field();
                match node.as_text().filter(|_| names_itself) {
                    Some(id) => self.id(id.to_owned(), row),
                    None => self.value(field, node, row, firm),
                }
            }
            Fate::Kept => texts(field, node, &mut |text| {
                self.found.kept.extend(forms(text, field.disclosure()));
            }),
            _ => {}
        }
    }

    fn id(&mut self, id: String, row: usize) {
        if !self.found.ids.contains_key(&id) {
            let name = self.found.ledger.name(row);
            self.found.ids.insert(id, (name, row));
        }
    }

    fn value(&mut self, field: Field, node: &mut Node, row: usize, firm: bool) {
        texts(field, node, &mut |text| {
            let forms = forms(text, field.disclosure());
            let secrets = forms.into_iter().map(|text| Secret { text, row, named: false, firm });
            self.found.secrets.extend(secrets);
        });
        let hidden = || Data::Text(sign(row).to_string().into());
        if let Some(mark) = &mut node.mark {
            if let State::Conflict(values) = &mut mark.state {
                values.iter_mut().for_each(|value| value.data = hidden());
            }
            let quote = mark.reference.as_mut().and_then(|place| place.as_map_mut()?.get_mut("quote"));
            quote.into_iter().for_each(|quote| quote.data = hidden());
        }
        if node.is_stated() {
            let list = matches!(node.data, Data::List(_));
            node.data = if list { Data::List(vec![Node::new(node.span, hidden())]) } else { hidden() };
        }
    }

    /// The words that say a duty without a number.
    fn wordings(&mut self, outcome: &mut Outcome) {
        let traces = outcome.clauses.iter_mut().filter_map(|clause| clause.trace.as_mut());
        let causes = traces.chain(&mut outcome.applies).flat_map(|trace| &mut trace.causes);
        for cause in causes.chain(&mut outcome.list_gap) {
            let Gap::NoLimit(words) = &mut cause.gap else { continue };
            let (mut trail, field) = trail_of(&cause.path);
            let mut fate = self.fate(&trail, field);
            if let (Fate::Shown | Fate::Kept, Some((name, _))) = (&fate, trail.steps.pop())
                && let Some((wording, field)) = wording(&trail, name)
            {
                trail.steps.push((wording, None));
                fate = self.fate(&trail, field);
            }
            if let Fate::Hidden(row, _) = fate {
                *words = sign(self.found.ledger.row(row)).to_string();
            }
        }
    }

    fn fate(&self, trail: &Trail, field: Field) -> Fate {
        let row = |cause: Cause, class: Option<Disclosure>, ground: &str| Row {
            cause,
            what: What::Fact { kind: trail.kind, path: trail.schema_path(), field },
            class,
            ground: ground.to_owned(),
        };
        let class = field.disclosure();
        let mut facts = self.rules.facts.iter().enumerate();
        if let Some((at, (_, ground))) = facts.find(|(_, (pattern, _))| pattern.covers(trail)) {
            return Fate::Hidden(row(Cause::Fact(at), class, ground), true);
        }
        match class.and_then(|class| Some((class, self.rules.ground_of(class)?))) {
            Some(_) if self.rules.keep.iter().any(|pattern| pattern.covers(trail)) => Fate::Kept,
            Some((rule, ground)) => Fate::Hidden(row(Cause::Class(rule), class, ground), false),
            None => Fate::Shown,
        }
    }

    fn read(&self, path: &str) -> Option<(Trail, Field)> {
        let (pattern, field) = Pattern::parse(path).ok()?;
        Some((pattern.trail(self.only.as_deref()), field))
    }
}

/// The field of every `id`.
pub(super) fn id_field() -> Field {
    let root = Kind::Contract.root();
    root.property("id").unwrap_or(root)
}

/// The texts that a leaf states; words of a list of choices and dates are none.
fn texts(field: Field, node: &Node, out: &mut dyn FnMut(&str)) {
    let of = field.items().filter(|_| field.shape() == Shape::List).unwrap_or(field);
    match &node.data {
        Data::Text(text) if of.shape() == Shape::Text => out(text),
        Data::List(items) => items.iter().for_each(|item| texts(of, item, out)),
        _ => {}
    }
    node.conflict().iter().for_each(|value| texts(field, value, out));
}

fn trail_of(path: &FactPath) -> (Trail, Field) {
    let kind = path.root.kind();
    let mut trail = Trail { kind, document: path.system.clone(), steps: Vec::new() };
    let mut field = kind.root();
    for step in &path.steps {
        match step {
            Step::Field(name) => {
                field = field.property(name).unwrap_or(field);
                trail.steps.push((name, None));
            }
            Step::Item(id) => {
                field = field.items().unwrap_or(field);
                if let Some(last) = trail.steps.last_mut() {
                    last.1 = Some(id.clone());
                }
            }
        }
    }
    (trail, field)
}

/// The sibling of a number that says it in words, of the section at a trail.
fn wording(section: &Trail, number: &str) -> Option<(&'static str, Field)> {
    let mut field = section.kind.root();
    for (name, item) in &section.steps {
        field = field.property(name)?;
        field = if item.is_some() { field.items()? } else { field };
    }
    let words = field.property(&format!("{number}_wording"))?;
    Some((words.name, words))
}

/// Whether each amendment of the contract counts on the as-of date.
pub(super) fn in_force(case: &Case) -> Vec<bool> {
    let contract = case.contract.as_ref().and_then(|contract| contract.root.get("amendments")?.as_list());
    let amendments = contract.unwrap_or_default();
    amendments.iter().map(|amendment| amend::is_in_force(amendment, case.as_of)).collect()
}

/// The files of the dossier's documents.
pub(super) fn files(case: &Case) -> BTreeMap<FileId, Kind> {
    let factual = case.contract.iter().chain(&case.systems).chain(&case.records);
    let factual = factual.map(|document| (document.file, document.kind));
    let evidence = case.evidence.items().iter().map(|item| (item.span.file, Kind::Evidence));
    let waivers = case.waivers.iter().map(|waiver| (waiver.span.file, Kind::Waivers));
    factual.chain(evidence).chain(waivers).collect()
}

/// Hides the digests of a file of evidence.
pub(super) fn digest(item: &mut Item, sign: char) {
    let registered = item.entry.as_map_mut().and_then(|entry| entry.get_mut("sha256"));
    if let Some(registered) = registered.filter(|digest| digest.is_stated()) {
        registered.data = Data::Text(sign.to_string().into());
    }
    for flaw in &mut item.flaws {
        if let Flaw::Changed { found } = flaw {
            *found = sign.to_string();
        }
    }
}

/// Sweeps all texts that stand in the dossier: documents, registers, paths of files.
pub(super) fn sweep(case: &mut Case, outcomes: &mut [Outcome], needles: &Needles) {
    let broom = Broom { needles };
    let factual = case.contract.iter_mut().chain(&mut case.systems).chain(&mut case.records);
    factual.for_each(|document| broom.node(Some(document.kind.root()), &mut document.root));
    for item in case.evidence.items_mut() {
        let field = Kind::Evidence.root().property("evidence").and_then(Field::items);
        broom.node(field, &mut item.entry);
        for claim in &mut item.claims {
            broom.node(Some(trail_of(&claim.path).1), &mut claim.value);
        }
        for flaw in &mut item.flaws {
            match flaw {
                Flaw::NoSuchFact(written) | Flaw::Unreadable(written) => broom.text(written),
                _ => {}
            }
        }
    }
    for waiver in &mut case.waivers {
        let field = Kind::Waivers.root().property("waivers").and_then(Field::items);
        broom.node(field, &mut waiver.entry);
    }
    case.assumptions.iter_mut().for_each(|assumption| broom.text(&mut assumption.value));
    for outcome in outcomes {
        let traces = outcome.clauses.iter_mut().filter_map(|clause| clause.trace.as_mut());
        let causes = traces.chain(&mut outcome.applies).flat_map(|trace| &mut trace.causes);
        for cause in causes {
            if let Gap::NoLimit(words) = &mut cause.gap {
                broom.text(words);
            }
        }
    }
    let folder = case.name.clone();
    broom.text(&mut case.name);
    let shown = case.name.clone();
    for file in case.sources.files_mut() {
        match file.path.strip_prefix(&folder).map(str::to_owned) {
            Some(mut below) => {
                broom.text(&mut below);
                file.path = format!("{shown}{below}");
            }
            None => broom.text(&mut file.path),
        }
    }
}

struct Broom<'n> {
    needles: &'n Needles,
}

impl Broom<'_> {
    fn text(&self, text: &mut String) {
        if let Some(swept) = self.needles.sweep(text) {
            *text = swept;
        }
    }

    /// Texts are swept; ids keep paths whole, and words of choices and dates are read again.
    fn node(&self, field: Option<Field>, node: &mut Node) {
        below(field, node, &mut |field, node| self.node(field, node));
        let swept = field.is_none_or(|field| field.shape() == Shape::Text && field != id_field());
        if let Data::Text(text) = &mut node.data
            && swept
            && !is_hidden(text)
        {
            let clean = without_signs(text);
            let clean = self.needles.sweep(&clean).unwrap_or(clean);
            *text = clean.into();
        }
    }
}
