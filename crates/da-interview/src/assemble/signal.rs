//! What ends a piece of an evaluation early.

use super::Evaluation;
use crate::block::BlockId;
use crate::error::{AssembleError, AssembleErrorKind, Place};
use da_core::Outcome;
use da_python::machine::value::Missing;
use da_python::machine::{Limit, PyError, Raised, Value};

/// Why a piece of an evaluation ended early.
#[derive(Debug)]
pub(crate) enum Signal {
    /// A variable is missing: seek it, then start over.
    Seek(String),
    /// Start over: something was defined on the way.
    StartOver,
    /// The evaluation is over.
    Over(Box<Outcome>),
    /// It failed.
    Failed(Box<AssembleError>),
}

/// The result of a piece of an evaluation.
pub(crate) type Flow<T> = Result<T, Signal>;

impl From<AssembleError> for Signal {
    fn from(error: AssembleError) -> Self {
        Signal::Failed(Box::new(error))
    }
}

impl Evaluation<'_, '_> {
    /// What an exception of the interview's code means for the evaluation.
    pub(crate) fn signal(&mut self, raised: Raised, place: Option<Place>) -> Signal {
        match self.vm.missing(&raised) {
            Some(Missing::Name(name) | Missing::Local(name) | Missing::Variable(name)) => {
                return Signal::Seek(name.to_string());
            }
            Some(Missing::Attribute { .. } | Missing::Item { .. }) | None => {}
        }
        if let Raised::Exception(exception) = raised
            && let Some(signal) = self.control_exception(exception)
        {
            return signal;
        }
        Signal::Failed(Box::new(self.failure(raised, place)))
    }

    /// The exceptions by which functions of `docassemble.base.util` end an evaluation.
    fn control_exception(&mut self, exception: Value) -> Option<Signal> {
        let class = self.vm.type_of(exception);
        let class = self.vm.as_class(class)?;
        if &*class.module != "docassemble.base.util" {
            return None;
        }
        match &*class.name {
            "ResponseError" => Some(self.over(|evaluation| evaluation.response(exception))),
            "CommandError" => Some(self.command(exception)),
            "QuestionError" => Some(self.over(|evaluation| evaluation.message(exception))),
            "BackgroundResponseError" => Some(self.over(|evaluation| evaluation.background_end(exception, false))),
            "BackgroundResponseActionError" => Some(self.over(|evaluation| evaluation.background_end(exception, true))),
            "ForcedReRun" => Some(Signal::StartOver),
            _ => None,
        }
    }

    /// The end of the evaluation that something makes.
    fn over(&mut self, make: impl FnOnce(&mut Self) -> Flow<Outcome>) -> Signal {
        make(self).map_or_else(|signal| signal, |outcome| Signal::Over(Box::new(outcome)))
    }

    /// An exception as a failure of the evaluation.
    pub(crate) fn failure(&mut self, raised: Raised, place: Option<Place>) -> AssembleError {
        let place = place.map(Box::new);
        match self.vm.error(raised) {
            PyError::Limit(limit) => AssembleError { kind: AssembleErrorKind::Limit, message: reached(limit), place },
            PyError::Exception { class, message, traceback } => {
                let lines = traceback
                    .iter()
                    .rev()
                    .map(|line| format!("{}, line {}, in {}", line.file, line.line, line.function));
                let kind = AssembleErrorKind::Python { class: class.to_string(), traceback: lines.collect() };
                let text = if message.is_empty() { class.to_string() } else { format!("{class}: {message}") };
                AssembleError { kind, message: text, place }
            }
        }
    }

    /// Turns a Python result into one of the evaluation, with the place of the block for messages.
    pub(crate) fn flow<T>(&mut self, result: Result<T, Raised>, block: BlockId) -> Flow<T> {
        result.map_err(|raised| {
            let place = self.block(block).place();
            self.signal(raised, Some(place))
        })
    }

    /// The same for what belongs to no block.
    pub(crate) fn flow_anywhere<T>(&mut self, result: Result<T, Raised>) -> Flow<T> {
        result.map_err(|raised| self.signal(raised, None))
    }
}

/// A limit that was reached, as an author is told.
fn reached(limit: Limit) -> String {
    let what = match limit {
        Limit::Fuel => "ran too long",
        Limit::Memory => "needed too much memory",
        Limit::Depth => "recursed too deeply",
        Limit::Output => "wrote too much output",
        Limit::Time => "took too long",
    };
    format!("the interview's code {what}")
}
