//! A copy for release, as far as it is a matter of the page: outcomes of which nothing is told, the sweep
//! over the finished text, and the list of what is hidden (不開示箇所一覧).

use std::collections::BTreeSet;

use serde::Serialize;

use super::letters::{letters, read};
use super::markdown::{Faulty, Templates};
use super::report::ReportView;
use super::view::{DossierView, OutcomeView};
use crate::lang::Lang;
use crate::redact::Redaction;
use crate::redact::ledger::{Cause, HIDDEN, What, is_hidden, keeps_apart, row_of};
use crate::redact::needle::replaced;
use crate::schema::Kind;

/// The list of what is hidden, ready for its template.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedactionView {
    /// The rows, numbered in this order.
    pub rows: Vec<HiddenRow>,
    /// How many places are hidden; the rows add up to it.
    pub total: usize,
    /// What stands in place of what is hidden.
    pub hidden: &'static str,
}

/// What is hidden on one ground.
#[derive(Clone, Debug, Serialize)]
pub struct HiddenRow {
    /// Its number, from 1.
    pub number: usize,
    /// What is hidden, without its value.
    pub what: String,
    /// The path of the field without ids, where it is one.
    pub path: Option<String>,
    /// The class of information.
    pub class: Option<String>,
    /// The ground.
    pub ground: String,
    /// The sections of the report.
    pub sections: Vec<String>,
    /// How many places.
    pub count: usize,
}

/// Hides what outcomes tell whose policies are hidden. That they were found, and how heavy they are,
/// stays, so that the numbers of the report stay what they are.
pub fn hide_outcomes(view: &mut DossierView, redaction: &mut Redaction) {
    for outcome in &mut view.outcomes {
        let Some(sign) = redaction.policy(&outcome.policy, &outcome.family) else { continue };
        let sign = sign.to_string();
        for clause in &mut outcome.clauses {
            clause.wanted = sign.clone().into();
            clause.because = clause.because.take().map(|_| sign.clone());
            clause.facts.clear();
            clause.gaps.clear();
            clause.proof = None;
        }
        outcome.gaps.clear();
        outcome.because = outcome.because.take().map(|_| sign.clone());
        outcome.question = sign.clone().into();
        outcome.sub_reason_titles.fill(HIDDEN);
    }
    for waiver in &mut view.waivers {
        let family = waiver.policy.split('-').next().unwrap_or_default().to_owned();
        let Some(sign) = redaction.policy(&waiver.policy, &family) else { continue };
        let sign = sign.to_string();
        waiver.because.fill(sign.clone());
        let texts = [&mut waiver.reason, &mut waiver.compensating_measure, &mut waiver.note];
        texts.into_iter().flatten().for_each(|text| *text = sign.clone());
    }
}

/// The policies whose verdicts rest on hidden values and are told all the same, by id.
pub fn telling<'v>(view: &'v DossierView, redaction: &Redaction) -> BTreeSet<&'v str> {
    let tells = view.outcomes.iter().filter(|outcome| {
        let clauses = outcome.clauses.iter().filter(|clause| clause.state != "dropped");
        let mut facts = clauses.flat_map(|clause| &clause.facts).map(|fact| &fact.value);
        facts.any(|value| is_hidden(value)) || outcome.because.as_deref().is_some_and(is_hidden)
    });
    let told = |outcome: &&OutcomeView| redaction.rules.on_policy(&outcome.policy, &outcome.family).is_none();
    let tells = tells.filter(told);
    tells.map(|outcome| outcome.policy.as_str()).collect()
}

/// Says on the first page that something is hidden, and what amendments count whose days may be hidden.
pub fn mark(page: &mut ReportView, redaction: &Redaction, lang: Lang) {
    page.title.push_str(lang.pick("（一部不開示）", " (redacted copy)"));
    for (amendment, in_force) in page.agreement.amendments.iter_mut().zip(&redaction.in_force) {
        amendment.in_force = *in_force;
    }
}

/// A finished copy for release.
#[derive(Clone, Debug)]
pub struct Released {
    /// The text without what is hidden, with the list of it at the end.
    pub text: String,
    /// What the rules name that hid nothing.
    pub idle: Vec<String>,
}

/// Finishes a copy for release.
///
/// # Errors
/// The template of the list does not work.
pub fn finish(
    text: &str,
    redaction: &Redaction,
    templates: &Templates,
    lang: Lang,
) -> Result<Released, Faulty> {
    let swept = sweep(text, redaction);
    let mut used: Vec<Cause> = Vec::new();
    let mut list = list(&swept, redaction, &mut used, lang);
    for row in &mut list.rows {
        redaction.text(&mut row.ground);
        row.ground = plain(&row.ground);
    }
    let annex = sweep(&templates.render_redaction(&list, lang)?, redaction);
    let idle = redaction.rules.all().filter(|(cause, _)| !used.contains(cause)).map(|(_, name)| name);
    Ok(Released { text: plain(&swept) + "\n" + &plain(&annex), idle: idle.collect() })
}

fn sweep(text: &str, redaction: &Redaction) -> String {
    replaced(text, &redaction.of_page().find(letters(text)))
}

/// A text with its signs made readable.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !keeps_apart(*c)) {
        match row_of(c) {
            Some(_) => out.push_str(HIDDEN),
            None => out.push(c),
        }
    }
    out
}

/// Counts the signs of a page by row and section.
fn list(text: &str, redaction: &Redaction, used: &mut Vec<Cause>, lang: Lang) -> RedactionView {
    let rows = redaction.ledger.rows();
    let mut found: Vec<(usize, Vec<String>)> = vec![(0, Vec::new()); rows.len()];
    let mut section = lang.pick("表題部", "title block").to_owned();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = plain(&read(heading, 0..heading.len())).trim().to_owned();
        }
        for row in line.chars().filter_map(row_of) {
            let Some((count, sections)) = found.get_mut(row) else { continue };
            *count += 1;
            if !sections.contains(&section) {
                sections.push(section.clone());
            }
        }
    }
    let mut list = RedactionView { hidden: HIDDEN, ..RedactionView::default() };
    for (row, (count, sections)) in rows.iter().zip(found).filter(|(_, (count, _))| *count > 0) {
        used.push(row.cause);
        list.total += count;
        let (what, path) = told(&row.what, lang);
        let class = row.class.map(|class| class.title(lang).to_owned());
        let same = |known: &&mut HiddenRow| {
            (&known.what, &known.path, &known.class, &known.ground) == (&what, &path, &class, &row.ground)
        };
        // Two rules on items of one list are told once.
        if let Some(known) = list.rows.iter_mut().find(same) {
            known.count += count;
            let new: Vec<String> =
                sections.into_iter().filter(|section| !known.sections.contains(section)).collect();
            known.sections.extend(new);
            continue;
        }
        let (number, ground) = (list.rows.len() + 1, row.ground.clone());
        list.rows.push(HiddenRow { number, what, path, class, ground, sections, count });
    }
    list
}

fn told(what: &What, lang: Lang) -> (String, Option<String>) {
    let digest = |of: &str| match lang {
        Lang::Ja => format!("{of}のSHA-256"),
        Lang::En => format!("SHA-256: {of}"),
    };
    match what {
        What::Fact { kind, path, field } => match lang {
            Lang::Ja => (format!("{}：{}", kind.title(lang), field.title(lang)), Some(path.clone())),
            Lang::En => (format!("{}: {}", kind.title(lang), field.title(lang)), Some(path.clone())),
        },
        What::Option(option) => {
            let name = match *option {
                "to" => lang.pick("報告書の宛先", "addressee of the report"),
                _ => lang.pick("報告書の作成者", "author of the report"),
            };
            (name.to_owned(), None)
        }
        What::Text(number) => match lang {
            Lang::Ja => (format!("指定された字句（{number}）"), None),
            Lang::En => (format!("text {number} of the rules"), None),
        },
        What::Policy(id) => match lang {
            Lang::Ja => (format!("確認項目{id}の判定の内容"), None),
            Lang::En => (format!("what is told of policy {id}"), None),
        },
        What::Digest(kind) => (digest(kind.title(lang)), None),
        What::Evidence => (digest(lang.pick("根拠資料のファイル", Kind::Evidence.title(lang))), None),
    }
}
