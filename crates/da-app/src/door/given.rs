//! What an interview gives along with what it asks for.

use da_core::Plain;
use serde_json::Value;

use super::Refusal;
use crate::view;

/// A map of arguments.
pub(super) struct Given<'p>(pub(super) &'p Plain);

impl Given<'_> {
    /// Anything but None.
    pub(super) fn get(&self, name: &str) -> Option<&Plain> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text that must be there.
    pub(super) fn text(&self, name: &str) -> Result<String, Refusal> {
        self.maybe(name).ok_or_else(|| format!("{name} is missing"))
    }

    /// A text that may be missing; numbers count as what they are written as.
    pub(super) fn maybe(&self, name: &str) -> Option<String> {
        self.get(name).map(Plain::form_text)
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Plain::Bool(true)))
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Plain::Int(number)) => Some(*number),
            Some(Plain::Text(text)) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Plain::List(items)) => items.iter().map(Plain::form_text).collect(),
            Some(Plain::Text(text)) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    pub(super) fn map(&self, name: &str) -> Vec<(String, Plain)> {
        self.get(name).and_then(Plain::as_map).map(<[_]>::to_vec).unwrap_or_default()
    }

    pub(super) fn json(&self, name: &str) -> Value {
        self.0.get(name).map_or(Value::Null, view::to_json)
    }
}
