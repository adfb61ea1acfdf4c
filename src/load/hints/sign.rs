//! Characters that look like the signs of YAML and are none.

pub(super) fn half_width(sign: char) -> Option<char> {
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

pub(super) fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

pub(super) fn is_odd_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '＂' | '＇' | '〝' | '〟')
}
