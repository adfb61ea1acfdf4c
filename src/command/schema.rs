//! `hadome schema`: the JSON Schema of a document kind.

use clap::Args;

use super::{Console, Exit};
use crate::schema::Kind;
use crate::schema::editor;

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// The document kind: contract, system, records, policy, cases, profile, incident, references, families,
    /// evidence, waivers, redaction, obligations, calendar, marks, tender, offer, answers, articles.
    #[arg(value_name = "KIND", value_parser = parse_kind)]
    kind: Kind,
}

/// Runs the command.
pub fn run(arguments: &SchemaArguments, console: &mut Console<'_>) -> Exit {
    let schema = editor::schema(arguments.kind, console.lang);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    console.print(&(text + "\n")).and(console.flush())
}

fn parse_kind(word: &str) -> Result<Kind, String> {
    Kind::from_word(word).ok_or_else(|| Kind::ALL.map(Kind::word).join(" / "))
}
