use super::sentences::without_zeros;
use super::*;
use crate::diagnostic::Explain;
use crate::lang::Lang;

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
    assert_eq!(problem.message(Lang::Ja), "「-007」は0で始まるため、数なのか文字なのか決められません");
    assert_eq!(problem.advice(Lang::En).as_deref(), Some("Write -7 for the number, \"-007\" for the text."));
    assert_eq!([without_zeros("00"), without_zeros("+01.50")], ["0", "1.50"]);
    let problem = Problem::ColonWithoutSpace { key: "title".to_owned() };
    assert_eq!(
        problem.advice(Lang::Ja).as_deref(),
        Some("「title: 値」のように、コロンの後に半角スペースを入れてください。")
    );
}
