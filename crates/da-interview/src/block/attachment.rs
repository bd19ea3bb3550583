//! `attachment`: documents that a block makes.
//!
//! Read as far as the engine needs to know which variables it defines; assembling is not here.

use da_markup::Template;

use super::Given;
use super::fault::Fault;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Node, Value};

/// The documents of a block.
#[derive(Debug)]
pub enum Attachments {
    /// Described in the block.
    Listed(Vec<Attachment>),
    /// `attachment code`: a list that an expression gives.
    Code(Python),
}

/// A document.
#[derive(Debug)]
pub struct Attachment {
    /// `name`.
    pub name: Option<Template>,
    /// `filename`.
    pub filename: Option<Template>,
    /// `variable name`.
    pub variable: Option<String>,
    /// `content`, where the document is written in the block.
    pub content: Option<Template>,
    /// Every other directive, as given.
    pub more: Vec<(String, Given)>,
}

impl Attachments {
    /// Reads `attachment` or `attachments`.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Attachments, Fault> {
        if let [only] = node.as_map().unwrap_or_default()
            && only.key.as_text() == Some("code")
        {
            return reading.expression(&only.value).map(Attachments::Code);
        }
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        Ok(Attachments::Listed(items.iter().map(|item| Attachment::read(reading, item)).collect::<Result<_, _>>()?))
    }

    /// Whether a document is stored in a variable.
    pub(super) fn has_variable(&self) -> bool {
        matches!(self, Attachments::Listed(items) if items.iter().any(|item| item.variable.is_some()))
    }
}

impl Attachment {
    fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Attachment, Fault> {
        let mut attachment = Attachment { name: None, filename: None, variable: None, content: None, more: Vec::new() };
        let Value::Map(entries) = &node.value else {
            attachment.content = Some(reading.text(node)?);
            return Ok(attachment);
        };
        for entry in entries {
            let key = entry.key.key_text().to_lowercase();
            match key.as_str() {
                "name" => attachment.name = Some(reading.text(&entry.value)?),
                "filename" => attachment.filename = Some(reading.text(&entry.value)?),
                "content" if entry.value.as_text().is_some() => attachment.content = Some(reading.text(&entry.value)?),
                "variable name" => {
                    let variable = reading.name_of(&entry.value)?;
                    reading.used.add(&variable);
                    attachment.variable = Some(variable);
                }
                _ => attachment.more.push((key, Given::read(reading, &entry.value)?)),
            }
        }
        Ok(attachment)
    }
}
