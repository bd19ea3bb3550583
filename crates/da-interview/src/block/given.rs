//! [`Given`]: a value as an author gives it, with texts that may be templates and places that may be
//! code.

use da_core::Plain;
use da_markup::Template;

use super::Python;
use super::fault::Fault;
use super::reader::Reading;
use crate::yaml::{Node, Scalar, Value};

/// A value of a directive: a default, a minimum, a choice's value.
#[derive(Debug, Clone)]
pub enum Given {
    /// A number, a truth value or nothing.
    Plain(Plain),
    /// A text.
    Text(Template),
    /// A list.
    List(Vec<Given>),
    /// A mapping, with its keys as they are written.
    Map(Vec<(Scalar, Given)>),
    /// `code: ...`: what an expression gives.
    Code(Python),
}

impl Given {
    /// Reads a value. A mapping with the one key `code` is code.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Given, Fault> {
        if let Some([only]) = node.as_map()
            && only.key.as_text() == Some("code")
        {
            return reading.expression(&only.value).map(Given::Code);
        }
        Given::read_parts(reading, node, Given::read)
    }

    /// Reads a value in which nothing is code, whatever it is called.
    pub(super) fn read_data(reading: &mut Reading<'_>, node: &Node) -> Result<Given, Fault> {
        Given::read_parts(reading, node, Given::read_data)
    }

    fn read_parts(
        reading: &mut Reading<'_>,
        node: &Node,
        inner: fn(&mut Reading<'_>, &Node) -> Result<Given, Fault>,
    ) -> Result<Given, Fault> {
        Ok(match &node.value {
            Value::Scalar(Scalar::Text(text)) => Given::Text(reading.template(text, node.line)?),
            Value::Scalar(scalar) => Given::Plain(scalar.into()),
            Value::List(items) => Given::List(items.iter().map(|item| inner(reading, item)).collect::<Result<_, _>>()?),
            Value::Map(entries) => Given::Map(
                entries
                    .iter()
                    .map(|entry| Ok((key_of(&entry.key), inner(reading, &entry.value)?)))
                    .collect::<Result<_, Fault>>()?,
            ),
        })
    }

    /// The value of a text key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Given> {
        let Given::Map(entries) = self else { return None };
        entries.iter().find(|(known, _)| matches!(known, Scalar::Text(text) if text == key)).map(|(_, given)| given)
    }

    /// Whether this is the truth value `value`, as it was written.
    pub fn is(&self, value: bool) -> bool {
        matches!(self, Given::Plain(Plain::Bool(written)) if *written == value)
    }
}

/// A key as Python will have it.
pub(super) fn key_of(key: &Node) -> Scalar {
    key.as_scalar().cloned().unwrap_or_else(|| Scalar::Text(key.key_text()))
}
