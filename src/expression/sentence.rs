//! placeholder until the real one lands
use super::typed::Expression;
use crate::{lang::Lang, load::tree::Node, schema::Field};
/// x
pub fn wanted(expression: &Expression, _binder: Option<&str>, _lang: Lang) -> String { format!("{:?}", expression.ty) }
/// x
pub fn condition(expression: &Expression, _lang: Lang) -> String { format!("{:?}", expression.ty) }
/// x
pub fn fact(_field: Field, node: &Node, _lang: Lang) -> String { node.to_json().to_string() }
