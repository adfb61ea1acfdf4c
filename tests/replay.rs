//! `hadome replay` through the binary: the shipped incidents hold, and broken copies of them do not.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// What a run gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

#[track_caller]
fn replay(arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("hadome").expect("the binary is built");
    command
        .env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--lang", "en", "replay"])
        .args(arguments);
    let output = command.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

/// A copy of a shipped incident in which words of one file are replaced; each must be there.
struct Copied {
    _scratch: TempDir,
    folder: PathBuf,
}

impl Copied {
    #[track_caller]
    fn of(id: &str, file: &str, replaced: &[(&str, &str)]) -> Copied {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let folder = scratch.path().join(id);
        fs::create_dir(&folder).expect("a folder");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/incidents").join(id);
        for entry in fs::read_dir(shipped).expect("shipped").flatten() {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
        }
        let copied = Copied { _scratch: scratch, folder };
        copied.replace(file, replaced);
        copied
    }

    #[track_caller]
    fn replace(&self, file: &str, replaced: &[(&str, &str)]) {
        let path = self.folder.join(file);
        let mut text = fs::read_to_string(&path).expect("a file");
        for (old, new) in replaced {
            assert!(text.contains(old), "{file} holds no {old}");
            text = text.replace(old, new);
        }
        fs::write(path, text).expect("written");
    }

    #[track_caller]
    fn replay(&self, options: &[&str]) -> Ran {
        let path = self.folder.to_str().expect("UTF-8");
        replay(&[&[path], options].concat())
    }
}

#[track_caller]
fn assert_ran(ran: &Ran, code: i32, shown: &str) {
    assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(shown) || ran.err.contains(shown), "no `{shown}` in:\n{}{}", ran.out, ran.err);
}

#[test]
fn the_shipped_incidents_hold() {
    let ran = replay(&[]);
    assert_ran(&ran, 0, "missed: 0)");
    assert_eq!(ran.err, "");
}

#[test]
fn the_measures_of_the_shipped_incidents_lead_to_what_they_name() {
    let ran = replay(&["--mended"]);
    assert_ran(&ran, 0, "after the measures (hypothetical)");
    assert!(ran.out.contains("true folder-restricted: ACC-01/closed-to-outsiders"), "{}", ran.out);
}

#[test]
fn two_runs_write_the_same() {
    assert_eq!(replay(&["--mended"]).out, replay(&["--mended"]).out);
}

#[test]
fn a_condition_that_nothing_finds_is_missed() {
    let copied = Copied::of(
        "yokohama-water-2024",
        "records.yaml",
        &[("status: overdue", "status: erased"), ("retention_approved: false", "retention_approved: true")],
    );
    // A question about the contract would be put all the same; without it nothing is left.
    assert_ran(&copied.replay(&[]), 1, "asked (fails) data-not-erased");
    let asks = "      - policy: DLC-01\n        paths: [contract.data_return.on_phase_end]\n";
    copied.replace("incident.yaml", &[(asks, "")]);
    let ran = copied.replay(&[]);
    assert_ran(&ran, 1, "missed (fails) data-not-erased");
    assert!(ran.out.contains("incidents: 1 (failed: 1)"), "{}", ran.out);
}

#[test]
fn a_condition_that_is_only_asked_about_fails() {
    let copied = Copied::of("nara-water-2024", "records.yaml", &[("status: overdue", "status: 未定")]);
    assert_ran(&copied.replay(&[]), 1, "asked (fails) data-not-erased");
}

#[test]
fn an_assumed_stage_on_which_a_cause_hangs_fails() {
    let assumed = ("basis: notice", "basis: assumed");
    let copied = Copied::of("yokohama-water-2024", "incident.yaml", &[assumed]);
    let ran = copied.replay(&[]);
    assert_ran(&ran, 1, "with 2024-07-15 and stage running assumed instead: asked");
    assert!(!ran.out.contains("with 2023-07-15"), "a year earlier nothing changes: {}", ran.out);
    let copied = Copied::of(
        "yokohama-water-2024",
        "incident.yaml",
        &[("basis: notice", "basis: assumed\n  other_stages: []")],
    );
    assert_ran(&copied.replay(&[]), 0, "(failed: 0)");
}

#[test]
fn measures_without_their_effect_fail_only_where_they_are_applied() {
    let set = r#""system[web-site].data_stores[form-images].public_access": false"#;
    let other = r#""system[web-site].data_stores[form-images].purge_automated": true"#;
    let copied = Copied::of("saga-web-form-images", "incident.yaml", &[(set, other)]);
    assert_ran(&copied.replay(&[]), 0, "(failed: 0)");
    assert_ran(
        &copied.replay(&["--mended"]),
        1,
        "false (fails) folder-restricted: ACC-01/closed-to-outsiders",
    );
}

#[test]
fn what_is_wrong_with_an_incident_is_said_with_its_place() {
    let sets = "    sets:\n      contract.supervision.client_confirms_instructions: true\n";
    let path = "system.data_stores[].public_access";
    let value = "public_access\": false";
    let table = [
        (
            "yokohama-water-2024",
            "policy: DLC-01",
            "policy: DLC-99",
            "error[unknown-policy]: there is no policy `DLC-99`",
        ),
        (
            "saga-web-form-images",
            "ASR-03/client-confirms",
            "ASR-03/confirms",
            "the policy's clauses: client-confirms",
        ),
        (
            "saga-web-form-images",
            path,
            "system.data_stores[].public_acces",
            "did you mean `system.data_stores[].public_access`?",
        ),
        ("saga-web-form-images", path, "system.data_stores.public_access", "write items of lists with []"),
        ("saga-web-form-images", sets, "", "error[measure-without-state]"),
        ("saga-web-form-images", sets, "    sets: {}\n", "error[measure-without-state]"),
        ("saga-web-form-images", value, "public_access\": いいえ", "error[wrong-type]"),
        ("saga-web-form-images", "system[web-site]", "system[web]", "error[no-such-document]"),
        (
            "saga-web-form-images",
            "client_confirms_instructions: true",
            "client_confirms: true",
            "error[unknown-key]",
        ),
        (
            "saga-web-form-images",
            "    meets: [LOG-04/delivery-agreed]\n",
            "    meets: [LOG-04/delivery-agreed]\n    no_policy_because: {ja: 試, en: trial}\n",
            "error[measure-covered-twice]",
        ),
        (
            "shiga-labour-support-center-2024",
            "mended_as_of: 2024-08-01",
            "mended_as_of: 2024-08",
            "error[replay-without-a-day]",
        ),
        (
            "saga-web-form-images",
            "    meets: [LOG-04/delivery-agreed]\n",
            "",
            "error[measure-without-clauses]",
        ),
        ("saga-web-form-images", "id: saga-web-form-images", "id: saga", "error[incident-in-another-folder]"),
        ("saga-web-form-images", "as_of: 2020-02-24", "as_of: 2020-02", "error[replay-without-a-day]"),
        ("saga-web-form-images", "kind: condition", "kind: state", "error[unknown-word]"),
        ("saga-web-form-images", "id: instruction-not-confirmed", "id: folder-open", "error[duplicate-id]"),
    ];
    for (id, old, new, shown) in table {
        let ran = Copied::of(id, "incident.yaml", &[(old, new)]).replay(&[]);
        assert_ran(&ran, 3, shown);
        assert!(ran.err.contains("incident.yaml:"), "no place in:\n{}", ran.err);
    }
}

#[test]
fn a_broken_incident_hides_nothing_of_the_others() {
    let broken = Copied::of("yokohama-water-2024", "incident.yaml", &[("policy: DLC-01", "policy: DLC-99")]);
    let path = broken.folder.to_str().expect("UTF-8");
    let ran = replay(&[path, "examples/incidents/saga-web-form-images"]);
    assert_ran(&ran, 3, "hit instruction-not-confirmed");
    assert!(ran.out.contains("incidents that cannot be read: 1"), "{}", ran.out);
}

#[test]
fn without_an_incident_there_is_nothing_to_replay() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    fs::write(scratch.path().join("contract.yaml"), "hadome: contract/1\nid: x\n").expect("written");
    let ran = replay(&[scratch.path().to_str().expect("UTF-8")]);
    assert_ran(&ran, 2, "there is no incident");
}
