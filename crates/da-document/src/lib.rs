//! Documents: bytes in, values out. What a DOCX file says, which form a PDF has, which codes a picture shows.
//!
//! The bytes come from outside: whatever they are, a function returns. It takes no more memory than its limits say, follows
//! no loop, and opens nothing. It never writes a document, and knows nothing of interviews.
#![warn(missing_docs)]

mod archive;
mod docx;
mod error;
mod pdf;
mod picture;

pub use archive::archive_texts;
pub use docx::{markdown, markdown_of_text, template};
pub use error::DocumentError;
pub use pdf::{Budget, FieldKind, FormField, Number, PdfFacts, PdfPictures, form_fields, pdf_facts, pdf_pictures};
pub use picture::Picture;
