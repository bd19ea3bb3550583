//! Documents: bytes in, values out. What a DOCX file says, and which form a PDF has.
//!
//! The bytes come from outside: whatever they are, a function returns. It takes no more memory than its limits say, follows
//! no loop, and opens nothing. It never writes a document, and knows nothing of interviews.
#![warn(missing_docs)]

mod archive;
mod docx;
mod error;
mod pdf;

pub use archive::archive_texts;
pub use docx::{markdown, markdown_of_text, template};
pub use error::DocumentError;
pub use pdf::{FieldKind, FormField, Number, PdfFacts, form_fields, pdf_facts};
