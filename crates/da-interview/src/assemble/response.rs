//! Responses and commands: what an interview ends an evaluation with instead of a screen.

use super::exit::way_out;
use super::{Evaluation, Flow, Signal, to_plain};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::json;
use da_core::{Choice, ChoiceValue, Field, Outcome, Plain, Response, ResponseBody, ScreenKind, Variety};
use da_python::Value;

impl Evaluation<'_, '_> {
    /// The response that an exception of `response()` or `json_response()` carries.
    pub(crate) fn response(&mut self, exception: Value) -> Flow<Outcome> {
        let status = self.attribute(exception, "response_code")?.and_then(|code| self.vm.as_int(code));
        let status = status.and_then(|code| u16::try_from(code).ok()).unwrap_or(200);
        let content_type = self.text_attribute(exception, "content_type")?;
        if let Some(url) = self.text_attribute(exception, "url")? {
            let body = ResponseBody::Redirect(url);
            return Ok(Outcome::Response(Response { body, content_type: "text/html".to_owned(), status: 302 }));
        }
        if self.attribute(exception, "is_json")?.is_some_and(|is_json| matches!(is_json, Value::Bool(true))) {
            let data = self.attribute(exception, "data")?.unwrap_or(Value::None);
            let plain = to_plain(&mut self.vm, data);
            let plain = self.flow_anywhere(plain)?;
            return Ok(json_response(&plain, status));
        }
        let data = self.attribute(exception, "data")?.unwrap_or(Value::None);
        let body = match self.vm.as_bytes(data) {
            Some(bytes) => bytes.to_vec(),
            None => {
                let text = self.vm.to_str(data);
                self.flow_anywhere(text)?.into_bytes()
            }
        };
        let content_type = content_type.unwrap_or_else(|| "text/plain; charset=utf-8".to_owned());
        Ok(Outcome::Response(Response { body: ResponseBody::Bytes(body), content_type, status }))
    }

    /// The end that an exception of `command()` carries.
    pub(crate) fn command(&mut self, exception: Value) -> Signal {
        let parts = |evaluation: &mut Self| -> Flow<(String, String)> {
            let kind = evaluation.text_attribute(exception, "return_type")?.unwrap_or_default();
            Ok((kind, evaluation.text_attribute(exception, "url")?.unwrap_or_default()))
        };
        let (kind, url) = match parts(self) {
            Ok(parts) => parts,
            Err(signal) => return signal,
        };
        let Some(kind) = way_out(&kind) else {
            let message = format!("command: {kind:?} is not a command");
            return AssembleError::new(AssembleErrorKind::Unsupported, message).into();
        };
        match self.end(kind, "Question_Temp".to_owned(), url) {
            Ok(screen) => Signal::Over(Box::new(Outcome::Screen(Box::new(screen)))),
            Err(signal) => signal,
        }
    }

    /// The screen that an exception of `message()` carries: a text, with buttons to leave by.
    pub(crate) fn message(&mut self, exception: Value) -> Flow<Outcome> {
        let mut screen = self.end(ScreenKind::MultipleChoice, "Question_Temp".to_owned(), String::new())?;
        screen.question = self.text_attribute(exception, "question")?.unwrap_or_default();
        screen.subquestion = self.text_attribute(exception, "subquestion")?;
        screen.variety = Some(Variety::Buttons);
        let mut labels = Vec::new();
        for (name, label, usual) in [
            ("show_exit", "Exit", true),
            ("show_restart", "Restart", true),
            ("show_leave", "Leave", false),
            ("show_exit_logout", "Exit", false),
            ("show_logout", "Logout", false),
        ] {
            let shown = self.attribute(exception, name)?.filter(|shown| !shown.is_none());
            if shown.map_or(usual, |shown| matches!(shown, Value::Bool(true))) {
                labels.push(label);
            }
        }
        let choice = |(number, label): (usize, &str)| {
            let value = Plain::Int(i64::try_from(number).unwrap_or(i64::MAX));
            let own = ChoiceValue::Own { variable: "_internal[\"answers\"]['Question_Temp']".to_owned(), value };
            Choice { label: label.to_owned(), value: own, ..Choice::default() }
        };
        screen.fields = vec![Field {
            number: "0".to_owned(),
            active: true,
            required: Some(true),
            field_type: Some("multiple_choice".to_owned()),
            choices: Some(labels.into_iter().enumerate().map(choice).collect()),
            ..Field::default()
        }];
        Ok(Outcome::Screen(Box::new(screen)))
    }

    fn attribute(&mut self, object: Value, name: &str) -> Flow<Option<Value>> {
        let value = self.vm.get_attr_opt(object, name);
        self.flow_anywhere(value)
    }

    fn text_attribute(&mut self, object: Value, name: &str) -> Flow<Option<String>> {
        let Some(value) = self.attribute(object, name)?.filter(|value| !value.is_none()) else { return Ok(None) };
        let text = self.vm.to_str(value);
        self.flow_anywhere(text).map(Some)
    }
}

/// JSON as docassemble writes it: keys sorted, two blanks of indentation, a newline at the end.
fn json_response(plain: &Plain, status: u16) -> Outcome {
    let mut text = json::sorted(plain);
    text.push('\n');
    let body = ResponseBody::Bytes(text.into_bytes());
    Outcome::Response(Response { body, content_type: "application/json".to_owned(), status })
}
