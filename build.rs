//! Packs policies, profiles and catalogues into JSON texts that the program carries; makes a table of the
//! policies' expressions, one of their digests, one of the schemas' fields, and the validators of the schemas.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

#[path = "src/schema/bundle.rs"]
mod bundle;
#[path = "build/digests.rs"]
mod digests;
#[path = "build/evidence.rs"]
mod evidence;
#[path = "build/fields.rs"]
mod fields;
#[path = "src/policy/file.rs"]
#[allow(dead_code, reason = "the program asks for words and titles")]
mod file;
#[path = "build/lang.rs"]
#[allow(dead_code, reason = "as above")]
mod lang;
#[path = "src/schema/offered.rs"]
mod offered;
#[path = "src/expression/packed.rs"]
#[allow(dead_code, reason = "the program reads what is packed here")]
mod packed;
#[path = "src/expression/parse.rs"]
#[allow(dead_code, reason = "the program asks for places")]
mod parse;
#[path = "build/rules.rs"]
mod rules;
#[path = "src/stage.rs"]
#[allow(dead_code, reason = "as above")]
mod stage;
#[path = "src/expression/term.rs"]
mod term;
#[path = "build/terms.rs"]
mod terms;
#[path = "build/texts.rs"]
mod texts;

/// The document kinds, in the order of `schema::Kind`.
const KINDS: [&str; 19] = [
    "contract",
    "system",
    "records",
    "policy",
    "cases",
    "profile",
    "incident",
    "references",
    "families",
    "evidence",
    "waivers",
    "redaction",
    "obligations",
    "calendar",
    "marks",
    "tender",
    "offer",
    "answers",
    "articles",
];

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=policies");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    let root = Path::new("policies");
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    let mut packed = json!({
        "policies": [], "profiles": [], "references": null, "families": null, "incidents": incidents()?,
        "duties": {"obligations": null, "calendar": null},
    });
    for path in files {
        let name = path.to_string_lossy().replace('\\', "/");
        if name.ends_with(".cases.yaml") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let document: Value =
            serde_yaml::from_str(&text).map_err(|error| io::Error::other(format!("{name}: {error}")))?;
        let entry = json!({"path": name, "document": document});
        match document["hadome"].as_str() {
            Some("policy/1") => push(&mut packed["policies"], entry),
            Some("profile/1") => push(&mut packed["profiles"], entry),
            Some("references/1") => packed["references"] = document,
            Some("families/1") => packed["families"] = document,
            Some("obligations/1") => packed["duties"]["obligations"] = document,
            Some("calendar/1") => packed["duties"]["calendar"] = document,
            Some("marks/1") => fs::write(out.join("marks.json"), document.to_string())?,
            Some("articles/1") => fs::write(out.join("articles.json"), document.to_string())?,
            other => {
                let kind = other.unwrap_or("nothing");
                return Err(io::Error::other(format!("{name}: unexpected kind {kind}")));
            }
        }
    }
    fs::write(out.join("terms.rs"), terms::table(&packed["policies"]))?;
    fs::write(out.join("digests.rs"), digests::table(&packed["policies"])?)?;
    let digest = Sha256::digest(packed.to_string().as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(out.join("library.sha256"), digest)?;
    let mut texts = texts::Texts::default();
    texts.take(&mut packed);
    fs::write(out.join("texts.rs"), texts.table())?;
    fs::write(out.join("texts.txt"), texts.all)?;
    // Apart, because most runs never ask for them.
    fs::write(out.join("duties.json"), packed["duties"].take().to_string())?;
    fs::write(out.join("library.json"), packed.to_string())?;
    schemas(out)
}

/// The schemas as runs need them: a table of their fields, and validators.
fn schemas(out: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed=schemas");
    let mut schemas = BTreeMap::new();
    for entry in fs::read_dir("schemas")? {
        let path = entry?.path();
        let Some(word) = path.file_stem().filter(|_| path.is_file()) else { continue };
        let schema: Value = serde_json::from_str(&fs::read_to_string(&path)?).map_err(io::Error::other)?;
        schemas.insert(word.to_string_lossy().into_owned(), schema);
    }
    let whole = schemas.clone();
    for schema in schemas.values_mut() {
        offered::complete(schema, |kind| whole.get(kind).cloned().unwrap_or_default());
    }
    fs::write(out.join("fields.rs"), fields::table(&schemas, &KINDS))?;
    fs::write(out.join("rules.rs"), rules::validators(&schemas, &KINDS))
}

/// What a report says of an incident: its title, publisher, date and kind of source.
fn incidents() -> io::Result<Value> {
    let root = Path::new("examples/incidents");
    let mut notes = Vec::new();
    if root.is_dir() {
        println!("cargo:rerun-if-changed={}", root.display());
        let mut files = Vec::new();
        collect(root, &mut files)?;
        files.sort();
        for path in files.iter().filter(|path| path.file_name().is_some_and(|name| name == "incident.yaml")) {
            let text = fs::read_to_string(path)?;
            let document: Value = serde_yaml::from_str(&text)
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
            let texts =
                [&document["title"]["ja"], &document["publisher"]["name"]["ja"], &document["source"]["kind"]];
            if !texts.iter().all(|text| text.is_string()) {
                let name = path.display();
                return Err(io::Error::other(format!(
                    "{name}: title, publisher.name and source.kind are wanted"
                )));
            }
            notes.push(json!({
                "id": document["id"],
                "title": document["title"],
                "publisher": document["publisher"]["name"],
                "published_on": document["published_on"],
                "source": document["source"]["kind"],
            }));
        }
    }
    Ok(Value::Array(notes))
}

fn push(list: &mut Value, entry: Value) {
    if let Value::Array(items) = list {
        items.push(entry);
    }
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}
