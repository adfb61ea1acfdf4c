//! The expressions of the built-in library, parsed when the program was built.

use super::packed;
use super::term::Term;

include!(concat!(env!("OUT_DIR"), "/terms.rs"));

/// The term of an expression, if the built-in library has the same text.
pub fn term(source: &str) -> Option<Term> {
    let at = TERMS.binary_search_by(|(known, _)| (*known).cmp(source)).ok()?;
    packed::unpack(TERMS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::parse::parse;
    use crate::policy::library::built_in;

    #[test]
    fn every_expression_of_the_library_is_known_as_the_parser_reads_it() {
        let mut count = 0;
        for policy in built_in().policies.values() {
            let lists = policy.for_each.iter().flat_map(|binders| binders.values());
            let clauses = policy.require.iter();
            let conditions = clauses.flat_map(|clause| std::iter::once(&clause.that).chain(&clause.when));
            for source in lists.chain(&policy.applies_when).chain(conditions) {
                let parsed = packed::pack(&parse(source).unwrap()).unwrap();
                assert_eq!(packed::pack(&term(source).unwrap()).unwrap(), parsed, "{source}");
                count += 1;
            }
        }
        assert!(count > TERMS.len());
    }

    #[test]
    fn another_text_is_not_known() {
        assert_eq!(term("contract.id == 'x' && false"), None);
        assert_eq!(term(""), None);
    }

    #[test]
    fn what_is_packed_comes_back() {
        for source in [
            "x.all(i, i.a < 3 && i.b.exists(j, j == 'ほ\\n'))",
            "[1, -2, 0.5, true, 'a', []].filter(x, x > 1).map(y, y + 1).exists_one(z, z == 2)",
            "has(a.b) ? a.b.startsWith('x') : size(a.c) >= days(3) || !(a.c in ['p', 'q'])",
            "a[0] + 1.0e300 - date('2024-04-01') / 3 % 2",
        ] {
            let term = parse(source).unwrap();
            let line: &'static str = packed::pack(&term).unwrap().leak();
            let back = packed::unpack(line).unwrap();
            assert_eq!(packed::pack(&back).unwrap(), line, "{source}");
            assert_eq!(shape(&back), shape(&term), "{source}");
        }
    }

    #[test]
    fn what_has_no_word_is_not_packed() {
        for source in
            ["{'a': 1}", "a.map(x, x > 1, x + 1)", "a == null", "a == '\u{1f}'", "f(1,2,3,4,5,6,7,8,9,0)"]
        {
            assert_eq!(packed::pack(&parse(source).unwrap()), None, "{source}");
        }
        for line in ["", "z", "sfield", "c2f\u{1f}na", "na\u{1f}nb", "lx"] {
            assert_eq!(packed::unpack(line), None, "{line}");
        }
    }

    /// A term without its ids.
    fn shape(term: &Term) -> String {
        let shown = format!("{term:?}");
        let mut parts = shown.split("id: ");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |shape, part| shape + part.trim_start_matches(|c: char| c.is_ascii_digit()))
    }
}
