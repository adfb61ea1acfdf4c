//! Claims in English, which changes the verb.

use super::claim::{
    Claim, at_least_one, claim_of, constants, ends_well, ids_of, is_identity, is_inline, is_plain, known,
    known_days, object_items, opposite, oriented, slot_type, truth_of,
};
use super::value::{amount, constant, empty_list, item_type, labelled, quoted, value_type};
use super::writer::Writer;
use crate::expression::typed::{Arithmetic, Comparison, Constant, Expression, Kind, Quantifier, TextTest};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::schema::{Field, Unit};

const BE: [&str; 4] = ["is", "are", "is not", "are not"];
const INCLUDE: [&str; 4] = ["includes", "include", "does not include", "do not include"];

impl Writer {
    pub(super) fn en(&self, claim: &Claim) -> String {
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
            Claim::IncludesOther { words, list, negated } => {
                let verb = self.en_verb(list, *negated, INCLUDE);
                let what = if *negated { "anything" } else { "something" };
                let subject = self.en_term(list, &Type::Nothing);
                let listed = self.en_list(words, item_type(&list.ty), "or");
                format!("{subject} {verb} {what} other than {listed}")
            }
        }
    }

    fn en_joined(&self, parts: &[Claim], lead: &str, before: &str, word: &str) -> String {
        let inline = is_inline(parts);
        if !inline && self.last {
            return format!("{lead}: {}", self.numbered(parts, |inner, part| inner.en(part)));
        }
        let inner = self.followed();
        let count = parts.len();
        let parts = parts.iter().enumerate().map(|(at, part)| {
            let text = inner.en(part);
            let bare = inline || is_plain(part) || (at + 1 == count && ends_well(part));
            if bare { text } else { format!("({text})") }
        });
        before.to_owned() + &parts.collect::<Vec<_>>().join(&format!(", {word} "))
    }

    fn en_includes(&self, how: Quantifier, items: &[&Constant], list: &Expression, negated: bool) -> String {
        let ty = item_type(&list.ty);
        let verb = self.en_verb(list, negated, INCLUDE);
        let subject = self.en_term(list, &Type::Nothing);
        let listed = match (how, negated) {
            (Quantifier::All, false) => self.en_list(items, ty, "and"),
            _ if items.len() == 1 => self.en_list(items, ty, "or"),
            (Quantifier::All, true) => format!("any of {}", self.en_list(items, ty, "or")),
            (_, true) => format!("all of {}", self.en_list(items, ty, "and")),
            (_, false) => format!("at least one of {}", self.en_list(items, ty, "and")),
        };
        format!("{subject} {verb} {listed}")
    }

    fn en_atom(&self, expression: &Expression, negated: bool) -> String {
        match &expression.kind {
            Kind::Stated(of) => {
                let verb = self.en_verb(of, negated, BE);
                format!("{} {verb} stated", self.en_term(of, &Type::Nothing))
            }
            Kind::Has(of, field) => {
                let title = field.title(Lang::En);
                let verb = verb_form(is_plural(title), negated, BE);
                format!("{} {verb} stated", self.en_field(of, *field))
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
                None => self.en_truth(expression, negated),
            },
        }
    }

    /// `there is a duty to …`, `there is no access …`, `the result … is “passed”`.
    fn en_truth(&self, expression: &Expression, negated: bool) -> String {
        let noun = self.en_term(expression, &Type::Bool);
        if let Some(label) = labelled(expression, !negated, Lang::En) {
            return format!("{noun} {} “{label}”", self.en_verb(expression, false, BE));
        }
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
            let (a, b) = (self.en_truth(a, false), self.en_truth(b, false));
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
        if let Some(named) = ids_of(list) {
            let is = self.en_verb(item, false, BE);
            let item = self.en_term(item, item_type(&list.ty));
            let one = if negated { "none" } else { "one" };
            return format!("{item} {is} {one} of the {}", self.en_items(named));
        }
        let Some(items) = constants(list) else {
            let verb = self.en_verb(list, negated, INCLUDE);
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
            Kind::Select(_, field) => {
                let title = field.title(Lang::En);
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
            Kind::Select(of, field) => self.en_field(of, *field),
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
            Kind::Select(_, field) => !is_identity(subject) && is_plural(field.title(Lang::En)),
            Kind::Filter(..) | Kind::Map(..) => true,
            _ => false,
        };
        verb_form(plural, negated, forms)
    }
}

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
    const LEADS_ON: [&str; 23] = [
        "of", "to", "for", "by", "in", "on", "from", "with", "at", "that", "who", "which", "as", "inside",
        "after", "before", "without", "covered", "carried", "being", "apart", "passed", "taught",
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
