//! `action buttons`: links beside the controls of a question that run actions.

use super::fault::Fault;
use super::given::Given;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::Node;

/// The action buttons of a question, in order.
#[derive(Debug)]
pub struct ActionButtons(pub Vec<ButtonsOf>);

/// One action button, or as many as code gives.
#[derive(Debug)]
pub struct ButtonsOf {
    /// `show if`: an expression without which they are not there.
    pub show_if: Option<Python>,
    /// What they are: a mapping, or code that gives one or a list of them.
    pub given: Given,
}

impl ActionButtons {
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<ActionButtons, Fault> {
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        items.iter().map(|item| ButtonsOf::read(reading, item)).collect::<Result<_, _>>().map(ActionButtons)
    }
}

impl ButtonsOf {
    fn read(reading: &mut Reading<'_>, node: &Node) -> Result<ButtonsOf, Fault> {
        if node.as_map().is_none() {
            return Err(Fault::at(node, "An action button must be a dictionary."));
        }
        let condition = node.get("show if").map(|condition| condition.get("code").unwrap_or(condition));
        Ok(ButtonsOf {
            show_if: condition.map(|condition| reading.expression(condition)).transpose()?,
            given: Given::read(reading, node)?,
        })
    }
}
