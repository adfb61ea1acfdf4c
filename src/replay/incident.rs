//! A published notice as its file writes it.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::lang::{Lang, Text};
use crate::stage::Stage;

/// `incident/1`, as far as the replay and its page read it.
#[derive(Clone, Debug, Deserialize)]
pub struct Incident {
    /// The id; the folder is named after it.
    pub id: String,
    /// What the incident is called.
    pub title: Text,
    /// What was read.
    pub source: Source,
    /// The day and stage just before discovery.
    pub replay: Terms,
    /// The causes that the notice states.
    pub causes: Vec<Cause>,
    /// The measures that the notice states.
    pub measures: Vec<Measure>,
}

/// What was read.
#[derive(Clone, Debug, Deserialize)]
pub struct Source {
    /// Whose page it is.
    pub kind: SourceKind,
    /// Lines in the copy of the notice.
    pub lines: String,
}

/// Whose page a notice was read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The publisher's own.
    OfficialPage,
    /// A news article.
    News,
    /// A copy elsewhere; the original was not checked.
    Reprint,
}

impl SourceKind {
    /// What the kind is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            SourceKind::OfficialPage => ("公表者の資料", "official page"),
            SourceKind::News => ("報道・原典未確認", "news, original not checked"),
            SourceKind::Reprint => ("転載・原典未確認", "reprint, original not checked"),
        };
        lang.pick(ja, en)
    }
}

/// When and at which stage the state of things is judged.
#[derive(Clone, Debug, Deserialize)]
pub struct Terms {
    /// The as-of date as written.
    pub as_of: String,
    /// The stage on that day.
    pub stage: Stage,
    /// Whether the notice says so.
    pub basis: Basis,
    /// The day on which the copy with the measures in place is judged; `None`: the same.
    #[serde(default)]
    pub mended_as_of: Option<String>,
    /// Other stages that the notice does not rule out; `None` where the file does not say.
    #[serde(default)]
    pub other_stages: Option<Vec<Stage>>,
}

/// Where the day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The notice.
    Notice,
    /// Somebody assumed it; nothing may hang on that.
    Assumed,
}

impl Basis {
    /// What the basis is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Basis::Notice => ("公表資料による", "from the notice"),
            Basis::Assumed => ("仮定", "assumed"),
        };
        lang.pick(ja, en)
    }
}

/// One stated cause.
#[derive(Clone, Debug, Deserialize)]
pub struct Cause {
    /// Its id, unique in the incident.
    pub id: String,
    /// A state of things or an event.
    pub kind: CauseKind,
    /// What the notice says.
    pub says: Text,
    /// Which policies ask about it.
    pub asks: Vec<Ask>,
}

/// The kinds of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// A stated state of things that a policy can judge.
    Condition,
    /// Something that happened.
    Event,
}

impl CauseKind {
    /// What the kind is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            CauseKind::Condition => ("状態", "condition"),
            CauseKind::Event => ("出来事", "event"),
        };
        lang.pick(ja, en)
    }
}

/// A policy that asks about a cause, and the facts it reads there.
#[derive(Clone, Debug, Deserialize)]
pub struct Ask {
    /// The policy's id.
    pub policy: String,
    /// Paths without ids, as [`crate::expression::trace::FactPath::schema_path`] gives them.
    pub paths: Vec<String>,
}

/// One stated measure.
#[derive(Clone, Debug, Deserialize)]
pub struct Measure {
    /// Its id, unique in the incident.
    pub id: String,
    /// Whose measure it is.
    pub by: Actor,
    /// How far it had come when the notice was published.
    pub status: Status,
    /// What the notice says.
    pub says: Text,
    /// The clauses that it meets, as `<policy>/<clause>`; empty while the library has none.
    #[serde(default)]
    pub meets: Vec<String>,
    /// What holds after it: paths with ids, and values.
    #[serde(default)]
    pub sets: Map<String, Value>,
    /// Why the notice gives no value to set.
    #[serde(default)]
    pub sets_nothing_because: Option<Text>,
    /// Why it names no clause: what the notice says is too general to tell which fact would change.
    #[serde(default)]
    pub no_policy_because: Option<Text>,
}

impl Measure {
    /// How far the library covers it.
    pub fn coverage(&self) -> Coverage {
        match (self.meets.is_empty(), &self.no_policy_because) {
            (false, _) => Coverage::Covered,
            (true, Some(_)) => Coverage::General,
            (true, None) => Coverage::Pending,
        }
    }
}

/// How far the library covers a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Clauses of policies demand it.
    Covered,
    /// The notice speaks in general; no fact of a dossier would change.
    General,
    /// The library has no policy for it yet.
    Pending,
}

impl Coverage {
    /// What the coverage is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Coverage::Covered => ("確認項目あり", "covered"),
            Coverage::General => ("一般的な表明", "general statement"),
            Coverage::Pending => ("確認項目未整備", "no policy yet"),
        };
        lang.pick(ja, en)
    }
}

/// Whose measure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The client.
    Client,
    /// The contractor.
    Contractor,
    /// A subcontractor.
    Subcontractor,
    /// An organisation that runs its own system.
    #[serde(rename = "self")]
    Own,
}

impl Actor {
    /// What the actor is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Actor::Client => ("委託者", "client"),
            Actor::Contractor => ("受託者", "contractor"),
            Actor::Subcontractor => ("再委託先", "subcontractor"),
            Actor::Own => ("自ら運用する団体", "the organisation itself"),
        };
        lang.pick(ja, en)
    }
}

/// How far a measure had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Done.
    Done,
    /// Planned.
    Planned,
    /// Considered.
    Considered,
    /// Ordered by the client.
    Ordered,
    /// Asked for by the client.
    Requested,
    /// Stated in general.
    Stated,
}

impl Status {
    /// What the status is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Status::Done => ("実施済み", "done"),
            Status::Planned => ("予定", "planned"),
            Status::Considered => ("検討", "considered"),
            Status::Ordered => ("指示", "ordered"),
            Status::Requested => ("要請", "requested"),
            Status::Stated => ("表明", "stated"),
        };
        lang.pick(ja, en)
    }
}
