//! What became of a filed report, for people and for programs (`hadome/verify/1`, described in
//! schemas/output/verify-1.json).

use std::collections::BTreeMap;

use serde::Serialize;

use super::format::json as one_line;
use super::sheet::Sheet;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::provenance::{Record, Verdicts};
use crate::verify::{Difference, Part, Verification, Way};

/// How many digits of a digest people are shown.
const SHOWN_DIGITS: usize = 12;

/// What was verified.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The report's file, as it was given.
    pub report: &'s str,
    /// The dossier, as it was given.
    pub dossier: &'s str,
    /// The record of the report.
    pub record: &'s Record,
}

/// For people.
pub fn text(verification: &Verification, subject: Subject<'_>, lang: Lang) -> String {
    let Subject { report, dossier, record } = subject;
    let count = verification.differences.len();
    let head = match (verification.same(), lang) {
        (true, Lang::Ja) => format!("{report}：一致（委託案件「{dossier}」から同じ内容で再作成できました）"),
        (true, Lang::En) => format!("{report}: the same; it was made again from `{dossier}` byte for byte"),
        (false, Lang::Ja) => {
            format!("{report}：不一致（委託案件「{dossier}」からの再作成と異なる点{count}件）")
        }
        (false, Lang::En) => {
            format!("{report}: not the same as made again from `{dossier}` ({count} differences)")
        }
    };
    let mut sheet = Sheet::new(head);
    if verification.same() {
        sheet.section(lang.pick("作成の記録", "Made with"), made_with(record, lang));
        return sheet.text();
    }
    let lines = verification.differences.iter().map(|difference| line(difference, lang));
    sheet.section(lang.pick("異なる点", "What differs"), lines.collect());
    sheet.section(lang.pick("報告書の本文", "The report's text"), edits(verification, lang));
    sheet.section(lang.pick("判定への影響", "What it does to the verdicts"), verdicts(verification, lang));
    sheet.text()
}

fn made_with(record: &Record, lang: Lang) -> Vec<String> {
    let labelled = |ja: &str, en: &str, value: &str| format!("{}{value}", lang.pick(ja, en));
    let (documents, evidence) = (record.documents.len(), record.evidence.len());
    let files = match lang {
        Lang::Ja => format!("文書{documents}件、根拠資料のファイル{evidence}件"),
        Lang::En => format!("documents: {documents}, files of evidence: {evidence}"),
    };
    vec![
        labelled("判定基準日：", "as of ", &record.as_of.format("%Y-%m-%d").to_string()),
        labelled("プログラム：hadome ", "program: hadome ", &record.program),
        labelled("確認項目セット：", "profile: ", &record.profile.id),
        files,
    ]
}

fn line(difference: &Difference, lang: Lang) -> String {
    let Difference { part, way, name, recorded, found } = difference;
    let (title, way_title) = (part.title(lang), way.title(lang));
    let head = match (name, lang) {
        (Some(name), Lang::Ja) => format!("{title}「{name}」の{way_title}"),
        (Some(name), Lang::En) => format!("{title} {name}: {way_title}"),
        (None, Lang::Ja) => format!("{title}の{way_title}"),
        (None, Lang::En) => format!("{title}: {way_title}"),
    };
    match part {
        Part::Text => lang.pick("報告書の本文が書き出し後に変更されています", "the report's text was changed after it was written").to_owned(),
        Part::Record => lang
            .pick("作成記録が、記録された内容そのものと合いません（記録の書換え）", "the record does not fit what it records: it was altered")
            .to_owned(),
        Part::Unexplained => lang
            .pick(
                "記録された文書、確認項目等は全て同じですが、本文が再作成の結果と異なります（本文及び記録の書換え、様式が読み込む別のファイルの変更、又は版の番号が同じ別のプログラムによる作成）",
                "everything recorded is the same and the text is not: text and record were altered, a file that the template includes is another, or another program of the same version number wrote it",
            )
            .to_owned(),
        _ if *way == Way::Changed => {
            let unread = lang.pick("読込みなし", "not readable");
            let (was, is) = (shown(recorded, unread), shown(found, unread));
            match lang {
                Lang::Ja => format!("{head}（記録：{was}、現在：{is}）"),
                Lang::En => format!("{head} (recorded: {was}, now: {is})"),
            }
        }
        _ => head,
    }
}

/// The start of a digest, alone or behind a name; anything else as it is.
fn shown(value: &Option<String>, missing: &str) -> String {
    let Some(value) = value else { return missing.to_owned() };
    let short = |word: &str| match word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => format!("{}…", &word[..SHOWN_DIGITS]),
        false => word.to_owned(),
    };
    value.split(' ').map(short).collect::<Vec<_>>().join(" ")
}

fn edits(verification: &Verification, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let edited = verification.differences.iter().any(|difference| difference.part == Part::Text);
    match (verification.edit, lang) {
        (Some(edit), Lang::Ja) if edit.altered == 0 && edit.filled > 0 => {
            lines.push(format!("空欄への記入等により本文が変わっています（{}行）。その他の変更はありません", edit.filled));
        }
        (Some(edit), Lang::En) if edit.altered == 0 && edit.filled > 0 => {
            lines.push(format!("blanks were filled in ({} lines); nothing else was changed", edit.filled));
        }
        (Some(edit), Lang::Ja) if edit.altered > 0 => lines.push(format!(
            "空欄への記入{}行のほか、元の記載が{}行で変更されています",
            edit.filled, edit.altered
        )),
        (Some(edit), Lang::En) if edit.altered > 0 => lines.push(format!(
            "lines in which blanks were filled in: {}; lines otherwise changed: {}",
            edit.filled, edit.altered
        )),
        _ if edited && verification.first.is_none() => lines
            .push(lang.pick("改行等、文字に表れない変更のみです", "only line ends and the like were changed").to_owned()),
        _ if edited && verification.first.is_some() => lines.push(
            lang.pick(
                "行の追加若しくは削除があるか、他の違いにより元の本文を再現できないため、記入とその他の変更とを区別できません",
                "lines were added or taken away, or other differences keep the text as written from being made again; blanks filled in cannot be told from other changes",
            )
            .to_owned(),
        ),
        _ => {}
    }
    if let Some(first) = &verification.first {
        let none = lang.pick("（行なし）", "(no such line)");
        let (filed, made) = (first.filed.as_deref().unwrap_or(none), first.made.as_deref().unwrap_or(none));
        match lang {
            Lang::Ja => lines.extend([
                format!("最初に異なる行：{}行", first.line),
                format!("  報告書：{filed}"),
                format!("  再作成：{made}"),
            ]),
            Lang::En => lines.extend([
                format!("the first line that differs: line {}", first.line),
                format!("  the report: {filed}"),
                format!("  made again: {made}"),
            ]),
        }
    }
    lines
}

fn verdicts(verification: &Verification, lang: Lang) -> Vec<String> {
    let (was, is) = (&verification.recorded, &verification.found);
    if !verification.verdicts_changed() {
        let line = lang.pick("判定は変わりません", "the verdicts are the same");
        return vec![line.to_owned()];
    }
    let mut lines = vec![
        lang.pick("判定が変わりました（記録→現在）", "the verdicts changed (recorded -> now)").to_owned(),
    ];
    let row = |title: &str, was: usize, is: usize| match lang {
        Lang::Ja => format!("  {title}：{was}件→{is}件"),
        Lang::En => format!("  {title}: {was} -> {is}"),
    };
    let count = |verdicts: &Verdicts, verdict| verdicts.counts.get(&verdict).copied().unwrap_or_default();
    let rows = Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict.title(lang), count(was, verdict), count(is, verdict)))
        .chain([(lang.pick("要是正", "blocking"), was.blocking, is.blocking)]);
    lines.extend(rows.filter(|(_, was, is)| was != is).map(|(title, was, is)| row(title, was, is)));
    if lines.len() == 1 {
        let line = lang.pick(
            "  件数は同じですが、個々の判定が異なります",
            "  the counts are the same, single verdicts are not",
        );
        lines.push(line.to_owned());
    }
    lines
}

#[derive(Serialize)]
struct Page<'v> {
    format: &'static str,
    tool: Tool,
    language: &'static str,
    report: &'v str,
    dossier: &'v str,
    as_of: String,
    same: bool,
    differences: Vec<Row<'v>>,
    edit: Option<EditRow>,
    first_line: Option<LineRow<'v>>,
    verdicts: VerdictsRow<'v>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Row<'v> {
    part: &'static str,
    part_title: &'static str,
    way: &'static str,
    name: Option<&'v str>,
    recorded: Option<&'v str>,
    found: Option<&'v str>,
}

#[derive(Serialize)]
struct EditRow {
    filled: usize,
    altered: usize,
}

#[derive(Serialize)]
struct LineRow<'v> {
    line: usize,
    filed: Option<&'v str>,
    made: Option<&'v str>,
}

#[derive(Serialize)]
struct VerdictsRow<'v> {
    changed: bool,
    recorded: Counts<'v>,
    found: Counts<'v>,
}

#[derive(Serialize)]
struct Counts<'v> {
    counts: &'v BTreeMap<Verdict, usize>,
    blocking: usize,
}

impl<'v> Counts<'v> {
    fn of(verdicts: &'v Verdicts) -> Self {
        Counts { counts: &verdicts.counts, blocking: verdicts.blocking }
    }
}

/// For programs.
pub fn json(verification: &Verification, subject: Subject<'_>, lang: Lang) -> String {
    let page = Page {
        format: "hadome/verify/1",
        tool: Tool { name: "hadome", version: env!("CARGO_PKG_VERSION") },
        language: lang.code(),
        report: subject.report,
        dossier: subject.dossier,
        as_of: subject.record.as_of.format("%Y-%m-%d").to_string(),
        same: verification.same(),
        differences: verification
            .differences
            .iter()
            .map(|difference| Row {
                part: difference.part.word(),
                part_title: difference.part.title(lang),
                way: difference.way.word(),
                name: difference.name.as_deref(),
                recorded: difference.recorded.as_deref(),
                found: difference.found.as_deref(),
            })
            .collect(),
        edit: verification.edit.map(|edit| EditRow { filled: edit.filled, altered: edit.altered }),
        first_line: verification.first.as_ref().map(|first| LineRow {
            line: first.line,
            filed: first.filed.as_deref(),
            made: first.made.as_deref(),
        }),
        verdicts: VerdictsRow {
            changed: verification.verdicts_changed(),
            recorded: Counts::of(&verification.recorded),
            found: Counts::of(&verification.found),
        },
    };
    format!("{}\n", one_line(&page))
}
