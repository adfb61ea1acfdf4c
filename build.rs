//! Packs policies, references, profiles, obligations and counting rules into one JSON text that the program carries; makes a table
//! of the schemas' fields and the validator's copies of the schemas.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

#[path = "src/schema/bundle.rs"]
mod bundle;
#[path = "build/fields.rs"]
mod fields;

/// The document kinds, in the order of `schema::Kind`.
const KINDS: [&str; 13] = [
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
    "obligations",
    "calendar",
];

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=policies");
    let root = Path::new("policies");
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    let mut packed = json!({
        "policies": [], "profiles": [], "references": null, "families": null, "obligations": null, "calendar": null,
        "incidents": incidents()?,
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
            Some("obligations/1") => packed["obligations"] = document,
            Some("calendar/1") => packed["calendar"] = document,
            other => {
                let kind = other.unwrap_or("nothing");
                return Err(io::Error::other(format!("{name}: unexpected kind {kind}")));
            }
        }
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let (out, packed) = (Path::new(&out), packed.to_string());
    let digest: String = Sha256::digest(packed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(out.join("library.json"), packed)?;
    fs::write(out.join("library.sha256"), digest)?;
    schemas(out)
}

/// The schemas as runs need them: a table of their fields, and the validator's copies.
fn schemas(out: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed=schemas");
    let mut schemas = BTreeMap::new();
    for entry in fs::read_dir("schemas")? {
        let path = entry?.path();
        let Some(word) = path.file_stem().filter(|_| path.is_file()) else { continue };
        let schema = serde_json::from_str(&fs::read_to_string(&path)?).map_err(io::Error::other)?;
        schemas.insert(word.to_string_lossy().into_owned(), schema);
    }
    fs::write(out.join("fields.rs"), fields::table(&schemas, &KINDS))?;
    for word in KINDS {
        rules(out, word, schemas[word].clone(), &schemas["common"])?;
    }
    rules(out, "ref", json!({"$ref": "common.json#/$defs/ref"}), &schemas["common"])
}

fn rules(out: &Path, word: &str, schema: Value, common: &Value) -> io::Result<()> {
    let mut rules = bundle::bundle(schema, common.clone());
    bundle::silence(&mut rules);
    shorten(&mut rules);
    fs::write(out.join(format!("{word}.rules.json")), rules.to_string())
}

fn shorten(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| match key.as_str() {
                "description" | "x-description-en" => !value.is_string(),
                "examples" => !value.is_array(),
                _ => true,
            });
            map.values_mut().for_each(shorten);
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        _ => {}
    }
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
