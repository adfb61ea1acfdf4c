//! The speed of each step and of the whole, as ratios taken in one run.
//!
//! `cargo bench --bench speed -- [N]` writes N dossiers of each of three kinds (2,000 where left out,
//! seeded), then measures in turn: reading and parsing only, the steps after it, check with the whole
//! library and with a tenth of it, and Markdown reports, whole and rendered alone; and of the built
//! program: one cold check, and its peak memory over all dossiers, fifty bids of a tender compared, and
//! the longest lists that are judged or refused.
//! CPU time is read from /proc (Linux); elsewhere wall time is shown instead.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hadome::assess::assess;
use hadome::conclude::Assessment;
use hadome::conclude::How;
use hadome::evaluate::Keep;
use hadome::lang::Lang;
use hadome::load::dossier;
use hadome::load::limits::Limits;
use hadome::policy::library::{Library, built_in};
use hadome::render::concise::Concise;
use hadome::render::format::Writer;
use hadome::render::markdown::Templates;
use hadome::render::report::{Filing, report};
use hadome::render::view;
use hadome::validate::yardstick::{Choice, prepare};
use hadome::validate::{Yardstick, validate};

fn main() {
    let count: usize = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(2_000);
    let yardstick = yardstick();
    for (name, kind) in
        [("proven", Kind::Proven), ("mostly sound", Kind::Sound), ("full of gaps", Kind::Poor)]
    {
        let root = std::env::temp_dir().join(format!("hadome-bench-{}-{}", std::process::id(), kind as u8));
        let folders = write_dossiers(&root, count, kind);
        measure(name, &folders, &yardstick);
        whole_program(&root, &folders);
        if let Err(error) = std::fs::remove_dir_all(&root) {
            println!("{} is left behind: {error}", root.display());
        }
    }
    comparison();
    long_lists();
}

/// Three kinds of dossiers: what a watched contract looks like, with and without its register of
/// evidence, and what a first draft looks like.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// The shipped example in which everything passes, with its register of evidence and the files.
    Proven,
    /// The documents of that example without a register, with a few facts turned round.
    Sound,
    /// Many stores and subcontractors, most of what policies ask for missing.
    Poor,
}

fn measure(name: &str, folders: &[PathBuf], yardstick: &Yardstick) {
    let count = folders.len();
    let bytes: u64 = folders.iter().map(|folder| size(folder)).sum();
    let (outcomes, findings) = folders.iter().take(200).map(|at| counts(at, yardstick)).fold((0, 0), add);
    let of = folders.len().min(200) as f64;
    println!(
        "\n{name}: {count} dossiers, {:.1} KB each, {:.0} outcomes and {:.1} findings each, {} policies",
        bytes as f64 / count as f64 / 1024.0,
        outcomes as f64 / of,
        findings as f64 / of,
        yardstick.policies.len()
    );
    let few = Yardstick {
        policies: Arc::new(yardstick.policies.iter().step_by(10).cloned().collect()),
        ..yardstick.clone()
    };
    let limits = Limits::default();
    let templates = Templates::new(None).expect("the built-in templates");
    let library = built_in();
    let some = &folders[..folders.len().min(200)];
    let kept: Vec<Assessment> = some.iter().map(|at| judge(at, yardstick, Keep::Everything)).collect();
    let rendered = |kept: &[Assessment]| kept.iter().map(|one| render(one, library, &templates)).sum();
    let (mut loads, mut valid, mut judged, mut checks, mut fews, mut reports, mut alone, mut both) =
        (vec![], vec![], vec![], vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..5 {
        loads.push(cpu(|| folders.iter().map(|at| dossier::load(at, "d", &limits).documents.len()).sum()));
        valid.push(cpu(|| {
            let cases = folders.iter().map(|at| validate(dossier::load(at, "d", &limits), yardstick));
            cases.map(|case| usize::from(case.is_ok())).sum()
        }));
        judged
            .push(cpu(|| folders.iter().map(|at| judge(at, yardstick, Keep::Findings).outcomes.len()).sum()));
        checks.push(cpu(|| folders.iter().map(|at| check(at, yardstick)).sum()));
        fews.push(cpu(|| folders.iter().map(|at| check(at, &few)).sum()));
        reports.push(cpu(|| some.iter().map(|at| write_report(at, yardstick, library, &templates)).sum()));
        alone.push(cpu(|| rendered(&kept)));
        let (first, second) = kept.split_at(kept.len() / 2);
        let start = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| std::hint::black_box::<usize>(rendered(first)));
            std::hint::black_box::<usize>(rendered(second));
        });
        both.push(start.elapsed());
    }
    let per = |times: &[Duration], count: usize| median(times).as_secs_f64() * 1e6 / count as f64;
    println!("  load only             {:7.0} us per dossier", per(&loads, count));
    println!(
        "  load and validate     {:7.0} us   x{:.2} of load only",
        per(&valid, count),
        ratio(&valid, &loads)
    );
    println!(
        "  ... and evaluate      {:7.0} us   x{:.2} of load only",
        per(&judged, count),
        ratio(&judged, &loads)
    );
    println!(
        "  check, one line each  {:7.0} us   x{:.2} of load only",
        per(&checks, count),
        ratio(&checks, &loads)
    );
    println!(
        "  a tenth of the policies {:5.0} us   all against these x{:.2}",
        per(&fews, count),
        ratio(&checks, &fews)
    );
    let report = per(&reports, some.len());
    println!("  Markdown report       {report:7.0} us   {:.0} a second on one core", 1e6 / report);
    let (alone, both) = (per(&alone, some.len()), per(&both, some.len()));
    println!(
        "  ... rendering alone   {alone:7.0} us   {:.0} a second on one core, {:.0} by the clock on two (bar 1,000)",
        1e6 / alone,
        1e6 / both
    );
}

fn add((a, b): (usize, usize), (c, d): (usize, usize)) -> (usize, usize) {
    (a + c, b + d)
}

fn yardstick() -> Yardstick {
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let choice = Choice { as_of, ..Choice::default() };
    prepare(&choice).expect("the built-in library").0
}

fn judge(folder: &Path, yardstick: &Yardstick, keep: Keep) -> Assessment {
    assess(folder, "d", yardstick, How::keeping(keep), &Limits::default()).expect("a sound dossier")
}

fn check(folder: &Path, yardstick: &Yardstick) -> usize {
    let assessment = judge(folder, yardstick, Keep::Findings);
    let view = view::view(&assessment, Lang::Ja);
    Concise { lang: Lang::Ja }.dossier(&view, &assessment.case.sources).len()
}

fn counts(folder: &Path, yardstick: &Yardstick) -> (usize, usize) {
    let assessment = judge(folder, yardstick, Keep::Findings);
    let findings = assessment.outcomes.iter().filter(|outcome| outcome.verdict.is_finding());
    (assessment.outcomes.len(), findings.count())
}

fn write_report(folder: &Path, yardstick: &Yardstick, library: &Library, templates: &Templates) -> usize {
    render(&judge(folder, yardstick, Keep::Everything), library, templates)
}

fn render(assessment: &Assessment, library: &Library, templates: &Templates) -> usize {
    let view = view::view(assessment, Lang::Ja);
    let view = report(assessment, &view, library, &Filing::default(), None, Lang::Ja);
    templates.render(&view, Lang::Ja).expect("a report").len()
}

/// Runs the built program: how long it took, its peak memory in KB, its CPU time in hundredths of a second.
fn watched<'a>(arguments: impl Iterator<Item = &'a OsStr>) -> (Duration, u64, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hadome"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let (mut peak, mut ticks) = (0, 0);
    while child.try_wait().expect("a child").is_none() {
        peak = peak.max(status(child.id(), "VmHWM:"));
        ticks = ticks.max(child_ticks(child.id()));
        std::thread::sleep(Duration::from_micros(500));
    }
    (start.elapsed(), peak, ticks)
}

/// Fifty bids, copies of those of the shipped example, against the whole library.
fn comparison() {
    let root = std::env::temp_dir().join(format!("hadome-bench-{}-tender", std::process::id()));
    write_tender(&root, 50);
    for format in ["markdown", "html"] {
        let words = ["compare", "--format", format];
        let runs: Vec<(Duration, u64, u64)> =
            (0..5).map(|_| watched(words.iter().map(OsStr::new).chain([root.as_os_str()]))).collect();
        let clock: Vec<Duration> = runs.iter().map(|run| run.0).collect();
        let cpu: Vec<Duration> = runs.iter().map(|run| Duration::from_millis(run.2 * 10)).collect();
        println!(
            "50 bids compared, whole process, {format}: {:.2} s by the clock, {:.2} s of CPU (bar 1 s), peak {:.1} MB",
            median(&clock).as_secs_f64(),
            median(&cpu).as_secs_f64(),
            runs.iter().map(|run| run.1).max().unwrap_or_default() as f64 / 1024.0
        );
    }
    if let Err(error) = std::fs::remove_dir_all(&root) {
        println!("{} is left behind: {error}", root.display());
    }
}

/// The longest lists that a file of a stranger can hold, judged or refused.
fn long_lists() {
    let root = std::env::temp_dir().join(format!("hadome-bench-{}-lists", std::process::id()));
    let list = |key: &str, count: usize, item: &dyn Fn(usize) -> String| {
        let items: String = (0..count).map(|at| format!("  - {{id: i{at}{}}}\n", item(at))).collect();
        format!("{key}:\n{items}")
    };
    let (contract, system, records) = (
        "hadome: contract/1\nid: x\n".to_owned(),
        "hadome: system/1\nid: web\n".to_owned(),
        "hadome: records/1\nid: r\n".to_owned(),
    );
    let plain = |_| String::new();
    let lent = |_| ", status: lent, holds_personal_data: true".to_owned();
    let cited = |at: usize| format!(", name: {{value: a, ref: {{source: i{at}}}}}");
    let approved = |at: usize| format!(", subcontractor: i{at}");
    let cases = [
        ("4,000 subcontractors", contract.clone() + &list("subcontractors", 4_000, &plain), records.clone()),
        ("8,000 loans", contract.clone(), records.clone() + &list("loans", 8_000, &lent)),
        (
            "6,000 subcontractors over 6,000 sources",
            contract.clone() + &list("sources", 6_000, &plain) + &list("subcontractors", 6_000, &cited),
            records.clone(),
        ),
        (
            "300 subcontractors against 300 approvals",
            contract.clone() + &list("subcontractors", 300, &plain),
            records.clone() + &list("approvals", 300, &approved),
        ),
        (
            "10,000 subcontractors against 10,000 approvals",
            contract.clone() + &list("subcontractors", 10_000, &plain),
            records.clone() + &list("approvals", 10_000, &approved),
        ),
    ];
    for (at, (name, contract, records)) in cases.into_iter().enumerate() {
        let folder = root.join(at.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        for (file, text) in [("contract", &contract), ("system", &system), ("records", &records)] {
            std::fs::write(folder.join(format!("{file}.yaml")), text).expect("written");
        }
        let words = ["check", "--as-of", "2026-11-21"];
        let (clock, peak, _) = watched(words.iter().map(OsStr::new).chain([folder.as_os_str()]));
        let (seconds, peak) = (clock.as_secs_f64(), peak as f64 / 1024.0);
        println!("{name}: {seconds:.2} s by the clock (bar 1 s), peak {peak:.0} MB");
    }
    if let Err(error) = std::fs::remove_dir_all(&root) {
        println!("{} is left behind: {error}", root.display());
    }
}

fn write_tender(root: &Path, count: usize) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tender");
    let text = |path: &Path| std::fs::read_to_string(path).expect("a file of the example");
    let tender = text(&example.join("tender.yaml"));
    let (head, _) = tender.split_once("bidders:").expect("the bidders");
    let mut listed = format!("{head}bidders:\n");
    for at in 0..count {
        // The fifth has answers that hold the digests of its files.
        let (old, new) = (format!("bidder-{}", ["a", "b", "c", "d"][at % 4]), format!("bid-{at}"));
        let _ = writeln!(listed, "  - {{id: {new}, name: 応札者{at}}}");
        let folder = root.join("bids").join(&new);
        std::fs::create_dir_all(&folder).expect("a folder");
        for name in ["offer.yaml", "system.yaml"] {
            let text = text(&example.join("bids").join(&old).join(name));
            std::fs::write(folder.join(name), text.replace(&old, &new)).expect("written");
        }
    }
    std::fs::write(root.join("tender.yaml"), listed).expect("written");
    std::fs::copy(example.join("contract.yaml"), root.join("contract.yaml")).expect("copied");
}

/// The built program: one cold check, then all dossiers with its peak memory.
fn whole_program(root: &Path, folders: &[PathBuf]) {
    let run = |path: &Path| {
        let arguments = ["check", "--format", "concise", "--as-of", "2026-11-21"];
        watched(arguments.iter().map(OsStr::new).chain([path.as_os_str()]))
    };
    let before = ended_children();
    let cold: Vec<Duration> = (0..50).map(|_| run(&folders[0]).0).collect();
    println!(
        "one cold check, whole process: {:.1} ms by the clock, {:.1} ms of CPU (bar 10 ms)",
        median(&cold).as_secs_f64() * 1e3,
        (ended_children() - before) as f64 * 10.0 / cold.len() as f64
    );
    let (elapsed, peak, ticks) = run(root);
    let cpu = ticks as f64 / 100.0;
    println!(
        "all {} dossiers, whole process: {:.2} s by the clock, {cpu:.2} s of CPU, peak {:.1} MB (bar 30 MB)",
        folders.len(),
        elapsed.as_secs_f64(),
        peak as f64 / 1024.0
    );
}

fn status(pid: u32, key: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// The CPU time of a running process, in hundredths of a second.
fn child_ticks(pid: u32) -> u64 {
    ticks(&pid.to_string(), 11)
}

/// The CPU time of all processes that were waited for so far, in hundredths of a second.
fn ended_children() -> u64 {
    ticks("self", 13)
}

/// Two fields of a process's times, the first by its number after the name.
fn ticks(process: &str, first: usize) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let tick = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    tick(first) + tick(first + 1)
}

/// The CPU time of a piece of work on this thread; wall time where /proc is not there.
fn cpu(work: impl FnOnce() -> usize) -> Duration {
    let (before, start) = (thread_time(), Instant::now());
    std::hint::black_box(work());
    match (before, thread_time()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    }
}

fn thread_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}

/// The median of the ratios, round by round.
fn ratio(these: &[Duration], those: &[Duration]) -> f64 {
    let mut ratios: Vec<f64> =
        these.iter().zip(those).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64().max(1e-9)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok()).filter(|found| found.is_file());
    files.map(|file| file.len()).sum()
}

/// A small seeded generator (Knuth's MMIX constants), so that every run has the same dossiers.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len() as u64) as usize]
    }
}

fn write_dossiers(root: &Path, count: usize, kind: Kind) -> Vec<PathBuf> {
    let mut random = Random(20_261_121);
    (0..count)
        .map(|at| {
            let folder = root.join(format!("{:03}", at / 100)).join(format!("{at:05}"));
            std::fs::create_dir_all(&folder).expect("a scratch folder");
            let texts = match kind {
                Kind::Proven => {
                    write_register(&folder);
                    SHIPPED.map(str::to_owned)
                }
                Kind::Sound => sound(&mut random),
                Kind::Poor => [contract(&mut random, at), system(&mut random), records(&mut random)],
            };
            for (name, text) in ["contract.yaml", "system.yaml", "records.yaml"].iter().zip(texts) {
                std::fs::write(folder.join(name), text).expect("a file");
            }
            folder
        })
        .collect()
}

/// The documents of the shipped example.
const SHIPPED: [&str; 3] = [
    include_str!("../examples/minimal/contract.yaml"),
    include_str!("../examples/minimal/system.yaml"),
    include_str!("../examples/minimal/records.yaml"),
];

/// Puts the register of the shipped example, and the files that it names, into a folder.
fn write_register(folder: &Path) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal");
    std::fs::create_dir_all(folder.join("evidence")).expect("a scratch folder");
    std::fs::copy(shipped.join("evidence.yaml"), folder.join("evidence.yaml")).expect("a file");
    for file in std::fs::read_dir(shipped.join("evidence")).expect("a folder").flatten() {
        std::fs::copy(file.path(), folder.join("evidence").join(file.file_name())).expect("a file");
    }
}

/// The shipped documents with up to four facts turned round.
fn sound(random: &mut Random) -> [String; 3] {
    let mut texts = SHIPPED.map(str::to_owned);
    for _ in 0..random.below(5) {
        let text = &mut texts[random.below(3) as usize];
        let places: Vec<usize> = text.match_indices(": true").map(|(at, _)| at).collect();
        if let Some(at) = places.get(random.below(places.len().max(1) as u64) as usize) {
            text.replace_range(*at..at + 6, ": false");
        }
    }
    texts
}

fn contract(random: &mut Random, at: usize) -> String {
    let mut out = format!(
        "hadome: contract/1\nid: contract-{at}\ntitle: 施設予約システム運用保守業務委託（その{at}）\nsources:\n  \
         - {{id: contract, title: 業務委託契約書, rank: 1, transcribed_by: 情報政策課, checked_by: 契約課, checked_on: 2025-04-02}}\n  \
         - {{id: special, title: 個人情報取扱特記事項, rank: 2}}\n\
         term:\n  signed_on: 2025-03-25\n  start: 2025-04-01\n  service_start: 2025-04-01\n  end: 令和9年3月31日\n  \
         ref: {{source: contract, article: 第3条, page: 2}}\n\
         personal_data:\n  handled: true\n  persons_count: {}\n  ref: {{source: special, article: 第2条}}\n",
        1_000 + random.below(90_000)
    );
    let _ = write!(
        out,
        "data_return:\n  on_end: {}\n  deadline_days: {}\n  scope: [production, backup, {}]\n  ref: {{source: special, article: 第11条第1項, page: 7}}\n\
         data_handling:\n  residual_data_forbidden: {}\n\
         subcontracting:\n  permitted: true\n  prior_approval: {}\n  covers_group_companies: true\n  flow_down: true\n  flow_down_items: [deletion, notice, {}]\n  ref: {{source: special, article: 第9条}}\n\
         incident:\n  first_report_hours: {}\n  trigger: [suspected_leak, malware]\n  final_report_days_wording: 速やかに\n  ref: {{source: special, article: 第14条}}\n\
         training:\n  times_per_year: {}\n  topics: [personal_data, support_scam]\n\
         accounts:\n  mfa_required: true\nacceptance:\n  security_gate: true\n  results_in_writing: true\n\
         endpoint:\n  private_use: forbidden\n  anti_malware_required: true\nsubcontractors:\n",
        random.below(4) != 0,
        [14, 30, 30, 60][random.below(4) as usize],
        random.pick(&["development", "test", "maintenance"]),
        random.below(2) == 0,
        random.pick(&["written", "written", "notice"]),
        random.pick(&["audit", "training", "location"]),
        [1, 24, 72][random.below(3) as usize],
        1 + random.below(3),
    );
    for number in 0..6 {
        let _ = write!(
            out,
            "  - id: sub-{number}\n    name: 再委託先{number}\n    task: システムの監視及び障害対応に関する業務の一部\n    data: 利用者の氏名、住所及び電話番号\n    \
             tier: 1\n    handles_personal_data: {}\n    ref: {{source: special, article: 第9条第2項}}\n",
            random.below(2) == 0
        );
    }
    out
}

fn system(random: &mut Random) -> String {
    let mut out =
        "hadome: system/1\nid: main\ntitle: 施設予約システム\noperation: outsourced\nhosting: saas\n\
                   service_start: 2025-04-01\npublic_facing: true\ncollects_from_users: true\ndata_stores:\n"
            .to_owned();
    for number in 0..14 {
        let _ = write!(
            out,
            "  - id: store-{number}\n    name: 利用者から受け付けた添付ファイルの保存先{number}\n    kind: {}\n    holds_personal_data: {}\n    \
             purpose: 施設の利用申請の受付及び審査のため\n    retention_days: {}\n    held_by: contractor\n    public_access: false\n    \
             auth_required: true\n    auth_factors_count: {}\n    internet_reachable: false\n",
            random.pick(&["file_folder", "database", "object_storage"]),
            random.below(3) != 0,
            random.below(365),
            1 + random.below(2),
        );
    }
    out.push_str(
        "tenancy: {shared: true, isolation: separate_db_account}\nadmin_accounts: {total_count: 3, limit_count: 4, reason: 運用担当及び責任者}\n\
         auth:\n  mfa: {admin: required, remote: required, vendor: required, user: optional, exceptions: []}\n\
         web: {input_validation: allow_list, type_check: true, sql: parameterized}\nwaf: {enabled: true, mode: block, signature_update: automatic}\n\
         monitoring: {coverage: always, edr: {servers: true, terminals: true}, metrics: [cpu, memory]}\nlogging: {retention_days: 365, events: [login, export]}\n\
         environments: {separated: true, test_data: masked}\n",
    );
    out
}

fn records(random: &mut Random) -> String {
    let mut out = "hadome: records/1\nid: records\nheld_data: []\ntests:\n".to_owned();
    for (number, kind) in
        ["access_test", "isolation_test", "vulnerability_scan", "source_review"].iter().enumerate()
    {
        let _ = write!(
            out,
            "  - id: test-{number}\n    kind: {kind}\n    covers: [main, store-0, store-1]\n    tested_on: 2025-03-{:02}\n    passed: {}\n    \
             reported_in_writing: true\n    confirmed: true\n    confirmed_by: client\n    confirmed_on: 2025-03-28\n",
            1 + random.below(27),
            random.below(5) != 0,
        );
    }
    out.push_str("approvals:\n");
    for number in 0..6 {
        let _ = writeln!(
            out,
            "  - {{id: approval-{number}, subcontractor: sub-{number}, form: written, approved_on: 2025-03-20, start_of_work_on: 2025-04-01}}"
        );
    }
    out
}
