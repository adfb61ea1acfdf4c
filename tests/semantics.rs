//! What conditions mean: truth tables, absence, operators, and what is refused, as tables of data.

use std::path::Path;

use hadome::case::Document;
use hadome::date::Period;
use hadome::diagnostic::Explain;
use hadome::evaluate::outcome::SubReason;
use hadome::evidence::Assurance;
use hadome::expression::check::{Scope, condition};
use hadome::expression::evaluate::reliance::{Fact, Reliance};
use hadome::expression::evaluate::{self, Effort, Facts, Truth, traced, truth};
use hadome::expression::trace::{Cause, Gap, Unclear};
use hadome::expression::typed::Root;
use hadome::load::dossier::Parsed;
use hadome::load::fold::fold;
use hadome::load::limits::Limits;
use hadome::load::tree::{Data, Entry, FileId, Node};
use hadome::load::yaml;
use hadome::schema::Kind;
use hadome::stage::Stage;
use hadome::validate::document;

struct Table {
    root: Node,
    contract: Option<Document>,
    system: Option<Document>,
    records: Option<Document>,
    as_of: Period,
    stage: Option<Stage>,
}

impl Table {
    fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semantics").join(name);
        let text = std::fs::read_to_string(path).expect("the table");
        let root = yaml::parse(&text, FileId::default(), &Limits::default()).expect("a table");
        let fragment = |kind: Kind| {
            let mut fragment = root.get("given")?.get(kind.word())?.clone();
            assert!(fold(&mut fragment).is_empty());
            let span = fragment.span;
            let map = fragment.as_map_mut()?;
            for (key, value) in [("hadome", format!("{}/1", kind.word())), ("id", "x".to_owned())] {
                let value = Node::new(span, Data::Text(value.into()));
                map.insert(Entry { key: key.into(), key_span: span, value }).expect("a free key");
            }
            let mut problems = Vec::new();
            let parsed = Parsed { kind, file: FileId::default(), root: fragment };
            let day = chrono::NaiveDate::from_ymd_opt(2026, 4, 1).expect("a day");
            let document = document::check(parsed, true, day, &mut problems);
            assert!(problems.is_empty(), "{name}: {problems:?}");
            document
        };
        let as_of = root.get("as_of").and_then(Node::as_text).unwrap_or("2026-04-01");
        Table {
            contract: fragment(Kind::Contract),
            system: fragment(Kind::System),
            records: fragment(Kind::Records),
            as_of: Period::parse(as_of).expect("a day"),
            stage: root.get("stage").and_then(Node::as_text).and_then(Stage::from_word),
            root,
        }
    }

    fn facts<'t>(&'t self, effort: &'t Effort) -> Facts<'t> {
        Facts {
            contract: view(&self.contract),
            system: view(&self.system),
            records: view(&self.records),
            as_of: self.as_of,
            stage: self.stage,
            item: None,
            item_list: None,
            effort,
        }
    }

    fn rows(&self) -> &[Node] {
        self.root.get("rows").and_then(Node::as_list).expect("rows")
    }
}

fn view(document: &Option<Document>) -> evaluate::Document<'_> {
    evaluate::Document { node: document.as_ref().map(|found| &found.root), open: false }
}

fn text<'n>(row: &'n Node, key: &str) -> Option<&'n str> {
    row.get(key).and_then(Node::as_text)
}

#[track_caller]
fn run(name: &str) -> usize {
    let table = Table::read(name);
    let effort = Effort::default();
    let facts = table.facts(&effort);
    for row in table.rows() {
        let note = text(row, "note").expect("a note");
        let source = text(row, "expression").expect("an expression");
        let compiled = condition(source, &Scope::default())
            .unwrap_or_else(|fault| panic!("{name}: {note}: {source}: {fault:?}"));
        let wanted = match row.get("want").map(|want| &want.data) {
            Some(Data::Bool(true)) => Truth::True,
            Some(Data::Bool(false)) => Truth::False,
            _ => Truth::Unknown,
        };
        assert_eq!(truth(&compiled, &facts), wanted, "{name}: {note}: {source}");
        let (again, trace) = traced(&compiled, &facts);
        assert_eq!(again, wanted, "{name}: {note}: with a trace");
        assert_eq!(wanted == Truth::Unknown, !trace.causes.is_empty(), "{name}: {note}: {:?}", trace.causes);
        if let Some(gap) = text(row, "gap") {
            let gaps: Vec<_> = trace.causes.iter().map(|cause| SubReason::of(&cause.gap).word()).collect();
            assert!(gaps.contains(&gap), "{name}: {note}: {gaps:?}");
        }
        if let Some(missing) = row.get("missing").and_then(Node::as_list) {
            let missing: Vec<_> = missing.iter().filter_map(Node::as_text).map(str::to_owned).collect();
            let found: Vec<_> = trace.causes.iter().map(|cause| cause.path.to_string()).collect();
            assert_eq!(found, missing, "{name}: {note}");
        }
    }
    table.rows().len()
}

#[test]
fn what_a_condition_rests_on_and_how_well_that_is_proven() {
    let table = Table::read("proof.yaml");
    let effort = Effort::default();
    for row in table.rows() {
        let (note, source) = (text(row, "note").expect("a note"), text(row, "expression").expect("one"));
        let compiled =
            condition(source, &Scope::default()).unwrap_or_else(|fault| panic!("{note}: {fault:?}"));
        assert_eq!(truth(&compiled, &table.facts(&effort)), Truth::True, "{note}: only what holds is proven");
        let level = |fact: &Fact<'_>| {
            let written = fact.path().to_string();
            let proven = row.get("proven").and_then(|proven| {
                let short = written.replace("system[x]", "system");
                proven.get(&written).or_else(|| proven.get(&short))?.as_text()
            });
            let level = Assurance::ALL.into_iter().find(|level| Some(level.word()) == proven);
            (fact.root() != Root::Contract).then_some(level.unwrap_or(Assurance::Declared))
        };
        let facts = table.facts(&effort);
        let rests = Reliance::of(&compiled, &facts, &level);
        let found = rests.weakest().map_or("nothing", |level| level.word());
        let rests = rests.facts();
        assert_eq!(Some(found), text(row, "want"), "{note}: {rests:?}");
        if let Some(wanted) = row.get("rests").and_then(Node::as_list) {
            let wanted: Vec<_> = wanted.iter().filter_map(Node::as_text).collect();
            let found: Vec<_> = rests.iter().map(|(path, _)| path.to_string()).collect();
            let short: Vec<_> = found.iter().map(|path| path.replace("system[x].", "system.")).collect();
            assert!(found == wanted || short == wanted, "{note}: {found:?}");
        }
    }
    assert!(table.rows().len() >= 24);
}

#[test]
fn truth_tables() {
    assert!(run("truth.yaml") >= 27);
}

#[test]
fn trap_1_and_2_what_is_absent_decides_nothing() {
    assert!(run("absent.yaml") >= 40);
}

#[test]
fn every_operator() {
    assert!(run("operators.yaml") >= 50);
}

/// With just so much effort a condition has its truth; with less it is open, and says why.
#[test]
fn where_all_effort_is_spent_nothing_is_decided() {
    let table = Table::read("effort.yaml");
    for row in table.rows() {
        let (note, source) = (text(row, "note").expect("a note"), text(row, "expression").expect("one"));
        let compiled =
            condition(source, &Scope::default()).unwrap_or_else(|fault| panic!("{note}: {fault:?}"));
        let Some(Data::Int(needs)) = row.get("needs").map(|node| &node.data) else { panic!("{note}: needs") };
        let needs = u64::try_from(*needs).expect("a number of items");
        let wanted = match row.get("want").map(|want| &want.data) {
            Some(Data::Bool(true)) => Truth::True,
            _ => Truth::False,
        };
        let (enough, less) = (Effort::of(needs), Effort::of(needs - 1));
        assert_eq!(truth(&compiled, &table.facts(&enough)), wanted, "{note}");
        assert!(!enough.is_spent(), "{note}");
        assert_eq!(truth(&compiled, &table.facts(&less)), Truth::Unknown, "{note}");
        assert!(less.is_spent(), "{note}");
        let (open, trace) = traced(&compiled, &table.facts(&less));
        assert_eq!(open, Truth::Unknown, "{note}: with a trace");
        let why = |cause: &Cause| cause.gap == Gap::Indeterminate(Unclear::TooLong);
        assert!(trace.causes.iter().any(why), "{note}: {:?}", trace.causes);
    }
    assert!(table.rows().len() >= 8);
}

#[test]
fn trap_5_what_cannot_be_meant_is_refused_at_load() {
    let table = Table::read("refused.yaml");
    for row in table.rows() {
        let (note, source) = (text(row, "note").unwrap(), text(row, "expression").unwrap());
        let Err(fault) = condition(source, &Scope::default()) else {
            panic!("{note}: {source} was accepted")
        };
        assert_eq!(Some(fault.problem.code()), text(row, "code"), "{note}: {:?}", fault.problem);
        if let Some(under) = text(row, "under") {
            let range = fault.range.clone().unwrap_or_else(|| panic!("{note}: no place"));
            assert!(under.contains(&source[range.clone()]) || source[range].contains(under), "{note}");
        }
        for lang in [hadome::lang::Lang::Ja, hadome::lang::Lang::En] {
            assert!(!fault.problem.message(lang).is_empty(), "{note}");
        }
    }
}
