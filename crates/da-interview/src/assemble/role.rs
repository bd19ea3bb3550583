//! `role` and `default role`: questions that wait for another person.

use super::{Evaluation, Flow, Signal};
use crate::block::BlockId;

/// What is shown to the person whose turn it is not.
const ROLE_EVENT: &str = "role_event";

impl Evaluation<'_, '_> {
    /// Where the interview says which `role` the person has and the question is for another, `role_event` is sought.
    pub(super) fn check_role(&mut self, place: BlockId) -> Flow<()> {
        let Some(role) = self.vm.dict_get_str(self.variables, "role") else { return Ok(()) };
        let block = self.block(place);
        let own = &block.modifiers.roles;
        let usual = self.interview.program.parts.default_roles.as_ref();
        let Some(wanted) = Some(own).filter(|roles| !roles.is_empty()).or(usual) else { return Ok(()) };
        let role = self.vm.text(role);
        let may_answer = role.is_some_and(|role| wanted.iter().any(|wanted| **wanted == *role));
        if may_answer || block.fields_used.defined.iter().any(|name| name == ROLE_EVENT) {
            return Ok(());
        }
        let plain = wanted.clone().into();
        let needed = super::from_plain(&mut self.vm, &plain);
        let needed = self.flow(needed, place)?;
        let set = self.vm.dict_set_str(self.variables, "role_needed", needed);
        self.flow(set, place)?;
        Err(Signal::Seek(ROLE_EVENT.to_owned()))
    }
}
