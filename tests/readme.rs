//! What README.md and README.ja.md show is what the program gives.

use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// Markdown without its quotation and heading marks, so that an excerpt can be compared.
fn bare(line: &str) -> String {
    line.trim().trim_start_matches(['>', ' ', '#']).trim_matches('*').trim().to_owned()
}

#[test]
fn the_excerpt_of_the_report_stands_in_the_report() {
    for (readme, report) in [
        ("README.md", "examples/disaster-app/report.en.md"),
        ("README.ja.md", "examples/disaster-app/report.ja.md"),
    ] {
        let (readme_text, report_text) = (read(readme), read(report));
        let start = readme_text.find("<!-- excerpt -->").expect("an excerpt");
        let end = readme_text.find("<!-- /excerpt -->").expect("the end of the excerpt");
        let lines: Vec<String> = report_text.lines().map(bare).collect();
        let mut compared = 0;
        for line in readme_text[start..end].lines().filter(|line| line.starts_with('>')) {
            let line = bare(line);
            if line.is_empty() || line.starts_with('…') {
                continue;
            }
            assert!(lines.contains(&line), "{readme} shows what {report} does not say: {line}");
            compared += 1;
        }
        assert!(compared > 10, "{readme}: {compared} lines");
    }
}

#[test]
fn every_file_that_the_readmes_link_to_is_there() {
    for readme in ["README.md", "README.ja.md", "CONTRIBUTING.md", "docs/architecture.md"] {
        let text = read(readme);
        let folder = Path::new(readme).parent().unwrap_or(Path::new(""));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") || link.starts_with('#') {
                continue;
            }
            let target = folder.join(link.split('#').next().unwrap_or_default());
            let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(&target).exists();
            assert!(there, "{readme} links to {}", target.display());
        }
    }
}
