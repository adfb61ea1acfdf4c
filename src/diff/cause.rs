//! Why an outcome changed: which part of what it rests on is another, and how surely that is why.

use crate::lang::Lang;

/// A part of what outcomes rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Component {
    /// Contract, system specifications, records.
    Documents,
    /// The register of evidence and its files.
    Evidence,
    /// The waivers.
    Waivers,
    /// The as-of date.
    AsOf,
    /// The policy itself.
    Library,
    /// The profile: what it selects, its values, what blocks.
    Profile,
    /// The stage that the user set, assumptions, whether waivers had effect, the rule of what blocks.
    Options,
    /// The program.
    Program,
}

/// What a component has to do with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// By itself it leads to the new outcome.
    Alone,
    /// Without it the outcome would be the old one; it takes others as well.
    Needed,
    /// By itself, or missing, it leads to an outcome that is neither the old one nor the new.
    Partly,
    /// Only together with the others; which of them counts cannot be told.
    Together,
    /// It is another, and what was recorded does not tell whether that is why.
    Possible,
}

/// One component with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The component.
    pub component: Component,
    /// Its role.
    pub role: Role,
}

impl Component {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Component::Documents => "documents",
            Component::Evidence => "evidence",
            Component::Waivers => "waivers",
            Component::AsOf => "as_of",
            Component::Library => "library",
            Component::Profile => "profile",
            Component::Options => "options",
            Component::Program => "program",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Component::Documents => ("文書", "documents"),
            Component::Evidence => ("根拠資料", "evidence"),
            Component::Waivers => ("例外措置", "waivers"),
            Component::AsOf => ("判定基準日", "as-of date"),
            Component::Library => ("確認項目", "policy"),
            Component::Profile => ("確認項目セット", "profile"),
            Component::Options => ("判定時の指定", "options"),
            Component::Program => ("プログラムの版", "program version"),
        };
        lang.pick(ja, en)
    }
}

impl Role {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Role::Alone => "alone",
            Role::Needed => "needed",
            Role::Partly => "partly",
            Role::Together => "together",
            Role::Possible => "possible",
        }
    }

    /// What is said of a component with this role, behind its name.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Role::Alone => ("この違いだけで変わる", "enough by itself"),
            Role::Needed => ("他の違いと合わせて変わる", "needed, together with others"),
            Role::Partly => ("一部に影響する", "counts for a part"),
            Role::Together => {
                ("他の違いと合わせて変わり、個別には特定できない", "only together; not to be told apart")
            }
            Role::Possible => ("可能性あり", "possible"),
        };
        lang.pick(ja, en)
    }
}
