//! Changes to a text that mostly leave it readable, so that they reach what stands behind the parser:
//! lines, keys and values moved about, and what breaks documents put in their place. The same number
//! gives the same change.

/// What is put in the place of a value or anywhere.
const SNIPPETS: &[&str] = &[
    "",
    " ",
    "\n",
    "\r",
    "\t",
    "\"",
    "'",
    ":",
    ": ",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
    "[]",
    "{}",
    ",",
    "#",
    " #",
    "|",
    "|2\n",
    ">-\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "!x ",
    "!!int ",
    "!!str ",
    "? ",
    "%",
    "\n---\n",
    "\n...\n",
    "@",
    "`",
    "~",
    "null",
    "true",
    "false",
    "yes",
    ".nan",
    ".inf",
    "0",
    "-1",
    "1",
    "010",
    "0x7f",
    "1e999",
    "1e-9",
    "0.1",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "\u{0}",
    "\u{7f}",
    "\u{1b}[2J",
    "\u{85}",
    "\u{feff}",
    "\u{2028}",
    "\u{200b}",
    "\u{202e}",
    "\u{301}",
    "　",
    "：",
    "１２",
    "未定",
    "－",
    "TBD",
    "直ちに",
    "2026-02-30",
    "2026-13",
    "0000-01-01",
    "9999-12-31",
    "令和元年5月1日",
    "令和99年",
    "平成31年4月30日",
    "2026-04",
    "{value: 30, ref: {source: a, article: b}}",
    "{conflicting: [{value: 1}, {value: 2}]}",
    "{conflicting: []}",
    "<script>",
    "</body>",
    "-->",
    "<!--",
    "|||",
    "**",
    "```",
    "](x)",
    "::error::",
    "\\",
    "%0A",
    "=cmd()",
    "&amp;",
    "&#0;",
    "😀",
    "..",
    "../../etc/passwd",
    "/",
    "contract",
    "system[web]",
    "records.loans",
    "params.x",
    "has(contract.id)",
    "stated(contract.id)",
    "!",
    "&&",
    "||",
    "(",
    ")",
    "==",
    "<=",
    " in ",
    ".all(x, ",
    ".exists(",
    "? 1 : 2",
    "date('2024-04-01')",
    "days(9223372036854775807)",
    "size(",
    "matches('(a+)+$')",
    "''",
    "as_of",
    "stage",
];

/// A source of numbers: the same seed gives the same ones (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below a bound; 0 where the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % (bound.max(1) as u64)) as usize
    }

    fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get(self.below(things.len()))
    }
}

/// Changes a text in one to four ways; lines may come from `others` too. No longer than `most` bytes.
pub fn mutate(text: &[u8], others: &[Vec<u8>], dice: &mut Dice, most: usize) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(text).into_owned();
    for _ in 0..=dice.below(4) {
        text = match dice.below(10) {
            0..=5 => by_line(&text, others, dice),
            6 => by_word(&text, dice),
            _ => anywhere(text, dice),
        };
        text.truncate(text.floor_char_boundary(most));
    }
    let mut bytes = text.into_bytes();
    if dice.below(16) == 0 && !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] = dice.below(256) as u8;
    }
    bytes
}

/// Changes whole lines, or what stands before or behind the colon of one.
fn by_line(text: &str, others: &[Vec<u8>], dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (at, other) = (dice.below(lines.len()), dice.below(lines.len()));
    let many = 1 + dice.below(6);
    match dice.below(12) {
        0 => drop(lines.drain(at..(at + many).min(lines.len()))),
        1 => {
            let copied = lines[other..(other + many).min(lines.len())].to_vec();
            drop(lines.splice(at..at, copied));
        }
        2 => lines.swap(at, other),
        3 => lines[at].insert_str(0, ["  ", " ", "- ", "    ", "\t"][dice.below(5)]),
        4 => lines[at] = lines[at].trim_start().to_owned(),
        5 | 6 => {
            let snippet = dice.pick(SNIPPETS).copied().unwrap_or_default();
            lines[at] = with_value(&lines[at], snippet);
        }
        7 => {
            let value = lines[other].split_once(": ").map_or("", |(_, value)| value).to_owned();
            lines[at] = with_value(&lines[at], &value);
        }
        8 => {
            let key = lines[other].split(':').next().unwrap_or_default().trim().to_owned();
            if let Some((old, value)) = lines[at].split_once(':') {
                let indent = &old[..old.len() - old.trim_start().len()];
                lines[at] = format!("{indent}{key}:{value}");
            }
        }
        9 => {
            let copy = lines[at].clone();
            drop(lines.splice(at..at, std::iter::repeat_n(copy, 1 << dice.below(7))));
        }
        _ => {
            let stranger = dice.pick(others).map(|other| String::from_utf8_lossy(other).into_owned());
            let stranger = stranger.unwrap_or_default();
            let strange: Vec<&str> = stranger.split('\n').collect();
            let from = dice.below(strange.len());
            let to = (from + many).min(strange.len());
            drop(lines.splice(at..at, strange[from..to].iter().map(|line| (*line).to_owned())));
        }
    }
    lines.join("\n")
}

fn with_value(line: &str, value: &str) -> String {
    match line.split_once(": ") {
        Some((key, _)) => format!("{key}: {value}"),
        None => format!("{line} {value}"),
    }
}

/// Puts one word in the place of another, or a snippet.
fn by_word(text: &str, dice: &mut Dice) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let (Some(old), Some(new)) = (dice.pick(&words).copied(), dice.pick(&words).copied()) else {
        return text.to_owned();
    };
    let new = if dice.below(3) == 0 { dice.pick(SNIPPETS).copied().unwrap_or_default() } else { new };
    let places: Vec<usize> = text.match_indices(old).map(|(at, _)| at).collect();
    let at = dice.pick(&places).copied().unwrap_or_default();
    format!("{}{new}{}", &text[..at], &text[at + old.len()..])
}

/// Cuts a stretch out, repeats it, or puts a snippet there.
fn anywhere(mut text: String, dice: &mut Dice) -> String {
    let start = text.floor_char_boundary(dice.below(text.len() + 1));
    let long = match dice.below(8) {
        0 => text.len(),
        1..=3 => 40,
        _ => 4,
    };
    let end = text.floor_char_boundary((start + dice.below(long + 1)).min(text.len())).max(start);
    let put = match dice.below(4) {
        0 => text[start..end].repeat(1 + dice.below(40)),
        1 => String::new(),
        _ => dice.pick(SNIPPETS).copied().unwrap_or_default().to_owned(),
    };
    text.replace_range(start..end, &put);
    text
}
