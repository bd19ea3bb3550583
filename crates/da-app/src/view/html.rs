//! Markdown texts of a screen as HTML for a page.
//!
//! An interview's author may write HTML, but what people answered stands in the same text and nobody can tell
//! the two apart any more. So only harmless tags and attributes pass, written anew; all else is shown as text.

use da_markup::markdown::{self, RawHtml};

use super::tags;

/// HTML that is safe to put into a page as it is. Nothing else makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a neighbour made of harmless HTML, without putting anything from outside into it.
    pub(super) fn vouched_for(html: String) -> Markup {
        Markup(html)
    }
}

/// A text with its paragraphs.
pub fn html(markdown: &str) -> Markup {
    Markup(tags::harmless(&markdown::html(markdown, RawHtml::Passed)))
}

/// A text within a line, such as a label.
pub fn inline_html(markdown: &str) -> Markup {
    Markup(tags::harmless(&markdown::inline(markdown, RawHtml::Passed)))
}

/// HTML that an interview wrote as such (`html` among the fields).
pub fn harmless_html(html: &str) -> Markup {
    Markup(tags::harmless(html))
}
