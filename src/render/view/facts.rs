//! Facts and gaps with their places.

use std::borrow::Cow;

use super::maker::Maker;
use super::{FactView, GapView, PlaceView};
use crate::case::locate::Located;
use crate::evaluate::outcome::{Outcome, SubReason};
use crate::evidence::Item;
use crate::expression::sentence;
use crate::expression::trace::{Cause, FactPath, Gap, Read, Shown, Step, Unclear};
use crate::lang::Lang;
use crate::load::tree::{Node, Span};

impl Maker<'_> {
    /// The facts that decided; of items none of which would do, their list once.
    pub(super) fn facts(&self, reads: &[Read]) -> Vec<FactView> {
        let mut lists: Vec<&FactPath> = Vec::new();
        let contested = |path: &FactPath| self.case.evidence.contests(path);
        let shown = reads.iter().flat_map(|read| match &read.shown {
            _ if contested(&read.path) => self.both(read),
            Shown::Itself => self.fact(read).into_iter().collect(),
            Shown::Hidden => Vec::new(),
            Shown::AsListOf(list) if lists.contains(&list) => Vec::new(),
            Shown::AsListOf(list) => {
                lists.push(list);
                let span = self.case.locate(list).span;
                let read = span.map(|span| Read { path: list.clone(), span, shown: Shown::Itself });
                read.and_then(|read| self.fact(&read)).into_iter().collect()
            }
        });
        shown.collect()
    }

    /// What the document states of a contested fact, and what the evidence shows.
    fn both(&self, read: &Read) -> Vec<FactView> {
        let located = self.case.locate(&read.path);
        let stated = located.node.map(|node| Read { span: node.span, ..read.clone() });
        let stated = stated.and_then(|read| self.fact(&read));
        let counter = self.case.evidence.counter().filter(|(_, claim)| claim.path == read.path);
        let counter = counter.filter_map(|(item, claim)| {
            let field = located.field?;
            Some(FactView {
                path: read.path.to_string(),
                title: field.title(self.lang).to_owned(),
                value: sentence::fact(field, &claim.value, self.lang),
                said: sentence::said(field, &claim.value, self.lang),
                plain: claim.value.to_json(),
                place: self.place(claim.value.span, Some(self.shown_by(item))),
                rank: None,
                evidence: Some(item.id.clone()),
                record: self.record(&read.path, &located),
            })
        });
        stated.into_iter().chain(counter).collect()
    }

    /// A piece of evidence as the place in which a value is shown.
    fn shown_by(&self, item: &Item) -> String {
        let title = item.entry.get("title").and_then(Node::as_text).unwrap_or(&item.id);
        match self.lang {
            Lang::Ja => format!("根拠資料「{title}」"),
            Lang::En => format!("evidence \"{title}\""),
        }
    }

    pub(super) fn fact(&self, read: &Read) -> Option<FactView> {
        let located = self.case.locate(&read.path);
        let (node, field) = (located.node?, located.field?);
        Some(FactView {
            path: read.path.written(),
            title: field.title(self.lang).to_owned(),
            value: sentence::fact(field, node, self.lang),
            said: self.names().said(field, node, self.lang),
            plain: node.to_json(),
            place: self.place(read.span, located.original(self.lang)),
            rank: None,
            evidence: None,
            record: self.record(&read.path, &located),
        })
    }

    /// The innermost item that a path leads through, with its name; one without a name of its own is
    /// called by its list's items and its id.
    fn record(&self, path: &FactPath, located: &Located<'_>) -> Option<(String, String)> {
        let at = path.steps.iter().rposition(|step| matches!(step, Step::Item(_)))?;
        if at + 1 == path.steps.len() {
            return None;
        }
        let item =
            FactPath { root: path.root, system: path.system.clone(), steps: path.steps[..=at].to_vec() };
        // The nodes on the way to the fact end, or pass through, the item.
        let node = located.way.get(at + 1).copied();
        let located = Located {
            case: self.case,
            document: located.document,
            node,
            span: None,
            way: Vec::new(),
            field: item.field(),
        };
        let (title, Step::Item(id)) = (self.title_at(&item, &located), &item.steps[at]) else { return None };
        let name = match located.field {
            Some(field) if title == *id => match self.lang {
                Lang::Ja => format!("{}（{id}）", field.title(self.lang)),
                Lang::En => format!("{} ({id})", field.title(self.lang)),
            },
            _ => title,
        };
        Some((item.written(), name))
    }

    pub(in crate::render) fn gap(&self, cause: &Cause) -> GapView {
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
            let original = value.reference().and_then(|place| self.case.reference(root, place, self.lang));
            Some(FactView {
                path: cause.path.to_string(),
                title: located.field?.title(self.lang).to_owned(),
                value: sentence::fact(located.field?, value, self.lang),
                said: sentence::said(located.field?, value, self.lang),
                plain: value.to_json(),
                place: self.place(value.span, original),
                rank: value.reference().and_then(|place| crate::case::locate::rank(root, place)),
                evidence: None,
                record: None,
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
    pub(super) fn wording_place(&self, cause: &Cause) -> Option<PlaceView> {
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
    pub(super) fn unclear(&self, unclear: Unclear, located: &Located<'_>) -> String {
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
    pub(super) fn question(&self, policy: &crate::lang::Text, outcome: &Outcome) -> Cow<'static, str> {
        let causes = outcome.causes();
        let conflicts = causes.iter().filter(|cause| cause.gap == Gap::Conflict);
        let titles: Vec<String> = conflicts.map(|cause| self.title(&cause.path)).collect();
        if titles.is_empty() || titles.len() < causes.len() {
            return policy.kept(self.lang);
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

    pub(super) fn place(&self, span: Span, original: Option<String>) -> PlaceView {
        PlaceView::new(&self.case.sources, span, original)
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
        Unclear::TooLong => {
            ("一覧が長すぎるため、判定を打ち切りました", "the lists are too long; judging was broken off")
        }
    };
    lang.pick(ja, en)
}
