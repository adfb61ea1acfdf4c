//! A case as expressions see it.

use super::{Case, Document, Documents};
use crate::date::Period;
use crate::expression::evaluate::{self, Effort, Facts};
use crate::stage::Stage;

/// The documents that one evaluation reads.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'c> {
    /// What is agreed.
    pub contract: Option<&'c Document>,
    /// What is built.
    pub systems: &'c [Document],
    /// What was done.
    pub records: Option<&'c Document>,
    /// The stage on the as-of date, if it is known.
    pub stage: Option<Stage>,
    /// Whether the organisation runs its own system, so that there is no contract by nature.
    pub own_operation: bool,
}

impl Documents {
    /// These documents, to be read.
    pub fn stated(&self) -> Stated<'_> {
        let Documents { contract, systems, records, stage, own_operation, changed: _ } = self;
        let (contract, records) = (contract.as_ref(), records.as_ref());
        Stated { contract, systems, records, stage: *stage, own_operation: *own_operation }
    }
}

impl Case {
    /// The documents as they are written.
    pub fn stated(&self) -> Stated<'_> {
        let Case { contract, systems, records, stage, own_operation, .. } = self;
        let (contract, records) = (contract.as_ref(), records.as_ref());
        Stated { contract, systems, records, stage: stage.stage, own_operation: *own_operation }
    }

    /// What expressions are evaluated against, with one of the system documents or none.
    pub fn facts<'c>(
        &'c self,
        stated: Stated<'c>,
        system: Option<&'c Document>,
        effort: &'c Effort,
    ) -> Facts<'c> {
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
            stage: stated.stage,
            item: None,
            item_list: None,
            effort,
        }
    }
}
