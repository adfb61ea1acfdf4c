//! What the parts of a tender mean: offers in the draft contract, answers to an inquiry, the table of
//! marks; and the letters of inquiry.

mod common;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use common::{Scratch, policy};
use hadome::compare::{Comparison, Judged, Side, Unready, Wish, compare};
use hadome::conclude::How;
use hadome::conclude::score::Consequence;
use hadome::evaluate::Keep;
use hadome::evaluate::outcome::Verdict;
use hadome::lang::Lang;
use hadome::load::limits::Limits;
use hadome::render::tender::inquiry::inquiry;
use hadome::tender::marks::{self, Standing};
use hadome::tender::offer::Delivery;
use hadome::validate::bid::Effect;
use hadome::validate::yardstick::Choice;

/// The bidder's own terms, the bidder's specification, and what only the client says.
const POLICIES: [(&str, &str); 3] = [
    ("ZZZ-01", "require:\n  - {id: often, part: promise, that: contract.patching.critical_days <= 14}\n"),
    ("ZZZ-02", "require:\n  - {id: kept, part: design, that: system.logging.retention_days >= 365}\n"),
    ("ZZZ-03", "require:\n  - {id: duty, part: promise, that: contract.data_return.on_end}\n"),
];

const PROFILE: &str = "hadome: profile/1\nid: trial\ntitle: {ja: 試, en: trial}\nwhy: {ja: 試, en: trial}\n\
                       select: {policies: [ZZZ-01, ZZZ-02, ZZZ-03]}\n";

const TENDER: &str = "hadome: tender/1\nid: t\nas_of: 2026-12-10\n\
                      others: {class: mandatory, unanswered: inquire}\n\
                      requirements:\n  - {id: log, policy: ZZZ-02, class: scored, points: 10}\n\
                      points_total: 10\nbidders: [{id: a, name: 甲社}]\n";

const OFFERED: &str = "requirements:\n  - {id: one, policy: ZZZ-01, delivery: existing}\n  \
                       - {id: two, policy: ZZZ-02, delivery: existing}\n";

/// A tender with one bid: what the offer, the specification and the answers say after their heads.
fn tender(offer: &str, system: &str, answers: Option<&str>) -> Scratch {
    let scratch = Scratch::new();
    for (id, rest) in POLICIES {
        scratch.write(&format!("policies/zzz/{id}.yaml"), policy(id, rest));
    }
    scratch.write("profile.yaml", PROFILE);
    scratch.write("t/tender.yaml", TENDER);
    let draft = "hadome: contract/1\nid: t\ndata_return: {on_end: true}\nterm: {service_start: 2027-04-01}\n";
    scratch.write("t/contract.yaml", draft);
    scratch.write("t/bids/a/offer.yaml", format!("hadome: offer/1\nid: a\n{offer}"));
    scratch.write("t/bids/a/system.yaml", format!("hadome: system/1\nid: web\n{system}"));
    if let Some(answers) = answers {
        scratch.write("t/bids/a/answers.yaml", format!("hadome: answers/1\nid: a\nanswers:\n{answers}"));
    }
    scratch
}

fn wish(scratch: &Scratch) -> Wish {
    let today = NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day");
    let choice = Choice {
        policies: Some(scratch.path("policies")),
        profile: Some(scratch.path("profile.yaml").to_string_lossy().into_owned()),
        as_of: today,
        ..Choice::default()
    };
    Wish { choice, as_of: None, today }
}

fn compared(scratch: &Scratch) -> Result<Comparison, Unready> {
    let how = How { waivers: false, ..How::keeping(Keep::Findings) };
    compare(&scratch.path("t"), "t", &wish(scratch), how, &Limits::default())
}

#[track_caller]
fn judged(comparison: &Comparison) -> &Judged {
    match &comparison.bids[0].result {
        Ok(judged) => judged,
        Err(refused) => {
            let told: Vec<String> =
                refused.diagnostics.iter().map(|one| one.problem.message(Lang::En)).collect();
            panic!("refused: {told:?}")
        }
    }
}

fn cell(side: &Side, policy: usize) -> (Verdict, Standing) {
    let cell = &side.score.cells[policy];
    (cell.verdict, cell.standing)
}

#[test]
fn an_answer_fills_in_settles_or_contradicts_and_never_replaces() {
    use Effect::{Contradicts, FilledIn, Same, Settled, Words};
    let stated = "contract: {patching: {critical_days: 30}}\n";
    let worded = "contract: {patching: {critical_days_wording: 速やかに}}\n";
    let both = "contract: {patching: {critical_days: {conflicting: [{value: 7, ref: {page: 1}}, \
                {value: 30, ref: {page: 2}}]}}}\n";
    let days =
        |value: &str| format!("  - {{id: x, fact: contract.patching.critical_days, value: {value}}}\n");
    let table = [
        ("", days("10"), Verdict::Undecided, Verdict::Pass, FilledIn),
        ("", days("30"), Verdict::Undecided, Verdict::Fail, FilledIn),
        (worded, days("10"), Verdict::Undecided, Verdict::Pass, FilledIn),
        (stated, days("30"), Verdict::Fail, Verdict::Fail, Same),
        (stated, days("10"), Verdict::Fail, Verdict::Undecided, Contradicts),
        (
            "contract: {patching: {critical_days: 7}}\n",
            days("90"),
            Verdict::Pass,
            Verdict::Undecided,
            Contradicts,
        ),
        (both, days("7"), Verdict::Undecided, Verdict::Pass, Settled),
        (both, days("30"), Verdict::Undecided, Verdict::Fail, Settled),
        (both, days("9"), Verdict::Undecided, Verdict::Undecided, Contradicts),
        (
            "",
            "  - {id: x, fact: contract.patching.critical_days, text: 速やかに対応する。}\n".to_owned(),
            Verdict::Undecided,
            Verdict::Undecided,
            Words,
        ),
    ];
    for (offer, answers, before, after, effect) in table {
        let scratch =
            tender(&format!("{offer}{OFFERED}"), "logging: {retention_days: 400}\n", Some(&answers));
        let comparison = compared(&scratch).expect("a tender");
        let bid = judged(&comparison);
        let told = format!("{offer}{answers}");
        assert_eq!(cell(&bid.proposed, 0).0, before, "{told}");
        assert_eq!(cell(bid.after.as_ref().expect("answers"), 0).0, after, "{told}");
        assert_eq!(bid.replies.iter().map(|reply| reply.effect).collect::<Vec<_>>(), [effect], "{told}");
    }
}

#[test]
fn an_answer_on_delivery_counts_once_it_does_not_contradict() {
    let offer = "contract: {patching: {critical_days: 7}}\n";
    let silent = "requirements: [{id: two, policy: ZZZ-02, delivery: existing}]\n";
    let says = |word: &str| format!("  - {{id: x, policy: ZZZ-01, fact: delivery, value: {word}}}\n");
    let table = [
        (silent, "existing", Standing::Unanswered, Standing::Met, Effect::FilledIn),
        (silent, "option", Standing::Unanswered, Standing::Judge, Effect::FilledIn),
        (OFFERED, "existing", Standing::Met, Standing::Met, Effect::Same),
        (OFFERED, "option", Standing::Met, Standing::Unanswered, Effect::Contradicts),
    ];
    for (answered, word, before, after, effect) in table {
        let scratch =
            tender(&format!("{offer}{answered}"), "logging: {retention_days: 400}\n", Some(&says(word)));
        let comparison = compared(&scratch).expect("a tender");
        let bid = judged(&comparison);
        assert_eq!(cell(&bid.proposed, 0), (Verdict::Pass, before), "{answered}{word}");
        assert_eq!(cell(bid.after.as_ref().expect("answers"), 0), (Verdict::Pass, after), "{answered}{word}");
        assert_eq!(bid.replies[0].effect, effect, "{answered}{word}");
    }
}

#[test]
fn an_answer_about_nothing_that_a_bidder_states_is_refused() {
    let table = [
        (
            "fact: contract.data_return.on_end, value: true",
            "`contract.data_return.on_end` is the client's to state",
        ),
        (
            "fact: contract.patching.critical_day, value: 3",
            "there is no fact `contract.patching.critical_day`",
        ),
        ("fact: 'system[other].logging.retention_days', value: 3", "there is no fact"),
        ("fact: 'system[web].data_stores[none].auth_factors_count', value: 3", "there is no fact"),
        ("value: 3", "nothing says of which fact this is the value"),
        ("policy: ZZZ-01, fact: delivery, value: maybe", "`maybe` is no way of delivering"),
        ("fact: contract.patching.critical_days, value: \"10\"", "10"),
    ];
    for (answer, want) in table {
        let scratch = tender(OFFERED, "", Some(&format!("  - {{id: x, {answer}}}\n")));
        let comparison = compared(&scratch).expect("a tender");
        let Err(refused) = &comparison.bids[0].result else { panic!("{answer}: judged") };
        let told: Vec<String> = refused.diagnostics.iter().map(|one| one.problem.message(Lang::En)).collect();
        assert!(told.iter().any(|line| line.contains(want)), "{answer}: {told:?}");
        let at = refused.diagnostics[0].span;
        assert!(refused.sources.file(at.file).path.ends_with("bids/a/answers.yaml"), "{answer}");
    }
}

#[test]
fn what_a_requirement_is_worth_follows_from_verdict_and_answer() {
    let table = [
        ("delivery: existing", 400, Standing::Met, Some(10.0)),
        ("delivery: by_start", 400, Standing::Met, Some(5.0)),
        ("delivery: by_start, by: 2027-04-01", 400, Standing::Met, Some(5.0)),
        ("delivery: by_start, by: 2027-05", 400, Standing::Judge, None),
        ("delivery: option, extra_cost_yen: 100", 400, Standing::Judge, Some(0.0)),
        ("delivery: alternative", 400, Standing::Judge, Some(0.0)),
        ("delivery: none", 400, Standing::Failed, Some(0.0)),
        ("page: 3", 400, Standing::Unanswered, None),
        ("delivery: 未定", 400, Standing::Unanswered, None),
        ("delivery: existing", 30, Standing::Failed, Some(0.0)),
        ("delivery: option", 30, Standing::Failed, Some(0.0)),
    ];
    for (answer, days, standing, points) in table {
        let offer = format!("requirements: [{{id: two, policy: ZZZ-02, {answer}}}]\n");
        let scratch = tender(&offer, &format!("logging: {{retention_days: {days}}}\n"), None);
        let comparison = compared(&scratch).expect("a tender");
        let score = &judged(&comparison).proposed.score;
        assert_eq!(score.cells[1].standing, standing, "{answer} {days}");
        assert_eq!(score.cells[1].points, points, "{answer} {days}");
        assert_eq!(score.given + score.open, points.unwrap_or(10.0), "{answer}: nothing is lost in silence");
    }
}

#[test]
fn what_the_draft_decides_is_no_requirement_and_an_open_answer_is_a_question() {
    let scratch = tender("", "", None);
    let comparison = compared(&scratch).expect("a tender");
    let score = &judged(&comparison).proposed.score;
    let follows: Vec<Consequence> = score.cells.iter().map(|cell| cell.consequence()).collect();
    assert_eq!(follows, [Consequence::Inquire, Consequence::Inquire, Consequence::Nothing]);
    assert_eq!(score.cells[2].standing, Standing::Met);
    assert_eq!(score.counts.values().sum::<usize>(), score.cells.len());
}

#[test]
fn what_is_not_said_of_the_others_is_told_by_what_is_missing() {
    let table = [
        ("", "others-not-said"),
        ("others: {unanswered: inquire}\n", "others-not-said"),
        ("others: {class: mandatory}\n", "no-consequence"),
        ("others: {class: scored}\n", "no-points"),
        ("others: {class: reference}\n", ""),
    ];
    for (others, want) in table {
        let scratch = tender(OFFERED, "logging: {retention_days: 400}\n", None);
        let said = TENDER.replace("others: {class: mandatory, unanswered: inquire}\n", others);
        scratch.write("t/tender.yaml", said);
        let found = match compared(&scratch) {
            Ok(_) => String::new(),
            Err(Unready::Tender(_, found)) => found.iter().map(|one| one.code()).collect(),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(found, want, "{others}");
    }
}

#[test]
fn a_place_in_the_offer_is_told_although_the_term_stands_in_the_contract() {
    let offer = "sources: [{id: proposal, title: 提案書}]\n\
                 contract:\n  patching: {critical_days: 30, ref: {source: proposal, page: 12}}\n";
    let scratch = tender(&format!("{offer}{OFFERED}"), "logging: {retention_days: 400}\n", None);
    let comparison = compared(&scratch).expect("a tender");
    let view = hadome::render::tender::view::view(&comparison, Lang::Ja);
    let finding =
        view.bidders[0].findings.iter().find(|finding| finding.policy == "ZZZ-01").expect("a finding");
    let place = finding.place.as_ref().expect("a place");
    assert_eq!((place.file.as_str(), place.line), ("t/bids/a/offer.yaml", 5));
    assert_eq!(place.original.as_deref(), Some("提案書（p.12）"));
}

#[test]
fn every_verdict_and_answer_has_exactly_one_row_in_the_built_in_table() {
    let table = marks::built_in();
    assert_eq!(marks::gaps(&table.rows), []);
    let mut used = BTreeSet::new();
    for verdict in marks::VERDICTS {
        for delivery in Delivery::ALL.into_iter().map(Some).chain([None]) {
            used.insert(marks::row(&table.rows, verdict, delivery).expect("a row").id.clone());
        }
    }
    assert_eq!(used.len(), table.rows.len(), "no row is never used");
}

/// The table of marks is data: a tender's own takes the place of the built-in one, and must be whole.
#[test]
fn a_tender_brings_its_own_table_of_marks() {
    let row = |id: &str, verdict: &str, rest: &str| format!("  - {{id: {id}, verdict: {verdict}, {rest}}}\n");
    let whole = [
        row("good", "pass", "mark: A, share_percent: 80, standing: met"),
        row("later", "pass", "delivery: by_start, mark: B, share_percent: 20, standing: judge"),
        row("bad", "fail", "mark: C, share_percent: 0, standing: failed"),
        row("open", "undecided", "mark: '?', standing: unanswered"),
        row("paper", "unproven", "mark: P, standing: unproven"),
        row("none", "not_applicable", "mark: N, standing: not_applicable"),
    ];
    let system = "logging: {retention_days: 400}\n";
    for (answer, mark, points) in [("existing", "A", 8.0), ("by_start", "B", 2.0), ("none", "A", 8.0)] {
        let offer = format!("requirements: [{{id: two, policy: ZZZ-02, delivery: {answer}}}]\n");
        let scratch = tender(&offer, system, None);
        scratch.write("t/tender.yaml", format!("{TENDER}marks:\n{}", whole.concat()));
        let comparison = compared(&scratch).expect("a tender");
        let cell = &judged(&comparison).proposed.score.cells[1];
        assert_eq!(
            (comparison.tender.marks[cell.mark].mark.as_str(), cell.points),
            (mark, Some(points)),
            "{answer}"
        );
    }
    for (rows, want) in [
        (whole[..5].concat(), "no row for `not applicable`"),
        (whole.concat() + &row("again", "fail", "mark: D, standing: failed"), "the row `again`"),
    ] {
        let scratch = tender(OFFERED, system, None);
        scratch.write("t/tender.yaml", format!("{TENDER}marks:\n{rows}"));
        let Err(Unready::Tender(_, found)) = compared(&scratch) else { panic!("{want}: compared") };
        let told: Vec<String> = found.iter().map(|one| one.problem.message(Lang::En)).collect();
        assert!(told.iter().any(|line| line.contains(want)), "{want}: {told:?}");
    }
}

#[test]
fn a_letter_asks_for_all_that_is_open_in_the_words_that_everyone_gets() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tender");
    let today = NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day");
    let wish = Wish { choice: Choice { as_of: today, ..Choice::default() }, as_of: None, today };
    let how = How { waivers: false, ..How::keeping(Keep::Findings) };
    let comparison = compare(&folder, "examples/tender", &wish, how, &Limits::default()).expect("a tender");
    let view = inquiry(&comparison, None, Lang::Ja);
    let mut wordings: std::collections::BTreeMap<(String, &str), BTreeSet<String>> = Default::default();
    for letter in &view.letters {
        let bid = comparison.bids.iter().find(|bid| bid.bidder.id == letter.id).expect("a bid");
        let side = bid.result.as_ref().expect("judged").latest();
        let asked: BTreeSet<&str> = letter.items.iter().map(|item| item.policy.as_str()).collect();
        for cell in side.score.cells.iter().filter(|cell| cell.consequence() == Consequence::Inquire) {
            let id = side.assessment.case.policies[cell.policy].id();
            assert!(asked.contains(id), "{}: {id} is open and not asked", letter.id);
        }
        let numbers: Vec<usize> = letter.items.iter().map(|item| item.number).collect();
        assert_eq!(numbers, (1..=letter.items.len()).collect::<Vec<_>>(), "{}", letter.id);
        for item in &letter.items {
            let conflict = item.question.contains("記載が一致しません");
            let kind = if conflict { "conflict" } else { item.kind };
            wordings.entry((item.policy.clone(), kind)).or_default().insert(item.question.clone());
            assert!(!item.asks.is_empty(), "{}: {}", letter.id, item.policy);
        }
        assert!(letter.bid.iter().any(|file| file.file == "system.yaml"), "{}", letter.id);
        assert!(letter.bid.iter().all(|file| file.sha256.len() == 64 && file.file != "answers.yaml"));
    }
    let different: Vec<_> = wordings.iter().filter(|(_, words)| words.len() > 1).collect();
    assert!(different.is_empty(), "{different:?}");
    assert!(wordings.len() > 30);
}
