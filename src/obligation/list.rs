//! From a case to the rows of its obligations: which target each is reckoned for. Reads no file and no
//! clock.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Obligation;
use super::reckon::Reckoner;
use super::row::{Rests, Row, State, When};
use crate::calendar::Calendar;
use crate::case::{Case, Document, Stated};
use crate::diagnostic::Diagnostic;
use crate::evaluate::outcome::Target;
use crate::evaluate::too_long::diagnostic as too_long;
use crate::evaluate::{item_path, list_gap, list_path};
use crate::expression::evaluate::{Effort, Facts, Truth, items, traced};
use crate::expression::trace::{Cause, FactPath, Gap, Step, Unclear};
use crate::expression::typed::{Expression, Kind, Root};

/// What the documents of a case make due, in the order of the obligations and of the documents'
/// items. Of what recurs, due dates after `until` are left out.
///
/// Where evidence contradicts the documents, they are reckoned with what it says as well, and the worse
/// state stands: what does not hold in one of the two does not hold.
///
/// # Errors
/// That its lists are too long to be reckoned.
pub fn rows(
    case: &Case,
    obligations: &[Obligation],
    calendar: &Calendar,
    until: NaiveDate,
) -> Result<Vec<Row>, Diagnostic> {
    let effort = Effort::default();
    let on = |stated: Stated<'_>| stated_rows(case, stated, obligations, calendar, until, &effort);
    let mut kept = on(case.stated());
    if !case.counter.is_empty() {
        weigh(case, &mut kept, on);
    }
    if effort.is_spent() { Err(too_long(case)) } else { Ok(kept) }
}

/// The same with what evidence says otherwise.
fn weigh(case: &Case, kept: &mut Vec<Row>, on: impl Fn(Stated<'_>) -> Vec<Row>) {
    let mut places = HashMap::new();
    for (at, row) in kept.iter().enumerate() {
        places.entry(key(row)).or_insert(at);
    }
    case.counter.iter().for_each(|world| worse(kept, &mut places, on(world.stated())));
}

/// What makes two rows the same.
type Key = (usize, Target, String);

fn key(row: &Row) -> Key {
    (row.obligation, row.target.clone(), row.occurrence.clone())
}

/// Row by row the worse of two reckonings; what only one of them makes due is kept unless it is done.
fn worse(kept: &mut Vec<Row>, places: &mut HashMap<Key, usize>, other: Vec<Row>) {
    for mut row in other {
        let key = key(&row);
        match places.get(&key).and_then(|at| kept.get_mut(*at)) {
            Some(known) if row.state < known.state || row.due != known.due => {
                row.state = row.state.min(known.state);
                row.contradicted = true;
                *known = row;
            }
            Some(_) => {}
            None if row.state != State::Done => {
                row.contradicted = true;
                places.insert(key, kept.len());
                kept.push(row);
            }
            None => {}
        }
    }
}

fn stated_rows(
    case: &Case,
    stated: Stated<'_>,
    obligations: &[Obligation],
    calendar: &Calendar,
    until: NaiveDate,
    effort: &Effort,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, obligation) in obligations.iter().enumerate() {
        if obligation.needs_contract && stated.own_operation {
            continue;
        }
        let mut list = |system: Option<(usize, &Document)>| {
            Lister { case, stated, obligation, index, calendar, until, effort }.list(system, &mut rows);
        };
        match obligation.reads_system && !stated.systems.is_empty() {
            true => stated.systems.iter().enumerate().for_each(|system| list(Some(system))),
            false => list(None),
        }
    }
    rows
}

struct Lister<'c> {
    case: &'c Case,
    stated: Stated<'c>,
    obligation: &'c Obligation,
    index: usize,
    calendar: &'c Calendar,
    until: NaiveDate,
    effort: &'c Effort,
}

impl<'c> Lister<'c> {
    fn list(&self, system: Option<(usize, &'c Document)>, rows: &mut Vec<Row>) {
        let facts = self.case.facts(self.stated, system.map(|(_, document)| document), self.effort);
        let at = system.map(|(at, _)| at);
        let reckon = |target: Target, facts: &Facts<'c>, rows: &mut Vec<Row>| {
            let reckoner = Reckoner {
                obligation: self.obligation,
                index: self.index,
                calendar: self.calendar,
                as_of: self.case.as_of,
                until: self.until,
                system: system.and_then(|(_, document)| document.root.id()),
                facts: *facts,
                target,
            };
            reckoner.reckon(rows);
        };
        let Some(binding) = &self.obligation.for_each else {
            let target = at.map_or(Target::Dossier, Target::System);
            return reckon(target, &facts, rows);
        };
        let path = list_path(binding, system.map(|(_, document)| document));
        let gate = self.obligation.applies_when.as_ref().filter(|gate| !gate.reads_slot(0));
        if gate.is_some_and(|gate| traced(gate, &facts).0 == Truth::False) {
            return;
        }
        let open = |path: FactPath, cause: Cause, rows: &mut Vec<Row>| {
            let system = system.and_then(|(_, document)| document.root.id());
            rows.push(self.unlisted(Target::List { path, system: at }, system, cause));
        };
        let Some(listed) = items(&binding.list, &facts) else {
            return open(path, list_gap(binding, &facts), rows);
        };
        for item in listed {
            self.effort.outcome();
            if self.effort.is_spent() {
                return;
            }
            let facts = Facts { item: Some(item), item_list: Some((binding.root, &binding.fields)), ..facts };
            let target = Target::Item { path: item_path(&path, item), system: at, span: item.span };
            reckon(target, &facts, rows);
        }
        let root = match binding.root {
            Root::Contract => facts.contract,
            Root::System => facts.system,
            Root::Records => facts.records,
        };
        if root.open {
            let mut unlisted = path;
            unlisted.steps.push(Step::Item("*".to_owned()));
            let cause = Cause { path: unlisted.clone(), gap: Gap::Indeterminate(Unclear::OpenList) };
            open(unlisted, cause, rows);
        }
    }

    /// The row for items that nobody listed.
    fn unlisted(&self, target: Target, system: Option<&str>, cause: Cause) -> Row {
        Row {
            obligation: self.index,
            ground: path_of(&self.obligation.ground, &target, system),
            target,
            occurrence: "list".to_owned(),
            ordinal: None,
            due: When::Unknown,
            rests: Rests::Documents,
            without_holidays: false,
            state: State::Unknown,
            late: None,
            deed: None,
            planned: None,
            contradicted: false,
            causes: vec![cause],
        }
    }
}

/// The path that the expression of a ground means for a target.
pub(super) fn path_of(ground: &Expression, target: &Target, system: Option<&str>) -> Option<FactPath> {
    match &ground.kind {
        Kind::Root(root) => {
            let system = system.filter(|_| *root == Root::System).map(str::to_owned);
            Some(FactPath { root: *root, system, steps: Vec::new() })
        }
        Kind::Variable(0) => match target {
            Target::Item { path, .. } => Some(path.clone()),
            _ => None,
        },
        Kind::Select(of, field) => {
            let mut path = path_of(of, target, system)?;
            path.steps.push(Step::Field(field.name));
            Some(path)
        }
        _ => None,
    }
}
