//! The rules of the schemas, which the `jsonschema` crate turns into code when the program is built: a
//! run reads no schema to judge a document.

use jsonschema::ValidationError;
use serde_json::Value;

use crate::date::Period;
use crate::schema::Kind;

/// One validator for each kind of document, and one for a `ref`.
mod generated {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

macro_rules! errors_of {
    ($validator:path, $value:expr) => {{
        use $validator as Validator;
        if Validator::is_valid($value) { Vec::new() } else { Validator::iter_errors($value).collect() }
    }};
}

/// What of a document its schema does not allow; nothing is looked for where the document is valid.
pub(super) fn errors(kind: Kind, document: &Value) -> Vec<ValidationError<'_>> {
    use generated::{
        Answers, Articles, Calendar, Cases, Contract, Evidence, Families, Incident, Marks, Obligations,
    };
    use generated::{Offer, Policy, Profile, Records, Redaction, References, System, Tender, Waivers};
    match kind {
        Kind::Contract => errors_of!(Contract, document),
        Kind::System => errors_of!(System, document),
        Kind::Records => errors_of!(Records, document),
        Kind::Policy => errors_of!(Policy, document),
        Kind::Cases => errors_of!(Cases, document),
        Kind::Profile => errors_of!(Profile, document),
        Kind::Incident => errors_of!(Incident, document),
        Kind::References => errors_of!(References, document),
        Kind::Families => errors_of!(Families, document),
        Kind::Evidence => errors_of!(Evidence, document),
        Kind::Waivers => errors_of!(Waivers, document),
        Kind::Redaction => errors_of!(Redaction, document),
        Kind::Obligations => errors_of!(Obligations, document),
        Kind::Calendar => errors_of!(Calendar, document),
        Kind::Marks => errors_of!(Marks, document),
        Kind::Tender => errors_of!(Tender, document),
        Kind::Offer => errors_of!(Offer, document),
        Kind::Answers => errors_of!(Answers, document),
        Kind::Articles => errors_of!(Articles, document),
    }
}

/// What of a `ref` its schema does not allow.
pub(super) fn reference_errors(reference: &Value) -> Vec<ValidationError<'_>> {
    errors_of!(generated::Ref, reference)
}

/// The format of dates.
fn is_date(text: &str) -> bool {
    Period::parse(text).is_some()
}
