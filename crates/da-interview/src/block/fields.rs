//! `fields`: the lines of a form.

use super::fault::Fault;
use super::field::FieldItem;
use super::reader::Reading;
use crate::yaml::{Node, Value};

/// Reads a list of fields; a mapping is a list of one.
pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<FieldItem>, Fault> {
    match &node.value {
        Value::List(items) => items.iter().map(|item| FieldItem::read(reading, item)).collect(),
        Value::Map(_) => FieldItem::read(reading, node).map(|item| vec![item]),
        Value::Scalar(_) => Err(Fault::at(node, "The fields must be written in the form of a list.")),
    }
}
