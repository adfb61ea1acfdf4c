//! Verify: a filed report held against one that is made anew from the same dossier.

pub mod edit;

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::sha256;
use crate::lang::Lang;
use crate::provenance::seal::Unsealed;
use crate::provenance::{Record, Verdicts};
use edit::{Edit, FirstLine};

/// What became of a filed report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// What differs; empty where the report was made again byte for byte.
    pub differences: Vec<Difference>,
    /// How the text was edited, where the text as it was written could be made again.
    pub edit: Option<Edit>,
    /// The first line that is not as it is made today.
    pub first: Option<FirstLine>,
    /// The verdicts as recorded.
    pub recorded: Verdicts,
    /// The verdicts of today.
    pub found: Verdicts,
}

/// One difference between what a report was made from and what is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub part: Part,
    /// In which way.
    pub way: Way,
    /// Which one, where there are several.
    pub name: Option<String>,
    /// As recorded: a digest, a version, a day.
    pub recorded: Option<String>,
    /// As it is now.
    pub found: Option<String>,
}

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The report's text was changed after it was written.
    Text,
    /// A contract, a system specification or the records.
    Document,
    /// The register of evidence, or a file that it names.
    Evidence,
    /// The list of waivers.
    Waiver,
    /// The as-of date.
    AsOf,
    /// The library.
    Library,
    /// One policy.
    Policy,
    /// The profile.
    Profile,
    /// The templates.
    Templates,
    /// The program.
    Program,
    /// The record itself does not fit what it records.
    Record,
    /// The text is another and nothing recorded says why.
    Unexplained,
}

/// In which way something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is another.
    Changed,
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
}

impl Part {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Part::Text => "text",
            Part::Document => "document",
            Part::Evidence => "evidence",
            Part::Waiver => "waiver",
            Part::AsOf => "as_of",
            Part::Library => "library",
            Part::Policy => "policy",
            Part::Profile => "profile",
            Part::Templates => "templates",
            Part::Program => "program",
            Part::Record => "record",
            Part::Unexplained => "unexplained",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Part::Text => ("報告書の本文", "the report's text"),
            Part::Document => ("文書", "document"),
            Part::Evidence => ("根拠資料", "evidence"),
            Part::Waiver => ("例外措置", "waivers"),
            Part::AsOf => ("判定基準日", "as-of date"),
            Part::Library => ("確認項目の一式", "library of policies"),
            Part::Policy => ("確認項目", "policy"),
            Part::Profile => ("確認項目セット", "profile"),
            Part::Templates => ("報告書の様式", "templates"),
            Part::Program => ("プログラム", "program"),
            Part::Record => ("作成記録", "record of provenance"),
            Part::Unexplained => ("原因不明の違い", "unexplained"),
        };
        lang.pick(ja, en)
    }
}

impl Way {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Way::Changed => "changed",
            Way::Added => "added",
            Way::Removed => "removed",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Way::Changed => ("変更", "changed"),
            Way::Added => ("追加", "added"),
            Way::Removed => ("削除", "removed"),
        };
        lang.pick(ja, en)
    }
}

/// Holds a filed report against what is made anew: its record and its text.
pub fn verify(filed: &Unsealed, made: &Record, text: &str) -> Verification {
    let recorded = &filed.record;
    let mut differences = Collector::default();
    differences.files(Part::Document, &recorded.documents, &made.documents);
    differences.files(Part::Evidence, &recorded.evidence, &made.evidence);
    let day = |record: &Record| Some(record.as_of.format("%Y-%m-%d").to_string());
    differences.one(Part::AsOf, day(recorded), day(made));
    differences.one(Part::Library, Some(recorded.library.clone()), Some(made.library.clone()));
    differences.files(Part::Policy, &optional(&recorded.policies), &optional(&made.policies));
    let profile = |record: &Record| Some(format!("{} {}", record.profile.id, record.profile.sha256));
    differences.one(Part::Profile, profile(recorded), profile(made));
    differences.one(Part::Templates, Some(recorded.templates.clone()), Some(made.templates.clone()));
    differences.one(Part::Program, Some(recorded.program.clone()), Some(made.program.clone()));
    let mut found = differences.0;
    let same_means = found.is_empty();
    let now = sha256(filed.text.as_bytes());
    let edited = now != recorded.text;
    let original = sha256(text.as_bytes()) == recorded.text;
    if edited {
        found.insert(0, Difference::changed(Part::Text, Some(recorded.text.clone()), Some(now)));
    }
    let as_made = filed.text == text;
    if same_means && (recorded.verdicts != made.verdicts || edited && as_made) {
        found.push(Difference::changed(Part::Record, None, None));
    }
    if same_means && !original && !as_made {
        found.push(Difference::changed(Part::Unexplained, None, None));
    }
    Verification {
        differences: found,
        edit: (edited && original).then(|| edit::edit(text, &filed.text)).flatten(),
        first: edit::first_line(&filed.text, text),
        recorded: recorded.verdicts.clone(),
        found: made.verdicts.clone(),
    }
}

impl Verification {
    /// Whether the report was made again byte for byte.
    pub fn same(&self) -> bool {
        self.differences.is_empty()
    }

    /// Whether any outcome has another verdict, appeared or vanished.
    pub fn verdicts_changed(&self) -> bool {
        self.recorded.sha256 != self.found.sha256
    }
}

impl Difference {
    fn changed(part: Part, recorded: Option<String>, found: Option<String>) -> Difference {
        Difference { part, way: Way::Changed, name: None, recorded, found }
    }
}

#[derive(Default)]
struct Collector(Vec<Difference>);

impl Collector {
    fn one(&mut self, part: Part, recorded: Option<String>, found: Option<String>) {
        if recorded != found {
            self.0.push(Difference::changed(part, recorded, found));
        }
    }

    fn files(
        &mut self,
        part: Part,
        recorded: &BTreeMap<String, Option<String>>,
        found: &BTreeMap<String, Option<String>>,
    ) {
        let names: BTreeSet<&String> = recorded.keys().chain(found.keys()).collect();
        for name in names {
            let (before, after) = (recorded.get(name), found.get(name));
            let way = match (before, after) {
                (Some(before), Some(after)) if before == after => continue,
                (Some(_), Some(_)) => Way::Changed,
                (None, _) => Way::Added,
                (_, None) => Way::Removed,
            };
            self.0.push(Difference {
                part: part_of(part, name),
                way,
                name: Some(name.clone()),
                recorded: before.cloned().flatten(),
                found: after.cloned().flatten(),
            });
        }
    }
}

/// Registers are documents by their form and something else by what they say.
fn part_of(part: Part, name: &str) -> Part {
    match (part, name) {
        (Part::Document, "waivers.yaml") => Part::Waiver,
        (Part::Document, "evidence.yaml") => Part::Evidence,
        _ => part,
    }
}

fn optional(digests: &BTreeMap<String, String>) -> BTreeMap<String, Option<String>> {
    digests.iter().map(|(id, digest)| (id.clone(), Some(digest.clone()))).collect()
}
