//! Copies in which nobody can tell the bidders: secrets are planted wherever a bid's documents hold words of
//! the bidder's own, and looked for in everything that is written.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Ran, Scratch};
use hadome::digest::sha256;
use hadome::load::workbook;
use hadome::schema::{Field, Kind, Shape};
use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/tender");
/// Words that say that nothing is stated yet; they are kept.
const PLACEHOLDERS: [&str; 4] = ["未定", "別途協議", "TBD", "－"];
/// Texts of a form of their own, or that name another document's ids.
const FORMED: [&str; 14] = [
    "hadome",
    "id",
    "policy",
    "policies",
    "sha256",
    "corporate_number",
    "country",
    "countries",
    "fact",
    "target",
    "file",
    "value",
    "contract_id",
    "number",
];

/// Plants a secret in place of every text, and renames every id.
struct Planter {
    secret: String,
    ids: BTreeMap<String, String>,
    count: usize,
}

impl Planter {
    fn secret(&mut self) -> Value {
        self.count += 1;
        Value::String(format!("{}{}", self.secret, self.count))
    }

    fn collect(&mut self, value: &Value, kept: &[String]) {
        match value {
            Value::Mapping(map) => {
                if let Some(id) =
                    map.get("id").and_then(Value::as_str).filter(|id| !kept.contains(&(*id).to_owned()))
                {
                    let next = self.ids.len();
                    self.ids.entry(id.to_owned()).or_insert_with(|| format!("zqid{next}"));
                }
                map.values().for_each(|value| self.collect(value, kept));
            }
            Value::Sequence(items) => items.iter().for_each(|value| self.collect(value, kept)),
            _ => {}
        }
    }

    /// A path with ids in brackets.
    fn path(&self, path: &str) -> String {
        self.ids
            .iter()
            .fold(path.to_owned(), |path, (id, new)| path.replace(&format!("[{id}]"), &format!("[{new}]")))
    }

    fn node(&mut self, field: Field, value: &mut Value) {
        match value {
            Value::Mapping(map) if field.shape() == Shape::Object => self.section(field, map),
            // A leaf with its place, or values that disagree.
            Value::Mapping(map) => {
                for (key, inner) in map.iter_mut() {
                    match key.as_str() {
                        Some("ref") => self.reference(inner),
                        Some("conflicting") => {
                            inner
                                .as_sequence_mut()
                                .into_iter()
                                .flatten()
                                .for_each(|one| self.node(field, one));
                        }
                        _ => self.node(field, inner),
                    }
                }
            }
            Value::Sequence(items) => {
                let of = field.items().unwrap_or(field);
                items.iter_mut().for_each(|item| self.node(of, item));
            }
            Value::String(text) => self.text(field, text),
            _ => {}
        }
    }

    fn section(&mut self, field: Field, map: &mut Mapping) {
        for (key, inner) in map.iter_mut() {
            let key = key.as_str().unwrap_or_default().to_owned();
            match (key.as_str(), field.property(&key)) {
                ("ref", _) => self.reference(inner),
                (_, Some(field)) => self.node(field, inner),
                // The answer to any fact.
                (_, None) => {}
            }
        }
        // What could be stated in the bidder's words, and is not, is stated too.
        for property in field.properties().filter(|one| one.shape() == Shape::Text) {
            let stands = property.number().is_some_and(|number| map.contains_key(number.name));
            let free = property.name.ends_with("_wording") && !stands
                || matches!(
                    property.name,
                    "note" | "remark" | "purpose" | "task" | "description" | "product"
                );
            if free && !map.contains_key(property.name) {
                let secret = self.secret();
                map.insert(Value::String(property.name.to_owned()), secret);
            }
        }
    }

    fn reference(&mut self, value: &mut Value) {
        let Some(map) = value.as_mapping_mut() else { return };
        for key in ["article", "quote", "cell"] {
            let secret = self.secret();
            map.insert(Value::String(key.to_owned()), secret);
        }
        if let Some(Value::String(source)) = map.get_mut("source")
            && let Some(new) = self.ids.get(source.as_str())
        {
            source.clone_from(new);
        }
    }

    fn text(&mut self, field: Field, text: &mut String) {
        if field.shape() != Shape::Text {
            return;
        }
        if let Some(new) = self.ids.get(text.as_str()) {
            text.clone_from(new);
        } else if matches!(field.name, "fact" | "target") {
            *text = self.path(text);
        } else if !FORMED.contains(&field.name)
            && !PLACEHOLDERS.contains(&text.as_str())
            && !self.ids.contains_key(text.as_str())
            && !is_reference(field.name)
            && let Value::String(secret) = self.secret()
        {
            *text = secret;
        }
    }
}

/// Fields that name an id of another list or of the draft contract.
fn is_reference(name: &str) -> bool {
    ["engaged_by", "party", "held_by", "store", "stores", "provider", "items", "source", "contract_loan"]
        .contains(&name)
        || name.ends_with("_id")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            false => {
                fs::copy(&path, &to).expect("copied");
            }
        }
    }
}

fn read(path: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).expect("a file")).expect("YAML")
}

/// The example with secrets in it; the ids of bidders are secrets too.
fn planted(secret: &str) -> Scratch {
    let scratch = Scratch::new();
    let tender = scratch.path("t");
    copy(Path::new(EXAMPLE), &tender);
    let draft = read(&tender.join("contract.yaml"));
    let mut kept = Vec::new();
    ids(&draft, &mut kept);
    let mut bidders = fs::read_to_string(tender.join("tender.yaml")).expect("a tender");
    for letter in ["a", "b", "c", "d", "e"] {
        let (old, new) = (format!("bidder-{letter}"), format!("zqbidder{letter}"));
        let name = format!("応札者{}（", letter.to_uppercase());
        bidders = bidders.replace(&old, &new).replace(&name, &format!("{secret}{name}"));
        bidders = bidders.replace("number: 受付", &format!("number: {secret}受付"));
        let folder = tender.join("bids").join(&new);
        fs::rename(tender.join("bids").join(&old), &folder).expect("renamed");
        plant(&folder, secret, &old, &new, &kept);
    }
    fs::write(tender.join("tender.yaml"), bidders).expect("written");
    scratch
}

fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Mapping(map) => {
            found.extend(map.get("id").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| ids(value, found));
        }
        Value::Sequence(items) => items.iter().for_each(|value| ids(value, found)),
        _ => {}
    }
}

fn plant(folder: &Path, secret: &str, old: &str, new: &str, kept: &[String]) {
    let files: Vec<(PathBuf, Kind)> = [
        ("system.yaml", Kind::System),
        ("offer.yaml", Kind::Offer),
        ("evidence.yaml", Kind::Evidence),
        ("answers.yaml", Kind::Answers),
    ]
    .into_iter()
    .map(|(name, kind)| (folder.join(name), kind))
    .filter(|(path, _)| path.exists())
    .collect();
    let mut planter = Planter { secret: secret.to_owned(), ids: BTreeMap::new(), count: 0 };
    for (path, _) in &files {
        planter.collect(&read(path), kept);
    }
    planter.ids.insert(old.to_owned(), new.to_owned());
    for (path, kind) in &files {
        let mut value = read(path);
        planter.node(kind.root(), &mut value);
        if *kind == Kind::Answers {
            for entry in value["bid"].as_sequence_mut().expect("the files") {
                let file = folder.join(entry["file"].as_str().expect("a file"));
                entry["sha256"] = Value::String(sha256(&fs::read(file).expect("a file")));
            }
        }
        fs::write(path, serde_yaml::to_string(&value).expect("YAML")).expect("written");
    }
}

/// All texts of a workbook: names of sheets and cells, and the parts that no cell shows.
fn texts(path: &Path) -> String {
    let bytes = fs::read(path).expect("a workbook");
    let read = workbook::parse(&bytes, &workbook::Limits::default()).expect("read back");
    let mut out = String::new();
    for sheet in &read.sheets {
        out.push_str(&sheet.name);
        sheet.cells.values().for_each(|cell| out.push_str(&format!("\n{:?}", cell.value)));
    }
    out
}

fn copies(scratch: &Scratch) -> Vec<(String, Ran)> {
    let mut found = Vec::new();
    for lang in ["ja", "en"] {
        for (paper, format) in
            [("matrix", "markdown"), ("matrix", "html"), ("committee", "markdown"), ("committee", "html")]
        {
            let arguments = ["compare", "t", "--anonymous", "--paper", paper, "--format", format];
            found.push((format!("{lang} {paper} {format}"), scratch.hadome(lang, &arguments)));
        }
        let book = format!("x.{lang}.xlsx");
        let mut ran = scratch.hadome(lang, &["compare", "t", "--anonymous", "-o", &book]);
        ran.out = texts(&scratch.path(&book));
        found.push((format!("{lang} workbook"), ran));
    }
    found
}

#[track_caller]
fn holds_none(what: &str, text: &str, secrets: &[&str]) {
    let lower = text.to_lowercase();
    for secret in secrets {
        if let Some(at) = lower.find(&secret.to_lowercase()) {
            let start = lower[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
            let end = lower[at..].char_indices().nth(80).map_or(lower.len(), |(more, _)| at + more);
            panic!("{what}: `{secret}` in: {}", &lower[start..end]);
        }
    }
}

#[test]
fn no_planted_secret_is_in_any_copy() {
    let scratch = planted("機密ZQX");
    // The secrets are there where nothing is masked, so that the test looks for something.
    let open = scratch.hadome("ja", &["compare", "t"]);
    open.code(0);
    assert!(open.out.matches("機密ZQX").count() > 100, "{}", open.out.matches("機密ZQX").count());
    for (what, ran) in copies(&scratch) {
        assert_eq!(ran.code, 0, "{what}: {}", ran.err);
        holds_none(&what, &ran.out, &["ZQX", "zqid", "zqbidder", "bids/", "応札者A", "受付1"]);
        holds_none(&what, &ran.err, &["ZQX", "zqid", "zqbidder", "bids/"]);
        assert!(ran.out.contains("A社") || ran.out.contains("Bidder A"), "{what}");
        // A digest of a bid would tell whose it is.
        for letter in ["a", "b", "c", "d", "e"] {
            for name in ["system", "offer"] {
                let path = scratch.path(&format!("t/bids/zqbidder{letter}/{name}.yaml"));
                assert!(!ran.out.contains(&sha256(&fs::read(path).expect("a file"))), "{what}");
            }
        }
    }
}

#[test]
fn a_refused_bid_tells_its_code_and_place_alone() {
    let scratch = planted("機密ZQX");
    let path = scratch.path("t/bids/zqbidderb/offer.yaml");
    let text = fs::read_to_string(&path).expect("an offer");
    fs::write(&path, format!("{text}ZQXunknown: ZQX\n")).expect("written");
    for (what, ran) in copies(&scratch) {
        assert_eq!(ran.code, 3, "{what}");
        holds_none(&what, &ran.out, &["ZQX", "zqid", "zqbidder"]);
        holds_none(&what, &ran.err, &["ZQX", "zqid", "zqbidder"]);
        assert!(ran.out.contains("社/offer.yaml") || ran.out.contains("Bidder B/offer.yaml"), "{what}");
    }
}

#[test]
fn the_key_tells_who_is_who_and_nobody_else_does() {
    let scratch = planted("機密ZQX");
    let arguments = ["compare", "t", "--anonymous", "-o", "copy.md", "--key", "key.md"];
    scratch.hadome("ja", &arguments).code(0).silent();
    let key = scratch.read("key.md");
    for word in ["| B社 | `zqbidderb` |", "機密ZQX応札者B", "`bids/zqbidderb/offer.yaml`", "`zqid0`"] {
        assert!(key.contains(word), "no {word} in\n{key}");
    }
    holds_none("the copy", &scratch.read("copy.md"), &["ZQX", "zqid"]);
    let ran = scratch.hadome("ja", &["compare", "t", "--anonymous"]);
    ran.code(0).says(&["--key"]);
    // Numbers, dates, words of choices and placeholders are what the review needs.
    ran.shows(&["365日", "年2回", "オプション（別料金）", "SG", "（伏せ字）"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_secret_is_it_is_masked(secret in "[ア-ンA-Z]{3}[ァ-ヶ一-龠<|*&]{0,3}ゐヱ") {
        let scratch = planted(&secret);
        for (paper, format) in [("matrix", "html"), ("committee", "markdown")] {
            let arguments = ["compare", "t", "--anonymous", "--paper", paper, "--format", format];
            let ran = scratch.hadome("ja", &arguments);
            prop_assert_eq!(ran.code, 0, "{}", ran.err);
            holds_none(format, &ran.out, &["ゐヱ", "zqid", "zqbidder"]);
        }
    }
}
