//! The choices of a field.

use da_core::{Choice, ChoiceValue};
use serde_json::Value;

use super::{Keys, to_json};

pub(super) fn choice(choice: &Choice) -> Value {
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
    keys.put_some("default", choice.default.as_ref().map(to_json));
    keys.put_some("help", choice.help.as_deref());
    keys.put_some("color", choice.color.as_deref());
    keys.put_some("css class", choice.css_class.as_deref());
    keys.put_some("image", choice.image.as_deref());
    keys.put_some("group", choice.group.as_deref());
    keys.into_value()
}
