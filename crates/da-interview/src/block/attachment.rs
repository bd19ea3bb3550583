//! `attachment`: documents that a block makes.
//!
//! Read as far as their texts and fields go: what a document says must be known before it is offered. What is in a
//! template file of another format is not read here.

use da_markup::Template;

use super::Given;
use super::fault::Fault;
use super::python::Python;
use super::reader::Reading;
use crate::error::SourceErrorKind;
use crate::yaml::{Node, Scalar, Value};

/// The documents of a block.
#[derive(Debug)]
pub enum Attachments {
    /// Described in the block.
    Listed(Vec<Attachment>),
    /// `attachment code`: documents that an expression gives.
    Code(Python),
}

/// A document.
#[derive(Debug, Default)]
pub struct Attachment {
    /// `name`.
    pub name: Option<Template>,
    /// `filename`.
    pub filename: Option<Template>,
    /// `description`.
    pub description: Option<Template>,
    /// `variable name`.
    pub variable: Option<String>,
    /// The number of a document without a variable.
    pub number: usize,
    /// `content`, or what is in the `content file`.
    pub content: Option<Template>,
    /// `valid formats`.
    pub valid_formats: Option<Given>,
    /// The formats that are allowed where the author says nothing.
    pub usual_formats: &'static [&'static str],
    /// `fields` and `metadata`: texts that go into the document.
    pub texts: Vec<Given>,
    /// `code`, `field code` and `field variables`: values that go into the document.
    pub values: Vec<Python>,
    /// `skip undefined`: what is not there is left out.
    pub skips_undefined: bool,
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

/// What is in a content file. That it is missing is no reason not to ask anything else: no file is made of it.
fn content_file(reading: &mut Reading<'_>, node: &Node) -> Result<Option<Template>, Fault> {
    match reading.template_file(node) {
        Ok(content) => Ok(Some(content)),
        Err(fault) if fault.kind == SourceErrorKind::Block => {
            reading.warn(fault);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

impl Attachment {
    fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Attachment, Fault> {
        let mut attachment = Attachment { usual_formats: &["*"], ..Attachment::default() };
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    attachment.entry(reading, &entry.key.key_text().to_lowercase(), &entry.value)?;
                }
            }
            _ => attachment.content = Some(reading.text(node)?),
        }
        if attachment.variable.is_none() {
            attachment.number = reading.program.unnamed_documents;
            reading.program.unnamed_documents += 1;
        }
        Ok(attachment)
    }

    fn entry(&mut self, reading: &mut Reading<'_>, key: &str, node: &Node) -> Result<(), Fault> {
        match key {
            "name" => self.name = Some(reading.text(node)?),
            "filename" => self.filename = Some(reading.text(node)?),
            "description" => self.description = Some(reading.text(node)?),
            "variable name" => {
                let variable = reading.name_of(node)?;
                reading.used.add(&variable);
                self.variable = Some(variable);
            }
            "content" if node.as_scalar().is_some() => self.content = Some(reading.text(node)?),
            "content file" if node.as_scalar().is_some() => self.content = content_file(reading, node)?,
            "valid formats" => self.valid_formats = Some(Given::read(reading, node)?),
            "docx template file" => self.usual_formats = &["docx", "pdf"],
            "pdf template file" => self.usual_formats = &["pdf"],
            "raw" if node.as_bool() == Some(true) => self.usual_formats = &["raw"],
            "fields" | "metadata" => self.texts.push(Given::read(reading, node)?),
            "code" | "field code" | "field variables" | "raw field variables" => self.values(reading, node)?,
            "skip undefined" => self.skips_undefined = node.as_bool() == Some(true),
            _ => {}
        }
        Ok(())
    }

    /// The expressions at the leaves of a value.
    fn values(&mut self, reading: &mut Reading<'_>, node: &Node) -> Result<(), Fault> {
        match &node.value {
            Value::Scalar(Scalar::Null) => {}
            Value::Scalar(_) => self.values.push(reading.expression(node)?),
            Value::List(items) => {
                for item in items {
                    self.values(reading, item)?;
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    self.values(reading, &entry.value)?;
                }
            }
        }
        Ok(())
    }
}
