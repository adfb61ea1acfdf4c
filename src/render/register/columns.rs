//! The columns of the register: each field of the schema once, by its title, and what was found.

use crate::lang::Lang;
use crate::render::view::evidence::EvidenceView;
use crate::schema::{Field, Kind};

/// A column.
pub(super) struct Column {
    head: Head,
    /// What stands in it; empty where nothing is stated.
    pub cell: fn(&EvidenceView, Lang) -> String,
}

/// What stands above a column.
enum Head {
    /// The title of a field, by its path in the entry.
    Field(&'static str),
    /// Words of its own, in Japanese and English.
    Words(&'static str, &'static str),
}

impl Column {
    /// What stands above it.
    pub fn title(&self, lang: Lang) -> String {
        match self.head {
            Head::Words(ja, en) => lang.pick(ja, en).to_owned(),
            Head::Field(path) => {
                let entry = Kind::Evidence.root().property("evidence").and_then(Field::items);
                let found =
                    path.split('.').try_fold(entry, |field, name| field.map(|field| field.property(name)));
                found.flatten().map_or(path, |field| field.title(lang)).to_owned()
            }
        }
    }

    /// Whether it says which piece it is.
    pub fn is_head(&self) -> bool {
        matches!(self.head, Head::Field("id" | "title"))
    }
}

macro_rules! field {
    ($path:literal, $member:ident) => {
        Column { head: Head::Field($path), cell: |piece, _| piece.$member.clone().unwrap_or_default() }
    };
}

/// The columns, in the order in which an office reads them.
pub(super) const COLUMNS: [Column; 34] = [
    field!("number", number),
    Column { head: Head::Field("id"), cell: |piece, _| piece.id.clone() },
    Column { head: Head::Field("title"), cell: |piece, _| piece.title.clone() },
    field!("kind", kind_title),
    field!("scope", scope),
    field!("issuer", issuer),
    field!("issuer_side", issuer_side),
    field!("author", author),
    field!("issued_on", issued_on),
    field!("effective_on", effective_on),
    field!("expires_on", expires_on),
    field!("period.from", period_from),
    field!("period.to", period_to),
    field!("received_on", received_on),
    field!("received_by", received_by),
    field!("form", form),
    field!("kept_at", kept_at),
    field!("retain_until", retain_until),
    field!("classification", classification),
    Column { head: Head::Field("policies"), cell: |piece, lang| piece.policies.join(lang.pick("、", ", ")) },
    field!("examined.by", examined_by),
    field!("examined.side", examined_side),
    field!("examined.on", examined_on),
    field!("examined.how", examined_how),
    field!("examined.page", examined_page),
    field!("examined.result", examined_result),
    field!("examined.note", examined_note),
    Column { head: Head::Field("proves"), cell: proves },
    Column { head: Head::Words("確認の程度", "assurance"), cell: |piece, _| piece.standing.to_owned() },
    Column { head: Head::Words("問題", "flaws"), cell: flaws },
    field!("file", file),
    field!("sha256", sha256),
    field!("note", note),
    Column {
        head: Head::Words("記載箇所", "place"),
        cell: |piece, _| format!("{}:{}", piece.place.file, piece.place.line),
    },
];

fn proves(piece: &EvidenceView, lang: Lang) -> String {
    let claims =
        piece.proves.iter().map(|claim| format!("{}{}{}", claim.title, lang.pick("：", ": "), claim.value));
    claims.collect::<Vec<_>>().join(lang.pick("／", "; "))
}

fn flaws(piece: &EvidenceView, lang: Lang) -> String {
    let flaws = piece.flaws.iter().map(|flaw| flaw.text.as_str());
    flaws.collect::<Vec<_>>().join(lang.pick("／", "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_schema_has_its_column() {
        let entry = Kind::Evidence.root().property("evidence").and_then(Field::items).expect("a schema");
        let mut wanted = Vec::new();
        for field in entry.properties() {
            let inner: Vec<String> =
                field.properties().map(|inner| format!("{}.{}", field.name, inner.name)).collect();
            if inner.is_empty() { wanted.push(field.name.to_owned()) } else { wanted.extend(inner) }
        }
        let known: Vec<&str> = COLUMNS
            .iter()
            .filter_map(|column| if let Head::Field(path) = column.head { Some(path) } else { None })
            .collect();
        for path in &wanted {
            assert!(known.contains(&path.as_str()), "no column for {path}");
        }
        assert_eq!(known.len(), wanted.len());
        for column in &COLUMNS {
            assert!(!column.title(Lang::Ja).is_empty() && !column.title(Lang::En).contains('.'));
        }
    }
}
