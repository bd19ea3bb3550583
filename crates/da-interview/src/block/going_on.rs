//! Going on from a screen: what its button looks like, and what a page may set beside the fields.

use super::condition::Condition;
use super::fault::Fault;
use super::keys::Keys;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Node, Scalar, Value};

/// `hide continue button`, `disable continue button` and `allowed to set`.
#[derive(Debug, Default)]
pub struct GoingOn {
    /// `hide continue button`.
    pub hides: Option<Condition>,
    /// `disable continue button`.
    pub disables: Option<Condition>,
    /// `allowed to set`, where an expression gives the names. Names that are written there are checked as they are read, and nobody needs
    /// them afterwards.
    pub allowed: Option<Python>,
}

impl GoingOn {
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<GoingOn, Fault> {
        Ok(GoingOn {
            hides: condition(reading, keys.get("hide continue button"))?,
            disables: condition(reading, keys.get("disable continue button"))?,
            allowed: keys.get("allowed to set").map_or(Ok(None), |node| allowed(reading, node))?,
        })
    }
}

/// A truth value or an expression; an empty text is none.
fn condition(reading: &mut Reading<'_>, node: Option<&Node>) -> Result<Option<Condition>, Fault> {
    let Some(node) = node else { return Ok(None) };
    if matches!(&node.value, Value::Scalar(Scalar::Null)) || node.as_text().is_some_and(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    Condition::read(reading, node).map(Some)
}

fn allowed(reading: &mut Reading<'_>, node: &Node) -> Result<Option<Python>, Fault> {
    if let Some(items) = node.as_list() {
        return match items.iter().find(|item| item.as_text().is_none()) {
            Some(item) => Err(Fault::at(item, "When 'allowed to set' is a list, it must be a list of text items.")),
            None => Ok(None),
        };
    }
    if node.as_text().is_none() {
        return Err(Fault::at(node, "When 'allowed to set' is not a list, it must be plain text."));
    }
    reading.expression(node).map(Some)
}
