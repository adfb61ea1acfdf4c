//! Which item of a long list has which id, so that a thousand findings do not cost a thousand walks each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::load::tree::Node;

/// A list below this length is walked: to remember it would cost more.
const FROM: usize = 64;

/// What was found out about the long lists of one case, by the address of their first item.
///
/// It only remembers where to look. What stands there is looked at each time, so that a list that was
/// changed, or another one at the same address, costs time and leads nowhere wrong.
#[derive(Debug, Default)]
pub struct Items(Mutex<HashMap<usize, Positions>>);

/// The position of each id in one list.
type Positions = HashMap<Box<str>, usize>;

impl Items {
    /// The item of a list whose `id` is the one given.
    pub fn find<'n>(&self, list: &'n Node, id: &str) -> Option<&'n Node> {
        let items = list.as_list()?;
        if items.len() < FROM {
            return list.item(id);
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let positions = known.entry(items.as_ptr().addr()).or_insert_with(|| positions(items));
        let remembered = positions.get(id).and_then(|at| items.get(*at));
        remembered.filter(|item| item.id() == Some(id)).or_else(|| list.item(id))
    }
}

/// Of two items with one id the first counts.
fn positions(items: &[Node]) -> Positions {
    let ids = items.iter().enumerate().rev();
    ids.filter_map(|(at, item)| Some((item.id()?.into(), at))).collect()
}

#[cfg(test)]
mod tests {
    use super::Items;
    use crate::load::limits::Limits;
    use crate::load::tree::{Data, FileId};
    use crate::load::yaml::parse;

    #[test]
    fn a_long_list_is_found_in_as_a_short_one_also_after_a_change() {
        let ids: String = (0..200).map(|number| format!("  - {{id: i{number}}}\n")).collect();
        let mut root = parse(&format!("items:\n{ids}"), FileId(0), &Limits::default()).unwrap();
        let items = Items::default();
        let list = root.get("items").unwrap();
        for id in ["i0", "i63", "i199", "i200", "i"] {
            let (found, wanted) = (items.find(list, id), list.item(id));
            assert_eq!(found.map(|item| item.span), wanted.map(|item| item.span), "{id}");
        }
        let list = root.as_map_mut().unwrap().get_mut("items").unwrap();
        let Data::List(inner) = &mut list.data else { panic!("a list") };
        inner.remove(0);
        assert!(items.find(list, "i0").is_none());
        assert_eq!(items.find(list, "i199").map(|item| item.span), list.item("i199").map(|item| item.span));
    }
}
