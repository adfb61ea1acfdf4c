//! On what a policy rests, in words: the incidents behind it, and where its numbers come from.

use std::collections::BTreeMap;

use crate::date::{Period, era_date};
use crate::lang::Lang;
use crate::policy::file::PolicyFile;
use crate::policy::library::{Library, Profile};
use crate::schema::Unit;

/// Writes the grounds of policies.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Grounds<'g> {
    /// The library, with what is known of the incidents.
    pub library: &'g Library,
    /// The profile, which may replace numbers.
    pub profile: &'g Profile,
    /// Whether publishers of notices are named.
    pub cite_publishers: bool,
    /// The language.
    pub lang: Lang,
}

impl Grounds<'_> {
    /// Each incident by type and year. Ids name publishers, so that an incident that is not in the
    /// catalogue is only counted, by year.
    pub fn incidents(&self, ids: &[String]) -> Vec<String> {
        let (mut lines, mut uncatalogued) = (Vec::new(), BTreeMap::<String, usize>::new());
        for id in ids {
            let note = self.library.incidents.get(id).filter(|note| {
                let publisher = note.publisher.get(self.lang);
                self.cite_publishers || !note.title.get(self.lang).contains(publisher)
            });
            let published = note.and_then(|note| Period::parse(note.published_on.as_deref()?));
            let year = published.map(|day| self.year(&day.first.format("%Y").to_string(), Some(day)));
            let year = year.or_else(|| year_of(id).map(|year| self.year(&year, None)));
            let year = match (year, self.lang) {
                (Some(year), Lang::Ja) => format!("{year}公表"),
                (Some(year), Lang::En) => year,
                (None, lang) => lang.pick("公表年の記載なし", "year not stated").to_owned(),
            };
            let Some(note) = note else {
                *uncatalogued.entry(year).or_default() += 1;
                continue;
            };
            let mut asides = Vec::new();
            if self.cite_publishers {
                let publisher = note.publisher.get(self.lang);
                asides.push(match self.lang {
                    Lang::Ja => format!("公表者：{publisher}"),
                    Lang::En => format!("published by {publisher}"),
                });
            }
            match note.source.as_str() {
                "reprint" => asides
                    .push(self.lang.pick("転載・原典未確認", "reprint, original not checked").to_owned()),
                "news" => asides.push(self.lang.pick("報道", "news").to_owned()),
                _ => {}
            }
            let title = note.title.get(self.lang);
            lines.push(match (self.lang, asides.is_empty()) {
                (Lang::Ja, true) => format!("{title}（{year}）"),
                (Lang::Ja, false) => format!("{title}（{year}。{}）", asides.join("。")),
                (Lang::En, true) => format!("{title} ({year})"),
                (Lang::En, false) => format!("{title} ({year}; {})", asides.join("; ")),
            });
        }
        lines.extend(uncatalogued.into_iter().map(|(year, count)| match self.lang {
            Lang::Ja => format!("公表された事案{count}件（{year}）"),
            Lang::En => format!("{count} published incident{} ({year})", if count == 1 { "" } else { "s" }),
        }));
        lines
    }

    /// A year as the language writes it: 令和6年, 2024. Without a day the year 2019 has two eras.
    fn year(&self, year: &str, day: Option<Period>) -> String {
        if self.lang == Lang::En {
            return year.to_owned();
        }
        if day.is_none() && year == "2019" {
            return "平成31年・令和元年".to_owned();
        }
        let day = day.or_else(|| Period::parse(&format!("{year}-12-31")));
        let written = day.map(|day| era_date(day.first)).unwrap_or_default();
        written.split_inclusive('年').next().unwrap_or(year).to_owned()
    }

    /// The numbers of a policy that are asked for, and where each comes from.
    pub fn parameters(&self, policy: &PolicyFile, asked: impl Fn(&str) -> bool) -> Vec<String> {
        let overrides = self.profile.parameters.get(&policy.id);
        let lines = policy.parameters.iter().filter(|(name, _)| asked(name)).map(|(name, parameter)| {
            let own = overrides.and_then(|values| values.get(name));
            let value = own.map_or(&parameter.value, |own| &own.value);
            let unit = parameter.unit.as_deref().and_then(Unit::from_word);
            let shown = value.is_number().then(|| match unit {
                Some(unit) => unit.with(value, self.lang),
                None => value.to_string(),
            });
            let (source, from) = match own {
                Some(own) => (own.source.title(self.lang), own.from.get(self.lang)),
                None => (parameter.source.title(self.lang), parameter.from.get(self.lang)),
            };
            let source = match own {
                Some(_) => {
                    format!("{source}{}", self.lang.pick("、確認項目セットの指定値", ", set by the profile"))
                }
                None => source.to_owned(),
            };
            let value = shown.map(|value| value + self.lang.pick("：", ": ")).unwrap_or_default();
            match (self.lang, from.is_empty()) {
                (_, true) => format!("{value}{source}"),
                // The text says by itself that it is a default of this project.
                _ if from.contains(&source) => format!("{value}{from}"),
                (Lang::Ja, false) => format!("{value}{source}（{}）", from.trim_end_matches('。')),
                (Lang::En, false) => format!("{value}{source} ({})", from.trim_end_matches('.')),
            }
        });
        lines.collect()
    }
}

/// The year at the end of an incident's id.
fn year_of(id: &str) -> Option<String> {
    let last = id.rsplit('-').next()?;
    (last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit())).then(|| last.to_owned())
}
