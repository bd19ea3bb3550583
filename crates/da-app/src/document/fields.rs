//! The fields of a template: those of the form in a PDF file, or the names that a DOCX or Markdown template asks for.

use da_core::Caller;
use da_document::FormField;

use super::convert::text;
use super::draft;
use crate::account::may;
use crate::{App, AppError, Sent, clean_name};

/// What a template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// A PDF file with a form.
    Pdf,
    /// A DOCX file with Jinja2 in its text.
    Docx,
    /// A text with Jinja2 in it.
    Markdown,
}

/// The name of a template, by which its format is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateNamed {
    /// What it is.
    pub kind: TemplateKind,
    name: String,
}

impl TemplateNamed {
    /// The name of a file that was sent; nothing for one that is no template.
    pub fn parse(name: &str) -> Option<TemplateNamed> {
        let name = clean_name(name).replace(' ', "_");
        let kind = match da_core::extension(&name).as_str() {
            "pdf" => TemplateKind::Pdf,
            "docx" => TemplateKind::Docx,
            "md" | "markdown" => TemplateKind::Markdown,
            _ => return None,
        };
        Some(TemplateNamed { kind, name })
    }
}

/// What a template asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplateFields {
    /// The fields of a form, page by page.
    Form(Vec<FormField>),
    /// Names, in the order in which they come.
    Names(Vec<String>),
}

impl TemplateFields {
    /// What a field of a form holds as long as nobody says anything else; nothing where its author has to think of it.
    pub fn default_value(field: &FormField) -> Option<String> {
        draft::default_value(field)
    }

    /// What a button of a form stands for when it is on.
    pub fn export_value(field: &FormField) -> Option<String> {
        draft::export_value(field)
    }

    /// A question that offers the template as a document, as an author could begin with it. Nothing where it asks for nothing.
    pub fn draft(&self, template: &TemplateNamed) -> Option<String> {
        draft::question(self, &template.name)
    }
}

impl App {
    /// Makes sure that a caller may have templates looked at.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess) for anybody but administrators and developers.
    pub fn template_fields_may(&self, caller: &Caller) -> Result<(), AppError> {
        may(caller, &["admin", "developer"], &["template_parse"])
    }

    /// The fields of a template.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess), and [`Fault::BadDocument`](crate::Fault::BadDocument) with what is wrong with it.
    pub async fn template_fields(
        &self,
        caller: &Caller,
        template: &TemplateNamed,
        sent: Sent,
    ) -> Result<TemplateFields, AppError> {
        self.template_fields_may(caller)?;
        let TemplateNamed { kind, name } = template.clone();
        let bytes = sent.content.read().await?;
        self.work(move |app| {
            let jinja = match kind {
                TemplateKind::Pdf => {
                    return Ok(TemplateFields::Form(da_document::form_fields(
                        &bytes,
                        &mut da_document::Budget::full(),
                    )?));
                }
                TemplateKind::Docx => da_document::template(&bytes)?,
                TemplateKind::Markdown => text(&bytes)?.to_owned(),
            };
            let names = app.engine()?.template_names(&jinja, &name);
            Ok(TemplateFields::Names(names.map_err(|message| AppError::new(crate::Fault::BadDocument, message))?))
        })
        .await
    }
}
