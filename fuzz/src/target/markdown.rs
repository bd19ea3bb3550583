//! Texts in Markdown: made into HTML, of which a page takes only what is harmless.

use da_app::view;
use da_markup::markdown::{RawHtml, html, inline};

use super::text;

/// What must not stand in a page, however it was written.
const HARMFUL: [&str; 6] = ["<script", "<iframe", "<style", "<form", "<object", "<base"];

pub(super) fn run(bytes: &[u8]) {
    let Some(source) = text(bytes) else { return };
    drop(html(source, RawHtml::Passed));
    drop(inline(source, RawHtml::Passed));
    for shown in [view::html(source), view::inline_html(source), view::harmless_html(source)] {
        let shown = shown.as_str().to_ascii_lowercase();
        for harmful in HARMFUL {
            assert!(!shown.contains(harmful), "{harmful} stands in {shown}");
        }
        for tag in shown.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let outside = outside_of_values(tag);
            assert!(!outside.contains(" on"), "a handler stands in <{tag}>");
            assert!(!tag.replace(char::is_whitespace, "").contains("=\"javascript:"), "a script is linked in <{tag}>");
        }
    }
}

/// A tag without the values of its attributes.
fn outside_of_values(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}
