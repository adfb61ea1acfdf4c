//! The coverage table of all replayed incidents, as Markdown.

use crate::date::Period;
use crate::lang::Lang;
use crate::render::escape;
use crate::replay::Replay;
use crate::replay::cause::Found;
use crate::replay::incident::{CauseKind, Coverage};

/// The table while incidents are added to it.
#[derive(Debug)]
pub struct Table {
    lang: Lang,
    out: String,
}

impl Table {
    /// An empty table with its head.
    pub fn new(lang: Lang) -> Table {
        let head = lang.pick(
            "| 事案 | 判定基準日 | 原因：状態（命中） | 原因：出来事（命中・照会・見落とし） | 原因に当たった確認項目 | 措置（確認項目あり・一般的な表明・未整備） | 典拠 |",
            "| incident | as of | conditions (hit) | events (hit, asked, missed) | policies that found or asked | measures (covered, general, pending) | source |",
        );
        Table { lang, out: format!("{head}\n| --- | --- | --- | --- | --- | --- | --- |\n") }
    }

    /// Adds an incident as a row.
    pub fn add(&mut self, replay: &Replay) {
        let (lang, incident) = (self.lang, &replay.incident);
        let count = |kind: CauseKind, found: Found| {
            let causes = incident.causes.iter().zip(&replay.causes);
            causes.filter(|(cause, replay)| cause.kind == kind && replay.found == found).count()
        };
        let all = |kind: CauseKind| incident.causes.iter().filter(|cause| cause.kind == kind).count();
        let measures =
            |wanted: Coverage| incident.measures.iter().filter(|one| one.coverage() == wanted).count();
        let mut policies: Vec<&str> =
            replay.causes.iter().flat_map(|cause| &cause.grounds).map(|ground| &*ground.policy).collect();
        policies.sort_unstable();
        policies.dedup();
        let between = lang.pick("・", ", ");
        let numbers = |numbers: &[usize]| {
            numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(lang.pick("・", " / "))
        };
        let hit = count(CauseKind::Condition, Found::Hit);
        let conditions = match (all(CauseKind::Condition), lang) {
            (0, _) => lang.pick("－", "-").to_owned(),
            (all, Lang::Ja) => format!("{all}件（{hit}）"),
            (all, Lang::En) => format!("{all} ({hit})"),
        };
        let events = match (all(CauseKind::Event), lang) {
            (0, _) => lang.pick("－", "-").to_owned(),
            (all, _) => {
                let found =
                    numbers(&[Found::Hit, Found::Asked, Found::Missed].map(|f| count(CauseKind::Event, f)));
                match lang {
                    Lang::Ja => format!("{all}件（{found}）"),
                    Lang::En => format!("{all} ({found})"),
                }
            }
        };
        let failed = if replay.passed() { "" } else { lang.pick("【不合格】", "(fails) ") };
        let cells = [
            format!("{failed}{}<br>{}", escape::markdown(incident.title.get(lang)), incident.id),
            Period::day(replay.assessment.case.as_of).shown(lang),
            conditions,
            events,
            policies.join(between),
            numbers(&[Coverage::Covered, Coverage::General, Coverage::Pending].map(measures)),
            incident.source.kind.title(lang).to_owned(),
        ];
        self.out += &format!("| {} |\n", cells.join(" | "));
    }

    /// The table with a last line under it.
    pub fn end(self, totals: &str) -> String {
        format!("{}\n{totals}\n", self.out)
    }
}
