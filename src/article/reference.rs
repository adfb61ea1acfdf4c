//! References in the texts of articles: `{SUB-03, CON-02}`, `{article:return}`, `{form:pledge}`.

/// What a reference in a text leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The paragraph with the model clause of a policy.
    Policy(String),
    /// An article, by id.
    Article(String),
    /// A form, by id.
    Form(String),
}

impl Target {
    /// As it is written.
    pub fn name(&self) -> String {
        match self {
            Target::Policy(id) => id.clone(),
            Target::Article(id) => format!("article:{id}"),
            Target::Form(id) => format!("form:{id}"),
        }
    }
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// A reference to one or several targets.
    Reference(Vec<Target>),
}

/// The stretches of a text.
///
/// # Errors
/// A brace that is not closed, or a reference without a target: the text from there on.
pub fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (words, from) = rest.split_at(at);
        let inner = from.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let Some((inner, after)) = inner else { return Err(from.to_owned()) };
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        let targets: Option<Vec<Target>> = inner.split(',').map(|one| target(one.trim())).collect();
        pieces.push(Piece::Reference(targets.ok_or_else(|| from.to_owned())?));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn target(word: &str) -> Option<Target> {
    match word.split_once(':') {
        Some(("article", id)) if !id.is_empty() => Some(Target::Article(id.to_owned())),
        Some(("form", id)) if !id.is_empty() => Some(Target::Form(id.to_owned())),
        None if !word.is_empty() => Some(Target::Policy(word.to_owned())),
        _ => None,
    }
}

/// All targets of a text; none where it does not parse.
pub fn targets(text: &str) -> Vec<Target> {
    let pieces = pieces(text).unwrap_or_default();
    let of = |piece| match piece {
        Piece::Reference(targets) => targets,
        Piece::Words(_) => Vec::new(),
    };
    pieces.into_iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_and_references() {
        let policy = |id: &str| Target::Policy(id.to_owned());
        let table = [
            ("文のみ", Ok(vec![Piece::Words("文のみ".into())])),
            (
                "{STF-02}は、{form:pledge}による。",
                Ok(vec![
                    Piece::Reference(vec![policy("STF-02")]),
                    Piece::Words("は、".into()),
                    Piece::Reference(vec![Target::Form("pledge".into())]),
                    Piece::Words("による。".into()),
                ]),
            ),
            (
                "{SUB-03, article:return}",
                Ok(vec![Piece::Reference(vec![policy("SUB-03"), Target::Article("return".into())])]),
            ),
            ("閉じない{SUB-03", Err("{SUB-03".to_owned())),
            ("開かない}", Err("}".to_owned())),
            ("空{}", Err("{}".to_owned())),
            ("{other:x}", Err("{other:x}".to_owned())),
        ];
        for (text, want) in table {
            assert_eq!(pieces(text), want, "{text}");
        }
    }
}
