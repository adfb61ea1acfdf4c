//! The rules of the schemas, which the `jsonschema` crate turns into code when the program is built: a
//! run reads no schema to judge a document.

use jsonschema::ErrorIterator;
use serde_json::Value;

use crate::date::Period;
use crate::schema::Kind;

/// One validator for each kind of document, and one for a `ref`.
mod generated {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

/// What of a document its schema does not allow.
pub(super) fn errors(kind: Kind, document: &Value) -> ErrorIterator<'_> {
    use generated::{Cases, Contract, Evidence, Families, Incident, Policy, Profile};
    use generated::{Records, References, System, Waivers};
    match kind {
        Kind::Contract => Contract::iter_errors(document),
        Kind::System => System::iter_errors(document),
        Kind::Records => Records::iter_errors(document),
        Kind::Policy => Policy::iter_errors(document),
        Kind::Cases => Cases::iter_errors(document),
        Kind::Profile => Profile::iter_errors(document),
        Kind::Incident => Incident::iter_errors(document),
        Kind::References => References::iter_errors(document),
        Kind::Families => Families::iter_errors(document),
        Kind::Evidence => Evidence::iter_errors(document),
        Kind::Waivers => Waivers::iter_errors(document),
    }
}

/// What of a `ref` its schema does not allow.
pub(super) fn reference_errors(reference: &Value) -> ErrorIterator<'_> {
    generated::Ref::iter_errors(reference)
}

/// The format of dates.
fn is_date(text: &str) -> bool {
    Period::parse(text).is_some()
}
