//! One finding in words, as short formats and code hosts show it.

use super::view::{ClauseView, FactView, GapView, OutcomeView, ProofView};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;

/// Whether an outcome is a finding (指摘事項): neither pass nor not applicable.
pub fn is_finding(outcome: &OutcomeView) -> bool {
    outcome.verdict.is_finding()
}

/// What decides, in a few words; empty where nothing was read and nothing is missing.
pub fn summary(outcome: &OutcomeView, lang: Lang) -> String {
    let failed = outcome.clauses.iter().filter(|clause| clause.state == "false");
    let failed: Vec<String> = failed
        .map(|clause| {
            let apart = clause.facts.len() > 1;
            let facts: Vec<String> = clause
                .facts
                .iter()
                .map(|fact| match (apart, lang) {
                    (false, _) => format!("{}={}", fact.path, fact.value),
                    (true, Lang::Ja) => format!("{}={}（{}）", fact.path, fact.value, place(fact)),
                    (true, Lang::En) => format!("{}={} ({})", fact.path, fact.value, place(fact)),
                })
                .collect();
            match lang {
                Lang::Ja => format!("〔求める内容：{}／記載：{}〕", clause.wanted, facts.join("、")),
                Lang::En => format!("[wanted: {}; stated: {}]", clause.wanted, facts.join(", ")),
            }
        })
        .collect();
    if !failed.is_empty() {
        return failed.join(" ");
    }
    if raw(outcome) == Verdict::Unproven {
        return unproven_summary(outcome, lang);
    }
    let mut gaps: Vec<String> = Vec::new();
    for gap in open_gaps(outcome) {
        let values: Vec<String> = gap
            .conflicting
            .iter()
            .map(|value| match lang {
                Lang::Ja => format!("{}（{}{}）", value.value, place(value), rank(value, lang)),
                Lang::En => format!("{} ({}{})", value.value, place(value), rank(value, lang)),
            })
            .collect();
        let values = if values.is_empty() {
            String::new()
        } else {
            format!("={}", values.join(lang.pick("／", " / ")))
        };
        let gap = match lang {
            Lang::Ja => format!("{}：{}{values}", gap.sub_reason_title, gap.path),
            Lang::En => format!("{}: {}{values}", gap.sub_reason_title, gap.path),
        };
        if !gaps.contains(&gap) {
            gaps.push(gap);
        }
    }
    match lang {
        _ if gaps.is_empty() => String::new(),
        Lang::Ja => format!("〔{}〕", gaps.join("、")),
        Lang::En => format!("[{}]", gaps.join(", ")),
    }
}

/// The verdict before any waiver.
pub fn raw(outcome: &OutcomeView) -> Verdict {
    outcome.accepted.unwrap_or(outcome.verdict)
}

/// The proofs that are not there, of clauses that hold as declared.
pub fn lacking(outcome: &OutcomeView) -> impl Iterator<Item = (&ClauseView, &ProofView)> {
    let unproven = raw(outcome) == Verdict::Unproven;
    let proofs = outcome.clauses.iter().filter_map(|clause| Some((clause, clause.proof.as_ref()?)));
    proofs.filter(move |(_, proof)| unproven && !proof.met)
}

fn unproven_summary(outcome: &OutcomeView, lang: Lang) -> String {
    let facts = lacking(outcome).flat_map(|(_, proof)| &proof.facts);
    let facts = facts.filter(|fact| !fact.lacking.is_empty());
    let paths: Vec<&str> = facts.map(|fact| fact.path.as_str()).collect();
    match lang {
        Lang::Ja => format!("〔裏付けのない記載：{}〕", paths.join("、")),
        Lang::En => format!("[not proven: {}]", paths.join(", ")),
    }
}

/// What proof is asked for: the level, the kinds, the greatest age.
pub fn demand(proof: &ProofView, lang: Lang) -> String {
    let mut words = vec![match lang {
        Lang::Ja => format!("確認の程度が「{}」以上であること", proof.least_title),
        Lang::En => format!("at least {}", proof.least_title),
    }];
    if let Some((last, before)) = proof.kinds.split_last() {
        words.push(match lang {
            Lang::Ja if before.is_empty() => format!("資料の種別が「{last}」であること"),
            Lang::Ja => {
                format!("資料の種別が「{}」又は「{last}」のいずれかであること", before.join("」、「"))
            }
            Lang::En if before.is_empty() => format!("by evidence of this kind: {last}"),
            Lang::En => format!("by evidence of one of these kinds: {} or {last}", before.join(", ")),
        });
    }
    if let Some(months) = proof.max_age_months {
        words.push(match lang {
            Lang::Ja => format!("発行後{months}か月以内であること"),
            Lang::En => format!("issued within {months} months"),
        });
    }
    words.join(lang.pick("、かつ、", "; "))
}

/// The verdict, and whether it stops the next step: `不適合【要是正】`, `undecided (does not block)`.
pub fn verdict(outcome: &OutcomeView, lang: Lang) -> String {
    let blocks = match (outcome.blocks, lang) {
        (true, Lang::Ja) => "【要是正】",
        (true, Lang::En) => " (blocks)",
        (false, Lang::Ja) => "（先行可）",
        (false, Lang::En) => " (does not block)",
    };
    format!("{}{blocks}", outcome.verdict_title)
}

/// The whole finding in one paragraph: verdict, title, target, what decides, what to do.
pub fn paragraph(outcome: &OutcomeView, lang: Lang) -> String {
    let (verdict, summary) = (verdict(outcome, lang), summary(outcome, lang));
    let (title, target, (label, next)) = (&outcome.title, &outcome.target_title, next(outcome, lang));
    let text = match lang {
        Lang::Ja => format!("{verdict} {title}：{target} {summary} {label}{next}"),
        Lang::En => format!("{verdict}: {title}: {target} {summary} {label}{next}"),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The details line by line: the target, what was wanted and stated or is missing, what to do.
pub fn lines(outcome: &OutcomeView, lang: Lang) -> Vec<String> {
    let path = if outcome.target == "dossier" { String::new() } else { format!(" {}", outcome.target) };
    let mut lines = vec![format!("{}{}{path}", lang.pick("対象：", "target: "), outcome.target_title)];
    for clause in outcome.clauses.iter().filter(|clause| matches!(clause.state, "false" | "open")) {
        lines.push(format!("{}{}", lang.pick("求める内容：", "wanted: "), clause.wanted));
        for fact in clause.facts.iter().filter(|_| clause.state == "false") {
            lines.push(format!("{}{}", lang.pick("記載：", "stated: "), fact_line(fact, lang)));
        }
        for gap in clause.gaps.iter().filter(|_| clause.state == "open") {
            lines.push(gap_line(gap, lang));
        }
    }
    if !outcome.gaps.is_empty() && !outcome.clauses.is_empty() {
        let why = ("適用されるかどうかを決められません", "whether the policy applies cannot be decided");
        lines.push(lang.pick(why.0, why.1).to_owned());
    }
    lines.extend(outcome.gaps.iter().map(|gap| gap_line(gap, lang)));
    for (clause, proof) in lacking(outcome) {
        lines.push(format!("{}{}", lang.pick("満たすとの記載：", "holds as declared: "), clause.wanted));
        lines.push(format!("{}{}", lang.pick("必要な裏付け：", "proof asked for: "), demand(proof, lang)));
        for fact in proof.facts.iter().filter(|fact| !fact.lacking.is_empty()) {
            let (title, path, why) = (&fact.title, &fact.path, fact.lacking.join(lang.pick("／", " / ")));
            lines.push(match lang {
                Lang::Ja => format!("裏付けのない記載：{title}（{path}）　{why}"),
                Lang::En => format!("not proven: {title} ({path}): {why}"),
            });
        }
    }
    if let Some(waiver) = &outcome.waiver {
        let raw = raw(outcome).title(lang);
        lines.push(match lang {
            Lang::Ja => format!("例外措置：{waiver}（本来の判定：{raw}）"),
            Lang::En => format!("waived by {waiver}; would be {raw}"),
        });
    }
    let (label, next) = next(outcome, lang);
    lines.push(format!("{label}{next}"));
    lines
}

/// What to do next: to mend what fails, to ask where something is open.
fn next(outcome: &OutcomeView, lang: Lang) -> (&'static str, &str) {
    match raw(outcome) {
        Verdict::Fail => (lang.pick("是正：", "remedy: "), &outcome.remedy),
        Verdict::Unproven => (
            lang.pick("対応：", "to do: "),
            lang.pick(
                "根拠資料の提出を求め、内容を確認して evidence.yaml に記録してください。",
                "ask for the evidence, examine it and record it in evidence.yaml.",
            ),
        ),
        _ => (lang.pick("照会：", "ask: "), &outcome.question),
    }
}

/// What keeps an outcome open.
pub fn open_gaps(outcome: &OutcomeView) -> impl Iterator<Item = &GapView> {
    let open = outcome.clauses.iter().filter(|clause| clause.state == "open");
    open.flat_map(|clause| &clause.gaps).chain(&outcome.gaps)
}

/// The facts that made an outcome fail.
pub fn failed_facts(outcome: &OutcomeView) -> impl Iterator<Item = &FactView> {
    outcome.clauses.iter().filter(|clause| clause.state == "false").flat_map(|clause| &clause.facts)
}

/// A stated fact with its value and where in the original it stands.
pub fn fact_line(fact: &FactView, lang: Lang) -> String {
    let (place, rank) = (place(fact), rank(fact, lang));
    let original = fact.place.original.as_deref();
    let original = original.unwrap_or(lang.pick("原本の該当箇所 未記入", "place in the original not given"));
    match lang {
        Lang::Ja => format!("{}：{}（{original}{rank}／{place}）", fact.title, fact.value),
        Lang::En => format!("{}: {} ({original}{rank}; {place})", fact.title, fact.value),
    }
}

/// Where a fact stands.
fn place(fact: &FactView) -> String {
    format!("{}:{}:{}", fact.place.file, fact.place.line, fact.place.column)
}

/// The rank of the document that states a value, where documents disagree; begins with a comma.
pub fn rank(fact: &FactView, lang: Lang) -> String {
    match (&fact.rank, lang) {
        (None, _) => String::new(),
        (Some(rank), Lang::Ja) => format!("、原本の優先順位{rank}"),
        (Some(rank), Lang::En) => format!(", precedence {rank}"),
    }
}

/// What is missing, in which way, and where it should be written.
pub fn gap_line(gap: &GapView, lang: Lang) -> String {
    let mut line = match lang {
        Lang::Ja => format!("{}：{}（{}）", gap.sub_reason_title, gap.title, gap.path),
        Lang::En => format!("{}: {} ({})", gap.sub_reason_title, gap.title, gap.path),
    };
    if let Some(detail) = &gap.detail {
        line.push_str(&match lang {
            Lang::Ja => format!("「{detail}」"),
            Lang::En => format!(" \"{detail}\""),
        });
    }
    for value in &gap.conflicting {
        line.push_str(lang.pick("／", " / "));
        line.push_str(&fact_line(value, lang));
    }
    line
}
