//! What CPython 3.11 (Unicode 14) knows of each code point, as sorted ranges, where the standard
//! library's answer is another.
//!
//! The tables were printed from CPython's own answers; no locale and no normalisation here.

mod tables;

use tables::case::{FOLDS, LOWER, TITLE, TITLES, UPPER};
use tables::identifier::{IDENTIFIER_REST, IDENTIFIER_START};
use tables::letter::{ALPHA, PRINTABLE};
use tables::number::{DECIMAL_ZERO, DIGIT, NUMERIC};

/// Whether one of the ranges (first, last, first, last, ...) holds the character.
fn holds(ranges: &[u32], c: char) -> bool {
    let place = ranges.partition_point(|&edge| edge < u32::from(c));
    place % 2 == 1 || ranges.get(place) == Some(&u32::from(c))
}

/// `isalpha`
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { holds(&ALPHA, c) }
}

/// `isdecimal`
pub(crate) fn is_decimal(c: char) -> bool {
    decimal_value(c).is_some()
}

/// `isdigit`
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { holds(&DIGIT, c) }
}

/// `isnumeric`
pub(crate) fn is_numeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { holds(&NUMERIC, c) }
}

/// `isalnum`
pub(crate) fn is_alnum(c: char) -> bool {
    is_alpha(c) || is_numeric(c)
}

/// `isprintable`
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() { (' '..='~').contains(&c) } else { holds(&PRINTABLE, c) }
}

/// Whether it is lower case.
pub(crate) fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { holds(&LOWER, c) }
}

/// Whether it is upper case.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { holds(&UPPER, c) }
}

/// Whether it is title case and neither of the others.
pub(crate) fn is_title(c: char) -> bool {
    !c.is_ascii() && holds(&TITLE, c)
}

/// Whether it has a case.
pub(crate) fn is_cased(c: char) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}

/// `isspace`
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, '\u{9}'..='\u{d}' | '\u{1c}'..='\u{20}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether a text could be a name.
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(starts_identifier) && chars.all(continues_identifier)
}

/// Whether an identifier may begin with it.
pub(crate) fn starts_identifier(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() || c == '_' } else { holds(&IDENTIFIER_START, c) }
}

/// Whether an identifier may go on with it.
pub(crate) fn continues_identifier(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { holds(&IDENTIFIER_REST, c) }
}

/// The value of a decimal digit of any script.
pub(crate) fn decimal_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let place = DECIMAL_ZERO.partition_point(|&zero| zero <= u32::from(c));
    let value = u32::from(c) - DECIMAL_ZERO.get(place.checked_sub(1)?)?;
    (value < 10).then_some(value)
}

/// Adds the title case of a character.
pub(crate) fn push_title(c: char, into: &mut String) {
    match TITLES.binary_search_by_key(&c, |&(from, _)| from) {
        Ok(place) => into.push_str(TITLES[place].1),
        Err(_) => into.extend(c.to_uppercase()),
    }
}

/// Adds the folded case of a character.
pub(crate) fn push_folded(c: char, into: &mut String) {
    match FOLDS.binary_search_by_key(&c, |&(from, _)| from) {
        Ok(place) => into.push_str(FOLDS[place].1),
        Err(_) => into.extend(c.to_lowercase()),
    }
}
