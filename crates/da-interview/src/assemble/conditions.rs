//! When a field is shown.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Condition, ShowIf as Written, ShowIfTest, Switch};
use da_core::{Plain, ShowIf};

impl Evaluation<'_, '_> {
    /// Whether the field is shown as far as code decides, and the condition for the browser.
    pub(crate) fn show_if(&mut self, place: BlockId, conditions: &[Written]) -> Flow<(bool, Option<ShowIf>)> {
        let (mut active, mut show_if) = (true, None);
        for condition in conditions {
            let sign = condition.sign;
            match &condition.test {
                ShowIfTest::Code(code) => active = active && self.is_true(place, code)? == sign,
                ShowIfTest::Field { variable, value } => {
                    let value = Plain::Text(self.text(place, value)?);
                    show_if = Some(ShowIf::Value { variable: variable.clone(), value, sign });
                }
                ShowIfTest::Script { expression, variables } => {
                    let expression = self.text(place, expression)?.trim().to_owned();
                    let (variables, mode) = (variables.clone(), i64::from(condition.disables));
                    show_if = Some(ShowIf::Script { expression, variables, sign, mode });
                }
            }
        }
        Ok((active, show_if))
    }

    /// A yes or no that may be given by code.
    pub(crate) fn holds(&mut self, place: BlockId, condition: &Condition) -> Flow<bool> {
        match condition {
            Condition::Fixed(value) => Ok(*value),
            Condition::Code(code) => self.is_true(place, code),
        }
    }

    /// Whether a switch is on.
    pub(crate) fn is_on(&mut self, place: BlockId, switch: &Switch) -> Flow<bool> {
        match switch {
            Switch::Off => Ok(false),
            Switch::On => Ok(true),
            Switch::If(code) => self.is_true(place, code),
        }
    }
}
