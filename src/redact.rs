//! A copy for release: from an assessment everything is taken that its reader may not see (部分開示).
//!
//! This happens between *conclude* and *render*, once and for all formats: hidden values are replaced in
//! the documents themselves, so that no view can show them; what the documents' other texts say of them
//! is swept; ids that are hidden are renamed in every path. What is left to the rendering is in
//! `render::redaction`: the sweep over the finished page, and the list of what is hidden.

mod alias;
pub mod anonymous;
mod hide;
pub mod ledger;
pub mod needle;
mod rename;
pub mod rules;
mod vocabulary;
mod walk;

use std::collections::BTreeMap;

use crate::conclude::Assessment;
use crate::load::tree::FileId;
use crate::schema::{Disclosure, Kind};
use ledger::{Cause, Ledger, Row, What, sign};
use needle::{Needles, folded};
pub use rules::Rules;

/// What was hidden, and what is still to be looked for on the finished page.
#[derive(Debug)]
pub struct Redaction {
    /// The rules.
    pub rules: Rules,
    /// What was hidden.
    pub ledger: Ledger,
    /// Whether each amendment counts on the as-of date: its day may be hidden.
    pub in_force: Vec<bool>,
    /// Every hidden text.
    needles: Needles,
    /// Those of them that no text of ours holds.
    page: Needles,
}

/// A file of evidence below this size may hold little beside a value that can be guessed: 4 KiB. Its
/// digest would tell whether the guess is right (project default).
const SMALL: u64 = 4096;

/// A hidden text that is looked for elsewhere.
#[derive(Clone, Debug)]
struct Secret {
    /// As [`folded`] gives it.
    text: String,
    row: usize,
    /// Whether the rules name it as a text, to be hidden wherever it stands.
    named: bool,
    /// Whether the rules name the fact itself, not its class alone.
    firm: bool,
}

/// Hides in an assessment what the rules hide. `people` are what options of the command say of persons,
/// `own` texts of the program, the templates among them, that stand in every report.
pub fn redact<'o>(
    assessment: &mut Assessment,
    rules: Rules,
    people: &[(&'static str, &str)],
    own: impl IntoIterator<Item = &'o str>,
) -> Redaction {
    let in_force = hide::in_force(&assessment.case);
    let mut found = hide::hide(assessment, &rules);
    let mut secrets: Vec<Secret> = Vec::new();
    for (at, (text, ground)) in rules.texts.iter().enumerate() {
        let row =
            Row { cause: Cause::Text(at), what: What::Text(at + 1), class: None, ground: ground.clone() };
        let row = found.ledger.row(row);
        secrets.extend(spellings(text).map(|text| Secret { text, row, named: true, firm: true }));
    }
    for (option, name) in people {
        if let Some(row) = option_row(&rules, option) {
            let row = found.ledger.row(row);
            let forms = alias::forms(name, Some(Disclosure::Personal));
            secrets.extend(forms.into_iter().map(|text| Secret { text, row, named: false, firm: true }));
        }
    }
    secrets.append(&mut found.secrets);
    secrets.retain(|secret| {
        let kept = !secret.firm && found.kept.contains(&secret.text);
        let telling = secret.text.chars().nth(1).is_some() && secret.text.chars().any(char::is_alphanumeric);
        secret.named || telling && !kept && !vocabulary::is_label(&secret.text)
    });
    let needles = Needles::new(secrets.iter().map(|secret| (secret.text.as_str(), secret.row)));
    let ids: Vec<(String, usize)> = found.ids.iter().map(|(id, (_, row))| (folded(id), *row)).collect();
    let texts = secrets.iter().map(|secret| secret.text.as_str());
    let common = vocabulary::common(texts.chain(ids.iter().map(|(id, _)| id.as_str())), own);
    let page = secrets.iter().filter(|secret| secret.named || !common.contains(&secret.text));
    let page = page.map(|secret| (secret.text.as_str(), secret.row));
    let ids = ids.iter().filter(|(id, _)| id.chars().nth(1).is_some() && !common.contains(id));
    let page = Needles::new(page.chain(ids.map(|(id, row)| (id.as_str(), *row))));
    hide::sweep(&mut assessment.case, &mut assessment.outcomes, &needles);
    rename::rename(assessment, &found.ids);
    digests(assessment, &mut found, &needles);
    Redaction { rules, ledger: found.ledger, in_force, needles, page }
}

/// The row of what an option says of a person, where such information is hidden.
fn option_row(rules: &Rules, option: &'static str) -> Option<Row> {
    let class = Disclosure::Personal;
    let ground = rules.ground_of(class)?.to_owned();
    Some(Row { cause: Cause::Class(class), what: What::Option(option), class: Some(class), ground })
}

/// A text of the rules as it may stand; a date in each form in which reports write it.
fn spellings(text: &str) -> impl Iterator<Item = String> {
    use crate::date::Period;
    use crate::lang::Lang;
    let day = Period::parse(text);
    let forms = day.into_iter().flat_map(|day| [Lang::Ja, Lang::En].map(|lang| folded(&day.shown(lang))));
    std::iter::once(folded(text)).chain(forms)
}

/// Hides digests from which a hidden value could be worked out by trying.
fn digests(assessment: &mut Assessment, found: &mut hide::Found, needles: &Needles) {
    let case = &mut assessment.case;
    let mut everything: Vec<String> = Vec::new();
    found.ledger.rows().iter().for_each(|row| add(&mut everything, &row.ground));
    let files: BTreeMap<FileId, Kind> = hide::files(case);
    for (file, kind) in files {
        let mut grounds = found.grounds.remove(&file).unwrap_or_default();
        let source = case.sources.file_mut(file);
        let hits = needles.find(needle::letters(source.text.as_deref().unwrap_or_default()));
        hits.iter().for_each(|(_, row)| add(&mut grounds, &found.ledger.rows()[*row].ground));
        if grounds.is_empty() || source.sha256.is_none() {
            continue;
        }
        let row =
            Row { cause: Cause::Digest, what: What::Digest(kind), class: None, ground: joined(&grounds) };
        source.sha256 = Some(sign(found.ledger.row(row)).to_string());
    }
    for (item, own) in case.evidence.items_mut().iter_mut().zip(&found.evidence) {
        let small = item.bytes.is_some_and(|bytes| bytes < SMALL);
        let grounds = if own.is_empty() && small { &everything } else { own };
        if grounds.is_empty() {
            continue;
        }
        let row = Row { cause: Cause::Digest, what: What::Evidence, class: None, ground: joined(grounds) };
        hide::digest(item, sign(found.ledger.row(row)));
    }
}

fn add(grounds: &mut Vec<String>, ground: &str) {
    if !grounds.iter().any(|known| known == ground) {
        grounds.push(ground.to_owned());
    }
}

fn joined(grounds: &[String]) -> String {
    grounds.join("、")
}

impl Redaction {
    /// Hides what an option said of a person, where such information is hidden; sweeps it otherwise.
    pub fn name(&mut self, option: &'static str, value: &mut Option<String>) {
        let Some(written) = value else { return };
        match option_row(&self.rules, option) {
            Some(row) => *written = sign(self.ledger.row(row)).to_string(),
            None => self.text(written),
        }
    }

    /// Sweeps a text that the user gave.
    pub fn text(&self, text: &mut String) {
        let clean = ledger::without_signs(text);
        *text = self.needles.sweep(&clean).unwrap_or(clean);
    }

    /// The sign of a policy of whose outcomes nothing is told.
    pub fn policy(&mut self, policy: &str, family: &str) -> Option<char> {
        let at = self.rules.on_policy(policy, family)?;
        let (id, ground) = self.rules.policies[at].clone();
        let row = Row { cause: Cause::Policy(at), what: What::Policy(id), class: None, ground };
        Some(sign(self.ledger.row(row)))
    }

    /// What to look for on the finished page.
    pub fn of_page(&self) -> &Needles {
        &self.page
    }
}
