//! The frozen view of a comparison: plain data in one language, ready for any format.

mod bidder;
mod cell;
mod finding;
mod reply;

use serde::Serialize;

pub use bidder::{BidderView, CostRow, Costs, CountRow, Tally};
pub use cell::{AnswerView, CellView, MarkView};
pub use finding::Finding;
pub use reply::ReplyView;

use crate::compare::{Compared, Comparison};
use crate::conclude::score::{Cell, Consequence};
use crate::date::Period;
use crate::lang::Lang;
use crate::load::source::within;
use crate::load::tender::DOCUMENT;
use crate::render::view::Input;
use crate::tender::Class;
use crate::tender::marks::Standing;

/// A comparison.
#[derive(Clone, Debug, Serialize)]
pub struct TenderView {
    /// The subject (件名).
    pub title: Option<String>,
    /// The section in charge.
    pub department: Option<String>,
    /// The number of the public notice.
    pub notice_number: Option<String>,
    /// Its date, for people.
    pub notice_date: Option<String>,
    /// The guidelines' title.
    pub guidelines: Option<String>,
    /// Their version.
    pub guidelines_version: Option<String>,
    /// The as-of date, for people.
    pub as_of: String,
    /// The as-of date, `YYYY-MM-DD`.
    pub as_of_plain: String,
    /// The profile's id.
    pub profile: String,
    /// What the profile is called.
    pub profile_title: String,
    /// The program's version.
    pub version: &'static str,
    /// SHA-256 of the library's content.
    pub library_sha256: String,
    /// What all bids share: `tender.yaml` and the draft contract.
    pub inputs: Vec<Input>,
    /// Whether bidders go by letters.
    pub anonymous: bool,
    /// Whether any bidder has answered an inquiry.
    pub inquired: bool,
    /// The bidders in the order of receipt.
    pub bidders: Vec<BidderView>,
    /// The policies, what blocks first, then what differs, then the rest.
    pub groups: Vec<GroupView>,
    /// How many policies were judged.
    pub policy_count: usize,
    /// The points that could be had.
    pub points_most: String,
    /// The table of marks in force, for the legend.
    pub marks: Vec<MarkView>,
    /// Where its shares come from.
    pub marks_source: Option<String>,
    /// What the standings are called, the gravest first.
    pub standings: Vec<Word>,
}

/// A word and what it is called.
#[derive(Clone, Debug, Serialize)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// What it is called.
    pub title: &'static str,
}

/// Policies that stand together in the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// `blocks`, `differs`, `same` or `draft`.
    pub word: &'static str,
    /// What the group is called.
    pub title: &'static str,
    /// Its rows.
    pub rows: Vec<RowView>,
}

/// One policy across the bids.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    /// The policy's id.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// Its family's id.
    pub family: String,
    /// What the family is called.
    pub family_title: String,
    /// What the severity is called.
    pub severity_title: &'static str,
    /// The class's word.
    pub class: &'static str,
    /// What the class is called.
    pub class_title: &'static str,
    /// The points, where it is scored.
    pub points: Option<String>,
    /// Whether nobody's missing answer is forgiven.
    pub disqualifies_unanswered: bool,
    /// Whether the bids differ here.
    pub differs: bool,
    /// One cell per bidder, in their order; none for a bid that could not be judged.
    pub cells: Vec<Option<CellView>>,
}

/// Makes the view.
pub fn view(comparison: &Comparison, lang: Lang) -> TenderView {
    let file = &comparison.tender.file;
    let yardstick = &comparison.yardstick;
    let shown = |text: &Option<String>| text.as_deref().map(|text| day(text, lang));
    let as_of = yardstick.as_of;
    let marks = &comparison.tender.marks;
    let own = !file.marks.is_empty();
    TenderView {
        title: file.title.clone(),
        department: file.department.clone(),
        notice_number: file.notice.as_ref().and_then(|notice| notice.number.clone()),
        notice_date: shown(&file.notice.as_ref().and_then(|notice| notice.date.clone())),
        guidelines: file.guidelines.as_ref().and_then(|guidelines| guidelines.title.clone()),
        guidelines_version: file.guidelines.as_ref().and_then(|guidelines| guidelines.version.clone()),
        as_of: Period::day(as_of).shown(lang),
        as_of_plain: as_of.format("%Y-%m-%d").to_string(),
        profile: yardstick.profile.id.clone(),
        profile_title: yardstick.profile.title.get(lang).to_owned(),
        version: env!("CARGO_PKG_VERSION"),
        library_sha256: comparison.library.sha256.clone(),
        inputs: shared(comparison),
        anonymous: false,
        inquired: comparison.bids.iter().any(|bid| bid.result.as_ref().is_ok_and(|bid| bid.after.is_some())),
        bidders: comparison.bids.iter().map(|bid| bidder::view(bid, comparison, lang)).collect(),
        groups: groups(comparison, lang),
        policy_count: yardstick.policies.len(),
        points_most: number(file.requirements.iter().filter_map(|one| one.points).sum()),
        marks: marks.iter().map(|row| MarkView::new(row, lang)).collect(),
        marks_source: match (own, &comparison.library.marks) {
            (true, _) => None,
            (false, Some(marks)) => marks.source.clone(),
            (false, None) => crate::tender::marks::built_in().source.clone(),
        },
        standings: Standing::ALL
            .into_iter()
            .map(|standing| Word { word: standing.word(), title: standing.title(lang) })
            .collect(),
    }
}

/// The files that are no bidder's.
fn shared(comparison: &Comparison) -> Vec<Input> {
    let tender = Input { path: DOCUMENT.to_owned(), sha256: comparison.sha256.clone() };
    let judged = comparison.bids.iter().find_map(|bid| bid.result.as_ref().ok());
    let case = judged.map(|judged| &judged.proposed.assessment.case);
    let files = case
        .into_iter()
        .flat_map(|case| case.sources.files().iter().filter(|file| !is_within(&case.name, &file.path)));
    let drafts = files.map(|file| Input { path: file.path.clone(), sha256: file.sha256.clone() });
    std::iter::once(tender).chain(drafts).collect()
}

/// Whether a file lies in a folder, both as they are printed.
fn is_within(folder: &str, path: &str) -> bool {
    within(folder, path) != path
}

/// The rows in their groups; within a group in the order of the policies.
fn groups(comparison: &Comparison, lang: Lang) -> Vec<GroupView> {
    let titles = [
        ("blocks", "必須の要件を満たさない提案があるもの", "mandatory requirements that a bid does not meet"),
        ("differs", "提案により異なるもの", "where the bids differ"),
        ("same", "全ての提案で同じもの", "where all bids are alike"),
        (
            "draft",
            "契約書案だけで決まるもの（応札者への要件ではない）",
            "decided by the draft contract alone",
        ),
    ];
    let mut groups: Vec<GroupView> = titles
        .into_iter()
        .map(|(word, ja, en)| GroupView { word, title: lang.pick(ja, en), rows: Vec::new() })
        .collect();
    for (at, policy) in comparison.yardstick.policies.iter().enumerate() {
        let cells: Vec<Option<&Cell>> = comparison.bids.iter().map(|bid| latest(bid, at)).collect();
        let blocks = cells.iter().flatten().any(|cell| cell.consequence() == Consequence::Disqualifies);
        let alike = |pair: &[&Cell]| pair[0].mark == pair[1].mark && pair[0].verdict == pair[1].verdict;
        let judged: Vec<&Cell> = cells.iter().flatten().copied().collect();
        let differs = !judged.windows(2).all(alike);
        let file = &policy.file;
        let rule = comparison.tender.rule(&file.id);
        let group = match (rule.class, blocks, differs) {
            (Class::Draft, _, _) => 3,
            (_, true, _) => 0,
            (_, false, true) => 1,
            (_, false, false) => 2,
        };
        groups[group].rows.push(RowView {
            policy: file.id.clone(),
            title: file.title.get(lang).to_owned(),
            family: policy.family().to_owned(),
            family_title: comparison.library.family_title(policy.family(), lang).to_owned(),
            severity_title: file.severity.title(lang),
            class: rule.class.word(),
            class_title: rule.class.title(lang),
            points: rule.points.map(number),
            differs,
            disqualifies_unanswered: rule.class == Class::Mandatory
                && rule.unanswered == crate::tender::Unanswered::Disqualify,
            cells: comparison.bids.iter().map(|bid| cell::view(bid, at, comparison, lang)).collect(),
        });
    }
    groups
}

/// The cell of a bid under a policy, as it stands now.
fn latest(bid: &Compared, policy: usize) -> Option<&Cell> {
    bid.result.as_ref().ok()?.latest().score.cells.get(policy)
}

/// Points as people write them: no more digits than needed.
pub fn number(points: f64) -> String {
    let text = format!("{points:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A date as written, for people; what is none stays as it is.
pub fn day(text: &str, lang: Lang) -> String {
    Period::parse(text).map_or_else(|| text.to_owned(), |period| period.shown(lang))
}

impl TenderView {
    /// The rows of all groups.
    pub fn rows(&self) -> impl Iterator<Item = &RowView> {
        self.groups.iter().flat_map(|group| &group.rows)
    }
}
