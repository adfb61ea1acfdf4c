//! The skeleton of a policy and of its cases. It loads and its cases run, so that an author can change
//! one thing after the other; what is still to be written is marked, and named by `policy lint`.

use std::fmt::Write;

use super::told;
use crate::lang::Lang;
use crate::lint::{CLAUSE_TO_WRITE, TO_WRITE};
use crate::policy::file::{Origin, PolicyFile, Severity};
use crate::schema::{Field, Kind};
use crate::stage::Stage;

/// What the example clause demands; every document that has the field can be tried on it.
const EXAMPLE: &str = "contract.data_return.on_end";

/// What is known of a new policy.
#[derive(Debug)]
pub struct Beginning<'p> {
    /// Its id.
    pub id: &'p str,
    /// The measure it stands for, where that is not its id.
    pub measure: Option<&'p str>,
    /// A policy whose severity, basis, references and stages it takes over.
    pub like: Option<&'p PolicyFile>,
}

impl Beginning<'_> {
    fn stages(&self) -> Vec<Stage> {
        self.like.map_or_else(|| Stage::ALL.to_vec(), |like| like.stages.clone())
    }

    /// The stage at which the example cases are judged.
    fn tried_at(&self) -> Stage {
        let stages = self.stages();
        stages
            .iter()
            .copied()
            .find(|stage| *stage == Stage::Running)
            .or(stages.first().copied())
            .unwrap_or(Stage::Bid)
    }
}

/// The text of the policy file.
pub fn policy(beginning: &Beginning<'_>, lang: Lang) -> String {
    let root = Kind::Policy.root();
    let mut out = String::new();
    let todo = match lang {
        Lang::Ja => format!("{TO_WRITE} を全て書き換えてください。残りは hadome policy lint が示します。"),
        Lang::En => format!("Replace every {TO_WRITE}; hadome policy lint names what is left."),
    };
    let optional = lang.pick(
        "行頭の # を消すと有効になる項目は、必要なものだけ使ってください。",
        "What is commented out is optional: remove the # where you need it.",
    );
    let _ = writeln!(out, "# {}: {}", root.title(lang), root.description(lang).unwrap_or_default());
    let _ = writeln!(out, "# {todo}\n# {optional}\nhadome: policy/1");
    for field in root.properties().filter(|field| field.name != "hadome") {
        let _ = writeln!(out, "\n# {}{}", field.title(lang), told(field, lang));
        out.push_str(&value(field, beginning, lang));
    }
    out
}

/// A key of the policy with its value, or commented out where it may be left out.
fn value(field: Field, beginning: &Beginning<'_>, lang: Lang) -> String {
    let name = field.name;
    let like = beginning.like;
    match name {
        "id" => format!("id: {}\n", beginning.id),
        "measure" => match beginning.measure {
            Some(measure) => format!("measure: {measure}\n"),
            None => "# measure:\n".to_owned(),
        },
        "severity" => format!("severity: {}\n", like.map_or(Severity::High, |like| like.severity).word()),
        "basis" => basis(field, like, lang),
        "references" => {
            format!("references: [{}]\n", like.map_or(String::new(), |like| like.references.join(", ")))
        }
        "stages" => {
            let stages: Vec<&str> = beginning.stages().into_iter().map(Stage::word).collect();
            format!("stages: [{}]\n", stages.join(", "))
        }
        "parameters" => "# parameters:\n#   limit_days_max:\n#     value: 30\n#     unit: days\n\
             #     source: project_default\n#     from: {ja: ..., en: ...}\n"
            .to_owned(),
        "for_each" => "# for_each: {store: system.data_stores}\n".to_owned(),
        "when_empty" => "# when_empty: undecided\n".to_owned(),
        "when_empty_because" => "# when_empty_because: {ja: ..., en: ...}\n".to_owned(),
        "applies_when" => "# applies_when: contract.personal_data.handled\n".to_owned(),
        "waivable" => "# waivable: false\n".to_owned(),
        "require" => clause(field, lang),
        _ => format!("{name}:\n  ja: {TO_WRITE}\n  en: {TO_WRITE}\n"),
    }
}

fn basis(field: Field, like: Option<&PolicyFile>, lang: Lang) -> String {
    let origin = like.map_or(Origin::Derived, |like| like.basis.origin);
    let incidents = like.map_or(String::new(), |like| like.basis.incidents.join(", "));
    let mut out = "basis:\n".to_owned();
    for inner in field.properties() {
        let _ = writeln!(out, "  # {}{}", inner.title(lang), told(inner, lang));
        let _ = match inner.name {
            "origin" => writeln!(out, "  origin: {}", origin.word()),
            "incidents" => writeln!(out, "  incidents: [{incidents}]"),
            other => writeln!(out, "  # {other}: {{ja: ..., en: ...}}"),
        };
    }
    out
}

fn clause(field: Field, lang: Lang) -> String {
    let mut out = "require:\n".to_owned();
    for (at, inner) in field.items().into_iter().flat_map(Field::properties).enumerate() {
        let _ = writeln!(
            out,
            "  {}# {}{}",
            if at == 0 { "" } else { "  " },
            inner.title(lang),
            told(inner, lang)
        );
        let _ = match inner.name {
            "id" => writeln!(out, "  - id: {CLAUSE_TO_WRITE}"),
            "part" => writeln!(out, "    part: promise"),
            "that" => writeln!(out, "    that: {EXAMPLE}"),
            "when" => writeln!(out, "    # when: stage == 'ended'"),
            "proof" => writeln!(out, "    # proof: {{least: documented, kinds: [test_report]}}"),
            other => writeln!(out, "    # {other}:"),
        };
    }
    out
}

/// The text of the cases file: one case that passes, one that fails, one that is undecided.
pub fn cases(beginning: &Beginning<'_>, lang: Lang) -> String {
    let root = Kind::Cases.root();
    let mut out = String::new();
    let _ = writeln!(out, "# {}: {}", root.title(lang), root.description(lang).unwrap_or_default());
    let wanted = lang.pick(
        "判定条件ごとに、それだけで不適合となる例と未確認となる例を、全体に適合となる例と対象外となる例を書いてください。",
        "Each clause needs a case that it alone fails and one that it leaves undecided; the policy needs one that \
         passes and one for each way of not applying.",
    );
    let trial = lang.pick(
        "数や一覧のパラメーターは、境界の値とその隣の値で試してください（hadome policy test --mutate で確かめられます）。",
        "Try a number at its bound and one step past it (hadome policy test --mutate tells).",
    );
    let _ = writeln!(out, "# {wanted}\n# {trial}\n#");
    let case = root.property("cases").and_then(Field::items);
    for field in case.into_iter().flat_map(Field::properties) {
        let _ = writeln!(out, "# {}: {}{}", field.name, field.title(lang), told(field, lang));
    }
    let _ = writeln!(out, "hadome: cases/1\npolicy: {}\ncases:", beginning.id);
    let stage = beginning.tried_at().word();
    let missing = format!("because: {{missing: {EXAMPLE}}}");
    let failing = format!("because: {{clause: {CLAUSE_TO_WRITE}}}");
    for (ja, en, contract, want, because) in [
        ("判定条件を満たす", "the clause is met", "{data_return: {on_end: true}}", "pass", None),
        (
            "判定条件を満たさない",
            "the clause is not met",
            "{data_return: {on_end: false}}",
            "fail",
            Some(failing),
        ),
        ("記載がない", "nothing is stated", "{}", "undecided/missing", Some(missing)),
    ] {
        let name = lang.pick(ja, en);
        let _ = writeln!(out, "  - name: \"{TO_WRITE}: {name}\"\n    stage: {stage}");
        let _ = writeln!(out, "    given:\n      contract: {contract}\n    want: {want}");
        if let Some(because) = because {
            let _ = writeln!(out, "    {because}");
        }
    }
    out
}
