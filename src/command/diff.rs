//! `hadome diff`: compares two states of a dossier, two days, or two outputs of `check`.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::report::the_one;
use super::{Console, Exit, JudgeArguments, input};
use crate::assess::assess;
use crate::conclude::{Assessment, How};
use crate::diff::side::{Side, Unreadable};
use crate::diff::trial::{Setting, Trials};
use crate::diff::{Pair, compare};
use crate::evaluate::Keep;
use crate::lang::Lang;
use crate::load::find::Found;
use crate::load::limits::Limits;
use crate::policy::library::Library;
use crate::render::diff as page;
use crate::render::format::Writer;
use crate::render::json::Json;
use crate::render::tally::Tally;
use crate::render::{run as run_view, view};
use crate::validate::{Yardstick, yardstick};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The old state: a dossier, or the output of `hadome check --format json` (.json).
    #[arg(value_name = "OLD", display_order = 0)]
    old: PathBuf,
    /// The new state, likewise; where left out, OLD is compared on the two days of --from and --to.
    #[arg(value_name = "NEW", display_order = 1)]
    new: Option<PathBuf>,
    /// The as-of date (判定基準日) of the old state, as 2026-04-01.
    #[arg(long, value_name = "DATE", value_parser = super::parse_date, conflicts_with = "as_of")]
    from: Option<NaiveDate>,
    /// The as-of date (判定基準日) of the new state, as 2027-04-01.
    #[arg(long, value_name = "DATE", value_parser = super::parse_date, conflicts_with = "as_of")]
    to: Option<NaiveDate>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: DiffFormat,
    #[command(flatten)]
    judge: JudgeArguments,
}

/// Output formats of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a person at a terminal.
    Text,
    /// For a page, a mail or a pull request.
    Markdown,
    /// For programs: `hadome/diff/1`, as schemas/output/diff-1.json describes it.
    Json,
}

/// One end of the comparison.
struct End {
    label: String,
    side: Side,
    judged: Option<Judged>,
}

/// A dossier that was judged here.
struct Judged {
    folder: PathBuf,
    yardstick: Yardstick,
    assessment: Assessment,
}

/// What dossiers are judged with.
struct Judge {
    yardstick: Yardstick,
    library: Library,
    how: How,
}

/// Runs the command; exits 1 where a verdict changed.
pub fn run(arguments: &DiffArguments, console: &mut Console<'_>) -> Exit {
    if let Some(words) = arguments.misused(console.lang) {
        console.complain(words);
        return Exit::Unusable;
    }
    let judge = if arguments.judges() {
        match yardstick::prepare(&arguments.judge.choice(console)) {
            Ok((yardstick, library)) => {
                Some(Judge { yardstick, library, how: arguments.judge.how(Keep::Everything) })
            }
            Err(unusable) => return console.unusable(&unusable),
        }
    } else {
        None
    };
    let new = arguments.new.as_deref().unwrap_or(&arguments.old);
    let ends = [(arguments.old.as_path(), arguments.from), (new, arguments.to)];
    let [old, new] = ends.map(|(path, day)| end(path, day, judge.as_ref(), console));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(one), Err(other)) => return one.and(other),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let mut pairs = compare(&old.side, &new.side);
    if let (Some(before), Some(after), Some(judge)) = (&old.judged, &new.judged, &judge) {
        let how = How { keep: Keep::Findings, ..judge.how };
        let mut trials = Trials::new(before.setting(), after.setting(), how);
        for pair in &mut pairs {
            if let Pair::Both(diff) = pair {
                trials.explain(diff, console.lang);
            }
        }
    }
    let ends = page::Ends { labels: [&old.label, &new.label], sides: [&old.side, &new.side] };
    let text = match arguments.format {
        DiffFormat::Text => page::text(&pairs, ends, console.lang),
        DiffFormat::Markdown => page::markdown(&pairs, ends, console.lang),
        DiffFormat::Json => page::json(&pairs, ends, console.lang),
    };
    exit(&pairs).and(console.print(&text)).and(console.flush())
}

/// 1 where something changed; 3 where a dossier could not be judged, so that nothing can be said of it.
fn exit(pairs: &[Pair]) -> Exit {
    let of = |pair: &Pair| match pair {
        Pair::Both(diff) if diff.changes.is_empty() => Exit::Clean,
        Pair::Both(_) | Pair::Vanished(_) | Pair::Appeared(_) => Exit::Found,
        Pair::Unjudged { .. } => Exit::Broken,
    };
    pairs.iter().map(of).fold(Exit::Clean, Exit::and)
}

impl DiffArguments {
    fn recorded(&self) -> [bool; 2] {
        let new = self.new.as_deref().unwrap_or(&self.old);
        [self.old.as_path(), new]
            .map(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")))
    }

    /// Whether a dossier is to be judged.
    fn judges(&self) -> bool {
        self.recorded().contains(&false)
    }

    /// What is wrong with the arguments taken together.
    fn misused(&self, lang: Lang) -> Option<&'static str> {
        let [old, new] = self.recorded();
        let alone = self.new.is_none();
        if alone && (old || self.from.is_none() || self.to.is_none()) {
            return Some(lang.pick(
                "比べる相手がありません。新しい状態を指定するか、委託案件1件について --from 及び --to を指定してください",
                "there is nothing to compare with; name the new state, or give --from and --to for one dossier",
            ));
        }
        let dated = old && self.from.is_some() || new && self.to.is_some();
        (dated || old && new && self.judge.any()).then(|| {
            lang.pick(
                "JSONは判定済みです。判定基準日、確認項目セット等は委託案件のフォルダーについてのみ指定できます",
                "what is in JSON is judged already; dates, profile and the like are for dossiers",
            )
        })
    }
}

fn end(
    path: &Path,
    day: Option<NaiveDate>,
    judge: Option<&Judge>,
    console: &mut Console<'_>,
) -> Result<End, Exit> {
    let recorded = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let Some(judge) = judge.filter(|_| !recorded) else {
        let label = path.to_string_lossy().replace('\\', "/");
        let side = input::text(path, console.lang)
            .and_then(|text| Side::read(&text).map_err(|problem| problem.message(console.lang)));
        return match side {
            Ok(side) => Ok(End { label, side, judged: None }),
            Err(words) => {
                console.complain(&format!("{label}: {words}"));
                Err(Exit::Unusable)
            }
        };
    };
    let found = the_one(path, console)?;
    let mut yardstick = judge.yardstick.clone();
    yardstick.as_of = day.unwrap_or(yardstick.as_of);
    let assessment = match assess(&found.folder, &found.shown, &yardstick, judge.how, &Limits::default()) {
        Ok(assessment) => assessment,
        Err(refused) => {
            console.diagnose(&refused.diagnostics, &refused.sources, false);
            console.complain(&match console.lang {
                Lang::Ja => format!("{}: 読み込めないため比べていません", refused.name),
                Lang::En => format!("{}: not compared, because it cannot be read", refused.name),
            });
            return Err(Exit::Broken);
        }
    };
    let side = match side(&assessment, &yardstick, &judge.library, console.lang) {
        Ok(side) => side,
        Err(problem) => {
            console.complain(&problem.message(console.lang));
            return Err(Exit::Broken);
        }
    };
    let Found { shown, folder } = found;
    Ok(End { label: shown, side, judged: Some(Judged { folder, yardstick, assessment }) })
}

/// A dossier judged here, as `check --format json` would tell of it: both ends are read by one reader.
fn side(
    assessment: &Assessment,
    yardstick: &Yardstick,
    library: &Library,
    lang: Lang,
) -> Result<Side, Unreadable> {
    let view = view::view(assessment, lang);
    let run = run_view::view(yardstick, library, lang);
    let parts =
        [Json.begin(&run), Json.dossier(&view, &assessment.case.sources), Json.end(&Tally::of(&view))];
    Side::read(&parts.concat())
}

impl Judged {
    fn setting(&self) -> Setting<'_> {
        Setting { folder: &self.folder, yardstick: &self.yardstick, case: &self.assessment.case }
    }
}
