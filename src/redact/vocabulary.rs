//! Words that say nothing of anyone: those of the program's own texts, which stand in every report.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::needle::{folded, occurring};
use crate::lang::Lang;
use crate::schema::{Field, Kind, Shape};

/// Whether a folded text is what the schemas call one of their choices: 受託者, 再委託先.
pub(super) fn is_label(text: &str) -> bool {
    static LABELS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let mut labels = BTreeSet::new();
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_of_dossier());
        kinds.for_each(|kind| collect(kind.root(), &mut labels));
        labels
    });
    LABELS.contains(text)
}

fn collect(field: Field, labels: &mut BTreeSet<String>) {
    for word in field.words() {
        labels.insert(folded(word));
        labels
            .extend([Lang::Ja, Lang::En].into_iter().filter_map(|lang| field.label(word, lang)).map(folded));
    }
    match field.shape() {
        Shape::Object => field.properties().for_each(|inner| collect(inner, labels)),
        Shape::List => field.items().into_iter().for_each(|inner| collect(inner, labels)),
        _ => {}
    }
}

/// Which of some folded texts occur in our own: to hide them there would give them away, since anyone
/// can read our texts elsewhere.
pub(super) fn common<'t, 'o>(
    texts: impl Iterator<Item = &'t str>,
    own: impl IntoIterator<Item = &'o str>,
) -> BTreeSet<String> {
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    occurring(&texts, own.into_iter().map(folded)).into_iter().map(str::to_owned).collect()
}
