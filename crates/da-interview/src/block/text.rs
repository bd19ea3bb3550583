//! [`Text`]: a text of the interview, literal or a template.

use super::read::Reading;
use crate::error::SourceError;
use crate::yaml::{Node, Value};
use da_markup::Template;
use std::sync::Arc;

/// A text that is shown to a person. It is a template only if it looks like one.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) template: Template,
}

impl Text {
    /// Takes the text of a node; what YAML took for a number or a truth value is text here.
    pub(crate) fn read(reading: &Reading<'_>, node: &Node) -> Result<Self, SourceError> {
        match &node.value {
            Value::Scalar(scalar) => Text::new(reading, &scalar.to_text(), node.line),
            _ => Err(reading.error(node, "A text was expected here.")),
        }
    }

    /// Takes a text that stands on `line`.
    pub(crate) fn new(reading: &Reading<'_>, text: &str, line: u32) -> Result<Self, SourceError> {
        Ok(Text { template: reading.template(text, line)? })
    }

    /// A text that is what it says, whatever it looks like.
    pub(crate) fn literal(text: &str) -> Self {
        Text { template: Template::Literal(Arc::from(text)) }
    }

    /// Whether it is to be evaluated.
    pub(crate) fn is_template(&self) -> bool {
        self.template.literal().is_none()
    }
}
