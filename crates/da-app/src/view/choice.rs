//! The choices of a field.
//!
//! Quirk: unlike every other text of the question JSON, labels and help of choices are HTML.

use da_core::{Choice, ChoiceValue};
use da_markup::markdown::{RawHtml, inline};
use serde_json::Value;

use super::{Keys, to_json};

pub(super) fn choice(choice: &Choice) -> Value {
    let mut keys = Keys::default();
    keys.put("label", html(&choice.label));
    match &choice.value {
        ChoiceValue::None => {}
        ChoiceValue::Value(value) => keys.put("value", to_json(value)),
        ChoiceValue::Own { variable, value } => {
            keys.put("variable_name", variable.as_str());
            keys.put("value", to_json(value));
        }
    }
    keys.put_some("selected", choice.selected.as_ref().map(to_json));
    keys.put_some("default", choice.default.as_ref().map(to_json));
    keys.put_some("help", choice.help.as_deref().map(html));
    keys.put_some("color", choice.color.as_deref());
    keys.put_some("css class", choice.css_class.as_deref());
    keys.put_some("image", choice.image.as_deref());
    keys.put_some("group", choice.group.as_deref());
    keys.into_value()
}

fn html(markdown: &str) -> String {
    // Most labels are words, which Markdown leaves as they are; a list of countries should not cost 250 parsers.
    let words = markdown.chars().all(|c| c.is_alphanumeric() || c == ' ') && markdown.trim() == markdown;
    if words { markdown.to_owned() } else { inline(markdown, RawHtml::Passed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_html() {
        assert_eq!(html("Dark Red"), "Dark Red");
        assert_eq!(html("I'm **not** sure"), "I&rsquo;m <strong>not</strong> sure");
        assert_eq!(html("A & B"), "A &amp; B");
    }
}
