//! What is said when the value of a field is wrong.

use super::super::{Evaluation, Flow};
use crate::block::{BlockField as Written, BlockId};
use da_core::{Field, Plain};

const REQUIRED: &str = "You need to fill this in.";
const SELECT: &str = "You need to select one.";
const COMBOBOX: &str = "You need to select one or type in a new value.";
const TOO_LARGE: &str =
    "Your file upload is larger than the server can accept. Please reduce the size of your file upload.";
const FILE: &str = "You must provide a file.";

/// What is said when a field that must be answered is not.
pub(crate) fn required_message(datatype: &str, input_type: Option<&str>) -> &'static str {
    match (datatype, input_type) {
        ("file" | "files" | "camera" | "user" | "environment" | "microphone" | "camcorder", _) => FILE,
        ("object_radio", _) => SELECT,
        (_, Some("combobox")) => COMBOBOX,
        (_, Some("radio" | "dropdown" | "ajax" | "yesnoradio" | "noyesradio")) => SELECT,
        _ => REQUIRED,
    }
}

/// A plain value as words.
fn text_of_plain(value: &Plain) -> String {
    match value {
        Plain::Text(text) => text.clone(),
        Plain::Bool(true) => "True".to_owned(),
        Plain::Bool(false) => "False".to_owned(),
        other => super::python_repr(other),
    }
}

impl Evaluation<'_, '_> {
    /// The messages for each way in which the value of a field can be wrong.
    pub(super) fn validation_messages(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        let datatype = field.datatype.clone().unwrap_or_default();
        let mut messages: Vec<(String, String)> = Vec::new();
        let mut say = |name: &str, text: String| messages.push((name.to_owned(), text));
        match datatype.as_str() {
            "checkboxes" | "object_checkboxes" => {
                if let Some(none) = field.none_of_the_above.as_ref().filter(|none| **none != Plain::Bool(false)) {
                    let text = format!("Check at least one option, or check “{}”", text_of_plain(none));
                    say("checkatleast", text);
                }
            }
            "multiselect" | "object_multiselect" => {}
            _ => say("required", required_message(&datatype, field.input_type.as_deref()).to_owned()),
        }
        match datatype.as_str() {
            "number" | "float" | "currency" | "integer" => say("number", "You need to enter a number.".to_owned()),
            "date" => say("date", "You need to enter a valid date.".to_owned()),
            "datetime" => say("datetime", "You need to enter a valid date and time.".to_owned()),
            "time" => say("time", "You need to enter a valid time.".to_owned()),
            "email" => say("email", "You need to enter a complete e-mail address.".to_owned()),
            _ => {}
        }
        if datatype == "integer" {
            say("step", "Please enter a whole number.".to_owned());
        } else if datatype == "number" && field.step.is_some() {
            say("step", "Please enter a multiple of {0}.".to_owned());
        }
        let limit = |value: &Option<Plain>| value.as_ref().map(text_of_plain);
        if matches!(datatype.as_str(), "number" | "float" | "currency" | "integer") {
            if let Some(min) = limit(&field.min) {
                say("min", format!("You need to enter a number that is at least {min}."));
            }
            if let Some(max) = limit(&field.max) {
                say("max", format!("You need to enter a number that is at most {max}."));
            }
        }
        if let Some(length) = limit(&field.min_length) {
            say("minlength", format!("You must type at least {length} characters."));
        }
        if let Some(length) = limit(&field.max_length) {
            say("maxlength", format!("You cannot type more than {length} characters."));
        }
        if super::is_file(Some(&datatype)) {
            say("max", TOO_LARGE.to_owned());
        }
        for (name, text) in self.usual().flat_map(|parts| &parts.validation_messages) {
            if let Some(message) = messages.iter_mut().find(|(known, _)| known == name) {
                message.1 = text.trim().to_owned();
            }
        }
        for (name, text) in &written.validation_messages {
            let text = self.text(place, text)?.trim().to_owned();
            messages.retain(|(known, _)| known != name);
            messages.push((name.clone(), text));
        }
        field.validation_messages = messages;
        Ok(())
    }
}
