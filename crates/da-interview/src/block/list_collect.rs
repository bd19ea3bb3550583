//! `list collect`: the fields of all the items of a list on one screen.

use da_markup::Template;

use super::fault::Fault;
use super::keys::Keys;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Node, Value};

/// How the items of a list are asked for on one screen. What is not said is `None`.
#[derive(Debug)]
pub struct ListCollect {
    /// Whether they are: an expression. Without one, they are.
    pub enable: Option<Python>,
    /// `label`: what stands above the fields of an item.
    pub label: Option<Template>,
    /// `is final`: whether the list is complete after the screen; an expression.
    pub is_final: Option<Python>,
    /// `allow append`: whether items can be added; an expression.
    pub allow_append: Option<Python>,
    /// `allow delete`: whether items can be deleted; an expression.
    pub allow_delete: Option<Python>,
    /// `add another label`.
    pub add_another_label: Option<Template>,
}

impl ListCollect {
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Option<ListCollect>, Fault> {
        let Some(node) = keys.get("list collect") else { return Ok(None) };
        if !keys.has("fields") {
            return Err(Fault::at(node, "A block with 'list collect' must have fields."));
        }
        let mut collect = ListCollect {
            enable: None,
            label: None,
            is_final: None,
            allow_append: None,
            allow_delete: None,
            add_another_label: None,
        };
        match &node.value {
            Value::Scalar(_) => collect.enable = Some(reading.expression(node)?),
            Value::Map(_) => {
                let mut code = |key: &str| node.get(key).map(|node: &Node| reading.expression(node)).transpose();
                collect.enable = code("enable")?;
                collect.is_final = code("is final")?;
                collect.allow_append = code("allow append")?;
                collect.allow_delete = code("allow delete")?;
                collect.label = node.get("label").map(|node| reading.text(node)).transpose()?;
                collect.add_another_label = node.get("add another label").map(|node| reading.text(node)).transpose()?;
            }
            Value::List(_) => {
                return Err(Fault::at(node, "'list collect' must be true, an expression or a dictionary."));
            }
        }
        Ok(Some(collect))
    }
}
