//! What the variables of a screen are part of must be there before the person answers.

use super::{Evaluation, Flow};
use da_core::Screen;
use da_python::machine::names::{Step, Target};

impl Evaluation<'_, '_> {
    /// Evaluates what the variables of the fields that are shown are attributes or items of, and seeks what is missing.
    pub(super) fn owners(&mut self, screen: &Screen) -> Flow<()> {
        // Items that may still be added are not there.
        let there = screen.list_collect.as_ref().map_or(usize::MAX, |collect| collect.length);
        let shown = screen.fields.iter().filter(|field| field.active && field.row.is_none_or(|row| row < there));
        let shown = shown.filter_map(|field| field.variable.as_deref());
        let mut owners: Vec<Target> = Vec::new();
        for variable in shown.chain(screen.continue_variable.as_deref()) {
            let target = self.target(variable)?;
            let is_attribute = |step: &Step| matches!(step, Step::Attribute(_));
            let attribute = target.path.iter().rposition(is_attribute);
            let item = target.path.iter().rposition(|step| !is_attribute(step));
            for length in attribute.into_iter().chain(item) {
                let owner = Target { name: target.name.clone(), path: target.path[..length].to_vec() };
                if !owners.contains(&owner) {
                    owners.push(owner);
                }
            }
        }
        for owner in owners {
            self.value_of_target(&owner)?;
        }
        Ok(())
    }
}
