//! Policies: a recurrence-prevention measure as a rule, written as data.

pub mod cases;
pub mod compile;
pub mod coverage;
pub mod file;
pub mod library;
pub mod problem;
pub mod reads;
pub mod says;

use std::sync::{Arc, OnceLock};

pub use file::{
    Basis, Clause as ClauseFile, Origin, Parameter, Part, PolicyFile, Proof, Severity, WhenEmpty,
};

use crate::digest::sha256;
use crate::evidence::Demand;
use crate::expression::sentence;
use crate::expression::typed::{Expression, Kind, Root};
use crate::lang::Lang;

/// A policy that was checked and can be evaluated.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The policy as written, its texts included.
    pub file: Arc<PolicyFile>,
    /// The list whose items are judged one by one.
    pub for_each: Option<Binding>,
    /// When the policy has something to say.
    pub applies_when: Option<Expression>,
    /// What must hold.
    pub clauses: Vec<Clause>,
    /// Whether `system` is read anywhere, so that each system document is a target.
    pub reads_system: bool,
    /// What the clauses demand, in sentences, by language; made when first asked for.
    pub(crate) demands: [OnceLock<Vec<Arc<str>>>; 2],
    /// The digest of the policy as written; made when first asked for.
    pub(crate) digest: OnceLock<String>,
}

/// A checked `for_each`.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The list.
    pub list: Expression,
    /// The document that holds it.
    pub root: Root,
    /// The fields that lead to it.
    pub fields: Vec<&'static str>,
}

/// A checked clause (判定条件).
#[derive(Clone, Debug)]
pub struct Clause {
    /// The id, unique in its policy.
    pub id: Arc<str>,
    /// Promise, design or deed.
    pub part: Part,
    /// What must hold.
    pub that: Expression,
    /// When it must.
    pub when: Option<Expression>,
    /// How well the facts that make it true must be proven, and when that is asked for.
    pub proof: Option<(Proof, Demand)>,
    /// Whether the contract is read, so that the clause drops out where there is none by nature.
    pub reads_contract: bool,
}

impl Policy {
    /// The policy's id.
    pub fn id(&self) -> &str {
        &self.file.id
    }

    /// What a clause demands, as a sentence.
    pub fn demand(&self, clause: usize, lang: Lang) -> Arc<str> {
        let demands = self.demands[lang as usize].get_or_init(|| {
            let clauses = self.clauses.iter().zip(&self.file.require);
            let demand = |(clause, file): (&Clause, &ClauseFile)| match &file.says {
                Some(says) => says::filled(says.get(lang), &clause.that, lang).into(),
                None => sentence::wanted(&clause.that, None, lang).into(),
            };
            clauses.map(demand).collect()
        });
        demands.get(clause).cloned().unwrap_or_default()
    }

    /// SHA-256 of the policy as written, in hexadecimal: of its content, not of the bytes of its file.
    pub fn sha256(&self) -> &str {
        self.digest.get_or_init(|| match library::built_in_digest(&self.file) {
            Some(digest) => digest.to_owned(),
            None => sha256(&serde_json::to_vec(&*self.file).unwrap_or_default()),
        })
    }

    /// Whether it may read a field of that name anywhere, be it as what stands in for another field.
    pub fn may_read(&self, name: &str) -> bool {
        let mut found = false;
        let mut visit = |inner: &Expression| {
            if let Kind::Select(_, field) | Kind::Has(_, field) = &inner.kind {
                found |= field.read_with().any(|known| known == name);
            }
        };
        let lists = self.for_each.iter().map(|binding| &binding.list);
        let conditions =
            self.clauses.iter().flat_map(|clause| std::iter::once(&clause.that).chain(&clause.when));
        lists.chain(&self.applies_when).chain(conditions).for_each(|one| one.walk(&mut visit));
        found
    }

    /// The measure it stands for.
    pub fn measure(&self) -> &str {
        self.file.measure.as_deref().unwrap_or(&self.file.id)
    }

    /// The family: the letters before the first hyphen.
    pub fn family(&self) -> &str {
        self.file.id.split('-').next().unwrap_or_default()
    }
}
