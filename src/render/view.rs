//! The frozen view of one assessed dossier: plain data in one language, ready for any format.

use std::sync::Arc;

use serde::Serialize;

use crate::case::Case;
use crate::case::locate::Located;
use crate::conclude::Assessment;
use crate::evaluate::Keep;
use crate::evaluate::outcome::{Because, ClauseState, Outcome, SubReason, Target, Verdict};
use crate::expression::sentence;
use crate::expression::trace::{Cause, FactPath, Gap, Read, Shown, Step, Unclear};
use crate::lang::Lang;
use crate::load::source::Sources;
use crate::load::tree::{Node, Span};
use crate::policy::Policy;
use crate::policy::file::Severity;

/// One assessed dossier.
#[derive(Clone, Debug, Serialize)]
pub struct DossierView {
    /// The folder as it was given.
    pub name: String,
    /// The contract's or system's title.
    pub title: Option<String>,
    /// The as-of date, `YYYY-MM-DD`.
    pub as_of: String,
    /// The stage's word; `None` where it is not known.
    pub stage: Option<&'static str>,
    /// What the stage is called.
    pub stage_title: String,
    /// Whether the user set the stage.
    pub stage_overridden: bool,
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// Whether anything blocks.
    pub blocked: bool,
    /// The totals, worst verdict first.
    pub totals: Vec<Total>,
    /// How many outcomes there are; the totals add up to it.
    pub outcome_count: usize,
    /// How many policies were judged.
    pub policy_count: usize,
    /// How many outcomes block.
    pub blocking_count: usize,
    /// The rule by which outcomes block.
    pub rule: RuleView,
    /// The outcomes.
    pub outcomes: Vec<OutcomeView>,
    /// Policies that the profile leaves out.
    pub not_selected: Vec<NotSelected>,
    /// The input files.
    pub inputs: Vec<Input>,
}

/// How many outcomes have a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// The verdict.
    pub verdict: Verdict,
    /// What it is called.
    pub title: &'static str,
    /// How many.
    pub count: usize,
}

/// From which severity on a verdict blocks.
#[derive(Clone, Debug, Serialize)]
pub struct RuleView {
    /// Of a failed outcome; `None` means never.
    pub fail: Option<Severity>,
    /// Of an undecided outcome; `None` means never.
    pub undecided: Option<Severity>,
}

/// A policy that was not selected.
#[derive(Clone, Debug, Serialize)]
pub struct NotSelected {
    /// Its id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// Why the profile leaves it out, where it says so.
    pub because: Option<String>,
}

/// An input file.
#[derive(Clone, Debug, Serialize)]
pub struct Input {
    /// The path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
}

/// What one policy says of one target. Where only findings were asked for ([`Keep::Findings`]), an
/// outcome that is none has its head alone: no clauses, texts, reasons or places.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeView {
    /// The policy's id.
    pub policy: String,
    /// The measure it stands for.
    pub measure: String,
    /// The family.
    pub family: String,
    /// The policy's title.
    pub title: Arc<str>,
    /// How much weighs on it.
    pub severity: Severity,
    /// What the severity is called.
    pub severity_title: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// What the verdict is called.
    pub verdict_title: &'static str,
    /// The sub-reasons of an undecided outcome.
    pub sub_reasons: Vec<SubReason>,
    /// What they are called.
    pub sub_reason_titles: Vec<&'static str>,
    /// Whether it blocks.
    pub blocks: bool,
    /// The path of the target.
    pub target: String,
    /// What the target is called.
    pub target_title: String,
    /// Why it is not applicable.
    pub because: Option<String>,
    /// The clauses that were judged or dropped.
    pub clauses: Vec<ClauseView>,
    /// What is missing or unclear outside the clauses (applicability, the list itself).
    pub gaps: Vec<GapView>,
    /// Why it matters.
    pub why: Arc<str>,
    /// What to mend.
    pub remedy: Arc<str>,
    /// What to ask.
    pub question: Arc<str>,
    /// Wording for the contract.
    pub model_clause: Arc<str>,
    /// Where to look first.
    pub place: Option<PlaceView>,
}

/// One clause of an outcome.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseView {
    /// The clause's id.
    pub id: String,
    /// What the part (promise, design or deed) is called.
    pub part: &'static str,
    /// The part's word: `promise`, `design` or `deed`.
    pub part_word: &'static str,
    /// `true`, `false`, `open` or `dropped`.
    pub state: &'static str,
    /// What is demanded, in a sentence.
    pub wanted: Arc<str>,
    /// Why it was not judged.
    pub because: Option<String>,
    /// The facts that decided.
    pub facts: Vec<FactView>,
    /// What is missing or unclear.
    pub gaps: Vec<GapView>,
}

/// A stated fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// Its path.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Its value, for people.
    pub value: String,
    /// Its value as data.
    pub plain: serde_json::Value,
    /// Where it stands.
    pub place: PlaceView,
    /// Of a value that disagrees with another: its source's rank in the order of precedence.
    pub rank: Option<String>,
}

/// Something missing or unclear.
#[derive(Clone, Debug, Serialize)]
pub struct GapView {
    /// The path that should say it.
    pub path: String,
    /// What the field is called.
    pub title: String,
    /// In which way it is missing.
    pub sub_reason: SubReason,
    /// What that is called.
    pub sub_reason_title: &'static str,
    /// What stands there instead: the placeholder, the wording, or why it does not decide.
    pub detail: Option<String>,
    /// The values that disagree.
    pub conflicting: Vec<FactView>,
    /// The nearest place that exists.
    pub place: Option<PlaceView>,
}

/// A place in a file and in the original.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// The path of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column just past the end.
    pub end_column: usize,
    /// Where in the original it stands; `None` where nobody wrote it down.
    pub original: Option<String>,
    /// The span, for formats that show the source.
    #[serde(skip)]
    pub span: Span,
}

impl PlaceView {
    /// The place of a span.
    pub fn new(sources: &Sources, span: Span, original: Option<String>) -> PlaceView {
        let (start, end) = (sources.position(span), sources.position(Span { start: span.end, ..span }));
        PlaceView {
            file: sources.file(span.file).path.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            original,
            span,
        }
    }
}

/// Makes the view of an assessment.
pub fn view(assessment: &Assessment, lang: Lang) -> DossierView {
    let case = &assessment.case;
    let maker = Maker { case, lang, keep: assessment.keep };
    let outcomes: Vec<OutcomeView> = assessment
        .outcomes
        .iter()
        .zip(&assessment.blocks)
        .map(|(outcome, blocks)| maker.outcome(outcome, *blocks))
        .collect();
    let head = case.contract.as_ref().or(case.systems.first());
    let title = head.and_then(|document| document.root.get("title")?.as_text());
    let stage = case.stage.stage;
    DossierView {
        name: case.name.clone(),
        title: title.map(str::to_owned),
        as_of: case.as_of.format("%Y-%m-%d").to_string(),
        stage: stage.map(|stage| stage.word()),
        stage_title: stage.map_or(lang.pick("未確認", "unknown"), |stage| stage.title(lang)).to_owned(),
        stage_overridden: case.stage.overridden,
        profile: case.profile.id.clone(),
        profile_title: case.profile.title.get(lang).to_owned(),
        blocked: assessment.blocked(),
        totals: Verdict::ALL
            .into_iter()
            .map(|verdict| Total {
                verdict,
                title: verdict.title(lang),
                count: assessment.totals.get(&verdict).copied().unwrap_or_default(),
            })
            .collect(),
        outcome_count: outcomes.len(),
        policy_count: case.policies.len(),
        blocking_count: assessment.blocks.iter().filter(|blocks| **blocks).count(),
        rule: RuleView { fail: assessment.rule.fail, undecided: assessment.rule.undecided },
        outcomes,
        not_selected: maker.not_selected(),
        inputs: case
            .sources
            .files()
            .iter()
            .map(|file| Input { path: file.path.clone(), sha256: file.sha256.clone() })
            .collect(),
    }
}

struct Maker<'c> {
    case: &'c Case,
    lang: Lang,
    keep: Keep,
}

impl Maker<'_> {
    fn not_selected(&self) -> Vec<NotSelected> {
        let except = &self.case.profile.select.except;
        let because = |id: &str| except.iter().find(|exception| exception.policy == id);
        let left_out = self.case.left_out.iter().map(|policy| NotSelected {
            policy: policy.id.clone(),
            title: policy.title.get(self.lang).to_owned(),
            because: because(&policy.id).map(|exception| exception.because.get(self.lang).to_owned()),
        });
        left_out.collect()
    }

    fn outcome(&self, outcome: &Outcome, blocks: bool) -> OutcomeView {
        let policy = &self.case.policies[outcome.policy];
        let file = &policy.file;
        let text = |text: &crate::lang::Text| text.shared(self.lang);
        let is_finding = !matches!(outcome.verdict, Verdict::Pass | Verdict::NotApplicable);
        if !is_finding && self.keep == Keep::Findings {
            return self.head(outcome, policy);
        }
        let sub_reasons = outcome.sub_reasons();
        let clauses: Vec<ClauseView> =
            outcome.clauses.iter().map(|clause| self.clause(policy, clause)).collect();
        let open = outcome.verdict == Verdict::Undecided;
        let applies = outcome.applies.iter().filter(|_| open).flat_map(|trace| &trace.causes);
        let gaps: Vec<GapView> = applies.chain(&outcome.list_gap).map(|cause| self.gap(cause)).collect();
        let (target, target_title) = self.target(&outcome.target);
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
            sub_reason_titles: sub_reasons.iter().map(|reason| reason.title(self.lang)).collect(),
            sub_reasons,
            blocks,
            target,
            target_title,
            because: outcome.because.map(|because| match because {
                Because::NoClauseNow => reasons_of(&clauses, self.lang),
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

    /// The head of an outcome that is no finding, where only findings are asked for.
    fn head(&self, outcome: &Outcome, policy: &Policy) -> OutcomeView {
        let file = &policy.file;
        let (target, target_title) = self.target(&outcome.target);
        OutcomeView {
            policy: file.id.clone(),
            measure: policy.measure().to_owned(),
            family: policy.family().to_owned(),
            title: file.title.shared(self.lang),
            severity: file.severity,
            severity_title: file.severity.title(self.lang),
            verdict: outcome.verdict,
            verdict_title: outcome.verdict.title(self.lang),
            sub_reasons: Vec::new(),
            sub_reason_titles: Vec::new(),
            blocks: false,
            target,
            target_title,
            because: None,
            clauses: Vec::new(),
            gaps: Vec::new(),
            why: Arc::default(),
            remedy: Arc::default(),
            question: Arc::default(),
            model_clause: Arc::default(),
            place: None,
        }
    }

    fn clause(&self, policy: &Policy, outcome: &crate::evaluate::outcome::ClauseOutcome) -> ClauseView {
        let clause = &policy.clauses[outcome.clause];
        let (state, because) = match outcome.state {
            ClauseState::True => ("true", None),
            ClauseState::False => ("false", None),
            ClauseState::Open => ("open", None),
            ClauseState::Dropped(because) => ("dropped", Some(because)),
        };
        let because = because.map(|because| match (because, &clause.when) {
            (Because::DoesNotApply, Some(when)) => sentence::unmet(when, self.lang),
            (other, _) => general_reason(other, self.lang),
        });
        let trace = outcome.trace.as_ref();
        ClauseView {
            id: clause.id.to_string(),
            part: clause.part.title(self.lang),
            part_word: clause.part.word(),
            state,
            wanted: policy.demand(outcome.clause, self.lang),
            because,
            facts: trace.map(|trace| self.facts(&trace.reads)).unwrap_or_default(),
            gaps: trace.iter().flat_map(|trace| &trace.causes).map(|cause| self.gap(cause)).collect(),
        }
    }

    fn because(&self, because: Because, policy: &Policy, outcome: &Outcome) -> String {
        match because {
            Because::DoesNotApply => {
                let reason = policy.applies_when.as_ref().map(|when| sentence::unmet(when, self.lang));
                let reason = reason.unwrap_or_else(|| general_reason(because, self.lang));
                let facts = outcome.applies.iter().flat_map(|trace| &trace.reads);
                let facts: Vec<String> = facts
                    .filter_map(|read| self.fact(read))
                    .map(|fact| match self.lang {
                        Lang::Ja => format!("{}：{}", fact.title, fact.value),
                        Lang::En => format!("{}: {}", fact.title, fact.value),
                    })
                    .collect();
                match self.lang {
                    _ if facts.is_empty() => reason,
                    Lang::Ja => format!("{reason}（{}）", facts.join("、")),
                    Lang::En => format!("{reason} ({})", facts.join(", ")),
                }
            }
            Because::EmptyList => match &policy.file.when_empty_because {
                Some(because) => because.get(self.lang).to_owned(),
                None => general_reason(because, self.lang),
            },
            other => general_reason(other, self.lang),
        }
    }

    fn target(&self, target: &Target) -> (String, String) {
        match target {
            Target::Dossier => {
                ("dossier".to_owned(), self.lang.pick("委託案件全体", "the whole dossier").to_owned())
            }
            Target::System(at) => {
                let id = self.case.system_id(*at);
                let title = self.case.systems[*at].root.get("title").and_then(Node::as_text).unwrap_or(id);
                (format!("system[{id}]"), title.to_owned())
            }
            Target::List { path, .. } | Target::Item { path, .. } => (path.to_string(), self.title(path)),
        }
    }

    /// What a path's end is called: the field's title, of an item its own title or id.
    fn title(&self, path: &FactPath) -> String {
        self.title_at(path, &self.case.locate(path))
    }

    fn title_at(&self, path: &FactPath, located: &Located<'_>) -> String {
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
        let named = located.node.and_then(|node| {
            ["title", "name", "task", "item", "data", "content"]
                .into_iter()
                .find_map(|key| node.get(key)?.as_text())
        });
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

    fn path_place(&self, path: &FactPath) -> Option<PlaceView> {
        self.place_at(&self.case.locate(path))
    }

    fn place_at(&self, located: &Located<'_>) -> Option<PlaceView> {
        let span = located.span.or_else(|| self.first_span())?;
        Some(self.place(span, located.original(self.lang)))
    }

    /// The head of the first document, where a whole document is missing.
    fn first_span(&self) -> Option<Span> {
        Some(self.case.contract.as_ref().or(self.case.systems.first())?.head_span())
    }

    /// The facts that decided; of items none of which would do, their list once.
    fn facts(&self, reads: &[Read]) -> Vec<FactView> {
        let mut lists: Vec<&FactPath> = Vec::new();
        let shown = reads.iter().filter_map(|read| match &read.shown {
            Shown::Itself => self.fact(read),
            Shown::Hidden => None,
            Shown::AsListOf(list) if lists.contains(&list) => None,
            Shown::AsListOf(list) => {
                lists.push(list);
                let span = self.case.locate(list).span?;
                self.fact(&Read { path: list.clone(), span, shown: Shown::Itself })
            }
        });
        shown.collect()
    }

    fn fact(&self, read: &Read) -> Option<FactView> {
        let located = self.case.locate(&read.path);
        let (node, field) = (located.node?, located.field?);
        Some(FactView {
            path: read.path.to_string(),
            title: field.title(self.lang).to_owned(),
            value: sentence::fact(field, node, self.lang),
            plain: node.to_json(),
            place: self.place(read.span, located.original(self.lang)),
            rank: None,
        })
    }

    fn gap(&self, cause: &Cause) -> GapView {
        let sub_reason = SubReason::of(&cause.gap);
        let located = self.case.locate(&cause.path);
        let detail = match &cause.gap {
            Gap::Missing(word) | Gap::NoRecord(word) => word.clone(),
            Gap::NoLimit(words) => Some(words.clone()),
            Gap::Conflict => None,
            Gap::Indeterminate(unclear) => Some(self.unclear(*unclear, &located)),
        };
        let values = located.node.map(Node::conflict).unwrap_or_default();
        let conflicting = values.iter().filter_map(|value| {
            let root = located.way.first()?;
            let original =
                value.reference().and_then(|place| crate::case::locate::reference(root, place, self.lang));
            Some(FactView {
                path: cause.path.to_string(),
                title: located.field?.title(self.lang).to_owned(),
                value: sentence::fact(located.field?, value, self.lang),
                plain: value.to_json(),
                place: self.place(value.span, original),
                rank: value.reference().and_then(|place| crate::case::locate::rank(root, place)),
            })
        });
        GapView {
            path: cause.path.to_string(),
            title: self.title_at(&cause.path, &located),
            sub_reason,
            sub_reason_title: sub_reason.title(self.lang),
            detail,
            conflicting: conflicting.collect(),
            place: self.wording_place(cause).or_else(|| self.place_at(&located)),
        }
    }

    /// Where the words stand that give no number.
    fn wording_place(&self, cause: &Cause) -> Option<PlaceView> {
        let (Gap::NoLimit(_), Some(Step::Field(name))) = (&cause.gap, cause.path.steps.last()) else {
            return None;
        };
        let mut parent = cause.path.clone();
        parent.steps.pop();
        let located = self.case.locate(&parent);
        let words = located.node?.get(&format!("{name}_wording"))?;
        Some(self.place(words.span, located.original(self.lang)))
    }

    /// What is stated, where something is, and why it does not decide.
    fn unclear(&self, unclear: Unclear, located: &Located<'_>) -> String {
        let reason = unclear_reason(unclear, self.lang);
        let stated = located.node.filter(|node| node.is_stated() && node.as_list().is_none());
        match (stated.zip(located.field), self.lang) {
            (Some((node, field)), Lang::Ja) => {
                format!("{}：{reason}", sentence::fact(field, node, self.lang))
            }
            (Some((node, field)), Lang::En) => {
                format!("{}: {reason}", sentence::fact(field, node, self.lang))
            }
            (None, _) => reason.to_owned(),
        }
    }

    /// The policy's question; where only a conflict keeps the outcome open, which text holds.
    fn question(&self, policy: &crate::lang::Text, outcome: &Outcome) -> Arc<str> {
        let causes = outcome.causes();
        let conflicts = causes.iter().filter(|cause| cause.gap == Gap::Conflict);
        let titles: Vec<String> = conflicts.map(|cause| self.title(&cause.path)).collect();
        if titles.is_empty() || titles.len() < causes.len() {
            return policy.shared(self.lang);
        }
        let question = match self.lang {
            Lang::Ja => format!(
                "「{}」について、文書により記載が一致しません。いずれの文書の記載によるかをお示しください。",
                titles.join("」、「")
            ),
            Lang::En => {
                format!("The documents disagree on: {}. Which of them holds?", titles.join("; "))
            }
        };
        question.into()
    }

    fn place(&self, span: Span, original: Option<String>) -> PlaceView {
        PlaceView::new(&self.case.sources, span, original)
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

/// Why no clause was judged: the reasons of all, once each.
fn reasons_of(clauses: &[ClauseView], lang: Lang) -> String {
    let mut reasons: Vec<&str> = clauses.iter().filter_map(|clause| clause.because.as_deref()).collect();
    reasons.dedup();
    match reasons.is_empty() {
        true => general_reason(Because::NoClauseNow, lang),
        false => reasons.join(lang.pick("、", "; ")),
    }
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

fn unclear_reason(unclear: Unclear, lang: Lang) -> &'static str {
    let (ja, en) = match unclear {
        Unclear::Straddles => (
            "日付が月までしか分からず、前後を決められません",
            "the date is known by its month only and may lie on either side",
        ),
        Unclear::WorkingDays => (
            "営業日で定められており、暦日での比較を決められません",
            "stated in working days; whether the calendar-day limit is kept cannot be told",
        ),
        Unclear::NothingLeft => {
            ("条件に合うものが一覧にありません", "nothing in the list meets the condition")
        }
        Unclear::NoResult => ("計算の結果が得られません", "the calculation has no result"),
        Unclear::UnknownStage => ("契約段階が分かりません", "the stage is not known"),
        Unclear::OpenList => ("公表資料にないものがあり得ます", "there may be more than the notice lists"),
    };
    lang.pick(ja, en)
}
