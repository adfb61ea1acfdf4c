//! Named days of a contract, for due dates: each the first of several fields that is written at all.

use super::expression_of;
use crate::expression::typed::{Expression, Kind, Root};
use crate::expression::types::Type;
use crate::stage::END_OF_TERM;

/// The names.
pub(super) const ANCHORS: [&str; 2] = ["contract_end", "service_start"];

/// The day of a name: when the contract really ends, or when the service begins (by the contract, or
/// else by the system).
pub(super) fn anchor(name: &str) -> Option<Expression> {
    let term = |field: &str| select(select(root(Root::Contract), "term")?, field);
    let days = match name {
        "contract_end" => END_OF_TERM.into_iter().map(term).collect::<Option<Vec<_>>>()?,
        "service_start" => vec![term("service_start")?, select(root(Root::System), "service_start")?],
        _ => return None,
    };
    Some(expression_of(Kind::Anchor(days), Type::Date))
}

fn root(root: Root) -> Expression {
    expression_of(Kind::Root(root), Type::Object(root.kind().root()))
}

fn select(of: Expression, field: &str) -> Option<Expression> {
    let Type::Object(object) = of.ty else { return None };
    let found = object.property(field)?;
    let ty = Type::of_field(found);
    Some(expression_of(Kind::Select(Box::new(of), found), ty))
}
