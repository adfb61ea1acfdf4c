//! From rows to their views: what is due when, how it stands, and on what ground.

use super::RowView;
use crate::case::Case;
use crate::case::locate::Located;
use crate::date::{Period, fiscal_year, shown_fiscal_year, shown_weekday};
use crate::expression::trace::{FactPath, Step};
use crate::lang::Lang;
use crate::load::tree::Span;
use crate::obligation::row::{Confirmed, Deed, Rests, Row, State, When};
use crate::obligation::{Due, Obligation};
use crate::render::report::places::Places;
use crate::render::view::{Maker, PlaceView};
use crate::schema::Unit;

/// Makes the views of one dossier's rows.
pub(super) struct Rows<'c> {
    maker: Maker<'c>,
    obligations: &'c [Obligation],
    heads: Vec<Span>,
    lang: Lang,
}

impl<'c> Rows<'c> {
    pub(super) fn new(case: &'c Case, obligations: &'c [Obligation], lang: Lang) -> Rows<'c> {
        let documents = case.contract.iter().chain(&case.systems).chain(&case.records);
        let heads = documents.map(|document| document.head_span()).collect();
        Rows { maker: Maker::new(case, lang), obligations, heads, lang }
    }

    pub(super) fn views(&self, rows: &[Row]) -> Vec<RowView> {
        rows.iter().map(|row| self.row(row)).collect()
    }

    fn case(&self) -> &'c Case {
        self.maker.case
    }

    fn row(&self, row: &Row) -> RowView {
        let (case, lang) = (self.case(), self.lang);
        let obligation = &self.obligations[row.obligation];
        let file = &obligation.file;
        let (target, target_title) = (row.target.path(case), self.maker.target_title(&row.target));
        let due = row.due.period();
        let done = row.deed.as_ref().and_then(|deed| deed.on);
        let year = due.map(|due| fiscal_year(due.last));
        let (ground, place) = self.ground(row);
        let head = case.contract.as_ref().or(case.systems.first());
        RowView {
            dossier: case.name.clone(),
            dossier_title: head.and_then(|document| document.root.get("title")?.as_text()).map(str::to_owned),
            obligation: file.id.clone(),
            policy: file.policy.clone(),
            title: self.title(row, obligation),
            key: self.key(row, &target),
            target,
            target_title,
            fiscal_year: year,
            fiscal_year_title: year.map(|year| shown_fiscal_year(year, lang)),
            due_kind: match (&row.due, due) {
                (_, Some(due)) if due.exact().is_some() => "day",
                (_, Some(_)) => "interval",
                (When::Wording(..) | When::LegalWording, None) => "no_limit",
                _ => "unknown",
            },
            due_first: due.map(|due| due.first),
            due_last: due.map(|due| due.last),
            due_title: self.due(row, obligation),
            days_left: row.days_left(case.as_of).filter(|_| row.state != State::Done),
            state: row.state.word(),
            state_title: self.state(row),
            late: row.late,
            done_title: row.deed.as_ref().map(|deed| match deed.on {
                Some(on) => date(on, lang),
                None => lang.pick("実施日の記録欄なし", "no date is recorded").to_owned(),
            }),
            done_first: done.map(|on| on.first),
            done_last: done.map(|on| on.last),
            deed: row.deed.as_ref().map(|deed| deed.path.to_string()),
            planned_title: row.planned.map(|day| date(day, lang)),
            confirmed_title: row.deed.as_ref().map(|deed| self.confirmed(deed)),
            owner: file.owner,
            owner_title: file.owner.title(lang),
            rests_on: match row.rests {
                Rests::Documents if is_supposed(&place) => "assumption",
                Rests::Documents => "documents",
                Rests::Parameter(_) => "parameter",
            },
            ground: row.ground.as_ref().map(ToString::to_string),
            ground_title: ground,
            notes: is_supposed(&place)
                .then(|| {
                    let words = (
                        "期日は仮定によるものです（文書の記載ではありません。）。",
                        "The due date rests on an assumption; no document says so.",
                    );
                    lang.pick(words.0, words.1).to_owned()
                })
                .into_iter()
                .chain(self.notes(row, obligation))
                .collect(),
            place,
            gaps: row.causes.iter().map(|cause| self.maker.gap(cause)).collect(),
            pressing: row.is_pressing(case.as_of),
        }
    }

    fn title(&self, row: &Row, obligation: &Obligation) -> String {
        let title = obligation.file.title.get(self.lang);
        match (row.ordinal, self.lang) {
            (None, _) => title.to_owned(),
            (Some((time, times)), Lang::Ja) => format!("{title}（年{times}回のうち{time}回目）"),
            (Some((time, times)), Lang::En) => format!("{title} ({time} of {times} a year)"),
        }
    }

    /// Names the row by what the documents call themselves, not by where they lie or when it is due.
    fn key(&self, row: &Row, target: &str) -> String {
        let case = self.case();
        let id = |document: &crate::case::Document| document.root.id().unwrap_or_default().to_owned();
        let documents: Vec<String> = case.contract.iter().chain(&case.systems).map(id).collect();
        let folder = case.name.rsplit('/').next().unwrap_or_default();
        let obligation = self.obligations[row.obligation].id();
        format!("{folder}\n{}\n{obligation}\n{target}\n{}", documents.join(","), row.occurrence)
    }

    fn due(&self, row: &Row, obligation: &Obligation) -> String {
        let lang = self.lang;
        let no_limit = |words: &str| match lang {
            Lang::Ja => format!("期限の定めなし（{words}）"),
            Lang::En => format!("no time limit ({words})"),
        };
        match &row.due {
            When::Known(period) => date(*period, lang),
            When::Wording(words, _) => no_limit(words),
            When::LegalWording => match &obligation.due {
                Due::Wording(words) => no_limit(words.get(lang)),
                _ => no_limit(""),
            },
            When::PartOfYear(Period { first, last }) => {
                let (first, last) = (date(Period::day(*first), lang), date(Period::day(*last), lang));
                match lang {
                    Lang::Ja => {
                        format!("期日を計算できない（{first}から{last}までは1年に満たない）")
                    }
                    Lang::En => {
                        format!("cannot be reckoned (less than a year from {first} to {last})")
                    }
                }
            }
            When::NoNumber => lang
                .pick(
                    "期日を計算できない（期間又は回数として扱えない数）",
                    "cannot be reckoned (no number to count with)",
                )
                .to_owned(),
            When::Unknown => lang.pick("期日を計算できない", "cannot be reckoned").to_owned(),
        }
    }

    fn state(&self, row: &Row) -> String {
        let lang = self.lang;
        let (ja, en) = match (row.state, row.late) {
            (State::Done, Some(true)) => ("済（期日後）", "done (late)"),
            (State::Done, _) => ("済", "done"),
            (State::Open, _) => ("未", "open"),
            (State::Overdue, _) => ("超過", "overdue"),
            (State::Unknown, _) => ("未確認", "not known"),
        };
        lang.pick(ja, en).to_owned()
    }

    fn confirmed(&self, deed: &Deed) -> String {
        let lang = self.lang;
        let (ja, en) = match &deed.confirmed {
            Confirmed::Yes(Some(word)) => {
                let label =
                    deed.path.field().and_then(|field| field.property("confirmed_by")?.label(word, lang));
                return label.unwrap_or(word).to_owned();
            }
            Confirmed::Yes(None) => ("確認済み（確認者の記載なし）", "confirmed; not stated by whom"),
            Confirmed::No => ("確認なし", "not confirmed"),
            Confirmed::Unstated => ("確認の記載なし", "confirmation not stated"),
            Confirmed::NotKept => ("－", "-"),
        };
        lang.pick(ja, en).to_owned()
    }

    /// The article, the file and the line of the ground; where the field is not stated, that it is not.
    fn ground(&self, row: &Row) -> (String, Option<PlaceView>) {
        let Some(path) = &row.ground else { return (self.not_stated(None), None) };
        for path in variants(path) {
            let located = self.case().locate(&path);
            if located.node.is_some_and(|node| node.is_stated() || !node.conflict().is_empty())
                && let Some(place) = self.maker.place_at(&located)
            {
                return (self.places().stated(&place), Some(place));
            }
        }
        let located = self.case().locate(path);
        (self.not_stated(Some(&located)), None)
    }

    fn not_stated(&self, located: Option<&Located<'_>>) -> String {
        let field = located.and_then(|located| located.field).map(|field| field.title(self.lang));
        match (field, self.lang) {
            (Some(field), Lang::Ja) => format!("{field}：記載なし"),
            (Some(field), Lang::En) => format!("{field}: not stated"),
            (None, lang) => lang.pick("記載なし", "not stated").to_owned(),
        }
    }

    fn places(&self) -> Places<'_> {
        Places { folder: &self.case().name, heads: &self.heads, lang: self.lang }
    }

    fn notes(&self, row: &Row, obligation: &Obligation) -> Vec<String> {
        let lang = self.lang;
        let mut notes = Vec::new();
        if let Rests::Parameter(name) = &row.rests {
            notes.extend(self.parameter(name, obligation));
        }
        if let Some(assumed) = &obligation.file.assumed {
            notes.push(assumed.get(lang).to_owned());
        }
        let interval = row.due.period().filter(|due| due.exact().is_none() && row.state == State::Unknown);
        if interval.is_some_and(|due| due.last >= self.case().as_of) {
            let note = lang.pick(
                "起算の日又は期日が月までしか分からないため、期日を過ぎたかどうかを決められません。",
                "A date is known by its month only, so it cannot be told whether the due date has passed.",
            );
            notes.push(note.to_owned());
        }
        if row.contradicted {
            let note = lang.pick(
                "根拠資料の内容が記載と一致しないため、悪い方の状態を示しています。",
                "Evidence contradicts what is stated; the worse of the two states is shown.",
            );
            notes.push(note.to_owned());
        }
        if row.without_holidays {
            let note = lang.pick("祝日を考慮していません。", "Public holidays are not taken into account.");
            notes.push(note.to_owned());
        }
        if let Some(why) = obligation.file.unrecorded.as_ref().filter(|_| row.state != State::Done) {
            notes.push(why.get(lang).to_owned());
        }
        notes
    }

    /// Says that the number is the policy's and not the contract's, and where it comes from.
    fn parameter(&self, name: &str, obligation: &Obligation) -> Option<String> {
        let own = obligation.policy.parameters.get(name)?;
        let policy = &obligation.policy.id;
        let replaced = self.case().profile.parameters.get(policy).and_then(|values| values.get(name));
        let (value, source) =
            replaced.map_or((&own.value, own.source), |replaced| (&replaced.value, replaced.source));
        let unit = own.unit.as_deref().and_then(Unit::from_word);
        let amount = unit.map_or_else(|| value.to_string(), |unit| unit.with(value, self.lang));
        let source = source.title(self.lang);
        Some(match self.lang {
            Lang::Ja => {
                format!(
                    "契約に定める日数等ではなく、{policy}の基準値（{amount}、出典：{source}）によります。"
                )
            }
            Lang::En => {
                format!("The number is not the contract's but that of {policy} ({amount}; {source}).")
            }
        })
    }
}

/// The field of a ground, and its siblings that say the same in working days or in words.
fn variants(path: &FactPath) -> Vec<FactPath> {
    let mut variants = vec![path.clone()];
    if let Some(Step::Field(name)) = path.steps.last() {
        let mut parent = path.clone();
        parent.steps.pop();
        let object = parent.field();
        let business = name.strip_suffix("_days").map(|stem| format!("{stem}_business_days"));
        let names = [business, Some(format!("{name}_wording"))].into_iter().flatten();
        for sibling in names.filter_map(|name| object?.property(&name)) {
            let mut path = parent.clone();
            path.steps.push(Step::Field(sibling.name));
            variants.push(path);
        }
    }
    variants
}

/// A date for people: a day with its day of the week, a month as one, any other interval by its ends.
fn date(period: Period, lang: Lang) -> String {
    if let Some(day) = period.exact() {
        let weekday = shown_weekday(day, lang);
        return match lang {
            Lang::Ja => format!("{}（{weekday}）", period.shown(lang)),
            Lang::En => format!("{} ({weekday})", period.shown(lang)),
        };
    }
    let month = period.shown(lang);
    let whole = Period::parse(&period.first.format("%Y-%m").to_string()) == Some(period);
    let (first, last) = (Period::day(period.first).shown(lang), Period::day(period.last).shown(lang));
    match (whole, lang) {
        (true, Lang::Ja) => format!("{month}（日付不明）"),
        (true, Lang::En) => format!("{month} (day not known)"),
        (false, Lang::Ja) => format!("{first}から{last}までのいずれかの日"),
        (false, Lang::En) => format!("some day from {first} to {last}"),
    }
}

/// Whether a ground is what the reader supposes.
fn is_supposed(place: &Option<PlaceView>) -> bool {
    place.as_ref().is_some_and(|place| place.file == crate::validate::assume::PLACE)
}
