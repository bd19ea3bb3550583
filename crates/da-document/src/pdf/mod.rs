//! PDF files: their forms.
//!
//! Only what leads to the form is read, part by part: what is not asked for is neither unpacked nor kept. One budget counts all that is
//! read and unpacked, so no loop and no bomb outlives it.

mod budget;
mod file;
mod form;
mod object;
mod pages;
mod parse;
mod scan;
mod stream;
mod table;
mod text;

pub use form::{FieldKind, FormField, form_fields};
pub use object::Number;
