//! Any bytes as a filed report, held against an example.

use std::fs;
use std::path::Path;

use hadome::lang::Lang;
use hadome::provenance::seal::unseal;

use super::archive::scratch;
use super::program::{lang, run};
use super::seeds;

/// The example.
const DOSSIER: &str = "examples/minimal";

pub fn enter(bytes: &[u8]) {
    let folder = scratch();
    let report = folder.path().join("report.md");
    fs::write(&report, bytes).expect("written");
    match std::str::from_utf8(bytes).map(unseal) {
        Ok(Err(problem)) => {
            assert!([Lang::Ja, Lang::En].iter().all(|lang| !problem.message(*lang).is_empty()));
        }
        Ok(Ok(_)) => {
            let [verify, dossier, json] = ["verify", "--dossier", "--format=json"].map(Path::new);
            let ran = run(lang(bytes), &[verify, &report, dossier, &seeds::home().join(DOSSIER), json]);
            if ran.code < 2 {
                serde_json::from_slice::<serde_json::Value>(&ran.out).expect("JSON");
            }
        }
        Err(_) => {}
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let [report, day] = ["report", "--as-of=2026-11-21"].map(Path::new);
    let forms =
        [("--format=markdown", Lang::Ja), ("--format=markdown", Lang::En), ("--format=html", Lang::Ja)];
    let whole = forms
        .map(|(form, lang)| run(lang, &[report, &seeds::home().join(DOSSIER), day, Path::new(form)]).out);
    let mut seeds = Vec::new();
    for text in whole {
        // The record with the lines before it alone: small enough to be changed in many ways.
        let start = text.windows(16).rposition(|window| window == b"<!-- hadome:prov").expect("a record");
        let head: Vec<u8> = text.split_inclusive(|byte| *byte == b'\n').take(30).flatten().copied().collect();
        seeds.push([&head[..head.len().min(start)], &text[start..]].concat());
        seeds.push(text);
    }
    seeds::in_order(&mut seeds);
    seeds
}
