//! The JSON of a comparison. Its structs are its own, so that the data can grow without changing it.

use serde::Serialize;
use serde_json::Value;

use super::Ends;
use super::lines::direction;
use crate::diff::cause::Cause;
use crate::diff::facts::{FactChange, Stated};
use crate::diff::side::{Side, State};
use crate::diff::{About, Change, Direction, DossierDiff, FileChange, Note, Pair, count};
use crate::lang::Lang;
use crate::render::format::json as one_line;

#[derive(Serialize)]
struct Page<'d> {
    format: &'static str,
    tool: Tool,
    language: &'static str,
    old: End<'d>,
    new: End<'d>,
    dossiers: Vec<Dossier<'d>>,
    totals: Totals,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct End<'d> {
    path: &'d str,
    as_of: &'d str,
    profile: &'d str,
    library_sha256: &'d str,
    version: &'d str,
}

#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Dossier<'d> {
    Compared(Compared<'d>),
    Vanished { name: &'d str },
    Appeared { name: &'d str },
    Unjudged { name: &'d str, before: bool, after: bool },
}

#[derive(Serialize)]
struct Compared<'d> {
    old_name: &'d str,
    new_name: &'d str,
    differs: Vec<&'static str>,
    files: Vec<File<'d>>,
    changes: Vec<Row<'d>>,
    unchanged: usize,
}

#[derive(Serialize)]
struct File<'d> {
    path: &'d str,
    before: bool,
    after: bool,
}

#[derive(Serialize)]
struct Row<'d> {
    policy: &'d str,
    title: &'d str,
    target: &'d str,
    target_title: &'d str,
    severity: &'static str,
    direction: &'static str,
    direction_title: &'static str,
    before: Option<Outcome<'d>>,
    after: Option<Outcome<'d>>,
    causes: Vec<CauseRow>,
    facts: Vec<Fact<'d>>,
    notes: Vec<NoteRow<'d>>,
}

#[derive(Serialize)]
struct Outcome<'d> {
    verdict: &'static str,
    verdict_title: &'static str,
    accepted: Option<&'static str>,
    assurance: Option<&'static str>,
    sub_reasons: Vec<&'static str>,
    blocks: bool,
    because: Option<&'d str>,
}

#[derive(Serialize)]
struct CauseRow {
    component: &'static str,
    component_title: &'static str,
    role: &'static str,
    role_title: &'static str,
}

#[derive(Serialize)]
struct Fact<'d> {
    path: &'d str,
    title: &'d str,
    before: Option<StatedRow<'d>>,
    after: Option<StatedRow<'d>>,
}

#[derive(Serialize)]
struct StatedRow<'d> {
    value: &'d Value,
    value_title: Option<&'d str>,
    place: Option<&'d str>,
}

#[derive(Serialize)]
struct NoteRow<'d> {
    about: &'static str,
    name: &'d str,
    before: Option<&'d str>,
    after: Option<&'d str>,
}

#[derive(Serialize)]
struct Totals {
    changed: usize,
    worse: usize,
    better: usize,
    other: usize,
    unchanged: usize,
}

pub(super) fn json(pairs: &[Pair], ends: Ends<'_>, lang: Lang) -> String {
    let [worse, better, other] =
        [Direction::Worse, Direction::Better, Direction::Other].map(|direction| count(pairs, direction));
    let unchanged = pairs.iter().map(|pair| match pair {
        Pair::Both(diff) => diff.unchanged,
        _ => 0,
    });
    let page = Page {
        format: "hadome/diff/1",
        tool: Tool { name: "hadome", version: env!("CARGO_PKG_VERSION") },
        language: lang.code(),
        old: End::of(ends.labels[0], ends.sides[0]),
        new: End::of(ends.labels[1], ends.sides[1]),
        dossiers: pairs.iter().map(|pair| Dossier::of(pair, lang)).collect(),
        totals: Totals { changed: worse + better + other, worse, better, other, unchanged: unchanged.sum() },
    };
    format!("{}\n", one_line(&page))
}

impl<'d> End<'d> {
    fn of(path: &'d str, side: &'d Side) -> Self {
        End {
            path,
            as_of: &side.as_of,
            profile: &side.profile.id,
            library_sha256: &side.library_sha256,
            version: &side.tool.version,
        }
    }
}

impl<'d> Dossier<'d> {
    fn of(pair: &'d Pair, lang: Lang) -> Self {
        match pair {
            Pair::Both(diff) => Dossier::Compared(Compared::of(diff, lang)),
            Pair::Vanished(name) => Dossier::Vanished { name },
            Pair::Appeared(name) => Dossier::Appeared { name },
            Pair::Unjudged { name, before, after } => {
                Dossier::Unjudged { name, before: *before, after: *after }
            }
        }
    }
}

impl<'d> Compared<'d> {
    fn of(diff: &'d DossierDiff, lang: Lang) -> Self {
        let file = |file: &'d FileChange| File { path: &file.path, before: file.before, after: file.after };
        Compared {
            old_name: &diff.names[0],
            new_name: &diff.names[1],
            differs: diff.components.iter().map(|component| component.word()).collect(),
            files: diff.files.iter().map(file).collect(),
            changes: diff.changes.iter().map(|change| Row::of(change, lang)).collect(),
            unchanged: diff.unchanged,
        }
    }
}

impl<'d> Row<'d> {
    fn of(change: &'d Change, lang: Lang) -> Self {
        let state = |state: &'d Option<State>, because: &'d Option<String>| {
            state.as_ref().map(|state| Outcome::of(state, because.as_deref(), lang))
        };
        Row {
            policy: &change.policy,
            title: &change.title,
            target: &change.target,
            target_title: &change.target_title,
            severity: change.severity.word(),
            direction: change.direction.word(),
            direction_title: direction(change.direction, lang),
            before: state(&change.before, &change.because[0]),
            after: state(&change.after, &change.because[1]),
            causes: change.causes.iter().map(|cause| CauseRow::of(cause, lang)).collect(),
            facts: change.facts.iter().map(Fact::of).collect(),
            notes: change.notes.iter().map(NoteRow::of).collect(),
        }
    }
}

impl<'d> Outcome<'d> {
    fn of(state: &State, because: Option<&'d str>, lang: Lang) -> Self {
        Outcome {
            verdict: state.verdict.word(),
            verdict_title: state.verdict.title(lang),
            accepted: state.accepted.map(|accepted| accepted.word()),
            assurance: state.assurance.map(|level| level.word()),
            sub_reasons: state.sub_reasons.iter().map(|reason| reason.word()).collect(),
            blocks: state.blocks,
            because,
        }
    }
}

impl CauseRow {
    fn of(cause: &Cause, lang: Lang) -> Self {
        CauseRow {
            component: cause.component.word(),
            component_title: cause.component.title(lang),
            role: cause.role.word(),
            role_title: cause.role.title(lang),
        }
    }
}

impl<'d> Fact<'d> {
    fn of(fact: &'d FactChange) -> Self {
        let stated = |stated: &'d Option<Stated>| {
            stated.as_ref().map(|stated| StatedRow {
                value: &stated.value,
                value_title: stated.shown.as_deref(),
                place: stated.place.as_deref(),
            })
        };
        Fact {
            path: &fact.path,
            title: &fact.title,
            before: stated(&fact.before),
            after: stated(&fact.after),
        }
    }
}

impl<'d> NoteRow<'d> {
    fn of(note: &'d Note) -> Self {
        let about = match note.about {
            About::Parameter => "parameter",
            About::Waiver => "waiver",
            About::Evidence => "evidence",
        };
        NoteRow { about, name: &note.name, before: note.before.as_deref(), after: note.after.as_deref() }
    }
}
