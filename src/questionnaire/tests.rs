use chrono::NaiveDate;
use proptest::prelude::*;

use super::answers::Answers;
use super::document::{Origin, documents};
use super::filled::{Entry, Filled, Item, Told, filled};
use super::form::{Ask, Form, Ground, form};
use super::key;
use super::read::read as read_sheet;
use super::unread::{About, Unread, Why};
use super::word::{self, Said};
use crate::lang::Lang;
use crate::load::fold::fold;
use crate::load::limits::Limits;
use crate::load::tree::{FileId, Node};
use crate::load::workbook::{self as load, Cell, Value};
use crate::load::yaml;
use crate::policy::library::Library;
use crate::register::draft::{Draft, Written};
use crate::render::{questionnaire, xlsx};
use crate::schema::{Field, Kind, Shape};
use crate::stage::Stage;
use crate::validate::yardstick::{Choice, prepare};
use crate::validate::{Yardstick, document};

fn text(text: &str) -> Cell {
    Cell { value: Value::Text(text.to_owned()), formula: false }
}

fn said(path: &str, cell: &Cell) -> Result<Option<Said>, Why> {
    word::read(Some(cell), key::field(path).expect(path))
}

#[track_caller]
fn reads(path: &str, cases: &[(&str, Written)]) {
    for (written, want) in cases {
        assert_eq!(said(path, &text(written)), Ok(Some(Said::Value(want.clone()))), "{path}: {written}");
    }
}

#[track_caller]
fn refuses(path: &str, cases: &[&str]) {
    for written in cases {
        let got = said(path, &text(written));
        assert!(got.is_err(), "{path}: {written}: {got:?}");
    }
}

fn words(text: &str) -> Written {
    Written::Text(text.to_owned())
}

#[test]
fn numbers_are_read_in_any_width_and_with_their_own_unit_alone() {
    let days = "system.logging.retention_days";
    let int = Written::Int;
    reads(
        days,
        &[
            ("12", int(12)),
            ("１２", int(12)),
            (" 365日 ", int(365)),
            ("３６５日間", int(365)),
            ("1,095", int(1095)),
            ("１，０９５ 日", int(1095)),
            ("30 days", int(30)),
        ],
    );
    refuses(
        days,
        &[
            "12時間",
            "1,09",
            "1、095",
            "30日以内",
            "約30日",
            "30日程度",
            "三十日",
            "一年",
            "①",
            "3か月",
            "はい",
            "○",
            "-",
            "1e3",
            "12..5",
        ]
        .into_iter()
        .filter(|written| *written != "-")
        .collect::<Vec<_>>(),
    );
    reads("contract.incident.first_report_hours", &[("12時間", int(12)), ("１２ｈｏｕｒｓ", int(12))]);
    reads("contract.training.times_per_year", &[("年1回", int(1)), ("２回", int(2)), ("年間 2 回", int(2))]);
    refuses("contract.training.times_per_year", &["月1回", "毎年1回"]);
    reads("contract.data_return.deadline_business_days", &[("10営業日", int(10))]);
    refuses("contract.data_return.deadline_days", &["10営業日"]);
    reads("system.admin_accounts.total_count", &[("3名", int(3))]);
    let number = |number| said(days, &Cell { value: Value::Number(number), formula: false });
    assert_eq!(number(30.0), Ok(Some(Said::Value(int(30)))));
    assert_eq!(number(30.5), Err(Why::Whole));
    let day = Value::Date(NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day"));
    assert!(said(days, &Cell { value: day, formula: false }).is_err(), "1-2 that became a date is no number");
}

#[test]
fn a_term_in_words_is_a_wording_and_no_number() {
    for wording in ["直ちに", "速やかに", "遅滞なく", "十分な期間", "協議の上、合理的な期間"]
    {
        let got = said("contract.incident.first_report_hours", &text(wording));
        assert_eq!(got, Ok(Some(Said::Wording(wording.to_owned()))));
    }
    // A number that has no wording beside it takes none.
    refuses("system.admin_accounts.total_count", &["直ちに", "必要最小限"]);
}

#[test]
fn yes_and_no_are_read_and_nothing_that_may_be_both() {
    let path = "system.waf.enabled";
    for yes in ["はい", " はい ", "○", "〇", "◯", "有", "あり", "TRUE", "true", "✓", "ＹＥＳ"]
    {
        reads(path, &[(yes, Written::Bool(true))]);
    }
    for no in ["いいえ", "×", "無", "なし", "FALSE", "No"] {
        reads(path, &[(no, Written::Bool(false))]);
    }
    refuses(path, &["◎", "△", "はい？", "対応可", "1", "0", "一部", "検討中"]);
    let truth = Cell { value: Value::Bool(false), formula: false };
    assert_eq!(said(path, &truth), Ok(Some(Said::Value(Written::Bool(false)))));
    reads(
        "system.network.domestic_service",
        &[("国内のみ", Written::Bool(true)), ("国外を含む", Written::Bool(false))],
    );
}

#[test]
fn dates_are_read_as_offices_write_them() {
    let path = "system.service_start";
    for written in ["2027-04-01", "令和9年4月1日", "2027-04", "令和９年４月１日"] {
        reads(path, &[(written, words(written))]);
    }
    for written in ["2027/4/1", "2027.4.1", "R9.4.1", "Ｒ９．４．１", "令和9.4.1", "2027年4月1日", "r9/4/1"]
    {
        reads(path, &[(written, words("2027-04-01"))]);
    }
    reads(
        path,
        &[
            ("R9.4", words("2027-04")),
            ("2027年4月", words("2027-04")),
            ("令和元年5月1日", words("令和元年5月1日")),
        ],
    );
    refuses(path, &["9.4.1", "2027-13-01", "27/4/1", "来年4月", "R1.4.1", "4月1日", "2027"]);
    let day = Value::Date(NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day"));
    assert_eq!(said(path, &Cell { value: day, formula: false }), Ok(Some(Said::Value(words("2027-04-01")))));
    assert_eq!(said(path, &Cell { value: Value::Number(46478.0), formula: false }), Err(Why::Date));
}

#[test]
fn words_of_a_choice_are_read_by_what_they_are_called() {
    let path = "system.auth.mfa.admin";
    let field = key::field(path).expect(path);
    for word in field.words() {
        for name in [Lang::Ja, Lang::En].into_iter().filter_map(|lang| field.label(word, lang)).chain([word])
        {
            reads(path, &[(name, words(word))]);
        }
    }
    refuses(path, &["はい", "○", "たぶん必須"]);
    let list = "system.logging.events";
    let inner = key::field(list).and_then(Field::items).expect(list);
    let label = |word: &str| inner.label(word, Lang::Ja).unwrap_or_default().to_owned();
    let both = format!("{}、 {}", label("login"), label("export"));
    reads(
        list,
        &[(&both, Written::List(vec![words("login"), words("export")])), ("なし", Written::List(vec![]))],
    );
    refuses(list, &["ログイン等いろいろ"]);
}

#[test]
fn placeholders_stay_what_they_are() {
    for word in ["未定", "別途協議", "TBD", "－"] {
        for path in
            ["system.waf.enabled", "system.service_start", "system.logging.retention_days", "system.title"]
        {
            assert_eq!(said(path, &text(word)), Ok(Some(Said::Placeholder(word.to_owned()))), "{path}");
        }
    }
    assert_eq!(said("system.title", &text("  \n")), Ok(None), "blank is blank");
}

#[test]
fn what_is_calculated_or_broken_is_not_read() {
    let formula = Cell { value: Value::Number(12.0), formula: true };
    assert_eq!(said("system.logging.retention_days", &formula), Err(Why::Formula));
    assert_eq!(said("system.title", &formula), Err(Why::Formula));
    let error = Cell { value: Value::Error("#REF!".to_owned()), formula: false };
    assert_eq!(said("system.title", &error), Err(Why::CellError));
    let literal = "=HYPERLINK(\"http://example.com\")";
    reads("system.title", &[(literal, words(literal)), ("+cmd|' /C calc'!A0", words("+cmd|' /C calc'!A0"))]);
}

#[test]
fn answers_to_requirements_are_read_strictly() {
    let read = |written: &str| word::delivery(Some(&text(written)));
    let table = [
        ("対応済み", "existing", None),
        ("◎", "existing", None),
        ("稼働時までに対応", "by_start", None),
        ("○", "by_start", Some(About::Capable)),
        ("対応可", "by_start", Some(About::Capable)),
        ("対応可能", "by_start", Some(About::Capable)),
        ("オプション", "option", None),
        ("ｵﾌﾟｼｮﾝ（別料金）", "option", None),
        ("代替案で対応", "alternative", None),
        ("×", "none", None),
        ("対応不可", "none", None),
        ("not offered", "none", None),
    ];
    for (written, want, about) in table {
        assert_eq!(read(written), Ok(Some((Said::Value(words(want)), about))), "{written}");
    }
    assert_eq!(read("△"), Err(Why::Ambiguous));
    for written in ["はい", "たぶん", "対応不可？", "1"] {
        assert!(read(written).is_err(), "{written}");
    }
    assert_eq!(read("－"), Ok(Some((Said::Placeholder("－".to_owned()), None))));
}

#[test]
fn every_message_is_there_in_both_languages() {
    let unread = |why| Unread { place: "要件適合表!G12".to_owned(), found: "x\ny".to_owned(), why };
    let all = [
        Why::Formula,
        Why::CellError,
        Why::Time,
        Why::YesNo,
        Why::Words(vec!["a".to_owned()]),
        Why::Ambiguous,
        Why::Number(Some(crate::schema::Unit::Days)),
        Why::Number(None),
        Why::Whole,
        Why::Date,
        Why::NoInput,
        Why::Merged("A1:A2".to_owned()),
        Why::Twice("a!A1".to_owned()),
        Why::NoKey,
        Why::UnknownKey,
        Why::Id,
        Why::NoneAndItems,
        Why::Refused(["甲".to_owned(), "a".to_owned()]),
        Why::NoForm,
        Why::NoColumn("answer".to_owned()),
    ];
    for why in all {
        let unread = unread(why);
        assert!(!unread.message(Lang::Ja).contains('\n') && !unread.message(Lang::Ja).is_empty());
        assert!(unread.message(Lang::En).is_ascii(), "{}", unread.message(Lang::En));
    }
}

fn yardstick() -> (Yardstick, Library) {
    let as_of = NaiveDate::from_ymd_opt(2026, 4, 1).expect("a day");
    let choice = Choice { as_of, stage: Some(Stage::Bid), ..Choice::default() };
    prepare(&choice).expect("the built-in library")
}

fn asked(filled: &Filled, (yardstick, library): &(Yardstick, Library)) -> Form {
    let policies = &yardstick.policies;
    form(&Ground { policies, library, profile: "municipality", tender: None, draft: None, filled }, Lang::Ja)
}

fn sent(form: &Form, filled: &Filled, lang: Lang) -> Vec<u8> {
    xlsx::write(&questionnaire::workbook(form, filled, lang)).expect("a workbook")
}

fn came_back(bytes: &[u8]) -> Answers {
    let workbook = load::parse(bytes, &load::Limits::default()).expect("our own workbook");
    read_sheet(&workbook).unwrap_or_else(|unread| panic!("{unread:#?}"))
}

fn reread(draft: &Draft, kind: Kind) -> Node {
    let text = draft.to_document();
    let mut root = yaml::parse(&text, FileId(0), &Limits::default()).unwrap_or_else(|_| panic!("{text}"));
    let mut diagnostics = fold(&mut root);
    document::against_schema(kind, &root, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{text}");
    root
}

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn text(&mut self) -> String {
        let texts = [
            "受付センター",
            "=1+1",
            "@x",
            "# 注",
            "a: b",
            "'引用'",
            "\"x\"",
            "true",
            "12",
            "0x1F",
            "2027-04-01",
            "{a: 1}",
            "[1]",
            "- 項目",
            "一行\n二行",
            "| >",
            "null",
            "~",
            "%",
            "甲、乙",
            "a,b",
            "&a *b !c",
            "yes",
            "_x0041_",
            "1_000",
            "1:30",
        ];
        texts[self.roll(texts.len())].to_owned()
    }

    fn value(&mut self, field: Field) -> Told {
        if self.roll(12) == 0 {
            return Told::Words(["未定", "TBD", "－"][self.roll(3)].to_owned());
        }
        if field.wording().is_some() && self.roll(4) == 0 {
            return Told::Words(["直ちに", "速やかに", "遅滞なく"][self.roll(3)].to_owned());
        }
        Told::Value(self.plain(field))
    }

    fn plain(&mut self, field: Field) -> Written {
        match field.shape() {
            Shape::Bool => Written::Bool(self.roll(2) == 0),
            Shape::Int | Shape::Number => Written::Int(1 + self.roll(5000) as i64),
            Shape::Date => words(["2027-04-01", "令和9年4月1日", "2027-04", "令和元年5月"][self.roll(4)]),
            Shape::Enum => {
                let all: Vec<&str> = field.words().collect();
                words(all[self.roll(all.len())])
            }
            Shape::List => self.list(field.items().expect("items")),
            _ => words(&self.fitting(field)),
        }
    }

    fn list(&mut self, inner: Field) -> Written {
        let mut all: Vec<Written> = Vec::new();
        for _ in 0..self.roll(4) {
            let item = self.plain(inner);
            if !all.contains(&item) {
                all.push(item);
            }
        }
        // One word that holds the sign between words, or a line end, cannot be told from two.
        all.retain(
            |item| !matches!(item, Written::Text(text) if text.contains('\n') || text.trim().is_empty()),
        );
        Written::List(all)
    }

    /// A text that the schema takes.
    fn fitting(&mut self, field: Field) -> String {
        match field.name {
            "countries" | "country" => "JP".to_owned(),
            "corporate_number" => "1234567890123".to_owned(),
            "party" | "engaged_by" | "contract_loan" | "id" => format!("x-{}", self.roll(9)),
            _ => self.text(),
        }
    }
}

/// What a bid may state: some of all that the form can hold.
fn stated(seed: u64, form: &Form) -> Filled {
    let mut dice = Dice(seed);
    let mut filled =
        Filled { offer: Some("bid".to_owned()), system: Some("app".to_owned()), ..Filled::default() };
    for ask in form.groups.iter().flat_map(|group| &group.rows) {
        match ask {
            Ask::Fact(fact) if dice.roll(3) > 0 => {
                let told = (dice.roll(9) > 0).then(|| dice.value(fact.field));
                let page = (dice.roll(3) == 0).then(|| 1 + dice.roll(80) as i64);
                let remark = (dice.roll(5) == 0 || told.is_none() && page.is_none()).then(|| dice.text());
                filled.facts.insert(fact.path.clone(), Entry { told, page, remark });
            }
            Ask::Requirement(asked) if dice.roll(3) > 0 => {
                let names = ["delivery", "how", "extra_cost_yen", "by", "page", "paper", "remark"];
                let mut told = std::collections::BTreeMap::new();
                for name in names {
                    if name != "delivery" && dice.roll(2) == 0 {
                        continue;
                    }
                    let field = crate::tender::offer::field(name).expect(name);
                    told.insert(name.to_owned(), Told::Value(dice.plain(field)));
                }
                filled.requirements.insert(asked.policy.clone(), told);
            }
            _ => {}
        }
    }
    for list in &form.lists {
        let items = (0..dice.roll(4)).map(|at| {
            let mut item = Item { page: (dice.roll(2) == 0).then_some(3), ..Item::default() };
            for (path, field) in &list.columns {
                if path == "id" {
                    item.values.insert(path.clone(), Told::Value(words(&format!("item-{at}"))));
                } else if dice.roll(2) == 0 {
                    item.values.insert(path.clone(), dice.value(*field));
                }
            }
            item
        });
        let items: Vec<Item> = items.collect();
        if dice.roll(4) > 0 {
            filled.lists.insert(list.path.clone(), items);
        }
    }
    filled
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Out and in again is nothing lost and nothing added, in either language; and out once more are the
    /// same bytes.
    #[test]
    fn what_is_sent_out_filled_in_comes_back(seed in any::<u64>(), english in any::<bool>()) {
        let ground = yardstick();
        let want = stated(seed, &asked(&Filled::default(), &ground));
        let lang = if english { Lang::En } else { Lang::Ja };
        let first = sent(&asked(&want, &ground), &want, lang);
        let answers = came_back(&first);
        let origin = Origin { title: "要件適合表", file: "form.xlsx", sha256: &"0".repeat(64), offer: "bid", system: "app" };
        let (system, offer) = documents(&answers, &origin);
        let (system, offer) = (reread(&system, Kind::System), reread(&offer, Kind::Offer));
        let got = filled(Some(&system), Some(&offer)).expect("no conflict");
        prop_assert_eq!(&got, &want);
        prop_assert_eq!(sent(&asked(&got, &ground), &got, lang), first);
    }
}

#[test]
fn everything_that_the_policies_read_of_bidders_is_asked_once() {
    let ground = yardstick();
    let form = asked(&Filled::default(), &ground);
    let mut facts: Vec<&str> = Vec::new();
    for ask in form.groups.iter().flat_map(|group| &group.rows) {
        if let Ask::Fact(fact) = ask {
            assert!(!facts.contains(&fact.path.as_str()), "{} twice", fact.path);
            facts.push(&fact.path);
        }
    }
    for policy in ground.0.policies.iter().filter(|policy| policy.file.stages.contains(&Stage::Bid)) {
        for path in crate::policy::reads::reads(policy).into_keys() {
            if !crate::tender::offer::is_bidders(&path) {
                continue;
            }
            let list = form
                .lists
                .iter()
                .any(|list| path == list.path || path.starts_with(&format!("{}[]", list.path)));
            let number = path.strip_suffix("_wording").unwrap_or(&path);
            let own = matches!(path.as_str(), "system.id");
            assert!(list || own || facts.contains(&number), "{path} of {} is not asked", policy.id());
        }
    }
}
