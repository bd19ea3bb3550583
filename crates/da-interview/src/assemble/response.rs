//! Responses and commands: what an interview ends an evaluation with instead of a screen.

use super::exit::way_out;
use super::{Evaluation, Flow, Signal, to_plain};
use crate::block::{BlockId, ResponseBlock, ResponseKind};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::json;
use da_core::{Choice, ChoiceValue, Field, Outcome, Plain, Response, Screen, ScreenKind, Variety};
use da_python::machine::Value;

const PLAIN_TEXT: &str = "text/plain; charset=utf-8";

/// The name of a screen that has no block.
const MESSAGE: &str = "Question_Temp";

/// The buttons of a message: what asks for them, what they say, where they lead, whether they are there unasked.
const MESSAGE_BUTTONS: [(&str, &str, ScreenKind, bool); 5] = [
    ("show_exit", "Exit", ScreenKind::Exit, true),
    ("show_restart", "Restart", ScreenKind::Restart, true),
    ("show_leave", "Leave", ScreenKind::Leave, false),
    ("show_exit_logout", "Exit", ScreenKind::ExitLogout, false),
    ("show_logout", "Logout", ScreenKind::Logout, false),
];

impl Evaluation<'_, '_> {
    /// What a block sends in place of a screen.
    pub(super) fn respond(&mut self, place: BlockId, block: &ResponseBlock) -> Flow<Outcome> {
        let status = block.code.unwrap_or(200);
        let body = match &block.kind {
            ResponseKind::Text(text) => self.text(place, text)?.trim_end().to_owned().into_bytes(),
            ResponseKind::Bytes(bytes) => bytes.clone(),
            ResponseKind::File(name) => return self.respond_with_file(place, name, block),
            ResponseKind::Null => b"null".to_vec(),
            ResponseKind::Redirect(url) => {
                let (url, name) = (self.text(place, url)?.trim().to_owned(), self.block(place).name.clone());
                return self.redirect(name, url);
            }
            ResponseKind::Variables { internal } => {
                let Some(respond) = self.own_function("variables_as_json") else {
                    return Err(self.unsupported(place, "a response without the standard names"));
                };
                let responded = self.vm.call(respond, &[Value::from(*internal)]);
                self.flow(responded, place)?;
                return Ok(Outcome::Nothing);
            }
            ResponseKind::Background(value) => {
                return self.background(ScreenKind::BackgroundResponse, value.clone());
            }
            ResponseKind::BackgroundAction(action) => {
                return self.background(ScreenKind::BackgroundResponseAction, action.clone());
            }
        };
        let content_type = match &block.content_type {
            Some(text) => self.text(place, text)?.trim().to_owned(),
            None => PLAIN_TEXT.to_owned(),
        };
        Ok(Outcome::Response(Response { body, content_type, status }))
    }

    /// A screen that leads elsewhere at once.
    fn redirect(&mut self, name: String, url: String) -> Flow<Outcome> {
        self.end(ScreenKind::Redirect, name, url).map(|screen| Outcome::Screen(Box::new(screen)))
    }

    /// A static file of a package in place of a screen.
    fn respond_with_file(&mut self, place: BlockId, name: &str, block: &ResponseBlock) -> Flow<Outcome> {
        let Some(send) = self.own_function("_send_static_file") else {
            return Err(self.unsupported(place, "a response without the standard names"));
        };
        let content_type = match &block.content_type {
            Some(text) => Some(self.text(place, text)?.trim().to_owned()),
            None => None,
        };
        let sent = (|| {
            let name = self.vm.str(name)?;
            self.vm.root(name);
            let content_type = content_type.map_or(Ok(Value::None), |kind| self.vm.str(kind))?;
            self.vm.root(content_type);
            self.vm.call(send, &[name, content_type])
        })();
        self.flow(sent, place)?;
        Ok(Outcome::Nothing)
    }

    /// The end of a piece of work in the background, which nobody is shown.
    fn background(&mut self, kind: ScreenKind, value: Plain) -> Flow<Outcome> {
        let mut screen = self.end(kind, MESSAGE.to_owned(), kind.as_str().to_owned())?;
        screen.subquestion = None;
        screen.background = Some(value);
        Ok(Outcome::Screen(Box::new(screen)))
    }

    /// The end that an exception of `background_response()` or `background_response_action()` carries.
    pub(super) fn background_end(&mut self, exception: Value, is_action: bool) -> Flow<Outcome> {
        let (attribute, kind) = match is_action {
            true => ("action", ScreenKind::BackgroundResponseAction),
            false => ("data", ScreenKind::BackgroundResponse),
        };
        let value = self.attribute(exception, attribute)?.unwrap_or(Value::None);
        let plain = to_plain(&mut self.vm, value);
        let plain = self.flow_anywhere(plain)?;
        self.work_is_done(value, is_action);
        self.background(kind, plain)
    }

    /// The response that an exception of `response()` or `json_response()` carries.
    pub(crate) fn response(&mut self, exception: Value) -> Flow<Outcome> {
        let status = self.attribute(exception, "response_code")?.and_then(|code| self.vm.as_int(code));
        let status = status.and_then(|code| u16::try_from(code).ok()).unwrap_or(200);
        let content_type = self.text_attribute(exception, "content_type")?;
        if let Some(url) = self.text_attribute(exception, "url")? {
            return self.redirect(MESSAGE.to_owned(), url);
        }
        if self.attribute(exception, "is_json")?.is_some_and(|is_json| matches!(is_json, Value::True)) {
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
        let content_type = content_type.unwrap_or_else(|| PLAIN_TEXT.to_owned());
        Ok(Outcome::Response(Response { body, content_type, status }))
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
            Ok(screen) => {
                let screen = Screen { subquestion: Some(String::new()), ..screen };
                Signal::Over(Box::new(Outcome::Screen(Box::new(screen))))
            }
            Err(signal) => signal,
        }
    }

    /// The screen that an exception of `message()` carries: a text, with buttons to leave by; or the way out
    /// that was chosen there.
    pub(crate) fn message(&mut self, exception: Value) -> Flow<Outcome> {
        let mut buttons = Vec::new();
        for (name, label, kind, usual) in MESSAGE_BUTTONS {
            let shown = self.attribute(exception, name)?.filter(|shown| !shown.is_none());
            if shown.map_or(usual, |shown| matches!(shown, Value::True)) {
                buttons.push((label, kind));
            }
        }
        if let Some((number, kind)) = self.chosen_button(&buttons) {
            let url = self.text_attribute(exception, "url")?.unwrap_or_default();
            let screen = self.end(kind, format!("Question_{number}"), url)?;
            return Ok(Outcome::Screen(Box::new(screen)));
        }
        let mut screen = self.end(ScreenKind::MultipleChoice, MESSAGE.to_owned(), String::new())?;
        screen.question = self.text_attribute(exception, "question")?.unwrap_or_default();
        screen.subquestion = self.text_attribute(exception, "subquestion")?;
        screen.variety = Some(Variety::Buttons);
        let choice = |(number, (label, _)): (i64, &(&str, ScreenKind))| {
            let variable = format!("_internal[\"answers\"]['{MESSAGE}']");
            let value = ChoiceValue::Own { variable, value: Plain::Int(number) };
            Choice { label: (*label).to_owned(), value, ..Choice::default() }
        };
        screen.fields = vec![Field {
            number: "0".to_owned(),
            active: true,
            required: Some(true),
            field_type: Some("multiple_choice".to_owned()),
            choices: Some((0..).zip(&buttons).map(choice).collect()),
            ..Field::default()
        }];
        Ok(Outcome::Screen(Box::new(screen)))
    }

    /// The button of a message that was pressed.
    fn chosen_button(&self, buttons: &[(&str, ScreenKind)]) -> Option<(usize, ScreenKind)> {
        let answers = self.internal("answers")?;
        let number = usize::try_from(self.vm.as_int(self.vm.dict_get_str(answers, MESSAGE)?)?).ok()?;
        buttons.get(number).map(|(_, kind)| (number, *kind))
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
    Outcome::Response(Response { body: text.into_bytes(), content_type: "application/json".to_owned(), status })
}
