//! The names of directives: those that have an effect here, and the others that docassemble knows.

use da_app::check;

/// The directive that names others, which packages read.
pub(super) const OF_PACKAGES: &str = "package directives";

/// Directives that have an effect.
pub(super) const SUPPORTED: &[&str] = &[
    "account recovery key",
    "allow changing password",
    "allow forgot password",
    "allow non-idempotent questions",
    "allow private addresses",
    "allow registration",
    "api compatibility",
    "api privileges",
    "authorized registration domains",
    "behind https load balancer",
    "concurrency lock timeout",
    "confirm registration",
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
    "interview delete days",
    "jinja data",
    "language",
    "locale",
    "loop limit",
    "mail",
    "maximum content length",
    OF_PACKAGES,
    "package hosts",
    "pypi url",
    "recursion limit",
    "redis",
    "root",
    "s3",
    "secretkey",
    "session steps kept",
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
    check::nearest(name, SUPPORTED.iter().copied().chain(KNOWN.lines()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_directive_was_meant_if_it_is_near() {
        assert_eq!(nearest("url-root"), Some("url root"));
        assert_eq!(nearest("xyzzy"), None);
    }

    #[test]
    fn no_directive_stands_in_both_lists() {
        assert!(SUPPORTED.iter().all(|name| !is_known(name)));
        assert!(is_known("rabbitmq") && is_known("login page title") && !is_known("login page"));
    }
}
