//! What comes before the blocks of each pass: actions that were asked for, and questions that the
//! interview asks out of turn (`force_ask`, `force_gather`).
//!
//! What an action means is decided in Python (`process_action`); here is only when.

use super::{Evaluation, Flow, Signal, from_plain};
use crate::error::AssembleError;
use crate::names::INDEX_LETTERS;
use da_core::{Action, Keeping, Outcome, Plain};
use da_python::machine::{PyResult, Value};

/// What is kept beside the variables, and stands among them only while they are evaluated.
const LOCALS: [&str; 3] = ["session_local", "device_local", "user_local"];

impl Evaluation<'_, '_> {
    /// What every evaluation begins with: the sections, and the objects of this use, device and user.
    pub(crate) fn begin(&mut self) -> Flow<()> {
        self.begin_sections()?;
        LOCALS.iter().try_for_each(|name| self.begin_local(name))
    }

    /// Nearly always the sections stand there already, or there are none.
    fn begin_sections(&mut self) -> Flow<()> {
        let languages = &self.interview.program.parts.languages;
        let has_nav = self.vm.dict_get_str(self.variables, "nav").is_some_and(|nav| !nav.is_none());
        if has_nav && (self.has_sections() || languages.iter().all(|(_, parts)| parts.sections.is_none())) {
            return Ok(());
        }
        let Some(begin) = self.own_function("_begin_sections") else { return Ok(()) };
        let named = languages.iter();
        let sections =
            named.filter_map(|(language, parts)| Some((language.clone(), parts.sections.clone()?))).collect();
        let sections = from_plain(&mut self.vm, &Plain::Map(sections));
        let sections = self.flow_anywhere(sections)?;
        let begun = self.vm.call(begin, &[self.variables, sections]);
        self.flow_anywhere(begun).map(drop)
    }

    /// One of the objects that are kept beside the variables stands among them, and is made if it is not kept yet.
    fn begin_local(&mut self, name: &str) -> Flow<()> {
        let kept = self.internal(name);
        let uid = self.host().facts.session_uid().to_owned();
        if let Some(local) = kept.and_then(|kept| self.vm.dict_get_str(kept, &uid)) {
            let set = self.vm.dict_set_str(self.variables, name, local);
            return self.flow_anywhere(set);
        }
        let Some(begin) = self.own_function("_begin_local") else { return Ok(()) };
        let begun = self.vm.str(name).and_then(|name| self.vm.call(begin, &[self.variables, name]));
        self.flow_anywhere(begun).map(drop)
    }

    /// Takes away what is not kept where it stands, before the answers are saved. What the letters of generic blocks meant last
    /// is forgotten, unless the server is to keep it: it is decided anew for each screen.
    pub(super) fn end_evaluation(&mut self) -> Result<(), AssembleError> {
        self.take_away().map_err(|raised| self.failure(raised, None))
    }

    fn take_away(&mut self) -> PyResult<()> {
        if self.has_something_to_end()?
            && let Some(end) = self.own_function("_end")
        {
            let by_form = Value::from(self.host().by_form);
            self.vm.call(end, &[self.variables, by_form])?;
        }
        let keeps_letters = self.context.settings.keeps_letters;
        let letters = (!keeps_letters).then(|| std::iter::once("x").chain(INDEX_LETTERS));
        for name in LOCALS.into_iter().chain(letters.into_iter().flatten()) {
            if self.vm.dict_get_str(self.variables, name).is_some() {
                let key = self.vm.str(name)?;
                self.vm.dict_remove(self.variables, key)?;
            }
        }
        Ok(())
    }

    /// Whether the interview did something that only takes effect at the end.
    fn has_something_to_end(&mut self) -> PyResult<bool> {
        let Some(state) = self.own_function("_state") else { return Ok(false) };
        let globals = self.vm.get_attr(state, "globals")?;
        let prevents = self.vm.get_attr(state, "prevents_going_back")?;
        let waits = self.vm.as_sequence(globals).is_some_and(|globals| !globals.is_empty());
        Ok(waits || matches!(prevents, Value::True))
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
