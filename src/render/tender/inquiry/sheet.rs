//! A letter of inquiry as a workbook: the letter, the items with cells for the answers, and what the
//! program needs to read them back.

use super::{Ask, InquiryView, Item, Letter};
use crate::inquiry::{ASK, BID, COLUMNS, FRAME, Key, LETTER, META, QUESTIONS};
use crate::lang::Lang;
use crate::render::workbook::{
    Allowed, Area, Cell, Check, Colour, Column, Page, Paper, Row, Sheet, Style, Workbook,
};

/// The workbook of one letter.
pub fn workbook(view: &InquiryView, letter: &Letter, lang: Lang) -> Workbook {
    let title = lang.pick("提案内容に関する照会書", "Inquiry about the proposal");
    Workbook {
        title: title.to_owned(),
        subject: view.title.clone().unwrap_or_default(),
        sheets: vec![head(view, letter, title, lang), items(letter, lang), meta(view, letter)],
    }
}

fn head(view: &InquiryView, letter: &Letter, title: &str, lang: Lang) -> Sheet {
    let blank = lang.pick("＿＿＿＿", "____").to_owned();
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| blank.clone());
    let both = |one: &Option<String>, two: &Option<String>| {
        let parts: Vec<String> = [one, two].into_iter().flatten().cloned().collect();
        if parts.is_empty() { blank.clone() } else { parts.join("　") }
    };
    let lines = [
        (lang.pick("文書番号", "document number"), text(&view.number)),
        (lang.pick("照会日", "date"), text(&view.date)),
        (lang.pick("宛先", "to"), letter.name.clone()),
        (lang.pick("照会者", "from"), text(&view.sender)),
        (lang.pick("件名", "subject"), text(&view.title)),
        (lang.pick("公告", "public notice"), both(&view.notice_number, &view.notice_date)),
        (lang.pick("実施要領", "guidelines"), both(&view.guidelines, &view.guidelines_version)),
        (lang.pick("回答期限", "answers are due"), both(&view.deadline, &view.deadline_time)),
        (lang.pick("提出先", "where to send"), text(&view.send_to)),
        (lang.pick("提出方法", "how to send"), text(&view.method)),
    ];
    let mut rows = vec![Row::of(vec![Cell::text(title, Style::Title)]), Row::default()];
    rows.extend(
        lines.map(|(label, value)| {
            Row::of(vec![Cell::text(label, Style::Head), Cell::text(value, Style::Text)])
        }),
    );
    rows.push(Row::default());
    let count = letter.items.len();
    let notes = match lang {
        Lang::Ja => vec![
            format!(
                "提出された提案書類について、次のシートの{count}件を照会します。照会の文言は、全ての応札者に共通です。"
            ),
            "色の付いたセルに回答を記入してください。選択肢のあるセルは、選択肢から選んでください。"
                .to_owned(),
            "提案内容の変更・追加は認めません。提案書類に記載のない事項についてお答えください。".to_owned(),
        ],
        Lang::En => vec![
            format!(
                "We ask the {count} questions of the next sheet about the proposal; the wording is the same for every bidder."
            ),
            "Write your answers into the coloured cells; where there are choices, choose one.".to_owned(),
            "Proposals cannot be changed or added to. Answer what the proposal leaves open.".to_owned(),
        ],
    };
    let first = rows.len();
    rows.extend(
        notes.into_iter().map(|note| Row::of(vec![Cell::text(note, Style::Note), Cell::blank(Style::Note)])),
    );
    let area = |row: usize| {
        let row = u32::try_from(row).unwrap_or_default();
        Area { first: (row, 0), last: (row, 1) }
    };
    Sheet {
        name: lang.pick("照会書", "letter").to_owned(),
        columns: vec![Column::wide(18.0), Column::wide(72.0)],
        merged: (first..rows.len()).map(area).collect(),
        rows,
        page: page(Paper::A4, false, lang),
        tab: Some(Colour::Grey),
        protected: true,
        ..Sheet::default()
    }
}

fn page(paper: Paper, landscape: bool, lang: Lang) -> Page {
    let header =
        [lang.pick("提案内容に関する照会書", "Inquiry about the proposal").to_owned(), String::new()];
    let footer = lang.pick("提案内容の変更・追加は認めない", "Proposals cannot be changed or added to");
    Page { paper, landscape, header, footer: footer.to_owned() }
}

fn items(letter: &Letter, lang: Lang) -> Sheet {
    let head = COLUMNS.map(|column| column.title(lang));
    let title = Cell::text(lang.pick("照会事項及び回答", "questions and answers"), Style::Title);
    let mut rows = vec![
        Row::of(vec![Cell::text(FRAME, Style::Key), title]),
        Row::hidden(COLUMNS.map(|column| Cell::text(column.word(), Style::Key)).to_vec()),
        Row::of(
            head.map(|title| {
                if title == QUESTIONS {
                    Cell::text(FRAME, Style::Key)
                } else {
                    Cell::text(title, Style::Head)
                }
            })
            .to_vec(),
        ),
    ];
    let mut checks = Vec::new();
    for item in &letter.items {
        rows.push(question(item));
        for (at, ask) in item.asks.iter().enumerate() {
            let row = u32::try_from(rows.len()).unwrap_or_default();
            checks.extend(check(ask, row, lang).filter(|_| ask.same_as.is_none()));
            rows.push(answer(item, at, ask, lang));
        }
    }
    let last = u32::try_from(rows.len().saturating_sub(1)).unwrap_or_default();
    let width = u16::try_from(COLUMNS.len().saturating_sub(1)).unwrap_or_default();
    Sheet {
        name: lang.pick("照会事項", "questions").to_owned(),
        columns: COLUMNS
            .map(|column| if column.is_hidden() { Column::hidden() } else { Column::wide(column.width()) })
            .to_vec(),
        rows,
        frozen: (3, 2),
        filter: Some(Area { first: (2, 1), last: (last, width) }),
        repeated_rows: Some(3),
        page: page(Paper::A4, true, lang),
        tab: Some(Colour::Yellow),
        checks,
        protected: true,
        ..Sheet::default()
    }
}

/// The row that asks; the answers stand in the rows below it.
fn question(item: &Item) -> Row {
    let cell = |column: &Key| match column {
        Key::Row => Cell::text(FRAME, Style::Key),
        Key::Number => Cell::text(item.number.to_string(), Style::Group),
        Key::Requirement => {
            Cell::text(format!("{} {}（{}）", item.policy, item.title, item.class_title), Style::Group)
        }
        Key::Target => Cell::text(item.target_title.clone().unwrap_or_default(), Style::Group),
        Key::Place => Cell::text(item.place.clone().unwrap_or_default(), Style::Group),
        Key::Question => Cell::text(format!("【{}】{}", item.kind_title, item.question), Style::Group),
        _ => Cell::blank(Style::Group),
    };
    Row::of(COLUMNS.iter().map(cell).collect())
}

fn answer(item: &Item, at: usize, ask: &Ask, lang: Lang) -> Row {
    let number = format!("{}-{}", item.number, at + 1);
    let detail = ask.detail.as_ref().map(|detail| format!("：{detail}")).unwrap_or_default();
    let cell = |column: &Key| match column {
        Key::Row if ask.same_as.is_some() => Cell::text(FRAME, Style::Key),
        Key::Row => Cell::text(format!("{ASK}{number}"), Style::Key),
        Key::Number => Cell::text(&number, Style::Word),
        Key::Question => Cell::text(format!("{}（{}{detail}）", ask.title, ask.reason), Style::Text),
        Key::Form => match (&ask.same_as, lang) {
            (Some(number), Lang::Ja) => Cell::text(format!("番号{number}の回答による"), Style::Note),
            (Some(number), Lang::En) => Cell::text(format!("see number {number}"), Style::Note),
            (None, _) => Cell::text(ask.form.clone().unwrap_or_default(), Style::Note),
        },
        Key::Answer | Key::Paper | Key::Page | Key::Responder | Key::Date if ask.same_as.is_some() => {
            Cell::blank(Style::Locked)
        }
        Key::Fact if ask.same_as.is_some() => Cell::blank(Style::Key),
        Key::Answer | Key::Paper | Key::Page | Key::Responder | Key::Date => Cell::blank(Style::Input),
        Key::Fact => Cell::text(ask.fact.clone().unwrap_or_default(), Style::Key),
        Key::Policy => Cell::text(&item.policy, Style::Key),
        Key::TargetPath => Cell::text(&item.target, Style::Key),
        _ => Cell::blank(Style::Text),
    };
    Row::of(COLUMNS.iter().map(cell).collect())
}

fn check(ask: &Ask, row: u32, lang: Lang) -> Option<Check> {
    let column = COLUMNS.iter().position(|column| *column == Key::Answer)?;
    let area = Area::cell(row, u16::try_from(column).ok()?);
    let prompt = ask.form.clone();
    let allowed = match ask.choices.is_empty() {
        true => Allowed::Anything,
        false => Allowed::Words(ask.choices.clone()),
    };
    let prompt = prompt.map(|form| match lang {
        Lang::Ja => format!("記入：{form}"),
        Lang::En => format!("write: {form}"),
    });
    (prompt.is_some() || !ask.choices.is_empty()).then_some(Check { area, allowed, prompt, strict: false })
}

/// What the program needs to tell whose answers these are, and about which bid.
fn meta(view: &InquiryView, letter: &Letter) -> Sheet {
    let line =
        |key: &str, value: &str| Row::of(vec![Cell::text(key, Style::Key), Cell::text(value, Style::Key)]);
    let mut rows = vec![line(LETTER, "value"), line("tender", &view.tender), line("bidder", &letter.id)];
    rows.extend(view.number.as_deref().map(|number| line("number", number)));
    rows.extend(view.date_plain.as_deref().map(|date| line("date", date)));
    rows.extend(letter.bid.iter().map(|file| {
        Row::of(vec![
            Cell::text(format!("{BID}{}", file.file), Style::Key),
            Cell::text(&file.sha256, Style::Key),
        ])
    }));
    Sheet { name: META.to_owned(), rows, hidden: true, ..Sheet::default() }
}
