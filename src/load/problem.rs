//! What can be wrong with a file's YAML.

mod sentences;

/// A problem of a file's form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the operands of the sentences")]
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

#[cfg(test)]
mod tests;
