//! What comes before the blocks of each pass: actions that were asked for, and questions that the
//! interview asks out of turn (`force_ask`, `force_gather`).
//!
//! What an action means is decided in Python (`process_action`); here is only when.

use super::{Evaluation, Flow, Signal, from_plain};
use crate::error::AssembleError;
use da_core::{Action, Keeping, Outcome, Plain};
use da_python::{PyResult, Value};

impl Evaluation<'_, '_> {
    /// What every evaluation begins with: the sections, and the objects of this use, device and user.
    pub(crate) fn begin(&mut self) -> Flow<()> {
        let Some(begin) = self.own_function("_begin") else { return Ok(()) };
        let named = self.interview.program.parts.languages.iter();
        let sections =
            named.filter_map(|(language, parts)| Some((language.clone(), parts.sections.clone()?))).collect();
        let sections = from_plain(&mut self.vm, &Plain::Map(sections));
        let sections = self.flow_anywhere(sections)?;
        let begun = self.vm.call(begin, &[self.variables, sections]);
        self.flow_anywhere(begun).map(drop)
    }

    /// Takes away what is not kept where it stands, before the answers are saved.
    pub(super) fn end_evaluation(&mut self) -> Result<(), AssembleError> {
        let Some(end) = self.own_function("_end") else { return Ok(()) };
        let by_form = Value::from(self.host().by_form);
        let keeps_letters = Value::from(self.context.settings.keeps_letters);
        let ended = self.vm.call(end, &[self.variables, by_form, keeps_letters]);
        ended.map(drop).map_err(|raised| self.failure(raised, None))
    }

    /// Carries out what is to be done out of turn, unless the interview's own code does it.
    pub(crate) fn act(&mut self) -> Flow<()> {
        if self.interview.schedule.acts_itself || !self.something_waits() {
            return Ok(());
        }
        let Some(process_action) = self.own_function("_process_action") else { return Ok(()) };
        let acted = self.vm.call(process_action, &[]);
        self.flow_anywhere(acted).map(drop)
    }

    /// Evaluates with an action from outside, which the first pass carries out.
    pub(super) fn carry_out(&mut self, action: &Action) -> Result<Outcome, AssembleError> {
        let arguments = from_plain(&mut self.vm, &action.arguments);
        let arguments = arguments.map_err(|raised| self.failure(raised, None))?;
        let outcome = self.carry_out_with(&action.name, arguments, action.persistent)?;
        if action.is_step
            && self.host().keeping == Keeping::Usual
            && let Err(Signal::Failed(error)) = self.count_step()
        {
            return Err(*error);
        }
        Ok(outcome)
    }

    /// The same for arguments that Python has already, in a dictionary.
    pub(super) fn carry_out_with(
        &mut self,
        name: &str,
        arguments: Value,
        persistent: bool,
    ) -> Result<Outcome, AssembleError> {
        let requested = self.hand_over(name, arguments, persistent);
        requested.map_err(|raised| self.failure(raised, None))?;
        self.evaluate()
    }

    fn hand_over(&mut self, name: &str, arguments: Value, persistent: bool) -> PyResult<()> {
        let Some(request) = self.own_function("_request_action") else { return Ok(()) };
        self.vm.root(arguments);
        let name = self.vm.str(name)?;
        self.host().has_action = true;
        self.vm.call(request, &[name, arguments, Value::from(persistent)]).map(drop)
    }

    /// Whether anything is asked for out of turn.
    fn something_waits(&mut self) -> bool {
        if std::mem::take(&mut self.host().has_action) {
            return true;
        }
        let is_filled = |list: Value| self.vm.as_list(list).is_some_and(|list| !list.is_empty());
        if self.internal("gather").is_some_and(is_filled) {
            return true;
        }
        let stacks = self.internal("event_stack").and_then(|stacks| self.vm.as_dict(stacks));
        stacks.is_some_and(|stacks| stacks.iter().any(|entry| is_filled(entry.value)))
    }
}
