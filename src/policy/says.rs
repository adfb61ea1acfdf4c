//! The wording that an author gives a clause in place of the sentence made of its condition.

use std::collections::BTreeMap;

use crate::expression::sentence;
use crate::expression::typed::{Constant, Expression, Kind};
use crate::expression::types::Type;
use crate::lang::{Lang, Text};

/// The wording with the values of the condition's parameters in place of their names in braces.
pub fn filled(says: &str, that: &Expression, lang: Lang) -> String {
    let parameters = parameters(that, lang);
    parameters.iter().fold(says.to_owned(), |text, (name, value)| text.replace(&braced(name), value))
}

/// A parameter that the condition has and one of the wordings does not give, or the other way round.
pub fn misfit(says: &Text, that: &Expression) -> Option<String> {
    let parameters = parameters(that, Lang::Ja);
    [Lang::Ja, Lang::En].into_iter().find_map(|lang| {
        let text = says.get(lang);
        let silent = parameters.keys().find(|name| !text.contains(&braced(name)));
        let named = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let unknown = named.into_iter().find(|name| !parameters.contains_key(*name)).map(str::to_owned);
        silent.cloned().or(unknown)
    })
}

/// The parameters of a condition with their values.
fn parameters(that: &Expression, lang: Lang) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    that.walk(&mut |inner| {
        if let Kind::Parameter(name, value) = &inner.kind {
            let ty = choice(value, that).unwrap_or_else(|| inner.ty.clone());
            found.insert(name.to_string(), sentence::constant(value, &ty, lang));
        }
    });
    found
}

/// The choice among the fields of the condition that calls each word of a value by a name.
fn choice(value: &Constant, that: &Expression) -> Option<Type> {
    let words: Vec<&str> = match value {
        Constant::Text(word) => vec![word],
        Constant::List(items) => items
            .iter()
            .map(|item| if let Constant::Text(word) = item { Some(&**word) } else { None })
            .collect::<Option<_>>()?,
        _ => return None,
    };
    let mut found = None;
    that.walk(&mut |inner| {
        let ty = if let Type::List(item) = &inner.ty { item } else { &inner.ty };
        if let Type::Enum(field) = ty
            && found.is_none()
            && words.iter().all(|word| field.label(word, Lang::Ja).is_some())
        {
            found = Some(ty.clone());
        }
    });
    found
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}
