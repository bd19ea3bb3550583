//! Whole numbers as text and back, with CPython's guard against texts that take quadratic time.
//!
//! Pure: knows no value of the machine.

use super::unicode;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;
use std::cmp::Ordering;

/// The most decimal digits that are converted, unless `sys.set_int_max_str_digits` says otherwise.
pub(crate) const MOST_DIGITS: usize = 4300;

/// The text of a number in base 10, or the message of the `ValueError`; `most` of 0 is no limit.
pub(crate) fn to_decimal(number: &BigInt, most: usize) -> Result<String, String> {
    // A digit has between 3.32 and 3.33 bits.
    let long = most > 0 && number.bits() > most as u64 * 333 / 100 + 4;
    let text = if long { None } else { Some(number.to_string()) };
    match text {
        Some(text) if most == 0 || text.trim_start_matches('-').len() <= most => Ok(text),
        _ => Err(format!(
            "Exceeds the limit ({most} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
        )),
    }
}

/// Why a text is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IntError {
    /// It is not written as one.
    Invalid,
    /// It has this many digits, more than are converted.
    TooLong(usize),
}

impl IntError {
    /// The message; `shown` is the `repr` of the text.
    pub(crate) fn message(&self, base: u32, shown: &str, most: usize) -> String {
        match self {
            IntError::Invalid => format!("invalid literal for int() with base {base}: {shown}"),
            IntError::TooLong(digits) => format!(
                "Exceeds the limit ({most} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit"
            ),
        }
    }
}

/// `int(text, base)`; a base of 0 follows the prefix, `most` of 0 is no limit.
pub(crate) fn parse(text: &str, base: u32, most: usize) -> Result<BigInt, IntError> {
    let text = text.trim_matches(unicode::is_space);
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, body, strict_zero) = take_prefix(body, base);
    let digits = plain_digits(body, radix)?;
    if strict_zero && digits.bytes().any(|b| b != b'0') && digits.starts_with('0') {
        return Err(IntError::Invalid);
    }
    if !radix.is_power_of_two() && most > 0 && digits.len() > most {
        return Err(IntError::TooLong(digits.len()));
    }
    let number = match i64::from_str_radix(&digits, radix) {
        Ok(small) => BigInt::from(small),
        Err(_) => BigInt::parse_bytes(digits.as_bytes(), radix).ok_or(IntError::Invalid)?,
    };
    Ok(if negative { -number } else { number })
}

/// The base, what follows its prefix, and whether leading zeros are refused.
fn take_prefix(body: &str, base: u32) -> (u32, &str, bool) {
    for (letter, radix) in [('x', 16), ('o', 8), ('b', 2)] {
        if base != 0 && base != radix {
            continue;
        }
        let mut chars = body.chars();
        if chars.next() == Some('0') && chars.next().is_some_and(|c| c.eq_ignore_ascii_case(&letter)) {
            let rest = chars.as_str();
            return (radix, rest.strip_prefix('_').unwrap_or(rest), false);
        }
    }
    if base == 0 { (10, body, true) } else { (base, body, false) }
}

/// The digits in ASCII, without single underscores between them.
fn plain_digits(body: &str, radix: u32) -> Result<String, IntError> {
    let mut digits = String::with_capacity(body.len());
    let mut after_underscore = true;
    for c in body.chars() {
        if c == '_' && !after_underscore {
            after_underscore = true;
            continue;
        }
        let c = unicode::decimal_value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c);
        if c.to_digit(radix).is_none() {
            return Err(IntError::Invalid);
        }
        digits.push(c);
        after_underscore = false;
    }
    if after_underscore { Err(IntError::Invalid) } else { Ok(digits) }
}

/// `a / b` to the nearest whole number, half to even; `b` is positive.
pub(crate) fn divide_half_even(a: &BigInt, b: &BigInt) -> BigInt {
    let (quotient, rest) = a.div_mod_floor(b);
    match (&rest * 2u8).cmp(b) {
        Ordering::Less => quotient,
        Ordering::Greater => quotient + 1,
        Ordering::Equal if (&quotient % 2u8).is_zero() => quotient,
        Ordering::Equal => quotient + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_become_whole_numbers_as_in_cpython() {
        let table: &[(&str, u32, Option<i64>)] = include!("tables/int_parse.in");
        for (text, base, wanted) in table {
            assert_eq!(parse(text, *base, MOST_DIGITS).ok(), wanted.map(BigInt::from), "int({text:?}, {base})");
        }
    }

    #[test]
    fn a_text_of_too_many_digits_is_refused() {
        assert_eq!(parse(&"1".repeat(4301), 10, MOST_DIGITS), Err(IntError::TooLong(4301)));
        assert!(parse(&"1".repeat(4300), 10, MOST_DIGITS).is_ok());
        assert!(parse(&"1".repeat(5000), 16, MOST_DIGITS).is_ok());
        assert!(to_decimal(&BigInt::from(10).pow(4299), MOST_DIGITS).is_ok());
        assert!(to_decimal(&BigInt::from(10).pow(4300), MOST_DIGITS).is_err());
    }

    proptest! {
        #[test]
        fn a_number_reads_back(n in any::<i128>(), base in 2u32..=36) {
            let n = BigInt::from(n);
            prop_assert_eq!(parse(&n.to_str_radix(base), base, MOST_DIGITS), Ok(n));
        }
    }
}
