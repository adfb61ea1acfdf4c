//! The answer sheet through the binary: made, filled in by somebody, sent back, judged.

mod common;

use hadome::compare::{Wish, compare};
use hadome::conclude::How;
use hadome::evaluate::Keep;
use hadome::lang::Lang;
use hadome::render::tender::view::{CellView, RowView, view};
use hadome::validate::yardstick::Choice;
use std::collections::BTreeMap;
use std::path::Path;

use common::Scratch;
use hadome::load::workbook::{Limits, Merged, Value, Workbook, parse};
use rust_xlsxwriter::{Format, Workbook as Written};

/// A workbook that somebody has open: cells that can be typed into, rows and columns that can be moved.
struct Book {
    sheets: Vec<Sheet>,
}

struct Sheet {
    name: String,
    hidden: bool,
    cells: BTreeMap<(u32, u32), Typed>,
    merged: Vec<Merged>,
}

#[derive(Clone, Debug)]
enum Typed {
    Text(String),
    Number(f64),
    Bool(bool),
    Date(u16, u8, u8),
    Formula(String),
}

impl Book {
    fn open(scratch: &Scratch, path: &str) -> Book {
        let bytes = std::fs::read(scratch.path(path)).expect(path);
        let Workbook { sheets, .. } = parse(&bytes, &Limits::default()).expect("a workbook");
        let typed = |value: Value| match value {
            Value::Text(text) => Typed::Text(text),
            Value::Number(number) => Typed::Number(number),
            Value::Bool(truth) => Typed::Bool(truth),
            other => panic!("{other:?}"),
        };
        let sheets = sheets.into_iter().map(|sheet| Sheet {
            name: sheet.name,
            hidden: sheet.hidden,
            cells: sheet.cells.into_iter().map(|(at, cell)| (at, typed(cell.value))).collect(),
            merged: sheet.merged,
        });
        Book { sheets: sheets.collect() }
    }

    /// Saves it as another program would: the values alone.
    fn save(&self, scratch: &Scratch, path: &str) {
        let mut written = Written::new();
        for sheet in &self.sheets {
            let to = written.add_worksheet();
            to.set_name(&sheet.name).expect("a name");
            let plain = Format::new();
            for area in &sheet.merged {
                let (first, last) = (area.first, area.last);
                to.merge_range(first.0, first.1 as u16, last.0, last.1 as u16, "", &plain).expect("merged");
            }
            for ((row, column), typed) in &sheet.cells {
                let (row, column) = (*row, *column as u16);
                match typed {
                    Typed::Text(text) => to.write_string(row, column, text),
                    Typed::Number(number) => to.write_number(row, column, *number),
                    Typed::Bool(truth) => to.write_boolean(row, column, *truth),
                    Typed::Formula(formula) => to.write_formula(row, column, formula.as_str()),
                    Typed::Date(year, month, day) => {
                        let day =
                            rust_xlsxwriter::ExcelDateTime::from_ymd(*year, *month, *day).expect("a day");
                        to.write_datetime_with_format(
                            row,
                            column,
                            day,
                            &Format::new().set_num_format("yyyy/m/d"),
                        )
                    }
                }
                .expect("written");
            }
            if sheet.hidden {
                to.set_very_hidden(true);
            }
        }
        written.save(scratch.path(path)).expect("saved");
    }

    fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.sheets.iter_mut().find(|sheet| sheet.name == name).expect(name)
    }

    fn requirements(&mut self) -> &mut Sheet {
        self.sheet("要件適合表")
    }
}

impl Sheet {
    fn text(&self, row: u32, column: u32) -> &str {
        match self.cells.get(&(row, column)) {
            Some(Typed::Text(text)) => text,
            _ => "",
        }
    }

    /// The row of a key.
    #[track_caller]
    fn row(&self, key: &str) -> u32 {
        let found = self.cells.keys().find(|(row, column)| self.text(*row, *column) == key);
        found.unwrap_or_else(|| panic!("no row {key}")).0
    }

    /// The column of a name.
    #[track_caller]
    fn column(&self, name: &str) -> u32 {
        let found = self.cells.keys().find(|(row, column)| *row < 5 && self.text(*row, *column) == name);
        found.unwrap_or_else(|| panic!("no column {name}")).1
    }

    /// Types into a cell and says where it is.
    #[track_caller]
    fn fill(&mut self, key: &str, column: &str, typed: Typed) -> String {
        let at = (self.row(key), self.column(column));
        self.cells.insert(at, typed);
        format!("{}!{}", self.name, hadome::cell::name(at.0, at.1))
    }

    #[track_caller]
    fn answer(&mut self, key: &str, text: &str) -> String {
        self.fill(key, "answer", Typed::Text(text.to_owned()))
    }

    /// Moves every cell: rows, columns.
    fn move_by(&mut self, rows: u32, columns: u32) {
        let cells = std::mem::take(&mut self.cells);
        self.cells =
            cells.into_iter().map(|((row, column), typed)| ((row + rows, column + columns), typed)).collect();
        for area in &mut self.merged {
            area.first = (area.first.0 + rows, area.first.1 + columns);
            area.last = (area.last.0 + rows, area.last.1 + columns);
        }
    }

    /// Swaps two rows.
    fn swap(&mut self, one: u32, other: u32) {
        let swapped = |row: u32| {
            if row == one {
                other
            } else if row == other {
                one
            } else {
                row
            }
        };
        let cells = std::mem::take(&mut self.cells);
        self.cells =
            cells.into_iter().map(|((row, column), typed)| ((swapped(row), column), typed)).collect();
    }
}

fn form(scratch: &Scratch) -> Book {
    scratch.hadome("ja", &["questionnaire", "export", "-o", "form.xlsx"]).code(0);
    Book::open(scratch, "form.xlsx")
}

const RETENTION: &str = "fact:system.logging.retention_days";
const REPORT: &str = "fact:contract.incident.first_report_hours";
const MFA: &str = "fact:system.auth.mfa.admin";
const POLICY: &str = "policy:LOG-01";

/// Somebody who knows Excel and no YAML answers; a few places are said.
fn filled(book: &mut Book) -> BTreeMap<&'static str, String> {
    let sheet = book.requirements();
    let mut places = BTreeMap::new();
    places.insert("retention", sheet.answer(RETENTION, "１，０９５日"));
    sheet.fill(RETENTION, "page", Typed::Number(12.0));
    places.insert("report", sheet.answer(REPORT, "直ちに"));
    places.insert("mfa", sheet.answer(MFA, "未導入"));
    places.insert("policy", sheet.answer(POLICY, "◎"));
    sheet.fill(POLICY, "how", Typed::Text("標準機能".to_owned()));
    sheet.fill(POLICY, "extra_cost_yen", Typed::Text("３００，０００円".to_owned()));
    sheet.fill(POLICY, "by", Typed::Date(2027, 4, 1));
    sheet.fill(POLICY, "remark", Typed::Text("=HYPERLINK(\"http://example.com\")".to_owned()));
    sheet.fill("fact:system.monitoring.edr.servers", "answer", Typed::Bool(true));
    sheet.fill("fact:system.service_start", "answer", Typed::Text("R9.4.1".to_owned()));
    let stores = book.sheet("データの保存場所の一覧");
    let (row, kind) = (stores.row("item"), stores.column("name"));
    stores.cells.insert((row, kind), Typed::Text("申請データ".to_owned()));
    let access = stores.column("public_access");
    stores.cells.insert((row, access), Typed::Text("はい".to_owned()));
    stores.cells.insert((row, stores.column("holds_personal_data")), Typed::Text("○".to_owned()));
    places.insert("store", format!("データの保存場所の一覧!{}", hadome::cell::name(row, access)));
    book.sheet("再委託先の一覧").fill("none", "id", Typed::Text("○".to_owned()));
    places
}

#[test]
fn a_person_fills_in_the_form_and_finds_the_answers_judged_with_their_cells() {
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    let places = filled(&mut book);
    book.save(&scratch, "back.xlsx");
    let ran = scratch.hadome("ja", &["questionnaire", "import", "back.xlsx", "-o", "bid"]);
    ran.code(0).shows(&["要件の回答1件", "「直ちに」を、数値による期限等の定めのない文言として読みました"]);
    let (system, offer) = (scratch.read("bid/system.yaml"), scratch.read("bid/offer.yaml"));
    let has = |text: &str, wanted: &str| assert!(text.contains(wanted), "no `{wanted}` in:\n{text}");
    has(
        &system,
        &format!(
            "retention_days: {{value: 1095, ref: {{source: answer-sheet, cell: {}, page: 12}}}}",
            places["retention"]
        ),
    );
    has(&system, "service_start: {value: 2027-04-01,");
    has(&system, "servers: {value: true,");
    has(&system, "id: data-store-1\n");
    has(
        &offer,
        &format!(
            "first_report_hours_wording: {{value: 直ちに, ref: {{source: answer-sheet, cell: {}}}}}",
            places["report"]
        ),
    );
    has(&offer, "subcontractors: {value: [], ref: {source: answer-sheet, cell: 再委託先の一覧!C4}}");
    has(&offer, "delivery: existing");
    has(&offer, "extra_cost_yen: 300000");
    has(&offer, "by: 2027-04-01");
    has(&offer, "remark: =HYPERLINK(\"http://example.com\")");
    has(&offer, "file: back.xlsx");
    // Judged: the findings name the cells.
    let contract =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal/contract.yaml"));
    scratch.write("judged/contract.yaml", contract.expect("the minimal contract"));
    scratch.write("judged/system.yaml", &system);
    let ran = scratch.hadome("ja", &["check", "judged", "--as-of", common::AS_OF]);
    ran.code(1).shows(&[&places["store"]]);
    let report = scratch.hadome("ja", &["report", "judged", "--as-of", common::AS_OF, "-o", "report.md"]);
    report.code(0);
    assert!(scratch.read("report.md").contains(&places["store"]), "the report names the cell");
}

#[test]
fn out_in_and_out_again_is_the_same_workbook() {
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    filled(&mut book);
    book.save(&scratch, "back.xlsx");
    scratch.hadome("ja", &["questionnaire", "import", "back.xlsx", "-o", "one/bid"]).code(0);
    scratch.hadome("ja", &["questionnaire", "export", "--from", "one/bid", "-o", "first.xlsx"]).code(0);
    scratch.hadome("ja", &["questionnaire", "import", "first.xlsx", "-o", "two/bid"]).code(0);
    scratch.hadome("ja", &["questionnaire", "export", "--from", "two/bid", "-o", "second.xlsx"]).code(0);
    let bytes = |path: &str| std::fs::read(scratch.path(path)).expect(path);
    assert_eq!(bytes("first.xlsx"), bytes("second.xlsx"));
    // The blank form too.
    scratch.hadome("ja", &["questionnaire", "import", "form.xlsx", "-o", "blank"]).code(0);
    scratch.hadome("ja", &["questionnaire", "export", "--from", "blank", "-o", "again.xlsx"]).code(0);
    assert_eq!(bytes("form.xlsx"), bytes("again.xlsx"));
}

/// Imports, and gives both documents without what says where they come from.
fn imported(scratch: &Scratch, book: &Book, name: &str) -> (String, String) {
    let (file, folder) = (format!("{name}.xlsx"), format!("{name}/bid"));
    book.save(scratch, &file);
    scratch.hadome("ja", &["questionnaire", "import", &file, "-o", &folder]).code(0);
    let values = |path: &str| {
        let text = scratch.read(&format!("{folder}/{path}"));
        let lines = text.lines().filter(|line| !line.contains("sha256:") && !line.contains("file:"));
        let value = |line: &str| line.split(", ref: ").next().unwrap_or_default().to_owned();
        lines
            .filter(|line| !line.contains("ref: {") || line.contains("value:"))
            .map(value)
            .collect::<Vec<_>>()
            .join("\n")
    };
    (values("system.yaml"), values("offer.yaml"))
}

#[test]
fn moved_rows_and_columns_blank_rows_and_renamed_sheets_change_nothing() {
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    filled(&mut book);
    let want = imported(&scratch, &book, "plain");
    let sheet = book.requirements();
    let (one, other) = (sheet.row(RETENTION), sheet.row(POLICY));
    sheet.swap(one, other);
    sheet.move_by(3, 2);
    sheet.name = "様式5".to_owned();
    book.sheet("データの保存場所の一覧").move_by(1, 0);
    book.sheets.reverse();
    assert_eq!(imported(&scratch, &book, "moved"), want);
}

#[test]
fn what_was_added_is_named_and_nothing_is_read_from_it() {
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    filled(&mut book);
    let sheet = book.requirements();
    let row = sheet.row(RETENTION);
    sheet.cells.insert((row, 30), Typed::Text("社内メモ".to_owned()));
    sheet.fill(POLICY, "check", Typed::Text("済".to_owned()));
    let cells = [((0, 0), Typed::Text("メモ".to_owned()))].into_iter().collect();
    book.sheets.push(Sheet { name: "社内".to_owned(), hidden: false, cells, merged: Vec::new() });
    book.save(&scratch, "back.xlsx");
    let ran = scratch.hadome("ja", &["questionnaire", "import", "back.xlsx", "-o", "bid"]);
    ran.code(0).shows(&[
        "様式にない列「社内メモ」は読んでいません",
        "様式にないシート「社内」は読んでいません",
        "発注者確認欄の「済」",
    ]);
    assert!(!scratch.read("bid/system.yaml").contains("メモ"));
}

/// Types something wrong and demands that exactly its cell is named, in both languages, and nothing written.
#[track_caller]
fn refused(change: impl Fn(&mut Book) -> String, ja: &str, en: &str) {
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    filled(&mut book);
    let place = change(&mut book);
    book.save(&scratch, "back.xlsx");
    let before = scratch.files();
    for (lang, words) in [("ja", ja), ("en", en)] {
        let ran = scratch.hadome(lang, &["questionnaire", "import", "back.xlsx", "-o", "bid"]);
        ran.code(3).silent().says(&[&format!("back.xlsx: {place}: "), words]);
        assert_eq!(ran.err.lines().count(), 2, "one cell:\n{}", ran.err);
    }
    assert_eq!(scratch.files(), before, "nothing is written");
}

#[test]
fn what_cannot_be_read_is_told_by_its_cell() {
    let text = |text: &str| Typed::Text(text.to_owned());
    refused(
        |book| book.requirements().answer("fact:system.waf.enabled", "はい？"),
        "「はい？」を読めません（はい・いいえのいずれかを記入してください）",
        "`はい？` cannot be read; write yes or no",
    );
    refused(|book| book.requirements().answer(RETENTION, "30日以内"), "単位は「日」です", "number of days");
    refused(
        |book| book.requirements().answer(POLICY, "△"),
        "「△」は、オプション（別料金）か代替案で対応かを区別できません",
        "`△` may be an option",
    );
    refused(
        |book| book.requirements().fill(POLICY, "by", text("来年度")),
        "日付として読めません",
        "is no date",
    );
    refused(
        |book| {
            book.requirements().fill(
                RETENTION,
                "answer",
                Typed::Formula("=HYPERLINK(\"http://example.com\")".to_owned()),
            )
        },
        "数式",
        "a formula",
    );
    refused(
        |book| book.requirements().fill(RETENTION, "how", text("設定")),
        "この欄には記入できません",
        "nothing can be written here",
    );
    refused(
        |book| {
            let stores = book.sheet("データの保存場所の一覧");
            let at = (stores.row("item"), stores.column("country"));
            stores.cells.insert(at, text("日本"));
            format!("データの保存場所の一覧!{}", hadome::cell::name(at.0, at.1))
        },
        "「日本」",
        "`日本`",
    );
    refused(
        |book| {
            let (sheet, row) = (book.sheet("再委託先の一覧"), 8);
            let at = (row, sheet.column("name"));
            sheet.cells.insert(at, text("甲社"));
            "再委託先の一覧!C4".to_owned()
        },
        "該当なし",
        "ticked as none",
    );
}

#[test]
fn copies_and_joined_cells_are_told_with_their_places() {
    refused(
        |book| {
            let sheet = book.requirements();
            let (key, answer) = (sheet.column("hadome:questionnaire/1"), sheet.column("answer"));
            let end = 900;
            sheet.cells.insert((end, key), Typed::Text(RETENTION.to_owned()));
            sheet.cells.insert((end, answer), Typed::Text("400".to_owned()));
            format!("要件適合表!{}", hadome::cell::name(end, answer))
        },
        "同じ行が 要件適合表!",
        "the same row is at 要件適合表!",
    );
    refused(
        |book| {
            let sheet = book.requirements();
            let (row, answer) = (sheet.row(RETENTION), sheet.column("answer"));
            sheet.merged.push(Merged { first: (row, answer), last: (row + 2, answer) });
            format!("要件適合表!{}", hadome::cell::name(row, answer))
        },
        "複数の行にわたって結合されたセル",
        "merged cells over several rows",
    );
    refused(
        |book| {
            let sheet = book.requirements();
            let answer = sheet.column("answer");
            sheet.cells.insert((901, answer), Typed::Text("対応可".to_owned()));
            format!("要件適合表!{}", hadome::cell::name(901, answer))
        },
        "この行がどの要件への回答か分かりません",
        "nothing says what this row answers",
    );
}

#[test]
fn nothing_that_is_there_is_overwritten_unasked() {
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    filled(&mut book);
    book.save(&scratch, "back.xlsx");
    scratch.write("bid/offer.yaml", "hadome: offer/1\nid: bid\n");
    let import = ["questionnaire", "import", "back.xlsx", "-o", "bid"];
    scratch.hadome("ja", &import).code(3).silent().says(&["offer.yaml", "--overwrite"]);
    assert!(!scratch.path("bid/system.yaml").exists(), "neither is written");
    scratch.hadome("ja", &[&import[..], &["--overwrite"]].concat()).code(0);
    scratch
        .hadome("ja", &["questionnaire", "export", "--lang", "en", "-o", "form.xlsx"])
        .code(3)
        .says(&["--overwrite"]);
}

#[test]
fn files_that_are_no_form_are_named() {
    let scratch = Scratch::new();
    scratch.write("old.xls", [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat());
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    scratch.write(
        "locked.xlsx",
        [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600], &locked].concat(),
    );
    scratch.write("a.csv", "番号,回答\n");
    scratch.write("empty.xlsx", "");
    let mut other = Written::new();
    other.add_worksheet().write_string(0, 0, "見積書").expect("written");
    other.save(scratch.path("other.xlsx")).expect("saved");
    let table = [
        ("old.xls", "Excel 97-2003形式", "Excel 97-2003"),
        ("locked.xlsx", "パスワードで暗号化されたブック", "encrypted with a password"),
        ("a.csv", "文字だけのファイル（CSV等）", "plain text such as CSV"),
        ("empty.xlsx", "空のファイル", "the file is empty"),
        ("none.xlsx", "ファイルを読めません", "cannot be read"),
        (".", "フォルダー", "a folder"),
        ("other.xlsx", "様式ではありません", "not a form"),
    ];
    for (file, ja, en) in table {
        for (lang, words) in [("ja", ja), ("en", en)] {
            scratch
                .hadome(lang, &["questionnaire", "import", file, "-o", "bid"])
                .code(3)
                .silent()
                .says(&[file, words]);
        }
    }
    assert!(!scratch.path("bid").exists());
}

#[test]
fn the_form_of_a_tender_has_its_classes_and_points_and_asks_nothing_that_the_draft_states() {
    let scratch = Scratch::new();
    let tender = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tender");
    let tender = tender.to_str().expect("UTF-8");
    scratch.hadome("ja", &["questionnaire", "export", tender, "-o", "form.xlsx"]).code(0);
    let mut book = Book::open(&scratch, "form.xlsx");
    let sheet = book.requirements();
    let (row, class, points) = (sheet.row(POLICY), sheet.column("class"), sheet.column("points"));
    assert_eq!(sheet.text(row, class), "任意・加点");
    assert!(matches!(sheet.cells.get(&(row, points)), Some(Typed::Number(ten)) if *ten == 10.0));
    assert_eq!(sheet.text(sheet.row("policy:ACC-01"), class), "必須");
    let bid = format!("{tender}/bids/bidder-a");
    scratch.hadome("ja", &["questionnaire", "export", tender, "--from", &bid, "-o", "a.xlsx"]).code(0);
    scratch.hadome("ja", &["questionnaire", "import", "a.xlsx", "-o", "bidder-a"]).code(0);
    scratch.hadome("ja", &["questionnaire", "export", tender, "--from", "bidder-a", "-o", "b.xlsx"]).code(0);
    let bytes = |path: &str| std::fs::read(scratch.path(path)).expect(path);
    assert_eq!(bytes("a.xlsx"), bytes("b.xlsx"));
}

#[test]
fn a_workbook_that_libreoffice_saved_again_says_the_same() {
    let Some(office) = common::office::office() else { return };
    let scratch = Scratch::new();
    let mut book = form(&scratch);
    filled(&mut book);
    let want = imported(&scratch, &book, "before");
    // The filled form as the program itself writes it: drop-downs, hidden sheets and all.
    scratch.hadome("ja", &["questionnaire", "export", "--from", "before/bid", "-o", "whole.xlsx"]).code(0);
    common::office::save_again(&office, &scratch, "whole.xlsx");
    scratch.hadome("ja", &["questionnaire", "import", "saved/whole.xlsx", "-o", "after/bid"]).code(0);
    scratch.hadome("ja", &["questionnaire", "export", "--from", "after/bid", "-o", "again.xlsx"]).code(0);
    let bytes = |path: &str| std::fs::read(scratch.path(path)).expect(path);
    assert_eq!(bytes("whole.xlsx"), bytes("again.xlsx"));
    assert!(want.0.contains("value: 1095"));
}

fn copied(from: &Path, scratch: &Scratch, to: &str) {
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = format!("{to}/{}", entry.file_name().expect("a name").to_string_lossy());
        match entry.is_dir() {
            true => copied(&entry, scratch, &name),
            false => {
                scratch.write(&name, std::fs::read(&entry).expect("a file"));
            }
        }
    }
}

#[test]
fn bids_that_went_through_the_sheet_are_judged_as_before() {
    let scratch = Scratch::new();
    copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tender"), &scratch, "tender");
    // Answers to an inquiry hold for the bid as it was asked about, byte for byte.
    std::fs::remove_file(scratch.path("tender/bids/bidder-e/answers.yaml")).expect("removed");
    let compared = || {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day");
        let wish = Wish { choice: Choice { as_of: today, ..Choice::default() }, as_of: None, today };
        let how = How { waivers: false, ..How::keeping(Keep::Findings) };
        let limits = hadome::load::limits::Limits::default();
        let comparison = compare(&scratch.path("tender"), "tender", &wish, how, &limits).expect("a tender");
        let view = view(&comparison, Lang::Ja);
        let cell = |cell: &CellView| (cell.mark.clone(), cell.verdict, cell.standing, cell.points.clone());
        let of_row =
            |row: &RowView| (row.policy.clone(), row.cells.iter().flatten().map(cell).collect::<Vec<_>>());
        let rows: Vec<_> = view.rows().map(of_row).collect();
        let places = view.bidders.iter().flat_map(|bidder| &bidder.findings);
        let places = places.filter_map(|finding| finding.place.as_ref()?.original.clone());
        let cited: Vec<String> =
            places.filter(|place| place.starts_with("要件適合表（要件適合表!")).collect();
        (rows, cited)
    };
    let (before, cited) = compared();
    assert!(before.iter().map(|(_, cells)| cells.len()).sum::<usize>() > 500);
    assert!(cited.is_empty(), "{cited:?}");
    for id in ["a", "b", "c", "d", "e"] {
        let bid = format!("tender/bids/bidder-{id}");
        scratch
            .hadome(
                "ja",
                &["questionnaire", "export", "tender", "--from", &bid, "-o", "form.xlsx", "--overwrite"],
            )
            .code(0);
        scratch.hadome("ja", &["questionnaire", "import", "form.xlsx", "-o", &bid, "--overwrite"]).code(0);
    }
    let (after, cited) = compared();
    assert!(
        cited.len() > 30 && cited.iter().all(|place| place.contains('!')),
        "findings name the cells: {cited:?}"
    );
    assert_eq!(after, before);
}
