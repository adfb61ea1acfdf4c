//! Help and usage errors in the user's language. The structure and the English words are clap's and
//! the doc comments'; the Japanese words stand here, by subcommand and argument.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::evidence;
use crate::lang::Lang;

/// The command in a language, with examples.
pub fn speak(command: Command, lang: Lang) -> Command {
    let name = command.get_name().to_owned();
    spoken_command(command, &name, lang)
}

/// `name` is the command with the command it belongs to (`policy list`), as texts are kept.
fn spoken_command(command: Command, name: &str, lang: Lang) -> Command {
    let command = command.after_help(examples(name, lang));
    let inner: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let command = inner.into_iter().fold(command, |command, inner| {
        let path = if name == "hadome" { inner.clone() } else { format!("{name} {inner}") };
        command.mut_subcommand(inner, |inner| spoken_command(inner, &path, lang))
    });
    match lang {
        Lang::En => command,
        Lang::Ja => {
            let command = command
                .help_template("{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}")
                .subcommand_help_heading("コマンド")
                .mut_args(|argument| spoken(argument, name));
            let command = match about(name) {
                Some(about) => command.about(about).long_about(about),
                None => command,
            };
            let command = command.disable_help_flag(true).disable_version_flag(true).arg(help_flag());
            if name == "hadome" { command.arg(version_flag()) } else { command }
        }
    }
}

fn help_flag() -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(clap::ArgAction::Help)
        .help("使い方を表示する")
        .help_heading("オプション")
}

fn version_flag() -> Arg {
    let flag = Arg::new("version").short('V').long("version").action(clap::ArgAction::Version);
    flag.help("版を表示する").help_heading("オプション")
}

fn spoken(argument: Arg, command: &str) -> Arg {
    let heading = if argument.is_positional() { "引数" } else { "オプション" };
    let mut argument = argument.help_heading(heading);
    if argument.get_action().takes_values() {
        argument = argument.hide_default_value(true).hide_possible_values(true);
    }
    let id = argument.get_id().as_str();
    let words = evidence::words(command, id).or_else(|| words(command, id).map(str::to_owned));
    match words {
        Some(words) => argument.help(StyledStr::from(&words)).long_help(StyledStr::from(&words)),
        None => argument,
    }
}

fn about(command: &str) -> Option<&'static str> {
    Some(match command {
        "hadome" => "委託契約とシステム仕様を、公表された事案の再発防止策に照らして判定します。",
        "check" => "委託案件を判定します。要是正（先行不可）があれば終了コード1で終わります。",
        "compare" => {
            "調達案件の提案を比べ、比較表（必須の要件を満たさないもの、提案により異なるものの順）又は審査委員会資料を作成します。"
        }
        "inquiry" => {
            "調達案件の応札者ごとに、提案内容に関する照会書を作成します。照会の文言は全ての応札者に共通です。"
        }
        "clauses" => {
            "契約上の定めが不適合又は未確認である確認項目の条項例を、条立てし、別記様式及び解説とともに作成します（Markdown又はDOCX）。"
        }
        "calendar" => "契約及び実施記録から期日のある義務を計算し、実施の状況とともに一覧にします。",
        "profile" => "確認項目セットの一覧表示、内容の表示及び比較を行います。",
        "profile list" => "確認項目セットの一覧（ID、選ぶ確認項目の件数、題名）を表示します。",
        "profile show" => "確認項目セット1件の用途、選ぶ確認項目、値及び要是正の条件を表示します。",
        "profile diff" => "二つの確認項目セットの違い（選ぶ確認項目、値、要是正の条件）を表示します。",
        "answers" => "照会への回答を、提案とは別に保存します。",
        "answers import" => {
            "返送された照会書（Excelブック）を読み取り、提案の隣に answers.yaml を作成します。提案は変更しません。"
        }
        "questionnaire" => "応札者がExcelで記入する要件適合表を作成し、記入されたものを読み取ります。",
        "questionnaire export" => "要件適合表（Excelブック）を作成します。",
        "questionnaire import" => {
            "記入された要件適合表を読み取り、system.yaml 及び offer.yaml を作成します。読めないセルがあれば番地を全て示し、何も作成しません。"
        }
        "evidence" => {
            "根拠資料台帳（evidence.yaml）に登録し、内容の確認を記録し、ファイルを検証し、一覧を表示します。"
        }
        "evidence add" => {
            "委託案件のフォルダーの中のファイルを、SHA-256を計算して根拠資料台帳に書き足します。既にある記載は変えません。"
        }
        "evidence examine" => {
            "根拠資料の内容を、誰が、いつ、どのように確認し、どのような結果であったかを書き足します。既にある記録は上書きしません。"
        }
        "evidence verify" => {
            "根拠資料のファイルを全て読み直し、問題を1件ずつ表示します。問題があれば終了コード1で終わります。"
        }
        "evidence list" => "根拠資料台帳を表示します（画面用、Markdown又はCSV）。",
        "waiver" => "例外措置（waivers.yaml）の申請のひな形を作成し、一覧を表示します。",
        "waiver new" => {
            "判定結果1件についての例外措置のひな形を書き足します。許可者は空欄であり、許可されるまで効力はありません。"
        }
        "waiver list" => "例外措置の一覧を、状態及びその理由とともに表示します。",
        "explain" => "記載事項、確認項目又は分野の意味、書き方及び読む確認項目を表示します。",
        "init" => "新しい委託案件のひな形を作成します。既にあるファイルは上書きしません。",
        "policy" => "確認項目の一覧表示、内容の表示、対応状況の表示、ひな形の作成、検証及び点検を行います。",
        "policy list" => "確認項目の一覧（ID、重要度、根拠の種類、題名）を表示します。",
        "policy show" => "確認項目1件を、判定条件の文、根拠及びパラメーターの出どころとともに表示します。",
        "policy test" => "フォルダーの確認項目を検証例で試します。期待と異なれば終了コード1で終わります。",
        "policy coverage" => {
            "再発防止策、法令・基準及び記載事項ごとに、どの確認項目があるかを表示します（Markdown）。"
        }
        "policy docs" => "確認項目の参照資料（Markdown、分野ごとに1ページ）をフォルダーに書き出します。",
        "policy new" => "新しい確認項目とその検証例のひな形を作成します。既にあるファイルは上書きしません。",
        "policy lint" => {
            "フォルダーの確認項目を、検証例、訳文、根拠、数値の出どころ及び結果に影響しない条件について点検します。指摘があれば終了コード1で終わります。"
        }
        "replay" => {
            "公表された事案を発覚直前の状態で判定し直します。見落としがあれば終了コード1で終わります。"
        }
        "verify" => {
            "報告書をその委託案件から再作成し、異なる点を表示します。異なる点があれば終了コード1で終わります。"
        }
        "diff" => {
            "委託案件の二つの状態、二つの判定基準日又はcheckの二つの出力（JSON）を比べ、変わった判定とその原因を表示します。変化があれば終了コード1で終わります。"
        }
        "report" => "提出用の報告書（Markdown又はHTML）を作成します。",
        "schema" => "文書の種類ごとのJSON Schemaを表示します。",
        _ => return None,
    })
}

fn words(command: &str, argument: &str) -> Option<&'static str> {
    Some(match (command, argument) {
        ("evidence add", "file") => "登録するファイル。委託案件のフォルダーの中に置く（例 evidence/ の中）",
        ("evidence add", "id") => "台帳の識別子。省略するとファイル名から作る",
        ("evidence add", "proves") => {
            "資料の示す記載事項とその値（system[web].data_stores[uploads].public_access=false の形）。繰り返し指定できる"
        }
        ("evidence examine", "piece") => "根拠資料の識別子",
        ("evidence verify", "format") => "出力形式（text：画面用、json）",
        ("evidence list", "format") => "出力形式（text：画面用、markdown：表、csv：表計算用。BOM付きUTF-8）",
        ("waiver list", "format") => "出力形式（text：画面用、markdown：表、json）",
        ("questionnaire export", "tender") => {
            "調達案件のフォルダー。必須・任意、配点及び確認項目セットを tender.yaml から取り、契約書案に定めのある事項は尋ねない"
        }
        ("questionnaire export", "output") => "作成するブック（.xlsx）",
        ("questionnaire export", "from") => {
            "system.yaml 及び offer.yaml のあるフォルダー。その記載を記入した状態で作成する"
        }
        ("answers import", "form") => "返送された照会書（.xlsx）",
        ("answers import", "tender") => "調達案件のフォルダー",
        ("answers import", "overwrite") => "既にある回答を置き換える",
        ("questionnaire import", "form") => "記入されたブック（.xlsx）",
        ("questionnaire import", "output") => {
            "system.yaml 及び offer.yaml を作成するフォルダー（調達案件の bids/<応札者の識別子> 等）"
        }
        ("questionnaire import", "id") => "提案の識別子。省略するとフォルダーの名前",
        ("questionnaire import", "overwrite") => "既にある文書を置き換える",
        ("waiver new", "policy") => "確認項目のID",
        ("waiver new", "target") => {
            "判定の対象。判定結果に示されるとおりに指定する（dossier、system[web] 等）"
        }
        ("waiver new", "id") => "例外措置の識別子。省略すると確認項目のIDから作る",
        ("waiver new", "expires_on") => "例外措置の期限（その日までは有効）。省略すると空欄",
        (_, "lang") => "メッセージ及び報告書の言語（ja又はen）",
        ("replay", "paths") => "事案（incident.yamlのあるフォルダー）又はそれらを含むフォルダー",
        ("policy coverage", "paths") => "委託案件。どれにも読む記載がない確認項目も表示する",
        (_, "paths") => "委託案件のフォルダー、それらを含むフォルダー又は委託案件の文書",
        ("clauses", "dossier") => "委託案件のフォルダー又はその文書。--all を付けるときは省略できる",
        ("clauses", "format") => {
            "出力形式（markdown又はdocx）。省略すると、拡張子が.docxのファイルにはDOCX、その他にはMarkdown"
        }
        ("clauses", "all") => "確認項目セットの全ての条項例を書き出す（最初の案の作成用）",
        ("clauses", "all_forms") => "条項例が引用しないものを含め、全ての別記様式を付ける",
        ("clauses", "parts") => {
            "書き出す部分（clauses：条項例、forms：別記様式、commentary：解説、all：全て）。コンマで区切る。省略するとall"
        }
        ("clauses", "numbering") => {
            "番号の付け方（article：第1条、2、(1)。special：第1、1、(1)。number：1、(1)、ア）。省略するとarticle"
        }
        ("clauses", "title") => "条項例の題名",
        ("calendar", "format") => "出力形式（text：画面用、markdown：表、json、ics：カレンダー用のファイル）",
        ("calendar", "gate") => "期日を過ぎて実施の確認できない義務があれば終了コード1で終わる",
        (_, "until") => {
            "この日までの期日を表示する（2027-03-31の形）。省略すると判定基準日から1年。超過したもの及び期日が定まらないものは常に表示する"
        }
        (_, "calendar") => "期間の数え方及び休日のファイル（calendar/1）。組込みの数え方の代わりに用いる",
        ("report", "format") => {
            "出力形式（markdown又はhtml）。省略すると、拡張子が.html又は.htmのファイルにはHTML、その他にはMarkdown"
        }
        ("diff", "old") => "元の状態：委託案件のフォルダー、又は hadome check --format json の出力（.json）",
        ("diff", "new") => "新しい状態：同上。省略すると、同じ委託案件を --from 及び --to の日について比べる",
        ("diff", "from") => "元の状態の判定基準日（2026-04-01の形）",
        ("diff", "to") => "新しい状態の判定基準日（2027-04-01の形）",
        ("diff", "format") => "出力形式（text：画面用、markdown、json）",
        ("inquiry", "output") => {
            "書き出し先のフォルダー。応札者ごとに一つのファイルとする。省略すると標準出力（Markdown）"
        }
        ("inquiry", "bidder") => "この応札者への照会書だけを作成する（識別子）",
        ("inquiry", "format") => "ファイルの形式（markdown、xlsx：応札者が回答を記入するExcelファイル）",
        ("compare" | "inquiry", "tender") => {
            "調達案件のフォルダー（tender.yaml、契約書案 contract.yaml 及び bids のあるもの）"
        }
        ("compare", "format") => {
            "出力形式（markdown、html、xlsx：比較表のみ）。省略すると、出力先の拡張子（.html、.xlsx）により、その他はMarkdown"
        }
        ("compare", "paper") => {
            "作成する資料（matrix：比較表及び応札者別の指摘、committee：審査委員会資料）。省略するとmatrix"
        }
        ("compare", "anonymous") => {
            "応札者を受付順にA社、B社とし、名称、識別子、パス、自由記載等を伏せる。数値、日付及び選択肢の語は残す"
        }
        ("compare", "key") => {
            "--anonymous を付けたとき、応札者との対照表（Markdown）を書き出すファイル。省略すると書き出さない"
        }
        ("compare", "as_of") => "判定基準日（2026-04-01の形）。tender.yaml の日に代えて用いる",
        ("compare", "gate") => "必須の要件を満たさない提案があれば終了コード1で終わる",
        ("verify", "format") => "出力形式（text：画面用、json）",
        ("verify", "as_of") => "報告書の判定基準日に代えて用いる日（2026-04-01の形）",
        ("verify", "profile") => "報告書の作成に用いた確認項目セットのファイル。組込みのものであれば不要",
        ("verify", "report") => "hadome report が作成した報告書",
        (_, "format") => "出力形式（text：画面用、concise：1行、json、sarif、junit、github）",
        (_, "as_of") => "判定基準日（2026-04-01の形）。省略すると日本の今日",
        (_, "stage") => "契約段階。日付から決まる段階の代わりに用いる（bid、build、running、ended）",
        (_, "profile") => "確認項目セットのID又はファイル",
        (_, "policies") => "組込みの確認項目に加え、又は置き換える確認項目のフォルダー",
        (_, "fail_on") => "要是正とする重要度（high、never、fail=medium,undecided=never,unproven=low等）",
        (_, "no_waivers") => "例外措置を用いず、本来の判定を示す",
        (_, "warn_days") => "有効な例外措置の期限を何日前から警告するか",
        (_, "assume") => "記載事項の仮定（contract.data_return.deadline_days=30の形）。結果に仮定として示す",
        ("init", "folder") => "新しい委託案件のフォルダー",
        ("policy docs", "folder") => "書き出し先のフォルダー。同じ名前のページは置き換える",
        ("policy new", "new_id") => {
            "新しい確認項目のID（ABC-01の形。同じ再発防止策の2件目以降はABC-01-2の形）"
        }
        ("policy new", "folder") => "確認項目のフォルダー。省略するとpolicies。なければ作成する",
        ("policy new", "from") => "再発防止策、重要度、根拠、参照及び段階を引き継ぐ確認項目のID",
        ("policy test" | "policy lint", "folder") => "確認項目のフォルダー。省略するとpolicies",
        ("policy test", "mutate") => {
            "条件、数値等を一つずつ変更し、どの検証例でも検出できない変更があれば終了コード1で終わる"
        }
        (_, "only") => "この確認項目だけを対象とする",
        (_, "id") => "確認項目のID",
        (_, "one") => "確認項目セットのID又はファイル",
        (_, "other") => "比べる確認項目セットのID又はファイル",
        ("explain", "names") => {
            "記載事項（contract.incident.first_report_hours 又はその末尾の語）、確認項目（DLC-01）又は分野（DLC）"
        }
        (_, "table") => "事案ごとの詳細の代わりに、全事案の一覧表（Markdown）を表示する",
        (_, "mended") => "公表された措置を講じた後の写し（仮定）も判定する",
        (_, "kind") => {
            "文書の種類（contract、system、records、policy、cases、profile、incident、references、families、evidence、waivers、redaction、obligations、calendar、marks、tender、offer、answers、articles）"
        }
        (_, "dossier") => "委託案件のフォルダー又はその文書",
        (_, "output") => "書き出すファイル。省略すると標準出力",
        (_, "overwrite") => "既にあるファイルを置き換える",
        (_, "template_dir") => "組込みのひな形を同じ名前のファイルで置き換えるフォルダー",
        (_, "title") => "報告書の題名",
        (_, "doc_number") => "文書番号",
        (_, "to") => "宛先",
        (_, "author") => "作成者",
        (_, "date") => "作成日。省略すると空欄",
        (_, "approval") => "決裁欄の職名（課長,係長,担当の形）",
        (_, "classification") => "取扱区分。省略すると空欄",
        (_, "retention") => "保存期限。省略すると空欄",
        (_, "party_style") => {
            "条項例における当事者の呼び方（kou-otsu：甲・乙、hacchu：発注者・受注者、itaku：委託者・受託者）。省略するとitaku"
        }
        (_, "redact") => {
            "公開用の写し。この指定（redaction/1）に当たる情報を不開示とし、末尾に不開示箇所一覧を付ける"
        }
        (_, "cite_publishers") => "事案の公表者を名称で記載する",
        (_, "gate") => "書き出した後、checkと同じ終了コードで終わる",
        _ => return None,
    })
}

fn examples(command: &str, lang: Lang) -> String {
    let lines: &[&str] = match command {
        "hadome" => {
            &["hadome init my-system", "hadome check my-system", "hadome report my-system -o report.md"]
        }
        "check" => &[
            "hadome check examples/disaster-app",
            "hadome check contracts/ --as-of 2026-04-01 --format concise",
            "hadome check contracts/ --format sarif --fail-on critical > hadome.sarif",
        ],
        "questionnaire export" => &[
            "hadome questionnaire export tender -o form.xlsx",
            "hadome questionnaire export --profile baseline -o form.xlsx",
        ],
        "questionnaire import" => &["hadome questionnaire import form.xlsx -o tender/bids/a"],
        "calendar" => &[
            "hadome calendar examples/disaster-app",
            "hadome calendar contracts/ --until 2027-03-31 --format markdown -o kijitsu.md",
            "hadome calendar contracts/ --calendar holidays.yaml --format ics -o kijitsu.ics",
        ],
        "compare" => &[
            "hadome compare examples/tender",
            "hadome compare examples/tender -o hikaku.html",
            "hadome compare examples/tender -o hikaku.xlsx",
            "hadome compare examples/tender --paper committee -o shinsa.html",
            "hadome compare examples/tender --anonymous --key taisho.md -o tokumei.md",
        ],
        "answers" | "answers import" => {
            &["hadome answers import 照会書-bidder-c.xlsx --tender examples/tender"]
        }
        "inquiry" => {
            &["hadome inquiry examples/tender", "hadome inquiry examples/tender -o 照会書 --bidder bidder-c"]
        }
        "clauses" => &[
            "hadome clauses examples/disaster-app",
            "hadome clauses my-system -o clauses.docx --party-style kou-otsu --numbering special",
            "hadome clauses --all --profile municipality --part clauses,forms -o draft.docx",
        ],
        "init" => &["hadome init my-system"],
        "policy" => &[
            "hadome policy list",
            "hadome policy show DLC-01",
            "hadome policy new ABC-01 my-policies",
            "hadome policy lint my-policies",
            "hadome policy test my-policies --mutate",
        ],
        "policy show" => &["hadome policy show DLC-01 --lang en"],
        "policy coverage" => &["hadome policy coverage", "hadome policy coverage examples"],
        "policy docs" => &["hadome policy docs docs/reference --lang en"],
        "policy new" => {
            &["hadome policy new ABC-01 my-policies", "hadome policy new SUB-03-3 my-policies --from SUB-03"]
        }
        "policy test" => &[
            "hadome policy test policies --only DLC-01",
            "hadome policy test policies --only DLC-01 --mutate",
        ],
        "policy lint" => &["hadome policy lint policies"],
        "evidence" => &["hadome evidence list my-system", "hadome evidence verify my-system"],
        "evidence add" => &[
            "hadome evidence add my-system my-system/evidence/access-test.pdf --kind test_report --title アクセス制御試験結果報告書 \\
    --proves 'system[web].data_stores[uploads].public_access=false' --policy WEB-01",
        ],
        "evidence examine" => &[
            "hadome evidence examine my-system access-test --by '情報政策課 主査 甲野花子' --side client --on 2026-04-10 \\
    --how inspection --result confirmed --page '3頁 表2'",
        ],
        "evidence verify" => &["hadome evidence verify contracts/ --as-of 2026-04-01"],
        "evidence list" => &["hadome evidence list my-system --format csv > 根拠資料台帳.csv"],
        "waiver" => &["hadome waiver list my-system"],
        "waiver new" => {
            &["hadome waiver new my-system --policy LOG-02 --target 'system[web]' --expires-on 2027-03-31"]
        }
        "waiver list" => &["hadome waiver list my-system --warn-days 60"],
        "replay" => &[
            "hadome replay examples/incidents",
            "hadome replay examples/incidents --mended",
            "hadome replay --table",
        ],
        "report" => &[
            "hadome report examples/disaster-app",
            "hadome report my-system -o report.md --date 2026-11-21 --approval 課長,係長,担当",
            "hadome report my-system -o report.html --classification 庁内限り --party-style kou-otsu",
            "hadome report my-system --redact release.yaml -o released.md",
        ],
        "diff" => &[
            "hadome diff old/my-system my-system --as-of 2026-04-01",
            "hadome diff my-system --from 2026-04-01 --to 2027-04-01",
            "hadome diff last-month.json today.json --format markdown",
        ],
        "verify" => &[
            "hadome verify report.md --dossier my-system",
            "hadome verify report.md --dossier my-system --as-of 2027-04-01 --format json",
        ],
        "profile" => &["hadome profile list", "hadome profile show baseline"],
        "profile show" => &["hadome profile show municipality-class3"],
        "profile diff" => &["hadome profile diff municipality municipality-class3"],
        "explain" => &["hadome explain first_report_hours", "hadome explain DLC-01 SUB"],
        "schema" => &["hadome schema contract > contract.schema.json"],
        _ => return String::new(),
    };
    let title = lang.pick("例:", "Examples:");
    lines.iter().fold(title.to_owned(), |text, line| format!("{text}\n  {line}"))
}

/// What is wrong with the arguments, in the user's language.
pub fn usage_error(error: &clap::Error, lang: Lang) -> String {
    if lang == Lang::En {
        return error.render().to_string();
    }
    let value = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = value(ContextKind::InvalidArg);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("「{argument}」という引数はありません"),
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません", value(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("引数が足りません：{argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "コマンドを指定してください".to_owned()
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = [value(ContextKind::ValidValue), error_source(error)].concat();
            let known = if known.is_empty() { known } else { format!("（書き方：{known}）") };
            format!("{argument} に「{}」は使えません{known}", value(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => format!("「{argument}」は重ねて指定できません"),
        _ => error.render().to_string(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .map(value)
        .concat();
    let near =
        if near.is_empty() { String::new() } else { format!("\n  「{near}」ではありませんか") };
    format!("hadome: {message}{near}\n  使い方は hadome --help で表示されます\n")
}

fn error_source(error: &clap::Error) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}
