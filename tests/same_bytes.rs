//! The same command in another folder, in another time zone and another locale gives the same bytes.
//! Another day is tried with a changed clock in `.ci/run`.

mod common;

use assert_cmd::Command;
use common::{AS_OF, Scratch};

const FORMATS: [&str; 6] = ["text", "concise", "json", "sarif", "junit", "github"];

/// A dossier with something in each kind of document.
fn dossier() -> Scratch {
    let system = "hadome: system/1\nid: web\ntitle: 窓口\ndata_stores:\n  - {id: db, public_access: true}\n";
    let register = "hadome: evidence/1\nid: x\nevidence:\n  - {id: e, file: evidence/e.pdf}\n";
    Scratch::with(&[
        ("a/contract.yaml", "hadome: contract/1\nid: x\ntitle: 業務\nterm: {signed_on: 令和8年4月}\n"),
        ("a/system.yaml", system),
        ("a/evidence.yaml", register),
        ("a/evidence/e.pdf", "proof"),
    ])
}

#[track_caller]
fn bytes(scratch: &Scratch, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<u8> {
    let mut command = Command::cargo_bin("hadome").expect("the binary is built");
    command.env_clear().envs(environment.iter().copied()).current_dir(scratch.path("")).args(arguments);
    let output = command.output().expect("it runs");
    assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    [output.stdout, output.stderr, vec![u8::try_from(output.status.code().unwrap_or(-1)).unwrap_or(255)]]
        .concat()
}

#[test]
fn folder_time_zone_and_locale_leave_no_trace() {
    let (here, there) = (dossier(), dossier());
    let check = FORMATS.map(|format| vec!["check", "a", "--format", format]);
    let report = ["ja", "en"].map(|lang| vec!["report", "a", "--lang", lang]);
    for arguments in check.into_iter().chain(report) {
        let arguments = [&arguments[..], &["--as-of", AS_OF]].concat();
        let usual = bytes(&here, &arguments, &[]);
        // No two of these places have the same date all day long.
        for (zone, locale) in
            [("Pacific/Kiritimati", "tr_TR.UTF-8"), ("Etc/GMT+12", "C"), ("Asia/Tokyo", "ja_JP.SJIS")]
        {
            let environment =
                [("TZ", zone), ("LANG", locale), ("LC_ALL", locale), ("HOME", "/"), ("USER", "x")];
            let other = bytes(&there, &arguments, &environment);
            assert_eq!(
                String::from_utf8_lossy(&usual),
                String::from_utf8_lossy(&other),
                "{arguments:?}, {zone}"
            );
        }
    }
}
