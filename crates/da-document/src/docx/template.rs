//! DOCX templates: the Jinja2 in them.
//!
//! It stands in the texts of a document, perhaps torn into pieces by the marks around them. Here the marks are taken away; what is
//! left is a template that asks for what the document would. It is not read here, and no document is made of it.

use super::xml::{self, Step};
use crate::{DocumentError, archive};

/// The Jinja2 template that the texts of a DOCX file are, the body before headers, footers and footnotes.
///
/// # Errors
/// [`DocumentError`] for what is no DOCX file, or is larger than what is read.
///
/// ```
/// assert_eq!(da_document::template(b"Dear {{ name }}").unwrap_err().to_string(), "it is not a ZIP archive");
/// ```
pub fn template(file: &[u8]) -> Result<String, DocumentError> {
    let parts = archive::archive_texts(file, is_text)?;
    let mut texts = Vec::with_capacity(parts.len());
    for (name, xml) in &parts {
        texts.push((order(name), text_of(name, xml)?));
    }
    // The body first, as it is filled in first.
    texts.sort_by_key(|(order, _)| *order);
    let text = texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    Ok(jinja_of(&text))
}

/// Whether a file of the archive has texts that are filled in.
fn is_text(name: &str) -> bool {
    let Some(name) = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else { return false };
    name == "document" || name.starts_with("header") || name.starts_with("footer") || name == "footnotes"
}

fn order(name: &str) -> u8 {
    if name.ends_with("document.xml") { 0 } else { 1 + u8::from(!name.contains("header")) }
}

/// The text of XML: without its marks, paragraphs on lines of their own.
fn text_of(name: &str, part: &str) -> Result<String, DocumentError> {
    let document = xml::parse(name, part)?;
    let mut text = String::with_capacity(part.len() / 4);
    xml::walk(document.root(), &mut |step| {
        match step {
            Step::Text(said) => text.push_str(said),
            Step::Close(node) if matches!(node.tag_name().name(), "p" | "br" | "tab") => text.push('\n'),
            Step::Open | Step::Close(_) => {}
        }
        true
    });
    Ok(text)
}

/// Jinja2 as it is meant: what a word processor made of its quotes, and what says to which mark of the document an
/// expression belongs (`{%tr for ... %}`), is undone.
fn jinja_of(text: &str) -> String {
    let mut jinja = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = opening(rest) {
        let (before, mark) = rest.split_at(at);
        jinja.push_str(before);
        let end = match &mark[..2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let length = mark.find(end).map_or(mark.len(), |length| length + 2);
        jinja.push_str(&tag(&mark[..length]));
        rest = &mark[length..];
    }
    jinja.push_str(rest);
    jinja
}

/// Where the next expression, statement or comment begins.
fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let begins = |&(at, _): &(usize, &str)| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'));
    text.match_indices('{').find(begins).map(|(at, _)| at)
}

/// The marks of a document that an expression may be about.
const PLACES: [&str; 4] = ["tr", "tc", "p", "r"];

fn tag(tag: &str) -> String {
    let straight = tag.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    let (open, inside) = straight.split_at(2);
    for place in PLACES {
        if let Some(rest) = inside.strip_prefix(place)
            && rest.starts_with(char::is_whitespace)
        {
            return format!("{open}{rest}");
        }
    }
    // `{% colspan n %}` and `{% cellbg color %}` say how a cell looks; `{% hm %}` and `{% vm %}` join cells.
    let words = inside.trim_end_matches("%}").trim();
    match words.split_once(char::is_whitespace) {
        Some(("colspan" | "cellbg", value)) if open == "{%" => format!("{{{{{value}}}}}"),
        None if open == "{%" && matches!(words, "hm" | "vm") => String::new(),
        _ => straight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_marks_have_torn_apart_is_put_together() {
        let jinja = |xml: &str| jinja_of(&text_of("word/document.xml", xml).unwrap());
        let xml = "<p><r><t>Dear {</t></r><r><t>{ name</t></r><r><t> }}</t></r></p>";
        assert_eq!(jinja(xml), "Dear {{ name }}\n");
        let xml = "<p><t>{%p if a[‘b’] == &quot;c&quot; and d &lt; 1 %}</t></p>";
        assert_eq!(jinja(xml), "{% if a['b'] == \"c\" and d < 1 %}\n");
        assert_eq!(
            jinja_of("{{r link | inline_markdown }} {% vm %}{% colspan n %}"),
            "{{ link | inline_markdown }} {{n}}"
        );
        assert_eq!(jinja_of("{{ r }} {{ price }}"), "{{ r }} {{ price }}");
    }
}
