//! Choices: a form says the number of a choice, the screen says what it stands for.

use da_core::{Choice, ChoiceValue, Field, Plain, Screen};
use da_http::Parameters;

use super::control::{ANSWER, Above, Control, above, name, part};
use super::{CHOOSE, Problem, Read, Variables, check, convert};

/// The choice of a multiple choice question.
pub(super) fn one_of_screen(screen: &Screen, sent: &Parameters) -> Result<Variables, Vec<Problem>> {
    let wrong = |text: String| vec![Problem { field: Some(0), text }];
    let field = screen.fields.first().ok_or_else(|| wrong(CHOOSE.to_owned()))?;
    let control = Control::of_choice(screen);
    let raw = sent.text(&control.map_or_else(|| ANSWER.to_owned(), |_| name(0))).unwrap_or_default();
    if raw.trim().is_empty() {
        return Err(wrong(required(field)));
    }
    if let Some(ChoiceValue::Own { variable, value }) = numbered(field, &raw).map(|choice| &choice.value) {
        return Ok(vec![(variable.clone(), value.clone())]);
    }
    let value = match control {
        Some(Control::Combobox) => Some(value_or_text(field, &raw)),
        _ => value(field, &raw),
    };
    match (field.variable.clone(), value) {
        (Some(variable), Some(value)) => Ok(vec![(variable, value)]),
        _ => Err(wrong(CHOOSE.to_owned())),
    }
}

fn required(field: &Field) -> String {
    let own = field.validation_messages.iter().any(|(name, _)| name == "required");
    if own { check::message(field, "required") } else { CHOOSE.to_owned() }
}

fn numbered<'f>(field: &'f Field, raw: &str) -> Option<&'f Choice> {
    field.choices.as_ref()?.get(raw.trim().parse::<usize>().ok()?)
}

/// The value of the choice with this number.
pub(super) fn value(field: &Field, raw: &str) -> Option<Plain> {
    match &numbered(field, raw)?.value {
        ChoiceValue::Value(value) | ChoiceValue::Own { value, .. } => Some(value.clone()),
        ChoiceValue::None => Some(Plain::Null),
    }
}

/// The value of the choice with this label, or the text.
pub(super) fn value_or_text(field: &Field, raw: &str) -> Plain {
    let named = field.choices.iter().flatten().find(|choice| choice.label.trim() == raw.trim());
    match named.map(|choice| &choice.value) {
        Some(ChoiceValue::Value(value)) => value.clone(),
        _ => Plain::from(convert::text(raw)),
    }
}

/// Any of several: a dictionary of every choice and whether it was checked; of objects, the names of those that were.
pub(super) fn any(number: usize, field: &Field, sent: &Parameters, shown: bool) -> Result<Read, String> {
    let choices = field.choices.as_deref().unwrap_or_default();
    let is_checked = |at: usize| sent.get(&part(number, at)).is_some();
    let checked_above = |wanted: Above| {
        choices.iter().enumerate().any(|(at, choice)| above(field, choice) == Some(wanted) && is_checked(at))
    };
    let (all, none) = (checked_above(Above::All), checked_above(Above::None));
    let name = field.variable.clone().unwrap_or_default();
    let mut elements = Vec::new();
    let mut keys = Variables::new();
    let mut objects = Vec::new();
    let mut some = false;
    for (at, choice) in choices.iter().enumerate() {
        let checked = (is_checked(at) || all) && !none;
        match &choice.value {
            ChoiceValue::Own { variable, .. } => match da_app::key_of_choice(variable, &name) {
                Some(key) => elements.push((key, Plain::Bool(checked))),
                None => keys.push((variable.clone(), Plain::Bool(checked))),
            },
            ChoiceValue::Value(object) if checked => objects.push(object.clone()),
            ChoiceValue::Value(_) => {}
            ChoiceValue::None => continue,
        }
        some |= checked;
    }
    let must = field.none_of_the_above.as_ref().is_some_and(|none| !matches!(none, Plain::Bool(false) | Plain::Null));
    // A list in which several can be chosen may stay without a choice, where an author says so.
    let is_list = field.datatype.as_deref().is_some_and(|datatype| datatype.ends_with("multiselect"));
    let must = must && !(is_list && field.required == Some(false));
    if shown && must && !some && !none {
        return Err(check::message(field, "checkatleast"));
    }
    let of_objects = field.datatype.as_deref().is_some_and(|datatype| datatype.starts_with("object"));
    let value = if of_objects { Plain::List(objects) } else { dictionary(name, elements) };
    Ok(Read { value, keys })
}

/// docassemble's dictionary of checkboxes, as the API writes it.
fn dictionary(name: String, elements: Vec<(String, Plain)>) -> Plain {
    let entry = |key: &str, value: Plain| (key.to_owned(), value);
    Plain::Map(vec![
        entry("_class", "docassemble.base.util.DADict".into()),
        entry("instanceName", name.into()),
        entry("elements", Plain::Map(elements)),
        entry("auto_gather", false.into()),
        entry("gathered", true.into()),
    ])
}
