//! Any text as an expression of a policy. A first line `for_each NAME LIST` puts a binder in scope.

use std::sync::OnceLock;

use hadome::diagnostic::Explain;
use hadome::expression::check::{self, Fault, Scope};
use hadome::expression::typed::Expression;
use hadome::expression::types::Type;
use hadome::expression::{parse, sentence};
use hadome::lang::Lang;
use hadome::policy::compile::constant;
use hadome::policy::library::built_in;
use hadome::schema::Unit;

pub fn enter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (binder, source) = match text.strip_prefix("for_each ").and_then(|rest| rest.split_once('\n')) {
        Some((binder, source)) => (binder.split_once(' '), source),
        None => (None, text),
    };
    let mut scope = parameters().clone();
    if let Some((name, list)) = binder
        && let Some(list) = checked(check::list(list), list)
        && let Type::List(item) = list.ty
    {
        scope.binder = Some((name.to_owned(), *item));
    }
    if let Ok(placed) = parse::places(source) {
        assert!(parse::parse(source).is_ok(), "only one of the two parsers takes {source:?}");
        assert!(placed.range(0).is_none_or(|range| range.end <= source.len() + 1));
    }
    checked(check::condition(source, &scope), source);
    checked(check::date(source, &scope), source);
    checked(check::objects(source, &scope), source);
    checked(check::field(source, &scope), source);
    checked(check::number(source, &scope, Unit::Days), source);
}

/// What is refused is told; what is taken can be told as a sentence.
#[track_caller]
fn checked(found: Result<Expression, Fault>, source: &str) -> Option<Expression> {
    for lang in [Lang::Ja, Lang::En] {
        match &found {
            Ok(expression) => {
                assert!(!sentence::condition(expression, lang).is_empty(), "{source:?}");
                sentence::wanted(expression, None, lang);
                sentence::unmet(expression, lang);
            }
            Err(fault) => {
                assert!(!fault.problem.message(lang).is_empty(), "{source:?}");
                let range = fault.range.clone().unwrap_or(0..0);
                assert!(range.start <= range.end && range.end <= source.len(), "{range:?} of {source:?}");
            }
        }
    }
    found.ok()
}

/// The parameters of all built-in policies.
fn parameters() -> &'static Scope {
    static SCOPE: OnceLock<Scope> = OnceLock::new();
    SCOPE.get_or_init(|| {
        let policies = built_in().policies.values();
        let parameters = policies.flat_map(|policy| &policy.parameters).filter_map(|(name, parameter)| {
            let unit = parameter.unit.as_deref().and_then(Unit::from_word);
            Some((name.clone(), (constant(&parameter.value)?, unit)))
        });
        Scope { parameters: parameters.collect(), binder: None, anchors: true }
    })
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<String> = Vec::new();
    for policy in built_in().policies.values() {
        let binder = policy.for_each.iter().flatten().next();
        let head = binder.map(|(name, list)| format!("for_each {name} {list}\n")).unwrap_or_default();
        let clauses = policy.require.iter().flat_map(|clause| [Some(&clause.that), clause.when.as_ref()]);
        let all = clauses.chain([policy.applies_when.as_ref()]).flatten();
        seeds.extend(all.map(|source| format!("{head}{source}")));
    }
    let mut seeds: Vec<Vec<u8>> = seeds.into_iter().map(String::into_bytes).collect();
    super::seeds::in_order(&mut seeds);
    seeds
}
