//! One line per finding: `path:line:col: verdict[ID]: what`.

use super::escape;
use super::view::{DossierView, OutcomeView};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;

/// Writes the findings of a dossier and a line of totals.
pub fn dossier(view: &DossierView, lang: Lang) -> String {
    let findings = view.outcomes.iter().filter(|outcome| is_finding(outcome));
    let mut out: String = findings.map(|outcome| line(outcome, lang)).collect();
    out.push_str(&totals(view, lang));
    out
}

/// Whether an outcome is a finding (指摘事項): neither pass nor not applicable.
pub fn is_finding(outcome: &OutcomeView) -> bool {
    !matches!(outcome.verdict, Verdict::Pass | Verdict::NotApplicable)
}

fn line(outcome: &OutcomeView, lang: Lang) -> String {
    let place = outcome.place.as_ref();
    let place = place.map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
    let what = summary(outcome, lang);
    let blocks = if outcome.blocks { lang.pick("【要是正】", " (blocks)") } else { "" };
    let verdict = outcome.verdict.word();
    let line = format!("{}{verdict}[{}]{blocks}: {} {}", place.unwrap_or_default(), outcome.policy, outcome.title, what);
    escape::terminal(line.trim_end()) + "\n"
}

/// What decides, in a few words.
pub fn summary(outcome: &OutcomeView, lang: Lang) -> String {
    let failed = outcome.clauses.iter().filter(|clause| clause.state == "false");
    let failed: Vec<String> = failed
        .map(|clause| {
            let facts: Vec<String> =
                clause.facts.iter().map(|fact| format!("{}={}", fact.path, fact.value)).collect();
            match lang {
                Lang::Ja => format!("〔求める内容：{}／記載：{}〕", clause.wanted, facts.join("、")),
                Lang::En => format!("[wanted: {}; stated: {}]", clause.wanted, facts.join(", ")),
            }
        })
        .collect();
    if !failed.is_empty() {
        return failed.join(" ");
    }
    let open = outcome.clauses.iter().filter(|clause| clause.state == "open");
    let gaps = open.flat_map(|clause| &clause.gaps).chain(&outcome.gaps);
    let mut gaps: Vec<String> = gaps.map(|gap| format!("{}：{}", gap.sub_reason_title, gap.path)).collect();
    gaps.dedup();
    match lang {
        Lang::Ja => format!("〔{}〕", gaps.join("、")),
        Lang::En => format!("[{}]", gaps.join(", ").replace('：', ": ")),
    }
}

/// The totals of a dossier on one line; they add up.
pub fn totals(view: &DossierView, lang: Lang) -> String {
    let counts: Vec<String> = view
        .totals
        .iter()
        .map(|total| match lang {
            Lang::Ja => format!("{}{}", total.title, total.count),
            Lang::En => format!("{} {}", total.count, total.title),
        })
        .collect();
    let line = match lang {
        Lang::Ja => format!(
            "{}: 判定結果{}件（{}）、要是正{}件、判定基準日{}、契約段階 {}",
            view.name,
            view.outcome_count,
            counts.join("・"),
            view.blocking_count,
            view.as_of,
            view.stage_title
        ),
        Lang::En => format!(
            "{}: {} outcomes ({}), {} blocking, as of {}, stage {}",
            view.name,
            view.outcome_count,
            counts.join(", "),
            view.blocking_count,
            view.as_of,
            view.stage_title
        ),
    };
    escape::terminal(&line) + "\n"
}
