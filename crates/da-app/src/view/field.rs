//! The fields of a question.

use da_core::{Field, ShowIf};
use serde_json::{Value, json};

use super::choice::choices;
use super::{Keys, texts, to_json};

pub(super) fn field(field: &Field) -> Value {
    let mut keys = Keys::default();
    keys.put("number", if field.row.is_some() { Value::from(field.number.as_str()) } else { number(&field.number) });
    keys.put_some("variable_name", field.variable.as_deref());
    keys.put_some("datatype", field.datatype.as_deref());
    keys.put_some("inputtype", field.input_type.as_deref());
    keys.put_some("fieldtype", field.field_type.as_deref());
    keys.put("active", field.active);
    keys.put_some("required", field.required);
    keys.put_some("sign", field.sign);
    keys.put_some("label", field.label.as_deref());
    // Quirk: a date or a time that the interview has is left out (date-field).
    let default = field.default.as_ref().filter(|_| !field.default_is_moment);
    keys.put_some("default", default.map(to_json));
    keys.put_some("hint", field.hint.as_deref());
    keys.put_some("helptext", field.help.as_deref());
    keys.put_some("choices", choices(field));
    keys.put_some("note", field.note.as_deref());
    keys.put_some("html", field.html.as_deref());
    limits(&mut keys, field);
    if let Some([yes, no, maybe]) = &field.boolean_labels {
        keys.put_some("true_label", yes.as_deref());
        keys.put_some("false_label", no.as_deref());
        keys.put_some("maybe_label", maybe.as_deref());
    }
    if let Some(condition) = &field.show_if {
        show_if(&mut keys, condition);
    }
    keys.put_some("none_of_the_above", field.none_of_the_above.as_ref().map(to_json));
    keys.put_some("all_of_the_above", field.all_of_the_above.as_ref().map(to_json));
    // What has a variable can be wrong, even if there is nothing to say about it.
    if field.variable.is_some() || !field.validation_messages.is_empty() {
        keys.put("validation_messages", texts(&field.validation_messages));
    }
    keys.put_more(&field.more);
    keys.into_value()
}

fn limits(keys: &mut Keys, field: &Field) {
    let limits = [
        ("min", &field.min),
        ("max", &field.max),
        ("minlength", &field.min_length),
        ("maxlength", &field.max_length),
        ("step", &field.step),
    ];
    for (key, limit) in limits {
        keys.put_some(key, limit.as_ref().map(to_json));
    }
}

/// A place in a list is a text (`2_1`), any other number a number.
fn number(number: &str) -> Value {
    number.parse::<i64>().map_or_else(|_| Value::from(number), Value::from)
}

fn show_if(keys: &mut Keys, condition: &ShowIf) {
    match condition {
        ShowIf::Value { variable, value, sign } => {
            keys.put("show_if_sign", i64::from(*sign));
            keys.put("show_if_var", variable.as_str());
            keys.put("show_if_val", to_json(value));
        }
        ShowIf::Script { expression, variables, sign, mode } => {
            let script = json!({"expression": expression, "vars": variables, "sign": sign, "mode": mode});
            keys.put("show_if_js", script);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use da_core::{Choice, ChoiceValue, Plain};

    fn named(variable: &str) -> Field {
        Field { number: "0".to_owned(), variable: Some(variable.to_owned()), active: true, ..Field::default() }
    }

    #[test]
    fn a_text_field_has_the_keys_of_the_original() {
        let text = Field {
            datatype: Some("text".to_owned()),
            required: Some(true),
            label: Some("Color".to_owned()),
            validation_messages: vec![("required".to_owned(), "You need to fill this in.".to_owned())],
            ..named("favorite_color")
        };
        let expected = json!({
            "number": 0, "variable_name": "favorite_color", "datatype": "text", "active": true, "required": true,
            "label": "Color", "validation_messages": {"required": "You need to fill this in."}
        });
        assert_eq!(field(&text), expected);
    }

    #[test]
    fn a_note_has_no_messages_and_a_row_keeps_its_number_as_text() {
        let note = Field {
            number: "2_1".to_owned(),
            datatype: Some("note".to_owned()),
            active: true,
            required: Some(true),
            note: Some("Hello".to_owned()),
            ..Field::default()
        };
        let expected = json!({"number": "2_1", "datatype": "note", "active": true, "required": true, "note": "Hello"});
        assert_eq!(field(&note), expected);
    }

    #[test]
    fn choices_of_checkboxes_name_their_own_variables() {
        let own = |label: &str| Choice {
            label: label.to_owned(),
            value: ChoiceValue::Own { variable: format!("fruit['{label}']"), value: Plain::Bool(true) },
            ..Choice::default()
        };
        let none = Choice { label: "None of the above".to_owned(), ..Choice::default() };
        let checkboxes = Field {
            datatype: Some("checkboxes".to_owned()),
            choices: Some(vec![own("Apple"), none]),
            none_of_the_above: Some(Plain::Bool(true)),
            ..named("fruit")
        };
        let expected = json!({
            "number": 0, "variable_name": "fruit", "datatype": "checkboxes", "active": true,
            "choices": [
                {"label": "Apple", "variable_name": "fruit['Apple']", "value": true},
                {"label": "None of the above"}
            ],
            "none_of_the_above": true, "validation_messages": {}
        });
        assert_eq!(field(&checkboxes), expected);
    }

    #[test]
    fn conditions_and_labels_of_truth_values_are_spelled_out() {
        let labels = ["Yes", "No"].map(|label| Some(label.to_owned()));
        let [yes, no] = labels;
        let conditional = Field {
            sign: Some(1),
            boolean_labels: Some([yes, no, None]),
            show_if: Some(ShowIf::Value { variable: "a".to_owned(), value: "True".into(), sign: false }),
            ..named("b")
        };
        let expected = json!({
            "number": 0, "variable_name": "b", "active": true, "sign": 1, "true_label": "Yes", "false_label": "No",
            "show_if_sign": 0, "show_if_var": "a", "show_if_val": "True", "validation_messages": {}
        });
        assert_eq!(field(&conditional), expected);
        let script = ShowIf::Script {
            expression: "val('country')".to_owned(),
            variables: vec!["country".to_owned()],
            sign: true,
            mode: 1,
        };
        let value = field(&Field { show_if: Some(script), ..named("b") });
        let expected = json!({"expression": "val('country')", "vars": ["country"], "sign": true, "mode": 1});
        assert_eq!(value["show_if_js"], expected);
    }
}
