//! Outcomes: what one policy says of one target, with everything that led there.

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::evidence::Assurance;
use crate::expression::trace::{Cause, FactPath, Gap, Trace};
use crate::lang::Lang;
use crate::load::tree::Span;
use crate::stage::Stage;

/// What one policy says of one target.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The policy, by its number in the case.
    pub policy: usize,
    /// What was judged.
    pub target: Target,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is not applicable, where it is.
    pub because: Option<Because>,
    /// The clauses, in the order of the policy; empty where none was judged.
    pub clauses: Vec<ClauseOutcome>,
    /// What `applies_when` read or missed, where that matters.
    pub applies: Option<Trace>,
    /// Why the list of `for_each` says nothing.
    pub list_gap: Option<Cause>,
    /// The verdict that a waiver accepted; the verdict is then `Waived`.
    pub accepted: Option<Verdict>,
}

/// What an outcome is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The dossier.
    Dossier,
    /// One system document, by its number in the case.
    System(usize),
    /// A list that is absent, empty or incomplete.
    List {
        /// Its path; ends in `[*]` for items that are not listed.
        path: FactPath,
        /// The system document, where there is one.
        system: Option<usize>,
    },
    /// One item of a list.
    Item {
        /// Its path.
        path: FactPath,
        /// The system document, where there is one.
        system: Option<usize>,
        /// Where it stands.
        span: Span,
    },
}

/// The verdicts, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 不適合: a clause is false on stated facts.
    Fail,
    /// 未確認: it cannot be decided.
    Undecided,
    /// 根拠資料不足: true as declared, the proof is missing.
    Unproven,
    /// 例外措置（許可済み）: an active waiver accepts it.
    Waived,
    /// 適合: every clause is true.
    Pass,
    /// 対象外: it does not apply.
    NotApplicable,
}

impl Verdict {
    /// Whether a waiver can accept it.
    pub fn is_waivable(self) -> bool {
        matches!(self, Verdict::Fail | Verdict::Undecided | Verdict::Unproven)
    }

    /// Whether an outcome with this verdict is a finding (指摘事項).
    pub fn is_finding(self) -> bool {
        !matches!(self, Verdict::Pass | Verdict::NotApplicable)
    }

    /// The verdicts, worst first.
    pub const ALL: [Verdict; 6] = [
        Verdict::Fail,
        Verdict::Undecided,
        Verdict::Unproven,
        Verdict::Waived,
        Verdict::Pass,
        Verdict::NotApplicable,
    ];

    /// The word in cases, JSON and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Fail => "fail",
            Verdict::Undecided => "undecided",
            Verdict::Unproven => "unproven",
            Verdict::Waived => "waived",
            Verdict::Pass => "pass",
            Verdict::NotApplicable => "not_applicable",
        }
    }

    /// What the verdict is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Verdict::Fail => ("不適合", "fail"),
            Verdict::Undecided => ("未確認", "undecided"),
            Verdict::Unproven => ("根拠資料不足", "unproven"),
            Verdict::Waived => ("例外措置（許可済み）", "waived"),
            Verdict::Pass => ("適合", "pass"),
            Verdict::NotApplicable => ("対象外", "not applicable"),
        };
        lang.pick(ja, en)
    }
}

/// Why something was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The policy is not for this stage.
    Stage(Stage),
    /// The organisation runs its own system, so there is no contract.
    OwnOperation,
    /// `applies_when` or a clause's `when` is false.
    DoesNotApply,
    /// The list is stated and empty, and the policy says that this is fine.
    EmptyList,
    /// Every clause's `when` is false.
    NoClauseNow,
}

/// What one clause gave.
#[derive(Clone, Debug)]
pub struct ClauseOutcome {
    /// The clause, by its number in the policy.
    pub clause: usize,
    /// Its state.
    pub state: ClauseState,
    /// What it read and missed; kept for findings, and for all where a report asks for it.
    pub trace: Option<Trace>,
    /// How well it is proven, where it holds and proof is asked for.
    pub proof: Option<ClauseProof>,
}

/// How well a clause that holds is proven.
#[derive(Clone, Debug, PartialEq)]
pub struct ClauseProof {
    /// The weakest level among the facts on which it rests.
    pub level: Assurance,
    /// Whether that is what the clause demands.
    pub met: bool,
    /// The facts, each with its level.
    pub facts: Vec<(FactPath, Assurance)>,
}

/// The state of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseState {
    /// It holds.
    True,
    /// It does not hold, on stated facts.
    False,
    /// It cannot be told.
    Open,
    /// It was not judged.
    Dropped(Because),
}

/// The sub-reasons of an undecided outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubReason {
    /// 記載なし
    Missing,
    /// 記録なし
    NoRecord,
    /// 期限の定めなし
    NoLimit,
    /// 記載の不一致
    Conflict,
    /// 判定不能
    Indeterminate,
}

impl SubReason {
    /// The sub-reason of a gap.
    pub fn of(gap: &Gap) -> SubReason {
        match gap {
            Gap::Missing(_) => SubReason::Missing,
            Gap::NoRecord(_) => SubReason::NoRecord,
            Gap::NoLimit(_) => SubReason::NoLimit,
            Gap::Conflict => SubReason::Conflict,
            Gap::Indeterminate(_) => SubReason::Indeterminate,
        }
    }

    /// The word in cases and JSON.
    pub fn word(self) -> &'static str {
        match self {
            SubReason::Missing => "missing",
            SubReason::NoRecord => "no_record",
            SubReason::NoLimit => "no_limit",
            SubReason::Conflict => "conflict",
            SubReason::Indeterminate => "indeterminate",
        }
    }

    /// What the sub-reason is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            SubReason::Missing => ("記載なし", "not stated"),
            SubReason::NoRecord => ("記録なし", "no record"),
            SubReason::NoLimit => ("記載あり・期限の定めなし", "stated without a limit"),
            SubReason::Conflict => ("記載の不一致", "sources disagree"),
            SubReason::Indeterminate => ("判定不能", "indeterminate"),
        };
        lang.pick(ja, en)
    }
}

impl Outcome {
    /// Everything that keeps the outcome open, once each.
    pub fn causes(&self) -> Vec<&Cause> {
        let open = self.clauses.iter().filter(|clause| clause.state == ClauseState::Open);
        let of_clauses = open.filter_map(|clause| clause.trace.as_ref());
        let traces = of_clauses.chain(self.applies.as_ref().filter(|_| self.raw() == Verdict::Undecided));
        let mut causes: Vec<&Cause> = traces.flat_map(|trace| &trace.causes).chain(&self.list_gap).collect();
        causes.sort();
        causes.dedup();
        causes
    }

    /// How well it is proven: the weakest among its clauses of which proof is asked. Without any it is
    /// declared.
    pub fn assurance(&self) -> Assurance {
        let proofs = self.clauses.iter().filter_map(|clause| clause.proof.as_ref());
        proofs.map(|proof| proof.level).min().unwrap_or(Assurance::Declared)
    }

    /// The clauses that do not hold, or hold without the proof that is asked for.
    pub fn lacking(&self) -> impl Iterator<Item = &ClauseOutcome> {
        self.clauses.iter().filter(|clause| match clause.state {
            ClauseState::False | ClauseState::Open => true,
            ClauseState::True => clause.proof.as_ref().is_some_and(|proof| !proof.met),
            ClauseState::Dropped(_) => false,
        })
    }

    /// The verdict before any waiver.
    pub fn raw(&self) -> Verdict {
        self.accepted.unwrap_or(self.verdict)
    }

    /// The sub-reasons of an undecided outcome.
    pub fn sub_reasons(&self) -> Vec<SubReason> {
        if self.raw() != Verdict::Undecided {
            return Vec::new();
        }
        let mut reasons: Vec<_> = self.causes().iter().map(|cause| SubReason::of(&cause.gap)).collect();
        reasons.sort();
        reasons.dedup();
        reasons
    }
}

impl Target {
    /// The path of the target: `dossier`, `system[web]`, `system[web].data_stores[uploads]`.
    pub fn path(&self, case: &Case) -> String {
        match self {
            Target::Dossier => "dossier".to_owned(),
            Target::System(at) => format!("system[{}]", case.system_id(*at)),
            Target::List { path, .. } | Target::Item { path, .. } => path.to_string(),
        }
    }

    /// The number of the system document that the target belongs to.
    pub fn system(&self) -> Option<usize> {
        match self {
            Target::Dossier => None,
            Target::System(at) => Some(*at),
            Target::List { system, .. } | Target::Item { system, .. } => *system,
        }
    }
}
