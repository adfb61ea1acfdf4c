//! How to fill in the answer sheet.

use super::super::workbook::{Cell, Colour, Column, Page, Row, Sheet, Style};
use super::Sheets;
use crate::lang::Lang;
use crate::questionnaire::key;
use crate::tender::offer::Delivery;

/// What the sheet is called.
pub(super) fn title(lang: Lang) -> &'static str {
    lang.pick("記入要領", "how to fill in")
}

const JA: [(&str, &str); 13] = [
    (
        "記入する欄",
        "淡い黄色の欄に記入してください。灰色の欄には記入できません。文の追加は備考欄にお願いします。",
    ),
    ("要件の行", "「回答」に、提案する対応を一覧から選んでください。意味は下の表のとおりです。"),
    (
        "記載事項の行",
        "要件の行のすぐ下に、その判定に用いる事項（番号が「3-1」のような行）があります。事実をそのまま記入してください。同じ事項は一度だけ尋ねます。",
    ),
    (
        "はい・いいえ",
        "「はい」又は「いいえ」を選んでください。○（はい）と×（いいえ）も使えます。◎及び△は読み取れません。",
    ),
    (
        "数",
        "数だけを記入してください（単位の列にある単位）。全角数字、桁区切りのコンマ及び同じ単位を付けた記載（12時間）も読み取ります。",
    ),
    (
        "数で定めない場合",
        "期限等を数で定めない場合は、「直ちに」「速やかに」「遅滞なく」のような文言を同じ欄に記入できます。この場合は「期限の定めなし」として扱い、後で照会することがあります。",
    ),
    (
        "日付",
        "令和9年4月1日、R9.4.1、2027-04-01又は2027/4/1のように記入してください。月までの記載（2027-04）もできます。",
    ),
    (
        "複数の語",
        "該当するものを全て「、」で区切って記入してください。該当するものがないときは「なし」と記入してください。",
    ),
    (
        "一覧のシート",
        "保存場所、再委託先等は、それぞれのシートに1件を1行で記入してください。該当するものがないときは「該当なし」の欄に○を記入してください。空欄は回答なしとして扱います。",
    ),
    (
        "未定の事項",
        "決まっていない事項は空欄とするか、「未定」「別途協議」「－」等と記入してください。いずれも記載なしとして扱います。",
    ),
    ("提案書の頁", "根拠となる提案書の頁を数で記入してください。"),
    (
        "してはいけないこと",
        "行の複製、複数の行にわたるセルの結合及び数式の記入はしないでください。読み取れないセルは、番地を示して問い合わせます。",
    ),
    (
        "してもよいこと",
        "列の幅の変更並びに列及びシートの追加ができます（追加した列及びシートは読み取りません）。シートの保護（パスワードはありません）を解除すれば、行の並べ替えもできます。LibreOffice等で保存する場合も、ExcelブックのXLSX形式で保存してください。",
    ),
];

const EN: [(&str, &str); 13] = [
    ("where to write", "Fill in the pale yellow cells. Nothing can be written in grey ones; use the remark."),
    ("requirements", "Choose in \"answer\" how the requirement is met, as the table below says."),
    (
        "facts",
        "Below a requirement stand the facts that it is judged by (numbered as 3-1). Each is asked once.",
    ),
    ("yes and no", "Choose yes or no. ○ and × are read as yes and no; ◎ and △ are not read."),
    ("numbers", "Write the number alone, in the unit of the column; the same unit behind it is fine."),
    (
        "no number",
        "Where a term has no number, its wording (直ちに) can stand in the cell; it counts as no limit.",
    ),
    ("dates", "Write 2027-04-01, 2027/4/1, 令和9年4月1日 or R9.4.1; a month alone (2027-04) is fine."),
    (
        "several words",
        "Write all that apply, with commas or 、 between them; write none where there are none.",
    ),
    (
        "lists",
        "Write one item a row. Where there are none, tick the cell that says so; blank means no answer.",
    ),
    ("not known yet", "Leave it blank or write 未定, TBD or －. Each counts as not stated."),
    ("page", "Write the page of the proposal that shows it, as a number."),
    ("please do not", "Do not copy rows, merge cells over several rows, or write formulas."),
    (
        "you may",
        "Change widths, add columns and sheets (they are not read), and sort rows after taking off the protection, which has no password. Save as XLSX.",
    ),
];

pub(super) fn sheet(sheets: &Sheets<'_>) -> Sheet {
    let lang = sheets.lang;
    let mark = |text: &str| Cell::text(text, Style::Key);
    let line = |cells: Vec<Cell>| Row::of([vec![Cell::blank(Style::Plain)], cells].concat());
    let mut rows = vec![Row::hidden(vec![mark(key::GUIDE)])];
    rows.push(line(vec![Cell::text(format!("{}　{}", super::title(lang), title(lang)), Style::Title)]));
    if !sheets.subject.is_empty() {
        rows.push(line(vec![Cell::text(sheets.subject, Style::Plain)]));
    }
    rows.push(Row::default());
    for (head, text) in lang_lines(lang) {
        rows.push(line(vec![Cell::text(*head, Style::Group), Cell::text(*text, Style::Text)]));
    }
    rows.push(Row::default());
    rows.push(line(vec![
        Cell::text(lang.pick("要件の回答", "answer"), Style::Head),
        Cell::text(
            lang.pick("意味及び同じ意味に読む語", "what it means, and words read the same"),
            Style::Head,
        ),
    ]));
    for delivery in Delivery::ALL {
        rows.push(line(vec![
            Cell::text(delivery.title(lang), Style::Group),
            Cell::text(meaning(delivery, lang), Style::Text),
        ]));
    }
    Sheet {
        name: title(lang).to_owned(),
        columns: vec![Column::hidden(), Column::wide(24.0), Column::wide(100.0)],
        rows,
        page: Page::default(),
        tab: Some(Colour::Grey),
        protected: true,
        ..Sheet::default()
    }
}

fn lang_lines(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Ja => &JA,
        Lang::En => &EN,
    }
}

fn meaning(delivery: Delivery, lang: Lang) -> &'static str {
    let (ja, en) = match delivery {
        Delivery::Existing => (
            "提案する製品又はサービスに既にあり、提案価格に含まれる。「◎」「対応済」「標準対応」も同じ意味に読みます。",
            "It exists in what is offered, within the price. ◎ is read the same.",
        ),
        Delivery::ByStart => (
            "運用の開始までに、提案価格の範囲で対応することを約束する。「○」「対応可」「対応可能」もこの意味に読みます（既にある場合は「対応済み」を選んでください）。",
            "It is promised by the start of service, within the price. ○ and 対応可 are read the same.",
        ),
        Delivery::Option => (
            "提案価格に含まれず、別料金で対応できる。追加費用の欄に金額を記入してください。「オプション」「別料金」も同じ意味に読みます。",
            "It costs extra; write how much. オプション is read the same.",
        ),
        Delivery::Alternative => (
            "要件の内容とは別の方法で対応する。備考欄に内容を記入してください。「代替案」も同じ意味に読みます。「△」は、オプションとの区別ができないため読み取りません。",
            "Something else does its work; say what in the remark. △ is not read, since it may mean an option.",
        ),
        Delivery::None => {
            ("対応しない。「×」「不可」も同じ意味に読みます。", "It is not offered. × is read the same.")
        }
    };
    lang.pick(ja, en)
}
