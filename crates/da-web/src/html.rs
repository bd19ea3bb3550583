//! HTML, built tag by tag. Text and attributes are escaped as they come in; what is HTML already comes from
//! [`Markup`], which da-app vouches for. There is no other way in.

use std::fmt::Write;

use da_app::view::Markup;

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

/// A tag that is being built.
#[derive(Debug, Clone)]
#[must_use]
pub(crate) struct Tag {
    name: &'static str,
    attributes: String,
    inside: Html,
}

/// Tags without an inside.
const VOID: &[&str] = &["br", "img", "input", "link", "meta"];

/// Begins a tag.
pub(crate) fn tag(name: &'static str) -> Tag {
    Tag { name, attributes: String::new(), inside: Html::default() }
}

impl Html {
    /// Adds a piece.
    pub(crate) fn put(&mut self, piece: impl Into<Html>) {
        self.0.push_str(&piece.into().0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is a link in it.
    pub(crate) fn has_link(&self) -> bool {
        self.0.contains("<a ")
    }

    /// The document that this is the `html` element of.
    pub(crate) fn into_document(self) -> String {
        format!("<!DOCTYPE html>\n{}\n", self.0)
    }

    #[cfg(test)]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Tag {
    /// An attribute.
    pub(crate) fn attr(mut self, name: &'static str, value: impl AsRef<str>) -> Tag {
        self.attributes.push(' ');
        self.attributes.push_str(name);
        self.attributes.push_str("=\"");
        escape(value.as_ref(), &mut self.attributes);
        self.attributes.push('"');
        self
    }

    /// An attribute `data-NAME`, whose name is made of letters, digits and hyphens.
    pub(crate) fn data(mut self, name: &str, value: &str) -> Tag {
        if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.attributes.push_str(" data-");
            self.attributes.push_str(name);
            self.attributes.push_str("=\"");
            escape(value, &mut self.attributes);
            self.attributes.push('"');
        }
        self
    }

    /// An attribute, if there is a value.
    pub(crate) fn maybe(self, name: &'static str, value: Option<impl AsRef<str>>) -> Tag {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute without a value, if it holds.
    pub(crate) fn flag(mut self, name: &'static str, holds: bool) -> Tag {
        if holds {
            self.attributes.push(' ');
            self.attributes.push_str(name);
        }
        self
    }

    /// `class`.
    pub(crate) fn class(self, class: &'static str) -> Tag {
        self.attr("class", class)
    }

    /// Adds to the inside.
    pub(crate) fn put(mut self, piece: impl Into<Html>) -> Tag {
        self.inside.put(piece);
        self
    }

    /// Adds to the inside, if there is something.
    pub(crate) fn put_some(self, piece: Option<impl Into<Html>>) -> Tag {
        match piece {
            Some(piece) => self.put(piece),
            None => self,
        }
    }

    /// Adds every piece to the inside.
    pub(crate) fn put_all<P: Into<Html>>(mut self, pieces: impl IntoIterator<Item = P>) -> Tag {
        pieces.into_iter().for_each(|piece| self.inside.put(piece));
        self
    }
}

impl From<Tag> for Html {
    fn from(tag: Tag) -> Html {
        let Tag { name, attributes, inside } = tag;
        let mut text = format!("<{name}{attributes}>{}", inside.0);
        if !VOID.contains(&name) {
            // Writing to a String cannot fail.
            let _ = write!(text, "</{name}>");
        }
        Html(text)
    }
}

impl From<&str> for Html {
    fn from(text: &str) -> Html {
        let mut out = String::with_capacity(text.len());
        escape(text, &mut out);
        Html(out)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Html {
        Html::from(text.as_str())
    }
}

impl From<Markup> for Html {
    fn from(markup: Markup) -> Html {
        Html(markup.as_str().to_owned())
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped_and_markup_is_not() {
        let input = tag("input").attr("value", "\"><script>").flag("required", true).flag("checked", false);
        let html = Html::from(tag("p").class("a").put("1 < 2 & 'x'").put(input).put(da_app::view::inline_html("*b*")));
        let expected = "<p class=\"a\">1 &lt; 2 &amp; &#39;x&#39;<input value=\"&quot;&gt;&lt;script&gt;\" required>\
                        <em>b</em></p>";
        assert_eq!(html.as_str(), expected);
    }
}
