//! HTML from a text becomes HTML that cannot do harm.
//!
//! Nothing is passed on as it came: a tag of the list is written anew with the attributes of the list, and every
//! other `<` becomes text. Tags that were left open are closed, so that a text cannot break out of its place.

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// Bytes that are looked at where there is no tag of the list at all.
const TAGS_LONGEST: usize = 16;

const VOID: &[&str] = &["br", "hr", "img"];

const ATTRIBUTES: &[&str] = &[
    "abbr", "align", "alt", "class", "colspan", "datetime", "dir", "height", "href", "lang", "rel", "rowspan", "scope",
    "src", "start", "target", "title", "width",
];

/// The same text with harmless tags alone.
pub(super) fn harmless(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = html;
    // What was read in vain: a text that opens tags without end is not read again and again.
    let (mut in_vain, patience) = (0, 4 * html.len() + 65_536);
    let last_comment = html.rfind("-->").unwrap_or(0);
    while let Some(at) = rest.find('<') {
        push_text(&mut out, &rest[..at]);
        rest = &rest[at..];
        if html.len() - rest.len() < last_comment
            && let Some(comment) = rest.strip_prefix("<!--").and_then(|inside| inside.split_once("-->"))
        {
            rest = comment.1;
            continue;
        }
        let tag = if in_vain < patience { Tag::read(rest, &mut in_vain) } else { None };
        match tag {
            Some((tag, after)) => {
                tag.write(&mut out, &mut open);
                rest = after;
            }
            None => {
                out.push_str("&lt;");
                rest = &rest[1..];
            }
        }
    }
    push_text(&mut out, rest);
    for name in open.iter().rev() {
        close(&mut out, name);
    }
    out
}

fn push_text(out: &mut String, text: &str) {
    out.push_str(&text.replace('>', "&gt;"));
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

struct Tag<'t> {
    name: &'static str,
    closes: bool,
    attributes: Vec<(&'static str, &'t str)>,
}

impl<'t> Tag<'t> {
    /// The tag at the start of a text and what follows it; none if it is no tag of the list.
    /// `in_vain` grows by what was looked at where there is none.
    fn read(text: &'t str, in_vain: &mut usize) -> Option<(Tag<'t>, &'t str)> {
        let mut rest = text;
        let found = Tag::read_on(&mut rest);
        if found.is_none() {
            // Where an attribute ends nowhere, all that follows was looked at.
            let is_short = rest.len() == text.len() || rest.starts_with('=');
            *in_vain += if is_short { text.len() - rest.len() + TAGS_LONGEST } else { text.len() };
        }
        found
    }

    /// Moves `text` on with what is read.
    fn read_on(text: &mut &'t str) -> Option<(Tag<'t>, &'t str)> {
        let inside = text.strip_prefix('<')?;
        let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
        let name = TAGS.iter().find(|tag| tag.eq_ignore_ascii_case(&inside[..end]))?;
        let mut tag = Tag { name, closes, attributes: Vec::new() };
        *text = inside[end..].trim_start();
        loop {
            if let Some(after) = text.strip_prefix('>') {
                return Some((tag, after));
            }
            if let Some(after) = text.strip_prefix('/') {
                *text = after.trim_start();
                continue;
            }
            let (name, value, after) = attribute(text)?;
            if let Some(known) = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name))
                && match *known {
                    "href" => is_harmless_address(value),
                    "src" => is_harmless_address(value) || is_drawing(value),
                    _ => true,
                }
            {
                tag.attributes.push((known, value));
            }
            *text = after;
        }
    }

    fn write(&self, out: &mut String, open: &mut Vec<&'static str>) {
        if self.closes {
            let Some(at) = open.iter().rposition(|name| *name == self.name) else { return };
            for name in open.drain(at..).rev() {
                close(out, name);
            }
            return;
        }
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            let value = value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
            out.push_str(&format!(" {name}=\"{value}\""));
        }
        out.push('>');
        if !VOID.contains(&self.name) {
            open.push(self.name);
        }
    }
}

/// The attribute at the start of a text: name, value and what follows.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some((name, "", rest.trim_start())) };
    let value = value.trim_start();
    let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, after) = match quoted {
        Some(quote) => value[1..].split_once(quote)?,
        None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
    };
    Some((name, value, after.trim_start()))
}

/// An address on this server, or one with a scheme that runs nothing.
fn is_harmless_address(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    if !head.contains([':', '&', '\\']) && !address.chars().any(char::is_control) {
        return true;
    }
    let scheme = head.split(':').next().unwrap_or_default();
    ["http", "https", "mailto", "tel"].iter().any(|known| known.eq_ignore_ascii_case(scheme))
}

/// A picture that stands in the address itself: what is drawn in a picture runs nothing.
fn is_drawing(address: &str) -> bool {
    let data = address.strip_prefix("data:image/svg+xml;base64,");
    data.is_some_and(|data| data.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn tags_that_end_nowhere_are_text_and_cost_no_more_than_others() {
        for piece in ["<a ", "<!--", "<a x=\"'", "<b y='\" "] {
            let many = piece.repeat(200_000);
            let shown = harmless(&format!("<em>a</em>{many}"));
            assert!(shown.starts_with("<em>a</em>&lt;"), "{piece}");
        }
    }

    #[test]
    fn what_an_author_writes_passes() {
        for text in [
            "<p>It&rsquo;s <strong>bold</strong></p>\n",
            "<a href=\"https://example.com/?a=1&amp;b=2\" target=\"_blank\">x</a>",
            "<div class=\"well\"><br></div>",
        ] {
            assert_eq!(harmless(text), text);
        }
        assert_eq!(harmless("<BR/>a<!-- note -->b"), "<br>ab");
    }

    #[test]
    fn what_could_do_harm_becomes_text_or_goes() {
        let cases = [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("<img src=x onerror=alert(1)>", "<img src=\"x\">"),
            ("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>"),
            ("<a href=\"java&#115;cript:alert(1)\">x</a>", "<a>x</a>"),
            ("<a href=\" javascript:alert(1)\">x</a>", "<a>x</a>"),
            ("<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">"),
            ("<img src=\"data:text/html,<script>\">", "<img>"),
            ("<a href=\"data:image/svg+xml;base64,PHN2Zz4=\">x</a>", "<a>x</a>"),
            ("<p style=\"position:fixed\">x</p>", "<p>x</p>"),
            ("<form action=\"https://evil.example\">", "&lt;form action=\"https://evil.example\"&gt;"),
            ("<a title='\"><script>'>x</a>", "<a title=\"&quot;&gt;&lt;script&gt;\">x</a>"),
            ("</div></main><b>open", "&lt;/main&gt;<b>open</b>"),
            ("<b", "&lt;b"),
            ("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        ];
        for (text, expected) in cases {
            assert_eq!(harmless(text), expected, "{text}");
        }
    }
}
