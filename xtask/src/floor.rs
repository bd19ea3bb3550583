//! Committed numbers below which a measurement must not fall, a line each: `core 200`.
//! A floor may only rise: it must never be lowered by this program.

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) type Numbers = BTreeMap<String, u64>;

/// Reads lines of a name and a number; empty lines and `#` comments are passed over.
pub(crate) fn parse(text: &str) -> Result<Numbers, String> {
    let mut numbers = Numbers::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let bad = || format!("line {}: want a name and a number, got `{line}`", index + 1);
        let (name, number) = line.split_once(char::is_whitespace).ok_or_else(bad)?;
        let number = number.trim().parse().map_err(|_| bad())?;
        if numbers.insert(name.to_owned(), number).is_some() {
            return Err(format!("line {}: `{name}` stands twice", index + 1));
        }
    }
    Ok(numbers)
}

/// Every number that is below its floor, in words.
pub(crate) fn below(floor: &Numbers, reached: &Numbers) -> Vec<String> {
    floor
        .iter()
        .filter_map(|(name, want)| match reached.get(name) {
            Some(got) if got >= want => None,
            Some(got) => Some(format!("{name} reached {got}, the floor is {want}")),
            None => Some(format!("{name} was not measured, the floor is {want}")),
        })
        .collect()
}

/// The higher of both for every name.
pub(crate) fn raised(floor: &Numbers, reached: &Numbers) -> Numbers {
    let mut higher = floor.clone();
    for (name, got) in reached {
        let number = higher.entry(name.clone()).or_default();
        *number = (*number).max(*got);
    }
    higher
}

pub(crate) fn print(title: &str, numbers: &Numbers) -> String {
    let mut text = format!("# {title}\n");
    for (name, number) in numbers {
        let _ = writeln!(text, "{name} {number}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Numbers {
        parse(text).unwrap()
    }

    #[test]
    fn a_floor_is_read_past_comments_and_printed_so_that_it_can_be_read_again() {
        let floor = numbers("# a title\ncore 200\n\nvars   100 # of 903\n");
        assert_eq!(floor, Numbers::from([("core".to_owned(), 200), ("vars".to_owned(), 100)]));
        assert_eq!(numbers(&print("a title", &floor)), floor);
    }

    #[test]
    fn a_line_that_is_no_floor_is_refused_with_its_number() {
        assert_eq!(parse("core 1\ncore").unwrap_err(), "line 2: want a name and a number, got `core`");
        assert_eq!(parse("core many").unwrap_err(), "line 1: want a name and a number, got `core many`");
        assert_eq!(parse("core 1\ncore 2").unwrap_err(), "line 2: `core` stands twice");
    }

    #[test]
    fn what_falls_below_its_floor_or_was_not_measured_is_named() {
        let complaints = below(&numbers("core 200\nvars 100\nflow 5"), &numbers("core 199\nvars 100"));
        assert_eq!(complaints, ["core reached 199, the floor is 200", "flow was not measured, the floor is 5"]);
    }

    #[test]
    fn raising_never_lowers() {
        assert_eq!(
            raised(&numbers("core 200\nvars 100"), &numbers("core 150\nvars 120")),
            numbers("core 200\nvars 120")
        );
    }
}
