//! One change of a policy, and what to add where no case notices it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Explain;
use crate::evidence::Assurance;
use crate::expression::typed::{Constant, Expression, Kind, Root};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::compile::compile;
use crate::policy::file::PolicyFile;

/// One change of a policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A clause is taken out; the only one of a policy is made to hold always.
    Removed {
        /// Its number in `require`.
        at: usize,
        /// Its id.
        clause: String,
    },
    /// A clause demands the contrary.
    Negated {
        /// Its number in `require`.
        at: usize,
        /// Its id.
        clause: String,
    },
    /// A clause is judged always.
    WhenDropped {
        /// Its number in `require`.
        at: usize,
        /// Its id.
        clause: String,
    },
    /// No proof is asked for.
    ProofDropped {
        /// Its number in `require`.
        at: usize,
        /// Its id.
        clause: String,
    },
    /// Proof of the contractor's own is enough.
    ProofWeakened {
        /// Its number in `require`.
        at: usize,
        /// Its id.
        clause: String,
    },
    /// Evidence of any kind is enough.
    ProofOfAnyKind {
        /// Its number in `require`.
        at: usize,
        /// Its id.
        clause: String,
    },
    /// The policy applies always.
    AppliesWhenDropped,
    /// A parameter has another value.
    Value {
        /// The parameter.
        name: String,
        /// Its value.
        from: Value,
        /// The value instead.
        to: Value,
    },
}

impl Change {
    /// The changed policy with a case's own parameter values; `None` where these do not load.
    pub fn mutant(
        &self,
        policy: &Arc<PolicyFile>,
        params: Option<&BTreeMap<String, Value>>,
    ) -> Option<Policy> {
        if let Change::Value { name, to, .. } = self {
            let mut values = params.cloned().unwrap_or_default();
            values.entry(name.clone()).or_insert_with(|| to.clone());
            return compile(policy, Some(&values)).ok();
        }
        let mut mutant = compile(policy, params).ok()?;
        self.apply(&mut mutant);
        Some(mutant)
    }

    /// Changes a compiled policy. What it is judged on stays: a policy that reads `system` is judged
    /// once per system document, even where the clause that read it is gone.
    fn apply(&self, policy: &mut Policy) {
        match self {
            Change::Removed { at, .. } if policy.clauses.len() == 1 => {
                rewrite(policy, *at, |that| Kind::Or(that, Box::new(always())));
            }
            Change::Removed { at, .. } => drop(policy.clauses.remove(*at)),
            Change::Negated { at, .. } => rewrite(policy, *at, Kind::Not),
            Change::WhenDropped { at, .. } => {
                let clause = &mut policy.clauses[*at];
                clause.when = None;
                clause.reads_contract = clause.that.reads(Root::Contract);
            }
            Change::ProofDropped { at, .. } => policy.clauses[*at].proof = None,
            Change::ProofWeakened { at, .. } => {
                if let Some((_, demand)) = &mut policy.clauses[*at].proof {
                    demand.least = Assurance::Documented;
                }
            }
            Change::ProofOfAnyKind { at, .. } => {
                if let Some((_, demand)) = &mut policy.clauses[*at].proof {
                    demand.kinds.clear();
                }
            }
            Change::AppliesWhenDropped => policy.applies_when = None,
            Change::Value { .. } => {}
        }
    }

    /// What was changed, as a JSON pointer into the policy file.
    pub fn pointer(&self) -> String {
        match self {
            Change::Removed { at, .. } | Change::Negated { at, .. } => format!("/require/{at}/that"),
            Change::WhenDropped { at, .. } => format!("/require/{at}/when"),
            Change::ProofDropped { at, .. }
            | Change::ProofWeakened { at, .. }
            | Change::ProofOfAnyKind { at, .. } => format!("/require/{at}/proof"),
            Change::AppliesWhenDropped => "/applies_when".to_owned(),
            Change::Value { name, .. } => format!("/parameters/{name}/value"),
        }
    }
}

fn rewrite(policy: &mut Policy, at: usize, kind: impl FnOnce(Box<Expression>) -> Kind) {
    let clause = &mut policy.clauses[at];
    let that = std::mem::replace(&mut clause.that, always());
    clause.that = Expression { kind: kind(Box::new(that)), ty: Type::Bool };
}

fn always() -> Expression {
    Expression { kind: Kind::Constant(Constant::Bool(true)), ty: Type::Bool }
}

/// The word that a list has and another has not.
fn lacks(list: &Value, other: &Value) -> Option<String> {
    let other = other.as_array()?;
    list.as_array()?.iter().find(|word| !other.contains(word)).map(shown)
}

/// A value for people: a text without quotation marks.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Explain for Change {
    fn code(&self) -> &'static str {
        match self {
            Change::Removed { .. } => "removed-clause-unnoticed",
            Change::Negated { .. } => "negated-clause-unnoticed",
            Change::WhenDropped { .. } => "dropped-when-unnoticed",
            Change::ProofDropped { .. } => "dropped-proof-unnoticed",
            Change::ProofWeakened { .. } => "weakened-proof-unnoticed",
            Change::ProofOfAnyKind { .. } => "proof-of-any-kind-unnoticed",
            Change::AppliesWhenDropped => "dropped-applies-when-unnoticed",
            Change::Value { .. } => "changed-parameter-unnoticed",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Change::Removed { clause, .. } => (
                format!("判定条件「{clause}」を削除しても、結果の変わる検証例がありません"),
                format!("no case notices when the clause `{clause}` is removed"),
            ),
            Change::Negated { clause, .. } => (
                format!("判定条件「{clause}」を逆にしても、結果の変わる検証例がありません"),
                format!("no case notices when the clause `{clause}` demands the contrary"),
            ),
            Change::WhenDropped { clause, .. } => (
                format!("判定条件「{clause}」の when を削除しても、結果の変わる検証例がありません"),
                format!("no case notices when the `when` of the clause `{clause}` is removed"),
            ),
            Change::ProofDropped { clause, .. } => (
                format!("判定条件「{clause}」の proof を削除しても、結果の変わる検証例がありません"),
                format!("no case notices when the clause `{clause}` asks for no proof"),
            ),
            Change::ProofWeakened { clause, .. } => (
                format!(
                    "判定条件「{clause}」の裏付けを documented に弱めても、結果の変わる検証例がありません"
                ),
                format!("no case notices when the clause `{clause}` is content with `documented`"),
            ),
            Change::ProofOfAnyKind { clause, .. } => (
                format!(
                    "判定条件「{clause}」の資料の種別を問わないこととしても、結果の変わる検証例がありません"
                ),
                format!("no case notices when the clause `{clause}` takes evidence of any kind"),
            ),
            Change::AppliesWhenDropped => (
                "applies_when を削除しても、結果の変わる検証例がありません".to_owned(),
                "no case notices when applies_when is removed".to_owned(),
            ),
            Change::Value { name, from, to } => match (lacks(from, to), lacks(to, from)) {
                (Some(word), _) => (
                    format!("パラメーター「{name}」から {word} を除いても、結果の変わる検証例がありません"),
                    format!("no case notices when {word} is taken out of the parameter `{name}`"),
                ),
                (_, Some(word)) => (
                    format!("パラメーター「{name}」に {word} を加えても、結果の変わる検証例がありません"),
                    format!("no case notices when {word} is added to the parameter `{name}`"),
                ),
                _ => (
                    format!(
                        "パラメーター「{name}」を {from} から {to} に変えても、結果の変わる検証例がありません",
                        from = shown(from),
                        to = shown(to)
                    ),
                    format!(
                        "no case notices when the parameter `{name}` is {} instead of {}",
                        shown(to),
                        shown(from)
                    ),
                ),
            },
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Change::Removed { .. } => (
                "この判定条件だけを満たさず、他は全て満たす検証例（want: fail）を追加してください".to_owned(),
                "add a case in which this clause alone is not met (want: fail)".to_owned(),
            ),
            Change::Negated { .. } => (
                "この判定条件だけで結果が決まる検証例（満たす例と満たさない例）を追加してください".to_owned(),
                "add cases in which this clause alone decides: one that meets it, one that does not"
                    .to_owned(),
            ),
            Change::WhenDropped { .. } => (
                "when が偽で、that を満たさず、他は全て満たす検証例（want: pass）を追加してください"
                    .to_owned(),
                "add a case in which `when` is false, `that` is not met, and the rest is (want: pass)"
                    .to_owned(),
            ),
            Change::ProofDropped { .. } => (
                "条件を満たすが裏付けのない検証例（given に assurance: {}、want: unproven）を追加してください".to_owned(),
                "add a case that meets it and proves nothing (`assurance: {}` under given, want: unproven)".to_owned(),
            ),
            Change::ProofWeakened { .. } => (
                "裏付けが documented にとどまる検証例（want: unproven）を追加してください".to_owned(),
                "add a case in which it is only `documented` (want: unproven)".to_owned(),
            ),
            Change::ProofOfAnyKind { .. } => (
                "別の種別の資料だけがある検証例（{level, kind}、want: unproven）を追加してください".to_owned(),
                "add a case with evidence of another kind alone ({level, kind}, want: unproven)".to_owned(),
            ),
            Change::AppliesWhenDropped => (
                "applies_when が偽で、判定条件を満たさない検証例（want: not_applicable）を追加してください"
                    .to_owned(),
                "add a case in which applies_when is false and a clause is not met (want: not_applicable)"
                    .to_owned(),
            ),
            Change::Value { from, to, .. } => match (lacks(from, to), lacks(to, from)) {
                (Some(word), _) | (None, Some(word)) => (
                    format!("{word} の有無だけで結果が決まる検証例を追加してください"),
                    format!("add a case whose verdict turns on {word} alone"),
                ),
                _ => (
                    format!(
                        "{from} と {to} とで結果が分かれる検証例を追加してください（境界の値とその隣の値）",
                        from = shown(from),
                        to = shown(to)
                    ),
                    format!(
                        "add a case whose verdict differs between {from} and {to}: one at the bound, one a step past it",
                        from = shown(from),
                        to = shown(to)
                    ),
                ),
            },
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
