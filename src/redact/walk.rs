//! The way down a document's tree, with the field of every node.

use crate::load::tree::{Data, Node, State};
use crate::schema::{Field, Kind};

/// Visits the nodes directly below a node: its place in the original, the values of sources that
/// disagree, the items of a list, the members of a section.
pub(super) fn below(field: Option<Field>, node: &mut Node, visit: &mut dyn FnMut(Option<Field>, &mut Node)) {
    if let Some(mark) = &mut node.mark {
        let reference = Kind::Contract.root().properties().find_map(|section| section.property("ref"));
        mark.reference.iter_mut().for_each(|place| visit(reference, place));
        if let State::Conflict(values) = &mut mark.state {
            values.iter_mut().for_each(|value| visit(field, value));
        }
    }
    match &mut node.data {
        Data::List(items) => {
            let within = field.and_then(Field::items);
            items.iter_mut().for_each(|item| visit(within, item));
        }
        Data::Map(map) => {
            let keys: Vec<Option<Field>> =
                map.entries().iter().map(|entry| field?.property(&entry.key)).collect();
            for (key, value) in keys.into_iter().zip(map.values_mut()) {
                visit(key, value);
            }
        }
        _ => {}
    }
}
