//! The register of evidence (根拠資料台帳): as text, as a table in Markdown, for spreadsheets; and what
//! the commands that keep it say.

mod columns;
pub mod csv;

use std::fmt::Write;

use chrono::NaiveDate;

use super::escape;
use super::view::evidence::EvidenceView;
use crate::date::Period;
use crate::lang::Lang;
use columns::COLUMNS;

/// The register for a terminal, one piece below the other; what is not stated is left out.
pub fn text(name: &str, pieces: &[EvidenceView], lang: Lang) -> String {
    let mut out = String::new();
    for piece in pieces {
        let _ = writeln!(out, "{}", escape::terminal(&format!("{} [{}]", piece.title, piece.id)));
        for column in COLUMNS.iter().filter(|column| !column.is_head()) {
            let cell = (column.cell)(piece, lang);
            if !cell.is_empty() {
                let line = format!("{}{}{cell}", column.title(lang), lang.pick("：", ": "));
                let _ = writeln!(out, "  {}", escape::terminal(&line));
            }
        }
        out.push('\n');
    }
    out + &total(name, pieces, lang)
}

/// The register as a table in Markdown, with a heading and the as-of date.
pub fn markdown(name: &str, as_of: NaiveDate, pieces: &[EvidenceView], lang: Lang) -> String {
    let day = Period::day(as_of).shown(lang);
    let title = lang.pick("根拠資料台帳", "Register of evidence");
    let head = match lang {
        Lang::Ja => format!("委託案件：{}　判定基準日：{day}", escape::markdown(name)),
        Lang::En => format!("Dossier: {}; as of {day}", escape::markdown(name)),
    };
    let mut out = format!("# {title}\n\n{head}\n\n");
    if pieces.is_empty() {
        return out + lang.pick("登録された根拠資料はありません。\n", "No evidence is registered.\n");
    }
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(COLUMNS
        .iter()
        .map(|column| escape::markdown(&column.title(lang)).into_owned())
        .collect()));
    out.push_str(&row(COLUMNS.iter().map(|_| "---".to_owned()).collect()));
    for piece in pieces {
        out.push_str(&row(COLUMNS
            .iter()
            .map(|column| escape::markdown(&(column.cell)(piece, lang)).into_owned())
            .collect()));
    }
    let caution = lang.pick(
        "SHA-256は、登録後にファイルが変更されていないことだけを示し、内容が正しいことを示すものではありません。",
        "A SHA-256 shows only that the file was not changed since it was registered, not that what it says is true.",
    );
    let _ = write!(out, "\n{caution}\n");
    out
}

/// What is wrong with each piece, a line each; that nothing is, where nothing is.
pub fn verified(name: &str, pieces: &[EvidenceView], lang: Lang) -> String {
    let mut out = String::new();
    for piece in pieces {
        let place = format!("{}:{}:{}", piece.place.file, piece.place.line, piece.place.column);
        let (colon, title) = (lang.pick("：", ": "), &piece.title);
        let mut line = |word: &str, text: &str| {
            let line = format!("{place}: {word}[{}] {title}{colon}{text}", piece.id);
            let _ = writeln!(out, "{}", escape::terminal(&line));
        };
        if piece.flaws.is_empty() {
            let paper = piece.file.is_none();
            let kept = lang.pick("（紙の資料等。保管場所は未確認）", " (kept elsewhere; not looked at)");
            line("ok", &format!("{}{}", piece.standing, if paper { kept } else { "" }));
        }
        piece.flaws.iter().for_each(|flaw| line(flaw.word, &flaw.text));
    }
    out + &total(name, pieces, lang)
}

/// How many pieces there are, and with how many something is wrong.
fn total(name: &str, pieces: &[EvidenceView], lang: Lang) -> String {
    let (count, flawed) = (pieces.len(), pieces.iter().filter(|piece| !piece.flaws.is_empty()).count());
    escape::terminal(&match lang {
        Lang::Ja => format!("{name}: 根拠資料{count}件（問題のあるもの{flawed}件）"),
        Lang::En => format!("{name}: {count} pieces of evidence, {flawed} with something wrong"),
    }) + "\n"
}

/// What was registered, and what is still missing. `others` are entries that name the same file.
pub fn added(path: &str, entry: &str, piece: &EvidenceView, others: &[&str], lang: Lang) -> String {
    let id = &piece.id;
    let mut out = match lang {
        Lang::Ja => format!("{path} に根拠資料「{id}」を書き足しました。\n"),
        Lang::En => format!("added the evidence `{id}` to {path}\n"),
    };
    out.push_str(&indented(entry));
    if !others.is_empty() {
        let others = others.join(lang.pick("、", ", "));
        let _ = match lang {
            Lang::Ja => writeln!(out, "同じファイルは、既に「{others}」として登録されています。"),
            Lang::En => writeln!(out, "the same file is registered already as {others}"),
        };
    }
    out + &missing(piece, lang)
}

/// What an examination left to be done.
pub fn examined(path: &str, piece: &EvidenceView, lang: Lang) -> String {
    let id = &piece.id;
    let head = match lang {
        Lang::Ja => {
            format!("{path} の「{id}」に内容の確認を書き足しました（確認の程度：{}）。\n", piece.standing)
        }
        Lang::En => format!("recorded the examination of `{id}` in {path} (standing: {})\n", piece.standing),
    };
    head + &missing(piece, lang)
}

fn missing(piece: &EvidenceView, lang: Lang) -> String {
    if piece.flaws.is_empty() {
        return String::new();
    }
    let head = lang.pick("裏付けとするために足りないもの：\n", "what still keeps it from proving:\n");
    let lines = piece.flaws.iter().map(|flaw| format!("  - {}\n", escape::terminal(&flaw.text)));
    lines.fold(head.to_owned(), |out, line| out + &line)
}

/// The lines of an entry, moved to the right.
pub(super) fn indented(entry: &str) -> String {
    entry.lines().map(|line| format!("  {}\n", escape::terminal(line))).collect()
}
