//! Any rules of redaction over a dossier, of which what the rules hide must not be left in the report.

use std::path::Path;

use super::archive::{lay_out, pack, unpack};
use super::program::{lang, run};
use super::seeds;

/// The file of the rules in an archive; the rest is the dossier.
const RULES: &str = "rules.yaml";

pub fn enter(bytes: &[u8]) {
    let folder = lay_out(bytes);
    let rules = folder.path().join(RULES);
    let [report, redact, page] = ["report", "--redact", "--format=html"].map(Path::new);
    let ran = run(lang(bytes), &[report, folder.path(), redact, &rules]);
    if ran.code < 2 {
        let text = String::from_utf8(ran.out).expect("a report is text");
        assert!(!text.contains("hadome:provenance"), "a copy for release with its record");
        run(lang(bytes), &[report, folder.path(), redact, &rules, page]);
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let guides = ["docs/redaction.en.md", "docs/redaction.ja.md"];
    let mut rules: Vec<String> = Vec::new();
    for guide in guides {
        let text = std::fs::read_to_string(seeds::home().join(guide)).expect("a guide");
        let blocks = text.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
        rules.extend(blocks.filter(|block| block.starts_with("hadome: redaction/1")).map(str::to_owned));
    }
    assert!(!rules.is_empty(), "the guides show rules");
    let mut seeds = Vec::new();
    for dossier in seeds::folders("examples", "contract.yaml", 40_000) {
        let rule = &rules[seeds.len() % rules.len()];
        seeds.push(pack([(RULES, rule.as_bytes())].into_iter().chain(unpack(&dossier))));
    }
    seeds::in_order(&mut seeds);
    seeds
}
