//! What a plain scalar stands for: YAML 1.2 as ruamel.yaml's safe loader resolves it.
//!
//! `yes`, `no`, `on` and `off` are texts; `012` is twelve; `1_000` is a thousand; `2024-01-31` is a date.

use std::borrow::Cow;

/// A value that has no parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Nothing: `null`, `~`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond 64 bits, in decimal digits.
    BigInt(String),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// Text.
    Text(String),
    /// A day (`2024-01-31`), in ISO form.
    Date(String),
    /// A moment (`2024-01-31 12:00:00`), in ISO form.
    Timestamp(String),
}

impl Scalar {
    /// The text that Python's `str()` makes of the value.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Scalar::Null => "None".into(),
            Scalar::Bool(true) => "True".into(),
            Scalar::Bool(false) => "False".into(),
            Scalar::Int(number) => number.to_string().into(),
            Scalar::Float(number) => float_text(*number).into(),
            Scalar::BigInt(text) | Scalar::Text(text) | Scalar::Date(text) | Scalar::Timestamp(text) => text.into(),
        }
    }

    /// What a scalar without quotes and tags stands for.
    pub(super) fn resolve(text: &str) -> Scalar {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
            "true" | "True" | "TRUE" => return Scalar::Bool(true),
            "false" | "False" | "FALSE" => return Scalar::Bool(false),
            _ => {}
        }
        let starts_like_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        if !starts_like_number {
            return Scalar::Text(text.to_owned());
        }
        integer(text)
            .or_else(|| float(text).map(Scalar::Float))
            .or_else(|| timestamp(text))
            .unwrap_or_else(|| Scalar::Text(text.to_owned()))
    }
}

/// A float as Python writes it, near enough for texts and keys.
fn float_text(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = format!("{number:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
        return format!("{digits}e{sign}{exponent:0>2}");
    }
    format!("{number:?}")
}

pub(super) fn integer(text: &str) -> Option<Scalar> {
    let (negative, digits) = sign(text);
    let (radix, digits) = match digits.get(..2) {
        Some("0b") => (2, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0x") => (16, &digits[2..]),
        _ => (10, digits),
    };
    let digits: String = digits.chars().filter(|c| *c != '_').collect();
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let Ok(magnitude) = i128::from_str_radix(&digits, radix) else {
        return big_integer(negative, &digits, radix);
    };
    let number = if negative { -magnitude } else { magnitude };
    Some(i64::try_from(number).map_or_else(|_| Scalar::BigInt(number.to_string()), Scalar::Int))
}

/// Beyond 128 bits: decimal digits stay as they are, other radixes are converted digit by digit. As
/// in Python, an enormous number is refused (it stays a text).
fn big_integer(negative: bool, digits: &str, radix: u32) -> Option<Scalar> {
    if digits.len() > 4300 {
        return None;
    }
    let mut decimal: Vec<u32> = vec![0];
    for digit in digits.chars() {
        let mut carry = digit.to_digit(radix)?;
        for place in &mut decimal {
            let sum = *place * radix + carry;
            *place = sum % 10;
            carry = sum / 10;
        }
        while carry > 0 {
            decimal.push(carry % 10);
            carry /= 10;
        }
    }
    let text: String = decimal.iter().rev().filter_map(|place| char::from_digit(*place, 10)).collect();
    Some(Scalar::BigInt(if negative { format!("-{text}") } else { text }))
}

pub(super) fn float(text: &str) -> Option<f64> {
    let (negative, body) = sign(text);
    match body {
        ".inf" | ".Inf" | ".INF" => return Some(if negative { f64::NEG_INFINITY } else { f64::INFINITY }),
        _ => {}
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(f64::NAN);
    }
    let (mantissa, exponent) = body.find(['e', 'E']).map_or((body, None), |at| (&body[..at], Some(&body[at + 1..])));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == '_');
    let has_digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    let starts_with_digit = whole.starts_with(|c: char| c.is_ascii_digit());
    let fits = digits(whole)
        && digits(fraction.unwrap_or(""))
        && (starts_with_digit || (whole.is_empty() && has_digit(fraction.unwrap_or(""))))
        && (fraction.is_some() || exponent.is_some())
        && exponent.is_none_or(|e| {
            let (_, e) = sign(e);
            !e.is_empty() && e.chars().all(|c| c.is_ascii_digit())
        });
    if !fits {
        return None;
    }
    text.replace('_', "").parse().ok()
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// A date or a date with a time. The zone is applied, as ruamel.yaml does: the result is in UTC.
pub(super) fn timestamp(text: &str) -> Option<Scalar> {
    let bytes = text.as_bytes();
    let date_end = bytes.iter().position(|b| matches!(b, b'T' | b't' | b' ')).unwrap_or(bytes.len());
    let mut parts = text[..date_end].split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let date = chrono::NaiveDate::from_ymd_opt(number(year)?, number(month)?, number(day)?)?;
    if date_end == bytes.len() {
        let full = month.len() == 2 && day.len() == 2;
        return full.then(|| Scalar::Date(date.format("%Y-%m-%d").to_string()));
    }
    let (time, offset) = time_and_offset(text[date_end + 1..].trim_start_matches(' '))?;
    let moment = date.and_time(time).checked_sub_signed(chrono::TimeDelta::minutes(offset))?;
    Some(Scalar::Timestamp(moment.format("%Y-%m-%d %H:%M:%S%.6f").to_string().trim_end_matches(".000000").to_owned()))
}

fn time_and_offset(text: &str) -> Option<(chrono::NaiveTime, i64)> {
    let end = text.find([' ', 'Z', '+', '-']).unwrap_or(text.len());
    let (clock, fraction) = text[..end].split_once('.').unwrap_or((&text[..end], ""));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || minute.len() != 2 || second.len() != 2 || !fraction.chars().all(|c| c.is_ascii_digit())
    {
        return None;
    }
    let micro = number(&format!("{:0<6}", fraction.chars().take(6).collect::<String>()))?;
    let time = chrono::NaiveTime::from_hms_micro_opt(number(hour)?, number(minute)?, number(second)?, micro)?;
    Some((time, offset(text[end..].trim_start_matches(' '))?))
}

/// Minutes east of UTC.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "" | "Z") {
        return Some(0);
    }
    let (negative, body) = sign(text);
    if body.len() == text.len() {
        return None;
    }
    let (hours, minutes) = body.split_once(':').unwrap_or((body, "0"));
    let total = i64::from(number::<u8>(hours)?) * 60 + i64::from(number::<u8>(minutes)?);
    Some(if negative { -total } else { total })
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let fits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}
