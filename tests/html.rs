//! The report as a page, through the binary and in the library: well-formed, saying what the Markdown
//! says, one piece, and never bent by what a document says.

mod common;
#[path = "common/hostile.rs"]
mod hostile;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::Scratch;
use hadome::assess::assess;
use hadome::conclude::How;
use hadome::evaluate::Keep;
use hadome::lang::Lang;
use hadome::load::limits::Limits;
use hadome::render::escape::{markdown, terminal};
use hadome::render::html::html;
use hadome::render::markdown::Templates;
use hadome::render::report::{Filing, ReportView, report};
use hadome::render::view;
use hadome::validate::yardstick::{Choice, prepare};
use hostile::{TRICKS, hostile};
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};

const HOSTILE: &str =
    "x|y **b** `c` </style><script>alert(1)</script> [l](javascript:a) \"'&amp; www.a.jp a@b.jp \\";

/// Everything that a page is made of; nothing that runs, nothing that fetches.
const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "main",
    "nav",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "strong",
    "code",
    "blockquote",
    "span",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "id",
    "scope",
    "style",
    "role",
    "tabindex",
    "aria-labelledby",
];

/// What the record of provenance begins with.
const RECORD: &str = " hadome:provenance/";

fn parse(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}:\n{page}"))
}

/// The names of all elements in order, whatever a cell is and however wide columns are. Fails on what
/// has no place in a page.
#[track_caller]
fn shape(page: &str) -> Vec<String> {
    // For HTML only these may end within their own tag.
    for (at, _) in page.match_indices("/>") {
        let open = page[..at].rfind('<').expect("a tag");
        let name: String = page[open + 1..].chars().take_while(char::is_ascii_alphabetic).collect();
        assert!(["meta", "col", "br", "hr"].contains(&name.as_str()), "<{name} />");
    }
    let document = parse(page);
    let mut ids = BTreeSet::new();
    let mut names = Vec::new();
    for node in document.descendants() {
        assert!(!node.is_pi());
        // The one comment is the record of provenance.
        assert!(!node.is_comment() || node.text().is_some_and(|text| text.starts_with(RECORD)));
        if !node.is_element() {
            continue;
        }
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "<{name}>");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(ATTRIBUTES.contains(&key), "{key}=\"{value}\"");
            match key {
                "id" => assert!(ids.insert(value), "{value} twice"),
                "href" => assert!(value.starts_with('#'), "{value}"),
                "style" => assert!(value.starts_with("width: ") && value.len() < 12, "{value}"),
                _ => {}
            }
        }
        if name == "style" {
            let style = node.text().unwrap_or_default();
            assert!(!style.contains(['<', '&']) && !style.contains("url(") && !style.contains("@import"));
        }
        if name == "th" {
            assert!(node.attribute("scope").is_some());
        }
        match name {
            "colgroup" | "col" => {}
            "th" | "td" => names.push("cell".to_owned()),
            name => names.push(name.to_owned()),
        }
    }
    for node in document.descendants() {
        let target = node.attribute("href").map(|href| &href[1..]);
        for target in target.into_iter().chain(node.attribute("aria-labelledby")) {
            assert!(ids.contains(target), "nothing is called {target}");
        }
    }
    names
}

#[track_caller]
fn same_shape(one: &str, other: &str) {
    let (one, other) = (shape(one), shape(other));
    let at = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    assert!(one == other, "element {at}: {:?}, {:?}", one.get(at), other.get(at));
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

fn first<'d>(document: &'d Document<'d>, name: &str) -> Node<'d, 'd> {
    document.descendants().find(|node| node.has_tag_name(name)).unwrap_or_else(|| panic!("no <{name}>"))
}

/// Dossiers with a text in many places.
fn dossier(name: &str) -> Scratch {
    let name = name.replace('\'', "''");
    let scratch = Scratch::new();
    scratch.write(
        "a/contract.yaml",
        format!(
            "hadome: contract/1\nid: c\ntitle: '{name}'\nsources:\n  - {{id: s, title: '{name}'}}\n\
             parties:\n  - {{id: city, role: client, name: '{name}'}}\n\
             term: {{signed_on: 2026-04-01, start: 2026-04-01, end: 2027-03-31, service_start: 2026-06-01}}\n\
             data_return: {{on_end: true, deadline_days: {{value: 90, ref: {{source: s, article: '{name}', page: 3}}}}}}\n\
             subcontractors:\n  - {{id: one, name: '{name}', task: '{name}', handles_personal_data: true}}\n"
        ),
    );
    scratch.write("a/system.yaml", format!("hadome: system/1\nid: s\ntitle: '{name}'\n"));
    scratch
}

/// A Markdown report without its record of provenance.
fn before_record(report: &str) -> &str {
    report.split_once("\n<!-- hadome:provenance/").expect("the record").0
}

const REPORT: [&str; 4] = ["report", "a", "--as-of", "2026-11-21"];

fn page(scratch: &Scratch, lang: &str, arguments: &[&str]) -> String {
    let ran = scratch.hadome(lang, &[&REPORT[..], &["--format", "html"], arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn a_page_is_one_piece_that_forbids_everything_else() {
    for lang in ["ja", "en"] {
        let scratch = dossier("委託");
        let page = page(&scratch, lang, &["--approval", "課長,係長"]);
        shape(&page);
        let document = parse(&page);
        assert_eq!(document.root_element().attribute("lang"), Some(lang));
        let policy = document
            .descendants()
            .find(|node| node.attribute("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|node| node.attribute("content"))
            .expect("a policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
        for forbidden in ["http:", "https:", "src=", "@font-face"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert_eq!(text(first(&document, "h1")), text(first(&document, "title")));
        // No heading skips a level, so that a reader who hears them finds the way.
        let levels: Vec<u8> = document
            .descendants()
            .filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok())
            .collect();
        assert_eq!(levels.first(), Some(&1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert!(page.contains("<table class=\"stamps\">"));
    }
}

#[test]
fn the_page_says_what_the_markdown_says() {
    for lang in ["ja", "en"] {
        let scratch = dossier("委託");
        let markdown = before_record(&scratch.hadome(lang, &REPORT).out).to_owned();
        let page = page(&scratch, lang, &[]);
        let document = parse(&page);
        let said = text(first(&document, "main"));
        let said: String = said.split_whitespace().collect();
        let digest =
            |line: &&str| !line.contains("Template of this report") && !line.contains("報告書の様式");
        for line in markdown.lines().filter(digest) {
            for piece in line.trim_start_matches(['#', '-', '>', ' ']).split(" | ") {
                let piece: String = piece.replace(['|', '*', '`', '\\'], "").split_whitespace().collect();
                let rule = piece.chars().all(|c| c == '-' || c == ':');
                assert!(rule || said.contains(&piece), "the page lacks: {piece}");
            }
        }
        // Each finding can be reached from where its number stands.
        let links = document.descendants().filter(|node| node.has_tag_name("a"));
        let findings = links.filter(|node| node.attribute("href").is_some_and(|to| to.starts_with("#f")));
        let mut targets: Vec<&str> = findings.filter_map(|node| node.attribute("href")).collect();
        targets.sort_unstable();
        targets.dedup();
        let items = document.descendants().filter(|node| node.attribute("class") == Some("finding"));
        assert_eq!(items.count(), targets.len());
        assert!(targets.len() > 10);
    }
}

/// The pages of the realistic example name findings of every kind, waived ones among them.
#[test]
fn every_link_of_the_examples_pages_leads_somewhere() {
    for lang in ["ja", "en"] {
        let path = format!("{}/examples/disaster-app/report.{lang}.html", env!("CARGO_MANIFEST_DIR"));
        let page = std::fs::read_to_string(path).expect("a page");
        let document = parse(&page);
        let ids: BTreeSet<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let links = document.descendants().filter_map(|node| node.attribute("href")?.strip_prefix('#'));
        let dead: Vec<&str> = links.clone().filter(|link| !ids.contains(link)).collect();
        assert!(dead.is_empty(), "{lang}: {dead:?}");
        assert!(links.count() > 60, "{lang}");
    }
}

#[test]
fn verdicts_and_blanks_are_marked() {
    let scratch = dossier("不適合");
    let page = page(&scratch, "ja", &[]);
    let document = parse(&page);
    let of = |class: &str| {
        let marked = document.descendants().filter(|node| node.attribute("class") == Some(class));
        marked.map(text).collect::<BTreeSet<String>>()
    };
    assert_eq!(of("verdict fail"), BTreeSet::from(["不適合".to_owned()]));
    assert_eq!(of("verdict not_applicable"), BTreeSet::from(["対象外".to_owned()]));
    assert_eq!(of("blank"), BTreeSet::from(["（記入）".to_owned()]));
    // A word of a document gets no mark.
    let subject = document.descendants().find(|node| node.has_tag_name("td") && text(*node) == "不適合");
    assert!(subject.expect("the subject").children().all(|node| node.is_text()));
}

#[test]
fn hostile_text_bends_no_page() {
    for lang in ["ja", "en"] {
        let (calm, hostile) = (dossier("委託"), dossier(HOSTILE));
        let bent = page(&hostile, lang, &[]);
        same_shape(&page(&calm, lang, &[]), &bent);
        assert!(text(parse(&bent).root_element()).contains(HOSTILE), "the text comes back as it was");
        let options = ["--title", "--to", "--author", "--doc-number", "--classification", "--retention"];
        let filled = |word: &'static str| {
            let words: Vec<&str> = options.iter().flat_map(|option| [*option, word]).collect();
            page(&calm, lang, &words)
        };
        let bent = filled(HOSTILE);
        same_shape(&filled("委託"), &bent);
        assert_eq!(text(first(&parse(&bent), "title")), HOSTILE);
    }
}

#[test]
fn the_format_is_asked_for_or_the_endings() {
    let scratch = dossier("委託");
    let written = |arguments: &[&str], file: &str| {
        scratch.hadome("ja", &[&REPORT[..], arguments, &["-o", file, "--overwrite"]].concat()).code(0);
        scratch.read(file).starts_with("<!DOCTYPE html>")
    };
    for (file, html) in [("r.html", true), ("r.HTM", true), ("r.md", false), ("r.txt", false), ("r", false)] {
        assert_eq!(written(&[], file), html, "{file}");
        assert!(written(&["--format", "html"], file));
        assert!(!written(&["--format", "markdown"], file));
    }
    scratch.hadome("ja", &REPORT).shows(&["# 委託システム"]).hides(&["<html", "<p>"]);
    // The same page twice is the same bytes, so that it needs no leave to be written again.
    for _ in 0..2 {
        scratch.hadome("ja", &[&REPORT[..], &["-o", "same.html"]].concat()).code(0);
    }
    assert_eq!(scratch.read("same.html"), page(&scratch, "ja", &[]));
    scratch.write("same.html", "記入済み");
    scratch.hadome("ja", &[&REPORT[..], &["-o", "same.html"]].concat()).code(3).says(&["--overwrite"]);
}

#[test]
fn a_user_replaces_page_and_style() {
    let scratch = dossier(HOSTILE);
    let with = ["--template-dir", "own", "--doc-number", HOSTILE];
    scratch.write("own/page.css.j2", "p::before { content: \"{{ doc_number }}\"; }\n");
    let styled = page(&scratch, "ja", &with);
    shape(&styled);
    let document = parse(&styled);
    let style = first(&document, "style").text().unwrap_or_default();
    assert!(style.contains("x\\7c y") && !style.contains("@page"), "{style}");
    scratch.write("own/page.html.j2", "<html><title>{{ doc_number }}</title><p class=\"{{ title }}\">{% autoescape false %}{{ doc_number }}{% endautoescape %}</p>{{ body }}</html>\n");
    let own = page(&scratch, "ja", &with);
    shape(&own);
    assert_eq!(text(first(&parse(&own), "p")), HOSTILE);
    scratch.write("own/page.html.j2", "<html>\n{{ nothing }}</html>\n");
    let ran = scratch.hadome("ja", &[&REPORT[..], &["--format", "html"], &with].concat());
    ran.code(2).silent().says(&["own/page.html.j2:2"]);
    // What the page is made from counts as the template of the report.
    let digest =
        |page: &str| text(parse(page).root_element()).split("報告書の様式").nth(1).map(str::to_owned);
    assert_ne!(digest(&styled), digest(&page(&scratch, "ja", &[])));
}

/// HTML, links and pictures of a template of a user's own fetch nothing.
#[test]
fn markup_of_a_users_own_report_stays_harmless() {
    let scratch = dossier("委託");
    scratch.write(
        "own/report.ja.md.j2",
        "# {{ title }}\n\n<img src=\"http://a.example/\" />\n\nb <b onclick=\"x\">c</b>\n\n![alt](http://a.example/b.png)\n\n\
         ## d\n\n[js](javascript:alert)\n",
    );
    let page = page(&scratch, "ja", &["--template-dir", "own"]);
    assert!(!page.contains("<img") && !page.contains("<b ") && !page.contains("href=\"javascript"), "{page}");
    assert!(text(parse(&page).root_element()).contains("alt"));
}

#[test]
fn the_filing_data_stand_in_both_formats() {
    let scratch = dossier("委託");
    for format in ["markdown", "html"] {
        let options = ["--classification", "機密性2", "--retention", "5年", "--format", format];
        let ran = scratch.hadome("ja", &[&REPORT[..], &options].concat());
        ran.code(0).shows(&["機密性2", "5年"]);
    }
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/disaster-app");
    let called = |style: &[&str]| {
        scratch.hadome("ja", &[&["report", example, "--as-of", "2026-11-21"], style].concat()).out.clone()
    };
    let clause = |report: &str| report.lines().filter(|line| line.starts_with("> ")).collect::<String>();
    let [kou_otsu, hacchu, itaku] =
        ["kou-otsu", "hacchu", "itaku"].map(|style| called(&["--party-style", style]));
    assert!(kou_otsu.contains("| 委託者（甲） |") && clause(&kou_otsu).contains("乙は、"));
    assert!(hacchu.contains("| 委託者（発注者） |") && !clause(&hacchu).contains("受託者"));
    assert!(itaku.contains("| 委託者 |") && clause(&itaku).contains("受託者は、"));
    assert_eq!(itaku, called(&[]));
}

/// A view of a real report, to be filled with hostile words.
static VIEW: LazyLock<ReportView> = LazyLock::new(|| {
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let (yardstick, library) = prepare(&Choice { as_of, ..Choice::default() }).expect("the library");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal");
    let assessment = assess(&folder, "d", &yardstick, How::keeping(Keep::Everything), &Limits::default())
        .expect("a sound dossier");
    report(&assessment, &view::view(&assessment, Lang::Ja), &library, &Filing::default(), None, Lang::Ja)
});

thread_local! {
    static TEMPLATES: Templates = Templates::new(None).expect("the built-in templates");
}

/// A small report with one text everywhere.
fn small(words: &str) -> String {
    let (mut view, line) = (VIEW.clone(), markdown(words));
    view.title = words.to_owned();
    view.head.doc_number = Some(words.to_owned());
    view.head.classification = Some(words.to_owned());
    let report = format!(
        "# {line}x\n\n| {line} | b |\n| --- | ---: |\n| {line} | c |\n\n## {line}x\n\n### {line}x\n\n\
         - {line}x\n  - {line}x\n\n> {line}x\n\n| a | b | c | d |\n| --- | --- | --- | --- |\n| 1 | {line} | {line} | 2 |\n"
    );
    TEMPLATES.with(|templates| html(templates, &report, &view.frame(), Lang::Ja)).expect("a page")
}

/// The style sheet without the strings that documents give.
fn style(page: &str) -> String {
    let document = parse(page);
    let style = first(&document, "style").text().unwrap_or_default().to_owned();
    let (before, margin) = style.split_once("@top-left").expect("a header");
    let margin = margin.split('\\').map(|piece| piece.split_once(' ').map_or(piece, |(_, rest)| rest));
    let punctuation = |text: &str| text.chars().filter(char::is_ascii_punctuation).collect::<String>();
    before.to_owned() + &margin.map(punctuation).collect::<String>()
}

fn check(words: &str) {
    let (calm, page) = (small("委託"), small(words));
    same_shape(&calm, &page);
    // The calm text has no escapes, so that its header is compared as it stands.
    let punctuation = |page: &str| style(page).matches(['"', '{', '}', ';']).collect::<String>();
    assert_eq!(punctuation(&calm), punctuation(&page), "{words:?}");
    let want: String = terminal(words).trim().replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    let document = parse(&page);
    let cells: Vec<String> =
        document.descendants().filter(|node| node.has_tag_name("td")).map(text).collect();
    assert!(cells.contains(&want), "{words:?}: {cells:?}");
}

#[test]
fn known_tricks_stay_text() {
    TRICKS.iter().for_each(|trick| check(trick));
    for trick in ["</style><p>", "\"; } body { display: none", "]]>", "\u{ffff}", "<!--", "指摘1", "適合"]
    {
        check(trick);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_stays_text(words in hostile()) {
        check(&words);
    }
}
