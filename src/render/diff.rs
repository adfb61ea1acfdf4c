//! Two judgements compared: for a terminal, in Markdown, and for programs (`hadome/diff/1`, described
//! in schemas/output/diff-1.json).

mod lines;
mod page;

use std::fmt::Write;

use super::escape;
use crate::diff::side::Side;
use crate::diff::{Direction, DossierDiff, Pair, count};
use crate::lang::Lang;
use lines::{Line, lines};

/// What was compared.
#[derive(Clone, Copy, Debug)]
pub struct Ends<'e> {
    /// The two ends as they were given.
    pub labels: [&'e str; 2],
    /// What they said.
    pub sides: [&'e Side; 2],
}

/// For programs.
pub fn json(pairs: &[Pair], ends: Ends<'_>, lang: Lang) -> String {
    page::json(pairs, ends, lang)
}

/// For a person at a terminal.
pub fn text(pairs: &[Pair], ends: Ends<'_>, lang: Lang) -> String {
    let mut out = format!("{}\n", escape::terminal(&head(ends, lang)));
    for pair in pairs {
        let _ = writeln!(out, "\n{}", escape::terminal(&name(pair, lang)));
        let Pair::Both(diff) = pair else { continue };
        for line in premises(diff, ends, lang) {
            let _ = writeln!(out, "  {}", escape::terminal(&line));
        }
        for change in &diff.changes {
            let change = lines(change, lang);
            let _ = writeln!(out, "\n  {}", escape::terminal(&change.head));
            for Line { depth, text } in &change.lines {
                let _ = writeln!(out, "{}{}", "  ".repeat(depth + 2), escape::terminal(text));
            }
        }
    }
    let _ = writeln!(out, "\n{}", totals(pairs, lang));
    out
}

/// For a page.
pub fn markdown(pairs: &[Pair], ends: Ends<'_>, lang: Lang) -> String {
    let mut out = format!(
        "# {}\n\n{}\n",
        lang.pick("判定の変化", "Changed verdicts"),
        escape::markdown(&head(ends, lang))
    );
    for pair in pairs {
        let _ = writeln!(out, "\n## {}", escape::markdown(&name(pair, lang)));
        let Pair::Both(diff) = pair else { continue };
        let premises = premises(diff, ends, lang);
        if !premises.is_empty() {
            out.push('\n');
        }
        for line in premises {
            let _ = writeln!(out, "- {}", escape::markdown(&line));
        }
        for change in &diff.changes {
            let change = lines(change, lang);
            let _ = writeln!(out, "\n### {}\n", escape::markdown(&change.head));
            for Line { depth, text } in &change.lines {
                let _ = writeln!(out, "{}- {}", "  ".repeat(*depth), escape::markdown(text));
            }
        }
    }
    let _ = writeln!(out, "\n{}", totals(pairs, lang));
    out
}

fn head(ends: Ends<'_>, lang: Lang) -> String {
    let [old, new] = [0, 1].map(|at| {
        let (label, side) = (ends.labels[at], ends.sides[at]);
        match lang {
            Lang::Ja => format!("{label}（判定基準日 {}）", side.as_of),
            Lang::En => format!("{label} (as of {})", side.as_of),
        }
    });
    format!("{old}{}{new}", lang.pick("→", " -> "))
}

fn name(pair: &Pair, lang: Lang) -> String {
    let (ja, en, name) = match pair {
        Pair::Both(diff) => {
            let [old, new] = &diff.names;
            let both = format!("{old}{}{new}", lang.pick("→", " -> "));
            ("", "", if old == new { new.clone() } else { both })
        }
        Pair::Vanished(name) => ("（新しい方にはありません）", " (not in the new one)", name.clone()),
        Pair::Appeared(name) => ("（元の方にはありません）", " (not in the old one)", name.clone()),
        Pair::Unjudged { name, before: true, .. } => (
            "（新しい方では読み込めず、判定されていません）",
            " (could not be read in the new one, so not judged)",
            name.clone(),
        ),
        Pair::Unjudged { name, .. } => (
            "（元の方では読み込めず、判定されていません）",
            " (could not be read in the old one, so not judged)",
            name.clone(),
        ),
    };
    match lang {
        Lang::Ja => format!("委託案件：{name}{ja}"),
        Lang::En => format!("dossier {name}{en}"),
    }
}

/// What the outcomes rest on and is not as it was.
fn premises(diff: &DossierDiff, ends: Ends<'_>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let titles: Vec<&str> = diff.components.iter().map(|component| component.title(lang)).collect();
    if titles.is_empty() {
        lines.push(lang.pick("異なる前提：なし", "what differs: nothing").to_owned());
    } else {
        lines.push(format!(
            "{}{}",
            lang.pick("異なる前提：", "what differs: "),
            titles.join(lang.pick("、", ", "))
        ));
    }
    lines.extend(diff.files.iter().map(|file| {
        let way = match (file.before, file.after) {
            (true, true) => lang.pick("の変更", " changed"),
            (false, _) => lang.pick("の追加", " added"),
            (_, false) => lang.pick("の削除", " removed"),
        };
        format!("{}{way}", file.path)
    }));
    let arrow = lang.pick("→", " -> ");
    let both = |label: &str, old: &str, new: &str| (old != new).then(|| format!("{label}{old}{arrow}{new}"));
    let [old, new] = ends.sides;
    lines.extend(both(lang.pick("契約段階：", "stage: "), &diff.stages[0], &diff.stages[1]));
    lines.extend(both(lang.pick("確認項目セット：", "profile: "), &old.profile.id, &new.profile.id));
    lines.extend(both(lang.pick("プログラム：", "program: "), &old.tool.version, &new.tool.version));
    if diff.changes.is_empty() {
        lines.push(lang.pick("判定の変化はありません", "no verdict changed").to_owned());
    }
    lines
}

fn totals(pairs: &[Pair], lang: Lang) -> String {
    let [worse, better, other] =
        [Direction::Worse, Direction::Better, Direction::Other].map(|direction| count(pairs, direction));
    let unchanged: usize = pairs
        .iter()
        .map(|pair| match pair {
            Pair::Both(diff) => diff.unchanged,
            _ => 0,
        })
        .sum();
    let changed = worse + better + other;
    match lang {
        Lang::Ja => {
            format!(
                "計：変化{changed}件（悪化{worse}件、改善{better}件、その他{other}件）、変化なし{unchanged}件"
            )
        }
        Lang::En => format!(
            "total: {changed} changed (worse {worse}, better {better}, other {other}), {unchanged} unchanged"
        ),
    }
}
