//! The choices of a field.
//!
//! Quirk: how much of a choice is told depends on what it is a choice of. Unlike every other text of the question JSON,
//! labels are HTML, and so is the help of the choices of a question.

use da_core::{Choice, ChoiceValue, Field};
use da_markup::markdown::{RawHtml, inline};
use serde_json::Value;

use super::{Keys, to_json};

/// The choices of a field.
pub(super) fn choices(field: &Field) -> Option<Value> {
    let tell = match field.datatype.as_deref() {
        _ if field.field_type.as_deref() == Some("multiple_choice") => of_question,
        Some("checkboxes" | "multiselect" | "object" | "object_radio" | "object_checkboxes" | "object_multiselect") => {
            of_group
        }
        _ => of_field,
    };
    field.choices.as_ref().map(|choices| choices.iter().map(tell).collect())
}

fn of_question(choice: &Choice) -> Value {
    let mut keys = of_any(choice);
    keys.put_some("default", choice.default.as_ref().map(to_json));
    keys.put_some("help", choice.help.as_deref().map(|help| inline(help.trim_end(), RawHtml::Passed)));
    keys.put_some("image", choice.image.as_ref().map(to_json));
    keys.put_some("group", choice.group.as_deref());
    looks(keys, choice)
}

/// A choice among several that are taken, or of objects.
fn of_group(choice: &Choice) -> Value {
    let mut keys = of_any(choice);
    keys.put_some("default", choice.default.as_ref().map(to_json));
    keys.put_some("help", choice.help.as_deref());
    looks(keys, choice)
}

/// A choice of which one is taken.
fn of_field(choice: &Choice) -> Value {
    of_any(choice).into_value()
}

fn looks(mut keys: Keys, choice: &Choice) -> Value {
    keys.put_some("color", choice.color.as_deref());
    keys.put_some("css class", choice.css_class.as_deref());
    keys.into_value()
}

fn of_any(choice: &Choice) -> Keys {
    let mut keys = Keys::default();
    keys.put("label", choice.label.as_str());
    match &choice.value {
        ChoiceValue::None => {}
        ChoiceValue::Value(value) => keys.put("value", to_json(value)),
        ChoiceValue::Own { variable, value } => {
            keys.put("variable_name", variable.as_str());
            keys.put("value", to_json(value));
        }
    }
    keys.put_some("selected", choice.selected.as_ref().map(to_json));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(field_type: Option<&str>, datatype: &str) -> Value {
        let choice = Choice {
            label: "Apple".to_owned(),
            value: ChoiceValue::Value("apple".into()),
            help: Some("It's *round*.\n".to_owned()),
            color: Some("danger".to_owned()),
            ..Choice::default()
        };
        let field = Field {
            field_type: field_type.map(str::to_owned),
            datatype: Some(datatype.to_owned()),
            choices: Some(vec![choice]),
            ..Field::default()
        };
        choices(&field).unwrap()
    }

    #[test]
    fn how_much_is_told_depends_on_what_it_is_a_choice_of() {
        let question = json!([{
            "label": "Apple", "value": "apple", "help": "It&rsquo;s <em>round</em>.", "color": "danger"
        }]);
        assert_eq!(told(Some("multiple_choice"), "text"), question);
        let group = json!([{"label": "Apple", "value": "apple", "help": "It's *round*.\n", "color": "danger"}]);
        assert_eq!(told(None, "checkboxes"), group);
        assert_eq!(told(None, "text"), json!([{"label": "Apple", "value": "apple"}]));
    }
}
