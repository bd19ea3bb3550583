//! Work in the background: an action that is carried out apart from the session, which asks for what it ended with.

use super::{Evaluation, from_plain, to_plain};
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::{Action, Answers, Outcome, Plain, ScreenKind};
use da_python::Value;

/// What a piece of work ended with.
#[derive(Debug, Clone)]
pub(crate) enum Worked {
    /// `background_response(value)`.
    Value(Value),
    /// `background_response_action(action, ...)`: an action that changes the answers.
    Action(Action),
}

impl Evaluation<'_, '_> {
    /// Carries out an action and keeps what it ended with.
    pub(super) fn work(
        &mut self,
        answers: Option<&Answers>,
        task: &str,
        action: &Action,
    ) -> Result<Outcome, AssembleError> {
        self.host().is_worker = true;
        let mut ended = self.work_out(action);
        let instead = self.action_on_failure()?;
        // What the work did to the answers is dropped.
        self.open(answers)?;
        if let Ok(Worked::Action(action)) = &ended {
            ended = self.change_answers(answers, &action.clone())?;
        } else if let (Err(_), Some(action)) = (&ended, instead) {
            let failed = self.change_answers(answers, &action)?;
            ended = ended.and(failed);
        }
        self.keep_work(task, &ended)?;
        Ok(Outcome::Nothing)
    }

    /// What an action ends with. One that ends at a question failed: nobody is there to answer it.
    fn work_out(&mut self, action: &Action) -> Result<Worked, AssembleError> {
        let outcome = self.carry_out(action)?;
        match (self.worked(&outcome)?, outcome) {
            (Some(worked), _) => Ok(worked),
            (None, Outcome::UndefinedVariable { variable, .. }) => {
                Err(failed(format!("The background action {} needs the variable {variable}.", action.name)))
            }
            (None, _) => Err(failed(format!(
                "The background action {} ended without background_response() or background_response_action().",
                action.name
            ))),
        }
    }

    /// An action after the work, whose changes of the answers stay. It may end anywhere; if it fails, nothing is changed.
    fn change_answers(
        &mut self,
        answers: Option<&Answers>,
        action: &Action,
    ) -> Result<Result<Worked, AssembleError>, AssembleError> {
        match self.carry_out(action) {
            Ok(outcome) => Ok(Ok(self.worked(&outcome)?.unwrap_or(Worked::Value(Value::None)))),
            Err(error) => {
                self.open(answers)?;
                Ok(Err(error))
            }
        }
    }

    /// The action that `background_error_action` chose.
    fn action_on_failure(&mut self) -> Result<Option<Action>, AssembleError> {
        let Some(find) = self.vm.lookup(self.variables, "_on_background_error") else { return Ok(None) };
        let chosen = self.vm.call(find, &[]).and_then(|chosen| to_plain(&mut self.vm, chosen));
        let chosen = chosen.map_err(|raised| self.failure(raised, None))?;
        Ok(action_of(&chosen))
    }

    /// Keeps what the work ended with, where the task looks for it.
    fn keep_work(&mut self, task: &str, ended: &Result<Worked, AssembleError>) -> Result<(), AssembleError> {
        let Some(keep) = self.vm.lookup(self.variables, "_keep_background") else { return Ok(()) };
        let (value, error) = match ended {
            Ok(Worked::Value(value)) => (*value, Plain::Null),
            Ok(Worked::Action(_)) => (Value::None, Plain::Null),
            Err(error) => (Value::None, told(error)),
        };
        let kept = self.vm.str(task).and_then(|task| {
            self.vm.root(task);
            let error = from_plain(&mut self.vm, &error)?;
            self.vm.call(keep, &[task, value, error])
        });
        kept.map(drop).map_err(|raised| self.failure(raised, None))
    }

    /// The value that `background_response()` gives to the session, if a worker evaluates.
    pub(super) fn work_is_done(&mut self, value: Value) {
        if self.host().is_worker {
            let value = self.vm.pin(value);
            self.host().worked = Some(Worked::Value(value));
        }
    }

    /// What work ends with that came to the end of a background action.
    fn worked(&mut self, outcome: &Outcome) -> Result<Option<Worked>, AssembleError> {
        if let Some(worked) = self.host().worked.take() {
            return Ok(Some(worked));
        }
        let Outcome::Screen(screen) = outcome else { return Ok(None) };
        let Some(told) = &screen.background else { return Ok(None) };
        Ok(match screen.kind {
            ScreenKind::BackgroundResponseAction => action_of(told).map(Worked::Action),
            _ => {
                let value = from_plain(&mut self.vm, told).map_err(|raised| self.failure(raised, None))?;
                Some(Worked::Value(self.vm.pin(value)))
            }
        })
    }
}

/// An action of a dictionary with `action` and `arguments`.
fn action_of(chosen: &Plain) -> Option<Action> {
    let name = chosen.get("action")?.as_text()?.to_owned();
    let arguments = chosen.get("arguments").cloned().unwrap_or_else(|| Plain::Map(Vec::new()));
    Some(Action { name, arguments, persistent: false, is_step: false })
}

fn failed(message: String) -> AssembleError {
    AssembleError::new(AssembleErrorKind::Unsupported, message)
}

/// What the interview is told of a failure: its class, its message, and where it happened.
fn told(error: &AssembleError) -> Plain {
    let (class, trace) = match &error.kind {
        AssembleErrorKind::Python { class, traceback } => (class.clone(), traceback.join("\n")),
        kind => (format!("{kind:?}"), String::new()),
    };
    Plain::Map(vec![
        ("error_type".to_owned(), Plain::Text(class)),
        ("error_message".to_owned(), Plain::Text(error.message.clone())),
        ("error_trace".to_owned(), Plain::Text(trace)),
    ])
}
