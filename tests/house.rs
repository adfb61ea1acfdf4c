//! The walls of the house: which file may name which crate, and which step may know which other.

use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()),
            );
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let name =
                path.strip_prefix(root.join("src")).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.push((name, code(&path)));
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder}");
    found
}

/// A file without its comments and its own tests.
fn code(path: &PathBuf) -> String {
    let text = std::fs::read_to_string(path).expect("a source file");
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_of_these_crates_is_named_in_one_place() {
    let owners = [
        ("cel::", &["expression/parse.rs"][..]),
        ("granit_parser::", &["load/yaml.rs"]),
        ("jsonschema::", &["validate/document.rs", "validate/rules.rs"]),
        ("csv::", &["render/register/csv.rs"]),
        ("minijinja::", &["render/markdown.rs"]),
        ("comrak::", &["render/docx.rs", "render/docx/width.rs", "render/html.rs", "render/html/columns.rs"]),
        ("docx_rs::", &["render/docx.rs"]),
        ("annotate_snippets::", &["render/diagnostics.rs", "render/text.rs"]),
        ("ignore::", &["load/find.rs"]),
        ("base64::", &["digest.rs"]),
        ("sha2::", &["digest.rs"]),
        ("strsim::", &["nearest.rs"]),
        ("anstream::", &["main.rs"]),
        ("aho_corasick::", &["redact/needle.rs"]),
        ("unicode_normalization::", &["questionnaire/word.rs", "redact/needle.rs"]),
        ("rust_xlsxwriter::", &["render/xlsx.rs"]),
        ("calamine::", &["load/workbook/cells.rs"]),
        ("quick_xml::", &["load/workbook/part.rs"]),
        ("zip::", &["load/workbook/package.rs"]),
    ];
    for (name, code) in sources("src") {
        for (krate, files) in owners {
            let named = code.match_indices(krate).any(|(at, _)| {
                !code[..at]
                    .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
            });
            assert!(!named || files.contains(&name.as_str()), "{name} names {krate}");
        }
    }
}

#[test]
fn judging_reads_no_file_no_clock_and_knows_no_format() {
    let inner = |name: &str| {
        [
            "expression",
            "evaluate",
            "conclude",
            "policy/compile",
            "policy/file",
            "article",
            "obligation",
            "calendar",
            "date",
            "stage",
            "schema",
        ]
        .iter()
        .any(|part| name.starts_with(part))
    };
    for (name, code) in sources("src").into_iter().filter(|(name, _)| inner(name)) {
        for forbidden in ["std::fs", "std::env", "SystemTime", "Instant::", "std::net", "std::process"] {
            assert!(!code.contains(forbidden), "{name} uses {forbidden}");
        }
        for forbidden in ["crate::render", "crate::command", "crate::replay"] {
            assert!(!code.contains(forbidden), "{name} knows {forbidden}");
        }
    }
}

#[test]
fn tools_that_write_take_what_was_read_and_know_no_format() {
    for folder in ["src/lint", "src/mutate", "src/cases", "src/scaffold", "src/register", "src/questionnaire"]
    {
        for (name, code) in [sources(folder), sources(&format!("{folder}.rs"))].concat() {
            for forbidden in [
                "std::fs",
                "crate::render",
                "crate::command",
                "crate::replay",
                "crate::assess",
                "crate::conclude",
            ] {
                assert!(!code.contains(forbidden), "{name} uses {forbidden}");
            }
        }
    }
}

#[test]
fn rendering_takes_data_only() {
    for (name, code) in sources("src/render") {
        let templates = name == "render/markdown.rs";
        for forbidden in [
            "crate::evaluate::evaluate",
            "crate::load::dossier",
            "crate::load::workbook",
            "crate::validate::validate",
            "crate::assess",
        ] {
            assert!(!code.contains(forbidden), "{name} does earlier work: {forbidden}");
        }
        assert!(templates || !code.contains("std::fs"), "{name} reads files");
    }
}

#[test]
fn the_library_neither_prints_nor_exits_nor_reads_the_environment() {
    for (name, code) in sources("src").into_iter().filter(|(name, _)| name != "main.rs") {
        for forbidden in [
            "println!",
            "eprintln!",
            "print!(",
            "process::exit",
            "std::env::var",
            "std::env::args",
            "SystemTime::now",
        ] {
            assert!(!code.contains(forbidden), "{name} uses {forbidden}");
        }
    }
}

#[test]
fn the_clock_is_read_in_main_alone() {
    let named = sources("src").into_iter().filter(|(_, code)| code.contains("SystemTime"));
    assert_eq!(named.map(|(name, _)| name).collect::<Vec<_>>(), ["main.rs"]);
}

#[test]
fn there_is_no_room_for_odds_and_ends() {
    for (name, _) in sources("src") {
        for word in ["util", "helper", "misc", "common"] {
            assert!(!name.contains(word), "{name}");
        }
    }
}
