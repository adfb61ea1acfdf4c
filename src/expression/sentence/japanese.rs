//! Claims in Japanese, which inflects the end of each part.

use super::claim::{
    Claim, at_least_one, claim_of, constants, ends_well, ids_of, is_inline, is_plain, known, known_days,
    object_items, opposite, oriented, slot_type, truth_of,
};
use super::value::{amount, constant, empty_list, item_type, labelled, quoted, value_type};
use super::writer::Writer;
use crate::expression::typed::{Arithmetic, Comparison, Constant, Expression, Kind, Quantifier, TextTest};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::schema::{Field, Unit};

/// How a Japanese clause ends.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
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
    /// …であるため
    Tame,
}

impl Form {
    /// What ends the clause after its plain form, where it does.
    fn tail(self) -> Option<&'static str> {
        match self {
            Form::Koto => Some("こと"),
            Form::Baai => Some("場合"),
            Form::Plain => Some(""),
            Form::Tame => Some("ため"),
            Form::Ka => Some("か"),
            Form::Continuing => None,
        }
    }
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
            Form::Tame if self == Verb::Dearu && negated => "ではないため".to_owned(),
            Form::Tame => format!("{plain}ため"),
        }
    }
}

/// A Japanese clause up to its verb.
struct Stem(String, Verb, bool);

impl Writer {
    pub(super) fn ja(&self, claim: &Claim, form: Form) -> String {
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
            Claim::IncludesOther { words, list, negated } => {
                let subject = self.ja_term(list, &Type::Nothing);
                let listed = self.ja_list(words, item_type(&list.ty), Quantifier::Exists);
                let end = Verb::Fukumareru.ending(*negated, form);
                format!("{subject}に{listed}以外のものが{end}")
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
            let last = at + 1 == count;
            let form = if last { form } else { before };
            match form.tail() {
                _ if inline || is_plain(part) || (last && ends_well(part)) => inner.ja(part, form),
                Some(tail) => format!("（{}）{tail}", inner.ja(part, Form::Plain)),
                None => format!("（{}）", inner.ja(part, form)),
            }
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
        items: &[&Constant],
        list: &Expression,
        negated: bool,
        form: Form,
    ) -> String {
        let subject = self.ja_term(list, &Type::Nothing);
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
        let listed = if long { "次".to_owned() } else { self.ja_list(items, ty, joint) };
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
            Kind::Has(of, field) => {
                Stem(format!("{}の記載が", self.ja_field(of, *field)), Verb::Aru, negated)
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
                None => {
                    let subject = self.ja_term(expression, &Type::Bool);
                    match labelled(expression, !negated, Lang::Ja) {
                        Some(label) => Stem(format!("{subject}が「{label}」"), Verb::Dearu, false),
                        None => Stem(format!("{subject}が"), Verb::Aru, negated),
                    }
                }
            },
        }
    }

    fn ja_compare(&self, how: Comparison, a: &Expression, b: &Expression) -> Stem {
        if a.ty == Type::Bool {
            let side = |side: &Expression| {
                let term = self.ja_term(side, &Type::Bool);
                match labelled(side, true, Lang::Ja) {
                    Some(label) => format!("{term}が「{label}」であるか否か"),
                    None => format!("{term}の有無"),
                }
            };
            return Stem(format!("{}と{}とが", side(a), side(b)), Verb::Itchi, how == Comparison::NotEqual);
        }
        let (how, least) = at_least_one(how, a, b);
        let subject = self.ja_term(a, &b.ty);
        let object = match least {
            Some(one) => self.ja_number(a, one),
            None if matches!(a.kind, Kind::Size(_) | Kind::Select(..)) => {
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
            Kind::Size(_) | Kind::Select(..) => amount(number, like.ty.unit(), Lang::Ja) + ja_counter(like),
            _ => amount(number, like.ty.unit(), Lang::Ja),
        }
    }

    fn ja_in(&self, item: &Expression, list: &Expression, negated: bool) -> Stem {
        if let Some(named) = ids_of(list) {
            let (item, items) = (self.ja_term(item, item_type(&list.ty)), self.ja_items(named));
            return match negated {
                true => Stem(format!("{item}が{items}のいずれでも"), Verb::Aru, true),
                false => Stem(format!("{item}が{items}のいずれか"), Verb::Dearu, false),
            };
        }
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
            Kind::Select(of, field) => self.ja_field(of, *field),
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
}

/// The counter of what is counted.
fn ja_counter(size: &Expression) -> &'static str {
    match &size.kind {
        Kind::Size(of) if object_items(of).is_some() => "件",
        Kind::Size(of) if of.ty.is_text() => "文字",
        Kind::Select(_, field) => field.counter(),
        _ => "",
    }
}

/// A Japanese title, in brackets where a particle or a conjunction inside would blur its end.
fn bracketed(title: String) -> String {
    let blurs = ["が", "又は", "及び", "、"].iter().any(|word| title.contains(word));
    if blurs { format!("「{title}」") } else { title }
}
