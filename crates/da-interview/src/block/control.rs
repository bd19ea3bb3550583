//! What a person can do on a screen.

use super::choice::Choices;
use super::field::FieldList;
use super::read::{Reading, get, text};
use super::review::Review;
use super::variable::Variables;
use crate::error::SourceError;
use crate::yaml::{Node, Value};
use da_core::Variety;

/// The controls of a question.
#[derive(Debug)]
pub(crate) enum Control {
    /// None: a dead end.
    Nothing,
    /// Buttons for True and False, and perhaps None.
    YesNo(YesNo),
    /// A choice.
    Choice { variety: Variety, variable: Option<String>, choices: Choices },
    /// A Continue button that sets a variable.
    Continue(String),
    /// A form.
    Fields { list: FieldList, variable: Option<String> },
    /// A signature.
    Signature(String),
    /// Earlier answers.
    Review(Review),
}

/// A yes-or-no question.
#[derive(Debug)]
pub(crate) struct YesNo {
    pub(crate) variable: String,
    /// True and False change their places.
    pub(crate) inverted: bool,
    /// There is a third button.
    pub(crate) maybe: bool,
}

impl Control {
    pub(crate) fn read(reading: &Reading<'_>, root: &Node, variables: &mut Variables) -> Result<Self, SourceError> {
        for (key, inverted, maybe) in
            [("yesno", false, false), ("noyes", true, false), ("yesnomaybe", false, true), ("noyesmaybe", true, true)]
        {
            if let Some(node) = get(root, key) {
                return Ok(Control::YesNo(YesNo::read(reading, node, inverted, maybe, variables)?));
            }
        }
        if let Some(node) = get(root, "signature") {
            return Ok(Control::Signature(variables.declare(&text(reading, node)?)));
        }
        for (key, variety) in [
            ("buttons", Variety::Buttons),
            ("choices", Variety::Radio),
            ("dropdown", Variety::Dropdown),
            ("combobox", Variety::Combobox),
        ] {
            if let Some(node) = get(root, key) {
                let variable = get(root, "field").map(|node| text(reading, node)).transpose()?;
                let variable = variable.map(|name| variables.declare(&name));
                let choices = Choices::read(reading, node, variables)?;
                return Ok(Control::Choice { variety, variable, choices });
            }
        }
        let button = get(root, "continue button field").or_else(|| get(root, "field"));
        let button = button.map(|node| text(reading, node)).transpose()?.map(|name| variables.declare(&name));
        if let Some(node) = get(root, "fields") {
            let list = FieldList::read(reading, node, variables)?;
            return Ok(Control::Fields { list, variable: button });
        }
        if let Some(node) = get(root, "review") {
            return Ok(Control::Review(Review::read(reading, node, button, variables)?));
        }
        Ok(button.map_or(Control::Nothing, Control::Continue))
    }
}

impl YesNo {
    fn read(
        reading: &Reading<'_>,
        node: &Node,
        inverted: bool,
        maybe: bool,
        variables: &mut Variables,
    ) -> Result<Self, SourceError> {
        let Value::Scalar(_) = node.value else {
            return Err(reading.error(node, "A variable name was expected here."));
        };
        let variable = variables.declare(&text(reading, node)?);
        Ok(YesNo { variable, inverted, maybe })
    }
}
