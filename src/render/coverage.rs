//! The coverage of the library, as Markdown.

use std::fmt::Write;

use super::escape::{markdown, markdown_code};
use super::policy::{binds, seen};
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::coverage::{Coverage, FamilyCoverage};
use crate::policy::file::Origin;

/// Which measures, laws and fields have which policies; `idle` are the policies for which the dossiers
/// looked at state nothing, where some were given.
pub fn coverage(
    coverage: &Coverage<'_>,
    policies: &[Policy],
    idle: Option<(usize, &[&Policy])>,
    lang: Lang,
) -> String {
    let mut page = Page { out: String::new(), lang };
    page.head(coverage, policies);
    page.measures(coverage);
    page.others(coverage);
    page.references(coverage);
    page.fields(coverage);
    if let Some((dossiers, idle)) = idle {
        page.idle(dossiers, idle);
    }
    page.out
}

struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, ja: &str, en: &str) {
        let _ = writeln!(self.out, "{}", self.lang.pick(ja, en));
    }

    fn heading(&mut self, ja: &str, en: &str) {
        let _ = writeln!(self.out, "\n## {}\n", self.lang.pick(ja, en));
    }

    fn head(&mut self, coverage: &Coverage<'_>, policies: &[Policy]) {
        let (all, covered) = coverage.measures();
        let count = |wanted: Origin| policies.iter().filter(|one| one.file.basis.origin == wanted).count();
        let [announced, ordered, derived, framework] =
            [Origin::Announced, Origin::Ordered, Origin::Derived, Origin::Framework].map(count);
        let (policies, facts, unread) = (policies.len(), coverage.facts, coverage.unread.len());
        self.line("# 確認項目の対応状況\n", "# What the policies cover\n");
        self.line(
            &format!(
                "- 再発防止策：{all}件のうち確認項目のあるもの{covered}件\n- 確認項目：{policies}件（公表された再発防止策{announced}件、委託者が求めた措置{ordered}件、公表された原因・事実から導いたもの{derived}件、法令・基準{framework}件）\n- 記載事項：{facts}件のうち確認項目が読まないもの{unread}件"
            ),
            &format!(
                "- measures: {all}, with a policy: {covered}\n- policies: {policies} (announced in a notice: {announced}, demanded by the client: {ordered}, derived from stated causes or facts: {derived}, from a law or standard: {framework})\n- facts that the documents can state: {facts}, read by no policy: {unread}"
            ),
        );
    }

    fn measures(&mut self, coverage: &Coverage<'_>) {
        self.heading("再発防止策", "Measures");
        self.line("| 分野 | 再発防止策 | 確認項目 |", "| family | measure | policies |");
        self.line("| --- | --- | --- |", "| --- | --- | --- |");
        for FamilyCoverage { family, measures, .. } in &coverage.families {
            for (measure, policies) in measures {
                let policies = self.named(policies);
                let family = markdown(family.title.get(self.lang));
                let _ = writeln!(self.out, "| {family} | {measure} | {policies} |");
            }
        }
    }

    fn others(&mut self, coverage: &Coverage<'_>) {
        self.heading("再発防止策のほかに設けた確認項目", "Policies that stand for no measure");
        self.line("| 分野 | 確認項目 |", "| family | policies |");
        self.line("| --- | --- |", "| --- | --- |");
        for FamilyCoverage { family, others, .. } in &coverage.families {
            if others.is_empty() {
                continue;
            }
            let policies = self.named(others);
            let _ = writeln!(self.out, "| {} | {policies} |", markdown(family.title.get(self.lang)));
        }
    }

    fn references(&mut self, coverage: &Coverage<'_>) {
        let lang = self.lang;
        self.heading("法令・基準", "Laws and standards");
        self.line(
            "| 法令・基準 | 対象とする者 | 確認の方法 | 確認項目 |",
            "| law or standard | addresses | how its text was seen | policies |",
        );
        self.line("| --- | --- | --- | --- |", "| --- | --- | --- | --- |");
        for (reference, policies) in &coverage.references {
            let ids: Vec<&str> = policies.iter().map(|policy| policy.id()).collect();
            let ids = if ids.is_empty() {
                lang.pick("なし", "none").to_owned()
            } else {
                ids.join(lang.pick("、", ", "))
            };
            let (title, binds, seen) = (
                markdown(reference.title.get(lang)),
                binds(reference.binds, lang),
                seen(reference.seen, lang),
            );
            let _ = writeln!(self.out, "| {title} | {binds} | {seen} | {ids} |");
        }
    }

    fn fields(&mut self, coverage: &Coverage<'_>) {
        self.heading("確認項目が読まない記載事項", "Facts that no policy reads");
        self.line(
            "報告書の表題や対象の説明に用いるもの、人が読むための説明などです。文書の識別、出典（ref、sources）及び変更契約（amendments）は除いています。\n",
            "They name things in reports or explain them to readers. What identifies a document, its sources and amendments are left out.\n",
        );
        for (path, field) in &coverage.unread {
            let _ = writeln!(self.out, "- {} {}", markdown_code(path), markdown(field.title(self.lang)));
        }
    }

    fn idle(&mut self, dossiers: usize, idle: &[&Policy]) {
        self.heading(
            "調べた委託案件に読む記載がない確認項目",
            "Policies that find nothing to read in the dossiers looked at",
        );
        self.line(&format!("調べた委託案件：{dossiers}件\n"), &format!("Dossiers looked at: {dossiers}\n"));
        if idle.is_empty() {
            self.line("該当なし", "None.");
        }
        for policy in idle {
            let _ = writeln!(self.out, "- {} {}", policy.id(), markdown(policy.file.title.get(self.lang)));
        }
    }

    fn named(&self, policies: &[&Policy]) -> String {
        let named: Vec<String> = policies
            .iter()
            .map(|policy| format!("{} {}", policy.id(), markdown(policy.file.title.get(self.lang))))
            .collect();
        if named.is_empty() {
            return self.lang.pick("**なし**", "**none**").to_owned();
        }
        named.join("<br>")
    }
}
