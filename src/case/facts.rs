//! A case as expressions see it.

use super::{Case, Document, Documents};
use crate::date::Period;
use crate::expression::evaluate::{self, Facts};

/// The documents that one evaluation reads.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'c> {
    /// What is agreed.
    pub contract: Option<&'c Document>,
    /// What is built.
    pub systems: &'c [Document],
    /// What was done.
    pub records: Option<&'c Document>,
}

impl Documents {
    /// These documents, to be read.
    pub fn stated(&self) -> Stated<'_> {
        let Documents { contract, systems, records } = self;
        Stated { contract: contract.as_ref(), systems, records: records.as_ref() }
    }
}

impl Case {
    /// The documents as they are written.
    pub fn stated(&self) -> Stated<'_> {
        let Case { contract, systems, records, .. } = self;
        Stated { contract: contract.as_ref(), systems, records: records.as_ref() }
    }

    /// What expressions are evaluated against, with one of the system documents or none.
    pub fn facts<'c>(&'c self, stated: Stated<'c>, system: Option<&'c Document>) -> Facts<'c> {
        let view = |document: Option<&'c Document>| {
            document.map_or_else(evaluate::Document::default, |found| evaluate::Document {
                node: Some(&found.root),
                open: found.open,
            })
        };
        Facts {
            contract: view(stated.contract),
            system: view(system),
            records: view(stated.records),
            as_of: Period::day(self.as_of),
            stage: self.stage.stage,
            item: None,
            item_list: None,
        }
    }
}
