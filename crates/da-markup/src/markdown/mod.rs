//! Markdown to HTML, as docassemble shows it: tables, footnotes, typographic quotes, links to elsewhere
//! in a tab of their own.
//!
//! It never fetches what a text points to. Whether raw HTML passes is the caller's decision.

mod headings;

use comrak::Options;

/// What becomes of HTML that stands in a Markdown text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawHtml {
    /// It passes, as in docassemble: for texts that an interview's author wrote. Addresses such as
    /// `javascript:` pass as well.
    Passed,
    /// It is shown as text, and dangerous addresses are dropped.
    Escaped,
}

/// HTML for the body of a page.
///
/// ```
/// use da_markup::markdown::{RawHtml, html};
/// assert_eq!(html("It's **bold**", RawHtml::Escaped), "<p>It&rsquo;s <strong>bold</strong></p>\n");
/// ```
pub fn html(text: &str, raw: RawHtml) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.parse.smart = true;
    options.render.r#unsafe = raw == RawHtml::Passed;
    options.render.escape = raw == RawHtml::Escaped;
    let made = comrak::markdown_to_html(&headings::apart(&hide_typography(text)), &options);
    let made = show_typography(&made)
        .replace("<br />", "<br>")
        .replace("<hr />", "<hr>")
        .replace("<table>", "<table class=\"table table-striped\">");
    links_elsewhere_in_a_new_tab(&made)
}

/// HTML for the inside of a line, such as a label: paragraphs lose their tags.
///
/// ```
/// use da_markup::markdown::{RawHtml, inline};
/// assert_eq!(inline("**Bold** one", RawHtml::Passed), "<strong>Bold</strong> one");
/// ```
pub fn inline(text: &str, raw: RawHtml) -> String {
    let html = html(text, raw);
    let html = html.trim_end_matches('\n');
    match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inside) => inside.replace("</p>\n<p>", " "),
        None => html.to_owned(),
    }
}

/// The typographic signs that come from plain ones are written as entities; those that stand in the
/// text already stay what they are. Each pair is a sign and its stand-in while the parser works.
const SIGNS: [(char, char, &str); 7] = [
    ('\u{2018}', '\u{f8e0}', "&lsquo;"),
    ('\u{2019}', '\u{f8e1}', "&rsquo;"),
    ('\u{201c}', '\u{f8e2}', "&ldquo;"),
    ('\u{201d}', '\u{f8e3}', "&rdquo;"),
    ('\u{2026}', '\u{f8e4}', "&hellip;"),
    ('\u{2013}', '\u{f8e5}', "&ndash;"),
    ('\u{2014}', '\u{f8e6}', "&mdash;"),
];

fn hide_typography(text: &str) -> String {
    text.chars().map(|c| SIGNS.iter().find(|sign| sign.0 == c).map_or(c, |sign| sign.1)).collect()
}

fn show_typography(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    for c in html.chars() {
        match SIGNS.iter().find(|sign| sign.0 == c || sign.1 == c) {
            Some((sign, stand_in, _)) if *stand_in == c => shown.push(*sign),
            Some((_, _, entity)) => shown.push_str(entity),
            None => shown.push(c),
        }
    }
    // A stand-in inside an address was percent-encoded with the rest of the address.
    for (sign, stand_in, _) in SIGNS {
        let encoded = percent(stand_in);
        if shown.contains(&encoded) {
            shown = shown.replace(&encoded, &percent(sign));
        }
    }
    shown
}

fn percent(c: char) -> String {
    c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn links_elsewhere_in_a_new_tab(html: &str) -> String {
    ["http://", "https://"].iter().fold(html.to_owned(), |html, scheme| {
        html.replace(&format!("<a href=\"{scheme}"), &format!("<a target=\"_blank\" href=\"{scheme}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_the_html_that_docassemble_makes_of_it() {
        for (text, expected) in [
            ("I'm \"not\" sure", "I&rsquo;m &ldquo;not&rdquo; sure"),
            ("Zoë A & B Sr", "Zoë A &amp; B Sr"),
            ("already ’typographic’ …", "already ’typographic’ …"),
            ("[Google](http://google.com)", "<a target=\"_blank\" href=\"http://google.com\">Google</a>"),
            ("[here](#help)", "<a href=\"#help\">here</a>"),
            ("one\n\ntwo", "one two"),
            ("a <i>b</i>", "a <i>b</i>"),
            ("", ""),
        ] {
            assert_eq!(inline(text, RawHtml::Passed), expected);
        }
        assert_eq!(html("# Heading\n\ntext", RawHtml::Passed), "<h1>Heading</h1>\n<p>text</p>\n");
        assert!(html("a|b\n-|-\n1|2\n", RawHtml::Passed).starts_with("<table class=\"table table-striped\">"));
    }

    #[test]
    fn escaped_html_is_text_and_a_script_address_is_none() {
        assert_eq!(inline("a <b>", RawHtml::Escaped), "a &lt;b&gt;");
        assert_eq!(inline("[x](javascript:alert(1))", RawHtml::Escaped), "<a href=\"\">x</a>");
    }
}
