//! Escaping, one function per kind of output: what a document says is never markup, never a command.

/// For a terminal: control characters become visible, so that no document steers the screen.
/// Line ends become spaces.
pub fn terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_steering(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and those that turn the direction of writing around.
fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// For Markdown as GitHub reads it, inside a table cell or a line of text.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_steering(c) => out.push('\u{fffd}'),
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '@' | '`' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            ':' if chars.peek() == Some(&'/') => out.push_str("\\:"),
            '.' if before.to_lowercase().ends_with("www") => out.push_str("\\."),
            c if out.is_empty() && matches!(c, '#' | '-' | '+' | '=') => out.extend(['\\', c]),
            '.' | ')' if !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()) => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
        before.push(c);
    }
    out.trim().to_owned()
}

/// For a GitHub workflow command's message.
pub fn annotation(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// For a property of a GitHub workflow command, such as its file.
pub fn annotation_property(text: &str) -> String {
    annotation(text).replace(':', "%3A").replace(',', "%2C")
}
