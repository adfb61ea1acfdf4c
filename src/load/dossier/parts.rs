//! Where the parts of a dossier lie.

use std::path::Path;

use crate::schema::Kind;

/// The folders that the parts of a dossier are read from: one, unless two states of a dossier are
/// compared part by part.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'f> {
    /// Of the contract.
    pub contract: &'f Path,
    /// Of systems and records.
    pub documents: &'f Path,
    /// Of the register of evidence and the files that it names.
    pub evidence: &'f Path,
    /// Of the waivers.
    pub waivers: &'f Path,
}

impl<'f> Parts<'f> {
    pub(super) fn of(self, kind: Kind) -> &'f Path {
        match kind {
            Kind::Contract => self.contract,
            Kind::Evidence => self.evidence,
            Kind::Waivers => self.waivers,
            _ => self.documents,
        }
    }
}
