use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Limits, Problem, Value, parse};
use crate::lang::Lang;

type Parts = Vec<(String, Vec<u8>)>;

fn small() -> Parts {
    let mut book = sample();
    book.sort();
    book
}

/// A workbook as a spreadsheet program writes one: texts, numbers, a formula, a date, merged cells.
fn sample() -> Parts {
    let content_types = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let package = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let workbook = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/><sheet name="裏" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>"#;
    let links = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let styles = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="1"><font><sz val="11"/><name val="x"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/><right/></border></borders><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs></styleSheet>"#;
    let strings = r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>はい</t></si><si><r><t>直</t></r><r><t>ちに</t></r><rPh sb="0" eb="1"><t>タダ</t></rPh></si></sst>"#;
    let first = r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C5"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>12.5</v></c></row><row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" s="1"><v>46478</v></c></row><row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="inlineStr"><is><t>内</t></is></c><c r="C3" s="2"><v>46478.5</v></c></row><row r="5"><c r="A5"><f>[1]Sheet1!A1</f></c><c r="B5" s="2"/><c r="C5" s="2"><v>46478</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells></worksheet>"#;
    let second = r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>"#;
    [
        ("[Content_Types].xml", content_types),
        ("_rels/.rels", package),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", first),
        ("xl/worksheets/sheet2.xml", second),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .to_vec()
}

fn pack(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("a package").into_inner()
}

fn with(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = small();
    let part = parts.iter_mut().find(|(known, _)| known == name).expect(name);
    part.1 = change(String::from_utf8(part.1.clone()).expect("text")).into_bytes();
    pack(&parts)
}

fn and(name: &str, text: &str) -> Vec<u8> {
    let mut parts = small();
    parts.push((name.to_owned(), text.as_bytes().to_vec()));
    pack(&parts)
}

fn problem(bytes: &[u8]) -> Problem {
    parse(bytes, &Limits::default()).expect_err("a problem")
}

#[test]
fn every_kind_of_cell_is_read() {
    let workbook = parse(&pack(&small()), &Limits::default()).expect("a workbook");
    assert_eq!(workbook.sha256.len(), 64);
    let [first, second] = &workbook.sheets[..] else { panic!("two sheets") };
    assert_eq!(
        (first.name.as_str(), first.hidden, second.name.as_str(), second.hidden),
        ("表", false, "裏", true)
    );
    let day = chrono::NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day");
    let want = [
        ((0, 0), Value::Text("はい".to_owned()), false),
        ((0, 1), Value::Text("直ちに".to_owned()), false),
        ((0, 2), Value::Number(12.5), false),
        ((1, 0), Value::Bool(true), false),
        ((1, 1), Value::Number(2.0), true),
        ((1, 2), Value::Date(day), false),
        ((2, 0), Value::Error("#REF!".to_owned()), false),
        ((2, 1), Value::Text("内".to_owned()), false),
        ((2, 2), Value::Time("46478.5".to_owned()), false),
        ((4, 0), Value::Nothing, true),
        ((4, 2), Value::Date(day), false),
    ];
    let got: Vec<_> = first.cells.iter().map(|(at, cell)| (*at, cell.value.clone(), cell.formula)).collect();
    assert_eq!(got, want);
    assert_eq!(first.merged_at(1, 0).map(|area| area.first), Some((0, 0)));
    assert_eq!(first.merged_at(2, 0), None);
}

#[test]
fn what_is_no_workbook_is_named() {
    let compound = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend([0; 512]);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let table = [
        (Vec::new(), Problem::Empty),
        (compound("EncryptedPackage"), Problem::Protected),
        (compound("Workbook"), Problem::Xls),
        ("番号,回答\n1,はい\n".as_bytes().to_vec(), Problem::PlainText),
        (vec![0, 1, 2, 3], Problem::NotAWorkbook),
        (pack(&vec![("a.txt".to_owned(), Vec::new())]), Problem::NotAWorkbook),
        (
            pack(&vec![("mimetype".to_owned(), Vec::new()), ("content.xml".to_owned(), Vec::new())]),
            Problem::Ods,
        ),
        (pack(&vec![("xl/workbook.bin".to_owned(), Vec::new())]), Problem::Xlsb),
        (and("xl/vbaProject.bin", "x"), Problem::Macros),
        (
            with("[Content_Types].xml", |text| {
                text.replace("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")
            }),
            Problem::Macros,
        ),
    ];
    for (bytes, want) in table {
        let got = problem(&bytes);
        assert_eq!(got, want);
        assert!(!got.message(Lang::Ja).is_empty() && !got.message(Lang::En).is_empty());
    }
}

#[test]
fn what_would_cost_too_much_is_refused_before_it_is_read() {
    let limits = Limits::default();
    let bomb = and("xl/media/image1.png", &"0".repeat(limits.unpacked_bytes));
    assert!(bomb.len() < 1024 * 1024, "it is small as it comes");
    assert_eq!(problem(&bomb), Problem::UnpacksTooLarge { limit: limits.unpacked_bytes });
    assert_eq!(
        problem(&vec![b'P'; limits.file_bytes + 1]),
        Problem::FileTooLarge { limit: limits.file_bytes }
    );
    let mut many = small();
    many.extend((0..limits.parts).map(|at| (format!("x/{at}"), Vec::new())));
    assert_eq!(problem(&pack(&many)), Problem::TooManyParts { limit: limits.parts });
    let rows: String =
        (6..1_000_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>")).collect();
    let tall = with("xl/worksheets/sheet1.xml", |text| {
        text.replace("</sheetData>", &(rows.clone() + "</sheetData>"))
    });
    assert_eq!(problem(&tall), Problem::TooManyCells { sheet: "表".to_owned(), limit: limits.cells });
}

#[test]
fn what_would_make_the_reader_miscount_is_damaged() {
    let sheet = "xl/worksheets/sheet1.xml";
    let table = [
        with("xl/sharedStrings.xml", |text| {
            text.replace("uniqueCount=\"2\"", "uniqueCount=\"18446744073709551615\"")
        }),
        with(sheet, |text| text.replace("r=\"A1\"", "r=\"A99999999999\"")),
        with(sheet, |text| text.replace("r=\"A1\"", "r=\"AAAAAAAAAAAA1\"")),
        with(sheet, |text| text.replace("r=\"A1\"", "r=\"XFE1\"")),
        with(sheet, |text| text.replace("<row r=\"2\">", "<row r=\"4294967295\">")),
        with(sheet, |text| text.replace("ref=\"A1:A2\"", "ref=\"B2:A1\"")),
        with(sheet, |text| {
            text.replace(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            )
        }),
        with(sheet, |text| text.replace("<worksheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet")),
        with(sheet, |text| text.replace("<sheetData>", &"<a>".repeat(100_000))),
    ];
    for bytes in table {
        let got = problem(&bytes);
        assert!(matches!(got, Problem::Damaged { .. }), "{got:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_never_stops_the_program(at in any::<prop::sample::Index>(), bit in 0u8..8, cut in any::<bool>()) {
        let mut bytes = pack(&small());
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if cut {
            bytes.truncate(at);
        }
        let _ = parse(&bytes, &Limits::default());
    }

    #[test]
    fn a_damaged_part_never_stops_the_program(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 1..6),
    ) {
        let mut parts = small();
        let chosen = part.index(parts.len());
        for (at, byte, how) in changes {
            let bytes = &mut parts[chosen].1;
            if bytes.is_empty() { continue; }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, b"\"<>&/0 9:-A"[usize::from(byte) % 11]),
                _ => bytes.truncate(at),
            }
        }
        let _ = parse(&pack(&parts), &Limits::default());
    }
}

#[test]
fn a_package_is_what_the_reader_sees_of_it() {
    let bytes = pack(&small());
    let mut package = ZipArchive::new(Cursor::new(&bytes)).expect("a package");
    let mut text = String::new();
    package.by_name("xl/workbook.xml").expect("a part").read_to_string(&mut text).expect("text");
    assert!(text.contains("表"));
}
