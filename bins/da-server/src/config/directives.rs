//! The names of directives: those that have an effect here, and the others that docassemble knows.

/// Directives that have an effect.
pub(super) const SUPPORTED: &[&str] = &[
    "allow non-idempotent questions",
    "api compatibility",
    "api privileges",
    "behind https load balancer",
    "concurrency lock timeout",
    "country",
    "cross site domains",
    "currency",
    "db",
    "debug",
    "decoration size",
    "decoration units",
    "default icons",
    "default short title",
    "default title",
    "dispatch",
    "language",
    "locale",
    "loop limit",
    "maximum content length",
    "recursion limit",
    "root",
    "secretkey",
    "timezone",
    "url root",
];

/// Directives of docassemble that have none yet, a line each.
const KNOWN: &str = include_str!("known_directives.txt");

/// Pages whose parts (`login page title`, `main page pre`, ...) docassemble takes from the configuration.
const PAGES: &[&str] = &[
    "change password",
    "forgot password",
    "interview",
    "invite",
    "login",
    "main",
    "manage account",
    "profile",
    "register",
    "reset password",
    "start",
];

/// Whether docassemble knows a directive that has no effect here.
pub(super) fn is_known(name: &str) -> bool {
    let is_part = || PAGES.iter().any(|page| name.strip_prefix(page).is_some_and(|rest| rest.starts_with(" page ")));
    KNOWN.lines().any(|known| known == name) || is_part()
}

/// The directive that was probably meant: the nearest, if it is near.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let near = SUPPORTED.iter().copied().chain(KNOWN.lines()).map(|known| (distance(name, known), known));
    let (away, known) = near.min_by_key(|(away, _)| *away)?;
    (away <= name.chars().count() / 3).then_some(known)
}

/// How many characters have to be put in, left out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(nearest("url-root"), Some("url root"));
        assert_eq!(nearest("xyzzy"), None);
    }

    #[test]
    fn no_directive_stands_in_both_lists() {
        assert!(SUPPORTED.iter().all(|name| !is_known(name)));
        assert!(is_known("redis") && is_known("login page title") && !is_known("login page"));
    }
}
