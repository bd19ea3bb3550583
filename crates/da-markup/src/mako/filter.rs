//! `${ value | filter, filter }`: what each filter does to a piece of Python.
//!
//! Mako's own filters become plain Python, so that they need nothing from whoever runs the template
//! and cannot be hidden by a variable of the same name. Any other name is a function of the interview.

/// The Python for `code` (already in brackets), filtered by `usual` and then by `filters`.
pub(super) fn apply(code: &str, filters: &str, usual: &str) -> String {
    // `n` turns off what happens to every value by default: it becomes a text, and the page's filters.
    if split(filters).contains(&"n") {
        return fold(code.to_owned(), filters);
    }
    fold(fold(format!("('%s' % ({code},))"), usual), filters)
}

/// A text, filtered.
pub(super) fn fold(text: String, filters: &str) -> String {
    split(filters).into_iter().fold(text, |python, filter| match filter {
        "n" => python,
        "str" | "unicode" => format!("('%s' % ({python},))"),
        "trim" => format!("{python}.strip()"),
        "h" | "html" => format!("{}.replace(\"'\", '&#39;').replace('\"', '&#34;')", brackets(&python)),
        "x" => format!("{}.replace(\"'\", '&apos;').replace('\"', '&#34;')", brackets(&python)),
        "u" => format!("__import__('urllib.parse', None, None, ['quote_plus']).quote_plus({python}.encode('utf8'))"),
        "entity" => format!("''.join({ENTITY} for __c__ in {python})"),
        function => match function.strip_prefix("decode.") {
            Some(encoding) => {
                let encoding = super::string_literal(encoding);
                format!("(lambda text: text.decode({encoding}) if isinstance(text, bytes) else str(text))({python})")
            }
            None => format!("{function}({python})"),
        },
    })
}

/// A character, or the name that HTML has for it.
const ENTITY: &str = "(__c__ if ' ' <= __c__ <= '~' and __c__ not in '\"&<>' or __c__ in '\\n\\r\\t' else '&%s;' % \
                      __import__('html.entities', None, None, ['x']).codepoint2name.get(ord(__c__), '#x%X' % ord(__c__)))";

fn brackets(python: &str) -> String {
    format!("{python}.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')")
}

/// Splits at the commas that stand outside brackets and strings.
pub(super) fn split(filters: &str) -> Vec<&str> {
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
