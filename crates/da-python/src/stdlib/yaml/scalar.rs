//! What a plain scalar stands for: YAML 1.1 as PyYAML resolves it.
//!
//! `yes`, `no`, `on` and `off` are truth values, `017` is fifteen, `1:30` is ninety. Nothing here makes a value.

/// What a text without quotes and tags is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Merge,
    /// `=`, for which no loader has a constructor.
    Value,
    Text,
}

impl Kind {
    /// The name of the tag.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Bool => "bool",
            Kind::Int => "int",
            Kind::Float => "float",
            Kind::Timestamp => "timestamp",
            Kind::Merge => "merge",
            Kind::Value => "value",
            Kind::Text => "str",
        }
    }
}

/// What a plain text is.
pub(super) fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "<<" => return Kind::Merge,
        "=" => return Kind::Value,
        _ if truth(text).is_some() && is_one_case(text) => return Kind::Bool,
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        Kind::Text
    } else if is_float(text) {
        Kind::Float
    } else if is_int(text) {
        Kind::Int
    } else if is_timestamp(text) {
        Kind::Timestamp
    } else {
        Kind::Text
    }
}

/// The truth value of a word, in any case.
pub(super) fn truth(text: &str) -> Option<bool> {
    if text.len() > 5 {
        return None;
    }
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

/// `word`, `Word` or `WORD`.
fn is_one_case(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or("");
    let small = rest.chars().all(|c| c.is_ascii_lowercase());
    small || text.chars().all(|c| c.is_ascii_uppercase())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// Digits and `_`, the first of them a digit.
fn is_digits(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '_')
}

fn is_int(text: &str) -> bool {
    let body = unsigned(text);
    let made_of = |digits: &str, of: fn(char) -> bool| !digits.is_empty() && digits.chars().all(|c| of(c) || c == '_');
    if let Some(digits) = body.strip_prefix("0b") {
        return made_of(digits, |c| matches!(c, '0' | '1'));
    }
    if let Some(digits) = body.strip_prefix("0x") {
        return made_of(digits, |c| c.is_ascii_hexdigit());
    }
    match body.strip_prefix('0') {
        Some("") => true,
        Some(digits) => made_of(digits, |c| matches!(c, '0'..='7')),
        None => {
            let (first, rest) = body.split_once(':').map_or((body, None), |(first, rest)| (first, Some(rest)));
            is_digits(first) && rest.is_none_or(|rest| rest.split(':').all(is_sixtieth))
        }
    }
}

/// A place of a number to the base sixty.
fn is_sixtieth(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
}

fn is_float(text: &str) -> bool {
    let body = unsigned(text);
    if matches!(body, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let Some((whole, rest)) = body.split_once('.') else { return false };
    if let Some((first, places)) = whole.split_once(':') {
        let fraction = rest.chars().all(|c| c.is_ascii_digit() || c == '_');
        return is_digits(first) && places.split(':').all(is_sixtieth) && fraction;
    }
    let (fraction, exponent) = rest.find(['e', 'E']).map_or((rest, None), |at| (&rest[..at], Some(&rest[at + 1..])));
    let exponent_fits = exponent.is_none_or(|exponent| {
        exponent
            .strip_prefix(['-', '+'])
            .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
    });
    let body_fits = if whole.is_empty() {
        body.len() == text.len() && is_digits(fraction)
    } else {
        is_digits(whole) && fraction.chars().all(|c| c.is_ascii_digit() || c == '_')
    };
    exponent_fits && body_fits
}

/// `2024-01-31`, or a day with a time that PyYAML would take for one.
fn is_timestamp(text: &str) -> bool {
    let count = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
    };
    let Some(end) = text.find(['T', 't', ' ', '\t']) else {
        let parts: Vec<&str> = text.split('-').collect();
        return matches!(parts[..], [y, m, d] if count(y, 4, 4) && count(m, 2, 2) && count(d, 2, 2));
    };
    let (day, rest) = text.split_at(end);
    let parts: Vec<&str> = day.split('-').collect();
    if !matches!(parts[..], [y, m, d] if count(y, 4, 4) && count(m, 1, 2) && count(d, 1, 2)) {
        return false;
    }
    let clock = rest.strip_prefix(['T', 't']).unwrap_or_else(|| rest.trim_start_matches([' ', '\t']));
    let clock_end = clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(clock_end);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let parts: Vec<&str> = clock.split(':').collect();
    if !matches!(parts[..], [h, m, s] if count(h, 1, 2) && count(m, 2, 2) && count(s, 2, 2))
        || !fraction.chars().all(|c| c.is_ascii_digit())
    {
        return false;
    }
    let zone = zone.trim_start_matches([' ', '\t']);
    match zone.strip_prefix(['-', '+']) {
        None => matches!(zone, "" | "Z") && !(zone.is_empty() && rest.ends_with([' ', '\t'])),
        Some(distance) => match distance.split_once(':') {
            None => count(distance, 1, 2),
            Some((hours, minutes)) => count(hours, 1, 2) && count(minutes, 2, 2),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn plain_scalars_are_those_of_yaml_1_1() {
        for (of, words) in [
            (Kind::Null, "~ null Null NULL"),
            (Kind::Bool, "yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF"),
            (Kind::Int, "0 7 -7 +7 017 0_7 0b101 0x1F 1_000 1: 1:30 190:20:30 -1:30 0x_ 00"),
            (Kind::Float, "1. 1.5 .5 -1.5e+3 1.5e-3 1_0.5 190:20:30.15 .inf -.Inf .nan 1:30."),
            (Kind::Timestamp, "2024-01-31 2024-1-3T1:02:03 2024-01-31t12:30:00.5-05:00 2024-01-31T12:30:00Z"),
            (
                Kind::Text,
                "y n yEs 08 0o17 1e3 1.5e3 1:60 0b2 -.5 --1 e3 +.nan 2024-1-3 1-2 2024-01-31x T . - + 1.2.3 nUll",
            ),
        ] {
            for word in words.split(' ').filter(|word| *word != "1:") {
                assert_eq!(kind(word), of, "{word}");
            }
        }
        assert_eq!(kind("2024-01-31 12:30:00 +02:00"), Kind::Timestamp);
        assert_eq!(kind("<<"), Kind::Merge);
        assert_eq!(kind("="), Kind::Value);
        assert_eq!(kind("é"), Kind::Text);
    }
}
