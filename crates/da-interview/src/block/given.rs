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
    /// A mapping.
    Map(Vec<(String, Given)>),
    /// `code: ...`: what an expression gives.
    Code(Python),
}

impl Given {
    /// Reads a value. A mapping with the one key `code` is code.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Given, Fault> {
        Ok(match &node.value {
            Value::Scalar(Scalar::Text(text)) => Given::Text(reading.template(text, node.line)?),
            Value::Scalar(scalar) => Given::Plain(scalar.into()),
            Value::List(items) => {
                Given::List(items.iter().map(|item| Given::read(reading, item)).collect::<Result<_, _>>()?)
            }
            Value::Map(entries) => match &entries[..] {
                [only] if only.key.as_text() == Some("code") => Given::Code(reading.expression(&only.value)?),
                _ => Given::Map(
                    entries
                        .iter()
                        .map(|entry| Ok((entry.key.key_text(), Given::read(reading, &entry.value)?)))
                        .collect::<Result<_, Fault>>()?,
                ),
            },
        })
    }
}
