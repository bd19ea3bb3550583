//! `${ value | filter, filter }`: what each filter does to a piece of Python.
//!
//! Mako's own filters become plain Python, so that they need nothing from whoever runs the template
//! and cannot be hidden by a variable of the same name. Any other name is a function of the interview.

/// The Python for `code` (already in brackets), filtered.
pub(super) fn apply(code: &str, filters: &str) -> String {
    let filters: Vec<&str> = split(filters);
    // `n` turns off what happens to every value by default, which is `str()`.
    let start = if filters.contains(&"n") { code.to_owned() } else { format!("('%s' % ({code},))") };
    filters.iter().fold(start, |python, filter| match *filter {
        "n" => python,
        "str" | "unicode" => format!("('%s' % ({python},))"),
        "trim" => format!("{python}.strip()"),
        "h" | "html" => format!("{}.replace(\"'\", '&#39;').replace('\"', '&#34;')", brackets(&python)),
        "x" => format!("{}.replace(\"'\", '&apos;').replace('\"', '&#34;')", brackets(&python)),
        "u" => format!("__import__('urllib.parse', None, None, ['quote_plus']).quote_plus({python}.encode('utf8'))"),
        function => format!("{function}({python})"),
    })
}

fn brackets(python: &str) -> String {
    format!("{python}.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')")
}

/// Splits at the commas that stand outside brackets and strings.
fn split(filters: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = filters;
    while let Some((end, _)) = super::scan::python_end(rest, &[","], true) {
        parts.push(rest[..end].trim());
        rest = &rest[end + 1..];
    }
    parts.push(rest.trim());
    parts.retain(|part| !part.is_empty());
    parts
}
