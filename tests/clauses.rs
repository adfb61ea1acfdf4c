//! `hadome clauses` through the binary: what is written and what is not, the order, the references, the
//! styles, and a DOCX that says what the Markdown says.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;

use common::{CONTRACT, DUTY, Ran, Scratch, policy};
use hadome::article::file::ArticleFile;
use hadome::article::standing;
use hadome::lang::Lang;
use hadome::policy::library::{built_in, built_in_articles};
use hadome::render::report::PartyStyle;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/disaster-app");
const DAY: [&str; 2] = ["--as-of", "2026-11-21"];

#[track_caller]
fn clauses(scratch: &Scratch, arguments: &[&str]) -> Ran {
    scratch.hadome("ja", &[&["clauses"], arguments, &DAY].concat())
}

#[track_caller]
fn written(arguments: &[&str]) -> String {
    let ran = clauses(&Scratch::new(), arguments);
    ran.code(0);
    assert_eq!(ran.err, "");
    ran.out
}

fn example(arguments: &[&str]) -> String {
    written(&[&[EXAMPLE], arguments].concat())
}

/// The heads of the articles.
fn headings(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("### "));
    lines.filter(|line| !line.starts_with("様式") && !line.ends_with("の解説")).collect()
}

/// The wording of a policy's model clause in a style.
fn wording(policy: &str, style: PartyStyle) -> String {
    style.clause(built_in().policies[policy].model_clause.get(Lang::Ja), Lang::Ja)
}

#[test]
fn every_policy_stands_in_exactly_one_article_by_name() {
    let file = built_in_articles().expect("articles");
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for article in &file.articles {
        for policy in article.named() {
            places.entry(policy).or_default().push(&article.id);
        }
    }
    for policy in built_in().policies.keys() {
        let place = places.get(policy.as_str()).map_or(0, Vec::len);
        assert_eq!(place, 1, "{policy} stands in {:?}", places.get(policy.as_str()));
    }
    let stand: usize = file.articles.iter().map(|one| standing(file, one, built_in()).len()).sum();
    assert_eq!(stand, built_in().policies.len());
    let families: BTreeSet<&str> =
        file.articles.iter().flat_map(|one| &one.families).map(String::as_str).collect();
    let listed: BTreeSet<&str> = built_in().families.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(families, listed, "a policy to come has an article");
}

/// Policies that only an organisation with an own system has to heed are no clauses of a contract.
#[test]
fn what_is_for_own_systems_alone_is_never_a_clause() {
    let file = built_in_articles().expect("articles");
    let foreign = file.articles.iter().filter(|article| article.not_for_contracts.is_some());
    let foreign: BTreeSet<&str> = foreign.flat_map(ArticleFile::named).collect();
    let own = built_in().policies.values();
    let own = own.filter(|policy| policy.applies_when.as_deref() == Some("system.operation == 'own'"));
    assert_eq!(foreign, own.map(|policy| policy.id.as_str()).collect());
    let all = written(&["--all", "--part", "clauses"]);
    assert!(!all.contains("情報システムの管理者は"), "{all}");
}

/// The usual special clauses of cities, in their order (domain: 基本的事項 to 特定個人情報の特則).
#[test]
fn the_articles_stand_in_the_usual_order() {
    let usual = [
        "basic",
        "secrecy",
        "structure",
        "workplace",
        "use",
        "copying",
        "management",
        "subcontracting",
        "return",
        "training",
        "reports",
        "inspection",
        "liability",
        "my-number",
    ];
    let file = built_in_articles().expect("articles");
    let ids: Vec<&str> = file.articles.iter().map(|article| article.id.as_str()).collect();
    let kept: Vec<&str> = ids.iter().copied().filter(|id| usual.contains(id)).collect();
    assert_eq!(kept, usual);
    let all = written(&["--all", "--part", "clauses"]);
    for (at, heading) in headings(&all).iter().enumerate() {
        assert!(heading.starts_with(&format!("第{}条（", at + 1)), "{heading}");
    }
    assert!(headings(&all).len() > 14);
}

/// Of each outcome that fails or is open because of a promise stands the clause; of no policy that
/// passes.
#[test]
fn what_fails_in_the_contract_is_written_and_nothing_that_holds() {
    let scratch = Scratch::new();
    let ran = scratch.hadome("ja", &[&["check", EXAMPLE, "--format", "json"], &DAY[..]].concat());
    let page = ran.json();
    let outcomes = page["dossiers"][0]["outcomes"].as_array().expect("outcomes");
    let text = example(&["--part", "clauses"]);
    let (mut wanted, mut unwanted) = (BTreeSet::new(), BTreeSet::new());
    for outcome in outcomes {
        let id = outcome["policy"].as_str().expect("an id");
        let clauses = outcome["clauses"].as_array().expect("clauses").iter();
        let mut lacking = clauses.filter(|clause| clause["state"] == "false" || clause["state"] == "open");
        let finding = outcome["verdict"] == "fail" || outcome["verdict"] == "undecided";
        if finding && lacking.any(|clause| clause["part"] == "promise") {
            wanted.insert(id);
        }
        if !finding {
            unwanted.insert(id);
        }
    }
    assert!(wanted.len() >= 8, "{wanted:?}");
    for id in &wanted {
        assert_eq!(text.matches(&wording(id, PartyStyle::Itaku)).count(), 1, "{id}");
    }
    let found: BTreeSet<&str> = outcomes
        .iter()
        .filter(|outcome| outcome["verdict"] == "fail" || outcome["verdict"] == "undecided")
        .filter_map(|outcome| outcome["policy"].as_str())
        .collect();
    for id in unwanted.difference(&found) {
        assert!(!text.contains(&wording(id, PartyStyle::Itaku)), "{id} holds");
    }
    // Agreed, and not done: no clause mends that.
    assert!(!text.contains(&wording("ACC-01", PartyStyle::Itaku)));
    let why = example(&["--part", "commentary"]);
    let (_, rest) = why.split_once("### 条項によっては是正されない指摘事項等").expect("the rest");
    for id in found.difference(&wanted).filter(|id| !why.contains(&format!("　{id} "))) {
        assert!(rest.contains(&format!("| {id} ")), "{id} is told of nowhere");
    }
    assert!(rest.contains("| 例外1 |") && rest.contains("| 資料不足1 |"));
}

/// Every reference leads to something that is written, in each style, whatever is left out.
#[test]
fn no_reference_dangles() {
    for (numbering, mark) in [("article", "第"), ("special", "第"), ("number", "")] {
        for selection in [&["--all"][..], &[EXAMPLE]] {
            let text = written(&[selection, &["--numbering", numbering]].concat());
            assert!(!text.contains(['{', '}']), "a reference is not resolved");
            let (clauses, forms) = text.split_once("## 別記様式").expect("forms");
            let named: BTreeSet<&str> = clauses
                .split("（様式第")
                .skip(1)
                .filter_map(|rest| rest.split_once("号）").map(|(number, _)| number))
                .collect();
            let there: Vec<&str> = forms
                .lines()
                .filter_map(|line| {
                    line.strip_prefix("### 様式第")?.split_once("号　").map(|(number, _)| number)
                })
                .collect();
            assert_eq!(named, there.iter().copied().collect(), "{numbering}");
            let inner = forms.split_once("## 解説").expect("the commentary").0;
            assert_eq!(inner.matches("様式第").count(), there.len(), "a form names no other");
            let articles = headings(clauses).len();
            let referred = clauses.split("条第").filter_map(|before| {
                let (_, number) = before.rsplit_once('第')?;
                number.parse::<usize>().ok()
            });
            // Article 2 of the Act is the only other one that is cited.
            assert!(referred.filter(|number| *number > articles).count() == 0, "{numbering} {mark}");
        }
    }
}

/// In one article of the whole draft each reference to a paragraph is one of a clause that speaks of it.
#[test]
fn references_lead_to_what_they_speak_of() {
    let all = written(&["--all", "--part", "clauses"]);
    let article = |title: &str| {
        let (_, rest) = all.split_once(&format!("（{title}）\n")).expect("the article");
        rest.split("\n### ").next().expect("its text").to_owned()
    };
    let secrecy = article("秘密の保持");
    assert!(secrecy.contains(&format!("2　{}", wording("STF-02", PartyStyle::Itaku))));
    assert!(secrecy.contains("3　第2項の誓約書は、誓約書（様式第1号）によるものとする。"), "{secrecy}");
    let reports = article("定期報告");
    let inventory = wording("DLC-08", PartyStyle::Itaku);
    let management = article("適正な管理");
    let at = management.lines().filter(|line| !line.is_empty()).position(|line| line.ends_with(&inventory));
    let number = headings(&all).iter().position(|line| line.ends_with("（適正な管理）")).expect("there") + 1;
    let wanted = format!("第{number}条第{}項", at.expect("the inventory") + 1);
    assert!(reports.contains(&wanted), "{wanted}: {reports}");
}

#[test]
fn styles_of_numbering_and_of_parties() {
    for (numbering, heading, paragraph, item, reference) in [
        ("article", "### 第6条（再委託）", "\n2　第1項の承認", "\n(1)　個人情報　", "（第6条関係）"),
        ("special", "### 第6　再委託", "\n2　第6の1の承認", "\n(1)　個人情報　", "（第6関係）"),
        ("number", "### 6　再委託", "\n(2)　6の(1)の承認", "\nア　個人情報　", "（6関係）"),
    ] {
        let text = example(&["--numbering", numbering]);
        for wanted in [heading, paragraph, item, reference] {
            assert!(text.contains(wanted), "{numbering}: {wanted}");
        }
    }
    for (style, client, contractor) in
        [("kou-otsu", "甲", "乙"), ("hacchu", "発注者", "受注者"), ("itaku", "委託者", "受託者")]
    {
        let text = example(&["--party-style", style, "--part", "clauses,forms"]);
        assert!(text.contains(&format!("{contractor}は、")), "{style}");
        assert!(text.contains(&format!("\n{client}　みなと市　様")), "{style}");
        if style == "kou-otsu" {
            assert!(!text.replace("再委託", "").contains("受託者は"), "{text}");
        }
    }
}

#[test]
fn parts_are_written_as_asked_for() {
    let heads = ["\n## 条項例\n", "\n## 別記様式\n", "\n## 解説\n"];
    for (parts, wanted) in [
        ("clauses", [true, false, false]),
        ("forms", [false, true, false]),
        ("commentary", [false, false, true]),
        ("clauses,commentary", [true, false, true]),
        ("all", [true; 3]),
    ] {
        let text = example(&["--part", parts]);
        assert_eq!(heads.map(|head| text.contains(head)), wanted, "{parts}");
    }
    let forms = example(&["--part", "forms", "--all-forms"]);
    let count = built_in_articles().expect("articles").forms.len();
    assert_eq!(forms.matches("\n### 様式第").count(), count);
    assert!(example(&["--part", "forms"]).matches("\n### 様式第").count() < count);
}

#[test]
fn the_commentary_says_why_and_where() {
    let why = example(&["--part", "commentary"]);
    for wanted in [
        "#### 第7条第2項　INC-01 事故の第一報の期限",
        "contract.yaml 244行付近",
        "本ツールの既定値",
        "（令和6年公表。",
        "業務委託契約書第7条第1項（p.2）／contract.yaml 206行",
    ] {
        assert!(why.contains(wanted), "{wanted}");
    }
    assert!(!why.contains("公表者："));
    assert!(example(&["--cite-publishers"]).contains("公表者："));
    let english = Scratch::new().hadome("en", &[&["clauses", EXAMPLE], &DAY[..]].concat());
    english.code(0).shows(&[
        "### 第6条（再委託） / subcontracting",
        "> The contractor shall not entrust work",
        "受託者は、個人情報を取り扱う業務を第三者",
        "(form 3)",
        "## Commentary (解説)",
        "project default",
    ]);
}

#[test]
fn a_first_draft_needs_no_dossier() {
    let all = written(&["--all"]);
    assert!(all.contains("確認項目セットの全ての条項例"));
    for id in ["DLC-01", "SUB-03", "WEB-01", "LAW-10"] {
        assert_eq!(all.matches(&wording(id, PartyStyle::Itaku)).count(), 1, "{id}");
    }
    // What contradicts the rest is named, with the reason.
    assert!(!all.contains(&wording("CON-12", PartyStyle::Itaku)));
    assert!(all.contains("| CON-12 ") && all.contains("再委託を認めない契約に限って用いる条項であるため"));
    let scratch = Scratch::new();
    clauses(&scratch, &[]).code(2).silent();
}

/// Whether a contract forbids subcontracting, or takes no personal data, is not for the program to say.
#[test]
fn a_clause_for_special_contracts_waits_until_the_contract_is_one() {
    let row = "| CON-12 再委託を認めない契約と再委託先の記載との矛盾 | 再委託を認めない契約に限って用いる条項であるため |";
    for (permitted, written) in [("", false), ("subcontracting: {permitted: false}\n", true)] {
        let system = "hadome: system/1\nid: web\n";
        let scratch = Scratch::contract(format!("{CONTRACT}personal_data: {{handled: true}}\n{permitted}"));
        scratch.write("a/system.yaml", system);
        let ran = clauses(&scratch, &["a"]);
        ran.code(0);
        assert_eq!(ran.out.contains(&wording("CON-12", PartyStyle::Itaku)), written, "{permitted}");
        assert_eq!(ran.out.contains(row), !written, "{permitted}");
        assert_eq!(ran.out.contains(&wording("SUB-03", PartyStyle::Itaku)), !written, "{permitted}");
    }
}

#[test]
fn where_nothing_is_missing_there_is_no_article() {
    let scratch = Scratch::contract(common::GOOD);
    let own = ["a", "--policies", "policies", "--profile", "profile.yaml"];
    let ran = clauses(&scratch, &own);
    ran.code(0).shows(&["契約に加える条項はありません。"]).hides(&["第1条"]);
}

/// A policy that no article names stands among the rest, and is never lost.
#[test]
fn a_users_own_policy_stands_among_the_rest_or_where_own_articles_say() {
    let scratch = Scratch::contract(CONTRACT);
    let mine =
        policy("ZZZ-01", DUTY).replace("model_clause: {ja: 試", "model_clause: {ja: 独自の条項とする。");
    scratch.write("policies/zzz/ZZZ-01.yaml", mine);
    let own = ["a", "--policies", "policies", "--profile", "profile.yaml"];
    clauses(&scratch, &own).code(0).shows(&["### 第2条（その他）\n\n独自の条項とする。"]);
    let articles = "hadome: articles/1\ntitle: {ja: 独自特記, en: own}\nforms:\n  - {id: mine, title: {ja: 独自様式, en: mine}}\n\
                    articles:\n  - id: mine\n    title: {ja: 独自の定め, en: mine}\n    rest: true\n    policies: [ZZZ-01]\n    \
                    closing: [{text: {ja: '{ZZZ-01}は、{form:mine}による。', en: '{ZZZ-01} on {form:mine}.'}}]\n";
    scratch.write("policies/articles.yaml", articles);
    // A form without a template is told of, not left out.
    let ran = clauses(&scratch, &own);
    ran.code(2).silent().says(&["forms/mine.ja.md.j2"]);
    scratch.write("templates/forms/mine.ja.md.j2", "様式の本文　{{ contractor }}\n");
    scratch.write("templates/report.ja.md.j2", "");
    let ran = clauses(&scratch, &[&own[..], &["--template-dir", "templates"]].concat());
    ran.code(0).shows(&[
        "# 独自特記（条項例）",
        "### 第1条（独自の定め）\n\n独自の条項とする。",
        "2　第1項は、独自様式（様式第1号）による。",
        "### 様式第1号　独自様式（第1条関係）\n\n様式の本文　受託者",
    ]);
}

#[test]
fn articles_that_do_not_fit_are_refused_with_their_place() {
    let head = "hadome: articles/1\ntitle: {ja: 題, en: title}\narticles:\n";
    let rest = "  - {id: rest, title: {ja: 他, en: rest}, rest: true}\n";
    let text = |ja: &str, en: &str| {
        format!(
            "  - {{id: a, title: {{ja: 甲, en: a}}, closing: [{{text: {{ja: '{ja}', en: '{en}'}}}}]}}\n{rest}"
        )
    };
    for (code, articles, line) in [
        ("no-article-for-the-rest", "  - {id: a, title: {ja: 甲, en: a}}\n".to_owned(), 3),
        ("duplicate-article", format!("{rest}  - {{id: rest, title: {{ja: 他, en: rest}}}}\n"), 5),
        (
            "dangling-reference",
            format!("  - {{id: a, title: {{ja: 甲, en: a}}, policies: [ZZZ-99]}}\n{rest}"),
            4,
        ),
        (
            "policy-placed-twice",
            "  - {id: a, title: {ja: 甲, en: a}, policies: [ZZZ-01]}\n  - {id: rest, title: {ja: 他, en: rest}, rest: true, policies: [ZZZ-01]}\n".to_owned(),
            5,
        ),
        ("dangling-reference", text("{article:none}", "{article:none}"), 4),
        ("dangling-reference", text("{form:none}", "{form:none}"), 4),
        ("bad-reference", text("{ZZZ-01", "{ZZZ-01}"), 4),
        ("references-differ", text("{ZZZ-01}", "nothing"), 4),
    ] {
        let scratch = Scratch::contract(CONTRACT);
        scratch.write("policies/articles.yaml", format!("{head}{articles}"));
        for lang in ["ja", "en"] {
            let ran = scratch
                .hadome(lang, &["clauses", "a", "--policies", "policies", "--profile", "profile.yaml"]);
            ran.code(2)
                .silent()
                .says(&[&format!("[{code}]"), &format!("policies/articles.yaml:{line}:")]);
        }
    }
}

const HOSTILE: &str =
    "x|y **b** `c` <script>alert(1)</script> [l](javascript:a) \\u0007\\u202e&amp; ]]> {{ 7*7 }}";

fn hostile() -> Scratch {
    let contract = format!(
        "{CONTRACT}title: \"{}\"\nnumber: \"{}\"\nparties:\n  - {{id: c, role: client, name: \"{}\"}}\n",
        HOSTILE, HOSTILE, HOSTILE
    );
    Scratch::contract(contract)
}

#[test]
fn what_a_contract_says_is_escaped() {
    let scratch = hostile();
    let ran = clauses(&scratch, &["a"]);
    ran.code(0).hides(&["<script", "[l](", "**b**", "\u{7}", "\u{202e}"]).shows(&["{{ 7"]);
    let title = ran.out.lines().find(|line| line.starts_with("| 件名")).expect("the subject");
    assert_eq!(title.replace("\\|", "").matches('|').count(), 3, "{title}");
    clauses(&scratch, &["a", "-o", "c.docx"]).code(0);
    let document = part(&fs::read(scratch.path("c.docx")).expect("read"), "word/document.xml");
    let words = words(&document).concat();
    assert!(words.contains("<script>alert(1)</script>"), "as text: {words}");
    assert!(!document.contains(['\u{7}', '\u{202e}']));
}

/// A file of the archive.
#[track_caller]
fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The words of each paragraph, by a strict reader of XML.
#[track_caller]
fn words(document: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(document).expect("well-formed");
    let paragraphs = tree.descendants().filter(|node| node.tag_name().name() == "p");
    paragraphs
        .map(|paragraph| {
            let texts = paragraph.descendants().filter(|node| node.tag_name().name() == "t");
            texts.filter_map(|text| text.text()).collect()
        })
        .collect()
}

/// Each line of the Markdown is a paragraph or a row of the DOCX, in the same order.
#[test]
fn the_docx_says_what_the_markdown_says() {
    let scratch = Scratch::new();
    clauses(&scratch, &[EXAMPLE, "-o", "c.docx"]).code(0);
    let bytes = fs::read(scratch.path("c.docx")).expect("read");
    let document = part(&bytes, "word/document.xml");
    let bare = |text: &str| {
        let kept = |c: &char| !matches!(c, '|' | '`' | '\\' | '#' | '>' | '-' | '*' | '・' | ' ');
        text.replace("&lt;", "<").replace("&amp;", "&").chars().filter(kept).collect::<String>()
    };
    let markdown = example(&[]);
    let rules = |line: &&str| !line.chars().all(|c| matches!(c, '|' | '-' | ' '));
    let wanted: String = markdown.lines().filter(rules).map(bare).collect();
    let found: String = words(&document).iter().map(|text| bare(text)).collect();
    assert_eq!(found, wanted);
    for name in ["word/styles.xml", "word/footer1.xml", "docProps/core.xml", "[Content_Types].xml"] {
        roxmltree::Document::parse(&part(&bytes, name)).expect(name);
    }
    let breaks = document.matches("<w:pageBreakBefore").count();
    assert_eq!(breaks, 3 + 4, "each part, and each form but the first");
    assert!(document.contains("w:w=\"11906\"") && document.contains("w:h=\"16838\""), "A4");
    assert!(part(&bytes, "word/styles.xml").contains("ＭＳ 明朝"));
}

#[test]
fn the_same_input_gives_the_same_docx() {
    let scratch = Scratch::new();
    for name in ["one.docx", "two.DOCX"] {
        clauses(&scratch, &[EXAMPLE, "-o", name]).code(0);
    }
    let read = |name: &str| fs::read(scratch.path(name)).expect("read");
    assert!(read("one.docx") == read("two.DOCX"));
    clauses(&scratch, &[EXAMPLE, "--format", "docx"]).code(2).silent().says(&["-o"]);
}

#[test]
fn nothing_is_overwritten_unasked() {
    let scratch = Scratch::contract(CONTRACT);
    for name in ["c.md", "c.docx"] {
        clauses(&scratch, &["a", "-o", name]).code(0);
        clauses(&scratch, &["a", "-o", name]).code(0);
        clauses(&scratch, &["a", "-o", name, "--title", "別"]).code(3).says(&["--overwrite"]);
        clauses(&scratch, &["a", "-o", name, "--title", "別", "--overwrite"]).code(0);
    }
    let before = scratch.read("a/contract.yaml");
    clauses(&scratch, &["a", "-o", "a/contract.yaml", "--overwrite"]).code(2).says(&["読み込む文書の一つ"]);
    assert_eq!(scratch.read("a/contract.yaml"), before);
}

#[test]
fn exit_codes_are_those_of_the_other_commands() {
    let scratch = Scratch::contract(CONTRACT);
    let own = ["a", "--policies", "policies", "--profile", "profile.yaml"];
    clauses(&scratch, &own).code(0);
    clauses(&scratch, &[&own[..], &["--gate"]].concat()).code(1);
    scratch.write("b/system.yaml", "hadome: system/1\nid: x\noperation: own\n");
    clauses(&scratch, &["b"]).code(2).silent().says(&["委託契約がない"]);
    scratch.write("c/contract.yaml", "hadome: contract/1\nid: x\nnonsense: 1\n");
    clauses(&scratch, &["c"]).code(3).silent().says(&["条項例を作成していません"]);
    clauses(&scratch, &["none"]).code(2).silent();
}
