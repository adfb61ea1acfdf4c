//! Comparisons through the binary: counts that add up, what stands where, refusals, hostile texts, copies in
//! which nobody can tell the bidders, and the workbook as it is read back.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{Ran, Scratch, policy};
use hadome::load::workbook;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/tender");

/// One mandatory and one scored requirement, and one that nobody has to answer.
const POLICIES: [(&str, &str); 2] = [
    ("ZZZ-01", "require:\n  - {id: often, part: promise, that: contract.patching.critical_days <= 14}\n"),
    ("ZZZ-02", "require:\n  - {id: kept, part: design, that: system.logging.retention_days >= 365}\n"),
];
const PROFILE: &str = "hadome: profile/1\nid: trial\ntitle: {ja: 試, en: trial}\nwhy: {ja: 試, en: trial}\n\
                       select: {policies: [ZZZ-01, ZZZ-02]}\n";
const TENDER: &str = "hadome: tender/1\nid: t\ntitle: 案件\nas_of: 2026-12-10\n\
                      others: {class: mandatory, unanswered: inquire}\n\
                      requirements:\n  - {id: log, policy: ZZZ-02, class: scored, points: 10}\n\
                      points_total: 10\nbidders:\n  - {id: a, name: 甲社}\n  - {id: b, name: 乙社}\n";
const DRAFT: &str = "hadome: contract/1\nid: t\nterm: {service_start: 2027-04-01}\n";
const OFFERED: &str = "contract: {patching: {critical_days: 7}}\nrequirements:\n  \
                       - {id: one, policy: ZZZ-01, delivery: existing}\n  \
                       - {id: two, policy: ZZZ-02, delivery: existing}\n";
const KEPT: &str = "logging: {retention_days: 400}\n";

fn offer(id: &str, rest: &str) -> String {
    format!("hadome: offer/1\nid: {id}\n{rest}")
}

fn system(rest: &str) -> String {
    format!("hadome: system/1\nid: web\n{rest}")
}

/// A sound tender of two bidders.
fn tender() -> Scratch {
    let scratch = Scratch::new();
    for (id, rest) in POLICIES {
        scratch.write(&format!("policies/zzz/{id}.yaml"), policy(id, rest));
    }
    scratch.write("profile.yaml", PROFILE).write("t/tender.yaml", TENDER).write("t/contract.yaml", DRAFT);
    for id in ["a", "b"] {
        scratch.write(&format!("t/bids/{id}/offer.yaml"), offer(id, OFFERED));
        scratch.write(&format!("t/bids/{id}/system.yaml"), system(KEPT));
    }
    scratch
}

#[track_caller]
fn run(scratch: &Scratch, lang: &str, arguments: &[&str]) -> Ran {
    let yardstick = ["compare", "t", "--policies", "policies", "--profile", "profile.yaml"];
    scratch.hadome(lang, &[&yardstick, arguments].concat())
}

/// The cells of the rows of the first table below a line that begins so, without its head.
fn table(text: &str, after: &str) -> Vec<Vec<String>> {
    let lines = text.lines().skip_while(|line| !line.starts_with(after)).skip(1);
    let rows = lines.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| -> Vec<String> {
        let line = line.trim_matches('|');
        line.split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    rows.skip(2).map(cells).collect()
}

#[test]
fn counts_add_up_and_each_policy_stands_once() {
    let scratch = Scratch::new();
    for (lang, counts, group, none) in [
        ("ja", "要件の充足の内訳", "### 2-", "該当するものはありません。"),
        ("en", "How many requirements are met", "### 2-", "None."),
    ] {
        let ran = scratch.hadome(lang, &["compare", EXAMPLE]);
        let text = &ran.code(0).out;
        let number = |cell: &String| cell.parse::<usize>().expect("a count");
        let rows = table(text, counts);
        assert_eq!(rows.len(), 5 * 5, "five bidders, four classes and their sum");
        for of_bidder in rows.chunks(5) {
            for row in of_bidder {
                // Six standings, with what is declared only after what is met, then the total.
                let counts: Vec<usize> = row[2..].iter().map(number).collect();
                assert_eq!(counts.len(), 8);
                let declared = counts[5];
                assert_eq!(counts[..7].iter().sum::<usize>() - declared, counts[7], "{row:?}");
                assert!(declared <= counts[4], "{row:?}");
            }
            for column in 2..10 {
                let each: usize = of_bidder[..4].iter().map(|row| number(&row[column])).sum();
                assert_eq!(each, number(&of_bidder[4][column]), "column {column}: {of_bidder:?}");
            }
        }
        let all = number(&rows[4][9]);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut groups = Vec::new();
        for heading in text.lines().filter(|line| line.starts_with(group)) {
            let rows = table(text, heading);
            let told: String = heading.chars().rev().skip_while(|c| !c.is_ascii_digit()).collect();
            let told: String = told.chars().take_while(char::is_ascii_digit).collect();
            let told: usize = told.chars().rev().collect::<String>().parse().expect("a count");
            assert_eq!(rows.len(), told, "{heading}");
            groups.push(told);
            for row in rows {
                let id = row[0].split(' ').next().unwrap_or_default().to_owned();
                *seen.entry(id).or_default() += 1;
            }
        }
        assert_eq!(groups.len(), 4);
        assert!(groups[0] > 0 && groups[1] > 0, "{groups:?}");
        assert_eq!(seen.len(), all);
        assert!(seen.values().all(|count| *count == 1));
        assert!(!text.contains(none) || groups.contains(&0));
        assert!(!text.contains("％）") && !text.contains("1位"), "no ranking");
    }
}

#[test]
fn fails_did_not_answer_and_declared_only_are_told_apart() {
    let scratch = tender();
    // 甲: met by word alone. 乙: fails a mandatory requirement, and says nothing of the scored one.
    let own = "contract: {patching: {critical_days: 90}}\nrequirements:\n  \
               - {id: one, policy: ZZZ-01, delivery: existing}\n";
    scratch.write("t/bids/b/offer.yaml", offer("b", own)).write("t/bids/b/system.yaml", system(""));
    let ran = run(&scratch, "ja", &[]);
    let out = &ran.code(0).out;
    let rows = table(out, "## 1 ");
    assert_eq!(rows[0][3..], ["0", "0", "0", "2", "2", "10", "0", "10"], "甲社");
    assert_eq!(rows[1][3..], ["1", "1", "0", "0", "0", "0", "10", "10"], "乙社");
    let blocks = table(out, "### 2-1");
    assert_eq!(blocks[0][3..], ["◎ 適合（申告のみ）", "× 不適合 **必須不充足**"]);
    let differs = table(out, "### 2-2");
    assert_eq!(differs[0][3..], ["◎ 適合（申告のみ） 10点", "－ 未確認〔要照会〕 得点未確定"]);
    let findings = table(out, "### 3-2");
    assert_eq!(findings[0][3], "**必須不充足**");
    assert_eq!(findings[0][5], "原本の該当箇所 未記入／bids/b/offer.yaml 3行", "from the tender on");
    assert_eq!(run(&scratch, "ja", &["--gate"]).code, 1);
    let paper = run(&scratch, "en", &["--paper", "committee"]);
    paper.code(0).shows(&["## 2 甲社", "## 3 乙社", "ZZZ-01 trial", "Under review"]).hides(&["%"]);
}

#[test]
fn a_bid_that_cannot_be_read_hides_no_other() {
    let scratch = tender();
    scratch.write("t/bids/b/system.yaml", "hadome: system/1\nid: web\nlogging: 3\n");
    for (lang, not_judged) in [("ja", "判定できず"), ("en", "not judged")] {
        for paper in ["matrix", "committee"] {
            let ran = run(&scratch, lang, &["--paper", paper]);
            ran.code(3)
                .shows(&["甲社", not_judged, "bids/b/system.yaml:3:"])
                .says(&["t/bids/b/system.yaml:3:"]);
        }
        let ran = run(&scratch, lang, &["--format", "html"]);
        ran.code(3).shows(&[not_judged, "bids/b/system.yaml:3:"]);
        let ran = run(&scratch, lang, &["-o", "out.xlsx", "--overwrite"]);
        ran.code(3);
        let text = cells(&scratch.path("out.xlsx"));
        assert!(text.contains(not_judged) && text.contains("bids/b/system.yaml:3:"));
    }
}

/// A note, a file, what is written into it, the exit code, what is said.
type Fault<'f> = (&'f str, &'f str, Option<String>, i32, &'f [&'f str]);

#[test]
fn what_is_wrong_with_a_tender_is_told_at_its_place() {
    let answers = "hadome: answers/1\nid: a\nbid: [{id: offer, file: offer.yaml, sha256: \
                   '0000000000000000000000000000000000000000000000000000000000000000'}]\nanswers: []\n";
    let list = |bidders: &str| TENDER.split("bidders:").next().unwrap_or_default().to_owned() + bidders;
    let requirement = |old: &str, new: &str| TENDER.replace(old, new);
    // A file with nothing to write into it is taken away.
    let table: Vec<Fault<'_>> = vec![
        ("a bid without an offer", "t/bids/a/offer.yaml", None, 3, &["t/bids/a/offer.yaml"]),
        ("a bid without a system", "t/bids/a/system.yaml", None, 3, &["t/bids/a/system.yaml"]),
        ("no draft contract", "t/contract.yaml", None, 3, &["t/contract.yaml"]),
        (
            "two bidders with one id",
            "t/tender.yaml",
            Some(list("bidders:\n  - {id: a}\n  - {id: a}\n  - {id: b}\n")),
            3,
            &["t/tender.yaml:11:"],
        ),
        ("no bidders", "t/tender.yaml", Some(list("bidders: []\n")), 3, &["no-bidders", "t/tender.yaml:9:"]),
        (
            "a folder of nobody",
            "t/bids/other/offer.yaml",
            Some(offer("other", "")),
            3,
            &["unlisted-bid", "t/tender.yaml"],
        ),
        (
            "a bidder without a folder",
            "t/tender.yaml",
            Some(format!("{TENDER}  - {{id: c}}\n")),
            3,
            &["no-bid-folder", "t/tender.yaml:12:"],
        ),
        (
            "another bidder's offer",
            "t/bids/a/offer.yaml",
            Some(offer("b", OFFERED)),
            3,
            &["other-bidder", "t/bids/a/offer.yaml:2:"],
        ),
        (
            "stated in the draft and in the offer",
            "t/contract.yaml",
            Some(format!("{DRAFT}patching: {{critical_days: 30}}\n")),
            3,
            &["stated-in-contract-and-offer", "t/bids/a/offer.yaml:3:"],
        ),
        (
            "what only the client states, below a term of the bidder's",
            "t/bids/a/offer.yaml",
            Some(offer("a", "contract:\n  data_handling:\n    locations: [{id: dc, approved: true}]\n")),
            3,
            &["not-the-bidders", "t/bids/a/offer.yaml:5:"],
        ),
        (
            "a term of the client's",
            "t/bids/a/offer.yaml",
            Some(offer("a", "contract:\n  personal_data: {handled: false}\n")),
            3,
            &["not-the-bidders", "t/bids/a/offer.yaml:4:"],
        ),
        (
            "points for an unknown policy",
            "t/tender.yaml",
            Some(requirement("policy: ZZZ-02", "policy: ZZZ-77")),
            3,
            &["unknown-policy-required", "t/tender.yaml:7:"],
        ),
        (
            "points that do not add up",
            "t/tender.yaml",
            Some(requirement("points_total: 10", "points_total: 12")),
            3,
            &["points-do-not-add-up", "t/tender.yaml:8:"],
        ),
        (
            "points for what is mandatory",
            "t/tender.yaml",
            Some(requirement("class: scored", "class: mandatory")),
            3,
            &["points-without-score", "t/tender.yaml:7:"],
        ),
        (
            "two answers to one requirement",
            "t/bids/a/offer.yaml",
            Some(offer("a", &format!("{OFFERED}  - {{id: three, policy: ZZZ-01, delivery: none}}\n"))),
            3,
            &["two-answers", "t/bids/a/offer.yaml:7:"],
        ),
        (
            "a bid that changed after the inquiry",
            "t/bids/a/answers.yaml",
            Some(answers.to_owned()),
            3,
            &["bid-changed", "t/bids/a/answers.yaml:3:"],
        ),
        (
            "an answer to no fact",
            "t/bids/a/answers.yaml",
            Some(
                "hadome: answers/1\nid: a\nanswers:\n  - {id: x, fact: contract.nothing, value: 3}\n".into(),
            ),
            3,
            &["no-such-fact", "t/bids/a/answers.yaml:4:"],
        ),
        ("no tender", "t/tender.yaml", None, 2, &["tender.yaml"]),
    ];
    for (note, path, content, code, said) in table {
        let scratch = tender();
        match content {
            Some(content) => {
                scratch.write(path, content);
            }
            None => fs::remove_file(scratch.path(path)).expect("removed"),
        }
        let before = scratch.files();
        for lang in ["ja", "en"] {
            let ran = run(&scratch, lang, &[]);
            assert_eq!(ran.code, code, "{note}: {ran:#?}");
            for word in said {
                assert!(ran.err.contains(word), "{note}: no {word} in\n{}", ran.err);
            }
        }
        assert_eq!(scratch.files(), before, "{note}");
    }
}

#[cfg(unix)]
#[test]
fn a_bid_outside_of_the_tender_is_not_read() {
    let scratch = tender();
    scratch.write("elsewhere/offer.yaml", offer("c", "")).write("elsewhere/system.yaml", system(""));
    std::os::unix::fs::symlink(scratch.path("elsewhere"), scratch.path("t/bids/c")).expect("a link");
    scratch.write("t/tender.yaml", format!("{TENDER}  - {{id: c}}\n"));
    run(&scratch, "en", &[]).code(3).silent().says(&["bid-out-of-tender", "t/tender.yaml"]);
}

#[test]
fn an_answer_that_contradicts_replaces_nothing() {
    let scratch = tender();
    let answers = "hadome: answers/1\nid: a\nanswers:\n  \
                   - {id: x, number: \"1\", fact: contract.patching.critical_days, value: 90}\n";
    scratch.write("t/bids/a/answers.yaml", answers);
    let ran = run(&scratch, "ja", &[]);
    ran.code(0).shows(&["照会後", "（提案時：◎ 適合）", "記載の不一致", "提案の記載と異なる"]);
    let counts = table(&ran.out, "## 1 ");
    assert_eq!(counts[0][2], "提案時");
    assert_eq!(counts[0][3..6], ["0", "0", "0"]);
    assert_eq!(counts[1][2], "照会後");
    assert_eq!(counts[1][3..6], ["0", "1", "0"]);
}

#[test]
fn nothing_is_overwritten_unasked_and_a_workbook_needs_a_file() {
    let scratch = tender();
    for (file, other) in [("out.md", "en"), ("out.html", "en"), ("out.xlsx", "en")] {
        run(&scratch, "ja", &["-o", file]).code(0).silent();
        let before = fs::read(scratch.path(file)).expect("written");
        run(&scratch, "ja", &["-o", file]).code(0);
        run(&scratch, other, &["-o", file]).code(3).says(&["--overwrite"]);
        assert_eq!(fs::read(scratch.path(file)).expect("there"), before, "{file}");
        run(&scratch, other, &["-o", file, "--overwrite"]).code(0);
        assert_ne!(fs::read(scratch.path(file)).expect("there"), before, "{file}");
    }
    run(&scratch, "en", &["--format", "xlsx"]).code(2).silent().says(&["-o"]);
    run(&scratch, "en", &["--paper", "committee", "-o", "x.xlsx"]).code(2).silent();
    let same = ["--anonymous", "-o", "copy.md", "--key", "./copy.md"];
    run(&scratch, "en", &same).code(2).silent().says(&["--key"]);
    run(&scratch, "ja", &["--key", "key.md"]).code(2);
    assert!(!scratch.path("copy.md").exists() && !scratch.path("key.md").exists());
    scratch.write("key.md", "mine");
    run(&scratch, "en", &["--anonymous", "-o", "copy.md", "--key", "key.md"]).code(3);
    assert_eq!(scratch.read("key.md"), "mine");
    assert!(!scratch.path("copy.md").exists(), "no copy without its key");
}

/// All texts of a workbook: names of sheets and cells.
#[track_caller]
fn cells(path: &Path) -> String {
    let bytes = fs::read(path).expect("a workbook");
    let read = workbook::parse(&bytes, &workbook::Limits::default()).expect("read back");
    let mut out = String::new();
    for sheet in &read.sheets {
        out.push_str(&format!("[{}]\n", sheet.name));
        for cell in sheet.cells.values() {
            out.push_str(&format!("{:?}\n", cell.value));
        }
    }
    out
}

#[test]
fn the_workbook_says_what_the_matrix_says() {
    let scratch = Scratch::new();
    scratch.hadome("ja", &["compare", EXAMPLE, "-o", "hikaku.xlsx"]).code(0);
    let bytes = fs::read(scratch.path("hikaku.xlsx")).expect("a workbook");
    let read = workbook::parse(&bytes, &workbook::Limits::default()).expect("read back");
    let names: Vec<&str> = read.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names[..2], ["集計", "比較表"]);
    assert_eq!(names[names.len() - 2..], ["評価記号表", "入力文書"]);
    assert_eq!(names.len(), 4 + 5, "one for each bidder");
    let matrix = read.sheet("比較表").expect("the matrix");
    let heads: Vec<&str> = (0..11).filter_map(|column| matrix.text(1, column)).collect();
    assert_eq!(heads[..6], ["ID", "確認項目", "まとまり", "分野", "区分", "配点"]);
    let text = scratch.hadome("ja", &["compare", EXAMPLE]).out;
    let mut rows = 0;
    for row in 2.. {
        let Some(id) = matrix.text(row, 0) else { break };
        rows += 1;
        for column in 6..11 {
            let cell = matrix.text(row, column).expect("a cell").replace(['【', '】'], "**");
            let bare = cell.split(" **").next().unwrap_or_default().split("**").next().unwrap_or_default();
            let stands = text.lines().any(|line| {
                line.starts_with(&format!("| {id} "))
                    && (line.contains(bare) || cell.chars().all(|c| c != '◎'))
            });
            assert!(stands, "{id}: {cell}");
        }
    }
    assert_eq!(rows, 169);
}

const HOSTILE: [&str; 7] = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\\\"><svg onload=alert(1)>",
    "=HYPERLINK(1)",
    "a|b `c` [d](javascript:e)",
    "{{ 7*7 }}{% raw %}",
    "-->&lt;\\u001b[31m",
];

#[test]
fn hostile_texts_execute_nothing_and_are_not_lost() {
    for hostile in HOSTILE {
        let scratch = tender();
        let listed = format!("bidders:\n  - {{id: a, name: \"{hostile}\"}}\n  - {{id: b, name: 乙社}}\n");
        let head = TENDER.split("bidders:").next().unwrap_or_default();
        scratch.write("t/tender.yaml", format!("{head}{listed}"));
        let answers = format!(
            "contract: {{patching: {{critical_days_wording: \"{hostile}\"}}}}\nrequirements:\n  \
             - {{id: one, policy: ZZZ-01, delivery: option, paper: \"{hostile}\", remark: \"{hostile}\"}}\n"
        );
        scratch.write("t/bids/a/offer.yaml", offer("a", &answers));
        let page = run(&scratch, "ja", &["--format", "html"]);
        let out = &page.code(0).out;
        assert_eq!(out.matches("<script").count(), 1, "{hostile}");
        assert_eq!(out.matches("</script").count(), 1, "{hostile}");
        assert!(!out.contains("<img") && !out.contains("<svg") && !out.contains("\u{1b}"), "{hostile}");
        for outer in ["http:", "https:", "url(", "@import", "src=", "<link", "<iframe"] {
            let own = hostile.contains(outer) && out.contains("&lt;img src=x");
            assert!(own || !out.contains(outer), "{outer}");
        }
        let policy = "default-src &apos;none&apos;";
        assert!(out.contains("default-src 'none'; script-src 'sha256-") && !out.contains(policy));
        assert!(!out.contains("unsafe-inline") && !out.contains("unsafe-eval"));
        let committee = run(&scratch, "en", &["--format", "html", "--paper", "committee"]);
        assert!(!committee.out.contains("<script") && !committee.out.contains("<img"), "{hostile}");
        let markdown = run(&scratch, "en", &[]);
        assert!(!markdown.out.contains("<script") && !markdown.out.contains("\u{1b}"), "{hostile}");
        assert!(!markdown.out.contains("[d](javascript"), "{hostile}");
        let width = |line: &str| line.replace("\\|", "").matches('|').count();
        let widths: Vec<usize> =
            table_lines(&markdown.out, "### 2-").iter().map(|line| width(line)).collect();
        assert!(
            !widths.is_empty() && widths.iter().all(|count| *count == widths[0]),
            "{hostile}: {widths:?}"
        );
        run(&scratch, "ja", &["-o", "x.xlsx"]).code(0);
        let cells = cells(&scratch.path("x.xlsx"));
        let kept = hostile.split(['\\', '"']).next().unwrap_or_default();
        assert!(cells.contains(kept), "{hostile}: lost from the workbook");
    }
}

fn table_lines<'t>(text: &'t str, heading: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(heading)).skip(1);
    lines.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).collect()
}

#[test]
fn the_page_runs_its_own_script_alone_and_reads_without_it() {
    let scratch = Scratch::new();
    for lang in ["ja", "en"] {
        let ran = scratch.hadome(lang, &["compare", EXAMPLE, "--format", "html"]);
        let page = &ran.code(0).out;
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
        let (_, rest) = page.split_once("<script>").expect("a script");
        let (script, _) = rest.split_once("</script>").expect("its end");
        for word in
            ["innerHTML", "eval(", "Function(", "fetch(", "XMLHttpRequest", "import(", "document.write"]
        {
            assert!(!script.contains(word), "{word}");
        }
        let bare = page.replace(script, "");
        assert!(!bare.contains(" on") || !bare.contains("onclick="), "no handler in an attribute");
        assert!(!bare.contains("style=\""), "no style that the policy would refuse");
        let tree = roxmltree::Document::parse_with_options(
            &bare,
            roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() },
        )
        .expect("well-formed");
        let ids: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("id")).collect();
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "ids are unique");
        for node in tree.descendants() {
            if let Some(target) = node.attribute("href") {
                assert!(unique.contains(target.trim_start_matches('#')), "{target}");
            }
            assert!(node.attribute("src").is_none());
        }
    }
}
