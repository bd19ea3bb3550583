//! What stands in a control: what was sent, or the default.

use da_core::{Field, Plain};

use super::Show;
use crate::form::control;

/// Quirk: a field whose label the interview left out is called so by the engine, as in the original.
pub(super) fn is_no_label(label: &str) -> bool {
    label.trim().is_empty() || label == "no label"
}

impl Show<'_> {
    /// The text of a control.
    pub(super) fn text(&self, number: usize, field: &Field) -> String {
        match self.sent {
            Some(sent) => sent.text(&control::name(number)).unwrap_or_default(),
            None => match field.own.as_ref().and_then(|own| own.default.clone()) {
                Some(own) => own,
                None => field.default.as_ref().map(Plain::form_text).unwrap_or_default(),
            },
        }
    }

    /// Whether a box is checked.
    pub(super) fn is_checked(&self, number: usize, field: &Field, inverted: bool) -> bool {
        match self.sent {
            Some(sent) => sent.get(&control::name(number)).is_some(),
            None => field.default.as_ref().map(is_true).unwrap_or(inverted) != inverted,
        }
    }
}

fn is_true(value: &Plain) -> bool {
    match value {
        Plain::Bool(value) => *value,
        Plain::Text(text) => text == "True",
        Plain::Int(number) => *number != 0,
        _ => false,
    }
}
