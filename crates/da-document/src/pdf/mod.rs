//! PDF files: their pages, forms and pictures.
//!
//! Only what leads to them is read, part by part: what is not asked for is neither unpacked nor kept. One budget counts all that is
//! read and unpacked, so no loop and no bomb outlives it.

mod budget;
mod facts;
mod file;
mod form;
mod object;
mod pages;
mod parse;
mod pictures;
mod scan;
mod stream;
mod table;
mod text;

pub use budget::Budget;
pub use facts::{PdfFacts, pdf_facts};
pub use form::{FieldKind, FormField, form_fields};
pub use object::Number;
pub use pictures::{PdfPictures, pdf_pictures};
