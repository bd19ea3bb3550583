//! `template`: a text that is a variable.

use da_markup::Template;

use super::fault::Fault;
use super::keys::Keys;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::Node;

/// A text that is rendered whenever its variable is printed.
#[derive(Debug)]
pub struct TemplateBlock {
    /// The variable.
    pub variable: String,
    /// `subject`.
    pub subject: Option<Template>,
    /// The text.
    pub content: Content,
}

/// Where the text of a template is.
#[derive(Debug)]
pub enum Content {
    /// `content`: in the block.
    Text(Template),
    /// `content file`: in files, which were read with the interview, one after the other.
    Files(Vec<Template>),
    /// `content file` with `code`: in the files that an expression names.
    FilesFromCode(Python),
}

impl TemplateBlock {
    /// Reads the block if it is a template.
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Option<TemplateBlock>, Fault> {
        let Some(template) = keys.get("template") else { return Ok(None) };
        let content = if let Some(node) = keys.get("content") {
            Content::Text(reading.text(node)?)
        } else if let Some(node) = keys.get("content file") {
            content_file(reading, node)?
        } else {
            return Err(Fault::at(template, "A template must have content or a content file."));
        };
        let variable = reading.name_of(template)?;
        reading.used.add(&variable);
        let subject = keys.get("subject").map(|node| reading.text(node)).transpose()?;
        Ok(Some(TemplateBlock { variable, subject, content }))
    }
}

fn content_file(reading: &mut Reading<'_>, node: &Node) -> Result<Content, Fault> {
    if let Some(code) = node.get("code") {
        return reading.expression(code).map(Content::FilesFromCode);
    }
    let files = node.as_list().unwrap_or(std::slice::from_ref(node));
    Ok(Content::Files(files.iter().map(|file| reading.template_file(file)).collect::<Result<_, _>>()?))
}
