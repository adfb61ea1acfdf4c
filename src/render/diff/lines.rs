//! A change in lines, for whatever shows lines.

use crate::diff::cause::{Cause, Role};
use crate::diff::facts::{FactChange, Stated};
use crate::diff::side::State;
use crate::diff::{About, Change, Direction, Note};
use crate::lang::Lang;

/// A change: a head, and lines below it.
pub(super) struct Lines {
    pub(super) head: String,
    pub(super) lines: Vec<Line>,
}

/// A line with its depth below the head.
pub(super) struct Line {
    pub(super) depth: usize,
    pub(super) text: String,
}

pub(super) fn lines(change: &Change, lang: Lang) -> Lines {
    let direction = direction(change.direction, lang);
    let head = match lang {
        Lang::Ja => {
            format!("【{direction}】{} {}　対象：{}", change.policy, change.title, change.target_title)
        }
        Lang::En => {
            format!("[{direction}] {} {}; target: {}", change.policy, change.title, change.target_title)
        }
    };
    let line = |depth, text| Line { depth, text };
    let arrow = lang.pick("→", " -> ");
    let [was, is] = [(&change.before, &change.because[0]), (&change.after, &change.because[1])]
        .map(|(state, because)| shown(state.as_ref(), because.as_deref(), lang));
    let mut lines = vec![line(0, format!("{}{was}{arrow}{is}", lang.pick("判定：", "verdict: ")))];
    lines.push(line(0, causes(&change.causes, lang)));
    lines.extend(change.facts.iter().map(|fact| line(1, of_fact(fact, lang))));
    lines.extend(change.notes.iter().map(|note| line(1, of_note(note, lang))));
    Lines { head, lines }
}

pub(super) fn direction(direction: Direction, lang: Lang) -> &'static str {
    match direction {
        Direction::Worse => lang.pick("悪化", "worse"),
        Direction::Better => lang.pick("改善", "better"),
        Direction::Other => lang.pick("その他", "other"),
    }
}

/// A verdict with what belongs to it: 未確認（記載なし、要是正）.
pub(super) fn shown(state: Option<&State>, because: Option<&str>, lang: Lang) -> String {
    let Some(state) = state else { return lang.pick("判定なし", "not judged").to_owned() };
    let mut more: Vec<&str> = state.sub_reasons.iter().map(|reason| reason.title(lang)).collect();
    more.extend(state.accepted.map(|accepted| accepted.title(lang)));
    more.extend(state.assurance.map(|assurance| assurance.title(lang)));
    more.extend(because);
    if state.blocks {
        more.push(lang.pick("要是正", "blocks"));
    }
    let title = state.verdict.title(lang);
    match lang {
        _ if more.is_empty() => title.to_owned(),
        Lang::Ja => format!("{title}（{}）", more.join("、")),
        Lang::En => format!("{title} ({})", more.join(", ")),
    }
}

fn causes(causes: &[Cause], lang: Lang) -> String {
    let label = lang.pick("原因：", "cause: ");
    if causes.is_empty() {
        let unknown = lang.pick(
            "記録された前提に違いがなく、特定できない",
            "nothing that was recorded differs; not to be told",
        );
        return format!("{label}{unknown}");
    }
    let one = |cause: &Cause| {
        let (component, role) = (cause.component.title(lang), cause.role.title(lang));
        match lang {
            Lang::Ja => format!("{component}（{role}）"),
            Lang::En => format!("{component} ({role})"),
        }
    };
    let all: Vec<String> = causes.iter().map(one).collect();
    let open = match causes.iter().any(|cause| cause.role == Role::Possible) {
        true => lang.pick("。記録からは、いずれによるかを特定できない", "; the records do not tell which"),
        false => "",
    };
    format!("{label}{}{open}", all.join(lang.pick("、", ", ")))
}

fn of_fact(fact: &FactChange, lang: Lang) -> String {
    let side = |stated: &Option<Stated>| {
        let none = lang.pick("記載なし", "not stated");
        let Some(stated) = stated else { return none.to_owned() };
        let value = stated.shown.as_deref().unwrap_or(none);
        match (&stated.place, lang) {
            (None, _) => value.to_owned(),
            (Some(place), Lang::Ja) => format!("{value}（{place}）"),
            (Some(place), Lang::En) => format!("{value} ({place})"),
        }
    };
    let (was, is) = (side(&fact.before), side(&fact.after));
    match lang {
        Lang::Ja => format!("{}（{}）：{was}→{is}", fact.title, fact.path),
        Lang::En => format!("{} ({}): {was} -> {is}", fact.title, fact.path),
    }
}

fn of_note(note: &Note, lang: Lang) -> String {
    let about = match note.about {
        About::Parameter => lang.pick("パラメーター", "parameter"),
        About::Waiver => lang.pick("例外措置", "waiver"),
        About::Evidence => lang.pick("根拠資料", "evidence"),
    };
    let none = lang.pick("なし", "none");
    let (was, is) = (note.before.as_deref().unwrap_or(none), note.after.as_deref().unwrap_or(none));
    match lang {
        Lang::Ja => format!("{about} {}：{was}→{is}", note.name),
        Lang::En => format!("{about} {}: {was} -> {is}", note.name),
    }
}
