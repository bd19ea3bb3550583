//! What stands in the control of a field before anybody touches it.

use super::super::{Evaluation, Flow, to_plain};
use super::mark_selected;
use crate::block::{BlockField as Written, BlockId, Given};
use da_core::{ChoiceValue, Field, Plain};
use da_python::machine::Value;

impl Evaluation<'_, '_> {
    /// Says what stands in the control, and which of the choices are chosen by that.
    pub(super) fn stands_there(
        &mut self,
        place: BlockId,
        written: &Written,
        field: &mut Field,
        keys: &[String],
    ) -> Flow<()> {
        let variable = field.variable.clone().unwrap_or_default();
        field.default = self.default(place, written, &variable)?;
        self.default_moment(&variable, field)?;
        if let Some(choices) = &mut field.choices
            && (!written.has_objects() || written.has_many())
        {
            mark_selected(choices, keys, field.default.as_ref());
        }
        if written.has_objects() {
            // The object that stands there is told only if it can be chosen.
            let chosen = field.default.clone().map(ChoiceValue::Value);
            let can_be = field.choices.iter().flatten().any(|choice| Some(&choice.value) == chosen.as_ref());
            field.default = field.default.take().filter(|_| can_be);
        }
        // Quirk: a default that is no single value is told by what is chosen alone.
        field.default = field.default.take().filter(|default| !matches!(default, Plain::List(_) | Plain::Map(_)));
        Ok(())
    }

    /// The value before Back, the present value, or the default.
    fn default(&mut self, place: BlockId, written: &Written, variable: &str) -> Flow<Option<Plain>> {
        if let Some(value) = self.present(variable)? {
            return self.shown_default(place, written, value);
        }
        match &written.default {
            None => Ok(None),
            Some(Given::Plain(Plain::Null)) => Ok(None),
            Some(given @ (Given::Text(_) | Given::Plain(_))) => {
                Ok(Some(Plain::Text(self.given_text(place, given)?.trim().to_owned())))
            }
            Some(given) => {
                let value = self.given(place, given)?;
                self.shown_default(place, written, value)
            }
        }
    }

    fn shown_default(&mut self, place: BlockId, written: &Written, value: Value) -> Flow<Option<Plain>> {
        if value.is_none() {
            return Ok(None);
        }
        if written.has_objects() && !written.has_many() {
            return self.choice_value(place, value).map(Some);
        }
        // Quirk: dates, groups, and whatever else JSON has no word for, are not told: boxes that were checked before
        // are not checked again, unless they stand for objects.
        if self.vm.as_instance(value).is_some() && self.vm.text(value).is_none() {
            return Ok(None);
        }
        let plain = to_plain(&mut self.vm, value);
        self.flow(plain, place).map(Some)
    }

    /// A date or a time as its control has it: the day, the minute, or both.
    fn default_moment(&mut self, variable: &str, field: &mut Field) -> Flow<()> {
        let Some(Plain::Text(text)) = &mut field.default else { return Ok(()) };
        let length = match field.datatype.as_deref() {
            Some("date") => 10,
            Some("datetime") => 16,
            Some("time") => 5,
            _ => return Ok(()),
        };
        let Some(value) = self.present(variable)? else { return Ok(()) };
        if self.vm.text(value).is_none() {
            text.truncate(length);
            field.default_is_moment = true;
        }
        Ok(())
    }
}
