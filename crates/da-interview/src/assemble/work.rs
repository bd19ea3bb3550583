//! Work in the background: an action that is carried out apart from the session, in two halves. The first is given a copy of
//! the answers, and what it does to them is dropped; where it asks for that, or where it fails and the interview said what
//! then, an action changes the answers as they are by that time.
//!
//! What work ends with is data for whoever keeps it; nothing of it stands among the answers.

use super::{Evaluation, from_plain};
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::{Answers, KeptValue, Outcome, Plain, ScreenKind, Turn, Work, WorkError, WorkResult, Worked};
use da_python::machine::{PyResult, Value};

/// What an action in the background ended with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ended {
    /// `background_response(value)`.
    Value(Value),
    /// `background_response_action(action, ...)`: a dictionary with `action` and `arguments`.
    Action(Value),
}

impl Evaluation<'_, '_> {
    /// Carries out work, or its second half.
    pub(super) fn work(&mut self, answers: Option<&Answers>, work: Work) -> Result<Turn, AssembleError> {
        self.host().is_worker = true;
        let arguments = self.thaw(&work.arguments)?;
        if work.changes {
            return self.change_answers(answers, &work.action, arguments, work.failed);
        }
        let ended = self.work_out(&work.action, arguments);
        let worked = match ended {
            Ok(Ended::Value(value)) => Worked::Over(self.result_of(value, None)),
            Ok(Ended::Action(action)) => self.goes_on(action, None),
            Err(error) => {
                // What a failure wanted done in the world is dropped with it.
                self.host().take_effects();
                self.after_failure(error)
            }
        };
        let effects = self.host().take_effects();
        let turn = self.refused(answers, Outcome::Nothing)?;
        Ok(Turn { worked: Some(worked), effects, ..turn })
    }

    /// The second half. It may end anywhere; if it fails, nothing is changed.
    fn change_answers(
        &mut self,
        answers: Option<&Answers>,
        action: &str,
        arguments: Value,
        failed: Option<WorkError>,
    ) -> Result<Turn, AssembleError> {
        let ended = self.carry_out_with(action, arguments, false).and_then(|outcome| self.ended(&outcome));
        let result = match ended {
            Ok(Some(Ended::Value(value))) => self.result_of(value, failed),
            // As in the original: what did not fail and says nothing else ends with what was asked for.
            Ok(_) if failed.is_none() => {
                let asked = self.asked_for(action, arguments).map_err(|raised| self.failure(raised, None))?;
                self.result_of(asked, None)
            }
            Ok(_) => WorkResult { value: KeptValue::default(), error: failed },
            Err(error) => {
                let worked = Worked::Over(WorkResult { value: KeptValue::default(), error: Some(told(&error)) });
                let turn = self.refused(answers, Outcome::Nothing)?;
                return Ok(Turn { worked: Some(worked), ..turn });
            }
        };
        let turn = self.turn(answers, Outcome::Nothing, false)?;
        Ok(Turn { worked: Some(Worked::Over(result)), ..turn })
    }

    /// What an action ends with. One that ends at a question failed: nobody is there to answer it.
    fn work_out(&mut self, action: &str, arguments: Value) -> Result<Ended, WorkError> {
        let outcome = self.carry_out_with(action, arguments, false).map_err(|error| told(&error))?;
        if let Some(ended) = self.ended(&outcome).map_err(|error| told(&error))? {
            return Ok(ended);
        }
        let question = match outcome {
            Outcome::UndefinedVariable { variable, .. } => {
                let message = format!("The background action {action} needs the variable {variable}.");
                return Err(WorkError { class: "DAErrorMissingVariable".to_owned(), message, trace: None });
            }
            Outcome::Screen(screen) => screen.question,
            Outcome::Response(response) => String::from_utf8_lossy(&response.body).into_owned(),
            _ => String::new(),
        };
        match question.is_empty() {
            true => Ok(Ended::Value(Value::None)),
            false => Err(WorkError { class: "QuestionError".to_owned(), message: question, trace: None }),
        }
    }

    /// What follows a failure: the action that `background_error_action` chose is told what failed.
    fn after_failure(&mut self, error: WorkError) -> Worked {
        let chosen = self.chosen_on_failure(&error);
        match chosen {
            Ok(Some(action)) => self.goes_on(action, Some(error)),
            // Where not even that can be asked any more, the failure is all there is.
            Ok(None) | Err(_) => Worked::Over(WorkResult { value: KeptValue::default(), error: Some(error) }),
        }
    }

    fn chosen_on_failure(&mut self, error: &WorkError) -> PyResult<Option<Value>> {
        let Some(find) = self.own_function("_on_background_error") else { return Ok(None) };
        let chosen = self.vm.call(find, &[])?;
        if chosen.is_none() {
            return Ok(None);
        }
        self.vm.root(chosen);
        let Some(arguments) = self.vm.dict_get_str(chosen, "arguments") else { return Ok(None) };
        let trace = error.trace.clone().map_or(Plain::Null, Plain::Text);
        let about = [
            ("error_type", Plain::Text(error.class.clone())),
            ("error_message", Plain::Text(error.message.clone())),
            ("error_trace", trace),
            ("variables", Plain::List(Vec::new())),
        ];
        for (name, plain) in about {
            let value = from_plain(&mut self.vm, &plain)?;
            self.vm.dict_set_str(arguments, name, value)?;
        }
        Ok(Some(chosen))
    }

    /// The second half of work, as a dictionary with `action` and `arguments` says.
    fn goes_on(&mut self, action: Value, failed: Option<WorkError>) -> Worked {
        let name =
            self.vm.dict_get_str(action, "action").and_then(|name| self.vm.text(name).map(|name| name.to_string()));
        let arguments = self.vm.dict_get_str(action, "arguments");
        let (Some(name), Some(arguments)) = (name, arguments) else {
            let message = "an action after work in the background is a dictionary with action and arguments".to_owned();
            let error = WorkError { class: "DAError".to_owned(), message, trace: None };
            return Worked::Over(WorkResult { value: KeptValue::default(), error: Some(failed.unwrap_or(error)) });
        };
        match self.freeze(arguments) {
            Ok(arguments) => Worked::Changes(Work { action: name, arguments, changes: true, failed }),
            Err(error) => {
                Worked::Over(WorkResult { value: KeptValue::default(), error: Some(failed.unwrap_or(error)) })
            }
        }
    }

    /// What a value becomes. One that cannot be kept is a failure.
    fn result_of(&mut self, value: Value, error: Option<WorkError>) -> WorkResult {
        match self.freeze(value) {
            Ok(value) => WorkResult { value, error },
            Err(unkept) => WorkResult { value: KeptValue::default(), error: Some(error.unwrap_or(unkept)) },
        }
    }

    fn asked_for(&mut self, action: &str, arguments: Value) -> PyResult<Value> {
        let asked = self.vm.dict()?;
        self.vm.root(asked);
        let name = self.vm.str(action)?;
        self.vm.dict_set_str(asked, "action", name)?;
        self.vm.dict_set_str(asked, "arguments", arguments)?;
        Ok(asked)
    }

    fn freeze(&mut self, value: Value) -> Result<KeptValue, WorkError> {
        if value.is_none() {
            return Ok(KeptValue::default());
        }
        let snapshot = self.vm.snapshot(value).map_err(|error| WorkError {
            class: "TypeError".to_owned(),
            message: format!("what work in the background ends with cannot be kept: {error}"),
            trace: None,
        })?;
        Ok(KeptValue(snapshot.bytes))
    }

    /// Arguments that were kept.
    fn thaw(&mut self, kept: &KeptValue) -> Result<Value, AssembleError> {
        let read = match kept.0.is_empty() {
            true => self.vm.dict().map_err(|raised| self.failure(raised, None))?,
            false => self.vm.restore(&kept.0).map_err(|error| {
                let message = format!("the arguments of work in the background cannot be read back: {error}");
                AssembleError::new(AssembleErrorKind::Answers, message)
            })?,
        };
        Ok(self.vm.pin(read))
    }

    /// What `background_response()` or `background_response_action()` gives, if a worker evaluates.
    pub(super) fn work_is_done(&mut self, given: Value, is_action: bool) {
        if self.host().is_worker {
            let given = self.vm.pin(given);
            self.host().ended = Some(if is_action { Ended::Action(given) } else { Ended::Value(given) });
        }
    }

    /// What work ends with that came to the end of a background action.
    fn ended(&mut self, outcome: &Outcome) -> Result<Option<Ended>, AssembleError> {
        if let Some(ended) = self.host().ended.take() {
            return Ok(Some(ended));
        }
        let Outcome::Screen(screen) = outcome else { return Ok(None) };
        let Some(told) = &screen.background else { return Ok(None) };
        let value = from_plain(&mut self.vm, told).map_err(|raised| self.failure(raised, None))?;
        let value = self.vm.pin(value);
        Ok(Some(match screen.kind {
            ScreenKind::BackgroundResponseAction => Ended::Action(value),
            _ => Ended::Value(value),
        }))
    }
}

/// What the interview is told of a failure: its class, its message, and where it happened.
fn told(error: &AssembleError) -> WorkError {
    let (class, trace) = match &error.kind {
        AssembleErrorKind::Python { class, traceback } => (class.as_str(), Some(traceback.join("\n"))),
        AssembleErrorKind::NoEndpoint => ("DAErrorNoEndpoint", None),
        _ => ("DAError", None),
    };
    let message = error.message.strip_prefix(class).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&error.message);
    WorkError { class: class.to_owned(), message: message.to_owned(), trace }
}
