//! The report through the binary: the same bytes twice, a structure that no document bends, numbers
//! that add up, templates that a user replaces.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use hadome::evaluate::outcome::Verdict;
use hadome::lang::Lang;
use tempfile::TempDir;

const HOSTILE: &str = "x|y **b** `c` <script>alert(1)</script> [l](javascript:a) www.a.jp a@b.jp 50%\\";

fn contract(name: &str) -> String {
    let name = name.replace('\'', "''");
    format!(
        "hadome: contract/1\nid: c\ntitle: '{name}'\nfiscal_year: '{name}'\nsources:\n  - {{id: s, title: '{name}'}}\n\
         parties:\n  - {{id: city, role: client, name: '{name}'}}\n\
         term: {{signed_on: 2026-04-01, start: 2026-04-01, end: 2027-03-31, service_start: 2026-06-01}}\n\
         personal_data: {{handled: true}}\n\
         data_return:\n  on_end: true\n  deadline_days: {{value: 90, ref: {{source: s, article: '{name}', page: 3}}}}\n\
         subcontracting: {{permitted: true, prior_approval: written, covers_group_companies: true}}\n\
         subcontractors:\n  - {{id: one, name: '{name}', task: '{name}', handles_personal_data: true}}\n"
    )
}

fn dossier(name: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("contract.yaml"), contract(name)).expect("written");
    let system =
        format!("hadome: system/1\nid: s\ntitle: '{name}'\ntenancy: {{shared: true, isolation: none}}\n");
    fs::write(folder.path().join("system.yaml"), system).expect("written");
    folder
}

fn hadome(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("hadome").expect("the binary");
    command.current_dir(folder).env_clear().args(["report", ".", "--as-of", "2026-11-21"]);
    command
}

#[track_caller]
fn written(command: &mut Command, code: i32) -> String {
    let output = command.output().expect("it runs");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{complaint}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
fn complaint(command: &mut Command, code: i32) -> String {
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(code));
    String::from_utf8(output.stderr).expect("UTF-8")
}

fn gfm() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options
}

/// Each table as rows of cells, and every heading; fails on links and HTML.
fn structure(report: &str) -> (Vec<Vec<Vec<String>>>, Vec<String>) {
    let arena = Arena::new();
    let root = parse_document(&arena, report, &gfm());
    let record = root.last_child().expect("the record of provenance");
    assert!(
        matches!(&record.data.borrow().value, NodeValue::HtmlBlock(html)
            if html.literal.starts_with("<!-- hadome:provenance/1 {") && html.literal.ends_with("} -->\n")),
        "it stands at the end and is one comment"
    );
    record.detach();
    let (mut tables, mut headings) = (Vec::new(), Vec::new());
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Table(_) => {
                let rows = node.children().map(|row| row.children().map(|cell| text(cell)).collect());
                tables.push(rows.collect());
            }
            NodeValue::Heading(_) => headings.push(text(node)),
            NodeValue::Link(link) => panic!("a link: {}", link.url),
            NodeValue::HtmlInline(html) => panic!("HTML: {html}"),
            NodeValue::HtmlBlock(html) => panic!("HTML: {}", html.literal),
            // The templates stress verdicts and what blocks; no document stresses anything.
            NodeValue::Strong => assert!(is_stressed(&text(node)), "stress: {}", text(node)),
            NodeValue::Emph | NodeValue::Strikethrough => panic!("emphasis: {}", text(node)),
            _ => {}
        }
    }
    (tables, headings)
}

fn is_stressed(words: &str) -> bool {
    let verdicts = [Lang::Ja, Lang::En].into_iter().flat_map(|lang| Verdict::ALL.map(|one| one.title(lang)));
    verdicts.chain(["要是正（先行不可）", "blocks the next step"]).any(|known| known == words)
}

fn text<'a>(node: &'a AstNode<'a>) -> String {
    let words = node.descendants().map(|node| match &node.data.borrow().value {
        NodeValue::Text(words) => words.to_string(),
        NodeValue::Code(code) => code.literal.clone(),
        _ => String::new(),
    });
    words.collect()
}

fn shape(report: &str) -> (Vec<Vec<usize>>, usize) {
    let (tables, headings) = structure(report);
    let tables: Vec<Vec<Vec<String>>> = tables;
    (tables.iter().map(|rows| rows.iter().map(Vec::len).collect()).collect(), headings.len())
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = dossier("委託");
    for lang in ["ja", "en"] {
        let first = written(hadome(folder.path()).args(["--lang", lang]), 0);
        assert_eq!(first, written(hadome(folder.path()).args(["--lang", lang]), 0));
        written(hadome(folder.path()).args(["--lang", lang, "-o", "r.md", "--overwrite"]), 0);
        assert_eq!(fs::read_to_string(folder.path().join("r.md")).expect("the file"), first);
        // Where the command runs from does not show.
        let mut elsewhere = Command::cargo_bin("hadome").expect("the binary");
        elsewhere.env_clear().current_dir("/").arg("report").arg(folder.path());
        elsewhere.args(["--as-of", "2026-11-21", "--lang", lang]);
        assert_eq!(written(&mut elsewhere, 0), first);
    }
}

#[test]
fn hostile_text_bends_no_structure() {
    for lang in ["ja", "en"] {
        let arguments = ["--lang", lang, "--approval", "課長,係長,担当"];
        let (plain, hostile) = (dossier("委託"), dossier(HOSTILE));
        let calm = written(hadome(plain.path()).args(arguments), 0);
        let bent = written(hadome(hostile.path()).args(arguments), 0);
        assert_eq!(shape(&calm), shape(&bent));
        let (tables, _) = structure(&bent);
        let tables: Vec<Vec<Vec<String>>> = tables;
        assert!(
            tables.iter().flatten().flatten().any(|cell| cell == HOSTILE),
            "the text comes back as it was"
        );
        for rows in &tables {
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
        let arguments = ["--title", HOSTILE, "--to", HOSTILE, "--author", HOSTILE, "--doc-number", HOSTILE];
        let titled = written(
            hadome(plain.path()).args(["--lang", lang, "--approval", "課長,係長,担当"]).args(arguments),
            0,
        );
        assert_eq!(shape(&calm), shape(&titled));
        assert_eq!(structure(&titled).1[0], HOSTILE);
    }
}

#[test]
fn totals_add_up() {
    let folder = dossier("委託");
    for lang in ["ja", "en"] {
        let report = written(hadome(folder.path()).args(["--lang", lang]), 0);
        let (tables, _) = structure(&report);
        let number = |cell: &String| cell.parse::<usize>().expect("a number");
        let verdicts = tables.iter().find(|rows| rows[0].len() == 3 && rows.len() == 8).expect("the totals");
        for column in [1, 2] {
            let sum: usize = verdicts[1..7].iter().map(|row| number(&row[column])).sum();
            assert_eq!(sum, number(&verdicts[7][column]));
        }
        let families =
            tables.iter().find(|rows| rows[0].len() == 9 && !rows[0][7].is_empty()).expect("the families");
        let last = families.last().expect("the sums");
        for column in 1..9 {
            let sum: usize = families[1..families.len() - 1].iter().map(|row| number(&row[column])).sum();
            assert_eq!(sum, number(&last[column]), "column {column}");
        }
        for row in &families[1..] {
            assert_eq!(row[1..7].iter().map(number).sum::<usize>(), number(&row[7]));
        }
        let outcomes = number(&verdicts[7][1]);
        assert_eq!(number(&last[7]), outcomes);
        // Every finding has its number, and every one of them a row to follow it up.
        let (fail, undecided) = (number(&verdicts[1][1]), number(&verdicts[2][1]));
        let (failed, open) = if lang == "ja" { ("- 指摘", "- 未確認") } else { ("- F-", "- U-") };
        let lines = |prefix: &str| {
            let numbered = |line: &&str| {
                line.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            report.lines().filter(numbered).count()
        };
        assert_eq!((lines(failed), lines(open)), (fail, undecided));
        let blocks = if lang == "ja" { "要是正" } else { "Blocks" };
        let follow_up = |rows: &&Vec<Vec<String>>| rows[0].len() == 7 && rows[0][2] == blocks;
        let follow_up = tables.iter().find(follow_up).expect("the follow-up");
        assert_eq!(follow_up.len() - 1, fail + undecided);
    }
}

#[test]
fn there_is_no_percentage() {
    let folder = dossier("委託");
    for lang in ["ja", "en"] {
        let report = written(hadome(folder.path()).args(["--lang", lang]), 0);
        assert!(!report.contains(['%', '％']) && !report.contains("パーセント"));
    }
}

#[test]
fn publishers_are_named_only_where_asked() {
    let folder = dossier("委託");
    let report = written(&mut hadome(folder.path()), 0);
    for word in ["公表者：", "yokohama", "-water-"] {
        assert!(!report.contains(word), "{word}");
    }
}

#[test]
fn a_template_of_the_same_name_replaces_ours() {
    let folder = dossier(HOSTILE);
    let templates = TempDir::new().expect("a folder");
    let put = |text: &str| fs::write(templates.path().join("report.ja.md.j2"), text).expect("written");
    put("# {{ head.subject }}\n\n{% include \"part.md.j2\" %}");
    fs::write(templates.path().join("part.md.j2"), "{{ summary.outcomes }}\n").expect("written");
    let with = |folder: &Path| {
        let mut command = hadome(folder);
        command.arg("--template-dir").arg(templates.path()).args(["-o", "out.md"]);
        command
    };
    written(&mut with(folder.path()), 0);
    let report = fs::read_to_string(folder.path().join("out.md")).expect("the report");
    assert_eq!(structure(&report).1, [HOSTILE]);
    fs::remove_file(folder.path().join("out.md")).expect("removed");
    fs::write(folder.path().join("secret.txt"), "secret").expect("written");
    let broken = [
        ("a\n{{ titel }}\n", ":2"),
        ("a\nb\n{% for %}\n", ":3"),
        ("{{ title | safe }}", ":1"),
        ("{% for a in range(9000) %}{% for b in range(9000) %}{{ b }}{% endfor %}{% endfor %}", ":1"),
        ("{% include \"../secret.txt\" %}", ":1"),
        ("{% include \"/etc/passwd\" %}", ":1"),
    ];
    for (text, line) in broken {
        put(text);
        let told = complaint(&mut with(folder.path()), 2);
        assert!(told.contains(&format!("report.ja.md.j2{line}: ")), "{told}");
        assert!(!folder.path().join("out.md").exists());
    }
    for wrong in ["nowhere", "."] {
        complaint(hadome(folder.path()).args(["--template-dir", wrong]), 2);
    }
}

#[test]
fn an_output_is_whole_or_not_there() {
    let folder = dossier("委託");
    let left = |folder: &Path| {
        let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let before = left(folder.path());
    complaint(hadome(folder.path()).args(["-o", "no/such/folder/r.md"]), 3);
    assert_eq!(left(folder.path()), before);
    fs::create_dir(folder.path().join("taken")).expect("a folder");
    complaint(hadome(folder.path()).args(["-o", "taken"]), 3);
    assert!(left(&folder.path().join("taken")).is_empty());
    assert!(!left(folder.path()).iter().any(|name| name.ends_with(".part")));
    // What was judged is never replaced, and a broken dossier leaves an older report alone.
    complaint(hadome(folder.path()).args(["-o", "contract.yaml"]), 2);
    written(hadome(folder.path()).args(["-o", "r.md"]), 0);
    // The same report once more changes nothing; one that was filled in is not lost.
    written(hadome(folder.path()).args(["-o", "r.md"]), 0);
    let older =
        fs::read_to_string(folder.path().join("r.md")).expect("the report").replace("（記入）", "情報政策課");
    fs::write(folder.path().join("r.md"), &older).expect("written");
    let told = complaint(hadome(folder.path()).args(["-o", "r.md"]), 3);
    assert!(told.contains("--overwrite"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("r.md")).expect("the report"), older);
    fs::write(folder.path().join("contract.yaml"), "hadome: contract/1\nid: c\nunknown: 1\n")
        .expect("written");
    complaint(hadome(folder.path()).args(["-o", "r.md"]), 3);
    assert_eq!(fs::read_to_string(folder.path().join("r.md")).expect("the report"), older);
}

#[test]
fn the_gate_is_that_of_check() {
    let folder = dossier("委託");
    for rule in ["high", "never"] {
        let mut check = Command::cargo_bin("hadome").expect("the binary");
        check.current_dir(folder.path()).env_clear().args([
            "check",
            ".",
            "--as-of",
            "2026-11-21",
            "--fail-on",
            rule,
        ]);
        let code = check.output().expect("it runs").status.code().expect("a code");
        written(hadome(folder.path()).args(["--fail-on", rule, "--gate"]), code);
        written(hadome(folder.path()).args(["--fail-on", rule]), 0);
    }
}

/// What nobody recorded is not said to be late: the deed may have been done.
#[test]
fn a_duty_that_nobody_recorded_is_not_called_overdue() {
    for (lang, head, unknown, late) in [
        ("ja", "### 期日を経過したもの", "| 未確認 |", "超過"),
        ("en", "### Past their due date", "| not known |", "late"),
    ] {
        let path = format!("{}/examples/disaster-app/report.{lang}.md", env!("CARGO_MANIFEST_DIR"));
        let report = std::fs::read_to_string(path).expect("a report");
        let table = report.split(head).nth(1).and_then(|rest| rest.split("\n### ").next()).expect(head);
        let rows: Vec<&str> = table.lines().filter(|line| line.contains(unknown)).collect();
        assert!(rows.len() >= 3, "{lang}: {table}");
        assert!(rows.iter().all(|row| !row.contains(late)), "{lang}: {rows:#?}");
        assert!(table.lines().any(|line| !line.contains(unknown) && line.contains(late)), "{lang}: {table}");
    }
}
