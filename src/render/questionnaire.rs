//! The answer sheet (要件適合表) as a workbook: how to fill it in, the requirements with the facts that they
//! need, and a sheet for each list.

mod guide;
mod list;

use super::workbook::{
    Allowed, Area, Cell, Check, Colour, Column, Page, Paper, Row, Sheet, Style, Value, Workbook, free_name,
};
use crate::lang::Lang;
use crate::questionnaire::filled::{Entry, Filled, Told};
use crate::questionnaire::form::{Ask, Fact, Form, Requirement};
use crate::questionnaire::key::{self, Column as Key};
use crate::questionnaire::word;
use crate::register::draft::Written;
use crate::schema::{Field, Shape};
use crate::tender::offer::{self, Delivery, How};

/// What the sheet of requirements is called.
pub fn title(lang: Lang) -> &'static str {
    lang.pick("要件適合表", "requirements")
}

/// The workbook of a form, with what is answered already.
pub fn workbook(form: &Form, filled: &Filled, lang: Lang) -> Workbook {
    let subject = form.tender.as_ref().map(|(_, subject)| subject.clone()).unwrap_or_default();
    let names = names(form, lang);
    let taken = |at: usize| Sheets { form, filled, lang, subject: &subject, names: &names, at };
    let mut sheets = vec![guide::sheet(&taken(0)), requirements(&taken(0))];
    sheets.extend((0..form.lists.len()).map(|at| list::sheet(&taken(at))));
    sheets.push(particulars(form, filled, lang));
    Workbook { title: title(lang).to_owned(), subject: subject.clone(), sheets }
}

/// What the sheets are made from.
struct Sheets<'f> {
    form: &'f Form,
    filled: &'f Filled,
    lang: Lang,
    subject: &'f str,
    /// The names of the lists' sheets.
    names: &'f [String],
    /// Which list it is about.
    at: usize,
}

/// The names of the lists' sheets.
fn names(form: &Form, lang: Lang) -> Vec<String> {
    let mut names: Vec<String> =
        vec![title(lang).to_owned(), guide::title(lang).to_owned(), "_form".to_owned()];
    for list in &form.lists {
        let taken: Vec<&str> = names.iter().map(String::as_str).collect();
        names.push(free_name(list.field.title(lang), &taken));
    }
    names.split_off(3)
}

fn page(sheets: &Sheets<'_>) -> Page {
    Page {
        paper: Paper::A3,
        landscape: true,
        header: [sheets.subject.to_owned(), title(sheets.lang).to_owned()],
        footer: String::new(),
    }
}

/// The head of each column, and its width.
fn head(column: Key, lang: Lang) -> (&'static str, f64) {
    let (ja, en, width) = match column {
        Key::Key => ("", "", 8.0),
        Key::Number => ("番号", "no.", 7.0),
        Key::Family => ("分野", "family", 16.0),
        Key::Requirement => ("要件・記載事項", "requirement or fact", 56.0),
        Key::Class => ("必須・任意", "class", 11.0),
        Key::Points => ("配点", "points", 7.0),
        Key::Answer => ("回答", "answer", 26.0),
        Key::Unit => ("単位", "unit", 9.0),
        Key::How => ("対応方法", "how", 14.0),
        Key::Cost => ("追加費用（円）", "extra cost (yen)", 13.0),
        Key::By => ("対応時期", "when", 14.0),
        Key::Page => ("提案書の頁", "page", 10.0),
        Key::Paper => ("根拠資料", "paper", 18.0),
        Key::Remark => ("備考", "remark", 28.0),
        Key::Example => ("記入できる語・記入例", "words and examples", 34.0),
        Key::Check => ("発注者確認欄", "client's check", 13.0),
    };
    (lang.pick(ja, en), width)
}

fn requirements(sheets: &Sheets<'_>) -> Sheet {
    let lang = sheets.lang;
    let mut rows = vec![Row::hidden(Key::ALL.iter().map(|key| Cell::text(key.word(), Style::Key)).collect())];
    let framed =
        |text: &str, style| Row::of(vec![Cell::text(key::FRAME, Style::Key), Cell::text(text, style)]);
    rows.push(framed(title(lang), Style::Title));
    if !sheets.subject.is_empty() {
        rows.push(framed(sheets.subject, Style::Plain));
    }
    rows.push(framed(
        lang.pick(
            "着色した欄に記入してください。記入の方法は「記入要領」のシートにあります。",
            "Fill in the coloured cells; the first sheet says how.",
        ),
        Style::Plain,
    ));
    let heads = Key::ALL.iter().map(|key| match key {
        Key::Key => Cell::text(key::FRAME, Style::Key),
        key => Cell::text(head(*key, lang).0, Style::Head),
    });
    rows.push(Row::of(heads.collect()));
    let top = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let (mut merged, mut checks) = (Vec::new(), Vec::new());
    for group in &sheets.form.groups {
        let at = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut cells =
            vec![Cell::text(key::FRAME, Style::Key), Cell::text(group.title.as_str(), Style::Group)];
        cells.extend(Key::ALL.iter().skip(2).map(|_| Cell::blank(Style::Group)));
        rows.push(Row::of(cells));
        merged.push(Area { first: (at, 1), last: (at, last_column()) });
        for ask in &group.rows {
            let at = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            match ask {
                Ask::Requirement(asked) => {
                    rows.push(requirement(asked, sheets));
                    checks.extend(requirement_checks(at, lang));
                }
                Ask::Fact(fact) => {
                    rows.push(fact_row(fact, sheets.filled.facts.get(&fact.path), lang));
                    checks.extend(check(Area::cell(at, Key::Answer as u16), fact.field, lang));
                }
            }
        }
    }
    let columns = Key::ALL.iter().map(|key| Column { width: head(*key, lang).1, hidden: *key == Key::Key });
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_sub(1);
    Sheet {
        name: title(lang).to_owned(),
        columns: columns.collect(),
        rows,
        merged,
        frozen: (top, Key::Class as u16),
        filter: Some(Area { first: (top - 1, 1), last: (last, last_column()) }),
        repeated_rows: Some(top),
        page: page(sheets),
        tab: Some(Colour::Yellow),
        checks,
        protected: true,
        ..Sheet::default()
    }
}

fn last_column() -> u16 {
    Key::Check as u16
}

fn requirement(asked: &Requirement, sheets: &Sheets<'_>) -> Row {
    let lang = sheets.lang;
    let told = sheets.filled.requirements.get(&asked.policy);
    let entry = |name: &str| {
        let field = offer::field(name);
        let told = told.and_then(|told| told.get(name)).zip(field);
        input(told, field.map(Field::shape), lang)
    };
    let class = asked.rule.map(|rule| rule.class.title(lang)).unwrap_or_default();
    let points = asked.rule.and_then(|rule| rule.points);
    let cells = Key::ALL.iter().map(|key| match key {
        Key::Key => Cell::text(format!("{}{}", key::POLICY, asked.policy), Style::Key),
        Key::Number => Cell::text(asked.number.as_str(), Style::Word),
        Key::Family => Cell::text(asked.family.as_str(), Style::Text),
        Key::Requirement => Cell::text(demanded(asked, sheets), Style::Text),
        Key::Class => Cell::text(class, Style::Word),
        Key::Points => {
            points.map_or(Cell::blank(Style::Number), |points| Cell::number(points, Style::Number))
        }
        Key::Answer => entry("delivery"),
        Key::Unit => Cell::blank(Style::Locked),
        Key::How => entry("how"),
        Key::Cost => entry("extra_cost_yen"),
        Key::By => entry("by"),
        Key::Page => entry("page"),
        Key::Paper => entry("paper"),
        Key::Remark => entry("remark"),
        Key::Example => {
            let words = Delivery::ALL.map(|delivery| delivery.title(lang)).join(between(lang));
            Cell::text(words, Style::Note)
        }
        Key::Check => Cell::blank(Style::Text),
    });
    Row::of(cells.collect())
}

/// What a requirement says, and where else its facts are asked.
fn demanded(asked: &Requirement, sheets: &Sheets<'_>) -> String {
    let lang = sheets.lang;
    let Some(file) = &asked.file else { return asked.policy.clone() };
    let mut text =
        format!("【{}】{}\n{}", asked.policy, file.title.get(lang), file.question.get(lang).trim());
    let lists = asked.lists.iter().filter_map(|at| sheets.names.get(*at));
    let lists = lists.map(|name| match lang {
        Lang::Ja => format!("シート「{name}」"),
        Lang::En => format!("sheet \"{name}\""),
    });
    let rows = (!asked.rows.is_empty()).then(|| match lang {
        Lang::Ja => format!("番号{}", asked.rows.join("、")),
        Lang::En => format!("rows {}", asked.rows.join(", ")),
    });
    let places: Vec<String> = rows.into_iter().chain(lists).collect();
    if !places.is_empty() {
        text += &match lang {
            Lang::Ja => format!("\n（{}の記載事項にもよる。）", places.join("、")),
            Lang::En => format!("\n(See also {}.)", places.join(", ")),
        };
    }
    text
}

fn requirement_checks(at: u32, lang: Lang) -> Vec<Check> {
    let words = |key: Key, words: Vec<&str>| Check {
        area: Area::cell(at, key as u16),
        allowed: Allowed::Words(words.into_iter().map(str::to_owned).collect()),
        prompt: None,
        strict: false,
    };
    vec![
        words(Key::Answer, Delivery::ALL.iter().map(|delivery| delivery.title(lang)).collect()),
        words(
            Key::How,
            [How::Standard, How::Setting, How::Customise, How::Operation, How::None]
                .iter()
                .map(|how| how.title(lang))
                .collect(),
        ),
    ]
}

fn fact_row(fact: &Fact, told: Option<&Entry>, lang: Lang) -> Row {
    let field = fact.field;
    let answer = told.and_then(|told| told.told.as_ref()).map(|told| (told, field));
    let text = |text: Option<&String>| {
        text.map_or(Cell::blank(Style::Input), |text| Cell::text(text.as_str(), Style::Input))
    };
    let cells = Key::ALL.iter().map(|key| match key {
        Key::Key => Cell::text(format!("{}{}", key::FACT, fact.path), Style::Key),
        Key::Number => Cell::text(fact.number.as_str(), Style::Word),
        Key::Family => Cell::text(lang.pick("　（記載事項）", "  (fact)"), Style::Note),
        Key::Requirement => Cell::text(asked(field, lang), Style::Text),
        Key::Answer => input(answer, Some(field.shape()), lang),
        Key::Unit => Cell::text(unit(field, lang), Style::Word),
        Key::Page => match told.and_then(|told| told.page) {
            Some(page) => Cell::number(page as f64, Style::InputNumber),
            None => Cell::blank(Style::InputNumber),
        },
        Key::Remark => text(told.and_then(|told| told.remark.as_ref())),
        Key::Example => Cell::text(example(field, lang), Style::Note),
        Key::Class | Key::Points | Key::Check => Cell::blank(Style::Text),
        Key::How | Key::Cost | Key::By | Key::Paper => Cell::blank(Style::Locked),
    });
    Row::of(cells.collect())
}

/// A cell to fill in, with what is answered already.
fn input(told: Option<(&Told, Field)>, shape: Option<Shape>, lang: Lang) -> Cell {
    let number = matches!(shape, Some(Shape::Int | Shape::Number));
    let style = if number { Style::InputNumber } else { Style::Input };
    let value = match told {
        Some((Told::Value(Written::Int(number)), _)) if number.unsigned_abs() < (1 << 53) => {
            Value::Number(*number as f64)
        }
        Some((Told::Value(Written::Number(number)), _)) => Value::Number(*number),
        Some((Told::Value(value), field)) => word::show(value, field, lang).map_or(Value::Blank, Value::Text),
        Some((Told::Words(words), _)) => Value::Text(words.clone()),
        None => Value::Blank,
    };
    Cell { value, style }
}

/// What a fact's row asks.
fn asked(field: Field, lang: Lang) -> String {
    format!("{}\n{}", field.title(lang), told(field, lang)).trim().to_owned()
}

/// What to write, without what is only said of documents in YAML.
fn told(field: Field, lang: Lang) -> String {
    let description = field.description(lang).unwrap_or_default();
    let first = |end: &str| description.split_inclusive(end).next().unwrap_or_default();
    let told = match (field.shape(), lang) {
        (Shape::Bool | Shape::List | Shape::Enum, Lang::Ja) => first("。"),
        (Shape::Bool | Shape::List | Shape::Enum, Lang::En) => first(". "),
        _ => description,
    };
    let told = told.replace("引用符で囲んで", "").replace("（引用符で囲む）", "").replace(", in quotes", "");
    let brackets = [("（", "）"), (" (", ")")];
    brackets.iter().fold(told, |told, (open, close)| without_empty_list(&told, open, close)).trim().to_owned()
}

/// A text without what stands in brackets on how an empty list is written.
fn without_empty_list(text: &str, open: &str, close: &str) -> String {
    let Some(at) = text.find("空の一覧").or_else(|| text.find("empty list")) else {
        return text.to_owned();
    };
    let (Some(from), Some(to)) = (text[..at].rfind(open), text[at..].find(close)) else {
        return text.to_owned();
    };
    format!("{}{}", &text[..from], &text[at + to + close.len()..])
}

fn unit(field: Field, lang: Lang) -> String {
    field.unit().map(|unit| unit.with("", lang).trim().to_owned()).unwrap_or_default()
}

/// The words that can be written, or an example.
fn example(field: Field, lang: Lang) -> String {
    let words = |field: Field| {
        let words = field.words().map(|word| field.label(word, lang).unwrap_or(word));
        words.collect::<Vec<_>>().join(between(lang))
    };
    match field.shape() {
        Shape::Bool => {
            format!(
                "{}{}{}",
                word::yes_no(field, true, lang),
                between(lang),
                word::yes_no(field, false, lang)
            )
        }
        Shape::Enum => words(field),
        Shape::Date => lang.pick("例　令和9年4月1日、2027-04-01", "for example 2027-04-01").to_owned(),
        Shape::Int | Shape::Number if field.wording().is_some() => lang
            .pick(
                "数。数で定めないときは、「直ちに」等の文言",
                "a number; where there is none, the wording (such as 直ちに)",
            )
            .to_owned(),
        Shape::Int | Shape::Number => lang.pick("数", "a number").to_owned(),
        Shape::List => match field.items().filter(|item| item.shape() == Shape::Enum) {
            Some(item) => format!(
                "{}\n{}",
                lang.pick(
                    "該当するものを全て「、」で区切って。ないときは「なし」",
                    "all that apply, with commas; none if so"
                ),
                words(item)
            ),
            None => lang.pick("「、」で区切って。ないときは「なし」", "with commas; none if so").to_owned(),
        },
        Shape::Text | Shape::Object => field
            .example()
            .map(|example| match lang {
                Lang::Ja => format!("例　{}", bare(example)),
                Lang::En => format!("for example {}", bare(example)),
            })
            .unwrap_or_default(),
    }
}

/// An example without the quotes that the documents need.
fn bare(example: &str) -> &str {
    example.trim_matches(['"', '\''])
}

fn between(lang: Lang) -> &'static str {
    lang.pick("／", " / ")
}

/// What may be entered for a field.
fn check(area: Area, field: Field, lang: Lang) -> Option<Check> {
    let words = match field.shape() {
        Shape::Bool => vec![word::yes_no(field, true, lang), word::yes_no(field, false, lang)],
        Shape::Enum => field.words().map(|word| field.label(word, lang).unwrap_or(word)).collect(),
        _ => return None,
    };
    let words = words.into_iter().map(str::to_owned).collect();
    Some(Check { area, allowed: Allowed::Words(words), prompt: None, strict: false })
}

/// What the program knows the form by.
fn particulars(form: &Form, filled: &Filled, lang: Lang) -> Sheet {
    let (tender, _) = form.tender.clone().unwrap_or_default();
    let pairs = [
        ("tender", tender.as_str()),
        ("profile", &form.profile),
        ("library", &form.library),
        ("lang", lang.code()),
        // The id of the bid is its folder's name; a system that has another keeps it.
        ("system", filled.system.as_deref().filter(|_| filled.system != filled.offer).unwrap_or_default()),
    ];
    let row =
        |name: &str, value: &str| Row::of(vec![Cell::text(name, Style::Key), Cell::text(value, Style::Key)]);
    let rows =
        std::iter::once(row(key::FORM, "value")).chain(pairs.iter().map(|(name, value)| row(name, value)));
    Sheet { name: "_form".to_owned(), rows: rows.collect(), hidden: true, ..Sheet::default() }
}
