//! Texts in the formats of word processors, as Markdown.

use da_document::DocumentError;

use crate::{App, AppError, Fault, Sent};

/// What a text comes in.
#[derive(Debug, Clone, Copy)]
enum TextKind {
    Docx,
    Markdown,
    Plain,
}

impl TextKind {
    fn of(name: &str) -> Option<TextKind> {
        match da_core::extension(name).as_str() {
            "docx" => Some(TextKind::Docx),
            "md" | "markdown" => Some(TextKind::Markdown),
            "txt" => Some(TextKind::Plain),
            _ => None,
        }
    }
}

impl App {
    /// A text as Markdown.
    ///
    /// # Errors
    /// [`Fault::UnknownFormat`] for a file that is in no format that is read here, by its name, and [`Fault::BadDocument`] for one
    /// that is not what its name says.
    pub async fn file_to_markdown(&self, sent: Sent) -> Result<String, AppError> {
        let Some(kind) = TextKind::of(&sent.name) else {
            return Err(AppError::new(Fault::UnknownFormat, "The file is in a format that cannot be read here."));
        };
        let bytes = sent.content.read().await?;
        self.work(move |_| {
            match kind {
                TextKind::Docx => da_document::markdown(&bytes),
                TextKind::Markdown => text(&bytes).map(str::to_owned),
                TextKind::Plain => text(&bytes).and_then(da_document::markdown_of_text),
            }
            .map_err(AppError::from)
        })
        .await
    }
}

/// A text, without the mark that some programs begin it with.
pub(super) fn text(bytes: &[u8]) -> Result<&str, DocumentError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DocumentError::NoText)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

impl From<DocumentError> for AppError {
    fn from(error: DocumentError) -> Self {
        AppError::new(Fault::BadDocument, format!("The file cannot be read: {error}."))
    }
}
