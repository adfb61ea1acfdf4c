//! Policies for people: the list, and one policy as ordinary sentences.

use std::fmt::Write;

use crate::expression::sentence;
use crate::expression::typed::Constant;
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::compile::constant;
use crate::policy::file::{PolicyFile, WhenEmpty};
use crate::policy::library::{Binds, Library, Seen};
use crate::render::sheet::Sheet;
use crate::schema::Unit;

/// One line per policy: id, severity, origin, title; and how many there are.
pub fn list(library: &Library, lang: Lang) -> String {
    let mut out = String::new();
    for policy in library.policies.values() {
        let _ = writeln!(
            out,
            "{:<10} {}  {}  {}",
            policy.id,
            pad(policy.severity.title(lang), 8),
            pad(origin(policy, lang), 9),
            policy.title.get(lang)
        );
    }
    let policies = library.policies.len();
    let stands_for = |measure: &&String| {
        library.policies.values().any(|policy| policy.measure.as_deref().unwrap_or(&policy.id) == *measure)
    };
    let measures = library.families.iter().flat_map(|family| &family.measures).filter(stands_for).count();
    let _ = match lang {
        Lang::Ja => writeln!(out, "確認項目{policies}件（再発防止策{measures}件に対応）"),
        Lang::En => writeln!(out, "{policies} policies; {measures} measures are covered"),
    };
    out
}

fn origin(policy: &PolicyFile, lang: Lang) -> &'static str {
    use crate::policy::Origin;
    let (ja, en) = match policy.basis.origin {
        Origin::Announced => ("公表", "announced"),
        Origin::Ordered => ("要求", "ordered"),
        Origin::Derived => ("導出", "derived"),
        Origin::Framework => ("基準", "framework"),
    };
    lang.pick(ja, en)
}

/// Pads to a width in terminal columns; Japanese characters take two.
fn pad(text: &str, width: usize) -> String {
    let columns: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(columns)))
}

/// One policy: the rule as sentences, its basis, its parameters with their source.
pub fn sheet(policy: &Policy, library: &Library, lang: Lang) -> Sheet {
    let file = &policy.file;
    let mut sheet = Sheet::new(format!("{}  {}", file.id, file.title.get(lang)));
    let mut section = |title: &'static str, lines: Vec<String>| sheet.section(title, lines);
    let stages: Vec<&str> = file.stages.iter().map(|stage| stage.title(lang)).collect();
    let facts = match lang {
        Lang::Ja => vec![
            format!("重要度：{}", file.severity.title(lang)),
            format!("契約段階：{}", stages.join("、")),
            format!("再発防止策：{}", policy.measure()),
        ],
        Lang::En => vec![
            format!("severity: {}", file.severity.title(lang)),
            format!("stages: {}", stages.join(", ")),
            format!("measure: {}", policy.measure()),
        ],
    };
    section(lang.pick("概要", "In short"), facts);
    section(lang.pick("理由", "Why"), vec![file.why.get(lang).to_owned()]);
    section(lang.pick("対象", "Target"), target(policy, lang));
    section(lang.pick("判定条件", "What must hold"), clauses(policy, lang));
    section(lang.pick("パラメーター", "Parameters"), parameters(file, lang));
    section(lang.pick("根拠", "Basis"), basis(file, library, lang));
    section(lang.pick("是正の内容", "Remedy"), vec![file.remedy.get(lang).to_owned()]);
    section(lang.pick("照会文", "Question"), vec![file.question.get(lang).to_owned()]);
    section(lang.pick("条項例", "Model clause"), vec![file.model_clause.get(lang).to_owned()]);
    sheet
}

fn target(policy: &Policy, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(binding) = &policy.for_each {
        let Type::List(_) = &binding.list.ty else { return lines };
        let path = format!("{}.{}", binding.root.word(), binding.fields.join("."));
        let field =
            binding.fields.iter().try_fold(binding.root.kind().root(), |field, name| field.property(name));
        let title = field.map_or("", |field| field.title(lang));
        lines.push(match lang {
            Lang::Ja => format!("{title}（{path}）の一件ごとに判定"),
            Lang::En => format!("each item of the {title} ({path})"),
        });
        let empty = match (policy.file.when_empty, &policy.file.when_empty_because) {
            (Some(WhenEmpty::NotApplicable), Some(because)) => match lang {
                Lang::Ja => format!("一覧が空の場合：対象外（{}）", because.get(lang)),
                Lang::En => format!("if the list is empty: not applicable ({})", because.get(lang)),
            },
            _ => lang.pick("一覧が空の場合：未確認", "if the list is empty: undecided").to_owned(),
        };
        lines.push(empty);
    }
    if let Some(when) = &policy.applies_when {
        let condition = sentence::condition(when, lang);
        lines.push(match lang {
            Lang::Ja => format!("{condition}に適用"),
            Lang::En => format!("applies {condition}"),
        });
    }
    lines
}

fn clauses(policy: &Policy, lang: Lang) -> Vec<String> {
    let lines = policy.clauses.iter().enumerate().map(|(at, clause)| {
        let wanted = policy.demand(at, lang);
        let when = clause.when.as_ref().map(|when| sentence::condition(when, lang));
        let part = clause.part.title(lang);
        match (lang, when) {
            (Lang::Ja, Some(when)) => format!("[{}] {part}：{when}は、{wanted}", clause.id),
            (Lang::Ja, None) => format!("[{}] {part}：{wanted}", clause.id),
            (Lang::En, Some(when)) => format!("[{}] {part}: {when}, {wanted}", clause.id),
            (Lang::En, None) => format!("[{}] {part}: {wanted}", clause.id),
        }
    });
    lines.collect()
}

fn parameters(file: &PolicyFile, lang: Lang) -> Vec<String> {
    let lines = file.parameters.iter().map(|(name, parameter)| {
        let unit = parameter.unit.as_deref().and_then(Unit::from_word);
        let value = match constant(&parameter.value) {
            Some(Constant::Int(number)) => {
                unit.map_or_else(|| number.to_string(), |unit| unit.with(number, lang))
            }
            _ => parameter.value.to_string(),
        };
        let (source, from) = (parameter.source.title(lang), parameter.from.get(lang));
        match lang {
            Lang::Ja => format!("{name} = {value}（出どころ：{source}。{from}）"),
            Lang::En => format!("{name} = {value} (source: {source}; {from})"),
        }
    });
    lines.collect()
}

fn basis(file: &PolicyFile, library: &Library, lang: Lang) -> Vec<String> {
    let mut lines = vec![file.basis.origin.title(lang).to_owned()];
    if !file.basis.incidents.is_empty() {
        let incidents = file.basis.incidents.join(", ");
        lines.push(format!("{}{incidents}", lang.pick("事案：", "incidents: ")));
    }
    lines.extend(file.basis.note.iter().map(|note| note.get(lang).to_owned()));
    for reference in file.references.iter().filter_map(|id| library.references.get(id)) {
        let binds = binds(reference.binds, lang);
        let seen = seen(reference.seen, lang);
        let title = reference.title.get(lang);
        lines.push(match lang {
            Lang::Ja => format!("{title}（{binds}、{seen}）"),
            Lang::En => format!("{title} ({binds}; {seen})"),
        });
    }
    lines
}

/// Whom a reference addresses.
pub fn binds(binds: Binds, lang: Lang) -> &'static str {
    let (ja, en) = match binds {
        Binds::Client => ("委託者を対象", "for the client"),
        Binds::Contractor => ("受託者を対象", "for the contractor"),
        Binds::Both => ("委託者及び受託者を対象", "for client and contractor"),
        Binds::Nobody => ("参考となる基準", "a standard that may be agreed"),
    };
    lang.pick(ja, en)
}

/// How a reference was checked.
pub fn seen(seen: Seen, lang: Lang) -> &'static str {
    let (ja, en) = match seen {
        Seen::Primary => ("原典確認済み", "seen in the authority's own text"),
        Seen::Secondhand => ("引用・転載により確認", "seen in a copy or quotation"),
        Seen::Unverified => ("条文等を未確認", "not yet checked"),
    };
    lang.pick(ja, en)
}
