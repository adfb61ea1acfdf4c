//! How a clause that holds is proven, fact by fact, and what keeps the proof from being enough.

use serde::Serialize;

use super::PlaceView;
use super::maker::Maker;
use crate::evaluate::outcome::ClauseProof;
use crate::evidence::{Agreement, Assurance, Demand, Flaw, Item, Unfit};
use crate::expression::sentence;
use crate::expression::trace::FactPath;
use crate::lang::Lang;
use crate::load::tree::Node;
use crate::policy::Clause;
use crate::schema::Kind;

/// How well a clause is proven.
#[derive(Clone, Debug, Serialize)]
pub struct ProofView {
    /// Whether that is enough.
    pub met: bool,
    /// The level.
    pub level: Assurance,
    /// What the level is called.
    pub level_title: &'static str,
    /// The least level that is asked for.
    pub least: Assurance,
    /// What that is called.
    pub least_title: &'static str,
    /// The kinds of evidence that do, as they are called; empty where any does.
    pub kinds: Vec<String>,
    /// The greatest age in months.
    pub max_age_months: Option<u32>,
    /// The facts on which the clause rests.
    pub facts: Vec<ProvenView>,
}

/// How well one fact is proven.
#[derive(Clone, Debug, Serialize)]
pub struct ProvenView {
    /// Its path.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Its value, for people.
    pub value: String,
    /// The level.
    pub level: Assurance,
    /// What the level is called.
    pub level_title: &'static str,
    /// The pieces of evidence that prove it, by id.
    pub evidence: Vec<String>,
    /// Why it is not proven better, one line per piece of evidence, or that there is none.
    pub lacking: Vec<String>,
    /// Where the document states it.
    pub place: Option<PlaceView>,
}

impl Maker<'_> {
    pub(super) fn proof(&self, clause: &Clause, proof: &ClauseProof) -> Option<ProofView> {
        let (_, demand) = clause.proof.as_ref()?;
        let kinds =
            Kind::Evidence.root().property("evidence").and_then(|list| list.items()?.property("kind"));
        let called =
            |kind: &String| kinds.and_then(|field| field.label(kind, self.lang)).unwrap_or(kind).to_owned();
        Some(ProofView {
            met: proof.met,
            level: proof.level,
            level_title: proof.level.title(self.lang),
            least: demand.least,
            least_title: demand.least.title(self.lang),
            kinds: demand.kinds.iter().map(called).collect(),
            max_age_months: demand.max_age_months,
            facts: proof.facts.iter().map(|(path, level)| self.proven(path, *level, demand)).collect(),
        })
    }

    fn proven(&self, path: &FactPath, level: Assurance, demand: &Demand) -> ProvenView {
        let evidence = &self.case.evidence;
        let fits = |item: &Item| item.is_live() && item.unfit(demand, self.case.as_of).is_none();
        let proving = evidence.about(path).filter(|(item, claim)| {
            claim.agreement == Agreement::Proves && fits(item) && level > Assurance::Declared
        });
        let located = self.case.locate(path);
        let stated = located.node.zip(located.field);
        ProvenView {
            path: path.to_string(),
            title: self.title_at(path, &located),
            value: stated.map_or_else(String::new, |(node, field)| sentence::said(field, node, self.lang)),
            level,
            level_title: level.title(self.lang),
            evidence: proving.map(|(item, _)| item.id.clone()).collect(),
            lacking: if level < demand.least { self.lacking(path, demand) } else { Vec::new() },
            place: self.place_at(&located),
        }
    }

    fn lacking(&self, path: &FactPath, demand: &Demand) -> Vec<String> {
        let about = self.case.evidence.about(path);
        let lines: Vec<String> = about
            .map(|(item, claim)| {
                let title = item.entry.get("title").and_then(Node::as_text).unwrap_or(&item.id);
                let reason = self.why_not(item, claim.agreement, demand);
                match self.lang {
                    Lang::Ja => format!("{title}（{}）：{reason}", item.id),
                    Lang::En => format!("{title} ({}): {reason}", item.id),
                }
            })
            .collect();
        match lines.is_empty() {
            true => {
                let words = (
                    "この記載を裏付けるものとして台帳に挙げた資料がない",
                    "no evidence in the register shows this",
                );
                vec![self.lang.pick(words.0, words.1).to_owned()]
            }
            false => lines,
        }
    }

    fn why_not(&self, item: &Item, agreement: Agreement, demand: &Demand) -> String {
        let spoiled = item.flaws.iter().find(|flaw| flaw.spoils());
        let (ja, en) = match (agreement, spoiled, item.unfit(demand, self.case.as_of)) {
            (_, Some(flaw), _) if flaw.silences() => return self.short_flaw(flaw).to_owned(),
            (Agreement::Contradicts, _, _) => ("記載と異なる値を示している", "it shows another value"),
            (Agreement::NotStated, _, _) => ("文書に記載がない", "no document states the fact"),
            (_, Some(flaw), _) => return self.short_flaw(flaw).to_owned(),
            (_, _, Some(Unfit::Kind)) => ("求める種別の資料ではない", "it is not of the kind asked for"),
            (_, _, Some(Unfit::Age)) => {
                ("発行日の記載がないか、求める期間より古い", "it bears no date or is older than asked for")
            }
            _ if self
                .case
                .evidence
                .counter()
                .any(|(_, claim)| item.claims.iter().any(|own| own.path == claim.path)) =>
            {
                ("別の資料が異なる値を示している", "other evidence shows another value")
            }
            _ => ("求める確認の程度に足りない", "it is weaker than asked for"),
        };
        self.lang.pick(ja, en).to_owned()
    }

    pub(super) fn short_flaw(&self, flaw: &Flaw) -> &'static str {
        let (ja, en) = match flaw {
            Flaw::NotExamined => ("提出あり（内容未確認）", "handed in, not examined"),
            Flaw::ExaminedBySupplier => {
                ("受託者側の者による確認のみ", "examined by the contractor's side only")
            }
            Flaw::NotBorneOut => ("裏付けを確認できず", "not borne out"),
            Flaw::Expired => ("有効期間の満了", "expired"),
            Flaw::NotYetEffective => ("有効期間の開始前", "not in force yet"),
            Flaw::DatedAfter => ("判定基準日より後の発行", "dated after the as-of date"),
            Flaw::Changed { .. } => ("登録時のファイルと不一致", "the file has changed"),
            Flaw::NoDigest => ("SHA-256の記載なし", "no SHA-256"),
            Flaw::Missing => ("ファイルなし", "the file is missing"),
            _ => ("ファイルを読み込めない", "the file cannot be read"),
        };
        self.lang.pick(ja, en)
    }
}
