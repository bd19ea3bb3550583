//! Going on from a screen: what its button looks like, and what a page may set beside the fields.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Condition, GoingOn, Python};
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::{ContinueButton, Screen};

impl Evaluation<'_, '_> {
    /// Says how the button that goes on is shown.
    pub(super) fn going_on(&mut self, place: BlockId, written: &GoingOn, screen: &mut Screen) -> Flow<()> {
        if let Some(code) = &written.allowed {
            self.allowed_to_set(place, code)?;
        }
        let mut is_true =
            |condition: &Option<Condition>| condition.as_ref().map_or(Ok(false), |written| self.holds(place, written));
        let (hidden, disabled) = (is_true(&written.hides)?, is_true(&written.disables)?);
        screen.continue_button = match (hidden, disabled) {
            (true, _) => ContinueButton::Hidden,
            (false, true) => ContinueButton::Disabled,
            (false, false) => ContinueButton::Shown,
        };
        Ok(())
    }

    /// Looks at the names that code gives. Nobody needs them afterwards: a form sets what its screen asks for, and a client
    /// of the API sets what it likes.
    fn allowed_to_set(&mut self, place: BlockId, code: &Python) -> Flow<()> {
        let given = self.expression(place, code)?;
        let wrong = match self.vm.as_list(given).cloned() {
            None => "allowed to set code did not evaluate to a list",
            Some(items) if items.iter().any(|&item| self.vm.text(item).is_none()) => {
                "allowed to set code did not evaluate to a list of text items"
            }
            Some(_) => return Ok(()),
        };
        let kind = AssembleErrorKind::Python { class: "DAError".to_owned(), traceback: Vec::new() };
        let place = Some(Box::new(self.block(place).place()));
        Err(AssembleError { kind, message: format!("DAError: {wrong}"), place }.into())
    }
}
