//! Whether a value is one that the field takes, and what is said if not: the field's own message comes first.

use da_core::{Field, Plain};

use super::control::Control;
use super::convert;

/// The message for one way of being wrong.
pub(crate) fn message(field: &Field, way: &str) -> String {
    let own = field.validation_messages.iter().find(|(name, _)| name == way).map(|(_, text)| text.clone());
    own.unwrap_or_else(|| usual(way).to_owned())
}

/// What is said about something that is no whole number.
pub(super) fn not_whole(field: &Field, raw: &str) -> String {
    message(field, if convert::number(raw).is_some() { "step" } else { "number" })
}

fn usual(way: &str) -> &'static str {
    match way {
        "number" => "You need to enter a number.",
        "step" => "Please enter a whole number.",
        "date" => "You need to enter a valid date.",
        "email" => "You need to enter a complete e-mail address.",
        "min" => "You need to enter a number that is at least {0}.",
        "max" => "You need to enter a number that is at most {0}.",
        "minlength" => "You must type at least {0} characters.",
        "maxlength" => "You cannot type more than {0} characters.",
        "file" => "You need to choose a file.",
        "checkatleast" => "Check at least one option, or the last one.",
        _ => "You need to fill this in.",
    }
}

/// Checks a value that is not empty.
pub(super) fn limits(field: &Field, control: Control, value: &Plain) -> Result<(), String> {
    match control {
        Control::Integer | Control::Number | Control::Currency => size(field, value),
        Control::Date => day(field, value),
        Control::Area | Control::Line(_) | Control::Combobox => {
            let Some(text) = value.as_text() else { return Ok(()) };
            if control == Control::Line("email") && !convert::is_email(text) {
                return Err(message(field, "email"));
            }
            length(field, text)
        }
        _ => Ok(()),
    }
}

fn size(field: &Field, value: &Plain) -> Result<(), String> {
    let Some(number) = as_number(value) else { return Ok(()) };
    let is_below = as_number_of(&field.min).is_some_and(|min| number < min);
    let is_above = as_number_of(&field.max).is_some_and(|max| number > max);
    let step = as_number_of(&field.step).filter(|step| *step > 0.0);
    let from = as_number_of(&field.min).unwrap_or(0.0);
    let is_between = step.is_some_and(|step| {
        let steps = (number - from) / step;
        (steps - steps.round()).abs() > 1e-9
    });
    refuse(field, [("min", is_below, &field.min), ("max", is_above, &field.max), ("step", is_between, &field.step)])
}

/// Days as the engine writes them can be compared as text.
fn day(field: &Field, value: &Plain) -> Result<(), String> {
    let limit = |limit: &Option<Plain>| {
        let text = limit.as_ref()?.as_text()?.trim().get(..10)?.to_owned();
        convert::date(&text)?.as_text().map(str::to_owned)
    };
    let Some(text) = value.as_text() else { return Ok(()) };
    let is_below = limit(&field.min).is_some_and(|min| text < min.as_str());
    let is_above = limit(&field.max).is_some_and(|max| text > max.as_str());
    let own = |way: &str| field.validation_messages.iter().any(|(name, _)| name == way);
    match (is_below, is_above) {
        (true, _) if !own("min") => Err(format!("The date cannot be before {}.", written(&field.min))),
        (_, true) if !own("max") => Err(format!("The date cannot be after {}.", written(&field.max))),
        _ => refuse(field, [("min", is_below, &field.min), ("max", is_above, &field.max)]),
    }
}

fn length(field: &Field, text: &str) -> Result<(), String> {
    let length = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    let is_below = as_number_of(&field.min_length).is_some_and(|min| length < min);
    let is_above = as_number_of(&field.max_length).is_some_and(|max| length > max);
    refuse(field, [("minlength", is_below, &field.min_length), ("maxlength", is_above, &field.max_length)])
}

fn refuse<const N: usize>(field: &Field, ways: [(&str, bool, &Option<Plain>); N]) -> Result<(), String> {
    match ways.into_iter().find(|(_, is_wrong, _)| *is_wrong) {
        Some((way, _, limit)) => Err(message(field, way).replace("{0}", &written(limit))),
        None => Ok(()),
    }
}

fn as_number_of(limit: &Option<Plain>) -> Option<f64> {
    as_number(limit.as_ref()?)
}

fn as_number(value: &Plain) -> Option<f64> {
    match value {
        Plain::Float(number) => Some(*number),
        Plain::Int(_) | Plain::BigInt(_) | Plain::Text(_) => written_one(value).trim().parse().ok(),
        _ => None,
    }
}

fn written(limit: &Option<Plain>) -> String {
    limit.as_ref().map(written_one).unwrap_or_default()
}

fn written_one(value: &Plain) -> String {
    match value {
        Plain::Text(text) | Plain::BigInt(text) => text.trim().to_owned(),
        Plain::Int(number) => number.to_string(),
        Plain::Float(number) => number.to_string(),
        _ => String::new(),
    }
}
