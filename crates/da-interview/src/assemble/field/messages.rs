//! What is said when the value of a field is wrong.

use super::super::{Evaluation, Flow};
use crate::block::{BlockField as Written, BlockId};
use da_core::{Field, Plain};
use da_python::machine::Value;

const REQUIRED: &str = "You need to fill this in.";
const SELECT: &str = "You need to select one.";
const COMBOBOX: &str = "You need to select one or type in a new value.";
const TOO_LARGE: &str =
    "Your file upload is larger than the server can accept. Please reduce the size of your file upload.";
const FILE: &str = "You must provide a file.";
const AT_LEAST_ONE: &str = "Check at least one option, or check “%s”";

/// What is said when a field that must be answered is not.
pub(crate) fn required_message(datatype: &str, input_type: Option<&str>) -> &'static str {
    required(datatype, input_type).1
}

/// The same, after the name under which an author may say something else.
fn required(datatype: &str, input_type: Option<&str>) -> (&'static str, &'static str) {
    match (datatype, input_type) {
        (file, _) if super::is_file(Some(file)) => ("file required", FILE),
        (_, Some("combobox")) => ("combobox required", COMBOBOX),
        (_, Some("ajax")) => ("combobox required", SELECT),
        ("object_radio", _) | (_, Some("radio" | "dropdown" | "yesnoradio" | "noyesradio")) => {
            ("multiple choice required", SELECT)
        }
        _ => ("required", REQUIRED),
    }
}

/// The messages of a field while they are put together.
struct Messages<'m> {
    /// What the author says for this field.
    own: &'m [(String, String)],
    /// What the interview says for all its fields.
    usual: Vec<&'m (String, String)>,
    said: Vec<(String, String)>,
}

impl Messages<'_> {
    /// Adds the message that the page knows as `key` and authors as `kind`, with what stands for each `%s`.
    fn say(&mut self, key: &str, kind: &str, message: &str, parameters: &[&str]) {
        let short = kind.rsplit(' ').next().unwrap_or(kind);
        let own = self.own.iter().find(|(name, _)| name == kind).or(self.own.iter().find(|(name, _)| name == short));
        let usual = self.usual.iter().rev().find(|(name, _)| name == kind).copied();
        let message = own.or(usual).map_or(message, |(_, said)| said);
        self.said.retain(|(known, _)| known != key);
        self.said.push((key.to_owned(), filled(message, parameters)));
    }
}

/// A message with its parameters; where their number is another, the message as it stands.
fn filled(message: &str, parameters: &[&str]) -> String {
    if parameters.is_empty() || message.matches("%s").count() != parameters.len() {
        return message.trim().to_owned();
    }
    let said = parameters.iter().fold(message.to_owned(), |said, parameter| said.replacen("%s", parameter, 1));
    said.replace("%%", "%").trim().to_owned()
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
        let mut own = Vec::with_capacity(written.validation_messages.len());
        for (name, text) in &written.validation_messages {
            own.push((name.clone(), self.text(place, text)?.trim().to_owned()));
        }
        let usual = self.usual().flat_map(|parts| &parts.validation_messages).collect();
        let mut messages = Messages { own: &own, usual, said: Vec::new() };
        let datatype = field.datatype.clone().unwrap_or_default();
        if written.has_many() {
            of_many(&mut messages, &datatype, field);
        } else {
            let (kind, message) = required(&datatype, field.input_type.as_deref());
            messages.say("required", kind, message, &[]);
            of_one(&mut messages, &datatype, field);
        }
        if written.more("uncheck others").is_some_and(|given| !given.is(false))
            && let Some(label) = &field.label
        {
            messages.say("uncheckothers", "checkboxes required", AT_LEAST_ONE, &[label]);
        }
        if datatype == "date" {
            self.of_date(&mut messages, field)?;
        }
        let mut said = messages.said;
        for (name, text) in own {
            said.retain(|(known, _)| *known != name);
            said.push((name, text));
        }
        field.validation_messages = said;
        Ok(())
    }

    /// The limits of a date, in words.
    fn of_date(&mut self, messages: &mut Messages<'_>, field: &mut Field) -> Flow<()> {
        let min = self.medium_date(field.min.as_ref())?;
        let max = self.medium_date(field.max.as_ref())?;
        match (min, max) {
            (Some(min), Some(max)) => {
                let message = "You need to enter a date between %s and %s.";
                messages.say("minmax", "date minmax", message, &[&min, &max]);
            }
            (Some(min), None) => {
                messages.say("min", "date min", "You need to enter a date on or after %s.", &[&min]);
            }
            (None, Some(max)) => {
                messages.say("max", "date max", "You need to enter a date on or before %s.", &[&max]);
            }
            (None, None) => {}
        }
        self.usual_dates(messages, field)
    }

    /// The limits that the interview sets for all its dates (`default date min`, `default date max`).
    fn usual_dates(&mut self, messages: &mut Messages<'_>, field: &mut Field) -> Flow<()> {
        let least = self.usual_date("default date min", field.min.is_none())?;
        let most = self.usual_date("default date max", field.max.is_none())?;
        match (least, most) {
            (Some((least, words)), Some((most, others))) => {
                let message = "You need to enter a date between %s and %s.";
                messages.say("minmax", "date minmax", message, &[&words, &others]);
                (field.min, field.max) = (Some(least), Some(most));
            }
            (None, Some((most, words))) => {
                messages.say("max", "date max", "You need to enter a date on or before %s.", &[&words]);
                field.max = Some(most);
            }
            (Some((least, words)), None) => {
                messages.say("min", "date min", "You need to enter a date on or after %s.", &[&words]);
                field.min = Some(least);
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// A date among the features, as it is told and in words, if it is wanted.
    fn usual_date(&mut self, feature: &str, wanted: bool) -> Flow<Option<(Plain, String)>> {
        let features = &self.interview.program.parts.features;
        let Some((_, said)) = features.iter().find(|(name, _)| wanted && name == feature) else { return Ok(None) };
        let (Plain::Text(said), Some(read)) = (said, self.own_function("_date_as_told")) else { return Ok(None) };
        let said = self.vm.str(said.as_str());
        let said = self.flow_anywhere(said)?;
        let told = self.vm.call(read, &[said]);
        let told = self.flow_anywhere(told)?;
        let Some(told) = self.vm.text(told).map(|told| Plain::Text(told.to_string())) else { return Ok(None) };
        Ok(self.medium_date(Some(&told))?.map(|words| (told, words)))
    }

    fn medium_date(&mut self, date: Option<&Plain>) -> Flow<Option<String>> {
        let (Some(Plain::Text(date)), Some(say)) = (date, self.own_function("_medium_date")) else {
            return Ok(None);
        };
        let date = self.vm.str(date.as_str());
        let date = self.flow_anywhere(date)?;
        let said = self.vm.call(say, &[date]);
        match self.flow_anywhere(said)? {
            Value::None => Ok(None),
            said => Ok(self.vm.text(said).map(|said| said.to_string())),
        }
    }
}

/// The messages of a field whose value is a group of choices.
fn of_many(messages: &mut Messages<'_>, datatype: &str, field: &mut Field) {
    let are_boxes = datatype.ends_with("checkboxes");
    let kind = if are_boxes { "checkbox" } else { "multiselect" };
    let limit = |value: &Option<Plain>| value.as_ref().map(text_of_plain);
    let (least, most) = (limit(&field.min_length), limit(&field.max_length));
    match (&least, &most) {
        (Some(least), Some(most)) if least == most && least.parse().is_ok_and(|number: f64| number > 0.0) => {
            field.none_of_the_above = Some(Plain::Bool(false));
            let key = if are_boxes { "checkexactly" } else { "selectexactly" };
            messages.say(key, &format!("{kind} minmaxlength"), "Please select exactly %s.", &[most]);
        }
        _ => {
            if let Some(least) = &least {
                if are_boxes && least.parse().is_ok_and(|number: f64| number >= 1.0) {
                    field.none_of_the_above = Some(Plain::Bool(false));
                }
                let key = if are_boxes { "checkatleast" } else { "minlength" };
                messages.say(key, &format!("{kind} minlength"), "Please select at least %s.", &[least]);
            }
            if let Some(most) = &most {
                let key = if are_boxes { "checkatmost" } else { "maxlength" };
                messages.say(key, &format!("{kind} maxlength"), "Please select no more than %s.", &[most]);
            }
        }
    }
    if are_boxes && let Some(none) = field.none_of_the_above.as_ref().filter(|none| **none != Plain::Bool(false)) {
        // Quirk: where nothing is said of it, the choice is called "True" here.
        messages.say("checkatleast", "checkboxes required", AT_LEAST_ONE, &[&text_of_plain(none)]);
    }
}

/// The messages of a field with one value.
fn of_one(messages: &mut Messages<'_>, datatype: &str, field: &Field) {
    let limit = |value: &Option<Plain>| value.as_ref().map(text_of_plain);
    if let Some(length) = limit(&field.min_length) {
        messages.say("minlength", "minlength", "You must type at least %s characters.", &[&length]);
    }
    if let Some(length) = limit(&field.max_length) {
        messages.say("maxlength", "maxlength", "You cannot type more than %s characters.", &[&length]);
    }
    match datatype {
        "date" => messages.say("date", "date", "You need to enter a valid date.", &[]),
        "datetime" => messages.say("datetime", "datetime", "You need to enter a valid date and time.", &[]),
        "time" => messages.say("time", "time", "You need to enter a valid time.", &[]),
        "email" => messages.say("email", "email", "You need to enter a complete e-mail address.", &[]),
        "number" | "float" | "currency" | "integer" => {
            messages.say("number", "number", "You need to enter a number.", &[]);
            if datatype == "integer" && field.step.is_none() {
                messages.say("step", "integer", "Please enter a whole number.", &[]);
            } else if field.step.is_some() {
                messages.say("step", "step", "Please enter a multiple of {0}.", &[]);
            }
            if let Some(min) = limit(&field.min) {
                messages.say("min", "min", "You need to enter a number that is at least %s.", &[&min]);
            }
            if let Some(max) = limit(&field.max) {
                messages.say("max", "max", "You need to enter a number that is at most %s.", &[&max]);
            }
        }
        file if super::is_file(Some(file)) => {
            if field.more.iter().any(|(name, _)| name == "accept") {
                messages.say("accept", "accept", "Please upload a file with a valid file format.", &[]);
            }
            messages.say("max", "maxuploadsize", TOO_LARGE, &[]);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_message_takes_as_many_parameters_as_it_has_places() {
        assert_eq!(filled("No more than %s, please!\n", &["100"]), "No more than 100, please!");
        assert_eq!(filled("At most 100%", &["100"]), "At most 100%");
        assert_eq!(filled("From %s to %s.", &["1", "2"]), "From 1 to 2.");
    }
}
