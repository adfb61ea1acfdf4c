//! Due dates: counting as a table, documents and what they make due as a table, formats as their
//! readers see them, and what is refused.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarValue};
use common::{CONTRACT, SYSTEM, Scratch};
use hadome::calendar::{Calendar, Length};
use hadome::date::Period;
use hadome::policy::library::built_in_duties;
use serde::Deserialize;
use serde_json::Value;

fn table<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendar").join(name);
    serde_yaml::from_str(&std::fs::read_to_string(&path).expect("a table")).expect("rows")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    note: String,
    #[serde(default)]
    rules: BTreeMap<String, Value>,
    #[serde(default)]
    first_day: Option<hadome::calendar::FirstDay>,
    from: String,
    #[serde(default)]
    days: Option<i64>,
    #[serde(default)]
    business_days: Option<i64>,
    #[serde(default)]
    months: Option<i64>,
    want: Option<String>,
}

#[test]
fn periods_are_counted_by_the_rules() {
    let built_in = built_in_duties().calendar.clone().expect("counting rules");
    for count in table::<Vec<Count>>("counting.yaml") {
        let mut file = serde_json::to_value(&built_in.file).expect("JSON");
        count.rules.into_iter().for_each(|(key, value)| file[key.as_str()] = value);
        let calendar = Calendar::new(serde_json::from_value(file).expect("rules")).expect("days");
        let length = match (count.days, count.business_days, count.months) {
            (Some(days), None, None) => Length::Days(days),
            (None, Some(days), None) => Length::BusinessDays(days),
            (None, None, Some(months)) => Length::Months(months),
            _ => panic!("{}: one length", count.note),
        };
        let from = Period::parse(&count.from).expect("a date");
        let got = calendar.end(from, length, count.first_day).map(|end| match end.exact() {
            Some(day) => day.to_string(),
            None => format!("{}/{}", end.first, end.last),
        });
        assert_eq!(got, count.want, "{}", count.note);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    as_of: String,
    #[serde(default)]
    until: Option<String>,
    #[serde(default)]
    calendar: Option<String>,
    #[serde(default)]
    contract: Option<String>,
    #[serde(default)]
    system: Option<String>,
    #[serde(default)]
    records: Option<String>,
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    want: BTreeMap<String, Vec<Want>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Want {
    due: String,
    state: String,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    days_left: Option<i64>,
    #[serde(default)]
    due_title: Option<String>,
    #[serde(default)]
    late: Option<bool>,
    #[serde(default)]
    done: Option<String>,
    #[serde(default)]
    confirmed: Option<String>,
    #[serde(default)]
    planned: Option<String>,
    #[serde(default)]
    rests_on: Option<String>,
    #[serde(default)]
    gaps: Option<Vec<String>>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    no_note: Option<String>,
}

/// The rules of the built-in calendar with one line in place of its own.
fn rules(line: &str) -> String {
    let own = "first_day: not_counted\nclosed_day: same\nweekend: [saturday, sunday]\nyear: contract\nholidays: []\n";
    let key = line.split(':').next().unwrap_or_default();
    let kept: Vec<&str> = own.lines().filter(|own| !own.starts_with(&format!("{key}:"))).collect();
    format!("hadome: calendar/1\ntitle: {{ja: 試行, en: trial}}\n{}\n{line}\n", kept.join("\n"))
}

fn scratch(case: &Case) -> Scratch {
    let scratch = Scratch::new();
    if let Some(text) = &case.contract {
        scratch.write("a/contract.yaml", format!("{CONTRACT}{text}"));
    }
    if let Some(text) = &case.system {
        scratch.write("a/system.yaml", format!("{SYSTEM}{text}"));
    }
    if let Some(text) = &case.records {
        scratch.write("a/records.yaml", format!("hadome: records/1\nid: r\n{text}"));
    }
    if let Some(line) = &case.calendar {
        scratch.write("rules.yaml", rules(line));
    }
    scratch
}

#[test]
fn documents_make_due_what_the_table_says() {
    for case in table::<Vec<Case>>("cases.yaml") {
        let scratch = scratch(&case);
        let mut arguments = vec!["calendar", "a", "--as-of", &case.as_of, "--format", "json"];
        arguments.extend(case.until.iter().flat_map(|until| ["--until", until]));
        arguments.extend(case.calendar.iter().flat_map(|_| ["--calendar", "rules.yaml"]));
        let ran = scratch.hadome("ja", &arguments);
        if case.refused {
            assert_eq!(ran.code, 3, "{}: {}", case.name, ran.err);
            continue;
        }
        assert_eq!(ran.code, 0, "{}: {}", case.name, ran.err);
        let page: Value = serde_json::from_str(&ran.out).expect("JSON");
        fits(&page);
        for (obligation, wanted) in &case.want {
            let note = format!("{}: {obligation}", case.name);
            assert!(built_in_duties().obligations.iter().any(|known| known.id == *obligation), "{note}");
            let rows: Vec<&Value> = page["rows"].as_array().expect("rows").iter().collect();
            let mut rows: Vec<&Value> =
                rows.into_iter().filter(|row| row["obligation"] == **obligation).collect();
            if wanted.iter().all(|want| want.target.is_some()) {
                rows.sort_by_key(|row| {
                    wanted.iter().position(|want| row["target"].as_str() == want.target.as_deref())
                });
            }
            assert_eq!(rows.len(), wanted.len(), "{note}: {rows:#?}");
            rows.iter().zip(wanted).for_each(|(row, want)| row_is(row, want, &note));
        }
    }
}

#[track_caller]
fn row_is(row: &Value, want: &Want, note: &str) {
    let due = match (row["due"]["first"].as_str(), row["due"]["last"].as_str()) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) => format!("{first}/{last}"),
        _ => row["due"]["kind"].as_str().expect("a kind").to_owned(),
    };
    assert_eq!(due, want.due, "{note}: {row:#}");
    assert_eq!(row["state"], *want.state, "{note}: {row:#}");
    let same = |got: &Value, want: Option<Value>| {
        if let Some(want) = want {
            assert_eq!(*got, want, "{note}: {row:#}");
        }
    };
    same(&row["target"], want.target.clone().map(Value::from));
    same(&row["days_left"], want.days_left.map(Value::from));
    same(&row["due"]["title"], want.due_title.clone().map(Value::from));
    same(&row["late"], want.late.map(Value::from));
    same(&row["done"]["first"], want.done.clone().map(Value::from));
    same(&row["done"]["confirmed_title"], want.confirmed.clone().map(Value::from));
    same(&row["planned_title"], want.planned.clone().map(Value::from));
    same(&row["rests_on"], want.rests_on.clone().map(Value::from));
    let gaps: BTreeSet<&str> =
        row["gaps"].as_array().expect("gaps").iter().filter_map(|gap| gap["path"].as_str()).collect();
    if let Some(wanted) = &want.gaps {
        assert_eq!(gaps, wanted.iter().map(String::as_str).collect(), "{note}");
    }
    let notes = row["notes"].to_string();
    assert!(want.note.as_ref().is_none_or(|wanted| notes.contains(wanted)), "{note}: {notes}");
    assert!(want.no_note.as_ref().is_none_or(|wanted| !notes.contains(wanted)), "{note}: {notes}");
}

/// A page fits its published schema.
#[track_caller]
fn fits(page: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/output/calendar-1.json");
    let schema: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("a schema")).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let errors: Vec<String> =
        validator.iter_errors(page).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A dossier whose texts try to be markup, a line end, or a property of a calendar.
fn hostile() -> Scratch {
    let scratch = Scratch::new();
    let contract = "title: \"市\\nEND:VCALENDAR, a; b \\\\ | <script>alert(1)</script> \\u202e\"\n\
                    term: {start: 2026-04-01, end: 2027-03-31}\n\
                    personal_data: {handled: true}\n\
                    data_return: {deadline_days_wording: \"直ちに|\\nBEGIN:VEVENT\"}\n";
    scratch.write("a/contract.yaml", format!("{CONTRACT}{contract}"));
    scratch
}

fn calendar(scratch: &Scratch, format: &str) -> String {
    let ran = scratch.hadome("ja", &["calendar", "a", "--as-of", "2026-12-01", "--format", format]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

/// Events and to-dos, each property by its name; dates as year, month and day.
fn components(text: &str) -> Vec<BTreeMap<String, String>> {
    let found = ICalendar::parse(text).expect("iCalendar");
    let entries = found.components.iter().filter(|component| {
        matches!(component.component_type, ICalendarComponentType::VEvent | ICalendarComponentType::VTodo)
    });
    let shown = |value: &ICalendarValue| match value {
        ICalendarValue::Text(text) => text.clone(),
        ICalendarValue::PartialDateTime(date) => {
            let part = |part: Option<u16>| part.map_or("-".to_owned(), |part| part.to_string());
            let small = |part: Option<u8>| part.map_or("-".to_owned(), |part| part.to_string());
            format!("{}/{}/{}", part(date.year), small(date.month), small(date.day))
        }
        other => format!("{other:?}"),
    };
    let properties = |component: &ICalendarComponent| {
        let entries = component.entries.iter();
        entries
            .map(|entry| (entry.name.as_str().to_owned(), entry.values.iter().map(shown).collect()))
            .collect()
    };
    entries.map(properties).collect()
}

#[test]
fn an_icalendar_is_read_back_by_another_program() {
    let scratch = hostile();
    let text = calendar(&scratch, "ics");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_inclusive('\n') {
        assert!(line.ends_with("\r\n"), "{line:?}");
        assert!(line.len() <= 75 + 2, "75 octets and the line end: {line:?}");
    }
    assert_eq!(text.matches("BEGIN:VCALENDAR").count(), 1);
    let page: Value = serde_json::from_str(&calendar(&scratch, "json")).expect("JSON");
    let rows = page["rows"].as_array().expect("rows");
    let found = components(&text);
    assert_eq!(found.len(), rows.len(), "one for each row, with or without a date");
    for (entry, row) in found.iter().zip(rows) {
        let title = row["title"].as_str().expect("a title");
        assert!(entry["SUMMARY"].contains(title), "{entry:?}");
        assert!(entry["SUMMARY"].contains("END:VCALENDAR, a; b \\ | <script>"), "text stays text: {entry:?}");
        assert!(!entry["SUMMARY"].contains('\u{202e}'));
        let day = |day: &Value| {
            let day = day.as_str()?.parse::<chrono::NaiveDate>().ok()?;
            Some(day.format("%Y/%-m/%-d").to_string())
        };
        assert_eq!(entry.get("DTSTART").cloned(), day(&row["due"]["first"]), "{row:#}");
        assert_eq!(entry["DTSTAMP"], "2026/12/1");
    }
    let uids: BTreeSet<&String> = found.iter().map(|entry| &entry["UID"]).collect();
    assert_eq!(uids.len(), found.len(), "unique");
}

#[test]
fn what_was_imported_is_replaced_when_the_end_moves() {
    let uids = |contract: &str| {
        let scratch = Scratch::new();
        scratch.write("a/contract.yaml", format!("{CONTRACT}{contract}"));
        let entries = components(&calendar(&scratch, "ics"));
        let end =
            entries.into_iter().find(|entry| entry["SUMMARY"].contains("契約の終了（")).expect("the end");
        (end["UID"].clone(), end["DTSTART"].clone(), end["DTEND"].clone())
    };
    let before = uids("term: {start: 2026-04-01, end: 2027-03-31}\n");
    let after = uids("term: {start: 2026-04-01, end: 2027-03-31, extended_to: 2027-06-30}\n");
    assert_eq!(before.0, after.0);
    assert_eq!((&*before.1, &*before.2), ("2027/3/31", "2027/4/1"), "an all-day event ends the day after");
    assert_eq!(&*after.1, "2027/6/30");
}

#[test]
fn a_month_is_an_event_over_the_month() {
    let scratch = Scratch::contract(format!("{CONTRACT}term: {{start: 2026-04-01, end: 2027-03}}\n"));
    let entries = components(&calendar(&scratch, "ics"));
    let end = entries.iter().find(|entry| entry["SUMMARY"].contains("契約の終了（")).expect("the end");
    assert_eq!((&*end["DTSTART"], &*end["DTEND"]), ("2027/3/1", "2027/4/1"));
}

#[test]
fn markdown_keeps_its_columns_whatever_a_document_says() {
    let text = calendar(&hostile(), "markdown");
    assert!(!text.contains("<script>") && !text.contains('\u{202e}'));
    let mut options = comrak::Options::default();
    options.extension.table = true;
    let html = comrak::markdown_to_html(&text, &options);
    let rows: Vec<&str> = html.split("<tr>").skip(1).collect();
    assert!(rows.len() > 5);
    for row in rows {
        assert_eq!(row.matches("<td").count() + row.matches("<th>").count(), 11, "{row}");
    }
    for column in
        ["会計年度", "期日", "委託案件", "対象", "義務", "根拠", "担当", "残日数", "状態", "実施日", "確認者"]
    {
        assert!(html.contains(&format!("<th>{column}</th>")), "{column}");
    }
}

#[test]
fn text_steers_no_terminal_and_says_what_it_rests_on() {
    let text = calendar(&hostile(), "text");
    assert!(!text.contains('\u{202e}'));
    for wanted in [
        "令和8年度",
        "契約の終了",
        "期日が定まらないもの",
        "期限の定めなし（直ちに",
        "祝日等の休日の記載なし",
        "民法第140条",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn rows_stand_by_date_then_by_dossier_and_undated_ones_at_the_end() {
    let scratch = Scratch::new();
    for (name, end) in [("b", "2027-03-31"), ("a", "2027-03-31"), ("c", "2026-12-31")] {
        scratch.write(&format!("{name}/contract.yaml"), format!("{CONTRACT}term: {{end: {end}}}\n"));
    }
    let ran = scratch.hadome("ja", &["calendar", "a", "b", "c", "--as-of", "2026-12-01", "--format", "json"]);
    let page: Value = serde_json::from_str(&ran.out).expect("JSON");
    fits(&page);
    let rows = page["rows"].as_array().expect("rows");
    let ends: Vec<&Value> = rows.iter().filter(|row| row["obligation"] == "contract-end").collect();
    assert_eq!(
        ends.iter().map(|row| row["dossier"].as_str().expect("a name")).collect::<Vec<_>>(),
        ["c", "a", "b"]
    );
    let dated: Vec<bool> = rows.iter().map(|row| row["due"]["first"].is_string()).collect();
    assert!(dated.windows(2).all(|pair| pair[0] || !pair[1]), "undated ones at the end");
    let totals = page["totals"].as_object().expect("totals").values();
    assert_eq!(totals.filter_map(Value::as_u64).sum::<u64>(), rows.len() as u64);
}

#[test]
fn the_gate_is_shut_by_what_is_overdue_and_by_what_nobody_can_tell() {
    let contract = format!("{CONTRACT}term: {{start: 2026-04-01, end: 2030-03-31}}\n");
    let loan = |status: &str| {
        format!("hadome: records/1\nid: r\nloans:\n  - {{id: l, due_on: 2026-05-01, {status}}}\n")
    };
    let profile = "hadome: profile/1\nid: trial\ntitle: {ja: 試, en: trial}\nwhy: {ja: 試, en: trial}\n\
                   select: {policies: [MED-01]}\n";
    let table = [
        ("status: lent", "2026-05-01", 0),
        ("status: lent", "2026-05-02", 1),
        ("status: returned", "2026-05-02", 1),
        ("status: returned, settled_on: 2026-04-30", "2026-05-02", 0),
    ];
    for (status, as_of, code) in table {
        let scratch = Scratch::new();
        scratch
            .write("a/contract.yaml", &contract)
            .write("a/records.yaml", loan(status))
            .write("p.yaml", profile);
        let arguments = ["calendar", "a", "--as-of", as_of, "--profile", "p.yaml"];
        assert_eq!(scratch.hadome("ja", &arguments).code, 0, "without the gate");
        for format in ["text", "markdown", "json", "ics"] {
            let gated = [&arguments[..], &["--gate", "--format", format]].concat();
            assert_eq!(scratch.hadome("ja", &gated).code, code, "{status} {as_of} {format}");
        }
        let shown = scratch.hadome("ja", &arguments).out;
        assert!(shown.contains("選ばない確認項目の義務"), "{shown}");
    }
}

#[test]
fn a_broken_dossier_hides_nothing_of_the_others() {
    let scratch = Scratch::contract(format!("{CONTRACT}term: {{end: 2027-03-31}}\n"));
    scratch.write("b/contract.yaml", "hadome: contract/1\nid: x\nterm: {end: soon}\n");
    let ran = scratch.hadome("ja", &["calendar", "a", "b", "--as-of", "2026-12-01"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.out.contains("契約の終了") && ran.out.contains("b は、読み込めないため含めていません"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("b/contract.yaml:3:"), "{}", ran.err);
}

#[test]
fn a_file_is_written_whole_and_never_over_another() {
    let scratch = Scratch::contract(format!("{CONTRACT}term: {{end: 2027-03-31}}\n"));
    let run = |more: &[&str]| {
        scratch.hadome("ja", &[&["calendar", "a", "--as-of", "2026-12-01", "--format", "ics"], more].concat())
    };
    assert_eq!(run(&["-o", "due.ics"]).code, 0);
    assert!(scratch.read("due.ics").contains("BEGIN:VEVENT"));
    scratch.write("due.ics", "mine");
    assert_eq!(run(&["-o", "due.ics"]).code, 3);
    assert_eq!(scratch.read("due.ics"), "mine");
    assert_eq!(run(&["-o", "due.ics", "--overwrite"]).code, 0);
    assert_eq!(run(&["-o", "a/contract.yaml", "--overwrite"]).code, 2);
    assert!(scratch.read("a/contract.yaml").starts_with("hadome: contract/1"));
}

/// An entry of the user's own catalogue, valid but for the lines given.
fn obligation(lines: &str) -> String {
    let own = [
        ("policy", "ZZZ-01"),
        ("title", "{ja: 試行, en: trial}"),
        ("owner", "client"),
        ("due", "{on: contract.term.end}"),
        ("unrecorded", "{ja: 記録なし, en: not recorded}"),
        ("ground", "contract.term.end"),
    ];
    let kept = own.iter().filter(|(key, _)| !lines.lines().any(|line| line.starts_with(&format!("{key}:"))));
    let kept = kept.map(|(key, value)| format!("    {key}: {value}\n")).collect::<String>();
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("hadome: obligations/1\nobligations:\n  - id: own\n{lines}{kept}")
}

#[test]
fn an_obligation_of_ones_own_is_shown() {
    let scratch = Scratch::contract(format!("{CONTRACT}term: {{end: 2027-03-31}}\n"));
    scratch.write("policies/obligations.yaml", obligation(""));
    let arguments = [
        "calendar",
        "a",
        "--as-of",
        "2026-12-01",
        "--policies",
        "policies",
        "--profile",
        "profile.yaml",
        "--format",
        "json",
    ];
    let ran = scratch.hadome("en", &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(page["rows"][0]["obligation"], "own");
    assert_eq!(page["rows"].as_array().map(Vec::len), Some(1), "the profile selects ZZZ-01 alone");
    assert_eq!(page["left_out_count"], built_in_duties().obligations.len());
}

#[test]
fn what_is_wrong_in_a_catalogue_is_refused_with_its_place() {
    let table = [
        ("policy: ZZZ-99", "unknown-policy", "ZZZ-99"),
        ("due: {on: contract.term.ends}", "unknown-field", "ends"),
        ("due: {on: contract.title}", "wrong-type-of-expression", "contract.title"),
        (
            "due: {from: contract.term.end, days: contract.incident.first_report_hours}",
            "unit-mismatch",
            "contract.incident",
        ),
        ("due: {from: contract.term.end, days: '30'}", "number-without-source", "'30'"),
        (
            "due: {from: contract.term.end, days: contract.data_return.deadline_days, otherwise: '30'}",
            "number-without-source",
            "'30'",
        ),
        ("due: {from: contract.term.end}", "bad-length-of-time", "due"),
        ("due: {on: contract.term.end, from: contract.term.end}", "bad-due", "due"),
        ("due: {}", "bad-due", "due"),
        ("due: {every: {months: contract.inventory.interval_months}}", "no-first-due-date", "due"),
        ("ground: '1 + 1'", "not-a-field", "1 + 1"),
        ("done: {deeds: records.trainings, on: topics}\nunrecorded:", "no-date-field", "topics"),
        ("done: {deeds: records.trainings, on: held_on}", "bad-done", "done"),
        ("applies_when: contract.term.end", "not-a-condition", "contract.term.end"),
        ("for_each: {a: contract.loans, b: contract.loans}", "bad-for-each", "for_each"),
    ];
    for (lines, code, at) in table {
        let scratch = Scratch::contract(CONTRACT);
        scratch.write("policies/obligations.yaml", obligation(lines));
        let ran = scratch.hadome("en", &["calendar", "a", "--as-of", "2026-12-01", "--policies", "policies"]);
        assert_eq!(ran.code, 2, "{lines}: {}{}", ran.out, ran.err);
        assert!(
            ran.err.contains(&format!("[{code}]")) && ran.err.contains("obligations.yaml:"),
            "{lines}: {}",
            ran.err
        );
        assert!(ran.err.contains(at), "{lines}: {}", ran.err);
    }
}

#[test]
fn counting_rules_that_are_none_are_refused() {
    let table = [
        ("missing.yaml", None, "no counting rules"),
        ("rules.yaml", Some("hadome: profile/1\n".to_owned()), "rules.yaml"),
        ("rules.yaml", Some(rules("holidays: [{date: 2026-05}]")), "[holiday-not-a-day]"),
        ("rules.yaml", Some(rules("holidays: [{date: soon}]")), "rules.yaml:"),
        ("rules.yaml", Some(rules("closed_day: later")), "rules.yaml:"),
    ];
    for (name, text, wanted) in table {
        let scratch = Scratch::contract(CONTRACT);
        if let Some(text) = text {
            scratch.write("rules.yaml", text);
        }
        let ran = scratch.hadome("en", &["calendar", "a", "--as-of", "2026-12-01", "--calendar", name]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
    }
}

#[test]
fn where_evidence_contradicts_a_record_the_worse_state_is_shown() {
    let deletions = "deletions: [{id: d, covers: [ledger], erased_on: 2027-04-10}]\n";
    let evidence = "hadome: evidence/1\nid: e\nevidence:\n  - {id: e1, kind: deletion_certificate, title: 確認書, \
                    kept_at: 所管課, issued_on: 2027-05-20, issuer_side: client, \
                    proves: [{fact: \"records.deletions[d].erased_on\", value: 2027-06-20}]}\n";
    for (evidence, state) in [(None, "done"), (Some(evidence), "overdue")] {
        let scratch = Scratch::new();
        let contract = "term: {start: 2026-04-01, end: 2027-03-31}\ndata_return: {deadline_days: 30}\n";
        let system = "data_stores: [{id: ledger, holds_personal_data: true, held_by: contractor}]\n";
        scratch.write("a/contract.yaml", format!("{CONTRACT}{contract}"));
        scratch.write("a/system.yaml", format!("{SYSTEM}{system}"));
        scratch.write("a/records.yaml", format!("hadome: records/1\nid: r\n{deletions}"));
        evidence.iter().for_each(|text| {
            scratch.write("a/evidence.yaml", text);
        });
        let ran = scratch.hadome("ja", &["calendar", "a", "--as-of", "2027-06-01", "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page: Value = serde_json::from_str(&ran.out).expect("JSON");
        let rows = page["rows"].as_array().expect("rows").iter();
        let row = rows.into_iter().find(|row| row["obligation"] == "store-erasure").expect("a row");
        assert_eq!(row["state"], state, "{row:#}");
        assert_eq!(row["notes"].to_string().contains("根拠資料の内容が記載と一致しない"), evidence.is_some());
    }
}

#[test]
fn each_built_in_obligation_is_due_somewhere_in_the_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = BTreeSet::new();
    let scratch = Scratch::new();
    for as_of in ["2026-11-21", "2027-06-01"] {
        let examples = root.join("examples");
        let examples = examples.to_str().expect("UTF-8");
        let ran = scratch.hadome(
            "en",
            &["calendar", examples, "--as-of", as_of, "--until", "2040-01-01", "--format", "json"],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page: Value = serde_json::from_str(&ran.out).expect("JSON");
        fits(&page);
        let rows = page["rows"].as_array().expect("rows").iter();
        let dated = rows.filter(|row| row["due"]["kind"] != "unknown");
        seen.extend(dated.map(|row| row["obligation"].as_str().expect("an id").to_owned()));
    }
    let idle =
        built_in_duties().obligations.iter().map(|one| one.id.as_str()).filter(|id| !seen.contains(*id));
    let idle: Vec<&str> = idle.collect();
    // What no example states: an agreed loan that was not lent yet, an incident that the law has
    // reported, and a system that an organisation runs itself (the incidents' have no dates).
    let unstated = [
        "agreed-loan-return",
        "training-own",
        "drill-own",
        "self-check-own",
        "account-review-own",
        "incident-preliminary-report",
        "authority-final",
    ];
    assert_eq!(idle, unstated);
}

/// Two notices on data that stayed with the contractor after the work had ended. Neither states a limit
/// or an end; what a reader supposes gives the day, and is printed as supposed.
#[test]
fn under_what_a_reader_supposes_the_erasure_was_overdue_from_a_day_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/incidents");
    let supposed =
        ["--assume", "contract.term.end=2012-03-31", "--assume", "contract.data_return.deadline_days=30"];
    for incident in ["yokohama-water-2024", "nara-water-2024"] {
        let folder = root.join(incident).to_string_lossy().into_owned();
        let calendar = |as_of: &str, more: &[&str]| {
            let arguments = ["calendar", &folder, "--as-of", as_of, "--format", "json"];
            let page = Scratch::new().hadome("en", &[&arguments[..], more].concat()).json();
            let rows = page["rows"].as_array().expect("rows").clone();
            let row = rows.into_iter().find(|row| row["obligation"] == "return-complete").expect("the duty");
            (page, row)
        };
        let (_, unsaid) = calendar("2012-05-01", &[]);
        assert_eq!(
            unsaid["due"]["kind"], "unknown",
            "{incident}: no notice states a contract's end or limit"
        );
        for (as_of, state) in [("2012-04-30", "open"), ("2012-05-01", "overdue"), ("2024-05-01", "overdue")] {
            let (page, row) = calendar(as_of, &supposed);
            assert_eq!(row["due"]["first"], "2012-04-30", "{incident}");
            assert_eq!(row["state"], state, "{incident} {as_of}: {row:#}");
            assert_eq!(row["rests_on"], "assumption", "{incident}");
            assert_eq!(page["assumptions"].as_array().map(Vec::len), Some(2), "{incident}");
        }
        for format in ["text", "markdown", "ics"] {
            let arguments = ["calendar", &folder, "--as-of", "2012-05-01", "--format", format];
            let ran = Scratch::new().hadome("en", &[&arguments[..], &supposed].concat());
            assert!(ran.out.contains("Assumption"), "{incident} {format}: {}", ran.out);
        }
    }
}
