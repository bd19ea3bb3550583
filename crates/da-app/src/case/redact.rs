//! What differs from run to run, made the same, so that texts of two runs can be compared. It looks for what it is given alone.

/// Replaces every one of `secrets` by its name in braces.
///
/// ```
/// let text = da_app::case::redact("/interview?session=abc", &[("session", "abc")]);
/// assert_eq!(text, "/interview?session={session}");
/// ```
pub fn redact(text: &str, secrets: &[(&str, &str)]) -> String {
    let of = |text: String, (name, secret): &(&str, &str)| match secret.is_empty() {
        true => text,
        false => text.replace(secret, &format!("{{{name}}}")),
    };
    secrets.iter().fold(text.to_owned(), of)
}
