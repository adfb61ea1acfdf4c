//! What can be wrong with a document that could be read.

use crate::diagnostic::Explain;
use crate::lang::Lang;

/// The form of a digest in the schemas.
const SHA256: &str = "^[0-9a-f]{64}$";

/// The form of a country in the schemas (ISO 3166-1 alpha-2).
const COUNTRY: &str = "^[A-Z]{2}$";

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The first key `hadome` is missing.
    NoHead {
        /// What it should say.
        wanted: String,
    },
    /// The document is of another kind than its file name promises.
    WrongKind {
        /// What it says.
        found: String,
        /// What it should say.
        wanted: String,
    },
    /// A version that this program does not know.
    UnknownVersion {
        /// What it says.
        found: String,
        /// What this program reads.
        wanted: String,
    },
    /// A system that is outsourced, without a contract.
    NoContract,
    /// A system that is run by the organisation itself, with a contract.
    OwnWithContract,
    /// `lists: open` in a dossier that is no incident.
    OpenLists,
    /// A key that the schema does not have.
    UnknownKey {
        /// The key as written.
        name: String,
        /// The nearest known key.
        nearest: Option<String>,
    },
    /// A key that must be there.
    MissingKey {
        /// The key.
        name: String,
    },
    /// A value of another type.
    WrongType {
        /// The field.
        name: String,
        /// The type wanted, in JSON Schema's words.
        wanted: String,
        /// The value found; empty for lists and objects.
        found: String,
        /// Whether a number stands in quotes.
        quoted: bool,
        /// The sibling for a duty without a number, where words stand instead of one.
        wording: Option<&'static str>,
    },
    /// A word that is not in the list of choices.
    UnknownWord {
        /// The word as written.
        found: String,
        /// The nearest choice.
        nearest: Option<String>,
        /// All choices with what they mean, in Japanese and English.
        choices: [String; 2],
    },
    /// Not a date, or one that does not exist.
    NotADate(String),
    /// Below the least value.
    TooSmall {
        /// The value.
        found: String,
        /// The least value.
        least: String,
    },
    /// Above the greatest value.
    TooLarge {
        /// The value.
        found: String,
        /// The greatest value.
        most: String,
    },
    /// A text of another form.
    BadForm {
        /// The text.
        found: String,
        /// The form as a regular expression.
        pattern: String,
    },
    /// A list in which something stands twice.
    Repeated(String),
    /// Something empty that must not be.
    Empty(String),
    /// Another value than the only one possible.
    NotTheConstant {
        /// The value.
        found: String,
        /// The only one.
        wanted: String,
    },
    /// Anything else that the schema refuses.
    Other {
        /// The schema's keyword.
        keyword: String,
        /// The value.
        found: String,
    },
    /// Two dates the wrong way round.
    OutOfOrder {
        /// The key of the date that should be earlier.
        earlier: &'static str,
        /// The key of the date that should be later.
        later: &'static str,
    },
    /// A number in a field for terms without one.
    NumberInWording {
        /// The words.
        found: String,
        /// The field for the number.
        number: String,
    },
    /// Two items with one id.
    DoubleId(String),
    /// An id that a record covers and that two things have.
    AmbiguousId(String),
    /// An amendment whose first day is not known.
    AmendmentWithoutDate,
    /// A path that cannot be followed.
    BadPath(String),
    /// The amendments of a contract set more values than are read.
    TooManyChanges {
        /// The most.
        limit: usize,
    },
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::NoHead { .. } => "head-missing",
            Problem::WrongKind { .. } => "unknown-kind",
            Problem::UnknownVersion { .. } => "unknown-version",
            Problem::NoContract => "contract-missing",
            Problem::OwnWithContract => "own-operation-with-contract",
            Problem::OpenLists => "open-lists-outside-incident",
            Problem::UnknownKey { .. } => "unknown-key",
            Problem::MissingKey { .. } => "missing-key",
            Problem::WrongType { quoted: true, .. } => "quoted-number",
            Problem::WrongType { wanted, .. } if matches!(wanted.as_str(), "object" | "array") => {
                "collection-wanted"
            }
            Problem::WrongType { .. } => "wrong-type",
            Problem::UnknownWord { .. } => "unknown-word",
            Problem::NotADate(_) => "impossible-date",
            Problem::TooSmall { .. } => "too-small",
            Problem::TooLarge { .. } => "too-large",
            Problem::BadForm { .. } => "bad-form",
            Problem::Repeated(_) => "repeated-item",
            Problem::Empty(_) => "empty",
            Problem::NotTheConstant { .. } => "not-the-constant",
            Problem::Other { .. } => "schema",
            Problem::OutOfOrder { .. } => "dates-out-of-order",
            Problem::NumberInWording { .. } => "number-in-wording",
            Problem::DoubleId(_) => "duplicate-id",
            Problem::AmbiguousId(_) => "ambiguous-id",
            Problem::AmendmentWithoutDate => "amendment-without-date",
            Problem::BadPath(_) => "bad-path",
            Problem::TooManyChanges { .. } => "too-many-changes",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Problem::NoHead { wanted } => (
                format!("先頭に hadome: {wanted} がありません"),
                format!("the first key `hadome: {wanted}` is missing"),
            ),
            Problem::WrongKind { found, wanted } => (
                format!("文書の種類が「{found}」となっています（このファイル名では {wanted}）"),
                format!("the kind is `{found}`; under this file name it must be `{wanted}`"),
            ),
            Problem::UnknownVersion { found, wanted } => (
                format!("書式の版「{found}」には対応していません（読み込めるのは {wanted}）"),
                format!("version `{found}` is not known; this program reads `{wanted}`"),
            ),
            Problem::NoContract => (
                "委託したシステムですが、契約内容（contract.yaml）がありません".to_owned(),
                "the system is outsourced, but there is no contract.yaml".to_owned(),
            ),
            Problem::OwnWithContract => (
                "自ら運用する（operation: own）とありますが、契約内容もあります".to_owned(),
                "the system says `operation: own`, but there is a contract".to_owned(),
            ),
            Problem::OpenLists => (
                "lists: open は公表された事案（incident.yaml のあるフォルダー）でだけ使えます".to_owned(),
                "`lists: open` is only for published incidents (beside an incident.yaml)".to_owned(),
            ),
            Problem::UnknownKey { name, .. } => {
                (format!("「{name}」という項目はありません"), format!("there is no field `{name}`"))
            }
            Problem::MissingKey { name } => {
                (format!("「{name}」がありません"), format!("`{name}` is missing"))
            }
            Problem::WrongType { name, wanted, found, .. } => {
                let (ja, en) = type_names(wanted);
                match found.is_empty() {
                    true => (
                        format!("「{name}」には{ja}を書いてください"),
                        format!("`{name}` wants {en}; found something else"),
                    ),
                    false => (
                        format!("「{name}」には{ja}を書いてください（記載：「{found}」）"),
                        format!("`{name}` wants {en}; found `{found}`"),
                    ),
                }
            }
            Problem::UnknownWord { found, .. } => {
                (format!("「{found}」は選択肢にありません"), format!("`{found}` is not one of the choices"))
            }
            Problem::NotADate(found) => {
                (format!("「{found}」という日付はありません"), format!("`{found}` is no date"))
            }
            Problem::TooSmall { found, least } => (
                format!("{found} は小さすぎます（{least}以上）"),
                format!("{found} is too small; at least {least}"),
            ),
            Problem::TooLarge { found, most } => (
                format!("{found} は大きすぎます（{most}以下）"),
                format!("{found} is too large; at most {most}"),
            ),
            Problem::BadForm { found, .. } => (
                format!("「{found}」は決められた書き方ではありません"),
                format!("`{found}` does not have the form wanted"),
            ),
            Problem::Repeated(name) => (
                format!("「{name}」の中に同じものが2度あります"),
                format!("something stands twice in `{name}`"),
            ),
            Problem::Empty(name) => (format!("「{name}」が空です"), format!("`{name}` is empty")),
            Problem::NotTheConstant { found, wanted } => (
                format!("「{found}」ではなく {wanted} と書きます"),
                format!("found `{found}`; wanted {wanted}"),
            ),
            Problem::Other { keyword, found } => (
                format!("書式（{keyword}）に合いません「{found}」"),
                format!("`{found}` does not fit the schema ({keyword})"),
            ),
            Problem::OutOfOrder { earlier, later } => {
                (format!("{later} が {earlier} より前の日付です"), format!("`{later}` is before `{earlier}`"))
            }
            Problem::NumberInWording { found, .. } => (
                format!("数のない定めを書く項目に「{found}」とあります"),
                format!("`{found}` stands in a field for terms without a number"),
            ),
            Problem::DoubleId(id) => {
                (format!("ID「{id}」が重複しています"), format!("the id `{id}` stands twice"))
            }
            Problem::AmbiguousId(id) => (
                format!("ID「{id}」のものが2つあり、記録がどちらについてのものか分かりません"),
                format!("two things have the id `{id}`; which of them the record covers cannot be told"),
            ),
            Problem::AmendmentWithoutDate => (
                "変更契約の効力発生日（effective_on）又は締結日（agreed_on）では、効力が生じているか決められません".to_owned(),
                "the amendment's `effective_on` or `agreed_on` does not say whether it is in force".to_owned(),
            ),
            Problem::BadPath(path) => {
                (format!("「{path}」という場所はありません"), format!("the path `{path}` cannot be followed"))
            }
            Problem::TooManyChanges { limit } => (
                format!("変更契約で改める値が多すぎます（合わせて{limit}個まで）"),
                format!("the amendments set too many values (at most {limit} in all)"),
            ),
        };
        lang.pick(&ja, &en).to_owned()
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        let (ja, en) = match self {
            Problem::TooManyChanges { .. } => (
                "変更後の契約全体を新しい contract.yaml として書いてください".to_owned(),
                "write the contract as amended as a new contract.yaml".to_owned(),
            ),
            Problem::NoHead { wanted } => (
                format!("1行目に hadome: {wanted} と書いてください"),
                format!("write `hadome: {wanted}` as the first line"),
            ),
            Problem::UnknownVersion { wanted, .. } => (
                format!("hadome: {wanted} と書くか、この版に対応したプログラムを用いてください"),
                format!("write `hadome: {wanted}`, or use a program that knows that version"),
            ),
            Problem::NoContract => (
                "契約内容を contract.yaml に書くか、自ら運用するシステムなら operation: own と書いてください"
                    .to_owned(),
                "write contract.yaml, or `operation: own` where the organisation runs the system itself"
                    .to_owned(),
            ),
            Problem::UnknownKey { nearest: Some(near), .. }
            | Problem::UnknownWord { nearest: Some(near), .. } => {
                (format!("「{near}」ではありませんか"), format!("did you mean `{near}`?"))
            }
            Problem::UnknownKey { name, .. } if name.contains('：') => (
                "全角のコロン（：）を、半角のコロンと空白（: ）に改めてください".to_owned(),
                "write a half-width colon and a space (: ) for the full-width one".to_owned(),
            ),
            Problem::UnknownWord { choices: [ja, en], .. } => {
                (format!("選択肢：{ja}"), format!("choices: {en}"))
            }
            Problem::MissingKey { name } => {
                (format!("この項目に「{name}:」の行を加えてください"), format!("add a line `{name}:` here"))
            }
            Problem::WrongType { quoted: true, .. } => {
                ("引用符を外してください".to_owned(), "take the quotes away".to_owned())
            }
            Problem::WrongType { wording: Some(_), found, .. } if found.contains(char::is_numeric) => (
                "半角の数字だけを書いてください。単位は項目の名称で決まっています".to_owned(),
                "write the number alone, in plain digits; the field's name says the unit".to_owned(),
            ),
            Problem::WrongType { wanted, found, .. }
                if matches!(wanted.as_str(), "integer" | "number") && found.contains(char::is_numeric) =>
            {
                (
                    "半角の数字だけを、桁の区切りを入れずに書いてください".to_owned(),
                    "write the number alone, in plain digits without separators".to_owned(),
                )
            }
            Problem::WrongType { wanted, found, .. } if wanted == "array" && !found.is_empty() => (
                format!("一つでも [{found}] のように角括弧で囲んでください。ないことを確かめているときは [] と書いてください"),
                format!("put even a single one in brackets, as [{found}]; write [] where there is none"),
            ),
            Problem::WrongType { wording: Some(sibling), .. } => (
                format!("数のない定め（直ちに等）は {sibling} に書いてください"),
                format!("write a duty without a number to `{sibling}`"),
            ),
            Problem::WrongType { wanted, .. } if wanted == "boolean" => {
                ("true 又は false と書いてください".to_owned(), "write true or false".to_owned())
            }
            Problem::NotADate(_) => (
                "2026-04-01、2026-04 又は 令和8年4月1日 の形で、実在する日を書いてください".to_owned(),
                "write a day that exists, as 2026-04-01, 2026-04 or 令和8年4月1日".to_owned(),
            ),
            Problem::BadForm { pattern, .. } if pattern.starts_with("^[a-z0-9]") => (
                "半角の英小文字、数字及びハイフンで書いてください".to_owned(),
                "use lower-case letters, digits and hyphens".to_owned(),
            ),
            Problem::BadForm { pattern, .. } if pattern == SHA256 => (
                "SHA-256は、半角の数字及び英小文字（aからfまで）の64桁です。hadome evidence add が計算して記入します".to_owned(),
                "a SHA-256 has 64 digits, 0 to 9 and a to f; `hadome evidence add` works it out".to_owned(),
            ),
            Problem::BadForm { pattern, .. } if pattern == COUNTRY => (
                "国名の符号（半角の英大文字2字。日本は JP）で書いてください".to_owned(),
                "write the country's two capital letters, JP for Japan".to_owned(),
            ),
            Problem::BadForm { pattern, .. } => {
                (format!("書き方：{pattern}"), format!("the form is {pattern}"))
            }
            Problem::OpenLists => ("この行を消してください".to_owned(), "remove this line".to_owned()),
            Problem::OutOfOrder { .. } => (
                "どちらの日付が誤りかを原本で確かめて直してください".to_owned(),
                "look up in the original which of the two is wrong, and correct it".to_owned(),
            ),
            Problem::NumberInWording { number, .. } => (
                format!("数を {number} に書き、この行を削ってください（{number}_wording は、直ちに等の数のない文言だけに用います）"),
                format!("write the number to `{number}` and take this line away (a wording field is for words without a number)"),
            ),
            Problem::DoubleId(_) | Problem::AmbiguousId(_) => {
                ("それぞれに別のIDを付けてください".to_owned(), "give each an id of its own".to_owned())
            }
            Problem::AmendmentWithoutDate => (
                "効力が生じる日を年月日で書いてください".to_owned(),
                "write the day on which it takes effect".to_owned(),
            ),
            _ => return None,
        };
        Some(lang.pick(&ja, &en).to_owned())
    }
}

fn type_names(wanted: &str) -> (&'static str, &'static str) {
    match wanted {
        "boolean" => ("真偽（true 又は false）", "true or false"),
        "integer" => ("整数", "a whole number"),
        "number" => ("数", "a number"),
        "string" => ("文字列", "a text"),
        "array" => ("一覧", "a list"),
        "object" => ("項目のまとまり", "a mapping"),
        _ => ("別の種類の値", "another type"),
    }
}
