//! How the words of a cell are read, by what the field holds. What can mean two things is not read.

mod date;
mod number;

use unicode_normalization::UnicodeNormalization;

use date::date;
use number::number;

use super::unread::{About, Why};
use crate::lang::Lang;
use crate::load::fold::PLACEHOLDERS;
use crate::load::workbook::{Cell, Value};
use crate::register::draft::Written;
use crate::schema::{Field, Shape};
use crate::tender::offer;
use crate::wording::{KANJI_DIGITS, counts};

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A value of the field.
    Value(Written),
    /// A term in words, where the field is a number.
    Wording(String),
    /// A word that says that nothing is stated yet.
    Placeholder(String),
}

/// The words for yes and for no, besides what the field itself calls them. ◎ and △ are none of them: they
/// say how well something is met.
const YES: [&str; 14] =
    ["はい", "有", "有り", "あり", "○", "〇", "◯", "✓", "✔", "☑", "レ", "yes", "true", "真"];
const NO: [&str; 12] = ["いいえ", "無", "無し", "なし", "×", "✕", "✖", "✗", "☒", "no", "false", "偽"];

/// The words for each answer to a requirement, besides its title. The signs are those of the table of marks.
const DELIVERY: [(&str, &[&str]); 4] = [
    ("existing", &["◎", "対応済", "標準対応", "標準機能で対応", "標準で対応"]),
    ("option", &["オプション", "オプション対応", "別料金", "有償オプション"]),
    ("alternative", &["代替案", "代替", "代替対応", "代替運用", "代替手段で対応"]),
    ("none", &["×", "✕", "✖", "不可", "対応不可能", "対応できない", "対応できません", "対応なし", "非対応"]),
];
/// Words that promise without saying that it is there: the stricter of what they can mean.
const CAPABLE: [&str; 9] = ["○", "〇", "◯", "対応可", "対応可能", "対応します", "対応予定", "可", "可能"];
const AMBIGUOUS: [&str; 3] = ["△", "▲", "▵"];

/// The words that say that a list is empty.
const NOTHING: [&str; 4] = ["なし", "該当なし", "無し", "none"];

/// What a cell says of a field; `None` where it is blank.
///
/// # Errors
/// Why it cannot be read.
pub fn read(cell: Option<&Cell>, field: Field) -> Result<Option<Said>, Why> {
    let Some(cell) = cell else { return Ok(None) };
    let Some(text) = written(cell)? else { return Ok(None) };
    let bare = text.trim();
    if PLACEHOLDERS.contains(&bare) {
        return Ok(Some(Said::Placeholder(bare.to_owned())));
    }
    let value = match field.shape() {
        Shape::Bool => truth(cell, field, bare).map(Written::Bool)?,
        Shape::Int | Shape::Number => match (number(cell, field, bare), field.wording()) {
            (Ok(number), _) => number,
            (Err(_), Some(_)) if is_wording(bare) => return Ok(Some(Said::Wording(bare.to_owned()))),
            (Err(why), _) => return Err(why),
        },
        Shape::Date => Written::Text(date(cell, bare)?),
        Shape::Enum => Written::Text(one_of(field, bare)?.to_owned()),
        Shape::List => list(field, &text)?,
        Shape::Text => Written::Text(bare.to_owned()),
        Shape::Object => return Err(Why::NoInput),
    };
    Ok(Some(Said::Value(value)))
}

/// What a cell says of how a requirement is delivered, and whether that is the stricter reading of a word.
///
/// # Errors
/// Why it cannot be read.
pub fn delivery(cell: Option<&Cell>) -> Result<Option<(Said, Option<About>)>, Why> {
    let Some(field) = offer::field("delivery") else { return Ok(None) };
    let text = match cell.map(written).transpose()?.flatten() {
        Some(text) => alike(&text),
        None => return Ok(None),
    };
    let value = |word: &str| Said::Value(Written::Text(word.to_owned()));
    let named = |words: &[&str]| words.iter().any(|word| alike(word) == text);
    if let Some((word, _)) = DELIVERY.iter().find(|(_, words)| named(words)) {
        return Ok(Some((value(word), None)));
    }
    if named(&CAPABLE) {
        return Ok(Some((value("by_start"), Some(About::Capable))));
    }
    if named(&AMBIGUOUS) {
        return Err(Why::Ambiguous);
    }
    Ok(read(cell, field)?.map(|said| (said, None)))
}

/// The text of a cell as it is shown; `None` where it is blank.
///
/// # Errors
/// A formula, an error, a time.
pub fn written(cell: &Cell) -> Result<Option<String>, Why> {
    if cell.formula {
        return Err(Why::Formula);
    }
    Ok(match &cell.value {
        Value::Nothing => None,
        Value::Text(text) if text.trim().is_empty() => None,
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Value::Date(day) => Some(day.format("%Y-%m-%d").to_string()),
        Value::Time(_) => return Err(Why::Time),
        Value::Error(_) => return Err(Why::CellError),
    })
}

/// What stands in a cell, for messages.
pub fn shown(cell: &Cell) -> String {
    match &cell.value {
        Value::Error(error) => error.clone(),
        Value::Time(time) => time.clone(),
        Value::Nothing => String::new(),
        _ => written(&Cell { formula: false, ..cell.clone() }).ok().flatten().unwrap_or_default(),
    }
}

fn truth(cell: &Cell, field: Field, text: &str) -> Result<bool, Why> {
    if let Value::Bool(truth) = cell.value {
        return Ok(truth);
    }
    let text = alike(text);
    let called = |word: &str| {
        let labels = [Lang::Ja, Lang::En].into_iter().filter_map(|lang| field.label(word, lang));
        labels.map(alike).any(|label| label == text)
    };
    let among = |words: &[&str]| words.iter().any(|word| alike(word) == text);
    match (called("true") || among(&YES), called("false") || among(&NO)) {
        (true, false) => Ok(true),
        (false, true) => Ok(false),
        _ => Err(Why::YesNo),
    }
}

/// Whether a text can be a term without a number: 直ちに, but no yes or no, no sign, and nothing with a digit.
fn is_wording(text: &str) -> bool {
    let bare = alike(text);
    let answers = YES.iter().chain(&NO).chain(&CAPABLE).chain(&AMBIGUOUS).chain(&NOTHING).copied();
    let answers = answers.chain(DELIVERY.iter().flat_map(|(_, words)| words.iter().copied()));
    let letters = bare.chars().any(char::is_alphabetic);
    let digit = |c: char| c.is_numeric() && !KANJI_DIGITS.contains(c);
    letters && !bare.contains(digit) && !counts(&bare) && answers.map(alike).all(|word| word != bare)
}

/// The word of an enum.
fn one_of(field: Field, text: &str) -> Result<&'static str, Why> {
    let wanted = alike(text);
    let called = |word: &&str| {
        let labels = [Lang::Ja, Lang::En].into_iter().filter_map(|lang| field.label(word, lang));
        labels.chain([*word]).any(|name| alike(name) == wanted)
    };
    let found: Vec<&'static str> = field.words().filter(called).collect();
    match found[..] {
        [word] => Ok(word),
        _ => Err(Why::Words(
            field.words().map(|word| field.label(word, Lang::Ja).unwrap_or(word).to_owned()).collect(),
        )),
    }
}

/// Words with 、 or line ends between them.
fn list(field: Field, text: &str) -> Result<Written, Why> {
    let Some(inner) = field.items() else { return Err(Why::NoInput) };
    let lines = text.contains('\n');
    let between = |c: char| if lines { c == '\n' } else { matches!(c, '、' | '，' | ',' | '；' | ';') };
    let words: Vec<&str> = text.split(between).map(str::trim).filter(|word| !word.is_empty()).collect();
    if let [word] = words[..]
        && NOTHING.iter().any(|nothing| alike(nothing) == alike(word))
        && !inner.words().any(|known| known == "none")
    {
        return Ok(Written::List(Vec::new()));
    }
    let item = |word: &str| match inner.shape() {
        Shape::Enum => one_of(inner, word).map(|word| Written::Text(word.to_owned())),
        _ => Ok(Written::Text(word.to_owned())),
    };
    words.into_iter().map(item).collect::<Result<Vec<_>, _>>().map(Written::List)
}

/// A text as words are compared: width, case and spaces make no difference.
fn alike(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Whether a text says that a list is empty, or ticks the box that says so.
pub fn ticks(cell: &Cell) -> Result<bool, Why> {
    let Some(text) = written(cell)? else { return Ok(false) };
    let bare = alike(&text);
    let among = |words: &[&str]| words.iter().any(|word| alike(word) == bare);
    match (among(&YES) || bare == "該当なし", among(&["いいえ", "×", "no", "false"])) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        // なし: no items, or not none?
        _ => Err(Why::YesNo),
    }
}

/// How a value is shown in a cell, such that it is read as the same value.
pub fn show(value: &Written, field: Field, lang: Lang) -> Option<String> {
    Some(match (value, field.shape()) {
        (Written::Bool(truth), _) => yes_no(field, *truth, lang).to_owned(),
        (Written::Int(number), _) => number.to_string(),
        (Written::Number(number), _) => number.to_string(),
        (Written::Text(word), Shape::Enum) => field.label(word, lang).unwrap_or(word).to_owned(),
        (Written::Text(text), _) => text.clone(),
        (Written::List(items), _) => return shown_list(items, field.items()?, lang),
        (Written::Blank | Written::Section(_), _) => return None,
    })
}

fn shown_list(items: &[Written], inner: Field, lang: Lang) -> Option<String> {
    if items.is_empty() {
        return Some(lang.pick("なし", "none").to_owned());
    }
    let words = items.iter().map(|item| show(item, inner, lang)).collect::<Option<Vec<_>>>()?;
    let inside = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';');
    Some(match words.iter().any(|word| word.contains(inside)) {
        true => words.iter().map(|word| format!("{word}\n")).collect(),
        false => words.join("、"),
    })
}

/// What yes and no are called in a field's cell.
pub fn yes_no(field: Field, truth: bool, lang: Lang) -> &'static str {
    let word = if truth { "true" } else { "false" };
    let plain = if truth { lang.pick("はい", "yes") } else { lang.pick("いいえ", "no") };
    field.label(word, lang).unwrap_or(plain)
}
