//! The classes of information that a request for disclosure may not lay open, as fields carry them.

use super::Kind;
use crate::lang::Lang;

/// Why what a field holds may have to be withheld. The classes follow article 5 of the Act on Access to
/// Information Held by Administrative Organs (行政機関の保有する情報の公開に関する法律第5条), which the
/// ordinances of local governments repeat under numbers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disclosure {
    /// 個人に関する情報 (item 1).
    Personal,
    /// 法人等に関する情報 (item 2).
    Corporate,
    /// 事務又は事業に関する情報 (item 6).
    Operational,
    /// 公共の安全等に関する情報 (item 4).
    PublicSafety,
}

impl Disclosure {
    /// In the order in which they are listed.
    pub const ALL: [Disclosure; 4] =
        [Disclosure::Personal, Disclosure::Corporate, Disclosure::Operational, Disclosure::PublicSafety];

    /// The word in schemas and rules.
    pub fn word(self) -> &'static str {
        match self {
            Disclosure::Personal => "personal",
            Disclosure::Corporate => "corporate",
            Disclosure::Operational => "operational",
            Disclosure::PublicSafety => "public_safety",
        }
    }

    /// The class of a word.
    pub fn from_word(word: &str) -> Option<Disclosure> {
        Disclosure::ALL.into_iter().find(|class| class.word() == word)
    }

    /// What the class is called, by the schema of the rules.
    pub fn title(self, lang: Lang) -> &'static str {
        let class =
            Kind::Redaction.root().property("classes").and_then(|list| list.items()?.property("class"));
        class.and_then(|class| class.label(self.word(), lang)).unwrap_or(self.word())
    }

    /// What could happen if it were disclosed, in a sentence.
    pub fn why(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Disclosure::Personal => {
                ("特定の個人を識別することができるおそれがあるため", "it may identify a living person")
            }
            Disclosure::Corporate => (
                "公にすることにより、法人等の権利、競争上の地位その他正当な利益を害するおそれがあるため",
                "made public, it may harm the rights, the competitive position or other legitimate interests of a company",
            ),
            Disclosure::Operational => (
                "公にすることにより、検査、確認、訓練等の事務の適正な遂行に支障を及ぼすおそれがあるため",
                "made public, it may hinder inspections, examinations, drills and similar work",
            ),
            Disclosure::PublicSafety => (
                "公にすることにより、システムの構成又は対策の弱い箇所が知られ、不正な侵入等を容易にするおそれがあるため",
                "made public, it may show where a system is weak and make an intrusion easier",
            ),
        };
        lang.pick(ja, en)
    }
}
