use std::io::{Cursor, Read};

use proptest::prelude::*;
use zip::ZipArchive;

use super::super::workbook::{Allowed, Area, Cell, Check, Column, Page, Row, Sheet, Style, Value, Workbook};
use super::write;
use crate::lang::Lang;
use crate::load::workbook as load;

fn sheet(name: &str, rows: Vec<Row>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        columns: vec![Column::wide(12.0), Column::hidden()],
        rows,
        ..Sheet::default()
    }
}

fn texts(values: &[&str]) -> Workbook {
    let rows = values.iter().map(|text| Row::of(vec![Cell::text(*text, Style::Input)])).collect();
    Workbook { title: "表".to_owned(), sheets: vec![sheet("表", rows)], ..Workbook::default() }
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut found = Vec::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        found.push((part.name().expect("a name").into_owned(), text));
    }
    found
}

/// What stands in the first column when it is read back.
fn read_back(workbook: &Workbook) -> Vec<load::Value> {
    let bytes = write(workbook).expect("a workbook");
    let read = load::parse(&bytes, &load::Limits::default()).expect("our own workbook");
    read.sheets[0].cells.values().map(|cell| cell.value.clone()).collect()
}

#[test]
fn no_text_becomes_a_formula_or_a_link() {
    let hostile = [
        "=1+1",
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "＝1",
        "http://example.com/",
        "'=1",
        "<v>1</v>&amp;",
        "]]>",
        "_x0041_",
        "  spaces  ",
        "一行\n二行",
    ];
    let workbook = texts(&hostile);
    let bytes = write(&workbook).expect("a workbook");
    for (name, text) in parts(&bytes) {
        assert!(!text.contains("<f>") && !text.contains("<f ") && !text.contains("hyperlink"), "{name}");
    }
    let want: Vec<_> = hostile.iter().map(|text| load::Value::Text((*text).to_owned())).collect();
    assert_eq!(read_back(&workbook), want);
}

#[test]
fn what_a_cell_cannot_hold_is_seen_to_be_missing() {
    let values = read_back(&texts(&["a\u{1}b\u{202e}c\u{fffe}d"]));
    assert_eq!(values, [load::Value::Text("a\u{fffd}b\u{fffd}c\u{fffd}d".to_owned())]);
    let long = "長".repeat(32_768);
    let refused = write(&texts(&["x", &long])).expect_err("too long");
    assert!(refused.too_long);
    assert_eq!(refused.place, "表!A2");
    assert!(refused.message(Lang::Ja).contains("表!A2"));
}

#[test]
fn the_same_workbook_gives_the_same_bytes_and_names_no_day() {
    let long: Vec<String> = (0..80).map(|at| format!("選択肢その{at}")).collect();
    let mut workbook = texts(&["x"]);
    workbook.sheets[0].checks = vec![
        Check {
            area: Area::column(0, 0, 9),
            allowed: Allowed::Words(long.clone()),
            prompt: Some("長".repeat(400)),
            strict: true,
        },
        Check {
            area: Area::cell(0, 1),
            allowed: Allowed::Words(vec!["a,b".to_owned(), "c".to_owned()]),
            prompt: None,
            strict: false,
        },
        Check { area: Area::cell(1, 1), allowed: Allowed::Words(long), prompt: None, strict: false },
    ];
    workbook.sheets[0].page = Page { header: ["R&D".to_owned(), String::new()], ..Page::default() };
    workbook.sheets[0].protected = true;
    let bytes = write(&workbook).expect("a workbook");
    assert_eq!(bytes, write(&workbook).expect("a workbook"));
    let parts = parts(&bytes);
    let part = |end: &str| &parts.iter().find(|(name, _)| name.ends_with(end)).expect(end).1;
    assert!(part("core.xml").contains("2000-01-01T00:00:00Z"));
    assert!(
        part("sheet1.xml").contains("&apos;_words&apos;!$A$1:$A$80")
            || part("sheet1.xml").contains("'_words'!$A$1:$A$80")
    );
    assert!(part("sheet1.xml").contains("R&amp;&amp;D"));
    assert!(part("workbook.xml").contains("veryHidden"));
    assert_eq!(parts.iter().filter(|(name, _)| name.contains("worksheets/sheet")).count(), 2);
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Blank),
        any::<bool>().prop_map(Value::Bool),
        (-1_000_000_000i64..1_000_000_000).prop_map(|number| Value::Number(number as f64)),
        "[ -~ぁ-ん一-龠_x0-9\n]{1,40}".prop_map(Value::Text),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(values in prop::collection::vec((value(), 0usize..Style::ALL.len()), 1..40)) {
        let row = |pair: &(Value, usize)| Row::of(vec![Cell { value: pair.0.clone(), style: Style::ALL[pair.1] }]);
        let workbook = Workbook { sheets: vec![sheet("a", values.iter().map(row).collect())], ..Workbook::default() };
        let want: Vec<_> = values.iter().filter_map(|(value, _)| match value {
            Value::Blank => None,
            Value::Text(text) => Some(load::Value::Text(text.clone())),
            Value::Number(number) => Some(load::Value::Number(*number)),
            Value::Bool(truth) => Some(load::Value::Bool(*truth)),
        }).collect();
        prop_assert_eq!(read_back(&workbook), want);
    }
}
