//! What can be wrong with a tender and its bids.

use crate::diagnostic::Explain;
use crate::evaluate::outcome::Verdict;
use crate::lang::Lang;
use crate::tender::offer::Delivery;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// No policy has that id.
    UnknownPolicy {
        /// The id as written.
        id: String,
        /// The nearest known id.
        nearest: Option<String>,
    },
    /// A policy that the profile leaves out.
    NotSelected(String),
    /// A policy that the draft contract alone decides.
    OfTheDraft(String),
    /// A policy twice among the requirements.
    TwoRequirements(String),
    /// A policy answered twice in an offer.
    TwoAnswers(String),
    /// A requirement without a class.
    NoClass,
    /// A mandatory requirement of which nothing says what happens where nobody answers.
    NoConsequence,
    /// A scored requirement without points.
    NoPoints,
    /// Points for a requirement that is not scored.
    PointsWithoutScore,
    /// Policies that are not listed, and nothing says how they count.
    OthersNotSaid(usize),
    /// The points do not add up to their total.
    PointsDoNotAddUp {
        /// The total as stated.
        stated: f64,
        /// What they add up to.
        sum: f64,
    },
    /// A verdict and an answer without a mark.
    NoMark {
        /// The verdict.
        verdict: Verdict,
        /// The answer; `None` for none.
        delivery: Option<Delivery>,
    },
    /// Two rows of a table about the same verdict and answer.
    TwoMarks {
        /// The later row.
        id: String,
    },
    /// A tender without bidders.
    NoBidders,
    /// A folder of a bid that is not listed among the bidders.
    UnlistedBid {
        /// The folder's name.
        folder: String,
        /// The nearest bidder.
        nearest: Option<String>,
    },
    /// A folder of a bid that is a link out of the tender.
    LeadsOut(String),
    /// A bidder without a folder.
    NoBidFolder(String),
    /// An offer or an answer sheet under another bidder's id.
    OtherBidder {
        /// The id as written.
        found: String,
        /// The name of the folder.
        wanted: String,
    },
    /// A field that the draft contract states and the offer too.
    StatedTwice(String),
    /// A paper that has the id of one of another document.
    SourceIdTaken(String),
    /// A field that the contract has and no bidder states, by its key or path.
    NotTheBidders(String),
    /// An answer that names no fact of the bid.
    NoSuchFact(String),
    /// A word that is no way of delivering.
    NoDelivery(String),
    /// An answer with a value, and nothing says of which fact.
    ValueWithoutFact,
    /// A file of the bid is not what it was when the inquiry was written.
    BidChanged {
        /// The file.
        file: String,
    },
    /// A date that is no single day.
    NotADay(String),
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::UnknownPolicy { .. } => "unknown-policy-required",
            Problem::NotSelected(_) => "policy-not-selected",
            Problem::OfTheDraft(_) => "requirement-of-the-draft",
            Problem::TwoRequirements(_) => "two-requirements",
            Problem::TwoAnswers(_) => "two-answers",
            Problem::NoClass => "no-class",
            Problem::NoConsequence => "no-consequence",
            Problem::NoPoints => "no-points",
            Problem::PointsWithoutScore => "points-without-score",
            Problem::OthersNotSaid(_) => "others-not-said",
            Problem::PointsDoNotAddUp { .. } => "points-do-not-add-up",
            Problem::NoMark { .. } => "no-mark",
            Problem::TwoMarks { .. } => "two-marks",
            Problem::NoBidders => "no-bidders",
            Problem::UnlistedBid { .. } => "unlisted-bid",
            Problem::LeadsOut(_) => "bid-out-of-tender",
            Problem::NoBidFolder(_) => "no-bid-folder",
            Problem::OtherBidder { .. } => "other-bidder",
            Problem::StatedTwice(_) => "stated-in-contract-and-offer",
            Problem::SourceIdTaken(_) => "source-id-taken",
            Problem::NotTheBidders(_) => "not-the-bidders",
            Problem::NoSuchFact(_) => "no-such-fact",
            Problem::NoDelivery(_) => "no-delivery",
            Problem::ValueWithoutFact => "value-without-fact",
            Problem::BidChanged { .. } => "bid-changed",
            Problem::NotADay(_) => "not-a-day",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let none = lang.pick("無回答", "no answer");
        let (ja, en) = match self {
            Problem::UnknownPolicy { id, .. } => {
                (format!("「{id}」という確認項目はありません"), format!("there is no policy `{id}`"))
            }
            Problem::NotSelected(id) => (
                format!("「{id}」は、この確認項目セットに含まれません"),
                format!("the profile does not select `{id}`"),
            ),
            Problem::OfTheDraft(id) => (
                format!("「{id}」は契約書案だけで決まり、応札者は回答できません"),
                format!("`{id}` is decided by the draft contract alone; no bidder can answer it"),
            ),
            Problem::TwoRequirements(id) => (
                format!("「{id}」が要件に二度あります"),
                format!("`{id}` stands twice among the requirements"),
            ),
            Problem::TwoAnswers(id) => {
                (format!("「{id}」への回答が二つあります"), format!("`{id}` is answered twice"))
            }
            Problem::NoClass => {
                ("要件の区分がありません".to_owned(), "the requirement has no class".to_owned())
            }
            Problem::NoConsequence => (
                "必須の要件に、無回答の扱いがありません".to_owned(),
                "nothing says what happens where this mandatory requirement is not answered".to_owned(),
            ),
            Problem::NoPoints => (
                "任意・加点の要件に配点がありません".to_owned(),
                "the scored requirement has no points".to_owned(),
            ),
            Problem::PointsWithoutScore => (
                "配点があるのは、任意・加点の要件だけです".to_owned(),
                "only scored requirements have points".to_owned(),
            ),
            Problem::OthersNotSaid(count) => (
                format!("要件に挙げられていない確認項目が{count}件あり、その扱いがありません"),
                format!("{count} policies are not among the requirements, and nothing says how they count"),
            ),
            Problem::PointsDoNotAddUp { stated, sum } => (
                format!("配点の合計は{sum}点で、記載の{stated}点と合いません"),
                format!("the points add up to {sum}, not to {stated} as stated"),
            ),
            Problem::NoMark { verdict, delivery } => {
                let answer = delivery.map_or(none, |delivery| delivery.title(lang));
                let verdict = verdict.title(lang);
                (
                    format!("評価記号表に「{verdict}」で「{answer}」の行がありません"),
                    format!("the table of marks has no row for `{verdict}` with `{answer}`"),
                )
            }
            Problem::TwoMarks { id } => (
                format!("評価記号表の「{id}」の行と同じ組合せの行が、先にあります"),
                format!("the row `{id}` is about what an earlier row of the table is about"),
            ),
            Problem::NoBidders => ("応札者がありません".to_owned(), "there are no bidders".to_owned()),
            Problem::UnlistedBid { folder, .. } => (
                format!("bids/{folder} の応札者が、応札者の一覧にありません"),
                format!("the bidder of bids/{folder} is not among the bidders"),
            ),
            Problem::LeadsOut(folder) => (
                format!("bids/{folder} のリンクの先が、調達案件のフォルダーの外にあります"),
                format!("the link bids/{folder} leads out of the tender"),
            ),
            Problem::NoBidFolder(id) => (
                format!("応札者「{id}」のフォルダー bids/{id} がありません"),
                format!("the bidder `{id}` has no folder bids/{id}"),
            ),
            Problem::OtherBidder { found, wanted } => (
                format!("識別子「{found}」が、フォルダー名「{wanted}」と異なります"),
                format!("the id `{found}` is not the name of its folder, `{wanted}`"),
            ),
            Problem::StatedTwice(path) => (
                format!("「{path}」が、契約書案と提案内容の両方に記載されています"),
                format!("`{path}` is stated in the draft contract and in the offer"),
            ),
            Problem::SourceIdTaken(id) => (
                format!("原本の識別子「{id}」が、提案の他の文書又は契約書案にもあります"),
                format!(
                    "the source id `{id}` stands in another document of the bid or in the draft contract"
                ),
            ),
            Problem::NotTheBidders(path) => (
                format!("「{path}」は委託者が定める事項で、応札者が提案する事項ではありません"),
                format!("`{path}` is the client's to state; no bidder offers it"),
            ),
            Problem::NoSuchFact(path) => {
                (format!("「{path}」という記載事項はありません"), format!("there is no fact `{path}`"))
            }
            Problem::NoDelivery(word) => {
                let known: Vec<&str> = Delivery::ALL.into_iter().map(Delivery::word).collect();
                let known = known.join(lang.pick("、", ", "));
                (
                    format!("「{word}」は対応の選択肢にありません（{known} のいずれか）"),
                    format!("`{word}` is no way of delivering (one of {known})"),
                )
            }
            Problem::ValueWithoutFact => (
                "値に対応する事項（fact）がありません".to_owned(),
                "nothing says of which fact this is the value".to_owned(),
            ),
            Problem::BidChanged { file } => (
                format!("{file} の内容が、照会書を作成したときと異なります。回答は用いられません"),
                format!("{file} is not what it was when the inquiry was written; the answers cannot be used"),
            ),
            Problem::NotADay(text) => {
                (format!("「{text}」は特定の一日ではありません"), format!("`{text}` is no single day"))
            }
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::UnknownPolicy { nearest: Some(near), .. }
            | Problem::UnlistedBid { nearest: Some(near), .. } => {
                (format!("「{near}」のことではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::UnlistedBid { nearest: None, .. } => (
                "受け付けた提案であれば tender.yaml の bidders に加え、そうでなければ bids の外に移してください"
                    .to_owned(),
                "add it to bidders in tender.yaml, or move it out of bids".to_owned(),
            ),
            Problem::NotSelected(_) => (
                "要件から除くか、その確認項目を含む確認項目セットを選んでください".to_owned(),
                "take it out of the requirements, or choose a profile that selects it".to_owned(),
            ),
            Problem::OfTheDraft(_) => (
                "要件から除き、必要な定めを契約書案に置いてください".to_owned(),
                "take it out of the requirements, and put what it asks for into the draft".to_owned(),
            ),
            Problem::NoPoints => (
                "points に配点を記入するか、区分を mandatory（必須）又は reference（参考）としてください".to_owned(),
                "write its points, or make its class mandatory or reference".to_owned(),
            ),
            Problem::OthersNotSaid(_) => (
                "others の class に mandatory（必須）又は reference（参考）を記入してください".to_owned(),
                "write mandatory or reference into class of others".to_owned(),
            ),
            Problem::NoClass => (
                "others の class に mandatory（必須）、scored（任意・加点）又は reference（参考）を記入してください"
                    .to_owned(),
                "write mandatory, scored or reference into class of others".to_owned(),
            ),
            Problem::NoConsequence => (
                "unanswered に inquire（照会する）又は disqualify（失格とする）を記入してください".to_owned(),
                "write inquire or disqualify into unanswered".to_owned(),
            ),
            Problem::StatedTwice(_) => (
                "応札者が提案する事項は、契約書案には記載しないでください".to_owned(),
                "leave out of the draft what bidders are to offer".to_owned(),
            ),
            Problem::NotTheBidders(_) => (
                "この記載を削ってください。委託者が定め、又は承認したことは、契約書案に記載します".to_owned(),
                "take it out; what the client rules or approves stands in the draft contract".to_owned(),
            ),
            Problem::SourceIdTaken(_) => {
                ("どちらかの識別子を変えてください".to_owned(), "change one of the two".to_owned())
            }
            Problem::BidChanged { .. } => (
                "提案書類を照会時のものに戻すか、照会をやり直してください".to_owned(),
                "put back the bid as it was, or inquire again".to_owned(),
            ),
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}
