//! What the parties are called in model clauses: 甲・乙, 発注者・受注者, 委託者・受託者.

use crate::lang::Lang;

/// How contracts call the parties. Policies write 委託者 and 受託者 (client and contractor).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartyStyle {
    /// 甲 and 乙; in English Party A and Party B.
    KouOtsu,
    /// 発注者 and 受注者; in English as the policies have it.
    Hacchu,
    /// 委託者 and 受託者, as the policies have it.
    #[default]
    Itaku,
}

/// Where 委託者 or 受託者 means anyone in that position, not the party to this contract: 他の委託者,
/// 委託者ごと, 次の契約の受託者となる. There 甲 and 乙 would be wrong.
const ANYONE_BEFORE: &str = "他の";
const ANYONE_AFTER: [&str; 2] = ["ごと", "となる"];

impl PartyStyle {
    /// What client and contractor are called beside their role; `None` for other roles, and where the
    /// role says it. `role` is the word of the schema.
    pub fn called(self, role: &str, lang: Lang) -> Option<&'static str> {
        let (client, contractor) = match (self, lang) {
            (PartyStyle::KouOtsu, Lang::Ja) => ("甲", "乙"),
            (PartyStyle::KouOtsu, Lang::En) => ("Party A", "Party B"),
            (PartyStyle::Hacchu, Lang::Ja) => ("発注者", "受注者"),
            (PartyStyle::Hacchu, Lang::En) | (PartyStyle::Itaku, _) => return None,
        };
        match role {
            "client" => Some(client),
            "contractor" => Some(contractor),
            _ => None,
        }
    }

    /// A model clause with the parties so called.
    pub fn clause(self, clause: &str, lang: Lang) -> String {
        let (client, contractor) = match lang {
            Lang::Ja => ("委託者", "受託者"),
            Lang::En => ("the client", "the contractor"),
        };
        let mut text = clause.to_owned();
        for (role, word) in [("client", client), ("contractor", contractor)] {
            if let Some(called) = self.called(role, lang) {
                text = self.replaced(&text, word, called);
            }
        }
        text
    }

    fn replaced(self, text: &str, word: &str, called: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = find(rest, word) {
            let (before, after) = (&rest[..at], &rest[at + word.len()..]);
            out.push_str(before);
            let anyone = self == PartyStyle::KouOtsu
                && (out.ends_with(ANYONE_BEFORE) || ANYONE_AFTER.iter().any(|next| after.starts_with(next)));
            // 再委託者 and the like are other words, and so is "the clients".
            let other = out.ends_with('再') || after.starts_with(|c: char| c.is_ascii_alphabetic());
            out.push_str(if anyone || other { &rest[at..at + word.len()] } else { called });
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// Where the word begins; at the beginning of a sentence in English it has a capital letter.
fn find(text: &str, word: &str) -> Option<usize> {
    let capital = word.replacen('t', "T", 1);
    text.find(word).into_iter().chain(text.find(&capital)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parties_are_called_as_the_style_says() {
        let table = [
            ("受託者は、委託者に報告する。", "乙は、甲に報告する。", "受注者は、発注者に報告する。"),
            ("【委託者・受託者】が負担する。", "【甲・乙】が負担する。", "【発注者・受注者】が負担する。"),
            // Anyone in that position keeps the word that says so.
            ("他の委託者のデータ", "他の委託者のデータ", "他の発注者のデータ"),
            ("委託者ごとに、甲の", "委託者ごとに、甲の", "発注者ごとに、甲の"),
            ("次の契約の受託者となる場合", "次の契約の受託者となる場合", "次の契約の受注者となる場合"),
            ("再委託者", "再委託者", "再委託者"),
            ("再委託先", "再委託先", "再委託先"),
        ];
        for (written, kou_otsu, hacchu) in table {
            assert_eq!(PartyStyle::KouOtsu.clause(written, Lang::Ja), kou_otsu);
            assert_eq!(PartyStyle::Hacchu.clause(written, Lang::Ja), hacchu);
            assert_eq!(PartyStyle::Itaku.clause(written, Lang::Ja), written);
        }
        let written =
            "The contractor shall ask the client. Subcontractors and the client's staff; other clients.";
        let called = "Party B shall ask Party A. Subcontractors and Party A's staff; other clients.";
        assert_eq!(PartyStyle::KouOtsu.clause(written, Lang::En), called);
        assert_eq!(PartyStyle::Hacchu.clause(written, Lang::En), written);
    }

    /// In every built-in model clause only what means anyone in that position keeps its word; a new
    /// clause that does so is looked at and added here.
    #[test]
    fn every_built_in_model_clause_can_be_written_with_kou_and_otsu() {
        let library = crate::policy::library::built_in();
        let mut kept = Vec::new();
        for (id, policy) in &library.policies {
            let clause = PartyStyle::KouOtsu.clause(policy.model_clause.get(Lang::Ja), Lang::Ja);
            let left = clause.matches("委託者").count() + clause.matches("受託者").count();
            kept.extend((left > 0).then_some((id.as_str(), left)));
        }
        assert_eq!(kept, [("DLC-01", 1), ("TEN-02", 2), ("TEN-02-2", 2)]);
    }
}
