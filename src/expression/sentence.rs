//! Checked expressions, values and facts as ordinary sentences, for readers who are no programmers.
//!
//! An expression first becomes a [`Claim`]: negations are pushed to the leaves, chains of `&&` and
//! `||` are flattened. Then each language writes the claim in its own way: Japanese inflects the
//! end of each part, English changes the verb. Fields appear by their titles in the schemas; a
//! boolean field's title is a noun phrase, and `true` says that there is such a thing (…がある).

use super::typed::{Arithmetic, Comparison, Constant, Expression, Kind, Quantifier, Root, TextTest};
use super::types::Type;
use crate::date::Period;
use crate::lang::Lang;
use crate::load::tree::{Data, Node};
use crate::schema::{Field, Shape, Unit};
use crate::stage::Stage;

/// What a clause demands: `返還・消去の期限が30日以下であること`, `the deadline ... is at most 30 days`.
/// The binder's name in the policy is not needed: its items are called by their title (当該…).
pub fn wanted(expression: &Expression, _binder: Option<&str>, lang: Lang) -> String {
    let claim = claim_of(expression, false, true);
    match lang {
        Lang::Ja => Writer::new(lang).ja(&claim, Form::Koto),
        Lang::En => Writer::new(lang).en(&claim),
    }
}

/// When a clause or a policy counts: `個人情報の取扱いがある場合`, `where there is handling of personal data`.
pub fn condition(expression: &Expression, lang: Lang) -> String {
    let claim = claim_of(expression, false, false);
    match lang {
        Lang::Ja => Writer::new(lang).ja(&claim, Form::Baai),
        Lang::En => {
            let text = Writer::new(lang).en(&claim);
            let pause = if text.starts_with("for ") || text.starts_with("where ") { "," } else { "" };
            format!("where{pause} {text}")
        }
    }
}

/// A literal or a parameter's value with its unit (30日, 30 days) or its label. `ty` is the type of
/// the value, or of the field that it is compared with; that of a list may be the type of its items.
pub fn constant(value: &Constant, ty: &Type, lang: Lang) -> String {
    match value {
        Constant::Bool(truth) => truth_word(*truth, lang).to_owned(),
        Constant::Int(number) => amount(number, ty.unit(), lang),
        Constant::Number(number) => amount(number, ty.unit(), lang),
        Constant::Text(text) => word(text, ty, lang).to_owned(),
        Constant::Date(date) => date.shown(lang),
        Constant::Days(days) => Unit::Days.with(days, lang),
        Constant::List(items) if items.is_empty() => empty_list(lang).to_owned(),
        Constant::List(items) => {
            let items: Vec<_> = items.iter().map(|item| constant(item, item_type(ty), lang)).collect();
            items.join(lang.pick("、", ", "))
        }
    }
}

/// A stated value as it stands after `title：`. Texts come back as written: they are untrusted, and
/// escaping them is for the format that prints them. What is no value says so, with the words that
/// stand instead of one.
pub fn fact(field: Field, node: &Node, lang: Lang) -> String {
    match &node.data {
        Data::Null => no_value(field, node, lang),
        Data::Bool(truth) => truth_word(*truth, lang).to_owned(),
        Data::Int(number) => amount(number, field.unit(), lang),
        Data::Number(number) => amount(number, field.unit(), lang),
        Data::Text(text) => written(field, text, lang),
        Data::List(items) if items.is_empty() => empty_list(lang).to_owned(),
        Data::List(items) => {
            let of = field.items().unwrap_or(field);
            let items: Vec<_> = items.iter().map(|item| fact(of, item, lang)).collect();
            items.join(lang.pick("、", ", "))
        }
        Data::Map(map) => {
            let text = |key: &str| map.get(key).and_then(Node::as_text);
            match (text("name"), text("id")) {
                (Some(name), Some(id)) => paired(name, id, lang),
                (Some(text), None) | (None, Some(text)) => text.to_owned(),
                (None, None) => lang.pick("記載あり", "stated").to_owned(),
            }
        }
    }
}

fn no_value(field: Field, node: &Node, lang: Lang) -> String {
    if let Some(word) = node.placeholder() {
        return paired(lang.pick("記載なし", "not stated"), word, lang);
    }
    match node.conflict() {
        [] => lang.pick("記載なし", "not stated").to_owned(),
        values => {
            let values: Vec<_> = values.iter().map(|value| fact(field, value, lang)).collect();
            let values = values.join(lang.pick("／", " / "));
            paired(lang.pick("記載の不一致", "the sources disagree"), &values, lang)
        }
    }
}

fn written(field: Field, text: &str, lang: Lang) -> String {
    match field.shape() {
        Shape::Enum => match field.label(text, lang) {
            Some(label) => paired(label, text, lang),
            None => text.to_owned(),
        },
        Shape::Date => Period::parse(text).map_or_else(|| text.to_owned(), |date| date.shown(lang)),
        _ => text.to_owned(),
    }
}

fn paired(text: &str, aside: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{text}（{aside}）"),
        Lang::En => format!("{text} ({aside})"),
    }
}

fn empty_list(lang: Lang) -> &'static str {
    lang.pick("なし（空の一覧）", "none (empty list)")
}

fn truth_word(truth: bool, lang: Lang) -> &'static str {
    if truth { lang.pick("あり", "yes") } else { lang.pick("なし", "no") }
}

fn amount(number: impl std::fmt::Display, unit: Option<Unit>, lang: Lang) -> String {
    match (unit, lang) {
        (Some(Unit::PerYear), Lang::Ja) => format!("年{number}回"),
        (Some(unit), _) => unit.with(number, lang),
        (None, _) => number.to_string(),
    }
}

/// What a word is called: by the label of the enum, by the title of the stage.
fn word<'t>(text: &'t str, ty: &Type, lang: Lang) -> &'t str {
    match ty {
        Type::Enum(field) => field.label(text, lang).unwrap_or(text),
        Type::Stage => Stage::from_word(text).map_or(text, |stage| stage.title(lang)),
        Type::List(item) => word(text, item, lang),
        _ => text,
    }
}

fn item_type(ty: &Type) -> &Type {
    match ty {
        Type::List(item) => item,
        other => other,
    }
}

/// What an expression claims, the same in each language.
enum Claim<'e> {
    /// All of them hold; at least two, none of them `All`.
    All(Vec<Claim<'e>>),
    /// One of them holds; at least two, none of them `Any`.
    Any(Vec<Claim<'e>>),
    /// The second holds where the first does, and where it does not, the third.
    When(Box<Claim<'e>>, Box<Claim<'e>>, Option<Box<Claim<'e>>>),
    /// The claim holds for so many items of a list.
    Each { how: Quantifier, over: &'e Expression, slot: usize, body: Box<Claim<'e>>, negated: bool },
    /// Known words are in a list: all of them, or one; or are not.
    Includes { how: Quantifier, words: &'e Expression, list: &'e Expression, negated: bool },
    /// Anything else, or its opposite.
    Atom(&'e Expression, bool),
}

/// Reads an expression. `implies` turns `!a || b` and `!(a && !b)` into "where a, b", which reads
/// well in a demand and badly in a condition.
fn claim_of(expression: &Expression, negated: bool, implies: bool) -> Claim<'_> {
    let of = |inner, negated| claim_of(inner, negated, implies);
    match &expression.kind {
        Kind::Not(inner) => of(inner, !negated),
        Kind::Or(..) if implies && !negated && is_denial(first_of(expression)) => {
            let mut parts = Vec::new();
            alternatives(expression, &mut parts);
            let rest = parts.iter().skip(1).map(|part| of(part, false)).reduce(|a, b| joined(false, a, b));
            match (parts.first(), rest) {
                (Some(first), Some(rest)) => Claim::When(Box::new(of(first, true)), Box::new(rest), None),
                _ => Claim::Atom(expression, negated),
            }
        }
        Kind::And(a, b) if implies && negated => {
            Claim::When(Box::new(of(a, false)), Box::new(of(b, true)), None)
        }
        Kind::And(a, b) => joined(!negated, of(a, negated), of(b, negated)),
        Kind::Or(a, b) => joined(negated, of(a, negated), of(b, negated)),
        Kind::Choose(test, a, b) => match (truth_of(a), truth_of(b)) {
            (_, Some(truth)) if truth != negated => {
                Claim::When(Box::new(of(test, false)), Box::new(of(a, negated)), None)
            }
            (Some(truth), _) if truth != negated => {
                Claim::When(Box::new(of(test, true)), Box::new(of(b, negated)), None)
            }
            (_, Some(_)) => joined(true, of(test, false), of(a, negated)),
            (Some(_), _) => joined(true, of(test, true), of(b, negated)),
            _ => {
                let other = Some(Box::new(of(b, negated)));
                Claim::When(Box::new(of(test, false)), Box::new(of(a, negated)), other)
            }
        },
        Kind::Compare(how @ (Comparison::Equal | Comparison::NotEqual), a, b) if a.ty == Type::Bool => {
            let differs = *how == Comparison::NotEqual;
            match (truth_of(a), truth_of(b)) {
                (_, Some(truth)) => of(a, negated ^ differs ^ !truth),
                (Some(truth), _) => of(b, negated ^ differs ^ !truth),
                _ => Claim::Atom(expression, negated),
            }
        }
        Kind::Quantify(how, over, slot, body) => quantified(*how, over, *slot, body, negated, implies),
        _ => Claim::Atom(expression, negated),
    }
}

fn quantified<'e>(
    how: Quantifier,
    over: &'e Expression,
    slot: usize,
    body: &'e Expression,
    negated: bool,
    implies: bool,
) -> Claim<'e> {
    let turned = match how {
        Quantifier::All if negated => Quantifier::Exists,
        Quantifier::Exists if negated => Quantifier::All,
        other => other,
    };
    let one = how == Quantifier::ExistsOne;
    if !one && constants(over).is_some() {
        let (body, inner) = match &body.kind {
            Kind::Not(inner) => (&**inner, true),
            _ => (body, false),
        };
        if let Kind::In(item, list) = &body.kind
            && matches!(item.kind, Kind::Variable(known) if known == slot)
            && !list.reads_slot(slot)
        {
            return Claim::Includes { how: turned, words: over, list, negated: inner != negated };
        }
    }
    let body = Box::new(claim_of(body, negated && !one, implies));
    Claim::Each { how: turned, over, slot, body, negated: negated && one }
}

/// The leftmost of a chain of `||`.
fn first_of(expression: &Expression) -> &Expression {
    match &expression.kind {
        Kind::Or(a, _) => first_of(a),
        _ => expression,
    }
}

fn is_denial(expression: &Expression) -> bool {
    matches!(expression.kind, Kind::Not(_) | Kind::Compare(Comparison::NotEqual, ..))
}

/// The parts of a chain of `||`.
fn alternatives<'e>(expression: &'e Expression, parts: &mut Vec<&'e Expression>) {
    match &expression.kind {
        Kind::Or(a, b) => {
            alternatives(a, parts);
            alternatives(b, parts);
        }
        _ => parts.push(expression),
    }
}

fn joined<'e>(all: bool, a: Claim<'e>, b: Claim<'e>) -> Claim<'e> {
    let parts = [a, b].into_iter().flat_map(|part| match part {
        Claim::All(parts) if all => parts,
        Claim::Any(parts) if !all => parts,
        part => vec![part],
    });
    if all { Claim::All(parts.collect()) } else { Claim::Any(parts.collect()) }
}

fn truth_of(expression: &Expression) -> Option<bool> {
    match expression.kind {
        Kind::Constant(Constant::Bool(truth)) | Kind::Parameter(_, Constant::Bool(truth)) => Some(truth),
        _ => None,
    }
}

/// The value of a literal or a parameter.
fn known(expression: &Expression) -> Option<&Constant> {
    match &expression.kind {
        Kind::Constant(value) | Kind::Parameter(_, value) => Some(value),
        _ => None,
    }
}

/// The items of a list that is known when the policy is loaded.
fn constants(list: &Expression) -> Option<Vec<&Constant>> {
    match (&list.kind, known(list)) {
        (_, Some(Constant::List(items))) => Some(items.iter().collect()),
        (Kind::List(items), _) => items.iter().map(known).collect(),
        _ => None,
    }
}

/// Whether a value is no field of a document, so that the other side makes the better subject.
fn is_fixed(expression: &Expression) -> bool {
    let mut reads = false;
    expression.walk(&mut |inner| {
        reads |= matches!(inner.kind, Kind::Select(..) | Kind::Variable(_) | Kind::Stage);
    });
    !reads
}

/// Whether an expression names an item or a document: its id.
fn is_identity(expression: &Expression) -> bool {
    matches!(&expression.kind, Kind::Select(_, selected) if selected.field.name == "id")
}

/// The items of a list of objects.
fn object_items(list: &Expression) -> Option<Field> {
    match item_type(&list.ty) {
        Type::Object(field) => Some(*field),
        _ => None,
    }
}

/// A comparison of which the better subject stands first.
fn oriented<'e>(
    how: Comparison,
    a: &'e Expression,
    b: &'e Expression,
) -> (Comparison, &'e Expression, &'e Expression) {
    let mirrored = match how {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    };
    let weak = |side: &Expression| is_fixed(side) || is_identity(side);
    let swap = (is_fixed(a) && !is_fixed(b)) || (weak(a) && !weak(b));
    if swap { (mirrored, b, a) } else { (how, a, b) }
}

/// The opposite of a comparison.
fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Greater => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

/// How a Japanese clause ends.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// …であること
    Koto,
    /// …である場合
    Baai,
    /// …である, before a noun
    Plain,
    /// …であり, before another clause
    Continuing,
    /// …であるか, before 又は
    Ka,
}

/// The verb at the end of a Japanese clause.
#[derive(Clone, Copy, PartialEq)]
enum Verb {
    Aru,
    Dearu,
    Fukumareru,
    Koeru,
    Hajimaru,
    Owaru,
    Itchi,
}

impl Verb {
    fn ending(self, negated: bool, form: Form) -> String {
        let (plain, continuing) = match (self, negated) {
            (Verb::Aru, false) => ("ある", "あり"),
            (Verb::Aru, true) => ("ない", "なく"),
            (Verb::Dearu, false) => ("である", "であり"),
            (Verb::Dearu, true) => ("でない", "でなく"),
            (Verb::Fukumareru, false) => ("含まれる", "含まれ"),
            (Verb::Fukumareru, true) => ("含まれない", "含まれず"),
            (Verb::Koeru, false) => ("超える", "超え"),
            (Verb::Koeru, true) => ("超えない", "超えず"),
            (Verb::Hajimaru, false) => ("始まる", "始まり"),
            (Verb::Hajimaru, true) => ("始まらない", "始まらず"),
            (Verb::Owaru, false) => ("終わる", "終わり"),
            (Verb::Owaru, true) => ("終わらない", "終わらず"),
            (Verb::Itchi, false) => ("一致する", "一致し"),
            (Verb::Itchi, true) => ("一致しない", "一致せず"),
        };
        match form {
            Form::Koto => format!("{plain}こと"),
            Form::Baai if self == Verb::Dearu && !negated => "の場合".to_owned(),
            Form::Baai => format!("{plain}場合"),
            Form::Plain => plain.to_owned(),
            Form::Continuing => continuing.to_owned(),
            Form::Ka => format!("{plain}か"),
        }
    }
}

/// A Japanese clause up to its verb.
struct Stem(String, Verb, bool);

/// More parts than this, or parts that are no plain statements, are numbered.
const INLINE_PARTS: usize = 3;

fn is_inline(parts: &[Claim]) -> bool {
    parts.len() <= INLINE_PARTS && parts.iter().all(is_plain)
}

fn is_plain(part: &Claim) -> bool {
    matches!(part, Claim::Atom(..) | Claim::Includes { .. })
}

/// Writes claims at one place of a sentence.
#[derive(Clone)]
struct Writer {
    lang: Lang,
    /// The names that enclosing quantifiers bind, by slot.
    names: Vec<(usize, Type)>,
    /// How many numbered lists this place lies in.
    depth: usize,
    /// Whether nothing follows, so that a numbered list may stand here.
    last: bool,
}

impl Writer {
    fn new(lang: Lang) -> Self {
        Writer { lang, names: Vec::new(), depth: 0, last: true }
    }

    fn inside(&self, slot: usize, list: &Expression) -> Self {
        let mut inner = self.clone();
        inner.names.push((slot, item_type(&list.ty).clone()));
        inner
    }

    fn followed(&self) -> Self {
        Writer { last: false, ..self.clone() }
    }

    fn numbered(&self, parts: &[Claim], write: impl Fn(&Writer, &Claim) -> String) -> String {
        let inner = Writer { depth: self.depth + 1, ..self.clone() };
        let parts: Vec<_> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| marker(self.depth, at, self.lang) + &write(&inner, part))
            .collect();
        parts.join(self.lang.pick("、", "; "))
    }

    // Japanese

    fn ja(&self, claim: &Claim, form: Form) -> String {
        match claim {
            Claim::Atom(expression, negated) => {
                let Stem(text, verb, negated) = self.ja_atom(expression, *negated);
                text + &verb.ending(negated, form)
            }
            Claim::All(parts) => {
                self.ja_joined(parts, form, "次の全てを満たす", Form::Continuing, "、かつ、")
            }
            Claim::Any(parts) => self.ja_any(parts, form),
            Claim::When(test, then, other) => {
                let lead = self.followed().ja(test, Form::Baai);
                match other {
                    None => format!("{lead}は、{}", self.ja(then, form)),
                    Some(other) => {
                        let then = self.followed().ja(then, Form::Continuing);
                        format!("{lead}は、{then}、その他の場合は、{}", self.followed().ja(other, form))
                    }
                }
            }
            Claim::Each { how: Quantifier::ExistsOne, over, slot, body, negated } => {
                let items = self.ja_items(over);
                let body = self.inside(*slot, over).followed().ja(body, Form::Plain);
                format!("{items}のうち、{body}ものがちょうど1件{}", Verb::Dearu.ending(*negated, form))
            }
            Claim::Each { how, over, slot, body, .. } => {
                let inner = self.inside(*slot, over);
                let items = match constants(over) {
                    Some(items) => self.ja_list(&items, &slot_type(body, *slot), *how),
                    None => self.ja_items(over),
                };
                let share = match how {
                    Quantifier::All if constants(over).is_some() => "それぞれ",
                    Quantifier::All => "全て",
                    _ => "いずれか",
                };
                format!("{items}の{share}について、{}", inner.ja(body, form))
            }
            Claim::Includes { how, words, list, negated } => {
                self.ja_includes(*how, words, list, *negated, form)
            }
        }
    }

    fn ja_any(&self, parts: &[Claim], form: Form) -> String {
        self.ja_joined(parts, form, "次のいずれかに該当する", Form::Ka, "、又は")
    }

    fn ja_joined(&self, parts: &[Claim], form: Form, lead: &str, before: Form, between: &str) -> String {
        let inline = is_inline(parts);
        let ends = matches!(form, Form::Koto | Form::Baai);
        if !inline && self.last && ends {
            let end = if form == Form::Koto { "こと" } else { "場合" };
            return format!(
                "{lead}{end}：{}",
                self.numbered(parts, |inner, part| inner.ja(part, Form::Koto))
            );
        }
        let inner = self.followed();
        let count = parts.len();
        let parts = parts.iter().enumerate().map(|(at, part)| {
            let text = inner.ja(part, if at + 1 < count { before } else { form });
            if inline || is_plain(part) { text } else { format!("（{text}）") }
        });
        // 又は joins two; of three, only the last takes it.
        let parts: Vec<_> = parts.collect();
        match (before, parts.split_last()) {
            (Form::Ka, Some((last, rest))) => format!("{}{between}{last}", rest.join("、")),
            _ => parts.join(between),
        }
    }

    fn ja_includes(
        &self,
        how: Quantifier,
        words: &Expression,
        list: &Expression,
        negated: bool,
        form: Form,
    ) -> String {
        let subject = self.ja_term(list, &Type::Nothing);
        let items = constants(words).unwrap_or_default();
        let ty = item_type(&list.ty);
        let end = Verb::Fukumareru.ending(negated, form);
        let long = items.len() > 2 && self.last && self.depth == 0 && matches!(form, Form::Koto | Form::Baai);
        // 全て and いずれも speak of A及びB, いずれか of A又はB.
        let (joint, share) = match (how, negated) {
            _ if items.len() == 1 => (Quantifier::All, "が"),
            (Quantifier::All, false) if items.len() == 2 => (Quantifier::All, "が"),
            (Quantifier::All, false) => (Quantifier::All, "の全てが"),
            (Quantifier::All, true) => (Quantifier::All, "のいずれも"),
            _ => (Quantifier::Exists, "のいずれかが"),
        };
        let listed = if long { "次".to_owned() } else { self.ja_list(&items, ty, joint) };
        let text = format!("{subject}に{listed}{share}{end}");
        if !long {
            return text;
        }
        let items: Vec<_> = items.iter().map(|item| constant(item, ty, Lang::Ja)).collect();
        format!("{text}：{}", items.join("、"))
    }

    fn ja_atom(&self, expression: &Expression, negated: bool) -> Stem {
        match &expression.kind {
            Kind::Stated(of) => {
                Stem(format!("{}の記載が", self.ja_term(of, &Type::Nothing)), Verb::Aru, negated)
            }
            Kind::Has(of, selected) => {
                Stem(format!("{}の記載が", self.ja_field(of, selected.field)), Verb::Aru, negated)
            }
            Kind::Compare(how, a, b) => {
                let how = if negated { opposite(*how) } else { *how };
                let (how, a, b) = oriented(how, a, b);
                self.ja_compare(how, a, b)
            }
            Kind::In(item, list) => self.ja_in(item, list, negated),
            Kind::TextTest(test, text, argument) => {
                let text = self.ja_term(text, &Type::Text);
                let argument = self.ja_term(argument, &Type::Text);
                let (text, verb) = match test {
                    TextTest::StartsWith => (format!("{text}が{argument}で"), Verb::Hajimaru),
                    TextTest::EndsWith => (format!("{text}が{argument}で"), Verb::Owaru),
                    TextTest::Contains => (format!("{text}に{argument}が"), Verb::Fukumareru),
                    TextTest::Matches(_) => {
                        (format!("{text}が所定の書式（正規表現{argument}）に"), Verb::Itchi)
                    }
                };
                Stem(text, verb, negated)
            }
            _ => match truth_of(expression) {
                Some(truth) if truth != negated => Stem("常に満たされるもの".to_owned(), Verb::Dearu, false),
                Some(_) => Stem("満たされることのないもの".to_owned(), Verb::Dearu, false),
                None => Stem(format!("{}が", self.ja_term(expression, &Type::Bool)), Verb::Aru, negated),
            },
        }
    }

    fn ja_compare(&self, how: Comparison, a: &Expression, b: &Expression) -> Stem {
        if a.ty == Type::Bool {
            let (a, b) = (self.ja_term(a, &b.ty), self.ja_term(b, &a.ty));
            return Stem(format!("{a}の有無と{b}の有無とが"), Verb::Itchi, how == Comparison::NotEqual);
        }
        let (how, least) = at_least_one(how, a, b);
        let subject = self.ja_term(a, &b.ty);
        let object = match least {
            Some(one) => self.ja_number(a, one),
            None if matches!(a.kind, Kind::Size(_)) => {
                let object = self.ja_term(b, &a.ty);
                if known(b).is_some() { object + ja_counter(a) } else { object }
            }
            None => self.ja_term(b, &a.ty),
        };
        let date = a.ty == Type::Date;
        let text = match how {
            Comparison::Equal | Comparison::NotEqual if date => format!("{subject}が{object}と同じ日"),
            Comparison::Equal | Comparison::NotEqual => format!("{subject}が{object}"),
            Comparison::AtMost if date => format!("{subject}が{object}以前"),
            Comparison::AtLeast if date => format!("{subject}が{object}以後"),
            Comparison::Less if date => format!("{subject}が{object}より前"),
            Comparison::Greater if date => format!("{subject}が{object}より後"),
            Comparison::AtMost => format!("{subject}が{object}以下"),
            Comparison::AtLeast => format!("{subject}が{object}以上"),
            Comparison::Less => format!("{subject}が{object}未満"),
            Comparison::Greater => return Stem(format!("{subject}が{object}を"), Verb::Koeru, false),
        };
        Stem(text, Verb::Dearu, how == Comparison::NotEqual)
    }

    fn ja_number(&self, like: &Expression, number: i64) -> String {
        match like.kind {
            Kind::Size(_) => format!("{number}{}", ja_counter(like)),
            _ => amount(number, like.ty.unit(), Lang::Ja),
        }
    }

    fn ja_in(&self, item: &Expression, list: &Expression, negated: bool) -> Stem {
        let Some(items) = constants(list) else {
            let item = self.ja_term(item, item_type(&list.ty));
            let list = self.ja_term(list, &Type::Nothing);
            return Stem(format!("{list}に{item}が"), Verb::Fukumareru, negated);
        };
        let stage = item.ty == Type::Stage;
        let words = self.ja_list(&items, &item.ty, Quantifier::Exists);
        let item = self.ja_term(item, item_type(&list.ty));
        match items.len() {
            1 => Stem(format!("{item}が{words}"), Verb::Dearu, negated),
            _ if negated => Stem(format!("{item}が{words}のいずれでも"), Verb::Aru, true),
            _ if stage => Stem(format!("{item}が{words}"), Verb::Dearu, false),
            _ => Stem(format!("{item}が{words}のいずれか"), Verb::Dearu, false),
        }
    }

    /// `「A」、「B」及び「C」`, or with 又は.
    fn ja_list(&self, items: &[&Constant], ty: &Type, how: Quantifier) -> String {
        let items: Vec<_> = items.iter().map(|item| quoted(item, ty, Lang::Ja)).collect();
        let word = if how == Quantifier::All { "及び" } else { "又は" };
        match items.split_last() {
            None => empty_list(Lang::Ja).to_owned(),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{word}{last}", rest.join("、")),
        }
    }

    /// What the items of a list are called.
    fn ja_items(&self, list: &Expression) -> String {
        match &list.kind {
            Kind::Filter(of, slot, kept) => {
                let kept = self.inside(*slot, of).followed().ja(&claim_of(kept, false, false), Form::Plain);
                format!("{}のうち、{kept}もの", self.ja_items(of))
            }
            Kind::Map(of, slot, body) => self.inside(*slot, of).ja_term(body, &Type::Nothing),
            _ => match object_items(list) {
                Some(field) => bracketed(field.title(Lang::Ja).to_owned()),
                None => format!("{}の値", self.ja_term(list, &Type::Nothing)),
            },
        }
    }

    /// A value as a noun; `beside` is the type of what it is compared with.
    fn ja_term(&self, expression: &Expression, beside: &Type) -> String {
        if let Some(value) = known(expression) {
            return quoted(value, &value_type(expression, beside), Lang::Ja);
        }
        let term = |inner: &Expression| self.ja_term(inner, beside);
        match &expression.kind {
            Kind::Root(root) => root.kind().title(Lang::Ja).to_owned(),
            Kind::AsOf => "判定基準日".to_owned(),
            Kind::Stage => "契約段階".to_owned(),
            Kind::Variable(slot) => self.variable(*slot, &expression.ty),
            Kind::Select(of, selected) => self.ja_field(of, selected.field),
            Kind::Index(list, at) => match known(at) {
                Some(Constant::Int(at)) => format!("{}の{}番目", self.ja_items(list), at.saturating_add(1)),
                _ => format!("{}の一つ", self.ja_items(list)),
            },
            Kind::Size(of) => match of.ty {
                Type::List(_) if object_items(of).is_some() => format!("{}の件数", self.ja_items(of)),
                Type::List(_) => format!("{}の数", term(of)),
                _ => format!("{}の文字数", term(of)),
            },
            Kind::Filter(..) | Kind::Map(..) => self.ja_items(expression),
            Kind::List(items) => items.iter().map(term).collect::<Vec<_>>().join("、"),
            Kind::DaysOf(of) => match known(of) {
                Some(value) => constant(value, &Type::Int(Some(Unit::Days)), Lang::Ja),
                None => format!("{}の日数", term(of)),
            },
            Kind::Negate(of) => format!("{}の符号を反転した値", term(of)),
            Kind::Arithmetic(how, a, b) => self.ja_arithmetic(*how, a, b),
            Kind::Choose(test, a, b) => {
                let test = self.followed().ja(&claim_of(test, false, false), Form::Baai);
                format!("（{test}は{}、その他の場合は{}）", term(a), term(b))
            }
            _ => format!("「{}」", self.followed().ja(&claim_of(expression, false, false), Form::Koto)),
        }
    }

    fn ja_arithmetic(&self, how: Arithmetic, a: &Expression, b: &Expression) -> String {
        let (x, y) = (self.ja_term(a, &b.ty), self.ja_term(b, &a.ty));
        let fixed = known_days(a) || known_days(b);
        match (how, &a.ty, &b.ty) {
            (Arithmetic::Add, Type::Date, Type::Days) if fixed => format!("{x}から{y}後の日"),
            (Arithmetic::Add, Type::Days, Type::Date) if fixed => format!("{y}から{x}後の日"),
            (Arithmetic::Subtract, Type::Date, Type::Days) if fixed => format!("{x}の{y}前の日"),
            (Arithmetic::Add, Type::Date, Type::Days) => format!("{x}から{y}が経過する日"),
            (Arithmetic::Add, Type::Days, Type::Date) => format!("{y}から{x}が経過する日"),
            (Arithmetic::Subtract, Type::Date, Type::Days) => format!("{x}から{y}だけ前の日"),
            (Arithmetic::Subtract, Type::Date, Type::Date) => format!("{y}から{x}までの日数"),
            (Arithmetic::Add, a, _) if a.is_text() => format!("{x}に{y}を続けたもの"),
            (Arithmetic::Add, ..) => format!("{x}と{y}との合計"),
            (Arithmetic::Subtract, ..) => format!("{x}から{y}を引いた値"),
            (Arithmetic::Multiply, ..) => format!("{x}に{y}を掛けた値"),
            (Arithmetic::Divide, ..) => format!("{x}を{y}で割った値"),
            (Arithmetic::Remainder, ..) => format!("{x}を{y}で割った余り"),
        }
    }

    fn ja_field(&self, of: &Expression, field: Field) -> String {
        if let Some(name) = self.identity(of, field) {
            return name;
        }
        let title = field.title(Lang::Ja);
        bracketed(match self.doubled(of) {
            Some(item) if title.starts_with(item.title(Lang::Ja)) => format!("当該{title}"),
            Some(item) => format!("当該{}の{title}", item.title(Lang::Ja)),
            None => title.to_owned(),
        })
    }

    // English

    fn en(&self, claim: &Claim) -> String {
        match claim {
            Claim::Atom(expression, negated) => self.en_atom(expression, *negated),
            Claim::All(parts) => self.en_joined(parts, "all of the following hold", "", "and"),
            Claim::Any(parts) => {
                self.en_joined(parts, "at least one of the following holds", "either ", "or")
            }
            Claim::When(test, then, other) => {
                let lead = self.followed().en(test);
                match other {
                    None => format!("where {lead}, {}", self.en(then)),
                    Some(other) => {
                        let inner = self.followed();
                        format!("where {lead}, {}; otherwise {}", inner.en(then), inner.en(other))
                    }
                }
            }
            Claim::Each { how, over, slot, body, negated } => {
                let inner = self.inside(*slot, over);
                let items = match (constants(over), how) {
                    (Some(items), Quantifier::All) => {
                        format!("each of {}", self.en_list(&items, &slot_type(body, *slot), "and"))
                    }
                    (Some(items), _) => {
                        format!("one of {}", self.en_list(&items, &slot_type(body, *slot), "and"))
                    }
                    (None, _) => self.en_item(over),
                };
                let share = match how {
                    Quantifier::All if constants(over).is_some() => "",
                    Quantifier::All => "every ",
                    Quantifier::Exists => "at least ",
                    Quantifier::ExistsOne => "exactly ",
                };
                let one = if *how == Quantifier::All || constants(over).is_some() { "" } else { "one " };
                let denied = if *negated { "it is not so that " } else { "" };
                format!("{denied}for {share}{one}{items}, {}", inner.en(body))
            }
            Claim::Includes { how, words, list, negated } => self.en_includes(*how, words, list, *negated),
        }
    }

    fn en_joined(&self, parts: &[Claim], lead: &str, before: &str, word: &str) -> String {
        let inline = is_inline(parts);
        if !inline && self.last {
            return format!("{lead}: {}", self.numbered(parts, |inner, part| inner.en(part)));
        }
        let inner = self.followed();
        let parts = parts.iter().map(|part| {
            let text = inner.en(part);
            if inline || is_plain(part) { text } else { format!("({text})") }
        });
        before.to_owned() + &parts.collect::<Vec<_>>().join(&format!(", {word} "))
    }

    fn en_includes(&self, how: Quantifier, words: &Expression, list: &Expression, negated: bool) -> String {
        let items = constants(words).unwrap_or_default();
        let ty = item_type(&list.ty);
        let verb = self.en_verb(list, negated, ["includes", "include", "does not include", "do not include"]);
        let subject = self.en_term(list, &Type::Nothing);
        let listed = match (how, negated) {
            (Quantifier::All, false) => self.en_list(&items, ty, "and"),
            _ if items.len() == 1 => self.en_list(&items, ty, "or"),
            (Quantifier::All, true) => format!("any of {}", self.en_list(&items, ty, "or")),
            (_, true) => format!("all of {}", self.en_list(&items, ty, "and")),
            (_, false) => format!("at least one of {}", self.en_list(&items, ty, "and")),
        };
        format!("{subject} {verb} {listed}")
    }

    fn en_atom(&self, expression: &Expression, negated: bool) -> String {
        match &expression.kind {
            Kind::Stated(of) => {
                let verb = self.en_verb(of, negated, BE);
                format!("{} {verb} stated", self.en_term(of, &Type::Nothing))
            }
            Kind::Has(of, selected) => {
                let title = selected.field.title(Lang::En);
                let verb = verb_form(is_plural(title), negated, BE);
                format!("{} {verb} stated", self.en_field(of, selected.field))
            }
            Kind::Compare(how, a, b) => {
                let how = if negated { opposite(*how) } else { *how };
                let (how, a, b) = oriented(how, a, b);
                self.en_compare(how, a, b)
            }
            Kind::In(item, list) => self.en_in(item, list, negated),
            Kind::TextTest(test, text, argument) => {
                let forms = match test {
                    TextTest::StartsWith => {
                        ["starts with", "start with", "does not start with", "do not start with"]
                    }
                    TextTest::EndsWith => ["ends with", "end with", "does not end with", "do not end with"],
                    TextTest::Contains => ["contains", "contain", "does not contain", "do not contain"],
                    TextTest::Matches(_) => ["has", "have", "does not have", "do not have"],
                };
                let verb = self.en_verb(text, negated, forms);
                let argument = self.en_term(argument, &Type::Text);
                let argument = match test {
                    TextTest::Matches(_) => format!("the required form (pattern {argument})"),
                    _ => argument,
                };
                format!("{} {verb} {argument}", self.en_term(text, &Type::Text))
            }
            _ => match truth_of(expression) {
                Some(truth) if truth != negated => "this is always met".to_owned(),
                Some(_) => "this is never met".to_owned(),
                None => self.en_existence(expression, negated),
            },
        }
    }

    /// `there is a duty to …`, `there is no access …`.
    fn en_existence(&self, expression: &Expression, negated: bool) -> String {
        let noun = self.en_term(expression, &Type::Bool);
        let noun = noun.strip_prefix("the ").unwrap_or(&noun);
        let plural = is_plural(noun);
        let verb = if plural { "are" } else { "is" };
        let article = match negated {
            true => "no ",
            false if plural || !is_countable(noun) => "",
            false if noun.starts_with(['a', 'e', 'i', 'o', 'u']) => "an ",
            false => "a ",
        };
        format!("there {verb} {article}{noun}")
    }

    fn en_compare(&self, how: Comparison, a: &Expression, b: &Expression) -> String {
        if a.ty == Type::Bool {
            let same = if how == Comparison::Equal { "both or neither" } else { "exactly one" };
            let (a, b) = (self.en_existence(a, false), self.en_existence(b, false));
            return format!(
                "{same} of these {} true: {a}; {b}",
                if how == Comparison::Equal { "are" } else { "is" }
            );
        }
        let (how, least) = at_least_one(how, a, b);
        let subject = self.en_term(a, &b.ty);
        // A title that says "per year" needs no "times a year".
        let object = match (least, known(b)) {
            (Some(one), _) if subject.contains("per year") => one.to_string(),
            (Some(one), _) => amount(one, a.ty.unit(), Lang::En),
            (None, Some(value)) if subject.contains("per year") => {
                constant(value, &Type::Int(None), Lang::En)
            }
            _ => self.en_term(b, &a.ty),
        };
        let is = self.en_verb(a, how == Comparison::NotEqual, BE);
        let relation = match (how, &a.ty) {
            (Comparison::Equal | Comparison::NotEqual, Type::Date) => "the same day as ",
            (Comparison::Equal | Comparison::NotEqual, _) => "",
            (Comparison::AtMost, Type::Date) => "on or before ",
            (Comparison::AtLeast, Type::Date) => "on or after ",
            (Comparison::Less, Type::Date) => "before ",
            (Comparison::Greater, Type::Date) => "after ",
            (Comparison::AtMost, _) => "at most ",
            (Comparison::AtLeast, _) => "at least ",
            (Comparison::Less, _) => "less than ",
            (Comparison::Greater, _) => "more than ",
        };
        format!("{subject} {is} {relation}{object}")
    }

    fn en_in(&self, item: &Expression, list: &Expression, negated: bool) -> String {
        let Some(items) = constants(list) else {
            let verb =
                self.en_verb(list, negated, ["includes", "include", "does not include", "do not include"]);
            let item = self.en_term(item, item_type(&list.ty));
            return format!("{} {verb} {item}", self.en_term(list, &Type::Nothing));
        };
        let words_of = item.ty.clone();
        let words = self.en_list(&items, &words_of, "or");
        let is = self.en_verb(item, false, BE);
        let item = self.en_term(item, item_type(&list.ty));
        match (negated, items.len()) {
            (true, 2..) => format!("{item} {is} neither {}", self.en_list(&items, &words_of, "nor")),
            (true, _) => format!("{item} {is} not {words}"),
            (false, _) => format!("{item} {is} {words}"),
        }
    }

    fn en_list(&self, items: &[&Constant], ty: &Type, word: &str) -> String {
        let items: Vec<_> = items.iter().map(|item| quoted(item, ty, Lang::En)).collect();
        match items.split_last() {
            None => empty_list(Lang::En).to_owned(),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
        }
    }

    /// What one item of a list is called.
    fn en_item(&self, list: &Expression) -> String {
        match &list.kind {
            Kind::Filter(of, slot, kept) => format!("{}{}", self.en_item(of), self.en_kept(of, *slot, kept)),
            Kind::Map(of, slot, body) => {
                let body = self.inside(*slot, of).en_term(body, &Type::Nothing);
                body.strip_prefix("the ").map(str::to_owned).unwrap_or(body)
            }
            _ => match object_items(list) {
                Some(field) => field.title(Lang::En).to_owned(),
                None => format!("value of {}", self.en_term(list, &Type::Nothing)),
            },
        }
    }

    /// What the items of a list are called.
    fn en_items(&self, list: &Expression) -> String {
        match &list.kind {
            Kind::Filter(of, slot, kept) => format!("{}{}", self.en_items(of), self.en_kept(of, *slot, kept)),
            Kind::Select(_, selected) => {
                let title = selected.field.title(Lang::En);
                let items = title.strip_prefix("list of ").or_else(|| title.strip_prefix("set of "));
                match items {
                    Some(items) => items.to_owned(),
                    None if is_plural(title) => title.to_owned(),
                    None => format!("entries in the {title}"),
                }
            }
            _ => format!("entries of {}", self.en_item(list)),
        }
    }

    fn en_kept(&self, of: &Expression, slot: usize, kept: &Expression) -> String {
        let kept = self.inside(slot, of).followed().en(&claim_of(kept, false, false));
        format!(" for which {kept}")
    }

    /// A value as a noun; `beside` is the type of what it is compared with.
    fn en_term(&self, expression: &Expression, beside: &Type) -> String {
        if let Some(value) = known(expression) {
            return quoted(value, &value_type(expression, beside), Lang::En);
        }
        let term = |inner: &Expression| self.en_term(inner, beside);
        match &expression.kind {
            Kind::Root(root) => format!("the {}", root.kind().title(Lang::En)),
            Kind::AsOf => "the as-of date".to_owned(),
            Kind::Stage => "the stage".to_owned(),
            Kind::Variable(slot) => self.variable(*slot, &expression.ty),
            Kind::Select(of, selected) => self.en_field(of, selected.field),
            Kind::Index(list, at) => match known(at) {
                Some(Constant::Int(at)) => format!("item {} of {}", at.saturating_add(1), term(list)),
                _ => format!("one item of {}", term(list)),
            },
            Kind::Size(of) => match of.ty {
                Type::List(_) => format!("the number of {}", self.en_items(of)),
                _ => format!("the number of characters of {}", term(of)),
            },
            Kind::Filter(..) | Kind::Map(..) => format!("the {}", self.en_items(expression)),
            Kind::List(items) => items.iter().map(term).collect::<Vec<_>>().join(", "),
            Kind::DaysOf(of) => match known(of) {
                Some(value) => constant(value, &Type::Int(Some(Unit::Days)), Lang::En),
                None => format!("the number of days of {}", term(of)),
            },
            Kind::Negate(of) => format!("minus {}", term(of)),
            Kind::Arithmetic(how, a, b) => self.en_arithmetic(*how, a, b),
            Kind::Choose(test, a, b) => {
                let test = self.followed().en(&claim_of(test, false, false));
                format!("(where {test}: {}; otherwise: {})", term(a), term(b))
            }
            _ => format!("whether {}", self.followed().en(&claim_of(expression, false, false))),
        }
    }

    fn en_arithmetic(&self, how: Arithmetic, a: &Expression, b: &Expression) -> String {
        let (x, y) = (self.en_term(a, &b.ty), self.en_term(b, &a.ty));
        let fixed = known_days(a) || known_days(b);
        match (how, &a.ty, &b.ty) {
            (Arithmetic::Add, Type::Date, Type::Days) if fixed => format!("the day {y} after {x}"),
            (Arithmetic::Add, Type::Days, Type::Date) if fixed => format!("the day {x} after {y}"),
            (Arithmetic::Subtract, Type::Date, Type::Days) if fixed => format!("the day {y} before {x}"),
            (Arithmetic::Add, Type::Date, Type::Days) => format!("{x} plus {y}"),
            (Arithmetic::Add, Type::Days, Type::Date) => format!("{y} plus {x}"),
            (Arithmetic::Subtract, Type::Date, Type::Days) => format!("{x} minus {y}"),
            (Arithmetic::Subtract, Type::Date, Type::Date) => format!("the time from {y} to {x}"),
            (Arithmetic::Add, a, _) if a.is_text() => format!("{x} followed by {y}"),
            (Arithmetic::Add, ..) => format!("the sum of {x} and {y}"),
            (Arithmetic::Subtract, ..) => format!("{x} less {y}"),
            (Arithmetic::Multiply, ..) => format!("{x} times {y}"),
            (Arithmetic::Divide, ..) => format!("{x} divided by {y}"),
            (Arithmetic::Remainder, ..) => format!("the remainder of {x} divided by {y}"),
        }
    }

    fn en_field(&self, of: &Expression, field: Field) -> String {
        if let Some(name) = self.identity(of, field) {
            return name;
        }
        let title = field.title(Lang::En);
        match self.doubled(of) {
            Some(item) => {
                let item = item.title(Lang::En);
                let named = title.replace(&format!("the {item}"), &format!("this {item}"));
                if named == title { format!("the {title} of this {item}") } else { format!("the {named}") }
            }
            None => format!("the {title}"),
        }
    }

    fn en_verb(&self, subject: &Expression, negated: bool, forms: [&'static str; 4]) -> &'static str {
        let plural = match &subject.kind {
            Kind::Select(_, selected) => !is_identity(subject) && is_plural(selected.field.title(Lang::En)),
            Kind::Filter(..) | Kind::Map(..) => true,
            _ => false,
        };
        verb_form(plural, negated, forms)
    }

    // Both

    /// What an item of a list is called: その… of an enclosing 全て or いずれか, 当該… of the policy's target.
    fn variable(&self, slot: usize, ty: &Type) -> String {
        let near = self.names.iter().any(|(known, _)| *known == slot);
        match (self.lang, ty, near) {
            (Lang::Ja, Type::Object(field), true) => format!("その{}", field.title(Lang::Ja)),
            (Lang::Ja, Type::Object(field), false) => format!("当該{}", field.title(Lang::Ja)),
            (Lang::Ja, ..) => "その値".to_owned(),
            (Lang::En, Type::Object(field), true) => format!("that {}", field.title(Lang::En)),
            (Lang::En, Type::Object(field), false) => format!("this {}", field.title(Lang::En)),
            (Lang::En, ..) => "that value".to_owned(),
        }
    }

    /// An id stands for what it names.
    fn identity(&self, of: &Expression, field: Field) -> Option<String> {
        if field.name != "id" {
            return None;
        }
        match &of.kind {
            Kind::Variable(slot) => Some(self.variable(*slot, &of.ty)),
            Kind::Root(Root::System) => Some(self.lang.pick("当該システム", "this system").to_owned()),
            Kind::Root(Root::Contract) => Some(self.lang.pick("本契約", "this contract").to_owned()),
            _ => None,
        }
    }

    /// The item of which a field is read, where a nearer name binds an item of the same kind, so
    /// that the title alone would be read as the nearer one's.
    fn doubled(&self, of: &Expression) -> Option<Field> {
        let mut of = of;
        while let Kind::Select(inner, _) = &of.kind {
            of = inner;
        }
        let (Kind::Variable(slot), Type::Object(item)) = (&of.kind, &of.ty) else { return None };
        let from = self.names.iter().position(|(known, _)| known == slot).map_or(0, |at| at + 1);
        let nearer = self.names.get(from..).unwrap_or_default();
        nearer.iter().any(|(_, ty)| *ty == of.ty).then_some(*item)
    }
}

/// `x > 0` of whole numbers says "at least one".
fn at_least_one(how: Comparison, a: &Expression, b: &Expression) -> (Comparison, Option<i64>) {
    let whole = matches!(a.ty, Type::Int(_));
    match (how, known(b)) {
        (Comparison::Greater, Some(Constant::Int(0))) if whole => (Comparison::AtLeast, Some(1)),
        _ => (how, None),
    }
}

/// Whether it is a number of days that the policy gives.
fn known_days(expression: &Expression) -> bool {
    matches!(&expression.kind, Kind::DaysOf(of) if known(of).is_some())
}

/// The counter of what is counted.
fn ja_counter(size: &Expression) -> &'static str {
    match &size.kind {
        Kind::Size(of) if object_items(of).is_some() => "件",
        Kind::Size(of) if of.ty.is_text() => "文字",
        _ => "",
    }
}

/// The type by which a value is shown: its own unit, or that of what it is compared with; the
/// words of what it is compared with.
fn value_type(expression: &Expression, beside: &Type) -> Type {
    match &expression.ty {
        ty if ty.is_number() && ty.unit().is_some() => ty.clone(),
        ty if ty.is_number() || item_type(ty).is_text() => beside.clone(),
        ty => ty.clone(),
    }
}

/// What the name of a slot is compared with in a claim, so that its values get their labels.
fn slot_type(claim: &Claim, slot: usize) -> Type {
    let named = |expression: &Expression| matches!(expression.kind, Kind::Variable(known) if known == slot);
    let mut found = Type::Nothing;
    let mut visit = |expression: &Expression| match &expression.kind {
        Kind::Compare(_, a, b) if named(a) => found = b.ty.clone(),
        Kind::Compare(_, a, b) if named(b) => found = a.ty.clone(),
        Kind::In(item, list) if named(item) => found = item_type(&list.ty).clone(),
        _ => {}
    };
    visit_claim(claim, &mut visit);
    found
}

fn visit_claim(claim: &Claim, visit: &mut dyn FnMut(&Expression)) {
    match claim {
        Claim::All(parts) | Claim::Any(parts) => parts.iter().for_each(|part| visit_claim(part, visit)),
        Claim::When(test, then, other) => {
            [Some(test), Some(then), other.as_ref()]
                .into_iter()
                .flatten()
                .for_each(|part| visit_claim(part, visit));
        }
        Claim::Each { over, body, .. } => {
            over.walk(&mut |inner| visit(inner));
            visit_claim(body, visit);
        }
        Claim::Includes { list, .. } => list.walk(&mut |inner| visit(inner)),
        Claim::Atom(expression, _) => expression.walk(&mut |inner| visit(inner)),
    }
}

/// Words in quotes, numbers, dates and stages without.
fn quoted(value: &Constant, ty: &Type, lang: Lang) -> String {
    let text = constant(value, ty, lang);
    match (value, item_type(ty), lang) {
        (Constant::Text(_), Type::Stage, _) => text,
        (Constant::Text(word), ..) if word.is_empty() => lang.pick("空欄", "empty").to_owned(),
        (Constant::Text(_), _, Lang::Ja) => format!("「{text}」"),
        (Constant::Text(_), _, Lang::En) => format!("“{text}”"),
        (Constant::List(items), ty, _) => {
            let items: Vec<_> = items.iter().map(|item| quoted(item, ty, lang)).collect();
            items.join(lang.pick("、", ", "))
        }
        _ => text,
    }
}

/// A Japanese title, in brackets where a particle or a conjunction inside would blur its end.
fn bracketed(title: String) -> String {
    let blurs = ["が", "又は", "及び", "、"].iter().any(|word| title.contains(word));
    if blurs { format!("「{title}」") } else { title }
}

fn marker(depth: usize, at: usize, lang: Lang) -> String {
    let number = at + 1;
    let letters = if depth % 2 == 1 { lang.pick("アイウエオカキクケコ", "abcdefghij") } else { "" };
    let circled = u32::try_from(at).ok().filter(|at| *at < 20).and_then(|at| char::from_u32(0x2460 + at));
    match (lang, letters.chars().nth(at), circled) {
        (Lang::Ja, Some(letter), _) => format!("（{letter}）"),
        (Lang::Ja, None, Some(circled)) if depth == 0 => circled.to_string(),
        (Lang::Ja, None, _) => format!("（{number}）"),
        (Lang::En, Some(letter), _) => format!("({letter}) "),
        (Lang::En, None, _) => format!("({number}) "),
    }
}

const BE: [&str; 4] = ["is", "are", "is not", "are not"];

fn verb_form(plural: bool, negated: bool, [one, many, not_one, not_many]: [&'static str; 4]) -> &'static str {
    match (negated, plural) {
        (false, false) => one,
        (false, true) => many,
        (true, false) => not_one,
        (true, true) => not_many,
    }
}

/// The noun that an English title is about: the last word before the first one that leads on.
fn head(title: &str) -> &str {
    const LEADS_ON: [&str; 21] = [
        "of", "to", "for", "by", "in", "on", "from", "with", "at", "that", "who", "which", "as", "inside",
        "after", "before", "without", "covered", "carried", "being", "apart",
    ];
    let words = title.split(' ');
    words.take_while(|word| !LEADS_ON.contains(word)).last().unwrap_or(title)
}

fn is_plural(title: &str) -> bool {
    let head = head(title);
    let singular = ["ss", "us", "is"].iter().any(|end| head.ends_with(end)) || head == "means";
    head.ends_with('s') && !singular
}

/// Whether an English title needs an article after "there is".
fn is_countable(title: &str) -> bool {
    const COUNTABLE: [&str; 21] = [
        "account",
        "alert",
        "answer",
        "backup",
        "ban",
        "certificate",
        "check",
        "duty",
        "investigation",
        "inspection",
        "inventory",
        "means",
        "procedure",
        "purge",
        "report",
        "restart",
        "review",
        "right",
        "rollout",
        "rule",
        "test",
    ];
    COUNTABLE.contains(&head(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::check::{self, Scope};
    use crate::load::tree::{Entry, Mapping, Mark, Span, State};

    fn texts(words: &[&str]) -> Constant {
        Constant::List(words.iter().map(|word| Constant::Text((*word).into())).collect())
    }

    /// The parameters of the rows, and a binder: `store`, or `sub` where the row names it.
    fn scope(source: &str) -> Scope {
        let (name, list) = match source.contains("sub.") {
            true => ("sub", "contract.subcontractors"),
            false => ("store", "system.data_stores"),
        };
        let list = check::list(list).unwrap();
        let parameters = [
            ("deadline_days_max", Constant::Int(30), Some(Unit::Days)),
            ("times_min", Constant::Int(2), Some(Unit::PerYear)),
            ("scope", texts(&["production", "backup", "subcontractor"]), None),
            ("copies", texts(&["production", "backup"]), None),
            ("kinds", texts(&["access_test", "port_scan"]), None),
        ];
        let parameters = parameters.into_iter().map(|(name, value, unit)| (name.to_owned(), (value, unit)));
        Scope {
            parameters: parameters.collect(),
            binder: Some((name.to_owned(), item_type(&list.ty).clone())),
        }
    }

    /// An expression, the Japanese sentence, the English one.
    type Row = (&'static str, &'static str, &'static str);

    const DEMANDS: &[Row] = &[
        (
            "contract.data_return.on_end",
            "契約終了時の返還・消去の義務があること",
            "there is a duty to return or erase at the end of the contract",
        ),
        (
            "contract.data_return.deadline_days <= params.deadline_days_max",
            "返還・消去の期限が30日以下であること",
            "the deadline for return or erasure is at most 30 days",
        ),
        (
            "contract.data_return.deadline_days <= params.deadline_days_max || stated(contract.data_return.deadline_days_wording)",
            "返還・消去の期限が30日以下であるか、又は返還・消去の期限に関する文言の記載があること",
            "either the deadline for return or erasure is at most 30 days, or the wording on the deadline for return or erasure is stated",
        ),
        (
            "params.scope.all(s, s in contract.data_return.scope)",
            "返還・消去の対象範囲に次の全てが含まれること：本番環境のデータ、バックアップ、再委託先が保有する複製",
            "the scope of return or erasure includes “production data”, “backup” and “copy held by a subcontractor”",
        ),
        (
            "params.copies.all(s, s in contract.data_return.scope)",
            "返還・消去の対象範囲に「本番環境のデータ」及び「バックアップ」が含まれること",
            "the scope of return or erasure includes “production data” and “backup”",
        ),
        (
            "!params.copies.exists(s, s in contract.data_return.scope)",
            "返還・消去の対象範囲に「本番環境のデータ」及び「バックアップ」のいずれも含まれないこと",
            "the scope of return or erasure does not include any of “production data” or “backup”",
        ),
        (
            "'subcontractor' in contract.data_return.scope",
            "返還・消去の対象範囲に「再委託先が保有する複製」が含まれること",
            "the scope of return or erasure includes “copy held by a subcontractor”",
        ),
        (
            "records.deletions.exists(d, d.confirmed)",
            "消去の記録のいずれかについて、消去の確認があること",
            "for at least one erasure record, there is confirmation of the erasure",
        ),
        (
            "records.loans.all(l, l.status in ['returned', 'erased'])",
            "貸与の記録の全てについて、貸与データの状態が「返還済み」又は「消去済み」のいずれかであること",
            "for every loan record, the status of the loan is “returned” or “erased”",
        ),
        (
            "records.loans.all(l, l.due_on <= contract.term.end)",
            "貸与の記録の全てについて、返還予定日が履行期間の終了日以前であること",
            "for every loan record, the due date of the loan is on or before the last day of the contract period",
        ),
        (
            "records.deletions.exists(d, d.confirmed && d.erased_on <= contract.term.end + days(params.deadline_days_max) && params.copies.all(s, s in d.copy_kinds))",
            "消去の記録のいずれかについて、消去の確認があり、かつ、消去日が履行期間の終了日から30日後の日以前であり、かつ、消去したデータ・複製物の種別に「本番環境のデータ」及び「バックアップ」が含まれること",
            "for at least one erasure record, there is confirmation of the erasure, and the date of erasure is on or before the day 30 days after the last day of the contract period, and the set of kinds of data erased includes “production data” and “backup”",
        ),
        (
            "!store.public_access",
            "保存場所への部外者のアクセスがないこと",
            "there is no access to the data store by outsiders",
        ),
        (
            "store.kind == 'database' ? !store.internet_reachable : true",
            "保存場所の種類が「データベース」の場合は、保存場所へのインターネットからの到達がないこと",
            "where the kind of data store is “database”, there is no reachability of the data store from the internet",
        ),
        (
            "store.auth_required == true && store.public_access == false",
            "保存場所の利用者認証があり、かつ、保存場所への部外者のアクセスがないこと",
            "there is authentication for the data store, and there is no access to the data store by outsiders",
        ),
        (
            "records.tests.exists(t, t.kind == 'access_test' && store.id in t.covers && t.confirmed)",
            "試験の記録のいずれかについて、試験の種類が「未認証アクセスの拒否試験」であり、かつ、試験の対象に当該データの保存場所が含まれ、かつ、試験結果の確認があること",
            "for at least one test record, the kind of test is “access test without login”, and the things covered by the test include this data store, and there is confirmation of the test results",
        ),
        (
            "records.tests.exists(t, t.kind == 'access_test' && store.id in t.covers && t.confirmed && as_of - t.tested_on <= days(365))",
            "試験の記録のいずれかについて、次の全てを満たすこと：①試験の種類が「未認証アクセスの拒否試験」であること、②試験の対象に当該データの保存場所が含まれること、③試験結果の確認があること、④試験の実施日から判定基準日までの日数が365日以下であること",
            "for at least one test record, all of the following hold: (1) the kind of test is “access test without login”; (2) the things covered by the test include this data store; (3) there is confirmation of the test results; (4) the time from the date of the test to the as-of date is at most 365 days",
        ),
        (
            "records.tests.exists(t, t.kind == 'anonymous_view' && system.id in t.covers && t.tested_on <= system.service_start)",
            "試験の記録のいずれかについて、試験の種類が「匿名利用者による外部からの閲覧確認」であり、かつ、試験の対象に当該システムが含まれ、かつ、試験の実施日がシステムの運用開始日以前であること",
            "for at least one test record, the kind of test is “check as an anonymous user from outside”, and the things covered by the test include this system, and the date of the test is on or before the first day of service of the system",
        ),
        (
            "records.tests.exists(t, t.kind in ['port_scan', 'search_test'] && (store.id in t.covers || system.id in t.covers) && t.confirmed)",
            "試験の記録のいずれかについて、次の全てを満たすこと：①試験の種類が「外部からの到達性の確認」又は「未認証の検索試験」のいずれかであること、②試験の対象に当該データの保存場所が含まれるか、又は試験の対象に当該システムが含まれること、③試験結果の確認があること",
            "for at least one test record, all of the following hold: (1) the kind of test is “port scan from outside” or “search test without login”; (2) either the things covered by the test include this data store, or the things covered by the test include this system; (3) there is confirmation of the test results",
        ),
        (
            "!records.tests.exists(t, t.kind == 'access_test' && !t.confirmed)",
            "試験の記録の全てについて、試験の種類が「未認証アクセスの拒否試験」の場合は、試験結果の確認があること",
            "for every test record, where the kind of test is “access test without login”, there is confirmation of the test results",
        ),
        (
            "records.tests.exists_one(t, t.kind == 'isolation_test')",
            "試験の記録のうち、試験の種類が「他システムとの分離試験」であるものがちょうど1件であること",
            "for exactly one test record, the kind of test is “isolation test”",
        ),
        (
            "system.data_stores.filter(s, s.holds_personal_data).all(s, s.auth_required && s.auth_factors_count >= 2)",
            "データの保存場所のうち、保存場所への個人情報の保存があるものの全てについて、保存場所の利用者認証があり、かつ、保存場所の認証要素の数が2以上であること",
            "for every data store for which there is personal data in the store, there is authentication for the data store, and the number of authentication factors for the data store is at least 2",
        ),
        (
            "contract.subcontracting.prior_approval == 'written'",
            "再委託の事前承認の方式が「書面による承認」であること",
            "the form of prior approval of subcontracting is “written approval”",
        ),
        (
            "contract.subcontracting.prior_approval != 'none'",
            "再委託の事前承認の方式が「不要」でないこと",
            "the form of prior approval of subcontracting is not “none”",
        ),
        (
            "system.auth.mfa.admin in ['required', 'not_applicable']",
            "管理者の多要素認証が「必須」又は「該当する接続なし」のいずれかであること",
            "the multi-factor authentication of administrators is “required” or “no such access”",
        ),
        (
            "!(system.auth.mfa.admin in ['optional', 'none'])",
            "管理者の多要素認証が「任意」又は「未導入」のいずれでもないこと",
            "the multi-factor authentication of administrators is neither “optional” nor “none”",
        ),
        (
            "system.auth.mfa.exceptions.all(e, stated(e.reason) && e.ends_on > as_of)",
            "多要素認証の例外の全てについて、多要素認証の例外の理由の記載があり、かつ、多要素認証の例外の終了日が判定基準日より後であること",
            "for every exception from multi-factor authentication, the reason for the exception from multi-factor authentication is stated, and the end date of the exception from multi-factor authentication is after the as-of date",
        ),
        (
            "contract.training.times_per_year >= 1",
            "研修の実施回数が年1回以上であること",
            "the number of trainings per year is at least 1",
        ),
        (
            "contract.training.times_per_year >= params.times_min",
            "研修の実施回数が年2回以上であること",
            "the number of trainings per year is at least 2",
        ),
        (
            "contract.incident.first_report_hours <= 24 || stated(contract.incident.first_report_hours_wording)",
            "事故の第一報の期限が24時間以下であるか、又は事故の第一報の期限に関する文言の記載があること",
            "either the first report deadline is at most 24 hours, or the wording on the first report deadline is stated",
        ),
        (
            "contract.advisory.response_business_days < 5",
            "注意喚起への回答期限（営業日）が5営業日未満であること",
            "the advisory response deadline in business days is less than 5 business days",
        ),
        (
            "size(contract.subcontractors) > 0",
            "再委託先の件数が1件以上であること",
            "the number of subcontractors is at least 1",
        ),
        (
            "size(records.tests.filter(t, t.confirmed)) >= 2",
            "試験の記録のうち、試験結果の確認があるものの件数が2件以上であること",
            "the number of test records for which there is confirmation of the test results is at least 2",
        ),
        (
            "contract.responsibility_matrix.all(r, size(r.owners) == 1)",
            "責任分界の項目の全てについて、責任を負う者の数が1であること",
            "for every item of the responsibility matrix, the number of owners of the responsibility is 1",
        ),
        (
            "stated(system.specification.privacy_design)",
            "個人情報保護の設計説明の記載があること",
            "the explanation of the privacy design is stated",
        ),
        (
            "has(contract.term.extended_to) ? contract.loans.all(l, l.return_by <= contract.term.extended_to) : contract.loans.all(l, l.return_by <= contract.term.end)",
            "延長後の終了日の記載がある場合は、データの貸与の全てについて、貸与の返還期限が延長後の終了日以前であり、その他の場合は、データの貸与の全てについて、貸与の返還期限が履行期間の終了日以前であること",
            "where the last day after extension is stated, for every loan of data, the return date of the loan is on or before the last day after extension; otherwise for every loan of data, the return date of the loan is on or before the last day of the contract period",
        ),
        (
            "(system.tenancy.shared && system.tenancy.isolation in ['separate_instance', 'separate_db_account']) || !system.tenancy.shared",
            "次のいずれかに該当すること：①他の委託者とのサーバー等の共用があり、かつ、共用環境の分離方式が「サーバー・インスタンスの分離」又は「データベースアカウントの分離」のいずれかであること、②他の委託者とのサーバー等の共用がないこと",
            "at least one of the following holds: (1) there is sharing of servers with other clients, and the isolation method of the shared environment is “separate instance” or “separate database account”; (2) there is no sharing of servers with other clients",
        ),
        (
            "system.admin_accounts.total_count <= system.admin_accounts.limit_count",
            "管理者アカウントの数が管理者アカウントの上限数以下であること",
            "the number of administrator accounts is at most the upper limit of administrator accounts",
        ),
        (
            "params.kinds.all(k, records.tests.exists(t, t.kind == k && t.confirmed))",
            "「未認証アクセスの拒否試験」及び「外部からの到達性の確認」のそれぞれについて、試験の記録のいずれかについて、試験の種類がその値であり、かつ、試験結果の確認があること",
            "for each of “access test without login” and “port scan from outside”, for at least one test record, the kind of test is that value, and there is confirmation of the test results",
        ),
        (
            "records.advisories.all(a, a.replies.exists(r, r.evidence_attached && r.replied_on <= a.received_on + days(contract.advisory.response_days)))",
            "注意喚起の記録の全てについて、注意喚起への回答のいずれかについて、注意喚起への回答の根拠の添付があり、かつ、注意喚起への回答日が注意喚起の受領日から注意喚起への回答期限の日数が経過する日以前であること",
            "for every advisory record, for at least one advisory answer, there is evidence attached to the advisory answer, and the date of the advisory answer is on or before the date of receipt of the advisory plus the number of days of the advisory response deadline",
        ),
        (
            "!(contract.personal_data.handled && contract.subcontracting.permitted)",
            "個人情報の取扱いがある場合は、再委託の許容がないこと",
            "where there is handling of personal data, there is no permission to subcontract",
        ),
        (
            "contract.term.service_start >= date('2024-04-01')",
            "運用開始日が令和6年4月1日以後であること",
            "the first day of service is on or after 2024-04-01",
        ),
        (
            "contract.number.startsWith('R') || contract.title.contains('保守')",
            "契約番号が「R」で始まるか、又は契約の件名に「保守」が含まれること",
            "either the contract number starts with “R”, or the title of the contract contains “保守”",
        ),
        (
            "contract.number.matches('^R[0-9]+$')",
            "契約番号が所定の書式（正規表現「^R[0-9]+$」）に一致すること",
            "the contract number has the required form (pattern “^R[0-9]+$”)",
        ),
        (
            "records.incident_reports.all(i, i.contractor_knew_on == i.client_told_on)",
            "事故報告の記録の全てについて、「受託者が事故を知った日」が「委託者が事故を知った日」と同じ日であること",
            "for every incident report record, the date on which the contractor knew of the incident is the same day as the date on which the client learned of the incident",
        ),
        (
            "contract.audit.right == contract.audit.includes_subcontractors",
            "監査・立入検査の権利の有無と再委託先への監査・検査の権利の有無とが一致すること",
            "both or neither of these are true: there is a right to audit and inspect; there is a right to audit and inspect subcontractors",
        ),
        (
            "contract.personal_data.handled && (contract.audit.right || contract.self_check.times_per_year >= 1) && records.handbook.issued_on <= as_of",
            "次の全てを満たすこと：①個人情報の取扱いがあること、②監査・立入検査の権利があるか、又はセキュリティ点検の実施回数が年1回以上であること、③手引書の作成日が判定基準日以前であること",
            "all of the following hold: (1) there is handling of personal data; (2) either there is a right to audit and inspect, or the number of security checks per year is at least 1; (3) the issue date of the handbook is on or before the as-of date",
        ),
        (
            "records.approvals.exists(a, a.subcontractor == sub.id && a.approved_on <= a.start_of_work_on && a.form == 'written')",
            "再委託の承認の記録のいずれかについて、承認の対象の再委託先が当該再委託先であり、かつ、再委託の承認日が再委託業務の着手日以前であり、かつ、再委託の承認の形式が「書面」であること",
            "for at least one subcontracting approval record, the subcontractor approved is this subcontractor, and the date of approval of subcontracting is on or before the start of work of the subcontractor, and the form of the approval is “written”",
        ),
        (
            "sub.role != 'group_company'",
            "再委託先の区分が「子会社・グループ会社」でないこと",
            "the kind of subcontractor is not “subsidiary or group company”",
        ),
        (
            "stated(sub.name) && stated(sub.task) && stated(sub.data) && stated(sub.tier)",
            "次の全てを満たすこと：①再委託先の名称の記載があること、②再委託する業務の記載があること、③「再委託先が取り扱うデータ」の記載があること、④再委託の階層の記載があること",
            "all of the following hold: (1) the name of the subcontractor is stated; (2) the task of the subcontractor is stated; (3) the data handled by the subcontractor is stated; (4) the tier of the subcontractor is stated",
        ),
        (
            "store.holds_personal_data && (has(store.retention_days) ? store.retention_days <= 365 : stated(store.retention_days_wording))",
            "次の全てを満たすこと：①保存場所への個人情報の保存があること、②データの保存期間の記載がある場合は、データの保存期間が365日以下であり、その他の場合は、データの保存期間に関する文言の記載があること",
            "all of the following hold: (1) there is personal data in the store; (2) where the retention period of the store is stated, the retention period of the store is at most 365 days; otherwise the wording on the retention period of the store is stated",
        ),
        (
            "!store.holds_personal_data || store.kind == 'database' || store.auth_required",
            "保存場所への個人情報の保存がある場合は、保存場所の種類が「データベース」であるか、又は保存場所の利用者認証があること",
            "where there is personal data in the store, either the kind of data store is “database”, or there is authentication for the data store",
        ),
        (
            "store.kind != 'terminal' || store.zone != 'internet'",
            "保存場所の種類が「業務端末」の場合は、保存場所のネットワークの区分が「インターネット接続系」でないこと",
            "where the kind of data store is “terminal”, the network zone of the data store is not “internet zone”",
        ),
        (
            "store.zone == 'internet' || store.zone == 'lgwan' || store.public_access",
            "保存場所のネットワークの区分が「インターネット接続系」であるか、保存場所のネットワークの区分が「LGWAN接続系」であるか、又は保存場所への部外者のアクセスがあること",
            "either the network zone of the data store is “internet zone”, or the network zone of the data store is “LGWAN zone”, or there is access to the data store by outsiders",
        ),
        (
            "params.scope.exists(s, s in contract.data_return.scope)",
            "返還・消去の対象範囲に次のいずれかが含まれること：本番環境のデータ、バックアップ、再委託先が保有する複製",
            "the scope of return or erasure includes at least one of “production data”, “backup” and “copy held by a subcontractor”",
        ),
        (
            "!params.scope.all(s, s in contract.data_return.scope)",
            "返還・消去の対象範囲に次のいずれかが含まれないこと：本番環境のデータ、バックアップ、再委託先が保有する複製",
            "the scope of return or erasure does not include all of “production data”, “backup” and “copy held by a subcontractor”",
        ),
        (
            "!params.scope.exists(s, s in contract.data_return.scope)",
            "返還・消去の対象範囲に次のいずれも含まれないこと：本番環境のデータ、バックアップ、再委託先が保有する複製",
            "the scope of return or erasure does not include any of “production data”, “backup” or “copy held by a subcontractor”",
        ),
        (
            "system.data_items.filter(i, i.kind == 'password').all(i, i.at_rest == 'hashed')",
            "データ項目のうち、データ項目の種類が「パスワード」であるものの全てについて、データ項目の保存形式が「一方向ハッシュ」であること",
            "for every data item for which the kind of data item is “password”, the storage form of the data item is “one-way hash”",
        ),
        (
            "contract.data_return.scope.all(s, records.deletions.exists(d, s in d.copy_kinds))",
            "返還・消去の対象範囲の値の全てについて、消去の記録のいずれかについて、消去したデータ・複製物の種別にその値が含まれること",
            "for every value of the scope of return or erasure, for at least one erasure record, the set of kinds of data erased includes that value",
        ),
        (
            "contract.incident.trigger[0] == 'malware'",
            "事故報告の対象事象の値の1番目が「マルウェアの感染」であること",
            "item 1 of the set of events that must be reported is “malware”",
        ),
        (
            "(contract.audit.right || contract.audit.includes_subcontractors) && records.loans.exists(l, l.confirmed || (l.status == 'lent' && l.due_on >= as_of))",
            "次の全てを満たすこと：①監査・立入検査の権利があるか、又は再委託先への監査・検査の権利があること、②貸与の記録のいずれかについて、次のいずれかに該当すること：（ア）貸与データの返還・消去の確認があること、（イ）貸与データの状態が「貸与中」であり、かつ、返還予定日が判定基準日以後であること",
            "all of the following hold: (1) either there is a right to audit and inspect, or there is a right to audit and inspect subcontractors; (2) for at least one loan record, at least one of the following holds: (a) there is confirmation of the settlement of the loan; (b) the status of the loan is “still lent”, and the due date of the loan is on or after the as-of date",
        ),
        (
            "store.holds_personal_data ? store.auth_required : false",
            "保存場所への個人情報の保存があり、かつ、保存場所の利用者認証があること",
            "there is personal data in the store, and there is authentication for the data store",
        ),
    ];

    const CONDITIONS: &[Row] = &[
        (
            "contract.personal_data.handled",
            "個人情報の取扱いがある場合",
            "where there is handling of personal data",
        ),
        ("stage == 'running'", "契約段階が履行中の場合", "where the stage is running"),
        (
            "stage in ['running', 'ended']",
            "契約段階が履行中又は契約終了後の場合",
            "where the stage is running or ended",
        ),
        ("stage != 'bid'", "契約段階が調達中でない場合", "where the stage is not bid"),
        (
            "system.operation == 'outsourced' && system.public_facing",
            "システムの運営形態が「委託」であり、かつ、インターネットへの公開がある場合",
            "where the form of operation is “outsourced”, and there is exposure to the internet",
        ),
        (
            "!has(contract.term.terminated_on)",
            "中途終了日の記載がない場合",
            "where the date of early termination is not stated",
        ),
        (
            "has(contract.data_return.deadline_days)",
            "返還・消去の期限の記載がある場合",
            "where the deadline for return or erasure is stated",
        ),
        (
            "system.data_stores.exists(s, s.holds_personal_data)",
            "データの保存場所のいずれかについて、保存場所への個人情報の保存がある場合",
            "where, for at least one data store, there is personal data in the store",
        ),
        (
            "store.kind in ['database', 'object_storage'] && store.holds_personal_data",
            "保存場所の種類が「データベース」又は「オブジェクトストレージ」のいずれかであり、かつ、保存場所への個人情報の保存がある場合",
            "where the kind of data store is “database” or “object storage”, and there is personal data in the store",
        ),
        (
            "!contract.personal_data.handled || stage == 'ended'",
            "個人情報の取扱いがないか、又は契約段階が契約終了後の場合",
            "where either there is no handling of personal data, or the stage is ended",
        ),
        (
            "size(contract.loans) > 0",
            "データの貸与の件数が1件以上の場合",
            "where the number of loans of data is at least 1",
        ),
        (
            "system.data_stores.filter(s, s.public_access || (s.holds_personal_data && s.auth_required)).exists(s, s.held_by == 'contractor')",
            "データの保存場所のうち、保存場所への部外者のアクセスがあるか、又は（保存場所への個人情報の保存があり、かつ、保存場所の利用者認証がある）もののいずれかについて、データの保有者が「受託者」の場合",
            "where, for at least one data store for which either there is access to the data store by outsiders, or (there is personal data in the store, and there is authentication for the data store), the holder of the data store is “contractor”",
        ),
    ];

    fn holds(rows: &[Row], say: impl Fn(&Expression, Lang) -> String) {
        for (source, ja, en) in rows {
            let expression = match check::condition(source, &scope(source)) {
                Ok(expression) => expression,
                Err(fault) => panic!("{source}: {:?}", fault.problem),
            };
            for (lang, sentence) in [(Lang::Ja, ja), (Lang::En, en)] {
                let said = say(&expression, lang);
                assert_eq!(said, *sentence, "{source}");
                let leaks =
                    ["_", "&&", "||", "==", "<=", ">=", "!", "()"].iter().any(|sign| said.contains(sign));
                assert!(!leaks, "{source}: {said}");
            }
        }
    }

    #[test]
    fn a_demand_reads_as_a_sentence() {
        holds(DEMANDS, |expression, lang| wanted(expression, None, lang));
    }

    #[test]
    fn a_condition_reads_as_a_sentence() {
        holds(CONDITIONS, condition);
    }

    #[test]
    fn an_item_beside_one_of_its_kind_is_told_apart() {
        holds(
            &[(
                "contract.subcontractors.exists(s, s.id == sub.engaged_by && s.tier < sub.tier)",
                "再委託先のいずれかについて、当該再委託先の契約相手がその再委託先であり、かつ、\
                 再委託の階層が当該再委託先の再委託の階層未満であること",
                "for at least one subcontractor, the party that engages this subcontractor is that subcontractor, \
                 and the tier of the subcontractor is less than the tier of this subcontractor",
            )],
            |expression, lang| wanted(expression, None, lang),
        );
    }

    #[test]
    fn a_constant_has_its_unit_and_its_label() {
        let copies = check::expression("contract.data_return.scope", &Scope::default()).unwrap().ty;
        let one = Constant::Int(1);
        let rows = [
            (Constant::Int(30), Type::Int(Some(Unit::Days)), "30日", "30 days"),
            (one.clone(), Type::Int(Some(Unit::PerYear)), "年1回", "1 time a year"),
            (one, Type::Int(None), "1", "1"),
            (Constant::Number(1.5), Type::Number(Some(Unit::Hours)), "1.5時間", "1.5 hours"),
            (Constant::Bool(true), Type::Bool, "あり", "yes"),
            (Constant::Text("ended".into()), Type::Stage, "契約終了後", "ended"),
            (
                texts(&["production", "backup"]),
                copies.clone(),
                "本番環境のデータ、バックアップ",
                "production data, backup",
            ),
            (texts(&[]), copies, "なし（空の一覧）", "none (empty list)"),
        ];
        for (value, ty, ja, en) in rows {
            assert_eq!((&*constant(&value, &ty, Lang::Ja), &*constant(&value, &ty, Lang::En)), (ja, en));
        }
    }

    fn node(data: Data) -> Node {
        Node::new(Span::default(), data)
    }

    fn text(text: &str) -> Node {
        node(Data::Text(text.into()))
    }

    fn field(path: &str) -> Field {
        let expression = check::expression(path, &Scope::default()).unwrap();
        let Kind::Select(_, selected) = expression.kind else { panic!("{path} is no field") };
        selected.field
    }

    fn marked(state: State) -> Node {
        Node { mark: Some(Box::new(Mark { state, ..Mark::default() })), ..Node::default() }
    }

    #[test]
    fn a_fact_is_shown_as_it_stands() {
        let days = "contract.data_return.deadline_days";
        let mut party = Mapping::default();
        for (key, value) in [("id", "a"), ("name", "甲社")] {
            let entry = Entry { key: key.into(), key_span: Span::default(), value: text(value) };
            party.insert(entry).unwrap();
        }
        let list = |items: Vec<Node>| node(Data::List(items));
        let rows = [
            (days, node(Data::Int(30)), "30日", "30 days"),
            ("contract.data_return.on_end", node(Data::Bool(false)), "なし", "no"),
            (
                "contract.subcontracting.prior_approval",
                text("written"),
                "書面による承認（written）",
                "written approval (written)",
            ),
            ("contract.term.end", text("令和8年3月31日"), "令和8年3月31日", "2026-03-31"),
            ("contract.term.end", text("未記入"), "未記入", "未記入"),
            ("contract.title", text("<b>|保守|</b>"), "<b>|保守|</b>", "<b>|保守|</b>"),
            ("contract.data_return.scope", list(vec![]), "なし（空の一覧）", "none (empty list)"),
            (
                "contract.data_return.scope",
                list(vec![text("production"), text("backup")]),
                "本番環境のデータ（production）、バックアップ（backup）",
                "production data (production), backup (backup)",
            ),
            ("contract.parties", list(vec![node(Data::Map(party))]), "甲社（a）", "甲社 (a)"),
            (days, Node::default(), "記載なし", "not stated"),
            (
                days,
                marked(State::Placeholder("別途協議".into())),
                "記載なし（別途協議）",
                "not stated (別途協議)",
            ),
            (
                days,
                marked(State::Conflict(vec![node(Data::Int(30)), node(Data::Int(60))])),
                "記載の不一致（30日／60日）",
                "the sources disagree (30 days / 60 days)",
            ),
        ];
        for (path, node, ja, en) in rows {
            let said = [Lang::Ja, Lang::En].map(|lang| fact(field(path), &node, lang));
            assert_eq!(said, [ja, en], "{path}");
        }
    }
}
