//! Takes answers from outside.

use super::{Evaluation, Flow, Signal};
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::{Answer, Outcome};
use da_python::Value;

impl Evaluation<'_, '_> {
    /// Takes answers; the screen and what is wrong if they do not fit it.
    pub(crate) fn take(&mut self, answer: &Answer) -> Result<Option<Outcome>, AssembleError> {
        match self.try_take(answer) {
            Ok(refused) => Ok(refused),
            Err(Signal::Failed(error)) => Err(*error),
            Err(Signal::Over(outcome)) => Ok(Some(*outcome)),
            Err(Signal::Seek(name)) => {
                let message = format!("Problem setting variables: name '{name}' is not defined");
                Err(AssembleError::new(AssembleErrorKind::BadVariable, message))
            }
            Err(Signal::StartOver) => Ok(None),
        }
    }

    fn try_take(&mut self, answer: &Answer) -> Flow<Option<Outcome>> {
        self.host().by_form = answer.check_fields;
        if answer.variables.iter().any(|(name, _)| uses_letters(name)) {
            // The letters mean what they meant when the screen was made.
            self.set_letters_by_screen()?;
        }
        let mut changed = Vec::new();
        for (name, plain) in &answer.variables {
            let target = self.outside_target(name)?;
            let before = self.value_of(name)?.map(|value| self.vm.root(value));
            let value = self.take_value(plain, answer.raw)?;
            self.assign_with_owners(&target, value)?;
            changed.push((name.clone(), before));
        }
        if let Some(question) = &answer.question_name {
            let Some(place) = self.interview.index.block_named(question) else {
                let message = format!("Problem marking question as completed: there is no question {question}");
                return Err(AssembleError::new(AssembleErrorKind::UnknownQuestion, message).into());
            };
            self.mark_answered(place)?;
        }
        for name in &answer.delete_variables {
            self.outside_target(name)?;
            self.delete(name)?;
        }
        self.settle_events(answer)?;
        if answer.check_fields || answer.question_name.is_some() {
            // Quirk: over the API, answers have consequences only where the question is named (depends-on).
            self.settle(changed)?;
        }
        if !answer.overwrite {
            self.count_step()?;
        }
        Ok(None)
    }

    /// What a name from outside means. Entries of `_internal` may be set, as clients do; without the whole the engine
    /// would not know what was answered.
    fn outside_target(&mut self, name: &str) -> Flow<da_python::names::Target> {
        let target = self.target(name)?;
        if &*target.name == "_internal" && target.path.is_empty() {
            let message = "Problem setting variables: _internal cannot be replaced or deleted";
            return Err(AssembleError::new(AssembleErrorKind::BadVariable, message).into());
        }
        Ok(target)
    }

    /// Assigns a variable; what it is part of is made first where a block can make it.
    fn assign_with_owners(&mut self, target: &da_python::names::Target, value: Value) -> Flow<()> {
        for _ in 0..self.context.settings.recursion_limit {
            match self.assign(target, value) {
                Err(Signal::Seek(missing)) => {
                    if self.seek(&missing)?.is_some() {
                        return Err(Signal::Seek(missing));
                    }
                    self.vm.root(value);
                }
                other => return other,
            }
        }
        Ok(())
    }

    /// Evaluates without taking anything, so that `x`, `i`, `j`, ... are set.
    fn set_letters_by_screen(&mut self) -> Flow<()> {
        match self.evaluate() {
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Events that are over: those that the client names, and those whose variable was set.
    fn settle_events(&mut self, answer: &Answer) -> Flow<()> {
        for name in answer.event_list.iter().chain(answer.variables.iter().map(|(name, _)| name)) {
            self.pop_event(name)?;
        }
        Ok(())
    }
}

/// Whether a name has letters that only a screen gives a meaning to.
fn uses_letters(name: &str) -> bool {
    name.starts_with("x.")
        || name.starts_with("x[")
        || crate::names::INDEX_LETTERS.iter().any(|letter| name.contains(&format!("[{letter}]")))
}
