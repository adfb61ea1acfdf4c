//! The sentences of each problem.

use super::Problem;
use crate::load::words::{Worded, Words};

impl Worded for Problem {
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
                ["取り込みたい項目を、ここにそのまま書いてください。", "Write the fields out here."],
            ),
            Problem::KeyNotText { written } => Words::new(
                "key-not-text",
                format!("項目名「{written}」が文字として書かれていません"),
                format!("the key `{written}` is not a text"),
                ["項目名を引用符「\"」で囲んでください。", "Put the key in quotes, if a text was meant."],
            ),
            Problem::LeadingZero { written } => {
                let number = without_zeros(written);
                Words::new(
                    "leading-zero",
                    format!("「{written}」は0で始まるため、数なのか文字なのか決められません"),
                    format!("`{written}` begins with a zero: it may be a number or a text"),
                    [
                        format!("数なら {number}、番号などの文字なら \"{written}\" と書いてください。"),
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
                ["参照をやめ、必要な値だけを書いてください。", "Write out the values that are needed."],
            ),
            Problem::OddSpace { found: '\u{3000}' } => Words::new(
                "full-width-space",
                "半角スペースを使う場所に全角スペースがあります",
                "a full-width space stands where a plain space belongs",
                ["半角スペースに置き換えてください。", "Replace it with plain spaces."],
            ),
            Problem::OddSpace { found } => Words::new(
                "special-space",
                format!("半角スペースを使う場所に特殊な空白文字（{}）があります", code_point(*found)),
                format!("a special space ({}) stands where a plain space belongs", code_point(*found)),
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
                ["「- 値」のように半角スペースを入れてください。", "Put a space after it: `- value`."],
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
                ["文字の終わりに同じ引用符を付けてください。", "Put the same quote at the end of the text."],
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
                [format!("半角の「{wanted}」に直してください。"), format!("Replace it with `{wanted}`.")],
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
                ["この行とすぐ上の行の書き方を確かめてください。", "Look at this line and the one above it."],
            ),
        }
    }
}

/// `-007` as the number that it would be.
pub(super) fn without_zeros(written: &str) -> String {
    let digits = written.trim_start_matches(['+', '-']);
    let sign = if written.starts_with('-') { "-" } else { "" };
    let rest = digits.trim_start_matches('0');
    let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    format!("{sign}{zero}{rest}")
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
