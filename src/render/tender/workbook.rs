//! The comparison as a workbook: counts, matrix, one sheet for each bidder, the table of marks, the inputs.
//! Each colour stands beside a sign and a word.

use super::handling;
use super::view::{BidderView, CellView, Finding, RowView, Tally, TenderView};
use crate::lang::Lang;
use crate::render::workbook::{
    Area, Cell, Colour, Column, Page, Paper, Row, Sheet, Style, Workbook, free_name,
};

/// Makes the workbook.
pub fn workbook(view: &TenderView, lang: Lang) -> Workbook {
    let maker = Maker { view, lang };
    let mut sheets = vec![maker.counts(), maker.matrix()];
    let fixed = [maker.marks(), maker.inputs()];
    for bidder in &view.bidders {
        let taken: Vec<&str> = sheets.iter().chain(&fixed).map(|sheet| sheet.name.as_str()).collect();
        let name = free_name(&bidder.name, &taken);
        sheets.push(maker.bidder(bidder, name));
    }
    sheets.extend(fixed);
    Workbook { title: maker.title().to_owned(), sheets, ..Workbook::default() }
}

struct Maker<'v> {
    view: &'v TenderView,
    lang: Lang,
}

/// A sheet before its page is set up.
struct Draft {
    name: String,
    columns: Vec<f64>,
    rows: Vec<Row>,
    frozen: (u32, u16),
    filter: Option<Area>,
    repeated: Option<u32>,
}

impl Maker<'_> {
    fn pick<'t>(&self, ja: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(ja, en)
    }

    fn title(&self) -> &'static str {
        self.lang.pick("提案比較表", "Comparison of bids")
    }

    fn sheet(&self, draft: Draft) -> Sheet {
        let subject = self.view.title.as_deref().unwrap_or_default();
        Sheet {
            name: draft.name,
            columns: draft.columns.into_iter().map(Column::wide).collect(),
            rows: draft.rows,
            frozen: draft.frozen,
            filter: draft.filter,
            repeated_rows: draft.repeated,
            page: Page {
                paper: Paper::A3,
                landscape: true,
                header: [format!("{}　{subject}", self.title()), handling(self.lang).to_owned()],
                footer: format!("hadome {}", self.view.version),
            },
            tab: Some(Colour::Blue),
            ..Sheet::default()
        }
    }

    /// A line with what the sheet is, and how it is to be handled.
    fn heading(&self, title: &str) -> Row {
        Row::of(vec![Cell::text(format!("{title}　【{}】", handling(self.lang)), Style::Title)])
    }

    fn counts(&self) -> Sheet {
        let view = self.view;
        let none = self.pick("未記入", "not given");
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| none.to_owned());
        let name = self.pick("集計", "Counts");
        let mut rows = vec![self.heading(self.title())];
        let mut fact = |name: &str, value: String| {
            rows.push(Row::of(vec![Cell::text(name, Style::Head), Cell::text(value, Style::Text)]));
        };
        fact(self.pick("件名", "Subject"), text(&view.title));
        fact(
            self.pick("公告", "Notice"),
            format!("{} {}", text(&view.notice_number), text(&view.notice_date)),
        );
        fact(
            self.pick("実施要領", "Guidelines"),
            format!("{} {}", text(&view.guidelines), text(&view.guidelines_version)),
        );
        fact(self.pick("所管課", "Section in charge"), text(&view.department));
        fact(self.pick("判定基準日", "As of"), view.as_of.clone());
        fact(
            self.pick("確認項目セット", "Profile"),
            format!("{} ({}, {})", view.profile_title, view.profile, view.policy_count),
        );
        if view.anonymous {
            fact(
                self.pick("表示", "Shown as"),
                self.pick("応札者を匿名とし、自由記載等を伏せた写し", "an anonymous copy").to_owned(),
            );
        }
        fact(
            self.pick("注", "Note"),
            self.pick(
                "提出された書類の記載を机上で確認した結果であり、順位及び採否を決めるものではない。申告のみによる適合は、内容を確かめたものではない。",
                "A desk check of the papers handed in; it ranks nobody. What is declared only has not been examined.",
            )
            .to_owned(),
        );
        rows.push(Row::default());
        let head = match self.lang {
            Lang::Ja => [
                "受付",
                "応札者",
                "時点",
                "必須不充足",
                "要照会",
                "要審査",
                "充足",
                "うち申告のみ",
                "得点",
                "未確定",
                "配点",
            ],
            Lang::En => [
                "Receipt",
                "Bidder",
                "When",
                "Mandatory, not met",
                "To be asked",
                "To be judged",
                "Met",
                "Declared only",
                "Points",
                "Open",
                "Most",
            ],
        };
        rows.push(head_row(&head));
        for (at, bidder) in view.bidders.iter().enumerate() {
            let receipt = bidder.number.clone().unwrap_or_else(|| (at + 1).to_string());
            let start = |when: &str| {
                vec![
                    Cell::text(receipt.clone(), Style::Text),
                    Cell::text(bidder.name.clone(), Style::Text),
                    Cell::text(when, Style::Text),
                ]
            };
            let sides = [
                (self.pick("提案時", "as proposed"), &bidder.proposed),
                (self.pick("照会後", "after the inquiry"), &bidder.after),
            ];
            for (when, tally) in sides {
                let Some(tally) = tally else { continue };
                rows.push(Row::of(start(when).into_iter().chain(tally_cells(tally)).collect()));
            }
            if bidder.proposed.is_none() {
                let mut cells = start(self.pick("提案時", "as proposed"));
                cells.push(Cell::text(self.pick("判定できず", "not judged"), Style::Bad));
                rows.push(Row::of(cells));
            }
        }
        rows.push(Row::default());
        rows.extend(self.standings());
        let columns = vec![14.0, 44.0, 18.0, 12.0, 12.0, 12.0, 12.0, 14.0, 12.0, 12.0, 12.0];
        self.sheet(Draft {
            name: name.to_owned(),
            columns,
            rows,
            frozen: (0, 0),
            filter: None,
            repeated: None,
        })
    }

    /// How many requirements of each class have each standing; each row adds up.
    fn standings(&self) -> Vec<Row> {
        let mut head = vec![self.pick("応札者", "Bidder"), self.pick("区分", "Class")];
        head.extend(self.view.standings.iter().map(|standing| standing.title));
        head.extend([self.pick("計", "Total"), self.pick("充足のうち申告のみ", "met as declared only")]);
        // The bidder's name stands in the wide column.
        let mut rows = vec![head_row(&[&[""][..], &head].concat())];
        for bidder in &self.view.bidders {
            let Some(tally) = bidder.after.as_ref().or(bidder.proposed.as_ref()) else { continue };
            for row in &tally.rows {
                let mut cells = vec![
                    Cell::blank(Style::Text),
                    Cell::text(bidder.name.clone(), Style::Text),
                    Cell::text(row.title, Style::Text),
                ];
                let counts = row.counts.iter().chain([&row.total, &row.declared]);
                cells.extend(counts.map(|count| Cell::number(*count as f64, Style::Number)));
                rows.push(Row::of(cells));
            }
        }
        rows
    }

    fn matrix(&self) -> Sheet {
        let view = self.view;
        let mut head = vec![
            self.pick("ID", "ID"),
            self.pick("確認項目", "Policy"),
            self.pick("まとまり", "Group"),
            self.pick("分野", "Family"),
            self.pick("区分", "Class"),
            self.pick("配点", "Points"),
        ];
        let fixed = head.len();
        head.extend(view.bidders.iter().map(|bidder| bidder.name.as_str()));
        let mut rows = vec![self.heading(self.title()), head_row(&head)];
        for group in &view.groups {
            rows.extend(group.rows.iter().map(|row| self.policy(group.title, row)));
        }
        let last = (rows.len() - 1) as u32;
        let columns = [12.0, 40.0, 22.0, 18.0, 14.0, 8.0].into_iter();
        self.sheet(Draft {
            name: self.pick("比較表", "Matrix").to_owned(),
            columns: columns.chain(view.bidders.iter().map(|_| 26.0)).collect(),
            rows,
            frozen: (2, 2),
            filter: Some(Area { first: (1, 0), last: (last, (fixed + view.bidders.len() - 1) as u16) }),
            repeated: Some(2),
        })
    }

    fn policy(&self, group: &str, row: &RowView) -> Row {
        let unanswered = self.pick("（無回答は失格）", " (no answer disqualifies)");
        let class =
            format!("{}{}", row.class_title, if row.disqualifies_unanswered { unanswered } else { "" });
        let mut cells = vec![
            Cell::text(row.policy.clone(), Style::Text),
            Cell::text(row.title.clone(), Style::Text),
            Cell::text(group, Style::Text),
            Cell::text(row.family_title.clone(), Style::Text),
            Cell::text(class, Style::Text),
            row.points.as_deref().map_or(Cell::text("－", Style::Word), number),
        ];
        cells.extend(row.cells.iter().map(|cell| match cell {
            None => Cell::text(self.pick("判定できず", "not judged"), Style::Bad),
            Some(cell) => Cell::text(words(cell), style(cell)),
        }));
        Row::of(cells)
    }

    fn bidder(&self, bidder: &BidderView, name: String) -> Sheet {
        let mut rows = vec![self.heading(&bidder.name)];
        let head = match self.lang {
            Lang::Ja => ["ID", "確認項目", "対象", "区分", "判定", "扱い", "理由", "記載箇所", "詳細"],
            Lang::En => {
                ["ID", "Policy", "Target", "Class", "Verdict", "What follows", "Why", "Place", "Details"]
            }
        };
        rows.push(head_row(&head));
        if !bidder.refused.is_empty() {
            let unread = self
                .pick("提案書類を読み込めないため、判定していない。", "Not judged: the bid cannot be read.");
            rows.push(Row::of(vec![Cell::blank(Style::Text), Cell::text(unread, Style::Bad)]));
            let line = |line: &String| Row::of(vec![Cell::blank(Style::Text), Cell::text(line, Style::Text)]);
            rows.extend(bidder.refused.iter().map(line));
        }
        rows.extend(bidder.findings.iter().map(|finding| self.finding(finding)));
        let last = (rows.len() - 1) as u32;
        if !bidder.replies.is_empty() {
            rows.push(Row::default());
            rows.push(Row::of(vec![Cell::text(
                self.pick("照会への回答", "Answers to the inquiry"),
                Style::Group,
            )]));
            let head = match self.lang {
                Lang::Ja => ["番号", "事項", "回答", "確認項目", "", "扱い", "", "根拠資料"],
                Lang::En => ["No.", "Fact", "Answer", "Policy", "", "Effect", "", "Paper"],
            };
            rows.push(head_row(&head));
            for reply in &bidder.replies {
                let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or("－"), Style::Text);
                let fact = reply.title.clone().or_else(|| reply.fact.clone());
                rows.push(Row::of(vec![
                    text(&reply.number),
                    text(&fact),
                    Cell::text(reply.answer.clone(), Style::Text),
                    text(&reply.policy),
                    Cell::blank(Style::Text),
                    Cell::text(reply.effect, Style::Text),
                    Cell::blank(Style::Text),
                    text(&reply.paper),
                ]));
            }
        }
        rows.extend(self.costs(bidder));
        let columns = vec![12.0, 34.0, 26.0, 12.0, 14.0, 16.0, 44.0, 40.0, 70.0];
        let filter = (last > 1).then_some(Area { first: (1, 0), last: (last, 8) });
        self.sheet(Draft { name, columns, rows, frozen: (2, 2), filter, repeated: Some(2) })
    }

    fn finding(&self, finding: &Finding) -> Row {
        let style = match finding.follows {
            "disqualifies" => Style::Bad,
            "inquire" => Style::Open,
            "judge" => Style::Warn,
            _ => Style::Text,
        };
        let follows = if finding.consequence.is_empty() { "－" } else { finding.consequence };
        let target = finding.target_title.as_deref().unwrap_or(self.pick("提案全体", "the whole bid"));
        Row::of(vec![
            Cell::text(finding.policy.clone(), Style::Text),
            Cell::text(finding.title.clone(), Style::Text),
            Cell::text(target, Style::Text),
            Cell::text(finding.class_title, Style::Text),
            Cell::text(finding.verdict_title, Style::Text),
            Cell::text(follows, style),
            Cell::text(finding.short.clone(), Style::Text),
            Cell::text(finding.at.as_deref().unwrap_or("－"), Style::Text),
            Cell::text(finding.lines.join("\n"), Style::Note),
        ])
    }

    fn costs(&self, bidder: &BidderView) -> Vec<Row> {
        let costs = &bidder.costs;
        if costs.rows.is_empty() && costs.without_amount.is_empty() {
            return Vec::new();
        }
        let title = self
            .pick("提案価格に含まれない費用（円）", "Costs that the price offered does not include (yen)");
        let mut rows = vec![Row::default(), Row::of(vec![Cell::text(title, Style::Group)])];
        for row in &costs.rows {
            rows.push(Row::of(vec![
                Cell::text(row.policy.clone(), Style::Text),
                Cell::text(row.title.clone(), Style::Text),
                number(&row.yen.replace(',', "")),
                Cell::text(row.delivery.unwrap_or("－"), Style::Text),
                Cell::text(row.remark.as_deref().unwrap_or("－"), Style::Text),
            ]));
        }
        let missing = match costs.without_amount.as_slice() {
            [] => "－".to_owned(),
            some => {
                format!("{}{}", self.pick("金額の記載がないもの：", "without an amount: "), some.join("、"))
            }
        };
        rows.push(Row::of(vec![
            Cell::text(self.pick("計", "Total"), Style::Head),
            Cell::blank(Style::Text),
            number(&costs.total.replace(',', "")),
            Cell::blank(Style::Text),
            Cell::text(missing, Style::Text),
        ]));
        rows
    }

    fn marks(&self) -> Sheet {
        let head = match self.lang {
            Lang::Ja => ["記号", "判定", "応札者の回答", "配点に対する割合（％）", "要件の充足", "考え方"],
            Lang::En => ["Mark", "Verdict", "Answer", "Share of the points (%)", "Standing", "Why"],
        };
        let name = self.pick("評価記号表", "Marks");
        let mut rows = vec![self.heading(name), head_row(&head)];
        let other = self.pick("上記以外及び無回答", "any other, and none");
        for row in &self.view.marks {
            let share = row.share_percent.as_deref();
            rows.push(Row::of(vec![
                Cell::text(row.mark.clone(), Style::Word),
                Cell::text(row.verdict_title, Style::Text),
                Cell::text(row.delivery_title.unwrap_or(other), Style::Text),
                share.map_or_else(|| Cell::text(self.pick("定めない", "none yet"), Style::Word), number),
                Cell::text(row.standing_title, Style::Text),
                Cell::text(row.reason.as_deref().unwrap_or("－"), Style::Text),
            ]));
        }
        if let Some(source) = &self.view.marks_source {
            rows.push(Row::of(vec![Cell::text(
                format!("{}{source}", self.pick("割合の出典：", "Source of the shares: ")),
                Style::Note,
            )]));
        }
        let columns = vec![8.0, 18.0, 26.0, 16.0, 18.0, 80.0];
        self.sheet(Draft {
            name: name.to_owned(),
            columns,
            rows,
            frozen: (2, 0),
            filter: None,
            repeated: Some(2),
        })
    }

    fn inputs(&self) -> Sheet {
        let name = self.pick("入力文書", "Inputs");
        let head = [self.pick("応札者", "Bidder"), self.pick("文書", "Document"), "SHA-256"];
        let mut rows = vec![self.heading(name), head_row(&head)];
        let mut row = |whose: &str, path: &str, digest: Option<&str>| {
            rows.push(Row::of(vec![
                Cell::text(whose, Style::Text),
                Cell::text(path, Style::Text),
                Cell::text(digest.unwrap_or("－"), Style::Text),
            ]));
        };
        for input in &self.view.inputs {
            row(self.pick("共通", "common"), &input.path, input.sha256.as_deref());
        }
        for bidder in &self.view.bidders {
            for input in &bidder.inputs {
                row(&bidder.name, &input.path, input.sha256.as_deref());
            }
        }
        row(self.pick("確認項目のライブラリー", "library of policies"), "", Some(&self.view.library_sha256));
        let columns = vec![44.0, 50.0, 72.0];
        self.sheet(Draft {
            name: name.to_owned(),
            columns,
            rows,
            frozen: (2, 0),
            filter: None,
            repeated: Some(2),
        })
    }
}

fn head_row(words: &[&str]) -> Row {
    Row::of(words.iter().map(|word| Cell::text(*word, Style::Head)).collect())
}

fn tally_cells(tally: &Tally) -> Vec<Cell> {
    let count =
        |count: usize, bad: Style| Cell::number(count as f64, if count > 0 { bad } else { Style::Number });
    let mut cells = vec![
        count(tally.disqualifying, Style::Bad),
        count(tally.to_inquire, Style::Open),
        count(tally.to_judge, Style::Warn),
        count(tally.met, Style::Number),
        count(tally.declared, Style::Number),
    ];
    cells.extend([&tally.given, &tally.open, &tally.most].map(|points| number(points)));
    cells
}

/// A number that was written for people, as a number again.
fn number(text: &str) -> Cell {
    match text.parse::<f64>() {
        Ok(value) => Cell::number(value, Style::Number),
        Err(_) => Cell::text(text, Style::Text),
    }
}

fn words(cell: &CellView) -> String {
    let mut words = format!("{} {}", cell.mark, cell.text).trim().to_owned();
    if cell.consequence == "disqualifies" {
        words.push_str(&format!("【{}】", cell.consequence_title));
    }
    words
}

fn style(cell: &CellView) -> Style {
    match (cell.consequence, cell.standing) {
        ("disqualifies", _) | (_, "failed") => Style::Bad,
        (_, "unanswered" | "unproven") => Style::Open,
        (_, "judge") => Style::Warn,
        (_, "met") => Style::Ok,
        _ => Style::Text,
    }
}
