//! Ids of documents and of list items, made from names that people gave.

/// The longest id that is made (the schemas allow 80 characters), so that a number fits behind it.
const LONGEST: usize = 70;

/// A name as an id: lower-case letters, digits and hyphens. `None` where nothing of it can stand in an id.
pub fn from_name(name: &str) -> Option<String> {
    let mut id = String::with_capacity(name.len());
    for c in name.chars().map(|c| c.to_ascii_lowercase()) {
        match c.is_ascii_lowercase() || c.is_ascii_digit() {
            true => id.push(c),
            false if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            false => {}
        }
    }
    id.truncate(LONGEST);
    let id = id.trim_matches('-');
    (!id.is_empty()).then(|| id.to_owned())
}

/// An id that is not taken: the one wanted, or with the first number behind it that is free.
pub fn free(wanted: String, taken: &[&str]) -> String {
    let mut numbered = (2..).map(|number: usize| format!("{wanted}-{number}"));
    match taken.contains(&wanted.as_str()) {
        true => numbered.find(|id| !taken.contains(&id.as_str())).unwrap_or_default(),
        false => wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::{free, from_name};

    #[test]
    fn names_become_ids() {
        let table = [
            ("Access Test_2026 (v1)", Some("access-test-2026-v1")),
            ("試験report第2版", Some("report-2")),
            ("試験報告書", None),
            ("--", None),
        ];
        for (name, want) in table {
            assert_eq!(from_name(name).as_deref(), want, "{name}");
        }
        assert_eq!(free("a".to_owned(), &["a", "a-2"]), "a-3");
        assert_eq!(free("a".to_owned(), &["b"]), "a");
    }
}
