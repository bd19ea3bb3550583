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
    /// `docx template file`: the templates that are filled in.
    pub templates: Vec<TemplateName>,
    /// What goes into the document, in order.
    pub fields: Vec<DocumentField>,
    /// `skip undefined`: what is not there is left out.
    pub skips_undefined: bool,
}

/// The name of a template file, with or without its package.
#[derive(Debug)]
pub enum TemplateName {
    /// As written.
    Text(Template),
    /// From an expression, which gives a name or several.
    Code(Python),
}

/// Something that goes into a document.
#[derive(Debug)]
pub enum DocumentField {
    /// `fields`: names and texts.
    Texts(Given),
    /// `code`: an expression that gives names and values.
    Code(Python),
    /// `field code` and `field variables`: a name, and an expression.
    Named(String, Python),
    /// `metadata`: texts that are not fields.
    Metadata(Given),
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
            "docx template file" => {
                self.usual_formats = &["docx", "pdf"];
                self.templates = template_names(reading, node)?;
            }
            "pdf template file" => self.usual_formats = &["pdf"],
            "raw" if node.as_bool() == Some(true) => self.usual_formats = &["raw"],
            "fields" => self.fields.push(DocumentField::Texts(Given::read(reading, node)?)),
            "metadata" => self.fields.push(DocumentField::Metadata(Given::read(reading, node)?)),
            "code" if node.as_scalar().is_some() => {
                self.fields.push(DocumentField::Code(reading.expression(node)?));
            }
            "field code" | "field variables" | "raw field variables" => self.named_fields(reading, node)?,
            "skip undefined" => self.skips_undefined = node.as_bool() == Some(true),
            _ => {}
        }
        Ok(())
    }

    /// Names and expressions: a mapping, a list of mappings, or variables that go in under their own names.
    fn named_fields(&mut self, reading: &mut Reading<'_>, node: &Node) -> Result<(), Fault> {
        match &node.value {
            Value::Scalar(Scalar::Null) => {}
            Value::Scalar(_) => {
                self.fields.push(DocumentField::Named(node.key_text().trim().to_owned(), reading.expression(node)?));
            }
            Value::List(items) => {
                for item in items {
                    self.named_fields(reading, item)?;
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    let value = reading.expression(&entry.value)?;
                    self.fields.push(DocumentField::Named(entry.key.key_text(), value));
                }
            }
        }
        Ok(())
    }
}

fn template_names(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<TemplateName>, Fault> {
    let items = node.as_list().unwrap_or(std::slice::from_ref(node));
    let name = |item: &Node| match item.get("code") {
        Some(code) => reading.expression(code).map(TemplateName::Code),
        None => reading.text(item).map(TemplateName::Text),
    };
    items.iter().map(name).collect()
}
