//! The text of a control becomes a value, by the type of the data: docassemble's rules for forms.

use chrono::NaiveDate;
use da_core::Plain;

/// Text as it is kept: without HTML tags and backslashes.
pub(crate) fn text(raw: &str) -> String {
    let mut kept = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        let Some(length) = rest[open..].find('>') else { break };
        let inside = &rest[open + 1..open + length];
        kept.push_str(&rest[..open]);
        // `1 < 2 and 3 > 2` has no tag in it.
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            kept.push_str(&rest[open..=open + length]);
        }
        rest = &rest[open + length + 1..];
    }
    kept.push_str(rest);
    kept.replace("\r\n", "\n").replace('\\', "").trim().to_owned()
}

/// A whole number; commas are dropped, nothing is 0. None for what is no number, or no whole one.
pub(crate) fn integer(raw: &str) -> Option<Plain> {
    let digits = raw.replace(',', "");
    let digits = digits.trim();
    if digits.is_empty() {
        return Some(Plain::Int(0));
    }
    if let Ok(number) = digits.parse() {
        return Some(Plain::Int(number));
    }
    let unsigned = digits.trim_start_matches(['-', '+']);
    let is_whole = digits.len() - unsigned.len() <= 1 && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && !unsigned.is_empty()).then(|| Plain::BigInt(digits.trim_start_matches('+').to_owned()))
}

/// A number; commas, percent signs and signs of money are dropped, nothing is 0.
pub(crate) fn number(raw: &str) -> Option<Plain> {
    let digits = raw.replace([',', '%', '$', '€', '£', ' '], "");
    if digits.trim().is_empty() {
        return Some(Plain::Float(0.0));
    }
    // What Rust reads beside digits (`inf`, `nan`) is no number that somebody types.
    let plain =
        digits.trim().bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    digits.trim().parse().ok().filter(|number: &f64| plain && number.is_finite()).map(Plain::Float)
}

/// A day as the engine reads it. Nothing stays nothing.
pub(crate) fn date(raw: &str) -> Option<Plain> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Some(Plain::from(""));
    }
    let formats = ["%Y-%m-%d", "%m/%d/%Y"];
    let day = formats.iter().find_map(|format| NaiveDate::parse_from_str(raw, format).ok())?;
    Some(Plain::from(day.format("%Y-%m-%d").to_string()))
}

/// Whether a text can be an address for mail.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_word = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c == '@' || c == ',');
    is_word(local) && is_word(domain) && domain.split('.').count() > 1 && domain.split('.').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_tags_and_backslashes() {
        let cases = [
            (" a\\b <b>c</b> ", "ab c"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("a <b", "a <b"),
            ("a\r\nb", "a\nb"),
        ];
        for (raw, kept) in cases {
            assert_eq!(text(raw), kept);
        }
    }

    #[test]
    fn numbers_lose_commas_and_nothing_is_zero() {
        assert_eq!(integer("1,234"), Some(Plain::Int(1234)));
        assert_eq!(integer(""), Some(Plain::Int(0)));
        assert_eq!(integer("-5"), Some(Plain::Int(-5)));
        assert_eq!(integer("12345678901234567890123"), Some(Plain::BigInt("12345678901234567890123".to_owned())));
        assert_eq!(integer("1.5"), None);
        assert_eq!(integer("-"), None);
        assert_eq!(number("1,234.5%"), Some(Plain::Float(1234.5)));
        assert_eq!(number("$ 12"), Some(Plain::Float(12.0)));
        assert_eq!(number(""), Some(Plain::Float(0.0)));
        assert_eq!(number("inf"), None);
        assert_eq!(number("two"), None);
    }

    #[test]
    fn dates_and_addresses_are_checked() {
        assert_eq!(date("2024-02-29"), Some(Plain::from("2024-02-29")));
        assert_eq!(date("02/29/2024"), Some(Plain::from("2024-02-29")));
        assert_eq!(date("2023-02-29"), None);
        assert_eq!(date(" "), Some(Plain::from("")));
        for good in ["a@example.com", "a.b+c@d.example.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["a", "a@b", "@example.com", "a b@example.com", "a@example..com", "a@@example.com"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
