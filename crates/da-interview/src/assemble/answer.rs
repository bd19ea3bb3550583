//! Takes answers from outside.

use super::own_datatype::Read;
use super::{Evaluation, Flow, Signal, from_plain};
use crate::block::Switch;
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::{Answer, Outcome, Plain, SentFile, SentFiles};
use da_python::machine::Value;

/// What became of answers.
pub(super) enum Taken {
    /// All were taken.
    All,
    /// They are wrong: texts by variable, the empty name for the whole screen.
    Wrong(Vec<(String, String)>),
    /// The evaluation ended before they were taken.
    Over(Outcome),
}

/// What Python refuses of a name from outside is the fault of whoever named it.
fn blamed(signal: Signal, kind: AssembleErrorKind) -> Signal {
    match signal {
        Signal::Failed(error)
            if matches!(error.kind, AssembleErrorKind::BadVariable | AssembleErrorKind::Python { .. }) =>
        {
            AssembleError::new(kind, error.message).into()
        }
        other => other,
    }
}

impl Evaluation<'_, '_> {
    /// Takes answers.
    pub(super) fn take(&mut self, answer: &Answer) -> Result<Taken, AssembleError> {
        match self.try_take(answer) {
            Ok(taken) => Ok(taken),
            Err(Signal::Failed(error)) => Err(*error),
            Err(Signal::Over(outcome)) => Ok(Taken::Over(*outcome)),
            Err(Signal::Seek(name)) => {
                let message = format!("name '{name}' is not defined");
                Err(AssembleError::new(AssembleErrorKind::BadVariable, message))
            }
            Err(Signal::StartOver) => Ok(Taken::All),
        }
    }

    fn try_take(&mut self, answer: &Answer) -> Flow<Taken> {
        self.host().by_form = answer.check_fields;
        let form = self.answered_block(answer);
        let mut names =
            answer.variables.iter().map(|(name, _)| name).chain(answer.files.iter().map(|sent| &sent.variable));
        if form.is_some_and(|place| self.has_checks(place)) || names.any(|name| uses_letters(name)) {
            // The letters, and what modules and code define for checks, mean what they meant when the screen was made.
            self.set_letters_by_screen()?;
        }
        let (mut changed, mut wrong) = (Vec::new(), Vec::new());
        for (name, plain) in &answer.variables {
            let target = self.outside_target(name)?;
            let before = self.value_of(name)?.map(|value| self.vm.root(value));
            let mut value = self.take_value(plain, answer.raw)?;
            if let Some(place) = form {
                match self.read_control(place, name, value)? {
                    Read::Value(read) => value = read,
                    Read::Nothing => continue,
                    Read::Wrong(text) => wrong.push((name.clone(), text)),
                }
                if let Some(text) = self.check_value(place, name, value)? {
                    wrong.push((name.clone(), text));
                }
            }
            self.assign_from_outside(&target, value)?;
            changed.push((name.clone(), before));
        }
        for sent in &answer.files {
            let target = self.outside_target(&sent.variable)?;
            let before = self.value_of(&sent.variable)?.map(|value| self.vm.root(value));
            let signs = form.is_some_and(|place| self.is_signed(place, &sent.variable));
            let value = self.files_sent(sent, signs)?;
            self.assign_from_outside(&target, value)?;
            changed.push((sent.variable.clone(), before));
        }
        if let Some(question) = &answer.question_name {
            let Some(place) = self.interview.index.block_named(question) else {
                let message = format!("Problem marking question as completed: there is no question {question}");
                return Err(AssembleError::new(AssembleErrorKind::UnknownQuestion, message).into());
            };
            if !matches!(self.block(place).modifiers.mandatory, Switch::Off) {
                self.mark_answered(place)?;
            }
        }
        if let (Some(place), true) = (form, wrong.is_empty()) {
            wrong = self.check_screen(place)?;
        }
        if !wrong.is_empty() {
            return Ok(Taken::Wrong(wrong));
        }
        for name in &answer.delete_variables {
            self.delete_from_outside(name)?;
        }
        self.settle_events(answer)?;
        if answer.check_fields || answer.question_name.is_some() {
            // Quirk: over the API, answers have consequences only where the question is named (depends-on).
            self.settle(changed)?;
        }
        if !answer.overwrite {
            self.count_step()?;
        }
        Ok(Taken::All)
    }

    /// Assigns a variable that somebody names.
    fn assign_from_outside(&mut self, target: &da_python::machine::names::Target, value: Value) -> Flow<()> {
        self.assign_with_owners(target, value).map_err(|signal| blamed(signal, AssembleErrorKind::BadVariable))
    }

    /// Deletes a variable that somebody names; what is not there cannot be deleted, as with `del`.
    fn delete_from_outside(&mut self, name: &str) -> Flow<()> {
        let deleted = self.outside_target(name).and_then(|_| match self.is_defined(name)? {
            true => self.delete(name),
            false => Err(Signal::Seek(name.to_owned())),
        });
        deleted.map_err(|signal| match signal {
            Signal::Seek(missing) => {
                AssembleError::new(AssembleErrorKind::BadDeletion, format!("name '{missing}' is not defined")).into()
            }
            other => blamed(other, AssembleErrorKind::BadDeletion),
        })
    }

    /// The list of the files that were sent for a variable; of a signature the one file.
    fn files_sent(&mut self, sent: &SentFiles, signs: bool) -> Flow<Value> {
        let file = |file: &SentFile| {
            Plain::Map(vec![
                ("filename".to_owned(), Plain::from(file.name.as_str())),
                ("mimetype".to_owned(), Plain::from(da_core::media_type(&file.name))),
                ("extension".to_owned(), Plain::from(da_core::extension(&file.name))),
                ("number".to_owned(), Plain::Int(file.number.0)),
            ])
        };
        let files = Plain::List(sent.files.iter().map(file).collect());
        let value = from_plain(&mut self.vm, &files);
        let value = self.flow_anywhere(value)?;
        self.vm.root(value);
        let name = self.full_name(&sent.variable);
        let name = self.vm.str(name);
        let name = self.flow_anywhere(name)?;
        self.vm.root(name);
        let function = if signs { "_signature_from_outside" } else { "_files_from_outside" };
        let Some(make) = self.own_function(function) else { return Ok(value) };
        let made = self.vm.call(make, &[name, value]);
        let made = self.flow_anywhere(made)?;
        Ok(self.vm.root(made))
    }

    /// What a name from outside means. Entries of `_internal` may be set, as clients do; without the whole the engine
    /// would not know what was answered.
    fn outside_target(&mut self, name: &str) -> Flow<da_python::machine::names::Target> {
        let target = self.target(name)?;
        if &*target.name == "_internal" && target.path.is_empty() {
            let message = "_internal cannot be replaced or deleted";
            return Err(AssembleError::new(AssembleErrorKind::BadVariable, message).into());
        }
        Ok(target)
    }

    /// Assigns a variable; what it is part of is made first where a block can make it.
    fn assign_with_owners(&mut self, target: &da_python::machine::names::Target, value: Value) -> Flow<()> {
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
        let set = answer.variables.iter().map(|(name, _)| name).chain(answer.files.iter().map(|sent| &sent.variable));
        for name in answer.event_list.iter().chain(set) {
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
