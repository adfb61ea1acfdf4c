//! The way of a tender through the house: every bid against the same draft contract, policies and day.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::assess;
use crate::case::Case;
use crate::conclude::score::{Consequence, Score, score};
use crate::conclude::{Assessment, How};
use crate::date::Period;
use crate::diagnostic::{Diagnostic, in_order};
use crate::load::dossier::load_bid;
use crate::load::limits::Limits;
use crate::load::single::Single;
use crate::load::source::{Sources, within};
use crate::load::tender as folder;
use crate::load::tree::Node;
use crate::policy::library::Library;
use crate::stage::Stage;
use crate::tender::{Bidder, Tender};
use crate::validate::bid::{Answered, Reply, bid};
use crate::validate::tender::Problem;
use crate::validate::yardstick::{Choice, Unusable, prepare};
use crate::validate::{Refused, Yardstick, tender};

/// A tender with its bids, compared.
#[derive(Debug)]
pub struct Comparison {
    /// The folder, as it is printed.
    pub name: String,
    /// The tender.
    pub tender: Tender,
    /// SHA-256 of `tender.yaml`.
    pub sha256: Option<String>,
    /// What every bid was held against.
    pub yardstick: Yardstick,
    /// The library that the policies come from.
    pub library: Library,
    /// The bids, in the order of receipt.
    pub bids: Vec<Compared>,
}

/// One bid of a comparison.
#[derive(Debug)]
pub struct Compared {
    /// The bidder as the tender lists it.
    pub bidder: Bidder,
    /// The bid as it was judged, or why it could not be.
    pub result: Result<Judged, Box<Refused>>,
}

/// A bid that was judged.
#[derive(Debug)]
pub struct Judged {
    /// The name that the offer gives.
    pub name: Option<String>,
    /// As proposed (提案時).
    pub proposed: Side,
    /// After the inquiry (照会後), where there was one.
    pub after: Option<Side>,
    /// What came back from the inquiry.
    pub replies: Vec<Reply>,
}

/// A bid at one time.
#[derive(Debug)]
pub struct Side {
    /// The outcomes.
    pub assessment: Assessment,
    /// The answers to the requirements.
    pub answers: Vec<Answered>,
    /// What they count for.
    pub score: Score,
}

/// What a user chose for a comparison; what is left out is the tender's to say.
#[derive(Clone, Debug)]
pub struct Wish {
    /// A folder of policies, a profile, an as-of date.
    pub choice: Choice,
    /// An as-of date in place of the tender's.
    pub as_of: Option<NaiveDate>,
    /// Today, where nobody gives a day.
    pub today: NaiveDate,
}

/// Why nothing can be compared.
#[derive(Debug)]
pub enum Unready {
    /// The tender itself is at fault.
    Tender(Box<Sources>, Vec<Diagnostic>),
    /// There is nothing to judge with.
    Yardstick(Unusable),
}

/// Compares the bids of a tender.
///
/// # Errors
/// A tender that cannot be used; a bid that cannot be judged is told in its place.
pub fn compare(
    path: &Path,
    name: &str,
    wish: &Wish,
    how: How,
    limits: &Limits,
) -> Result<Comparison, Unready> {
    let mut loaded = folder::load(path, name, limits);
    let folder::Loaded { document, bids: folders, .. } = &loaded;
    let sha256 = document.sources.files().first().and_then(|file| file.sha256.clone());
    let refused = |diagnostics| Unready::Tender(Box::new(document.sources.clone()), diagnostics);
    let Some(root) = &document.root else {
        return Err(Unready::Tender(Box::new(loaded.document.sources), loaded.document.diagnostics));
    };
    let file = tender::document(root).map_err(refused)?;
    let mut faults = tender::folders(root, &file, folders, &loaded.outside);
    let stated = root.get("as_of").filter(|day| day.is_stated());
    let day = stated.and_then(Node::as_text).and_then(Period::parse).and_then(Period::exact);
    if let (Some(stated), None) = (stated, day) {
        let text = stated.as_text().unwrap_or_default().to_owned();
        faults.push(Diagnostic::new(stated.span, Problem::NotADay(text)));
    }
    let choice = Choice {
        as_of: wish.as_of.or(day).unwrap_or(wish.today),
        profile: wish.choice.profile.clone().or(file.profile.clone()),
        stage: Some(Stage::Bid),
        ..wish.choice.clone()
    };
    let (yardstick, library) = prepare(&choice).map_err(Unready::Yardstick)?;
    let policies: Vec<&str> = yardstick.policies.iter().map(|policy| policy.file.id.as_str()).collect();
    let checked = match tender::tender(file, root, &yardstick.policies, &library) {
        Ok(checked) if faults.is_empty() => checked,
        Ok(_) => return Err(refused(faults)),
        Err(more) => {
            faults.extend(more);
            in_order(&mut faults);
            return Err(refused(faults));
        }
    };
    if let Err(diagnostics) = draft(&mut loaded.draft, yardstick.as_of) {
        return Err(Unready::Tender(Box::new(loaded.draft.sources), diagnostics));
    }
    let judge = |bidder: &Bidder| {
        let (folder, shown) = loaded.bid(&bidder.id);
        let loaded = load_bid(&folder, &shown, path, name, limits);
        let judged = bid(loaded, &bidder.id, &policies, &yardstick).and_then(|bid| {
            let side = |case: Case, answers: Vec<Answered>| -> Result<Side, Box<Refused>> {
                let assessment = assess::judge(case, how)?;
                let score = score(&assessment, &checked, answers.iter().map(|answered| &answered.answer));
                Ok(Side { assessment, answers, score })
            };
            let proposed = side(bid.proposed, bid.answers)?;
            let (after, replies) = match bid.after {
                Some(after) => (Some(side(after.case, after.answers)?), after.replies),
                None => (None, Vec::new()),
            };
            let head = bid.offer.root.get("bidder").and_then(|bidder| bidder.get("name")?.as_text());
            let name = head.map(str::to_owned);
            Ok(Judged { name, proposed, after, replies })
        });
        Compared { bidder: bidder.clone(), result: judged }
    };
    let bids = checked.file.bidders.par_iter().map(judge).collect();
    Ok(Comparison { name: name.to_owned(), tender: checked, sha256, yardstick, library, bids })
}

/// Checks the draft contract, which every bid is judged with.
fn draft(draft: &mut Single, as_of: NaiveDate) -> Result<(), Vec<Diagnostic>> {
    match &draft.root {
        Some(root) => tender::draft(root, as_of),
        None => Err(std::mem::take(&mut draft.diagnostics)),
    }
}

impl Comparison {
    /// Names files from the folder of the tender on, as papers do that are filed; messages name them from
    /// where the program runs.
    pub fn name_files_within(&mut self) {
        let folder = std::mem::take(&mut self.name);
        let shorten = |case: &mut Case| {
            case.name = within(&folder, &case.name).to_owned();
            for file in case.sources.files_mut() {
                file.path = within(&folder, &file.path).to_owned();
            }
        };
        for bid in &mut self.bids {
            match &mut bid.result {
                Ok(judged) => {
                    let sides = std::iter::once(&mut judged.proposed).chain(&mut judged.after);
                    sides.for_each(|side| shorten(&mut side.assessment.case));
                }
                Err(refused) => {
                    refused.name = within(&folder, &refused.name).to_owned();
                    for file in refused.sources.files_mut() {
                        file.path = within(&folder, &file.path).to_owned();
                    }
                }
            }
        }
        self.name = folder;
    }

    /// Whether a bid, as it stands now, does not meet a mandatory requirement.
    pub fn blocked(&self) -> bool {
        let judged = self.bids.iter().filter_map(|bid| bid.result.as_ref().ok());
        judged.into_iter().any(|bid| bid.latest().score.count(Consequence::Disqualifies) > 0)
    }

    /// Whether a bid could not be judged.
    pub fn broken(&self) -> bool {
        self.bids.iter().any(|bid| bid.result.is_err())
    }
}

impl Compared {
    /// What the bidder is called: by the tender, or else by the offer, or else by the id.
    pub fn name(&self) -> String {
        let offered = self.result.as_ref().ok().and_then(|judged| judged.name.clone());
        self.bidder.name.clone().or(offered).unwrap_or_else(|| self.bidder.id.clone())
    }
}

impl Judged {
    /// The bid as it stands now: after the inquiry, where there was one.
    pub fn latest(&self) -> &Side {
        self.after.as_ref().unwrap_or(&self.proposed)
    }
}
