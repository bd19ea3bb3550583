//! How large a pattern becomes when it is compiled, before it is: what is repeated so many times is written down as often.
//!
//! Pure: knows no value of the machine. It reads a pattern roughly, and never refuses one.

/// The pieces of a pattern, those that are repeated by `{n}` counted as often.
pub(super) fn of(pattern: &str) -> u64 {
    let (mut all, mut last, mut open) = (0u64, 0, Vec::new());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '(' => open.push(all),
            ')' => last = all - open.pop().unwrap_or(0).min(all),
            '{' => all = all.saturating_add(times(chars.as_str()).saturating_sub(1).saturating_mul(last)),
            _ => {
                if c == '\\' {
                    chars.next();
                }
                last = 1;
                all = all.saturating_add(1);
            }
        }
    }
    all
}

/// A repetition is no longer: two numbers of twenty digits with a comma.
const LONGEST: usize = 45;

/// The larger number of a repetition, after its brace.
fn times(rest: &str) -> u64 {
    let near = rest.as_bytes().get(..LONGEST.min(rest.len())).unwrap_or_default();
    let numbers = near.iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' ')).count();
    let inside = if near.get(numbers) == Some(&b'}') { &rest[..numbers] } else { "" };
    inside.split(',').filter_map(|number| number.trim().parse().ok()).max().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_counts_as_often() {
        let table = [
            ("", 0),
            ("abc", 3),
            (r"\d{3}-\d{2,4}", 3 + 2 + 1 + 4 + 4),
            ("a{1000,}", 1000 + 6),
            ("(ab){10}", 20 + 3),
            ("((a{10}){10}){10}", (13 * 10 + 3) * 10 + 3),
            (")){9}", 2),
            ("(((", 0),
            ("{,{,{,{,3}", 3 + 2 + 3),
            ("a{99999999999999999999}", 1 + 21),
        ];
        for (pattern, wanted) in table {
            assert_eq!(of(pattern), wanted, "{pattern}");
        }
    }
}
