//! From an obligation as written to one that can be reckoned; every fault is found here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file::{DayFile, DueFile, ObligationFile};
use super::problem::Problem;
use super::{Day, Done, Due, Number, Obligation, needs_contract, parameter};
use crate::expression::check::{self, Scope};
use crate::expression::typed::{Expression, Root};
use crate::expression::types::Type;
use crate::policy::PolicyFile;
use crate::policy::compile::{binding, parameters};
use crate::policy::problem::{Fault, Problem as PolicyProblem};
use crate::schema::{Shape, Unit};

/// Checks an obligation against the schemas and its policy. `values` replaces parameter values by
/// name (a profile's).
///
/// # Errors
/// All faults, each with a JSON pointer into the entry.
pub fn compile(
    file: &Arc<ObligationFile>,
    policy: &Arc<PolicyFile>,
    values: Option<&BTreeMap<String, serde_json::Value>>,
) -> Result<Obligation, Vec<Fault>> {
    let mut scope = Scope { anchors: true, ..parameters(policy, values)? };
    let mut faults = Vec::new();
    let for_each = match file.for_each.as_ref().map(binding).transpose() {
        Ok(for_each) => for_each,
        Err(fault) => return Err(vec![*fault]),
    };
    if let Some((name, binding)) = &for_each
        && let Type::List(item) = &binding.list.ty
    {
        scope.binder = Some((name.clone(), (**item).clone()));
    }
    let mut compiler = Compiler { scope: &scope, faults: &mut faults };
    let condition = file.applies_when.as_deref();
    let applies_when =
        condition.and_then(|text| compiler.checked("/applies_when", |scope| check::condition(text, scope)));
    let due = compiler.due(&file.due);
    let done = compiler.done(file);
    let ground = compiler.checked("/ground", |scope| check::field(&file.ground, scope));
    let (Some(due), Some(done), Some(ground), true) = (due, done, ground, faults.is_empty()) else {
        return Err(faults);
    };
    let for_each = for_each.map(|(_, binding)| binding);
    let reckoned: Vec<&Expression> = due.expressions().into_iter().chain(done.expression()).collect();
    let read = |root: Root| reckoned.iter().copied().chain(&applies_when).any(|one| one.reads(root));
    Ok(Obligation {
        reads_system: read(Root::System) || listed_in(for_each.as_ref(), Root::System),
        needs_contract: due.expressions().into_iter().any(needs_contract)
            || listed_in(for_each.as_ref(), Root::Contract),
        file: file.clone(),
        policy: policy.clone(),
        for_each,
        applies_when,
        due,
        done,
        ground,
    })
}

fn listed_in(binding: Option<&crate::policy::Binding>, root: Root) -> bool {
    binding.is_some_and(|binding| binding.root == root)
}

struct Compiler<'c> {
    scope: &'c Scope,
    faults: &'c mut Vec<Fault>,
}

impl Compiler<'_> {
    fn fault(&mut self, pointer: &str, problem: Problem) {
        let problem = PolicyProblem::Obligation(problem);
        self.faults.push(Fault { pointer: pointer.to_owned(), range: None, problem });
    }

    fn checked(
        &mut self,
        pointer: &str,
        check: impl Fn(&Scope) -> Result<Expression, check::Fault>,
    ) -> Option<Expression> {
        let found = check(self.scope).map_err(|fault| {
            let problem = PolicyProblem::Expression(fault.problem);
            self.faults.push(Fault { pointer: pointer.to_owned(), range: fault.range, problem });
        });
        found.ok()
    }

    fn date(&mut self, pointer: &str, text: &str) -> Option<Expression> {
        self.checked(pointer, |scope| check::date(text, scope))
    }

    fn due(&mut self, due: &DueFile) -> Option<Due> {
        let DueFile { on, from, days, months, otherwise, first_day, every, yearly, first, until, wording } =
            due;
        let recurs = first.is_some() || until.is_some();
        let counted = days.is_some() || months.is_some() || otherwise.is_some() || first_day.is_some();
        let last = |compiler: &mut Self| {
            until.as_deref().map_or(Some(None), |text| compiler.date("/due/until", text).map(Some))
        };
        match (on, from, every, yearly, wording) {
            (Some(_), None, None, None, None) | (None, Some(_), None, None, None) if !recurs => {
                let day = DayFile {
                    on: on.clone(),
                    from: from.clone(),
                    days: days.clone(),
                    months: months.clone(),
                    otherwise: otherwise.clone(),
                    first_day: *first_day,
                };
                self.day("/due", &day).map(Due::Once)
            }
            (None, None, Some(every), None, None) if !counted => {
                let Some(first) = first else {
                    self.fault("/due", Problem::NoFirst);
                    return None;
                };
                let (days, months) = (every.days.as_deref(), every.months.as_deref());
                let interval = self.length("/due/every", days, months, every.otherwise.as_deref())?;
                let first = self.day("/due/first", first)?;
                Some(Due::Every { interval, first, until: last(self)? })
            }
            (None, Some(from), None, Some(yearly), None) if !counted => {
                let otherwise = yearly.otherwise.as_deref();
                let pointers = ("/due/yearly/times", "/due/yearly/otherwise");
                let times = self.number(pointers, Unit::PerYear, &yearly.times, otherwise)?;
                let from = self.date("/due/from", from)?;
                let first = match first {
                    Some(first) => Some(self.day("/due/first", first)?),
                    None => None,
                };
                Some(Due::Yearly { times, from, first, until: last(self)? })
            }
            (None, None, None, None, Some(wording)) if !counted && !recurs => {
                Some(Due::Wording(wording.clone()))
            }
            _ => {
                self.fault("/due", Problem::DueForm);
                None
            }
        }
    }

    fn day(&mut self, pointer: &str, day: &DayFile) -> Option<Day> {
        let DayFile { on, from, days, months, otherwise, first_day } = day;
        let length = days.is_some() || months.is_some() || otherwise.is_some() || first_day.is_some();
        match (on, from) {
            (Some(on), None) if !length => self.date(&format!("{pointer}/on"), on).map(Day::On),
            (None, Some(from)) => {
                let (days, months) = (days.as_deref(), months.as_deref());
                let from = self.date(&format!("{pointer}/from"), from);
                let length = self.length(pointer, days, months, otherwise.as_deref());
                Some(Day::After { from: from?, length: Box::new(length?), first_day: *first_day })
            }
            _ => {
                self.fault(pointer, Problem::DueForm);
                None
            }
        }
    }

    fn length(
        &mut self,
        pointer: &str,
        days: Option<&str>,
        months: Option<&str>,
        otherwise: Option<&str>,
    ) -> Option<Number> {
        let (unit, text, name) = match (days, months) {
            (Some(days), None) => (Unit::Days, days, "days"),
            (None, Some(months)) => (Unit::Months, months, "months"),
            _ => {
                self.fault(pointer, Problem::OneLength);
                return None;
            }
        };
        let pointers = (&*format!("{pointer}/{name}"), &*format!("{pointer}/otherwise"));
        self.number(pointers, unit, text, otherwise)
    }

    fn number(
        &mut self,
        (pointer, other): (&str, &str),
        unit: Unit,
        text: &str,
        otherwise: Option<&str>,
    ) -> Option<Number> {
        let count = self.checked(pointer, |scope| check::number(text, scope, unit));
        let otherwise = match otherwise {
            Some(text) => Some(self.checked(other, |scope| check::number(text, scope, unit))?),
            None => None,
        };
        let count = count?;
        if !count.reads(Root::Contract) && !reads_something(&count) {
            self.fault(pointer, Problem::NumberWithoutSource);
        }
        if otherwise.as_ref().is_some_and(|number| parameter(number).is_none()) {
            self.fault(other, Problem::NumberWithoutSource);
        }
        Some(Number { unit, count, otherwise })
    }

    fn done(&mut self, file: &ObligationFile) -> Option<Done> {
        let Some(done) = &file.done else {
            if file.unrecorded.is_none() {
                self.fault("/id", Problem::DoneForm);
            }
            return Some(Done::Unrecorded);
        };
        match (&done.deeds, &done.that, &file.unrecorded) {
            (Some(deeds), None, None) => {
                let list = self.checked("/done/deeds", |scope| check::objects(deeds, scope))?;
                let on = match done.on.as_deref() {
                    Some(name) => Some(self.date_field(&list.ty, name)?),
                    None => None,
                };
                Some(Done::Deeds { list, on })
            }
            (None, Some(that), None) if done.on.is_none() => {
                self.checked("/done/that", |scope| check::condition(that, scope)).map(Done::That)
            }
            _ => {
                self.fault("/done", Problem::DoneForm);
                None
            }
        }
    }

    fn date_field(&mut self, list: &Type, name: &str) -> Option<&'static str> {
        let Type::List(item) = list else { return None };
        let Type::Object(object) = **item else { return None };
        let found = object.property(name).filter(|field| field.shape() == Shape::Date);
        if found.is_none() {
            self.fault("/done/on", Problem::NoDateField(name.to_owned()));
        }
        found.map(|field| field.name)
    }
}

/// Whether a number is more than a literal.
fn reads_something(number: &Expression) -> bool {
    use crate::expression::typed::Kind;
    let mut reads = false;
    number.walk(&mut |inner| reads |= matches!(inner.kind, Kind::Select(..) | Kind::Parameter(..)));
    reads
}

impl Due {
    /// The expressions that give the due date.
    fn expressions(&self) -> Vec<&Expression> {
        match self {
            Due::Once(day) => day.expressions(),
            Due::Every { interval, first, until } => {
                std::iter::once(&interval.count).chain(first.expressions()).chain(until).collect()
            }
            Due::Yearly { times, from, first, until } => {
                let first = first.iter().flat_map(Day::expressions);
                [&times.count, from].into_iter().chain(first).chain(until).collect()
            }
            Due::Wording(_) => Vec::new(),
        }
    }
}

impl Day {
    fn expressions(&self) -> Vec<&Expression> {
        match self {
            Day::On(on) => vec![on],
            Day::After { from, length, .. } => vec![from, &length.count],
        }
    }
}

impl Done {
    fn expression(&self) -> Option<&Expression> {
        match self {
            Done::Deeds { list, .. } => Some(list),
            Done::That(that) => Some(that),
            Done::Unrecorded => None,
        }
    }
}
