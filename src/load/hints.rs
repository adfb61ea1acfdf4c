//! What can be wrong with a file's YAML, and where the real mistake is: a parser reports a
//! forgotten space one line late, and knows nothing of full-width signs.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::Span;
use crate::diagnostic::{Diagnostic, Explain};
use crate::lang::Lang;

/// A problem of a file's form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the fields are the operands of the sentences below
pub enum Problem {
    /// Nothing but blanks and comments.
    Empty,
    /// The document is a list or a single value.
    NotAMapping,
    /// A key twice in one mapping.
    DuplicateKey { key: String },
    /// `<<`.
    MergeKey,
    /// A key that is a number, a truth value, null or a collection.
    KeyNotText { written: String },
    /// `010`.
    LeadingZero { written: String },
    /// `.inf`, `.nan`, `1e400`.
    NotFinite { written: String },
    /// A tag outside the core schema.
    UnknownTag { tag: String },
    /// A core tag that the value does not fit.
    TagMismatch { tag: String },
    /// A second document in one file.
    SecondDocument,
    /// A line beginning with `%` that is not `%YAML 1.x`.
    Directive { written: String },
    /// `*name` without `&name`.
    UnknownAlias { name: String },
    /// `&name [*name]`.
    AliasInItself { name: String },
    /// Nested too deeply.
    TooDeep { limit: usize },
    /// Too many keys and values.
    TooManyNodes { limit: usize },
    /// Aliases that copy too much.
    AliasTooLarge,
    /// A full-width or otherwise special space where only a plain one counts.
    OddSpace { found: char },
    /// `：` for `: `.
    FullWidthColon,
    /// `title:契約`.
    ColonWithoutSpace { key: String },
    /// `-item`.
    DashWithoutSpace,
    /// `－ item`, `・item`.
    FullWidthDash { found: char },
    /// A tab in the indentation.
    Tab,
    /// A quote that is never closed.
    UnclosedQuote { quote: char },
    /// `“text”`.
    FullWidthQuote { found: char },
    /// A full-width bracket, comma or hash.
    FullWidthSign { found: char, wanted: char },
    /// `title: 第1条: 目的`.
    ColonInText,
    /// A line without `: `.
    ColonMissing,
    /// A line that does not line up.
    Indentation,
    /// `- ` among keys.
    ListInMapping,
    /// `key: - item`.
    ListOnKeyLine,
    /// `"x" y`.
    TextAfterQuote,
    /// `"C:\path"`.
    BadEscape { written: String },
    /// A value that begins with `@`, a backtick or `%`.
    Reserved { found: char },
    /// `[1, 2`.
    UnclosedBracket { open: char },
    /// `]` alone.
    StrayBracket { found: char },
    /// `[a, b c: d]`, `{a: 1 b: 2}`.
    CommaMissing,
    /// Text after `|` or `>`.
    BlockHeader,
    /// A comment between the lines of one text.
    CommentInText,
    /// `"x"#comment`.
    CommentWithoutSpace,
    /// Whatever else the parser says, in its own words.
    Other { words: String },
}

impl Problem {
    fn words(&self) -> Words {
        match self {
            Problem::Empty => Words::new(
                "empty-file",
                "ファイルに内容がありません",
                "the file is empty",
                ["`hadome init` で雛形を作れます。", "`hadome init` writes one to start from."],
            ),
            Problem::NotAMapping => Words::new(
                "not-a-mapping",
                "ファイル全体が「項目名: 値」の並びになっていません",
                "the file is not a mapping of `key: value` entries",
                [
                    "先頭を「hadome: contract/1」のような「項目名: 値」の形で始めてください。",
                    "Begin with an entry such as `hadome: contract/1`.",
                ],
            ),
            Problem::DuplicateKey { key } => Words::new(
                "duplicate-key",
                format!("項目「{key}」が同じ場所に2回書かれています"),
                format!("the key `{key}` is given twice in one mapping"),
                ["どちらか一方だけを残してください。", "Keep one of the two."],
            ),
            Problem::MergeKey => Words::new(
                "merge-key",
                "「<<」による項目の取り込みは使えません",
                "merge keys (`<<`) cannot be used",
                [
                    "取り込みたい項目を、ここにそのまま書いてください。",
                    "Write the fields out here.",
                ],
            ),
            Problem::KeyNotText { written } => Words::new(
                "key-not-text",
                format!("項目名「{written}」が文字として書かれていません"),
                format!("the key `{written}` is not a text"),
                [
                    "項目名を引用符「\"」で囲んでください。",
                    "Put the key in quotes, if a text was meant.",
                ],
            ),
            Problem::LeadingZero { written } => {
                let number = without_zeros(written);
                Words::new(
                    "leading-zero",
                    format!("「{written}」は0で始まるため、数なのか文字なのか決められません"),
                    format!("`{written}` begins with a zero: it may be a number or a text"),
                    [
                        format!(
                            "数なら {number}、番号などの文字なら \"{written}\" と書いてください。"
                        ),
                        format!("Write {number} for the number, \"{written}\" for the text."),
                    ],
                )
            }
            Problem::NotFinite { written } => Words::new(
                "not-finite",
                format!("「{written}」は数として扱えません"),
                format!("`{written}` is not a number that can be used"),
                [
                    "具体的な数に直すか、文字なら引用符「\"」で囲んでください。",
                    "Write a definite number, or put quotes for a text.",
                ],
            ),
            Problem::UnknownTag { tag } => Words::new(
                "unknown-tag",
                format!("「{tag}」のような型の指定（タグ）は使えません"),
                format!("the tag `{tag}` cannot be used"),
                [
                    "指定を消してください。「!」で始まる文字なら、全体を引用符「\"」で囲みます。",
                    "Remove it; put quotes around a text that begins with `!`.",
                ],
            ),
            Problem::TagMismatch { tag } => Words::new(
                "tag-mismatch",
                format!("値が型の指定（タグ）「{tag}」に合いません"),
                format!("the value does not fit the tag `{tag}`"),
                ["指定を消すか、値を直してください。", "Remove the tag, or correct the value."],
            ),
            Problem::SecondDocument => Words::new(
                "second-document",
                "ここから2つ目の文書が始まっています",
                "a second document begins here",
                [
                    "1つのファイルには文書を1つだけ書き、残りは別のファイルに分けてください。",
                    "Write one document per file and move the rest to files of their own.",
                ],
            ),
            Problem::Directive { written } => Words::new(
                "directive",
                format!("「{written}」という指示行は使えません"),
                format!("the directive `{written}` cannot be used"),
                ["この行を消してください。", "Remove this line."],
            ),
            Problem::UnknownAlias { name } => Words::new(
                "unknown-alias",
                format!("「*{name}」が指す「&{name}」がありません"),
                format!("`*{name}` has no `&{name}` before it"),
                [
                    "「*」で始まる文字を書きたいときは、全体を引用符「\"」で囲んでください。",
                    "Put quotes around a text that begins with `*`.",
                ],
            ),
            Problem::AliasInItself { name } => Words::new(
                "alias-in-itself",
                format!("「*{name}」が自分自身の中から自分を指しています"),
                format!("`*{name}` stands inside of what it refers to"),
                ["参照をやめ、値をそのまま書いてください。", "Write the value out instead."],
            ),
            Problem::TooDeep { limit } => Words::new(
                "too-deep",
                format!("入れ子が深すぎます（上限{limit}段）"),
                format!("nested too deeply (at most {limit} levels)"),
                [
                    "閉じていない括弧がないか、余分な字下げがないかを確かめてください。",
                    "Check for brackets that are not closed and for needless indentation.",
                ],
            ),
            Problem::TooManyNodes { limit } => Words::new(
                "too-many-values",
                format!("項目名と値の数が多すぎます（上限{limit}個）"),
                format!("too many keys and values (at most {limit})"),
                ["ファイルを分けてください。", "Split the file."],
            ),
            Problem::AliasTooLarge => Words::new(
                "alias-too-large",
                "「*」による参照を展開すると、内容が大きくなりすぎます",
                "the aliases (`*name`) copy too much",
                [
                    "参照をやめ、必要な値だけを書いてください。",
                    "Write out the values that are needed.",
                ],
            ),
            Problem::OddSpace { found: '\u{3000}' } => Words::new(
                "full-width-space",
                "半角スペースを使う場所に全角スペースがあります",
                "a full-width space stands where a plain space belongs",
                ["半角スペースに置き換えてください。", "Replace it with plain spaces."],
            ),
            Problem::OddSpace { found } => Words::new(
                "special-space",
                format!(
                    "半角スペースを使う場所に特殊な空白文字（{}）があります",
                    code_point(*found)
                ),
                format!(
                    "a special space ({}) stands where a plain space belongs",
                    code_point(*found)
                ),
                ["半角スペースに置き換えてください。", "Replace it with plain spaces."],
            ),
            Problem::FullWidthColon => Words::new(
                "full-width-colon",
                "項目名の後の区切りが全角の「：」になっています",
                "a full-width colon `：` stands after the key",
                [
                    "半角のコロンと半角スペース「: 」に直してください。",
                    "Replace it with a plain colon and a space.",
                ],
            ),
            Problem::ColonWithoutSpace { key } => Words::new(
                "colon-without-space",
                format!("「{key}:」の後に半角スペースがありません"),
                format!("there is no space after `{key}:`"),
                [
                    format!("「{key}: 値」のように、コロンの後に半角スペースを入れてください。"),
                    format!("Put a space after the colon: `{key}: value`."),
                ],
            ),
            Problem::DashWithoutSpace => Words::new(
                "dash-without-space",
                "箇条書きの「-」の後に半角スペースがありません",
                "there is no space after the `-` of a list item",
                [
                    "「- 値」のように半角スペースを入れてください。",
                    "Put a space after it: `- value`.",
                ],
            ),
            Problem::FullWidthDash { found } => Words::new(
                "full-width-dash",
                format!("箇条書きの記号が「{found}」になっています"),
                format!("`{found}` does not begin a list item"),
                [
                    "半角のハイフンと半角スペース「- 」に直してください。",
                    "Replace it with a plain hyphen and a space.",
                ],
            ),
            Problem::Tab => Words::new(
                "tab",
                "字下げにタブが使われています",
                "a tab is used for indentation",
                ["タブを半角スペースに置き換えてください。", "Replace tabs with spaces."],
            ),
            Problem::UnclosedQuote { quote } => Words::new(
                "unclosed-quote",
                format!("この引用符「{quote}」が閉じられていません"),
                format!("this quote ({quote}) is never closed"),
                [
                    "文字の終わりに同じ引用符を付けてください。",
                    "Put the same quote at the end of the text.",
                ],
            ),
            Problem::FullWidthQuote { found } => Words::new(
                "full-width-quote",
                format!("「{found}」は引用符として扱われません"),
                format!("`{found}` does not count as a quote"),
                ["半角の「\"」に直してください。", "Replace it with a plain `\"`."],
            ),
            Problem::FullWidthSign { found, wanted } => Words::new(
                "full-width-sign",
                format!("全角の「{found}」は記号として扱われません"),
                format!("the full-width `{found}` does not count as a sign"),
                [
                    format!("半角の「{wanted}」に直してください。"),
                    format!("Replace it with `{wanted}`."),
                ],
            ),
            Problem::ColonInText => Words::new(
                "colon-in-text",
                "値の中の「: 」が、項目名の区切りと区別できません",
                "the `: ` within this value reads as another key",
                ["値全体を引用符「\"」で囲んでください。", "Put the whole value in quotes."],
            ),
            Problem::ColonMissing => Words::new(
                "colon-missing",
                "項目名の後の「: 」がありません",
                "there is no `: ` after the key",
                [
                    "「項目名: 値」の形にするか、前の行の続きなら字下げを深くしてください。",
                    "Write `key: value`, or indent the line further if it continues the one above.",
                ],
            ),
            Problem::Indentation => Words::new(
                "indentation",
                "行の字下げが前後の行と合っていません",
                "the indentation of this line does not fit the lines around it",
                [
                    "同じ階層の行は、先頭の半角スペースの数をそろえてください。",
                    "Lines of one level begin with the same number of spaces.",
                ],
            ),
            Problem::ListInMapping => Words::new(
                "list-in-mapping",
                "「項目名: 値」の並びの中に箇条書き「-」が混ざっています",
                "a list item (`-`) stands among `key: value` entries",
                [
                    "箇条書きは、それを値とする項目名のすぐ下に書いてください。",
                    "Put the items right under the key whose value they are.",
                ],
            ),
            Problem::ListOnKeyLine => Words::new(
                "list-on-key-line",
                "箇条書き「-」を項目名と同じ行では始められません",
                "a list (`-`) cannot begin on the line of its key",
                [
                    "改行して次の行から書いてください。記号だけを値にするなら \"-\" と書きます。",
                    "Begin it on the next line; for the sign itself write \"-\".",
                ],
            ),
            Problem::TextAfterQuote => Words::new(
                "text-after-quote",
                "引用符で囲んだ値の後に文字が続いています",
                "something follows the closing quote",
                [
                    "値全体を囲み直してください。中に「\"」があるなら外側を「'」に、「'」があるなら外側を「\"」にします。",
                    "Quote the whole value; if it contains one kind of quote, use the other kind around it.",
                ],
            ),
            Problem::BadEscape { written } => Words::new(
                "bad-escape",
                format!("引用符「\"」の中では「{written}」と書けません"),
                format!("`{written}` is no escape sequence"),
                [
                    "「\\」を「\\\\」と重ねるか、外側の引用符を「'」に替えてください。",
                    "Double the backslash, or use single quotes around the text.",
                ],
            ),
            Problem::Reserved { found } => Words::new(
                "reserved-character",
                format!("値を「{found}」で始めることはできません"),
                format!("a value cannot begin with `{found}`"),
                ["値全体を引用符「\"」で囲んでください。", "Put the whole value in quotes."],
            ),
            Problem::UnclosedBracket { open } => Words::new(
                "unclosed-bracket",
                format!("このかっこ「{open}」が正しく閉じられていません"),
                format!("this bracket (`{open}`) is not closed as it should be"),
                [
                    "対応する半角の閉じかっこがあるか確かめてください。かっこで始まる文字なら引用符「\"」で囲みます。",
                    "Close it with its counterpart, or put quotes around a text that begins with it.",
                ],
            ),
            Problem::StrayBracket { found } => Words::new(
                "stray-bracket",
                format!("「{found}」に対応する開きかっこがありません"),
                format!("`{found}` closes nothing"),
                ["消すか、開きかっこを補ってください。", "Remove it, or add the opening bracket."],
            ),
            Problem::CommaMissing => Words::new(
                "comma-missing",
                "かっこの中の値が「,」で区切られていません",
                "a comma is missing between the brackets",
                ["値と値の間に半角の「,」を入れてください。", "Put a comma between the values."],
            ),
            Problem::BlockHeader => Words::new(
                "block-header",
                "「|」や「>」と同じ行に本文が書かれています",
                "text stands on the line of `|` or `>`",
                [
                    "本文は次の行から字下げして書いてください。記号で始まる文字なら引用符「\"」で囲みます。",
                    "Begin the text on the next line, indented; put quotes around one that begins with the sign.",
                ],
            ),
            Problem::CommentInText => Words::new(
                "comment-in-text",
                "複数行にわたる値の途中にコメント「#」があります",
                "a comment (`#`) interrupts a value of several lines",
                [
                    "コメントを別の行に移すか、「#」を含む値なら引用符「\"」で囲んでください。",
                    "Move the comment, or put quotes around a value that contains `#`.",
                ],
            ),
            Problem::CommentWithoutSpace => Words::new(
                "comment-without-space",
                "コメントの「#」の前に半角スペースがありません",
                "there is no space before the `#` of a comment",
                ["「#」の前に半角スペースを入れてください。", "Put a space before it."],
            ),
            Problem::Other { words } => Words::new(
                "not-yaml",
                format!("YAMLとして読めません（{words}）"),
                format!("this cannot be read as YAML ({words})"),
                [
                    "この行とすぐ上の行の書き方を確かめてください。",
                    "Look at this line and the one above it.",
                ],
            ),
        }
    }
}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        self.words().code
    }

    fn message(&self, lang: Lang) -> String {
        self.words().message(lang)
    }

    fn advice(&self, lang: Lang) -> Option<String> {
        self.words().advice(lang)
    }
}

/// `-007` as the number that it would be.
fn without_zeros(written: &str) -> String {
    let digits = written.trim_start_matches(['+', '-']);
    let sign = if written.starts_with('-') { "-" } else { "" };
    let rest = digits.trim_start_matches('0');
    let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    format!("{sign}{zero}{rest}")
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// What the parser took offence at, in the kinds that lead to different advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A colon where no value may begin.
    UnexpectedValue,
    /// A line that should have been a key.
    KeyExpected,
    /// An entry of the collection was expected, or its end.
    EntryExpected,
    /// A tab.
    Tab,
    /// A quoted text without an end; the place is that of the opening quote.
    UnclosedQuote,
    /// A quoted text that runs on into a line where it cannot.
    QuoteRunsOn,
    /// Something right after a quoted text.
    AfterQuote,
    /// An escape sequence; the place is that of the opening quote.
    Escape,
    /// Text ran out, or another line began, within brackets; the place may be the opening one's.
    OpenBracket,
    /// A comma was expected within brackets.
    CommaExpected,
    /// A cause that is the problem itself.
    Known(Problem),
}

/// A problem with the bytes it covers.
type Found = (Problem, Range<usize>);

/// Lines that are looked at above the one where the parser stopped.
const REACH: usize = 40;

/// The problem that most probably made the parser stop at byte `at`, and its place.
/// `open` is the first byte of the innermost bracket still open, if any.
pub fn explain(cause: Cause, text: &str, at: usize, open: Option<usize>) -> Found {
    let at = text.floor_char_boundary(at);
    let line = Line::at(text, at);
    let here = word(text, at);
    match cause {
        Cause::Known(problem) => (problem, here),
        Cause::UnexpectedValue => unexpected_value(text, at, line, open),
        Cause::KeyExpected => {
            let hint = line.hint().or_else(|| hint_above(text, line));
            hint.unwrap_or((Problem::ColonMissing, line.word()))
        }
        Cause::EntryExpected => {
            let misplaced = if line.text.trim_start().starts_with("- ") {
                (Problem::ListInMapping, line.word())
            } else {
                (Problem::Indentation, line.word())
            };
            line.hint().or_else(|| hint_above(text, line)).unwrap_or(misplaced)
        }
        Cause::Tab => {
            let below = line.below(text);
            let indent = [Some(line), below].into_iter().flatten().find_map(Line::indent_hint);
            let tab = || line.text.find('\t').map(|tab| char_at(text, line.start + tab));
            indent.unwrap_or_else(|| (Problem::Tab, tab().unwrap_or(here)))
        }
        Cause::UnclosedQuote => unclosed_quote(text, at),
        Cause::QuoteRunsOn => unclosed_quote(text, opening_quote(text, line).unwrap_or(at)),
        Cause::AfterQuote => {
            // Read from its start, the line opens a quote here: so it really closes one from above.
            let closes = line.open_quote(at - line.start).and_then(|_| opening_quote(text, line));
            closes.map_or((Problem::TextAfterQuote, here), |open| unclosed_quote(text, open))
        }
        Cause::Escape => bad_escape(text, at),
        Cause::OpenBracket => {
            let here = text[at..].starts_with(['[', '{']);
            unclosed_bracket(text, at, open.filter(|_| !here).unwrap_or(at))
        }
        Cause::CommaExpected => match open {
            Some(open) if another_line(text, open, at) => unclosed_bracket(text, at, open),
            Some(open) => odd_sign(text, open..at).unwrap_or((Problem::CommaMissing, here)),
            None => (Problem::CommaMissing, here),
        },
    }
}

/// Why a plain text stands where a mapping or a list was wanted, if the text shows it:
/// `title：契約` alone is valid YAML.
pub fn instead_of_collection(text: &str, span: Span) -> Option<Diagnostic> {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = text.get(start..end)?.chars().next()?;
    if let Some(wanted) = half_width(first) {
        let problem = Problem::FullWidthSign { found: first, wanted };
        return Some(Diagnostic::new(span_of(span, char_at(text, start)), problem));
    }
    let mut line = Some(Line { start, text: Line::at(text, start).rest(start) });
    while let Some(current) = line.filter(|line| line.start < end) {
        if let Some((problem, range)) = current.hint() {
            return Some(Diagnostic::new(span_of(span, range), problem));
        }
        line = current.below(text);
    }
    None
}

/// Why a plain key is probably not what was meant: `　title`, `－ id`, `{b：1}`.
/// `alone` says that the key has no value.
pub fn odd_key(text: &str, key: Range<usize>, alone: bool) -> Option<Found> {
    let written = text.get(key.clone())?;
    let edges = [written.chars().next()?, written.chars().next_back()?];
    let plain = |c: char| c.is_ascii() && c != '-';
    if !alone && edges.into_iter().all(plain) {
        return None;
    }
    if let Some(at) = written.find(is_odd_space).filter(|_| edges.into_iter().any(is_odd_space)) {
        let range = char_at(text, key.start + at);
        return Some((odd_space(text, range.start), range));
    }
    let line = Line { start: key.start, text: written };
    line.hint().filter(|(problem, _)| {
        let colon = matches!(problem, Problem::FullWidthColon | Problem::ColonWithoutSpace { .. });
        alone || !colon
    })
}

/// A special space that makes a text of what looks like a number or like a comment: `30　`.
pub fn odd_value(
    text: &str,
    value: Range<usize>,
    looks_typed: impl Fn(&str) -> bool,
) -> Option<Found> {
    let written = text.get(value.clone())?;
    let comment = written.match_indices('#').map(|(at, _)| at).find_map(|at| {
        let before = written[..at].chars().next_back()?;
        is_odd_space(before).then(|| at - before.len_utf8())
    });
    let trimmed = written.trim_matches(is_odd_space);
    let edge = (trimmed.len() < written.len() && looks_typed(trimmed))
        .then(|| written.find(is_odd_space))
        .flatten();
    let range = char_at(text, value.start + comment.or(edge)?);
    Some((odd_space(text, range.start), range))
}

fn unexpected_value(text: &str, at: usize, line: Line, open: Option<usize>) -> Found {
    if let Some(open) = open {
        return if another_line(text, open, at) {
            unclosed_bracket(text, at, open)
        } else {
            odd_sign(text, open..at).unwrap_or((Problem::ColonInText, char_at(text, at)))
        };
    }
    if let Some(hint) = line.hint() {
        return hint;
    }
    let before = &line.text[..at - line.start];
    if let Some((_, value)) = before.split_once(": ") {
        let value = value.trim_start();
        let start = at - value.len();
        return match value.chars().next() {
            Some(found) if is_odd_quote(found) => {
                (Problem::FullWidthQuote { found }, char_at(text, start))
            }
            _ => (Problem::ColonInText, char_at(text, at)),
        };
    }
    hint_above(text, line).unwrap_or_else(|| {
        let above = line.solid_above(text).filter(|above| {
            let item = above.content().0 > above.start + above.indent();
            !item && !above.has_key() && !above.continues_a_value(text)
        });
        above.map_or((Problem::Indentation, line.word()), |a| (Problem::ColonMissing, a.word()))
    })
}

/// The first of the lines right above that shows a mistake of its own.
fn hint_above(text: &str, line: Line) -> Option<Found> {
    let mut first = None;
    let mut current = line;
    for _ in 0..REACH {
        let Some(above) = current.above(text) else { break };
        match above.hint().filter(|_| !above.in_block_text(text)) {
            Some(hint) => first = Some(hint),
            None if above.text.trim().is_empty() => {}
            None => break,
        }
        current = above;
    }
    first
}

fn unclosed_quote(text: &str, open: usize) -> Found {
    let quote = text[open..].chars().next().unwrap_or('"');
    let rest = Line::at(text, open).rest(open).trim_end();
    match rest.char_indices().next_back() {
        Some((at, found)) if is_odd_quote(found) => {
            (Problem::FullWidthQuote { found }, char_at(text, open + at))
        }
        _ => (Problem::UnclosedQuote { quote }, char_at(text, open)),
    }
}

/// The nearest quote above a line that is not closed on its own line.
fn opening_quote(text: &str, line: Line) -> Option<usize> {
    std::iter::successors(line.above(text), |line| line.above(text))
        .find_map(|line| Some(line.start + line.open_quote(line.text.len())?))
}

fn bad_escape(text: &str, open: usize) -> Found {
    let mut chars = text[open..].char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '"' {
            break;
        }
        if c != '\\' {
            continue;
        }
        let Some((_, kind)) = chars.next() else { break };
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let start = open + at;
        let rest = &text[start + 1 + kind.len_utf8()..];
        let hex = rest.bytes().take(digits).filter(u8::is_ascii_hexdigit).count() == digits;
        if !hex || !"0abt\tnvfre \"/\\N_LPxuU\r\n".contains(kind) {
            let end = start + 1 + kind.len_utf8();
            return (Problem::BadEscape { written: text[start..end].to_owned() }, start..end);
        }
    }
    (Problem::BadEscape { written: "\\".to_owned() }, char_at(text, open))
}

fn unclosed_bracket(text: &str, at: usize, open: usize) -> Found {
    let line = Line::at(text, open);
    let until = if at > open { at } else { line.start + line.text.len() };
    let bracket = text[open..].chars().next().unwrap_or('[');
    let problem = Problem::UnclosedBracket { open: bracket };
    odd_sign(text, open..until).unwrap_or((problem, char_at(text, open)))
}

fn another_line(text: &str, open: usize, at: usize) -> bool {
    text.get(open..at).is_some_and(|between| between.contains(['\n', '\r']))
}

/// A full-width sign between brackets that should be a plain one; a closing bracket first.
fn odd_sign(text: &str, range: Range<usize>) -> Option<Found> {
    let inside = text.get(range.clone())?;
    let closing = inside.find(['］', '｝']);
    let at = closing.or_else(|| inside.find(['，', '：', '［', '｛']))?;
    let range = char_at(text, range.start + at);
    let found = text[range.clone()].chars().next()?;
    let problem = match half_width(found) {
        Some(wanted) => Problem::FullWidthSign { found, wanted },
        None => Problem::FullWidthColon,
    };
    Some((problem, range))
}

fn half_width(sign: char) -> Option<char> {
    match sign {
        '［' => Some('['),
        '］' => Some(']'),
        '｛' => Some('{'),
        '｝' => Some('}'),
        '，' => Some(','),
        '＃' => Some('#'),
        _ => None,
    }
}

fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

fn is_odd_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '＂' | '＇' | '〝' | '〟')
}

fn odd_space(text: &str, at: usize) -> Problem {
    Problem::OddSpace { found: text[at..].chars().next().unwrap_or('\u{3000}') }
}

/// The bytes of the character at `at`; none at the end of the text.
fn char_at(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The bytes of the word at `at`, one character at least where there is one.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let first = char_at(text, at);
    let ends = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '[' | ']' | '{' | '}');
    let len = rest.find(ends).unwrap_or(rest.len());
    if rest.starts_with(['\n', '\r']) { at..at } else { at..first.end.max(at + len) }
}

fn span_of(like: Span, range: Range<usize>) -> Span {
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span { file: like.file, start: at(range.start), end: at(range.end) }
}

/// A line, or the rest of one, with the place where it begins.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    /// The line of a byte.
    fn at(text: &'a str, at: usize) -> Line<'a> {
        let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let rest = &text[start..];
        Line { start, text: &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())] }
    }

    fn above(self, text: &'a str) -> Option<Line<'a>> {
        let before = text[..self.start].strip_suffix(['\n', '\r'])?;
        let crlf = text[..self.start].ends_with("\r\n");
        let end = if crlf { before.len() - 1 } else { before.len() };
        Some(Line::at(text, end))
    }

    fn below(self, text: &'a str) -> Option<Line<'a>> {
        let rest = &text[self.start + self.text.len()..];
        let next = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
        Some(Line::at(text, text.len() - next.len()))
    }

    /// The nearest line above with something on it.
    fn solid_above(self, text: &'a str) -> Option<Line<'a>> {
        let lines = std::iter::successors(self.above(text), |line| line.above(text));
        lines
            .take(REACH)
            .find(|line| !matches!(line.text.trim_start().chars().next(), None | Some('#')))
    }

    fn rest(self, at: usize) -> &'a str {
        self.text.get(at.saturating_sub(self.start)..).unwrap_or_default()
    }

    /// The width of the indentation in bytes.
    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Where the line's content begins, past `- ` if more than that follows, and the content.
    fn content(self) -> (usize, &'a str) {
        let mut rest = self.text.trim_start();
        while let Some(inner) = rest.strip_prefix("- ").map(str::trim_start) {
            if inner.is_empty() {
                break;
            }
            rest = inner;
        }
        (self.start + self.text.len() - rest.len(), rest)
    }

    /// The first word of the content.
    fn word(self) -> Range<usize> {
        let range = word(self.text, self.indent());
        self.start + range.start..self.start + range.end
    }

    /// Whether the content has a separator as it should be: `key: value` or `key:`.
    fn has_key(self) -> bool {
        let content = self.content().1.trim_end();
        content.contains(": ") || content.ends_with(':')
    }

    /// A character in the indentation that is none.
    fn indent_hint(self) -> Option<Found> {
        let mut indent = self.text[..self.indent()].char_indices();
        let (at, found) = indent.find(|&(_, c)| c == '\t' || is_odd_space(c))?;
        let range = self.start + at..self.start + at + found.len_utf8();
        Some((if found == '\t' { Problem::Tab } else { Problem::OddSpace { found } }, range))
    }

    /// The mistake that the line shows by itself.
    fn hint(self) -> Option<Found> {
        if let Some(hint) = self.indent_hint() {
            return Some(hint);
        }
        let (start, content) = self.content();
        let mut chars = content.chars();
        let first = chars.next()?;
        let range = start..start + first.len_utf8();
        match first {
            '#' | '"' | '\'' | '&' | '*' | '!' | '|' | '>' => None,
            '＃' => Some((Problem::FullWidthSign { found: first, wanted: '#' }, range)),
            '－' | '‐' | '‑' | '–' | '—' | '―' | '・' | '•' | '●' => {
                Some((Problem::FullWidthDash { found: first }, range))
            }
            '-' if !matches!(chars.next(), None | Some('-' | ' ')) => {
                Some((Problem::DashWithoutSpace, range))
            }
            _ => colon_hint(start, content),
        }
    }

    /// Where a quoted text begins on this line before byte `until` and does not end there.
    fn open_quote(self, until: usize) -> Option<usize> {
        let mut before = ':'; // the last character that is no blank
        let mut blank = true;
        let mut chars = self.text.get(..until)?.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c == '#' && blank {
                return None;
            }
            if matches!(c, '"' | '\'') && matches!(before, ':' | '-' | '[' | '{' | ',' | '?') {
                loop {
                    let (_, inner) = match chars.next() {
                        Some(next) => next,
                        None => return Some(at),
                    };
                    if inner == '\\' && c == '"' {
                        chars.next();
                    } else if inner == c && chars.next_if(|next| c == '\'' && next.1 == c).is_none()
                    {
                        break;
                    }
                }
            }
            blank = c.is_whitespace();
            if !blank {
                before = c;
            }
        }
        None
    }

    /// Whether a line above opened a block text (`|`, `>`) that this line belongs to.
    fn in_block_text(self, text: &'a str) -> bool {
        let mut indent = self.indent();
        let lines = std::iter::successors(self.above(text), |line| line.above(text));
        for line in lines.take(REACH).filter(|line| !line.text.trim().is_empty()) {
            if indent == 0 {
                return false;
            }
            if line.indent() < indent {
                indent = line.indent();
                let header = line.text.split(" #").next().unwrap_or_default().trim_end();
                let header =
                    header.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
                if header.ends_with(" |") || header.ends_with(" >") {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the line is the next line of a value that began on its key's line.
    fn continues_a_value(self, text: &'a str) -> bool {
        let lines = std::iter::successors(self.above(text), |line| line.above(text));
        let parent = lines
            .take(REACH)
            .find(|line| !line.text.trim().is_empty() && line.indent() < self.indent());
        parent.is_some_and(|line| line.has_key() && !line.text.trim_end().ends_with(':'))
    }
}

/// A separator that is none, on a line without a proper one.
fn colon_hint(start: usize, content: &str) -> Option<Found> {
    let mut found = None;
    let mut before = ' ';
    let mut named = true; // what stands before has no gap, so that it can be a key
    for (at, c) in content.char_indices() {
        let (key, rest) = (&content[..at], &content[at + c.len_utf8()..]);
        let next = rest.chars().next();
        named = named && (at == 0 || !before.is_whitespace() || matches!(c, ':' | '：'));
        let named = named && at > 0;
        match c {
            '#' if before.is_whitespace() => break,
            ':' if next.is_none_or(|next| next.is_ascii_whitespace()) => return None,
            ':' if next.is_some_and(is_odd_space) => {
                let space = start + at + 1;
                let problem = Problem::OddSpace { found: next.unwrap_or_default() };
                return Some((problem, space..space + next.map_or(0, char::len_utf8)));
            }
            ':' if found.is_none() && named && !rest.starts_with("//") => {
                let digits = key.chars().all(|c| c.is_ascii_digit());
                let key = key.trim_start_matches(['{', '[']).trim_end().to_owned();
                let problem = Problem::ColonWithoutSpace { key };
                found = (!digits).then_some((problem, start + at..start + at + 1));
            }
            '：' if found.is_none() && named => {
                found = Some((Problem::FullWidthColon, start + at..start + at + c.len_utf8()));
            }
            _ => {}
        }
        before = c;
    }
    found
}

/// A problem's code and sentences, each in Japanese and English.
pub(super) struct Words {
    /// The stable code.
    pub code: &'static str,
    message: [String; 2],
    advice: [Cow<'static, str>; 2],
}

impl Words {
    /// The sentences of one problem; empty advice is none.
    pub fn new<A: Into<Cow<'static, str>>>(
        code: &'static str,
        ja: impl Into<String>,
        en: impl Into<String>,
        advice: [A; 2],
    ) -> Self {
        Words { code, message: [ja.into(), en.into()], advice: advice.map(Into::into) }
    }

    /// The message in one language.
    pub fn message(self, lang: Lang) -> String {
        let [ja, en] = self.message;
        match lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// The advice in one language, if there is any.
    pub fn advice(&self, lang: Lang) -> Option<String> {
        let advice = lang.pick(&self.advice[0], &self.advice[1]);
        (!advice.is_empty()).then(|| advice.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::limits::Limits;
    use crate::load::source::Sources;
    use crate::load::tree::FileId;
    use crate::load::yaml::parse;

    /// `line:column code` of every problem of a text.
    #[track_caller]
    fn problems(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        sources.add(String::new(), Some(text.into()), None);
        let found = parse(text, FileId(0), &Limits::default()).expect_err(text);
        let place = |problem: &Diagnostic| {
            let at = sources.position(problem.span);
            format!("{}:{} {}", at.line, at.column, problem.code())
        };
        found.iter().map(place).collect()
    }

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            assert_eq!(problems(text), [*wanted], "{text:?}");
        }
    }

    #[test]
    fn colons() {
        check(&[
            ("title:契約\nid: x\n", "1:6 colon-without-space"),
            ("id: x\ntitle:契約\n", "2:6 colon-without-space"),
            ("a:\n  title:契約\n  b: 1\n", "2:8 colon-without-space"),
            ("items:\n  - title:契約\n    id: x\n", "2:10 colon-without-space"),
            ("title:契約", "1:6 colon-without-space"),
            ("url: http://x:80/\nb:http://y\n", "2:2 colon-without-space"),
            ("x: {a:1}", "1:6 colon-without-space"),
            ("title：契約\nid: x", "1:6 full-width-colon"),
            ("title：契約\nname：x\nid: y", "1:6 full-width-colon"),
            ("id: x\ntitle： 契約\n", "2:6 full-width-colon"),
            ("title：契約", "1:6 full-width-colon"),
            ("a: {b：1, c: 2}", "1:6 full-width-colon"),
            ("title: 第1条: 目的\n", "1:11 colon-in-text"),
            ("a: [b, c: d: e]\n", "1:12 comma-missing"),
            ("a 1\nb: 2", "1:1 colon-missing"),
            ("a: 1\nb 2\nc: 3", "2:1 colon-missing"),
            ("契約期間\n  days: 3\n", "1:1 colon-missing"),
        ]);
    }

    #[test]
    fn spaces_and_tabs() {
        check(&[
            ("　title: x\nb: 1\n", "1:1 full-width-space"),
            ("a:\n　b: 2\nc: 3", "2:1 full-width-space"),
            ("a:\n  b: 2\n　c: 3\n", "3:1 full-width-space"),
            ("a:\n　- x\n", "2:1 full-width-space"),
            ("a:　1\nb: 2", "1:3 full-width-space"),
            ("title　: x", "1:6 full-width-space"),
            ("a: 1\n　\nb: 2", "2:1 full-width-space"),
            ("a: 30　\n", "1:6 full-width-space"),
            ("a: x　# note\n", "1:5 full-width-space"),
            ("a:\n\u{a0}b: 2\n", "2:1 special-space"),
            ("a:\n\tb: 1\n", "2:1 tab"),
            ("a:\n  b: 1\n\tc: 2\n", "3:1 tab"),
            ("a:\n  - x\n\t- y\n", "3:1 tab"),
            ("a: |\n\tx\nb: 1", "2:1 tab"),
        ]);
    }

    #[test]
    fn quotes() {
        check(&[
            ("a: \"契約\nb: 1\nc: 2\n", "1:4 unclosed-quote"),
            ("a: '契約\nb: 1\n", "1:4 unclosed-quote"),
            ("a:\n  b: \"契約\n  c: \"x\"\n", "2:6 unclosed-quote"),
            ("a: \"x\n  b: \"y\"\n", "1:4 unclosed-quote"),
            ("a: [1, \"x, 2]\nb: 1", "1:8 unclosed-quote"),
            ("'a: 1", "1:1 unclosed-quote"),
            ("a: 1 # it's\nb: \"x\nc: 1\n", "2:4 unclosed-quote"),
            ("a: \"契約”\nb: 1\n", "1:7 full-width-quote"),
            ("a: “契約: 目的”\nb: 1", "1:4 full-width-quote"),
            ("a: \"x\" y", "1:8 text-after-quote"),
            ("a: 'it's'", "1:8 text-after-quote"),
            ("a: \"C:\\path\"", "1:7 bad-escape"),
            ("a: \"C:\\Users\"", "1:7 bad-escape"),
            ("a: \"x\"#c", "1:7 comment-without-space"),
        ]);
    }

    #[test]
    fn lists_brackets_and_indentation() {
        check(&[
            ("－ a\n－ b\n", "1:1 full-width-dash"),
            ("items:\n  - a\n  ・b\nc: 1\n", "3:3 full-width-dash"),
            ("－ id: x", "1:1 full-width-dash"),
            ("- a\n-b\n- c\n", "2:1 dash-without-space"),
            ("-id: x", "1:1 dash-without-space"),
            ("a: b\n- c", "2:1 list-in-mapping"),
            ("a: - b", "1:4 list-on-key-line"),
            ("a: [1, 2\nb: 3", "1:4 unclosed-bracket"),
            ("a: [1, 2", "1:4 unclosed-bracket"),
            ("a: {b: 1\nc: 2", "1:4 unclosed-bracket"),
            ("a: ]", "1:4 stray-bracket"),
            ("a: {b: 1 c: 2}", "1:11 comma-missing"),
            ("a: [１，２］\nb: 1", "1:8 full-width-sign"),
            ("＃ comment\na: 1", "1:1 full-width-sign"),
            ("［1, 2］", "1:1 full-width-sign"),
            ("a:\n  b: 1\n c: 2\n", "3:2 indentation"),
            ("a:\n  id: x\n   title: y\n", "3:4 indentation"),
            ("a: 1\n  b: 2\n", "2:3 indentation"),
            ("- id: x\n title: y\n", "2:2 indentation"),
            // The colon above is part of a block text and no mistake.
            ("a: |\n  第1条：目的\n b: 2\n", "3:2 indentation"),
        ]);
    }

    #[test]
    fn values_that_begin_with_a_sign() {
        check(&[
            ("a: @foo", "1:4 reserved-character"),
            ("a: `x`", "1:4 reserved-character"),
            ("a: & x", "1:4 reserved-character"),
            ("a: [-]", "1:5 reserved-character"),
            ("a: *必須", "1:4 unknown-alias"),
            ("a: > 30", "1:4 block-header"),
            ("a: x #y\n  z\nb: 1", "1:6 comment-in-text"),
            ("a: ? x", "1:4 not-yaml"),
        ]);
    }

    #[test]
    fn line_ends_of_every_system_count() {
        check(&[
            ("id: x\r\ntitle:契約\r\nb: 1\r\n", "2:6 colon-without-space"),
            ("title：契約\r\nid: x\r\n", "1:6 full-width-colon"),
            ("a: \"x\rb: 1\r", "1:4 unclosed-quote"),
        ]);
    }

    #[test]
    fn a_text_where_a_list_was_wanted_shows_why() {
        let at = |text: &str, from: &str| {
            let node = parse(text, FileId(0), &Limits::default()).expect(text);
            let value = node.get(from).expect(from);
            instead_of_collection(text, value.span).map(|found| (found.code(), found.span.start))
        };
        assert_eq!(at("a:\n  － x\n  － y\nb: 1", "a"), Some(("full-width-dash", 5)));
        assert_eq!(at("a:\n  -x\n  -y\nb: 1", "a"), Some(("dash-without-space", 5)));
        assert_eq!(at("a: ［1, 2］", "a"), Some(("full-width-sign", 3)));
        assert_eq!(at("a:\n  b:1\n  c:2", "a"), Some(("colon-without-space", 6)));
        assert_eq!(at("a: ただの文", "a"), None);
    }

    #[test]
    fn ordinary_japanese_text_is_let_through() {
        let text = concat!(
            "目的: 第1条：目的を定める\n時刻: 12:30\n引用: “契約”\n説明: |\n  ・一つ　二つ\n  －三つ：四つ\n",
            "備考: 甲　乙\n記号: ＃1\n住所: 東京都－1\nurl: https://example.jp/a:b\n・その他: x\n",
        );
        let lines = text.replace("・その他: x\n", "");
        assert!(parse(&lines, FileId(0), &Limits::default()).is_ok());
        assert_eq!(problems(text).len(), 1);
    }

    #[test]
    fn every_problem_has_its_own_code_and_sentences() {
        let (s, c) = (String::new, 'x');
        let all = [
            Problem::Empty,
            Problem::NotAMapping,
            Problem::DuplicateKey { key: s() },
            Problem::MergeKey,
            Problem::KeyNotText { written: s() },
            Problem::LeadingZero { written: "-007".to_owned() },
            Problem::NotFinite { written: s() },
            Problem::UnknownTag { tag: s() },
            Problem::TagMismatch { tag: s() },
            Problem::SecondDocument,
            Problem::Directive { written: s() },
            Problem::UnknownAlias { name: s() },
            Problem::AliasInItself { name: s() },
            Problem::TooDeep { limit: 1 },
            Problem::TooManyNodes { limit: 1 },
            Problem::AliasTooLarge,
            Problem::OddSpace { found: '\u{3000}' },
            Problem::OddSpace { found: '\u{a0}' },
            Problem::FullWidthColon,
            Problem::ColonWithoutSpace { key: s() },
            Problem::DashWithoutSpace,
            Problem::FullWidthDash { found: c },
            Problem::Tab,
            Problem::UnclosedQuote { quote: c },
            Problem::FullWidthQuote { found: c },
            Problem::FullWidthSign { found: c, wanted: c },
            Problem::ColonInText,
            Problem::ColonMissing,
            Problem::Indentation,
            Problem::ListInMapping,
            Problem::ListOnKeyLine,
            Problem::TextAfterQuote,
            Problem::BadEscape { written: s() },
            Problem::Reserved { found: c },
            Problem::UnclosedBracket { open: c },
            Problem::StrayBracket { found: c },
            Problem::CommaMissing,
            Problem::BlockHeader,
            Problem::CommentInText,
            Problem::CommentWithoutSpace,
            Problem::Other { words: s() },
        ];
        let codes: std::collections::HashSet<_> = all.iter().map(Problem::code).collect();
        assert_eq!(codes.len(), all.len());
        for problem in &all {
            let (ja, en) = (problem.message(Lang::Ja), problem.message(Lang::En));
            assert!(!ja.ends_with('。') && !ja.is_ascii(), "{ja}");
            assert!(!en.ends_with('.') && en.chars().all(|c| c.is_ascii() || c == '：'), "{en}");
            let advice = [problem.advice(Lang::Ja), problem.advice(Lang::En)];
            assert_eq!(advice[0].is_some(), advice[1].is_some());
            assert!(advice[0].as_ref().is_none_or(|text| text.ends_with('。')), "{advice:?}");
            assert!(advice[1].as_ref().is_none_or(|text| text.ends_with('.')), "{advice:?}");
        }
    }

    #[test]
    fn sentences_read_as_meant() {
        let problem = Problem::LeadingZero { written: "-007".to_owned() };
        assert_eq!(
            problem.message(Lang::Ja),
            "「-007」は0で始まるため、数なのか文字なのか決められません"
        );
        assert_eq!(
            problem.advice(Lang::En).as_deref(),
            Some("Write -7 for the number, \"-007\" for the text.")
        );
        assert_eq!([without_zeros("00"), without_zeros("+01.50")], ["0", "1.50"]);
        let problem = Problem::ColonWithoutSpace { key: "title".to_owned() };
        assert_eq!(
            problem.advice(Lang::Ja).as_deref(),
            Some("「title: 値」のように、コロンの後に半角スペースを入れてください。")
        );
    }
}
