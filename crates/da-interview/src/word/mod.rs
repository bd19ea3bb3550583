//! DOCX templates: what they ask for.
//!
//! A DOCX file is an archive of XML. The Jinja2 in it stands in its texts, perhaps torn into pieces by the marks around them.
//! Here the marks are taken away; what is left is a template that asks for what the document would. No document is made of it.

pub(crate) mod zip;

use crate::xml::unescaped;
use da_markup::{JinjaTemplate, TemplateError};

/// The template in a DOCX file.
///
/// # Errors
/// What is wrong with the file or with its Jinja2, in words.
pub(crate) fn template(file: &[u8], name: &str) -> Result<JinjaTemplate, String> {
    let parts = zip::texts(file, is_text).map_err(|error| format!("The file {name} cannot be read: {error}."))?;
    let mut texts: Vec<(u8, String)> = parts.iter().map(|(part, xml)| (order(part), text_of(xml))).collect();
    // The body first, as it is filled in first.
    texts.sort_by_key(|(order, _)| *order);
    let text = texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    JinjaTemplate::parse(&jinja_of(&text), name).map_err(|error: TemplateError| error.to_string())
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
fn text_of(xml: &str) -> String {
    let mut text = String::with_capacity(xml.len() / 4);
    let mut parts = xml.split('<');
    text.push_str(&unescaped(parts.next().unwrap_or_default()));
    for part in parts {
        let (mark, said) = part.split_once('>').unwrap_or((part, ""));
        match mark {
            "/w:p" | "w:br/" | "w:tab/" => text.push('\n'),
            _ => {}
        }
        text.push_str(&unescaped(said));
    }
    text
}

/// Jinja2 as it is meant: what a word processor made of its quotes, and what says to which mark of the document an
/// expression belongs (`{%tr for ... %}`), is undone.
fn jinja_of(text: &str) -> String {
    let mut jinja = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = ["{{", "{%", "{#"].iter().filter_map(|mark| rest.find(mark)).min() {
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
        let xml = "<w:p><w:r><w:t>Dear {</w:t></w:r><w:r><w:t>{ name</w:t></w:r><w:r><w:t> }}</w:t></w:r></w:p>";
        assert_eq!(jinja_of(&text_of(xml)), "Dear {{ name }}\n");
        let xml = "<w:p><w:t>{%p if a[‘b’] == &quot;c&quot; and d &lt; 1 %}</w:t></w:p>";
        assert_eq!(jinja_of(&text_of(xml)), "{% if a['b'] == \"c\" and d < 1 %}\n");
        assert_eq!(
            jinja_of("{{r link | inline_markdown }} {% vm %}{% colspan n %}"),
            "{{ link | inline_markdown }} {{n}}"
        );
        assert_eq!(jinja_of("{{ r }} {{ price }}"), "{{ r }} {{ price }}");
    }
}
