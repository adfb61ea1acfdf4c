//! Profiles for people: what one selects and why, and how two differ.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::lang::Lang;
use crate::policy::file::{Parameter, PolicyFile};
use crate::policy::library::{Library, Profile};
use crate::render::sheet::Sheet;
use crate::schema::Unit;

/// One line per profile: id, how many policies it selects, title.
pub fn list(library: &Library, lang: Lang) -> String {
    let mut out = String::new();
    for profile in library.profiles.values() {
        let count = library.select(profile).0.len();
        let _ = match lang {
            Lang::Ja => writeln!(out, "{:<20} {count:>4}件  {}", profile.id, profile.title.get(lang)),
            Lang::En => writeln!(out, "{:<20} {count:>4} policies  {}", profile.id, profile.title.get(lang)),
        };
    }
    out
}

/// One profile: whom it is for, what it selects and leaves out, its values, what blocks.
pub fn sheet(profile: &Profile, library: &Library, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(format!("{}  {}", profile.id, profile.title.get(lang)));
    sheet.section(lang.pick("用途", "Whom it is for"), vec![profile.why.get(lang).to_owned()]);
    let (selected, left_out) = library.select(profile);
    sheet.section(lang.pick("選択", "What it selects"), selection(profile, library, selected.len(), lang));
    let left_out = left_out.iter().map(|policy| {
        let reason = profile.select.except.iter().find(|exception| exception.policy == policy.id);
        match reason {
            Some(reason) => {
                format!("{}{}{}", named(policy, lang), lang.pick("：", ": "), reason.because.get(lang))
            }
            None => named(policy, lang),
        }
    });
    let left_out: Vec<String> = left_out.collect();
    if left_out.len() <= selected.len() {
        sheet.section(lang.pick("選ばない確認項目", "What it leaves out"), left_out);
    } else {
        let selected = selected.iter().map(|policy| named(policy, lang)).collect();
        sheet.section(lang.pick("選ぶ確認項目", "The policies"), selected);
    }
    sheet.section(lang.pick("置き換える値", "Replaced values"), replaced(profile, library, lang));
    sheet.section(lang.pick("要是正とする重要度", "What blocks"), vec![blocks(profile, lang)]);
    sheet
}

fn selection(profile: &Profile, library: &Library, count: usize, lang: Lang) -> Vec<String> {
    let select = &profile.select;
    let mut lines = vec![match lang {
        Lang::Ja => format!("確認項目{count}件"),
        Lang::En => format!("{count} policies"),
    }];
    if !select.families.is_empty() {
        let families: Vec<&str> = select.families.iter().map(|id| library.family_title(id, lang)).collect();
        lines.push(format!("{}{}", lang.pick("分野：", "families: "), families.join(lang.pick("、", ", "))));
    }
    if let Some(least) = select.least_severity {
        let least = least.title(lang);
        lines.push(match lang {
            Lang::Ja => format!("重要度が「{least}」以上のもの"),
            Lang::En => format!("of severity {least} or above"),
        });
    }
    lines
}

/// How two profiles differ; says so where they do not.
pub fn diff(one: &Profile, other: &Profile, library: &Library, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(format!("{} / {}", one.id, other.id));
    let selected = |profile: &Profile| -> BTreeSet<String> {
        library.select(profile).0.iter().map(|policy| policy.id.clone()).collect()
    };
    let (first, second) = (selected(one), selected(other));
    let only = |here: &BTreeSet<String>, there: &BTreeSet<String>| -> Vec<String> {
        let ids = here.difference(there).filter_map(|id| library.policies.get(id));
        ids.map(|policy| named(policy, lang)).collect()
    };
    let head = |profile: &Profile| match lang {
        Lang::Ja => format!("{} だけが選ぶ確認項目", profile.id),
        Lang::En => format!("Only in {}", profile.id),
    };
    sheet.section(head(one), only(&first, &second));
    sheet.section(head(other), only(&second, &first));
    let both = first.intersection(&second);
    sheet.section(
        lang.pick("値の違い", "Different values"),
        both.filter_map(|id| library.policies.get(id))
            .flat_map(|policy| values(policy, one, other, lang))
            .collect(),
    );
    let (here, there) = (blocks(one, lang), blocks(other, lang));
    if here != there {
        let lines = vec![format!("{}: {here}", one.id), format!("{}: {there}", other.id)];
        sheet.section(lang.pick("要是正とする重要度の違い", "Different blocking rules"), lines);
    }
    if sheet.is_empty() {
        let line = lang.pick("選ぶ確認項目、値及び要是正の条件は同じです", "they select and judge the same");
        sheet.section(lang.pick("結果", "Result"), vec![line.to_owned()]);
    }
    sheet
}

/// The parameters of a policy whose values differ.
fn values(policy: &PolicyFile, one: &Profile, other: &Profile, lang: Lang) -> Vec<String> {
    let value = |profile: &Profile, name: &str, parameter: &Parameter| {
        let own = profile.parameters.get(&policy.id).and_then(|values| values.get(name));
        own.map_or_else(|| parameter.value.clone(), |own| own.value.clone())
    };
    let mut lines = Vec::new();
    for (name, parameter) in &policy.parameters {
        let (here, there) = (value(one, name, parameter), value(other, name, parameter));
        if here != there {
            let (here, there) = (shown(&here, parameter, lang), shown(&there, parameter, lang));
            lines.push(format!("{} {name}: {here} / {there}", policy.id));
        }
    }
    lines
}

fn replaced(profile: &Profile, library: &Library, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (id, values) in &profile.parameters {
        let Some(policy) = library.policies.get(id) else { continue };
        for (name, own) in values {
            let Some(parameter) = policy.parameters.get(name) else { continue };
            let (before, after) =
                (shown(&parameter.value, parameter, lang), shown(&own.value, parameter, lang));
            let (source, from) = (own.source.title(lang), own.from.get(lang));
            lines.push(match lang {
                Lang::Ja => format!("{id} {name}：{before}→{after}（出どころ：{source}。{from}）"),
                Lang::En => format!("{id} {name}: {before} -> {after} (source: {source}; {from})"),
            });
        }
    }
    lines
}

fn shown(value: &serde_json::Value, parameter: &Parameter, lang: Lang) -> String {
    let unit = parameter.unit.as_deref().and_then(Unit::from_word).filter(|_| value.is_number());
    unit.map_or_else(|| value.to_string(), |unit| unit.with(value, lang))
}

fn blocks(profile: &Profile, lang: Lang) -> String {
    let (fail, undecided) = (profile.blocks.fail.title(lang), profile.blocks.undecided.title(lang));
    match lang {
        Lang::Ja => format!("不適合は重要度「{fail}」以上、未確認は重要度「{undecided}」以上"),
        Lang::En => format!("fail from severity {fail}, undecided from severity {undecided}"),
    }
}

fn named(policy: &PolicyFile, lang: Lang) -> String {
    format!("{} {}", policy.id, policy.title.get(lang))
}
