//! Text made safe to stand in HTML.
//!
//! It never lets `<`, `>` or `&` through.

/// Text for the inside of an element.
///
/// ```
/// assert_eq!(da_markup::escape("a < b & c"), "a &lt; b &amp; c");
/// ```
pub fn escape(text: &str) -> String {
    replace(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    })
}

/// Text for the value of an attribute, between quotes of either kind.
///
/// ```
/// assert_eq!(da_markup::escape_quotes("it's \"x\""), "it&#39;s &#34;x&#34;");
/// ```
pub fn escape_quotes(text: &str) -> String {
    replace(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&#34;"),
        '\'' => Some("&#39;"),
        _ => None,
    })
}

fn replace(text: &str, by: impl Fn(char) -> Option<&'static str>) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match by(c) {
            Some(entity) => result.push_str(entity),
            None => result.push(c),
        }
    }
    result
}
