//! The committee's paper (審査委員会資料): a summary, and one sheet for each bidder. Counts only; no ranking.

use serde::Serialize;

use super::handling;
use super::view::{BidderView, Finding, TenderView};
use crate::lang::Lang;
use crate::render::html::Frame;

/// The paper, ready for a template.
#[derive(Clone, Debug, Serialize)]
pub struct CommitteeView<'v> {
    /// The comparison.
    pub tender: &'v TenderView,
    /// The mandatory requirements that somebody does not meet.
    pub disqualifying: Vec<Disqualifying<'v>>,
    /// How many requirements of each family the bids differ in, most first.
    pub families: Vec<Family<'v>>,
    /// One sheet for each bidder, in the order of receipt.
    pub sheets: Vec<Sheet<'v>>,
}

/// A mandatory requirement that a bid does not meet.
#[derive(Clone, Debug, Serialize)]
pub struct Disqualifying<'v> {
    /// The policy's id.
    pub policy: &'v str,
    /// Its title.
    pub title: &'v str,
    /// The bidders that do not meet it, with what is said of each.
    pub bidders: Vec<Said<'v>>,
}

/// What is said of a bidder.
#[derive(Clone, Debug, Serialize)]
pub struct Said<'v> {
    /// The bidder's name.
    pub name: &'v str,
    /// What the verdict is called.
    pub verdict_title: &'v str,
}

/// A family of policies across the bids.
#[derive(Clone, Debug, Serialize)]
pub struct Family<'v> {
    /// What it is called.
    pub title: &'v str,
    /// How many requirements the bids differ in.
    pub differing: usize,
    /// How many requirements there are.
    pub requirements: usize,
}

/// The sheet of a bidder.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet<'v> {
    /// The bidder.
    pub bidder: &'v BidderView,
    /// Why mandatory requirements are not met.
    pub grounds: Vec<&'v Finding>,
    /// What is to be asked.
    pub inquire: Vec<&'v Finding>,
    /// What the client has to judge.
    pub judge: Vec<&'v Finding>,
    /// The scored requirements.
    pub points: Vec<Points<'v>>,
}

/// The points of one scored requirement.
#[derive(Clone, Debug, Serialize)]
pub struct Points<'v> {
    /// The policy's id.
    pub policy: &'v str,
    /// Its title.
    pub title: &'v str,
    /// The most that it brings.
    pub most: &'v str,
    /// What it brings; `None` where that is open.
    pub given: Option<&'v str>,
    /// The sign.
    pub mark: &'v str,
    /// What the verdict is called.
    pub verdict_title: &'v str,
    /// What keeps the points open or down, where the verdict does not say it.
    pub why: Option<&'v str>,
}

/// Makes the paper.
pub fn committee(tender: &TenderView) -> CommitteeView<'_> {
    CommitteeView {
        tender,
        disqualifying: disqualifying(tender),
        families: families(tender),
        sheets: tender.bidders.iter().enumerate().map(|(at, bidder)| sheet(tender, at, bidder)).collect(),
    }
}

/// What the paper's page needs beyond its Markdown.
pub fn frame(tender: &TenderView, lang: Lang) -> Frame {
    let title = lang.pick("審査委員会資料", "Paper for the review committee");
    Frame {
        title: match &tender.title {
            Some(subject) => format!("{title}　{subject}"),
            None => title.to_owned(),
        },
        classification: Some(handling(lang).to_owned()),
        sheets: true,
        ..Frame::default()
    }
}

fn disqualifying(tender: &TenderView) -> Vec<Disqualifying<'_>> {
    let rows = tender.rows().map(|row| {
        let bidders = row.cells.iter().zip(&tender.bidders).filter_map(|(cell, bidder)| {
            let cell = cell.as_ref().filter(|cell| cell.consequence == "disqualifies")?;
            Some(Said { name: &bidder.name, verdict_title: cell.verdict_title })
        });
        Disqualifying { policy: &row.policy, title: &row.title, bidders: bidders.collect() }
    });
    rows.filter(|row| !row.bidders.is_empty()).collect()
}

fn families(tender: &TenderView) -> Vec<Family<'_>> {
    let mut families: Vec<(&str, Family<'_>)> = Vec::new();
    for row in tender.rows().filter(|row| row.class != "draft") {
        let at = families.iter().position(|(id, _)| *id == row.family).unwrap_or_else(|| {
            families.push((&row.family, Family { title: &row.family_title, differing: 0, requirements: 0 }));
            families.len() - 1
        });
        let family = &mut families[at].1;
        family.requirements += 1;
        family.differing += usize::from(row.differs);
    }
    // Of as many differences, by id.
    families.sort_by(|(one, a), (other, b)| b.differing.cmp(&a.differing).then(one.cmp(other)));
    families.into_iter().map(|(_, family)| family).collect()
}

fn sheet<'v>(tender: &'v TenderView, at: usize, bidder: &'v BidderView) -> Sheet<'v> {
    let of = |follows: &str| bidder.findings.iter().filter(|finding| finding.follows == follows).collect();
    let points = tender.rows().filter_map(|row| {
        let (cell, most) = (row.cells.get(at)?.as_ref()?, row.points.as_deref()?);
        Some(Points {
            policy: &row.policy,
            title: &row.title,
            most,
            given: cell.points.as_deref(),
            mark: &cell.mark,
            verdict_title: cell.verdict_title,
            why: cell.answer.as_ref().and_then(|answer| answer.delivery),
        })
    });
    let mut points: Vec<Points<'v>> = points.collect();
    points.sort_by_key(|row| row.policy);
    Sheet { bidder, grounds: of("disqualifies"), inquire: of("inquire"), judge: of("judge"), points }
}
