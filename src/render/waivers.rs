//! The waivers (例外措置), each with its state: as text and as a table in Markdown.

use std::fmt::Write;

use chrono::NaiveDate;

use super::escape;
use super::register::indented;
use super::view::waivers::WaiverView;
use crate::date::Period;
use crate::lang::Lang;
use crate::waiver::State;

/// The waivers for a terminal, one below the other.
pub fn text(name: &str, as_of: NaiveDate, waivers: &[WaiverView], lang: Lang) -> String {
    let mut out = String::new();
    for waiver in waivers {
        let place = format!("{}:{}:{}", waiver.place.file, waiver.place.line, waiver.place.column);
        let head = format!("{place}: {}[{}] {} {}", waiver.state, waiver.id, waiver.policy, waiver.target);
        let _ = writeln!(out, "{}", escape::terminal(&head));
        for (title, cell) in cells(waiver, lang) {
            if !cell.is_empty() {
                let line = format!("{title}{}{cell}", lang.pick("：", ": "));
                let _ = writeln!(out, "  {}", escape::terminal(&line));
            }
        }
        out.push('\n');
    }
    let states = State::ALL.map(|state| {
        let count = waivers.iter().filter(|waiver| waiver.state == state.word()).count();
        match lang {
            Lang::Ja => format!("{}{count}", state.title(lang)),
            Lang::En => format!("{count} {}", state.title(lang)),
        }
    });
    let (count, soon) = (waivers.len(), waivers.iter().filter(|waiver| waiver.ends_soon).count());
    let day = Period::day(as_of).shown(lang);
    out + &escape::terminal(&match lang {
        Lang::Ja => format!(
            "{name}: 例外措置{count}件（{}）、間もなく期限{soon}件、判定基準日{day}",
            states.join("・")
        ),
        Lang::En => {
            format!("{name}: {count} waivers ({}), {soon} ending soon, as of {day}", states.join(", "))
        }
    }) + "\n"
}

/// The waivers as a table in Markdown.
pub fn markdown(name: &str, as_of: NaiveDate, waivers: &[WaiverView], lang: Lang) -> String {
    let day = Period::day(as_of).shown(lang);
    let title = lang.pick("例外措置一覧", "Waivers");
    let head = match lang {
        Lang::Ja => format!("委託案件：{}　判定基準日：{day}", escape::markdown(name)),
        Lang::En => format!("Dossier: {}; as of {day}", escape::markdown(name)),
    };
    let mut out = format!("# {title}\n\n{head}\n\n");
    let Some(first) = waivers.first() else {
        return out + lang.pick("例外措置はありません。\n", "There are no waivers.\n");
    };
    let row = |cells: Vec<&str>| {
        let cells = cells.into_iter().map(escape::markdown);
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let fixed = [lang.pick("識別子", "id"), lang.pick("確認項目", "policy"), lang.pick("対象", "target")];
    let titles = cells(first, lang);
    out.push_str(&row(fixed.into_iter().chain(titles.iter().map(|(title, _)| *title)).collect()));
    out.push_str(&format!("|{}\n", " --- |".repeat(fixed.len() + titles.len())));
    for waiver in waivers {
        let cells = cells(waiver, lang);
        let ids = [waiver.id.as_str(), &waiver.policy, &waiver.target];
        out.push_str(&row(ids.into_iter().chain(cells.iter().map(|(_, cell)| cell.as_str())).collect()));
    }
    out
}

/// What there is to say of a waiver, each with its title; empty where nothing is.
fn cells(waiver: &WaiverView, lang: Lang) -> Vec<(&'static str, String)> {
    let joined = |parts: &[String]| parts.join(lang.pick("、", ", "));
    let told = |parts: &[&Option<String>]| {
        let there: Vec<String> = parts.iter().filter_map(|part| (*part).clone()).collect();
        there.join(lang.pick("　", ", "))
    };
    let state = match &waiver.because[..] {
        [] => waiver.state_title.to_owned(),
        because => match lang {
            Lang::Ja => format!("{}（{}）", waiver.state_title, joined(because)),
            Lang::En => format!("{} ({})", waiver.state_title, because.join("; ")),
        },
    };
    let left = waiver.days_left.filter(|_| waiver.ends_soon).map(|days| match lang {
        Lang::Ja => format!("【注意】期限まで{days}日"),
        Lang::En => format!("WARNING: {days} days left"),
    });
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        (lang.pick("状態", "state"), state),
        (lang.pick("確認項目の題名", "policy title"), text(&waiver.policy_title)),
        (lang.pick("許可する判定", "verdict accepted"), waiver.accepts_title.unwrap_or_default().to_owned()),
        (lang.pick("満たさない判定条件", "clauses"), joined(&waiver.clauses)),
        (lang.pick("理由", "reason"), text(&waiver.reason)),
        (lang.pick("代替措置", "compensating measure"), text(&waiver.compensating_measure)),
        (lang.pick("申請者", "requested by"), told(&[&waiver.requested_by, &waiver.requested_on])),
        (
            lang.pick("許可者", "approved by"),
            told(&[&waiver.approved_by, &waiver.approved_on, &waiver.decision_number]),
        ),
        (lang.pick("期限", "expires on"), told(&[&waiver.expires_on, &left])),
        (lang.pick("備考", "note"), text(&waiver.note)),
    ]
}

/// What was begun, and that nobody has approved it.
pub fn begun(path: &str, id: &str, entry: &str, lang: Lang) -> String {
    let (head, tail) = match lang {
        Lang::Ja => (
            format!("{path} に例外措置「{id}」のひな形を書き足しました。\n"),
            "空欄を記入してください。委託者の側の、申請者以外の者が許可するまで、効力はありません。\n",
        ),
        Lang::En => (
            format!("added the skeleton of the waiver `{id}` to {path}\n"),
            "fill in what is blank; it has no effect until someone on the client's side, other than the \
             requester, approves it\n",
        ),
    };
    head + &indented(entry) + tail
}
