//! Provenance: what a report was made from and with, as plain data that travels with the report.

pub mod seal;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::conclude::{Assessment, BlockRule, How};
use crate::digest::sha256;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::policy::library::Library;
use crate::render::calendar::ReportRows;
use crate::render::report::Filing;
use crate::stage::Stage;
use crate::validate::Yardstick;

/// How many hexadecimal digits of a policy's digest are recorded. The library's digest vouches for the
/// policies; theirs only tell which of them changed.
const POLICY_DIGITS: usize = 16;

/// What a report was made from and with. All digests are SHA-256 in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The program's version.
    pub program: String,
    /// The form of the report.
    pub form: Form,
    /// The language of the report.
    pub language: Lang,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The stage that the user set instead of the one from the dates.
    pub stage: Option<Stage>,
    /// The profile.
    pub profile: Profile,
    /// The digest of the library.
    pub library: String,
    /// The first digits of the digest of each selected policy.
    pub policies: BTreeMap<String, String>,
    /// The digest of the templates.
    pub templates: String,
    /// What else shaped the report.
    pub options: Options,
    /// The digest of each document, by its path within the dossier.
    pub documents: BTreeMap<String, Option<String>>,
    /// The digest of each file that the register of evidence names, by its path within the dossier;
    /// `None` where it could not be read.
    pub evidence: BTreeMap<String, Option<String>>,
    /// What was found.
    pub verdicts: Verdicts,
    /// The digest of the report's text without the record.
    pub text: String,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Markdown.
    Markdown,
    /// One HTML page.
    Html,
}

/// The profile that a report was made with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// The digest of its content.
    pub sha256: String,
}

/// Options that shaped a report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// What was said of the filing.
    pub filing: Filing,
    /// The rule by which outcomes block, where it is not the profile's own.
    pub fail_on: Option<BlockRule>,
    /// Whether waivers had effect.
    pub waivers: bool,
    /// How many days before its end an active waiver was warned of.
    pub warn_days: u16,
    /// What was supposed.
    pub assume: Vec<String>,
}

/// The verdicts of a report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Verdicts {
    /// How many outcomes have each verdict.
    pub counts: BTreeMap<Verdict, usize>,
    /// How many outcomes block.
    pub blocking: usize,
    /// The digest of all outcomes: policy, target and verdict, a line each.
    pub sha256: String,
}

/// What a report was made with, beside the dossier.
#[derive(Clone, Copy, Debug)]
pub struct Means<'m> {
    /// Profile, policies, day and assumptions.
    pub yardstick: &'m Yardstick,
    /// The library.
    pub library: &'m Library,
    /// The digest of the templates.
    pub templates: &'m str,
    /// What was said of the filing.
    pub filing: &'m Filing,
    /// What is due; nothing in a copy for release.
    pub duties: Option<&'m ReportRows>,
    /// How conclusions were drawn.
    pub how: How,
    /// The form of the report.
    pub form: Form,
    /// The language.
    pub lang: Lang,
}

impl Record {
    /// The record of an assessment; the digest of the text is added when it is sealed.
    pub fn of(assessment: &Assessment, means: &Means<'_>) -> Record {
        let Means { yardstick, library, templates, filing, duties: _, how, form, lang } = *means;
        let policies = yardstick.policies.iter();
        Record {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            form,
            language: lang,
            as_of: yardstick.as_of,
            stage: yardstick.stage,
            profile: Profile { id: yardstick.profile.id.clone(), sha256: yardstick.profile.sha256() },
            library: library.sha256.clone(),
            policies: policies
                .map(|policy| (policy.id().to_owned(), policy.sha256()[..POLICY_DIGITS].to_owned()))
                .collect(),
            templates: templates.to_owned(),
            options: Options {
                filing: filing.clone(),
                fail_on: how.rule,
                waivers: how.waivers,
                warn_days: how.warn_days,
                assume: yardstick.assume.to_vec(),
            },
            documents: assessment.case.document_digests(),
            evidence: assessment.case.evidence_digests(),
            verdicts: Verdicts::of(assessment),
            text: String::new(),
        }
    }
}

impl Verdicts {
    /// The verdicts of an assessment.
    pub fn of(assessment: &Assessment) -> Verdicts {
        let case = &assessment.case;
        let line = |outcome: &crate::evaluate::outcome::Outcome| {
            let (policy, target) = (case.policies[outcome.policy].id(), outcome.target.path(case));
            format!("{policy}\t{target}\t{}\n", outcome.verdict.word())
        };
        let lines: String = assessment.outcomes.iter().map(line).collect();
        Verdicts {
            counts: assessment.totals.clone(),
            blocking: assessment.blocks.iter().filter(|blocks| **blocks).count(),
            sha256: sha256(lines.as_bytes()),
        }
    }
}
