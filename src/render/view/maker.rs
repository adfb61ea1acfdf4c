//! From outcomes to their views: what was demanded, what decided, why something was not judged.

use std::cell::OnceCell;

use super::called::{self, Names};
use super::{ClauseView, FactView, GapView, NotSelected, OutcomeView, PlaceView};
use crate::case::Case;
use crate::case::locate::Located;
use crate::evaluate::outcome::{Because, ClauseOutcome, ClauseState, Outcome, Target, Verdict};
use crate::expression::sentence;
use crate::expression::trace::{FactPath, Step, Trace};
use crate::expression::typed::Expression;
use crate::lang::Lang;
use crate::load::tree::{Node, Span};
use crate::policy::Policy;

/// Makes the views of one case.
pub(in crate::render) struct Maker<'c> {
    pub(in crate::render) case: &'c Case,
    pub(in crate::render) lang: Lang,
    names: OnceCell<Names<'c>>,
}

impl<'c> Maker<'c> {
    pub(in crate::render) fn new(case: &'c Case, lang: Lang) -> Maker<'c> {
        Maker { case, lang, names: OnceCell::new() }
    }

    /// What things are called; found out once, and only where a value is shown.
    pub(super) fn names(&self) -> &Names<'c> {
        self.names.get_or_init(|| Names::of(self.case))
    }

    pub(super) fn not_selected(&self) -> Vec<NotSelected> {
        let except = &self.case.profile.select.except;
        let because = |id: &str| except.iter().find(|exception| exception.policy == id);
        let left_out = self.case.left_out.iter().map(|policy| NotSelected {
            policy: policy.id.clone(),
            title: policy.title.get(self.lang).to_owned(),
            because: because(&policy.id).map(|exception| exception.because.get(self.lang).to_owned()),
        });
        left_out.collect()
    }

    pub(super) fn outcome(&self, outcome: &Outcome, blocks: bool) -> OutcomeView {
        let policy = &self.case.policies[outcome.policy];
        let file = &policy.file;
        let text = |text: &crate::lang::Text| text.kept(self.lang);
        let sub_reasons = outcome.sub_reasons();
        let clauses: Vec<ClauseView> =
            outcome.clauses.iter().map(|clause| self.clause(policy, clause)).collect();
        let open = outcome.raw() == Verdict::Undecided;
        let holds = matches!(outcome.raw(), Verdict::Pass | Verdict::Unproven);
        let applies = outcome.applies.iter().filter(|_| open).flat_map(|trace| &trace.causes);
        let gaps: Vec<GapView> = applies.chain(&outcome.list_gap).map(|cause| self.gap(cause)).collect();
        let place = primary(&clauses, &gaps).or_else(|| self.target_place(&outcome.target));
        OutcomeView {
            policy: file.id.clone(),
            measure: policy.measure().to_owned(),
            family: policy.family().to_owned(),
            title: text(&file.title),
            severity: file.severity,
            severity_title: file.severity.title(self.lang),
            verdict: outcome.verdict,
            verdict_title: outcome.verdict.title(self.lang),
            accepted: outcome.accepted,
            waiver: None,
            assurance: holds.then(|| outcome.assurance()),
            assurance_title: holds.then(|| outcome.assurance().title(self.lang)),
            sub_reason_titles: sub_reasons.iter().map(|reason| reason.title(self.lang)).collect(),
            sub_reasons,
            blocks,
            target: outcome.target.path(self.case),
            target_title: self.target_title(&outcome.target),
            because: outcome.because.map(|because| match because {
                Because::NoClauseNow => self.reasons_of(&clauses, &outcome.target.path(self.case)),
                other => self.because(other, policy, outcome),
            }),
            clauses,
            gaps,
            why: text(&file.why),
            remedy: text(&file.remedy),
            question: self.question(&file.question, outcome),
            model_clause: text(&file.model_clause),
            place,
        }
    }

    fn clause(&self, policy: &Policy, outcome: &ClauseOutcome) -> ClauseView {
        let clause = &policy.clauses[outcome.clause];
        let (state, because) = match outcome.state {
            ClauseState::True => ("true", None),
            ClauseState::False => ("false", None),
            ClauseState::Open => ("open", None),
            ClauseState::Dropped(because) => ("dropped", Some(because)),
        };
        let trace = outcome.trace.as_ref();
        let because = because.map(|because| match because {
            Because::DoesNotApply => self.unmet(clause.when.as_ref(), trace),
            other => general_reason(other, self.lang),
        });
        ClauseView {
            id: clause.id.to_string(),
            part: clause.part.title(self.lang),
            part_word: clause.part.word(),
            state,
            wanted: policy.demand(outcome.clause, self.lang),
            because,
            facts: trace.map(|trace| self.facts(&trace.reads)).unwrap_or_default(),
            gaps: trace.iter().flat_map(|trace| &trace.causes).map(|cause| self.gap(cause)).collect(),
            proof: outcome.proof.as_ref().and_then(|proof| self.proof(clause, proof)),
        }
    }

    fn because(&self, because: Because, policy: &Policy, outcome: &Outcome) -> String {
        match because {
            Because::DoesNotApply => {
                let trace = outcome.applies.as_ref();
                let reason = self.unmet(policy.applies_when.as_ref(), trace);
                let facts = trace.map(|trace| self.facts(&trace.reads)).unwrap_or_default();
                self.with_facts(reason, &facts, &outcome.target.path(self.case))
            }
            Because::EmptyList => match &policy.file.when_empty_because {
                Some(because) => because.get(self.lang).to_owned(),
                None => general_reason(because, self.lang),
            },
            other => general_reason(other, self.lang),
        }
    }

    /// Why a condition does not hold: the part that decides, where it was kept.
    fn unmet(&self, when: Option<&Expression>, trace: Option<&Trace>) -> String {
        let decides = trace.and_then(|trace| trace.unmet.as_ref()).or(when);
        match decides {
            Some(condition) => sentence::unmet(condition, self.lang),
            None => general_reason(Because::DoesNotApply, self.lang),
        }
    }

    /// A reason with the facts that it rests on, each once.
    fn with_facts(&self, reason: String, facts: &[FactView], target: &str) -> String {
        let mut told: Vec<String> = Vec::new();
        for fact in facts {
            if fact.path.ends_with(".id") {
                continue;
            }
            let title = fact.title_beside(target, self.lang);
            let line = format!("{title}{}{}", self.lang.pick("：", ": "), fact.said);
            if !told.contains(&line) {
                told.push(line);
            }
        }
        match self.lang {
            _ if told.is_empty() => reason,
            Lang::Ja => format!("{reason}（{}）", told.join("、")),
            Lang::En => format!("{reason} ({})", told.join(", ")),
        }
    }

    /// Why no clause was judged: the reasons of all with their facts, once each.
    fn reasons_of(&self, clauses: &[ClauseView], target: &str) -> String {
        let mut reasons: Vec<String> = Vec::new();
        for clause in clauses {
            let Some(because) = &clause.because else { continue };
            let reason = self.with_facts(because.clone(), &clause.facts, target);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        match reasons.is_empty() {
            true => general_reason(Because::NoClauseNow, self.lang),
            false => reasons.join(self.lang.pick("；", "; ")),
        }
    }

    pub(in crate::render) fn target_title(&self, target: &Target) -> String {
        match target {
            Target::Dossier => self.lang.pick("委託案件全体", "the whole dossier").to_owned(),
            Target::System(at) => {
                let title = self.case.systems[*at].root.get("title").and_then(Node::as_text);
                title.unwrap_or(self.case.system_id(*at)).to_owned()
            }
            Target::List { path, .. } | Target::Item { path, .. } => self.title(path),
        }
    }

    /// What a path's end is called: the field's title, of an item its own title or id.
    pub(super) fn title(&self, path: &FactPath) -> String {
        self.title_at(path, &self.case.locate(path))
    }

    pub(super) fn title_at(&self, path: &FactPath, located: &Located<'_>) -> String {
        let field = located.field.map_or(path.root.word(), |field| field.title(self.lang));
        let Some(Step::Item(id)) = path.steps.last() else {
            return field.to_owned();
        };
        if id == "*" {
            return match self.lang {
                Lang::Ja => format!("{field}（公表資料に記載のないもの）"),
                Lang::En => format!("{field} (those the notice does not list)"),
            };
        }
        let named = located.node.and_then(called::name);
        match (self.lang, named) {
            (Lang::Ja, Some(name)) => format!("{name}（{id}）"),
            (Lang::En, Some(name)) => format!("{name} ({id})"),
            (_, None) => id.clone(),
        }
    }

    fn target_place(&self, target: &Target) -> Option<PlaceView> {
        match target {
            Target::Dossier => {
                let document = self.case.contract.as_ref().or(self.case.systems.first())?;
                Some(self.place(document.head_span(), None))
            }
            Target::System(at) => Some(self.place(self.case.systems.get(*at)?.head_span(), None)),
            Target::List { path, .. } | Target::Item { path, .. } => self.path_place(path),
        }
    }

    pub(super) fn path_place(&self, path: &FactPath) -> Option<PlaceView> {
        self.place_at(&self.case.locate(path))
    }

    pub(in crate::render) fn place_at(&self, located: &Located<'_>) -> Option<PlaceView> {
        let span = located.span.or_else(|| self.first_span())?;
        Some(self.place(span, located.original(self.lang)))
    }

    /// The head of the first document, where a whole document is missing.
    fn first_span(&self) -> Option<Span> {
        Some(self.case.contract.as_ref().or(self.case.systems.first())?.head_span())
    }
}

/// Where to look first: the fact that failed, or the nearest place to what is missing.
fn primary(clauses: &[ClauseView], gaps: &[GapView]) -> Option<PlaceView> {
    let failed = clauses.iter().filter(|clause| clause.state == "false");
    let fact = failed.flat_map(|clause| &clause.facts).map(|fact| &fact.place).next();
    let open = clauses.iter().filter(|clause| clause.state == "open");
    let open = open.flat_map(|clause| &clause.gaps).chain(gaps).filter_map(|gap| gap.place.as_ref()).next();
    fact.or(open).cloned()
}

fn general_reason(because: Because, lang: Lang) -> String {
    match because {
        Because::Stage(stage) => match lang {
            Lang::Ja => format!("契約段階が「{}」であるため", stage.title(lang)),
            Lang::En => format!("not judged at the stage \"{}\"", stage.title(lang)),
        },
        Because::OwnOperation => lang
            .pick(
                "自ら運用するシステムであり契約がないため",
                "the organisation runs the system itself; there is no contract",
            )
            .to_owned(),
        Because::DoesNotApply => {
            lang.pick("適用条件に該当しないため", "the condition does not hold").to_owned()
        }
        Because::EmptyList => lang.pick("該当するものがないため", "there is none").to_owned(),
        Because::NoClauseNow => {
            lang.pick("現時点で判定する条件がないため", "no clause is to be judged now").to_owned()
        }
    }
}
