//! From a plain scalar to its value.

use super::problem::Problem;
use super::tree::Data;

/// A plain scalar by the core schema of YAML 1.2.
pub(super) fn resolve(text: &str) -> Result<Data, Problem> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Data::Null),
        "true" | "True" | "TRUE" => return Ok(Data::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Data::Bool(false)),
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let written = || text.to_owned();
    match unsigned.as_bytes() {
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => {}
        [b'.', ..]
            if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") =>
        {
            return Err(Problem::NotFinite { written: written() });
        }
        _ => return Ok(Data::Text(text.into())),
    }
    if let Some((digits, radix)) = radix_digits(text) {
        return Ok(match i64::from_str_radix(digits, radix) {
            Ok(number) => Data::Int(number),
            Err(_) => finite(digits.chars().fold(0.0, |sum, digit| {
                sum * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or_default())
            }))
            .ok_or_else(|| Problem::NotFinite { written: written() })?,
        });
    }
    if !is_decimal(unsigned) {
        return Ok(Data::Text(text.into()));
    }
    if unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.as_bytes()[1].is_ascii_digit() {
        return Err(Problem::LeadingZero { written: written() });
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Data::Int(number));
    }
    let number = text.parse::<f64>().ok().and_then(finite);
    number.ok_or_else(|| Problem::NotFinite { written: written() })
}

fn finite(number: f64) -> Option<Data> {
    number.is_finite().then_some(Data::Number(number))
}

/// The digits of `0o17` and `0x1F`.
fn radix_digits(text: &str) -> Option<(&str, u32)> {
    let (digits, radix) = match text.get(..2)? {
        "0o" => (&text[2..], 8),
        "0x" => (&text[2..], 16),
        _ => return None,
    };
    let fits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    fits.then_some((digits, radix))
}

/// `12`, `1.5`, `.5`, `1e3`: digits, with a fraction, with an exponent.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    exponent && !(whole.is_empty() && fraction.is_empty()) && digits(whole) && digits(fraction)
}
