//! A bid: the draft contract of its tender, and what stands in its own folder.

use std::path::Path;

use super::{FILES, Loaded, Loader, Parts, Problem};
use crate::load::folder::display;
use crate::load::limits::Limits;
use crate::schema::Kind;

/// The files of a bid; its contract is the draft of the tender.
const FILES_OF_BID: [(&str, Kind); 5] = [
    ("contract.yaml", Kind::Contract),
    ("system.yaml", Kind::System),
    ("offer.yaml", Kind::Offer),
    ("evidence.yaml", Kind::Evidence),
    ("answers.yaml", Kind::Answers),
];

/// Reads a bid: the draft contract of the tender in `tender`, and what stands in the bid's own folder.
/// `name` and `tender_name` are the folders as they are printed.
pub fn load_bid(folder: &Path, name: &str, tender: &Path, tender_name: &str, limits: &Limits) -> Loaded {
    let parts = Parts { contract: tender, documents: folder, evidence: folder, waivers: folder };
    let loaded = Loaded { name: name.to_owned(), ..Loaded::default() };
    let mut loader = Loader { parts, files: &FILES_OF_BID, contract_name: tender_name, limits, loaded };
    loader.everything();
    loader.complete();
    loader.misplaced();
    loader.loaded
}

impl Loader<'_> {
    /// Says which documents of a bid are missing.
    fn complete(&mut self) {
        let has =
            |loader: &Self, kind: Kind| loader.loaded.documents.iter().any(|parsed| parsed.kind == kind);
        for (file, kind) in [("system.yaml", Kind::System), ("offer.yaml", Kind::Offer)] {
            let path = display(&self.loaded.name, file);
            let tried = self.loaded.sources.files().iter().any(|known| known.path == path);
            if !has(self, kind) && !tried {
                let at = self.loaded.sources.add(path, None, None);
                self.diagnose(at, Problem::NoBidDocument(file));
            }
        }
        let draft = display(self.contract_name, "contract.yaml");
        if !self.loaded.sources.files().iter().any(|known| known.path == draft) {
            let at = self.loaded.sources.add(draft, None, None);
            self.diagnose(at, Problem::NoDraft);
        }
    }

    /// Documents of a dossier that have no place in a bid would otherwise be passed over in silence.
    fn misplaced(&mut self) {
        let known = |name: &str| name != "contract.yaml" && self.files.iter().any(|(file, _)| *file == name);
        let others: Vec<&'static str> =
            FILES.iter().map(|(file, _)| *file).filter(|file| !known(file)).collect();
        for name in others {
            if self.parts.documents.join(name).symlink_metadata().is_ok() {
                let file = self.loaded.sources.add(display(&self.loaded.name, name), None, None);
                self.diagnose(file, Problem::NotInABid(name));
            }
        }
    }
}
