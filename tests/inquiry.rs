//! A letter of inquiry as a workbook: filled in, moved about, sent back, read, judged.

mod common;

use std::path::Path;

use chrono::NaiveDate;
use common::{Ran, Scratch};
use hadome::compare::{Comparison, Wish, compare};
use hadome::conclude::How;
use hadome::evaluate::Keep;
use hadome::inquiry::{COLUMNS, Key};
use hadome::lang::Lang;
use hadome::load::limits::Limits;
use hadome::render::tender::inquiry::inquiry;
use hadome::render::tender::inquiry::sheet::workbook;
use hadome::render::workbook::{Cell, Row, Sheet, Style, Value, Workbook};
use hadome::render::xlsx;
use hadome::validate::yardstick::Choice;

/// The example with a bidder who left much open, and no answers of anyone.
fn tender() -> Scratch {
    let scratch = Scratch::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tender");
    let files = ["tender.yaml", "contract.yaml"].map(str::to_owned).into_iter();
    let bids = ["a", "b", "c", "d", "e"]
        .into_iter()
        .flat_map(|id| ["system.yaml", "offer.yaml"].map(|file| format!("bids/bidder-{id}/{file}")));
    for file in files.chain(bids) {
        scratch.write(&format!("t/{file}"), std::fs::read(from.join(&file)).expect("a file"));
    }
    scratch
}

fn compared(scratch: &Scratch) -> Comparison {
    let today = NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day");
    let wish = Wish { choice: Choice { as_of: today, ..Choice::default() }, as_of: None, today };
    let how = How { waivers: false, ..How::keeping(Keep::Findings) };
    compare(&scratch.path("t"), "t", &wish, how, &Limits::default()).expect("a tender")
}

fn letter(scratch: &Scratch) -> Workbook {
    let view = inquiry(&compared(scratch), Some("bidder-c"), Lang::Ja);
    workbook(&view, &view.letters[0], Lang::Ja)
}

fn questions(book: &mut Workbook) -> &mut Sheet {
    book.sheets.iter_mut().find(|sheet| sheet.name == "照会事項").expect("the questions")
}

fn column(key: Key) -> usize {
    COLUMNS.iter().position(|column| *column == key).expect("a column")
}

fn text(row: &Row, key: Key) -> &str {
    match &row.cells[column(key)].value {
        Value::Text(text) => text,
        _ => "",
    }
}

/// The number of the row that asks for a fact.
fn asking(book: &mut Workbook, fact: &str) -> usize {
    let rows = &questions(book).rows;
    rows.iter().position(|row| row.cells.len() > 5 && text(row, Key::Fact).ends_with(fact)).expect(fact)
}

fn fill(book: &mut Workbook, row: usize, key: Key, value: &str) {
    questions(book).rows[row].cells[column(key)] = Cell::text(value, Style::Input);
}

fn sent_back(scratch: &Scratch, book: &Workbook) -> Ran {
    scratch.write("reply.xlsx", xlsx::write(book).expect("a workbook"));
    scratch.hadome("en", &["answers", "import", "reply.xlsx", "--tender", "t"])
}

const RETENTION: &str = "logging.retention_days";

#[test]
fn answers_are_read_by_their_cells_and_judged_apart_from_the_bid() {
    let scratch = tender();
    let before = scratch.read("t/bids/bidder-c/system.yaml");
    let mut book = letter(&scratch);
    let row = asking(&mut book, RETENTION);
    fill(&mut book, row, Key::Answer, "４００日");
    fill(&mut book, row, Key::Paper, "回答書別添1");
    fill(&mut book, row, Key::Page, "3");
    fill(&mut book, row, Key::Responder, "丙野三郎");
    fill(&mut book, row, Key::Date, "R8.12.15");
    sent_back(&scratch, &book).code(0).shows(&["1 of 10"]);
    let answers = scratch.read("t/bids/bidder-c/answers.yaml");
    for words in
        ["value: 400", "responder: 丙野三郎", "answered_on: 2026-12-15", "date: 2026-12-11", "page: 3"]
    {
        assert!(answers.contains(words), "{words}:\n{answers}");
    }
    let cell = format!("cell: 照会事項!{}", hadome::cell::name(row as u32, column(Key::Answer) as u32));
    assert!(answers.contains(&cell), "{cell}:\n{answers}");
    assert_eq!(scratch.read("t/bids/bidder-c/system.yaml"), before);

    let comparison = compared(&scratch);
    let bid = comparison.bids.iter().find(|bid| bid.bidder.id == "bidder-c").expect("the bid");
    let judged = bid.result.as_ref().expect("judged");
    let at = comparison.yardstick.policies.iter().position(|policy| policy.id() == "LOG-02").expect("LOG-02");
    let verdict = |side: &hadome::compare::Side| side.score.cells[at].verdict;
    use hadome::evaluate::outcome::Verdict::{Pass, Undecided};
    assert_eq!((verdict(&judged.proposed), verdict(judged.latest())), (Undecided, Pass));
    let ran = scratch.hadome("ja", &["compare", "t"]);
    ran.code(0).shows(&["照会後", "（提案時：－ 未確認）"]);
}

#[test]
fn a_bid_that_changed_after_the_letter_makes_the_answers_useless() {
    let scratch = tender();
    let mut book = letter(&scratch);
    let row = asking(&mut book, RETENTION);
    fill(&mut book, row, Key::Answer, "400");
    sent_back(&scratch, &book).code(0);
    let changed = scratch.read("t/bids/bidder-c/system.yaml") + "\n# 追記\n";
    scratch.write("t/bids/bidder-c/system.yaml", changed);
    let ran = scratch.hadome("ja", &["compare", "t"]);
    ran.code(3).says(&["誤り[bid-changed]: system.yaml の内容が", "t/bids/bidder-c/answers.yaml"]);
    ran.shows(&["判定できず"]);
}

#[test]
fn rows_columns_and_sheets_may_be_moved() {
    let scratch = tender();
    let mut book = letter(&scratch);
    let row = asking(&mut book, RETENTION);
    fill(&mut book, row, Key::Answer, "400");
    let sheet = questions(&mut book);
    let moved = sheet.rows.remove(row);
    sheet.rows.insert(4, moved);
    sheet.rows.insert(0, Row::of(vec![Cell::text("受付印", Style::Plain)]));
    for row in &mut sheet.rows {
        let width = row.cells.len();
        row.cells.insert(width.min(3), Cell::blank(Style::Plain));
    }
    sheet.columns.insert(3, hadome::render::workbook::Column::wide(10.0));
    (sheet.filter, sheet.checks) = (None, Vec::new());
    book.sheets.rotate_left(1);
    sent_back(&scratch, &book).code(0);
    let answers = scratch.read("t/bids/bidder-c/answers.yaml");
    assert!(answers.contains("value: 400") && answers.contains("cell: 照会事項!H6"), "{answers}");
}

#[test]
fn what_cannot_be_read_is_told_by_its_cell_and_nothing_is_written() {
    let table = [
        (RETENTION, Key::Answer, "一年くらい？", "一年くらい？"),
        (RETENTION, Key::Answer, "400時間", "400時間"),
        (RETENTION, Key::Page, "三頁", "三頁"),
        (RETENTION, Key::Date, "来週", "来週"),
        ("public_access", Key::Answer, "△", "△"),
        ("delivery", Key::Answer, "△", "△"),
    ];
    for (fact, key, written, found) in table {
        let scratch = tender();
        let mut book = letter(&scratch);
        let row = asking(&mut book, fact);
        fill(&mut book, row, key, written);
        let cell = format!("照会事項!{}", hadome::cell::name(row as u32, column(key) as u32));
        sent_back(&scratch, &book).code(3).silent().says(&[&cell, found, "nothing was written"]);
        assert!(!scratch.path("t/bids/bidder-c/answers.yaml").exists(), "{written}");
    }
}

#[test]
fn an_answer_to_nothing_and_one_given_twice_are_told() {
    let scratch = tender();
    let mut book = letter(&scratch);
    let row = asking(&mut book, RETENTION);
    fill(&mut book, row, Key::Answer, "400");
    let copy = questions(&mut book).rows[row].clone();
    questions(&mut book).rows.push(copy);
    sent_back(&scratch, &book).code(3).says(&["the same row is at 照会事項!G"]);

    let mut book = letter(&scratch);
    let last = questions(&mut book).rows.len();
    let mut row = questions(&mut book).rows[last - 1].clone();
    for cell in &mut row.cells {
        *cell = Cell::blank(Style::Input);
    }
    row.cells[column(Key::Answer)] = Cell::text("こちらも対応済み", Style::Input);
    questions(&mut book).rows.push(row);
    let place = format!("照会事項!G{}", last + 1);
    sent_back(&scratch, &book).code(3).says(&[&place, "nothing says what this row answers"]);
    assert!(!scratch.path("t/bids/bidder-c/answers.yaml").exists());
}

#[test]
fn a_workbook_of_something_else_is_refused_and_nothing_is_overwritten() {
    let scratch = tender();
    let mut book = letter(&scratch);
    let row = asking(&mut book, RETENTION);
    fill(&mut book, row, Key::Answer, "400");
    scratch.write("t/bids/bidder-c/answers.yaml", "# 手書きの回答\n");
    sent_back(&scratch, &book).code(3).says(&["--overwrite"]);
    assert_eq!(scratch.read("t/bids/bidder-c/answers.yaml"), "# 手書きの回答\n");

    let other = scratch.read("t/tender.yaml").replacen("\nid: ", "\nid: other-", 1);
    scratch.write("t/tender.yaml", other);
    sent_back(&scratch, &book).code(3).says(&["another tender"]);

    let plain =
        Workbook { sheets: vec![Sheet { name: "a".to_owned(), ..Sheet::default() }], ..Workbook::default() };
    sent_back(&scratch, &plain).code(3).says(&["not a letter of hadome inquiry"]);
    let ran = scratch.hadome("ja", &["answers", "import", "reply.xlsx", "--tender", "t"]);
    ran.code(3).silent().says(&["照会書ではありません"]);
}

#[test]
fn a_letter_says_nothing_of_other_bidders_and_is_the_same_each_time() {
    let scratch = tender();
    let view = inquiry(&compared(&scratch), Some("bidder-c"), Lang::Ja);
    let book = workbook(&view, &view.letters[0], Lang::Ja);
    let cells = book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    for cell in cells {
        let Value::Text(text) = &cell.value else { continue };
        for other in
            ["応札者A", "応札者B", "応札者D", "応札者E", "bidder-a", "bidder-b", "bidder-d", "bidder-e"]
        {
            assert!(!text.contains(other), "{text}");
        }
    }
    assert_eq!(xlsx::write(&book), xlsx::write(&letter(&scratch)));
    let ran = scratch.hadome("ja", &["inquiry", "t", "-o", "letters", "--format", "xlsx"]);
    ran.code(0).says(&["照会する事項はありません"]);
    let written: Vec<String> =
        scratch.files().into_iter().filter(|file| file.starts_with("letters")).collect();
    assert!(written.iter().any(|file| file.ends_with("照会書-bidder-c.xlsx")), "{written:?}");
    scratch.write("letters/照会書-bidder-c.xlsx", "記入済み");
    scratch
        .hadome("ja", &["inquiry", "t", "-o", "letters", "--format", "xlsx"])
        .code(3)
        .says(&["--overwrite"]);
    assert_eq!(scratch.read("letters/照会書-bidder-c.xlsx"), "記入済み");
}

#[test]
fn a_letter_that_libreoffice_saved_again_is_read_the_same() {
    let Some(office) = common::office::office() else { return };
    let scratch = tender();
    let mut book = letter(&scratch);
    let row = asking(&mut book, RETENTION);
    fill(&mut book, row, Key::Answer, "400");
    let row = asking(&mut book, "delivery");
    fill(&mut book, row, Key::Answer, "オプション（別料金）");
    sent_back(&scratch, &book).code(0);
    let digest = |text: String| -> String {
        text.lines().filter(|line| !line.trim_start().starts_with("sha256:")).collect::<Vec<_>>().join("\n")
    };
    let want = digest(scratch.read("t/bids/bidder-c/answers.yaml"));
    common::office::save_again(&office, &scratch, "reply.xlsx");
    std::fs::copy(scratch.path("saved/reply.xlsx"), scratch.path("reply.xlsx")).expect("copied");
    scratch.hadome("en", &["answers", "import", "reply.xlsx", "--tender", "t", "--overwrite"]).code(0);
    let got = scratch.read("t/bids/bidder-c/answers.yaml");
    assert!(got.contains("value: option") && got.contains("value: 400"), "{got}");
    assert_eq!(digest(got), want);
}
