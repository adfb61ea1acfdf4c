//! The tools of those who write policies: the skeleton, the examination, the mutants.

mod common;

use common::{DUTY, Scratch, policy};

const CASES: &str = "hadome: cases/1\npolicy: ZZZ-01\ncases:\n\
    \x20 - {name: agreed, given: {contract: {data_return: {on_end: true}}}, want: pass}\n\
    \x20 - {name: refused, given: {contract: {data_return: {on_end: false}}}, want: fail}\n\
    \x20 - {name: silent, given: {contract: {}}, want: undecided/missing}\n";

const POLICY: &str = "policies/zzz/ZZZ-01.yaml";

/// A folder with one policy and cases that hold it.
fn held() -> Scratch {
    Scratch::with(&[("policies/zzz/ZZZ-01.cases.yaml", CASES)])
}

/// A policy with these lines from line 12 on, examined in both languages: one finding of this kind, on
/// the text that begins so, with what to do.
#[track_caller]
fn finds(rest: &str, code: &str, under: &str, ja: &[&str], en: &[&str]) {
    finds_in(&policy("ZZZ-01", rest), code, under, ja, en);
}

#[track_caller]
fn finds_in(text: &str, code: &str, under: &str, ja: &[&str], en: &[&str]) {
    let scratch = held();
    scratch.write(POLICY, text);
    for (lang, words) in [("ja", ja), ("en", en)] {
        let ran = scratch.hadome(lang, &["policy", "lint"]);
        let head = format!("[{code}]: ");
        let line = ran.code(1).err.lines().find(|line| line.contains(&head));
        let line = line.unwrap_or_else(|| panic!("no {head} in:\n{}", ran.err));
        let place = line.split(": error").next().expect("a place").strip_prefix(POLICY).expect("the file");
        let at: Vec<usize> = place.split(':').filter_map(|number| number.parse().ok()).collect();
        let there: String = text.lines().nth(at[0] - 1).expect("the line").chars().skip(at[1] - 1).collect();
        assert!(there.starts_with(under), "{line}\nstands on: {there}");
        for word in words {
            assert!(line.contains(word), "no `{word}` in: {line}");
        }
        assert!(line.ends_with(')'), "nothing on what to do: {line}");
    }
}

/// Nothing of this kind is found in a policy.
#[track_caller]
fn finds_no(text: &str, code: &str) {
    let scratch = held();
    scratch.write(POLICY, text);
    let ran = scratch.hadome("en", &["policy", "lint"]);
    assert!(ran.code < 2 && !ran.err.contains(code), "{code} in:\n{}", ran.err);
}

fn clause(that: &str) -> String {
    format!("require:\n  - {{id: duty, part: promise, that: \"{that}\"}}\n")
}

#[test]
fn a_skeleton_loads_and_says_what_is_left_to_write() {
    for (lang, comment, left) in [
        ("ja", "# 題名：求める内容を短い体言止めで書きます。", "まだ記入されていません"),
        ("en", "# title: What is demanded, as a short noun phrase.", "still to be written"),
    ] {
        let scratch = Scratch::new();
        let ran = scratch.hadome(lang, &["policy", "new", "ABC-01", "own"]);
        ran.code(0).shows(&["own/abc/ABC-01.yaml", "own/abc/ABC-01.cases.yaml", "hadome policy lint own"]);
        assert!(scratch.read("own/abc/ABC-01.yaml").contains(comment), "{lang}");
        for command in [&["policy", "lint", "own"][..], &["policy", "test", "own", "--mutate"]] {
            let ran = scratch.hadome(lang, command);
            ran.code(1).says(&["[text-to-write]", "[clause-to-write]", left]);
            let others = ran.err.lines().filter(|line| !line.contains("-to-write]")).count();
            assert_eq!(others, 0, "what is written is sound:\n{}", ran.err);
        }
    }
}

#[test]
fn a_filled_skeleton_is_clean() {
    let scratch = Scratch::new();
    scratch.hadome("ja", &["policy", "new", "ABC-01"]).code(0);
    for path in ["policies/abc/ABC-01.yaml", "policies/abc/ABC-01.cases.yaml"] {
        let text = scratch.read(path).replace("ja: TODO", "ja: 試行").replace("en: TODO", "en: trial");
        scratch.write(path, text.replace("\"TODO: ", "\"").replace("todo", "duty"));
    }
    scratch.hadome("en", &["policy", "lint", "--only", "ABC-01"]).code(0).shows(&["1 policies, 0 findings"]);
    let ran = scratch.hadome("en", &["policy", "test", "--only", "ABC-01", "--mutate"]);
    ran.code(0).shows(&["1 policies, 3 cases, 2 mutants (0 survived), 0 problems"]);
    let ran = scratch.hadome("ja", &["policy", "test", "--only", "ABC-01", "--mutate"]);
    ran.code(0).shows(&["変更の試行2件（検証例で検出できないもの0件）"]);
}

#[test]
fn a_skeleton_never_overwrites() {
    for there in ["policies/abc/ABC-01.yaml", "policies/abc/ABC-01.cases.yaml"] {
        let scratch = Scratch::with(&[(there, "mine")]);
        let ja = [there, "既にあります"];
        scratch.complains(&["policy", "new", "ABC-01"], 2, &ja, &[there, "nothing was written"]);
        assert_eq!(scratch.read(there), "mine");
    }
    let scratch = Scratch::with(&[("file", "x")]);
    scratch.complains(&["policy", "new", "ABC-01", "file"], 3, &["作成できません"], &["cannot write"]);
}

#[test]
fn a_malformed_id_is_refused_with_what_is_wanted() {
    for id in ["ABC", "ABC-1", "AB-01", "ABC-01-", "ABC-01-x", "../ABC-01", "ABC-01.yaml"] {
        let en = ["three capital letters", "ABC-01-2"];
        Scratch::new().complains(&["policy", "new", id], 2, &["英大文字3字", "書いてください"], &en);
    }
    let near = ["「ABC-01」ではありませんか"];
    Scratch::new().complains(&["policy", "new", "abc-01"], 2, &near, &["did you mean `ABC-01`?"]);
}

#[test]
fn a_skeleton_takes_over_what_a_policy_of_the_same_measure_has() {
    let scratch = Scratch::new();
    scratch.hadome("en", &["policy", "new", "SUB-03-7", "own", "--from", "SUB-03"]).code(0);
    let text = scratch.read("own/sub/SUB-03-7.yaml");
    for line in ["measure: SUB-03\n", "incidents: [nara-water-2024]\n", "stages: [bid, build, running]\n"] {
        assert!(text.contains(line), "{line} in:\n{text}");
    }
    scratch.hadome("en", &["policy", "new", "DLC-01-9", "own"]).code(0).hides(&["takes the place"]);
    assert!(scratch.read("own/dlc/DLC-01-9.yaml").contains("measure: DLC-01\n"));
    let ran = scratch.hadome("en", &["policy", "new", "DLC-01", "own"]);
    ran.code(0).shows(&["takes the place of the built-in policy DLC-01"]);
    let from = |id| scratch.hadome("en", &["policy", "new", "ABC-01", "own", "--from", id]);
    from("SUB-0З").code(2).silent().says(&["no policy `SUB-0З`"]);
    from("ZZZ-99").code(2);
    assert!(!scratch.path("own/abc").exists(), "nothing is written");
}

#[test]
fn a_sound_policy_has_no_findings() {
    held().hadome("en", &["policy", "lint"]).code(0).shows(&["1 policies, 0 findings"]);
    held().hadome("ja", &["policy", "lint", "policies"]).code(0).shows(&["確認項目1件、指摘0件"]);
    let scratch = held();
    let ran = scratch.hadome("en", &["policy", "lint", "--only", "ZZZ-02"]);
    ran.code(1).says(&["no policy `ZZZ-02`", "did you mean `ZZZ-01`?"]);
    scratch.complains(&["policy", "lint", "nowhere"], 2, &["フォルダーがありません"], &["no folder"]);
    scratch.write(POLICY, policy("ZZZ-01", &clause("contract.nothing")));
    scratch.hadome("en", &["policy", "lint"]).code(2).says(&["[unknown-field]"]);
}

#[test]
fn missing_cases() {
    let scratch = Scratch::new();
    let ran = scratch.hadome("ja", &["policy", "lint"]);
    let place = format!("{POLICY}:2:5: 誤り[policy-without-cases]: ZZZ-01: 検証例がありません");
    ran.code(1).says(&[&place, "ZZZ-01.cases.yaml を作成してください"]);
    let two =
        format!("{DUTY}  - {{id: law, part: promise, that: \"'test' in contract.data_return.scope\"}}\n");
    finds(&two, "clause-never-fails", "law", &["ZZZ-01/law", "追加してください"], &["add a case"]);
    let open =
        "require:\n  - {id: duty, part: promise, that: \"contract.loans.all(l, stated(l.purpose))\"}\n";
    let cases = CASES.replace("data_return: {on_end: true}", "loans: []");
    let scratch = Scratch::with(&[(
        "policies/zzz/ZZZ-01.cases.yaml",
        &cases[..cases.find("  - {name: refused").unwrap_or(0)],
    )]);
    scratch.write(POLICY, policy("ZZZ-01", open));
    let ran = scratch.hadome("ja", &["policy", "lint"]);
    ran.code(1).says(&[":13:10: 誤り[clause-never-undecided]: ZZZ-01/duty: 未確認となる検証例がありません"]);
    assert!(!ran.err.contains("clause-never-fails"), "it cannot be false: {}", ran.err);
    let stray = held();
    stray.write("policies/zzz/ZZZ-09.cases.yaml", CASES.replace("ZZZ-01", "ZZZ-09"));
    let ran = stray.hadome("en", &["policy", "lint"]);
    ran.code(1).says(&["[cases-without-policy]"]);
}

#[test]
fn missing_translations() {
    let of = |title: &str| policy("ZZZ-01", DUTY).replacen("{ja: 試, en: trial}", title, 1);
    let table = [
        ("{ja: ' ', en: trial}", "text-missing", "' '", "日本語の文がありません", "Japanese text is blank"),
        ("{ja: 試, en: ' '}", "text-missing", "' '}", "英語の文がありません", "English text is blank"),
        ("{ja: 試, en: 試}", "text-untranslated", "試}", "同じ文です", "same in both"),
        ("{ja: trial run, en: trial}", "text-not-japanese", "trial run", "仮名も漢字も", "no Japanese"),
        ("{ja: 試, en: trial（a）}", "text-not-english", "trial（a）", "「（」", "character （"),
    ];
    for (title, code, place, ja, en) in table {
        finds_in(&of(title), code, place, &[ja, "書いてください"], &[en]);
    }
    finds_no(&of("{ja: 総行サ第42号, en: notice 総行サ第42号}"), "text-");
}

const REFERENCES: &str = "hadome: references/1\nreferences:\n\
    - {id: unread, title: {ja: 試験法第44条（報告）, en: Trial Act Article 44 (report)}, binds: both, seen: unverified}\n\
    - {id: read, title: {ja: 規則第44条, en: Trial Rules Article 44}, binds: both, seen: primary}\n";

#[test]
fn an_unverified_provision_is_not_stated_as_fact() {
    let with = |listed: &str, why: &str| {
        let text = policy("ZZZ-01", DUTY).replace("references: []", &format!("references: [{listed}]"));
        text.replacen("why: {ja: 試, en: trial}", &format!("why: {why}"), 1)
    };
    let finds = |text: &str| {
        let scratch = held();
        scratch.write("policies/references.yaml", REFERENCES).write(POLICY, text);
        let ran = scratch.hadome("en", &["policy", "lint"]);
        ran.err.lines().filter(|line| line.contains("[unverified-reference]")).count()
    };
    let named = "{ja: 第44条が求める, en: Article 44 demands it}";
    assert_eq!(finds(&with("unread", named)), 2, "both languages");
    assert_eq!(finds(&with("'unread', 'read'", named)), 0, "another one was read");
    assert_eq!(finds(&with("", named)), 0, "nobody can tell which law is meant");
    let by_name = "{ja: 試験法第44条が求める, en: Article 44 of the Trial Act demands it}";
    assert_eq!(finds(&with("", by_name)), 2, "the law is named");
    for other in ["{ja: 第44条の2が求める, en: Article 144}", "{ja: 第144条, en: Article 44-2}"] {
        assert_eq!(finds(&with("unread", other)), 0, "{other}");
    }
    let aware = "{ja: 第44条が求めるとされる（原典未確認）, en: Article 44 (unverified)}";
    assert_eq!(finds(&with("unread", aware)), 0, "the text says that it is not verified");
}

#[test]
fn a_parameter_has_its_source_and_its_number() {
    let of = |source: &str, value: &str, ja: &str, en: &str| {
        format!(
            "parameters:\n  most: {{value: {value}, unit: days, source: {source}, from: {{ja: {ja}, en: {en}}}}}\n{}",
            clause("contract.data_return.deadline_days <= params.most")
        )
    };
    let law = |rest: &str| policy("ZZZ-01", rest).replace("references: []", "references: [appi-66]");
    let ja = ["references に根拠を書く"];
    finds(&of("law", "30", "法", "law"), "parameter-without-source", "law", &ja, &["under references"]);
    let ja = ["basis.incidents に事案を書く"];
    finds(
        &of("notice", "30", "公表", "told"),
        "parameter-without-source",
        "notice",
        &ja,
        &["basis.incidents"],
    );
    let wrong = law(&of("law", "14", "第8条の30日による, 60日もある", "Article 8(2) says 30 days"));
    let wrong = wrong.replace("第8条の30日による, 60日もある", "第8条の30日又は60日による");
    let ja = ["値 14", "（30、60）と一致しません"];
    finds_in(&wrong, "number-not-of-source", "第8条", &ja, &["is 14", "give 30, 60"]);
    for (value, from) in [("365", "12か月"), ("30", "第14条の30日"), ("30", "速やかに"), ("7", "1週間")]
    {
        finds_no(&law(&of("law", value, from, "at once")), "number-not-of-source");
    }
    finds_no(&law(&of("project_default", "14", "30日より短い", "less than 30 days")), "number-not-of-source");
    let bare = clause("contract.data_return.deadline_days <= 30");
    finds(&bare, "number-without-source", "\"contract", &["数 30", "parameters に移し"], &["number 30"]);
    let later = clause("contract.loans.all(l, l.return_by <= as_of + days(14))");
    finds(&later, "number-without-source", "\"contract", &["数 14"], &["number 14"]);
    finds_no(&policy("ZZZ-01", &clause("contract.subcontractors.all(s, s.tier == 2)")), "number-without");
}

#[test]
fn dead_clauses() {
    let x = "contract.data_return.deadline_days";
    let on_end = "contract.data_return.on_end";
    let always = [
        format!("{on_end} || !{on_end}"),
        format!("{x} <= 1 || {x} > 0"),
        format!("{on_end} || stage in ['bid', 'build', 'running', 'ended']"),
        "contract.loans.all(l, l.holds_personal_data || !l.holds_personal_data)".to_owned(),
        format!("!({on_end} && {on_end} == false) || true"),
    ];
    for that in &always {
        finds(&clause(that), "clause-always-met", "\"", &["偽になりません"], &["can never be false"]);
    }
    for that in [format!("{on_end} && !{on_end}"), format!("{x} < 0 && {x} > 1")] {
        finds(&clause(&that), "clause-never-met", "\"", &["満たされません"], &["nothing can meet"]);
    }
    let ended = "stages: [bid, build, running, ended]";
    let gated = |when: &str| {
        let rest = clause(on_end).replace("}\n", &format!(", when: \"{when}\"}}\n"));
        policy("ZZZ-01", &rest).replace(ended, "stages: [bid, build, running]")
    };
    let ja = ["判定されません", "stages"];
    finds_in(&gated("stage == 'ended'"), "clause-never-judged", "\"stage", &ja, &["never judged"]);
    finds_no(&gated("stage == 'running'"), "clause-never-judged");
    finds_no(&policy("ZZZ-01", &clause(&format!("{x} <= 1 || stated({x}_wording)"))), "clause-always");
    let never = format!("applies_when: \"{on_end} && !{on_end}\"\n{DUTY}");
    finds(&never, "policy-never-applies", "\"contract", &["真になりません"], &["true for no document"]);
}

#[test]
fn clauses_that_repeat_another() {
    let two = |first: &str, second: &str| {
        format!(
            "require:\n  - {{id: duty, part: promise, that: \"{first}\"}}\n  - {{id: again, part: promise, that: \"{second}\"}}\n"
        )
    };
    let (x, on_end) = ("contract.data_return.deadline_days", "contract.data_return.on_end");
    let ja = ["「again」が偽となるときは、必ず「duty」も偽となります"];
    let en = ["where the clause `again` is false, `duty` is false too"];
    for second in [on_end.to_owned(), format!("{on_end} == true || {on_end}"), format!("{on_end} || {x} < 1")]
    {
        finds(&two(on_end, &second), "clause-repeats", &format!("\"{second}"), &ja, &en);
    }
    finds(&two(&format!("{x} <= 0"), &format!("1 >= {x}")), "clause-repeats", "\"1 >=", &ja, &en);
    // The wider one of two is named, in whatever order they stand.
    finds(
        &two(&format!("{x} <= 1"), &format!("{x} <= 0")),
        "clause-repeats",
        &format!("\"{x} <= 1"),
        &["「duty」が"],
        &[],
    );
    let kinds = two(
        "contract.loans.all(l, l.holds_personal_data)",
        "contract.loans.exists(l, l.holds_personal_data)",
    );
    finds_no(&policy("ZZZ-01", &kinds), "clause-repeats");
}

/// Mutants of a policy that survive its cases, in English.
#[track_caller]
fn survivors(rest: &str, cases: &str) -> Vec<String> {
    let scratch = Scratch::new();
    let cases = format!("hadome: cases/1\npolicy: ZZZ-01\ncases:\n{cases}");
    scratch.write(POLICY, policy("ZZZ-01", rest)).write("policies/zzz/ZZZ-01.cases.yaml", cases);
    let plain = scratch.hadome("en", &["policy", "test"]);
    assert!(plain.code < 2, "{}", plain.err);
    let ran = scratch.hadome("en", &["policy", "test", "--mutate"]);
    let lines: Vec<String> =
        ran.err.lines().filter(|line| line.contains("-unnoticed]")).map(str::to_owned).collect();
    ran.shows(&[&format!("({} survived)", lines.len())]);
    assert!(lines.is_empty() || ran.code == 1, "{ran:#?}");
    lines
}

#[test]
fn a_bound_needs_a_case_at_it_and_one_past_it() {
    let rest = "parameters:\n  most: {value: 30, unit: days, source: project_default, from: {ja: 試, en: trial}}\n\
                require:\n  - {id: limit, part: promise, that: contract.data_return.deadline_days <= params.most}\n";
    let days = |days: u32, want: &str| {
        format!(
            "  - {{name: n{days}, given: {{contract: {{data_return: {{deadline_days: {days}}}}}}}, want: {want}}}\n"
        )
    };
    let far = survivors(rest, &(days(10, "pass") + &days(90, "fail")));
    assert_eq!(far.len(), 2, "{far:#?}");
    assert!(far[0].contains("ZZZ-01.yaml:13:17: error[changed-parameter-unnoticed]"), "{far:#?}");
    assert!(far[0].contains("`most` is 29 instead of 30") && far[0].contains("one at the bound"), "{far:#?}");
    let at = survivors(rest, &(days(30, "pass") + &days(90, "fail")));
    assert!(at.len() == 1 && at[0].contains("is 31 instead of 30"), "{at:#?}");
    assert_eq!(survivors(rest, &(days(30, "pass") + &days(31, "fail"))), [""; 0]);
    // A case that its own policy does not pass notices nothing.
    assert_eq!(survivors(rest, &(days(30, "fail") + &days(31, "pass"))).len(), 4);
}

#[test]
fn every_clause_gate_and_word_needs_a_case() {
    let rest = "parameters:\n  kinds: {value: [test, backup], source: project_default, from: {ja: 試, en: trial}}\n\
                applies_when: contract.personal_data.handled\n\
                require:\n  - {id: duty, part: promise, that: contract.data_return.on_end}\n\
                \x20 - {id: kinds, part: promise, when: stage != 'bid', that: \"params.kinds.all(k, k in contract.data_return.scope)\"}\n";
    let case = |stage: &str, handled: bool, on_end: bool, scope: &str, want: &str| {
        format!(
            "  - {{name: x, stage: {stage}, given: {{contract: {{personal_data: {{handled: {handled}}}, \
             data_return: {{on_end: {on_end}, scope: [{scope}]}}}}}}, want: {want}}}\n"
        )
    };
    let mut cases = case("running", true, true, "test, backup", "pass");
    let all = survivors(rest, &cases);
    let has = |lines: &[String], code: &str, words: &str| {
        lines.iter().any(|line| line.contains(&format!("[{code}]")) && line.contains(words))
    };
    assert!(
        has(&all, "removed-clause-unnoticed", "`duty`") && has(&all, "removed-clause-unnoticed", "`kinds`")
    );
    assert!(
        has(&all, "dropped-when-unnoticed", "`kinds`") && has(&all, "dropped-applies-when-unnoticed", "")
    );
    assert!(
        has(&all, "changed-parameter-unnoticed", "test is taken out of the parameter `kinds`"),
        "{all:#?}"
    );
    assert!(!has(&all, "negated-clause-unnoticed", ""), "a case that passes notices that");
    assert!(!all.iter().any(|line| line.contains("is added")), "and that no other word is wanted: {all:#?}");
    cases += &case("running", true, false, "test, backup", "fail");
    cases += &case("running", true, true, "test", "fail");
    cases += &case("running", true, true, "backup", "fail");
    cases += &case("bid", true, true, "", "pass");
    let rest_of = survivors(rest, &cases);
    assert!(rest_of.len() == 1 && has(&rest_of, "dropped-applies-when-unnoticed", ""), "{rest_of:#?}");
    cases += &case("running", false, false, "", "not_applicable");
    assert_eq!(survivors(rest, &cases), [""; 0]);
    // What decides a case proves nothing: the verdict must change.
    let named = "  - {name: x, given: {contract: {data_return: {on_end: false, scope: []}}}, want: fail, because: {clause: scope}}\n\
                 \x20 - {name: y, given: {contract: {data_return: {on_end: true, scope: [test]}}}, want: pass}\n";
    let two =
        format!("{DUTY}  - {{id: scope, part: promise, that: \"'test' in contract.data_return.scope\"}}\n");
    let lines = survivors(&two, named);
    assert!(has(&lines, "removed-clause-unnoticed", "`scope`"), "{lines:#?}");
}

#[test]
fn the_only_clause_of_a_policy_is_not_missed_by_a_passing_case() {
    let passing = "  - {name: agreed, given: {contract: {data_return: {on_end: true}}}, want: pass}\n";
    let lines = survivors(DUTY, passing);
    assert!(lines.len() == 1 && lines[0].contains("the clause `duty` is removed"), "{lines:#?}");
}

#[test]
fn mutants_of_one_policy_alone() {
    let scratch = held();
    scratch.write("policies/zzz/ZZZ-02.yaml", policy("ZZZ-02", DUTY));
    let cases = CASES.replace("ZZZ-01", "ZZZ-02").replace("want: fail", "want: pass");
    scratch.write("policies/zzz/ZZZ-02.cases.yaml", cases);
    let ran = scratch.hadome("en", &["policy", "test", "--mutate", "--only", "ZZZ-01"]);
    ran.code(0).shows(&["1 policies, 3 cases, 2 mutants (0 survived), 0 problems"]);
    scratch.hadome("en", &["policy", "test", "--mutate"]).code(1);
}

#[test]
fn the_built_in_policies_have_no_findings() {
    let scratch = Scratch::new();
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/policies");
    scratch.hadome("en", &["policy", "lint", policies]).code(0).shows(&[" 0 findings"]);
    scratch
        .hadome("en", &["policy", "test", policies, "--mutate"])
        .code(0)
        .shows(&["(0 survived), 0 problems"]);
}
