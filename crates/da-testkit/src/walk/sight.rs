//! What a person must find in the page of a screen, in this order. How it is laid out is the page's own business.

use da_app::view::{self, Terms};
use da_core::{Field, Screen, ScreenKind, Variety};

use crate::page::words;

/// Compares a page with the screen that it should show.
pub(super) fn compare(seen: &str, screen: &Screen) -> Result<(), String> {
    let mut rest = seen;
    for part in parts(screen).into_iter().filter(|part| !part.is_empty()) {
        let Some(at) = rest.find(&part) else {
            return Err(format!("{part:?} is not where it should be in the page\n{seen}"));
        };
        rest = &rest[at + part.len()..];
    }
    Ok(())
}

fn parts(screen: &Screen) -> Vec<String> {
    let terms = Terms::of(screen);
    let text = |text: &Option<String>| text.as_deref().map(|text| words(terms.html(text).as_str()));
    let mut parts = vec![words(terms.inline_html(&screen.question).as_str())];
    parts.extend(text(&screen.subquestion));
    match screen.kind {
        ScreenKind::Fields => {
            parts.extend(screen.fields.iter().filter(|field| field.active).flat_map(|one| field(one, &terms)));
            parts.push(inline(&screen.continue_label));
        }
        // What suggests while one types stands in no text of the page.
        ScreenKind::MultipleChoice if screen.variety == Some(Variety::Combobox) => {}
        ScreenKind::MultipleChoice => {
            parts.extend(screen.fields.first().into_iter().flat_map(choices));
        }
        ScreenKind::SetTrue => parts.push(inline(&screen.continue_label)),
        _ => {}
    }
    parts.extend(text(&screen.under));
    parts.extend(text(&screen.right));
    parts
}

fn field(field: &Field, terms: &Terms<'_>) -> Vec<String> {
    if [&field.datatype, &field.input_type].iter().any(|kind| kind.as_deref() == Some("hidden")) {
        return Vec::new();
    }
    if field.variable.is_none() {
        let note = field.note.as_deref().map(|note| terms.html(note));
        let html = field.html.as_deref().map(view::harmless_html);
        return note.or(html).map(|markup| words(markup.as_str())).into_iter().collect();
    }
    let label = field.label.as_deref().filter(|label| !label.trim().is_empty() && *label != "no label");
    let mut parts: Vec<String> = label.map(|label| words(terms.inline_html(label).as_str())).into_iter().collect();
    parts.extend(field.help.as_deref().map(|help| words(terms.html(help).as_str())));
    parts.extend(choices(field));
    parts
}

fn choices(field: &Field) -> Vec<String> {
    if field.input_type.as_deref() == Some("combobox") {
        return Vec::new();
    }
    field.choices.iter().flatten().map(|choice| inline(&choice.label)).collect()
}

fn inline(markdown: &str) -> String {
    words(view::inline_html(markdown).as_str())
}
