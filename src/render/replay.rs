//! The page of a replayed incident: each cause, each measure, the questions that would have been put.

pub mod table;

use super::escape;
use super::view::{GapView, OutcomeView, view};
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::replay::cause::{Found, Ground};
use crate::replay::incident::{Cause, Coverage, Measure};
use crate::replay::mend::{Mended, Met};
use crate::replay::{CauseReplay, Replay};

/// Counts over all incidents of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    incidents: usize,
    hit: usize,
    asked: usize,
    missed: usize,
    failed: usize,
    refused: usize,
    pending: usize,
}

impl Totals {
    /// Adds an incident.
    pub fn count(&mut self, replay: &Replay) {
        let found = |wanted: Found| replay.causes.iter().filter(|cause| cause.found == wanted).count();
        self.incidents += 1;
        self.hit += found(Found::Hit);
        self.asked += found(Found::Asked);
        self.missed += found(Found::Missed);
        self.failed += usize::from(!replay.passed());
        let measures = replay.incident.measures.iter();
        self.pending += measures.filter(|measure| measure.coverage() == Coverage::Pending).count();
    }

    /// Adds an incident that could not be read.
    pub fn refuse(&mut self) {
        self.refused += 1;
    }
}

/// The last line of a run.
pub fn totals(totals: &Totals, lang: Lang) -> String {
    let Totals { incidents, hit, asked, missed, failed, refused, pending } = totals;
    let causes = hit + asked + missed;
    let line = match lang {
        Lang::Ja => format!(
            "事案{incidents}件（不合格{failed}件）、原因{causes}件（命中{hit}・照会で判明{asked}・見落とし{missed}）"
        ),
        Lang::En => format!(
            "incidents: {incidents} (failed: {failed}), causes: {causes} (hit: {hit}, asked: {asked}, missed: {missed})"
        ),
    };
    let unread = match (refused, lang) {
        (0, _) => String::new(),
        (count, Lang::Ja) => format!("、読み込めない事案{count}件"),
        (count, Lang::En) => format!(", incidents that cannot be read: {count}"),
    };
    let pending = match (pending, lang) {
        (0, _) => String::new(),
        (count, Lang::Ja) => format!("、確認項目未整備の措置{count}件"),
        (count, Lang::En) => format!(", measures without a policy: {count}"),
    };
    line + &pending + &unread + "\n"
}

/// Writes one incident.
pub fn incident(replay: &Replay, lang: Lang) -> String {
    let mut page = Page { out: String::new(), lang };
    page.head(replay);
    page.line(1, lang.pick("原因", "causes"));
    for (cause, found) in replay.incident.causes.iter().zip(&replay.causes) {
        page.cause(cause, found, replay);
    }
    page.measures(replay);
    page.questions(replay);
    if let Some(mended) = &replay.mended {
        page.mended(mended, replay);
    }
    page.out.push('\n');
    page.out
}

struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(&escape::terminal(text));
        self.out.push('\n');
    }

    fn pick(&self, ja: String, en: String) -> String {
        match self.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    fn head(&mut self, replay: &Replay) {
        let lang = self.lang;
        let incident = &replay.incident;
        self.line(0, &format!("{}: {}", incident.id, incident.title.get(lang)));
        let day = replay.assessment.case.as_of;
        let day = crate::date::Period::day(day).shown(lang);
        let (stage, basis) = (incident.replay.stage.title(lang), incident.replay.basis.title(lang));
        let (source, lines) = (incident.source.kind.title(lang), &incident.source.lines);
        let line = self.pick(
            format!("判定基準日 {day}（{basis}）、契約段階 {stage}、典拠 {source}（写しの{lines}行）"),
            format!("as of {day} ({basis}), stage {stage}, source: {source} (lines {lines} of the copy)"),
        );
        self.line(1, &line);
    }

    fn cause(&mut self, cause: &Cause, replay: &CauseReplay, whole: &Replay) {
        let lang = self.lang;
        let failed = if replay.ok { "" } else { lang.pick("【不合格】", " (fails)") };
        let (found, kind) = (title(replay.found, lang), cause.kind.title(lang));
        let says = cause.says.get(lang);
        let line = self.pick(
            format!("{found}{failed} {}（{kind}）: {says}", cause.id),
            format!("{found}{failed} {} ({kind}): {says}", cause.id),
        );
        self.line(2, &line);
        for ground in &replay.grounds {
            let only = if ground.found < replay.found { lang.pick("（照会）", " (asked)") } else { "" };
            self.line(3, &format!("{}{only}", shown(ground, lang)));
        }
        for other in &replay.silent {
            let title = whole.assessment.case.policies.iter().find(|policy| policy.id() == other.policy);
            let title = title.map_or("", |policy| policy.file.title.get(lang));
            let verdict = other.verdict.title(lang);
            let line = match other.not_at {
                Some(stage) => self.pick(
                    format!("{} {title}：{}では判定しない", other.policy, stage.title(lang)),
                    format!("{} {title}: not judged at stage {}", other.policy, stage.title(lang)),
                ),
                None => self.pick(
                    format!("{} {title}：{verdict}（挙げられた記載によるものではない）", other.policy),
                    format!("{} {title}: {verdict}, not because of the paths named", other.policy),
                ),
            };
            self.line(3, &line);
        }
        for shift in &replay.shifts {
            let day = crate::date::Period::day(shift.as_of).shown(lang);
            let (stage, found) = (shift.stage.title(lang), title(shift.found, lang));
            let line = self.pick(
                format!("仮定を {day}・{stage} に変えると{found}"),
                format!("with {day} and stage {stage} assumed instead: {found}"),
            );
            self.line(3, &line);
        }
    }

    fn measures(&mut self, replay: &Replay) {
        let lang = self.lang;
        self.line(1, lang.pick("再発防止策", "measures"));
        for measure in &replay.incident.measures {
            let line = measure_line(measure, lang);
            self.line(2, &line);
            if !measure.meets.is_empty() {
                self.line(3, &measure.meets.join(lang.pick("、", ", ")));
            }
            if let Some(why) = &measure.no_policy_because {
                self.line(3, why.get(lang));
            }
        }
    }

    fn questions(&mut self, replay: &Replay) {
        let lang = self.lang;
        let asked: Vec<&str> = replay
            .incident
            .causes
            .iter()
            .flat_map(|cause| &cause.asks)
            .map(|ask| ask.policy.as_str())
            .collect();
        let view = view(&replay.assessment, lang);
        let open = |outcome: &&OutcomeView| {
            matches!(outcome.verdict, Verdict::Undecided | Verdict::Fail)
                && asked.contains(&outcome.policy.as_str())
                && !gaps(outcome).is_empty()
        };
        let open: Vec<&OutcomeView> = view.outcomes.iter().filter(open).collect();
        let count = open.len();
        self.line(1, &self.pick(format!("照会事項 {count}件"), format!("questions: {count}")));
        let mut before = "";
        for outcome in open {
            if outcome.policy != before {
                self.line(2, &format!("{} {}: {}", outcome.policy, outcome.title, outcome.question));
            }
            before = &outcome.policy;
            for gap in gaps(outcome) {
                self.line(3, &gap_line(gap, lang));
            }
        }
    }

    fn mended(&mut self, mended: &Mended, replay: &Replay) {
        let lang = self.lang;
        let title = lang.pick("措置後（仮定）", "after the measures (hypothetical)");
        self.line(1, title);
        for (measure, clauses) in replay.incident.measures.iter().zip(&mended.clauses) {
            for (clause, met) in measure.meets.iter().zip(clauses) {
                let line =
                    format!("{} {}: {clause}{}", met_title(met, lang), measure.id, met_detail(met, lang));
                self.line(2, &line);
            }
            if let (true, Some(why)) = (clauses.is_empty(), &measure.sets_nothing_because) {
                let label = lang.pick("記載は変わらない", "sets nothing");
                self.line(2, &format!("{label} {}: {}", measure.id, why.get(lang)));
            }
        }
        let Mended { undecided, failed, .. } = mended;
        let line = self.pick(
            format!("そのほか、未確認{undecided}件・不適合{failed}件が残る"),
            format!("what remains: undecided {undecided}, fail {failed}"),
        );
        self.line(2, &line);
    }
}

/// What the result is called.
fn title(found: Found, lang: Lang) -> &'static str {
    let (ja, en) = match found {
        Found::Hit => ("命中", "hit"),
        Found::Asked => ("照会で判明", "asked"),
        Found::Missed => ("見落とし", "missed"),
    };
    lang.pick(ja, en)
}

fn shown(ground: &Ground, lang: Lang) -> String {
    let clause = ground.clause.as_deref().map(|clause| format!("/{clause}")).unwrap_or_default();
    let mark = lang.pick("：", ": ");
    format!("{}{clause}{mark}{}", ground.policy, ground.path)
}

fn measure_line(measure: &Measure, lang: Lang) -> String {
    let (by, status, says) = (measure.by.title(lang), measure.status.title(lang), measure.says.get(lang));
    let covered = measure.coverage().title(lang);
    match lang {
        Lang::Ja => format!("{covered} {}（{by}・{status}）: {says}", measure.id),
        Lang::En => format!("{covered} {} ({by}, {status}): {says}", measure.id),
    }
}

/// What is missing, in which way, and what stands there instead.
fn gap_line(gap: &GapView, lang: Lang) -> String {
    let detail = gap.detail.as_deref();
    match lang {
        Lang::Ja => {
            let detail = detail.map(|detail| format!("「{detail}」")).unwrap_or_default();
            format!("{}：{}（{}）{detail}", gap.sub_reason_title, gap.title, gap.path)
        }
        Lang::En => {
            let detail = detail.map(|detail| format!(": {detail}")).unwrap_or_default();
            format!("{}: {} ({}){detail}", gap.sub_reason_title, gap.title, gap.path)
        }
    }
}

/// Everything that keeps an outcome open, each path once.
fn gaps(outcome: &OutcomeView) -> Vec<&GapView> {
    let open = outcome.clauses.iter().filter(|clause| clause.state == "open");
    let mut gaps: Vec<&GapView> = Vec::new();
    for gap in open.flat_map(|clause| &clause.gaps).chain(&outcome.gaps) {
        if gaps.iter().all(|known| known.path != gap.path) {
            gaps.push(gap);
        }
    }
    gaps
}

fn met_title(met: &Met, lang: Lang) -> &'static str {
    let (ja, en) = match met {
        Met::True => ("成立", "true"),
        Met::False => ("【不合格】不成立", "false (fails)"),
        Met::Open(_) => ("【不合格】未確認", "open (fails)"),
        Met::NotJudged => ("【不合格】判定されない", "not judged (fails)"),
    };
    lang.pick(ja, en)
}

fn met_detail(met: &Met, lang: Lang) -> String {
    let Met::Open(paths) = met else { return String::new() };
    let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
    match lang {
        Lang::Ja => format!("（{}）", paths.join("、")),
        Lang::En => format!(" ({})", paths.join(", ")),
    }
}
