//! The actions of this user that are under way: a stack in `_internal`, the current one first.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Question};
use da_python::machine::Value;

impl Evaluation<'_, '_> {
    /// The stack of this user, if anything was ever put there.
    fn own_events(&mut self) -> Option<Value> {
        let stacks = self.internal("event_stack")?;
        let uid = self.host().facts.session_uid().to_owned();
        self.vm.dict_get_str(stacks, &uid).filter(|&stack| self.vm.as_list(stack).is_some())
    }

    /// The current action of this user.
    fn current_event(&mut self) -> Option<Value> {
        let stack = self.own_events()?;
        self.vm.as_list(stack)?.first().copied()
    }

    fn action_of(&self, event: Value) -> Option<String> {
        let action = self.vm.dict_get_str(event, "action")?;
        self.vm.text(action).map(|action| action.to_string())
    }

    /// Takes an event off the top of the stack of this user's events.
    pub(super) fn pop_event(&mut self, name: &str) -> Flow<bool> {
        let is_current =
            self.current_event().and_then(|event| self.action_of(event)).is_some_and(|action| action == name);
        if let (true, Some(stack)) = (is_current, self.own_events())
            && let Some(list) = self.vm.as_list_mut(stack)
        {
            list.remove(0);
        }
        Ok(is_current)
    }

    /// Makes a screen that was reached by its name the current event, unless it waits on the stack already: it
    /// stays until the person goes on from it.
    pub(super) fn push_event(&mut self, name: &str) -> Flow<()> {
        let stack = match self.own_events() {
            Some(stack) => stack,
            None => {
                let Some(stacks) = self.internal("event_stack") else { return Ok(()) };
                let empty = self.vm.list(Vec::new());
                let empty = self.flow_anywhere(empty)?;
                let uid = self.host().facts.session_uid().to_owned();
                let set = self.vm.dict_set_str(stacks, &uid, empty);
                self.flow_anywhere(set)?;
                empty
            }
        };
        let waiting: Vec<Value> = self.vm.as_list(stack).cloned().unwrap_or_default();
        if waiting.into_iter().any(|event| self.action_of(event).is_some_and(|action| action == name)) {
            return Ok(());
        }
        let made = self.make_event(name);
        let event = self.flow_anywhere(made)?;
        if let Some(list) = self.vm.as_list_mut(stack) {
            list.insert(0, event);
        }
        Ok(())
    }

    fn make_event(&mut self, name: &str) -> da_python::machine::PyResult<Value> {
        let event = self.vm.dict()?;
        self.vm.root(event);
        let action = self.vm.str(name)?;
        self.vm.dict_set_str(event, "action", action)?;
        for part in ["arguments", "context"] {
            let empty = self.vm.dict()?;
            self.vm.dict_set_str(event, part, empty)?;
        }
        Ok(event)
    }

    /// Notes what the screen of the current event says, for `DABreadCrumbs`.
    pub(super) fn leave_crumb(&mut self, place: BlockId, question: &Question, title: &str) -> Flow<()> {
        let own = question.more("breadcrumb").map(|given| self.given_text(place, given)).transpose()?;
        let Some(event) = self.current_event() else { return Ok(()) };
        let crumb = self.vm.str(own.as_deref().unwrap_or(title).trim_end());
        let crumb = self.flow(crumb, place)?;
        let set = self.vm.dict_set_str(event, "breadcrumb", crumb);
        self.flow(set, place)
    }
}
