//! Floating point numbers as text and back, digit for digit as CPython does.
//!
//! Pure: never rounds twice and never goes through a locale.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{ToPrimitive, Zero};

/// How a number is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FloatStyle {
    /// `e`, `f`, `g`, or `r` for the shortest text that reads back as the same number.
    pub(crate) code: char,
    /// Digits after the point (`e`, `f`) or in all (`g`).
    pub(crate) precision: usize,
    /// Keeps the point and trailing zeros.
    pub(crate) alternate: bool,
    /// Adds `.0` to what looks like a whole number.
    pub(crate) dot_zero: bool,
}

/// No double has more digits than this behind its point, so that further ones are zeros.
const MOST_DIGITS: usize = 1100;

/// `repr(x)`
pub(crate) fn repr(x: f64) -> String {
    format(x, FloatStyle { code: 'r', precision: 0, alternate: false, dot_zero: true })
}

/// Writes a number in a style, with `-` when it is negative.
pub(crate) fn format(x: f64, style: FloatStyle) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x < 0.0 { "-inf".into() } else { "inf".into() };
    }
    match style.code {
        'f' => fixed(x, style.precision, style.alternate),
        'e' => {
            let (negative, digits, exponent) = rounded(x, style.precision);
            let kept = style.precision + 1;
            let mut out = if negative { String::from("-") } else { String::new() };
            push_exponential(&mut out, &digits, kept, exponent, style.alternate);
            out
        }
        'g' => general(x, style),
        _ => shortest(x, style),
    }
}

fn fixed(x: f64, precision: usize, alternate: bool) -> String {
    let shown = precision.min(MOST_DIGITS);
    let mut text = format!("{x:.shown$}");
    text.extend(std::iter::repeat_n('0', precision - shown));
    if precision == 0 && alternate {
        text.push('.');
    }
    text
}

/// Sign, digits and decimal exponent, rounded to so many digits after the first.
fn rounded(x: f64, after_first: usize) -> (bool, String, i32) {
    let shown = after_first.min(MOST_DIGITS);
    split_exponential(&format!("{x:.shown$e}"))
}

fn split_exponential(text: &str) -> (bool, String, i32) {
    let negative = text.starts_with('-');
    let (mantissa, exponent) = text.trim_start_matches('-').split_once('e').unwrap_or((text, "0"));
    (negative, mantissa.chars().filter(|&c| c != '.').collect(), exponent.parse().unwrap_or(0))
}

fn push_exponential(out: &mut String, digits: &str, kept: usize, exponent: i32, alternate: bool) {
    let (first, rest) = digits.split_at(1.min(digits.len()));
    out.push_str(first);
    if kept > 1 || alternate {
        out.push('.');
    }
    out.push_str(rest);
    out.extend(std::iter::repeat_n('0', kept.saturating_sub(digits.len())));
    let sign = if exponent < 0 { '-' } else { '+' };
    out.push_str(&format!("e{sign}{:02}", exponent.unsigned_abs()));
}

fn general(x: f64, style: FloatStyle) -> String {
    let precision = style.precision.max(1);
    let (negative, digits, exponent) = rounded(x, precision - 1);
    let point = i64::from(exponent) + 1;
    let most = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(style.dot_zero);
    let exponential = point <= -4 || point > most;
    place(negative, digits, exponent, exponential, precision, style)
}

fn shortest(x: f64, style: FloatStyle) -> String {
    let (negative, digits, exponent) = split_exponential(&format!("{x:e}"));
    let exponential = x != 0.0 && !(-4..16).contains(&exponent);
    place(negative, digits, exponent, exponential, 0, style)
}

/// Puts the point among digits without trailing zeros (with them in the alternate form).
fn place(negative: bool, digits: String, exponent: i32, exponential: bool, all: usize, style: FloatStyle) -> String {
    let mut digits = digits;
    if style.alternate {
        digits.extend(std::iter::repeat_n('0', all.saturating_sub(digits.len())));
    } else {
        digits.truncate(digits.trim_end_matches('0').len().max(1));
    }
    let mut out = if negative { String::from("-") } else { String::new() };
    if exponential {
        let kept = digits.len();
        push_exponential(&mut out, &digits, kept, exponent, style.alternate);
        return out;
    }
    let whole = usize::try_from(exponent + 1).unwrap_or(0);
    if whole == 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', (exponent + 1).unsigned_abs() as usize));
        out.push_str(&digits);
        return out;
    }
    let (before, after) = digits.split_at(whole.min(digits.len()));
    out.push_str(before);
    out.extend(std::iter::repeat_n('0', whole.saturating_sub(digits.len())));
    if !after.is_empty() || style.alternate {
        out.push('.');
        out.push_str(after);
    }
    if style.dot_zero && after.is_empty() {
        out.push_str(if style.alternate { "0" } else { ".0" });
    }
    out
}

/// `float(text)`; `None` when it is no number.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let text = text.trim_matches(super::unicode::is_space);
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match super::unicode::decimal_value(c) {
            Some(value) => plain.push(char::from_digit(value, 10)?),
            None if c == '_' => {
                let digit_after = chars.peek().is_some_and(|&c| super::unicode::is_decimal(c));
                if !super::unicode::is_decimal(before) || !digit_after {
                    return None;
                }
            }
            None => plain.push(c),
        }
        before = c;
    }
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let lower = unsigned.to_ascii_lowercase();
    if !matches!(lower.as_str(), "inf" | "infinity" | "nan") && !is_decimal_number(unsigned) {
        return None;
    }
    plain.parse().ok()
}

/// `digits [. digits] [e [sign] digits]`, with at least one digit before the exponent.
fn is_decimal_number(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && digits(part)
        && !(whole.is_empty() && part.is_empty())
        && exponent.is_none_or(|e| !e.is_empty() && digits(e))
}

/// A whole number as the nearest float, half to even; `None` when it is too large.
pub(crate) fn from_big(number: &BigInt) -> Option<f64> {
    number.to_f64().filter(|x| x.is_finite())
}

/// Mantissa and exponent of two: `x == mantissa * 2**exponent` exactly.
pub(crate) fn decode(x: f64) -> (BigInt, i32) {
    let bits = x.to_bits();
    let biased = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    let fraction = bits & ((1 << 52) - 1);
    let mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
    let sign = if mantissa == 0 {
        Sign::NoSign
    } else if x < 0.0 {
        Sign::Minus
    } else {
        Sign::Plus
    };
    (BigInt::from_biguint(sign, BigUint::from(mantissa)), biased.max(1) - 1075)
}

/// The number without its fraction. It is finite.
pub(crate) fn truncate(x: f64) -> BigInt {
    let (mantissa, exponent) = decode(x.trunc());
    if exponent >= 0 { mantissa << exponent } else { mantissa >> -exponent }
}

/// `x.as_integer_ratio()` of a finite number, in lowest terms.
pub(crate) fn ratio(x: f64) -> (BigInt, BigInt) {
    let (mantissa, exponent) = decode(x);
    if mantissa.is_zero() {
        return (mantissa, BigInt::from(1));
    }
    let zeros = i32::try_from(mantissa.trailing_zeros().unwrap_or(0)).unwrap_or(0);
    let cut = zeros.min(-exponent).max(0);
    if exponent >= 0 {
        (mantissa << exponent, BigInt::from(1))
    } else {
        (mantissa >> cut, BigInt::from(1) << (-exponent - cut))
    }
}

/// `round(x, digits)`; `None` when the result is too large. Half to even on the exact value.
pub(crate) fn round_digits(x: f64, digits: i64) -> Option<f64> {
    if !x.is_finite() || digits > 323 {
        return Some(x);
    }
    if digits < -308 {
        return Some(0.0 * x);
    }
    let text = match usize::try_from(digits) {
        Ok(digits) => format!("{x:.digits$}"),
        Err(_) => {
            let unit = BigInt::from(10).pow(u32::try_from(-digits).unwrap_or(0));
            let (numerator, denominator) = ratio(x.abs());
            let rounded = super::int_text::divide_half_even(&numerator, &(denominator * &unit)) * unit;
            format!("{}{rounded}", if x.is_sign_negative() { "-" } else { "" })
        }
    };
    text.parse::<f64>().ok().filter(|x| x.is_finite())
}

/// `x.hex()`
pub(crate) fn hex(x: f64) -> String {
    if !x.is_finite() {
        return repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let biased = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    format!("{sign}0x{lead}.{:013x}p{exponent:+}", bits & ((1 << 52) - 1))
}

/// What is wrong with the text of [`from_hex`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HexError {
    /// It is not a number.
    Invalid,
    /// The number is too large.
    TooLarge,
}

/// `float.fromhex(text)`
pub(crate) fn from_hex(text: &str) -> Result<f64, HexError> {
    let text = text.trim_matches(super::unicode::is_space).to_ascii_lowercase();
    let negative = text.starts_with('-');
    let body = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let size = match body {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => from_hex_digits(body.strip_prefix("0x").unwrap_or(body))?,
    };
    Ok(if negative { -size } else { size })
}

fn from_hex_digits(body: &str) -> Result<f64, HexError> {
    let (mantissa, exponent) = body.split_once('p').unwrap_or((body, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, part].concat();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(HexError::Invalid);
    }
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if power.is_empty() || !power.bytes().all(|b| b.is_ascii_digit()) {
        return Err(HexError::Invalid);
    }
    let number = BigInt::parse_bytes(digits.as_bytes(), 16).ok_or(HexError::Invalid)?;
    if number.is_zero() {
        return Ok(0.0);
    }
    let exponent: i64 = exponent.parse().unwrap_or(if exponent.starts_with('-') { -(1 << 40) } else { 1 << 40 });
    let exponent = exponent.saturating_sub(4 * i64::try_from(part.len()).unwrap_or(i64::MAX / 8));
    scale(&number, exponent).ok_or(HexError::TooLarge)
}

/// `number * 2**exponent` for a positive number, rounded half to even; `None` when it is too large.
pub(crate) fn scale(number: &BigInt, exponent: i64) -> Option<f64> {
    let bits = i64::try_from(number.bits()).ok()?;
    let top = bits.saturating_add(exponent);
    if top > 1024 {
        return None;
    }
    if top < -1080 {
        return Some(0.0);
    }
    // The last bit that a double keeps at this size.
    let last = (top - 53).max(-1074);
    let shift = last - exponent;
    let kept = if shift > 0 {
        super::int_text::divide_half_even(number, &(BigInt::from(1) << shift))
    } else {
        number << -shift
    };
    let mantissa = kept.to_f64()?;
    let power = |e: i64| f64::from_bits(((e + 1023).cast_unsigned()) << 52);
    let result = if last < -1022 { mantissa * power(-1022) * power(last + 1022) } else { mantissa * power(last) };
    result.is_finite().then_some(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn floats_have_the_repr_of_cpython() {
        let table: &[(f64, &str)] = include!("tables/float_repr.in");
        for (value, wanted) in table {
            assert_eq!(&repr(*value), wanted);
        }
    }

    #[test]
    fn rounding_is_that_of_cpython() {
        let table: &[(f64, i64, f64)] = include!("tables/float_round.in");
        for (value, digits, wanted) in table {
            assert_eq!(
                round_digits(*value, *digits).map(f64::to_bits),
                Some(wanted.to_bits()),
                "round({value:?}, {digits})"
            );
        }
    }

    #[test]
    fn hexadecimal_text_reads_back() {
        let table: &[(&str, Result<f64, HexError>)] = &[
            ("0x1.8p1", Ok(3.0)),
            ("-0x.1p4", Ok(-1.0)),
            (" 1F ", Ok(31.0)),
            ("0x1p-1074", Ok(5e-324)),
            ("0x1p-1075", Ok(0.0)),
            ("0x1.8p-1075", Ok(5e-324)),
            ("0x1.fffffffffffffp1023", Ok(f64::MAX)),
            ("0x1p1024", Err(HexError::TooLarge)),
            ("0x", Err(HexError::Invalid)),
            ("0x1p", Err(HexError::Invalid)),
        ];
        for (text, wanted) in table {
            assert_eq!(&from_hex(text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn repr_reads_back_as_the_same_number(x in any::<f64>()) {
            prop_assume!(!x.is_nan());
            prop_assert_eq!(parse(&repr(x)).map(f64::to_bits), Some(x.to_bits()));
        }

        #[test]
        fn hex_reads_back_as_the_same_number(x in any::<f64>()) {
            prop_assume!(!x.is_nan());
            prop_assert_eq!(from_hex(&hex(x)).map(f64::to_bits), Ok(x.to_bits()));
        }
    }
}
